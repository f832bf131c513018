import csv

import pytest

from tocsin.errors import NotFoundError, ReferenceFileError
from tocsin.reference.outlets import (
    Outlet,
    domain_of,
    find_outlet,
    index_outlets,
    load_outlets,
    owner_of,
    read_outlet_table,
)


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


def test_read_outlet_table_reads_csv(tmp_path):
    path = tmp_path / "outlets.csv"
    path.write_text("\ufeffReliability,domain\nb,https://www.Selin.example/\n\n", encoding="utf-8")
    assert read_outlet_table(path) == (Outlet(domains=("selin.example",), reliability="B"),)


def test_read_outlet_table_reads_tsv(tmp_path):
    path = tmp_path / "outlets.tsv"
    path.write_text("domain\tname\towner\nselin.example\tPost, The\tKishan\n", encoding="utf-8")
    assert read_outlet_table(path)[0].name == "Post, The"


def test_read_outlet_table_keeps_lines_apart_in_a_cell(tmp_path):
    path = tmp_path / "outlets.csv"
    path.write_text('domain,note\na.example,"state run\nsince 2012"\n', encoding="utf-8")
    assert read_outlet_table(path)[0].note == "state run\nsince 2012"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "empty"),
        ("name,owner\nA,B\n", "columns"),
        ("domain,colour\na.example,red\n", "columns"),
        ("domain,reliability\na.example,G\n", "line 2"),
        ("domain,name\nnobody,B\n", "line 2"),
        ("domain\na.example\nwww.a.example\n", "line 3"),
        (f"domain,note\na.example,{'long ' * 30_000}\n", "no CSV"),
    ],
)
def test_read_outlet_table_says_what_is_wrong(tmp_path, table, said):
    csv.field_size_limit(10**7)  # as after articles have been read from a table
    path = tmp_path / "outlets.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(ReferenceFileError, match=said):
        read_outlet_table(path)


def test_read_outlet_table_refuses_what_is_no_text(tmp_path):
    path = tmp_path / "outlets.csv"
    path.write_bytes(b"domain\n\xff\xfe\x00")
    with pytest.raises(ReferenceFileError, match="UTF-8"):
        read_outlet_table(path)


def test_read_outlet_table_says_that_there_is_no_file(tmp_path):
    with pytest.raises(NotFoundError):
        read_outlet_table(tmp_path / "none.csv")
