"""Arguments: who does it and to whom, in the clauses in which English lends and leaves them out."""

import pytest

from tests.parses import parsed, word_of
from tocsin.extract.grammar.arguments import (
    arguments_of,
    carrier_of,
    content_noun,
    is_apart,
    is_of_someone,
    is_passive,
    with_conjuncts,
    withholds,
)
from tocsin.extract.grammar.words import helped_by


def texts(tokens):
    return [token.text for token in tokens]


def sides(tree, text):
    """Who does what the word says, and to whom."""
    found = arguments_of(word_of(tree, text))
    return texts(found.subjects), texts(found.objects)


# --------------------------------------------------------------------------- verbs


@pytest.mark.parametrize(
    ("tree", "subjects", "objects"),
    [
        ("nsubj:Rebels attacked=attack [dobj the base] .", ["Rebels"], ["base"]),
        (
            "[nsubj Russia , [conj China and conj:Iran]] attacked=attack [dobj the base] .",
            ["Russia", "China", "Iran"],
            ["base"],
        ),
        (
            "nsubj:Rebels attacked=attack [dobj the base and [conj a port]] .",
            ["Rebels"],
            ["base", "port"],
        ),
        (
            "[nsubjpass The base] auxpass:was attacked=attack [agent by pobj:rebels] .",
            ["rebels"],
            ["base"],
        ),
        ("[nsubjpass The base] auxpass:was attacked=attack [prep at pobj:dawn] .", [], ["base"]),
    ],
    ids=["active", "joined subjects", "joined objects", "passive", "passive without an agent"],
)
def test_arguments_are_those_of_the_clause(tree, subjects, objects):
    assert sides(tree, "attacked") == (subjects, objects)


@pytest.mark.parametrize(
    ("tree", "subjects", "objects"),
    [
        (
            "[nsubj The army] shelled=shell [dobj the port] and [conj seized=seize "
            "[dobj the town]] .",
            ["army"],
            ["town"],
        ),
        (
            "[nsubjpass The town] auxpass:was shelled=shell and [conj seized=seize/VBN "
            "[agent by pobj:rebels]] .",
            ["rebels"],
            ["town"],
        ),
        (
            "[nsubjpass The general] auxpass:was freed=free and [conj seized=seize "
            "[dobj the town]] .",
            ["general"],
            ["town"],
        ),
        (
            "[nsubj The army] fled=flee and [conj nsubj:rebels seized=seize [dobj the town]] .",
            ["rebels"],
            ["town"],
        ),
    ],
    ids=["active", "passive", "active after passive", "with a subject of its own"],
)
def test_arguments_of_a_joined_verb_are_shared(tree, subjects, objects):
    assert sides(tree, "seized") == (subjects, objects)


@pytest.mark.parametrize(
    ("tree", "subject"),
    [
        ("[nsubj The army] agreed=agree [xcomp aux:to leave dobj:Gao] .", "army"),
        ("nsubj:Chad urged=urge dobj:Mali [xcomp aux:to leave dobj:Gao] .", "Mali"),
        ("nsubj:Chad promised=promise dobj:Mali [xcomp aux:to leave dobj:Gao] .", "Chad"),
        (
            "[nsubjpass The army] auxpass:was ordered=order [xcomp aux:to leave dobj:Gao] .",
            "army",
        ),
        (
            "nsubj:Chad called=call [prep on pobj:Mali] [xcomp aux:to leave dobj:Gao] .",
            "Mali",
        ),
        (
            "[nsubj The army] agreed=agree [xcomp aux:to begin [xcomp aux:to leave dobj:Gao]] .",
            "army",
        ),
        ("nsubj:Mali left=leave [advcl aux:to leave dobj:Gao] .", "Mali"),
    ],
    ids=[
        "of the subject",
        "of the object",
        "of the subject in spite of an object",
        "of a passive",
        "of who is called on",
        "through two verbs",
        "of a purpose",
    ],
)
def test_arguments_of_an_infinitive_are_controlled(tree, subject):
    assert sides(tree, "leave") == ([subject], ["Gao"])


@pytest.mark.parametrize(
    ("tree", "subject"),
    [
        ("nsubj:Chad accused=accuse dobj:Mali [prep of [pcomp arming=arm dobj:rebels]] .", "Mali"),
        (
            "nsubj:Chad charged=charge dobj:Mali [prep with [pcomp arming=arm dobj:rebels]] .",
            "Mali",
        ),
        (
            "nsubj:Chad threatened=threaten dobj:Mali [prep with [pcomp arming=arm dobj:rebels]] .",
            "Chad",
        ),
        (
            "nsubj:Chad provoked=provoke dobj:Mali [prep by [pcomp arming=arm dobj:rebels]] .",
            "Chad",
        ),
        ("nsubj:Chad entered=enter dobj:Mali , [advcl arming=arm dobj:rebels] .", "Chad"),
        ("[nsubj Chad , [acl arming=arm dobj:rebels] ,] entered=enter dobj:Mali .", "Chad"),
    ],
    ids=[
        "accused of",
        "charged with",
        "threatened with",
        "by",
        "beside the clause",
        "after a noun",
    ],
)
def test_arguments_of_a_participle_are_controlled(tree, subject):
    assert sides(tree, "arming") == ([subject], ["rebels"])


@pytest.mark.parametrize(
    ("tree", "subjects", "objects"),
    [
        (
            "[nsubj The rebels , [relcl nsubj:who seized=seize [dobj the base]] ,] fled=flee .",
            ["rebels"],
            ["base"],
        ),
        (
            "[nsubj The base [relcl dobj:that/WDT [nsubj the rebels] seized=seize]] burned=burn .",
            ["rebels"],
            ["base"],
        ),
        (
            "[nsubj Rebels/NNS and [conj soldiers [relcl nsubj:who seized=seize "
            "[dobj the base]]]] fled=flee .",
            ["soldiers"],
            ["base"],
        ),
        (
            "[nsubj The base [acl seized=seize/VBN [agent by [pobj the rebels]]]] burned=burn .",
            ["rebels"],
            ["base"],
        ),
        (
            "[nsubj The rebels [relcl nsubj:who fled=flee and [conj seized=seize "
            "[dobj the base]]]] lost=lose .",
            ["rebels"],
            ["base"],
        ),
    ],
    ids=[
        "of the subject",
        "of the object",
        "of the last of two",
        "participle",
        "second verb of the clause",
    ],
)
def test_arguments_of_a_relative_clause_are_its_noun(tree, subjects, objects):
    assert sides(tree, "seized") == (subjects, objects)


@pytest.mark.parametrize(
    ("tree", "subject"),
    [
        (
            "nsubj:Mali opposed=oppose [dobj [poss Chad 's] plans [acl aux:to arm dobj:rebels]] .",
            "Chad",
        ),
        ("nsubj:Mali announced=announce [dobj plans [acl aux:to arm dobj:rebels]] .", "Mali"),
        (
            "nsubj:Mali saw=see [dobj an attempt [prep by pobj:Chad] "
            "[acl aux:to arm dobj:rebels]] .",
            "Chad",
        ),
        (
            "nsubj:Mali used=use [dobj the raid] [prep as [pobj a chance "
            "[acl aux:to arm dobj:rebels]]] .",
            "Mali",
        ),
    ],
    ids=["owner", "who announces", "by", "who takes the chance"],
)
def test_arguments_of_an_infinitive_after_a_noun_are_those_of_the_noun(tree, subject):
    assert sides(tree, "arm") == ([subject], ["rebels"])


def test_arguments_are_lent_to_no_verb_beyond_a_semicolon():
    tree = "[nsubj Thousands/NNS] marched=march ; [conj handed=hand [dobj bread]] ."
    assert sides(tree, "handed") == ([], ["bread"])


def test_arguments_of_what_a_statement_says_are_those_of_who_issued_it():
    tree = "nsubj:Mali issued=issue [dobj a statement [acl denouncing=denounce [dobj the coup]]] ."
    assert sides(tree, "denouncing") == (["Mali"], ["coup"])


def test_arguments_keep_apart_to_whom_and_what():
    found = arguments_of(word_of("nsubj:France gave=give dative:Ukraine dobj:tanks .", "gave"))
    assert (texts(found.datives), texts(found.objects)) == (["Ukraine"], ["tanks"])


@pytest.mark.parametrize(
    ("tree", "prep", "expected"),
    [
        ("nsubj:Chad met=meet [prep with [pobj Mali and conj:Niger]] .", "with", ["Mali", "Niger"]),
        ("nsubj:Chad signed=sign [dobj a pact [prep with pobj:Mali]] .", "with", ["Mali"]),
        (
            "nsubj:Chad warned=warn [prep against [pcomp arming=arm dobj:rebels]] .",
            "against",
            ["arming"],
        ),
        ("nsubj:Chad fell=fall prt:out [prep with pobj:Mali] .", "with", ["Mali"]),
    ],
    ids=["joined", "of the object", "participle", "after a particle"],
)
def test_arguments_are_filed_under_their_preposition(tree, prep, expected):
    doc = parsed(tree)
    verb = next(token for token in doc if token.dep_ == "ROOT")
    assert texts(arguments_of(verb).preps[prep]) == expected


# --------------------------------------------------------------------------- nouns of action


def test_arguments_of_a_noun_are_its_owner_and_its_phrases():
    tree = "[nsubj [poss Chad 's] attack [prep on [pobj the port]]] failed=fail ."
    found = arguments_of(word_of(tree, "attack"))
    assert (texts(found.subjects), texts(found.preps["on"])) == (["Chad"], ["port"])


def test_arguments_of_a_noun_are_after_by_as_well():
    tree = "[nsubj An attack [prep on [pobj the port]] [prep by pobj:rebels]] failed=fail ."
    assert texts(arguments_of(word_of(tree, "attack")).agents) == ["rebels"]


def test_arguments_of_a_noun_that_is_suffered_take_its_owner_for_who_suffers():
    tree = "[nsubj [poss The general 's] arrest [prep by pobj:police]] failed=fail ."
    found = arguments_of(word_of(tree, "arrest"))
    assert (texts(found.subjects), texts(found.preps["of"])) == ([], ["general"])


def test_arguments_of_a_noun_that_is_suffered_leave_its_owner_where_another_suffers():
    tree = "[nsubj [poss Mali 's] arrest [prep of [pobj the general]]] failed=fail ."
    found = arguments_of(word_of(tree, "arrest"))
    assert (texts(found.subjects), texts(found.preps["of"])) == (["Mali"], ["general"])


def test_arguments_of_a_noun_are_those_of_the_verb_by_which_it_happens():
    tree = "[nsubj The talks] began=begin [prep with pobj:Mali] [prep in pobj:Nairobi] ."
    assert texts(arguments_of(word_of(tree, "talks")).preps["with"]) == ["Mali"]


def test_arguments_of_a_noun_give_no_protest_to_those_against_whom_it_is():
    tree = "[nsubj Protests/NNS [prep over [pobj the killing [prep by pobj:police]]]] grew=grow ."
    assert "by" not in arguments_of(word_of(tree, "Protests")).preps


@pytest.mark.parametrize(
    ("tree", "thing", "owned"),
    [
        ("nsubj:Rockets hit=hit [dobj the house [prep of [pobj Roe]]] .", "house", True),
        ("nsubj:Rockets hit=hit [dobj [poss Roe 's] house] .", "house", True),
        ("nsubj:Rockets hit=hit [dobj the house [prep of [pobj a teacher]]] .", "house", False),
        ("nsubj:Rockets hit=hit [dobj the son [prep of [pobj Roe]]] .", "son", False),
    ],
)
def test_things_of_someone_are_those_that_belong_to_a_person_with_a_name(tree, thing, owned):
    doc = parsed(tree, PERSON="Roe")
    assert is_of_someone(next(each for each in doc if each.text == thing)) is owned


# --------------------------------------------------------------------------- words and clauses


def test_auxiliary_is_led_to_the_verb_that_it_helps():
    doc = parsed("nsubj:Mali aux:will meet [dobj the rebels] .")
    assert [helped_by(each).text for each in doc[:3]] == ["Mali", "meet", "meet"]


def test_with_conjuncts_does_not_go_back_to_the_first():
    doc = parsed("[nsubj Russia and conj:China] left=leave .")
    assert (texts(with_conjuncts(doc[0])), texts(with_conjuncts(doc[2]))) == (
        ["Russia", "China"],
        ["China"],
    )


@pytest.mark.parametrize(
    ("tree", "text", "counted"),
    [
        ("[nsubj Thousands/NNS [prep of pobj:troops]] left=leave .", "Thousands", "troops"),
        (
            "[nsubj A batch [prep of [pobj dozens [prep of pobj:missiles]]]] left=leave .",
            "batch",
            "missiles",
        ),
        ("[nsubj The city [prep of pobj:Gao]] fell=fall .", "city", "city"),
    ],
)
def test_content_noun_looks_through_quantities_only(tree, text, counted):
    assert content_noun(word_of(tree, text)).text == counted


@pytest.mark.parametrize(
    ("tree", "apart"),
    [
        (
            "[ccomp nsubj:Drone hits=hit [dobj a post]] ; [nsubj the army] denies=deny "
            "[xcomp launching=launch dobj:it]",
            True,
        ),
        (
            "[ccomp nsubj:Drone hits=hit [dobj a post]] , [nsubj the army] denies=deny "
            "[xcomp launching=launch dobj:it]",
            True,
        ),
        (
            "[ccomp nsubj:Drone hits=hit [dobj a post]] , "
            "[nsubj the army] imposes=impose dobj:curfew",
            True,
        ),
        ("[ccomp nsubj:Drone hits=hit [dobj a post]] , [nsubj the army] says=say", False),
        ("[ccomp nsubj:Drone hits=hit [dobj a post]] , [nsubj the army] told dobj:Reuters", False),
        (
            "[nsubj the army] says=say [ccomp mark:that nsubj:drone hits=hit [dobj a post]]",
            False,
        ),
        (
            "“ [ccomp nsubj:Nothing hits=hit [dobj a post]] , ” [nsubj the army] denied=deny .",
            False,
        ),
    ],
    ids=[
        "semicolon",
        "denial of its own",
        "object of its own",
        "reported",
        "told somebody",
        "after its cue",
        "quoted",
    ],
)
def test_is_apart_tells_a_clause_beside_from_one_that_is_reported(tree, apart):
    assert is_apart(word_of(tree, "hits")) is apart


@pytest.mark.parametrize(
    ("tree", "text", "passive"),
    [
        ("[nsubjpass The base] auxpass:was hit=hit .", "hit", True),
        ("[nsubj The base [acl hit/VBN [agent by pobj:rebels]]] burned=burn .", "hit", True),
        ("[nsubj The army] aux:has hit=hit [dobj the base] .", "hit", False),
        ("[nsubjpass The base] auxpass:was burned=burn and [conj hit/VBN] .", "hit", True),
        ("[nsubj The army] aux:has burned=burn and [conj hit/VBN [dobj the base]] .", "hit", False),
    ],
    ids=["auxiliary", "participle", "perfect", "joined to a passive", "joined to a perfect"],
)
def test_is_passive_does_not_need_an_auxiliary(tree, text, passive):
    assert is_passive(word_of(tree, text)) is passive


@pytest.mark.parametrize(
    ("tree", "withheld"),
    [
        ("nsubj:Chad denied=deny dobj:visas [dative to pobj:judges] .", True),
        ("nsubj:Chad denied=deny dative:judges [dobj a hearing] .", True),
        ("nsubj:Chad denied=deny [dobj the report] .", False),
        ("nsubj:Chad refused=refuse dobj:visas .", False),
    ],
)
def test_withholds_tells_what_is_refused_from_what_is_said_to_be_untrue(tree, withheld):
    verb = next(token for token in parsed(tree) if token.dep_ == "ROOT")
    assert withholds(verb) is withheld


@pytest.mark.parametrize(
    ("tree", "carrier"),
    [
        ("nsubj:Mali carried=carry prt:out [dobj an attack] .", "carried"),
        ("[nsubjpass An attack] auxpass:was launched=launch/VBN .", "launched"),
        ("nsubj:Mali condemned=condemn [dobj the attack] .", "attack"),
    ],
)
def test_carrier_of_a_noun_is_the_verb_that_lends_it_a_tense(tree, carrier):
    assert carrier_of(word_of(tree, "attack")).text == carrier
