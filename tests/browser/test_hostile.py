"""A store of scripts in a real browser: nothing of it runs, on whatever page it is looked at."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import REFUSED
from tests.hostile import make_hostile

#: Where a visitor begins, pages that are looked at, and pages of one sort.
STARTS = [
    "/",
    "/network",
    "/map",
    "/pairs/TCD/NER",
    "/brief?about=TCD,NER",
    "/search?q=Chad",
    "/api",
]
MOST, EACH = 60, 3

LINKS = """Array.from(
    document.querySelectorAll("main a[href], nav a[href]"),
    (link) => new URL(link.getAttribute("href"), location).href,  // those of SVG have no text
)"""


@pytest.fixture(scope="module")
def hostile(open_desk, tmp_path_factory):
    """Where a desk on a store of scripts answers."""
    return open_desk(make_hostile(tmp_path_factory.mktemp("scripts") / "store"))


def sort_of(address):
    """Return what pages of one sort have in common: the first part of their address."""
    parts = urlsplit(address)
    return parts.path.split("/")[1], bool(parts.path.count("/") - 1), bool(parts.query)


def test_nothing_runs_on_any_page(browser, hostile):
    said, sent, opened, todo, sorts = [], [], [], [hostile + start for start in STARTS], {}
    with browser.new_context(base_url=hostile) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: sent.append(request.url))
        seen = set()
        while todo and len(seen) < MOST:
            address = todo.pop(0)
            sort = sort_of(address)
            if address in seen or sorts.get(sort, 0) >= EACH:
                continue
            seen.add(address)
            sorts[sort] = sorts.get(sort, 0) + 1
            page.goto(address)
            assert page.evaluate("window.hacked") is None, address
            links = page.evaluate(LINKS)
            todo += [each for each in links if each.startswith(hostile) and not is_file(each)]
    assert len(seen) > 20
    assert opened == []
    assert [each for each in said if not each.startswith(REFUSED)] == []
    assert [each for each in sent if not each.startswith((hostile, "data:", "blob:"))] == []
    assert [each for each in sent if urlsplit(each).path.endswith("/pwned")] == []


def is_file(address):
    """Tell whether an address is that of a file to be kept, or of the JSON face."""
    return re.search(r"[.](csv|jsonl|parquet|geojson|html|md|json)\b|as=|/api/", address)
