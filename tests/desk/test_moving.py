"""Pages on which a window of days moves: the network and the map."""

from datetime import date, timedelta

import pytest
from lxml import html

import tocsin
from tests.desk.conftest import client_of, page_of, words
from tests.moving import FIRST, at_place, make_moving
from tests.storm import keep, report_of
from tocsin.publish.desk.opened import Desk


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_moving(tmp_path_factory.mktemp("moving") / "store")


@pytest.fixture(scope="module")
def moving(folder):
    return client_of(folder)


def rows_of(answer):
    """Return the cells of each row of the table, and where the first leads."""
    page = html.fromstring(answer.text)
    rows = page.xpath("//tbody[@id='rows']/tr")
    return [[*(cell.text_content() for cell in row), row.xpath(".//a/@href")[0]] for row in rows]


def numbers_of(answer):
    page = html.fromstring(answer.text)
    return {each.get("data-number"): each.text for each in page.xpath("//b[@data-number]")}


def test_network_lists_who_acted_on_whom_in_the_window(moving):
    rows = rows_of(moving.get("/network?end=2024-03-05&days=5"))
    days = "?since=2024-03-01&until=2024-03-05"
    assert rows == [
        ["Chad → Niger", "2", "2", "−9.0", f"/pairs/TCD/NER{days}"],
        ["Niger → Chad", "1", "1", "−9.0", f"/pairs/NER/TCD{days}"],
    ]


def test_network_says_its_days_and_what_is_not_in_it(moving):
    numbers = numbers_of(moving.get("/network?end=2024-03-05&days=5"))
    assert numbers == {
        "first": "1 March 2024",
        "last": "5 March 2024",
        "events": "3",
        "items": "2",
        "no party": "0",
        "beyond": "0",
    }


def test_window_is_a_third_of_the_days_unless_told_otherwise(moving):
    numbers = numbers_of(moving.get("/network?since=2024-03-01"))
    assert (numbers["first"], numbers["last"]) == ("28 March 2024", "9 April 2024")


@pytest.mark.parametrize("asked", ["end=2024-01-01&days=99", "end=1999-01-01&days=40"])
def test_window_lies_within_the_days(moving, asked):
    numbers = numbers_of(moving.get(f"/network?since=2024-03-01&{asked}"))
    assert (numbers["first"], numbers["last"]) == ("1 March 2024", "9 April 2024")


def test_form_holds_the_days_of_a_month_that_was_asked_for(moving):
    page = page_of(moving, "/network?since=2024-03&until=2024-03")
    days = [page.xpath(f"//input[@name='{name}']/@value") for name in ("since", "until")]
    assert days == [["2024-03-01"], ["2024-03-31"]]


def test_longer_spans_are_one_click_away(moving):
    page = page_of(moving, "/network?about=NER&end=2024-03-05&days=5")
    spans = {each.text: each.get("href") for each in page.find_class("spans")[0].iter("a")}
    assert spans["a year"] == "/network?about=NER&since=2023-04-11"
    answer = moving.get(spans["a year"])
    assert "in steps of 7 days" in answer.text


def test_network_leaves_out_pairs_with_fewer_events(moving):
    rows = rows_of(moving.get("/network?days=90&least=2"))
    assert [row[:2] for row in rows] == [["Chad → Niger", "3"]]


def test_network_counts_what_stands_when_asked(moving):
    rows = rows_of(moving.get("/network?days=90&reports=standing&about=Niger"))
    assert [row[:2] for row in rows] == [["Chad → Niger", "2"], ["Niger → Chad", "1"]]


def test_network_sends_the_sums_of_all_days_at_once(moving):
    page = page_of(moving, "/network?about=NER&end=2024-03-05&days=5")
    data = moving.get(page.get_element_by_id("time").get("data-from")).json()
    assert data["span"] == {"first": "2024-01-11", "last": "2024-04-09", "step": 1, "steps": 90}
    assert [(each["label"], each["cells"]) for each in data["items"]] == [
        ("Chad → Niger", [[19, 1, 1, -9.0], [36, 1, 1, -9.0], [39, 1, 1, -9.0]]),
        ("Niger → Chad", [[36, 1, 1, -9.0]]),
    ]
    assert {reason: sum(steps) for reason, steps in data["left_out"].items()} == {
        "no party": 0,
        "beyond": 0,
    }


def test_map_lists_places_that_lead_to_their_events(moving, folder):
    rows = rows_of(moving.get("/map?days=90"))
    assert [row[:2] for row in rows] == [["Zinder, Niger", "2"], ["Abeche, Chad", "2"]]
    for *_, href in rows:
        listed = page_of(moving, href).xpath("//tr[@data-row]")
        assert len(listed) == 2
    assert tocsin.open(folder).events(place="Zinder", country="NER").count() == 2


def test_map_says_how_many_events_are_nowhere(moving):
    numbers = numbers_of(moving.get("/map?days=90"))
    assert [numbers[each] for each in ("events", "items", "no place", "no coordinates")] == [
        *("4", "2", "1", "1")
    ]


def test_map_hands_its_filters_on(moving):
    [[place, events, *_, href]] = rows_of(moving.get("/map?days=90&type=CONSULT"))
    assert (place, events) == ("Abeche, Chad", "1")
    assert "type=CONSULT" in href


@pytest.mark.parametrize("page", ["network", "map"])
@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("colour=red", "colour"),
        ("type=NONE", "NONE"),
        ("since=2024-04-01&until=2024-03-01", "first"),
    ],
)
def test_what_cannot_be_asked_is_refused(moving, page, asked, word):
    answer = moving.get(f"/{page}?{asked}")
    assert answer.status_code == 422
    assert word in answer.text


def test_refusals_of_sums_are_problems_for_programs(moving):
    answer = moving.get("/network.json?type=NONE")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("asked", ["since=1600-01-01", "until=2999-12-31", "days=0", "least=0"])
@pytest.mark.parametrize("page", ["network", "map", "network.json", "map.json"])
def test_any_days_can_be_asked(moving, page, asked):
    assert moving.get(f"/{page}?{asked}").status_code == 200


@pytest.mark.parametrize("page", ["network", "map"])
def test_store_that_tells_nothing_says_so(tmp_path, page):
    desk = Desk(keep(tmp_path / "store", []))
    client = client_of(desk)
    assert "No news of any day yet." in client.get(f"/{page}").text
    assert client.get(f"/{page}.json").json() == {"span": None, "items": [], "left_out": {}}


def test_article_of_a_day_to_come_does_not_move_the_days(tmp_path):
    days = (FIRST, FIRST + timedelta(3), date(2099, 1, 1))
    reports = [report_of(day, "Chad", "Niger") for day in days]
    client = client_of(Desk(keep(tmp_path / "store", reports)))
    page = page_of(client, "/network")
    assert " to 4 March 2024. " in words(page)
    assert "Left out: 1 event first told on a day that is still to come" in words(page)
    (slips,) = (each.get("href") for each in page.iter("a") if "slip" in each.text_content())
    assert "2099-01-01" in client.get(slips).text
    for path in ("/map", "/network?until=2099-12-31"):
        assert ("Left out" in words(page_of(client, path))) == (path == "/map")
    assert client.get("/network.json").json()["span"]["last"] == "2024-03-04"


def test_days_behind_the_last_are_refused_by_the_day_that_was_given(moving):
    answer = moving.get("/network?since=2024-05-01")
    assert answer.status_code == 422
    assert "a day up to 2024-04-09" in answer.text


@pytest.mark.parametrize(
    ("page", "counts"),
    [
        ("network?end=2024-03-01&days=1", "1 event of 1 pair."),
        ("network?end=2024-03-05&days=5", "3 events of 2 pairs."),
        ("map?end=2024-03-01&days=1", "1 event at 1 place."),
    ],
)
def test_one_of_a_sort_is_not_called_several(moving, page, counts):
    assert counts in words(page_of(moving, f"/{page}"))


def test_store_of_days_to_come_alone_is_shown(tmp_path):
    client = client_of(Desk(keep(tmp_path / "store", [report_of(date(2099, 1, 1))])))
    page = words(page_of(client, "/network"))
    assert "to 1 January 2099" in page
    assert "Left out" not in page


def test_bodies_under_one_code_lead_to_their_events(tmp_path):
    days = [FIRST + timedelta(n) for n in range(3)]
    told = [report_of(day, "NATO", "Niger") for day in days]
    [[pair, *_, address]] = rows_of(client_of(keep(tmp_path / "store", told)).get("/network"))
    assert pair == "international bodies → Niger"
    assert address.startswith("/events?actor=IGO&recipient=NER&since=")


HOSTILE = "<script>alert(1)</script>\u202e{{ 7 * 7 }}"


def test_names_of_places_are_text_and_steer_nothing(tmp_path):
    report = at_place(report_of(FIRST, where=HOSTILE), HOSTILE, "NER", 13.8, 8.99)
    desk = Desk(keep(tmp_path / "store", [report]))
    client = client_of(desk)
    shown = "<script>alert(1)</script>[U+202E]{{ 7 * 7 }}, Niger"
    [[place, *_]] = rows_of(client.get("/map"))
    assert place == shown
    [item] = client.get("/map.json").json()["items"]
    assert item["label"] == shown
