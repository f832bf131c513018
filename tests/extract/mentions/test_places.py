"""Place words become a place with its country, and a reason."""

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from tocsin.extract.mentions.places import countries_in, resolve_place


def doc_of(words: list[str], *entities: tuple[int, int, str]) -> Doc:
    doc = Doc(Vocab(), words=words)
    doc.ents = [Span(doc, a, b, label=label) for a, b, label in entities]
    return doc


def place_of(words: list[str], known: tuple[str, ...] = ()):
    doc = doc_of(words)
    return resolve_place(doc[0 : len(words)], known)


@pytest.mark.parametrize(
    ("words", "country"),
    [
        (["Moscow"], "RUS"),
        (["Kharkiv"], "UKR"),
        (["northern", "Mali"], "MLI"),
        (["eastern", "Ukraine"], "UKR"),
        (["the", "city", "of", "Quetta"], "PAK"),
    ],
)
def test_resolve_place_finds_the_country(words, country):
    assert place_of(words).country == country


def test_resolve_place_gives_coordinates_of_a_town():
    place = place_of(["Kharkiv"])
    assert place.latitude == pytest.approx(49.98, abs=0.1)
    assert place.longitude == pytest.approx(36.25, abs=0.1)


def test_resolve_place_prefers_a_town_in_a_country_that_the_article_names():
    assert place_of(["Hyderabad"], ("PAK",)).country == "PAK"
    assert place_of(["Hyderabad"]).country == "IND"


def test_resolve_place_says_why():
    assert "which the article names" in place_of(["Hyderabad"], ("PAK",)).because


def test_resolve_place_knows_nothing_of_invented_towns():
    assert place_of(["Zorblatt"]) is None


def test_countries_in_puts_the_most_often_named_first():
    doc = doc_of(
        ["Poland", "and", "Ukraine", "and", "Ukraine"],
        (0, 1, "GPE"),
        (2, 3, "GPE"),
        (4, 5, "GPE"),
    )
    assert countries_in(doc) == ("UKR", "POL")
