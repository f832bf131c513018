"""The learned classifier of pairs: marking parties, batches, the weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.models.networks import WEIGHTS
from tocsin.models.pairs import (
    LONGEST,
    TYPES,
    PairClassifier,
    batch,
    load_pair_classifier,
    mark,
)
from tocsin.models.pieces import Vocabulary

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "kenya", "met", "uganda", "and", "ken", "##ya", "s"]
VOCABULARY = Vocabulary({piece: number for number, piece in enumerate(PIECES)})
NAMES = [*PIECES, "<A", "A>", "<R", "R>"]


def read(sentence: str, actor: str, recipient: str) -> list[str]:
    return [NAMES[i] for i in mark(sentence, actor, recipient, VOCABULARY).ids]


def test_mark_sets_marks_around_both_parties():
    assert read("Kenya met Uganda", "Kenya", "Uganda") == [
        *("[CLS]", "<A", "kenya", "A>", "met", "<R", "uganda", "R>", "[SEP]")
    ]


def test_mark_says_where_the_marks_open_whatever_the_order():
    marked = mark("Uganda met Kenya", "Kenya", "Uganda", VOCABULARY)
    assert [NAMES[marked.ids[place]] for place in marked.at] == ["<A", "<R"]


def test_mark_leaves_out_a_party_that_the_sentence_does_not_name():
    marked = mark("Kenya met Uganda", "Kenya", "Chad", VOCABULARY)
    assert marked.at == (1, 0)


def test_mark_looks_for_the_recipient_outside_the_actor():
    found = read("Kenya and Uganda met Uganda", "Kenya and Uganda", "Uganda")
    assert found[-4:] == ["<R", "uganda", "R>", "[SEP]"]


def test_mark_prefers_whole_words():
    assert read("Kenyas met Kenya", "Kenya", "")[-4:] == ["<A", "kenya", "A>", "[SEP]"]


def test_mark_closes_one_party_before_it_opens_the_next():
    assert read("Kenya Uganda met", "Kenya", "Uganda")[3:5] == ["A>", "<R"]


def test_mark_reads_a_long_sentence_only_so_far():
    marked = mark("met " * 400 + "Kenya", "Kenya", "", VOCABULARY)
    assert len(marked.ids) == LONGEST + 2
    assert marked.at == (0, 0)


def test_chances_come_back_in_the_order_asked():
    def by_length(arrays):
        mask = arrays["mask"]
        scores = np.zeros((len(mask), len(TYPES)), dtype=np.float32)
        scores[np.arange(len(mask)), mask.sum(1).astype(int) % len(TYPES)] = 9.0
        return [scores]

    model = PairClassifier(vocabulary=VOCABULARY, network=by_length)
    found = model.chances([("met " * n, "", "") for n in (5, 1, 3)])
    assert found.argmax(1).tolist() == [7, 3, 5]


def test_batch_masks_what_is_only_filled_up():
    rows = [mark(text, "", "", VOCABULARY) for text in ("Kenya met Uganda", "Kenya")]
    assert batch(rows)["mask"].sum(1).tolist() == [5.0, 3.0]


needs_weights = pytest.mark.skipif(
    not (WEIGHTS / "relations.onnx").exists(), reason="the classifier's weights are not here"
)


@needs_weights
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


@needs_weights
def test_load_pair_classifier_tells_two_pairs_of_one_sentence_apart():
    sentence = "Kenya praised Uganda, whose army had shelled Juba."
    found = load_pair_classifier().chances(
        [(sentence, "Kenya", "Uganda"), (sentence, "Uganda", "Juba")]
    )
    assert [TYPES[i] for i in found.argmax(1)] == ["SUPPORT", "ASSAULT"]


@needs_weights
@settings(deadline=None, max_examples=30)
@given(st.text(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_load_pair_classifier_reads_any_text(sentence, actor, recipient):
    (found,) = load_pair_classifier().chances([(sentence, actor, recipient)])
    assert found.sum() == pytest.approx(1.0, abs=1e-4)
