"""Cue words: the lexicon of words that report what someone said, thought or wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import cue_lemma, find_particle
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


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All cues by lemma and part of speech."""

    cues: Mapping[tuple[str, str], tuple[Cue, ...]]

    def named(self, words: str, pos: str) -> tuple[Cue, ...]:
        """Return the rows of the cue `words` as `pos` ("verb", "noun", ...); empty if none."""
        return self.cues.get((words, pos), ())

    def of_token(self, token: Token) -> tuple[Cue, ...]:
        """Return the rows of `token` by lemma, with its particle before without it."""
        pos = _PARTS_OF_SPEECH.get(token.pos_)
        if pos is None:
            return ()
        lemma = cue_lemma(token)
        particle = find_particle(token) if pos == "verb" else None
        if particle is not None:
            rows = self.named(f"{lemma} {particle.lower_}", pos)
            if rows:
                return rows
        return self.named(lemma, pos)


@cache
def load_cues() -> CueLexicon:
    """Return the lexicon shipped with the package (`lexicons/cues.tsv`)."""
    found: dict[tuple[str, str], list[Cue]] = {}
    rows = read_rows("lexicons/cues.tsv", "cue pos stance kind distancing frames")
    for words, pos, stance, kind, distancing, frames in rows:
        cue = Cue(words, Stance(stance), kind, distancing == "1", frozenset(frames.split()))
        found.setdefault((words, pos), []).append(cue)
    return CueLexicon({key: tuple(rows) for key, rows in found.items()})


def frame_of(rows: tuple[Cue, ...], frame: str) -> Cue | None:
    """Return the first row that takes `frame`."""
    return next((row for row in rows if frame in row.frames), None)
