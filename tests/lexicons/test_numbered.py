"""Numbers with their nouns in the right form."""

import pytest

from tocsin.lexicons.numbered import counted, number_of


@pytest.mark.parametrize(
    ("number", "things", "told"),
    [
        (1, "families", "1 family"),
        (1, "events", "1 event"),
        (1, "series", "1 series"),
        (1, "articles on which judges differ", "1 article on which judges differ"),
        (1, "told as denied", "1 told as denied"),
        (0, "events", "0 events"),
        (1200, "families", "1,200 families"),
    ],
)
def test_number_of_things_has_their_noun_in_the_right_form(number, things, told):
    assert number_of(number, things) == told


def test_counted_thing_is_one_or_several():
    assert [counted(n, "article") for n in (0, 1, 1200)] == [
        "0 articles",
        "1 article",
        "1,200 articles",
    ]
