"""Events: who did what to whom, in PLOVER's terms, with a status that says how sure the wording is.

`find_events` takes the acts of the text (`acts`), resolves who stands on either side (`parties`,
`sides`), reads what tense, modality and the words above make of them (`modality`, `plover`,
`status`), and merges the mentions of one act within the article (`drafts`, `event_records`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.extract.events.act_dates import dates_of_act
from tocsin.extract.events.act_status import status_of, told_at
from tocsin.extract.events.acts import (
    Act,
    find_acts,
    instrument_mode,
    is_joint,
    is_peacekeeping,
    load_acts,
)
from tocsin.extract.events.doubts import doubt_about
from tocsin.extract.events.drafts import Draft, countries_of, merged, without_governed
from tocsin.extract.events.event_records import event_of
from tocsin.extract.events.parties import Parties, Party
from tocsin.extract.events.plover import (
    Code,
    code_when_agreed,
    code_when_future,
    code_when_refused,
    code_when_requested,
    code_when_stopped,
    code_when_threatened,
)
from tocsin.extract.events.sides import (
    comes_from,
    is_someone,
    sides_of,
    sides_of_request,
    sides_with_place,
    with_own_people,
)
from tocsin.extract.grammar.arguments import content_noun
from tocsin.extract.grammar.modality import Modality, read_modality
from tocsin.extract.mentions.places import place_of_act
from tocsin.lexicons.words import word_set
from tocsin.models.reading import Reading
from tocsin.records import Article, Event, OfficeClaim, Place, Statement
from tocsin.reference.offices import Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AGREEING = frozenset({"agree", "accept"})
_MATERIAL = word_set("types_told_passively")
_ARMED = frozenset({"MIL", "REB", "PRM", "UAF"})


#: What the words above make of a type and mode.
_CHANGES: Mapping[str, Callable[[str, str | None], Code | None]] = {
    "agreed": code_when_agreed,
    "offered": code_when_agreed,
    "future": code_when_future,
    "vowed": code_when_future,
    "refused": code_when_refused,
    "threatened": code_when_threatened,
    "requested": code_when_requested,
    "stopped": code_when_stopped,
}


def find_events(
    reading: Reading,
    article: Article,
    statements: Sequence[Statement] = (),
    claims: Iterable[OfficeClaim] = (),
    *,
    reference: Reference | None = None,
) -> Iterator[Event]:
    """Yield the events that the article tells, in the order of their words.

    Args:
        reading: the article as the models read it.
        article: gives the day from which dates are read.
        statements: what is said by whom; acts in their content are theirs.
        claims: offices of people, from which a name gets its country.
        reference: gives the country of those in office whom the article names without office.
    """
    parties = Parties(reading.doc, article, statements, claims, reference=reference)
    for group in groups_of(read_acts(parties), parties.doc):
        yield event_of(group, parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAct:
    """One act, the draft that it gave, and the doubt about it, if any."""

    act: Act
    modality: Modality
    draft: Draft | None
    doubt: str | None


def read_acts(parties: Parties) -> list[ReadAct]:
    """Return the acts of the text with the drafts of events that they give."""
    doc = parties.doc
    acts = {act.head: act for act in find_acts(doc)}
    found = []
    for act in acts.values():
        modality = read_modality(doc[act.carrier], doc[act.head])
        draft = _draft(act, modality, acts, parties)
        doubt = doubt_about(draft, doc) if draft is not None else None
        found.append(ReadAct(act=act, modality=modality, draft=draft, doubt=doubt))
    return found


def groups_of(acts: Iterable[ReadAct], doc: Doc) -> list[list[Draft]]:
    """Return the drafts without doubt, one group for one act of the world."""
    drafts = [each.draft for each in acts if each.draft is not None and each.doubt is None]
    return merged(without_governed(drafts, doc), doc)


def _draft(act: Act, modality: Modality, acts: Mapping[int, Act], parties: Parties) -> Draft | None:
    doc = parties.doc
    code = code_of(act, modality, doc)
    if code is None or modality.open or _is_sport(doc[act.head]):
        return None
    if code == ("ASSAULT", None):
        code = "ASSAULT", instrument_mode(act, doc)
    if code[0] != "ASSAULT" and act.actors and all(i in acts for i in act.actors):
        return None  # "the attacks left two regions without power": a result, no act of its own
    actors, recipients = sides_of(act, acts, parties)
    if modality.change == "requested" and modality.changer is not None:
        actors, recipients = sides_of_request(modality.changer, actors, parties)
    on_the_spot = code[0] in word_set("types_on_the_spot")
    objects = [doc[i] for i in (*act.recipients, *act.trigger)] if on_the_spot else []
    place = place_of_act(
        doc[act.carrier],
        doc[act.head],
        parties.known,
        objects,
        named=code[0] in word_set("types_done_to_places") or code[1] == "visit",
    )
    actors, recipients = sides_with_place(act, actors, recipients, place, doc)
    recipients = with_own_people(act, actors, recipients, doc)
    if place is not None and _is_only_origin(place, doc):
        place = None
    if actors and code[0] not in word_set("types_done_by_things"):
        actors = tuple(p for p in actors if p.country is not None or is_someone(p))
        if not actors:
            return None  # "the revenue", "a statement": things do nothing of this kind
    if code == ("CONSULT", "visit") and any(_are_troops(p, doc) for p in actors):
        code = "MOBILIZE", "troops"  # soldiers who "arrive in" a country are no guests
    if not _told_enough(act, code, modality, actors, recipients, doc):
        return None
    dates = dates_of_act(act, doc, parties.article, modality)
    told = doc[modality.changer if modality.changer is not None else act.carrier]
    statement = next(iter(told_at(told, parties.statements)), None)
    status = status_of(act, code, modality, statement, dates, parties.article, doc)
    return Draft(
        act=act,
        code=code,
        status=status,
        actors=actors,
        recipients=recipients,
        place=place,
        date=dates.day,
        asserted_by=statement.id if statement is not None else "article",
        modality=modality,
    )


def _is_only_origin(place: Place, doc: Doc) -> bool:
    """Tell whether a thing, not the act, comes from the place: "goods from Denmark"."""
    words = doc.char_span(*place.words)
    if words is None or not comes_from(place, doc):
        return False
    return words.root.head.head.pos_ in ("NOUN", "PROPN")


def code_of(act: Act, modality: Modality, doc: Doc) -> Code | None:
    """Return type and mode of an act after what the words above make of it."""
    root, mode = act.entry.type, act.entry.mode
    if root == "MOBILIZE" or mode == "visit":
        if is_peacekeeping(act, doc):
            root, mode = "AID", None
        elif root == "MOBILIZE" and is_joint(act, doc):
            root, mode = "COOPERATE", None
    change = _CHANGES.get(modality.change or "")
    return change(root, mode) if change is not None else (root, mode)


# --------------------------------------------------------------------------- what is told enough of


def _told_enough(
    act: Act,
    code: Code,
    modality: Modality,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    doc: Doc,
) -> bool:
    """Tell whether enough is known of who did it to whom to call it an event of the world."""
    known_actor = any(p.country is not None for p in actors)
    known_recipient = any(p.country is not None for p in recipients)
    # "the strikes", "Russian aggression", "war on drugs": which one, the words do not say.
    by_noun = act.carrier == act.head and doc[act.head].pos_ in ("NOUN", "PROPN")
    two_sided = bool(actors) and (known_recipient or len(actors) > 1)
    if by_noun and code[0] not in word_set("types_told_by_noun") and not two_sided:
        return False
    alone = len(countries_of(actors)) < 2
    guests = not recipients or any(is_someone(p) for p in recipients)
    if act.entry.type == "CONSULT" and alone and not guests:
        return False
    if code == ("RETREAT", "release") and recipients and not known_recipient:
        return any(is_someone(p) for p in recipients)  # statements are released, too
    if act.entry.type == "MOBILIZE" and not any(_is_armed_power(p) for p in actors):
        return "@" in act.entry.act and known_actor
    if code == ("CONSULT", "visit") and not _is_visit(actors, recipients, doc):
        return False
    if code[0] == "AGREE" and not known_recipient and len(actors) < 2:
        return known_actor and (modality.change is not None or doc[act.head].lemma_ in _AGREEING)
    if code[0] in word_set("types_between_two"):
        return (known_actor and (known_recipient or len(actors) > 1)) or (
            known_recipient and bool(actors)
        )
    return known_actor or (known_recipient and (bool(actors) or act.entry.type in _MATERIAL))


def _is_sport(head: Token) -> bool:
    """Tell whether the sentence is about a game or film: "beat", "attack" are then no events."""
    return any(t.lower_ in word_set("sports") | word_set("arts") for t in head.sent)


def _are_troops(party: Party, doc: Doc) -> bool:
    noun = content_noun(doc[party.head])
    return party.sector in _ARMED and noun.lemma_.lower() in load_acts().classes["troops"]


def _is_armed_power(party: Party) -> bool:
    return party.sector in _ARMED or party.kind == "country"


def _is_visit(actors: tuple[Party, ...], recipients: tuple[Party, ...], doc: Doc) -> bool:
    """Tell whether someone who stands for a country or body goes to another one."""
    if any(p.sector in word_set("private_sectors") for p in actors) or any(
        doc[p.head].lemma_.lower() in word_set("vehicles") for p in actors
    ):
        return False
    return not (countries_of(actors) and countries_of(actors) == countries_of(recipients))
