"""Names of one article gathered, and the seed article from end to end."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from tocsin.extract.mentions.naming import noun_naming
from tocsin.extract.mentions.people import find_people, given_names, name_fits
from tocsin.extract.offices.claims import find_office_claims
from tocsin.extract.speech.attribution import find_statements
from tocsin.models.reading import Models
from tocsin.records import Article, Manner, Naming, Stance, Statement

SEED = Path(__file__).parents[4] / "shared" / "seed"


def doc_of(words: str, *people: tuple[int, int]) -> Doc:
    doc = Doc(Vocab(), words=words.split())
    doc.ents = [Span(doc, start, end, label="PERSON") for start, end in people]
    for token in doc:
        token.pos_ = "PROPN" if token.text[0].isupper() else "VERB"
    return doc


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("Vandermeer", "Ilse Vandermeer", True),
        ("Ilse", "Ilse Vandermeer", True),
        ("Kim", "Kim Jong Un", True),
        ("Un", "Kim Jong Un", False),
        ("Xi", "Xi Jinping", True),
        ("Moon", "Moon Jae-in", True),
        ("Ilse van der Meer", "Ilse van der Meer", True),
        ("Vander", "Ilse Vandermeer", False),
        ("Ilse Vandermeer", "Vandermeer", False),
        ("Ilse B. Vandermeer", "Ilse A. B. Vandermeer", False),
        ("Ilse A. Vandermeer", "Ilse Anna Maria Vandermeer", True),
    ],
)
def test_name_fits_follows_the_order_of_the_name(short: str, full: str, fits: bool) -> None:
    assert name_fits(short, full) is fits


def test_find_people_gathers_short_forms_under_the_full_name() -> None:
    doc = doc_of("Ilse Vandermeer spoke . Vandermeer left .", (0, 2), (4, 5))
    (person,) = find_people(doc).everyone
    assert person.name == "Ilse Vandermeer"
    assert [mention.name for mention in person.mentions] == ["Ilse Vandermeer", "Vandermeer"]


def test_find_people_finds_short_forms_the_pipeline_left_out() -> None:
    doc = doc_of("Ilse Vandermeer spoke . Vandermeer left .", (0, 2))
    (person,) = find_people(doc).everyone
    assert len(person.mentions) == 2


def test_find_people_leaves_the_credit_of_a_picture_out_of_a_name() -> None:
    doc = doc_of(
        "Ilse Vandermeer / Nordpress Vandermeer left . Anna Roe Roe sat .", (0, 4), (7, 10)
    )
    assert [person.name for person in find_people(doc).everyone] == ["Ilse Vandermeer", "Anna Roe"]


def test_find_people_keeps_a_name_of_equal_words() -> None:
    doc = doc_of("Boutros Boutros Ghali met Ana de Jesus de Roe .", (0, 3), (4, 9))
    names = {person.name for person in find_people(doc).everyone}
    assert names == {"Boutros Boutros Ghali", "Ana de Jesus de Roe"}


def test_find_people_leaves_a_shared_surname_open() -> None:
    doc = doc_of("Sergei Ivanov and Igor Ivanov met . Ivanov left .", (0, 2), (3, 5), (7, 8))
    people = find_people(doc)
    assert [doc.text[slice(*span)] for span in people.ambiguous] == ["Ivanov"]


def test_find_people_takes_a_country_for_no_person() -> None:
    assert find_people(doc_of("Kyiv spoke .", (0, 1))).everyone == ()


def test_find_people_reads_sex_from_the_given_name() -> None:
    doc = doc_of("Anna Lindqvist met John Barrow .", (0, 2), (3, 5))
    assert [person.female for person in find_people(doc).everyone] == [True, False]


def test_given_names_hold_no_name_twice_with_both_sexes() -> None:
    assert given_names()["anna"] is True
    assert "jean" not in given_names()


@pytest.mark.parametrize(
    ("noun", "plural", "naming"),
    [
        ("official", False, Naming.ANONYMOUS),
        ("official", True, Naming.ANONYMOUS),
        ("analyst", False, Naming.ANONYMOUS),
        ("analyst", True, Naming.COLLECTIVE),
        ("ministry", False, Naming.INSTITUTION),
        ("minister", False, Naming.OFFICE),
        ("minister", True, Naming.COLLECTIVE),
        ("bridge", False, None),
    ],
)
def test_noun_naming_ranks_descriptions(noun: str, plural: bool, naming: Naming | None) -> None:
    assert noun_naming(noun, plural=plural) is naming


# --------------------------------------------------------------------------- the seed article


@pytest.fixture(scope="module")
def seed(models: Models) -> tuple[str, list[Statement]]:
    paths = sorted(SEED.glob("*.txt"))
    if not paths:
        pytest.skip("the seed article lies beside the project, not in it")
    text = paths[0].read_text(encoding="utf-8")
    article = Article(id="seed", text=text)
    reading = models.read(text)
    claims = list(find_office_claims(reading, article))
    return text, list(find_statements(reading, article, claims))


def test_find_statements_reads_six_direct_quotations_of_seed(
    seed: tuple[str, list[Statement]],
) -> None:
    _, found = seed
    direct = [s for s in found if s.manner is Manner.DIRECT]
    assert [(s.speaker.name, s.naming) for s in direct if s.speaker is not None] == [
        ("Sarah Thompson", Naming.NAMED),
        ("Moon Jae-in", Naming.NAMED),
        ("Emily Carter", Naming.NAMED),
        ("Oleksandr Petrenko", Naming.NAMED),
        ("Kremlin spokesperson", Naming.OFFICE),
        ("Linda Martinez", Naming.NAMED),
    ]


def test_find_statements_gives_capacities_of_seed(seed: tuple[str, list[Statement]]) -> None:
    _, found = seed
    offices = [s.speaker.office or "" for s in found if s.speaker and s.manner is Manner.DIRECT]
    for office, words in zip(
        offices, ("NATO", "President", "analyst", "Defense", "Kremlin", "diplomat"), strict=True
    ):
        assert words in office


def test_find_statements_joins_a_split_quotation_of_seed(
    seed: tuple[str, list[Statement]],
) -> None:
    _, found = seed
    first = next(s for s in found if s.manner is Manner.DIRECT)
    assert len(first.content) == 2


def test_find_statements_reads_stance_and_relay_of_seed(
    seed: tuple[str, list[Statement]],
) -> None:
    text, found = seed
    kremlin = [s for s in found if s.speaker and s.speaker.name == "Kremlin"]
    assert [s.stance for s in kremlin] == [Stance.NEITHER_CONFIRMS_NOR_DENIES]
    relayed = [s for s in found if s.relays]
    assert [text[slice(*s.relays[0].words)] for s in relayed if not s.within] == ["Reuters"]
    vow = next(s for s in found if s.stance is Stance.PLEDGES)
    assert vow.speaker is not None
    assert vow.speaker.name == "Moon Jae-in"
