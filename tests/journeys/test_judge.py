"""Judging on the real command line, and judgements that are written when the process is killed."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.crisis import make_crisis
from tocsin.store.database import open_database
from tocsin.store.verify import verify_store

KILLS = 20
SEED = 20261130


@pytest.fixture
def crisis(tmp_path):
    return make_crisis(tmp_path / "crisis")


def first(tocsin, crisis, kind, *asked):
    done = tocsin(kind, "--store", crisis, "--json", "--limit", "1", *asked)
    return json.loads(done.stdout.decode().splitlines()[0])


def test_an_event_is_corrected_found_so_and_taken_back(tocsin, crisis):
    struck = first(tocsin, crisis, "events", "--actor", "UKR")
    said = ("judge", struck["id"], "--store", crisis, "--as", "Cy")
    done = tocsin(
        *said, "--correct", "status=alleged, recipients=RUS:MIL+BLR", "--note", "so Orlin"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert re.fullmatch(rb"Kept as 8: Cy, corrected, event [0-9a-f]{16}\n", done.stdout)
    found = first(tocsin, crisis, "judgements", "--judge", "cy")
    assert found["correction"] == {"status": "alleged", "recipients": ["RUS:MIL", "BLR"]}
    assert found["note"] == "so Orlin"
    assert first(tocsin, crisis, "events", "--judged", "corrected")["id"] == struck["id"]
    assert tocsin(*said, "--undo").returncode == 0
    assert tocsin("judgements", "--store", crisis, "--judge", "Cy", "--count").stdout == b"0\n"


@pytest.mark.parametrize(
    ("options", "code", "complaint"),
    [
        (("--confirm",), 5, "no such record"),
        ((), 2, "say one of --confirm"),
        (("--confirm", "--correct", "status=denied"), 2, "say one of --confirm"),
        (("--correct", "denied"), 2, "is not like status=denied"),
    ],
)
def test_what_is_not_understood_is_said(tocsin, crisis, options, code, complaint):
    done = tocsin("judge", "0123456789abcdef", "--store", crisis, "--as", "Ada", *options)
    assert (done.returncode, done.stdout) == (code, b"")
    assert complaint in done.stderr.decode()


def test_an_article_is_judged_through_and_exported(tocsin, crisis):
    article = first(tocsin, crisis, "articles", "--outlet", "Coast Daily", "--since", "2024-10-29")
    said = ("--store", crisis, "--as", "Ada")
    assert tocsin("judge", article["id"], *said, "--complete").returncode == 0
    done = tocsin("export", "marked", "-", "--store", crisis, "--judge", "ada")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert [row["text"][slice(*act["act"])] for act in row["acts"]] == ["moved"]
    assert b"1 article, 1 act" in done.stderr


def test_a_name_cannot_steer_the_terminal(tocsin, crisis):
    struck = first(tocsin, crisis, "events", "--actor", "UKR")
    done = tocsin("judge", struck["id"], "--store", crisis, "--as", "\x1b[2J\u202eada", "--confirm")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert "\u202e" not in done.stdout.decode()


#: Judges every event of a store over and over, and says of each judgement when it is kept.
_JUDGING = """
import sys
from itertools import cycle
from tocsin.store.arrivals import utc_now
from tocsin.store.asked import Judged
from tocsin.store.judgements import judge_record, open_to_judge
with open_to_judge(sys.argv[1]) as connection:
    events = [row[0] for row in connection.execute("SELECT id FROM events")]
    sayings = (Judged.CONFIRMED, Judged.REJECTED, Judged.WITHDRAWN)
    for event, verdict in ((event, each) for event in cycle(events) for each in sayings):
        for kept in judge_record(connection, event, "Ada", verdict, clock=utc_now):
            print(kept.id, kept.record, kept.verdict, flush=True)
"""


@pytest.mark.slow
def test_no_judgement_that_was_kept_is_lost_by_a_kill(crisis):
    chance, told = random.Random(SEED), set()
    for _ in range(KILLS):
        judging = subprocess.Popen(
            [sys.executable, "-c", _JUDGING, crisis], stdout=subprocess.PIPE, text=True
        )
        lines = [judging.stdout.readline()]
        delay = chance.uniform(0, 0.25)
        time.sleep(delay)
        os.kill(judging.pid, signal.SIGKILL)
        lines += judging.communicate()[0].splitlines(keepends=True)
        told |= {tuple(line.split()) for line in lines if line.endswith("\n")}
    with closing(open_database(crisis)) as connection:
        assert list(verify_store(connection)) == []
        rows = connection.execute("SELECT id, record, verdict FROM judgements WHERE judge = 'Ada'")
        kept = {(str(number), record, verdict) for number, record, verdict in rows}
    print(f"{KILLS} kills, {len(told)} judgements told to be kept, {len(told - kept)} lost")
    assert len(told) > KILLS
    assert told <= kept
