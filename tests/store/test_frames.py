"""Flat tables: columns that keep their names, and the same cells in every library."""

import sys
from datetime import date

import pytest

from tocsin.store.frames import arrow_batches, row_of
from tocsin.store.kinds import EVENTS, KINDS
from tocsin.store.kinds.kind import joined


def test_columns_of_events_keep_their_names_and_order():
    assert [column.name for column in EVENTS.columns] == [
        *("id", "type", "mode", "quad", "score", "contexts"),
        *("actors", "actor_countries", "actor_sectors"),
        *("recipients", "recipient_countries", "recipient_sectors"),
        *("day", "until", "place", "country", "latitude", "longitude", "status", "statuses"),
        *("articles", "reports", "independent", "contradicted", "reliability", "credibility"),
        *("grade", "told", "outlets", "article", "title", "outlet", "url"),
        *("confidence", "background", "grade_sentence", "listed"),
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_columns_with_help_and_no_name_twice(kind):
    columns = kind.columns
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.help for column in columns)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_frames_of_every_kind_agree(store, kind):
    results = getattr(store, kind.name)()
    rows = [row_of(found, results.columns) for found in results.found()]
    names = [column.name for column in results.columns]
    assert rows
    assert results.to_polars().rows() == [tuple(row) for row in rows]
    assert [list(row.values()) for row in results.to_arrow().to_pylist()] == rows
    frame = results.to_pandas()
    assert list(frame.columns) == names
    assert len(frame) == len(rows)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_empty_frame_has_all_columns(store, kind):
    nothing = getattr(store, kind.name)(limit=0)
    names = [column.name for column in nothing.columns]
    assert nothing.to_polars().columns == names
    assert nothing.to_arrow().column_names == names
    assert list(nothing.to_pandas().columns) == names


def test_days_are_days_in_every_frame(store):
    struck = store.events(type="ASSAULT", mode="drone")
    assert struck.to_polars()["day"].to_list() == [date(2024, 10, 30)]
    assert struck.to_arrow()["day"].to_pylist() == [date(2024, 10, 30)]
    assert struck.to_pandas()["day"].dt.day.to_list() == [30]


def test_grades_and_other_words_are_strings_in_every_frame(store):
    moved = store.events(actor="PRK", type="MOBILIZE")
    for name, value in (("grade", "B5"), ("status", "reported")):
        assert moved.to_polars()[name].to_list() == [value]
        assert str(moved.to_polars()[name].dtype) == "String"
        assert moved.to_pandas()[name].to_list() == [value]
        assert type(moved.to_pandas()[name][0]) is str


def test_days_have_the_types_that_frames_have_for_days(store):
    assert str(store.events().to_pandas()["day"].dtype).startswith("datetime64")
    assert str(store.events().to_polars()["day"].dtype) == "Date"


def test_a_day_that_is_not_known_is_missing(store):
    offered = store.events(type="AID")
    assert offered.to_polars()["day"].to_list() == [None]
    assert offered.to_pandas()["day"].isna().all()


def test_a_row_holds_what_the_record_says(store):
    (row,) = store.events(actor="PRK").to_polars().to_dicts()
    (event,) = store.events(actor="PRK")
    assert (row["id"], row["type"], row["mode"]) == (event.id, "MOBILIZE", "troops")
    assert (row["place"], row["country"], row["latitude"]) == ("Kursk", "RUS", 51.7)
    assert (row["status"], row["statuses"]) == ("reported", "reported; denied")
    printed = {"Seoul Ledger", "Coast Daily", "Moscow Mirror", "Harbour Post"}
    assert set(row["outlets"].split("; ")) == printed
    assert row["contradicted"] is True
    assert row["grade"] == f"{event.grade.reliability}{event.grade.credibility}"
    assert row["grade_sentence"] == event.grade.sentence
    assert row["url"].endswith(".example/2024-10-29")


def test_batches_hold_few_rows_at_a_time(store, monkeypatch):
    monkeypatch.setattr("tocsin.store.frames.BATCH", 2)
    results = store.statements()
    batches = list(arrow_batches(results.found(), results.columns))
    assert {batch.num_rows for batch in batches} <= {1, 2}
    assert sum(batch.num_rows for batch in batches) == results.count()


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_library_that_is_missing_says_how_to_get_it(store, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        ImportError, match=rf"{library} is not installed.* pip install 'tocsin\[frames\]'$"
    ):
        getattr(store.events(), f"to_{library}")()


def test_joined_names_each_once():
    assert joined(["a", None, "b", "a", ""]) == "a; b"
    assert joined([]) is None


def test_results_and_store_are_short_in_words(store):
    asked = store.events(actor="PRK", since=date(2024, 10, 1), limit=3)
    assert repr(asked) == f"{store!r}.events(actor='PRK', since='2024-10-01', limit=3)"
