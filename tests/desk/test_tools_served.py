"""The tools over their transports: the real command over standard input and output and over HTTP,
and the address that they have on the desk.
"""

import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx2
import pytest
from click.testing import CliRunner
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from starlette.testclient import TestClient

from tests.desk.conftest import HOST
from tocsin.cli import tocsin
from tocsin.publish.desk.application import make_app, make_tools_app
from tocsin.publish.desk.opened import Desk

COMMAND = [sys.executable, "-c", "from tocsin.cli import main; main()", "mcp", "--store"]
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"accept": "application/json, text/event-stream"}


def find_events(server):
    """Return what the tool `events` of a server answers, and how many tools there are.

    Asked in a thread: the browser of other tests leaves a loop running in this one.
    """

    async def asking():
        async with Client(server) as client:
            listed = await client.list_tools()
            answer = await client.call_tool("events", {"limit": 1})
            return len(listed.tools), answer.structured_content["records"]

    with ThreadPoolExecutor(1) as other:
        return other.submit(anyio.run, asking).result()


# --------------------------------------------------------------------------- on the desk


@pytest.fixture(params=[make_app, make_tools_app])
def served(request, crisis):
    """Ask the desk, and the application of no more than the tools."""
    return TestClient(request.param(Desk(crisis), [HOST]), base_url=f"http://{HOST}")


def test_desk_answers_at_mcp(served):
    answer = served.post("/mcp", json=LIST, headers=ACCEPT)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["result"]["tools"][0]["name"] == "brief"


def test_each_request_stands_by_itself(served):
    asked = {**LIST, "method": "tools/call", "params": {"name": "findings", "arguments": {}}}
    answers = [served.post("/mcp", json=asked, headers=ACCEPT).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["result"]["structuredContent"]["records"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_pages_of_others_cannot_ask_the_tools(served, headers, status):
    assert served.post("/mcp", json=LIST, headers={**ACCEPT, **headers}).status_code == status


@pytest.mark.parametrize("method", ["get", "delete", "put"])
def test_nothing_but_posts_is_taken(served, method):
    assert served.request(method, "/mcp", headers=ACCEPT).status_code == 405


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b"[" * 10_000])
def test_what_is_no_question_is_refused(served, body):
    headers = {**ACCEPT, "content-type": "application/json"}
    assert served.post("/mcp", content=body, headers=headers).status_code == 400


# --------------------------------------------------------------------------- the command


def test_command_says_that_the_tools_are_an_extra(crisis, monkeypatch):
    monkeypatch.delitem(sys.modules, "tocsin.publish.desk.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    done = CliRunner().invoke(tocsin, ["mcp", "--store", str(crisis)])
    assert done.exit_code == 2
    assert "the tools are an extra" in done.stderr
    assert "pip install 'tocsin[desk]'" in done.stderr


def test_command_says_that_there_is_no_store(tmp_path):
    done = CliRunner().invoke(tocsin, ["mcp", "--store", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (8, "")


@pytest.mark.slow
def test_client_asks_over_standard_input_and_output(crisis):
    command, *arguments = COMMAND
    path = os.environ.get("PYTHONPATH", "")
    server = StdioServerParameters(
        command=command, args=[*arguments, str(crisis)], env={"PYTHONPATH": path}
    )
    tools, (event,) = find_events(server)
    assert tools == 9
    assert event["quotes"]


@pytest.fixture
def talking(crisis):
    """The command, waiting for what a client says."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([*COMMAND, str(crisis)], text=True, **pipes) as process:
        yield process
        process.kill()


def say(process, message):
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@pytest.mark.slow
def test_nothing_but_the_protocol_is_written_to_standard_output(talking):
    assert say(talking, HELLO)["result"]["serverInfo"]["name"] == "tocsin"
    fault = {**LIST, "method": "tools/call", "params": {"name": "read_article", "arguments": {}}}
    assert say(talking, fault)["result"]["isError"]
    talking.stdin.close()
    assert talking.wait(10) == 0
    assert talking.stdout.read() == ""
    assert talking.stderr.read() == ""


@pytest.mark.slow
def test_command_ends_on_ctrl_c(talking):
    say(talking, HELLO)
    talking.send_signal(signal.SIGINT)
    assert talking.wait(10) == 130
    assert talking.stderr.read() == "tocsin: stopped\n"


@pytest.fixture(scope="module")
def address(crisis):
    """Where the command answers over HTTP."""
    command = [*COMMAND, str(crisis), "--http", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        yield re.search(r"http://\S+", process.stderr.readline())[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read() == "tocsin: stopped\n"


@pytest.mark.slow
def test_client_asks_over_http(address):
    tools, (event,) = find_events(address)
    assert tools == 9
    assert event["quotes"]


@pytest.mark.slow
def test_command_serves_no_page_and_no_other_host(address):
    assert httpx2.get(address.removesuffix("/mcp")).status_code == 404
    asked = {"json": LIST, "headers": {**ACCEPT, "host": "evil.example"}}
    assert httpx2.post(address, **asked).status_code == 421


def test_command_refuses_a_port_that_nothing_would_use(crisis):
    done = CliRunner().invoke(tocsin, ["mcp", "--store", str(crisis), "--port", "8711"])
    assert done.exit_code == 2
    assert "--port is for --http" in done.output
