"""Titles of public office: the words in which an article gives someone's capacity, read as data.

This module reads titles with the words of `tocsin.reference.title_lexicon` and the parts of
`tocsin.reference.title_parts`.  It knows text only.  A title is read in three steps:

1. countries and bodies are found in it ("Ukraine's", "Russian", "of NATO");
2. the longest phrase of the lexicon is its core; "Vice President" is therefore no "President";
3. what stands before the core must be a country, a modifier ("former", "acting") or a harmless
   adjective, and what stands after it a preposition with a country.  Anything else ("president of
   Harvard", "Bundestag president") belongs to another body, and the title is left unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tocsin.lexicons.letters import fold
from tocsin.lexicons.words import word_set
from tocsin.records import Modifier
from tocsin.reference.countries import Countries, load_countries
from tocsin.reference.title_lexicon import TIES, TitleRow, normal, title_lexicon
from tocsin.reference.title_parts import TitlePlace, TitleSide, find_core, find_places

#: A person so described may or may not hold the office any more: never a contradiction.
_TIME_MODIFIERS = (
    Modifier.FORMER,
    Modifier.THEN,
    Modifier.LATE,
    Modifier.ELECT,
    Modifier.INCOMING,
)
_ARTICLES = frozenset({"the", "a", "an"})
#: Where a secretary of state heads a ministry, and a "defence minister" may be one of several
#: under the defence secretary.
_MINISTERS_OF_STATE = ("GBR",)
_ENVOYS = ("ambassador", "deputy_ambassador", "special_envoy")
#: Of those sent abroad, there is one of these at a time; "envoy" is said of anybody sent.
_POSTED = re.compile(r"(?i)\b(?:ambassador|representative|high commissioner)\b(?!.*\benvoy)")
_TOKEN = re.compile(r"[’']s\b|[’'](?=\s|$)|&|[^\W_]+(?:\.[^\W_]+)*\.?(?:[’'](?!s\b)[^\W_]+)?")
_LONGEST_PHRASE = 12
#: What a title on record says beside the title: "Special Representative (head of MINUSMA)".
_REMARK = re.compile(r"\s*\([^)]*\)")
_BEFORE, _AFTER = ("|".join(w for w in TIES if TIES[w] == side) for side in ("before", "after"))
#: What is said of somebody with a country whose office it is not: "pro-Russian", "US-backed".
_TIED = re.compile(
    rf"(?i)\b(?:{_BEFORE})[-‑]\w+|\b(?:(?:north|south|saudi) )?[\w.]+[-‑](?:{_AFTER})\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleReading:
    """What a title means.

    `kinds` are roles ("defence_minister"), several where the title can mean several; empty where
    the words are no single national office.  `specific` is False where the words are used so
    freely that nobody can be contradicted by them ("leader", "a spokesman").
    """

    words: str
    kinds: tuple[str, ...]
    detail: str | None = None
    modifiers: tuple[Modifier, ...] = ()
    country: str | None = None
    candidates: tuple[str, ...] = ()  #: countries meant by an ambiguous word ("Congolese")
    because: str | None = None  #: where the country comes from
    specific: bool = False
    inferred: bool = False  #: the words do not name the country; the title alone mostly means it
    shared: bool = False  #: no country is named, and its states or provinces have such an office
    office: bool = True  #: False for an occupation ("a senior analyst at ...")
    only: frozenset[str] = frozenset()  #: countries that have such an office, where few have

    def office_ids(self) -> tuple[str, ...]:
        """Return the ids under which the reference may know these offices."""
        tail = f":{self.detail}" if self.detail else ""
        places = (self.country,) if self.country else self.candidates
        return tuple(f"{place}:{kind}{tail}" for place in places for kind in self.kinds)


def read_titles(
    words: str, *, countries: Countries, country: str | None = None
) -> tuple[TitleReading, ...]:
    """Return one reading for each office in `words`, in their order; none if no title is in it.

    Args:
        words: a title without the name ("Ukraine's Deputy Prime Minister and Foreign Minister").
        countries: knows the names of countries and bodies.
        country: the country that the context suggests; used only where the words name none.
    """
    raw = _TOKEN.findall(_TIED.sub("", re.sub(r"(?i)\bone-time\b", "onetime", words)))
    country = title_lexicon().bodies.get(country, country) if country else None
    readings: list[TitleReading] = []
    rest = [t for t in raw if t.casefold() not in _ARTICLES]
    while rest:
        earlier = readings[-1] if readings else None
        found, rest = _read_first(rest, words, countries, country, earlier)
        readings += found
    return tuple(readings)


def read_in_country(reading: TitleReading, code: str) -> TitleReading:
    """Read a title again as one of the country `code` ("Chancellor" of Germany or Britain)."""
    again = read_titles(reading.words, countries=load_countries(), country=code)
    # Of two titles in one phrase, the reading at hand is the one at the same place.
    at = [r.kinds for r in read_titles(reading.words, countries=load_countries())]
    same = again[at.index(reading.kinds) if reading.kinds in at else 0]
    return replace(same, modifiers=reading.modifiers, country=code, because=None)


def lacks_country(words: str) -> bool:
    """Return whether a title is an office of many countries, and no word tells of which."""
    readings = read_titles(words, countries=load_countries())
    return any(each.kinds and not each.office_ids() for each in readings)


@cache
def kinds_in(title: str, code: str) -> frozenset[str]:
    """Return the kinds of office that `title` means in a country (Iran's president governs)."""
    readings = read_titles(title, countries=load_countries(), country=code)
    return frozenset(kind for reading in readings for kind in reading.kinds)


def title_key(words: str) -> tuple[str, ...]:
    """Return the words of a title as they are compared where they must agree exactly."""
    return tuple(normal(fold(token)) for token in _title_tokens(words))


def title_keys(
    words: str, *, countries: Countries, country: str | None = None
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield the keys of the titles that `words` may be, each with its country if that is told.

    A country in the words may be part of the title ("President of the Confederation of Sahel
    States") or stand beside it ("Minister of Minerals of Sudan"): both are tried.
    """
    yield title_key(words), country
    raw = _title_tokens(words)
    for place in find_places(raw, countries):
        before = " ".join(raw[: place.start]).removesuffix(" of")
        yield title_key(" ".join((before, *raw[place.end :]))), place.code


def _title_tokens(words: str) -> list[str]:
    tokens = _TOKEN.findall(_REMARK.sub("", words))
    return [token for token in tokens if normal(token) not in _ARTICLES | {"'s"}]


def title_read_as(office_id: str, words: str) -> TitleReading:
    """Return the reading of words that are the title of one office, whatever the lexicon knows."""
    country, kind, *rest = office_id.split(":", 2)
    detail = next(iter(rest), None)
    return TitleReading(words=words, kinds=(kind,), detail=detail, country=country, specific=True)


def find_title_cores(raw: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where titles stand in the words `raw`, leftmost and longest first, as index ranges.

    Only the core is found ("Defense Minister"); what stands around it is for `read_titles`.
    """
    tokens = [normal(t) for t in raw]
    start = 0
    while start < len(tokens):
        end = _core_end(tokens, start) if tokens[start] in title_lexicon().longest else None
        if end is not None:
            yield start, end
        start = end or start + 1


def _core_end(tokens: list[str], start: int) -> int | None:
    """Return the end of the longest phrase that starts at `start`."""
    lexicon, found = title_lexicon(), None
    words: tuple[str, ...] = ()
    for end, last in enumerate(tokens[start : start + _LONGEST_PHRASE], start + 1):
        words = words if last in _ARTICLES or last == "'s" else (*words, last)
        if len(words) > lexicon.longest[tokens[start]]:
            break
        if last != "'s" and words in lexicon.phrases:
            found = end if last not in _ARTICLES else None
    return found


# --------------------------------------------------------------------------- one title


def _read_first(
    raw: list[str],
    words: str,
    countries: Countries,
    country: str | None,
    earlier: TitleReading | None,
) -> tuple[list[TitleReading], list[str]]:
    """Read the first title in the tokens `raw`; return it and the tokens of the next one.

    "The French and German foreign ministers" are two titles, one for each country.
    """
    tokens = [normal(t) for t in raw]
    places = find_places(raw, countries)
    core = find_core(tokens, places)
    if core is None:
        return [], []
    start, end, rows, literal = core
    before = TitleSide(tokens, raw, places, 0, start)
    whole = TitleSide(tokens, raw, places, end, len(raw))
    tail, rest = (whole, []) if whole.lists_places() else whole.split_conjunct()
    core_places = [p for p in places if start <= p.start and p.end <= end]
    owners, destination, branch = _owners(rows, before, core_places, literal, tail)
    several = before.sharing() or whole.lists_places()
    sharers: list[TitlePlace | None] = [*owners] if several else [*owners[:1]]
    readings = (
        _make_reading(words, rows, country, owner, destination, earlier)
        for owner in sharers or [None]
    )
    foreign = before.foreign() or tail.foreign() or branch
    loose = before.loose() or tail.loose()
    told = (
        _doubted(each, foreign or (_leads(each) and tail.body()), loose, tokens[start:end])
        for each in readings
    )
    modifiers = before.modifiers() + tail.modifiers()
    return [_modified(each, modifiers, earlier) for each in told], rest


def _owners(
    rows: tuple[TitleRow, ...],
    before: TitleSide,
    core: list[TitlePlace],
    literal: bool,
    tail: TitleSide,
) -> tuple[list[TitlePlace], TitlePlace | None, str | None]:
    """Return whose title it can be, where an envoy is sent, and words that make it a branch's.

    "Ukraine's ambassador to the US" is sent to the US; "the UN chief in Mali" leads a branch; the
    nearest of two owns it, so that "the Danish EU chief" is the EU's.
    """
    envoy = any(map(_is_envoy, rows))
    own_words = literal and (envoy or any(row.implies for row in rows))
    owners = [*before.places, *([] if own_words else core)]
    if envoy:
        sent = tail.places[:1] if tail.leads_to() else []
        return [*owners, *tail.places[len(sent) :]], next(iter(sent), None), None
    branch = tail.local() if owners or own_words else None
    if own_words and core:
        owners = []
    elif not before.sharing():
        owners.reverse()
    return [*owners, *(() if branch else tail.places)], None, branch


def _is_envoy(row: TitleRow) -> bool:
    return any(kind in _ENVOYS for kind in row.kinds[:1])


def _leads(reading: TitleReading) -> bool:
    """Return whether a country's leader is called so, and those of much else ("president")."""
    return not word_set("leading_offices").isdisjoint(reading.kinds)


def _doubted(
    reading: TitleReading, foreign: str | bool | None, loose: bool, core: list[str]
) -> TitleReading:
    """Return `reading` as far as the words around the core let it be that office."""
    if foreign:
        because = f"it belongs to “{foreign}”"
        return replace(reading, kinds=(), specific=False, because=because)
    junior = reading.country in _MINISTERS_OF_STATE and _is_junior_too(core)
    return replace(reading, specific=reading.specific and not (loose or junior))


def _is_junior_too(core: list[str]) -> bool:
    """Return whether junior ministers of the same field are called so ("defence minister").

    The Treasury has ministers of its own, but none of them is a "finance minister".
    """
    return len(core) > 1 and "minister" in core and not {"prime", "finance"} & set(core)


def _modified(
    reading: TitleReading, modifiers: tuple[Modifier, ...], earlier: TitleReading | None
) -> TitleReading:
    """Return `reading` with its modifiers; a deputy's office is an office of its own kind."""
    if earlier and not modifiers:
        modifiers = tuple(m for m in earlier.modifiers if m in _TIME_MODIFIERS)
    if any(kind.startswith(("deputy_", "vice_")) for kind in reading.kinds):
        modifiers = (*(m for m in modifiers if m is not Modifier.DEPUTY), Modifier.DEPUTY)
    elif Modifier.DEPUTY in modifiers:
        kinds = tuple(f"deputy_{kind}" for kind in reading.kinds)
        reading = replace(reading, kinds=kinds)
    return replace(reading, modifiers=tuple(dict.fromkeys(modifiers)))


def _make_reading(
    words: str,
    rows: tuple[TitleRow, ...],
    context: str | None,
    owner: TitlePlace | None,
    destination: TitlePlace | None,
    earlier: TitleReading | None,
) -> TitleReading:
    inherited = earlier if earlier and earlier.kinds and owner is None else None
    taken = inherited.country if inherited else None
    row = _choose_row(rows, owner.codes[0] if owner else taken, context)
    code, because = _country_of(words, row, context, owner, inherited)
    envoy = _is_envoy(row)
    detail = row.detail or (destination.code if envoy and destination else None) or None
    if envoy and detail and detail == code:
        code, because = None, None  # "Special Envoy for Ukraine": who sends him is not said
    return TitleReading(
        words=words,
        kinds=row.kinds,
        detail=detail,
        country=code,
        candidates=owner.codes if owner and code is None else (),
        because=because,
        specific=_is_specific(words, row, detail),
        # A row that holds for one country among others ("Secretary of State") only suggests it.
        inferred=not (owner or inherited) and bool(row.implies and row.only),
        shared=owner is None and any((code, kind) in title_lexicon().shared for kind in row.kinds),
        office=row.form != "occupation",
        only=_only_in(rows),
    )


def _only_in(rows: tuple[TitleRow, ...]) -> frozenset[str]:
    """Return the countries that have such an office; none where any may have it."""
    few = all(row.only for row in rows)
    return frozenset(code for row in rows for code in row.only if few)


def _is_specific(words: str, row: TitleRow, detail: str | None) -> bool:
    posted = row.kinds[:1] == ("ambassador",) and bool(detail and _POSTED.search(words))
    return bool(row.kinds) and (row.strict or posted)


def _country_of(
    words: str,
    row: TitleRow,
    context: str | None,
    owner: TitlePlace | None,
    inherited: TitleReading | None,
) -> tuple[str | None, str | None]:
    """Return the country of the office, and where it comes from."""
    if owner:
        return owner.code, f"the title names it: “{owner.words}”"
    if inherited and inherited.country is not None:
        return inherited.country, inherited.because
    if row.implies:
        told = " ".join(words.split())
        return row.implies, f"“{told}” alone mostly means the office of {row.implies}"
    return context, None


def _choose_row(rows: tuple[TitleRow, ...], named: str | None, context: str | None) -> TitleRow:
    """Return the row that applies: for the named country, else the implied, else the context's."""
    implied = next((row for row in rows if row.implies), None)
    if named is None and implied is not None and not _may_be_of(context, rows):
        return implied
    code = named or context
    if fitting := next(_fitting(rows, code), None):
        return fitting
    if code is not None:
        return TitleRow("generic", (), strict=False)
    kinds = tuple(dict.fromkeys(kind for row in rows for kind in row.kinds))
    return TitleRow("title", kinds, strict=False)


def _may_be_of(country: str | None, rows: tuple[TitleRow, ...]) -> bool:
    """Return whether a country may have such an office that no row implies to be another's."""
    everywhere = any(not (row.only or row.implies) for row in rows)
    return country is not None and (everywhere or any(country in row.only for row in rows))


def _fitting(rows: tuple[TitleRow, ...], code: str | None) -> Iterator[TitleRow]:
    """Yield the rows that can mean an office of a country, its own before those of any."""
    yield from (row for row in rows if code in row.only)
    yield from (row for row in rows if row.implies == code)
    yield from (row for row in rows if not (row.only or row.implies))
    yield from (row for row in rows if not row.only)
