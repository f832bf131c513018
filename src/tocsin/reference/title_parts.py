"""The parts of a title: its core, the countries in it, and what stands on either side of the core.

"Ukraine's | deputy | defence minister | for Europe": country, modifier, core, tail.  What these
parts mean together is for `tocsin.reference.titles`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.lexicons.words import word_set
from tocsin.records import Modifier
from tocsin.reference.countries import Countries
from tocsin.reference.title_lexicon import MODIFIERS, TitleRow, normal, title_lexicon

_PREPOSITIONS = frozenset({"of", "for", "to", "in", "at", "on", "under", "from", "with", "by"})
_LONGEST_COUNTRY = 6
#: What a country or body is called whose name stands elsewhere.
ANY_BODY = word_set("any_body")
#: No title has more words.
_LONGEST_CORE = 24


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """A country or body found in a title, as a half-open range of its tokens."""

    start: int
    end: int
    codes: tuple[str, ...]
    words: str

    @property
    def code(self) -> str | None:
        """Return the one country meant, None where the words can mean several."""
        return self.codes[0] if len(self.codes) == 1 else None


class TitleSide:
    """The tokens on one side of the core: countries, modifiers, and what does not belong."""

    def __init__(
        self, tokens: list[str], raw: list[str], places: list[TitlePlace], start: int, end: int
    ) -> None:
        """Take `start` to `end` of `tokens`, which are those of `raw` as the lexicon has them."""
        self._tokens, self._raw, self._start, self._end = tokens, raw, start, end
        self._all = places
        self.places = [p for p in places if start <= p.start and p.end <= end]

    def modifiers(self) -> tuple[Modifier, ...]:
        """Return what changes the claim here ("former", "acting")."""
        return tuple(MODIFIERS[t] for t in self._free() if t in MODIFIERS)

    def leads_to(self) -> bool:
        """Return whether this side begins as the posting of an envoy does ("to Egypt")."""
        return self._start < self._end and self._tokens[self._start] in {"to", "for", "in"}

    def local(self) -> str | None:
        """Return the words that show that the office is one of a body in a country ("in Mali")."""
        begins = self._start < self._end and self._tokens[self._start] == "in"
        return f"in {self.places[0].words}" if begins and self.places else None

    def sharing(self) -> bool:
        """Return whether several countries share the title ("the French and German ...")."""
        return len(self.places) > 1 and "and" in self._free()

    def lists_places(self) -> bool:
        """Return whether this side is a list of places: "presidents *of France and Turkey*"."""
        return self.sharing() and {"of", "and"}.issuperset(self._free())

    def split_conjunct(self) -> tuple[TitleSide, list[str]]:
        """Cut this side at "and": what follows is the next title, if it holds one."""
        for i in self._free_indexes():
            if self._tokens[i] in {"and", "turned"}:
                rest = self._raw[i + 1 : self._end]
                return TitleSide(self._tokens, self._raw, self._all, self._start, i), rest
        return self, []

    def foreign(self) -> str | None:
        """Return the words that show that the title belongs to some other body or region."""
        for i in self._free_indexes():
            token, raw = self._tokens[i], self._raw[i]
            named = raw[0].isupper() and token not in {"'s", "no"} and _is_strange(token)
            if named or token in title_lexicon().regions:
                return raw
        return None

    def body(self) -> str | None:
        """Return what small words after "of" name, no country beside them: "of the bureau"."""
        of = self._start < self._end and self._tokens[self._start] == "of"
        own = (t for t in self._free() if of and _is_strange(t) and t not in {"'s", "and"})
        return None if self.places else next((t for t in own if t not in ANY_BODY), None)

    def loose(self) -> bool:
        """Return whether a lower-case word of unknown meaning stands here."""
        return any(_is_strange(t) and t not in {"'s", "and"} for t in self._free())

    def _free_indexes(self) -> list[int]:
        return _outside(self.places, self._start, self._end)

    def _free(self) -> list[str]:
        return [self._tokens[i] for i in self._free_indexes()]


def _is_strange(token: str) -> bool:
    return not (token in title_lexicon().harmless or token in MODIFIERS or token in _PREPOSITIONS)


def _outside(places: list[TitlePlace], start: int, end: int) -> list[int]:
    """Return the indexes from `start` to `end` at which none of `places` stands."""
    covered = {i for p in places for i in range(p.start, p.end)}
    return [i for i in range(start, end) if i not in covered]


# --------------------------------------------------------------------------- the core


def find_core(
    tokens: list[str], places: list[TitlePlace]
) -> tuple[int, int, tuple[TitleRow, ...], bool] | None:
    """Return start, end and rows of the core, and whether countries inside it belong to it.

    The core is the head of the phrase: the first words that can be a title, as many of them as
    possible.  No preposition stands before it ("adviser to the president" is no president), and
    after it nothing, a preposition, "and" or "-elect".
    """
    for start in range(len(tokens)):
        if any(tokens[i] in _PREPOSITIONS for i in _outside(places, 0, start)):
            return None
        if tokens[start] == "'s" or any(p.start < start < p.end for p in places):
            continue
        for end in range(min(len(tokens), start + _LONGEST_CORE), start, -1):
            found = _look_up(tokens, places, start, end)
            if found and _may_end(tokens, end):
                return start, end, *found
    return None


def _may_end(tokens: list[str], end: int) -> bool:
    follows = _PREPOSITIONS | {"and", "elect", "designate", "turned"}
    return end == len(tokens) or tokens[end] in follows


def _look_up(
    tokens: list[str], places: list[TitlePlace], start: int, end: int
) -> tuple[tuple[TitleRow, ...], bool] | None:
    """Return the rows of the phrase, and whether they are those of its very words.

    Otherwise a country stands inside the phrase ("head of Ukraine's presidential office").
    """
    phrases = title_lexicon().phrases
    rows = phrases.get(tuple(t for t in tokens[start:end] if t != "'s"))
    if rows:
        return rows, True
    inside = [p for p in places if start < p.start and p.end < end]
    rest = [tokens[i] for i in _outside(inside, start, end) if tokens[i] != "'s"]
    rows = phrases.get(tuple(rest)) if inside else None
    if rows is None:
        rows = _combined_portfolio(rest)
    return (rows, False) if rows else None


def _combined_portfolio(tokens: list[str]) -> tuple[TitleRow, ...] | None:
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
        end = next((e for e in ends if tuple(fields[start:e]) in title_lexicon().fields), None)
        if end is None:
            return None
        kinds += title_lexicon().fields[tuple(fields[start:end])]
        start = end
    return (TitleRow("title", tuple(dict.fromkeys(kinds)), strict=False),)


# --------------------------------------------------------------------------- countries and bodies


def find_places(raw: list[str], countries: Countries) -> list[TitlePlace]:
    """Find countries and bodies in the tokens, longest first, without overlap."""
    found: list[TitlePlace] = []
    for i in range(len(raw)):
        taken = bool(found) and i < found[-1].end
        if not taken and (place := _place_at(raw, i, countries)):
            found.append(place)
    return [place for place in found if not _names_a_people(place, found, countries)]


def _names_a_people(place: TitlePlace, places: list[TitlePlace], countries: Countries) -> bool:
    """Return whether the words are half of "Turkish Cypriot" or "Bosnian Serb", no country's."""
    beside = [p for p in places if place.end == p.start or p.end == place.start]
    return any(
        countries.readings(place.words, "demonyms")
        and countries.readings(p.words, "demonyms")
        and not countries.readings(p.words, "names")
        for p in beside
    )


def _place_at(raw: list[str], start: int, countries: Countries) -> TitlePlace | None:
    if not raw[start][0].isupper():
        return None
    for end in range(min(len(raw), start + _LONGEST_COUNTRY), start, -1):
        words = " ".join(raw[start:end]).replace(" 's", "'s")
        if raw[end - 1] in {"'s", "’s"} and end - start == 1:
            continue
        bare = re.sub(r"[’']s?$", "", words)
        codes = _codes(bare, countries)
        if not codes and _is_posting(raw, start):
            code = countries.country_meant(bare, "capitals")
            codes = _office_codes([code] if code else [])
        other = start > 0 and raw[start - 1] == "National"  # a "National Security Council"
        if codes and not other and normal(bare) not in title_lexicon().regions:
            return TitlePlace(start, end, codes, words)
    return None


def _is_posting(raw: list[str], start: int) -> bool:
    """Return whether somebody is sent to what begins at `start` ("ambassador to Cairo")."""
    return (
        start > 1 and raw[start - 1] in {"to", "in"} and raw[start - 2].casefold() == "ambassador"
    )


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
    kept = (title_lexicon().bodies.get(code, code) for code in codes)
    return tuple(dict.fromkeys(code for code in kept if code != "-"))
