"""The relation between a given actor and recipient, through the real pipeline."""

import pytest

from tocsin.extract.events.plover import types
from tocsin.extract.events.relations import type_relation


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
def test_type_relation_reads_type_and_mode(sentence, actor, recipient, expected):
    relation = type_relation(sentence, actor, recipient)
    assert (relation.type, relation.mode) == expected


def test_type_relation_chooses_the_act_between_the_two():
    sentence = "Kenya praised Uganda, which had attacked Sudan."
    assert type_relation(sentence, "Kenya", "Uganda").type == "SUPPORT"
    assert type_relation(sentence, "Uganda", "Sudan").type == "ASSAULT"


def test_type_relation_shows_the_words_that_decided():
    sentence = "Chile imposed sanctions on Peru."
    relation = type_relation(sentence, "Chile", "Peru")
    assert [sentence[a:b] for a, b in relation.words] == ["imposed", "sanctions"]
    assert "impose @sanctions" in relation.because


def test_type_relation_says_when_it_only_guesses():
    relation = type_relation("Chile and Peru share a long coast.", "Chile", "Peru")
    assert relation.type in types()
    assert relation.mode is None
    assert relation.because.startswith("No act was recognised")


def test_type_relation_ignores_a_recipient_that_is_not_in_the_sentence():
    relation = type_relation(
        "Teachers in Chile went on strike.", "Teachers in Chile", "a recipient"
    )
    assert (relation.type, relation.mode) == ("PROTEST", "strike")
