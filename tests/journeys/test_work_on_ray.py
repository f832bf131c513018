"""`tocsin work --on ray://HOST:PORT` as users meet it: on nodes that this process is none of."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.corpus.made_week import make_text
from tests.journeys.cluster import RayCluster

pytestmark = pytest.mark.slow


#: Below those that the system gives to whoever asks for any, as all other processes of Ray do.
PORTS = range(20_000, 32_768)


@pytest.fixture(scope="module")
def address():
    """The address of a cluster with one node that has been seen to answer."""
    for port in random.sample(PORTS, 3):
        address = f"ray://127.0.0.1:{port}"
        with RayCluster(nodes=1, ray_client_server_port=port) as cluster:
            if answers(address):
                yield address
                return
            print(f"{address} does not answer\n{cluster.said_by('ray_client_server')}")
    pytest.fail("no cluster answered")


def answers(address):
    """Tell whether Ray itself gets through to a cluster."""
    ask = "import ray, sys; ray.init(sys.argv[1]); print(ray.nodes())"
    asked = subprocess.run([sys.executable, "-c", ask, address], capture_output=True, timeout=300)
    return asked.returncode == 0


@pytest.fixture
def news(tmp_path, monkeypatch):
    """Six texts and a blank file, in the folder where the command is typed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    for number in range(6):
        (tmp_path / "news" / f"{number}.txt").write_text(make_text(number))
    (tmp_path / "news" / "blank.txt").touch()
    return "news"


def start(*arguments):
    program = Path(sys.executable).with_name("tocsin")
    return subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_nodes_do_the_work_and_the_account_is_told_here(address, news):
    working = start("work", news, "--out", "parts", "--on", address, "--shard", "0.0009")
    out, err = working.communicate(timeout=300)
    assert working.returncode == 0, err.decode()
    assert b"3 shards finished; 6 articles read; 0 already there; 1 failed" in out
    assert list(Path("parts/claims").iterdir()) == []


def test_stopped_with_control_c_the_nodes_let_their_shards_go(address, news):
    working = start("work", news, "--out", "parts", "--on", address, "--shard", "0.0001")
    claims = Path("parts/claims")
    while working.poll() is None and not (claims.is_dir() and list(claims.iterdir())):
        time.sleep(0.02)
    working.send_signal(signal.SIGINT)
    out, err = working.communicate(timeout=60)
    assert (working.returncode, b"Traceback" in err) == (130, False), err.decode()
    assert b"goes on from here" in out
    assert list(claims.iterdir()) == []


def test_cluster_that_nobody_answers_for_is_refused(news):
    working = start("work", news, "--out", "parts", "--on", "ray://127.0.0.1:9")
    _, err = working.communicate(timeout=300)
    assert working.returncode == 1
    assert b"Ray's cluster cannot be used" in err
