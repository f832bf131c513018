"""Names in headlines in capitals, on hand-built documents that tag every word as a name."""

from __future__ import annotations

import pytest

from tests.extract.offices.test_claims import pairs_in
from tocsin.extract.offices.headlines import is_verb_form


def names_in(headline: str) -> list[str | None]:
    """The names claimed in a headline whose words are all tagged as names or nouns."""
    return [name for name, _ in pairs_in(headline)]


@pytest.mark.parametrize(
    "headline",
    [
        "Russian/ADJ President Issues Arrest Warrant",
        "Israeli/ADJ Defense Minister Vows Revenge",
        "Malian/ADJ President Sworn In/ADP",
        "Kenyan/ADJ President Mulling Cabinet Reshuffle",
        "Polish/ADJ President Unlikely To Sign Bill",
        "Nordic/ADJ Foreign Ministers Grant Asylum",
        "POPE COMPARES RUSSIAN INVASION TO CAIN",
    ],
)
def test_find_takes_no_verb_of_a_headline_for_a_name(headline: str) -> None:
    assert names_in(headline) == []


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("President Putin Warns Europe", "Putin"),
        ("Kenyan/ADJ President William Ruto Sacks Cabinet", "William Ruto"),
        ("South Korean/ADJ President Yoon Suk Yeol Apologises", "Yoon Suk Yeol"),
        ("Philippine/ADJ President Marcos Jr Warns China", "Marcos Jr"),
        ("US/PROPN National Security Adviser Jake Sullivan Backs Deal", "Jake Sullivan"),
    ],
)
def test_find_ends_a_name_of_a_headline_with_that_of_the_holder(headline: str, name: str) -> None:
    assert names_in(headline) == [name]


@pytest.mark.parametrize("name", ["Marit Hollanding", "Mark Quenlow", "Peter Rogers"])
def test_find_reads_a_name_that_nobody_knows_up_to_the_verb(name: str) -> None:
    assert names_in(f"Latvian/ADJ President {name} Vows Revenge") == [name]


def test_find_keeps_a_name_like_a_verb_in_a_sentence() -> None:
    marked = "Latvian/ADJ Defence Minister Zbig Rogers spoke/VERB of/ADP revenge ."
    assert names_in(marked) == ["Zbig Rogers"]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("Latvian/ADJ President Vows Revenge The/DET palace said/VERB so/ADV .", []),
        ("Russian/ADJ President Putin Warns Europe It/PRON said/VERB so/ADV .", ["Putin"]),
    ],
)
def test_find_takes_no_verb_for_a_name_where_a_headline_runs_on(
    marked: str, names: list[str]
) -> None:
    assert names_in(marked) == names


def test_find_takes_a_chief_of_several_for_one() -> None:
    title = "Commander - in - Chief of/ADP the/DET Armed/ADJ Forces of/ADP Ukraine"
    assert names_in(f"the/DET page of/ADP the/DET {title} , Ukrinform reports/VERB .") == [None]


@pytest.mark.parametrize("word", ["weighs", "denies", "clashes", "met", "seized", "facing", "vow"])
def test_is_verb_form_knows_the_forms_of_a_verb(word: str) -> None:
    assert is_verb_form(word)


@pytest.mark.parametrize("word", ["mendes", "abbas", "hollanding", "voskamp", "ahmed"])
def test_is_verb_form_takes_no_name_for_a_verb(word: str) -> None:
    assert not is_verb_form(word)
