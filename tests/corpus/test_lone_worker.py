import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.corpus import stand_in
from tests.crisis import ARRIVED
from tocsin.articles.items import Item
from tocsin.corpus import lone_worker as subject
from tocsin.corpus.lone_worker import LoneWorker
from tocsin.corpus.work import report_on, serve_questions, tend_garbage
from tocsin.errors import (
    EmptyInputError,
    PipelineMissingError,
    TimeLimitError,
    TooLargeError,
    WorkerError,
)
from tocsin.pipeline import process_article
from tocsin.records import to_json
from tocsin.settings import Settings


def item(text):
    return Item(origin="pasted", name="pasted", body=text.encode())


@pytest.fixture
def make():
    """Make a worker that the test's end ends."""
    made = []

    def make(serve=stand_in.serve_orders, **bounds):
        made.append(LoneWorker(Settings(), serve=serve, **bounds))
        return made[-1]

    yield make
    for each in made:
        each.end()


def test_ask_returns_the_answers_of_one_process(make):
    worker = make()
    (process, one), (same, two) = worker.ask(report_on, "one"), worker.ask(report_on, "two")
    assert (one, two) == ("one", "two")
    assert process == same != os.getpid()


def test_ask_tells_how_the_worker_died_and_asks_a_fresh_one_next(make):
    worker = make()
    first, _ = worker.ask(report_on, "one")
    with pytest.raises(WorkerError, match=r"died \(exit code 7\)"):
        worker.ask(report_on, "die")
    assert worker.ask(report_on, "two")[0] != first


def test_ask_stops_what_takes_too_long(make):
    worker = make(seconds=2.0)
    first, _ = worker.ask(report_on, "one")
    with pytest.raises(TimeLimitError, match="at most 2 seconds"):
        worker.ask(report_on, "hang")
    assert worker.ask(report_on, "two")[0] != first


def test_ask_asks_a_fresh_worker_where_one_died_meanwhile(make):
    worker = make()
    first, _ = worker.ask(report_on, "one")
    os.kill(first, signal.SIGKILL)
    _wait(lambda: _has_ended(first))
    assert worker.ask(report_on, "two")[0] != first


def test_ask_raises_what_the_question_raises(make):
    worker = make()
    with pytest.raises(TooLargeError, match="too large"):
        worker.ask(report_on, "fail")


def test_worker_without_memory_left_makes_room_for_a_fresh_one(make):
    worker = make(memory=3 << 30)
    first, _ = worker.ask(report_on, "one")
    with pytest.raises(TooLargeError, match="at most 3 GB"):
        worker.ask(report_on, "spend")
    assert worker.ask(report_on, "two")[0] != first


def test_worker_makes_room_for_a_fresh_one_after_many_articles(make, monkeypatch):
    monkeypatch.setattr(subject, "LIFETIME", 2)
    worker = make()
    assert len({worker.ask(report_on, "one")[0] for _ in range(5)}) == 3


def test_error_of_a_worker_that_cannot_work_is_raised(make):
    worker = make(serve=stand_in.refuse_orders)
    with pytest.raises(PipelineMissingError, match="not installed"):
        worker.ask(report_on, "one")


def test_real_worker_reads_and_refuses_and_has_bounded_memory(make, tools):
    worker = make(serve=serve_questions)
    with pytest.raises(EmptyInputError):
        worker.ask(report_on, item(" "))
    report = worker.ask(report_on, item(ARRIVED))
    assert to_json(report) == to_json(process_article(report.article, tools))
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        worker.ask(stand_in.divide, 0)
    with pytest.raises(TooLargeError, match="too much memory"):
        worker.ask(stand_in.spend, 2 * subject.MEMORY)


def test_busy_worker_ends_with_the_process_that_asked(tmp_path):
    told = tmp_path / "process"
    asking = (
        "from tests.corpus.stand_in import hang\nfrom tocsin.corpus.lone_worker import LoneWorker\n"
        f"from tocsin.settings import Settings\nLoneWorker(Settings()).ask(hang, {str(told)!r})"
    )
    main = subprocess.Popen([sys.executable, "-c", asking])
    _wait(told.exists)
    main.kill()
    main.wait()
    _wait(lambda: _has_ended(int(told.read_text())))


def test_tend_garbage_keeps_what_is_loaded_out_and_the_collector_away():
    usual = gc.get_threshold()
    try:
        tend_garbage()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > usual[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


def _wait(until, seconds=120.0):
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _has_ended(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
