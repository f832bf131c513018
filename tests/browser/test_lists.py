"""Lists: filtered, counted, turned, ordered and taken home; by keys alone, and on a phone."""

import csv
import re

import pytest

from tests.browser.conftest import look, press


def records(page):
    """Return the first lines of the rows that are shown."""
    return page.locator("tr[data-row] [data-open]").all_inner_texts()


def test_filters_are_in_the_address_and_come_back_from_it(page):
    page.goto("/events")
    everything = records(page)
    page.get_by_label("actor", exact=True).fill("PRK")
    page.get_by_label("status", exact=True).select_option("denied")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/events?actor=PRK&status=denied")
    found = records(page)
    assert 0 < len(found) < len(everything)
    page.reload()
    assert records(page) == found
    assert page.get_by_label("actor", exact=True).input_value() == "PRK"
    assert page.get_by_label("status", exact=True).input_value() == "denied"


def test_list_is_filtered_by_keys_alone(page):
    page.goto("/events")
    press(page, "f")
    page.keyboard.type("PRK")
    press(page, "Enter")
    page.wait_for_url("**/events?actor=PRK")
    press(page, "j", "Enter")
    page.wait_for_url("**/events/*")


def test_filter_is_taken_away_alone(page):
    page.goto("/events?actor=PRK&status=denied")
    page.get_by_role("link", name="status denied").click()
    page.wait_for_url("**/events?actor=PRK")


def test_count_leads_to_as_many_records(page):
    page.goto("/statements")
    press(page, "v")
    chosen = page.locator("#counts a:focus")
    number = int(chosen.locator(".number").inner_text())
    press(page, "Enter")
    page.wait_for_url("**/statements?*")
    assert len(records(page)) == number


def test_wrong_value_is_told_beside_its_field(page):
    page.goto("/events")
    page.get_by_label("actor", exact=True).fill("PRK")
    page.get_by_text("More filters").click()
    page.get_by_label("grade", exact=True).fill("Z9")
    press(page, "Enter")
    page.wait_for_selector("[aria-invalid=true]")
    field = page.get_by_label("grade", exact=True)
    assert field.is_visible()
    told = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert "Z9" not in told.inner_text()
    assert "B2" in told.inner_text()
    assert page.get_by_label("actor", exact=True).input_value() == "PRK"


def test_order_is_chosen_and_kept_by_pages(page):
    page.goto("/statements?limit=2")
    newest = records(page)
    page.get_by_label("order").select_option(label="oldest first")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**sort=oldest**")
    oldest = records(page)
    assert oldest != newest
    press(page, "n")
    page.wait_for_url("**after=**")
    assert "sort=oldest" in page.url
    assert "limit=2" in page.url


def test_pages_are_turned_forth_and_back_by_keys(page):
    page.goto("/statements?limit=2")
    seen = [records(page)]
    for number in (2, 3):
        press(page, "n")
        page.get_by_text(f"page {number}").wait_for()
        seen.append(records(page))
    press(page, "p")
    page.get_by_text("page 2").wait_for()
    assert records(page) == seen[1]
    page.reload()
    assert records(page) == seen[1]
    press(page, "p")
    page.get_by_role("link", name="Previous").wait_for(state="detached")
    assert records(page) == seen[0]


def test_what_is_shown_is_downloaded_whole(page):
    page.goto("/statements?country=RUS&limit=1")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == "tocsin-statements.csv"
    with taken.value.path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["country"] for row in rows} == {"RUS"}
    assert str(len(rows)) == page.locator(".count [data-records]").inner_text()


def test_counts_that_took_too_long_follow(page):
    def cut(route):
        answer = route.fetch()
        whole = answer.text()
        early = whole.replace('id="counts"', 'id="counts" data-more="/counts/statements"')
        route.fulfill(response=answer, body=early.replace("<b data-records>", "<b data-records>1+"))

    page.route(re.compile(r":\d+/statements$"), cut)
    page.goto("/statements")
    page.wait_for_selector("#counts[data-more]", state="detached")
    assert page.locator(".count [data-records]").inner_text().isdecimal()


def test_search_of_the_frame_finds_all_kinds(page):
    page.goto("/")
    press(page, "/")
    page.keyboard.type("Kursk")
    press(page, "Enter")
    page.wait_for_url("**/search?q=Kursk")
    titles = page.locator(".hits h2").all_inner_texts()
    assert len(titles) > 2
    assert page.locator("#seek").input_value() == "Kursk"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_list_is_used_on_a_phone(page, theme):
    look(page, 360, theme)
    page.goto("/events")
    page.get_by_label("actor", exact=True).fill("PRK")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/events?actor=PRK")
    page.locator("#counts a").first.click()
    page.wait_for_url("**actor=PRK&*")
    page.locator("[data-open]").first.click()
    page.wait_for_url("**/events/*")
