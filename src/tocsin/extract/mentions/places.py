"""Places: from words to a name, a country and coordinates, with the reason.

Countries, capitals and regions come from `reference.countries`, towns from the gazetteer
`lexicons/places.tsv` (GeoNames, CC BY 4.0).  Of several towns of one name, one in a country
that the article names is taken, else the most populous.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import child_of, children
from tocsin.extract.mentions.actor_lexicon import load_actor_lexicon, load_roles
from tocsin.extract.mentions.person_names import names_a_body
from tocsin.lexicons.outlets import is_outlet
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.records import Place
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


def place_of_act(
    carrier: Token,
    head: Token,
    known: Collection[str],
    objects: Sequence[Token] = (),
    *,
    named: bool = False,
) -> Place | None:
    """Return where an act took place.

    That is the first place in a phrase of place around its words; else around what it was done to
    ("killed 12 people in Goma"), or what that is ("shelled Kharkiv"); else where the clause above
    has it ("Goma, where rebels fired", "a drone hit a clinic in Kosti, wounding ten").

    Args:
        carrier: the verb or noun that tells the act.
        head: the word that makes it an act.
        known: countries that the article names; they decide between towns of one name.
        objects: those it was done to or with; none where they tell nothing of its place.
        named: whether an object that is a place is where it happened.
    """
    happens = head.dep_ in ("nsubj", "nsubjpass") and head.head.lemma_ in word_set("happening")
    around = [head, carrier, *([head.head] if happens else [])]  # "protests continued in"
    found = (_place_around(token, known) for token in around)
    place = next((p for p in found if p is not None), None)
    if place is None and any(c.lower_ == "where" for c in carrier.children):
        place = _place_named(carrier.head, known) if carrier.dep_ == "relcl" else None
    if place is not None or not objects:
        return place
    place = _place_of_objects(objects, known, named)
    if place is None and carrier.dep_ == "advcl" and carrier.tag_ == "VBG":
        place = _place_around(carrier.head, known)
    return place or _unlisted_place(objects, (carrier, head), known, any_name=named)


def _unlisted_place(
    objects: Sequence[Token], verbs: Sequence[Token], known: Collection[str], *, any_name: bool
) -> Place | None:
    """Return the place in a phrase of place that no list has: "a Moldovan post at Palanca".

    What is hit tells the country, unless it may lie abroad, as bases do.  With `any_name`, a name
    counts that the language pipeline takes for a body or person.
    """
    for token in (*objects, *verbs):
        for prep in children(token, "prep"):
            name = child_of(prep, "pobj") if prep.lower_ in word_set("at_a_place") else None
            span = _name_of_place(name, any_name=any_name) if name is not None else None
            if span is not None:
                return resolve_place(span, known) or _new_place(span, objects)
    return None


def _new_place(span: Span, objects: Sequence[Token]) -> Place:
    country = next((code for t in objects if (code := _country_of_locality(t))), None)
    return Place(
        words=(span.start_char, span.end_char),
        name=span.text,
        country=country,
        because="the country of what stands there" if country else "a place in no list",
    )


def _name_of_place(token: Token, *, any_name: bool) -> Span | None:
    """Return the name that ends in `token`, if it can be that of a place."""
    start = token.i
    while start > 0 and token.doc[start - 1].pos_ == "PROPN" and _is_word_of_name(start - 1, token):
        start -= 1
    span = token.doc[start : token.i + 1]
    if not all(t.text[0].isupper() and not t.text.isupper() and t.is_alpha for t in span):
        return None
    if token.pos_ != "PROPN" or child_of(token, "case") is not None:
        return None
    if _DIRECTIONS.match(f"{span.text} "):
        return None  # "the Eastern Pacific": wider than a place
    if token.ent_type_ == "GPE":
        return span
    person = token.ent_type_ == "PERSON" and len(span) > 1
    if not any_name or person or token.ent_type_ not in ("", "ORG", "PERSON", "FAC"):
        return None
    known = is_outlet(span.text) or any(load_actor_lexicon().find_names(span.text))
    return None if known or names_a_body(token.doc, start) else span


def _is_word_of_name(index: int, name: Token) -> bool:
    token = name.doc[index]
    return token.dep_ == "compound" and (token.head.i == name.i or token.head.head.i == name.i)


def _country_of_locality(noun: Token) -> str | None:
    """Return whose a place is that lies at home: "a Moldovan post", but no base or embassy."""
    if noun.lemma_.lower() not in word_set("localities_at_home"):
        return None
    owners = children(noun, "amod", "poss", "compound", "nmod")
    return next((code for c in owners if (code := country_of_words(c.text))), None)


def _place_of_objects(
    objects: Sequence[Token], known: Collection[str], named: bool
) -> Place | None:
    for token in objects:
        place = _place_around(token, known, _WITHIN)
        inside = token.dep_ == "pobj" and token.head.lower_ in word_set("inside_a_place")
        if place is None and (named or inside) and not _only_describes(token):
            place = _place_named(token, known)
        if place is not None:
            return place
    return None


def _place_around(
    token: Token, known: Collection[str], prepositions: Collection[str] = _LOCATIVE
) -> Place | None:
    """Return the first place in a phrase of place that belongs to `token`.

    "In the US city of Minneapolis": what only describes another place is taken if none is named.
    """
    described: Place | None = None
    for child in children(token, "prep"):
        if child.lower_ not in prepositions:
            continue
        for each in child.subtree:
            if each.ent_iob_ == "I" or _in_clause_below(each, child):
                continue
            place = _place_named(each, known)
            if place is None:
                continue
            if not _only_describes(each):
                return place
            if described is None and _describes_place(each):
                described = place
    return described


def _place_named(token: Token, known: Collection[str]) -> Place | None:
    """Return the place whose name `token` belongs to."""
    if is_town_by_place(token):
        return resolve_place(token.doc[token.i : token.i + 1], known)
    if token.ent_type_ not in _PLACE_ENTITIES:
        return None
    entity = _entity(token)
    return resolve_place(entity, known) if entity is not None else None


def _entity(token: Token) -> Span | None:
    return next((e for e in token.sent.ents if e.start <= token.i < e.end), None)


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


def _described(token: Token) -> Token | None:
    """Return the noun of which the name with `token` in it is an owner or adjective."""
    entity = _entity(token)
    root = entity.root if entity is not None else token
    return root.head if root.dep_ in ("compound", "amod", "nmod", "poss") else None


def _only_describes(token: Token) -> bool:
    """Tell whether a name says whose something is, not where: "in the US raid", "Kyiv officials".

    "In Minneapolis protests" and "in Kharkiv's suburbs" are in that place.
    """
    noun = _described(token)
    if noun is None or noun.ent_type_ in _PLACE_ENTITIES:
        return False
    if load_countries().country_named((_entity(token) or token).text) is None:
        return noun.lemma_.lower() in load_roles() or noun.lemma_.lower() in word_set("treaties")
    return noun.lemma_.lower() not in word_set("unrest")


def _describes_place(token: Token) -> bool:
    noun = _described(token)
    return noun is not None and noun.lemma_.lower() in word_set("localities")


def _in_clause_below(token: Token, top: Token) -> bool:
    """Tell whether a clause stands between: "tariffs on allies opposed to a takeover of"."""
    while token.i != top.i and token.head.i != token.i:
        if token.dep_ in ("acl", "relcl", "advcl", "pcomp"):
            return True
        if token.dep_ == "prep" and token.lower_ in word_set("of_others"):
            return True
        token = token.head
    return False


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
