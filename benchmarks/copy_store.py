"""Copies as a store shows them: which texts come into one family, as copies or with a passage.

What is measured is the end of it all: texts are kept, what they share is worked out, and then two
texts count as found when one family has both.  Outlets are known, or none is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.copy_families import Edits, Made, make_corpus
from tocsin.records import Account, Article, Report
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer

Pair = tuple[str, str]

ACCOUNT = Account(tocsin="", pipeline="", reference="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the families of a store show of what there is."""

    precision: float  #: of pairs of texts that one family has
    recall: float  #: of the pairs of two outlets that are copies, or hold copies of one passage
    whole: float  #: share of articles and agency texts of which one family has all prints
    pairs: int
    wrong: tuple[tuple[str, str, str], ...]  #: names of the two and what is wrong


def keep_texts(folder: Path, texts: Sequence[Article]) -> list[tuple[set[str], set[str]]]:
    """Keep articles in a new store and return the ids of copies and of holders of each family."""
    connection = open_database(folder, create=True)
    connection.execute("PRAGMA synchronous=OFF")
    reports = (
        Report(
            article=article,
            statements=(),
            events=(),
            office_claims=(),
            findings=(),
            dating=None,
            account=ACCOUNT,
        )
        for article in texts
    )
    Writer(connection).keep((r.article.id, r.article.id, r) for r in reports)
    settle(connection)
    families: dict[str, tuple[set[str], set[str]]] = {}
    rows = connection.execute(
        "SELECT m.family, m.role, a.id FROM family_members m JOIN articles a"
        " ON a.text_id = m.text_id"
    )
    for family, role, article in rows:
        families.setdefault(family, (set(), set()))[role == "passage"].add(article)
    connection.close()
    return list(families.values())


def measure_shown(edits: Edits, seed: int, *, outlets: bool) -> Shown:
    """Return the figures of one made corpus, with the outlets of all texts or of none."""
    made = {text.name: text for text in make_corpus(edits, seed)}
    printed = {name: (text.outlet or f"paper {name}") for name, text in made.items()}
    articles = [
        Article(
            id=name,
            text=text.text,
            url=None,
            outlet=printed[name] if outlets else None,
        )
        for name, text in made.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        families = [copies | held for copies, held in keep_texts(Path(folder), articles)]
    shown = {pair for family in families for pair in combinations(sorted(family), 2)}
    pairs = list(combinations(sorted(made), 2))
    copies = {pair for pair in pairs if _are(Made.is_copy_of, pair, made)}
    standing = {pair for pair in shown if _are(Made.shares_background, pair, made)}
    apart = {(a, b) for a, b in copies if not outlets or printed[a] != printed[b]}
    judged = shown - (standing - copies)
    missed = [(*pair, "missed") for pair in sorted(apart - judged)]
    return Shown(
        precision=len(judged & copies) / len(judged),
        recall=len(judged & apart) / len(apart),
        whole=_share_whole(made, families),
        pairs=len(apart),
        wrong=(*missed, *((*pair, "wrong") for pair in sorted(judged - copies))),
    )


def _are(relation: Callable[[Made, Made], bool], pair: Pair, made: dict[str, Made]) -> bool:
    return relation(made[pair[0]], made[pair[1]])


def _share_whole(made: dict[str, Made], families: Sequence[set[str]]) -> float:
    """Return the share of articles and agency texts of which one family has all prints."""
    prints: dict[str, set[str]] = {}
    for text in made.values():
        for part in text.made_of:
            if part.startswith(("article", "agency")):
                prints.setdefault(part, set()).add(text.name)
    return sum(any(names <= family for family in families) for names in prints.values()) / len(
        prints
    )
