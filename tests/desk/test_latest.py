"""The latest: worked out once for each state of a store, in a thread of its own."""

import gc
import time
from threading import Event

import pytest

from tocsin.errors import StoreError
from tocsin.publish.desk import latest
from tocsin.publish.desk.latest import Latest, state_of
from tocsin.store.database import FILE_NAME

LONG = 10.0


@pytest.fixture
def folder(tmp_path):
    """A folder with what stands for a store: only its file is looked at."""
    (tmp_path / FILE_NAME).write_bytes(b"one")
    return tmp_path


@pytest.fixture
def restless(monkeypatch):
    """Nothing rests between two workings."""
    monkeypatch.setattr(latest, "_REST", 0.0)


def _change(folder):
    with (folder / FILE_NAME).open("ab") as file:
        file.write(b"more")


@pytest.mark.usefixtures("restless")
def test_latest_is_worked_out_once_for_each_state(folder):
    numbers = iter(range(10))
    kept = Latest(folder, lambda: next(numbers))
    assert [kept.look(LONG).value for _ in range(3)] == [0, 0, 0]
    _change(folder)
    assert [kept.look(LONG).value for _ in range(2)] == [1, 1]


def test_latest_does_not_keep_who_asks_waiting(folder):
    goes_on = Event()
    kept = Latest(folder, goes_on.wait)
    seen = kept.look(0.01)
    goes_on.set()
    assert (seen.value, seen.fresh) == (None, False)
    assert kept.look(LONG).fresh


@pytest.mark.usefixtures("restless")
def test_latest_gives_the_one_before_while_the_next_is_worked_out(folder):
    goes_on = Event()
    works = iter((lambda: "old", lambda: goes_on.wait() and "new"))
    kept = Latest(folder, lambda: next(works)())
    kept.look(LONG)
    _change(folder)
    seen = kept.look(0.01)
    goes_on.set()
    assert (seen.value, seen.fresh) == ("old", False)
    assert kept.look(LONG).value == "new"


def test_latest_rests_after_work(folder, monkeypatch):
    monkeypatch.setattr(latest, "_REST", 1e9)
    numbers = iter(range(10))
    kept = Latest(folder, lambda: next(numbers))
    kept.look(LONG)
    _change(folder)
    assert (kept.look(0.05).value, kept.look(0.05).fresh) == (0, False)


def test_latest_raises_what_went_wrong_and_tries_again(folder, monkeypatch):
    monkeypatch.setattr(latest, "_REST", 0.0)

    def damaged():
        raise StoreError("the store is damaged")

    works = iter((damaged, lambda: "whole"))
    kept = Latest(folder, lambda: next(works)())
    with pytest.raises(StoreError):
        kept.look(LONG)
    assert kept.look(LONG).value == "whole"


def test_latest_rests_after_what_went_wrong_and_says_so_meanwhile(folder, monkeypatch):
    monkeypatch.setattr(latest, "_REST", 1e9)
    tried = []

    def damaged():
        tried.append(time.sleep(0.01))
        raise StoreError("the store is damaged")

    kept = Latest(folder, damaged)
    for _ in range(3):
        with pytest.raises(StoreError):
            kept.look(LONG)
    assert len(tried) == 1


def test_state_does_not_change_by_an_empty_log(folder):
    before = state_of(folder)
    (folder / f"{FILE_NAME}-wal").touch()
    assert state_of(folder) == before
    (folder / f"{FILE_NAME}-wal").write_bytes(b"written")
    assert state_of(folder) != before


def test_garbage_collection_passes_over_what_is_kept(folder):
    gc.unfreeze()
    kept = Latest(folder, lambda: [object() for _ in range(10)]).look(LONG).value
    ends = time.monotonic() + LONG
    while not gc.get_freeze_count() and time.monotonic() < ends:
        time.sleep(0.01)
    assert not any(each is kept for each in gc.get_objects())
