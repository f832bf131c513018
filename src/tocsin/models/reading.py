"""Readings: a text with its parse, its names and the encoder's states; the door to all models."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.models.acts import ActReader, load_act_reader
from tocsin.models.encoder import Encoded, Encoder, load_encoder
from tocsin.models.networks import Ints
from tocsin.models.parsed import Doc, text_of
from tocsin.models.parser import blank_unreadable, load_language
from tocsin.models.reader import NAMES
from tocsin.models.roles import end_of_run, load_roles, offsets_of
from tocsin.models.tagger import Tagger
from tocsin.records import Span
from tocsin.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

States = tuple[Encoded, ...]

NONE, INSIDE = 0, len(NAMES) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One text as the models read it.

    `doc` has the tokens with their parse, the sentences (`doc.sents`) and the names (`doc.ents`).
    Offsets hold for the text that was read; what cannot be words (see `blank_unreadable`) is blank.
    `states` are the encoder's, by window in the order of the text.
    """

    doc: Doc
    states: States = ()

    @property
    def text(self) -> str:
        """Return the text of the parse."""
        return text_of(self.doc)


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """All models, loaded once with `load_models`; they may read any number of texts."""

    language: Language
    name: str  #: name and version of the parser, as shown in every report
    encoder: Encoder
    tagger: Tagger
    acts: ActReader

    def read(self, text: str) -> Reading:
        """Return `text` tokenised, tagged, parsed and with named entities."""
        doc = self.language(blank_unreadable(text))
        states = self.encoder.encode(text_of(doc))
        set_names(doc, states)
        return Reading(doc, states)


def load_models(settings: Settings) -> Models:
    """Load the spaCy pipeline that `settings` names, and the networks that come with Tocsin.

    Raises:
        PipelineMissingError: the pipeline is not installed, not English, or lacks a component.
    """
    language = load_language(settings)
    name = f"{settings.pipeline} {language.meta['version']}"
    return Models(
        language=language,
        name=name,
        encoder=load_encoder(),
        tagger=Tagger(roles=load_roles()),
        acts=load_act_reader(),
    )


# --------------------------------------------------------------------------- names


def set_names(doc: Doc, states: Sequence[Encoded]) -> None:
    """Give `doc` the names that stand in the `states` of its text, as `doc.ents`.

    The entity recogniser of a spaCy pipeline encodes the text once more, for a third of the
    pipeline's time; here its kinds of name are one more head on states that are there anyway.  How
    the head was made, and how well it agrees with the recogniser: `docs/model-card-reader.md`.
    """
    from spacy.tokens import Span as Tokens

    starts = [token.idx for token in doc]
    names: list[Tokens] = []
    for (start, end), kind in find_names(states):
        first, last = bisect_left(starts, start + 1) - 1, bisect_left(starts, end) - 1
        if not names or first >= names[-1].end:
            names.append(Tokens(doc, first, last + 1, label=kind))
    doc.set_ents(names)


def find_names(states: Sequence[Encoded]) -> Iterator[tuple[Span, str]]:
    """Yield the words of each name and their kind, one of `NAMES`, in the order of the text.

    Args:
        states: of the windows of one text.
    """
    for encoded in states:
        spans, labels = encoded.window.spans, _whole_words(encoded)
        inside = labels == INSIDE
        for place in np.flatnonzero((labels != NONE) & ~inside).tolist():
            yield offsets_of(spans, (place, end_of_run(inside, place))), NAMES[labels[place] - 1]


def _whole_words(encoded: Encoded) -> Ints:
    """Return what each piece is; the first piece of a word speaks for the others."""
    labels, words = encoded.names.copy(), encoded.window.words
    goes_on = np.flatnonzero((words[1:] == words[:-1]) & (words[1:] > 0)) + 1
    for place in goes_on.tolist():
        labels[place] = NONE if labels[place - 1] == NONE else INSIDE
    labels[words == 0] = NONE
    return labels
