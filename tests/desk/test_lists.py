"""Lists: a page for each kind of answer."""

import pytest
from lxml import html

from tocsin.store.kinds import KINDS


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_has_a_page_with_all_its_filters(client, kind):
    page = html.fromstring(client.get(f"/{kind}").text)
    fields = {each.get("name") for each in page.find_class("filters")[0].xpath(".//*[@name]")}
    assert {each.name for k in KINDS if k.name == kind for each in k.filters} <= fields


def test_next_page_goes_on_behind_the_last_record(client):
    first = html.fromstring(client.get("/events?limit=3").text)
    (following,) = first.xpath("//a[@rel='next']/@href")
    second = html.fromstring(client.get(f"/events{following}").text)
    rows = [row.xpath(".//a/@href") for page in (first, second) for row in page.xpath("//tbody/tr")]
    whole = html.fromstring(client.get("/events?limit=6").text)
    assert rows == [row.xpath(".//a/@href") for row in whole.xpath("//tbody/tr")]


def test_list_of_nothing_says_so(client):
    assert "No events fit." in client.get("/events?since=2099-01-01").text


def test_list_refuses_a_filter_it_does_not_know(client):
    answer = client.get("/events?colour=red")
    assert answer.status_code == 422
    assert "colour" in answer.text
