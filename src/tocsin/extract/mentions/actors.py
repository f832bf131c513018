"""Actors: their names in a document, and the actor a noun phrase stands for.

A noun phrase is read from its head: a name of the lexicon ("Hamas", "the Kremlin"), a person, or a
role noun ("North Korean troops", "the president of Chad").  Where the text leaves the country of a
name open, it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from tocsin.extract.grammar.words import child_of, children, is_possessive, tokens_at
from tocsin.extract.mentions.actor_lexicon import (
    ActorLexicon,
    RoleNoun,
    load_actor_lexicon,
    load_roles,
)
from tocsin.extract.mentions.places import whereabouts
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words, text_of
from tocsin.records import Span
from tocsin.reference.actors import NO_ACTORS, ActorEntry, Meaning

#: "Russian-backed" says who backs, not who acts; so do "pro-Russian" and "anti-American".
_OTHERS_BEFORE = re.compile(r"\b(?:pro|anti|non|ex|post)[-–]$", re.IGNORECASE)
_OTHERS_AFTER = re.compile(
    r"^[-–](?:back|led|align|support|alli|fund|control|occupi|held|friendly|run|arm|sponsor|made|born"
    r"|brokered|mediated|annexed|trained|supplied|based|dominated|linked|installed|imposed"
    r"|sanction|designat|flagged|registered|recogni|speaking|language)"
)
_MAX_ROLE_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorReading:
    """What a noun phrase stands for: parts of a `records.Actor`."""

    name: str
    kind: str  #: as in `records.Actor`: "body", "group", "country", "collective", "office"
    sector: str | None
    country: str | None = None  #: alpha-3 or PLOVER's code; None when open or not read here


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorName:
    """A name found in the document, and what it was decided to stand for."""

    words: Span
    start: int  #: first token
    end: int  #: the token after the last
    entry: ActorEntry
    open: bool  #: it may as well be of another country
    written: str  #: the words as they stand in the text
    of_other: bool  #: it only says who backs or opposes the actor ("Iran-backed militia")


def actor_of(doc: Doc, span: Words) -> ActorReading | None:
    """Return what a noun phrase names or describes, or None when nothing in it names an actor.

    Looks at the head and what stands before it.  Whose somebody is, `Allegiances` says; only of a
    person the country is read here, from the role before or beside the name.
    """
    head = span.root
    chunk = doc[max(span.start, head.left_edge.i) : head.i + 1]
    name, counted = _name_over(head), _counted(head)
    if head.ent_type_ == "PERSON" if name is None else name.entry.kind == "person":
        return _read_person(doc, chunk, head, name)
    if name is not None and not name.entry.adjectival:
        return _named(name)
    if counted is not None:
        return actor_of(doc, doc[counted.left_edge.i : counted.i + 1])
    return _read_described(doc, chunk, head)


# --------------------------------------------------------------------------- names


@lru_cache(maxsize=4)  # every noun phrase of a document asks for the same names
def find_actor_names(doc: Doc) -> tuple[ActorName, ...]:
    """Return the names of actors in the document in order: of the lexicon, countries, their people.

    Each is decided with the help of the others; where there is a parse, places are told apart.
    """
    text = text_of(doc)
    matches = list(lexicon_of(doc).find_names(text))
    alone = [m.meanings[0] for m in matches if len(m.meanings) == 1]
    certain = [meaning.entry for meaning in alone if meaning.usual]
    countries = {country for entry in certain for country in entry.countries}
    entries = frozenset(certain)
    names = []
    for match in matches:
        entry, is_open = _choose(match.meanings, entries, countries)
        if entry is None or entry.kind == "none":
            continue
        tokens = tokens_at(doc, match.words)
        if _lies_elsewhere(tokens, entry):
            continue
        name = ActorName(
            start=tokens.start,
            end=tokens.end,
            words=match.words,
            entry=entry,
            open=is_open,
            written=text[slice(*match.words)],
            of_other=_is_of_other(text, match.words),
        )
        if not _is_personal_name(doc, name):
            names.append(name)
    return tuple(names)


def lexicon_of(doc: Doc) -> ActorLexicon:
    """Return the names to look for in `doc`: those of the user's own that it was read with too."""
    return load_actor_lexicon(doc.user_data.get("own_actors", NO_ACTORS))


def countries_of(doc: Doc, name: ActorName) -> tuple[str, ...]:
    """Return the countries that a name stands for, of a body its owner's; none if left open."""
    return () if name.open else (_owner(doc, name) or name).entry.countries


def country_listed(words: Words) -> str | None:
    """Return the country that the user's own list gives the person named by these words."""
    names = (n for n in find_actor_names(words.doc) if n.entry.kind == "person")
    return _country_of([n for n in names if words.start <= n.start and n.end <= words.end])


def _lies_elsewhere(name: Words, entry: ActorEntry) -> bool:
    """Tell whether the words beside a name make it another place: "Tripoli, Lebanon"."""
    place = entry.kind == "country" and not entry.adjectival
    where = whereabouts(name) if place else None
    return where is not None and where.country not in entry.countries


def _choose(
    meanings: Sequence[Meaning], entries: frozenset[ActorEntry], countries: set[str]
) -> tuple[ActorEntry | None, bool]:
    """Decide between meanings: named otherwise in the text, usual, of a country in the text.

    Returns the entry meant (None when it is no actor), and whether others may be meant as well.
    """
    named = [c.entry for c in meanings if c.entry in entries]
    usual = [c.entry for c in meanings if c.usual]
    near = [c.entry for c in meanings if c.entry.countries and c.entry.countries[0] in countries]
    for choice in (named, usual, near):
        if len({each.countries or each for each in choice}) == 1:  # of one country: either
            return choice[0], False
    if len(meanings) == 1:
        return None, False
    return meanings[0].entry, any(each.entry.countries for each in meanings)


def _is_personal_name(doc: Doc, place: ActorName) -> bool:
    """Whether a country or capital is part of a person's name ("Jordan Peterson", "Kim Wagner")."""
    if place.end - place.start > 1 or place.entry.adjectival:
        return False
    token = doc[place.start]
    before = token.ent_iob_ == "I" and doc[place.start - 1].ent_type_ == "PERSON"
    after = place.end < len(doc) and doc[place.end].ent_iob_ == "I"
    return token.ent_type_ == "PERSON" and (before or after)


def _owner(doc: Doc, place: ActorName) -> ActorName | None:
    """Return the other country that stands right before a body ("Germany's Foreign Office")."""
    if place.entry.kind != "body" or place.entry.metonym:
        return None
    for other in find_actor_names(doc):
        if not place.start - 1 <= other.end <= place.start:
            continue
        possessive = other.end < place.start
        if possessive and not is_possessive(doc[other.end]):
            continue
        owns = possessive or other.entry.adjectival
        if owns and other.entry.countries[:1] != place.entry.countries[:1]:
            return other
    return None


# --------------------------------------------------------------------------- noun phrases


def _counted(head: Token) -> Token | None:
    """Return what a quantity is of ("soldiers" for "dozens of soldiers")."""
    if head.lower_ not in word_set("parts_of_groups"):
        return None
    of = next((c for c in children(head, "prep") if c.lower_ == "of"), None)
    return child_of(of, "pobj") if of is not None else None


def _read_person(doc: Doc, chunk: Words, head: Token, own: ActorName | None) -> ActorReading:
    """Read a name, with its sector in the user's `own` list, role and country around it."""
    start = head.i
    while start > chunk.start and doc[start].ent_iob_ == "I":
        start -= 1
    role_at = _last_role_before(doc, chunk.start, start)
    beside = child_of(head, "appos")
    modifiers = _modifiers(doc, chunk, start, head)
    if role_at is None and beside is not None:
        role_at = _role_ending_at(doc, beside)
        aside = doc[beside.left_edge.i : beside.i + 1]
        modifiers = modifiers or _modifiers(doc, aside, beside.i, beside)
        modifiers = modifiers or _after_preposition(beside)
    return ActorReading(
        name=doc[start : head.i + 1].text,
        kind="person",
        country=_country_of(modifiers),
        sector=(own and own.entry.sector) or (role_at[1].sector if role_at else None),
    )


def _named(place: ActorName) -> ActorReading:
    """Read a name of the lexicon, a demonym as its country."""
    entry = place.entry
    return ActorReading(
        name=place.written if place.open else entry.name,
        kind="country" if entry.adjectival else entry.kind,
        sector=entry.sector,
    )


def _read_described(doc: Doc, chunk: Words, head: Token) -> ActorReading | None:
    """Read a role noun, or a thing by whose it is: "Russian missiles" are Russia's."""
    start, role = _role_ending_at(doc, head) or (head.i + 1, None)
    chunk = doc[min(chunk.start, doc[min(start, head.i)].left_edge.i) : head.i + 1]
    modifiers = _modifiers(doc, chunk, start, head)
    if role is None:
        return _named(modifiers[0]) if modifiers else None
    first = min([start, *(m.start for m in modifiers)])
    whose = (m.entry for m in modifiers or _after_preposition(head))
    groups = (e.sector for e in whose if e.kind != "country" and not e.adjectival)
    sector = next(groups, None) or role.sector
    return ActorReading(name=doc[first : head.i + 1].text, kind=role.kind, sector=sector)


# --------------------------------------------------------------------------- parts of a phrase


def _role_ending_at(doc: Doc, head: Token) -> tuple[int, RoleNoun] | None:
    """Return the longest role noun that ends at `head`, with its first token."""
    if head.lower_ not in _role_endings():
        return None
    starts = range(max(0, head.i + 1 - _MAX_ROLE_WORDS), head.i + 1)
    found = ((start, load_roles().get(doc[start : head.i + 1].text.lower())) for start in starts)
    return next(((start, role) for start, role in found if role is not None), None)


@cache
def _role_endings() -> frozenset[str]:
    """Return the last words of all role nouns, to pass over other heads quickly."""
    return frozenset(re.split(r"[\s-]", words)[-1] for words in load_roles())


def _last_role_before(doc: Doc, start: int, end: int) -> tuple[int, RoleNoun] | None:
    """Return the last role noun in the tokens from `start` to before `end`."""
    ending = (_role_ending_at(doc, token) for token in reversed(doc[start:end]))
    return next((found for found in ending if found is not None and found[0] >= start), None)


def _modifiers(doc: Doc, chunk: Words, end: int, head: Token) -> list[ActorName]:
    """Return the names before token `end` of the chunk that say whose the head is.

    A possessive goes before a demonym, a demonym before a bare name; joined ones all count
    ("Russian and Belarusian troops").
    """
    first, last = chunk.start, min(end, head.i + 1)
    inside = [
        place
        for place in find_actor_names(doc)
        if first <= place.start and place.end <= last and not place.of_other
    ]
    possessive = [p for p in inside if any(map(is_possessive, doc[p.end : p.end + 1]))]
    chosen = possessive or [place for place in inside if place.entry.adjectival]
    return _joined(doc, chosen) if chosen else inside[-1:]


def _joined(doc: Doc, places: list[ActorName]) -> list[ActorName]:
    """Return the last of the places, and those joined to it by "and" or a comma."""
    chosen = [places[-1]]
    for place in reversed(places[:-1]):
        between = doc[place.end : chosen[0].start]
        if all(token.lower_ in ("and", ",", "or", "'s", "’s") for token in between):
            chosen.insert(0, place)
    return chosen


def _is_of_other(text: str, words: Span) -> bool:
    """Whether the name only says who backs or opposes the actor ("Iran-backed militia")."""
    start, end = words
    before, after = text[max(0, start - 6) : start], text[end : end + 12]
    return bool(_OTHERS_BEFORE.search(before) or _OTHERS_AFTER.match(after))


def _after_preposition(head: Token) -> list[ActorName]:
    """Return the name after "of", "from" or "in" that depends on `head`."""
    preps = (c for c in children(head, "prep") if c.lower_ in ("of", "from", "in"))
    names = (_name_over(thing) for prep in preps for thing in children(prep, "pobj"))
    return list(islice(filter(None, names), 1))


def _name_over(token: Token) -> ActorName | None:
    at = token.i
    return next((p for p in find_actor_names(token.doc) if p.start <= at < p.end), None)


def _country_of(modifiers: list[ActorName]) -> str | None:
    """Return the one country that the names agree on."""
    countries = {country for m in modifiers for country in m.entry.countries}
    if len(countries) != 1 or any(m.open for m in modifiers):
        return None
    return countries.pop()
