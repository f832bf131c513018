"""Cue words: what reports what someone said, thought or wanted, and the stance that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import child_of, children, cue_lemma, tokens_at
from tocsin.extract.speech.candidates import Attribution
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.records import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_PARTS_OF_SPEECH = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
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
class Cue:
    """One row of the lexicon: a cue in some of its frames, and how it is to be read."""

    words: str
    stance: Stance
    kind: str  #: say, think, want, show or seem
    distancing: bool
    frames: frozenset[str]


#: How an unknown cue is read, or none: it only reports.
_UNKNOWN = Cue("", Stance.ASSERTS, "say", distancing=False, frames=frozenset())


@cache
def _load_cues() -> Mapping[tuple[str, str], tuple[Cue, ...]]:
    """Return the cues of `lexicons/cues.tsv` by lemma and part of speech."""
    found: dict[tuple[str, str], tuple[Cue, ...]] = {}
    rows = read_rows("lexicons/cues.tsv", "cue pos stance kind distancing frames")
    for words, pos, stance, kind, distancing, frames in rows:
        cue = Cue(words, Stance(stance), kind, distancing == "1", frozenset(frames.split()))
        found[words, pos] = (*found.get((words, pos), ()), cue)
    return found


def cues_named(words: str, pos: str) -> tuple[Cue, ...]:
    """Return the rows of the cue `words` as `pos` ("verb", "noun", ...); empty if none."""
    return _load_cues().get((words, pos), ())


def cues_of(token: Token) -> tuple[Cue, ...]:
    """Return the rows of `token` by lemma, with its particle before without it."""
    pos = _PARTS_OF_SPEECH.get(token.pos_)
    if pos is None:
        return ()
    lemma = cue_lemma(token)
    particle = child_of(token, "prt") if pos == "verb" else None
    phrasal = cues_named(f"{lemma} {particle.lower_}", pos) if particle is not None else ()
    return phrasal or cues_named(lemma, pos)


def frame_of(rows: tuple[Cue, ...], frame: str) -> Cue | None:
    """Return the first row that takes `frame`."""
    return next((row for row in rows if frame in row.frames), None)


# --------------------------------------------------------------------------- stance


def read_cue(doc: Doc, candidate: Attribution) -> Cue:
    """Read the cue of a candidate, whoever found it: its row, with the stance it takes there."""
    if candidate.cue is None:
        return _UNKNOWN
    cue = tokens_at(doc, candidate.cue)
    # The word of the cue that the lexicon knows; the head of the cue when it knows none.
    token = next((t for t in (cue.root, *cue) if cues_of(t)), cue.root)
    row = _row_for(_rows(cue, token), candidate)
    if row is None:
        return _UNKNOWN
    negated = _is_negated(token)
    stance = _declined(doc, token, candidate, negated=negated)
    return replace(row, stance=stance or (_negated(row, token) if negated else row.stance))


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
    if row.words in word_set("speaking"):
        return Stance.DECLINES_TO_COMMENT
    if token.head.lemma_ in _UNWILLING and row.stance in (Stance.CONFIRMS, Stance.DENIES):
        return Stance.NEITHER_CONFIRMS_NOR_DENIES
    return _NEGATED.get(row.stance, row.stance)


def _declined(doc: Doc, token: Token, candidate: Attribution, *, negated: bool) -> Stance | None:
    """`declined to comment`, `refused to confirm or deny`, `did not respond to a request`."""
    said = tokens_at(doc, candidate.content[0])
    if cue_lemma(token) in _UNWILLING and said[0].lower_ == "to":
        verbs = {said.root.lemma_, *(t.lemma_ for t in said[1:3])}
        if verbs & word_set("confirming"):
            return Stance.NEITHER_CONFIRMS_NOR_DENIES
        return Stance.DECLINES_TO_COMMENT if verbs & word_set("speaking") else Stance.REJECTS
    if negated and cue_lemma(token) in ("respond", "reply", "return", "answer"):
        return Stance.DECLINES_TO_COMMENT
    return None


def _is_negated(cue: Token) -> bool:
    """Tell whether a cue is negated: "did not say", "never said", "declined to say"."""
    verb = cue
    for _ in range(4):
        if _negation_at(verb) or (verb.dep_ == "xcomp" and verb.head.lemma_ in _UNWILLING):
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
