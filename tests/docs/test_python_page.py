"""`docs/python.md` is what public names, records and settings say of themselves."""

from dataclasses import fields

import pytest

from tests.docs.test_examples_in_python import NAMED
from tocsin import records
from training.library import PAGE, make_page, recorded


def test_page_is_fresh():
    fresh = PAGE.read_text(encoding="utf-8") == make_page()
    assert fresh, "make it anew: python -m training.library"


def test_page_shows_every_public_method():
    shown = make_page()
    methods = [name.partition(".")[2] for name in NAMED if "." in name]
    assert [name for name in methods if f".{name}\n" not in shown] == []


@pytest.mark.parametrize("cls", [records.Event, records.ReportedEvent, records.Verdict])
def test_page_shows_every_field_and_value(cls):
    section = make_page().partition(f"### {cls.__name__}\n")[2].partition("\n### ")[0]
    named = cls if issubclass(cls, str) else [each.name for each in fields(cls)]
    assert [each for each in named if f"`{each}`" not in section] == []


def test_page_tells_what_a_comment_says_of_a_field():
    assert "| `tellings` | `tuple[Telling, ...]` |" in make_page()
    assert "| `confidence` | `float` | the highest that any telling has |" in make_page()


def test_records_are_told_once():
    assert len(recorded()) == len({cls.__name__ for cls in recorded()})
