"""The learned classifier of pairs: marking parties, batches, the weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.relations.pairs import PairClassifier, batch, load_pair_classifier, mark, pad
from tocsin.models.encoder import Encoder
from tocsin.models.pieces import Vocabulary
from tocsin.models.reader import TYPES

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "kenya", "met", "uganda", "and", "ken", "##ya", "s"]
VOCABULARY = Vocabulary({piece: number for number, piece in enumerate(PIECES)})


def encode(arrays):
    ids = arrays["ids"]
    shapes = [(*ids.shape, width) for width in (4, 18, 3, 20)]
    return [np.zeros(shape, dtype=np.float32) for shape in shapes]


ENCODER = Encoder(vocabulary=VOCABULARY, network=encode)


def parties(sentence: str, actor: str, recipient: str) -> list[int]:
    (marked,) = mark([(sentence, actor, recipient)], ENCODER)
    return marked.parties.tolist()


def test_mark_numbers_the_pieces_of_both_parties():
    assert parties("Kenya met Uganda", "Kenya", "Uganda") == [0, 1, 0, 2, 0]


def test_mark_leaves_out_a_party_that_the_sentence_does_not_name():
    assert parties("Kenya met Uganda", "Kenya", "Chad") == [0, 1, 0, 0, 0]


def test_mark_looks_for_the_recipient_outside_the_actor():
    found = parties("Kenya and Uganda met Uganda", "Kenya and Uganda", "Uganda")
    assert found == [0, 1, 1, 1, 0, 2, 0]


def test_mark_prefers_whole_words():
    assert parties("Kenyas met Kenya", "Kenya", "")[-2:] == [1, 0]


def test_mark_reads_the_first_window_of_a_long_sentence():
    (marked,) = mark([("met " * 400 + "Kenya", "Kenya", "")], ENCODER)
    assert len(marked.states) == len(marked.parties) < 256
    assert marked.parties.sum() == 0


def test_mark_reads_a_sentence_without_any_word():
    assert parties("", "Kenya", "Uganda") == [0, 0, 0]


def test_chances_come_back_in_the_order_asked():
    def by_length(arrays):
        mask = arrays["mask"]
        scores = np.zeros((len(mask), len(TYPES)), dtype=np.float32)
        scores[np.arange(len(mask)), mask.sum(1).astype(int) % len(TYPES)] = 9.0
        return [scores]

    model = PairClassifier(encoder=ENCODER, network=by_length)
    found = model.chances([("met " * n, "", "") for n in (5, 1, 3)])
    assert found.argmax(1).tolist() == [7, 3, 5]


def test_batch_masks_what_is_only_filled_up():
    rows = mark([(text, "", "") for text in ("Kenya met Uganda", "Kenya")], ENCODER)
    assert batch(rows)["mask"].sum(1).tolist() == [5.0, 3.0]


@pytest.mark.parametrize(
    ("sentence", "actor", "recipient", "expected"),
    [
        ("Gunmen of the Front opened fire on a bus near Goma.", "the Front", "a bus", "ASSAULT"),
        ("Oslo flew forty tonnes of flour to the islanders.", "Oslo", "the islanders", "AID"),
        ("Lima turned down La Paz's offer of talks.", "Lima", "La Paz", "REJECT"),
        (
            "The miners walked out over pay at the state pit.",
            "The miners",
            "the state pit",
            "PROTEST",
        ),
    ],
)
def test_load_pair_classifier_types_plain_sentences(sentence, actor, recipient, expected):
    (found,) = load_pair_classifier().chances([(sentence, actor, recipient)])
    assert TYPES[found.argmax()] == expected


def test_load_pair_classifier_tells_two_pairs_of_one_sentence_apart():
    sentence = "Kenya praised Uganda, whose army had shelled Juba."
    found = load_pair_classifier().chances(
        [(sentence, "Kenya", "Uganda"), (sentence, "Uganda", "Juba")]
    )
    assert [TYPES[i] for i in found.argmax(1)] == ["SUPPORT", "ASSAULT"]


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_load_pair_classifier_reads_any_text(sentence, actor, recipient):
    (found,) = load_pair_classifier().chances([(sentence, actor, recipient)])
    assert found.sum() == pytest.approx(1.0, abs=1e-4)


def test_pad_fills_up_short_rows_and_says_where():
    values, mask = pad([np.array([7, 8, 9]), np.array([5])])
    assert values.tolist() == [[7, 8, 9], [5, 0, 0]]
    assert mask.tolist() == [[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]]
