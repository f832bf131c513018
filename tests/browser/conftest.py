"""The desk as people meet it: the real command, a real browser.

`visit` opens a page and holds to every page what holds for all: nothing on the console, no request
that leaves this machine, no violation that axe-core finds.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crisis import make_crisis

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
#: What the browser itself says of a page that answers with a problem.
REFUSED = "Failed to load resource: the server responded with a status of 4"
#: Wide and on a phone, light and dark.
LOOKS = pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def pytest_collection_modifyitems(items):
    """These tests are slow; without a browser they are skipped, but not where CI is set."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
            if BROWSER is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip("no chromium here; apt-get install chromium"))


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """A small store of a made crisis; only to be read."""
    return make_crisis(tmp_path_factory.mktemp("browser") / "store")


@pytest.fixture(scope="session")
def open_desk():
    """Start the real command on a store, and return the address that it prints."""
    running = []

    def start(folder, *options):
        command = [sys.executable, "-c", "from tocsin.cli import main; main()", "desk"]
        given = ["--store", str(folder), "--port", "0", "--no-browser", *options]
        desk = subprocess.Popen([*command, *given], stderr=subprocess.PIPE, text=True)
        running.append(desk)
        return re.search(r"http://\S+", desk.stderr.readline())[0].rstrip("/")

    yield start
    for desk in running:
        desk.terminate()
        desk.wait(10)


@pytest.fixture(scope="session")
def address(open_desk, store):
    """Where a desk on the small store answers."""
    return open_desk(store)


@pytest.fixture(scope="session")
def browser():
    """A real browser, without a head."""
    from playwright.sync_api import sync_playwright

    assert BROWSER, "CI has no chromium: the set-up must install it"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=BROWSER, args=options)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    """A tab of its own on the small store; at the end nothing may have been said or sent away."""
    with browser.new_context(base_url=address) as context:
        tab = context.new_page()
        said, sent = [], []
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: sent.append(request.url))
        yield tab
        assert [each for each in said if not each.startswith(REFUSED)] == []
        away = [url for url in sent if not url.startswith((address, "data:", "blob:"))]
        assert away == []


def press(tab, *keys):
    for key in keys:
        tab.keyboard.press(key)


def look(tab, width, theme):
    """Look at the pages to come so wide, light or dark."""
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=theme, reduced_motion="reduce")


def assert_fits(tab, width):
    """Hold the page that is open to what axe-core asks, and to its width."""
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def violations(tab):
    """Return what axe-core finds on the page that is open, each as one line."""
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run().then((result) => result.violations)")
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]
