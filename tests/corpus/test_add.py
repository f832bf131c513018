"""The flow from items to the store, with workers and readings made by hand."""

import gzip
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from tests.made import Draft
from tocsin.articles.items import Item, failed
from tocsin.corpus import account
from tocsin.corpus import add as subject
from tocsin.corpus.account import NAMED, Added, Tally
from tocsin.corpus.add import _count_files, add_articles, add_found
from tocsin.corpus.flow import Flow
from tocsin.corpus.work_shards import work_shards
from tocsin.errors import EmptyInputError, NotFoundError, StoreError, ValueNotUnderstood
from tocsin.keys import article_key
from tocsin.records import Article, Failure, SetAside
from tocsin.settings import Settings
from tocsin.store.arrivals import last_run
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.writer import Writer


class HandWorkers:
    """Answers tasks in any order; remembers which texts it was given to analyse."""

    def __init__(self, seed, count=2):
        self.random, self.count = random.Random(seed), count
        self.tasks, self.analysed, self.read = [], Counter(), Counter()
        self.most = 0

    @property
    def room(self):
        return 2 * self.count - len(self.tasks)

    @property
    def busy(self):
        return bool(self.tasks)

    def give(self, things):
        assert self.room > 0
        self.tasks.append(things)

    def collect(self):
        task = self.tasks.pop(self.random.randrange(len(self.tasks)))
        return [(thing, self.answer(thing)) for thing in task]

    def answer(self, thing):
        if isinstance(thing, Article):
            self.analysed[thing.text] += 1
            if thing.text.startswith("deadly"):
                return Failure(origin=thing.origin, error="WorkerError", message="it died")
            return report_on(thing)
        self.read[thing.origin] += 1
        text = thing.body.decode()
        if text.startswith("empty"):
            return Failure(origin=thing.origin, error="EmptyInputError", message="nothing there")
        if text.startswith("ici"):
            return SetAside(origin=thing.origin, language="fr")
        plain = Article(id="", text=text, url=thing.url, origin=thing.origin)
        key = article_key(plain.text_id, thing.url or thing.name)
        return Article(id=key, text=text, url=thing.url, origin=thing.origin)


def report_on(article):
    return replace(Draft(text=article.text).report, article=article)


def item(name, text, url=None):
    return Item(origin=f"week/{name}", name=name, body=text.encode(), url=url)


def corpus():
    """Twelve texts, each printed at seven addresses, and what does not become an article."""
    texts = [f"Patrol boats left harbour {number}." for number in range(12)]
    prints = [
        item(f"{text}-{at}", text, f"https://{at}.example/{text[-3:-1].strip()}")
        for text in texts
        for at in "abcdefg"
    ]
    others = [item("deadly", "deadly"), item("deadly-copy", "deadly"), item("void", "empty")]
    others += [item("ici", "ici on parle"), item("plain", texts[0]), item("plain", texts[0])]
    others.append(failed(EmptyInputError("the file is not whole", value="x.gz"), "x.gz"))
    return prints + others


def add(items, folder, seed=1, workers=None, most=40, read_through=()):
    workers = workers or HandWorkers(seed)
    connection = open_database(folder, create=True)
    tally, writer = Tally(report=None, expected=None), Writer(connection)
    flow = Flow(found=iter(items), writer=writer, workers=workers, tally=tally)
    add_found(flow, writer, list(read_through), most=most)
    content = list(dump_content(connection))
    connection.close()
    return tally.account(), content


def test_account_counts_what_became_of_each(tmp_path):
    account, _ = add(corpus(), tmp_path)
    assert account.articles == 12 * 7 + 1
    assert account.prints == 12 * 6 + 1
    assert account.known == 1  # the same item twice
    assert account.set_aside == {"fr": 1}
    assert account.failed == len(account.failures) == 4
    assert account.seen == len(corpus())


def test_account_counts_the_days_that_were_not_read(tmp_path):
    undated = [replace(item(f"{n}.txt", f"Text {n}."), unread_day=f"0{n}/05/2025") for n in (3, 4)]
    account, _ = add([item("a.txt", "Text."), *undated], tmp_path)
    assert (account.articles, account.unread_days) == (3, 2)
    assert account.unread_day == "'03/05/2025' in week/3.txt"


@pytest.mark.parametrize("seed", range(5))
def test_content_depends_neither_on_order_nor_on_workers(tmp_path, seed):
    _, expected = add(corpus(), tmp_path / "one")
    shuffled = corpus()
    random.Random(seed).shuffle(shuffled)
    _, content = add(shuffled, tmp_path / "other", seed, most=5 + 20 * seed)
    assert content == expected


def test_text_is_analysed_once_whoever_prints_it(tmp_path):
    workers = HandWorkers(1)
    add(corpus(), tmp_path, workers=workers)
    assert set(workers.analysed.values()) == {1}
    assert len(workers.analysed) == 13


def test_text_in_the_store_is_not_analysed_again(tmp_path):
    add([item("a", "Boats left.", "https://a.example")], tmp_path)
    workers = HandWorkers(1)
    account, _ = add([item("b", "Boats left.", "https://b.example")], tmp_path, workers=workers)
    assert not workers.analysed
    assert (account.articles, account.prints) == (1, 1)


def test_items_in_the_store_are_not_read_again_and_failures_are(tmp_path):
    _, expected = add(corpus(), tmp_path)
    workers = HandWorkers(1)
    account, content = add(corpus(), tmp_path, workers=workers)
    assert set(workers.read) == {"week/deadly", "week/deadly-copy", "week/void"}
    assert (account.articles, account.failed) == (0, 4)
    assert content == expected


def test_adding_goes_on_after_any_batch(tmp_path, monkeypatch):
    _, expected = add(corpus(), tmp_path / "whole")
    keep = Writer.keep
    batches = Counter()

    def keep_one_more(self, batch):
        batches["left"] -= 1
        if batches["left"] < 0:
            raise KeyboardInterrupt
        return keep(self, batch)

    for allowed in range(50):
        batches["left"] = allowed % 3
        monkeypatch.setattr(Writer, "keep", keep_one_more)
        try:
            add(corpus(), tmp_path / "cut", allowed, most=20)
        except KeyboardInterrupt:
            continue
        break
    assert allowed > 2
    monkeypatch.undo()
    assert add(corpus(), tmp_path / "cut")[1] == expected


def test_items_under_way_are_bounded(tmp_path):
    pulled = Counter()

    def endless():
        for number in range(2000):
            pulled["items"] += 1
            yield item(str(number), f"Boat {number} left.")

    class Watchful(HandWorkers):
        def give(self, things):
            self.most = max(self.most, pulled["items"] - sum(self.read.values()))
            super().give(things)

    workers = Watchful(3)
    account, _ = add(endless(), tmp_path, workers=workers, most=64)
    assert account.articles == 2000
    assert workers.most < 150


def test_few_failures_are_named_and_all_are_counted(tmp_path):
    account, content = add([item(str(n), f"empty {n}") for n in range(30)], tmp_path)
    assert (account.failed, len(account.failures)) == (30, NAMED)
    assert len([row for row in content if row[0] == "items"]) == 30


def test_the_store_itself_is_no_failure_of_the_folder_it_lies_in(tmp_path):
    (tmp_path / "blank.txt").touch()
    account = add_articles([str(tmp_path)], tmp_path / "crisis", settings=Settings(), workers=1)
    assert {failure.origin for failure in account.failures} == {str(tmp_path / "blank.txt")}


def test_add_articles_notes_the_run_by_the_clock_it_is_given(tmp_path):
    (tmp_path / "blank.txt").touch()
    moments = (datetime(2026, 11, 1, 9, minute, tzinfo=UTC) for minute in count())
    add_articles(
        [str(tmp_path)],
        tmp_path / "s",
        settings=Settings(),
        workers=1,
        clock=lambda: next(moments),
    )
    run = last_run(open_database(tmp_path / "s", read_only=True))
    assert (run.number, run.command) == (1, f"add {tmp_path}"[:200])
    assert run.started == "2026-11-01T09:00:00Z" < run.last


def test_fault_in_a_reader_costs_its_path_only(tmp_path, monkeypatch):
    def find(path, **_options):
        if path == "bad":
            raise RuntimeError("out of paper")
        yield Failure(origin=path, error="EmptyInputError", message="empty")

    monkeypatch.setattr("tocsin.corpus.add.find_items", find)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad").touch()
    account = add_articles(["bad", "good"], tmp_path / "s", settings=Settings())
    assert [failure.origin for failure in account.failures] == ["bad", "good"]
    assert "out of paper" in account.failures[0].message


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 1e300])
def test_add_articles_refuses_a_limit_of_time_that_is_none(tmp_path, seconds):
    with pytest.raises(ValueNotUnderstood, match="at most 86,400 seconds"):
        add_articles([], tmp_path / "s", settings=Settings(), seconds_per_article=seconds)


def test_add_articles_makes_no_store_where_there_is_nothing_to_add(tmp_path):
    with pytest.raises(NotFoundError, match="no such file or folder"):
        add_articles([str(tmp_path / "nosuch")], tmp_path / "s", settings=Settings())
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("begin", [add_articles, work_shards])
def test_nothing_is_made_where_there_is_no_such_second_reader(tmp_path, begin):
    with pytest.raises(ValueNotUnderstood, match="no name of a model"):
        begin(["."], tmp_path / "s", settings=Settings(reader="http://127.0.0.1:9/v1"))
    assert not (tmp_path / "s").exists()


def add_failing(folder, store, path=None):
    """Add files of which none needs a worker, and return what is held to have failed."""
    add_articles([str(path or folder)], store, settings=Settings(), workers=1)
    connection = open_database(store, read_only=True)
    rows = connection.execute("SELECT origin FROM items WHERE outcome = 'failed' ORDER BY 1")
    origins = [origin.removeprefix(str(folder)) for (origin,) in rows]
    connection.close()
    return origins


def test_failures_that_were_mended_or_taken_away_are_dropped(tmp_path):
    week, store = tmp_path / "week", tmp_path / "s"
    week.mkdir()
    cut = gzip.compress(b'{"text": "0"}\n{"text": "1"}\n')[:-9]
    (week / "cut.jsonl.gz").write_bytes(cut)
    (week / "rows.csv").write_text("title,text\nA,0\nB,1\n")
    (week / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "week.txt").touch()
    assert add_failing(tmp_path, store, tmp_path / "week.txt") == ["/week.txt"]
    before = add_failing(tmp_path, store, week)
    assert "/week/cut.jsonl.gz" in before
    assert {"/week.txt", "/week/rows.csv#2", "/week/rows.csv#3", "/week/picture.png"} < {*before}
    (week / "rows.csv").write_text("title,text\nB,1\n")
    (week / "cut.jsonl.gz").write_bytes(gzip.compress(b""))
    (week / "picture.png").unlink()
    after = add_failing(tmp_path, store, week)
    assert after[:1] == ["/week.txt"]
    assert "/week/rows.csv#2" in after
    assert not {"/week/rows.csv#3", "/week/picture.png"} & {*after}
    add_failing(tmp_path, tmp_path / "fresh", week)
    assert after[1:] == add_failing(tmp_path, tmp_path / "fresh", week)


def test_mended_article_leaves_a_store_that_never_saw_the_bad_one(tmp_path, monkeypatch):
    bad, good = item("a", "empty"), item("a", "Boats left.")
    _, expected = add([good], tmp_path / "fresh")
    add([bad, item("b", "empty")], tmp_path / "mended")
    monkeypatch.setattr(subject, "_stands_at", lambda origin, path: origin == path)
    _, content = add([good], tmp_path / "mended", read_through=["week/a", "week/b"])
    assert content == expected


@pytest.mark.parametrize(
    ("origin", "path", "stands"),
    [
        ("week/a.txt", "week", True),
        ("week/a.txt", "week/", True),
        ("week/a.txt", "./week", True),
        ("week2/a.txt", "week", False),
        ("week.csv#7", "week.csv", True),
        ("week.csv", "week", False),
        ("a.txt", ".", True),
        ("/a.txt", ".", False),
        ("-#7", "-", False),
        ("-#7", ".", False),
        ("/a/b.txt", "/", True),
    ],
)
def test_stands_at_knows_what_lies_under_a_path(origin, path, stands):
    assert subject._stands_at(origin, path) is stands


def test_account_leaves_out_what_another_process_has_added_meanwhile(tmp_path):
    class Slow(HandWorkers):
        def collect(self):
            add([item("a", "Boats left.")], tmp_path)
            self.collect = super().collect
            return []

    account, _ = add([item("a", "Boats left."), item("b", "Later.")], tmp_path, workers=Slow(1))
    assert (account.articles, account.known) == (1, 1)


def test_error_nobody_foresaw_is_told_as_damage_where_the_store_is_damaged(tmp_path, monkeypatch):
    def go_wrong(*_, **__):
        raise TypeError("no row")

    monkeypatch.setattr(account, "settle", go_wrong)
    add([item("a", "Boats left.")], tmp_path / "s")
    (tmp_path / "b.txt").touch()
    arguments = {"paths": [str(tmp_path / "b.txt")], "store_folder": tmp_path / "s", "workers": 1}
    with pytest.raises(TypeError):
        add_articles(**arguments, settings=Settings())
    connection = open_database(tmp_path / "s")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("DELETE FROM texts")
    connection.close()
    with pytest.raises(StoreError, match="tocsin verify"):
        add_articles(**arguments, settings=Settings())


def test_seen_leaves_nothing_out():
    assert Added(articles=1, known=2, set_aside={"fr": 3, "de": 4}, failed=5).seen == 15


def test_articles_are_expected_where_every_file_is_one(tmp_path):
    (tmp_path / ".hidden").mkdir()
    for name in ("a.txt", "b.HTML", "c.md.gz", ".hidden/d.warc", ".e.csv"):
        (tmp_path / name).touch()
    assert _count_files([str(tmp_path), "x.txt"]) == 4
    assert _count_files([str(tmp_path), "-"]) is None
    (tmp_path / "f.jsonl").touch()
    assert _count_files([str(tmp_path)]) is None
