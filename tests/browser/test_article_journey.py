"""From the contradicted official to the words; an article pasted, read and kept."""

import re

import pytest

from tests.browser.conftest import LOOKS, assert_fits, look, press, violations
from tests.crisis import make_crisis

TEXT = (
    "KYIV, March 4 - Ukrainian drones struck an oil depot near Belgorod on Monday.\n\n"
    "“Nobody was hurt,” said Governor Pavel Orlin."
)

#: What a browser has in hand while a file is dragged over a page.
CARRIED = """(text) => {
  const held = new DataTransfer();
  held.items.add(new File([text], "note.md"));
  return held;
}"""


def _see(page, selector):
    page.wait_for_selector(selector)
    return page.locator(selector)


def _open_article(page, verdict="contradicted"):
    """Go to the words of the first finding with this verdict, by keys alone."""
    page.goto(f"/findings?verdict={verdict}&check=tenure")
    press(page, "j", "Enter")
    _see(page, "#record .record")


def test_contradicted_official_leads_to_the_words_by_keys_alone(page):
    _open_article(page)
    assert "Another person, not Han Doyun" in page.locator("#record").inner_text()
    chosen = page.locator(".words .chosen").all_inner_texts()
    assert "".join(chosen).startswith("Defence Minister Han Doyun")


def test_records_are_walked_through_in_the_order_of_the_text(page):
    _open_article(page)
    page.keyboard.press("Escape")
    assert page.locator("#record .record").count() == 0
    seen, chosen = [], set()
    for _ in range(3):
        page.keyboard.press("j")
        page.wait_for_selector("#record[aria-busy=false] .record")
        seen.append(int(page.locator(".words .chosen").first.get_attribute("data-start")))
        chosen.add(page.url)
    assert seen == sorted(seen)
    assert len(chosen) == 3
    page.keyboard.press("k")
    page.wait_for_selector("#record[aria-busy=false] .record")
    assert int(page.locator(".words .chosen").first.get_attribute("data-start")) == seen[1]


def test_links_within_the_page_leave_the_chosen_record_as_it_is(page):
    _open_article(page)
    chosen = page.locator("#record [data-record]").get_attribute("data-record")
    page.locator(".sums a[href^='#s-'], a[href^='#s-']").first.click()
    page.wait_for_url(re.compile(r"#s-"))
    assert page.locator("#record [data-record]").get_attribute("data-record") == chosen


def test_address_says_which_record_is_chosen_and_back_leads_back(page):
    _open_article(page)
    before = page.url
    page.locator(".words a.trigger").first.click()
    page.wait_for_url(re.compile(r"\?record=(?!.*" + before.rpartition("=")[2] + ")"))
    assert "Event" in _see(page, "#record .sort").inner_text()
    page.go_back()
    page.wait_for_selector("#record .record:has-text('Office claim')")


def test_words_that_are_clicked_or_selected_show_what_lies_on_them(page):
    _open_article(page)
    page.keyboard.press("Escape")
    page.locator(".words span.content").first.click()
    page.wait_for_url(re.compile(r"\?words=\d+-\d+"))
    _see(page, "#record .record")
    page.keyboard.press("Escape")
    page.locator(".words").nth(1).select_text()
    assert "Han Doyun" in _see(page, "#record .record").inner_text()


def test_event_leads_from_its_denial_to_the_words(page):
    page.goto("/events?contradicted=true")
    press(page, "j", "Enter")
    _see(page, ".against")
    assert page.locator(".against > section").count() == 2
    page.locator(".against > section >> nth=1").locator("a").first.focus()
    page.keyboard.press("Enter")
    _see(page, "#record .record")
    assert "".join(page.locator(".words .chosen").all_inner_texts()).startswith("North Korea had")


@LOOKS
def test_chosen_record_has_no_violation_and_fits(page, width, theme):
    look(page, width, theme)
    _open_article(page)
    assert_fits(page, width)
    page.goto("/events?contradicted=true")
    page.goto(page.locator("tbody a").first.get_attribute("href"))
    assert violations(page) == []


def test_article_is_readable_without_scripts(browser, address):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/findings?verdict=contradicted&check=tenure")
        page.goto(page.locator("tbody a").first.get_attribute("href"))
        assert page.locator("#record .record").count() == 1
        page.locator(".words a.trigger").first.click()
        assert page.locator("#record .sort").inner_text() == "Event"
        assert page.locator(".found .item").count() > 3


# --------------------------------------------------------------------------- reading


@pytest.fixture(scope="module")
def writable(open_desk, tmp_path_factory):
    """A desk on a store that may be written to."""
    return open_desk(make_crisis(tmp_path_factory.mktemp("kept") / "store"))


@pytest.fixture
def tab(browser, writable):
    with browser.new_context(base_url=writable) as context:
        yield context.new_page()


def test_pasted_article_is_read_and_kept_by_keys_alone(tab):
    tab.goto("/")
    press(tab, "g", "r")
    _see(tab, "#r-text").focus()
    tab.keyboard.insert_text(TEXT)
    tab.keyboard.press("Control+Enter")
    assert "Not stored." in _see(tab, ".keep").inner_text()
    assert tab.locator(".words").all_inner_texts()[1] == TEXT.split("\n\n")[1]
    assert violations(tab) == []
    tab.locator(".keep button").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/articles/[0-9a-f]{16}$"))
    kept = tab.url.rpartition("/")[2]
    tab.goto("/articles")
    assert tab.locator(f"tr[data-row] a[href*='{kept}']").count() > 0


def test_dropped_file_is_read(tab):
    tab.goto("/read")
    held = tab.evaluate_handle(CARRIED, TEXT)
    tab.dispatch_event("body", "drop", {"dataTransfer": held})
    assert "note.md is to be read." in tab.locator("#reading").inner_text()
    tab.keyboard.press("Enter")
    assert "note.md" in _see(tab, ".head-of-article .about").inner_text()


def test_reasons_come_when_they_are_asked_for(tab):
    tab.goto("/read")
    tab.fill("#r-text", TEXT)
    tab.keyboard.press("Control+Enter")
    _see(tab, ".words a.trigger").first.click()
    _see(tab, "#record [data-explain]")
    tab.keyboard.press("w")
    assert "network" in _see(tab, ".acts-explained").inner_text()
    assert violations(tab) == []


def test_refused_article_says_why_and_keeps_the_words(tab):
    tab.goto("/read")
    tab.fill("#r-text", "Le ministre a dit hier que la guerre est finie.")
    tab.locator(".act button").click()
    assert "English" in _see(tab, "[role=alert]").inner_text()
    assert "ministre" in tab.input_value("#r-text")
    assert violations(tab) == []


def test_file_that_is_too_large_is_not_sent(tab):
    tab.goto("/read")
    tab.locator("#r-file").evaluate("(field) => { field.dataset.most = 10; }")
    tab.set_input_files("#r-file", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 11})
    tab.locator(".act button").click()
    assert "at most 10 bytes" in tab.locator("#reading").inner_text()
    assert tab.url.endswith("/read")
