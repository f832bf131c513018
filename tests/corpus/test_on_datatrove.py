"""A pipeline of datatrove whose tasks leave parts, and the store that is gathered of them."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep

from tests.corpus.made_week import FRENCH, make_text
from tocsin.corpus import on_datatrove
from tocsin.corpus.add import add_articles
from tocsin.corpus.gather import gather_parts
from tocsin.corpus.on_datatrove import AnalyseNews
from tocsin.corpus.work_shards import Folders, work_shards
from tocsin.settings import Settings
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.verify import verify_store


class ReadTables(PipelineStep):
    """Each task reads the tables whose turn it is, as datatrove's own readers do."""

    type, name = "Reader", "tables"

    def __init__(self, folder):
        super().__init__()
        self.folder = str(folder)

    def run(self, _=None, rank=0, world_size=1):
        for path in sorted(Path(self.folder).glob("*.jsonl"))[rank::world_size]:
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                row = json.loads(line)
                known = {"url": row["url"], "date": row["date"], "file_path": str(path)}
                yield Document(text=row["text"], id=str(number), metadata=known)


class Note(PipelineStep):
    """Notes in a file which documents come so far."""

    type, name = "Writer", "note"

    def __init__(self, path):
        super().__init__()
        self.path = path

    def run(self, data, *_):
        for document in data:
            with self.path.open("a") as file:
                file.write(f"{document.metadata['url']}\n")
            yield document


def make_row(number, text):
    url, day = f"https://wire.example/{number}", f"2025-03-0{number + 1}"
    return {"text": text, "url": url, "date": day}


@pytest.fixture
def tables(tmp_path):
    """Two tables: articles, one text twice, a row twice, one in French, one without words."""
    texts = [make_text(0), make_text(1), make_text(0), FRENCH * 3, "- - -"]
    rows = [make_row(number, text) for number, text in enumerate(texts)]
    (tmp_path / "news").mkdir()
    for name, some in {"a": [*rows[:2], rows[0]], "b": rows[2:]}.items():
        lines = "\n".join(map(json.dumps, some))
        (tmp_path / "news" / f"{name}.jsonl").write_text(lines)
    return tmp_path / "news"


@pytest.fixture
def out(tables, tools, tmp_path, monkeypatch):
    """The folder in which a pipeline of two tasks has left its parts."""
    monkeypatch.setattr(on_datatrove, "open_tools", lambda _: tools)
    steps = [ReadTables(tables), AnalyseNews(tmp_path / "out"), Note(tmp_path / "passed")]
    LocalPipelineExecutor(steps, tasks=2, workers=1, logging_dir=str(tmp_path / "log")).run()
    return tmp_path / "out"


def content_of(store):
    with closing(open_database(store)) as connection:
        assert list(verify_store(connection)) == []
        return list(dump_content(connection))


def test_pipeline_leaves_what_gathers_as_if_it_had_been_added(tables, out, tmp_path):
    gathered = gather_parts(out, tmp_path / "gathered")
    add_articles([str(tables)], tmp_path / "added", settings=Settings(), workers=1)
    assert content_of(tmp_path / "gathered") == content_of(tmp_path / "added")
    assert (gathered.shards, gathered.articles, gathered.failed) == (2, 3, 1)


@pytest.mark.usefixtures("out")
def test_step_passes_every_document_on(tmp_path):
    passed = (tmp_path / "passed").read_text().split()
    assert [each[-1] for each in passed] == ["0", "1", "0", "2", "3", "4"]


def test_task_that_is_done_again_leaves_the_same(tables, out):
    left = {path.name for path in out.rglob("*")}
    task = AnalyseNews(out).run(ReadTables(tables).run(rank=1, world_size=2), 1, 2)
    assert len(list(task)) == 3
    assert {path.name for path in out.rglob("*")} == left


def test_task_that_does_not_end_leaves_nothing(tables, out):
    left = {path.name for path in out.rglob("*")}
    task = AnalyseNews(out).run(ReadTables(tables).run(), 0, 1)
    next(task)
    task.close()
    assert {path.name for path in out.rglob("*")} == left


def test_nobody_works_on_what_a_task_has_finished(out):
    assert work_shards([], out, settings=Settings(), workers=1).shards == 0
    assert Folders(out=out).unfinished() == []


def test_no_key_goes_with_the_step(tmp_path):
    keys = {"desk_token": "token", "reader": "http://127.0.0.1:1", "reader_key": "key"}
    step = AnalyseNews(tmp_path, Settings(**keys, model="m"))
    assert [getattr(step.settings, name) for name in keys] == ["", "", ""]
