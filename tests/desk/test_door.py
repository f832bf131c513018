"""The door of a desk beyond this machine: the token, the page, the cookie, and what is refused."""

import os
import re
import shutil
import ssl
import stat
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from tests.desk.conftest import HOST
from tocsin.cli import tocsin
from tocsin.errors import ValueNotUnderstood
from tocsin.publish.desk.application import (
    Beyond,
    go_beyond,
    is_loopback,
    listen,
    make_app,
    names_of,
)
from tocsin.publish.desk.door import digest_of, make_token
from tocsin.publish.desk.opened import Desk
from tocsin.settings import Settings

TOKEN = "the-right-token-of-this-desk"


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path, desk_token=TOKEN)


@pytest.fixture
def closed(crisis, settings):
    """A desk behind a door, without TLS, asked by somebody who is not in."""
    app = make_app(Desk(crisis), [HOST], Beyond(digest=digest_of(settings)))
    app.app.late = 0.0
    return TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)


def sign_in(client, token=TOKEN, **others):
    return client.post("/sign-in", data={"token": token}, **others)


def test_who_signs_out_is_out_with_the_cookie_that_was_kept(closed):
    sign_in(closed)
    kept = "; ".join(f"{name}={value}" for name, value in closed.cookies.items())
    assert "Sign out" in closed.get("/").text
    out = closed.post("/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert not closed.cookies
    assert closed.get("/", headers={"cookie": kept}).headers["location"] == "/sign-in"


def bearer(token):
    return {"authorization": f"Bearer {token}"}


def test_token_is_kept_as_a_digest_that_only_its_owner_reads(tmp_path):
    token = make_token(tmp_path / "data")
    (file,) = (tmp_path / "data").iterdir()
    assert token not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert digest_of(Settings(data_dir=tmp_path / "data")) == file.read_text().strip()


def test_new_token_takes_the_place_of_the_old(tmp_path):
    make_token(tmp_path)
    before = digest_of(Settings(data_dir=tmp_path))
    make_token(tmp_path)
    assert digest_of(Settings(data_dir=tmp_path)) != before


def test_token_of_the_environment_comes_first(tmp_path):
    make_token(tmp_path)
    both = Settings(data_dir=tmp_path, desk_token=TOKEN)
    assert digest_of(both) == digest_of(Settings(data_dir=tmp_path / "none", desk_token=TOKEN))
    assert TOKEN not in repr(both)


def test_token_that_can_be_guessed_is_refused():
    with pytest.raises(ValueNotUnderstood, match="16 characters or more"):
        digest_of(Settings(desk_token="secret"))


def test_command_prints_the_token_once(tmp_path):
    done = CliRunner().invoke(tocsin, ["desk", "--token"], env={"TOCSIN_DATA_DIR": str(tmp_path)})
    assert done.exit_code == 0
    assert digest_of(Settings(data_dir=tmp_path, desk_token=done.stdout.strip())) == digest_of(
        Settings(data_dir=tmp_path)
    )


@pytest.mark.parametrize("path", ["/", "/events", "/nowhere", "/articles/x"])
def test_pages_lead_to_the_door(closed, path):
    answer = closed.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("path", ["/api/v1/events", "/api/v1/openapi.json", "/mcp"])
def test_programs_are_told_what_is_asked_for(closed, path):
    answer = closed.get(path)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_program_comes_in_by_its_token(closed):
    assert closed.get("/api/v1/events", headers=bearer(TOKEN)).status_code == 200
    assert closed.get("/api/v1/events", headers=bearer("wrong")).status_code == 401


@pytest.mark.parametrize("shown", ["Bearer", "Bearer ", "Basic x", f"Token {TOKEN}", "bearer  x"])
def test_what_is_no_token_lets_nobody_in(closed, shown):
    assert closed.get("/api/v1/events", headers={"authorization": shown}).status_code == 401


def test_page_of_the_door_shows_nothing_of_the_store(closed, crisis):
    page = closed.get("/sign-in")
    assert page.status_code == 200
    assert crisis.name not in page.text.replace("desk", "")
    assert "Situation" not in page.text


def test_browser_comes_in_by_a_cookie_that_no_script_reads(closed):
    cookie = sign_in(closed).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert closed.get("/events").status_code == 200


def test_cookie_over_tls_is_secure(crisis, settings, tmp_path):
    sealed = Beyond(digest=digest_of(settings), certificate=tmp_path, key=tmp_path)
    app = make_app(Desk(crisis), [HOST], sealed)
    client = TestClient(app, base_url=f"https://{HOST}", follow_redirects=False)
    cookie = sign_in(client, headers={"origin": f"https://{HOST}"}).headers["set-cookie"]
    assert cookie.startswith("__Host-tocsin")
    assert "Secure" in cookie


def test_made_up_cookie_lets_nobody_in(closed):
    assert closed.get("/events", headers={"cookie": "tocsin=x"}).status_code == 303
    assert closed.get("/events", headers={"cookie": "tocsin="}).status_code == 303


def test_wrong_token_is_said_on_the_page(closed):
    answer = sign_in(closed, "wrong")
    assert answer.status_code == 401
    assert "not the token" in answer.text
    assert "set-cookie" not in answer.headers


def test_many_wrong_tokens_have_to_wait(closed):
    for _ in range(5):
        sign_in(closed, "wrong")
    answer = sign_in(closed)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


def test_door_takes_no_form_of_other_sites(closed):
    assert sign_in(closed, headers={"origin": "http://evil.example"}).status_code == 403


def test_long_form_is_not_read_to_its_end(closed):
    form = {"token": TOKEN, "more": "x" * 10_000}  # right, if anybody read so far
    assert closed.post("/sign-in", data=form).status_code == 401


def test_looks_of_the_door_are_open(closed):
    sheet = closed.get("/sign-in").text.split('href="')[2].split('"')[0]
    assert closed.get(sheet).status_code == 200


# --------------------------------------------------------------------------- what it takes


@pytest.mark.parametrize(
    ("host", "near"),
    [
        *[("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True)],
        *[("0.0.0.0", False), ("192.0.2.7", False), ("::", False), ("desk.example", False)],
    ],
)
def test_loopback_is_told_from_what_is_beyond(host, near):
    assert is_loopback(host) is near


def test_desk_beyond_needs_tls_or_to_be_told(crisis, settings, tmp_path):
    desk = Desk(crisis, settings)
    with pytest.raises(ValueNotUnderstood, match="--certificate FILE and --key FILE"):
        go_beyond(desk, None, None, tls=True)
    (tmp_path / "no.pem").write_text("x")
    with pytest.raises(ValueNotUnderstood, match="certificate and its key cannot be used"):
        go_beyond(desk, tmp_path / "no.pem", tmp_path / "no.pem", tls=True)
    assert go_beyond(desk, None, None, tls=False).certificate is None


def test_desk_beyond_needs_a_token(crisis, tmp_path):
    with pytest.raises(ValueNotUnderstood, match="tocsin desk --token"):
        go_beyond(Desk(crisis, Settings(data_dir=tmp_path)), None, None, tls=False)


def test_desk_at_every_address_needs_a_name():
    with listen(0, "0.0.0.0") as listening:
        port = listening.getsockname()[1]
        with pytest.raises(ValueNotUnderstood, match="--name NAME"):
            names_of(listening)
        # A proxy in front of it is asked at a port of its own.
        names = (f"desk.example:{port}", "desk.example")
        assert names_of(listening, ["Desk.Example"]) == names


def test_desk_at_another_address_of_this_machine_is_called_by_it():
    with listen(0, "127.0.0.2") as listening:
        assert names_of(listening)[0] == "127.0.0.2:{}".format(*listening.getsockname()[1:])


@pytest.mark.parametrize(
    "asked",
    [
        ["--no-tls"],
        ["--certificate", __file__, "--key", __file__],
        ["--host", "0.0.0.0", "--no-tls", "--certificate", __file__, "--key", __file__],
    ],
)
def test_command_refuses_seals_that_would_do_nothing(tmp_path, asked):
    done = CliRunner().invoke(tocsin, ["desk", "--store", str(tmp_path), *asked])
    assert done.exit_code == 2
    assert "beyond this machine" in done.stderr


def test_desks_of_one_host_have_each_a_cookie(crisis, settings):
    said = []
    for port in (8710, 8711):
        app = make_app(Desk(crisis), [f"127.0.0.1:{port}"], Beyond(digest=digest_of(settings)))
        client = TestClient(app, base_url=f"http://127.0.0.1:{port}", follow_redirects=False)
        answer = sign_in(client, headers={"origin": f"http://127.0.0.1:{port}"})
        said.append(answer.headers["set-cookie"].partition("=")[0])
    assert len({*said}) == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl makes a certificate here")
def test_command_answers_over_tls(crisis, tmp_path):
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "pem"), "-nodes"]
    named = ["-subj", "/CN=desk.example", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*made, *files, *named], check=True, capture_output=True)
    program = "from tocsin.cli import main; main()"
    asked = ["desk", "--store", str(crisis), "--port", "0", "--host", "0.0.0.0"]
    seal = ["--certificate", str(tmp_path / "pem"), "--key", str(tmp_path / "key")]
    command = [sys.executable, "-c", program, *asked, *seal, "--name", "localhost"]
    env = {**os.environ, "TOCSIN_DESK_TOKEN": TOKEN}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as process:
        address = re.search(r"https://\S+", process.stderr.readline())[0]
        trusted = ssl.create_default_context(cafile=tmp_path / "pem")
        request = urllib.request.Request(f"{address}api/v1/status", headers=bearer(TOKEN))
        with urllib.request.urlopen(request, context=trusted) as answer:
            assert answer.status == 200
        process.terminate()
