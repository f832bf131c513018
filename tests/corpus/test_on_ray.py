"""A work that tasks of Ray do, with a Ray by hand; with a real one see `tests/journeys`."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from ray.exceptions import NodeDiedError, RayTaskError

from tests.corpus.test_work_shards import Pool
from tocsin.cli import tocsin
from tocsin.corpus import on_ray
from tocsin.corpus.claims import Claims
from tocsin.corpus.on_ray import work_on_ray
from tocsin.corpus.work_shards import Folders, work_shards
from tocsin.errors import PartsError, ValueNotUnderstood, WorkerError
from tocsin.settings import Settings


class HandRay:
    """Does each task here and at once, on a node of four processors, after `before` was called."""

    def __init__(self, before=lambda: None):
        self.before, self.asked, self.given, self.cancelled = before, {}, [], []
        self.connected = False

    def init(self, address, **_):
        if address == "ray://nobody.example:1":
            raise ConnectionError("nobody answers")
        self.connected = True

    def shutdown(self):
        self.connected = False

    def nodes(self):
        return [{"Alive": True, "Resources": {"CPU": 4.0}}, {"Alive": False, "Resources": {}}]

    def remote(self, **asked):
        self.asked = asked
        return lambda work: _Remote(self, work)

    def wait(self, tasks, **_):
        return tasks, []

    def get(self, tasks):
        for task in tasks:
            if task is not None:
                raise task

    def cancel(self, task):
        self.cancelled.append(task)


class _Remote:
    def __init__(self, hand, work):
        self.hand, self.work = hand, work

    def remote(self, task):
        self.hand.given.append(task)
        try:
            self.hand.before()
            self.work(task)
        except NodeDiedError as error:
            return error
        except Exception as error:
            return RayTaskError("work", "a traceback", error).as_instanceof_cause()
        return None


@pytest.fixture
def hand(monkeypatch):
    monkeypatch.setattr("tocsin.corpus.work_shards.Workers", Pool)
    hand = HandRay()
    monkeypatch.setattr(on_ray, "ray", hand)
    return hand


@pytest.fixture
def week(tmp_path, monkeypatch):
    """Five texts, one of them twice and one in another language, and a blank file."""
    monkeypatch.chdir(tmp_path)
    Path("week").mkdir()
    for number in range(5):
        Path(f"week/{number}.txt").write_text(f"Patrol boats left harbour {number % 4}.")
    Path("week/ici.txt").write_text("ici on parle")
    Path("week/blank.txt").touch()
    return "week"


def work(paths, out="parts", cluster="ray", **options):
    return work_on_ray(cluster, paths, out, settings=Settings(), shard_bytes=60, **options)


def test_account_is_that_of_one_machine(hand, week):
    done = work([week])
    alone = work_shards([week], "alone", settings=Settings(), shard_bytes=60, workers=1)
    assert replace(done, seconds=0.0, failures=()) == replace(alone, seconds=0.0, failures=())
    assert (done.shards, done.set_aside, hand.connected) == (3, {"fr": 1}, False)


def test_tasks_are_as_many_as_shards_and_take_the_processors_of_their_workers(hand, week):
    work([week], workers=3)
    assert len(hand.given) == 3
    assert hand.asked == {"num_cpus": 3, "max_retries": -1}


@pytest.mark.usefixtures("hand")
def test_work_that_is_done_needs_no_cluster(week):
    work([week])
    assert work([week], cluster="ray://nobody.example:1").shards == 0


@pytest.mark.usefixtures("hand")
def test_what_others_have_in_their_hands_is_left_to_them(week):
    work_shards([week], "parts", settings=Settings(), shard_bytes=60, workers=1)
    folders = Folders(out=Path("parts"))
    manifest = next(folders.parts.glob("*.json"))
    manifest.unlink()
    claims = Claims(folder=folders.claims)
    with claims.beating(manifest.stem, claims.take(manifest.stem)):
        assert work([]).shards_left == 1


def test_tasks_are_told_to_let_go_when_the_command_is_stopped(hand, week, monkeypatch):
    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(hand, "get", stop)
    assert work([week]).interrupted
    assert (len(hand.cancelled), hand.connected) == (3, False)


@pytest.mark.usefixtures("hand")
def test_what_a_task_refuses_is_refused_as_without_a_cluster(week):
    with pytest.raises(ValueNotUnderstood, match="no article can be given this time") as refused:
        work([week], seconds_per_article=0.0)
    assert not isinstance(refused.value, RayTaskError)


def test_task_on_a_node_that_does_not_see_the_folder_is_refused(hand, week, tmp_path):
    hand.before = lambda: (tmp_path / "parts").rename(tmp_path / "elsewhere")
    with pytest.raises(PartsError, match="does not see this folder"):
        work([f"{week}/0.txt"])


def test_task_on_a_node_with_another_reader_is_refused(hand, week, monkeypatch):
    hand.before = lambda: monkeypatch.setattr(
        "tocsin.corpus.work_shards.reader_version", lambda: "of yesterday"
    )
    with pytest.raises(PartsError, match=r"something else: reader of yesterday; expected reader "):
        work([week])


def test_cluster_that_is_lost_is_a_refusal(hand, week):
    def lose():
        raise NodeDiedError("the head is gone")

    hand.before = lose
    with pytest.raises(WorkerError, match=r"cannot be used \(the head is gone"):
        work([week])


@pytest.mark.usefixtures("hand")
def test_cluster_that_does_not_answer_is_a_refusal(week):
    with pytest.raises(WorkerError, match=r"nobody answers.*ray://nobody.example:1"):
        work([week], cluster="ray://nobody.example:1")


@pytest.mark.usefixtures("hand")
def test_more_workers_than_any_node_has_processors_are_refused(week):
    with pytest.raises(ValueNotUnderstood, match="at most 4"):
        work([week], workers=5)


def test_what_is_no_business_of_a_cluster_is_not_told_to_it(hand, week):
    secret = {"desk_token": "secret", "reader": "http://127.0.0.1:9/v1", "reader_key": "secret"}
    work_on_ray("ray", [week], "parts", settings=Settings(**secret, model="m"))
    assert {getattr(hand.given[0].settings, name) for name in secret} == {""}


def test_command_says_that_ray_is_an_extra(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "tocsin.corpus.on_ray", raising=False)
    monkeypatch.setitem(sys.modules, "ray", None)
    done = CliRunner().invoke(tocsin, ["work", "--out", str(tmp_path), "--on", "ray"])
    assert done.exit_code == 2
    assert "Ray is an extra; ray is not installed: pip install 'tocsin[ray]'" in done.stderr


@pytest.mark.parametrize("engine", ["", "spark", "rayon", "http://head.example"])
def test_command_refuses_an_engine_that_is_none(tmp_path, engine):
    done = CliRunner().invoke(tocsin, ["work", "--out", str(tmp_path), "--on", engine])
    assert done.exit_code == 2
    assert "neither ray nor ray://HOST:PORT" in done.stderr
