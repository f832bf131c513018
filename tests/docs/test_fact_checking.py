"""The page on verdicts is held to the checks and verdicts that there are."""

import re
from pathlib import Path

from tocsin.records import Verdict
from tocsin.store.asked import Check

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "verdicts.md").read_text(encoding="utf-8")


def _rows(title):
    part = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|.*\|$", part, re.M)


def test_page_lists_every_check():
    assert _rows("The checks") == list(Check)


def test_page_says_what_every_verdict_rests_on():
    assert _rows("What each verdict rests on") == list(Verdict)


def test_page_names_no_other_verdict_at_worst():
    part = PAGE.split("## The checks\n")[1]
    assert set(re.findall(r"\| `(\w+)` \|$", part, re.M)) <= set(Verdict)
