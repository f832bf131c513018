import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from benchmarks.crowd import make_copies
from tests.crisis import make_crisis
from tocsin.errors import StoreError
from tocsin.records import Event, Naming
from tocsin.store import database
from tocsin.store.content import LEDGER, content_tables, dump_content
from tocsin.store.database import FILE_NAME, open_database, store_errors, write_batch
from tocsin.store.fromjson import from_json
from tocsin.store.migrations import SCHEMA_VERSION, migrate
from tocsin.store.settle import settle
from tocsin.store.verify_text import find_text_problems
from tocsin.store.writer import Writer
from tocsin.together.texts.families import MOST_HOLDERS


def test_open_makes_a_store_with_folders_above_it(tmp_path):
    connection = open_database(tmp_path / "new" / "crisis #1?", create=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_open_finds_what_was_kept_before(folder, selin):
    first = open_database(folder, create=True)
    Writer(first).keep([("k", "a.txt", selin().report)])
    content = list(dump_content(first))
    first.close()
    assert list(dump_content(open_database(folder, create=True))) == content


def test_open_refuses_a_folder_without_a_store(tmp_path):
    with pytest.raises(StoreError, match=r"no store in this folder.*tocsin add"):
        open_database(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("create", [False, True])
def test_open_refuses_a_file(tmp_path, create):
    path = tmp_path / "crisis"
    path.write_text("notes")
    with pytest.raises(StoreError, match="this is a file, and a store is a folder"):
        open_database(path, create=create)


def test_open_refuses_a_missing_folder(tmp_path):
    with pytest.raises(StoreError, match="there is no such store"):
        open_database(tmp_path / "nowhere", read_only=True)


def test_open_refuses_a_name_no_folder_can_have():
    with pytest.raises(StoreError, match=r"cannot be used|no such store"):
        open_database("a\0b", create=True)


@pytest.mark.parametrize("read_only", [False, True])
def test_open_refuses_what_is_no_database(folder, read_only):
    folder.mkdir()
    (folder / FILE_NAME).write_text("not a database at all " * 100)
    with pytest.raises(StoreError, match="is no database, or damaged"):
        open_database(folder, read_only=read_only)


def test_open_refuses_the_database_of_another_program(folder):
    folder.mkdir()
    other = sqlite3.connect(folder / FILE_NAME)
    other.execute("CREATE TABLE notes (note)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_database(folder, create=True)


def test_open_refuses_a_newer_store(folder, connection):
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    with pytest.raises(
        StoreError, match=f"newer Tocsin made this store: version {SCHEMA_VERSION + 1}"
    ):
        open_database(folder)


@pytest.mark.parametrize("pages", [0, 1])
def test_open_completes_a_store_whose_making_was_broken_off(folder, pages):
    folder.mkdir()
    begun = sqlite3.connect(folder / FILE_NAME)
    if pages:
        begun.execute("PRAGMA journal_mode=WAL")
    begun.close()
    with pytest.raises(StoreError, match="no store in this folder"):
        open_database(folder)
    connection = open_database(folder, create=True)
    assert connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)


_KILLED = """
import os, signal, sqlite3, sys
from tocsin.store import database
run = database.run_script
def broken_off(connection, script):
    run(connection, script[: len(script) // 2].rpartition(";")[0] + ";")
    os.kill(os.getpid(), signal.SIGKILL)
database.run_script = broken_off
database.open_database(sys.argv[1], create=True)
"""


def test_open_makes_a_store_whole_after_a_kill_while_it_was_made(folder):
    killed = subprocess.run([sys.executable, "-c", _KILLED, folder], check=False)
    assert killed.returncode == -9
    connection = open_database(folder, create=True)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM pending").fetchone() == (0,)


def test_open_makes_one_store_for_two_who_make_it_at_once(folder):
    found = []
    threads = [threading.Thread(target=lambda: found.append(_version_of(folder))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [SCHEMA_VERSION] * 4


def _version_of(folder):
    connection = open_database(folder, create=True)
    return connection.execute("PRAGMA user_version").fetchone()[0]


# --------------------------------------------------------------------------- reading only


@pytest.mark.usefixtures("connection")
def test_reading_only_refuses_to_write(folder):
    reader = open_database(folder, read_only=True)
    with pytest.raises(StoreError, match="may not be written to"), store_errors(folder):
        reader.execute("INSERT INTO pending VALUES ('text', 'x')")


def test_reading_only_sees_one_moment_while_another_writes(folder, connection):
    reader = open_database(folder, read_only=True)
    with write_batch(connection):
        connection.execute("INSERT INTO pending VALUES ('text', 'x')")
        assert reader.execute("SELECT count(*) FROM pending").fetchone() == (0,)
    assert reader.execute("SELECT count(*) FROM pending").fetchone() == (1,)


@contextmanager
def _someone_else():
    """Be a user who owns nothing, where the tests run as one who may do all."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public():
    """A folder that everybody may look into, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def test_reading_only_works_where_nothing_may_be_written(public, selin):
    connection = open_database(public, create=True)
    Writer(connection).keep([("k", "a.txt", selin().report)])
    connection.close()
    public.chmod(0o555)
    with _someone_else():
        reader = open_database(public, read_only=True)
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        reader.close()
    assert [path.name for path in public.iterdir()] == [FILE_NAME]


@pytest.fixture
def crashed(public, folder, writer, selin):
    """A store as a crash leaves it: its one article is still in SQLite's log."""
    writer.keep([("k", "a.txt", selin().report)])
    for name in (FILE_NAME, f"{FILE_NAME}-wal"):
        (public / name).write_bytes((folder / name).read_bytes())
    return public


def test_reading_only_reads_what_a_crash_left_in_the_log(crashed):
    reader = open_database(crashed, read_only=True)
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_reading_only_says_who_must_open_what_a_crash_left(crashed):
    crashed.chmod(0o555)
    with _someone_else(), pytest.raises(StoreError, match="someone who may write to it must open"):
        open_database(crashed, read_only=True)


def test_opening_to_write_says_when_nothing_may_be_written(public):
    open_database(public, create=True).close()
    public.chmod(0o555)
    (public / FILE_NAME).chmod(0o444)
    with _someone_else(), pytest.raises(StoreError, match="may not be written to"):
        open_database(public).execute("INSERT INTO pending VALUES ('text', 'x')")


def test_opening_says_when_the_file_may_not_be_read(public):
    open_database(public, create=True).close()
    (public / FILE_NAME).chmod(0o000)
    with _someone_else(), pytest.raises(StoreError, match="the store cannot be opened"):
        open_database(public, read_only=True)


# --------------------------------------------------------------------------- writing


def test_write_batch_waits_and_then_says_who_is_in_the_way(folder, connection):
    second = open_database(folder, wait=0.1)
    with (
        write_batch(connection),
        pytest.raises(StoreError, match="another process has been writing"),
        write_batch(second),
    ):
        pass


def test_write_batch_undoes_all_after_an_error(connection):
    def stop():
        connection.execute("INSERT INTO pending VALUES ('text', 'x')")
        raise KeyError

    with pytest.raises(KeyError), write_batch(connection):
        stop()
    assert connection.execute("SELECT count(*) FROM pending").fetchone() == (0,)


def test_two_writers_at_once_keep_everything(folder, selin):
    open_database(folder, create=True).close()
    texts = [f"{selin().text}\nIt was the shelling number {i}." for i in range(20)]
    reports = [selin(text).report for text in texts]

    def keep(name, chosen):
        writer = Writer(open_database(folder))
        for i, report in enumerate(chosen):
            writer.keep([(f"{name} {i}", f"{name} {i}", report)])

    threads = [
        threading.Thread(target=keep, args=("one", reports[:12])),
        threading.Thread(target=keep, args=("two", reports[8:])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = open_database(folder, read_only=True)
    counts = [reader.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("texts", "items")]
    assert counts == [20, 24]


def test_a_full_disk_is_an_error_that_says_so(connection, writer, selin):
    connection.execute("PRAGMA max_page_count=1")  # what SQLite says then, it says of a full disk
    with pytest.raises(StoreError, match="no room left"):
        writer.keep([("k", "a.txt", selin(selin().text + " More." * 100_000).report)])
    assert not connection.in_transaction


def test_a_fault_of_our_own_is_no_store_error(folder, connection):
    with pytest.raises(sqlite3.IntegrityError), store_errors(folder):
        connection.execute("INSERT INTO pending VALUES (NULL, NULL)")


# --------------------------------------------------------------------------- versions

_OLDER = {
    0: "DROP INDEX notes_by_day;\nALTER TABLE notes ADD COLUMN outlet TEXT;\n"
    "CREATE INDEX notes_by_outlet ON notes (outlet);"
}


@pytest.fixture
def older():
    """A store of a version before the first: another index, one column less."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE notes (day TEXT)")
    connection.execute("CREATE INDEX notes_by_day ON notes (day)")
    connection.execute("INSERT INTO notes VALUES ('2025-03-04')")
    return connection


def test_migrate_takes_all_steps_and_keeps_the_rows(older):
    steps = _OLDER | {1: "UPDATE notes SET outlet = 'Selin Post'"}
    with write_batch(older):
        migrate(older, steps=steps, to=2)
    assert older.execute("SELECT * FROM notes").fetchall() == [("2025-03-04", "Selin Post")]
    assert older.execute("PRAGMA user_version").fetchone() == (2,)


@pytest.fixture
def first_version(writer, selin, connection):
    """A store as version 1 had it, made of one of today."""
    writer.keep([("k", "a.txt", selin().report)])
    settle(connection)
    first = sqlite3.connect(":memory:", isolation_level=None)
    first.executescript((Path(__file__).parent / "schema_1.sql").read_text(encoding="utf-8"))
    first.execute("PRAGMA user_version=1")
    for table in content_tables(connection):
        columns = [row[1] for row in first.execute(f"PRAGMA table_info({table})")]
        names = ", ".join(f'"{each}"' for each in columns)
        for row in connection.execute(f"SELECT {names} FROM {table}").fetchall():
            marks = ", ".join("?" * len(columns))
            first.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
    for table, column, words in (
        ("texts", "account", ',"reader":null'),
        ("events", "record", ',"confidence":0.9'),
        ("events", "record", ',"mentions":[]'),
        ("reported_events", "record", ',"confidence":0.9'),
    ):
        first.execute(f"UPDATE {table} SET {column} = replace({column}, ?, '')", (words,))
    return first


def test_migrate_brings_the_first_version_to_the_schema_of_today(first_version, connection):
    with write_batch(first_version):
        migrate(first_version)

    tables = sorted(LEDGER | {*content_tables(connection)})

    def shape(store):
        names = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        columns = [store.execute(f"PRAGMA table_info({t})").fetchall() for t in tables]
        return store.execute(names).fetchall(), columns

    assert shape(first_version) == shape(connection)
    indexes = "SELECT name, replace(sql, char(10) || ' ', '') FROM sqlite_master WHERE type='index'"
    assert set(first_version.execute(indexes)) == set(connection.execute(indexes))


def test_migrate_gives_events_of_the_first_version_the_confidence_of_their_rules(first_version):
    with write_batch(first_version):
        migrate(first_version)
    (event,) = read_events(first_version)
    assert (event.confidence, event.mentions) == (0.7, ())
    text_id = first_version.execute("SELECT id FROM texts").fetchone()[0]
    problems = list(find_text_problems(first_version, text_id))
    assert problems == []


def test_migrate_notes_all_reported_events_of_the_first_version(first_version):
    with write_batch(first_version):
        migrate(first_version)
    kinds = [kind for (kind,) in first_version.execute("SELECT kind FROM pending ORDER BY kind")]
    assert kinds == ["block", "event"]


def test_migrate_finds_of_pairs_what_settling_finds(tmp_path):
    folder = make_crisis(tmp_path / "crisis")
    store = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    found = "SELECT reported, actor, recipient, told, stands, speaker FROM reported_pairs"
    settled = sorted(store.execute(found))
    assert {row[4] for row in settled} == {0, 1}
    store.execute("DROP TABLE judgements")
    store.execute("DROP INDEX reported_pairs_by_told")
    for column in ("told", "stands", "speaker"):
        store.execute(f"ALTER TABLE reported_pairs DROP COLUMN {column}")
    store.execute("PRAGMA user_version=2")
    with write_batch(store):
        migrate(store)
    assert sorted(store.execute(found)) == settled


def test_migrate_parts_pairs_that_are_not_compared_any_more(tmp_path, writer, connection):
    """Of keys in many texts each was compared with twelve once, and is with four."""
    copies = [(r.article.id, "", r) for r in make_copies(MOST_HOLDERS + 20, Random(3))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tocsin.store.settle.pairs.NEIGHBOURS", 12)
        writer.keep(copies)
        settle(connection)
    connection.execute("PRAGMA user_version=4")
    with write_batch(connection):
        migrate(connection)
    settle(connection)
    new = open_database(tmp_path / "new", create=True)
    Writer(new).keep(copies)
    settle(new)
    assert list(dump_content(connection)) == list(dump_content(new))


def test_migrate_notes_the_families_of_texts_that_wait(writer, connection):
    """What waits in a store of version 5 may have lost a copy, and its family fallen apart."""
    writer.keep((r.article.id, "", r) for r in make_copies(3, Random(3)))
    settle(connection)
    (text_id, family), *_ = connection.execute("SELECT id, family FROM texts ORDER BY id")
    connection.execute("INSERT INTO pending VALUES ('family', ?)", (text_id,))
    connection.execute("PRAGMA user_version=5")
    with write_batch(connection):
        migrate(connection)
    noted = connection.execute("SELECT key FROM pending WHERE kind = 'family'")
    assert {key for (key,) in noted} == {text_id, family}


def test_migrate_notes_what_somebody_without_a_name_tells(writer, connection, draft):
    """Before version 6 each who had no name was a voice of their own."""
    for naming, kind in ((Naming.ANONYMOUS, "ASSAULT"), (Naming.NAMED, "PROTEST")):
        told = f"Boats met off Selin in {kind}"
        made = draft(text=f"{told}, an officer said.")
        said = made.state(made.actor("officer"), told, naming=naming)
        made.happen(told, told, asserted_by=said.id, type=kind)
        writer.keep([(kind, "", made.report)])
    settle(connection)
    connection.execute("PRAGMA user_version=5")
    with write_batch(connection):
        migrate(connection)
    query = "SELECT type FROM reported_events WHERE id IN"
    noted = connection.execute(f"{query} (SELECT key FROM pending WHERE kind = 'event')")
    assert noted.fetchall() == [("ASSAULT",)]


def read_events(connection):
    rows = connection.execute("SELECT record FROM events").fetchall()
    return [from_json(Event, json.loads(record)) for (record,) in rows]


def test_migrate_broken_off_leaves_the_old_version_whole(older):
    before = older.execute("SELECT * FROM sqlite_master").fetchall()
    with pytest.raises(StoreError), write_batch(older):
        migrate(older, steps=_OLDER | {1: "CREATE INDEX broken ON nothing (x)"}, to=2)
    assert older.execute("SELECT * FROM sqlite_master").fetchall() == before
    assert older.execute("PRAGMA user_version").fetchone() == (0,)


_KILLED_MIGRATING = """
import os, signal, sys
from tocsin.store.database import open_database, write_batch
from tocsin.store.migrations import SCHEMA_VERSION, migrate
connection = open_database(sys.argv[1])
with write_batch(connection):
    steps = {SCHEMA_VERSION: "DROP TABLE sketches;"}
    migrate(connection, steps=steps, to=SCHEMA_VERSION + 1)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_migrate_killed_leaves_the_old_version_whole(folder, connection):
    killed = subprocess.run([sys.executable, "-c", _KILLED_MIGRATING, folder], check=False)
    assert killed.returncode == -9
    assert connection.execute("SELECT count(*) FROM sketches").fetchone() == (0,)
    assert _version_of(folder) == SCHEMA_VERSION


def test_migrate_refuses_a_version_it_has_no_way_from(older):
    with pytest.raises(StoreError, match="no longer read: version 0"), write_batch(older):
        migrate(older, steps={1: ""}, to=2)


@pytest.fixture
def aged(folder, connection, monkeypatch):
    """A store that was made by a Tocsin one version older than the one that opens it."""
    connection.close()
    monkeypatch.setattr(database, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    steps = {SCHEMA_VERSION: "CREATE TABLE notes (note TEXT PRIMARY KEY);"}
    monkeypatch.setattr(
        database, "migrate", lambda c: migrate(c, steps=steps, to=SCHEMA_VERSION + 1)
    )
    return folder


def test_open_migrates_an_older_store(aged):
    connection = open_database(aged)
    assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)


def test_open_to_read_only_does_not_migrate(aged):
    with pytest.raises(StoreError, match="older Tocsin made this store"):
        open_database(aged, read_only=True)


def test_open_refuses_a_name_that_is_not_utf_8_and_makes_nothing(tmp_path):
    name = b"caf\xe9".decode("utf-8", "surrogateescape")
    with pytest.raises(StoreError, match="not in UTF-8"):
        open_database(tmp_path / name, create=True)
    assert not list(tmp_path.iterdir())
