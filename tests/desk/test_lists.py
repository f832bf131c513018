"""Lists: a page for each kind of answer."""

import pytest
from lxml import html

from tests.desk.conftest import client_of, page_of
from tocsin.publish.desk.pages import lists
from tocsin.store.database import open_database
from tocsin.store.kinds import KINDS


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_has_a_page_with_all_its_filters(client, kind):
    page = page_of(client, f"/{kind}")
    fields = {each.get("name") for each in page.find_class("filters")[0].xpath(".//*[@name]")}
    assert {each.name for k in KINDS if k.name == kind for each in k.filters} <= fields


def test_next_page_goes_on_behind_the_last_record(client):
    first = page_of(client, "/events?limit=3")
    (following,) = first.xpath("//a[@rel='next']/@href")
    second = page_of(client, f"/events{following}")
    rows = [row.xpath(".//a/@href") for page in (first, second) for row in page.xpath("//tbody/tr")]
    whole = page_of(client, "/events?limit=6")
    assert rows == [row.xpath(".//a/@href") for row in whole.xpath("//tbody/tr")]


def test_rows_lead_on_by_words_and_not_by_the_ids_of_their_records(client):
    page = page_of(client, "/articles")
    (title,) = page.xpath("//tbody/tr[1]//a[@data-open]")
    assert title.text_content().strip().startswith("SEOUL, Oct 29")
    assert "article" not in page.xpath("//thead//th/text()")


def test_heads_of_columns_tell_what_they_mean(client):
    (told,) = page_of(client, "/events").xpath("//th[text()='rep/ind']/@title")
    assert "how many of them independently" in told


def test_list_of_nothing_says_so(client):
    assert "No events fit." in client.get("/events?since=2099-01-01").text


def test_list_refuses_a_filter_it_does_not_know(client):
    answer = client.get("/events?colour=red")
    assert answer.status_code == 422
    assert "colour" in answer.text


def field(page, name):
    (found,) = page.xpath(f"//form[contains(@class, 'filters')]//*[@name='{name}']")
    return found


def test_values_that_can_be_chosen_are_in_the_form(client):
    page = page_of(client, "/events?status=denied")
    chosen = [each.get("value") for each in field(page, "status").xpath("./option[@selected]")]
    assert chosen == ["denied"]
    assert "MOBILIZE" in field(page, "type").xpath("./option/@value")


def test_what_there_is_is_suggested_where_all_cannot_be_listed(client):
    page = page_of(client, "/articles")
    known = page.xpath(f"//datalist[@id='{field(page, 'outlet').get('list')}']/option/@value")
    assert "Seoul Ledger" in known


def test_a_day_that_a_browser_would_not_show_is_shown_as_text(client):
    page = page_of(client, "/events?since=29+October+2024&until=2024-10-31")
    assert (field(page, "since").get("type"), field(page, "since").value) == (
        "text",
        "29 October 2024",
    )
    assert (field(page, "until").get("type"), field(page, "until").value) == ("date", "2024-10-31")


def test_a_wrong_value_is_told_beside_its_field_and_the_rest_is_kept(client):
    answer = client.get("/events?type=NONSENSE&actor=PRK&sort=oldest")
    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    wrong = field(page, "type")
    assert wrong.get("aria-invalid") == "true"
    (fault,) = page.xpath(f"//*[@id='{wrong.get('aria-describedby')}']")
    assert "PLOVER has no such type" in fault.text_content()
    assert wrong.xpath("./option[@selected]/@value") == ["NONSENSE"]
    assert field(page, "actor").value == "PRK"
    assert field(page, "sort").xpath("./option[@selected]/@value") == ["oldest"]
    assert not page.xpath("//tbody")


def test_what_does_not_go_together_is_told_and_the_form_is_kept(client):
    answer = client.get("/events?since=2024-11-01&until=2024-10-01")
    assert answer.status_code == 422
    assert "no day is both since and until" in answer.text
    assert field(html.fromstring(answer.text), "since").value == "2024-11-01"


def test_each_filter_can_be_taken_away_alone(client):
    page = page_of(client, "/events?actor=PRK&status=denied&sort=oldest")
    away = page.xpath("//ul[@class='chips']//a/@href")
    assert away == [
        "/events?status=denied&sort=oldest",
        "/events?actor=PRK&sort=oldest",
        "/events",
    ]


def test_counts_lead_to_lists_of_as_many_records(client):
    page = page_of(client, "/statements")
    found = page.xpath("//aside[@id='counts']//a")
    assert found
    for each in found:
        number = each.find_class("number")[0].text
        there = page_of(client, f"/statements{each.get('href')}")
        assert there.xpath("//*[@data-records]")[0].text == number, each.get("href")


def test_counts_that_took_too_long_are_asked_for_once_the_page_is_shown(client, monkeypatch):
    from tocsin.store import facets

    monkeypatch.setattr(facets, "MOST", 1)
    monkeypatch.setattr(facets, "_BATCHES", (1, 1))
    page = page_of(client, "/events?actor=PRK")
    (counts,) = page.xpath("//aside[@id='counts']")
    assert counts.get("data-more") == "/counts/events?actor=PRK"
    monkeypatch.undo()
    (more,) = page_of(client, counts.get("data-more")).xpath("//aside")
    assert more.get("data-records") == "1"


def test_counts_that_had_no_time_at_all_are_asked_for_as_well(client, monkeypatch):
    from tocsin.store import facets

    monkeypatch.setattr(facets, "MOST", 0)
    page = page_of(client, "/events")
    assert page.xpath("//tbody/tr")
    assert page.xpath("//aside[@id='counts']/@data-more") == ["/counts/events?"]


def days(page):
    return [row.xpath("string(./td[1])").strip() for row in page.xpath("//tbody/tr")]


def test_order_turns_the_list_round(client):
    newest, oldest = (days(page_of(client, f"/findings{sort}")) for sort in ("", "?sort=oldest"))
    assert oldest != newest
    assert sorted(oldest) == sorted(newest)


def walk_pages(client, path, relation):
    """Follow the links of this relation as far as they lead; yield each page."""
    while path:
        page = page_of(client, path)
        yield page
        kind = path.partition("?")[0]
        path = next((kind + each for each in page.xpath(f"//a[@rel='{relation}']/@href")), None)


def test_previous_pages_lead_back_the_way_that_was_come(client):
    forth = list(walk_pages(client, "/statements?limit=2", "next"))
    assert len(forth) > 3
    (last,) = forth[-2].xpath("//a[@rel='next']/@href")
    back = list(walk_pages(client, f"/statements{last}", "prev"))
    rows = [[row.text_content() for row in page.xpath("//tbody/tr")] for page in forth]
    assert [[r.text_content() for r in p.xpath("//tbody/tr")] for p in back] == rows[::-1]


def test_pages_too_far_back_are_not_pretended(client, monkeypatch):
    monkeypatch.setattr(lists, "_LONGEST_TRAIL", 2)
    forth = list(walk_pages(client, "/statements?limit=1", "next"))
    (last,) = forth[-2].xpath("//a[@rel='next']/@href")
    back = list(walk_pages(client, f"/statements{last}", "prev"))
    assert len(back) == 2
    assert back[-1].xpath("//a[@rel='first']")


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        ("events", "/events/"),
        ("statements", "/articles/"),
        ("quotations", "/articles/"),
        ("offices", "/articles/"),
        ("articles", "/articles/"),
        ("families", "/families/"),
        ("speakers", "/speakers/"),
        ("places", "/events?place="),
    ],
)
def test_rows_lead_to_the_page_of_their_record(client, kind, leads):
    hrefs = page_of(client, f"/{kind}").xpath("//tbody/tr//a[@data-open]/@href")
    assert hrefs
    assert all(each.startswith(leads) for each in hrefs)


def test_findings_lead_to_their_words_or_to_the_event_they_are_about(client):
    hrefs = page_of(client, "/findings").xpath("//tbody/tr//a[@data-open]/@href")
    assert {each.split("/")[1] for each in hrefs} == {"articles", "events"}


def test_series_lead_to_their_pair_where_both_sides_are_known(client):
    hrefs = page_of(client, "/series").xpath("//tbody/tr//a[@data-open]/@href")
    assert "/pairs/PRK/RUS" in hrefs or "/pairs/UKR/RUS" in hrefs


def test_downloads_have_the_filters_and_not_the_page(client):
    hrefs = page_of(client, "/events?actor=PRK&limit=1").xpath("//a[@download]/@href")
    assert "/events.csv?actor=PRK" in hrefs
    assert "/events.geojson?actor=PRK" in hrefs


def test_list_of_a_store_without_any_says_how_to_come_by_them(tmp_path):
    open_database(tmp_path / "empty", create=True).close()
    client = client_of(tmp_path / "empty")
    assert "There are no judgements yet." in (page := client.get("/judgements").text)
    assert "Judge a record" in page
    assert "Take away a filter" not in page
