import csv

import pytest

from tocsin.errors import NotFoundError, ReferenceFileError
from tocsin.lexicons.outlets import Outlet
from tocsin.store.own_outlets import read_outlet_table


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
