"""Merging: what a second reader says, beside what Tocsin read.

What both found says so.  Where they differ on an act, the second reader's word stands, for whom the
user sent; on who speaks Tocsin's does, which is nearly as good as people are.  The other reading
stands beside it.  What only one found keeps its reader's name.  Of a second reader's words Tocsin's
own rules make the record: who and where they mean, on which day, in whose statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tocsin.extract.events.event_records import event_of
from tocsin.extract.events.told import ReadArticle, ToldAct, mention_of, mode_of
from tocsin.extract.grammar.words import tokens_at
from tocsin.extract.mentions.quotation_marks import find_quotations
from tocsin.extract.mentions.resolution import Scene
from tocsin.extract.speech.attribution import chained, statement_from
from tocsin.extract.speech.candidates import Attribution
from tocsin.lexicons.plover import value_of
from tocsin.models.acts import ActMention, ActReader
from tocsin.models.parsed import text_of
from tocsin.models.reader import ACT_ROLES, STATUSES, TYPES
from tocsin.models.reading import Reading
from tocsin.records import (
    Actor,
    Event,
    Manner,
    OtherReading,
    SaidAct,
    SaidStatement,
    SecondReading,
    Span,
    Statement,
)
from tocsin.second.differing import TOCSIN
from tocsin.second.placing import place_acts
from tocsin.spans import Places, shared, size, touch

#: How probably careful reading marks what a model alone found.  Nobody has measured the model that
#: a user names; it is likelier than not, no more.
CONFIDENCE = 0.5
#: Part of the shorter of two contents that the other must share, to be the same statement.
_SAME_CONTENT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in an article."""

    statements: tuple[Statement, ...]
    events: tuple[Event, ...]


def merge(
    own: Found, second: SecondReading | None, reading: Reading, scene: Scene, acts: ActReader
) -> Found:
    """Return what both readers found; all spans are those of the prose.

    Args:
        own: what Tocsin found.
        second: what the second reader said; None: there is none, and `own` is all.
        reading: the article as the models read it.
        scene: its people, names and places.
        acts: the network's heads for acts, which place the parties of those that it did not find.
    """
    if second is None:
        return own
    statements = _Statements(own=own.statements, scene=scene, reader=second.model)
    said = statements.merged(second.statements)
    heard = tuple(_events(second, reading, scene, said, acts)) if second.acts else ()
    return Found(statements=said, events=tuple(_matched(own.events, heard, scene)))


# --------------------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statements:
    """The statements that Tocsin found, to which those of the second reader are put."""

    own: tuple[Statement, ...]
    scene: Scene
    reader: str

    def merged(self, said: Sequence[SaidStatement]) -> tuple[Statement, ...]:
        known: dict[str, Statement] = {}
        new: list[Statement] = []
        places: Places[Statement] = Places()
        for one in self.own:
            places.add(one, one.content)
        for each in said:
            near = places.near((each.content,))
            same = max(near, key=lambda one: shared(one.content, (each.content,)), default=None)
            if same is not None and _is_same(same, each):
                known.setdefault(same.id, self._both(same, each))
            else:
                new.append(self._new(each))
        ids = {each.id for each in self.own}
        fresh = {each.id: each for each in new if each.id not in ids}
        own = [known.get(each.id, replace(each, readers=(TOCSIN,))) for each in self.own]
        linked = chained([*own, *fresh.values()], text_of(self.scene.doc))
        within = {each.id: each for each in linked}
        all_ = [*own, *(within[key] for key in fresh)]
        return tuple(sorted(all_, key=lambda each: each.content))

    def _both(self, own: Statement, said: SaidStatement) -> Statement:
        speaker = self.scene.resolve(said.speaker, says=(said.content,)).actor
        differs = speaker is not None and not _is_one(speaker, own.speaker)
        other = OtherReading(reader=self.reader, speaker=speaker) if differs else None
        return replace(own, readers=(TOCSIN, self.reader), otherwise=other)

    def _new(self, said: SaidStatement) -> Statement:
        candidate = Attribution(
            speaker_words=said.speaker,
            cue=said.cue,
            content=(said.content,),
            quoted=said.manner is not Manner.INDIRECT,
            rule=self.reader,
        )
        quoted = [each.words for each in find_quotations(text_of(self.scene.doc))]
        found = statement_from(self.scene.article, candidate, self.scene, quoted)
        return replace(found, readers=(self.reader,))


def _is_same(own: Statement, said: SaidStatement) -> bool:
    common = shared(own.content, (said.content,))
    return common > _SAME_CONTENT * min(size(own.content), size((said.content,)))


def _is_one(one: Actor, other: Actor | None) -> bool:
    """Tell whether two actors may be one, by what is known of both."""
    if other is None:
        return False
    if one.reference and other.reference:
        return one.reference == other.reference
    return one.name == other.name and one.country in (None, other.country)


# --------------------------------------------------------------------------- acts


def _events(
    second: SecondReading,
    reading: Reading,
    scene: Scene,
    statements: tuple[Statement, ...],
    acts: ActReader,
) -> Iterator[Event]:
    """Yield the events that the second reader's acts make."""
    tellings = [(each, said) for said in second.acts for each in _mentions(said)]
    read = [mention for mention, _ in tellings]
    mentions = [mention_of(reading.doc, number, each) for number, each in enumerate(read)]
    first, told = 0, []
    for said in second.acts:
        own = mentions[first : first + 1 + len(said.again)]
        mode = mode_of(said.type, own)
        act = ToldAct(
            mentions=tuple(own), type=said.type, mode=mode, features=(), confidence=CONFIDENCE
        )
        told.append(act)
        first += len(own)
    named = tuple(scene.country_words())
    found = ReadArticle(
        scene=scene,
        statements=statements,
        named=named,
        read=place_acts(acts, reading.states, tellings, named, scene),
        mentions=tuple(mentions),
        told=tuple(told),
    )
    for said, act in zip(second.acts, told, strict=True):
        event = event_of(act, found)
        yield replace(
            event,
            status=said.status,
            actors=_with_reasons(event.actors, said.actors_of, second, scene),
            recipients=_with_reasons(event.recipients, said.recipients_of, second, scene),
            readers=(second.model,),
        )


def _with_reasons(
    side: tuple[Actor, ...], of: tuple[Span, ...], second: SecondReading, scene: Scene
) -> tuple[Actor, ...]:
    """Return a side that says so where the second reader, and no rule, knows whose it is."""
    if not of:
        return side
    names = ", ".join(f"“{text_of(scene.doc)[slice(*words)]}”" for words in of)
    said = f"{second.model} gives {names} as whose they are"
    is_ruled = [(each.because or "").startswith("“") for each in side]
    return tuple(a if r else replace(a, because=said) for a, r in zip(side, is_ruled, strict=True))


def _mentions(said: SaidAct) -> Iterator[ActMention]:
    """Yield the tellings of an act as the network would, with the same words beside each."""
    roles = dict.fromkeys(ACT_ROLES, ()) | {
        "actor": said.actors,
        "recipient": said.recipients,
        "place": (said.place,) if said.place else (),
        "time": (said.time,) if said.time else (),
    }
    types, statuses = _certain(TYPES, said.type), _certain(STATUSES, said.status)
    for words in (said.words, *said.again):
        yield ActMention(words=words, chance=1.0, types=types, statuses=statuses, roles=roles)


def _certain(names: Sequence[str], name: str) -> np.typing.NDArray[np.float32]:
    return np.array([float(each == name) for each in names], dtype=np.float32)


# --------------------------------------------------------------------------- which are the same


def _matched(own: Sequence[Event], heard: Sequence[Event], scene: Scene) -> Iterator[Event]:
    """Yield all events in the order of their words, those that both found once."""
    known = {each.id for each in own}
    places: Places[tuple[int, Event]] = Places()
    for b, other in enumerate(heard):
        places.add((b, other), (*_words(other), _sentence(other, scene)))
    options = sorted(
        (rank, a, b)
        for a, one in enumerate(own)
        for b, other in places.near((*_words(one), _sentence(one, scene)))
        if (rank := _likeness(one, other, scene)) is not None
        and (other.id == one.id or other.id not in known)
    )
    of_own: dict[int, int] = {}
    taken: set[int] = set()
    for _, a, b in options:
        if a not in of_own and b not in taken:
            of_own[a] = b
            taken.add(b)
    both = {a: _both(own[a], heard[b]) for a, b in of_own.items()}
    found = [both.get(a, replace(each, readers=(TOCSIN,))) for a, each in enumerate(own)]
    ids = {each.id for each in found}
    found += [each for b, each in enumerate(heard) if b not in taken and each.id not in ids]
    yield from sorted(found, key=lambda each: each.trigger)


def _likeness(own: Event, heard: Event, scene: Scene) -> int | None:
    """Return how surely two readings are of one act, 0 the surest; None: they are not.

    They are where their words touch and their types are of one class, or where one sentence tells
    both and their type is the same.
    """
    if any(touch(one, other) for one in _words(own) for other in _words(heard)):
        if own.type == heard.type:
            return 0
        return 1 if value_of(own.type, None).quad == value_of(heard.type, None).quad else None
    same = own.type == heard.type and _sentence(own, scene) == _sentence(heard, scene)
    return 2 if same else None


def _words(event: Event) -> tuple[Span, ...]:
    return (event.trigger, *event.mentions)


def _sentence(event: Event, scene: Scene) -> Span:
    sentence = tokens_at(scene.doc, event.trigger).root.sent
    return sentence.start_char, sentence.end_char


def _both(own: Event, heard: Event) -> Event:
    """Return the event as the second reader has it where they differ, with Tocsin's beside it."""
    first, then = (own, heard) if own.type == heard.type else (heard, own)
    new = [w for w in _words(then) if not any(touch(w, known) for known in _words(first))]
    actors, recipients = _side(own.actors, heard.actors), _side(own.recipients, heard.recipients)
    other = OtherReading(
        reader=TOCSIN,
        type=own.type if heard.type != own.type else None,
        status=own.status if heard.status is not own.status else None,
        actors=own.actors if actors is not own.actors else None,
        recipients=own.recipients if recipients is not own.recipients else None,
    )
    return replace(
        first,
        status=heard.status,
        actors=actors,
        recipients=recipients,
        place=first.place or then.place,
        date=first.date or then.date,
        mentions=(*first.mentions, *new),
        readers=(TOCSIN, *heard.readers),
        otherwise=None if other == OtherReading(reader=TOCSIN) else other,
    )


def _side(own: tuple[Actor, ...], heard: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return a side as the second reader has it, where others or none are on it; else Tocsin's."""
    return heard if _parties(own) != _parties(heard) else own


def _parties(side: Sequence[Actor]) -> set[str]:
    """Return who is on a side: by country, those of none by name."""
    return {each.country or each.name for each in side}
