"""Modality: what auxiliaries, negations and the words above an act make of it."""

import pytest

from tests.parses import parsed
from tocsin.extract.grammar.modality import (
    Modality,
    explain_modality,
    governor_effect,
    is_presupposed,
    read_modality,
    strongest,
)
from tocsin.records import Status


def word_of(tree, text):
    [word] = [token for token in parsed(tree) if token.text == text]
    return word


def read(tree: str, text: str) -> Modality:
    """Read the modality of the one word that is written so."""
    return read_modality(word_of(tree, text), word_of(tree, text))


# --------------------------------------------------------------------------- beside the act


@pytest.mark.parametrize(
    ("tree", "status"),
    [
        ("[nsubj The army] hit/VBD dobj:Gao .", "asserted"),
        ("[nsubj The army] aux:has hit dobj:Gao .", "asserted"),
        ("[nsubj The army] aux:did not hit dobj:Gao .", "negated"),
        ("[nsubj The army] neg:never hit/VBD dobj:Gao .", "negated"),
        ("[nsubj det:No army] hit/VBD dobj:Gao .", "negated"),
        ("[nsubj The army] aux:will hit dobj:Gao .", "future"),
        ("[nsubj The army] aux:may aux:have hit dobj:Gao .", "hypothetical"),
        ("[nsubj The army] aux:would aux:have hit dobj:Gao .", "hypothetical"),
        ("[nsubj The army] advmod:allegedly hit/VBD dobj:Gao .", "alleged"),
        ("[nsubj The army] advmod:reportedly hit/VBD dobj:Gao .", "reported"),
        (
            "[nsubj The army] hit/VBD dobj:Gao , [prep according=accord/VBG [prep to pobj:Mali]] .",
            "reported",
        ),
        (
            "[nsubj The army] hit/VBD dobj:Gao , [prep according=accord/VBG [prep to "
            "[pobj amod:unconfirmed reports]]] .",
            "unconfirmed",
        ),
    ],
    ids=[
        "past",
        "perfect",
        "not",
        "never",
        "no subject",
        "will",
        "may",
        "would",
        "allegedly",
        "reportedly",
        "according to",
        "according to unconfirmed reports",
    ],
)
def test_modality_is_read_from_the_words_beside_the_act(tree, status):
    assert read(tree, "hit").status is Status(status)


def test_modality_of_an_act_that_must_be_is_an_obligation():
    found = read("[nsubj The army] aux:must leave dobj:Gao .", "leave")
    assert (found.status, found.obliged) == (Status.HYPOTHETICAL, True)


def test_modality_of_an_act_that_will_not_be_is_a_refusal():
    found = read("[nsubj The army] aux:will not leave dobj:Gao .", "leave")
    assert found.change == "refused"


@pytest.mark.parametrize(
    ("tree", "status"),
    [
        ("[nsubj The army] aux:to shell dobj:Gao", "future"),
        (
            "[advcl mark:if [nsubj the army] shell/VBP dobj:Gao] , nsubj:Mali aux:will answer .",
            "hypothetical",
        ),
        (
            "[advcl aux:Should/MD nsubj:Mali shell dobj:Gao] , nsubj:Chad aux:will answer .",
            "hypothetical",
        ),
        (
            "[nsubj The rebels] aux:must disarm [advcl mark:before "
            "[nsubj troops] shell/VBP dobj:Gao] .",
            "hypothetical",
        ),
        ("[nsubj The army] is=be [xcomp aux:to shell dobj:Gao] .", "future"),
        ("[nsubj The army] aux:is going=go [xcomp aux:to shell dobj:Gao] .", "future"),
    ],
    ids=["headline", "if", "inverted", "before what must be done", "is to", "is going to"],
)
def test_modality_tells_what_is_yet_to_come_from_its_clause(tree, status):
    assert read(tree, "shell").status is Status(status)


@pytest.mark.parametrize(
    ("tree", "text", "status"),
    [
        (
            "[nsubj The amod:alleged attack [prep on pobj:Gao]] shocked=shock dobj:Mali .",
            "attack",
            "alleged",
        ),
        ("nsubj:Mali feared=fear [dobj a amod:possible attack] .", "attack", "hypothetical"),
        ("nsubj:Mali announced=announce [dobj the amod:planned attack] .", "attack", "future"),
        (
            "[nsubj The amod:past attack [prep on pobj:Gao]] shocked=shock dobj:Mali .",
            "attack",
            "historical",
        ),
        ("[nsubjpass The attack] auxpass:is expected=expect .", "attack", "future"),
        (
            "[nsubjpass The attack] aux:could not auxpass:be verified=verify .",
            "attack",
            "unconfirmed",
        ),
        (
            "[nsubjpass The attack] auxpass:was denied=deny [agent by pobj:Mali] .",
            "attack",
            "denied",
        ),
        ("[nsubj The attack] aux:would kill dobj:many/JJ .", "attack", "hypothetical"),
    ],
)
def test_modality_of_a_noun_is_read_from_its_adjective_and_its_verb(tree, text, status):
    assert read(tree, text).status is Status(status)


# --------------------------------------------------------------------------- above the act


@pytest.mark.parametrize(
    ("tree", "status"),
    [
        ("nsubj:Mali said [ccomp nsubj:rebels shelled=shell dobj:Gao] .", "reported"),
        (
            "nsubj:Mali denied=deny [ccomp mark:that nsubj:it shelled=shell dobj:Gao] .",
            "denied",
        ),
        (
            "nsubj:Mali claimed=claim [ccomp nsubj:rebels shelled=shell dobj:Gao] .",
            "alleged",
        ),
        (
            "nsubj:Mali aux:could not confirm "
            "[ccomp mark:that nsubj:rebels shelled=shell dobj:Gao] .",
            "unconfirmed",
        ),
        (
            "nsubj:Mali preconj:neither confirmed=confirm cc:nor [conj denied=deny "
            "[ccomp mark:that nsubj:it shelled=shell dobj:Gao]] .",
            "unconfirmed",
        ),
        (
            "nsubj:Mali declined=decline [xcomp aux:to confirm "
            "[ccomp mark:that nsubj:it shelled=shell dobj:Gao]] .",
            "unconfirmed",
        ),
        (
            "nsubj:Mali aux:did not deny [ccomp mark:that nsubj:it shelled=shell dobj:Gao] .",
            "unconfirmed",
        ),
        (
            "nsubj:Mali said [ccomp nsubj:Chad aux:had denied=deny "
            "[ccomp mark:that nsubj:it shelled=shell dobj:Gao]] .",
            "denied",
        ),
        (
            "nsubj:Mali rejected=reject [dobj claims "
            "[acl mark:that nsubj:it shelled=shell dobj:Gao]] .",
            "denied",
        ),
        (
            "nsubj:She aux:did not know [ccomp mark:that nsubj:rebels shelled=shell dobj:Gao] .",
            "asserted",
        ),
    ],
    ids=[
        "said",
        "denied",
        "claimed",
        "could not confirm",
        "neither nor",
        "declined to confirm",
        "did not deny",
        "said that another denied",
        "rejected claims",
        "did not know",
    ],
)
def test_modality_is_read_from_who_tells_of_the_act(tree, status):
    assert read(tree, "shelled").status is Status(status)


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
        (
            "nsubj:Mali proposed=propose [ccomp mark:that nsubj:Chad leave/VB dobj:Gao] .",
            "requested",
        ),
        ("nsubj:Mali insisted=insist [ccomp nsubj:Chad leave/VB dobj:Gao] .", "requested"),
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
    assert read(tree, "leave").change == change


def test_modality_says_which_word_changes_the_act():
    tree = "nsubj:Mali agreed=agree [xcomp aux:to leave dobj:Gao] ."
    changer = read(tree, "leave").changer
    assert changer is not None
    assert parsed(tree)[changer].text == "agreed"


def test_modality_takes_no_denial_of_an_agreement_for_one():
    tree = (
        "nsubj:Mali denied=deny [ccomp mark:that nsubj:it aux:had agreed=agree "
        "[xcomp aux:to leave dobj:Gao]] ."
    )
    assert read(tree, "leave").status is Status.DENIED


def test_modality_of_what_others_are_to_agree_to_is_wished_only():
    tree = (
        "nsubj:Chad demands=demand [ccomp mark:that nsubj:Mali agree/VB "
        "[xcomp aux:to leave dobj:Gao]] ."
    )
    assert read(tree, "leave").status is Status.HYPOTHETICAL


@pytest.mark.parametrize(
    ("above", "status"),
    [
        ("nsubj:Mali armed=arm", "asserted"),
        ("nsubj:Mali aux:did not arm", "asserted"),
        ("nsubj:Mali refused=refuse [xcomp aux:to arm", "asserted"),
        ("nsubj:Mali said [ccomp nsubj:it armed=arm", "reported"),
    ],
)
def test_modality_of_a_relative_clause_is_changed_by_who_tells_of_it_alone(above, status):
    tree = f"{above} [dobj rebels [relcl nsubj:who shelled=shell dobj:Gao]]{']' * ('[' in above)} ."
    assert read(tree, "shelled").status is Status(status)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (
            "nsubj:Mali condemned=condemn [dobj the coup] [prep during [pobj the attack]] .",
            "attack",
        ),
        ("nsubj:Mali aux:will leave [prep after [pobj the attack]] .", "attack"),
        (
            "nsubj:Mali denied=deny dobj:blame "
            "[advcl mark:after nsubj:rebels shelled=shell dobj:Gao] .",
            "shelled",
        ),
    ],
)
def test_modality_of_an_occasion_is_that_of_a_fact(tree, text):
    assert read(tree, text).status is Status.ASSERTED


@pytest.mark.parametrize(
    "tree",
    [
        "nsubj:They left=leave [advcl aux:to leave dobj:Gao] .",
        "[nsubj poss:Their struggle [acl aux:to leave dobj:Gao]] failed=fail .",
        "[nsubj The right [acl aux:to leave dobj:Gao]] is=be acomp:old .",
    ],
    ids=["purpose", "struggle to", "right to"],
)
def test_modality_of_a_mere_infinitive_is_open(tree):
    assert read(tree, "leave").open


def test_modality_does_not_climb_to_the_clause_beside():
    tree = (
        "[ccomp nsubj:Drone hits=hit [dobj a post]] , [nsubj the army] denies=deny "
        "[xcomp launching=launch dobj:it]"
    )
    assert read(tree, "hits").status is Status.ASSERTED


def test_modality_of_a_joined_verb_is_that_of_the_first():
    tree = "nsubj:Mali aux:will meet dobj:Chad and [conj sign/VB [dobj a pact]] ."
    assert read(tree, "sign").status is Status.FUTURE


def test_modality_is_explained_word_by_word():
    word = word_of(
        "nsubj:Mali denied=deny [ccomp mark:that nsubj:it aux:would leave dobj:Gao] .", "leave"
    )
    beside, above = explain_modality(word, word)
    assert "would" in beside
    assert "denied" in above


# --------------------------------------------------------------------------- parts


@pytest.mark.parametrize(
    ("tree", "text", "presupposed"),
    [
        (
            "nsubj:Mali left=leave [advcl mark:before nsubj:it shelled=shell dobj:Gao] .",
            "shelled",
            True,
        ),
        ("nsubj:Mali left=leave [prep during [pobj the raid]] .", "raid", True),
        (
            "nsubj:Mali left=leave [advcl advmod:when/WRB nsubj:it shelled=shell dobj:Gao] .",
            "shelled",
            True,
        ),
        ("nsubj:Mali said [ccomp nsubj:it shelled=shell dobj:Gao] .", "shelled", False),
        (
            "nsubj:Mali denied=deny [ccomp nsubj:it aux:would hang [dobj a man "
            "[acl arrested=arrest/VBN [prep in [pobj the raid]]]]] .",
            "raid",
            True,
        ),
        (
            "nsubj:Mali denied=deny [dobj claims "
            "[acl mark:that nsubj:it shelled=shell dobj:Gao]] .",
            "shelled",
            False,
        ),
    ],
)
def test_is_presupposed_tells_what_the_sentence_takes_for_granted(tree, text, presupposed):
    assert is_presupposed(word_of(tree, text)) is presupposed


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (set(), Status.ASSERTED),
        ({Status.REPORTED, Status.DENIED}, Status.DENIED),
        ({Status.FUTURE, Status.HYPOTHETICAL}, Status.HYPOTHETICAL),
        ({Status.ALLEGED, Status.REPORTED}, Status.ALLEGED),
    ],
)
def test_strongest_puts_denial_first_and_assertion_last(statuses, status):
    assert strongest(statuses) is status


def test_governor_effect_is_that_of_an_infinitive():
    doc = parsed("nsubj:Mali refused=refuse .")
    assert (governor_effect(doc[1]), governor_effect(doc[0])) == ("refused", None)
