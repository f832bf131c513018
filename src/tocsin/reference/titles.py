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

from tocsin.records import Modifier
from tocsin.reference.countries import Countries
from tocsin.reference.title_lexicon import TitleRow, normal, title_lexicon
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
    raw = _TOKEN.findall(re.sub(r"(?i)\bone-time\b", "onetime", words))
    country = title_lexicon().bodies.get(country, country) if country else None
    readings: list[TitleReading] = []
    rest = [t for t in raw if t.casefold() not in _ARTICLES]
    while rest:
        found, rest = _read_first(rest, words, countries, country, readings)
        readings += found
    return tuple(readings)


def find_title_cores(raw: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where titles stand in the words `raw`, leftmost and longest first, as index ranges.

    Only the core is found ("Defense Minister"); what stands around it is for `read_titles`.
    """
    tokens = [normal(t) for t in raw]
    start = 0
    while start < len(tokens):
        end = _core_end(tokens, start) if tokens[start] in title_lexicon().first_words else None
        if end is not None:
            yield start, end
        start = end or start + 1


def _core_end(tokens: list[str], start: int) -> int | None:
    """Return the end of the longest phrase that starts at `start`."""
    for end in range(min(len(tokens), start + _LONGEST_PHRASE), start, -1):
        words = tuple(t for t in tokens[start:end] if t not in _ARTICLES and t != "'s")
        if tokens[end - 1] != "'s" and words in title_lexicon().phrases:
            return end if tokens[end - 1] not in _ARTICLES else None
    return None


# --------------------------------------------------------------------------- one title


def _read_first(
    raw: list[str],
    words: str,
    countries: Countries,
    country: str | None,
    earlier: list[TitleReading],
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
    after = TitleSide(tokens, raw, places, end, len(raw))
    envoy = any(row.kinds and row.kinds[0] in _ENVOYS for row in rows)
    own_words = literal and (envoy or any(row.implies for row in rows))
    inside = [p for p in places if start <= p.start and p.end <= end and not own_words]
    tail, rest = after.split_conjunct()
    sharing = before.sharing()
    owners, destination = [*before.places, *inside, *tail.places], None
    if envoy and tail.leads_to() and tail.places:  # "Ukraine's ambassador to the US"
        destination = tail.places[0]
        owners.remove(destination)
    foreign = before.foreign() or tail.foreign()
    junior = _is_junior_too(tokens[start:end])
    readings = []
    sharers: list[TitlePlace | None] = [*owners] if sharing else [*owners[:1]]
    for owner in sharers or [None]:
        reading = _make_reading(words, rows, country, owner, destination, earlier)
        if foreign:
            because = f"it belongs to “{foreign}”"
            reading = replace(reading, kinds=(), specific=False, because=because)
        elif before.loose() or tail.loose() or (junior and reading.country in _MINISTERS_OF_STATE):
            reading = replace(reading, specific=False)
        readings.append(_modified(reading, before.modifiers() + tail.modifiers(), earlier))
    return readings, rest


def _is_junior_too(core: list[str]) -> bool:
    """Return whether junior ministers of the same field are called so ("defence minister").

    The Treasury has ministers of its own, but none of them is a "finance minister".
    """
    return len(core) > 1 and "minister" in core and not {"prime", "finance"} & set(core)


def _modified(
    reading: TitleReading, modifiers: tuple[Modifier, ...], earlier: list[TitleReading]
) -> TitleReading:
    """Return `reading` with its modifiers; a deputy's office is an office of its own kind."""
    if earlier and not modifiers:
        modifiers = tuple(m for m in earlier[-1].modifiers if m in _TIME_MODIFIERS)
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
    earlier: list[TitleReading],
) -> TitleReading:
    inherited = earlier[-1] if earlier and earlier[-1].kinds and owner is None else None
    code = owner.code if owner else (inherited.country if inherited else None)
    row = _choose_row(rows, owner.codes[0] if owner else code, context)
    because = f"the title names it: “{owner.words}”" if owner else None
    if code is not None and inherited is not None:
        because = inherited.because
    elif owner is None and row.implies:
        code = row.implies
        because = f"“{' '.join(words.split())}” alone mostly means the office of {code}"
    elif owner is None:
        code = context
    detail = row.detail
    envoy = bool(row.kinds) and row.kinds[0] in _ENVOYS
    if destination is not None and destination.code and envoy and not detail:
        detail = destination.code
    if envoy and detail and detail == code:
        code, because = None, None  # "Special Envoy for Ukraine": who sends him is not said
    posted = row.kinds[:1] == ("ambassador",) and bool(detail and _POSTED.search(words))
    return TitleReading(
        words=words,
        kinds=row.kinds,
        detail=detail or None,
        country=code,
        candidates=owner.codes if owner and code is None else (),
        because=because,
        specific=bool(row.kinds) and (row.strict or posted),
        # A row that holds for one country among others ("Secretary of State") only suggests it.
        inferred=owner is None and inherited is None and bool(row.implies and row.only),
        shared=owner is None and any((code, kind) in title_lexicon().shared for kind in row.kinds),
        office=row.form != "occupation",
    )


def _choose_row(rows: tuple[TitleRow, ...], named: str | None, context: str | None) -> TitleRow:
    """Return the row that applies: for the named country, else the implied, else the context's."""
    plain = any(not row.only and not row.implies for row in rows)
    implied = [row for row in rows if row.implies]
    elsewhere = context is not None and (plain or any(context in row.only for row in rows))
    if named is None and implied and not elsewhere:
        return implied[0]
    code = named or context
    own = [r for r in rows if code in r.only] or [r for r in implied if r.implies == code]
    if own:
        return own[0]
    general = [r for r in rows if not r.only]
    fitting = [r for r in general if not r.implies or code is None or r.implies == code]
    if fitting or general:
        return (fitting or general)[0]
    if code is not None:
        return TitleRow("generic", (), strict=False)
    kinds = tuple(dict.fromkeys(kind for row in rows for kind in row.kinds))
    return TitleRow("title", kinds, strict=False)
