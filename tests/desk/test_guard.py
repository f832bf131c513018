"""The guard: which hosts, origins and sizes pass, and what a browser is told."""

import pytest
from starlette.testclient import TestClient

from tests.desk.conftest import HOST
from tocsin.publish.desk.guard import Guard


@pytest.fixture
def guarded():
    """A guard before what answers everything, reading the body first."""

    async def answer(_, receive, send):
        more = True
        while more:
            more = (await receive()).get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"let in"})

    return TestClient(Guard(answer, {HOST}, most_bytes=100), base_url=f"http://{HOST}")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:8711", ""])
def test_guard_refuses_hosts_that_are_not_the_desks(guarded, host):
    answer = guarded.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.json()["expected"] == f"one of {HOST}"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
def test_guard_refuses_changes_from_pages_of_others(guarded, origin):
    assert guarded.post("/", headers={"origin": origin}).status_code == 403
    assert guarded.get("/", headers={"origin": origin}).status_code == 200


def test_guard_refuses_changes_that_a_browser_says_are_cross_site(guarded):
    assert guarded.post("/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"origin": f"http://{HOST}"}])
def test_guard_lets_changes_of_the_desk_and_of_programs_pass(guarded, headers):
    assert guarded.post("/", headers=headers).text == "let in"


def test_guard_refuses_a_body_that_says_it_is_too_large(guarded):
    assert guarded.post("/", content=b"x" * 101).status_code == 413


def test_guard_stops_a_body_that_does_not_say_how_large_it_is(guarded):
    from tocsin.errors import TooLargeError

    with pytest.raises(TooLargeError):
        guarded.post("/", content=iter([b"x" * 60, b"x" * 60]))


def test_guard_gives_every_answer_the_content_policy(guarded):
    for answer in (guarded.get("/"), guarded.get("/", headers={"host": "evil.example"})):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
