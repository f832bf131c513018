"""The notebooks run in a clean folder, without a network, and show what they are kept with."""

import os

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from training.notebooks import NOTEBOOKS, run_notebook, words_shown

#: What the kernel begins with: whoever asks for more than this machine ends in an error.
OFFLINE = """
import socket

_connect = socket.socket.connect


def connect(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1"):
        raise AssertionError(f"a notebook asked {address} for something")
    return _connect(self, address)


def resolve(host, *_, **__):
    raise AssertionError(f"a notebook asked where {host} is")


socket.socket.connect, socket.getaddrinfo = connect, resolve
"""


@pytest.fixture
def offline(tmp_path):
    """The environment of a kernel that can reach nobody."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "offline.py").write_text(OFFLINE)
    return os.environ | {"IPYTHONDIR": str(startup.parents[1])}


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebook_runs_and_shows_what_it_is_kept_with(path, offline, tmp_path):
    run = run_notebook(path, tmp_path / "tocsin", env=offline)
    fresh = words_shown(run) == words_shown(nbformat.read(path, as_version=4))
    assert fresh, f"make it anew: python -m training.notebooks {path.stem}"


@pytest.mark.slow
def test_notebook_that_asks_the_network_fails(offline, tmp_path):
    asking = new_code_cell("import socket\nsocket.create_connection(('news.example', 80))")
    nbformat.write(new_notebook(cells=[asking]), tmp_path / "asking.ipynb")
    with pytest.raises(CellExecutionError, match=r"asked where news\.example is"):
        run_notebook(tmp_path / "asking.ipynb", tmp_path / "tocsin", env=offline)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebook_is_kept_without_warnings_and_places_of_a_machine(path):
    kept = path.read_text(encoding="utf-8")
    assert '"name": "stderr"' not in kept
    assert [each for each in ("/root", "/home/", "/tmp/", "site-packages") if each in kept] == []
