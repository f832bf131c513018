"""`tocsin alarm` on a table written for it."""

import json
from datetime import date, timedelta

import pytest

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
