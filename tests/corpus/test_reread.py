"""Rereading a store, with workers made by hand: bounded, resumable, failures kept as they were."""

from contextlib import closing
from functools import partial

import pytest

from tests.corpus.test_add import HandWorkers, report_on
from tests.store.test_reread import OLD, read_by
from tocsin.corpus.account import Tally
from tocsin.corpus.reread import Rereading, find_stale, reread_articles
from tocsin.errors import StoreError, ValueNotUnderstood
from tocsin.models.networks import reader_version
from tocsin.records import Article, Failure
from tocsin.settings import Settings
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.handle import Store
from tocsin.store.reread import replace_found
from tocsin.store.writer import Writer

NOW = reader_version()


class ReadingWorkers(HandWorkers):
    """Reads with the reader of today; a text that is told to fails."""

    deadly = "none"

    def answer(self, thing):
        if thing.text.startswith(self.deadly):
            return Failure(origin=thing.id, error="WorkerError", message="it died")
        return read_by(report_on(thing), NOW)


@pytest.fixture
def old_store(tmp_path):
    """A store of twenty texts that an earlier reader has read."""
    folder = tmp_path / "crisis"
    with closing(open_database(folder, create=True)) as connection:
        reports = []
        for number in range(20):
            article = Article(id=f"{number:016x}", text=f"Boats left harbour {number}.")
            reports.append((f"{number}", f"{number}.txt", read_by(report_on(article), OLD)))
        Writer(connection).keep(reports)
        connection.execute("DELETE FROM pending")
    return folder


def reread(folder, workers, **given):
    with closing(open_database(folder)) as connection:
        tally = Tally(report=None, expected=None)
        run = Rereading(
            found=find_stale(connection, NOW),
            replace=given.get("replace") or partial(replace_found, connection),
            workers=workers,
            tally=tally,
        )
        run.work()
        return tally.account(), list(dump_content(connection))


def readers(folder):
    with Store(folder) as store:
        return store.readers()


def test_every_text_of_an_earlier_reader_is_read_again(old_store):
    account, _ = reread(old_store, ReadingWorkers(1))
    assert (account.articles, account.failed, account.lost) == (20, 0, ())
    assert readers(old_store) == (NOW,)


def test_what_cannot_be_read_keeps_what_was_found_and_is_tried_again(old_store):
    workers = ReadingWorkers(1)
    workers.deadly = "Boats left harbour 1."
    account, _ = reread(old_store, workers)
    assert (account.articles, account.failed) == (19, 1)
    assert set(readers(old_store)) == {OLD, NOW}
    account, _ = reread(old_store, ReadingWorkers(1))
    assert (account.articles, account.failed) == (1, 0)


def test_rereading_that_was_broken_off_goes_on_where_it_was(old_store, monkeypatch):
    monkeypatch.setattr("tocsin.corpus.reread.RESULTS", 4)
    kept = []

    def replace_and_break(reports):
        with closing(open_database(old_store)) as connection:
            lost = replace_found(connection, reports)
        kept.extend(reports)
        if len(kept) > 10:
            raise MemoryError
        return lost

    with pytest.raises(MemoryError):
        reread(old_store, ReadingWorkers(1), replace=replace_and_break)
    account, content = reread(old_store, ReadingWorkers(2))
    assert account.articles == 20 - len(kept)
    assert {row[-1] for row in content if row[0] == "texts"} == {NOW}


def test_a_store_that_is_up_to_date_begins_no_run(old_store):
    reread(old_store, ReadingWorkers(1))
    account = reread_articles(old_store, settings=Settings(), workers=1)
    assert (account.articles, account.failed) == (0, 0)
    with Store(old_store) as store:
        assert store.status().last_run is None


def test_rereading_refuses_what_is_no_store_and_no_time(tmp_path):
    with pytest.raises(StoreError, match="there is no such store"):
        reread_articles(tmp_path / "nowhere", settings=Settings())
    with pytest.raises(ValueNotUnderstood, match="no article can be given this time"):
        reread_articles(tmp_path, settings=Settings(), seconds_per_article=0)
