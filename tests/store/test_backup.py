import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tocsin.articles import compressed
from tocsin.errors import InputError, NotFoundError, StoreError, ValueNotUnderstood
from tocsin.store import backup as backups
from tocsin.store.backup import restore_backup, write_backup
from tocsin.store.content import LEDGER, dump_content
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.forget import forget_article
from tocsin.store.migrations import SCHEMA_VERSION
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer

SCHEMA_1 = (Path(__file__).parent / "schema_1.sql").read_text("utf-8")


@pytest.fixture
def made(crisis, tmp_path):
    """A backup of the made crisis, in a folder of its own."""
    write_backup(crisis, tmp_path / "backups" / "crisis.backup")
    return tmp_path / "backups" / "crisis.backup"


def whole(folder):
    """All that a store holds, with its ledger: arrivals, runs and judgements."""
    with closing(open_database(folder, read_only=True)) as connection:
        ledger = [
            (table, *row)
            for table in sorted(LEDGER)
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        ]
        return [*dump_content(connection), *ledger]


def change(made, **members):
    """Write the archive anew, with other members; None leaves one out."""
    with zipfile.ZipFile(made) as packed:
        kept = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (kept | members).items():
            if content is not None:
                packed.writestr(name, content)


def manifest_of(made):
    with zipfile.ZipFile(made) as packed:
        return json.loads(packed.read("manifest.json"))


def say(made, **said):
    """Change what the manifest says."""
    change(made, **{"manifest.json": json.dumps(manifest_of(made) | said)})


def test_restored_store_holds_what_the_store_held(crisis, made, tmp_path):
    restore_backup(made, tmp_path / "again")
    assert whole(tmp_path / "again") == whole(crisis)


def test_restored_store_is_sound(made, tmp_path):
    restore_backup(made, tmp_path / "again")
    assert list(verify_store(open_database(tmp_path / "again"))) == []


def test_backup_says_what_it_holds(crisis, made):
    manifest = manifest_of(made)
    with closing(open_database(crisis, read_only=True)) as connection:
        articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        judged = connection.execute("SELECT count(*) FROM judgements").fetchone()[0]
    assert manifest["counts"]["articles"] == articles
    assert manifest["counts"]["judgements"] == judged > 0
    assert manifest["schema"] == SCHEMA_VERSION


def test_backup_leaves_nothing_beside_it(made):
    assert [each.name for each in made.parent.iterdir()] == ["crisis.backup"]


def test_backup_holds_nothing_of_what_was_forgotten(folder, connection, selin, tmp_path):
    secret = selin(f"{selin().text}\nA man called Zyxwvut saw it.")
    other = selin(url="https://two.example/1")
    Writer(connection).keep([("1", "a.txt", secret.report), ("2", "b.txt", other.report)])
    settle(connection)
    forget_article(connection, secret.article.id)
    settle(connection)
    write_backup(folder, tmp_path / "b")
    with zipfile.ZipFile(tmp_path / "b") as packed:
        assert b"zyxwvut" not in packed.read(FILE_NAME).lower()


def test_backup_is_of_one_moment_while_a_writer_adds(folder, connection, selin, tmp_path):
    reports = [selin(f"{selin().text}\nNumber {n}.").report for n in range(20)]

    def add():
        with closing(open_database(folder)) as mine:
            for number, each in enumerate(reports):
                Writer(mine).keep([(str(number), f"{number}.txt", each)])

    thread = threading.Thread(target=add)
    thread.start()
    counts, number = [], 0
    while not counts or thread.is_alive():
        manifest = write_backup(folder, tmp_path / f"b{number}")
        restore_backup(tmp_path / f"b{number}", tmp_path / f"r{number}")
        with closing(open_database(tmp_path / f"r{number}")) as restored:
            assert [p for p in verify_store(restored) if p.kind == "damage"] == []
        counts.append(manifest.counts["articles"])
        number += 1
    assert counts == sorted(counts)
    assert connection.execute("SELECT count(*) FROM articles").fetchone() == (20,)


def test_backup_of_an_older_store_leaves_it_as_it_is(tmp_path):
    (tmp_path / "old").mkdir()
    with closing(sqlite3.connect(tmp_path / "old" / FILE_NAME)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.executescript(SCHEMA_1)
        connection.execute("PRAGMA user_version=1")
        connection.execute("PRAGMA application_id=0x544F4353")
    assert write_backup(tmp_path / "old", tmp_path / "b").schema == 1
    restore_backup(tmp_path / "b", tmp_path / "again")
    for folder in ("old", "again"):
        with closing(open_database(tmp_path / folder, read_only=True, older=True)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_backup_refuses_a_name_that_is_there(crisis, made):
    with pytest.raises(ValueNotUnderstood, match="--force"):
        write_backup(crisis, made)


def test_backup_replaces_a_backup_when_told_to(crisis, made):
    before = made.stat().st_ino
    write_backup(crisis, made, force=True)
    assert made.stat().st_ino != before
    assert manifest_of(made)["schema"] == SCHEMA_VERSION


def test_backup_never_replaces_another_file(crisis, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with zipfile.ZipFile(tmp_path / "report.docx", "w") as document:
        document.writestr("word/document.xml", "mine")
    for other in tmp_path.iterdir():
        before = other.read_bytes()
        with pytest.raises(ValueNotUnderstood, match="no backup"):
            write_backup(crisis, other, force=True)
        assert other.read_bytes() == before


def test_backup_that_is_broken_off_leaves_nothing(crisis, tmp_path):
    def stop(things, _, what):
        if what == "MB packed":
            raise KeyboardInterrupt
        return things

    with pytest.raises(KeyboardInterrupt):
        write_backup(crisis, tmp_path / "out" / "b", watch=stop)
    assert list((tmp_path / "out").iterdir()) == []


def test_restore_that_is_broken_off_leaves_nothing(made, tmp_path):
    def stop(things, _, __):
        yield next(iter(things))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore_backup(made, tmp_path / "out" / "again", watch=stop)
    assert list((tmp_path / "out").iterdir()) == []


def test_restore_fills_an_empty_folder(made, tmp_path):
    (tmp_path / "again").mkdir()
    restore_backup(made, tmp_path / "again")
    assert (tmp_path / "again" / FILE_NAME).is_file()


def test_restore_refuses_a_store_that_is_there(crisis, made):
    with pytest.raises(StoreError, match="already"):
        restore_backup(made, crisis)


def test_restore_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NotFoundError):
        restore_backup(tmp_path / "none", tmp_path / "again")


def _cut(made):
    made.write_bytes(made.read_bytes()[:-200])


def _blot(made):
    raw = made.read_bytes()
    middle = len(raw) // 2
    made.write_bytes(raw[:middle] + bytes(100) + raw[middle + 100 :])


def _swap_the_store(made):
    with zipfile.ZipFile(made) as packed:
        database = bytearray(packed.read(FILE_NAME))
    database[-5] ^= 1
    change(made, **{FILE_NAME: bytes(database)})


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_cut, "damaged or cut off"),
        (_blot, "damaged or cut off"),
        (_swap_the_store, "hash"),
        (lambda made: say(made, size=1), "size"),
        (lambda made: made.write_bytes(b"no archive at all" * 9), "no backup"),
        (lambda made: change(made, **{"manifest.json": None}), "no backup"),
        (lambda made: change(made, **{"manifest.json": "{}"}), "no backup"),
        (lambda made: change(made, **{FILE_NAME: None}), "no backup"),
    ],
    ids=["cut", "blot", "swapped", "size", "foreign", "no-manifest", "empty-manifest", "no-store"],
)
def test_restore_refuses_what_is_damaged_or_foreign(made, tmp_path, spoil, says):
    spoil(made)
    with pytest.raises(InputError, match=says):
        restore_backup(made, tmp_path / "out" / "again")
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("place", [-4, -12, -130, -134, 8, 40])
def test_restore_tells_of_every_byte_that_is_wrong(made, tmp_path, place):
    raw = bytearray(made.read_bytes())
    raw[place] ^= 0xFF
    made.write_bytes(raw)
    with contextlib.suppress(InputError):  # or it is of no account
        restore_backup(made, tmp_path / "again")
        assert list(verify_store(open_database(tmp_path / "again"))) == []


def test_restore_refuses_a_newer_store(made, tmp_path):
    say(made, schema=99)
    with pytest.raises(StoreError, match="newer Tocsin"):
        restore_backup(made, tmp_path / "again")


def test_restore_refuses_a_database_of_another_program(made, tmp_path):
    with closing(sqlite3.connect(tmp_path / "other")) as connection:
        connection.execute("CREATE TABLE mine (x)")
    raw = (tmp_path / "other").read_bytes()
    change(made, **{FILE_NAME: raw})
    say(made, size=len(raw), sha256=hashlib.sha256(raw).hexdigest())
    with pytest.raises(StoreError, match="another program"):
        restore_backup(made, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_restore_refuses_a_bomb_before_it_grows(made, tmp_path, monkeypatch):
    monkeypatch.setattr(compressed, "_ALWAYS_ALLOWED", 1_000_000)
    change(made, **{FILE_NAME: bytes(20_000_000)})
    say(made, size=20_000_000)
    with pytest.raises(InputError, match="size cannot be right"):
        restore_backup(made, tmp_path / "again")


def test_restore_refuses_what_the_disk_has_no_room_for(made, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StoreError, match="no room"):
        restore_backup(made, tmp_path / "again")


@pytest.mark.parametrize("kept", ["b", "again"])
def test_killed_one_leaves_nothing_of_its_name_and_does_not_hinder_the_next(
    crisis, made, tmp_path, kept
):
    def run(watch):
        if kept == "b":
            write_backup(crisis, tmp_path / "out" / "b", watch=watch)
        else:
            restore_backup(made, tmp_path / "out" / "again", watch=watch)

    child = os.fork()
    if child == 0:
        try:
            run(lambda things, _, what: os._exit(9) if "packed" in what else things)
        finally:
            os._exit(1)  # else the child would go on with the tests
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not (tmp_path / "out" / kept).exists()
    run(lambda things, _, __: things)
    assert (tmp_path / "out" / kept).exists()
