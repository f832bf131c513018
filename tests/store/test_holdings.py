import re
from datetime import date
from pathlib import Path

from tocsin.records import Failure, SetAside, to_json
from tocsin.store.content import LEDGER, content_tables, dump_content, word_indexes
from tocsin.store.database import open_database, read_schema
from tocsin.store.holdings import read_holdings
from tocsin.store.migrations import SCHEMA_VERSION


def test_read_holdings_counts_what_is_in_the_store(folder, connection, writer, selin):
    later = selin("Later. " + selin().text, published=date(2025, 3, 9))
    writer.keep(
        [
            ("1", "a", selin(url="https://one.example/1").report),
            ("2", "b", selin(url="https://two.example/1").report),
            ("3", "c", later.report),
            ("4", "d", SetAside(origin="d", language="fr")),
            ("5", "e", SetAside(origin="e", language="fr")),
            ("6", "f", Failure(origin="f", error="EncodingError", message="not UTF-8")),
        ]
    )
    status = to_json(read_holdings(connection))
    assert status.pop("bytes") == sum(path.stat().st_size for path in folder.iterdir()) > 0
    assert status == {
        "folder": str(folder),
        "schema": SCHEMA_VERSION,
        "articles": 3,
        "texts": 2,
        "set_aside": {"fr": 2},
        "failed": {"EncodingError": 1},
        "statements": 6,
        "events": 2,
        "office_claims": 2,
        "findings": {"tenure": {"no_record": 2}},
        "speakers": 0,
        "quotations": 0,
        "families": 0,
        "reported_events": 0,
        "background": 0,
        "first": "2025-03-04",
        "last": "2025-03-09",
        "undated": 0,
        "readers": [None],
        "last_run": None,
        "judgements": 0,
        "pending": 8,
    }


def test_read_holdings_of_an_empty_store_has_no_days(connection):
    status = read_holdings(connection)
    assert (status.articles, status.first, status.last) == (0, None, None)


def test_dump_covers_every_table_of_the_schema(connection):
    named = set(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", read_schema()))
    assert named - LEDGER == {*content_tables(connection), *word_indexes(connection)}


def test_dump_does_not_depend_on_rowids(tmp_path: Path, selin):
    from tocsin.store.writer import Writer

    drafts = [selin(url="https://one.example/1"), selin("Later. " + selin().text)]
    dumps = []
    for name, ordered in (("one", drafts), ("other", drafts[::-1])):
        connection = open_database(tmp_path / name, create=True)
        for draft in ordered:
            Writer(connection).keep([(draft.text, "o", draft.report)])
        dumps.append(list(dump_content(connection)))
    assert dumps[0] == dumps[1]
    assert len({row[0] for row in dumps[0]}) == 9
