"""`docs/troubleshooting.md` is held to the exit codes that there are."""

import re
from pathlib import Path

from tocsin import errors
from tocsin.cli.frame import EPILOG, STOPPED

PAGE = (Path(__file__).parents[2] / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
CODES = [int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.M)]


def raised():
    """Return the exit codes of all errors, and those that the command line itself has."""
    classes = [each for each in vars(errors).values() if isinstance(each, type)]
    return {each.exit_code for each in classes if issubclass(each, errors.TocsinError)}


def test_page_tells_every_exit_code():
    assert sorted({0, 2, STOPPED} | raised()) == CODES


def test_page_tells_the_exit_codes_of_the_help():
    assert [int(code) for code in re.findall(r"^  (\d+)  ", EPILOG, re.M)] == CODES
