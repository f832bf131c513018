"""Requests that nobody means well with: refused in the one shape, and never a fault."""

import asyncio
import gzip
import json
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import iterlinks

import tocsin
from tests.desk.conftest import HOST
from tests.routes import GETS, POSTS, keys_of
from tests.serving import AtHand
from tocsin.publish.desk.application import make_app
from tocsin.publish.desk.guard import HEADERS
from tocsin.publish.desk.opened import Desk
from tocsin.store import handle
from tocsin.store.kinds import KINDS

HERE = {"host": HOST}
BOUNDED = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

# --------------------------------------------------------------------------- asking


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def kind(self):
        return self.headers.get("content-type", "").partition(";")[0]


@pytest.fixture(scope="module")
def ask(crisis, tools):
    """Ask the application itself, byte for byte as the server would hand it over; `body` in pieces.

    What nobody foresaw is raised.  A client library would tidy up paths and headers.
    """
    desk = Desk(crisis)
    desk.worker = AtHand(tools)
    app = make_app(desk, [HOST])
    with asyncio.Runner() as runner:

        def send(method, address, headers=HERE, body=()):
            return runner.run(_ask(app, method, address, headers, body))

        yield send


async def _ask(app, method, address, headers, body):
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        "server": ("127.0.0.1", 8710),
        "client": None,
    }
    pieces = chain(({"body": each, "more_body": True} for each in body), [{"body": b""}])
    sent = []

    async def receive():
        piece = next(pieces, None)
        if piece is None:  # the visitor waits for the answer
            await asyncio.Event().wait()
        return {"type": "http.request", "more_body": False, **piece}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    given = [(name.decode(), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    content = b"".join(each.get("body", b"") for each in sent)
    packed = dict(given).get("content-encoding") == "gzip"
    return Answer(sent[0]["status"], dict(given), gzip.decompress(content) if packed else content)


def hold(answer):
    """Hold to every answer what holds for all."""
    assert answer.status < 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    if answer.kind == "application/problem+json":
        said = json.loads(answer.body)
        assert said["status"] == answer.status
        assert said["title"]
        assert said["detail"]
    elif answer.kind == "application/json":
        json.loads(answer.body)


# --------------------------------------------------------------------------- what is asked

#: As bytes of an address: what some decode twice, take for a way out, or cannot write.
ODD_PARTS = [
    *("%00", "a%00b", "%0a", "%0d%0aset-cookie:%20a=b", "%ED%A0%80", "%c0%ae", "%FF", "%", "%zz"),
    *("%2e%2e", ".", "..", "\\", "//", "'", "-1", "*"),
    *("..%2f..%2fetc%2fpasswd", "%252e%252e%252f", "..%5c..%5c", "a%2fb", "%2f%2fevil.example"),
    *("%E2%80%AEfdp.exe", "{{7*7}}", "%3Cscript%3E", "'%20or%201=1--", "%F0%9F%94%94", "null"),
    *("NaN", "1e999", "\\\\evil.example", "x" * 3_000, "9" * 40),
]
ODD_VALUES = [
    *("", " ", "\0", "a\0b", "\ufffd", "\u202eabc", "NEAR(a b)", "text:a OR b", "a" * 600),
    *("'", '"', '"a', "a*", "ab*", "*", "-", "-.-", ".", "..", "%", "{{7*7}}", "<script>"),
    *("0001-01-01", "0001-01-02", "9999-12-31", "2024-10-29", "2024-10", "2024-02-30", "20241029"),
    *("2024-10-29T00:00:00+23:59", "0001-01-01T00:00:00+14:00", "9" * 30, "9" * 5_000, "," * 50),
    *("0", "-1", "1", "2", "999999999999", "1e999", "nan", "inf", "-0.5", "0.5", "3-9", "9-3", "٣"),
    *("PRK", "PRK,RUS", "RUS:MIL", "RUS:", ":", "Narnia", "NATO", "denies", "DENIES", "true", "no"),
    *("²", "0x10", "1_000", "day", "Month", "A1", "Z9", "ASSAULT", "mobilize", "contradicted"),
]
NAMES = {
    kind.name: [*(each.name for each in kind.filters), "sort", "limit", "after", "trail", "count"]
    for kind in KINDS
}
OTHER_NAMES = [
    *("q", "on", "by", "since", "until", "end", "days", "least", "reports", "type", "quad", "rate"),
    *("budget", "about", "for", "as", "one", "other", "run", "record", "words", "stance", "actor"),
    *("recipient", "after", "back", "new_since", "office", "name", "country", "key", "nonsense"),
]
THREE = "٣".encode().decode("latin-1")  # a digit, but no ASCII
ODD_HEADERS = {
    "if-none-match": ["*", '"', 'W/"x", "y"', "," * 900, "\xff"],
    "range": ["bytes=0-0", "bytes=9-1", "bytes=" + "0-1," * 500, "lines=1"],
    "accept-encoding": ["gzip;q=0", "br, zstd, *;q=0", "gzip, gzip", "\xe9"],
    "origin": ["null", "http://evil.example", f"http://{HOST}", "\xff"],
    "content-length": ["-1", "9" * 5_000, THREE, "1, 2", "0x10", "99999999999"],
    "content-type": ["text/html", "multipart/form-data", "application/json; charset=undefined"],
    "cookie": ["judge=%FF; seen=;;=", "judge=" + "%00" * 900, "\xff=\xff", f"seen-0={THREE}"],
    "accept": ["*/*", "application/json", "\xff"],
    "host": ["evil.example", "", f"{HOST}.evil.example", f"evil@{HOST}", "127.0.0.1:8710:8710"],
    "x-part": ["yes", "\xff"],
    "x-forwarded-host": ["evil.example"],
    "transfer-encoding": ["chunked", "gzip, chunked"],
    "sec-fetch-site": ["cross-site", "same-site", "none", "same-origin"],
}
VALUES = st.sampled_from(ODD_VALUES) | st.text(max_size=20).filter(str.isprintable)
FIELDS = [
    *("text", "title", "on", "url", "outlet", "day"),
    *("record", "judge", "verdict", "note", "fields", "back", "field.status"),
]
CHARSETS = [
    f"multipart/form-data; boundary=b; charset={each}"
    for each in ("utf-8", "utf-7", "undefined", "idna", "unicode_escape", "no-such", "zlib", "\xff")
]
ODD_BODIES = [
    *(b"", b"{", b"[" * 50_000, b"\0", b"\xff\xfe\0", b"null", b"--b\r\n", b"--b--", b"1" * 5_000),
    *(b"<" * 20_000, b"<div>" * 20_000, b'{"text": "\\ud800"}', b"<!--", b"]]>", b"&" * 20_000),
    *(b"a=b&" * 20_000, b'{"a":' * 900, b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'),
]


def _parts(fields):
    """Return a form as browsers send it in parts, and a file of an odd name."""
    head = '--b\r\nContent-Disposition: form-data; name="{}"'
    parts = [f"{head.format(name)}\r\n\r\n{value}\r\n" for name, value in fields.items()]
    file = f'{head.format("file")}; filename="../\0\\{"x" * 300}"\r\n\r\n<p>+2AA-\\ud800\r\n'
    return "".join((*parts, file, "--b--\r\n")).encode("utf-8", "replace")


HEADINGS = st.lists(st.sampled_from(sorted(ODD_HEADERS)), max_size=2).flatmap(
    lambda names: st.fixed_dictionaries(
        {each: st.sampled_from(ODD_HEADERS[each]) for each in names}
    )
)
JSONS = st.recursive(
    st.sampled_from([None, True, -1, 10**40, 1e300, "\ud800", "\0", "x" * 600, "confirmed", "Ada"])
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)
    ),
    max_leaves=8,
)
FORMS = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(ODD_VALUES), max_size=6)
BODIES = st.one_of(
    st.tuples(st.just("application/json"), JSONS.map(json.dumps).map(str.encode)),
    st.tuples(st.just("application/x-www-form-urlencoded"), FORMS.map(urlencode).map(str.encode)),
    st.tuples(st.sampled_from(CHARSETS), FORMS.map(_parts)),
    st.tuples(
        st.sampled_from(["text/html", "application/json", "", "\xff"]), st.sampled_from(ODD_BODIES)
    ),
)
METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "get", "X" * 50]


@pytest.fixture(scope="module")
def keys(crisis):
    return keys_of(crisis)


def addresses(route, keys):
    """Return addresses of a route: ids that there are and odd ones, and odd questions."""
    odd = st.fixed_dictionaries({name: st.sampled_from(ODD_PARTS) for name in route.names})
    there = [route.fill(**each) for each in keys.get(route.what, ()) if {*each} == {*route.names}]
    paths = st.sampled_from(there) | odd.map(route.put) if there else odd.map(route.put)
    names = st.sampled_from(NAMES.get(route.what, OTHER_NAMES))
    asked = st.lists(st.tuples(names, VALUES), max_size=4).map(urlencode)
    return st.builds("{}?{}".format, paths, asked)


@settings(BOUNDED, max_examples=300)
@given(data=st.data(), headers=HEADINGS)
def test_odd_question_is_answered_or_refused(ask, keys, data, headers):
    route = data.draw(st.sampled_from(GETS))
    hold(ask("GET", data.draw(addresses(route, keys)), HERE | headers))


@settings(BOUNDED, max_examples=150)
@given(data=st.data(), headers=HEADINGS, body=BODIES)
def test_odd_body_is_taken_or_refused(ask, keys, data, headers, body):
    address = data.draw(addresses(data.draw(st.sampled_from(POSTS)), keys))
    kind, content = body
    hold(ask("POST", address, HERE | {"content-type": kind} | headers, [content]))


@settings(BOUNDED, max_examples=60)
@given(
    method=st.sampled_from(METHODS),
    parts=st.lists(
        st.sampled_from(["events", "api", "v1", "static", "mcp", *ODD_PARTS]), max_size=5
    ),
    headers=HEADINGS,
)
def test_odd_address_is_no_fault_of_the_desk(ask, method, parts, headers):
    hold(ask(method, "/" + "/".join(parts), HERE | headers))


# --------------------------------------------------------------------------- one by one


@pytest.mark.parametrize("length", ["9" * 5_000, "999999999"])
def test_length_that_is_too_large_is_refused(ask, length):
    assert ask("POST", "/read", HERE | {"content-length": length}).status == 413


@pytest.mark.parametrize("route", POSTS, ids=lambda each: each.path)
def test_body_without_end_is_not_read_to_it(ask, route):
    read = []

    def endless():
        while True:
            read.append(2**20)
            assert sum(read) < 10**8
            yield b"x" * read[-1]

    address = route.put(dict.fromkeys(route.names, "x")) + "?run=1"
    kinds = {"/api/v1/read": "text/plain", "/mcp": "application/json"}
    kind = kinds.get(route.path, "application/x-www-form-urlencoded")
    sent = {"content-type": kind, "accept": "application/json, text/event-stream"}
    hold(ask("POST", address, HERE | sent, endless()))


@pytest.mark.parametrize(
    "path", ["..%2f..%2fpyproject.toml", "../application.py", "%2e%2e/desk.css"]
)
def test_assets_are_files_of_the_desk_alone(ask, path):
    assert ask("GET", f"/static/0123456789abcdef/{path}").status == 404


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "WyJldmVudHMiXQ", "%00", "a" * 4_000])
def test_forged_cursor_is_refused(ask, cursor):
    assert ask("GET", f"/events?after={cursor}").status == 422
    assert ask("GET", f"/api/v1/events?after={cursor}").status == 422


@pytest.mark.parametrize("charset", ["utf-7", "undefined", "unicode_escape", "punycode", "no-such"])
@pytest.mark.parametrize("path", ["/read", "/judge"])
def test_form_in_another_encoding_is_refused(ask, path, charset):
    form = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}
    answer = ask("POST", path, HERE | form, [_parts({"title": "+2AA-\\ud800"})])
    assert answer.status == 422
    assert b"encoding" in answer.body


@pytest.mark.parametrize("path", ["//evil.example/x", "/%5Cevil.example", "/%09/evil.example/x"])
def test_page_of_what_is_not_there_leads_to_no_other_host(ask, path):
    answer = ask("GET", path)
    assert answer.status == 404
    links = {link for _, _, link, _ in iterlinks(answer.body.decode())}
    assert {urlsplit(urljoin(f"http://{HOST}/", each)).netloc for each in links} == {HOST}


def test_stance_of_a_speaker_is_read_as_everywhere(ask, keys):
    page = f"/speakers/{quote(keys['speakers'][0]['key'])}"
    assert ask("GET", f"{page}?stance=ASSERTS").body == ask("GET", f"{page}?stance=asserts").body


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example", "cookie": "judge=Ada"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": f"http://{HOST}.evil.example"},
    ],
)
@pytest.mark.parametrize("route", POSTS, ids=lambda each: each.path)
def test_change_from_another_site_is_refused(ask, route, headers):
    answer = ask("POST", route.put(dict.fromkeys(route.names, "x")), HERE | headers)
    hold(answer)
    assert answer.status == 403


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_cursor_of_another_kind_is_refused(ask, crisis, kind):
    with tocsin.open(crisis) as store:
        cursors = {each.name: getattr(store, each.name)(limit=1).page().cursor for each in KINDS}
    for name, cursor in cursors.items():
        if name != kind.name and cursor:
            assert ask("GET", f"/{kind.name}?{urlencode({'after': cursor})}").status == 422
            assert ask("GET", f"/api/v1/{kind.name}?{urlencode({'after': cursor})}").status == 422


@pytest.mark.parametrize("path", ["/events", "/api/v1/events", "/search?q=Kursk", "/map.json"])
def test_question_that_takes_too_long_is_stopped(crisis, monkeypatch, path):
    monkeypatch.setattr(handle, "_STEPS", 1)
    app = make_app(Desk(crisis, patience=0), [HOST])
    answer = asyncio.run(_ask(app, "GET", path, HERE, ()))
    assert answer.status == 503
    assert answer.headers["retry-after"]
