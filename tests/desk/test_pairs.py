"""Pairs: the list, and the page of one with its course, alarms, events and what may come."""

import time
from datetime import timedelta

import pytest

from tests.desk.conftest import client_of, page_of, words
from tests.storm import FIRST, ONSET, keep, make_storm, report_of
from tocsin.publish.desk.opened import Desk

LAST = ONSET + timedelta(7)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = Desk(make_storm(tmp_path_factory.mktemp("pairs") / "store"))
    opened.situation.look(wait=60)
    return opened


@pytest.fixture(scope="module")
def storm(desk):
    return client_of(desk)


def numbers(page):
    """Return the rows of the table of numbers as lists of words."""
    return [[words(cell) for cell in row] for row in page.xpath("//*[@id='numbers']/tbody/tr")]


def test_pairs_are_those_with_most_reports_and_those_with_alarms(storm):
    busiest, alarms = page_of(storm, "/pairs").xpath("//table")
    assert "/pairs/FRA/TCD" in busiest.xpath(".//a/@href")
    assert alarms.xpath(".//a/@href") == ["/pairs/TCD/NER", "/pairs/SRB/KOS"]


def test_pairs_of_one_party_have_it_as_a_side(storm):
    page = page_of(storm, "/pairs?actor=Serbia&recipient=")
    assert {*page.xpath("//table//a/@href")} == {"/pairs/SRB/KOS"}


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("actor=Chad&recipient=NER", "/pairs/TCD/NER"),
        ("actor=NATO&recipient=Chad", "/pairs/NATO/TCD"),
    ],
)
def test_two_parties_lead_to_their_page(storm, asked, address):
    answer = storm.get(f"/pairs?{asked}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, address)


def test_what_is_no_party_is_told(storm):
    assert storm.get("/pairs?actor=Atlantis").status_code == 422
    assert storm.get("/pairs/Atlantis/TCD").status_code == 422


def test_pair_has_its_numbers_in_a_table(storm):
    rows = numbers(page_of(storm, f"/pairs/TCD/NER?by=day&since={ONSET}&until={ONSET}"))
    assert rows == [[str(ONSET), "1 of 1", "2", "2", "0", "0", "rings"]]


def test_pair_marks_where_an_alarm_rang_and_goes_on(storm):
    marks = [row[-1] for row in numbers(page_of(storm, "/pairs/TCD/NER?by=day"))]
    assert marks.count("rang") == 1
    assert marks[-1] == "rings"
    assert not any(marks[:-8])  # it is dated to its first day


@pytest.mark.parametrize(("by", "rows"), [("day", 56), ("week", 9), ("month", 2)])
def test_pair_is_counted_by_day_week_and_month(storm, by, rows):
    assert len(numbers(page_of(storm, f"/pairs/TCD/NER?by={by}"))) == rows


def test_pair_moves_through_its_days(storm):
    page = page_of(storm, f"/pairs/TCD/NER?by=day&since={ONSET}&until={ONSET + timedelta(1)}")
    (earlier,) = page.xpath("//a[@rel='prev']/@href")
    assert f"since={ONSET - timedelta(2)}&until={ONSET - timedelta(1)}" in earlier
    (later,) = page.xpath("//a[@rel='next']/@href")
    assert f"since={ONSET + timedelta(2)}" in later
    assert page_of(storm, later).xpath("//a[@rel='prev']")


def test_pair_does_not_move_beyond_the_days_that_are_watched(storm):
    assert page_of(storm, "/pairs/TCD/NER").xpath("//a[@rel='next']") == []


def test_all_days_are_not_asked_for_one_by_one(storm):
    (address,) = page_of(storm, "/pairs/TCD/NER?by=day").xpath("//a[.='All days']/@href")
    assert "by=week" in address


def test_days_without_an_article_are_marked(tmp_path):
    gap = [report_of(FIRST), report_of(FIRST + timedelta(2))]
    desk = Desk(keep(tmp_path / "store", gap))
    desk.situation.look(wait=60)
    client = client_of(desk)
    page = page_of(client, "/pairs/TCD/NER?by=day")
    (row,) = page.xpath("//tr[@class='uncovered']")
    assert [words(cell) for cell in row][:2] == [str(FIRST + timedelta(1)), "none"]


def test_pair_lists_its_events_of_these_days(storm):
    page = page_of(storm, f"/pairs/TCD/NER?since={LAST}&until={LAST}")
    rows = page.xpath("//section[@aria-labelledby='h-events']//tbody/tr")
    assert len(rows) == 2
    (rest,) = page.xpath("//section[@aria-labelledby='h-events']//p[@class='more']/a/@href")
    assert rest == f"/events?actor=TCD&recipient=NER&since={LAST}&until={LAST}"
    assert len(page_of(storm, rest).xpath("//tbody/tr")) == 2


def test_pair_that_did_nothing_says_so(storm):
    page = page_of(storm, "/pairs/JPN/TCD")
    assert "No event of these days." in words(page)
    assert page.xpath("//*[@id='numbers']")


def test_days_behind_the_last_are_refused_by_the_day_that_was_given(storm):
    answer = storm.get("/pairs/TCD/NER?since=2999-01-01")
    assert answer.status_code == 422
    assert "the articles of the store end before these days begin" in answer.text
    assert f"a day up to {LAST}" in answer.text


@pytest.mark.parametrize("asked", ["by=year", "since=never", "since=2024-05-02&until=2024-03-02"])
def test_pair_refuses_days_and_steps_that_are_none(storm, asked):
    assert storm.get(f"/pairs/TCD/NER?{asked}").status_code == 422


def test_what_may_come_has_the_words_of_the_terminal(storm):
    page = page_of(storm, "/pairs/TCD/NER/ahead")
    (outlook,) = page.xpath("//section[@id='s-outlook']")
    assert "Chad → Niger" in words(outlook)
    assert "no better than the long run" in words(outlook)
    (past,) = page.xpath("//section[@id='s-past']")
    assert "acts." in words(past)


def test_lists_between_a_pair_lead_to_their_events(client):
    page = page_of(client, "/pairs/PRK/RUS/ahead")
    links = page.xpath("//section[@id='s-lists']//li//a/@href")
    assert links
    assert all(each.startswith("/events/") for each in links)


def test_pair_comes_before_its_numbers_do(crisis, monkeypatch):
    desk = Desk(crisis)
    monkeypatch.setattr(desk.situation, "work_out", lambda: time.sleep(0.5))
    client = client_of(desk)
    page = page_of(client, "/pairs/PRK/RUS?by=day")
    assert page.xpath("//*[@id='course']/@data-follow") == ["/pairs/PRK/RUS?by=day"]
    assert page.xpath("//p[@class='about']//a/@href")[-1] == "/brief?about=PRK%2CRUS"
    assert page_of(client, "/pairs").xpath("//*[@id='pairs']/@data-follow") == ["/pairs"]


def test_days_before_the_first_are_the_first(storm):
    page_of(storm, "/pairs/TCD/NER?until=1999-01-01")
