"""Readings: states in the order of the text, the same alone or in a batch."""

import numpy as np
from spacy.lang.en import English

from tocsin.models.reading import Reading

DOC = English()("Officials said talks failed.")


def test_reading_of_a_parse_alone_has_its_text_and_no_states():
    assert Reading(DOC).text == DOC.text
    assert Reading(DOC).states == ()


def test_read_gives_the_states_of_its_windows_in_the_order_of_the_text(models):
    lines = ["word " * length for length in (150, 90, 180, 20, 200)]
    states = models.read("\n".join(lines)).states
    starts = [int(each.window.spans[1, 0]) for each in states]
    assert len(starts) > 2
    assert starts == sorted(starts)


def test_read_gives_each_piece_a_state(models):
    (encoded,) = models.read("Officials said talks failed.").states
    assert len(encoded.states) == len(encoded.cues) == len(encoded.window.ids)
    assert np.isfinite(encoded.states).all()
