"""What users give as values: read into what queries use, or refused."""

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tocsin
from tocsin.errors import ValueNotUnderstood
from tocsin.store.asked import Check, read_country, read_grade, read_name, read_party, read_words
from tocsin.store.kinds import KINDS


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("cease fire", '"cease" AND "fire"'),
        ("cease-fire", '"cease fire"'),
        ('"air defence" missil*', '"air defence" AND "missil"*'),
        ('"open quotation', '"open quotation"'),
        ("NOT a OR b", '"NOT" AND "a" AND "OR" AND "b"'),
        ("told:x", '"told x"'),
        ("Erdoğan", '"Erdoğan"'),
    ],
)
def test_read_words_quotes_everything(words, match):
    assert read_words("text", words).match == match


@given(st.text())
def test_read_words_is_never_wrong_syntax(words):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (told, actors)")
    try:
        match = read_words("text", words).match
    except ValueNotUnderstood:
        return
    connection.execute("SELECT * FROM t WHERE t MATCH ?", (f"({{told}} : ({match}))",)).fetchall()
    connection.close()


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("PRK", "PRK", None),
        ("north korea", "PRK", None),
        ("Kosovo", "KOS", None),
        ("Georgia", "GEO", None),
        ("igo", "IGO", None),
        ("Russia:mil", "RUS", "MIL"),
    ],
)
def test_read_party_knows_countries(words, country, sector):
    party = read_party("actor", words)
    assert (party.country, party.sector, party.name) == (country, sector, None)


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("NATO", '"NATO"'),
        ("UN", '"UN" OR "United Nations"'),
        ("WHO", '"WHO" OR "World Health Organization"'),
        ("Mara Lind", '"Mara Lind"'),
        ("Lin*", '"Lin"*'),
    ],
)
def test_read_party_takes_all_else_for_a_name(words, match):
    assert read_party("actor", words).name.match == match


@pytest.mark.parametrize("words", ["", " ", "NATO", "Mara Lind", "x" * 501, "\0", "\udcff"])
def test_read_country_refuses_what_is_none(words):
    with pytest.raises(ValueNotUnderstood, match="country"):
        read_country("country", words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A\0da", "NUL"),
        ("A\ud800da", "halves"),
        (" ", "1 to 500"),
        ("A" * 501, "1 to 500"),
    ],
)
def test_read_name_says_what_was_expected(words, expected):
    with pytest.raises(ValueNotUnderstood, match=f"judge cannot be read.*{expected}"):
        read_name("judge", words)


def test_read_grade_takes_halves():
    assert read_grade("grade", "b2") == ("B", 2)
    assert read_grade("grade", "B") == ("B", None)
    assert read_grade("grade", 2) == (None, 2)


def test_read_check_knows_every_check_that_the_code_names():
    source = Path(tocsin.__file__).parent
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("checks", "together")
        for path in (source / room).rglob("*.py")
    )
    named = set(re.findall(r'(?:\bcheck=|^CHECK = )"(\w+)"', code, re.M))
    assert named == set(Check)


LISTED = [(kind, each) for kind in KINDS for each in kind.filters if each.vocabulary()]


@pytest.mark.parametrize(("kind", "asked"), LISTED, ids=lambda each: each.name)
def test_every_word_of_a_vocabulary_can_be_asked(kind, asked):
    for word in asked.vocabulary():
        assert kind.read_filters({asked.name: word})[asked.name] is not None


def test_filter_says_what_kind_of_value_it_takes():
    kinds = {each.name: each.kind for kind in KINDS for each in kind.filters}
    assert kinds["actor"] == "text"
    assert kinds["since"] == "day"
    assert kinds["independent"] == kinds["quad"] == "integer"
    assert kinds["sure"] == "real"
    assert {each.kind for kind in KINDS for each in kind.filters if not each.metavar} == {"flag"}
