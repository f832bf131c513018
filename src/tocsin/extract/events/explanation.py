"""Explanations of how an act was read: what the network saw, what rules made of it, and why.

`explain_events` goes the same way as `find_events`, and says at each step what it saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.extract.events.act_status import chances_of, statement_of, status_of
from tocsin.extract.events.acts import Act, acts_at, is_accident
from tocsin.extract.events.event_records import event_of
from tocsin.extract.events.told import Mention, ReadArticle, ToldAct, read_article
from tocsin.extract.grammar.arguments import describe_arguments
from tocsin.extract.grammar.modality import explain_modality
from tocsin.extract.mentions.resolution import Scene
from tocsin.models.acts import LEAST_ACT, ActReader
from tocsin.models.parsed import Doc, text_of
from tocsin.models.reader import TYPES
from tocsin.models.reading import Reading
from tocsin.records import ActExplanation, Actor, Candidate, Event, Explanation, Span, Statement

_MOST_CANDIDATES = 5
#: Types and statuses less probable than this are not told.
_WORTH_TELLING = 0.05


def explain_events(
    reading: Reading, scene: Scene, statements: Sequence[Statement], acts: ActReader
) -> Iterator[Explanation]:
    """Yield each sentence in which an act was found, with how each act was read.

    The arguments are those of `find_events`; the ids of events are the same.
    """
    found = read_article(reading, scene, statements, acts, least=LEAST_ACT)
    of_mention = {number: act for act in found.told for number in act.numbers}
    by_sentence: dict[Span, list[ActExplanation]] = {}
    for mention in found.mentions:
        sentence = mention.root.sent
        explained = _explained(mention, of_mention.get(mention.number), found)
        by_sentence.setdefault((sentence.start_char, sentence.end_char), []).append(explained)
    for span, explanations in sorted(by_sentence.items()):
        yield Explanation(sentence=span, acts=tuple(explanations))


def _explained(mention: Mention, act: ToldAct | None, found: ReadArticle) -> ActExplanation:
    doc = found.scene.doc
    event = event_of(act, found) if act is not None else None
    return ActExplanation(
        trigger=mention.read.words,
        chances=_chances(mention),
        lexicon=f"acts.tsv:{mention.ruled.entry.line}" if mention.ruled is not None else "",
        candidates=tuple(_candidates(mention.ruled)),
        parse=tuple(describe_arguments(mention.carrier, mention.root)),
        parties=tuple(_parties(mention, event, doc)),
        steps=tuple(_steps(mention, act, event, found)),
        event=event.id if event is not None else None,
        outcome=_outcome(mention, event),
    )


def _chances(mention: Mention) -> dict[str, float]:
    """Return the network's probabilities: of an act at all, and of each type worth telling."""
    types = zip(TYPES, mention.read.types.tolist(), strict=True)
    likely = sorted(types, key=lambda pair: -pair[1])
    told = {name: round(chance, 3) for name, chance in likely if chance >= _WORTH_TELLING}
    return {"act": round(mention.read.chance, 3), **told}


def _candidates(ruled: Act | None) -> Iterator[Candidate]:
    for each in acts_at(ruled.head)[:_MOST_CANDIDATES] if ruled is not None else ():
        entry = each.entry
        yield Candidate(
            entry=entry.act, type=entry.type, mode=entry.mode, score=round(each.score, 2)
        )


# --------------------------------------------------------------------------- parties and steps


def _parties(mention: Mention, event: Event | None, doc: Doc) -> Iterator[str]:
    for role, spans in mention.read.roles.items():
        for words in spans:
            yield f"{role}, by the network: {_words(doc, words)}"
    if event is not None:
        for role, side in (("actor", event.actors), ("recipient", event.recipients)):
            for actor in side:
                yield f"{role}: {_party(actor, doc)}"


def _party(actor: Actor, doc: Doc) -> str:
    code = " ".join(c for c in (actor.country, actor.sector) if c) or "no country known"
    words = _words(doc, actor.words)
    return f"{words} = {code}" + (f": {actor.because}" if actor.because else "")


def _words(doc: Doc, words: Span) -> str:
    return " ".join(text_of(doc)[slice(*words)].split())


def _steps(
    mention: Mention, act: ToldAct | None, event: Event | None, found: ReadArticle
) -> Iterator[str]:
    yield from explain_modality(mention.root)
    if mention.code is not None:
        agrees = "too" if mention.code[0] == mention.read.type else "instead"
        stands = ", which stands" if mention.read.type in mention.overrules else ""
        yield f"the lexicon reads {mention.code[0]} {agrees}{stands}"
    if act is None or event is None:
        return
    doc = found.scene.doc
    said = statement_of(act, found.statements)
    if said is not None:
        speaker = said.speaker.name if said.speaker is not None else "someone unnamed"
        yield f"told by {speaker}, who {said.stance}" + (
            ", in words that keep their distance" if said.distancing else ""
        )
    if event.date is not None:
        yield f"dated by “{_words(doc, event.date.words)}”"
    statuses = sorted(chances_of(act).items(), key=lambda pair: -pair[1])
    likely = ", ".join(f"{s} {p:.2f}" for s, p in statuses if p >= _WORTH_TELLING)
    _, because = status_of(act, said, event.date, found.scene.article)
    yield f"status: {event.status}, by {because} (network: {likely})"
    if len(act.mentions) > 1:
        again = "; ".join(_words(doc, m.read.words) for m in act.mentions)
        yield f"one act in {len(act.mentions)} places: {again}"


def _outcome(mention: Mention, event: Event | None) -> str:
    if event is not None:
        code = f"{event.type}-{event.mode}" if event.mode else event.type
        told = _countries(event.actors), _countries(event.recipients)
        return f"{code}, {told[0]} to {told[1]}, {event.status} ({event.confidence:.2f})"
    if mention.read.type == "ASSAULT" and is_accident(mention.carrier):
        return "no event: nobody acts in an accident"
    return f"no event: an act with a probability of {mention.read.chance:.2f} only"


def _countries(actors: Sequence[Actor]) -> str:
    return " and ".join(dict.fromkeys(a.country or a.name for a in actors)) or "nobody named"
