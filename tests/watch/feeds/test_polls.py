"""Polls of servers on loopback: what they are asked, when again, and what they may do wrong."""

import contextlib
import gzip
import socket
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from tests.watch.feeds.served import feed_of
from tocsin.articles.http_exchange import Reply
from tocsin.records import Failure
from tocsin.settings import Settings
from tocsin.watch.feeds import asking
from tocsin.watch.feeds.asking import Asker
from tocsin.watch.feeds.plan import Feed
from tocsin.watch.feeds.polls import Standing, poll

NOW, MINUTES, DAY = 1_700_000_000.0, 30, 86_400
BODY = feed_of("The ministry said nothing.")


@pytest.fixture
def asker():
    return Asker(Settings(max_bytes=100_000), sleep=lambda _: None)


def polled(served, asker, path="/feed", standing=None):
    feed = Feed(url=served.url(path), minutes=MINUTES)
    return poll(feed, standing or Standing(), asker, NOW)


def test_feed_is_read_and_asked_again_after_its_minutes(serve, asker):
    standing, body = polled(serve({"/feed": (200, {"ETag": '"1"'}, BODY)}), asker)
    assert body == BODY
    assert standing == Standing(due=NOW + MINUTES * 60, etag='"1"')


def test_feed_is_asked_for_changes_only(serve, asker):
    served = serve({"/feed": (304, {}, b"")})
    before = Standing(etag='"1"', modified="Tue, 29 Oct 2024 08:00:00 GMT", failures=3)
    standing, body = polled(served, asker, standing=before)
    headers = served.asked[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', before.modified)
    assert body is None
    assert (standing.etag, standing.modified, standing.failures) == ('"1"', before.modified, 0)


def test_body_that_is_coded_for_the_way_is_undone(serve, asker):
    served = serve({"/feed": (200, {"Content-Encoding": "gzip"}, gzip.compress(BODY))})
    assert polled(served, asker)[1] == BODY


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (500, {}, 60),
        (404, {}, 60),
        (410, {}, 1440),
        (429, {"Retry-After": "7200"}, 120),
        (503, {"Retry-After": "5"}, 60),
        (503, {"Retry-After": "9999999"}, 1440),
        (503, {"Retry-After": "soon"}, 60),
    ],
)
def test_feed_that_fails_is_asked_later(serve, asker, status, headers, wait):
    standing, failure = polled(serve({"/feed": (status, headers, b"no")}), asker)
    assert isinstance(failure, Failure)
    assert str(status) in failure.message
    assert (standing.due, standing.failures) == (NOW + wait * 60, 1)


def test_page_that_is_no_feed_is_a_failure(serve, asker):
    standing, failure = polled(serve({"/feed": (200, {"ETag": '"1"'}, b"<html>Sign in")}), asker)
    assert "no feed" in failure.message
    assert (standing.failures, standing.etag) == (1, None)


def test_server_may_say_how_long_as_a_date(serve, asker):
    until = format_datetime(datetime.fromtimestamp(NOW + 7200, UTC), usegmt=True)
    standing, _ = polled(serve({"/feed": (503, {"Retry-After": until}, b"")}), asker)
    assert standing.due == NOW + 7200


def test_feed_that_fails_on_is_asked_once_a_day_at_last(serve, asker):
    served = serve({"/feed": (500, {}, b"")})
    before = Standing(failures=2, etag='"1"')
    standing, _ = polled(served, asker, standing=before)
    assert (standing.due, standing.etag) == (NOW + 8 * MINUTES * 60, '"1"')
    standing, _ = polled(served, asker, standing=Standing(failures=500))
    assert standing.due == NOW + DAY


def test_what_robots_forbid_is_not_asked_for(serve, asker):
    robots = b"User-agent: tocsin\nDisallow: /private\n\nUser-agent: *\nDisallow:"
    served = serve({"/robots.txt": (200, {}, robots), "/private": (200, {}, BODY)})
    _, failure = polled(served, asker, "/private")
    assert "robots.txt" in failure.message
    assert served.paths() == ["/robots.txt"]


def test_robots_of_an_editor_that_marks_utf_8_forbid_too(serve, asker):
    robots = "\ufeffUser-agent: *\nDisallow: /".encode()
    served = serve({"/robots.txt": (200, {}, robots), "/feed": (200, {}, BODY)})
    assert isinstance(polled(served, asker)[1], Failure)


def test_robots_are_asked_for_once(serve, asker):
    served = serve({"/feed": (200, {}, BODY)})
    for _ in "abc":
        polled(served, asker)
    assert served.paths() == ["/robots.txt", "/feed", "/feed", "/feed"]


def test_server_that_cannot_say_what_it_allows_is_left_alone(serve, asker):
    served = serve({"/robots.txt": (503, {}, b""), "/feed": (200, {}, BODY)})
    assert isinstance(polled(served, asker)[1], Failure)
    assert served.paths() == ["/robots.txt"]


def test_pause_that_robots_ask_for_is_kept(serve):
    waits = []
    served = serve(
        {"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 7"), "/feed": (200, {}, BODY)}
    )
    polled(served, Asker(Settings(), sleep=waits.append))
    assert waits[0] == 0
    assert 6 < waits[1] <= 7


def test_feed_is_followed_on_its_own_host(serve, asker):
    served = serve({"/old": (301, {"Location": "/new"}, b""), "/new": (200, {}, BODY)})
    assert polled(served, asker, "/old")[1] == BODY


@pytest.mark.parametrize("there", ["http://localhost:1/new", "file:///etc/passwd"])
def test_feed_is_not_followed_to_another_host(serve, asker, there):
    served = serve({"/old": (302, {"Location": there}, b"")})
    _, failure = polled(served, asker, "/old")
    assert (failure.error, there in failure.message) == ("FetchError", True)


def test_robots_are_followed_on_their_own_host(serve, asker):
    moved = (301, {"Location": "/static/robots"}, b"")
    robots = (200, {}, b"User-agent: *\nDisallow: /feed")
    served = serve({"/robots.txt": moved, "/static/robots": robots, "/feed": (200, {}, BODY)})
    assert "robots.txt" in polled(served, asker)[1].message
    assert served.paths() == ["/robots.txt", "/static/robots"]


@pytest.mark.parametrize(
    ("here", "there", "asked"),
    [("https", "http", 2), ("http", "https", 4)],
)
def test_feed_is_not_followed_to_where_it_is_read_by_others(asker, monkeypatch, here, there, asked):
    urls = []

    def request(url, *_):
        urls.append(url)
        moved = url == f"{here}://coast.example/feed"
        headers = {"location": f"{there}://coast.example/feed"} if moved else {}
        return Reply(status=302 if moved else 404, headers=headers, body=b"")

    monkeypatch.setattr(asking, "request", request)
    poll(Feed(url=f"{here}://coast.example/feed"), Standing(), asker, NOW)
    assert len(urls) == asked


def test_feed_that_leads_to_no_address_is_a_failure(serve, asker):
    served = serve({"/old": (302, {"Location": "http://["}, b"")})
    assert polled(served, asker, "/old")[1].error == "FetchError"


def test_feed_that_leads_in_circles_is_a_failure(serve, asker):
    served = serve({"/old": (302, {"Location": "/old"}, b"")})
    assert isinstance(polled(served, asker, "/old")[1], Failure)


def test_feed_that_is_too_large_is_a_failure(serve, asker):
    served = serve({"/feed": (200, {}, b"x" * 100_001)})
    assert "100,000" in polled(served, asker)[1].message


def test_answer_that_is_cut_off_is_a_failure(serve, asker):
    served = serve({"/feed": (200, {"Content-Length": len(BODY) + 9, "ETag": '"1"'}, BODY)})
    standing, failure = polled(served, asker)
    assert "cut off" in failure.message
    assert standing.etag is None


def test_server_that_is_not_there_is_a_failure(asker):
    feed = Feed(url="http://127.0.0.1:1/feed", minutes=MINUTES)
    standing, failure = poll(feed, Standing(), asker, NOW)
    assert (failure.error, standing.failures) == ("FetchError", 1)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_answer_that_drips_is_a_failure(asker, monkeypatch, head):
    monkeypatch.setattr(asking, "_WHOLE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                connection.sendall(head)
                for _ in range(100):
                    time.sleep(0.05)
                    connection.sendall(b"x")

        threading.Thread(target=drip, daemon=True).start()
        feed = Feed(url=f"http://127.0.0.1:{server.getsockname()[1]}/feed")
        _, failure = poll(feed, Standing(), asker, NOW)
    assert "takes over 0.3 seconds" in failure.message
