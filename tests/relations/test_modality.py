"""Modality: negation, obligation, and which word above an act changes it."""

import pytest

from benchmarks.relations.modality import Modality, read_modality
from tests.parses import word_of


def read(tree: str, text: str) -> Modality:
    """Read the modality of the one word that is written so."""
    return read_modality(word_of(tree, text))


@pytest.mark.parametrize(
    ("tree", "negated"),
    [
        ("[nsubj The army] hit/VBD dobj:Gao .", False),
        ("[nsubj The army] aux:has hit dobj:Gao .", False),
        ("[nsubj The army] aux:did not hit dobj:Gao .", True),
        ("[nsubj The army] neg:never hit/VBD dobj:Gao .", True),
        ("[nsubj The army] aux:may aux:have hit dobj:Gao .", False),
    ],
    ids=["past", "perfect", "not", "never", "may"],
)
def test_modality_is_negated_by_the_words_beside_the_act(tree, negated):
    assert read(tree, "hit").negated is negated


def test_modality_of_an_act_that_must_be_is_an_obligation():
    found = read("[nsubj The army] aux:must leave dobj:Gao .", "leave")
    assert (found.negated, found.obliged) == (False, True)


@pytest.mark.parametrize(
    ("tree", "negated"),
    [
        ("nsubj:Mali said [ccomp nsubj:rebels aux:had not shelled=shell dobj:Gao] .", True),
        ("nsubj:Mali aux:did not say [ccomp nsubj:rebels shelled=shell dobj:Gao] .", False),
        ("nsubj:She aux:did not know [ccomp mark:that nsubj:it shelled=shell dobj:Gao] .", False),
    ],
    ids=["said not", "did not say", "did not know"],
)
def test_modality_is_negated_only_by_who_tells_that_it_is_not_done(tree, negated):
    assert read(tree, "shelled").negated is negated


def test_modality_says_which_word_changes_the_act():
    tree = "nsubj:Mali agreed=agree [xcomp aux:to leave dobj:Gao] ."
    changer = read(tree, "leave").changer
    assert changer is not None
    assert changer.text == "agreed"


def test_modality_takes_no_denial_of_an_agreement_for_one():
    tree = (
        "nsubj:Mali denied=deny [ccomp mark:that nsubj:it aux:had not agreed=agree "
        "[xcomp aux:to leave dobj:Gao]] ."
    )
    assert not read(tree, "leave").negated
