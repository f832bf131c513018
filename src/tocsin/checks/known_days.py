"""`known_days`: is a well-known event put on another day than its own?

Only where the words tie a day to it directly: "the fall of the Berlin Wall on 9 November 1989",
"the 7 October 2023 Hamas attack".  The days are those of `lexicons/known_days.tsv`, each with a
work in which to look it up; the verdict is `unsure`: the words may tell of another event.
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

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = re.compile(rf"\b(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?(?![\d-])")
_TIE = (
    r",?(?: (?:which )?(?:took place|happened|occurred|began|started|(?:was|were) launched"
    r"|(?:was|were) carried out))? on (?:\w+day,? )?$"
)
#: How far before a day the words may begin that it is tied to.
_REACH = 120
#: What makes the day that of something else: "three days after the fall of Kabul on …".
_OTHER = re.compile(
    r"\b(?:after|before|since|following|until|anniversar\w+|commemorat\w+|remember\w*|mark\w*|ahead"
    r"|ceremon\w+|respon\w+)\b[^.;\n]{0,25}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """One event, the days on which it was, and where that can be looked up."""

    event: str
    first: date
    last: date
    before: re.Pattern[str]  #: words for it that end in a tie to the day
    after: re.Pattern[str]  #: words for it after "the" and the day
    origin: str


def check_known_days(article: Article) -> Iterator[Finding]:
    """Yield a finding for each place at which a known event is put on another day."""
    for day in _DAY.finditer(article.text):
        for known in _known_days():
            words = _words_at(article.text, day.span(), known)
            told = _told(day[0], known) if words else None
            if words and told and not known.first <= told <= known.last:
                yield _finding(known, told, words)


def _words_at(text: str, day: Span, known: _Known) -> Span | None:
    """Return the words that put the event on the day, from the one to the other."""
    start = max(0, day[0] - _REACH)
    if tied := known.before.search(text[start : day[0]]):
        first = start + tied.start()
        return None if _OTHER.search(text[:first][-60:]) else (first, day[1])
    after = known.after.match(text, day[1]) if text[start : day[0]].endswith("the ") else None
    return (day[0], after.end()) if after else None


def _told(words: str, known: _Known) -> date | None:
    """Return the day told; one without a year is told in the event's own."""
    return read_day(words) or read_day_without_year(words, date(known.first.year, 12, 31))


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
    rows = read_rows("lexicons/known_days.tsv", "event first last words origin")
    return tuple(
        _Known(
            event,
            date.fromisoformat(first),
            date.fromisoformat(last),
            re.compile(rf"\b(?:{words}){_TIE}"),
            re.compile(rf" (?:{words})\b"),
            origin,
        )
        for event, first, last, words, origin in rows
    )
