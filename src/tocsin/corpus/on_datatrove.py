"""datatrove: a step of its pipelines that analyses documents, and leaves parts to be gathered.

datatrove reads, filters and divides the documents, and runs its tasks here or on a cluster.  A task
leaves one part, once it has seen all of its documents.  Needs the extra ``datatrove``.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep

from tocsin.articles.items import Item, failed
from tocsin.articles.tables import make_item, read_mapping
from tocsin.corpus.partition import process_items
from tocsin.corpus.parts import FORMAT, Manifest, Part, clear_away, write_manifest
from tocsin.corpus.shards import Shard, write_whole
from tocsin.corpus.work_shards import Folders, versions
from tocsin.errors import InputError
from tocsin.pipeline import open_tools
from tocsin.records import to_json
from tocsin.settings import Settings, load_settings
from tocsin.store.writer import failure_key


class AnalyseNews(PipelineStep):
    """Analyses each document as `tocsin add` would the row of a table, and passes it on as it is.

    What is known about it is looked for in its metadata under the names that columns of tables have
    (url, title, date ...).  `tocsin gather OUT` makes a store of the parts.
    """

    type, name = "Tocsin", "analyse news"

    def __init__(self, out: Path | str, settings: Settings | None = None) -> None:
        """Leave parts in the folder `out`, which all tasks share; `settings`: the environment's."""
        super().__init__()
        self.out = str(out)
        own = settings or load_settings()  # nobody is asked here: no keys leave the machine
        self.settings = replace(own, desk_token="", reader="", reader_key="")

    def run(
        self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1
    ) -> Iterator[Document]:
        """Do the task of this number.  One that is done again leaves the same."""
        folders, task = Folders(out=Path(self.out)), f"datatrove-{rank:05}-of-{world_size:05}"
        folders.make()
        with closing(Part(folders.parts, task)) as part:
            yield from self._analyse(data or (), part)
            file = part.publish()
        clear_away(folders.parts, task)
        made = Manifest(
            format=FORMAT,
            shard=Path(file.path).stem,  # with the hash of the part: other documents, another shard
            inputs=(),
            part=rank,
            parts=world_size,
            items=part.outcomes.total(),
            again=0,  # of what comes twice gathering keeps one
            outcomes=dict(sorted(part.outcomes.items())),
            made_by=versions(self.settings),
            files=(file,),
            texts=part.texts,
        )
        write_manifest(folders.parts, made)
        _describe(folders.shards, made)
        for outcome, count in made.outcomes.items():
            self.stat_update(outcome, value=count)

    def _analyse(self, documents: Iterable[Document], part: Part) -> Iterator[Document]:
        seen = deque[Document]()

        def find_items() -> Iterator[Item]:
            for document in documents:
                seen.append(document)
                try:
                    yield _item_in(document, self.settings)
                except InputError as error:
                    failure = failed(error, _origin_of(document))
                    part.keep([(failure_key(failure), failure.origin, failure)])

        for item, result in process_items(find_items(), open_tools(self.settings), self.settings):
            part.keep([(item.key, item.origin, result)])
            while seen:
                yield seen.popleft()
        yield from seen


def _describe(shards: Path, made: Manifest) -> None:
    """Describe the shard, after its part is there: nobody is to work on it.

    Its documents are datatrove's, and in no file that could be named.
    """
    shard = Shard(inputs=(), of_folder=False, part=made.part, parts=made.parts)
    write_whole(shards / f"{made.shard}.json", json.dumps(to_json(shard)).encode("utf-8"))


def _item_in(document: Document, settings: Settings) -> Item:
    return make_item(
        {**document.metadata, "text": document.text, "id": document.id},
        origin=_origin_of(document),
        table=Path(_file_of(document)).name,
        number=0,
        columns=read_mapping({}),
        settings=settings,
    )


def _origin_of(document: Document) -> str:
    return f"{_file_of(document)}#{document.id}"


def _file_of(document: Document) -> str:
    return str(document.metadata.get("file_path", "datatrove"))
