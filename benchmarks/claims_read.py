"""People with an office whom a reader found, and how many of them are found as claims.

usage: python -m benchmarks.claims_read [ARTICLES.jsonl...] [--misses]

`tests/gold/claims_read*.tsv` list them, one file for each part: the article's key, where the name
and the words of the title stand, the office in those words, and its country or body.  A key with U
is an id in the unmarked part of the marked news, one with N the line in the politics news.
They were written down from reading, before anything of Tocsin's was looked at; each part after
what the one before had shown was mended, so that its first figure is of unseen text.

A pair is found where a claim shares the last word of the name and words of the title; the office is
right where the claim says or means all of its words, and takes none from beside the title; the
country is right where it is the one listed, or where both are the same in PLOVER's terms
(UNESCO, UNO).  With --misses, what is wrong is shown with the words around it.  Everything is read
without a day, because most of the articles bear none.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tocsin.articles.prose import prose_of
from tocsin.extract.offices.claims import find_office_claims
from tocsin.models.reading import load_models
from tocsin.records import Article, OfficeClaim, Span
from tocsin.reference.countries import load_countries
from tocsin.reference.offices import load_reference
from tocsin.settings import load_settings

GOLD = Path(__file__).parent.parent / "tests" / "gold"
#: One file for each time that somebody read articles not looked at before.
PARTS = ("claims_read.tsv", "claims_read_2.tsv", "claims_read_3.tsv", "claims_read_4.tsv")
ARTICLES = (
    Path("../shared/gold/events/unmarked.jsonl"),
    Path("../shared/news/politics_2025-12_2026-02.jsonl"),
)

#: Characters by which a claim's title may run out of the listed one: articles, apostrophes.
_LOOSE = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody and an office, as the reader listed them."""

    article: str
    name: Span
    title: Span
    office: str
    country: str


@dataclass(frozen=True, slots=True)
class Read:
    """A pair, its text, and what was claimed of the name and of the title."""

    pair: Pair
    text: str
    claims: tuple[OfficeClaim, ...]  #: those that share words of the title

    @property
    def named(self) -> tuple[OfficeClaim, ...]:
        """The claims that give the title to this name."""
        last = self.pair.name[1] - 1
        return tuple(c for c in self.claims if c.name_words and _holds(c.name_words, last))

    @property
    def of_office(self) -> tuple[OfficeClaim, ...]:
        """Those of them with the right office."""
        return tuple(c for c in self.named if _is_office(c, self.pair))

    @property
    def right(self) -> bool:
        """Whether name, office and country are all right."""
        return any(_is_country(c.country, self.pair.country) for c in self.of_office)

    @property
    def verdict(self) -> str:
        """What is wrong, in a word or two; "right" where nothing is."""
        if self.right:
            return "right"
        if self.of_office:
            return "wrong country" if any(c.country for c in self.of_office) else "no country"
        if self.named:
            return "wrong office"
        return "name not tied to it" if self.claims else "title not found"


def _holds(span: Span, at: int) -> bool:
    return span[0] <= at < span[1]


def _is_office(claim: OfficeClaim, pair: Pair) -> bool:
    start, end = claim.office_words
    inside = start >= pair.title[0] - _LOOSE and end <= pair.title[1] + _LOOSE
    known = filter(None, map(load_reference().office, claim.offices))
    said = " ".join((claim.office, *(office.title for office in known)))  # "his counterpart"
    return inside and _words(pair.office) <= _words(said)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _is_country(found: str | None, listed: str) -> bool:
    countries = load_countries()
    return found is not None and (
        countries.plover_country(found) == countries.plover_country(listed)
    )


def read_pairs(part: str) -> Iterator[Pair]:
    """Yield the pairs of one part, the name of a file in `GOLD`."""
    text = (GOLD / part).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        key, *places, office, country = line.split("\t")
        at, to, title_at, title_to = map(int, places)
        yield Pair(key, (at, to), (title_at, title_to), office, country)


def measure(pairs: Sequence[Pair], texts: Mapping[str, str]) -> Iterator[Read]:
    """Find the claims of each article with pairs, and lay them beside the pairs."""
    models, reference = load_models(load_settings()), load_reference()
    for key, of_article in groupby(pairs, key=lambda pair: pair.article):
        article = Article(id=key, text=texts[key])
        prose = prose_of(article)
        found = tuple(find_office_claims(models.read(prose.text), article, reference))
        claims = prose.unaltered(found, {})
        for pair in of_article:
            start, end = pair.title
            near = (c for c in claims if c.office_words[0] < end and start < c.office_words[1])
            yield Read(pair, article.text, tuple(near))


def read_texts(paths: Sequence[Path]) -> dict[str, str]:
    """Return the articles' texts by id, or by their line where a file gives them none."""
    texts = {}
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, row in enumerate(map(json.loads, lines)):
                texts[row.get("id") or f"N{number:04}"] = row["text"]
    return texts


def report(name: str, measured: Sequence[Read]) -> str:
    """Return the figures in one line."""
    total = len(measured)
    figures = {
        "found": sum(bool(each.named) for each in measured),
        "office": sum(bool(each.of_office) for each in measured),
        "right": sum(each.right for each in measured),
    }
    told = ", ".join(f"{what} {n} ({n / total:.1%})" for what, n in figures.items())
    return f"claims-read, {name}: of {total} people with an office {told}"


def misses(measured: Sequence[Read]) -> Iterator[str]:
    """Yield what is wrong with each pair that is not right, with the words around it."""
    for each in sorted(measured, key=lambda read: read.verdict):
        if not each.right:
            start = min(each.pair.name[0], each.pair.title[0]) - 30
            end = max(each.pair.name[1], each.pair.title[1]) + 30
            words = " ".join(each.text[max(start, 0) : end].split())
            claimed = "; ".join(f"{c.name} / {c.office} / {c.country}" for c in each.claims)
            wanted = f"{each.pair.office} / {each.pair.country}"
            yield f"{each.verdict}\t{each.pair.article}\t{wanted}\t{claimed or '-'}\t{words}"


def main(arguments: Sequence[str]) -> None:
    """Print the figures of each part and of all, and with --misses what is wrong."""
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    texts = read_texts(paths or ARTICLES)
    measured: list[Read] = []
    for number, part in enumerate(PARTS, 1):
        of_part = list(measure(list(read_pairs(part)), texts))
        print(report(f"part {number}", of_part))
        measured += of_part
    print(report("all", measured))
    if "--misses" in arguments:
        print("\n".join(misses(measured)))


if __name__ == "__main__":
    main(sys.argv[1:])
