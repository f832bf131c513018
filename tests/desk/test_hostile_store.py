"""A store of scripts on the desk: every page that can be reached, and everything it gives.

Pages are found by their links, and every route of the desk must have been among them: what is added
later is looked at by itself.
"""

import json
import re
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html
from starlette.routing import compile_path
from starlette.testclient import TestClient

from tests.desk.conftest import HOST
from tests.hostile import ADDRESSES, BRACES, QUOTES, SCRIPT, make_hostile
from tests.routes import GETS
from tests.serving import AtHand
from tocsin.addresses import host_of
from tocsin.publish.desk.application import make_app
from tocsin.publish.desk.opened import Desk

pytestmark = pytest.mark.slow

#: Where visitors begin, and pages of one route that are looked at.
STARTS = (
    "/",
    "/api",
    "/network",
    "/map",
    "/pairs/TCD/NER",
    "/brief?about=TCD,NER",
    "/search?q=Chad",
)
EACH = 12

#: Routes that no link leads to.
UNLINKED: set[str] = set()

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)


ROUTES = {each.path: compile_path(each.path)[0] for each in GETS}


def route_of(path):
    return next((each for each, pattern in ROUTES.items() if pattern.match(path)), None)


def links_of(page, address):
    """Yield the addresses on the desk that a page leads to."""
    tree = html.fromstring(page)
    for element in tree.iter():
        for name in ("href", "src", "action", "data-src", "data-url"):
            given = element.get(name)
            if given and urlsplit(urljoin(f"http://{HOST}{address}", given)).netloc == HOST:
                parts = urlsplit(urljoin(f"http://{HOST}{address}", given))
                yield f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture(scope="module")
def client(tmp_path_factory, tools):
    desk = Desk(make_hostile(tmp_path_factory.mktemp("hostile") / "store"))
    desk.worker = AtHand(tools)
    return TestClient(make_app(desk, [HOST]), base_url=f"http://{HOST}", follow_redirects=False)


@pytest.fixture(scope="module")
def given(client):
    """The address of an article that was given to be read."""
    text = f"Minister {SCRIPT} of Chad said on Monday that troops had shelled Niger. {QUOTES}"
    article = {"text": text, "title": SCRIPT, "outlet": QUOTES, "url": ADDRESSES[2]}
    return client.post("/read", data=article).headers["location"]


@pytest.fixture(scope="module")
def answers(client, given):
    """Everything that is reached from the first page, by its address."""
    found, todo, seen = {}, [*STARTS, given, *ROUTES], dict.fromkeys(ROUTES, 0)
    while todo:
        address = todo.pop(0)
        route = route_of(urlsplit(address).path)
        if address in found or "{" in address.split("?")[0] or (route and seen[route] >= EACH):
            continue
        if route:
            seen[route] += 1
        found[address] = answer = client.get(address)
        if answer.headers.get("content-type", "").startswith("text/html"):
            todo += links_of(answer.text, address)
    return found


def of_type(answers, kind, *, files=True):
    """Return the answers of a media type, with or without those that are files to be kept."""
    return {
        address: answer
        for address, answer in answers.items()
        if answer.headers.get("content-type", "").startswith(kind)
        and (files or not is_file(answer))
    }


def is_file(answer):
    return "content-disposition" in answer.headers


def elements_of(answers, *, files=True):
    """Yield every element of every page, with the address of the page."""
    for address, answer in of_type(answers, "text/html", files=files).items():
        for element in html.fromstring(answer.text).iter():
            if isinstance(element.tag, str):
                yield address, element


def test_every_route_was_reached(answers):
    reached = {route_of(urlsplit(address).path) for address in answers}
    assert set(ROUTES) - reached - UNLINKED == set()


def test_no_page_is_a_fault(answers):
    assert {a: r.status_code for a, r in answers.items() if r.status_code >= 500} == {}


def test_pages_hold_no_script_but_the_desks_own_files(answers):
    for address, element in elements_of(answers):
        if element.tag == "script":
            own = (element.get("src") or "").startswith("/static/") and not element.text
            assert own or element.get("type") == "application/json", address


def test_pages_hold_no_handler_and_nothing_of_elsewhere(answers):
    for address, element in elements_of(answers):
        assert [each for each in element.attrib if each.startswith("on")] == [], address
        assert element.tag not in ("iframe", "object", "embed", "base"), address


def test_pages_hold_no_style_of_their_own(answers):
    for address, element in elements_of(answers, files=False):
        assert element.tag != "style", address
        assert "style" not in element.attrib, address


def test_pages_lead_nowhere_but_to_the_desk_and_to_web_addresses(answers):
    for address, element in elements_of(answers, files=False):
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            given = element.get(name)
            if given is not None and not re.match(r"[/?#](?!/)|$", given):
                assert element.tag == "a", (address, given)
                assert host_of(given), (address, given)


def test_nothing_that_misleads_the_eye_is_on_a_page(answers):
    misleading = set()
    for address, element in elements_of(answers):
        told = [element.get(name) or "" for name in ("title", "alt", "aria-label", "placeholder")]
        if HARMFUL.search(" ".join([element.text or "", element.tail or "", *told])):
            misleading.add((route_of(urlsplit(address).path), element.tag, element.get("class")))
    assert misleading == set()


def test_braces_of_articles_are_no_templates(answers):
    pages = of_type(answers, "text/html").values()
    assert any(BRACES[:7] in answer.text for answer in pages)


def test_json_is_json_and_nothing_else(answers):
    found = {**of_type(answers, "application/json"), **of_type(answers, "application/problem")}
    assert found
    for answer in found.values():
        for document in answer.text.splitlines() if is_file(answer) else [answer.text]:
            json.loads(document)
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_cell_of_a_table_is_a_formula(answers):
    import csv
    import io

    found = of_type(answers, "text/csv")
    assert found
    for address, answer in found.items():
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert [each for each in cells if re.match(r"[=+@\t\r]|-\D", each)] == [], address


def test_downloads_have_names_that_no_header_breaks(answers):
    named = [
        a.headers["content-disposition"]
        for a in answers.values()
        if "content-disposition" in a.headers
    ]
    assert named
    assert [
        each for each in named if not re.fullmatch(r'(attachment|inline); filename="[\w.-]+"', each)
    ] == []


def test_every_answer_has_the_policy(answers):
    for address, answer in answers.items():
        assert "default-src 'self'" in answer.headers["content-security-policy"], address
