"""Numbers that matter, read from plain sentences."""

import pytest

from tocsin.extract.events.counts import find_counts, read_number


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
        ("Chad sent 3,000 troops to Sudan.", ("troops", 3000, 3000, "3,000 troops")),
        (
            "Thousands of soldiers were sent to the border.",
            ("troops", 1000, None, "Thousands of soldiers"),
        ),
    ],
)
def test_find_counts_reads_range(counts_of, sentence, expected):
    assert expected in counts_of(sentence)


def test_find_counts_leaves_ages_and_dates_alone(counts_of):
    assert counts_of("The army attacked the town on 12 May 2024.") == []
