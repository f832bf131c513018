"""The CSV and the Parquet export, which write the same tables."""

import io
from dataclasses import replace
from datetime import date

import duckdb
import pandas
import polars
import pytest

from tests.publish import exported
from tocsin.publish.exports.tables import Table, Told, write_csv, write_parquet, write_table
from tocsin.store import frames
from tocsin.store.kinds import EVENTS, SPEAKERS
from tocsin.store.kinds.declared import columns_of
from tocsin.store.kinds.events import FoundEvent
from tocsin.store.kinds.speakers import FoundSpeaker


def events_table(*events):
    found = [FoundEvent(event=event) for event in events]
    return Table(name="events", columns=EVENTS.columns, rows=lambda: iter(found))


def tellings_table(*events):
    told = [Told(event=event, telling=each) for event in events for each in event.tellings]
    return Table(name="tellings", columns=columns_of("tellings"), rows=lambda: told)


def texts_table(*articles):
    return Table(name="texts", columns=columns_of("texts"), rows=lambda: articles)


def speaker(name):
    return FoundSpeaker(
        key=f"person:{name}",
        name=name,
        kind="person",
        office=name,
        country=None,
        reference=None,
        statements=-3,
        quotations=1,
        articles=1,
        first=date(2025, 3, 4),
        last=None,
        verdict=None,
    )


def speakers_table(*names):
    found = [speaker(name) for name in names]
    return Table(name="speakers", columns=SPEAKERS.columns, rows=lambda: iter(found))


# --------------------------------------------------------------------------- CSV


@pytest.fixture
def read_csv(tmp_path):
    def read(*tables, **options):
        write_csv(tmp_path, tables)
        return [
            pandas.read_csv(tmp_path / f"{each.name}.csv", encoding="utf-8", **options)
            for each in tables
        ]

    return read


def test_write_csv_writes_a_file_for_each_table(tmp_path):
    event = exported.reported()
    outcome = write_csv(tmp_path, [events_table(event), tellings_table(event)])
    assert {path.name for path in tmp_path.iterdir()} == {"events.csv", "tellings.csv"}
    assert outcome.sentence() == "1 event, 1 telling"


def test_write_csv_heads_a_table_without_rows(read_csv):
    (table,) = read_csv(events_table())
    assert list(table.columns) == [column.name for column in EVENTS.columns]
    assert table.empty


def test_write_csv_keeps_numbers_days_and_truth_values(read_csv):
    (table,) = read_csv(events_table(exported.reported()), parse_dates=["day"])
    row = table.iloc[0]
    assert table.dtypes["score"] == "float64"
    assert table.dtypes["contradicted"] == "bool"
    assert (row.score, row.latitude, row.contradicted) == (-9.5, 49.98, False)
    assert row.day.date() == date(2025, 3, 3)


def test_write_csv_is_read_by_polars(tmp_path):
    write_csv(tmp_path, [events_table(exported.reported(), exported.meeting())])
    table = polars.read_csv(tmp_path / "events.csv", try_parse_dates=True)
    assert table.shape == (2, len(EVENTS.columns))
    assert table.schema["day"] == polars.Date
    assert table.schema["quad"] == polars.Int64
    assert table["latitude"].to_list() == [49.98, None]


def test_write_csv_does_not_defuse_numbers(read_csv):
    (table,) = read_csv(speakers_table("Ana Sol"))
    assert table.statements[0] == -3


def test_write_csv_defuses_what_a_spreadsheet_would_calculate(read_csv):
    (table,) = read_csv(speakers_table(*exported.HOSTILE), keep_default_na=False)
    assert len(table) == len(exported.HOSTILE)
    cells = [cell for name in ("key", "name", "office") for cell in table[name]]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert "'=HYPERLINK" in table.name[0]


def test_write_csv_shows_what_steers_or_misleads(read_csv):
    (table,) = read_csv(speakers_table(*exported.HOSTILE), keep_default_na=False)
    assert table.name[8] == "nul[U+0000] and bell[U+0007]"
    assert table.name[9] == "[U+202E]revo gnitirw"
    assert table.name[11:13].tolist() == list(exported.HOSTILE[11:13])


def test_write_csv_counts_a_telling_for_each_text_and_event():
    event = exported.told()
    two = exported.reported(
        exported.telling(event), exported.telling(replace(event, id="e2"), voice=2)
    )
    file = io.StringIO()
    write_table(file, tellings_table(two, exported.meeting()))
    table = pandas.read_csv(io.StringIO(file.getvalue()))
    assert len(table) == 3
    assert list(table.voice) == [1, 2, 1]
    assert exported.TEXT[table.start[0] : table.end[0]] == table.told[0]


# --------------------------------------------------------------------------- Parquet


def test_write_parquet_is_read_by_duckdb(tmp_path):
    write_parquet(tmp_path, [events_table(exported.reported(), exported.meeting())])
    found = duckdb.sql(
        f"SELECT type, day, score, contradicted, latitude FROM '{tmp_path}/events.parquet'"
        " ORDER BY type"
    )
    assert found.fetchall() == [
        ("ASSAULT", date(2025, 3, 3), -9.5, False, 49.98),
        ("CONSULT", date(2025, 3, 3), 4.0, False, None),
    ]
    assert [str(kind) for kind in found.types] == ["VARCHAR", "DATE", "DOUBLE", "BOOLEAN", "DOUBLE"]


def test_write_parquet_joins_tellings_to_texts_by_offset(tmp_path):
    article = exported.article()
    event = exported.reported(exported.telling(exported.told(), text_id=article.text_id))
    write_parquet(tmp_path, [tellings_table(event), texts_table(article)])
    found = duckdb.sql(
        f'SELECT told, substring(text, start + 1, "end" - start) FROM'
        f" '{tmp_path}/tellings.parquet' t JOIN '{tmp_path}/texts.parquet' x ON x.id = t.text_id"
    ).fetchall()
    assert len(found) == 1
    assert found[0][0] == found[0][1]


def test_write_parquet_gives_an_empty_table_its_columns(tmp_path):
    write_parquet(tmp_path, [events_table()])
    table = polars.read_parquet(tmp_path / "events.parquet")
    assert table.columns == [column.name for column in EVENTS.columns]
    assert table.height == 0


def test_write_parquet_compresses_with_zstd(tmp_path):
    write_parquet(tmp_path, [events_table(exported.reported())])
    path = tmp_path / "events.parquet"
    used = duckdb.sql(f"SELECT DISTINCT compression FROM parquet_metadata('{path}')").fetchall()
    assert used == [("ZSTD",)]


def test_write_parquet_streams_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(frames, "BATCH", 2)
    write_parquet(tmp_path, [events_table(*(exported.reported(id=str(n)) for n in range(5)))])
    path = tmp_path / "events.parquet"
    groups = duckdb.sql(f"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{path}')")
    assert groups.fetchall() == [(3,)]


def test_write_parquet_keeps_hostile_text_as_it_is(tmp_path):
    write_parquet(tmp_path, [speakers_table(*exported.HOSTILE)])
    names = pandas.read_parquet(tmp_path / "speakers.parquet")["name"].tolist()
    assert names == list(exported.HOSTILE)
