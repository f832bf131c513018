"""Questions on the real command line."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.crisis import make_crisis


@pytest.fixture(scope="module")
def crisis(tmp_path_factory):
    return make_crisis(tmp_path_factory.mktemp("journey") / "crisis")


def test_the_question_of_the_readme_prints_one_event_a_line(tocsin, crisis):
    asked = ("--actor", "PRK", "--type", "mobilize", "--since", "2024-10-01", "--contradicted")
    done = tocsin("events", "--store", crisis, *asked, "--json")
    assert done.returncode == 0
    (event,) = map(json.loads, done.stdout.decode().splitlines())
    assert event["statuses"] == ["reported", "denied"]
    assert done.stderr == b""


def test_csv_is_read_by_csv(tocsin, crisis):
    done = tocsin("statements", "--store", crisis, "--csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))
    assert len(rows) == 9
    assert {row["speaker"] for row in rows} >= {"Oleg Tarn", ""}


def test_a_pipe_gets_tabs_and_all_rows(tocsin, crisis):
    lines = tocsin("events", "--store", crisis).stdout.decode().splitlines()
    assert len(lines) == 6
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


def test_count_prints_a_number(tocsin, crisis):
    assert tocsin("events", "--store", crisis, "--count").stdout == b"5\n"
    assert tocsin("events", "--store", crisis, "--actor", "NZL", "--count").stdout == b"0\n"


def test_a_list_that_a_limit_cut_goes_on_behind_its_cursor(tocsin, crisis):
    whole = tocsin("events", "--store", crisis, "--json").stdout
    first = tocsin("events", "--store", crisis, "--json", "--limit", "2")
    (line,) = first.stderr.decode().splitlines()
    rest = tocsin("events", "--store", crisis, "--json", *line.removeprefix("next: ").split())
    assert first.stdout + rest.stdout == whole
    assert rest.stderr == b""


def test_sort_turns_a_list_round(tocsin, crisis):
    newest, oldest = (
        [json.loads(line)["day"] for line in done.stdout.decode().splitlines()]
        for done in (
            tocsin("events", "--store", crisis, "--json", *sort)
            for sort in ((), ("--sort", "oldest"))
        )
    )
    dated = [day for day in newest if day]  # others are listed under the day of a report
    assert [day for day in oldest if day] == sorted(dated) != dated


def test_a_cursor_of_another_question_ends_with_5(tocsin, crisis):
    first = tocsin("events", "--store", crisis, "--json", "--limit", "2")
    after = first.stderr.decode().split()[1:]
    done = tocsin("events", "--store", crisis, "--type", "AID", *after)
    assert done.returncode == 5
    assert b"other filters" in done.stderr


def test_nothing_found_is_said_on_standard_error(tocsin, crisis):
    done = tocsin("events", "--store", crisis, "--actor", "NZL", "--json")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"No events in the store fit.\n"


def test_a_value_that_is_not_understood_ends_with_5(tocsin, crisis):
    done = tocsin("events", "--store", crisis, "--type", "INVADE")
    assert done.returncode == 5
    assert b"ASSAULT" in done.stderr


def test_no_store_ends_with_8(tocsin, tmp_path):
    done = tocsin("events", "--store", tmp_path / "none")
    assert done.returncode == 8
    assert b"no such store" in done.stderr


@pytest.mark.parametrize("words", ['"', "a OR b NEAR(", "told:x*", "-'; DROP TABLE events; --"])
def test_words_are_never_syntax(tocsin, crisis, words):
    done = tocsin("events", "--store", crisis, f"--text={words}")
    assert done.returncode in (0, 5)
    assert b"SQL" not in done.stderr
    assert b"fault" not in done.stderr


def test_questions_are_answered_while_a_writer_writes(tocsin, crisis):
    writer = sqlite3.connect(crisis / "tocsin.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE articles SET title = 'not yet'")
    done = []
    asking = [
        threading.Thread(target=lambda: done.append(tocsin("articles", "--store", crisis)))
        for _ in range(2)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    writer.execute("ROLLBACK")
    writer.close()
    assert [each.returncode for each in done] == [0, 0]
    assert all(b"not yet" not in each.stdout for each in done)


def test_a_reader_that_stops_reading_ends_it_quietly(crisis):
    command = f"{Path(sys.executable).with_name('tocsin')} events --store {crisis} | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert done.stderr == b""
