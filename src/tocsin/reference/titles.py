"""Titles of public office: the words in which an article gives someone's capacity, read as data.

The lexicon is ``data/titles.tsv`` (one title, portfolio or institution a line); this module is the
grammar over it.  It knows text only.  A title is read in three steps:

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
from importlib.resources import files

from tocsin.records import Modifier
from tocsin.reference.countries import Countries


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


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the lexicon, or one phrase that the grammar builds from a line."""

    form: str
    kinds: tuple[str, ...]
    detail: str = ""
    only: tuple[str, ...] = ()
    implies: str = ""
    strict: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """A country or body found in a title, as a half-open range of its tokens."""

    start: int
    end: int
    codes: tuple[str, ...]
    words: str

    @property
    def code(self) -> str | None:
        """Return the one country meant, None where the words can mean several."""
        return self.codes[0] if len(self.codes) == 1 else None


_MODIFIERS = {
    "former": Modifier.FORMER,
    "ex": Modifier.FORMER,
    "previous": Modifier.FORMER,
    "past": Modifier.FORMER,
    "onetime": Modifier.FORMER,
    "erstwhile": Modifier.FORMER,
    "predecessor": Modifier.FORMER,
    "retired": Modifier.FORMER,
    "ousted": Modifier.FORMER,
    "deposed": Modifier.FORMER,
    "toppled": Modifier.FORMER,
    "exiled": Modifier.FORMER,
    "disgraced": Modifier.FORMER,
    "impeached": Modifier.FORMER,
    "captured": Modifier.FORMER,
    "jailed": Modifier.FORMER,
    "imprisoned": Modifier.FORMER,
    "detained": Modifier.FORMER,
    "abducted": Modifier.FORMER,
    "then": Modifier.THEN,
    "late": Modifier.LATE,
    "slain": Modifier.LATE,
    "assassinated": Modifier.LATE,
    "deceased": Modifier.LATE,
    "acting": Modifier.ACTING,
    "interim": Modifier.ACTING,
    "caretaker": Modifier.ACTING,
    "transitional": Modifier.ACTING,
    "temporary": Modifier.ACTING,
    "provisional": Modifier.ACTING,
    "deputy": Modifier.DEPUTY,
    "vice": Modifier.DEPUTY,
    "elect": Modifier.ELECT,
    "elected": Modifier.ELECT,
    "designate": Modifier.ELECT,
    "nominated": Modifier.ELECT,
    "incoming": Modifier.INCOMING,
    "future": Modifier.INCOMING,
    "next": Modifier.INCOMING,
    "outgoing": Modifier.OUTGOING,
    "departing": Modifier.OUTGOING,
}

#: A person so described may or may not hold the office any more: never a contradiction.
_TIME_MODIFIERS = (
    Modifier.FORMER,
    Modifier.THEN,
    Modifier.LATE,
    Modifier.ELECT,
    Modifier.INCOMING,
)

_SPELLINGS = {
    "defense": "defence",
    "labor": "labour",
    "advisor": "adviser",
    "advisors": "adviser",
    "organization": "organisation",
    "program": "programme",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "spokesmen": "spokesperson",
    "spokespeople": "spokesperson",
    "spokeswomen": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "chairmen": "chair",
    "ministers": "minister",
    "secretaries": "secretary",
    "chiefs": "chief",
    "minster": "minister",
    "foriegn": "foreign",
    "&": "and",
    "number": "no",
    "two": "2",
    "centre": "center",
}
_ARTICLES = frozenset({"the", "a", "an"})
_PREPOSITIONS = frozenset({"of", "for", "to", "in", "at", "on", "under", "from", "with", "by"})
#: Where a secretary heads a ministry; elsewhere ("India's Commerce Secretary") a civil servant.
_SECRETARIES = ("USA", "GBR", "PHL", "MEX", "HKG")
#: Where a secretary of state heads a ministry, and a "defence minister" may be one of several
#: under the defence secretary.
_MINISTERS_OF_STATE = ("GBR",)
_ENVOYS = ("ambassador", "deputy_ambassador", "special_envoy")
#: Of those sent abroad, there is one of these at a time; "envoy" is said of anybody sent.
_POSTED = re.compile(r"(?i)\b(?:ambassador|representative|high commissioner)\b(?!.*\benvoy)")
_TOKEN = re.compile(r"[’']s\b|[’'](?=\s|$)|&|[^\W_]+(?:\.[^\W_]+)*\.?(?:[’'](?!s\b)[^\W_]+)?")
_LONGEST_COUNTRY = 6
_LONGEST_PHRASE = 12
_CHIEFS = ("chief", "head", "boss", "leader", "top official")


def read_title(words: str, *, countries: Countries, country: str | None = None) -> TitleReading:
    """Return the reading of `words` that can be judged best; see `read_titles`."""
    readings = read_titles(words, countries=countries, country=country)
    if not readings:
        return TitleReading(words=words, kinds=(), office=False)
    return next((r for r in readings if r.specific), readings[0])


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
    country = _lexicon().bodies.get(country, country) if country else None
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
    tokens = [_normal(t) for t in raw]
    start = 0
    while start < len(tokens):
        end = _core_end(tokens, start) if tokens[start] in _lexicon().first_words else None
        if end is not None:
            yield start, end
        start = end or start + 1


def _core_end(tokens: list[str], start: int) -> int | None:
    """Return the end of the longest phrase that starts at `start`."""
    for end in range(min(len(tokens), start + _LONGEST_PHRASE), start, -1):
        words = tuple(t for t in tokens[start:end] if t not in _ARTICLES and t != "'s")
        if tokens[end - 1] != "'s" and words in _lexicon().phrases:
            return end if tokens[end - 1] not in _ARTICLES else None
    return None


def is_modifier(word: str) -> bool:
    """Return whether `word` changes what a title claims ("former", "acting")."""
    return word.casefold() in _MODIFIERS


def is_former(word: str) -> bool:
    """Return whether `word` says that an office was held before ("former", "ex")."""
    return _MODIFIERS.get(word.casefold()) is Modifier.FORMER


def is_harmless(word: str) -> bool:
    """Return whether `word` may stand before a title without changing its meaning."""
    return _normal(word) in _lexicon().harmless


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
    tokens = [_normal(t) for t in raw]
    places = _find_places(raw, countries)
    core = _find_core(tokens, places)
    if core is None:
        return [], []
    start, end, rows, literal = core
    before, after = _Side(tokens, raw, places, 0, start), _Side(tokens, raw, places, end, len(raw))
    envoy = any(row.kinds and row.kinds[0] in _ENVOYS for row in rows)
    own_words = literal and (envoy or any(row.implies for row in rows))
    inside = [p for p in places if start <= p.start and p.end <= end and not own_words]
    tail, rest = after.split_conjunct()
    sharing = before.sharing()
    owners, destination = _assign_places(
        rows, before.own_places(), inside, tail.own_places(), tail.leads_to()
    )
    foreign = before.foreign() or tail.foreign()
    junior = _is_junior_too(tokens[start:end])
    readings = []
    sharers: list[_Place | None] = [*owners] if sharing else [*owners[:1]]
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
    rows: tuple[_Row, ...],
    context: str | None,
    owner: _Place | None,
    destination: _Place | None,
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
        shared=owner is None and any((code, kind) in _lexicon().shared for kind in row.kinds),
        office=row.form != "occupation",
    )


def _assign_places(
    rows: tuple[_Row, ...],
    before: list[_Place],
    inside: list[_Place],
    after: list[_Place],
    leads_to: bool,
) -> tuple[list[_Place], _Place | None]:
    """Return whose office it is, and where an envoy is sent ("Ukraine's ambassador to the US")."""
    envoy = any(row.kinds and row.kinds[0] in _ENVOYS for row in rows)
    if envoy and leads_to and after:
        return [*before, *inside, *after[1:]], after[0]
    return [*before, *inside, *after], None


def _choose_row(rows: tuple[_Row, ...], named: str | None, context: str | None) -> _Row:
    """Return the row that applies: for the named country, else the implied, else the context's."""
    plain = any(not row.only and not row.implies for row in rows)
    implied = [row for row in rows if row.implies]
    elsewhere = context is not None and (plain or context in _only(rows))
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
        return _Row("generic", (), strict=False)
    kinds = tuple(dict.fromkeys(kind for row in rows for kind in row.kinds))
    return _Row("title", kinds, strict=False)


def _only(rows: tuple[_Row, ...]) -> set[str]:
    return {code for row in rows for code in row.only}


class _Side:
    """The tokens on one side of the core: countries, modifiers, and what does not belong."""

    def __init__(
        self, tokens: list[str], raw: list[str], places: list[_Place], start: int, end: int
    ) -> None:
        self._tokens, self._raw, self._start, self._end = tokens, raw, start, end
        self._all = places
        self._places = [p for p in places if start <= p.start and p.end <= end]

    def own_places(self) -> list[_Place]:
        return self._places

    def modifiers(self) -> tuple[Modifier, ...]:
        return tuple(_MODIFIERS[t] for t in self._free() if t in _MODIFIERS)

    def leads_to(self) -> bool:
        return self._start < self._end and self._tokens[self._start] in {"to", "for", "in"}

    def sharing(self) -> bool:
        """Return whether several countries share the title ("the French and German ...")."""
        return len(self._places) > 1 and "and" in self._free()

    def split_conjunct(self) -> tuple[_Side, list[str]]:
        """Cut this side at "and": what follows is the next title, if it holds one."""
        covered = {i for p in self._places for i in range(p.start, p.end)}
        for i in range(self._start, self._end):
            if self._tokens[i] in {"and", "turned"} and i not in covered:
                rest = self._raw[i + 1 : self._end]
                return _Side(self._tokens, self._raw, self._all, self._start, i), rest
        return self, []

    def foreign(self) -> str | None:
        """Return the words that show that the title belongs to some other body or region."""
        harmless = _lexicon().harmless
        for i in self._free_indexes():
            token, raw = self._tokens[i], self._raw[i]
            if token in _lexicon().regions:
                return raw
            if token in harmless or token in _MODIFIERS or token in _PREPOSITIONS:
                continue
            if raw[0].isupper() and token not in {"'s", "no"}:
                return raw
        return None

    def loose(self) -> bool:
        """Return whether a lower-case word of unknown meaning stands here."""
        known = _lexicon().harmless
        return any(
            t not in known | {"'s", "and"} and t not in _MODIFIERS and t not in _PREPOSITIONS
            for t in self._free()
        )

    def _free_indexes(self) -> list[int]:
        covered = {i for p in self._places for i in range(p.start, p.end)}
        return [i for i in range(self._start, self._end) if i not in covered]

    def _free(self) -> list[str]:
        return [self._tokens[i] for i in self._free_indexes()]


#: No title has more words.
_LONGEST_CORE = 24


def _find_core(
    tokens: list[str], places: list[_Place]
) -> tuple[int, int, tuple[_Row, ...], bool] | None:
    """Return start, end and rows of the core, and whether countries inside it belong to it.

    The core is the head of the phrase: the first words that can be a title, as many of them as
    possible.  No preposition stands before it ("adviser to the president" is no president), and
    after it nothing, a preposition, "and" or "-elect".
    """
    for start in range(len(tokens)):
        if any(t in _PREPOSITIONS for t in _outside(tokens, places, 0, start)):
            return None
        if tokens[start] == "'s" or any(p.start < start < p.end for p in places):
            continue
        for end in range(min(len(tokens), start + _LONGEST_CORE), start, -1):
            found = _look_up(tokens, places, start, end)
            if found and _may_end(tokens, end):
                return start, end, *found
    return None


def _outside(tokens: list[str], places: list[_Place], start: int, end: int) -> list[str]:
    covered = {i for p in places for i in range(p.start, p.end)}
    return [tokens[i] for i in range(start, end) if i not in covered]


def _may_end(tokens: list[str], end: int) -> bool:
    if end == len(tokens):
        return True
    return tokens[end] in _PREPOSITIONS or tokens[end] in {"and", "elect", "designate", "turned"}


def _look_up(
    tokens: list[str], places: list[_Place], start: int, end: int
) -> tuple[tuple[_Row, ...], bool] | None:
    """Return the rows of the phrase, and whether they are those of its very words.

    Otherwise a country stands inside the phrase ("head of Ukraine's presidential office").
    """
    phrases = _lexicon().phrases
    rows = phrases.get(tuple(t for t in tokens[start:end] if t != "'s"))
    if rows:
        return rows, True
    inside = [p for p in places if start < p.start and p.end < end]
    rest = [t for t in _outside(tokens, inside, start, end) if t != "'s"]
    rows = phrases.get(tuple(rest)) if inside else None
    if rows is None:
        rows = _combined_portfolio(rest)
    return (rows, False) if rows else None


def _combined_portfolio(tokens: list[str]) -> tuple[_Row, ...] | None:
    """Read a minister of several fields ("Economy, Environment and Agriculture Minister")."""
    if len(tokens) < 4:
        return None
    if tokens[-1] in {"minister", "secretary"}:
        fields = tokens[:-1]
    elif tokens[0] in {"minister", "secretary"} and tokens[1] in {"of", "for"}:
        fields = tokens[2:]
    else:
        return None
    kinds: list[str] = []
    start = 0
    while start < len(fields):
        if fields[start] == "and" and start:
            start += 1
        ends = range(len(fields), start, -1)
        end = next((e for e in ends if tuple(fields[start:e]) in _lexicon().fields), None)
        if end is None:
            return None
        kinds += _lexicon().fields[tuple(fields[start:end])]
        start = end
    return (_Row("title", tuple(dict.fromkeys(kinds)), strict=False),)


def _find_places(raw: list[str], countries: Countries) -> list[_Place]:
    """Find countries and bodies in the tokens, longest first, without overlap."""
    found: list[_Place] = []
    i = 0
    while i < len(raw):
        place = _place_at(raw, i, countries)
        if place is None:
            i += 1
        else:
            found.append(place)
            i = place.end
    return [place for place in found if not _names_a_people(place, found, countries)]


def _names_a_people(place: _Place, places: list[_Place], countries: Countries) -> bool:
    """Return whether the words are half of "Turkish Cypriot" or "Bosnian Serb", no country's."""
    beside = [p for p in places if place.end == p.start or p.end == place.start]
    return any(
        countries.readings(place.words, "demonyms")
        and countries.readings(p.words, "demonyms")
        and not countries.readings(p.words, "names")
        for p in beside
    )


def _place_at(raw: list[str], start: int, countries: Countries) -> _Place | None:
    if not raw[start][0].isupper():
        return None
    for end in range(min(len(raw), start + _LONGEST_COUNTRY), start, -1):
        words = " ".join(raw[start:end]).replace(" 's", "'s")
        if raw[end - 1] in {"'s", "’s"} and end - start == 1:
            continue
        bare = re.sub(r"[’']s?$", "", words)
        codes = _codes(bare, countries)
        if not codes and _is_posting(raw, start) and (code := countries.country_of_capital(bare)):
            codes = _office_codes([code])
        if codes and _normal(bare) not in _lexicon().regions:
            return _Place(start, end, codes, words)
    return None


def _is_posting(raw: list[str], start: int) -> bool:
    """Return whether somebody is sent to what begins at `start` ("ambassador to Cairo")."""
    return start > 1 and raw[start - 1] == "to" and raw[start - 2].casefold() == "ambassador"


def _codes(words: str, countries: Countries) -> tuple[str, ...]:
    """Return the countries that `words` name: one, or all that an ambiguous word can mean."""
    code = countries.country_named(words) or countries.country_of_demonym(words)
    if code is not None:
        return _office_codes([code])
    readings = [r for k in ("names", "demonyms") for r in countries.readings(words, k)]
    usual = [r.code for r in readings if r.usual]
    codes = usual or [r.code for r in readings]
    return _office_codes(codes)


def _office_codes(codes: list[str]) -> tuple[str, ...]:
    """Return the codes under which the offices of these countries and bodies are kept."""
    kept = (_lexicon().bodies.get(code, code) for code in codes)
    return tuple(dict.fromkeys(code for code in kept if code != "-"))


def _normal(token: str) -> str:
    acronym, token = token.isupper(), token.casefold().replace("’", "'")
    if token in {"'s", "'"}:
        return "'s"
    if token in {"pm", "p.m."} and not acronym:
        return "p.m."
    token = token.rstrip(".") if token.count(".") == 1 else token.replace(".", "")
    token = _SPELLINGS.get(token, token)
    if acronym:
        return token
    if token.endswith("s") and token not in _vocabulary() and token[:-1] in _vocabulary():
        return token[:-1]
    return token


# --------------------------------------------------------------------------- the lexicon


@dataclass(frozen=True, slots=True)
class _Lexicon:
    phrases: dict[tuple[str, ...], tuple[_Row, ...]]
    harmless: frozenset[str]
    regions: frozenset[str]
    bodies: dict[str, str]
    fields: dict[tuple[str, ...], tuple[str, ...]]
    first_words: frozenset[str]
    shared: frozenset[tuple[str | None, str]]


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = files("tocsin.reference").joinpath("data/titles.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    return tuple(tuple(line) for line in lines[1:])


@cache
def _vocabulary() -> frozenset[str]:
    """Return every word of the lexicon, so that plurals can be told from other words in -s."""
    return frozenset(word for line in _lines() for word in line[1].replace("-", " ").split())


@cache
def _lexicon() -> _Lexicon:
    phrases: dict[tuple[str, ...], list[_Row]] = {}
    words: dict[str, set[str]] = {"adjective": set(), "region": set()}
    bodies: dict[str, str] = {}
    fields: dict[tuple[str, ...], tuple[str, ...]] = {}
    shared: set[tuple[str | None, str]] = set()
    for form, phrase, kinds, detail, only, implies, strict in _lines():
        if form in words:
            words[form].add(phrase)
            continue
        if form == "body":
            bodies[phrase] = implies
            continue
        if form == "shared":
            shared.update((code, kinds) for code in only.split())
            continue
        row = _Row(
            form,
            () if kinds == "-" else tuple(kinds.split()),
            detail,
            tuple(only.split()),
            implies,
            strict != "no",
        )
        if form == "portfolio":
            fields[_key(phrase)] = row.kinds
        for built, each in _build(phrase, row):
            phrases.setdefault(_key(built), []).append(each)
    return _Lexicon(
        {key: tuple(rows) for key, rows in phrases.items()},
        frozenset(words["adjective"]),
        frozenset(words["region"]),
        bodies,
        fields,
        frozenset(key[0] for key in phrases),
        frozenset(shared),
    )


def _key(phrase: str) -> tuple[str, ...]:
    """Return the key of a phrase as the lexicon writes it, which is nearly as it is looked up."""
    words = phrase.replace("'s", "").replace(",", "").replace(".", "").split()
    return tuple(_SPELLINGS.get(word, word) for word in words)


def _build(phrase: str, row: _Row) -> Iterator[tuple[str, _Row]]:
    """Yield the phrases that the grammar makes of one line of the lexicon."""
    if row.form == "portfolio":
        yield from _build_portfolio(phrase, row)
    elif row.form in {"institution", "agency"}:
        yield from _build_institution(phrase, row)
    else:
        yield phrase, row


def _build_portfolio(field: str, row: _Row) -> Iterator[tuple[str, _Row]]:
    title = replace(row, form="title")
    for pattern in (
        "{} minister", "minister of {}", "minister for {}", "{} affairs minister",
        "federal minister of {}", "federal minister for {}", "federal {} minister",
        "minister in charge of {}", "{} ministry chief", "head of {} ministry",
    ):  # fmt: skip
        yield pattern.format(field), title
    secretary = replace(title, only=_SECRETARIES)
    for pattern in ("{} secretary", "secretary of {}", "secretary for {}",
                    "secretary of state for {}"):  # fmt: skip
        yield pattern.format(field), secretary
    for pattern in (
        "deputy {} minister", "deputy minister of {}", "deputy minister for {}",
        "vice {} minister", "vice minister of {}", "vice minister for {}",
        "first deputy {} minister", "first vice {} minister", "assistant {} minister",
        "deputy {} secretary", "deputy secretary of {}", "first deputy minister of {}",
    ):  # fmt: skip
        yield pattern.format(field), replace(title, kinds=tuple(f"deputy_{k}" for k in row.kinds))
    junior = _Row("title", ("junior_minister",), strict=False)
    for pattern in (
        "minister of state for {}", "parliamentary under secretary of state for {}",
        "junior {} minister", "state secretary for {}", "shadow {} minister",
        "shadow {} secretary", "under secretary of {}", "undersecretary of {}",
        "under secretary for {}", "assistant secretary of {}", "assistant secretary for {}",
        "undersecretary for {}", "{} spokesperson", "minister delegate for {}",
    ):  # fmt: skip
        yield pattern.format(field), junior
    ministry = row.kinds[0].replace("_minister", "_ministry")
    spokes = _Row("title", ("spokesperson",), ministry)
    for pattern in ("{} ministry spokesperson", "spokesperson for {} ministry",
                    "spokesperson of ministry of {}", "ministry of {} spokesperson"):  # fmt: skip
        yield pattern.format(field), spokes


def _build_institution(body: str, row: _Row) -> Iterator[tuple[str, _Row]]:
    spokes = replace(row, form="title", kinds=("spokesperson",))
    yield from _build_spokespersons(body, spokes)
    if not row.kinds:
        return
    detail = row.detail if row.form == "agency" else ""
    head = replace(row, form="title", detail=detail)
    for chief in (*_CHIEFS, "director", "director general") if row.form == "agency" else _CHIEFS:
        yield f"{body} {chief}", head
        if chief != "top official":
            yield f"{chief} of {body}", head
    deputy = replace(head, kinds=tuple(f"deputy_{kind}" for kind in row.kinds), strict=False)
    for second in ("no 2", "deputy head", "deputy chief", "deputy director"):
        yield f"{body} {second}", deputy
        yield f"{second} of {body}", deputy


def _build_spokespersons(body: str, row: _Row) -> Iterator[tuple[str, _Row]]:
    for word in ("spokesperson", "press secretary"):
        for pattern in (
            "{} {}",
            "{1} of {0}",
            "{1} for {0}",
            "{1} at {0}",
            "chief {} {}",
            "chief {1} of {0}",
        ):
            yield pattern.format(body, word), row
    for word in ("deputy spokesperson", "deputy press secretary"):
        loose = replace(row, kinds=("deputy_spokesperson",), strict=False)
        yield f"{body} {word}", loose
        yield f"{word} of {body}", loose
        yield f"{word} for {body}", loose
