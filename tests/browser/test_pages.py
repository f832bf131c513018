"""Every page: what axe-core says of it, light and dark, wide and narrow."""

import pytest

from tests.browser.conftest import LOOKS, assert_fits, look
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
@LOOKS
def test_page_has_no_violation_and_fits(page, path, width, theme):
    look(page, width, theme)
    page.goto(path)
    assert_fits(page, width)


def test_page_that_is_open_is_in_sight_among_the_pages_on_a_phone(page):
    look(page, 360, "light")
    page.goto("/judgements")
    here = page.locator(".side [aria-current]").bounding_box()
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= 360
