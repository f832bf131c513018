"""Shards: pieces of a corpus that are worked on whole, by whoever claims one first.

A shard is some files, or a part of a large one.  Each is described once, in a file of its own in
the folder that all workers share, so that work goes on by the same shards whoever goes on with it,
and whatever was added to the corpus meanwhile becomes new ones.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from tocsin.articles.corpora import find_in_files
from tocsin.articles.folders import find_files
from tocsin.articles.items import Found
from tocsin.corpus.add import find_all, is_one_article
from tocsin.errors import ValueNotUnderstood
from tocsin.keys import content_key
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure, to_json
from tocsin.settings import Settings
from tocsin.store.fromjson import read_record

#: Bytes of files, as they lie there, that make a shard unless told otherwise, and files at most:
#: some hundred articles.
SHARD_BYTES, _FILES = 2_000_000, 500
#: Parts of one file at most.  Each reads it from its beginning, which for a table costs a
#: ten-thousandth of the work on its articles, for a crawl a hundredth.
_MOST_PARTS = 256
_MOST_PARTS_OF_CRAWL = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file as it was when the shards were made; what is not there has no size."""

    path: str
    size: int
    changed: int  #: nanoseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Some files, or one part of one file."""

    inputs: tuple[Input, ...]
    of_folder: bool  #: found in a folder: a table without the mapped column costs no other file
    failures: tuple[Failure, ...] = ()  #: what in the folder is no file
    part: int = 0  #: every so-manieth piece of the file, from this one
    parts: int = 1
    mapping: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Key of all that it says."""
        return content_key("shard", json.dumps(to_json(self), sort_keys=True))


#: Neighbours in a table that go to the same part: often prints of one text.
_NEIGHBOURS = 16


def find_in_shard(shard: Shard, settings: Settings) -> Found:
    """Find the items of `shard`, as `tocsin add` would find them.

    Raises:
        ValueNotUnderstood: a table that was named itself has no such column.
    """
    paths = [each.path for each in shard.inputs]
    if shard.of_folder:
        files: tuple[str | Failure, ...] = (*shard.failures, *paths)
        found = find_in_files(files, settings=settings, mapping=shard.mapping)
    else:
        found = find_all(paths, settings, shard.mapping)
    for number, each in enumerate(found):
        if number // _NEIGHBOURS % shard.parts == shard.part:
            yield each


def describe_shards(
    paths: Iterable[str], folder: Path, mapping: Mapping[str, str], size: int
) -> None:
    """Describe in `folder`, as shards of about `size` bytes, all files at `paths` that are in none.

    Files in `folder` itself are left out.

    Raises:
        ValueNotUnderstood: one of the paths is standard input, which others cannot read.
    """
    known = {
        each
        for shard in (read_shard(folder, name) for name in list_shards(folder))
        if shard.mapping == mapping and not shard.part
        for each in (*shard.inputs, *shard.failures)
    }
    found = _find_inputs(paths, folder.parent.resolve())
    new = (pair for pair in found if pair[1] not in known)
    for shard in _make_shards(new, mapping, size):
        write_whole(folder / f"{shard.name}.json", json.dumps(to_json(shard)).encode("utf-8"))


def list_shards(folder: Path) -> list[str]:
    """Return the names of all shards that are described in `folder`."""
    return sorted(path.stem for path in folder.glob("[!.]*.json"))


def read_shard(folder: Path, name: str) -> Shard:
    """Return the shard of this name that is described in `folder`."""
    return read_record(Shard, (folder / f"{name}.json").read_text(encoding="utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that others see whole or not at all, also after a power cut."""
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(8)}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


_Found = tuple[bool, Input | Failure]


def _make_shards(found: Iterable[_Found], mapping: Mapping[str, str], size: int) -> Iterator[Shard]:
    """Make shards of files; of several parts of one the first comes last: then all are there."""
    for of_folder, files in groupby(found, key=lambda pair: pair[0]):
        for some in _packed((each for _, each in files), size):
            inputs = tuple(each for each in some if isinstance(each, Input))
            parts = _count_parts(inputs, size)
            for part in reversed(range(parts)):
                yield Shard(
                    inputs=inputs,
                    of_folder=of_folder,
                    failures=tuple(each for each in some if isinstance(each, Failure)),
                    part=part,
                    parts=parts,
                    mapping=mapping,
                )


def _find_inputs(paths: Iterable[str], out: Path) -> Iterator[_Found]:
    """Yield each file, and whether it was found in a folder; of a folder what is no file too."""
    for path in paths:
        if path == "-":
            raise refusal(ValueNotUnderstood, "no_shard", path)
        if not os.path.isdir(path):  # noqa: PTH112 - never raises
            yield False, _look_at(path)
            continue
        for file in find_files(path):
            if isinstance(file, Failure):
                yield True, file
            elif not Path(file).resolve().is_relative_to(out):
                yield True, _look_at(file)


def _look_at(path: str) -> Input:
    try:
        status = os.stat(path)  # noqa: PTH116 - the path stays as it was given
    except (OSError, ValueError):  # reading it will say why
        return Input(path=path, size=0, changed=0)
    return Input(path=path, size=status.st_size, changed=status.st_mtime_ns)


def _packed(files: Iterable[Input | Failure], most: int) -> Iterator[list[Input | Failure]]:
    """Put small files together, of `most` bytes at most; a larger one stays alone."""
    held: list[Input | Failure] = []
    size = 0
    for each in files:
        more = each.size if isinstance(each, Input) else 0
        if held and (len(held) >= _FILES or size + more > most):
            yield held
            held, size = [], 0
        held.append(each)
        size += more
    if held:
        yield held


def _count_parts(inputs: Sequence[Input], size: int) -> int:
    if len(inputs) != 1 or is_one_article(inputs[0].path):
        return 1
    [alone] = inputs
    most = _MOST_PARTS_OF_CRAWL if ".warc" in Path(alone.path).name.lower() else _MOST_PARTS
    return min(most, max(1, alone.size // size))
