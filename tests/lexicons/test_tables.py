"""The one reader of tables, and what every table of the package keeps to."""

from pathlib import Path

import pytest

import tocsin
from tocsin.errors import ReferenceFileError
from tocsin.lexicons import tables
from tocsin.lexicons.tables import given, listed, read_body, read_numbered, read_records, read_rows

PACKAGE = Path(tocsin.__file__).parent
TABLES = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.tsv"))


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Let the package hold one more table, with the text given, and return its path."""

    def write(text):
        (tmp_path / "made.tsv").write_text(text)
        monkeypatch.setattr(tables, "files", lambda _: tmp_path)
        return "made.tsv"

    return write


@pytest.mark.parametrize("path", TABLES)
def test_every_table_can_be_read(path):
    assert sum(1 for _ in read_records(path)) > 0


@pytest.mark.parametrize("path", TABLES)
def test_every_table_is_named_in_the_origin_beside_it(path):
    place = PACKAGE / path
    assert f"`{place.name}`" in place.with_name("ORIGIN.md").read_text("utf-8")


def test_read_rows_passes_over_remarks_and_empty_lines(table):
    path = table("# a remark\nword\tcode\n\na\t1\n# another\nb\t2\n")
    assert list(read_rows(path, "word code")) == [("a", "1"), ("b", "2")]


def test_read_rows_gives_the_columns_asked_for_in_that_order(table):
    assert list(read_rows(table("a\tb\tc\n1\t2\t3\n"), "c a")) == [("3", "1")]


def test_read_numbered_counts_all_lines_of_the_file(table):
    path = table("# a remark\nword\tcode\n\na\t1\n")
    assert list(read_numbered(path, "word code")) == [(4, ("a", "1"))]


def test_read_rows_names_the_line_with_too_few_cells(table):
    path = table("# a remark\nword\tcode\na\n")
    with pytest.raises(ReferenceFileError, match=r"line 3 of made\.tsv has 1 cells: a; expected 2"):
        list(read_rows(path, "word code"))


def test_read_rows_names_the_column_that_is_not_there(table):
    with pytest.raises(ReferenceFileError, match=r"made\.tsv has no column place"):
        read_rows(table("word\tcode\n"), "word place")


def test_read_body_refuses_other_columns(table):
    with pytest.raises(ReferenceFileError, match=r"line 1 of made\.tsv"):
        read_body(table("word\tcode\na\t1\n"), "code word")


def test_cells_are_read_by_their_signs():
    assert (listed("a|b||c"), listed(""), given("-"), given("x")) == (
        ("a", "b", "c"),
        (),
        None,
        "x",
    )
