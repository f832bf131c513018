"""Judging in a real browser, by keyboard alone."""

import pytest

import tocsin
from tests.browser.conftest import LOOKS, assert_fits, look, press
from tests.crisis import make_crisis


@pytest.fixture
def crisis(tmp_path):
    return make_crisis(tmp_path / "store")


@pytest.fixture
def address(open_desk, crisis):
    """A desk on a store of this test alone."""
    return open_desk(crisis)


def said(crisis, judge):
    with tocsin.open(crisis) as store:
        return [(str(each.verdict), each.correction) for each in store.judgements(judge=judge)]


def test_a_record_of_a_list_is_judged_and_taken_back_by_keyboard(page, crisis):
    page.goto("/events?mode=drone")
    assert not page.get_by_label("Judging as").is_visible()
    press(page, "j", "x")
    page.keyboard.type("Cy")
    press(page, "Enter")
    page.get_by_text("Cy: rejected.").wait_for()
    assert said(crisis, "Cy") == [("rejected", {})]
    page.goto("/events?mode=drone")
    press(page, "j", "u")
    page.get_by_text("Cy: taken back.").wait_for()
    assert said(crisis, "Cy") == []


def test_what_another_judge_says_still_stands_after_one_takes_back(page):
    badges = page.locator("tr.chosen [data-verdict]")
    page.goto("/events?type=MOBILIZE")
    press(page, "j")
    before = badges.all_text_contents()
    press(page, "x")
    page.keyboard.type("Cy")
    press(page, "Enter")
    page.locator("tr.chosen .tone-rejected").wait_for()
    assert badges.all_text_contents() == sorted({*before, "rejected"})
    press(page, "u")
    page.locator("tr.chosen .tone-rejected").wait_for(state="detached")
    assert badges.all_text_contents() == before


def test_key_that_is_held_judges_once(page, crisis):
    page.goto("/events?mode=drone")
    page.get_by_label("Judging as").evaluate("(each) => { each.value = 'Cy'; }")
    press(page, "j")
    for _ in range(3):
        page.keyboard.down("x")
    page.keyboard.up("x")
    page.get_by_text("Cy: rejected.").wait_for()
    with tocsin.open(crisis) as store:
        assert store.judgements(judge="Cy", past=True).count() == 1


def test_judgement_that_a_desk_without_answer_does_not_keep_is_told(page, crisis):
    page.goto("/events?mode=drone")
    page.get_by_label("Judging as").evaluate("(each) => { each.value = 'Cy'; }")
    press(page, "j", "x")
    page.get_by_text("Cy: rejected.").wait_for()
    page.route("**/api/v1/judgements", lambda route: route.fulfill(body="no JSON"))
    press(page, "c")
    page.get_by_text("Not kept: the desk does not answer").wait_for()
    assert said(crisis, "Cy") == [("rejected", {})]


def test_what_cannot_be_taken_back_is_told(page):
    page.goto("/events?mode=drone")
    press(page, "j", "u")
    page.keyboard.type("Cy")
    press(page, "Enter")
    page.get_by_text("Cy says nothing of this").wait_for()


def test_a_record_is_corrected_by_keyboard(page, crisis):
    page.goto("/events?mode=drone")
    press(page, "j", "e")
    page.wait_for_url("**/judge?**")
    press(page, "e")
    page.get_by_label("status", exact=True).select_option("alleged")
    page.get_by_role("form", name="Correct").get_by_label("Your name").focus()
    page.keyboard.type("Cy")
    press(page, "Enter")  # says nothing by itself
    assert said(crisis, "Cy") == []
    page.get_by_text("Keep the correction").focus()
    press(page, "Enter")
    page.wait_for_url("**/events?mode=drone")
    assert said(crisis, "Cy") == [("corrected", {"status": "alleged"})]


@LOOKS
def test_pages_to_judge_have_no_violation(page, crisis, width, theme):
    look(page, width, theme)
    with tocsin.open(crisis) as store:
        records = [
            store.events(type="MOBILIZE").first().id,
            store.judgements(judge="Bo").first().record,
            store.findings().first().id,
            store.articles(outlet="Seoul Ledger").first().id,
        ]
    for record in records:
        page.goto(f"/judge?record={record}")
        for details in page.locator("details.correcting").all():
            details.evaluate("(each) => { each.open = true; }")
        assert_fits(page, width)
