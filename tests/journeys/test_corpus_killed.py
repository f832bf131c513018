"""`tocsin add` is killed at random moments, started again, and ends as if nothing had happened."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.corpus.made_week import make_week
from tocsin.store.content import dump_content
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.verify import verify_store

PROGRAM = Path(sys.executable).with_name("tocsin")
KILLS = 20
SEED = 20250304

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc"),
]


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    return make_week(tmp_path_factory.mktemp("news") / "week")


@pytest.fixture(scope="module")
def undisturbed(week, tmp_path_factory):
    """The content of a store that nobody disturbed, and the seconds that making it took."""
    folder = tmp_path_factory.mktemp("undisturbed") / "crisis"
    started = time.monotonic()
    adding = start(week, folder)
    assert adding.wait(timeout=120) == 1  # the blank file and the picture fail
    return content_of(folder), time.monotonic() - started


def start(week, folder):
    """Start the real command in a session of its own, by which its processes are found again."""
    return subprocess.Popen(
        [PROGRAM, "add", week, "--store", folder, "--workers", "2"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def content_of(folder):
    with closing(open_database(folder)) as connection:
        assert list(verify_store(connection)) == []
        return list(dump_content(connection))


def processes_of(session):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name_and_rest = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if name_and_rest[0] != "Z" and int(name_and_rest[3]) == session:
            found.append(int(stat.parent.name))
    return found


def wait_for_the_end_of(session, seconds=10.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until and processes_of(session):
        time.sleep(0.02)
    assert processes_of(session) == [], "workers outlived the process that started them"


def count(folder, query):
    """Look into the store while it is being written; -1 while there is none."""
    try:
        with closing(sqlite3.connect(f"file:{folder / FILE_NAME}?mode=ro", uri=True)) as store:
            return store.execute(query).fetchone()[0]
    except sqlite3.OperationalError:
        return -1


def wait_for_settling(adding, folder, texts):
    """Wait until all articles are kept, and what they say together is being worked out."""
    while adding.poll() is None and count(folder, "SELECT count(*) FROM texts") < texts:
        time.sleep(0.005)


def test_killed_at_random_moments_it_ends_as_undisturbed(week, undisturbed, tmp_path):
    expected, seconds = undisturbed
    texts = sum(row[0] == "texts" for row in expected)
    chance = random.Random(SEED)
    kills, rounds = 0, 0
    while kills < KILLS:
        rounds += 1
        folder = tmp_path / f"crisis-{rounds}"
        while True:
            adding = start(week, folder)
            settling = chance.random() < 0.35
            delay = chance.uniform(0, 0.15) if settling else chance.uniform(0.1, 0.9) * seconds
            if settling:
                wait_for_settling(adding, folder, texts)
            try:
                adding.wait(timeout=delay)
                break  # it was faster
            except subprocess.TimeoutExpired:
                os.kill(adding.pid, signal.SIGKILL)
            adding.communicate()
            wait_for_the_end_of(adding.pid)
            kills += 1
            kept, pending = (
                count(folder, f"SELECT count(*) FROM {t}") for t in ("items", "pending")
            )
            print(f"kill {kills} after {delay:.3f} s: {kept} items kept, {pending} pending")
        adding.communicate()
        assert adding.returncode == 1
        assert content_of(folder) == expected
    print(f"{kills} kills in {rounds} stores, seed {SEED}")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.8])
def test_stopped_with_control_c_it_ends_cleanly_and_goes_on(week, undisturbed, tmp_path, share):
    expected, seconds = undisturbed
    adding = start(week, tmp_path / "crisis")
    while not (tmp_path / "crisis").exists():  # while it starts, Python answers in its own way
        time.sleep(0.01)
    time.sleep(share * seconds)
    os.killpg(adding.pid, signal.SIGINT)  # as a terminal does: every process gets it
    out, err = adding.communicate(timeout=20)
    assert "Traceback" not in err
    if adding.returncode != 1:  # it was not faster
        assert adding.returncode == 130
        assert "goes on from here" in out or "stopped" in err
    wait_for_the_end_of(adding.pid)
    again = start(week, tmp_path / "crisis")
    again.communicate(timeout=120)
    assert content_of(tmp_path / "crisis") == expected
