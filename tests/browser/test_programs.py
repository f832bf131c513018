"""The page for programs, by keyboard alone."""

import json

from tests.browser.conftest import press, violations


def test_question_is_found_opened_and_tried_by_keyboard(page):
    page.goto("/")
    press(page, "g", "x")
    page.wait_for_url("**/api")
    summary = page.locator("details", has=page.locator("#asked-events")).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#asked-events table").is_visible()
    assert violations(page) == []
    press(page, "Tab", "Enter")
    page.wait_for_url("**/api/v1/events?limit=3")
    assert len(json.loads(page.locator("body").inner_text())["records"]) == 3


def test_record_that_an_answer_names_opens_where_it_is_led_to(page):
    page.goto("/api#asked-findings")
    page.locator("#asked-findings").get_by_role("link", name="Findings", exact=True).click()
    assert page.locator("#record-Findings table").is_visible()
    page.locator("#record-Findings").get_by_role("link", name="FoundFinding").click()
    assert page.locator("#record-FoundFinding table").is_visible()
    assert violations(page) == []
