"""The pages on exports say what the exporters do; what can be compared with them is."""

import re
from pathlib import Path

import pytest

from tocsin.publish.exports import EXPORTS, gdelt, polecat
from tocsin.publish.exports.happened import HAPPENED
from tocsin.publish.exports.tables import TABLES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "exports.md").read_text(encoding="utf-8")
FORMATS = (DOCS / "export-formats.md").read_text(encoding="utf-8")


def section(title):
    return f"{PAGE}\n{FORMATS}".partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_page_lists_every_format_in_its_first_table():
    listed = re.findall(r"^\| `(\w+)` \|", PAGE.partition("\n```\n")[0], re.M)
    assert set(listed) == {each.name for each in EXPORTS}


def test_page_lists_every_table():
    listed = re.findall(r"^\| `(\w+)`", section("Parquet and CSV"), re.M)
    assert sorted(listed) == sorted(TABLES)


def test_page_names_every_status_that_is_left_out_or_in():
    words = section("What is said to have happened")
    assert [status for status in HAPPENED if f"`{status}`" not in words] == []


@pytest.mark.parametrize("status", HAPPENED)
def test_page_gives_the_confidence_of_each_status(status):
    line = next(line for line in FORMATS.splitlines() if line.startswith("| Confidence"))
    assert re.search(rf"{status}\b[a-z ]* {HAPPENED[status]}\b", line)


def test_page_counts_the_columns():
    events, mentions = len(gdelt.EVENT_COLUMNS), len(gdelt.MENTION_COLUMNS)
    assert f"in POLECAT's {len(polecat.COLUMNS)} columns" in PAGE
    assert f"events ({events} columns) and mentions ({mentions} columns)" in PAGE


def test_page_names_gdelts_files():
    assert f"`{gdelt.EVENTS}`" in FORMATS
    assert f"`{gdelt.MENTIONS}`" in FORMATS


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("POLECAT", polecat.COLUMNS),
        ("GDELT 2.0", (*gdelt.EVENT_COLUMNS, *gdelt.MENTION_COLUMNS)),
    ],
)
def test_page_names_only_columns_that_there_are(title, columns):
    cells = re.findall(r"^\| ([^|]+) \|", section(title), re.M)[1:]
    named = [name.strip() for cell in cells for name in re.split(r",|\.\.\.", cell)]
    assert len(named) > 10
    assert [name for name in named if not any(name in column for column in columns)] == []
