"""`docs/glossary.md` explains every code that a reader meets, and no other."""

import re
from pathlib import Path

import pytest

from tocsin.lexicons.plover import types, value_of
from tocsin.lexicons.shown import words_for
from tocsin.records import BACKGROUND, Manner, Naming, Stance, Status, Verdict

PAGE = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")


def rows(title):
    """Return the cells of the table whose first column has this title."""
    table = PAGE.partition(f"\n| {title} |")[2].partition("\n\n")[0]
    lines = re.findall(r"^\| `.*$", table, re.M)
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Type", types()),
        ("Status", Status),
        ("Verdict", Verdict),
        ("Stance", Stance),
        ("Manner", Manner),
        ("Naming", Naming),
        ("Reliability", "ABCDEF"),
        ("Credibility", "123456"),
    ],
)
def test_glossary_explains_every_code(title, codes):
    assert sorted(code for code, *_ in rows(title)) == sorted(codes)


@pytest.mark.parametrize(("type", "told", "score"), [row[:3] for row in rows("Type")])
def test_glossary_gives_class_and_score_of_type(type, told, score):
    value = value_of(type, None)
    assert (told, float(score)) == (words_for("quad", value.quad), value.score)


def test_glossary_says_what_is_background():
    assert {status for status, _, mark in rows("Status") if mark == "yes"} == BACKGROUND
