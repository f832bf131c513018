import pytest

from tocsin.lexicons.outlets import (
    Outlet,
    agency_names,
    agency_of,
    domain_of,
    find_outlet,
    index_outlets,
    is_outlet,
    load_outlets,
    owner_of,
    relay_names,
)
from tocsin.lexicons.tables import listed, read_records


def test_load_outlets_says_nothing_of_reliability():
    assert all(outlet.reliability is None for outlet in load_outlets().values())


def test_load_outlets_has_an_owner_for_each():
    assert all(outlet.owner for outlet in load_outlets().values())


@pytest.mark.parametrize(
    ("outlet", "url", "owner"),
    [
        ("BBC News", None, "BBC"),
        ("www.bbc.co.uk", None, "BBC"),
        (None, "https://www.bbc.com/news/1?a=b", "BBC"),
        ("The Sun", None, "News Corp"),
        (None, "https://edition.cnn.com/x", "Warner Bros. Discovery"),
        ("Selin Post", None, "Selin Post"),
        ("Selin Post", "https://www.selin.example/1", "selin.example"),
        (None, None, None),
        (None, "https://[broken", None),
    ],
)
def test_owner_of_knows_names_and_addresses(outlet, url, owner):
    assert owner_of(outlet, url) == owner


def test_owner_of_puts_the_users_table_first():
    table = index_outlets([Outlet(domains=("bbc.com",), owner="Somebody")])
    assert owner_of(None, "https://bbc.com/1", table) == "Somebody"


def test_owner_of_can_keep_to_what_is_known():
    assert owner_of("a colleague", known=True) is None


def test_find_outlet_prefers_the_longer_domain():
    table = index_outlets([Outlet(domains=("a.example",)), Outlet(domains=("b.a.example",))])
    found = find_outlet(table, None, "https://c.b.a.example/")
    assert found is not None
    assert found.domains == ("b.a.example",)


@pytest.mark.parametrize("words", ["a colleague", "", "localhost", "..", "a b.example"])
def test_domain_of_leaves_what_is_no_domain(words):
    assert domain_of(words) is None


@pytest.mark.parametrize(
    ("outlet", "url", "agency"),
    [
        ("www.reuters.com", None, "Reuters"),
        ("The Associated Press", None, "Associated Press"),
        (None, "https://apnews.com/article/x", "Associated Press"),
        ("bbc.com", "https://www.bbc.com/news", None),
        ("notreuters.com", None, None),
        (None, "http://[broken", None),
        (None, None, None),
    ],
)
def test_agency_of_reads_outlets_and_addresses(outlet, url, agency):
    assert agency_of(outlet, url) == agency


def test_agency_of_needs_the_capitals_of_a_credit():
    assert (agency_of("Kyodo"), agency_of("kyodo")) == ("Kyodo", None)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("AP", "Associated Press"),
        ("state television", "state television"),
        ("Getty Images", None),
        ("Age", None),
        ("getty", None),
    ],
)
def test_relay_names_shows_who_passes_statements_on(words, name):
    assert relay_names().get(words) == name


@pytest.mark.parametrize(
    ("words", "known"), [("AP", True), ("Getty", True), ("Age", False), ("ap", False)]
)
def test_is_outlet_knows_the_words_of_running_text(words, known):
    assert is_outlet(words) is known


def test_the_table_has_each_name_and_domain_once():
    rows = list(read_records("lexicons/outlets.tsv"))
    for cells in ([row["name"] for row in rows], [d for r in rows for d in listed(r["domains"])]):
        assert len(cells) == len(set(cells))


def test_the_table_has_each_way_to_write_a_credit_once():
    rows = read_records("lexicons/outlets.tsv")
    assert len([words for row in rows for words in listed(row["credits"])]) == len(agency_names())
