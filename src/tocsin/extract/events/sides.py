"""The two sides of an act: who did it, and to whom it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.extract.events.acts import Act
from tocsin.extract.events.drafts import countries_of
from tocsin.extract.events.parties import Parties, Party
from tocsin.extract.grammar.arguments import arguments_of, content_noun
from tocsin.extract.mentions.places import country_of_words
from tocsin.lexicons.words import word_set
from tocsin.records import Place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RULERS = frozenset({"GOV", "COP", "JUD", "MIL", "LEG", "SPY", "PRM"})

#: The actors and the recipients of an act.
Sides = tuple[tuple[Party, ...], tuple[Party, ...]]


def sides_of(act: Act, acts: Mapping[int, Act], parties: Parties) -> Sides:
    """Return the actors and the recipients that the words of the act give.

    Args:
        act: the act.
        acts: all acts of the text by their heads; an act may stand in the place of a party.
        parties: who the words of the text mean.
    """
    doc = parties.doc
    doers = [i for i in _doers(act.actors, acts) if not _is_venue(doc[i])]
    actors = _distinct(p for i in doers for p in parties.parties(i))
    # Who condemns an attack on Kyiv does not condemn Kyiv.
    judged = act.entry.type in ("SUPPORT", "ACCUSE", "REJECT")
    theirs = _doers(act.recipients, acts, of_victims=not judged)
    recipients = _distinct(p for i in theirs for p in parties.parties(i))
    if not any(p.country for p in recipients):
        # "dismissed North Korea's demand": the thing tells whose it is.
        things = [i for i in act.trigger if i != act.head and doc[i].pos_ in ("NOUN", "PROPN")]
        owners = _distinct(p for i in things for p in parties.parties(i))
        same = countries_of(actors)
        foreign = tuple(p for p in owners if p.country is not None and p.country not in same)
        recipients = foreign or recipients
    recipients = tuple(p for p in recipients if p.country is not None) or recipients
    if not actors and act.entry.type in ("ASSAULT", "COERCE"):
        behind = (p for i in _by_operation(act, acts, doc) for p in parties.parties(i))
        actors = _distinct(p for p in behind if p.country is not None)
    if not actors and act.entry.type == "CONSULT" and len(countries_of(recipients)) > 1:
        actors, recipients = recipients, ()  # "talks between Ethiopia and Egypt were held"
    heads = {p.head for p in actors}
    ours = {p.country for p in actors}
    recipients = tuple(
        p
        for p in recipients
        if p.head not in heads
        and not (p.country in ours and (doc[p.head].pos_ == "PRON" or not is_someone(p)))
    )
    return actors, recipients


def _is_venue(name: Token) -> bool:
    """Tell whether a name before a noun of action says where: "the Geneva talks".

    Countries and capitals act: "a US strike", "Kyiv drones".
    """
    place = name.dep_ == "compound" and name.ent_type_ in ("GPE", "LOC", "FAC")
    return place and country_of_words(name.text) is None


def with_own_people(
    act: Act, actors: tuple[Party, ...], recipients: tuple[Party, ...], doc: Doc
) -> tuple[Party, ...]:
    """Return the recipients, with a country for those who stand against their own rulers.

    "Iran has executed protesters": words and place name no other country, and whoever protests or
    opposes does so at home.
    """
    if act.entry.type not in word_set("types_done_at_home"):
        return recipients
    rulers = countries_of(tuple(p for p in actors if p.sector in _RULERS or p.kind == "country"))
    if len(rulers) != 1 or rulers != countries_of(actors):
        return recipients
    (country,) = rulers
    return tuple(
        replace(p, country=country, because="the power that acts on its own people")
        if p.country is None and _is_subject_of_power(doc[p.head])
        else p
        for p in recipients
    )


def _is_subject_of_power(noun: Token) -> bool:
    words = {content_noun(noun).lemma_.lower()}
    words |= {c.lower_ for c in noun.children if c.dep_ in ("compound", "amod") and c.i < noun.i}
    return not words.isdisjoint(word_set("opponents_at_home"))


def sides_of_request(changer: int, doers: tuple[Party, ...], parties: Parties) -> Sides:
    """Return who asks and who is to do it: "proposed that Kyiv pull back" is about Kyiv."""
    found = arguments_of(parties.doc[changer])
    asking = _distinct(p for t in found.subjects for p in parties.parties(t.i))
    told = _distinct(
        p for t in found.objects for p in parties.parties(t.i) if p.country is not None
    )
    asked = told or tuple(p for p in doers if p.head not in {a.head for a in asking})
    return asking, asked


def _by_operation(act: Act, acts: Mapping[int, Act], doc: Doc) -> tuple[int, ...]:
    """Return whose operation it was in which someone was killed: "killed in the US raid"."""
    found: list[int] = []
    for prep in doc[act.carrier].children:
        if prep.dep_ not in ("prep", "agent") or prep.lower_ not in ("in", "by", "during"):
            continue
        for noun in prep.children:
            if noun.lemma_.lower() not in word_set("military_operations"):
                continue
            inner = acts.get(noun.i)
            owners = (c.i for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod"))
            found.extend(inner.actors if inner is not None and inner.actors else owners)
    return tuple(found)


def _doers(
    indexes: tuple[int, ...], acts: Mapping[int, Act], *, of_victims: bool = True
) -> tuple[int, ...]:
    """Put in the place of an act those who did it: "condemned the attack by Iran" is about Iran."""
    found: list[int] = []
    for index in indexes:
        inner = acts.get(index)
        if inner is None:
            found.append(index)
        else:
            found.extend(inner.actors or (inner.recipients if of_victims else ()))
    return tuple(found)


def sides_with_place(
    act: Act,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    place: Place | None,
    doc: Doc,
) -> Sides:
    """Let the place of the act stand for the country of those whom the words leave without one."""
    if act.entry.type == "PROTEST" and not any(p.country for p in actors):
        here = next((p.country for p in recipients if doc[p.head].ent_type_ == "GPE"), None)
        actors = tuple(replace(p, country=here) for p in actors)
    if place is None or place.country is None:
        return actors, recipients
    if comes_from(place, doc) and act.entry.type != "RETREAT":
        return actors, recipients  # "attacks from Russia": nobody is hit there
    if act.entry.type in word_set("types_done_to_hosts") and not any(p.country for p in recipients):
        recipients = _at_place(recipients, place) or _place_party(place, doc)
    local = act.entry.type == "PROTEST" or any(_is_local(p, doc) for p in actors)
    if local and not any(p.country for p in actors):
        actors = _at_place(actors, place)
    return actors, recipients


def _is_local(party: Party, doc: Doc) -> bool:
    """Tell whether someone acts at home: "police in Minsk", no "allies"."""
    others = doc[party.head].lemma_.lower() in word_set("others")
    return party.sector in word_set("local_sectors") and not others


def comes_from(place: Place, doc: Doc) -> bool:
    """Tell whether something comes from the place: "attacks from Russia", "goods from Denmark"."""
    whence = doc.char_span(*place.words)
    return whence is not None and whence.root.head.lower_ == "from"


def _at_place(parties: tuple[Party, ...], place: Place) -> tuple[Party, ...]:
    because = f"the place of the act, {place.name}"
    return tuple(replace(p, country=place.country, because=because) for p in parties)


def _place_party(place: Place, doc: Doc) -> tuple[Party, ...]:
    span = doc.char_span(*place.words)
    if span is None or place.country is None:
        return ()
    return (
        Party(
            head=span.root.i,
            start=span.start,
            end=span.end,
            country=place.country,
            sector=None,
            kind="country",
            because="the place of the act",
        ),
    )


def is_someone(party: Party) -> bool:
    """Tell whether a party is a person, body or country, not a thing."""
    return party.sector is not None or party.kind in ("person", "country", "body")


def _distinct(found: Iterable[Party]) -> tuple[Party, ...]:
    return tuple({(p.head, p.country): p for p in found}.values())
