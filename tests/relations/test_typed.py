"""The relation between a given actor and recipient, through the real pipeline."""

import numpy as np
import pytest

from benchmarks.relations.typed import Relation, type_relations, weigh
from tocsin.lexicons.plover import types
from tocsin.models.reader import TYPES


@pytest.fixture
def type_relation(models):
    def find(sentence, actor, recipient):
        (relation,) = type_relations([(sentence, actor, recipient)], models)
        return relation

    return find


@pytest.mark.parametrize(
    ("sentence", "actor", "recipient", "expected"),
    [
        ("Russia shelled Ukraine.", "Russia", "Ukraine", ("ASSAULT", "heavy-weapons")),
        ("Ukraine was shelled by Russia.", "Russia", "Ukraine", ("ASSAULT", "heavy-weapons")),
        ("Iran arrested two French tourists.", "Iran", "two French tourists", ("COERCE", "arrest")),
        ("Norway will meet Sweden.", "Norway", "Sweden", ("AGREE", None)),
        ("Norway met Sweden.", "Norway", "Sweden", ("CONSULT", None)),
        ("Norway refused to meet Sweden.", "Norway", "Sweden", ("REJECT", "meet")),
        ("Norway threatened to attack Sweden.", "Norway", "Sweden", ("THREATEN", "violence")),
        ("Norway asked Sweden to send food.", "Norway", "Sweden", ("REQUEST", None)),
        ("Chile imposed sanctions on Peru.", "Chile", "Peru", ("COERCE", "restrict")),
        ("Chile expelled two diplomats from Peru.", "Chile", "Peru", ("SANCTION", "expel")),
        ("Chile summoned the ambassador of Peru.", "Chile", "Peru", ("ACCUSE", "disapprove")),
        ("Chile lifted sanctions on Peru.", "Chile", "Peru", ("RETREAT", None)),
        ("Chile suspended aid to Peru.", "Chile", "Peru", ("SANCTION", "discontinue")),
    ],
)
def test_type_relations_reads_type_and_mode(type_relation, sentence, actor, recipient, expected):
    relation = type_relation(sentence, actor, recipient)
    assert (relation.type, relation.mode) == expected


def test_type_relations_chooses_the_act_between_the_two(type_relation):
    sentence = "Kenya praised Uganda, which had attacked Sudan."
    assert type_relation(sentence, "Kenya", "Uganda").type == "SUPPORT"
    assert type_relation(sentence, "Uganda", "Sudan").type == "ASSAULT"


def test_type_relations_shows_the_words_that_decided(type_relation):
    sentence = "Chile imposed sanctions on Peru."
    relation = type_relation(sentence, "Chile", "Peru")
    assert [sentence[a:b] for a, b in relation.words] == ["imposed", "sanctions"]
    assert "impose @sanctions" in relation.because


def test_type_relations_says_when_it_only_guesses(type_relation):
    relation = type_relation("Chile and Peru share a long coast.", "Chile", "Peru")
    assert relation.type in types()
    assert relation.mode is None
    assert relation.because.startswith("No act was recognised")


def test_type_relations_ignores_a_recipient_that_is_not_in_the_sentence(type_relation):
    relation = type_relation(
        "Teachers in Chile went on strike.", "Teachers in Chile", "a recipient"
    )
    assert (relation.type, relation.mode) == ("PROTEST", "strike")


# --------------------------------------------------------------------------- rules and classifier


def chances(**given: float) -> np.ndarray:
    rest = (1 - sum(given.values())) / (len(TYPES) - len(given))
    return np.array([given.get(name, rest) for name in TYPES], dtype=np.float32)


def of_rules(type: str, mode: str | None, confidence: float, **votes: float) -> Relation:
    return Relation(
        type=type, mode=mode, confidence=confidence, words=((0, 3),), because="So.", votes=votes
    )


def test_weigh_keeps_mode_and_reason_where_both_agree():
    relation = weigh(of_rules("COERCE", "arrest", 0.9, COERCE=7.0), chances(COERCE=0.8))
    assert (relation.type, relation.mode, relation.because) == ("COERCE", "arrest", "So.")


def test_weigh_lets_sure_rules_outweigh_an_unsure_network_and_says_so():
    relation = weigh(
        of_rules("COERCE", "arrest", 1.0, COERCE=8.0), chances(ASSAULT=0.3, COERCE=0.28)
    )
    assert (relation.type, relation.mode) == ("COERCE", "arrest")
    assert "ASSAULT" in relation.because


def test_weigh_takes_the_networks_type_without_a_mode_where_the_rules_found_nothing():
    relation = weigh(of_rules("ACCUSE", "disapprove", 0.05), chances(AID=0.6))
    assert (relation.type, relation.mode) == ("AID", None)
    assert "AID instead of ACCUSE" in relation.because


def test_weigh_does_not_take_the_mode_of_a_guess():
    relation = weigh(of_rules("ACCUSE", "disapprove", 0.05), chances(ACCUSE=0.6))
    assert (relation.type, relation.mode) == ("ACCUSE", None)


def test_weigh_counts_both_ways_of_stepping_back_together():
    relation = weigh(of_rules("ACCUSE", None, 0.05), chances(AGREE=0.4, CONCEDE=0.25, RETREAT=0.3))
    assert relation.type == "RETREAT"
