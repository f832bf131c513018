"""A store of scripts, looked at and touched: every route of the desk in a browser, and files."""

from urllib.parse import urlsplit

import pytest

import tocsin
from tests.browser.conftest import REFUSED
from tests.hostile import make_hostile
from tests.routes import GETS, keys_of

#: Questions of routes that without one only show a form.
ASKED = {
    "/brief": "?about=TCD,NER",
    "/search": "?q=Chad",
    "/office": "?q=minister",
    "/api/v1/brief": "?about=TCD,NER",
    "/api/v1/office": "?office=minister",
    "/api/v1/person": "?name=Lavrov",
}

#: Whose answers are files or parts, for scripts and for keeping; the reader of articles is not
#: loaded for this.
FILES = (".csv", ".jsonl", ".parquet", ".geojson")
LEFT_OUT = ("/explain", "/static/", "/read/{key}")

#: Pages of one route that are looked at: the most that one payload shares with the others.
EACH = 8

#: Point at, choose and open whatever a page has, as somebody would who looks at all of it.
TOUCH = """async () => {
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  for (const each of document.querySelectorAll("details")) each.open = true;
  const drawn = [...document.querySelectorAll("svg a, svg rect, svg circle, tr")].slice(0, 60);
  for (const name of ["mouseenter", "mouseover", "focus"]) {
    for (const each of drawn) each.dispatchEvent(new MouseEvent(name));
  }
  for (const piece of [...document.querySelectorAll(".words [data-start][class]")].slice(0, 6)) {
    piece.click();
    await wait(60);
  }
  return { hacked: window.hacked ?? null, title: document.title };
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_hostile(tmp_path_factory.mktemp("scripts") / "store")


@pytest.fixture(scope="module")
def hostile(open_desk, folder):
    """Where a desk on a store of scripts answers."""
    return open_desk(folder)


@pytest.fixture(scope="module")
def addresses(folder):
    """Return addresses of every route, of some records each."""
    keys = keys_of(folder)
    found = {}
    for route in GETS:
        if not any(each in route.path for each in LEFT_OUT):
            values = keys.get(route.what, [])[:EACH] if route.names else [{}]
            found[route.path] = [route.fill(**v) + ASKED.get(route.path, "") for v in values]
    with tocsin.open(folder) as store:
        records = [each.record for each in store.judgements(limit=EACH)]
    return found | {"/judge": [f"/judge?record={each}" for each in records]}


@pytest.fixture
def tab(browser, hostile):
    """A tab on the store of scripts; at the end nothing has run, and nothing was asked for."""
    with browser.new_context(base_url=hostile) as context:
        page = context.new_page()
        heard, sent = [], []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: sent.append(request.url))
        yield page
        assert [each for each in heard if not each.startswith(REFUSED)] == []
        assert [each for each in sent if urlsplit(each).path.endswith("/pwned")] == []
        assert [each for each in sent if not each.startswith((hostile, "data:", "file:"))] == []


def test_every_route_has_addresses(addresses):
    without = [path for path, found in addresses.items() if not found]
    assert without == []


def test_nothing_runs_wherever_a_page_is_touched(tab, addresses):
    for path, found in addresses.items():
        for address in found if not path.endswith(FILES) else ():
            tab.goto(address)
            seen = tab.evaluate(TOUCH)
            assert seen["hacked"] is None, address
            assert "49" not in seen["title"].replace("7*7", ""), address
            for key in ("j", "j", "c", "Escape"):
                tab.keyboard.press(key)


def test_files_are_saved_and_not_shown(tab, addresses):
    files = [each for path in addresses if path.endswith(FILES) for each in addresses[path]]
    briefs = [f"/brief?about=TCD,NER&as={ending}" for ending in ("html", "md", "json")]
    for address in [*files, *briefs]:
        answer = tab.request.get(address)
        assert answer.status == 200, address
        assert answer.headers["content-disposition"].startswith("attachment; "), address
        assert answer.headers["x-content-type-options"] == "nosniff", address


def test_nothing_runs_in_a_brief_that_was_saved(tab, tmp_path):
    file = tmp_path / "brief.html"
    file.write_bytes(tab.request.get("/brief?about=TCD,NER&as=html").body())
    tab.goto(file.as_uri())
    assert tab.evaluate(TOUCH)["hacked"] is None
