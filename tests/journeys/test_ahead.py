"""`tocsin outlook` and `tocsin past` on tables written for them."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.storm import make_storm

FIRST, DAYS, THEN = date(2021, 1, 1), 280, 84
NOW = DAYS - 28
CALM = ("France", "Germany", "India", "Japan", "Kenya", "Peru")


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Months of talks between many; a war of four weeks and its truce; the same war elsewhere."""
    lines = ["day\tsource\tcameo\ttarget"]
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        for one, other in pairwise(CALM):
            if number % 5 < len(one) % 4:
                lines.append(f"{day}\t{one}\tConsult\t{other}")
        for sides, start in ((("Chad", "Niger"), THEN), (("China", "Vietnam"), NOW)):
            if start <= number < start + 28:
                act = "Threaten" if number < start + 14 else "Use conventional military force"
                lines += ["\t".join((str(day), sides[0], act, sides[1]))] * 2
            if number == start + 30:
                lines.append("\t".join((str(day), sides[1], "Sign formal agreement", sides[0])))
    path = tmp_path_factory.mktemp("ahead") / "events.tsv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_outlook_prints_one_object_for_each_way(tocsin, table):
    done = tocsin("outlook", "--events", table, "--pair", "CHN,Vietnam", "--json")
    assert done.returncode == 0
    one, other = map(json.loads, done.stdout.splitlines())
    assert (one["actor"], one["recipient"], one["acts"]) == ("CHN", "VNM", 56)
    assert (other["actor"], other["recipient"], other["acts"]) == ("VNM", "CHN", 0)
    assert one["since"] == (FIRST + timedelta(days=DAYS)).isoformat()
    chances = {(each["quad"], each["days"]): each for each in one["chances"]}
    assert {*chances} == {(quad, days) for quad in (1, 2, 3, 4, None) for days in (7, 30)}
    assert chances[4, 7]["lately"]
    assert all(0 <= each["probability"] <= 1 for each in one["chances"])


def test_outlook_shows_a_table_and_what_it_is_worth(tocsin, table):
    shown = tocsin("outlook", "--events", table, "--pair", "CHN,VNM").stdout.decode()
    assert "China → Vietnam  from 2021-10-08 on, by 56 acts" in shown
    assert "in 7 days" in shown
    assert "no better than the long run" in shown
    assert "7 days: tried on " in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_outlook_says_that_too_few_days_are_known(tocsin, tmp_path):
    path = tmp_path / "short.tsv"
    path.write_text("day\tsource\tcameo\ttarget\n2021-01-01\tChad\tAccuse\tNiger\n")
    shown = tocsin("outlook", "--events", path, "--pair", "TCD,NER").stdout.decode()
    assert "by 1 act\n" in shown
    assert "30 days: too few days are known; 60 at least must be." in shown


def test_outlook_inside_a_country_is_one(tocsin, table):
    done = tocsin("outlook", "--events", table, "--pair", "Chad", "--json")
    [outlook] = map(json.loads, done.stdout.splitlines())
    assert (outlook["actor"], outlook["recipient"]) == ("TCD", "TCD")


def test_past_prints_one_object(tocsin, table):
    done = tocsin("past", "--events", table, "--pair", "CHN,VNM", "--json")
    assert done.returncode == 0
    [compared] = map(json.loads, done.stdout.splitlines())
    then = compared["found"][0]
    assert (then["actor"], then["recipient"], then["likeness"]) == ("TCD", "NER", 1)
    assert then["first"] == (FIRST + timedelta(days=THEN)).isoformat()
    assert (then["followed"], then["answered"]) == ([0, 0, 0, 0], [1, 0, 0, 0])
    assert compared["comparisons"] > compared["drawn"] > 0


def test_past_shows_what_followed_and_how_unusual_it_is(tocsin, table):
    shown = tocsin("past", "--events", table, "--pair", "CHN,VNM").stdout.decode()
    assert "China – Vietnam  2021-09-10 to 2021-10-07, 56 acts" in shown
    assert "1.00  Chad – Niger  2021-03-26 to 2021-04-22" in shown
    assert "30 days on (and usually): verbal cooperation 1 (0)" in shown
    assert " comparisons.  Of " in shown


def test_past_of_a_calm_pair_says_so(tocsin, table):
    shown = tocsin("past", "--events", table, "--pair", "NER,TCD").stdout.decode()
    assert "Fewer than 5 acts are like nothing." in shown


def test_store_is_asked_as_tables_are(tocsin, tmp_path_factory):
    store = make_storm(tmp_path_factory.mktemp("storm") / "store")
    done = tocsin("outlook", "--store", store, "--pair", "Chad,Niger", "--json")
    outlook = json.loads(done.stdout.splitlines()[0])
    assert (outlook["actor"], outlook["acts"]) == ("TCD", 16)
    assert {each["days"] for each in outlook["chances"]} == {7}
    [compared] = tocsin(
        "past", "--store", store, "--pair", "Chad,Niger", "--json"
    ).stdout.splitlines()
    assert (json.loads(compared)["acts"], json.loads(compared)["found"]) == (16, [])


@pytest.mark.parametrize("command", ["outlook", "past"])
@pytest.mark.parametrize(
    ("pair", "code", "words"),
    [
        (["--pair", "CHN,VNM,TCD"], 2, b"name one party or two"),
        (["--pair", "Atlantis"], 5, b"Atlantis"),
        ([], 2, b"--pair"),
    ],
)
def test_pair_that_is_none_is_refused(tocsin, table, command, pair, code, words):
    done = tocsin(command, "--events", table, *pair)
    assert done.returncode == code
    assert words in done.stderr
