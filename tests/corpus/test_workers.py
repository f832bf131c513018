import random
import re
from multiprocessing import active_children
from pathlib import Path

import pytest

from tests.corpus import stand_in
from tocsin.articles.items import Item
from tocsin.corpus import workers as subject
from tocsin.corpus.work import MEMORY, serve
from tocsin.corpus.workers import AHEAD, LIFETIME, Workers, start_process
from tocsin.errors import PipelineMissingError, WorkerError
from tocsin.records import Article, Failure, SetAside
from tocsin.settings import Settings


def item(name, order="work"):
    return Item(origin=name, name=name, body=order if isinstance(order, bytes) else order.encode())


def article(name):
    return Article(id=name, text="work", origin=name)


def run(tasks, *, count=2, seconds=60.0, serve=stand_in.serve_stand_in):
    """Give `tasks` to workers as there is room, and return what was answered, by origin."""
    answers = []
    waiting = list(tasks)
    others = set(active_children())  # of tests before
    with Workers(count, Settings(), seconds, serve) as workers:
        while waiting or workers.busy:
            while waiting and workers.room > 0:
                workers.give(waiting.pop(0))
            answers += [(thing.origin, answer) for thing, answer in workers.collect()]
        assert len(set(active_children()) - others) <= count
    assert len(answers) == len(dict(answers)), "a thing was answered twice"
    return dict(answers)


def test_each_thing_gets_one_answer():
    answers = run([[item("a"), item("b")], [item("c")], [item("d")], [item("e")]])
    assert {origin: answer.origin for origin, answer in answers.items()} == {
        name: name for name in "abcde"
    }


@pytest.mark.parametrize("order", ["die", "die-speaking"])
def test_deadly_item_fails_alone(order):
    answers = run([[item("a"), item("b", order), item("c")], *([item(n)] for n in "defgh")])
    assert set(answers) == set("abcdefgh")
    failed = {origin for origin, answer in answers.items() if isinstance(answer, Failure)}
    assert failed == {"b"}
    assert answers["b"].error == "WorkerError"
    assert "Killed" in answers["b"].message


def test_item_that_saw_one_worker_die_is_tried_again(tmp_path):
    answers = run([[item("a", f"die-once {tmp_path / 'died'}")], [item("b")]])
    assert (tmp_path / "died").exists()
    assert isinstance(answers["a"], SetAside)


def test_item_over_the_limit_fails_alone():
    answers = run([[item("a"), item("b", "hang"), item("c")], [item("d")], [item("e")]], seconds=1)
    failed = {origin for origin, answer in answers.items() if isinstance(answer, Failure)}
    assert failed == {"b"}
    assert answers["b"].error == "TimeLimitError"
    assert "at most 1 seconds" in answers["b"].message
    assert "--limit" in answers["b"].message


def test_many_hangs_and_deaths_in_disorder_lose_nothing():
    orders = ["die"] * 4 + ["hang"] * 3 + ["work"] * 43
    random.Random(6).shuffle(orders)
    items = [item(str(number), order) for number, order in enumerate(orders)]
    tasks = [items[first : first + 4] for first in range(0, 50, 4)]
    answers = run(tasks, count=3, seconds=0.5)
    failed = [orders[int(name)] for name, answer in answers.items() if isinstance(answer, Failure)]
    assert len(answers) == 50
    assert sorted(failed) == ["die"] * 4 + ["hang"] * 3


def test_large_tasks_and_large_answers_do_not_wait_for_each_other():
    answers = run([[item(name, b"work" + b" " * 20 * AHEAD)] for name in "abcdef"], count=1)
    assert len(answers) == 6


def test_error_of_a_worker_that_cannot_work_is_raised():
    with pytest.raises(PipelineMissingError, match="not installed: none"):
        run([[item("a")]], serve=stand_in.serve_without_pipeline)


def test_workers_that_die_as_they_start_are_not_started_for_ever():
    with pytest.raises(WorkerError, match="die as they start"):
        run([[item("a")]], serve=stand_in.serve_dead_on_arrival)


def test_worker_makes_room_for_a_fresh_one(monkeypatch):
    monkeypatch.setattr(subject, "LIFETIME", 5)
    answers = run([[article(str(number))] for number in range(20)], count=1)
    processes = [answer.language.split()[0] for answer in answers.values()]
    assert len(set(processes)) in (3, 4)
    assert LIFETIME > 100


def test_worker_stays_for_items_that_it_only_reads(monkeypatch):
    monkeypatch.setattr(subject, "LIFETIME", 5)
    answers = run([[item(str(number))] for number in range(20)], count=1)
    assert len({answer.language.split()[0] for answer in answers.values()}) == 1


def test_workers_are_started_when_there_is_work_and_no_more_than_there_is():
    others = set(active_children())  # of other tests, that have not ended yet
    with Workers(8, Settings(), 60.0, stand_in.serve_stand_in) as workers:
        assert set(active_children()) <= others
        workers.give([item("a")])
        assert len(set(active_children()) - others) == 1


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="no system that tells limits")
def test_worker_has_bounded_memory():
    process, channel = start_process(serve, Settings(), 60.0)
    try:
        assert channel.recv() is None
        limits = Path(f"/proc/{process.pid}/limits").read_text()
    finally:
        process.kill()
    assert re.search(rf"^Max address space\s+{MEMORY}\b", limits, re.M)
