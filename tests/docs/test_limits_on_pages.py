"""Limits, columns and values that pages on reading, copies, briefs and judging tell."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tocsin.articles import compressed, corpora, csv_rows, feeds, page, pdf
from tocsin.lexicons.tables import read_records
from tocsin.settings import Settings
from tocsin.store.asked import Judged
from tocsin.store.own_outlets import COLUMNS
from tocsin.together.events import same_event
from tocsin.together.texts import copies, families, same_words
from tocsin.watch.brief.records import Brief, Reference, Sentence

DOCS = Path(__file__).parents[2] / "docs"


def told(name):
    """Return a page as one line."""
    return " ".join((DOCS / f"{name}.md").read_text(encoding="utf-8").split())


def rows(name, title):
    """Return what the first cells of a section's table name."""
    section = (DOCS / f"{name}.md").read_text("utf-8").partition(f"## {title}\n")[2]
    return re.findall(r"^\| `(\w+)` \|", section.partition("\n## ")[0], re.M)


@pytest.mark.parametrize(
    "row", list(read_records("lexicons/columns.tsv")), ids=lambda r: r["field"]
)
def test_page_on_reading_names_every_column_that_is_known(row):
    assert f"| `{row['field']}` | {', '.join(row['names'].split())} |" in told("reading")


@pytest.mark.parametrize(
    "limit",
    [
        f"`TOCSIN_MAX_BYTES` ({Settings().max_bytes:,})",
        f"`TOCSIN_MAX_CHARACTERS` ({Settings().max_characters:,})",
        f"| tags of one HTML page | {page._MOST_TAGS:,} |",
        f"| attributes of one HTML tag | {page._MOST_ATTRIBUTES:,} |",
        f"then one failure | {feeds._LARGEST:,} bytes,",
        f"over several lines | {csv_rows._LONGEST_OVER_LINES:,} bytes;",
        f"the first {corpora.FAILURES_TOLD} found",
        f"more than {compressed._MOST_TIMES} times its size (and more than "
        f"{compressed._ALWAYS_ALLOWED // 1_000_000} MB)",
        f"may take {pdf.SECONDS} seconds of a processor and {pdf.MEMORY >> 30} GB",
    ],
)
def test_page_on_reading_tells_the_limit(limit):
    assert limit in told("reading")


@pytest.mark.parametrize(
    "rule",
    [
        f"{copies._NEAR_SHORTER:.0%} of the shorter text's words".replace("%", " %"),
        f"and {copies._NEAR_PLAIN:.0%} of the shorter's outside".replace("%", " %"),
        f"a block of {copies._PASSAGE} shared words, {copies._PLAIN} of them outside",
    ],
)
def test_page_on_copies_tells_when_texts_are_copies(rule):
    assert rule in told("copies")


def test_page_on_pairs_tells_how_many_are_compared():
    assert f"held by more than {families.MOST_HOLDERS} texts" in told("method-copies")


def test_page_on_comparing_tells_what_makes_one_event():
    page_on = told("together")
    words = {4: "Four", 5: "five", 8: "eight"}
    assert f"{words[same_event.ENOUGH]} make one event" in page_on
    assert f"more than {same_event._NEAR} km away" in page_on
    assert f"up to {words[same_event.DISPUTED].lower()} times" in page_on
    assert f"a piece of {words[same_words.SHORTEST]} words or more" in page_on
    assert f"the same words ({same_words.LONG} or more)" in page_on


def test_page_on_outlets_names_every_column():
    assert re.findall(r"^\| `(\w+)` \|", (DOCS / "outlets.md").read_text("utf-8"), re.M) == [
        *COLUMNS
    ]


def test_page_on_judging_names_every_verdict():
    assert rows("judging", "What can be said") == list(Judged)


@pytest.mark.parametrize("record", [Brief, Reference, Sentence])
def test_page_on_the_brief_names_every_field_of_its_json(record):
    section = told("brief").partition("## As JSON")[2].partition("## ")[0]
    assert [each.name for each in fields(record) if f"`{each.name}`" not in section] == []
