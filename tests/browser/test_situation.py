"""Journeys: from the situation to a pair and through its days, by keyboard; what is new; briefs."""

import pytest

from tests.browser.conftest import LOOKS, assert_fits, look
from tests.storm import make_storm

PAGES = ["/", "/situation/alarms", "/pairs", "/pairs/TCD/NER", "/pairs/TCD/NER/ahead"]
PAGES += ["/brief", "/brief?about=TCD,NER&for=FRA"]


@pytest.fixture(scope="module")
def address(open_desk, tmp_path_factory):
    """Where a desk answers on a store in which alarms ring."""
    return open_desk(make_storm(tmp_path_factory.mktemp("storm") / "store"))


def settled(page, path):
    """Open a page and wait for all that follows."""
    page.goto(path)
    for _ in range(100):
        if page.locator("[data-follow]").count() == 0:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{path} still waits for what follows")


@pytest.mark.parametrize("path", PAGES)
@LOOKS
def test_page_has_no_violation_with_all_that_follows(page, path, width, theme):
    look(page, width, theme)
    settled(page, path)
    assert_fits(page, width)


def test_first_page_is_sent_within_300_kilobytes(page):
    sent = []
    page.on("response", lambda answer: sent.append(len(answer.body())))
    settled(page, "/")
    page.wait_for_load_state("networkidle")
    assert sum(sent) <= 300_000


def test_alarm_leads_to_its_pair_and_through_its_days_by_keyboard_alone(page):
    settled(page, "/")
    page.get_by_role("link", name="Chad → Niger").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pairs/TCD/NER")
    page.keyboard.press("d")
    page.wait_for_url("**by=day**")
    days = page.locator("#since").input_value()
    page.keyboard.press("p")
    page.wait_for_url("**since=**")
    assert page.locator("#since").input_value() < days
    page.keyboard.press("n")
    page.wait_for_url(f"**since={days}**")
    page.keyboard.press("x")
    page.wait_for_url("**/pairs/NER/TCD")


def test_charts_are_drawn_and_drawing_over_days_opens_them(page):
    settled(page, "/pairs/TCD/NER?by=day")
    chart = page.locator("[data-chart=conflict] .u-over")
    box = chart.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.8, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, middle, steps=5)
    page.mouse.up()
    page.wait_for_url("**since=**")
    assert 2 <= page.locator("#numbers tbody tr").count() <= 10


def test_charts_are_painted_anew_in_the_dark(page):
    settled(page, "/pairs/TCD/NER")
    light = page.locator("[data-chart] canvas").first.screenshot()
    page.keyboard.press("t")
    page.wait_for_timeout(500)
    dark = page.evaluate("document.querySelector('[data-chart] canvas').toDataURL()")
    page.keyboard.press("t")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('[data-chart] canvas').toDataURL()") != dark
    assert page.locator("[data-chart] canvas").first.screenshot() == light


def test_numbers_are_there_without_scripts(browser, address):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/pairs/TCD/NER")
        page.reload()  # by then all has been worked out
        assert page.locator("#numbers tbody tr").count() == 9
        assert not page.locator(".charts").is_visible()


def test_pair_is_chosen_by_keyboard(page):
    settled(page, "/pairs")
    page.locator("#actor").focus()
    page.keyboard.type("Serbia")
    page.keyboard.press("Tab")
    page.keyboard.type("Kosovo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pairs/SRB/KOS")


def test_brief_is_asked_for_and_taken_away(page):
    page.goto("/brief")
    page.locator("#about").fill("Chad, Niger")
    page.keyboard.press("Enter")
    page.wait_for_url("**about=Chad**")
    assert page.get_by_role("heading", name="Chad and Niger").is_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Markdown").click()
    assert begun.value.suggested_filename.endswith(".md")


@pytest.fixture(scope="module")
def noted(open_desk, store):
    """Where a desk answers on a store that notes when things came."""
    return open_desk(store)


def test_what_is_new_is_marked_as_seen_by_a_key(browser, noted):
    with browser.new_context(base_url=noted) as context:
        page = context.new_page()
        settled(page, "/")
        assert page.get_by_text("What was added last").is_visible()
        page.keyboard.press("v")
        page.get_by_text("Nothing is new.").wait_for()
        page.reload()
        assert page.get_by_text("Since you marked all as seen").is_visible()


def test_contradicted_event_leads_to_its_page_by_keyboard(browser, noted):
    with browser.new_context(base_url=noted) as context:
        page = context.new_page()
        settled(page, "/")
        page.get_by_role("region", name="Contradicted").get_by_role("link").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/events/**")


def test_items_of_the_situation_are_chosen_and_opened_by_keys(page):
    page.goto("/")
    page.keyboard.press("j")
    first = page.locator(".item.chosen a.to-page").get_attribute("href")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")
