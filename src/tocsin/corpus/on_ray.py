"""Ray: a shared work that tasks do, on whichever nodes of a cluster have processors to spare.

A task is one more process of the work, as `tocsin work` is, and takes one shard after another.  Ray
starts it, and again elsewhere when its node is lost.  What they do goes through the folder that all
of them share, and nothing of it through Ray.  Needs the extra ``ray``.
"""

from __future__ import annotations

import os
import socket
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ray
from ray.exceptions import RayError, RayTaskError

from tocsin.corpus.account import Added, Tally
from tocsin.corpus.parts import Manifest, Versions, count_languages, read_manifest
from tocsin.corpus.shards import SHARD_BYTES
from tocsin.corpus.work_shards import Folders, Progress, describe_work, versions, work_shards
from tocsin.errors import PartsError, TocsinError, ValueNotUnderstood, WorkerError
from tocsin.lexicons.refusals import refusal
from tocsin.settings import Settings

#: Tasks at most.  Those for which there is no room wait, and are what an autoscaler goes by.
_TASKS = 1000
#: Seconds between two looks at what is finished, and that tasks have to let go of their shards.
_LOOK, _LETTING_GO = 1.0, 20.0
#: Settings that are no business of a cluster's.
_KEPT_HERE: dict[str, Any] = {"desk_token": "", "reader": "", "reader_key": ""}


def work_on_ray(
    cluster: str,
    paths: Iterable[str],
    out: Path | str,
    *,
    settings: Settings,
    mapping: Mapping[str, str] | None = None,
    workers: int | None = None,
    shard_bytes: int = SHARD_BYTES,
    progress: Progress | None = None,
    **others: float,
) -> Added:
    """Have a cluster of Ray do what `work_shards` does, and wait for it.

    This machine and the nodes must see all paths under the same names, seen from the folder in
    which this process is, and have the same Tocsin.  The account is of what is finished meanwhile,
    by whomever.

    Args:
        cluster: "ray", or the address of another cluster, "ray://HOST:PORT".  The first is the one
            that the environment variable ``RAY_ADDRESS`` names, or that this machine is a node of;
            if there is none, it is this machine, as long as the work takes.
        workers: processes of each task that read and analyse; default: one.
        others: as `work_shards` takes them.

    Raises:
        ValueNotUnderstood: as `work_shards` does, or no node has so many processors.
        PartsError: more failed than may, or a node does not see the folders, or has another Tocsin.
        WorkerError: the cluster cannot be used.
        TocsinError: what else keeps a task from working.
    """
    folders = describe_work(paths, out, mapping or {}, shard_bytes)
    told = replace(settings, **_KEPT_HERE)
    task = _Task(
        place=Path.cwd(),
        out=Path(out),
        made_by=versions(told),
        settings=told,
        options={**others, "workers": workers or 1},
    )
    tally = Tally(report=progress, expected=None)
    watched = _Watched(folders=folders, left=set(folders.unfinished()), tally=tally)
    if not watched.left:
        return tally.account()
    with _raised_here(), _connected(cluster), _started(task, len(watched.left)) as tasks:
        try:
            watched.wait_for(tasks)
        except KeyboardInterrupt:
            return tally.account(interrupted=True)
    return tally.account()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What a node is told."""

    place: Path  #: where paths are seen from
    out: Path
    made_by: Versions
    settings: Settings
    options: Mapping[str, Any]

    def require_the_same(self) -> None:
        """Refuse a node on which something else would come of the work, or nothing."""
        host = socket.gethostname()
        for folder in (self.place, self.place / self.out / "shards"):
            if not folder.is_dir():
                raise refusal(PartsError, "folder_not_shared", folder, host=host)
        here, ours = versions(self.settings), self.made_by
        if other := [
            name for name in Versions.__slots__ if getattr(here, name) != getattr(ours, name)
        ]:
            found, wanted = _told(here, other), _told(ours, other)
            raise refusal(PartsError, "node_of_another", found, host=host, ours=wanted)


def _told(made_by: Versions, names: Iterable[str]) -> str:
    return ", ".join(f"{name} {getattr(made_by, name)}" for name in names)


def _work(task: _Task) -> None:
    """Do what one task does, on whatever node this is."""
    task.require_the_same()
    with chdir(task.place):
        work_shards((), task.out, settings=task.settings, **task.options)


@contextmanager
def _started(task: _Task, number: int) -> Iterator[list[Any]]:
    """Have tasks run while the body does, at most `number`; then they let go of their shards."""
    workers = task.options["workers"]
    most = max(node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"])
    if 0 < most < workers:  # where there are none yet, some may come
        raise refusal(ValueNotUnderstood, "no_node_so_large", workers, most=most)
    work = ray.remote(num_cpus=workers, max_retries=-1)(_work)
    tasks = [work.remote(task) for _ in range(min(number, _TASKS))]
    try:
        yield tasks
    finally:
        for each in tasks:
            ray.cancel(each)  # as Ctrl-C would; those that have ended do not mind
        ray.wait(tasks, num_returns=len(tasks), timeout=_LETTING_GO)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    """The shards that were not finished at first, and what has come of them."""

    folders: Folders
    left: set[str]
    tally: Tally

    def wait_for(self, tasks: list[Any]) -> None:
        """Wait until everything is finished, or in the hands of others: then all tasks end.

        A task that is lost with its node has not ended: Ray starts it again.
        """
        while tasks and self.left:
            ended, tasks = ray.wait(tasks, num_returns=len(tasks), timeout=_LOOK)
            ray.get(ended)  # raises what a task raised
            self._look()

    def _look(self) -> None:
        for name in self.left.difference(self.folders.unfinished()):
            self._count(read_manifest(self.folders.parts, name))
            self.left.remove(name)
        self.tally.counts["shards_left"] = len(self.left)
        self.tally.tell()

    def _count(self, manifest: Manifest) -> None:
        outcomes = Counter(manifest.outcomes)
        self.tally.counts.update(
            shards=1,
            known=manifest.again,
            articles=outcomes["report"] + outcomes["print"],
            prints=outcomes["print"],
            failed=outcomes["failure"],
        )
        self.tally.set_aside.update(count_languages(self.folders.parts, manifest))


@contextmanager
def _connected(cluster: str) -> Iterator[None]:
    """Use a cluster while the body runs; one that had to be started ends with it."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # else Ray tells its makers
    address = None if cluster == "ray" else cluster
    with redirect_stdout(sys.stderr):  # where Ray tells of nodes that are lost
        try:
            ray.init(address, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
        except (OSError, RuntimeError, ValueError) as error:
            raise refusal(WorkerError, "cluster_unusable", cluster, why=error) from None
        try:
            yield
        finally:
            ray.shutdown()


@contextmanager
def _raised_here() -> Iterator[None]:
    """Let what a task raises be raised as where no cluster is."""
    try:
        yield
    except RayTaskError as error:
        if isinstance(error.cause, TocsinError | OSError):
            raise error.cause from None
        raise
    except RayError as error:
        raise refusal(WorkerError, "cluster_unusable", why=error) from None
