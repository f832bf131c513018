"""Rounds over feeds served on loopback, with the adding of articles made by hand."""

import shutil
import signal
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.storm import make_storm
from tests.watch.feeds.served import feed_of
from tocsin.corpus.account import Added
from tocsin.errors import StoreError
from tocsin.settings import Settings
from tocsin.watch.feeds import rounds
from tocsin.watch.feeds.plan import Feed, Plan
from tocsin.watch.feeds.rounds import Watch

BODY = feed_of("The ministry said nothing.")


@pytest.fixture(scope="module")
def storm(tmp_path_factory):
    return make_storm(tmp_path_factory.mktemp("storm") / "store") / "tocsin.sqlite"


@pytest.fixture
def added(monkeypatch, storm):
    """What was given to be added, file by file; the store becomes one in which two alarms ring."""
    given = []

    def add(paths, store, **_):
        given.extend(Path(path).read_bytes() for path in paths)
        shutil.copy(storm, store)
        return Added(articles=len(given))

    monkeypatch.setattr(rounds, "add_articles", add)
    return given


class Clock:
    """Time that passes while one sleeps."""

    def __init__(self):
        self.now, self.slept = 1_700_000_000.0, []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def watch_of(store, clock, *urls, minutes=30):
    feeds = tuple(Feed(url=url, minutes=minutes) for url in urls)
    return Watch(
        plan=Plan(feeds=feeds),
        store=store,
        settings=Settings(),
        clock=lambda: clock.now,
        sleep=clock.sleep,
    )


def once(work):
    [done] = work.run(once=True)
    return done


def test_round_adds_what_has_changed(serve, added, clock, tmp_path):
    served = serve({"/one": (200, {}, BODY), "/two": (304, {}, b""), "/three": (500, {}, b"")})
    done = once(watch_of(tmp_path, clock, *map(served.url, ("/one", "/two", "/three"))))
    assert (done.asked, done.changed) == (3, 1)
    assert [failure.origin for failure in done.failures] == [served.url("/three")]
    assert added == [BODY]


@pytest.mark.usefixtures("added")
def test_round_shows_how_far_adding_is_and_nothing_while_it_sleeps(serve, clock, tmp_path):
    served, shown = serve({"/one": (200, {}, BODY)}), []

    @contextmanager
    def show():
        shown.append(clock.now)
        yield print

    work = watch_of(tmp_path, clock, served.url("/one"))
    work.show = show
    once(work)
    assert shown == [clock.now]


def test_round_without_news_adds_nothing(serve, added, clock, tmp_path):
    done = once(watch_of(tmp_path, clock, serve({"/one": (304, {}, b"")}).url("/one")))
    assert (done.added, done.alarms, added) == (None, (), [])


@pytest.mark.usefixtures("added")
def test_host_is_asked_one_thing_at_a_time(serve, clock, tmp_path):
    paths = [f"/{number}" for number in range(12)]
    served = serve(dict.fromkeys(paths, (304, {}, b"")))
    once(watch_of(tmp_path, clock, *map(served.url, paths)))
    assert served.most_at_once == 1
    assert len(served.asked) == 13


@pytest.mark.usefixtures("added")
def test_alarm_is_told_once(serve, clock, tmp_path):
    url = serve({"/feed": (200, {}, BODY)}).url("/feed")
    work = watch_of(tmp_path, clock, url)
    rounds_done = work.run()
    first, second = next(rounds_done), next(rounds_done)
    assert {alarm.actor for alarm in first.alarms} == {"TCD", "SRB"}
    assert (second.added.articles, second.alarms) == (2, ())
    clock.now += 3600
    assert once(watch_of(tmp_path, clock, url)).alarms == ()


@pytest.mark.usefixtures("added")
def test_alarm_that_becomes_confirmed_is_told_again(serve, clock, tmp_path):
    work = watch_of(tmp_path, clock, serve({"/feed": (200, {}, BODY)}).url("/feed"))
    done = work.run()
    next(done)
    work.told = [(*pair, "unconfirmed", rang) for *pair, _, rang in work.told]
    assert [(each.actor, each.rings) for each in next(done).alarms] == [("TCD", "confirmed")]


@pytest.mark.usefixtures("added")
def test_alarms_that_rang_before_are_no_news(serve, clock, tmp_path, storm):
    shutil.copy(storm, tmp_path)
    done = once(watch_of(tmp_path, clock, serve({"/feed": (200, {}, BODY)}).url("/feed")))
    assert done.added
    assert done.alarms == ()


@pytest.mark.usefixtures("added")
def test_feed_that_is_not_due_is_not_asked(serve, clock, tmp_path):
    served = serve({"/feed": (200, {"ETag": '"1"'}, BODY)})
    once(watch_of(tmp_path, clock, served.url("/feed")))
    clock.now += 60
    assert once(watch_of(tmp_path, clock, served.url("/feed"))).asked == 0
    clock.now += 1800
    assert once(watch_of(tmp_path, clock, served.url("/feed"))).asked == 1
    assert served.asked[-1][1]["If-None-Match"] == '"1"'


@pytest.mark.usefixtures("added")
def test_watch_sleeps_until_a_feed_is_due(serve, clock, tmp_path):
    work = watch_of(tmp_path, clock, serve({"/feed": (304, {}, b"")}).url("/feed"), minutes=20)
    done = work.run()
    next(done)
    clock.slept.clear()
    next(done)
    assert 1100 < clock.slept[0] <= 1200


def test_known_things_that_are_damaged_are_forgotten(serve, added, clock, tmp_path):
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "known.json").write_text('{"feeds": {"a": 3}')
    once(watch_of(tmp_path, clock, serve({"/feed": (200, {}, BODY)}).url("/feed")))
    assert added == [BODY]


def test_what_was_not_added_is_added_at_the_next_start(serve, added, clock, tmp_path, monkeypatch):
    url = serve({"/feed": [(200, {}, BODY), (304, {}, b"")]}).url("/feed")
    with monkeypatch.context() as broken:
        broken.setattr(rounds, "add_articles", lambda *_, **__: Added(interrupted=True))
        once(watch_of(tmp_path, clock, url))
    assert added == []
    once(watch_of(tmp_path, clock, url))
    assert added == [BODY]
    assert list((tmp_path / "feeds").glob("*.rss")) == []


@pytest.mark.usefixtures("added")
def test_alarm_on_an_alarm_is_told_too(serve, clock, tmp_path):
    work = watch_of(tmp_path, clock, serve({"/feed": (200, {}, BODY)}).url("/feed"))
    done = work.run()
    first = next(done).alarms[0]
    before = first.since - timedelta(days=3)
    work.told = [(*names, before) for *names, _ in work.told]
    assert first in next(done).alarms


@pytest.mark.usefixtures("added")
def test_alarm_that_could_not_be_shown_before_a_stop_is_told_again(serve, clock, tmp_path):
    url = serve({"/feed": (200, {}, BODY)}).url("/feed")
    stopped = watch_of(tmp_path, clock, url).run()
    told = next(stopped).alarms
    stopped.close()
    clock.now += 3600
    assert told
    assert once(watch_of(tmp_path, clock, url)).alarms == told


def test_alarm_that_was_being_raised_at_a_stop_is_raised_though_nothing_is_new(
    serve, added, clock, tmp_path
):
    url = serve({"/feed": [(200, {}, BODY), (304, {}, b"")]}).url("/feed")
    stopped = watch_of(tmp_path, clock, url).run()
    told = next(stopped).alarms
    stopped.close()
    clock.now += 3600
    assert once(watch_of(tmp_path, clock, url)).alarms == told
    assert added == [BODY]


def test_alarm_of_an_add_that_was_killed_did_not_ring_before(
    serve, added, clock, tmp_path, storm, monkeypatch
):
    url = serve({"/feed": (200, {}, BODY)}).url("/feed")

    def killed(_, store, **__):
        shutil.copy(storm, store)
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(rounds, "add_articles", killed)
        with pytest.raises(SystemExit):
            once(watch_of(tmp_path, clock, url))
    assert len(once(watch_of(tmp_path, clock, url)).alarms) == 2
    assert added


@pytest.mark.usefixtures("added")
def test_alarm_that_is_confirmed_no_more_is_not_told_again(serve, clock, tmp_path):
    work = watch_of(tmp_path, clock, serve({"/feed": (200, {}, BODY)}).url("/feed"))
    done = work.run()
    next(done)
    work.told = [(*pair, "confirmed", rang) for *pair, _, rang in work.told]
    assert next(done).alarms == ()


def test_feed_is_not_asked_before_its_last_answer_is_added(serve, added, clock, tmp_path):
    served = serve({"/feed": (200, {}, feed_of("The ministry spoke."))})
    work = watch_of(tmp_path, clock, served.url("/feed"))
    [feed] = work.plan.feeds
    (tmp_path / "feeds").mkdir()
    work._path(feed).write_bytes(BODY)
    assert once(work).asked == 0
    assert added == [BODY]


def test_store_that_is_a_file_is_refused(clock, tmp_path):
    (tmp_path / "store").write_text("a file")
    with pytest.raises(StoreError, match="the folder of the store cannot be used"):
        once(watch_of(tmp_path / "store", clock, "http://127.0.0.1:1/feed"))


def test_damaged_knowledge_begins_anew(serve, clock, tmp_path):
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "known.json").write_text('{"feeds": [], "told": []}')
    assert once(watch_of(tmp_path, clock, serve({"/one": (304, {}, b"")}).url("/one"))).asked == 1


def test_stop_waits_for_no_feed_that_was_not_asked(clock, tmp_path, monkeypatch):
    asked = []

    def stop(feed, standing, *_):
        asked.append(feed)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        time.sleep(0.5)
        return standing, None

    monkeypatch.setattr(rounds, "poll", stop)
    urls = [f"http://127.0.0.1:1/{number}" for number in range(9)]
    with pytest.raises(KeyboardInterrupt):
        once(watch_of(tmp_path, clock, *urls))
    assert len(asked) == 1
