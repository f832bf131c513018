"""Places: from words to a name, a country and coordinates, with the reason.

Countries, capitals and regions come from `reference.countries`, towns from the gazetteer
`lexicons/places.tsv` (GeoNames, CC BY 4.0).  Of several towns of one name, one in a country
that the article names is taken, else the most populous.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import child_of, tokens_at
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.records import Place
from tocsin.records import Span as Offsets
from tocsin.reference.countries import load_countries

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_LOCATIVE = word_set("locative")
#: Where people or things stand to whom something is done: "people in", not "people from".
_WITHIN = _LOCATIVE - {"from", "to", "on", "over", "off"}
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
class Town:
    """One town of the gazetteer."""

    name: str
    country: str  #: ISO 3166-1 alpha-3
    latitude: float
    longitude: float
    thousands: int  #: of people


@cache
def load_towns() -> Mapping[str, tuple[Town, ...]]:
    """Return the towns by folded name, the most populous first."""
    towns: dict[str, list[Town]] = defaultdict(list)
    columns = "name country latitude longitude thousands"
    for name, country, latitude, longitude, thousands in read_rows("lexicons/places.tsv", columns):
        town = Town(name, country, float(latitude), float(longitude), int(thousands))
        towns[_folded(name)].append(town)
    return {k: tuple(sorted(v, key=lambda t: -t.thousands)) for k, v in towns.items()}


def countries_in(doc: Doc) -> tuple[str, ...]:
    """Return the codes of the countries that the article names, the most often named first."""
    counted = Counter(
        code
        for entity in doc.ents
        if entity.label_ in ("GPE", "NORP")
        if (code := country_of_words(entity.text)) is not None
    )
    return tuple(code for code, _ in counted.most_common())


def country_of_words(words: str) -> str | None:
    """Return the country that a name, demonym, capital or region means; None when in doubt."""
    return load_countries().usual_country(words)


def resolve_place(span: Span, known: Collection[str]) -> Place | None:
    """Return the place that the words of `span` mean.

    Args:
        span: the words of one place name.
        known: countries that the article names; they decide between towns of one name.
    """
    words = (span.start_char, span.end_char)
    for name in _forms(span.text):
        code = country_of_words(name)
        towns = load_towns().get(_folded(name), ())
        if code is not None:
            town = next((t for t in towns if t.country == code), None)
            return _placed(words, name, code, town, "a country, its capital or a part of it")
        if towns:
            town = next((t for t in towns if t.country in known), towns[0])
            return _placed(words, name, town.country, town, _reason(town, towns, known))
    return None


def place_in(doc: Doc, words: Offsets, known: Collection[str]) -> Place | None:
    """Return the place that `words` name: a listed one, else the name that stands there.

    Args:
        doc: the analysed text.
        words: for where an act happened.
        known: countries that the article names; they decide between towns of one name.
    """
    span = tokens_at(doc, words)
    inside = span.ents
    listed = (resolve_place(e, known) for e in inside if e.label_ in _PLACE_ENTITIES)
    found = next((place for place in listed if place is not None), None) or _town_in(span, known)
    if found is not None:
        return found
    name = next((e for e in inside if e.label_ in _PLACE_ENTITIES), None)
    if name is None:
        return None
    return Place(
        words=(name.start_char, name.end_char), name=name.text, because="a place in no list"
    )


def _town_in(span: Span, known: Collection[str]) -> Place | None:
    """Return the town or country that a name in `span` means where no entity was seen."""
    names = (t for t in span if t.pos_ == "PROPN" and t.text[0].isupper())
    found = (resolve_place(t.doc[t.i : t.i + 1], known) for t in names)
    return next((place for place in found if place is not None), None)


def is_town_by_place(token: Token) -> bool:
    """Tell whether a single name stands where only a place can, and the gazetteer knows it.

    The language pipeline takes many a small town for a person or body: "shot in Goma".
    """
    if token.ent_type_ in _PLACE_ENTITIES or token.pos_ != "PROPN" or token.dep_ != "pobj":
        return False
    alone = token.i + 1 == len(token.doc) or token.doc[token.i + 1].ent_iob_ != "I"
    return (
        token.head.lower_ in word_set("only_places")
        and token.ent_iob_ != "I"
        and alone
        and child_of(token, "compound", "nmod", "poss", "amod") is None
        and _folded(token.text) in load_towns()
    )


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


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.lower().replace("-", " ").replace("’", "'")
