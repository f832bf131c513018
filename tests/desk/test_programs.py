"""The page for programs: the description of the API, to be looked at and tried."""

import pytest

from tests.desk.conftest import page_of
from tocsin.publish.desk.api.description import describe
from tocsin.publish.desk.pages import programs


@pytest.fixture
def page(client):
    return page_of(client, "/api")


def test_page_has_every_operation_and_record(page):
    described = {
        operation["operationId"]
        for item in describe()["paths"].values()
        for operation in item.values()
    }
    assert {f"asked-{each}" for each in described} <= set(page.xpath("//details/div/@id"))
    records = {f"record-{each}" for each in describe()["components"]["schemas"]}
    assert records <= set(page.xpath("//details/div/@id"))


def test_page_tells_parameters_with_their_words_and_examples(page):
    rows = page.get_element_by_id("asked-events").xpath(".//tbody/tr")
    cells = {row[0].text_content(): [cell.text_content().strip() for cell in row] for row in rows}
    assert cells["type"][1].startswith("one of AGREE, CONSULT")
    assert cells["actor"][2:] == [
        "Who did it: a country (PRK, North Korea), its sector (RUS:MIL), a name.",
        "PRK",
    ]
    assert cells["status"][2].endswith("denied ...")


def test_page_leads_from_answers_to_their_records(page):
    ids = set(page.xpath("//@id"))
    leading = {each.removeprefix("#") for each in page.xpath("//main//a/@href") if each[0] == "#"}
    assert leading <= ids
    assert "record-ShownEvent" in leading


def test_every_question_with_get_can_be_tried(client, page):
    tried = page.xpath("//p[@class='tried']/a/@href")
    assert [each for each in tried if client.get(each).status_code != 200] == []
    asked = [path for path, item in describe()["paths"].items() if "get" in item]
    assert len(tried) == len(asked)


def test_ids_of_a_store_cannot_become_markup(client, monkeypatch):
    hostile = '"><script>alert(1)</script>\u202e{{7*7}}'
    monkeypatch.setattr(programs, "_keys", lambda _: {"places": hostile, "events": "javascript:"})
    page = page_of(client, "/api")
    assert all(each.startswith("/static/") for each in page.xpath("//script/@src"))
    assert page.xpath("//script[not(@src)]") == []
    assert all(each.startswith("/api/v1/") for each in page.xpath("//p[@class='tried']/a/@href"))
    assert "49" not in page.get_element_by_id("asked-places_one").text_content()
