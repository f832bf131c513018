"""`known_days`: is a well-known event put on another day than its own?

Only where the words tie a day to it directly: "the fall of the Berlin Wall on 9 November 1989",
"the 7 October 2023 Hamas attack", "Hamas attacked Israel on 7 October".  The days are those of
`lexicons/known_days.tsv`, each with a work in which to look it up; the verdict is `unsure`: the
words may tell of another event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from tocsin.articles.days import read_day, read_day_without_year
from tocsin.checks.wording import name_day
from tocsin.lexicons.tables import read_rows
from tocsin.records import Article, Finding, Span, Verdict

_DAY = re.compile(r"\b(?:\d{1,2} [A-Z]\w+|[A-Z]\w+\.? \d{1,2})(?:,? \d{4})?(?![\w-])")
#: Where the day stands in the words around it.
_HERE = "\0"
_TIE = (
    r",?(?: (?:which )?(?:took place|happened|occurred|began|started|(?:was|were) launched"
    rf"|(?:was|were) carried out))? on (?:\w+day,? )?{_HERE}"
)
#: How many characters around a day are looked at.
_REACH = 120
#: What makes the day that of something else: "three days after the fall of Kabul on …".
_OTHER = re.compile(
    r"\b(?:after|before|as|when|while|once|since|following|until|anniversar\w+|commemorat\w+|remember\w*|mark\w*|ahead"
    r"|ceremon\w+|respon\w+)\b[^.;\n]{0,25}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """One event, the days on which it was, and where that can be looked up."""

    event: str
    first: date
    last: date
    words: re.Pattern[str]  #: for it, tied to the day that stands as `_HERE`
    shared: bool  #: whether events of other years are called so, too
    origin: str


def check_known_days(article: Article) -> Iterator[Finding]:
    """Yield a finding for each place at which a known event is put on another day."""
    for day in _DAY.finditer(article.text):
        start, end = day.span()
        before = article.text[max(0, start - _REACH) : start]
        around = before + _HERE + article.text[end : end + _REACH]
        for known in _known_days():
            if not (tied := known.words.search(around)):
                continue
            # One without a year is told in the event's own.
            whole, year = read_day(day[0]), known.first.year
            told = whole or read_day_without_year(day[0], date(year, 12, 31))
            if not told or known.first <= told <= known.last:
                continue
            if known.shared and (whole is None or whole.year != year):
                continue
            if not _OTHER.search(around[: tied.start()]):
                first, last = tied.start() - len(before), tied.end() - len(before) - len(_HERE)
                yield _finding(known, told, (start + first, end + last))
                break


def _finding(known: _Known, told: date, words: Span) -> Finding:
    own = name_day(known.first)
    own += f" or {name_day(known.last)}" if known.last != known.first else ""
    return Finding(
        check="known_days",
        verdict=Verdict.UNSURE,
        sentence=f"The article puts {known.event} on {name_day(told)}; its day was {own} "
        f"(unverified; to look up: {known.origin}).",
        words=words,
        compared={"event": known.event, "told": told.isoformat(), "first": known.first.isoformat(),
                  "last": known.last.isoformat(), "origin": known.origin},
    )  # fmt: skip


@cache
def _known_days() -> tuple[_Known, ...]:
    rows = read_rows("lexicons/known_days.tsv", "event first last words shared origin")
    return tuple(
        _Known(
            event,
            date.fromisoformat(first),
            date.fromisoformat(last),
            re.compile(rf"\b(?:{words}){_TIE}|(?<=\bthe ){_HERE} (?:{words})\b"),
            shared == "yes",
            origin,
        )
        for event, first, last, words, shared, origin in rows
    )
