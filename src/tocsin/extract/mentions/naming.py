"""Naming: how far the words for somebody identify them, from a name to "a source"."""

from __future__ import annotations

import re
from functools import cache

from tocsin.extract.grammar.arguments import content_noun, with_conjuncts
from tocsin.extract.grammar.phrases import stands_for_noun
from tocsin.extract.grammar.words import is_name, is_plural
from tocsin.extract.mentions.actor_lexicon import load_roles
from tocsin.extract.mentions.actors import ActorReading
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token, Words
from tocsin.records import Actor, Naming
from tocsin.reference.countries import load_countries

BODIES = frozenset(("body", "country", "group"))
#: The kind of one speaker who is so named, and the words for it.
NAMED_AS = {
    Naming.NAMED: ("person", "a name"),
    Naming.OFFICE: ("office", "the holder of an office who is not named"),
    Naming.INSTITUTION: ("body", "a body"),
    Naming.COLLECTIVE: ("collective", "a group of people"),
    Naming.ANONYMOUS: ("person", "someone who is not named"),
}
_ANONYMOUS = re.compile(r"familiar with|briefed on|close to|condition of anonymity|not to be named")


@cache
def _speaker_nouns() -> dict[tuple[str, str], Naming]:
    rows = read_rows("lexicons/speaker_nouns.tsv", "noun number naming")
    return {(noun, number): Naming(naming) for noun, number, naming in rows}


def noun_naming(noun: str, *, plural: bool) -> Naming | None:
    """Return how far a speaker who is only called `noun` can be identified; None if not listed."""
    nouns = _speaker_nouns()
    found = (nouns.get((noun, "plural")) if plural else None) or nouns.get((noun, "any"))
    return Naming.COLLECTIVE if plural and found is Naming.OFFICE else found


def naming_of(span: Words, reading: ActorReading | None) -> tuple[Naming, str]:
    """Return how far `span`, read as `reading`, identifies somebody, and the kind of actor."""
    head, text = span.root, span.text.lower()
    plural = is_plural(head)
    if ("year-old" in text and not is_name(head)) or _ANONYMOUS.search(text):
        return Naming.ANONYMOUS, "collective" if plural and "year-old" not in text else "person"
    plural = plural or len(with_conjuncts(head)) > 1
    nouns = (head.lemma_.lower(), head.lower_)
    naming = next(filter(None, (noun_naming(noun, plural=plural) for noun in nouns)), None)
    if naming is not None and not (is_name(head) and naming is Naming.COLLECTIVE):
        several = plural and naming is not Naming.INSTITUTION
        return naming, "collective" if several else NAMED_AS[naming][0]
    if reading is not None and reading.kind in BODIES:
        return Naming.INSTITUTION, reading.kind if is_named(reading, span) else "body"
    if is_name(head) or head.ent_type_:
        return _of_proper_name(span, head, reading)
    if plural or stands_for_noun(head):
        return Naming.COLLECTIVE, "collective"
    return Naming.ANONYMOUS, "person"


def is_named(reading: ActorReading, span: Words) -> bool:
    """Tell a body that the words name from one they only describe or that owns it.

    "The Kremlin" is named; "Euracare Hospital" is read from "hospital", and "the US Weather
    Centre" from "US": their names are their words.
    """
    if reading.kind == "country":
        return bool(load_countries().any_country(span.text))
    return reading.kind in BODIES and reading.name.lower() != span.root.lower_


def _of_proper_name(span: Words, head: Token, reading: ActorReading | None) -> tuple[Naming, str]:
    """Return it of a name: of a person on the user's own list, whatever the network says."""
    listed = reading is not None and reading.kind == "person"
    several = is_plural(head) and (is_name(head) or not head.text[0].isupper())
    if head.ent_type_ == "NORP" or several:
        return Naming.COLLECTIVE, "collective"
    person = head.ent_type_ == "PERSON" or (not head.ent_type_ and span[0].lower_ != "the")
    if listed or (is_name(head) and person):
        return Naming.NAMED, "person"
    return Naming.INSTITUTION, "body"


def agrees(pronoun: Token, noun: Token, actor: Actor) -> bool:
    """Tell whether a pronoun of a body or of several agrees with a subject in number and kind."""
    if actor.kind == "person":
        return False
    plural = is_plural(content_noun(noun))
    if pronoun.lower_ in word_set("it_forms"):
        return is_power(noun, actor) and not plural
    return is_power(noun, actor) or plural


def is_power(noun: Token, actor: Actor) -> bool:
    """Tell a country, body, armed group or people from a mere thing: "the plan"."""
    counted = content_noun(noun)
    known = counted.lemma_.lower() in word_set("institutions") or are_people(counted)
    return actor.kind in BODIES or actor.sector is not None or known


def are_people(token: Token) -> bool:
    """Tell whether a plural noun names people or bodies that can act."""
    lemma = token.lemma_.lower()
    people = word_set("people_nouns") | word_set("institutions") | word_set("persons")
    known = lemma in people or lemma in load_roles() or token.ent_type_ == "NORP"
    return known and is_plural(token)
