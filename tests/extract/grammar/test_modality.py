"""Modality: what auxiliaries, negations and the words above an act make of it."""

import pytest

from tests.parses import word_of
from tocsin.extract.grammar.modality import (
    change_of,
    explain_modality,
    is_imagined,
    is_taken_back,
)


def change_in(tree: str, text: str) -> str | None:
    """Return what becomes of the act of the one word that is written so."""
    return change_of(word_of(tree, text))


# --------------------------------------------------------------------------- beside the act


def test_modality_of_an_act_that_will_not_be_is_a_refusal():
    found = change_in("[nsubj The army] aux:will not leave dobj:Gao .", "leave")
    assert found == "refused"


@pytest.mark.parametrize(
    ("tree", "change"),
    [
        ("[nsubj The army] aux:will shell dobj:Gao .", "future"),
        ("[nsubj The army] aux:would aux:have shell dobj:Gao .", None),
        ("[nsubj The army] is=be [xcomp aux:to shell dobj:Gao] .", "future"),
        (
            "[advcl mark:if [nsubj Mali] were=be [xcomp aux:to shell dobj:Gao]] , [nsubj Chad] "
            "aux:will answer .",
            None,
        ),
        ("[nsubj The army] aux:is going=go [xcomp aux:to shell dobj:Gao] .", "future"),
    ],
    ids=["will", "would", "is to", "were to", "is going to"],
)
def test_modality_tells_what_is_yet_to_come_from_its_clause(tree, change):
    assert change_in(tree, "shell") == change


@pytest.mark.parametrize(
    ("tree", "change"),
    [
        ("nsubj:Mali announced=announce [dobj the amod:planned attack] .", "future"),
        ("[nsubjpass The attack] auxpass:was denied=deny [agent by pobj:Mali] .", None),
        ("[nsubj The attack] aux:would kill dobj:many/JJ .", None),
    ],
)
def test_modality_of_a_noun_is_read_from_its_adjective_and_its_verb(tree, change):
    assert change_in(tree, "attack") == change


# --------------------------------------------------------------------------- above the act


@pytest.mark.parametrize(
    ("tree", "change"),
    [
        ("nsubj:Mali agreed=agree [xcomp aux:to leave dobj:Gao] .", "agreed"),
        ("nsubj:Mali vowed=vow [xcomp aux:to leave dobj:Gao] .", "vowed"),
        ("nsubj:Mali plans=plan [xcomp aux:to leave dobj:Gao] .", "future"),
        ("nsubj:Mali offered=offer [xcomp aux:to leave dobj:Gao] .", "offered"),
        ("nsubj:Mali refused=refuse [xcomp aux:to leave dobj:Gao] .", "refused"),
        ("nsubj:Mali threatened=threaten [xcomp aux:to leave dobj:Gao] .", "threatened"),
        ("nsubj:Mali urged=urge dobj:Chad [xcomp aux:to leave dobj:Gao] .", "requested"),
        (
            "[nsubj [poss Mali 's] threat [acl aux:to leave dobj:Gao]] shocked=shock dobj:Chad .",
            "threatened",
        ),
        ("nsubj:Mali managed=manage [xcomp aux:to leave dobj:Gao] .", None),
        ("nsubj:Mali said [ccomp nsubj:it aux:would leave dobj:Gao] .", "future"),
        (
            "nsubj:Mali said [ccomp nsubj:Chad aux:had agreed=agree "
            "[xcomp aux:to leave dobj:Gao]] .",
            "agreed",
        ),
        ("nsubj:Mali agreed=agree [xcomp aux:to begin [xcomp aux:to leave dobj:Gao]] .", "agreed"),
    ],
)
def test_modality_changes_the_act_by_the_verb_above_it(tree, change):
    assert change_in(tree, "leave") == change


@pytest.mark.parametrize(
    ("above", "change"), [("[prep for", "requested"), ("advmod:ahead [prep with", None)]
)
def test_modality_tells_pushing_for_an_act_from_pushing_ahead_with_it(above, change):
    tree = f"nsubj:Mali pushed=push {above} [pcomp leaving=leave/VBG dobj:Gao]] ."
    assert change_in(tree, "leaving") == change


@pytest.mark.parametrize(
    "above",
    [
        "nsubj:Mali armed=arm",
        "nsubj:Mali aux:did not arm",
        "nsubj:Mali refused=refuse [xcomp aux:to arm",
        "nsubj:Mali said [ccomp nsubj:it aux:had not armed=arm",
    ],
)
def test_modality_of_a_relative_clause_is_its_own(above):
    tree = f"{above} [dobj rebels [relcl nsubj:who shelled=shell dobj:Gao]]{']' * ('[' in above)} ."
    assert change_in(tree, "shelled") is None


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (
            "nsubj:Mali aux:did not condemn [dobj the coup] [prep during [pobj the attack]] .",
            "attack",
        ),
        ("nsubj:Mali aux:will leave [prep after [pobj the attack]] .", "attack"),
        ("nsubj:Mali aux:did not meet dobj:Chad [prep in [pobj the attack]] .", "attack"),
    ],
)
def test_modality_of_an_occasion_is_that_of_a_fact(tree, text):
    assert change_in(tree, text) is None


def test_modality_does_not_climb_to_the_clause_beside():
    tree = (
        "[ccomp nsubj:Drone hits=hit [dobj a post]] , [nsubj the army] aux:will not deny "
        "[xcomp launching=launch dobj:it]"
    )
    assert change_in(tree, "hits") is None


def test_modality_of_a_joined_verb_is_that_of_the_first():
    tree = "nsubj:Mali aux:will meet dobj:Chad and [conj sign/VB [dobj a pact]] ."
    assert change_in(tree, "sign") == "future"


def test_modality_is_explained_word_by_word():
    word = word_of(
        "nsubj:Mali denied=deny [ccomp mark:that nsubj:it aux:would leave dobj:Gao] .", "leave"
    )
    beside, above = explain_modality(word)
    assert "would" in beside
    assert "denied" in above


# --------------------------------------------------------------------------- taken back


REPORT = "[nsubj The paper] {} [dobj a report/NN [acl mark:that [nsubj jets] bombed=bomb dobj:Gao]]"
RELIED = "relied=rely/VBD [prep on [pobj amod:false/JJ papers]] ."


@pytest.mark.parametrize(
    ("tree", "act", "taken_back"),
    [
        (
            "[nsubj A court] cleared=clear/VBD [dobj compound:Ada Holm]"
            " [prep of [pcomp killing=kill/VBG [dobj a hunter]]] .",
            "killing",
            True,
        ),
        (
            "[nsubj A court] exonerated=exonerate/VBD"
            " [dobj a general [prep of [pobj the murder/NN]]] .",
            "murder",
            True,
        ),
        (
            "[nsubj Troops] cleared=clear/VBD dobj:Gao [prep after [pobj an attack]] .",
            "attack",
            False,
        ),
        (REPORT.format("retracted=retract/VBD"), "bombed", True),
        (REPORT.format("printed=print/VBD"), "bombed", False),
        (
            "[nsubj Claims=claim/NNS [prep of [pobj an attack]]] were=be/VBD acomp:baseless .",
            "attack",
            True,
        ),
        (f"[nsubj A report/NN [acl mark:that [nsubj jets] bombed=bomb]] {RELIED}", "bombed", False),
    ],
)
def test_act_is_taken_back_by_acquittals_and_of_untrue_accounts(tree, act, taken_back):
    assert is_taken_back(word_of(tree, act)) is taken_back


@pytest.mark.parametrize(
    ("tree", "act", "imagined"),
    [
        (
            "[ccomp aux:Had nsubj:Mali shelled=shell dobj:Gao] , nsubj:Niger aux:would"
            " answered=answer .",
            "shelled",
            True,
        ),
        ("nsubj:Mali aux:had shelled=shell dobj:Gao .", "shelled", False),
        ("cc:Nor aux:had nsubj:Mali shelled=shell dobj:Gao .", "shelled", False),
        ("nsubj:Mali aux:would aux:have shelled=shell dobj:Gao .", "shelled", True),
        ("Imagine/VB [ccomp mark:that nsubj:Mali shelled=shell dobj:Gao] .", "shelled", True),
        (
            "[nsubj Few/JJ] aux:can imagine/VB [ccomp mark:that nsubj:Mali shelled=shell] .",
            "shelled",
            False,
        ),
        ("aux:Did nsubj:Mali shell/VB dobj:Gao ?", "shell", True),
        ("is [ccomp [nsubj compound:Ada Holm] leaving=leave] ?", "leaving", True),
        ("advmod:Why aux:did nsubj:Mali shell/VB dobj:Gao ?", "shell", False),
        (
            "aux:Did nsubj:you know/VB [ccomp mark:that nsubj:Mali shelled=shell dobj:Gao] ?",
            "shelled",
            False,
        ),
        (
            "[prep In [pobj a novel/NN]] , nsubj:Mali shells=shell dobj:Gao"
            " [conj and/CC bombs=bomb dobj:Kidal] .",
            "bombs",
            True,
        ),
        (
            "[prep In [pobj a compound:war game/NN]] , nsubj:Mali shelled=shell dobj:Gao .",
            "shelled",
            True,
        ),
        (
            "[prep In [pobj the compound:film industry/NN]] , nsubj:Mali arrested=arrest dobj:ten",
            "arrested",
            False,
        ),
    ],
)
def test_act_is_imagined_in_questions_conditions_and_tales(tree, act, imagined):
    assert is_imagined(word_of(tree, act)) is imagined
