"""The page of the reference says of how many states it has which office, as the data have it."""

from datetime import date
from pathlib import Path

import pytest

from tocsin.reference.countries import load_countries
from tocsin.reference.offices import load_reference

PAGE = (Path(__file__).parents[2] / "docs/reference.md").read_text(encoding="utf-8")
DAY = date(2025, 7, 1)
ROWS = {
    "head of state": "head_of_state",
    "head of government": "head_of_government",
    "foreign minister": "foreign_minister",
    "defence minister": "defence_minister",
    "finance minister": "finance_minister",
    "interior minister": "interior_minister",
    "justice minister": "justice_minister",
    "chief of defence": "chief_of_defence",
    "governor of the central bank": "central_bank_governor",
    "speaker of parliament": "parliament_speaker",
}


@pytest.fixture(scope="module")
def states():
    return [code for code, each in load_countries().by_code.items() if each.kind == "state"]


@pytest.mark.parametrize(("told", "kind"), ROWS.items())
def test_page_counts_the_states_of_which_an_office_is_on_record(states, told, kind):
    reference = load_reference()
    offices = [office for code in states for office in reference.offices(kind, code)]
    ids = {office.id for office in offices if office.detail is None}
    listed = sum(reference.complete(each, DAY) for each in ids)
    assert f"| {told} | {len(ids)} | {listed} |" in PAGE


def test_page_names_states_without_a_foreign_or_defence_minister(states):
    assert f"Of {len(states)} states" in PAGE
    for code in ("AGO", "MWI", "ZMB"):
        assert load_countries().name_of(code) in PAGE
        assert not load_reference().office(f"{code}:foreign_minister")
        assert not load_reference().office(f"{code}:defence_minister")
