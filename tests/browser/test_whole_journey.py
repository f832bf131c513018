"""One whole journey through the desk, by keyboard alone, on a phone, in the dark."""

import csv
import re

import pytest

from tests.browser.conftest import look, press
from tests.crisis import make_crisis

ARTICLE = (
    "KYIV, March 4 - Ukrainian drones struck an oil depot near Belgorod on Monday.\n\n"
    "“Nobody was hurt,” said Governor Pavel Orlin."
)
#: Presses of Tab within which a visitor gets anywhere on a page.
REACH = 90
#: Whether nothing lies over an element, and it is within the window.
IN_SIGHT = """(each) => {
  const { left, right, top, bottom } = each.getClientRects()[0];
  const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return at !== null && (each.contains(at) || at.contains(each));
}"""
FOCUSED = """() => {
  const { labels, ariaLabel, textContent } = document.activeElement;
  return (labels?.[0]?.textContent ?? ariaLabel ?? textContent).trim().replace(/\\s+/g, " ");
}"""


@pytest.fixture
def address(open_desk, tmp_path):
    """A desk on a store of this test alone, which is written to."""
    return open_desk(make_crisis(tmp_path / "store"))


def tab_to(page, name):
    """Go with Tab to what is called so, and hold that it is in sight and shown as the focus."""
    for _ in range(REACH):
        press(page, "Tab")
        if re.fullmatch(name, page.evaluate(FOCUSED)):
            break
    focused = page.locator(":focus")
    assert re.fullmatch(name, page.evaluate(FOCUSED)), f"no Tab leads to {name}"
    assert focused.evaluate(IN_SIGHT), f"{name} has the focus out of sight"
    assert focused.evaluate("(each) => getComputedStyle(each).outlineStyle") != "none", name


def walk_to(page, words):
    """Choose record after record with j until one has these words."""
    for _ in range(REACH):
        press(page, "j")
        chosen = page.locator("[data-row].chosen")
        if words in chosen.inner_text():
            assert chosen.locator(":focus").evaluate(IN_SIGHT)
            return
    raise AssertionError(f"no record has {words}")


def sees(page, words):
    """Hold that the page comes to show these words."""
    page.locator("#main").get_by_text(words).first.wait_for()


def records(page):
    return page.locator("tr[data-row] [data-open]").all_inner_texts()


def test_whole_journey_by_keyboard_on_a_phone_in_the_dark(page):
    look(page, 360, "dark")
    page.goto("/")
    _is_told_the_keys(page)
    _finds_the_contradicted_official_and_his_words(page)
    _filters_events_and_finds_them_again(page)
    _opens_a_pair(page)
    _moves_time(page)
    _judges_and_takes_it_back(page)
    _reads_an_article(page)
    _takes_a_list_home(page)


def _is_told_the_keys(page):
    press(page, "?")
    first = page.locator("#keys dd").first
    assert first.inner_text() == "search"
    assert first.evaluate(IN_SIGHT)
    press(page, "Escape")
    assert not first.is_visible()


def _finds_the_contradicted_official_and_his_words(page):
    sees(page, "Impossible as told")
    walk_to(page, "Another person, not Han Doyun, held the office.")
    press(page, "Enter")
    page.wait_for_url("**/articles/*?record=*")
    page.get_by_role("heading", name="Defence Minister Han Doyun").wait_for()
    words = page.locator(".words .chosen")
    assert "".join(words.all_inner_texts()).startswith("Defence Minister Han Doyun")
    assert words.first.evaluate(IN_SIGHT)
    press(page, "Escape")
    assert page.locator("#record .record").count() == 0


def _filters_events_and_finds_them_again(page):
    press(page, "g", "e")
    page.wait_for_url("**/events")
    everything = records(page)
    press(page, "f")
    page.keyboard.type("PRK")
    tab_to(page, "status")
    page.keyboard.type("denied")
    tab_to(page, "Show")
    press(page, "Enter")
    page.wait_for_url("**/events?actor=PRK&status=denied")
    found = records(page)
    assert 0 < len(found) < len(everything)
    page.reload()
    assert records(page) == found
    assert page.get_by_label("Filters in use").get_by_text("denied").is_visible()


def _opens_a_pair(page):
    press(page, "g", "e")
    page.wait_for_url(re.compile("/events$"))
    walk_to(page, "drones struck")
    press(page, "Enter")
    page.wait_for_url("**/events/*")
    tab_to(page, "Ukraine → Russia")
    press(page, "Enter")
    page.wait_for_url("**/pairs/UKR/RUS")
    page.get_by_role("heading", name="Ukraine → Russia", exact=True).wait_for()
    press(page, "d")
    page.wait_for_url("**by=day**")
    sees(page, "2024-10-30")


def _moves_time(page):
    press(page, "g", "n")
    page.wait_for_selector("#time:not([aria-busy])", state="attached")
    before = page.locator("[data-number=last]").inner_text()
    tab_to(page, "Window ends")
    press(page, "Home")
    page.wait_for_url("**end=**")
    after = page.locator("[data-number=last]").inner_text()
    assert after != before
    sees(page, after)


def _judges_and_takes_it_back(page):
    press(page, "g", "e")
    page.wait_for_url("**/events")
    walk_to(page, "drones struck")
    press(page, "x")
    assert page.locator("[data-row].chosen a").first.evaluate(IN_SIGHT)
    page.keyboard.type("Cy")
    press(page, "Enter")
    sees(page, "Cy: rejected.")
    assert page.get_by_text("Cy: rejected.").evaluate(IN_SIGHT)
    press(page, "u")
    sees(page, "Cy: taken back.")
    press(page, "Enter")
    page.wait_for_url("**/events/*")
    press(page, "c")
    page.get_by_label("What judges say").get_by_text("Cy confirmed").wait_for()
    tab_to(page, "Undo u")
    press(page, "Enter")
    page.get_by_label("What judges say").wait_for(state="detached")
    press(page, "g", "d")
    page.wait_for_url("**/judgements")
    assert "Cy" not in page.locator(".records").inner_text()


def _reads_an_article(page):
    press(page, "g", "r")
    page.wait_for_url("**/read")
    tab_to(page, "Text, HTML or Markdown")
    page.keyboard.insert_text(ARTICLE)
    press(page, "Control+Enter")
    sees(page, "Not stored.")
    assert page.locator(".words").last.inner_text() == ARTICLE.split("\n\n")[1]


def _takes_a_list_home(page):
    press(page, "g", "s")
    page.wait_for_url("**/statements")
    tab_to(page, "CSV")
    with page.expect_download() as taken:
        press(page, "Enter")
    with taken.value.path().open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(records(page))
