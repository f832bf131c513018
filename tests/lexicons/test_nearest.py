"""What somebody may have meant who wrote what is not known."""

from tocsin.lexicons.nearest import find_nearest


def test_what_differs_by_capitals_alone_is_named_once():
    known = ["Idris SOW", "Idris Sow", "idris sow", "Idriss Sow", "Chad"]
    assert find_nearest("Idris Sou", known) == ("Idris SOW", "Idriss Sow")


def test_a_scrap_of_what_was_written_is_not_meant():
    assert find_nearest("Ukrain", ["in", "UK", "Ukraine"]) == ("Ukraine",)
