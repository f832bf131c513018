"""Places: from words to a name, a country and coordinates, with the reason.

Countries, capitals and regions come from `reference.countries`, towns from `reference.towns`.  The
country or state that stands behind a name decides ("Tripoli, Lebanon", "Paris, Texas"); without
one, of several towns of one name, one in a country that the article names is taken ("the Lebanese
city of Tripoli"), else the most populous.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tocsin.extract.grammar.words import tokens_at
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Words, names_of
from tocsin.records import Place, Span
from tocsin.reference.countries import load_countries
from tocsin.reference.towns import Town, load_states, towns_named

_PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "poss"})
_LONGEST_NAME = 4  #: words of a country
_KIND_WORDS = re.compile(
    r"^(?:the\s+)?(?:city|town|village|port|region|province|district|state|republic) of ", re.I
)
_DIRECTIONS = re.compile(
    r"^(?:the\s+)?(?:north|south|east|west|central|upper|lower)(?:ern|east|west)?(?:ern)?\s+", re.I
)
_ENDINGS = re.compile(
    r"(?:['’]s)?\s*(?:region|province|district|oblast|city|governorate|valley|border)?$", re.I
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the words behind the name of a place say that it lies."""

    country: str
    written: str  #: the words that say so
    state: str | None = None  #: of the United States, by its postal code

    def town(self, towns: Iterable[Town]) -> Town | None:
        """Return the first of these towns that lies there."""
        here = (t for t in towns if t.country == self.country)
        return next((t for t in here if self.state in (None, t.state)), None)


def countries_in(doc: Doc) -> tuple[str, ...]:
    """Return the codes of the countries that the article names, the most often named first."""
    counted = Counter(
        code
        for entity in names_of(doc)
        if entity.label_ in ("GPE", "NORP")
        if (code := country_of_words(entity.text)) is not None
    )
    return tuple(code for code, _ in counted.most_common())


@lru_cache(maxsize=4096)
def country_of_words(words: str) -> str | None:
    """Return the country that a name, demonym, capital or region means; None when in doubt."""
    return load_countries().usual_country(words)


def resolve_place(span: Words, known: Collection[str]) -> Place | None:
    """Return the place that the words of `span` mean.

    Args:
        span: the words of one place name.
        known: countries that the article names; they decide between towns of one name.
    """
    words = (span.start_char, span.end_char)
    where = whereabouts(span)
    if where is not None:
        name = _KIND_WORDS.sub("", span.text)
        town = where.town(_towns_called(span))
        return _placed(words, name, where.country, town, f"“{where.written}” beside it")
    for name in _forms(span.text):
        code = country_of_words(name)
        towns = towns_named(name)
        if code is not None:
            town = next((t for t in towns if t.country == code), None)
            return _placed(words, name, code, town, "a country, its capital or a part of it")
        if towns:
            town = next((t for t in towns if t.country in known), towns[0])
            return _placed(words, name, town.country, town, _reason(town, towns, known))
    return None


def place_in(doc: Doc, words: Span, known: Collection[str]) -> Place | None:
    """Return the place that `words` name: a listed one, else the name that stands there.

    Args:
        doc: the analysed text.
        words: for where an act happened.
        known: countries that the article names; they decide between towns of one name.
    """
    span = tokens_at(doc, words)
    named = [e for e in names_of(doc) if span.start <= e.start and e.end <= span.end]
    inside = [e for e in named if e.label_ in _PLACE_ENTITIES and not _is_demonym(e.text)]
    found = nearest(resolve_place(e, known) for e in inside) or _town_in(span, known)
    if found is not None:
        return found
    name = next(iter(inside), None)
    if name is None:
        return None
    return Place(
        words=(name.start_char, name.end_char), name=name.text, because="a place in no list"
    )


@lru_cache(maxsize=4096)
def _is_demonym(words: str) -> bool:
    """Tell whose a thing is from where it lies: "the *Russian*-held city"."""
    countries = load_countries()
    return not countries.country_named(words) and bool(countries.country_of_demonym(words))


def nearest(places: Iterable[Place | None]) -> Place | None:
    """Return the first place, or a town in it: "Lebanon's second city, Tripoli"."""
    found = [place for place in places if place is not None]
    first = found[0] if found else None
    if first is None or first.latitude is not None:
        return first
    towns = (p for p in found if p.country == first.country and p.latitude is not None)
    return next(towns, first)


def _town_in(span: Words, known: Collection[str]) -> Place | None:
    """Return the town or country that a name in `span` means where no entity was seen."""
    names = (t for t in span if t.pos_ == "PROPN" and t.text[0].isupper())
    names = (t for t in names if not _is_demonym(t.text))
    found = (resolve_place(t.doc[t.i : t.i + 1], known) for t in names)
    return next((place for place in found if place is not None), None)


def whereabouts(span: Words) -> Whereabouts | None:
    """Return where the words behind the place name `span` say that it lies, if they do.

    "Tripoli, Lebanon", "Tripoli in northern Lebanon", "Paris, Texas"; behind a country's name only
    a state says it: "Lebanon, Ohio".  A country that stands for itself does not say it: "In Geneva,
    Iran refused", "talks in Paris, Germany and Spain".
    """
    after = _told_after(span)
    known = load_countries().country_named(span.text) is not None
    return None if after is None or (known and after.state is None) else after


def _towns_called(span: Words) -> list[Town]:
    """Return the towns whose name `span` is, with or without what only describes the place."""
    return [town for name in _forms(span.text) for town in towns_named(name)]


def _told_after(span: Words) -> Whereabouts | None:
    """The country or state after a name; "in" may say where a power acts: "Ankara in Syria"."""
    doc, start = span.doc, span.end + 1
    if start >= len(doc) or doc[span.end].lower_ not in word_set("before_whereabouts"):
        return None
    any_name = doc[span.end].lower_ != "in" or country_of_words(span.text) is None
    while start < len(doc) - 1 and doc[start].lower_ in word_set("parts_of_countries"):
        start += 1
    for end in range(min(start + _LONGEST_NAME, len(doc)), start, -1):
        found = _region_named(span, doc[start:end])
        if found is not None:
            stands = doc[start:end].root.dep_ in _SUBJECTS or _is_listed(doc, end, found)
            fits = any_name or found.town(_towns_called(span)) is not None
            return found if fits and not stands else None
    return None


def _region_named(span: Words, words: Words) -> Whereabouts | None:
    """Return the country or state that `words` name: of several, one that has such a town."""
    countries, state, towns = load_countries(), load_states().get(words.text), _towns_called(span)
    meant = countries.readings(words.text, "names")
    if not meant and state is None:
        meant = countries.readings(words.text, "parts")
    found = [Whereabouts("USA", words.text, state)] if state is not None else []
    for reading in sorted(meant, key=lambda meaning: meaning.usual):
        if countries.by_code[reading.code].kind in ("state", "territory"):
            found.append(Whereabouts(reading.code, words.text))
    sure = found[-1:] if state is not None or any(m.usual for m in meant) else []
    return next((each for each in found if each.town(towns)), next(iter(sure), None))


def _is_listed(doc: Doc, end: int, found: Whereabouts) -> bool:
    """Tell a list of places: "in Paris, Germany and Spain", "from Georgia, Alabama, Texas"."""
    if end < len(doc) and doc[end].lower_ in ("and", "or", "&", "'s", "’s"):
        return True
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    following = doc[end + 1].text
    country = load_countries().country_named(following) is not None
    return following in load_states() if found.state else country


def _placed(
    words: tuple[int, int], name: str, country: str, town: Town | None, because: str
) -> Place:
    return Place(
        words=words,
        name=town.name if town is not None else name,
        country=country,
        latitude=town.latitude if town is not None else None,
        longitude=town.longitude if town is not None else None,
        because=because,
    )


def _reason(town: Town, towns: tuple[Town, ...], known: Collection[str]) -> str:
    country = load_countries().name_of(town.country)
    if len({t.country for t in towns}) == 1:
        return f"a town of {country}"
    if town.country in known:
        return f"the town of that name in {country}, which the article names"
    return f"the largest town of that name, in {country}"


def _forms(words: str) -> Iterator[str]:
    """Yield the words as they stand, then without what only describes the place."""
    plain = " ".join(words.split())
    yield plain
    without = _ENDINGS.sub("", _KIND_WORDS.sub("", plain)).strip()
    if without and without != plain:
        yield without
    inner = _DIRECTIONS.sub("", without).strip()
    if inner and inner != without:
        yield inner
