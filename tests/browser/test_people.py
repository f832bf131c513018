"""Speakers, offices and families, by keyboard alone, on a phone and in the dark."""

import pytest

import tocsin
from tests.browser.conftest import LOOKS, assert_fits, look, press
from tocsin.publish.desk.links import to_family, to_speaker

OFFICE = "/office/UKR:defence_minister"


@pytest.fixture(scope="module")
def paths(store):
    """The pages to look at, by what they are."""
    with tocsin.open(store) as opened:
        (speaker,) = opened.speakers(name="Doyun")
        (family,) = opened.families()
    return {
        "speaker": to_speaker(speaker.key),
        "family": to_family(family.id),
        "office": OFFICE,
        "person": "/person/Q4082839",
        "look up": "/office?q=Shoigu&on=2024-05-01",
        "nothing found": "/office?q=qwrtz",
        "no such speaker": "/speakers/person:nobody",
    }


NAMES = ["speaker", "family", "office", "person", "look up", "nothing found", "no such speaker"]


@pytest.mark.parametrize("name", NAMES)
@LOOKS
def test_page_has_no_violation_and_fits(page, paths, name, width, theme):
    look(page, width, theme)
    page.goto(paths[name])
    assert_fits(page, width)


def test_contradicted_speaker_is_opened_and_read_by_keyboard(page):
    """From the list of speakers to the claim, the reference beside it, and the words."""
    look(page, 360, "dark")
    page.goto("/speakers?verdict=contradicted")
    press(page, "j", "Enter")
    page.wait_for_url("**/speakers/person**")
    assert page.locator("#findings").get_by_text("contradicted").first.is_visible()
    assert page.get_by_text("Articles give Han Doyun").is_visible()
    press(page, "j")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("/articles/")
    press(page, "Enter")
    page.wait_for_url("**/articles/**")


def test_office_is_looked_up_by_keyboard(page):
    page.goto("/")
    press(page, "g", "u")
    page.wait_for_url("**/office")
    page.locator("#q").focus()
    page.keyboard.type("Defense Minister of Ukraine")
    press(page, "Enter")
    page.wait_for_url("**/office?q=**")
    press(page, "j", "Enter")
    page.wait_for_url("**/office/UKR**")
    assert page.get_by_role("rowheader", name="Rustem Umerov").is_visible()
    assert page.locator("rect.sure").count() > 3


def test_two_of_a_family_are_compared_by_keyboard(page, paths):
    look(page, 360, "light")
    page.goto(paths["family"])
    assert page.locator(".differences ins").inner_text() == "More follows."
    page.locator("#one").focus()
    press(page, "End", "Tab", "Home", "Tab", "Enter")
    page.wait_for_url("**one=**")
    assert page.locator(".differences del").inner_text() == "More follows."
    assert page.locator(".differences ins").count() == 0
