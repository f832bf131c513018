"""Explanations of how an event was coded: the parse in plain words, what fired, what decided.

`explain_events` goes the same way as `find_events`, and says at each step what it saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tocsin.extract.events.acts import Act, rivals_of
from tocsin.extract.events.coding import ReadAct, groups_of, read_acts
from tocsin.extract.events.drafts import Draft
from tocsin.extract.events.event_records import event_of
from tocsin.extract.events.parties import Parties, Party
from tocsin.extract.grammar.arguments import Arguments, arguments_of
from tocsin.extract.grammar.modality import explain_modality
from tocsin.models.reading import Reading
from tocsin.records import (
    ActExplanation,
    Actor,
    Article,
    Candidate,
    Event,
    Explanation,
    OfficeClaim,
    Span,
    Statement,
)
from tocsin.reference.offices import Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MOST_CANDIDATES = 5


def explain_events(
    reading: Reading,
    article: Article,
    statements: Sequence[Statement] = (),
    claims: Iterable[OfficeClaim] = (),
    *,
    reference: Reference | None = None,
) -> Iterator[Explanation]:
    """Yield each sentence in which an act was found, with how each act was read.

    The arguments are those of `find_events`; the ids of events are the same.
    """
    doc = reading.doc
    parties = Parties(doc, article, statements, claims, reference=reference)
    found = read_acts(parties)
    events = {id(d): event_of(group, parties) for group in groups_of(found, doc) for d in group}
    by_sentence: dict[Span, list[ActExplanation]] = {}
    for read in found:
        sentence = doc[read.act.head].sent
        explained = _explained(read, events.get(id(read.draft)), doc, statements)
        by_sentence.setdefault((sentence.start_char, sentence.end_char), []).append(explained)
    for span, acts in sorted(by_sentence.items()):
        yield Explanation(sentence=span, acts=tuple(acts))


def _explained(
    read: ReadAct, event: Event | None, doc: Doc, statements: Sequence[Statement]
) -> ActExplanation:
    act, draft = read.act, read.draft
    rivals = rivals_of(act, doc)[:_MOST_CANDIDATES]
    words = doc[act.trigger[0] : act.trigger[-1] + 1]
    return ActExplanation(
        trigger=(words.start_char, words.end_char),
        lexicon=f"acts.tsv:{act.entry.line}",
        candidates=tuple(
            Candidate(
                entry=r.entry.act, type=r.entry.type, mode=r.entry.mode, score=round(r.score, 2)
            )
            for r in rivals
        ),
        parse=tuple(_parse(act, doc)),
        parties=tuple(_parties(draft, doc)) if draft is not None else (),
        steps=tuple(_steps(read, doc, statements)),
        event=event.id if event is not None else None,
        outcome=_outcome(read, event),
    )


# --------------------------------------------------------------------------- the parse


def _parse(act: Act, doc: Doc) -> Iterator[str]:
    carrier = doc[act.carrier]
    kind = "verb" if carrier.pos_ in ("VERB", "AUX") else "noun"
    yield f"{kind}: {carrier.text} (lemma {carrier.lemma_})"
    if act.head != act.carrier:
        yield f"noun of action: {doc[act.head].text}"
    yield from _phrases(arguments_of(carrier))


def _phrases(around: Arguments) -> Iterator[str]:
    named = {
        "subject": [] if around.passive else around.subjects,
        "object": [] if around.passive else around.objects,
        "subject of the passive": around.objects if around.passive else [],
        "to whom": around.datives,
        "by": around.agents,
        **{prep: tokens for prep, tokens in around.preps.items() if prep != "by"},
    }
    for name, tokens in named.items():
        if tokens:
            yield f"{name}: {'; '.join(_phrase(t) for t in dict.fromkeys(tokens))}"


def _phrase(token: Token) -> str:
    """Return the words of a phrase up to its own clauses."""
    kept = [t for t in token.subtree if not _in_clause(t, token)]
    return " ".join(token.doc[kept[0].i : kept[-1].i + 1].text.split()) if kept else token.text


def _in_clause(token: Token, top: Token) -> bool:
    while token.i != top.i:
        if token.dep_ in ("relcl", "acl", "advcl", "ccomp", "conj", "cc", "punct", "appos"):
            return True
        token = token.head
    return False


# --------------------------------------------------------------------------- parties and steps


def _parties(draft: Draft, doc: Doc) -> Iterator[str]:
    for role, found in (("actor", draft.actors), ("recipient", draft.recipients)):
        for party in found:
            yield f"{role}: {_party(party, doc)}"


def _party(party: Party, doc: Doc) -> str:
    words = " ".join(doc[party.start : party.end].text.split())
    code = " ".join(c for c in (party.country, party.sector) if c) or "no country known"
    return f"{words} = {code}" + (f", by {party.because}" if party.because else "")


def _steps(read: ReadAct, doc: Doc, statements: Sequence[Statement]) -> Iterator[str]:
    act, draft = read.act, read.draft
    yield from explain_modality(doc[act.carrier], doc[act.head])
    if read.modality.open:
        yield "a mere infinitive or participle: nobody says that it is done"
    if draft is None:
        return
    if draft.code[0] != act.entry.type:
        why = read.modality.change or "the kind of actor"
        yield f"{act.entry.type} becomes {draft.code[0]}: {why}"
    said = next((s for s in statements if s.id == draft.asserted_by), None)
    if said is not None:
        yield f"told by {_speaker(said.speaker)}, who {said.stance}" + (
            ", in words that keep their distance" if said.distancing else ""
        )
    if draft.date is not None:
        yield f"dated by “{doc.text[slice(*draft.date.words)]}”"
    yield f"status: {draft.status}"


def _speaker(speaker: Actor | None) -> str:
    return speaker.name if speaker is not None else "someone unnamed"


def _outcome(read: ReadAct, event: Event | None) -> str:
    if event is not None:
        code = f"{event.type}-{event.mode}" if event.mode else event.type
        told = _countries(event.actors), _countries(event.recipients)
        return f"{code}, {told[0]} to {told[1]}, {event.status}"
    if read.doubt is not None:
        return f"no event: {read.doubt}"
    if read.draft is not None:
        return "no event of its own: another act says it"
    if read.modality.open:
        return "no event: nobody says that it is or will be done"
    return "no event: too little is known of who did it to whom"


def _countries(actors: Sequence[Actor]) -> str:
    return " and ".join(dict.fromkeys(a.country or a.name for a in actors)) or "nobody named"
