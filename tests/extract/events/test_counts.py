"""Numbers that matter, read from plain sentences."""

import pytest

from tests.parses import parsed
from tocsin.extract.events.counts import counts_around, find_counts, read_number


@pytest.fixture
def counts_of(models):
    def counts(text):
        found = (count for _, count in find_counts(models.read(text).doc))
        return [(c.kind, c.low, c.high, text[c.words[0] : c.words[1]]) for c in found]

    return counts


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", 12),
        ("3,000", 3000),
        ("forty-three", 43),
        ("two dozen", 24),
        ("a dozen", 12),
        ("two hundred and five", 205),
        ("three thousand two hundred", 3200),
        ("1.2 million", 1_200_000),
        ("1.2m", 1_200_000),
        ("one hundred and eighty-two", 182),
        ("half a dozen", 6),
        ("a half dozen", 6),
    ],
)
def test_read_number_understands(words, number):
    assert read_number(words) == number


def test_read_number_refuses_other_words():
    assert read_number("plenty") is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "At least 12 people were killed when shells hit the market.",
            ("dead", 12, None, "At least 12 people"),
        ),
        ("Dozens were injured in the strike.", ("injured", 12, None, "Dozens")),
        ("Police arrested a dozen protesters.", ("arrested", 12, 12, "a dozen protesters")),
        (
            "The attack by Iran killed between 10 and 15 people.",
            ("dead", 10, 15, "between 10 and 15 people"),
        ),
        (
            "Police detained up to 200 demonstrators.",
            ("arrested", None, 200, "up to 200 demonstrators"),
        ),
        (
            "Police detained no more than 200 demonstrators.",
            ("arrested", None, 200, "no more than 200 demonstrators"),
        ),
        (
            "Police detained not less than 200 demonstrators.",
            ("arrested", 200, None, "not less than 200 demonstrators"),
        ),
        ("The strike killed 12-15 people.", ("dead", 12, 15, "12-15 people")),
        ("Chad sent 3,000 troops to Sudan.", ("troops", 3000, 3000, "3,000 troops")),
        (
            "Thousands of soldiers were sent to the border.",
            ("troops", 1000, None, "Thousands of soldiers"),
        ),
        (
            "The strike killed one hundred and eighty-two people.",
            ("dead", 182, 182, "one hundred and eighty-two people"),
        ),
        ("The strike killed two dozen people.", ("dead", 24, 24, "two dozen people")),
        ("Half a dozen soldiers were killed.", ("dead", 6, 6, "Half a dozen soldiers")),
        ("Gunmen killed half a dozen.", ("dead", 6, 6, "half a dozen")),
        ("The floods killed 1.2m people.", ("dead", 1_200_000, 1_200_000, "1.2m people")),
        (
            "Police arrested three men and two women.",
            ("arrested", 5, 5, "three men and two women"),
        ),
        (
            "At least four soldiers and a civilian were killed.",
            ("dead", 5, None, "At least four soldiers and a civilian"),
        ),
        ("They killed two people and a dog.", ("dead", 2, 2, "two people")),
    ],
)
def test_find_counts_reads_range(counts_of, sentence, expected):
    assert expected in counts_of(sentence)


def test_find_counts_leaves_ages_and_dates_alone(counts_of):
    assert counts_of("The army attacked the town on 12 May 2024.") == []


@pytest.mark.parametrize("things", ["1.2m chickens", "3,000 cattle", "two dozen birds"])
def test_find_counts_counts_no_animals(counts_of, things):
    assert counts_of(f"The floods killed {things}.") == []


@pytest.mark.parametrize(
    ("tree", "numbers"),
    [
        (
            "nsubj:Jets bombed=bomb [dobj the base] [advcl npadvmod:hours mark:after "
            "[nsubjpass a soldier] auxpass:was killed=kill] .",
            [],
        ),
        (
            "nsubj:Jets bombed=bomb [dobj the base] [prep over [pobj a raid [relcl nsubj:that "
            "killed=kill [dobj nummod:two people]]]] .",
            [],
        ),
        (
            "nsubj:Jets bombed=bomb [dobj it] [prep in [pobj response [prep to [pobj a raid "
            "[relcl nsubj:that killed=kill [dobj nummod:two people]]]]]] .",
            [],
        ),
        ("nsubj:Jets bombed=bomb [dobj it] , [advcl killing=kill [dobj nummod:two people]] .", [2]),
    ],
)
def test_counts_around_leaves_out_what_another_act_did(tree, numbers):
    doc = parsed(tree)
    [act] = [t for t in doc if t.text == "bombed"]
    assert [count.low for count in counts_around([(act, act)])] == numbers
