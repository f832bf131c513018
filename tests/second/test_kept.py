"""What a store keeps of a second reader, uses again, and forgets."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.made import selin
from tocsin.corpus.dry_run import estimate
from tocsin.corpus.gather import gather_parts
from tocsin.corpus.parts import FORMAT, Manifest, Part, Versions, write_manifest
from tocsin.corpus.reread import find_stale
from tocsin.corpus.work_shards import Folders
from tocsin.records import Report, SaidAct, SecondReading, Status
from tocsin.second.asked import Asked
from tocsin.settings import Settings
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.forget import forget_article
from tocsin.store.reread import second_of
from tocsin.store.rows import read_report
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer

SAID = SaidAct(type="ASSAULT", status=Status.ALLEGED, words=(0, 5))
READING = SecondReading(model="a-model", prompt="p", tokens_in=7, tokens_out=3, acts=(SAID,))


def report(second: SecondReading | None = READING) -> Report:
    made = selin().report
    return replace(made, account=replace(made.account, second=second))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "crisis"


@pytest.fixture
def connection(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(folder, create=True)) as opened:
        yield opened


def keep(connection: sqlite3.Connection, *reports: Report) -> None:
    Writer(connection).keep([(f"{n}", f"{n}.txt", each) for n, each in enumerate(reports)])
    settle(connection)


def test_the_answer_is_kept_with_the_text(connection):
    keep(connection, report())
    assert second_of(connection, report().article.text_id) == READING
    assert read_report(connection, report().article.id).account.second == READING


def test_a_text_that_tocsin_alone_has_read_has_none(connection):
    keep(connection, report(None))
    assert second_of(connection, report().article.text_id) is None


def test_a_text_is_read_again_with_the_answer_that_there_is(connection):
    keep(connection, report())
    [found] = find_stale(connection, "another reader")
    assert (type(found), found.second) == (Asked, READING)


def test_forgetting_forgets_the_answer(connection, folder):
    keep(connection, report())
    forget_article(connection, report().article.id)
    settle(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"a-model" not in (folder / FILE_NAME).read_bytes()


def test_words_of_an_answer_beyond_the_text_are_damage(connection):
    keep(connection, report(replace(READING, acts=(replace(SAID, words=(0, 10_000)),))))
    told = [each.sentence for each in verify_store(connection)]
    assert [each for each in told if "0 to 10000" in each] == told
    assert told


@pytest.fixture
def news(tmp_path: Path) -> Path:
    made = tmp_path / "news"
    made.mkdir()
    text = "Chad shelled Agadez on Monday, and the army said that it would go on with it.\n" * 3
    for name, words in (("one", text), ("same", text), ("other", f"It rained.\n{text}")):
        (made / f"{name}.txt").write_text(words)
    (made / "void.txt").write_text("")
    return made


def test_a_dry_run_counts_texts_once(news):
    found = estimate([str(news)], None, settings=Settings())
    assert (found.articles, found.known, found.others, found.requests) == (2, 1, 1, 2)
    assert found.tokens_in > 2 * 1000
    assert 0 < found.tokens_out < found.tokens_in


def test_a_dry_run_leaves_out_what_the_store_knows(news, tmp_path):
    from tocsin.corpus.add import add_articles

    add_articles([str(news / "one.txt")], tmp_path / "store", settings=Settings(), workers=1)
    found = estimate([str(news)], tmp_path / "store", settings=Settings())
    assert (found.articles, found.known) == (1, 2)


def test_a_dry_run_makes_no_store(news, tmp_path):
    estimate([str(news)], tmp_path / "store", settings=Settings())
    assert not (tmp_path / "store").exists()


# --------------------------------------------------------------------------- shared work


def leave_part(folders: Folders, name: str, made: Report) -> None:
    """Leave a finished shard in which one article was read."""
    (folders.shards / f"{name}.json").write_text("{}")
    with closing(Part(folders.parts, name)) as part:
        part.keep([(name, f"{name}.txt", replace(made, article=replace(made.article, id=name)))])
        manifest = Manifest(
            format=FORMAT,
            shard=name,
            inputs=(),
            part=1,
            parts=1,
            items=1,
            again=0,
            outcomes={"report": 1},
            made_by=Versions(tocsin="t", reader="r", pipeline="p", reference="f"),
            files=(part.publish(),),
            texts=part.texts,
        )
    write_manifest(folders.parts, manifest)


def gather(folder: Path, *reports: Report) -> None:
    """Gather parts with these reports into a store, one after the other."""
    folders = Folders(out=folder / "out")
    folders.make()
    for number, each in enumerate(reports):
        leave_part(folders, f"{number:016x}", each)
        gather_parts(folder / "out", folder / "store", any_reader=True)


def test_an_answer_stands_whichever_part_is_gathered_first(tmp_path):
    alone, said = report(None), report()
    less = report(replace(READING, model="b-model"))
    orders = [(alone, said, less), (less, said, alone), (said, less, alone)]
    for number, order in enumerate(orders):
        folder = tmp_path / f"{number}"
        gather(folder, *order)
        with closing(open_database(folder / "store")) as connection:
            assert second_of(connection, report().article.text_id) == READING
