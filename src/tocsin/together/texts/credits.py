"""Credits: whose text an article prints, as it says itself.

Credits stand in the dateline ("KYIV, May 3 (Reuters) -"), on a line of their own near the head or
the end ("By AFP", "Jane Roe, Associated Press", "Source: Xinhua") or close the text ("— AP").  An
agency's bare name on a line is no credit of the text: it is whose picture stands there.
"With Reuters" and "AFP contributed to this report" say that the agency gave a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from tocsin.lexicons.outlets import agency_names
from tocsin.records import Span

_HEAD = 900  #: characters in which a dateline or byline stands
_TAIL = 700  #: characters in which a closing credit stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An agency that the text credits, with the words that do it."""

    agency: str
    words: Span
    in_part: bool = False  #: the agency gave a part ("with Reuters"), not the text


@lru_cache(maxsize=256)
def find_credits(text: str) -> tuple[Credit, ...]:
    """Return the agencies that `text` credits, each once, those of the whole text first."""
    found: dict[str, Credit] = {}
    for credit in sorted(_each_credit(text), key=lambda c: (c.in_part, c.words)):
        found.setdefault(credit.agency, credit)
    return tuple(found.values())


def credited_for_all(text: str) -> frozenset[str]:
    """Return the agencies that `text` credits for the whole of it."""
    return frozenset(credit.agency for credit in find_credits(text) if not credit.in_part)


def _each_credit(text: str) -> Iterator[Credit]:
    tail = max(0, len(text) - _TAIL)
    forms = _forms()
    for form in ("dateline", "line"):
        yield from map(_credit, forms[form].finditer(text, 0, _HEAD))
    for form in ("line", "close"):
        yield from map(_credit, forms[form].finditer(text, tail))
    for signed in _SIGNED.finditer(text, tail):
        yield Credit(agency="Reuters", words=signed.span())
    for form in ("given_with", "contributed"):
        for part in forms[form].finditer(text, tail):
            for named in forms["name"].finditer(text, *part.span()):
                yield _credit(named, in_part=True)


def _credit(match: re.Match[str], *, in_part: bool = False) -> Credit:
    return Credit(
        agency=agency_names()[match["agency"]], words=match.span("agency"), in_part=in_part
    )


#: Reuters closes its texts so; others name reporters and editors in other words.
_SIGNED = re.compile(r"\bReporting by [^\n]{3,300}?[;.] ?Editing by [^\n)]{3,120}")


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    """Return the forms of credits; the agency's words are the group `agency` where there is one."""
    variants = sorted(agency_names(), key=lambda name: (-len(name), name))
    bare = rf"(?:{'|'.join(map(re.escape, variants))})(?!\w)"
    name = rf"(?:the |The )?(?P<agency>{bare})"
    several = rf"(?:the |The )?{bare}(?:(?:, and|,| and| &) [\w .-]{{2,40}}?)*?"
    by = r"(?i:story by|by|from|source|copyright|text|agency)[: ]+"
    word = r"(?:[^\W\d_a-z][\w.'’-]*|and|in|d[aeiou]|dos|la|le|van|von|den|der|bin|al|el)"
    person = rf"{word}(?: {word}){{1,6}}(?:,| \|| [-–—]| for) *"
    staff = r" (?:[Ss]taff|[Ww]riters?|[Cc]orrespondents?)"
    rights = r"(?:©|\([cC]\)) ?(?:\d{4} )?"
    with_ = r"(?:(?:additional )?(?:reporting|inputs?|files?|material|agencies) ?(?:by |from )?)?"
    sources = {
        "name": rf"\b{name}",
        # "SEOUL, Oct. 29 (Yonhap) --", "MOSCOW, October 29. /TASS/.", "(AP) —"
        "dateline": rf"^[ \t]*(?:[A-Z][^\n()/]{{1,80}}?)?[(/]{name}[)/](?![^\n]{{0,3}}$)",
        # "By AFP", "Jane Roe | AP", "Source: Xinhua", "© 2024 AFP"
        "line": rf"^[ \t(]*(?:{by}(?:{rights})?(?:\d{{4}} )?(?:{person})?|{rights}|{person})"
        rf"{name}(?:{staff})?[.)]*(?: All rights reserved\.?)?[ \t]*$",
        # "— AFP", "(AP)", "Source: Xinhua" where the text ends
        "close": rf"(?:[—–-]{{1,2}} ?|\(|(?i:source): ?|{rights}){name}\)?\.?\s*\Z",
        # "With reporting by AFP and Reuters"
        "given_with": rf"(?:^|[.(;] ?)[Ww]ith {with_}{several}[.)]*[ \t]*$",
        # "The Associated Press contributed to this report"
        "contributed": rf"(?:^|[.(] ?){several} (?:also )?contributed to this "
        "(?:report|article|story)",
    }
    return {form: re.compile(source, re.MULTILINE) for form, source in sources.items()}
