"""What a speaker does with the content: stance and distancing, from the cue and its negation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import cue_lemma
from tocsin.extract.speech.candidates import Attribution
from tocsin.extract.speech.cues import Cue, CueLexicon, frame_of
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


def read_stance(doc: Doc, candidate: Attribution, lexicon: CueLexicon) -> CueReading:
    """Read the stance of a candidate from the words of its cue, whoever found it.

    An unknown cue, or none, only reports: `asserts`.
    """
    cue = doc.char_span(*candidate.cue, alignment_mode="expand") if candidate.cue else None
    if cue is None:
        return CueReading(Stance.ASSERTS, False, "say")
    token = _cue_token(cue, lexicon)
    rows = _rows(cue, token, lexicon)
    row = _row_for(rows, candidate)
    if row is None:
        return CueReading(Stance.ASSERTS, False, "say")
    special = _declined(doc, token, candidate)
    if special is not None:
        return CueReading(special, row.distancing, row.kind)
    stance = row.stance
    if is_negated(token):
        stance = _negated(row, token)
    return CueReading(stance, row.distancing, row.kind)


def _cue_token(cue: Words, lexicon: CueLexicon) -> Token:
    """The word of the cue that the lexicon knows; the head of the cue when it knows none."""
    root = cue.root
    if lexicon.of_token(root):
        return root
    return next((t for t in cue if lexicon.of_token(t)), root)


def _rows(cue: Words, token: Token, lexicon: CueLexicon) -> tuple[Cue, ...]:
    words = cue.text.lower()
    if words.startswith("in the "):
        words = "in the view of" if "view" in words or "opinion" in words else "in the words of"
    return lexicon.named(words, "prep") or lexicon.named(words, "adv") or lexicon.of_token(token)


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
    said = doc.char_span(*candidate.content[0], alignment_mode="expand")
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
        if verb.dep_ == "conj" and not _has_own_subject(verb) and _joined_by(verb, ("nor", "or")):
            verb = verb.head
            continue
        return False
    return False


def _negation_at(verb: Token) -> bool:
    for child in verb.children:
        negates = child.lower_ in word_set("negations_of_cues")
        if negates and child.dep_ in ("neg", "preconj", "cc", "advmod"):
            if child.dep_ == "cc" and child.i > verb.i and child.lower_ == "nor":
                return True
            if child.dep_ != "cc":
                return True
    return verb.i > 0 and verb.doc[verb.i - 1].lower_ in ("nor", "neither")


def _has_own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _joined_by(verb: Token, words: tuple[str, ...]) -> bool:
    return any(c.dep_ == "cc" and c.lower_ in words for c in verb.head.children)
