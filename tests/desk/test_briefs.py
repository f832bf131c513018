"""Briefs on the desk."""

import json

import pytest

from tests.desk.conftest import page_of, words
from tocsin.publish.desk import opened
from tocsin.store.arrivals import last_run
from tocsin.store.handle import Store

ASKED = "/brief?about=PRK,RUS&for=South+Korea"


@pytest.fixture(scope="module")
def page(client):
    return page_of(client, ASKED)


def test_form_alone_asks_about_whom(client):
    page = page_of(client, "/brief")
    names = page.xpath("//form[@class='filters']//input/@name")
    assert names == ["about", "for", "since", "until"]
    assert page.xpath("//section") == []


def test_brief_has_the_parts_of_the_page_that_the_command_writes(client, page):
    written = page_of(client, f"{ASKED}&as=html")
    parts = "//section[starts-with(@id, 's-')]/h2"
    told = [each.text_content() for each in page.xpath(parts)]
    assert told == [each.text_content() for each in written.xpath(parts)]
    assert "Main events" in told


def test_brief_leads_to_pages_and_to_words(page):
    pages = page.xpath("//section[@id='s-events']//h3/a[@class='to-page']/@href")
    assert pages
    assert all(each.startswith("/events/") for each in pages)
    words = page.xpath("//section[@id='s-events']//a[@class='to-words']/@href")
    assert words
    assert all(each.startswith("/articles/") and "record=" in each for each in words)


def test_numbers_of_a_sentence_lead_to_their_items(page):
    marks = page.xpath("//p[@class='opening']//a/@href")
    assert marks
    assert {each.removeprefix("#") for each in marks} <= {*page.xpath("//li/@id")}


def test_form_holds_what_was_asked(page):
    assert page.xpath("//input[@name='about']/@value") == ["PRK,RUS"]
    assert page.xpath("//input[@name='for']/@value") == ["South Korea"]


def test_form_holds_the_days_of_a_month_that_was_asked_for(client):
    page = page_of(client, f"{ASKED}&since=2024-10&until=2024-10")
    days = [page.xpath(f"//input[@name='{name}']/@value") for name in ("since", "until")]
    assert days == [["2024-10-01"], ["2024-10-31"]]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("about=PRK,Atlantis&for=South+Korea", "Atlantis"),
        ("about=PRK,Atlantis&for=South+Korea&since=2024-10-30&until=2024-10-01", "Atlantis"),
        ("about=PRK,Atlantis&for=South+Korea&since=some+day", "some day"),
    ],
)
def test_what_is_refused_stays_in_the_form(client, asked, why):
    answer = client.get(f"/brief?{asked}")
    assert answer.status_code == 422
    assert 'value="PRK,Atlantis"' in answer.text
    assert 'value="South Korea"' in answer.text
    assert why in answer.text.split('class="problem"')[1].split("</div>")[0]
    assert "Without filters" not in answer.text


@pytest.mark.parametrize(
    ("ending", "kind", "begins"),
    [
        ("html", "text/html", "<!DOCTYPE html>"),
        ("md", "text/markdown", "# "),
        ("json", "application/json", "{"),
    ],
)
def test_brief_is_a_file_where_one_is_asked_for(client, ending, kind, begins):
    answer = client.get(f"{ASKED}&as={ending}")
    assert answer.headers["content-type"].startswith(kind)
    name = answer.headers["content-disposition"]
    assert name.startswith('attachment; filename="brief-PRK-RUS-2024-')
    assert name.endswith(f'.{ending}"')
    assert answer.text.lstrip().startswith(begins)


def test_brief_as_json_is_that_of_the_record(client):
    assert json.loads(client.get(f"{ASKED}&as=json").text)["scope"]["about"] == ["PRK", "RUS"]


def test_days_are_those_of_the_address(client):
    data = client.get("/brief?about=RUS&since=2024-10-30&until=2024-10-31&as=json").json()
    assert (data["scope"]["since"], data["scope"]["until"]) == ("2024-10-30", "2024-10-31")


@pytest.mark.parametrize(
    "asked", ["about=Atlantis", "about=RUS&for=Atlantis", "about=RUS&since=x", "about=RUS&as=pdf"]
)
def test_brief_refuses_what_it_does_not_know(client, asked):
    assert client.get(f"/brief?{asked}").status_code == 422


def test_brief_of_a_large_store_is_said_to_be_worked_out_before_it_comes(client, monkeypatch):
    monkeypatch.setattr(opened, "LARGE", 0)
    (waiting,) = page_of(client, ASKED).xpath("//*[@id='brief'][@aria-busy='true']")
    assert "Working out the brief" in words(waiting)
    follows = page_of(client, waiting.get("data-follow"))
    assert follows.xpath("//*[@id='brief']//section[@id='s-events']")
    assert client.get("/brief?about=Atlantis").status_code == 422
    assert client.get(f"{ASKED}&as=md").headers["content-type"].startswith("text/markdown")


def test_brief_is_not_noted_in_the_store(client, crisis):
    client.get(ASKED)
    with Store(crisis) as store:
        assert last_run(store.connection()).number == 1
