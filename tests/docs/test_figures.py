"""Figures of the README are those of the pages of the method, and none is below its floor."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
FLOORS = tomllib.loads((PROJECT / "tests/gold/floors.toml").read_text(encoding="utf-8"))

#: A row of the README's table, what it tells by the numbers of a line, the page, and that line.
FROM_PAGES = [
    ("statements with the right", "{2:.2f}", "method-attribution", "| all, attributed |"),
    ("the same, direct quotations", "{2:.2f}", "method-attribution", "| direct, attributed |"),
    ("sourced statements, listed", "{5:.2f}", "method-attribution", "| all 24, as shipped |"),
    ("type of the relation", "{0:.3f}", "method-events", "--folds`: five-"),
    ("events of news of which", "{3:.2f}; {4:.2f}", "method-events", "| shipped, all (1,758"),
    ("events of marked news", "{2:.2f}; {3:.2f}", "method-events", "| shipped, all |"),
    ("people with a public office", "0.{8:.0f} of {2:.0f}", "method-offices", "| 4 (`claims_"),
    ("claims that someone is head", "{8:.1f} %", "method-offices", "| heads of state; of gov"),
    ("invented names swapped", "{0:.0f} of {1:.0f}", "method-offices", "| invented name swapped"),
    ("honest headlines", "{3:.0f} of {0:.0f}", "method-offices", "| 672 honest headlines"),
    (
        "a question to a million",
        "{0:.0f} ms / {1:.0f} ms",
        "method-speed",
        "at most 15 ms, the nine",
    ),
    ("whole analysis of an", "{0:.1f} / {1:.1f} as", "method-speed", "| whole analysis, in times"),
    ("the same in articles a", "{0:.1f} / {1:.1f}", "method-speed", "| articles a second | 2"),
    ("1,382 articles in one", "{2:.0f} to 6 a second; ", "method-speed", "| once | 1,382 |"),
]

#: A row of the README's table, the figure of it that is meant, and its floor.
FROM_FLOORS = [
    ("statements with the right", 0, ("attribution.all", "attributed")),
    ("the same, direct quotations", 0, ("attribution.direct", "attributed")),
    ("events of marked news", 0, ("events-marked", "found")),
    ("events of marked news", 1, ("events-marked", "right")),
    ("people with a public office", 0, ("claims-read", "right")),
]


def row(begins):
    """Return the cell with Tocsin's figures in the row of the README that begins so."""
    [cells] = re.findall(rf"^\| {re.escape(begins)}[^|]*\|([^|]*)\|", README, re.M)
    return cells


def numbers(line):
    return [float(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", line)]


@pytest.mark.parametrize(("begins", "told", "page", "line"), FROM_PAGES)
def test_readme_tells_the_figure_of_the_page(begins, told, page, line):
    text = (PROJECT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    [whole] = [each for each in text.splitlines() if line in each]
    assert told.format(*numbers(whole)) in row(begins)


@pytest.mark.parametrize(("begins", "number", "floor"), FROM_FLOORS)
def test_figure_of_readme_is_not_below_its_floor(begins, number, floor):
    named, figure = floor
    parts = FLOORS
    for each in named.split("."):
        parts = parts[each]
    assert numbers(row(begins))[number] >= round(parts[figure], 2)


def test_readme_tells_first_what_to_expect_of_news_that_nobody_has_seen():
    page = (PROJECT / "docs/method-events.md").read_text(encoding="utf-8")
    _, precision, recall, *_ = numbers(page.partition("| shipped, all (")[2].partition("\n")[0])
    first = README.partition("## What it can")[2].partition("## Use it")[0]
    assert f"it finds not quite half ({recall:.2f})" in first
    assert f"two in three of what it finds are there ({precision:.2f})" in first


def test_readme_tells_how_many_claims_are_judged():
    page = (PROJECT / "docs/method-offices.md").read_text(encoding="utf-8")
    [verdicts] = [each for each in page.splitlines() if each.startswith("| verdicts on all")]
    holds, unsure, _, contradicted = numbers(verdicts)
    assert row("judged claims in these") == f" {contradicted:.0f} of {holds + unsure:.0f} "


def test_readme_tells_how_many_bystanders_are_spared():
    spared, given = FLOORS["harm"]["spared"], FLOORS["harm"]["given"]
    assert f"| {60 - spared} of 60 | {given} of 52 true ones are given |" in README
