"""`tocsin work` and `tocsin gather` as users meet them: what is printed, and the exit codes."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.corpus.made_week import make_text


@pytest.fixture(scope="module")
def out(tocsin, tmp_path_factory):
    """Parts of three texts and a blank file."""
    place = tmp_path_factory.mktemp("work")
    news = place / "news"
    news.mkdir()
    for number in range(3):
        (news / f"{number}.txt").write_text(make_text(number))
    (news / "blank.txt").touch()
    done = tocsin("work", news, "--out", place / "parts", "--workers", "1")
    assert done.returncode == 0, done.stderr.decode()
    assert b"1 shard finished; 3 articles read; 0 already there; 1 failed" in done.stdout
    return place / "parts"


def test_gather_names_what_failed(tocsin, out, tmp_path):
    done = tocsin("gather", out, "--store", tmp_path / "s")
    assert done.returncode == 1
    assert b"blank.txt" in done.stderr
    assert b"1 shard gathered; 3 articles added" in done.stdout


def test_gather_leaves_out_what_is_damaged(tocsin, out, tmp_path):
    other = tmp_path / "parts"
    subprocess.run(["cp", "-r", out, other], check=True)
    [part] = (other / "parts").glob("*.parquet")
    part.write_bytes(part.read_bytes()[:-1])
    done = tocsin("gather", other, "--store", tmp_path / "s")
    assert done.returncode == 9
    assert b"not what its manifest says" in done.stderr


def test_work_that_fails_throughout_stops(tocsin, tmp_path):
    (tmp_path / "t.jsonl").write_text(json.dumps({"text": " ", "id": "x"}) + "\n{half\n" * 30)
    done = tocsin("work", tmp_path / "t.jsonl", "--out", tmp_path / "parts", "--workers", "1")
    assert done.returncode == 9
    assert b"--most-failures" in done.stderr


def test_gather_where_nobody_worked_is_refused(tocsin, tmp_path):
    assert tocsin("gather", tmp_path, "--store", tmp_path / "s").returncode == 9


def test_work_stopped_with_control_c_lets_its_shard_go(tmp_path):
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(make_text(number))
    program = Path(sys.executable).with_name("tocsin")
    working = subprocess.Popen(
        [program, "work", tmp_path, "--out", tmp_path / "parts", "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    claims = tmp_path / "parts" / "claims"
    for _ in range(1000):
        if claims.is_dir() and list(claims.iterdir()):
            break
        time.sleep(0.02)
    working.send_signal(signal.SIGINT)
    out, err = working.communicate(timeout=30)
    assert (working.returncode, b"Traceback" in err) == (130, False)
    assert b"goes on from here" in out
    assert list(claims.iterdir()) == []
    assert list((tmp_path / "parts" / "parts").iterdir()) == []
