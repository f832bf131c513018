"""Every page: what axe-core says of it, light and dark, wide and narrow."""

import pytest

from tests.browser.conftest import violations
from tocsin.store.kinds import KINDS

PAGES = [
    "/",
    "/api",
    "/network",
    "/map",
    *(f"/{kind.name}" for kind in KINDS),
    "/events?since=2099-01-01",
    "/events?type=NONSENSE&grade=Z&actor=PRK",
    "/statements?limit=2&sort=oldest",
    "/search?q=Kursk",
    "/search?q=%22",
    "/read",
    "/nowhere",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_page_has_no_violation(page, path, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    page.goto(path)
    assert violations(page) == []


def test_page_is_not_wider_than_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_page_that_is_open_is_in_sight_among_the_pages_on_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/judgements")
    here = page.locator(".side [aria-current]").bounding_box()
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= 360
