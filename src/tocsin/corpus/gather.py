"""Gathering: the parts of a shared work into a store, each at most once, also while work goes on.

A part is read only when it is what its manifest says.  The store notes what was gathered in a file
of its own; should that get lost, all is gathered again, which changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from tocsin.corpus.account import Added, Tally, carry_out
from tocsin.corpus.parts import Manifest, manifest_path, read_manifest, read_parts
from tocsin.corpus.shards import list_shards
from tocsin.corpus.work_shards import Folders
from tocsin.errors import PartsError
from tocsin.lexicons.refusals import refusal
from tocsin.models.networks import reader_version
from tocsin.records import Report
from tocsin.store.arrivals import Clock, begin_run, utc_now
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.reread import replace_found, second_of
from tocsin.store.rows import as_json, storable
from tocsin.store.tables import Connection
from tocsin.store.writer import Writer

#: The file in the store's folder that names the shards that were gathered, and their parts' hashes.
NOTES = "gathered.txt"
#: Rows kept in one transaction.
_ROWS = 128
#: Seconds between two looks for parts that have come.
_LOOK = 5.0


def gather_parts(
    out: Path | str,
    store_folder: Path | str,
    *,
    watch: bool = False,
    any_reader: bool = False,
    progress: Callable[[Added], None] | None = None,
    clock: Clock = utc_now,
) -> Added:
    """Add the parts in `out` that are finished to the store in `store_folder`, and settle them.

    The store is made if need be.  It is then as if `add_articles` had read the same files.

    Args:
        out: the folder that those who work share.
        store_folder: the folder of the store.
        watch: wait for what is not finished, until everything is; settle then.
        any_reader: take also what another version of the reader has read.
        progress: is called with the account so far, a few times a second.
        clock: tells the time, for the ledger of arrivals.

    A part that is no good is left out, and told in `Added.refused`; the others are gathered.

    Raises:
        PartsError: nobody works in `out`.
        StoreError: the store is damaged, or cannot be written to.
    """
    folders = Folders(out=Path(out))
    if not folders.shards.is_dir():
        raise refusal(PartsError, "no_work_here", out)
    notes = Path(store_folder) / NOTES
    noted = _read_notes(notes, whole=notes.with_name(FILE_NAME).exists())
    with closing(open_database(store_folder, create=True)) as connection:
        begin_run(connection, f"gather {storable(str(out))}", clock)
        tally = Tally(report=progress, expected=None)
        gathering = _Gathering(
            folders=folders,
            notes=notes,
            noted=noted,
            connection=connection,
            clock=clock,
            writer=Writer(connection, clock),
            tally=tally,
            reader=None if any_reader else reader_version(),
        )
        gather = partial(gathering.gather, watch=watch)
        return carry_out(connection, nullcontext(), tally, clock, do=gather, keep=lambda: None)


@dataclass(slots=True, kw_only=True)
class _Gathering:
    folders: Folders
    notes: Path
    noted: set[str]  #: what stands there
    connection: Connection
    clock: Clock
    writer: Writer
    tally: Tally
    reader: str | None  #: the version that parts must be of; None: any
    looked_at: set[str] = field(default_factory=set)  #: names of shards

    def gather(self, *, watch: bool) -> None:
        """Gather what is finished, and with `watch` what comes, until there is nothing left."""
        while True:
            left = len(self.folders.unfinished())
            for name in self._finished():
                self.tally.counts["shards_left"] = left
                try:
                    self._take(name)
                except PartsError as error:
                    self.tally.refused.append(str(error))
                self.looked_at.add(name)
            self.tally.counts["shards_left"] = left
            self.tally.tell()
            if not left or not watch:
                return
            time.sleep(_LOOK)

    def _finished(self) -> Iterator[str]:
        for name in list_shards(self.folders.shards):
            if name not in self.looked_at and manifest_path(self.folders.parts, name).exists():
                yield name

    def _take(self, name: str) -> None:
        manifest = read_manifest(self.folders.parts, name)
        made_of = " ".join([name, *(str(part.sha256) for part in manifest.files)])
        if made_of in self.noted:
            return
        if self.reader not in (None, manifest.made_by.reader):
            said = {"reader": manifest.made_by.reader, "ours": self.reader}
            raise refusal(PartsError, "part_of_another_reader", name, **said)
        self._keep(manifest)
        with self.notes.open("a", encoding="utf-8") as notes:
            notes.write(f"{made_of}\n")
        self.tally.counts["shards"] += 1

    def _keep(self, manifest: Manifest) -> None:
        """Keep all rows; a report comes before the prints of its text, as they were written."""
        rows = read_parts(self.folders.parts, manifest)
        while batch := list(islice(rows, _ROWS)):
            for _, result in self.writer.keep(batch):
                self.tally.count(result)
            reports = (each for _, _, each in batch if isinstance(each, Report))
            if more := [each for each in reports if self._says_more(each)]:
                replace_found(self.connection, more, self.clock)
            self.tally.tell()

    def _says_more(self, report: Report) -> bool:
        """Whether a report stands in the place of that which the store has on its text.

        Reports differ by a second reader only: it may have answered in one shard and not in another
        with the same text.  What it said stands over nothing; of two answers one, whichever comes.
        """
        said = report.account.second
        if said is None:
            return False
        kept = second_of(self.connection, report.article.text_id)
        return kept is None or as_json(said) < as_json(kept)


def _read_notes(notes: Path, *, whole: bool) -> set[str]:
    """Return what was gathered before; nothing, where the store that it went to is gone."""
    if not whole:
        notes.unlink(missing_ok=True)
    return set(notes.read_text("utf-8").split("\n")) if notes.exists() else set()
