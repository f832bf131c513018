"""The page of a reported event: its tellings, and what stands against what."""

import pytest

import tocsin
from tests.crisis import make_crisis
from tests.desk.conftest import client_of, page_of
from tests.made import Draft
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer


@pytest.fixture(scope="module")
def moved(crisis):
    """The event that one report tells and another denies."""
    with tocsin.open(crisis) as store:
        return store.events(contradicted=True).first()


@pytest.fixture
def page(client, moved):
    return page_of(client, f"/events/{moved.id}")


def test_event_shows_told_and_denied_side_by_side(page):
    groups = page.xpath("//div[@class='against']/section")
    assert [group.get("aria-label") for group in groups] == ["Told as having happened", "Denied"]
    assert "North Korea had moved troops" in groups[1].text_content()


def test_event_leads_to_the_words_of_every_telling(page, moved):
    links = page.xpath("//li[@data-row]//a[.//q]/@href")
    wanted = [
        f"/articles/{telling.articles[0]}?record={telling.event.id}#w-{telling.event.id}"
        for telling in moved.tellings
    ]
    assert sorted(links) == sorted(wanted)


def test_event_shows_its_grade_with_reasons(page, moved):
    grade = page.xpath("string(//section[@class='grade'])")
    assert f"{moved.grade.reliability}{moved.grade.credibility}" in grade
    assert moved.grade.sentence in grade


def test_event_shows_the_findings_about_it(page):
    assert "contradiction" in page.xpath("string(//section[contains(@class, 'said')])")


def test_event_leads_to_the_series_of_its_pair(client, crisis):
    with tocsin.open(crisis) as store:
        event = store.events(type="AID").first()
    page = page_of(client, f"/events/{event.id}")
    assert page.xpath("//dl//a/@href") == ["/pairs/EUR/UKR"]


def test_event_that_is_not_there_is_not_found(client):
    answer = client.get("/events/none")
    assert (answer.status_code, "no such event" in answer.text) == (404, True)


def test_id_of_former_days_leads_to_the_event_of_now(tmp_path):
    """An older telling comes, and the event is keyed by it."""
    folder = make_crisis(tmp_path / "store")
    with tocsin.open(folder) as store:
        before = store.events(type="AID").first()
        report = store.report(before.tellings[0].articles[0])
    text = report.article.text
    draft = Draft(text=f"{text} It is so.", url="https://first.example/1", published=None)
    event = report.events[0]
    draft.happen(
        text[slice(*event.words)],
        "offered",
        type="AID",
        quad=2,
        score=7.0,
        actors=event.actors,
        recipients=event.recipients,
    )
    connection = open_database(folder)
    Writer(connection).keep([("older", "older.txt", draft.report)])
    settle(connection)
    connection.close()
    with tocsin.open(folder) as store:
        now = store.now("event", before.id)
    client = client_of(folder)
    answer = client.get(f"/events/{before.id}")
    assert answer.url.path == f"/events/{now}"
    assert answer.status_code == 200
