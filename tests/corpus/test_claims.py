"""Who may work on a shard."""

import json
import os
import subprocess
import sys
import threading

import pytest

from tocsin.corpus import claims as subject
from tocsin.corpus.claims import Claims


@pytest.fixture
def claims(tmp_path):
    return Claims(folder=tmp_path)


def claim_elsewhere(tmp_path, host="elsewhere.example"):
    said = {"host": host, "pid": 1, "born": "1", "token": "t", "time": 0.0}
    (tmp_path / "a").write_text(json.dumps(said))


def beat(tmp_path, nanoseconds):
    os.utime(tmp_path / "a", ns=(nanoseconds, nanoseconds))


@pytest.fixture
def clock(monkeypatch):
    now = {"is": 1000.0}
    monkeypatch.setattr(subject.time, "monotonic", lambda: now["is"])
    return now


def test_claim_is_given_once(claims, tmp_path):
    assert claims.take("a")
    assert claims.take("a") is None
    assert Claims(folder=tmp_path).take("a") is None
    assert claims.take("b")


def test_of_many_that_want_it_one_gets_it(claims):
    got = []
    start = threading.Barrier(8)

    def want():
        start.wait()
        for number in range(50):
            got.extend([number] if claims.take(str(number)) else [])

    threads = [threading.Thread(target=want) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(got) == list(range(50))


def test_what_was_claimed_and_not_worked_on_is_let_go(claims, tmp_path):
    claim_elsewhere(tmp_path)
    claims.take("b")
    assert claims.take("a") is None
    claims.let_all_go()
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_claim_is_let_go_at_the_end_and_after_an_error(claims):
    with claims.beating("a", claims.take("a")):
        assert claims.is_dead("a") is False
    with pytest.raises(ValueError, match="mine"), claims.beating("a", claims.take("a")):
        raise ValueError("mine")
    assert claims.take("a")


def test_claim_that_another_has_taken_over_is_left_to_it(claims, tmp_path):
    with claims.beating("a", claims.take("a")):
        claim_elsewhere(tmp_path)
    assert (tmp_path / "a").exists()


def test_claim_of_a_process_of_this_machine_that_is_gone_is_taken_over(claims, tmp_path):
    take = f"from tocsin.corpus.claims import *; Claims(folder=Path({str(tmp_path)!r})).take('a')"
    subprocess.run([sys.executable, "-c", take], check=True)
    assert (tmp_path / "a").exists()
    assert claims.take("a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_claim_of_a_process_whose_number_another_has_now_is_taken_over(claims, tmp_path):
    claim = claims.take("a")
    said = json.loads((tmp_path / "a").read_text())
    (tmp_path / "a").write_text(json.dumps(said | {"born": f"{claim.born}0"}))
    assert claims.take("a")


def test_claim_of_another_machine_is_taken_over_after_a_silence(claims, tmp_path, clock):
    claim_elsewhere(tmp_path)
    beat(tmp_path, 10**9)
    assert claims.take("a") is None
    clock["is"] += subject.SILENT - 1
    assert claims.take("a") is None
    clock["is"] += 2
    assert claims.take("a")


def test_sign_of_life_ends_the_silence_whatever_its_clock_says(claims, tmp_path, clock):
    claim_elsewhere(tmp_path)
    beat(tmp_path, 2 * 10**18)
    assert claims.is_dead("a") is None
    clock["is"] += subject.SILENT - 1
    beat(tmp_path, 10**18)
    assert claims.is_dead("a") is False
    clock["is"] += subject.SILENT - 1
    assert claims.is_dead("a") is False
    clock["is"] += 2
    assert claims.is_dead("a") is True


def test_claim_that_was_never_written_out_is_taken_over_after_a_silence(claims, tmp_path, clock):
    (tmp_path / "a").touch()
    assert claims.take("a") is None
    clock["is"] += subject.SILENT + 1
    assert claims.take("a")


def test_process_gives_signs_of_life(claims, tmp_path, monkeypatch):
    monkeypatch.setattr(subject, "BEAT", 0.01)
    claim = claims.take("a")
    beat(tmp_path, 10**9)
    with claims.beating("a", claim):
        for _ in range(1000):
            if (tmp_path / "a").stat().st_mtime_ns != 10**9:
                break
            threading.Event().wait(0.01)
        assert (tmp_path / "a").stat().st_mtime_ns > 10**9
