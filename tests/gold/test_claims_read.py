"""People with an office whom a reader found are found as claims: see `benchmarks.claims_read`."""

import re
import tomllib
from pathlib import Path

import pytest

from benchmarks.__main__ import run_claims_read
from benchmarks.claims_read import PARTS, Pair, Read, read_pairs
from tests.made import Draft

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))

TEXT = "On Monday, Ukrainian Defence Minister Mara Lind met the mayor of Brinn."
TITLE = (11, 37)
MARA = Pair("", (38, 47), TITLE, "defence minister", "UKR")


@pytest.fixture(scope="module")
def figures():
    if not (SHARED / "gold").is_dir():
        pytest.skip("the articles lie beside the project, not in it, and are not there")
    printed = "\n".join(run_claims_read(SHARED)).split("claims-read, all")[1]
    return {
        what: float(share) / 100 for what, share in re.findall(r"(\w+) \d+ \(([\d.]+)%", printed)
    }


@pytest.mark.parametrize("what", ["found", "office", "right"])
def test_claims_keep_their_floor(figures, what):
    assert figures[what] >= FLOORS["claims-read"][what]


@pytest.mark.parametrize("part", PARTS)
def test_pairs_are_listed_once_and_name_and_title_lie_apart(part):
    pairs = list(read_pairs(part))
    assert len(pairs) >= 70
    assert len({(p.article, p.name, p.title) for p in pairs}) == len(pairs)
    assert all(p.name[1] <= p.title[0] or p.title[1] <= p.name[0] for p in pairs)


@pytest.mark.parametrize(
    ("office", "name", "country", "verdict"),
    [
        ("Ukrainian Defence Minister", "Mara Lind", "UKR", "right"),
        ("Ukrainian Defence Minister", "Mara Lind", "RUS", "wrong country"),
        ("Defence Minister", "Mara Lind", None, "no country"),
        ("Minister", "Mara Lind", "UKR", "wrong office"),
        ("On Monday, Ukrainian Defence Minister", "Mara Lind", "UKR", "wrong office"),
        ("Defence Minister", None, "UKR", "name not tied to it"),
    ],
)
def test_verdict_says_what_is_wrong(office, name, country, verdict):
    claim = Draft(text=TEXT, country=country).claim(office, office, name)
    assert Read(MARA, TEXT, (claim,)).verdict == verdict


def test_verdict_says_that_no_title_was_found():
    assert Read(MARA, TEXT, ()).verdict == "title not found"
