"""The network and the map: time moves, and what is drawn leads on."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import LOOKS, assert_fits, look, press, violations
from tests.moving import make_moving


@pytest.fixture(scope="module")
def address(open_desk, tmp_path_factory):
    """Where a desk answers on a store of acts on some days of forty."""
    return open_desk(make_moving(tmp_path_factory.mktemp("moving") / "store"))


def visit(page, path):
    page.goto(path)
    page.wait_for_selector("#time:not([aria-busy])", state="attached")


def asked(page):
    """Return what the address asks, once it says what is shown."""
    page.wait_for_function("() => new URL(location).searchParams.has('end')")
    return {name: value for name, [value] in parse_qs(urlsplit(page.url).query).items()}


def numbers(page):
    return {
        each.get_attribute("data-number"): each.inner_text()
        for each in page.query_selector_all("[data-number]")
    }


def rows(page):
    return page.locator("#rows tr").all_inner_texts()


def test_time_moves_by_the_keys_of_the_slider_and_stays_in_the_address(page):
    visit(page, "/network?since=2024-03-01&until=2024-04-09&days=10")
    assert numbers(page)["events"] == "1"
    page.locator("#t-end").focus()
    page.keyboard.press("Home")
    assert numbers(page)["first"] == "1 March 2024"
    assert numbers(page)["events"] == "3"
    assert asked(page)["end"] == "2024-03-10"
    moved = rows(page)
    page.reload()
    assert rows(page) == moved != []
    assert numbers(page)["last"] == "10 March 2024"


def test_length_changes_by_the_keys_of_its_slider(page):
    visit(page, "/network?since=2024-03-01&until=2024-04-09&days=10")
    page.locator("#t-length").focus()
    page.keyboard.press("End")
    assert numbers(page)["events"] == "6"
    assert asked(page)["days"] == "40"
    assert page.locator("#t-length").get_attribute("aria-valuetext") == "40 days"


@pytest.mark.parametrize("path", ["/network", "/map"])
def test_time_moves_by_keys_wherever_the_focus_is(page, path):
    visit(page, f"{path}?since=2024-03-01&until=2024-04-09&days=10")
    press(page, "ArrowLeft", "ArrowLeft", "ArrowRight", "]")
    assert numbers(page)["last"] == "8 April 2024"
    assert asked(page)["days"] == "11"


def test_sliders_ask_the_desk_for_nothing_more(page):
    visit(page, "/network?since=2024-03-01")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.keyboard.press("ArrowLeft")
    asked(page)
    assert [url for url in sent if "/network" in url] == []


def test_window_does_not_leave_the_days(page):
    visit(page, "/network?since=2024-03-01&until=2024-04-09&days=10")
    page.locator("#t-end").focus()
    press(page, "Home", "ArrowLeft")
    assert numbers(page)["first"] == "1 March 2024"
    assert page.locator("#t-end").input_value() == "9"


def test_page_says_when_the_days_could_not_be_loaded(page):
    page.route("**/network.json*", lambda route: route.fulfill(status=422))
    visit(page, "/network?since=2024-03-01&days=40")
    assert "could not be loaded" in page.locator("#time-state").inner_text()
    assert len(rows(page)) == 4
    assert violations(page) == []


def test_letters_can_be_large_on_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("/network", "/map"):
        visit(page, path)
        for _ in range(3):
            page.keyboard.press("+")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_time_plays_until_its_end_and_stops_when_told(page):
    visit(page, "/network?since=2024-03-01&until=2024-04-09&days=10")
    page.keyboard.press(".")
    page.wait_for_function(
        "() => document.querySelector('[data-number=first]').textContent === '3 March 2024'"
    )
    assert page.locator("#t-play").inner_text() == "Stop"
    page.locator("#t-play").click()
    assert page.locator("#t-play").inner_text() == "Play"


def test_line_says_its_numbers_and_leads_to_the_pair(page):
    visit(page, "/network?since=2024-03-01&days=40")
    line = page.get_by_role("link", name="Chad → Niger: 3 events, 3 of conflict, mean score −9.0")
    line.focus()
    assert page.locator("#said").inner_text().startswith("Chad → Niger: 3 events")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pairs/TCD/NER?since=2024-03-01&until=2024-04-09")


def test_line_can_be_clicked_beside_its_middle(page):
    page.set_viewport_size({"width": 1280, "height": 1200})
    visit(page, "/network?since=2024-03-01&days=40")
    hit = page.locator("a.tie .hit").first
    point = hit.evaluate(
        "path => { const at = path.getPointAtLength(path.getTotalLength() / 2);"
        " const { x, y } = at.matrixTransform(path.getScreenCTM()); return { x: x + 3, y }; }"
    )
    page.mouse.click(point["x"], point["y"])
    page.wait_for_url("**/pairs/**")


def test_party_leads_to_the_network_about_it(page):
    visit(page, "/network?since=2024-03-01&days=40")
    page.get_by_role("link", name="France: 1 by it, 0 on it, 0 inside").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/network?**about=FRA")
    assert len(rows(page)) == 1


def test_parties_lie_where_they_lay_before(page):
    def lies():
        visit(page, "/network?since=2024-03-01&days=40")
        return page.eval_on_selector_all(
            "circle.node", "all => all.map(each => [each.cx.baseVal.value, each.cy.baseVal.value])"
        )

    assert lies() == lies() != []


def test_names_of_parties_cover_no_other(page):
    visit(page, "/network?since=2024-03-01&days=40")
    boxes = page.eval_on_selector_all(
        "#drawing text", "all => all.map(each => each.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 5
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            )


def test_place_leads_to_its_events(page):
    visit(page, "/map?since=2024-03-01&days=40")
    page.get_by_role(
        "link", name="Abeche, Chad: 2 events (1 verbal cooperation, 1 material conflict)"
    ).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?place=Abeche&country=TCD&since=2024-03-01&until=2024-04-09")
    assert page.locator("tr[data-row]").count() == 2


def test_map_zooms_and_pans_by_keys_and_buttons(page):
    visit(page, "/map?since=2024-03-01&days=40")
    shown = lambda: page.locator(".lands").get_attribute("transform")  # noqa: E731
    page.get_by_role("button", name="World").click()
    page.wait_for_function(
        "() => document.querySelector('.lands').getAttribute('transform').includes('scale(1)')"
    )
    seen = {shown()}
    page.locator("#drawing").focus()
    for key in ("+", "ArrowLeft", "ArrowUp", "0"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)
        assert shown() not in seen, key
        seen.add(shown())
    assert numbers(page)["last"] == "9 April 2024"  # the arrows moved the map, not time


def test_table_is_there_without_scripts(browser, address):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto("/network?since=2024-03-01&days=40")
        assert len(rows(tab)) == 4
        tab.goto("/map?since=2024-03-01&days=40")
        assert len(rows(tab)) == 2
        assert not tab.locator(".sliders").is_visible()


@pytest.mark.parametrize("path", ["/network", "/map", "/network?about=NER", "/map?about=FRA"])
@LOOKS
def test_drawing_has_no_violation(page, path, width, theme):
    look(page, width, theme)
    visit(page, path)
    assert_fits(page, width)
