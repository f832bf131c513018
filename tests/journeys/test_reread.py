"""A store of an earlier reader is brought up to date by `tocsin reread`, killed in the middle."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tocsin.store.content import dump_content
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.verify import verify_store

PROGRAM = Path(sys.executable).with_name("tocsin")

pytestmark = pytest.mark.slow

TOWNS = ("Selin", "Ormen", "Tarve", "Kolm", "Brinn", "Halden", "Mirow", "Sundby", "Loket", "Varna")


def articles():
    """Yield reports long enough that a kill finds the work half done."""
    for number, town in enumerate(TOWNS * 4):
        yield {
            "text": f"KYIV, March {number % 28 + 1} - Russian forces attacked Ukrainian troops near"
            f" {town} on Monday, the army said.\n\n“We will not leave the town of {town} to them,"
            f" not for a day,” said General {town} Orlin in message {number}.",
            "url": f"https://example.org/{number}",
            "published": f"2025-03-{number % 28 + 1:02}",
        }


@pytest.fixture(scope="module")
def crisis(tocsin, tmp_path_factory):
    """Return the folder of a store, and its content as the reader of today has made it."""
    folder = tmp_path_factory.mktemp("reread")
    news = folder / "news.jsonl"
    news.write_text("".join(f"{json.dumps(each)}\n" for each in articles()))
    added = tocsin("add", news, "--store", folder / "crisis", "--workers", 1)
    assert added.returncode == 0, added.stderr.decode()
    assert b"another version" not in added.stderr
    return folder / "crisis", content_of(folder / "crisis")


def content_of(folder):
    with closing(open_database(folder)) as connection:
        assert list(verify_store(connection)) == []
        return list(dump_content(connection))


def stale(folder, sql="SELECT count(*) FROM texts WHERE reader = '0.0+old'"):
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        return connection.execute(sql).fetchone()


def test_killed_in_the_middle_it_goes_on_and_ends_as_a_new_store(tocsin, crisis):
    folder, content = crisis
    age = (
        "UPDATE texts SET reader = '0.0+old', account = replace(account, reader, '0.0+old')"
        " RETURNING 1"
    )
    stale(folder, age)
    reading = subprocess.Popen([PROGRAM, "reread", "--store", folder, "--workers", "1"])
    while stale(folder)[0] == len(TOWNS) * 4 and reading.poll() is None:
        time.sleep(0.01)
    os.kill(reading.pid, signal.SIGKILL)
    reading.wait()
    assert 0 < stale(folder)[0] < len(TOWNS) * 4

    asked = tocsin("events", "--store", folder, "--count")
    assert asked.returncode == 0
    assert b"mixes what 2 versions of the reader found" in asked.stderr
    again = tocsin("reread", "--store", folder, "--workers", "1")
    assert again.returncode == 0, again.stderr.decode()
    assert b"texts read again; 0 failed" in again.stdout
    assert content_of(folder) == content
    assert tocsin("events", "--store", folder, "--count").stderr == b""


def test_adding_to_a_store_of_another_version_is_said(tocsin, crisis, tmp_path):
    folder, _ = crisis
    stale(folder, "UPDATE texts SET reader = '0.0+old' RETURNING 1")
    article = tmp_path / "one.txt"
    article.write_text("The army of Vardan said on Monday that it had left the port of Selin.")
    added = tocsin("add", article, "--store", folder, "--workers", "1")
    assert added.returncode == 0
    assert b"texts of the store were read by another version of the reader" in added.stderr
    assert b"tocsin reread" in added.stderr
