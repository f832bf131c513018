"""Place words become a place with its country, and a reason."""

import pytest
from spacy.tokens import Doc, Span

from tests.parses import VOCAB, parsed
from tocsin.extract.mentions.actors import find_actor_names
from tocsin.extract.mentions.places import countries_in, place_in, resolve_place


def doc_of(words: list[str], *entities: tuple[int, int, str]) -> Doc:
    doc = Doc(VOCAB, words=words)
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


@pytest.mark.parametrize(
    ("tree", "country", "north"),
    [
        ("nsubj:It rained=rain [prep in [pobj Tripoli , appos:Lebanon]] .", "LBN", 34.43),
        ("nsubj:We met=meet [dobj Tripoli [prep in [pobj amod:northern Lebanon]]] .", "LBN", 34.43),
        ("nsubj:Jets hit=hit [dobj Tripoli] .", "LBY", 32.89),
        ("[prep In [pobj Tripoli]] , nsubj:Lebanon won=win .", "LBY", 32.89),
        ("nsubj:He toured=tour [dobj Tripoli , [conj Egypt and conj:Lebanon]] .", "LBY", 32.89),
        ("nsubj:It asked=ask [dobj Tripoli [prep in [pobj [poss Chad 's] name]]] .", "LBY", 32.89),
    ],
)  # fmt: skip
def test_resolve_place_goes_by_the_country_beside_the_name(tree, country, north):
    doc = parsed(tree)
    [name] = [doc[t.i : t.i + 1] for t in doc if t.text == "Tripoli"]
    place = resolve_place(name, ())
    assert (place.country, place.latitude) == (country, north)


@pytest.mark.parametrize(
    ("words", "north"),
    [
        ("Paris , Texas", None),
        ("Springfield , Illinois", 39.8),
        ("Springfield , Mass.", 42.1),
        ("Odessa ( TX )", 31.85),
        ("Portland , Maine", None),
        ("Lebanon , Ohio", None),
    ],
)
def test_resolve_place_goes_by_the_state_beside_the_name(words, north):
    place = resolve_place(doc_of(words.split())[:1], ())
    assert (place.country, place.latitude) == ("USA", north)


def test_resolve_place_takes_a_state_for_the_country_where_that_has_the_town():
    assert resolve_place(doc_of(["Batumi", ",", "Georgia"])[:1], ()).country == "GEO"
    assert resolve_place(doc_of(["Atlanta", ",", "Georgia"])[:1], ()).country == "USA"


def test_resolve_place_knows_the_country_of_a_town_in_no_list():
    place = resolve_place(doc_of(["Zorblatt", ",", "Venezuela"])[:1], ())
    assert (place.name, place.country, place.latitude) == ("Zorblatt", "VEN", None)


def test_place_in_takes_an_adjective_for_no_place():
    doc = doc_of(
        ["the", "Russian", "-", "held", "city", "of", "Mariupol"], (1, 2, "GPE"), (6, 7, "GPE")
    )
    assert place_in(doc, (0, len(doc.text)), ()).country == "UKR"


def test_find_actor_names_leaves_out_a_capital_that_lies_elsewhere():
    doc = doc_of(["a", "church", "in", "Paris", ",", "Texas"])
    assert [name.entry.countries for name in find_actor_names(doc)] == [("USA",)]
