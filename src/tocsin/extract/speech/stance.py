"""Stance and distancing: what a speaker does with the content, from the cue and its negation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import child_of, children, cue_lemma, tokens_at
from tocsin.extract.speech.candidates import Attribution
from tocsin.extract.speech.cues import Cue, cues_named, cues_of, frame_of
from tocsin.lexicons.words import word_set
from tocsin.records import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_UNWILLING = frozenset(("decline", "refuse"))
#: What a negated cue does; stances that are not here stay as they are ("did not warn").
_NEGATED = {
    Stance.DENIES: Stance.NEITHER_CONFIRMS_NOR_DENIES,
    Stance.CONFIRMS: Stance.NEITHER_CONFIRMS_NOR_DENIES,
    Stance.SUPPORTS: Stance.REJECTS,
    Stance.CONCEDES: Stance.DENIES,
    Stance.BELIEVES: Stance.REJECTS,
    Stance.PLEDGES: Stance.DECLINES_TO_COMMENT,
    Stance.REJECTS: Stance.EXPRESSES,
    Stance.DEMANDS: Stance.EXPRESSES,
    Stance.EXPRESSES: Stance.REJECTS,
}


@dataclass(frozen=True, slots=True)
class CueReading:
    """How a cue is to be read."""

    stance: Stance
    distancing: bool
    kind: str  #: say, think, want, show or seem


#: An unknown cue only reports, and so does none.
_PLAIN = CueReading(Stance.ASSERTS, False, "say")


def read_stance(doc: Doc, candidate: Attribution) -> CueReading:
    """Read the stance of a candidate from the words of its cue, whoever found it."""
    cue = tokens_at(doc, candidate.cue)
    if cue is None:
        return _PLAIN
    token = _cue_token(cue)
    row = _row_for(_rows(cue, token), candidate)
    if row is None:
        return _PLAIN
    stance = _declined(doc, token, candidate)
    if stance is None:
        stance = _negated(row, token) if is_negated(token) else row.stance
    return CueReading(stance, row.distancing, row.kind)


def _cue_token(cue: Words) -> Token:
    """The word of the cue that the lexicon knows; the head of the cue when it knows none."""
    root = cue.root
    return next((t for t in (root, *cue) if cues_of(t)), root)


def _rows(cue: Words, token: Token) -> tuple[Cue, ...]:
    words = cue.text.lower()
    if words.startswith("in the "):
        words = "in the view of" if "view" in words or "opinion" in words else "in the words of"
    return cues_named(words, "prep") or cues_named(words, "adv") or cues_of(token)


def _row_for(rows: tuple[Cue, ...], candidate: Attribution) -> Cue | None:
    """The row whose frame the rule filled, else the row for quotations, else the first."""
    frame = candidate.rule.partition(":")[2]
    found = frame_of(rows, frame) if frame else None
    if found is None and candidate.quoted:
        found = frame_of(rows, "quote")
    return found or frame_of(rows, "that") or (rows[0] if rows else None)


def _negated(row: Cue, token: Token) -> Stance:
    if row.words in ("agree", "concur"):
        return Stance.REJECTS
    if row.words in word_set("speaking") or row.words in ("say", "comment"):
        return Stance.DECLINES_TO_COMMENT
    if token.head.lemma_ in _UNWILLING and row.stance in (Stance.CONFIRMS, Stance.DENIES):
        return Stance.NEITHER_CONFIRMS_NOR_DENIES
    return _NEGATED.get(row.stance, row.stance)


def _declined(doc: Doc, token: Token, candidate: Attribution) -> Stance | None:
    """`declined to comment`, `refused to confirm or deny`, `did not respond to a request`."""
    said = tokens_at(doc, candidate.content[0])
    if said is None:
        return None
    if cue_lemma(token) in _UNWILLING and said[0].lower_ == "to":
        verbs = {said.root.lemma_, *(t.lemma_ for t in said[1:3])}
        if verbs & word_set("confirming"):
            return Stance.NEITHER_CONFIRMS_NOR_DENIES
        return Stance.DECLINES_TO_COMMENT if verbs & word_set("speaking") else Stance.REJECTS
    if cue_lemma(token) in ("respond", "reply", "return", "answer") and is_negated(token):
        return Stance.DECLINES_TO_COMMENT
    return None


def is_negated(token: Token) -> bool:
    """Tell whether a cue is negated: "did not say", "never said", "declined to say"."""
    verb = token
    for _ in range(4):
        if _negation_at(verb):
            return True
        if verb.dep_ == "xcomp" and verb.head.lemma_ in _UNWILLING:
            return True
        joined = any(c.lower_ in ("nor", "or") for c in children(verb.head, "cc"))
        if verb.dep_ != "conj" or not joined or child_of(verb, "nsubj", "nsubjpass") is not None:
            return False
        verb = verb.head
    return False


def _negation_at(verb: Token) -> bool:
    for child in children(verb, "neg", "preconj", "cc", "advmod"):
        goes_on = child.i > verb.i and child.lower_ == "nor"
        if child.lower_ in word_set("negations_of_cues") and (goes_on or child.dep_ != "cc"):
            return True
    return verb.i > 0 and verb.doc[verb.i - 1].lower_ in ("nor", "neither")
