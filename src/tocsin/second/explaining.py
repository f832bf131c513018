"""Explanations of what a second reader adds: which acts it found too, how it differs, what it alone
found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tocsin.extract.grammar.words import tokens_at
from tocsin.extract.mentions.resolution import Scene
from tocsin.records import ActExplanation, Event, Explanation
from tocsin.second.differing import TOCSIN, differences, sides_told
from tocsin.spans import touch


def with_second(
    own: Iterable[Explanation], events: Sequence[Event], scene: Scene
) -> Iterator[Explanation]:
    """Yield the explanations of Tocsin's reading with what a second reader says put to them.

    Args:
        own: by sentence.
        events: of both readers; where they name no reader, there was no second one.
        scene: of the article, in whose offsets all spans are.
    """
    found = [each for each in events if TOCSIN in each.readers]
    by_sentence = {each.sentence: _beside(each, found) for each in own}
    for event in events:
        if event.readers and TOCSIN not in event.readers:
            words = tokens_at(scene.doc, event.trigger).root.sent
            at = (words.start_char, words.end_char)
            before = by_sentence.get(at, Explanation(sentence=at, acts=()))
            acts = (*before.acts, _alone(event))
            by_sentence[at] = replace(before, acts=tuple(sorted(acts, key=lambda a: a.trigger)))
    yield from (each for _, each in sorted(by_sentence.items()))


def _beside(explanation: Explanation, found: Sequence[Event]) -> Explanation:
    acts = (_with_word(act, found) if act.event and found else act for act in explanation.acts)
    return replace(explanation, acts=tuple(acts))


def _with_word(act: ActExplanation, found: Sequence[Event]) -> ActExplanation:
    """Return an act with what a second reader says of it, who may give it another type."""
    own = next((each for each in found if each.id == act.event), None)
    told = own or next(
        (each for each in found if each.otherwise and each.otherwise.type and _tells(each, act)),
        None,
    )
    return act if told is None else replace(act, event=told.id, second=tuple(_said(told)))


def _tells(event: Event, act: ActExplanation) -> bool:
    return any(touch(act.trigger, words) for words in (event.trigger, *event.mentions))


def _said(event: Event) -> Iterator[str]:
    if len(event.readers) < 2:
        yield "the second reader does not find it"
    elif event.otherwise is None:
        yield f"{event.readers[-1]} finds it too, and reads it so"
    else:
        name = event.readers[-1]
        yield from (f"{name} finds it too; Tocsin reads: {each}" for each in differences(event))


def _alone(event: Event) -> ActExplanation:
    code = f"{event.type}-{event.mode}" if event.mode else event.type
    sides = f"{sides_told(event.actors)} to {sides_told(event.recipients)}"
    return ActExplanation(
        trigger=event.trigger,
        chances={},
        lexicon="",
        candidates=(),
        parse=(),
        parties=tuple(_parties(event)),
        steps=(),
        event=event.id,
        outcome=f"{code}, {sides}, {event.status}",
        second=(f"{event.readers[0]} alone finds it",),
    )


def _parties(event: Event) -> Iterator[str]:
    for side, actors in (("actor", event.actors), ("recipient", event.recipients)):
        yield from (f"{side}: {each.because or each.name}" for each in actors)
