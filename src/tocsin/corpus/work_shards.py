"""A shared work: any number of processes on any number of machines read shards, and leave parts.

All they share is a folder: `shards` says what is to be done, `claims` who does it just now, and
`parts` what came of it.  A process that is killed costs its shard's work in progress; whoever comes
next goes on, with however many workers.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tocsin.articles.items import Found, Item
from tocsin.corpus.account import Added, Tally
from tocsin.corpus.add import SECONDS, count_processors, queue_for, require_any, require_seconds
from tocsin.corpus.claims import Claims, Owner
from tocsin.corpus.flow import Flow
from tocsin.corpus.parts import (
    FORMAT,
    Manifest,
    Part,
    Versions,
    hash_file,
    manifest_path,
    write_manifest,
)
from tocsin.corpus.seen import Seen
from tocsin.corpus.shards import (
    SHARD_BYTES,
    Shard,
    describe_shards,
    find_in_shard,
    list_shards,
    read_shard,
)
from tocsin.corpus.workers import Workers
from tocsin.errors import PartsError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.models.networks import reader_version
from tocsin.records import Failure
from tocsin.reference.offices import load_reference
from tocsin.second.prompt import prompt_key
from tocsin.second.reader import open_second
from tocsin.settings import Settings

#: Share of a shard's articles that may fail, and articles from which on a share says anything.
MOST_FAILURES, _TELLING = 0.5, 20
#: Seconds between two looks at shards that are in the hands of others.
_LOOK = 1.0

Progress = Callable[[Added], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The folder that all who work on one thing share."""

    out: Path

    @property
    def shards(self) -> Path:
        """What is to be done."""
        return self.out / "shards"

    @property
    def claims(self) -> Path:
        """Who does it just now."""
        return self.out / "claims"

    @property
    def parts(self) -> Path:
        """What came of it."""
        return self.out / "parts"

    def make(self) -> None:
        """Make all of them that are not there."""
        for each in (self.shards, self.claims, self.parts):
            each.mkdir(parents=True, exist_ok=True)

    def unfinished(self) -> list[str]:
        """Return the names of the shards of which there is no whole part yet."""
        return [n for n in list_shards(self.shards) if not manifest_path(self.parts, n).exists()]


def work_shards(
    paths: Iterable[str],
    out: Path | str,
    *,
    settings: Settings,
    mapping: Mapping[str, str] | None = None,
    workers: int | None = None,
    seconds_per_article: float = SECONDS,
    most_failures: float = MOST_FAILURES,
    shard_bytes: int = SHARD_BYTES,
    progress: Progress | None = None,
) -> Added:
    """Work on all shards in the folder `out` until each is finished, or in the hands of others.

    First those of the files at `paths` are described there that are in none yet.  In a script, call
    it under ``if __name__ == "__main__":``, for worker processes load the script.

    Args:
        paths: files or folders; none: only what is described in `out` already.
        out: the folder that all who work share; made if need be.
        settings: of reading and of the language pipeline.
        mapping: fields of an article to columns of a table, ``{"text": "body"}``.
        workers: processes that read and analyse; default: one for each processor.
        seconds_per_article: that reading, and analysing, one article may take.
        most_failures: share of the articles of one shard that may fail.
        shard_bytes: of files that make a shard; larger ones are divided.
        progress: is called with the account so far, a few times a second.

    Raises:
        ValueNotUnderstood: `mapping` does not fit a table, a path is standard input, there is no
            such limit of time or second reader, or there is nothing to work on.
        NotFoundError: there is nothing at any of the paths.
        PartsError: more failed than may; no part was left of that shard.
        PipelineMissingError: the language pipeline that `settings` names cannot be used.
        WorkerError: no worker process can be started.
    """
    require_seconds(seconds_per_article)
    tally = Tally(report=progress, expected=None, second=open_second(settings))
    folders = describe_work(paths, out, mapping or {}, shard_bytes)
    pool = Workers(workers or count_processors(), settings, seconds_per_article)
    made_by = versions(settings)
    work = _Work(
        folders=folders,
        settings=settings,
        pool=pool,
        tally=tally,
        most=most_failures,
        made_by=made_by,
        seen=Seen(parts=folders.parts, made_by=made_by),
    )
    try:
        with pool:
            work.go_on()
    except KeyboardInterrupt:
        return tally.account(interrupted=True)
    return tally.account()


def describe_work(
    paths: Iterable[str], out: Path | str, mapping: Mapping[str, str], shard_bytes: int
) -> Folders:
    """Make the folder that all share, and describe in it the shards that are in it not yet.

    Raises:
        ValueNotUnderstood: a path is standard input, or there is nothing to work on.
        NotFoundError: there is nothing at any of the paths.
    """
    paths, folders = list(paths), Folders(out=Path(out))
    require_any(paths)
    folders.make()
    describe_shards(paths, folders.shards, mapping, shard_bytes)
    if not list_shards(folders.shards):
        raise refusal(ValueNotUnderstood, "nothing_to_work", out)
    return folders


def versions(settings: Settings) -> Versions:
    """Return the versions of all that decides, in this process, what is found in a text."""
    return Versions(
        tocsin=version("tocsin"),
        reader=reader_version(),
        pipeline=settings.pipeline,
        reference=load_reference(settings).describe(),
        second=f"{settings.model} {prompt_key()}" if settings.reader else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What one process does of the work."""

    folders: Folders
    settings: Settings
    pool: Workers
    tally: Tally
    most: float
    made_by: Versions
    seen: Seen

    def go_on(self) -> None:
        """Work on one shard after another."""
        claims = Claims(folder=self.folders.claims)
        try:
            for name, claim in self._claimed(claims):
                with claims.beating(name, claim):
                    done = manifest_path(self.folders.parts, name)
                    try:
                        if not done.exists():
                            self._work_on(read_shard(self.folders.shards, name))
                            self.tally.counts["shards"] += 1
                    except FileNotFoundError:
                        if not done.exists():  # another was faster, and has cleared away
                            raise
        finally:
            claims.let_all_go()

    def _claimed(self, claims: Claims) -> Iterator[tuple[str, Owner]]:
        """Claim each shard that nobody has; end when all others are in the hands of the living."""
        while left := self.folders.unfinished():
            self.tally.counts["shards_left"] = len(left)
            random.shuffle(left)  # whoever starts at the same time begins elsewhere
            for name in left:
                if claim := claims.take(name):
                    yield name, claim
                    self.tally.counts["shards_left"] -= 1
            left = self.folders.unfinished()
            in_hands = [claims.is_dead(name) is False for name in left]  # listen to all of them
            if all(in_hands):
                break
            self.tally.tell()
            time.sleep(_LOOK)
        self.tally.counts["shards_left"] = len(left)

    def _work_on(self, shard: Shard) -> None:
        part = Part(self.folders.parts, shard.name)
        with closing(part):
            items = _Counted(find_in_shard(shard, self.settings))
            known = self.tally.counts["known"]
            self.seen.look()
            Flow(
                found=items,
                writer=part,
                workers=self.pool,
                tally=self.tally,
                report_on=self.seen.report_on,
                to_analyse=queue_for(self.tally.second, self.pool),
            ).work()
            self._require_few_failures(part)
            manifest = Manifest(
                format=FORMAT,
                shard=shard.name,
                inputs=tuple(hash_file(each.path) for each in shard.inputs),
                part=shard.part,
                parts=shard.parts,
                items=items.count,
                again=self.tally.counts["known"] - known,
                outcomes=dict(sorted(part.outcomes.items())),
                made_by=self.made_by,
                files=(part.publish(),),
                texts=part.texts,
            )
            write_manifest(self.folders.parts, manifest)

    def _require_few_failures(self, part: Part) -> None:
        failed, rows = part.outcomes["failure"], part.outcomes.total()
        if rows >= _TELLING and failed > self.most * rows:
            first = part.first_failure.told if part.first_failure else ""
            said = {"failed": failed, "rows": rows, "first": first, "most": self.most}
            raise refusal(PartsError, "too_much_failed", **said)


class _Counted:
    """Items on their way, counted."""

    def __init__(self, found: Found) -> None:
        self.count = 0
        self._found = found

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Item | Failure:
        found = next(self._found)
        self.count += 1
        return found
