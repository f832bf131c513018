"""The situation: alarms, main events, what is new, and stores that have little of these."""

import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.crisis import UNDATED, make_crisis
from tests.desk.conftest import client_of, page_of, words
from tests.made import Draft
from tests.storm import FIRST, keep, make_storm, report_of
from tocsin.publish.desk.opened import Desk
from tocsin.publish.desk.pages import situation
from tocsin.store.arrivals import begin_run
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer


def open_client(folder, **options):
    """Ask a desk on the store in a folder, of which all has been worked out."""
    desk = Desk(folder, **options)
    desk.situation.look(wait=60)
    return client_of(desk)


def section(page, key):
    (found,) = page.xpath(f"//section[@aria-labelledby='h-{key}']")
    return found


@pytest.fixture(scope="module")
def storm(tmp_path_factory):
    return open_client(make_storm(tmp_path_factory.mktemp("storm") / "store"))


@pytest.fixture
def crisis_alone(tmp_path):
    """A crisis of its own, to which articles are added."""
    return make_crisis(tmp_path / "store")


def add(folder, *reports):
    """Add articles as a command of its own would."""
    with closing(open_database(folder)) as connection:
        begin_run(connection, "add more", lambda: datetime(2024, 11, 2, 8, 30, tzinfo=UTC))
        Writer(connection).keep([(str(n), f"{n}.txt", each) for n, each in enumerate(reports)])
        settle(connection)


def test_alarms_lead_to_their_pair_and_to_the_words(storm):
    first, *_ = section(page_of(storm), "alarms").xpath(".//li[contains(@class, 'item')]")
    assert "Chad → Niger" in words(first)
    assert first.xpath(".//h3/a/@href") == ["/pairs/TCD/NER"]
    address = first.xpath(".//a[@class='to-words']/@href")[0]
    assert address.startswith("/events/")


def test_alarms_are_drawn_with_all_reports_and_what_stands(storm):
    first, *_ = section(page_of(storm), "alarms").xpath(".//li[contains(@class, 'item')]")
    drawn = first.xpath(".//*[local-name()='rect']/@class")
    assert {"reports", "standing", "ringing"} <= {*drawn}


def test_main_events_have_grade_and_independent_reports(storm):
    item = section(page_of(storm), "main").xpath(".//li")[0]
    assert "grade " in words(item)
    assert "independent report" in words(item)
    assert item.xpath(".//h3/a/@href")[0].startswith("/events/")
    assert "record=" in item.xpath(".//a[@class='to-words']/@href")[0]


def test_contradicted_events_and_impossible_claims_are_there(client):
    page = page_of(client)
    (event, *_) = section(page, "contradicted").xpath(".//li")
    assert "contradicted" in words(event)
    assert event.xpath(".//h3/a/@href")[0].startswith("/events/")
    (claim, *_) = section(page, "impossible").xpath(".//li//h3/a/@href")
    assert claim.startswith("/articles/")


def test_impossible_claims_are_found_behind_contradictions_between_articles(client, monkeypatch):
    monkeypatch.setattr(situation, "_LOOKED_AT", 1)
    assert section(page_of(client), "impossible").xpath(".//li")


def test_first_visit_tells_what_came_with_the_last_run(client):
    news = section(page_of(client), "news")
    assert "What was added last, on 1 November 2024, 09:00 UTC." in words(news)
    assert news.xpath(".//a/@href")[0] == "/articles?new_since=0"


def test_what_was_seen_is_not_new(crisis_alone):
    with open_client(crisis_alone) as client:
        (form,) = section(page_of(client), "news").xpath(".//form")
        assert client.post(form.get("action"), follow_redirects=False).status_code == 303
        assert "Nothing is new." in words(section(page_of(client), "news"))


def test_what_came_after_it_was_seen_is_new(crisis_alone):
    with open_client(crisis_alone) as client:
        client.post("/situation/seen?run=1")
        add(crisis_alone, report_of(date(2024, 11, 1)))
        told = words(section(page_of(client), "news"))
    assert "Since you marked all as seen, up to 1 November 2024" in told
    assert "1 article 1 event" in told


def test_mark_of_what_was_seen_is_for_this_store_alone(crisis_alone, client):
    with open_client(crisis_alone) as other:
        answer = other.post("/situation/seen?run=1", follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    name, _, value = cookie.partition(";")[0].partition("=")
    told = client.get("/", headers={"cookie": f"{name}={value}"}).text
    assert "What was added last" in told


@pytest.mark.parametrize("mark", ["x", "99", "-1", "1" * 40, "٣"])
def test_mark_that_can_be_none_of_this_store_is_as_good_as_none(crisis_alone, mark):
    with open_client(crisis_alone) as client:
        name = client.post("/situation/seen?run=1", follow_redirects=False).headers["set-cookie"]
        client.cookies.clear()
        sent = f"{name.partition('=')[0]}={mark}".encode()
        assert "What was added last" in client.get("/", headers={"cookie": sent}).text


def test_empty_store_says_how_to_begin(tmp_path):
    page = page_of(open_client(keep(tmp_path / "store", [])))
    assert "The store is empty." in words(section(page, "alarms"))
    assert not page.xpath("//section[@aria-labelledby='h-news']")


def test_store_that_notes_no_runs_says_that_nothing_tells_what_is_new(storm):
    assert "nothing tells what is new" in words(section(page_of(storm), "news"))


def test_store_of_one_article_says_that_nothing_was_watched(tmp_path):
    page = page_of(open_client(keep(tmp_path / "store", [report_of(FIRST)])))
    assert "1 article" in words(page.find_class("tallies")[0])
    assert "That is no sign of quiet" in words(section(page, "alarms"))


def test_store_without_days_says_so(tmp_path):
    undated = Draft(text=UNDATED, published=None)
    page = page_of(open_client(keep(tmp_path / "store", [undated.report])))
    assert "No article has a day." in words(section(page, "alarms"))


def test_quiet_days_say_so(tmp_path):
    late = report_of(FIRST + timedelta(days=40), more=" It was quiet.")
    quiet = [report_of(FIRST), replace(late, events=())]
    page = page_of(open_client(keep(tmp_path / "store", quiet)))
    assert "No event is told of these days." in words(section(page, "main"))


def test_page_comes_before_the_alarms_do(crisis, monkeypatch):
    desk = Desk(crisis)
    monkeypatch.setattr(desk.situation, "work_out", lambda: time.sleep(0.5))
    client = client_of(desk)
    page = page_of(client)
    assert page.xpath("//*[@id='standing']/@data-follow") == ["/situation/alarms"]
    assert section(page, "contradicted").xpath(".//li")


def test_alarms_that_follow_are_the_element_that_waits(storm):
    (come,) = page_of(storm, "/situation/alarms").xpath("//*[@id='standing']")
    assert come.get("data-follow") is None
    assert "Chad → Niger" in words(come)
