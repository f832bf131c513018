"""Cue words: what reports what someone said, thought or wanted, and the stance that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from tocsin.extract.grammar.arguments import is_infinitive
from tocsin.extract.grammar.clauses import negators, with_alternatives
from tocsin.extract.grammar.words import child_of, cue_lemma, part_of_speech, tokens_at
from tocsin.extract.speech.candidates import Attribution
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words
from tocsin.records import Stance

_UNWILLING = frozenset(("decline", "refuse"))
#: Phrases that take a side, whatever verb is before them.
_SIDES = ("in favour of", "in favor of", "in support of", "in opposition to")
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
    pos = part_of_speech(token)
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
    said = cue.text.lower()
    words = next((side for side in _SIDES if side in said), said)
    rows = cues_named(words, "prep") or cues_named(words, "adv") or cues_of(token)
    row = _row_for(rows, candidate, cue)
    if row is None:
        return _UNKNOWN
    negated = _is_negated(token)
    stance = _declined(doc, token, candidate, negated=negated)
    return replace(row, stance=stance or (_negated(row) if negated else row.stance))


def _row_for(rows: tuple[Cue, ...], candidate: Attribution, cue: Words) -> Cue | None:
    """The row whose frame the rule filled, else that of the preposition in the cue ("voted
    *against*") or after it, else that of a clause, else the first.
    """
    frame = candidate.rule.partition(":")[2]
    said = tokens_at(cue.doc, candidate.content[0])
    frames = (frame, *(t.lower_ for t in cue), said[0].lower_)
    found = next((row for each in frames if each and (row := frame_of(rows, each))), None)
    return found or frame_of(rows, "that") or (rows[0] if rows else None)


def _negated(row: Cue) -> Stance:
    if row.words in ("agree", "concur"):
        return Stance.REJECTS
    if row.words in word_set("speaking"):
        return Stance.DECLINES_TO_COMMENT
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
    return any(
        (is_infinitive(verb) and verb.head.lemma_ in _UNWILLING)
        or any(word.lower_ in word_set("negations_of_cues") for word in negators(verb))
        for verb in with_alternatives(cue)
    )
