"""The Parquet export by month: a data set that several tools read, and that is kept up to date."""

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import closing

import duckdb
import polars
import pyarrow as pa
import pyarrow.dataset
import pytest
from pyarrow import parquet as files

import tocsin
from tests import crisis as made
from tests.crisis import make_crisis
from tests.storm import report_of
from tocsin.errors import ValueNotUnderstood
from tocsin.publish.exports import parquet
from tocsin.publish.exports.export import Kept
from tocsin.publish.exports.parquet import MANIFEST, PARQUET, path_of
from tocsin.store.database import open_database
from tocsin.store.forget import forget_article
from tocsin.store.settle import settle
from tocsin.store.writer import Writer

HIVE = pyarrow.dataset.partitioning(
    pa.schema([("year", pa.int32()), ("month", pa.int32())]), flavor="hive"
)
COUNTED = ("articles", "events", "statements", "findings", "speakers", "places", "families")


def export(store, out, *, force=False, **asked):
    with tocsin.open(store) as opened, opened.at_one_moment():
        kept = Kept(store=opened, asked=asked, watch=lambda things, *_: things)
        return PARQUET.write(kept, str(out), force=force, by="month")


def content(folder):
    """Return the bytes of every file by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def numbers(folder):
    """Return which file lies at each path: its inode."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*.parquet")
    }


def draft(day, outlet="Coast Daily", more=""):
    """Make an article about what Ukraine did on its day of publication."""
    drafted = made._draft(f"{made.STRUCK}{more}", outlet, day)
    drafted.happen(
        "Ukrainian drones struck an air defence depot near Belgorod",
        "struck",
        actors=(made._country(drafted, "Ukrainian", "Ukraine", "UKR", "MIL"),),
        recipients=(made._country(drafted, "Russian army", "Russian army", "RUS", "MIL"),),
    )
    return drafted.report


def add(store, *reports):
    with closing(open_database(store)) as connection:
        kept = [(f"more {each.article.id}", each.article.url, each) for each in reports]
        Writer(connection).keep(kept)
        settle(connection)


def forget(store, key):
    with closing(open_database(store)) as connection:
        forget_article(connection, key)
        settle(connection)


@pytest.fixture(scope="module")
def out(crisis, tmp_path_factory):
    """A data set of the crisis; only to be read."""
    folder = tmp_path_factory.mktemp("out") / "crisis"
    export(crisis, folder)
    return folder


@pytest.fixture
def growing(tmp_path):
    """A store of the crisis to add to."""
    return make_crisis(tmp_path / "store")


# --------------------------------------------------------------------------- read


@pytest.mark.parametrize("table", COUNTED)
def test_by_month_one_glob_reads_a_table_in_every_tool(out, store, table):
    rows = getattr(store, table)().count()
    glob = f"{out}/{table}/**/*.parquet"
    assert len(duckdb.sql(f"FROM read_parquet('{glob}', hive_partitioning=true)")) == rows
    assert polars.scan_parquet(glob).collect().height == rows
    data = pyarrow.dataset.dataset(out / table, partitioning=HIVE)
    assert data.count_rows() == rows


def test_by_month_year_and_month_are_numbers(out):
    found = duckdb.sql(
        f"SELECT DISTINCT year, month FROM '{out}/events/**/*.parquet' WHERE year IS NOT NULL"
    )
    assert found.types == ["BIGINT", "BIGINT"]
    assert found.fetchall() == [(2024, 10)]


def test_by_month_what_has_no_day_lies_in_the_partition_for_null(out, store):
    undated = [
        each.article.title for each in map(store.report, _ids(store)) if not each.article.published
    ]
    sql = f"SELECT title FROM '{out}/articles/**/*.parquet' WHERE year IS NULL AND month IS NULL"
    assert undated
    assert [title for (title,) in duckdb.sql(sql).fetchall()] == undated


def _ids(store):
    return [each.id for each in store.articles()]


def test_by_month_holds_the_rows_of_the_plain_export(out, store, tmp_path):
    kept = Kept(store=store, asked={}, watch=lambda things, *_: things)
    PARQUET.write(kept, str(tmp_path / "plain"), force=False)
    for table in parquet.TABLES:
        plain = duckdb.sql(f"FROM '{tmp_path}/plain/{table}.parquet'")
        names = ", ".join(f'"{name}"' for name in plain.columns)
        dataset = duckdb.sql(f"SELECT {names} FROM '{out}/{table}/**/*.parquet'")
        assert sorted(map(repr, plain.fetchall())) == sorted(map(repr, dataset.fetchall())), table


def test_by_month_all_files_of_a_table_have_one_schema(growing, tmp_path):
    add(growing, draft(made.date(2023, 5, 2)))
    export(growing, tmp_path / "out")
    for table in parquet.TABLES:
        schemas = [
            files.read_schema(each) for each in (tmp_path / "out" / table).rglob("*.parquet")
        ]
        assert all(each.equals(schemas[0], check_metadata=True) for each in schemas)


def test_by_month_rows_come_by_day_in_groups_with_statistics(growing, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "BYTES", 0)
    monkeypatch.setattr(parquet, "BATCH", 2)
    export(growing, tmp_path / "out")
    file = files.ParquetFile(tmp_path / "out" / path_of("events", "2024-10"))
    days = file.read(["listed"])["listed"].to_pylist()
    column = file.schema_arrow.get_field_index("listed")
    groups = [file.metadata.row_group(n).column(column) for n in range(file.num_row_groups)]
    assert days == sorted(days)
    assert len(groups) > 1
    assert all(each.statistics.has_min_max for each in groups)


def test_by_month_a_store_without_articles_can_be_read(tmp_path):
    open_database(tmp_path / "store", create=True).close()
    export(tmp_path / "store", tmp_path / "out")
    for table in parquet.TABLES:
        assert len(duckdb.sql(f"FROM '{tmp_path}/out/{table}/**/*.parquet'")) == 0


# --------------------------------------------------------------------------- brought up to date


def test_by_month_again_writes_nothing_anew(crisis, tmp_path):
    export(crisis, tmp_path / "out")
    before, held = numbers(tmp_path / "out"), content(tmp_path / "out")
    outcome = export(crisis, tmp_path / "out")
    assert outcome.written["of them written anew"] == 0
    assert (numbers(tmp_path / "out"), content(tmp_path / "out")) == (before, held)


def test_by_month_again_reads_only_the_months_that_changed(growing, tmp_path, monkeypatch):
    add(growing, draft(made.date(2023, 5, 2)))
    export(growing, tmp_path / "out")
    before = numbers(tmp_path / "out")
    add(growing, report_of(made.date(2023, 6, 3)))
    read, find = [], parquet.find_in_month
    monkeypatch.setattr(
        parquet, "find_in_month", lambda *asked: read.append(asked[-1]) or find(*asked)
    )
    export(growing, tmp_path / "out")
    after = numbers(tmp_path / "out")
    assert set(read) == {"2023-06"}
    assert {path for path in after if "month=" in path and after[path] != before.get(path)} == {
        path_of(table, "2023-06") for table in ("articles", "events", "series", "tellings", "texts")
    }


def test_by_month_again_is_what_a_first_export_would_be(growing, tmp_path):
    """After each of some changes drawn at random, of articles in four months and without a day."""
    drawn, kept = random.Random(7), []
    days = [made.date(2024, 9, 30), made.date(2024, 10, 30), made.date(2024, 11, 1), None]
    for number in range(12):
        if kept and drawn.random() < 0.4:
            forget(growing, kept.pop(drawn.randrange(len(kept))))
        else:
            report = draft(drawn.choice(days), f"Paper {number}", drawn.choice(("", " More.")))
            add(growing, report)
            kept.append(report.article.id)
        export(growing, tmp_path / "out")
        export(growing, tmp_path / "fresh", force=True)
        assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_by_month_a_month_without_rows_goes(growing, tmp_path):
    report = draft(made.date(2023, 5, 2))
    add(growing, report)
    export(growing, tmp_path / "out")
    path = tmp_path / "out" / path_of("events", "2023-05")
    assert path.exists()
    forget(growing, report.article.id)
    export(growing, tmp_path / "out")
    assert not path.parent.exists()


def test_by_month_a_file_that_was_changed_is_written_anew(crisis, tmp_path):
    export(crisis, tmp_path / "out")
    held = content(tmp_path / "out")
    path = tmp_path / "out" / path_of("events", "2024-10")
    path.write_bytes(b"PAR1" + path.read_bytes()[4:-1] + b"x")
    assert export(crisis, tmp_path / "out").written["of them written anew"] == 1
    assert content(tmp_path / "out") == held


def test_by_month_other_filters_write_all_that_they_choose(crisis, tmp_path):
    export(crisis, tmp_path / "out", sure="1")
    export(crisis, tmp_path / "out", background=True)
    export(crisis, tmp_path / "fresh", background=True)
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_by_month_copies_files_where_none_can_be_linked(crisis, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError

    export(crisis, tmp_path / "out")
    held = content(tmp_path / "out")
    monkeypatch.setattr(os, "link", refuse)
    export(crisis, tmp_path / "out")
    assert content(tmp_path / "out") == held


KILLED = """
import os, signal, sys
from tests.publish.test_exports_parquet import export
from tocsin.publish.exports import parquet
store, out, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
write = parquet.MonthFile.close
def close(file, **given):
    global left
    if (left := left - 1) < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return write(file, **given)
parquet.MonthFile.close = close
export(store, out)
"""


@pytest.mark.parametrize("left", [0, 3, 6])
def test_by_month_killed_leaves_the_old_data_set(growing, tmp_path, left):
    export(growing, tmp_path / "out")
    held = content(tmp_path / "out")
    add(growing, draft(made.date(2024, 10, 29)))
    arguments = [sys.executable, "-c", KILLED, growing, tmp_path / "out", str(left)]
    assert subprocess.run(arguments).returncode == -signal.SIGKILL
    assert content(tmp_path / "out") == held
    export(growing, tmp_path / "out")
    export(growing, tmp_path / "fresh")
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


# --------------------------------------------------------------------------- refused


def test_by_month_replaces_the_data_set_of_another_store_only_when_told_to(growing, tmp_path):
    export(growing, tmp_path / "out")
    open_database(tmp_path / "other", create=True).close()
    before = content(tmp_path / "out")
    with pytest.raises(ValueNotUnderstood, match="--force"):
        export(tmp_path / "other", tmp_path / "out")
    assert content(tmp_path / "out") == before
    export(tmp_path / "other", tmp_path / "out", force=True)


def test_by_month_never_replaces_a_folder_with_something_else(crisis, tmp_path):
    export(crisis, tmp_path / "out")
    (tmp_path / "out" / "events" / "notes.txt").write_text("mine")
    for force in (False, True):
        with pytest.raises(ValueNotUnderstood, match=r"something else.*notes\.txt"):
            export(crisis, tmp_path / "out", force=force)
    assert (tmp_path / "out" / "events" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("damage", ["", "{}", "[1]", "\x00"])
def test_by_month_refuses_a_data_set_with_a_damaged_manifest(crisis, tmp_path, damage):
    export(crisis, tmp_path / "out")
    (tmp_path / "out" / MANIFEST).write_text(damage)
    with pytest.raises(ValueNotUnderstood, match="--force"):
        export(crisis, tmp_path / "out")
    export(crisis, tmp_path / "out", force=True)
    assert json.loads((tmp_path / "out" / MANIFEST).read_text())["format"] == parquet.FORMAT


def test_by_month_refuses_the_folder_of_a_plain_export(crisis, store, tmp_path):
    kept = Kept(store=store, asked={}, watch=lambda things, *_: things)
    PARQUET.write(kept, str(tmp_path / "out"), force=False)
    with pytest.raises(ValueNotUnderstood, match="something else"):
        export(crisis, tmp_path / "out")


def test_by_month_refuses_standard_output_and_a_file(crisis, tmp_path):
    (tmp_path / "file").write_text("mine")
    for out in ("-", tmp_path / "file"):
        with pytest.raises(ValueNotUnderstood, match="folder"):
            export(crisis, out)
