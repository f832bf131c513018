"""`tocsin watch` on feeds served on loopback, as a user would run it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.watch.feeds.served import Served, feed_of

TEXT = (
    "Chad shelled two posts of Niger on Tuesday, the defence ministry in Niamey said. Three people "
    "were wounded, and the ministry called the attack a threat to the whole of the region."
)


@pytest.fixture(scope="module")
def served():
    server = Served(
        {
            "/world": (200, {"ETag": '"1"'}, feed_of(TEXT, TEXT.replace("two", "four"))),
            "/broken": (200, {}, b"<html><p>Sign in to read the feed of this day.</p></html>"),
        }
    )
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def store(tocsin, served, tmp_path_factory):
    """A store after one round."""
    folder = tmp_path_factory.mktemp("watch")
    urls = [served.url(path) for path in ("/world", "/broken", "/gone")]
    plan = "\n".join(f'[[feeds]]\nurl = "{url}"' for url in urls)
    (folder / "feeds.toml").write_text(plan)
    arguments = ("watch", folder / "feeds.toml", "--store", folder / "store", "--once")
    return folder / "store", tocsin(*arguments), tocsin(*arguments)


def test_watch_adds_the_entries_of_feeds(tocsin, store):
    folder, done, _ = store
    assert done.returncode == 0
    assert b"3 feeds asked, 1 changed, 2 failed; 2 new articles, 0 new alarms" in done.stdout
    listed = tocsin("articles", "--store", folder, "--json").stdout
    assert listed.count(b"https://coast.example/") >= 2


def test_watch_names_what_failed(store):
    _, done, _ = store
    assert b"/gone" in done.stderr
    assert b"404" in done.stderr
    assert b"/broken" in done.stderr


def test_watch_asks_no_feed_before_it_is_due(store, served):
    _, _, again = store
    assert b"0 feeds asked" in again.stdout
    assert served.paths().count("/world") == 1


def test_watch_keeps_what_it_knows_beside_the_store(store):
    folder, *_ = store
    known = json.loads((folder / "feeds" / "known.json").read_text())
    assert sorted(each["failures"] for each in known["feeds"].values()) == [0, 1, 1]


def test_watch_goes_on_until_it_is_stopped(served, tmp_path):
    served.answers["/calm"] = (304, {}, b"")
    (tmp_path / "feeds.toml").write_text(f'[[feeds]]\nurl = "{served.url("/calm")}"')
    command = [Path(sys.executable).with_name("tocsin"), "watch", tmp_path / "feeds.toml"]
    command += ["--store", tmp_path / "store"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watching:
        told = watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        _, complaints = watching.communicate(timeout=60)
    assert b"1 feed asked, 0 changed" in told
    assert watching.returncode == 130
    assert complaints == b"tocsin: stopped\n"


@pytest.mark.parametrize(
    ("plan", "code", "words"),
    [
        ("", 5, b"no feed is named"),
        ("feeds", 3, b"TOML"),
        (
            '[alarms]\nwebhook = "https://a.example"\n[[feeds]]\nurl = "https://a.example"',
            2,
            b"SECRET",
        ),
    ],
)
def test_watch_refuses_a_plan_it_does_not_understand(tocsin, tmp_path, plan, code, words):
    (tmp_path / "feeds.toml").write_text(plan)
    done = tocsin("watch", tmp_path / "feeds.toml", "--store", tmp_path / "store", "--once")
    assert done.returncode == code
    assert words in done.stderr
