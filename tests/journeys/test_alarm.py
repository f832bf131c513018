"""`tocsin alarm` on a table written for it."""

import json
from datetime import date, timedelta

import pytest

from tests.storm import make_storm

FIRST = date(2021, 1, 1)
ONSET = FIRST + timedelta(days=120)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Five months of calm between many, and an attack of one day after the other at their end."""
    lines = ["day\tsource\tcameo\ttarget"]
    for number in range(150):
        day = FIRST + timedelta(days=number)
        lines.append(f"{day}\tFrance\tConsult\tGermany")
        if number % 9 == 0:
            lines.append(f"{day}\tPolice (India)\tAccuse\tChina")
        if 120 <= number < 130:
            lines.append(f"{day}\tMilitary (Chad)\tUse conventional military force\tNiger")
            lines.append(f"{day}\tChad\tThreaten\tCitizen (Niger)")
    path = tmp_path_factory.mktemp("alarm") / "events.tsv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_alarm_prints_one_object_a_line(tocsin, table):
    done = tocsin("alarm", "--events", table, "--json")
    assert done.returncode == 0
    [alarm] = map(json.loads, done.stdout.splitlines())
    assert (alarm["actor"], alarm["recipient"], alarm["rings"]) == ("TCD", "NER", "confirmed")
    assert alarm["since"] == ONSET.isoformat()
    assert ONSET <= date.fromisoformat(alarm["rang"]) <= ONSET + timedelta(days=3)
    assert alarm["size"] > 10
    assert alarm["events"][0]["act"] == "Use conventional military force"
    assert b"would ring if nothing had changed" in done.stderr


def test_alarm_shows_a_picture_of_each(tocsin, table):
    shown = tocsin("alarm", "--events", table).stdout.decode()
    assert "Chad → Niger  since 2021-05-01" in shown
    assert "▁▁▁▁▁▇" in shown.replace("█", "▇")
    assert "1 alarm from 2021-01-01 to 2021-05-30" in shown


def test_alarm_reads_standard_input(tocsin, table):
    done = tocsin("alarm", "--events", "-", "--json", given=table.read_bytes())
    assert len(done.stdout.splitlines()) == 1


def test_alarm_exits_with_0_where_nothing_rings(tocsin, table, tmp_path):
    calm = tmp_path / "calm.tsv"
    calm.write_text("\n".join(table.read_text().splitlines()[:100]) + "\n")
    done = tocsin("alarm", "--events", calm, "--json")
    assert (done.returncode, done.stdout) == (0, b"")


def test_alarm_refuses_a_table_it_does_not_know(tocsin, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("when,who\n2021-01-01,Chad\n")
    done = tocsin("alarm", "--events", path)
    assert done.returncode == 3
    assert b"POLECAT" in done.stderr
    assert b"there are: when, who" in done.stderr


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return make_storm(tmp_path_factory.mktemp("stores") / "storm")


def test_alarm_of_a_store_says_on_whose_word_it_rings(tocsin, store):
    done = tocsin("alarm", "--store", store, "--json")
    assert done.returncode == 0
    found = {each["actor"]: each for each in map(json.loads, done.stdout.splitlines())}
    assert {actor: each["rings"] for actor, each in found.items()} == {
        "TCD": "confirmed",
        "SRB": "unconfirmed",
    }
    assert found["TCD"]["events"][0]["actors"] == ["Chad"]


def test_alarm_of_a_store_shows_names_that_people_know(tocsin, store):
    shown = tocsin("alarm", "--store", store, "--about", "Kosovo").stdout.decode()
    assert "Serbia → Kosovo  since" in shown
    assert "would not ring on confirmed reports alone" in shown
    assert "“Serbia shelled two camps of Kosovo on 20 April” ASSAULT reported" in shown
    assert "Chad" not in shown


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (("--since", "2024-04-01"), 2),
        (("--about", "NATO"), 0),
        (("--about", "Niger,KOS"), 2),
        (("--budget", "0.001"), 2),
    ],
    ids=str,
)
def test_alarm_is_asked_for(tocsin, store, asked, number):
    done = tocsin("alarm", "--store", store, "--json", *asked)
    assert len(done.stdout.splitlines()) == number


def test_alarm_reads_any_table_by_a_mapping(tocsin, table, tmp_path):
    own = tmp_path / "own.csv"
    lines = table.read_text().replace("\t", ",").splitlines()
    own.write_text("\n".join(["date,who,what,whom", *lines[1:]]) + "\n")
    mapping = "day=date,actor=who,recipient=whom,act=what"
    done = tocsin("alarm", "--events", own, "--map", mapping, "--json")
    assert [json.loads(line)["actor"] for line in done.stdout.splitlines()] == ["TCD"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "give --store or --events"),
        (("--store", "none", "--map", "day=when"), 2, "give it with --events"),
        (("--events", "none", "--map", "day"), 2, "is not like"),
        (("--events", "none", "--map", "day=when"), 5, "no column for the actor"),
        (("--events", "none", "--about", "Nowhere"), 5, "no country"),
        (("--events", "none", "--about", ""), 5, "--about cannot be read"),
        (("--events", "none"), 3, "a table of events"),
        (("--events", "none", "--rate", "nan"), 2, "nan is no number"),
        (("--events", "none", "--budget", "nan"), 2, "nan is no number"),
    ],
    ids=str,
)
def test_alarm_says_what_it_does_not_understand(tocsin, arguments, code, words):
    done = tocsin("alarm", *arguments)
    assert done.returncode == code
    assert words in done.stderr.decode()
