"""Names: reading the network's numbers, and giving them to a parse."""

import numpy as np
import pytest
from spacy.lang.en import English

from tocsin.models.encoder import Encoder
from tocsin.models.pieces import Vocabulary
from tocsin.models.reader import NAMES
from tocsin.models.reading import NONE, find_names, set_names

PIECES = ["[UNK]", "[CLS]", "[SEP]", "maria", "du", "##val", "met", "nato", "u", "."]
VOCABULARY = Vocabulary({piece: number for number, piece in enumerate(PIECES)})
#: Maria Du ##val met NATO
TEXT = "Maria Duval met NATO"
INSIDE = "INSIDE"


def states_of(text, kinds):
    """The states of `text` where the piece `i` after the mark has the kind of name `kinds[i]`."""

    def encode(arrays):
        ids = arrays["ids"]
        states, acts, cues, names = (
            np.zeros((*ids.shape, n), dtype=np.float32) for n in (4, 18, 3, len(NAMES) + 2)
        )
        names[:, :, NONE] = 1.0
        for place, kind in enumerate(kinds, 1):
            if kind is not None:
                names[0, place, [*NAMES, INSIDE].index(kind) + 1] = 2.0
        return states, acts, cues, names

    return Encoder(vocabulary=VOCABULARY, network=encode).encode(text)


def found(text, *kinds):
    return [(text[slice(*words)], kind) for words, kind in find_names(states_of(text, kinds))]


def test_find_names_joins_the_pieces_of_a_name():
    names = found(TEXT, "PERSON", INSIDE, INSIDE, None, "ORG")
    assert names == [("Maria Duval", "PERSON"), ("NATO", "ORG")]


def test_find_names_tells_neighbours_apart():
    assert found(TEXT, "PERSON", "PERSON", INSIDE) == [("Maria", "PERSON"), ("Duval", "PERSON")]


@pytest.mark.parametrize("last", [None, "ORG"])
def test_find_names_lets_the_first_piece_of_a_word_speak_for_the_word(last):
    assert found(TEXT, None, "PERSON", last) == [("Duval", "PERSON")]


def test_find_names_begins_no_name_in_its_middle():
    assert found(TEXT, INSIDE, None, None) == []


def test_find_names_ends_a_name_with_its_window():
    assert found("Maria\nDuval", "PERSON", None, INSIDE, INSIDE) == [("Maria", "PERSON")]


def test_set_names_gives_a_parse_the_names_as_its_entities():
    doc = English()(TEXT)
    set_names(doc, states_of(TEXT, ("PERSON", INSIDE, INSIDE, None, "ORG")))
    assert [(e.text, e.label_) for e in doc.ents] == [("Maria Duval", "PERSON"), ("NATO", "ORG")]
    assert doc[2].ent_iob_ == "O"


def test_set_names_takes_whole_tokens():
    doc = English()("U.S. met")
    set_names(doc, states_of("U.S. met", ("GPE",)))
    assert [e.text for e in doc.ents] == ["U.S."]
