"""Records of events, made from the drafts that tell one act of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.extract.events.contexts import contexts_of
from tocsin.extract.events.counts import find_counts
from tocsin.extract.events.drafts import Draft
from tocsin.extract.events.parties import Parties
from tocsin.extract.events.plover import modes_of, value_of
from tocsin.extract.grammar.arguments import is_apart
from tocsin.keys import event_key
from tocsin.lexicons.tables import given
from tocsin.lexicons.words import word_set
from tocsin.records import Count, Event, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: The confidence of every event that rules alone have found: of those on unseen news, careful
#: reading marks about so many.
RULED = 0.7

#: The types of event to which a number of each kind may belong.
_COUNTED = {
    "dead": frozenset({"ASSAULT", "PROTEST", "COERCE"}),
    "injured": frozenset({"ASSAULT", "PROTEST", "COERCE"}),
    "arrested": frozenset({"COERCE", "PROTEST"}),
    "troops": frozenset(
        {"MOBILIZE", "AID", "RETREAT", "CONCEDE", "AGREE", "THREATEN", "COOPERATE"}
    ),
}


def event_of(group: list[Draft], parties: Parties) -> Event:
    """Return the record of the act that the drafts of `group` tell."""
    doc = parties.doc
    best = min(group, key=lambda draft: list(Status).index(draft.status))
    root, mode = best.code
    mode = mode or next((d.code[1] for d in group if d.code[1]), None)
    if mode is not None and mode not in modes_of(root):
        mode = None
    value = value_of(root, mode)
    trigger = _trigger(best, doc)
    return Event(
        id=event_key(parties.article.text_id, trigger, root),
        type=root,
        mode=mode,
        quad=value.quad,
        score=value.score,
        confidence=RULED,
        actors=tuple(parties.actor(p) for p in best.actors),
        recipients=tuple(parties.actor(p) for p in best.recipients),
        status=best.status,
        asserted_by=best.asserted_by,
        words=_clause(best, doc),
        trigger=trigger,
        contexts=contexts_of(given(best.act.entry.context), doc[best.act.head].sent),
        place=best.place or next((d.place for d in group if d.place), None),
        date=best.date or next((d.date for d in group if d.date), None),
        counts=_counts_of(group, doc),
    )


def _counts_of(group: list[Draft], doc: Doc) -> tuple[Count, ...]:
    """Return the numbers told in the clauses of the event; one told twice is given once."""
    sentences = {doc[d.act.carrier].sent.start: doc[d.act.carrier].sent for d in group}
    counts = [each for sentence in sentences.values() for each in find_counts(sentence)]
    found = {
        (count.kind, count.low, count.high): count
        for draft in reversed(group)
        for telling, count in reversed(counts)
        if draft.code[0] in _COUNTED[count.kind] and _tells_of(doc[telling], draft, doc)
    }
    return tuple(sorted(found.values(), key=lambda c: c.words))


def _tells_of(telling: Token, draft: Draft, doc: Doc) -> bool:
    """Tell whether a number belongs to the act: in its clause, or its clause in that of the number
    ("12 were killed when Russia struck"), but not by "since the invasion".
    """
    carrier = doc[draft.act.carrier]
    if telling.i in draft.act.trigger or carrier.is_ancestor(telling):
        return True
    if not telling.is_ancestor(carrier):
        return False
    token = carrier
    while token.i != telling.i:
        if token.dep_ == "prep" and token.lower_ not in ("in", "by", "during"):
            return False
        token = token.head
    return True


def _clause(draft: Draft, doc: Doc) -> tuple[int, int]:
    """Return the words of the clause that tells the act."""
    token = doc[draft.modality.changer if draft.modality.changer is not None else draft.act.carrier]
    if token.pos_ not in ("VERB", "AUX"):
        token = doc[draft.act.carrier]
    before = [c.right_edge.i + 1 for c in token.children if is_apart(c)]
    span = doc[max(before, default=token.left_edge.i) : token.right_edge.i + 1]
    while len(span) > 1 and (span[-1].is_punct or span[-1].is_space):
        span = span[:-1]
    while len(span) > 1 and (span[0].text in word_set("clause_links") or span[0].is_space):
        span = span[1:]
    return span.start_char, span.end_char


def _trigger(draft: Draft, doc: Doc) -> tuple[int, int]:
    words = [*draft.act.trigger]
    if draft.modality.changer is not None:
        words.append(draft.modality.changer)
    near = [i for i in words if abs(i - draft.act.head) <= 6]
    span = doc[min(near) : max(near) + 1]
    return span.start_char, span.end_char
