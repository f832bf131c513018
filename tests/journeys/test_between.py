"""`tocsin blocs` and `tocsin lists` on a store and a table written for them."""

import json
from datetime import date, timedelta

import pytest

from tests.made import Draft
from tocsin.records import DateWords, Status
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer

FIRST = date(2024, 3, 1)
COUNTRIES = {"Chad": "TCD", "Niger": "NER", "Mali": "MLI"}


def report_of(day, told, actor, recipient, **act):
    """Return the report of an article with one act, so many days on."""
    on = FIRST + timedelta(days=day)
    text = f"{actor} {told} on {on:%d %B}, in a month that has seen {day + 1} days of it."
    address = f"https://daily.example/{day}/{actor}"
    draft = Draft(text=text, url=address, published=on, others={"outlet": "Coast Daily"})
    sides = [draft.actor(n, kind="country", country=COUNTRIES.get(n)) for n in (actor, recipient)]
    told_on = DateWords(words=draft.at(f"{on:%d %B}"), earliest=on, latest=on)
    clause = text[: text.index(",")]
    sides = {"actors": tuple(sides[:1]), "recipients": tuple(sides[1:])}
    draft.happen(clause, told.split()[0], date=told_on, **sides, **act)
    return draft.report


def reports():
    """Yield a month of war and help, and tariffs that come and go."""
    for day in range(8):
        yield report_of(day, "shelled a post of Niger", "Chad", "Niger")
        aid = {"type": "AID", "quad": 2, "score": 10.0}
        yield report_of(day, f"sent Chad {day + 2} trucks", "Mali", "Chad", **aid)
    tariffs = {"type": "COERCE", "mode": "restrict", "score": -7.0}
    denied = tariffs | {"status": Status.DENIED}
    lifted = {"type": "RETREAT", "quad": 2, "score": 6.5}
    yield report_of(9, "threatened Mali with tariffs", "Niger", "Mali", type="THREATEN", quad=3)
    yield report_of(12, "imposed tariffs on Mali", "Niger", "Mali", **tariffs)
    yield report_of(15, "lifted its tariffs on Mali", "Niger", "Mali", **lifted)
    yield report_of(25, "imposed tariffs on Chad", "Niger", "Chad", **denied)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("between") / "store"
    connection = open_database(folder, create=True)
    Writer(connection).keep([(f"k{n}", f"{n}.txt", each) for n, each in enumerate(reports())])
    settle(connection)
    connection.close()
    return folder


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Two months: a war goes on, and the friend of one side turns from the other."""
    lines = ["day\tsource\tcameo\ttarget"]
    for number in range(59):
        day = date(2021, 1, 1) + timedelta(days=number)
        turned = "Accuse" if number > 30 else "Praise or endorse"
        lines.append(f"{day}\tChad\tUse conventional military force\tNiger")
        lines.append(f"{day}\tMali\tProvide aid\tChad")
        lines.append(f"{day}\tMali\t{turned}\tNiger")
    path = tmp_path_factory.mktemp("between") / "events.tsv"
    path.write_text("\n".join(lines) + "\n")
    return path


# --------------------------------------------------------------------------- blocs


def test_blocs_prints_one_record_a_line(tocsin, table):
    done = tocsin("blocs", "--events", table, "--json")
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [each["record"] for each in records]
    assert kinds == ["tie"] * 6 + ["move", "triangle"]
    move, triangle = records[-2:]
    assert (move["parties"], move["period"]) == (["MLI", "NER"], "2021-02-01")
    assert move["change"] < -1
    assert move["events"][0]["act"] == "Accuse"
    assert (triangle["parties"], triangle["balanced"]) == (["MLI", "NER", "TCD"], True)


def test_blocs_shows_who_moved_and_what_tipped(tocsin, table):
    shown = tocsin("blocs", "--events", table).stdout.decode()
    assert "Mali – Niger  apart  +0.9" in shown
    assert "Mali – Niger: friends → foes; Mali – Chad: friends; Niger – Chad: foes" in shown
    assert "6 ties (pairs with 3 days of acts or more) in 2 months" in shown


def test_blocs_of_a_store_know_their_events(tocsin, store):
    done = tocsin("blocs", "--store", store, "--json")
    ties = {tuple(tie["parties"]): tie["sign"] for tie in map(json.loads, done.stdout.splitlines())}
    assert ties == {("MLI", "NER"): 0, ("MLI", "TCD"): 1, ("NER", "TCD"): -1}


def test_blocs_about_a_country_are_those_with_it(tocsin, table):
    done = tocsin("blocs", "--events", table, "--about", "Mali", "--json")
    assert done.returncode == 0
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found
    assert all("MLI" in each["parties"] for each in found)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["blocs"], 2, b"give --store or --events"),
        (["blocs", "--store", ""], 2, b"the name of the folder is empty"),
        (["blocs", "--store", "nowhere"], 8, b"there is no such store"),
        (["blocs", "--events", "nowhere.tsv"], 3, b"nowhere.tsv"),
        (["lists", "--store", "nowhere"], 8, b"there is no such store"),
    ],
)
def test_what_cannot_be_read_is_refused(tocsin, arguments, code, words):
    done = tocsin(*arguments)
    assert done.returncode == code
    assert words in done.stderr


# --------------------------------------------------------------------------- lists


def test_lists_print_one_entry_a_line(tocsin, store):
    done = tocsin("lists", "--store", store, "--kind", "sanctions", "--json")
    assert done.returncode == 0
    denied, lifted = map(json.loads, done.stdout.splitlines())
    assert (lifted["actor"], lifted["recipient"], lifted["thing"]) == ("NER", "MLI", "tariffs")
    assert [step["step"] for step in lifted["steps"]] == ["threatened", "in force", "lifted"]
    assert (lifted["since"], lifted["step"]) == ("2024-03-10", "lifted")
    assert (denied["recipient"], denied["steps"][0]["status"]) == ("TCD", "denied")


def test_step_of_a_list_leads_to_its_event(tocsin, store):
    listed = tocsin("lists", "--store", store, "--about", "Mali", "--kind", "threats", "--json")
    [step] = json.loads(listed.stdout)["steps"]
    [event] = tocsin(
        "events", "--store", store, "--id", step["event"], "--json"
    ).stdout.splitlines()
    assert json.loads(event)["type"] == "THREATEN"


def test_lists_show_each_entry_with_its_course(tocsin, store):
    shown = tocsin("lists", "--store", store).stdout.decode()
    assert "Niger → Mali  tariffs, lifted" in shown
    assert "2024-03-13  in force (asserted, F6)  “Niger imposed tariffs on Mali" in shown
    assert "2024-03-26  in force (denied, F6)" in shown


def test_lists_without_an_entry_say_so(tocsin, store):
    done = tocsin("lists", "--store", store, "--since", "2099-01-01")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"No entry of a list" in done.stderr


def test_lists_begin_on_a_day(tocsin, store):
    done = tocsin("lists", "--store", store, "--since", "2024-03-14", "--about", "MLI", "--json")
    assert [json.loads(line)["since"] for line in done.stdout.splitlines()] == ["2024-03-16"]


def test_list_that_there_is_not_is_refused(tocsin, store):
    done = tocsin("lists", "--store", store, "--kind", "rumours")
    assert done.returncode == 5
    assert b"expected one of sanctions, deployments" in done.stderr
