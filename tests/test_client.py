"""The client: a desk asked as a store is, over a real connection."""

import inspect
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import tocsin
from tests.serving import serving
from tests.storm import make_storm
from tocsin import client as client_module
from tocsin.errors import (
    EmptyInputError,
    FetchError,
    LanguageError,
    NotThereError,
    StoreError,
    TocsinError,
    TooLargeError,
    ValueNotUnderstood,
)
from tocsin.publish.desk.application import Beyond, listen
from tocsin.publish.desk.door import digest_of
from tocsin.records import to_json
from tocsin.settings import Settings
from tocsin.store.kinds import KINDS

TEXT = (
    "The Harbour Council of the island said on Tuesday that it had closed the port. “We will not "
    "open it before Friday,” said Governor Pavel Orlin. Ships waited outside for the third day."
)


@pytest.fixture(scope="module")
def remote(crisis, tools):
    """A client of a desk on the small store, in a thread of this process."""
    with serving(crisis, tools) as address, tocsin.connect(address) as connected:
        yield connected


# --------------------------------------------------------------------------- as a store


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_client_answers_with_the_records_of_the_store(remote, store, kind):
    theirs, ours = getattr(remote, kind.name)(), getattr(store, kind.name)()
    assert list(theirs) == list(ours)
    assert list(theirs.objects()) == list(ours.objects())
    assert theirs.count() == ours.count()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_client_takes_the_arguments_of_the_store(remote, store, kind):
    theirs, ours = (inspect.signature(getattr(each, kind.name)) for each in (remote, store))
    assert theirs == ours


def test_client_reads_page_by_page(remote, store, monkeypatch):
    monkeypatch.setattr(client_module, "_PAGE", 2)
    assert list(remote.statements()) == list(store.statements())
    assert list(remote.statements(limit=3)) == list(store.statements(limit=3))
    assert list(remote.statements(limit=0)) == []


def test_length_of_an_answer_says_what_counts_it(remote):
    with pytest.raises(TypeError, match=r"use: count\(\)"):
        len(remote.statements())


def test_client_asks_for_no_more_than_is_looked_at(remote, monkeypatch):
    monkeypatch.setattr(client_module, "_PAGE", 2)
    asked = []
    sent = client_module.RemoteStore._send
    monkeypatch.setattr(
        client_module.RemoteStore,
        "_send",
        lambda self, path, body: (asked.append(path), sent(self, path, body))[1],
    )
    found = iter(remote.statements())
    assert asked == []
    next(found)
    assert len(asked) == 1


def test_client_pages_by_cursors_as_the_store_does(remote, store):
    theirs, ours = remote.events(limit=2).page(), store.events(limit=2).page()
    assert theirs == ours
    assert (
        remote.events(limit=2, after=theirs.cursor).page()
        == store.events(limit=2, after=ours.cursor).page()
    )


def test_client_filters_and_sorts(remote, store):
    asked = {"actor": "North Korea", "contradicted": True, "since": "2024-10-01"}
    assert list(remote.events(**asked)) == list(store.events(**asked)) != []
    assert list(remote.events(sort="oldest")) == list(store.events(sort="oldest"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_client_gives_the_frames_of_the_store(remote, store, kind, monkeypatch):
    monkeypatch.setattr(client_module, "_PAGE", 2)
    theirs, ours = getattr(remote, kind.name)(), getattr(store, kind.name)()
    assert theirs.to_arrow().equals(ours.to_arrow())
    assert theirs.to_polars().equals(ours.to_polars())
    assert theirs.head(1).to_pandas().equals(ours.head(1).to_pandas())


def test_client_shows_answers_and_reports_in_notebooks(remote, store):
    theirs, ours = (each.events(actor="PRK")._repr_html_() for each in (remote, store))
    assert theirs.partition("<table>")[2] == ours.partition("<table>")[2]
    assert "<details" in remote.report(store.articles().first().id)._repr_html_()


def test_client_gives_the_first_or_none(remote, store):
    assert remote.events().first() == store.events().first()
    assert remote.events(since="2099-01-01").first() is None
    assert not remote.events(since="2099-01-01")
    assert remote.events(limit=1).count() == 1


def test_client_tells_facets(remote, store):
    theirs, ours = (each.events(limit=50).facets() for each in (remote, store))
    assert theirs.facets
    assert theirs == ours


def test_client_gives_reports_and_status(remote, store):
    key = store.articles().first().id
    assert remote.report(key) == store.report(key)
    assert remote.status().articles == store.status().articles
    assert remote.is_settled() is True


@pytest.mark.parametrize("actor", ["", "  ", ["PRK"]])
def test_client_asks_for_nothing_that_a_desk_would_leave_out(remote, actor):
    with pytest.raises(ValueNotUnderstood, match="actor is no text"):
        remote.events(actor=actor).count()


def test_client_has_an_article_read(remote):
    report = remote.read(TEXT, on="2024-10-29", title="The port")
    assert (report.article.text, report.article.title) == (TEXT, "The port")
    assert report.statements


def test_client_makes_briefs(remote, store):
    from tocsin.watch.brief.stored import make_brief, read_scope

    theirs = remote.brief("PRK,RUS", "USA", since="2024-10-28")
    assert theirs.references
    since = theirs.scope.since
    assert theirs == make_brief(store, read_scope(store, "PRK,RUS", "USA", since=since))


def test_client_asks_for_alarms_and_the_reference(remote):
    assert remote.alarms("PRK", since="2024-10-01", rate=0.5) == ()
    [office] = remote.office("Pentagon chief", on="2024-10-29")
    assert office.tenures[0].person.name == "Lloyd Austin"
    assert remote.person("Lloyd Austin")[0].person.id == office.tenures[0].person.id


def test_client_gives_the_alarms_that_ring(tmp_path, tools):
    folder = make_storm(tmp_path / "storm")
    with serving(folder, tools) as address, tocsin.connect(address) as asked:
        theirs = asked.alarms()
    with tocsin.open(folder) as own:
        assert to_json(theirs) == to_json(tuple(tocsin.alarms(own)))
    assert {each.actor: each.rings for each in theirs} == {"TCD": "confirmed", "SRB": "unconfirmed"}


def test_client_says_what_it_asks(remote):
    address = remote.address.geturl()
    asked = remote.events(actor="PRK", limit=3)
    assert repr(asked) == f"tocsin.connect('{address}').events(actor='PRK', limit=3)"


# --------------------------------------------------------------------------- refusals


def test_client_refuses_what_the_desk_refuses_in_its_words(remote, store):
    with pytest.raises(ValueNotUnderstood) as ours:
        store.events(type="HUG").first()
    with pytest.raises(ValueNotUnderstood) as theirs:
        remote.events(type="HUG").first()
    told = ("what", "value", "expected", "advice")
    assert [getattr(theirs.value, each) for each in told] == [
        getattr(ours.value, each) for each in told
    ]


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda remote: remote.report("none"), NotThereError),
        (lambda remote: remote.report("../events"), NotThereError),
        (lambda remote: remote.read(" "), EmptyInputError),
        (lambda remote: remote.read("Der Hafen ist zu, sagte das Amt. " * 9), LanguageError),
        (lambda remote: remote.brief("Nowhere"), ValueNotUnderstood),
        (lambda remote: remote.events(limit=-1), ValueNotUnderstood),
        (lambda remote: remote.events(limit=0).page(), ValueNotUnderstood),
        (lambda remote: list(remote.events(colour="red")), ValueNotUnderstood),
    ],
)
def test_error_of_the_desk_is_the_error_of_the_client(remote, ask, error):
    with pytest.raises(error):
        ask(remote)


@pytest.mark.parametrize(
    "address",
    [
        *("", "127.0.0.1:8710", "ftp://127.0.0.1", "http://", "http://[", "http://a:b"),
        *("http://user@127.0.0.1", "http://127.0.0.1/x", "http://127.0.0.1?x", "file:///etc"),
    ],
)
def test_client_refuses_what_is_no_address_of_a_desk(address):
    with pytest.raises(ValueNotUnderstood, match="no address of a desk"):
        tocsin.connect(address)


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "naïve"])
def test_client_refuses_what_can_be_no_token(token):
    with pytest.raises(ValueNotUnderstood, match="no token"):
        tocsin.connect("http://127.0.0.1:8710", token)


def test_client_shows_its_token_to_a_desk_that_asks_for_one(crisis):
    with serving(
        crisis, beyond=Beyond(digest=digest_of(Settings(desk_token="a-token-of-a-desk")))
    ) as address:
        assert tocsin.connect(address, "a-token-of-a-desk").is_settled()
        for other in (None, "another-token"):
            with pytest.raises(ValueNotUnderstood, match="token"):
                tocsin.connect(address, other).is_settled()


def test_client_that_was_closed_asks_nothing_more():
    connected = tocsin.connect("http://127.0.0.1:1")
    connected.close()
    with pytest.raises(StoreError, match="closed"):
        connected.status()


def test_client_says_that_no_desk_is_there():
    with listen(0) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be reached"):
        tocsin.connect(f"http://127.0.0.1:{port}").status()


# --------------------------------------------------------------------------- what is no desk


@pytest.fixture
def answering():
    """Serve one fixed answer; returns a client of it, and what it was asked."""
    servers = []

    def serve(status, body, **headers):
        asked = []

        class Fixed(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append((self.path, dict(self.headers)))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Fixed)
        servers.append(server)
        threading.Thread(target=server.serve_forever).start()
        return tocsin.connect(f"http://127.0.0.1:{server.server_port}", "secret"), asked

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_client_follows_no_redirect(answering):
    elsewhere, heard = answering(200, b"{}")
    connected, asked = answering(302, b"", Location=f"{elsewhere.address.geturl()}/api/v1/status")
    with pytest.raises(FetchError, match="answered with 302"):
        connected.status()
    assert (len(asked), heard) == (1, [])


def test_client_asks_no_proxy(answering, monkeypatch):
    connected, asked = answering(200, b'{"settled": true}')
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert connected.is_settled()
    assert asked[0][0].startswith("/api/v1/status")
    assert asked[0][1]["Authorization"] == "Bearer secret"


def test_client_reads_no_answer_that_is_too_large(answering, monkeypatch):
    monkeypatch.setattr(client_module, "_MOST", 1_000)
    connected, _ = answering(200, b"[" + b"1," * 5_000)
    with pytest.raises(TooLargeError, match="too large"):
        connected.status()


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"<html>"), (200, b"[]"), (200, b"[" * 90_000), (500, b"{}"), (404, b"")],
)
def test_client_says_that_what_answers_is_no_desk(answering, status, body):
    connected, _ = answering(status, body)
    with pytest.raises(FetchError, match="no desk"):
        connected.is_settled()


@pytest.mark.parametrize("body", [b"{}", b'{"records": null}'])
def test_client_says_that_what_gives_no_list_is_no_desk(answering, body):
    connected, _ = answering(200, body)
    for ask in (connected.events().first, connected.alarms, lambda: connected.person("x")):
        with pytest.raises(FetchError, match="no desk"):
            ask()


def test_client_ends_where_a_desk_gives_nothing_more(answering):
    connected, asked = answering(200, b'{"records": [], "next": "again"}')
    assert list(connected.events()) == []
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["ValueError", "Any", None, 5, "refusal"])
def test_error_that_is_not_known_is_one_all_the_same(answering, name):
    problem = {"status": 429, "detail": "too many questions", "error": name, "expected": "fewer"}
    connected, _ = answering(429, json.dumps(problem).encode())
    with pytest.raises(TocsinError, match="too many questions; expected fewer") as raised:
        connected.status()
    assert type(raised.value) is TocsinError


def _newer(data):
    """Return JSON with a field more in each record that has an id."""
    if isinstance(data, list):
        return [_newer(each) for each in data]
    if not isinstance(data, dict):
        return data
    told = {name: _newer(each) for name, each in data.items()}
    return told | {"colour": "red"} if "id" in data else told


def test_fields_that_a_newer_desk_adds_are_passed_over(answering, remote):
    records = list(remote.events().objects())
    body = json.dumps({"records": _newer(records), "next": None, "more": 1})
    connected, _ = answering(200, body.encode())
    assert list(connected.events()) == list(remote.events())
    brief = remote.brief("PRK,RUS", since="2024-10-28")
    connected, _ = answering(200, json.dumps(_newer(to_json(brief))).encode())
    assert connected.brief("PRK,RUS") == brief


def test_cells_that_a_newer_desk_adds_are_passed_over(answering, remote):
    rows = [[*row, "new"] for row in remote.families().rows()]
    body = json.dumps({"records": [{}] * len(rows), "rows": rows, "next": None}, default=str)
    connected, _ = answering(200, body.encode())
    assert list(connected.families().rows()) == list(remote.families().rows())


@pytest.mark.parametrize("rows", ["", ', "rows": null', ', "rows": [["a"]]', ', "rows": [7]'])
def test_rows_that_are_none_are_refused(answering, rows):
    connected, _ = answering(200, f'{{"records": [{{}}], "next": null{rows}}}'.encode())
    with pytest.raises(StoreError, match="damaged"):
        list(connected.families().rows())


def test_records_that_lack_what_this_version_needs_are_refused(answering):
    body = json.dumps({"records": [{"id": "a", "new": 1}], "next": None, "settled": True})
    connected, _ = answering(200, body.encode())
    with pytest.raises(StoreError, match="damaged"):
        connected.families().first()
