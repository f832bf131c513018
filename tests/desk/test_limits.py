"""The limits: long addresses, visitors without pauses, requests at work, and without an end."""

import anyio
import pytest
from starlette.testclient import TestClient

from tests.desk.conftest import HOST
from tocsin.errors import SlowQuestionError
from tocsin.publish.desk import limits
from tocsin.publish.desk.limits import Limits, Pace


def scope_of(*headers):
    scope = {"type": "http", "path": "/", "query_string": b"", "client": ("192.0.2.1", 1)}
    return scope | {"headers": list(headers)}


async def answer(_, receive, send):
    more = True
    while more:
        more = (await receive()).get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"let in"})


def client_of(**pace):
    limited = Limits(answer, Pace(**{"at_once": 3, "a_second": 0.001} | pace))
    return TestClient(limited, base_url=f"http://{HOST}")


def test_long_address_is_refused():
    refused = client_of().get("/", params={"q": "x" * 8_000})
    assert refused.status_code == 414
    assert refused.headers["content-type"] == "application/problem+json"


def test_visitor_without_pauses_has_to_wait():
    client = client_of()
    assert [client.get("/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/").headers["retry-after"] == "60"


def test_bucket_fills_up_with_time():
    client = client_of(at_once=1, a_second=1_000_000)
    assert [client.get("/").status_code for _ in range(4)] == [200] * 4


def test_other_visitors_do_not_wait():
    limited = Limits(answer, Pace(at_once=1, a_second=0.001))
    clients = [TestClient(limited, client=(f"192.0.2.{n}", 1)) for n in range(3)]
    assert [client.get("/").status_code for client in clients] == [200] * 3


def test_visitors_that_are_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "_VISITORS", 2)
    limited = Limits(answer, Pace(at_once=1, a_second=0.001))
    for n in range(9):
        TestClient(limited, client=(f"192.0.2.{n}", 1)).get("/")
    assert len(limited._buckets) == 2


def test_busy_desk_says_so():
    refused = client_of(at_work=0).get("/")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")


def test_request_that_does_not_end_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(limits, "_PATIENCE", 0.05)

    async def ask():
        async def receive():
            await anyio.sleep(0.02)
            return {"type": "http.request", "body": b"x", "more_body": True}

        await Limits(answer, Pace(at_once=9, a_second=9))(scope_of(), receive, None)

    with pytest.raises(SlowQuestionError, match="did not come to its end"):
        anyio.run(ask)


def test_who_sends_slowly_takes_no_place_of_those_who_are_answered():
    limited, told = Limits(answer, Pace(at_once=9, a_second=9, at_work=1)), []

    async def ask():
        rest = anyio.Event()

        async def come_slowly():
            await rest.wait()
            return {"type": "http.request", "body": b"x", "more_body": False}

        async def come_at_once():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def note(message):
            told.append(message.get("status"))

        async with anyio.create_task_group() as tasks:
            sent = scope_of((b"content-length", b"9"))
            tasks.start_soon(limited, sent, come_slowly, note)
            await anyio.wait_all_tasks_blocked()
            await limited(scope_of(), come_at_once, note)  # is answered meanwhile
            await limited(sent, come_at_once, note)  # one that comes is enough
            rest.set()

    anyio.run(ask)
    assert [status for status in told if status] == [200, 503, 200]
    assert not any(limited._now.values())
