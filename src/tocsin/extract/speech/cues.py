"""Cue words: the lexicon of words that report what someone said, thought or wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import child_of, cue_lemma
from tocsin.lexicons.tables import read_rows
from tocsin.records import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS_OF_SPEECH = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the lexicon: a cue in some of its frames."""

    words: str
    stance: Stance
    kind: str  #: say, think, want, show or seem
    distancing: bool
    frames: frozenset[str]


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
    rows = cues_named(f"{lemma} {particle.lower_}", pos) if particle is not None else ()
    return rows or cues_named(lemma, pos)


@cache
def _load_cues() -> Mapping[tuple[str, str], tuple[Cue, ...]]:
    found: dict[tuple[str, str], list[Cue]] = {}
    rows = read_rows("lexicons/cues.tsv", "cue pos stance kind distancing frames")
    for words, pos, stance, kind, distancing, frames in rows:
        cue = Cue(words, Stance(stance), kind, distancing == "1", frozenset(frames.split()))
        found.setdefault((words, pos), []).append(cue)
    return {key: tuple(rows) for key, rows in found.items()}


def frame_of(rows: tuple[Cue, ...], frame: str) -> Cue | None:
    """Return the first row that takes `frame`."""
    return next((row for row in rows if frame in row.frames), None)
