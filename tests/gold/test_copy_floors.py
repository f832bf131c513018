"""Copies found among families made from this project's own articles: see `benchmarks.copies`."""

import tomllib
from pathlib import Path

import pytest

from benchmarks.copies import SEEDS, measure
from benchmarks.copy_families import HEAVY, LIGHT
from benchmarks.copy_store import measure_shown

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=[LIGHT, HEAVY], ids=lambda edits: edits.name)
def measured(request):
    edits = request.param
    return FLOORS["copies"][edits.name], measure(edits, SEEDS[edits.name][0])


@pytest.mark.parametrize("what", ["recall", "apart", "joined", "whole"])
def test_copies_keep_their_floor(measured, what):
    floors, got = measured
    assert getattr(got, what) >= floors[what]


def test_copies_of_known_notices_keep_their_floor():
    assert measure(LIGHT, SEEDS["light"][1]).precision >= FLOORS["copies"]["light"]["precision"]


@pytest.mark.parametrize("edits", [LIGHT, HEAVY], ids=lambda edits: edits.name)
def test_copies_that_a_store_shows_keep_their_floor(edits):
    floors = FLOORS["copies"]["shown"][edits.name]
    got = measure_shown(edits, SEEDS[edits.name][0], outlets=True)
    assert {what for what in floors if getattr(got, what) < floors[what]} == set()


def test_copies_shown_without_outlets_are_copies():
    got = measure_shown(HEAVY, SEEDS["heavy"][1], outlets=False)
    assert got.precision >= FLOORS["copies"]["shown"]["heavy"]["precision"]
