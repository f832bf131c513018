"""`docs/api.md` is held to what the desk answers; its examples run."""

import re
import urllib.request
from pathlib import Path

import pytest

import tocsin
from tests.serving import serving
from tocsin.publish.desk.api.description import describe
from tocsin.store.kinds import KINDS

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:8710"
API = f"{HERE}/api/v1"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.S)
ASKED = re.findall(rf"\$ curl '({API}[^']+)'$", PAGE, re.M)


@pytest.fixture(scope="module")
def address(crisis, tools):
    with serving(crisis, tools) as address:
        yield address


@pytest.mark.parametrize("asked", ASKED)
def test_example_on_a_command_line_is_answered(address, asked):
    with urllib.request.urlopen(asked.replace(HERE, address)) as answer:
        assert answer.status == 200


def test_example_of_reading_is_answered(address):
    [(path, form, file)] = re.findall(
        rf"curl '{HERE}(\S+)' -H 'content-type: (\S+)' --data-binary @(\S+)", PAGE
    )
    body = (PROJECT / file).read_bytes()
    request = urllib.request.Request(address + path, body, {"Content-Type": form})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def test_example_in_python_runs(address, capsys):
    [code] = [code for language, code in BLOCKS if language == "python"]
    exec(compile(code.replace(HERE, address), "api.md", "exec"), {})
    assert "Credibility" in capsys.readouterr().out


def test_page_names_every_address():
    named = set(re.findall(r"`(/[\w/]+)`", PAGE))
    kinds = {f"/{kind.name}" for kind in KINDS}
    described = {
        path.removeprefix("/api/v1").replace("{key}", "KEY") for path in describe()["paths"]
    }
    assert named - {"/api", "/api/v1"} <= described
    assert {each for each in described if each.removesuffix("/KEY") not in kinds} <= named


def test_page_names_every_status_of_a_problem():
    told = set(re.findall(r"^\| (\d{3}) \|", PAGE, re.M))
    described = {
        status
        for item in describe()["paths"].values()
        for operation in item.values()
        for status in operation["responses"]
    }
    assert told == described - {"200", "304"}


def test_page_names_every_method_of_the_client():
    methods = {name for name in vars(tocsin.client.RemoteStore) if name[0] != "_"}
    kinds = {kind.name for kind in KINDS}
    named = set(re.findall(r"\.(\w+)\(", PAGE))
    assert methods - kinds - {"ask", "ask_list", "close"} <= named
