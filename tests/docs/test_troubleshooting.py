"""`docs/troubleshooting.md` is held to exit codes and messages that there are."""

import re
from pathlib import Path

import pytest

from tocsin import errors
from tocsin.cli.frame import EPILOG, STOPPED
from tocsin.watch.detector import FEWEST_DAYS

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
SOURCES = [path for path in (PROJECT / "src").rglob("*.*") if path.is_file()]
PROSE = re.sub(r"`[^`]*`", "", PAGE)
CODES = [int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.M)]


def raised():
    """Return the exit codes of all errors, and those that the command line itself has."""
    classes = [each for each in vars(errors).values() if isinstance(each, type)]
    return {each.exit_code for each in classes if issubclass(each, errors.TocsinError)}


def test_page_tells_every_exit_code():
    assert sorted({0, 2, STOPPED} | raised()) == CODES


def test_page_tells_the_exit_codes_of_the_help():
    assert [int(code) for code in re.findall(r"^  (\d+)  ", EPILOG, re.M)] == CODES


@pytest.mark.parametrize("message", re.findall(r'"([^"]+)"', PROSE))
def test_page_quotes_messages_that_are_given(message):
    given = "".join(path.read_text("utf-8") for path in SOURCES if path.suffix in (".py", ".tsv"))
    assert message.lower() in given.lower()


def test_page_tells_how_much_past_an_alarm_needs():
    assert f"only after {FEWEST_DAYS} days with articles" in PAGE
