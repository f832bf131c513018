"""`docs/codebook.md` explains every mode, context and sector, and no other."""

import re
from pathlib import Path

from tocsin.lexicons.plover import modes_of, types, value_of
from tocsin.store.asked import SECTORS, vocabulary_of

PAGE = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")


def rows(title):
    """Return the cells of the table whose first column has this title."""
    table = PAGE.partition(f"\n| {title} |")[2].partition("\n\n")[0]
    lines = re.findall(r"^\| `.*$", table, re.M)
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


def test_codebook_explains_every_mode_with_its_score():
    told = {(type_, mode): float(score) for type_, mode, score, _ in rows("Type")}
    assert told == {
        (type_, mode): value_of(type_, mode).score for type_ in types() for mode in modes_of(type_)
    }


def test_codebook_explains_every_context_and_sector():
    assert sorted(code for code, _ in rows("Context")) == sorted(vocabulary_of("context"))
    assert sorted(code for code, _ in rows("Sector")) == sorted(SECTORS)


def test_codebook_says_something_of_each():
    assert all(cells[-1] for title in ("Type", "Context", "Sector") for cells in rows(title))
