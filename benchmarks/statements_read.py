"""Statements that a reader found, and how many of them are read with speaker, words and stance.

usage: python -m benchmarks.statements_read SHARED [--misses]

`tests/gold/statements_read.tsv` lists every sourced statement of articles of the news and of the
unmarked part of the marked news (N: the number in the file, U: the key): where its content stands,
the fullest words for who speaks, the words of the office or capacity, the country, the stances that
a reader may give it, and the manner.  They were written down from reading, before anything of
Tocsin's was looked at.  A statement is found where contents share half of their characters, and
whole where they share five sixths; a name is right with all its words, a body also by one word that
is no country's, by its initials or, for a country, by its code; a country that is not given is not
counted as wrong.  With --misses, what is wrong is shown with the words.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from tocsin.lexicons.letters import fold
from tocsin.pipeline import open_tools, process_article
from tocsin.records import Actor, Article, Span, Statement
from tocsin.reference.countries import load_countries
from tocsin.settings import load_settings
from tocsin.spans import overlap

LISTED = Path(__file__).parent.parent / "tests" / "gold" / "statements_read.tsv"
_SMALL = frozenset(("the", "a", "an", "of", "in", "at", "for", "and", "to", "with", "s", "on"))
_WHOLE = 5 / 6


@dataclass(frozen=True, slots=True)
class Listed:
    """A statement as the reader listed it; spans into its article, empty where there are none."""

    article: str
    content: tuple[Span, ...]
    name: tuple[Span, ...]
    title: tuple[Span, ...]
    country: str
    stances: tuple[str, ...]
    manner: str


def read_listed(path: Path = LISTED) -> Iterator[Listed]:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    for line in lines[1:]:
        key, content, name, title, country, stances, manner = line.split("\t")
        said, who, what = map(_spans, (content, name, title))
        yield Listed(key, said, who, what, country, tuple(stances.split()), manner)


def _spans(cell: str) -> tuple[Span, ...]:
    pairs = (each.split("-") for each in cell.split() if each != "-")
    return tuple((int(start), int(end)) for start, end in pairs)


def read_articles(shared: Path, keys: set[str]) -> Iterator[Article]:
    """Yield the articles with these keys; those of the news have their day."""
    news = shared / "news/politics_2025-12_2026-02.jsonl"
    for number, row in enumerate(map(json.loads, news.open(encoding="utf-8"))):
        if f"N{number:03}" in keys:
            day = parsedate_to_datetime(row["published"]).date()
            yield Article(id=f"N{number:03}", text=row["text"], published=day)
    for row in map(json.loads, (shared / "gold/events/unmarked.jsonl").open(encoding="utf-8")):
        if row["id"] in keys:
            yield Article(id=row["id"], text=row["text"])


def judge(listed: Listed, text: str, found: Sequence[Statement]) -> dict[str, bool]:
    """Return what is right of the statement found that is most like the listed one."""
    best = max(found, key=lambda s: overlap(s.content, listed.content), default=None)
    if best is None or overlap(best.content, listed.content) < 0.5:
        return {"found": False}
    who = best.speaker
    name, title = (
        " ".join(text[slice(*at)] for at in spans) for spans in (listed.name, listed.title)
    )
    right = {
        "found": True,
        "name": who is not None and _is_named(who, name, listed),
        "country": who is None or who.country in (None, listed.country) or listed.country == "-",
        "content": overlap(best.content, listed.content) >= _WHOLE,
        "stance": str(best.stance) in listed.stances,
        "manner": str(best.manner) == listed.manner,
    }
    right["right"] = all(right.values())
    if title:
        office = _words(who.office or "") if who is not None else set()
        right["title"] = _without_lands(title) <= office
    return right


def _is_named(who: Actor, name: str, listed: Listed) -> bool:
    found, wanted = _words(who.name), _words(name)
    person = bool(listed.title) or (len(name.split()) == 2 and name.istitle())
    alike = (
        found & _without_lands(name) or _initials(name) in found or _initials(who.name) in wanted
    )
    same = who.kind == "country" and who.country == listed.country
    return wanted <= found or (not person and bool(alike or same))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text).replace("’", "'"))) - _SMALL


def _without_lands(text: str) -> set[str]:
    countries = load_countries()
    kept = [
        word
        for word in re.findall(r"\w+", text)
        if not (countries.any_country(word) or countries.country_of_demonym(word))
    ]
    return _words(" ".join(kept))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", fold(name)) if word not in _SMALL)


def main(arguments: Sequence[str]) -> None:
    shared, tools = Path(arguments[0]), open_tools(load_settings())
    listed, figures, titled = list(read_listed()), Counter[str](), 0
    for article in read_articles(shared, {each.article for each in listed}):
        found = process_article(article, tools).statements
        for each in (one for one in listed if one.article == article.id):
            right = judge(each, article.text, found)
            figures.update(what for what, is_right in right.items() if is_right)
            titled += bool(each.title)
            if "--misses" in arguments and not all(right.values()):
                wrong = ", ".join(what for what, is_right in right.items() if not is_right)
                print(f"{article.id}\t{wrong}\t{article.text[slice(*each.content[0])][:80]!r}")
    shares = {
        what: f"{what} {n} ({n / (titled if what == 'title' else len(listed)):.1%})"
        for what, n in figures.items()
    }
    print(f"statements-read: of {len(listed)} sourced statements {', '.join(shares.values())}")


if __name__ == "__main__":
    main(sys.argv[1:])
