"""Tables as every part of the store reads and writes them."""

import sqlite3

import pytest

from tocsin.store.tables import insert_rows, put_row, read_column, read_rows, read_value


@pytest.fixture
def outlets():
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE outlets (domain TEXT PRIMARY KEY, "check" TEXT)')
    insert_rows(
        connection, "outlets", [{"domain": each, "check": each.upper()} for each in ("a", "b")]
    )
    yield connection
    connection.close()


def test_a_collection_stands_for_all_its_values(outlets):
    query = 'SELECT "check" FROM outlets WHERE domain IN (?) ORDER BY 1'
    assert read_column(outlets, query, {"a", "b", "c"}) == ["A", "B"]


def test_a_value_of_no_row_is_none(outlets):
    assert read_value(outlets, "SELECT domain FROM outlets WHERE domain = ?", "c") is None


def test_insert_rows_may_leave_what_is_known(outlets):
    insert_rows(outlets, "outlets", [{"domain": "a", "check": "new"}], ignore_known=True)
    assert read_value(outlets, 'SELECT "check" FROM outlets WHERE domain = ?', "a") == "A"


def test_put_row_changes_the_row_with_its_key(outlets):
    put_row(outlets, "outlets", "domain", {"domain": "a", "check": "new"})
    assert read_rows(outlets, "SELECT * FROM outlets WHERE domain = ?", "a") == [
        {"domain": "a", "check": "new"}
    ]


def test_put_row_leaves_a_row_where_the_condition_is_false(outlets):
    row = {"domain": "a", "check": "new"}
    put_row(outlets, "outlets", "domain", row, where='excluded."check" < outlets."check"')
    assert read_value(outlets, 'SELECT "check" FROM outlets WHERE domain = ?', "a") == "A"
