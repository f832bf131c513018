"""Names of persons, bodies, places, days and numbers, read off the encoder's states.

The entity recogniser of a spaCy pipeline encodes the text once more, for a third of the pipeline's
time; here its kinds of name are one more head on states that are there anyway.  How the head was
made, and how well it agrees with the recogniser: `docs/model-card-reader.md`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from tocsin.models.encoder import Encoded
from tocsin.models.networks import Ints
from tocsin.models.parsed import Doc
from tocsin.models.reader import NAMES
from tocsin.models.roles import end_of_run, offsets_of
from tocsin.records import Span

NONE, INSIDE = 0, len(NAMES) + 1


def set_names(doc: Doc, states: Sequence[Encoded]) -> None:
    """Give `doc` the names that stand in the `states` of its text, as `doc.ents`."""
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
