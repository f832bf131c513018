"""`docs/watch.md` says what blocs and lists are; what can be compared with the code is."""

from dataclasses import fields
from pathlib import Path

import pytest

from tocsin.lexicons.tables import read_records
from tocsin.watch import blocs, lists

PAGE = (Path(__file__).parents[2] / "docs" / "watch.md").read_text(encoding="utf-8")
OWN = PAGE[PAGE.index("## Blocs") : PAGE.index("## Outlook")]
NAMES = {
    field.name
    for record in (blocs.Tie, blocs.Move, blocs.Triangle, lists.Entry, lists.Step)
    for field in fields(record)
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_page_explains_every_field_of_blocs_and_lists(name):
    assert f"`{name}`" in OWN


@pytest.mark.parametrize("row", list(read_records("watch/data/list_kinds.tsv")))
def test_page_names_every_list(row):
    assert f"`{row['kind']}`" in OWN


def test_page_names_the_types_that_are_talk():
    talk = [row["type"] for row in read_records("watch/data/ties.tsv") if row["counts"] == "no"]
    assert "{}, {} and {} left out".format(*sorted(talk)) in OWN


def test_page_states_how_sure_ties_and_moves_are():
    assert (blocs.SURE_SIGN, blocs.SURE_MOVE, blocs.FEWEST_DAYS) == (0.95, 0.99, 3)
    assert "in 95 of 100 draws, the change of a move in 99" in OWN
    assert "on three days of the period or more" in OWN.replace("\n   ", " ")
