"""`docs/cli.md` is what the command line says of itself."""

from training.commandline import PAGE, make_page


def test_page_is_fresh():
    fresh = PAGE.read_text(encoding="utf-8") == make_page()
    assert fresh, "make it anew: python -m training.commandline"


def test_page_has_every_command_below_a_command():
    assert "\n## tocsin reference add\n" in make_page()
