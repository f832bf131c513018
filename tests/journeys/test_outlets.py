"""A user says what they think of outlets, and looks at what they said."""

import pytest
from click.testing import CliRunner

from tocsin.cli import tocsin
from tocsin.store.database import open_database

TABLE = "domain,name,owner,reliability,note\nselin.example,Selin Post,Kishan Press,b,prints wires\n"


@pytest.fixture
def run(tmp_path):
    store = tmp_path / "crisis"
    open_database(store, create=True).close()

    def invoke(*arguments):
        return CliRunner().invoke(tocsin, ["outlets", *arguments, "--store", str(store)])

    return invoke


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "outlets.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_outlets_takes_a_table_and_shows_it(run, table):
    assert run(str(table)).exit_code == 0
    shown = run()
    assert shown.stdout == "selin.example\tB\tSelin Post\tKishan Press\tprints wires\n"


def test_outlets_takes_the_place_of_the_table_before(run, table):
    run(str(table))
    table.write_text("domain\nother.example\n", encoding="utf-8")
    run(str(table))
    assert run().stdout == "other.example\t\t\t\t\n"


def test_outlets_changes_nothing_when_the_table_is_malformed(run, table):
    run(str(table))
    table.write_text(TABLE + "second.example,,,Z,\n", encoding="utf-8")
    refused = run(str(table))
    assert refused.exit_code == 7
    assert "line 3" in refused.stderr
    assert "selin.example" in run().stdout


def test_outlets_escapes_what_would_steer_the_terminal(run, table):
    table.write_text("domain,note\nselin.example,\x1b[31mred\n", encoding="utf-8")
    assert run(str(table)).exit_code == 0
    shown = run().stdout
    assert "\x1b" not in shown
    assert "[U+001B]" in shown


def test_outlets_says_that_there_is_no_store(tmp_path):
    result = CliRunner().invoke(tocsin, ["outlets", "--store", str(tmp_path / "none")])
    assert result.exit_code == 8
