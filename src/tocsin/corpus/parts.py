"""Parts: what became of the items of a shard, as a Parquet file with a manifest beside it.

A part has a row for each item: its key and origin, what became of it, and the record of that as
JSON.  The file is written under another name and renamed when it is whole, and the manifest after
it, so that where there is a manifest there is a whole part, whatever was killed on the way.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from tocsin.corpus.shards import write_whole
from tocsin.errors import PartsError, StoreError
from tocsin.lexicons.refusals import refusal
from tocsin.records import BESIDE, Article, Failure, Report, SetAside, to_json
from tocsin.store.fromjson import read_record
from tocsin.store.rows import storable
from tocsin.store.writer import Result

#: The version of the columns and of the manifest.
FORMAT = 1
#: Characters of JSON that are written together.
_HELD = 1 << 24

#: What stands in the column `outcome`, and what the record is then.  A print is an article alone,
#: whose text is that of a report before it.
OUTCOMES: Mapping[str, type] = {
    "report": Report,
    "print": Article,
    "failure": Failure,
    "set_aside": SetAside,
}
_NAMES = {cls: name for name, cls in OUTCOMES.items()}
_COLUMNS = ("key", "origin", "outcome", "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """A file, how large it is, and what is in it."""

    path: str
    size: int
    sha256: str | None  #: None: it cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Of all that decides what is found in a text."""

    tocsin: str
    reader: str
    pipeline: str
    reference: str
    #: Name of a second reader, and key of what it is asked.
    second: str | None = field(default=None, metadata=BESIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a shard was, and what came of it: `items` = `again` + the sum of `outcomes`."""

    format: int
    shard: str
    inputs: tuple[Hashed, ...]
    part: int  #: of `parts` of one file
    parts: int
    items: int  #: found
    again: int  #: that were the same as one before, and have no row
    outcomes: Mapping[str, int]  #: rows, by what became of the item
    made_by: Versions
    files: tuple[Hashed, ...]  #: the parts, beside the manifest
    texts: tuple[str, ...] = ()  #: `Article.text_id` of each report, in the order of the rows

    @property
    def adds_up(self) -> bool:
        """Whether nothing was lost on the way."""
        return self.items == self.again + sum(self.outcomes.values())


class Part:
    """A part that is being written: what became of each item, one batch after another."""

    def __init__(self, folder: Path, shard: str) -> None:
        """Write into `folder`, under a name that nobody takes for a part."""
        import pyarrow as pa
        from pyarrow import parquet

        self.outcomes: Counter[str] = Counter()
        self.first_failure: Failure | None = None
        self._keys: set[str] = set()
        self._texts: dict[str, None] = {}
        self._rows: list[tuple[str, ...]] = []
        self._held = 0
        self._folder, self._shard = folder, shard
        self._path = folder / f".{shard}.{secrets.token_hex(8)}"
        columns = [pa.field(name, pa.string(), nullable=False) for name in _COLUMNS]
        self._schema = pa.schema(columns, {"tocsin.parts": str(FORMAT)})
        self._file: Any = parquet.ParquetWriter(self._path, self._schema, compression="zstd")

    def known_keys(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` that have a row."""
        return self._keys.intersection(keys)

    def knows_text(self, text_id: str) -> bool:
        """Whether a report on the text is in the part."""
        return text_id in self._texts

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts on which there are reports, in their order."""
        return tuple(self._texts)

    def keep(self, batch: Iterable[tuple[str, str, Result]]) -> list[tuple[str, Result | None]]:
        """Write a row for each of `batch`; see `tocsin.store.writer.Writer.keep`."""
        kept: list[tuple[str, Result | None]] = []
        for key, origin, result in batch:
            outcome, record = _NAMES[type(result)], json.dumps(to_json(result))
            if isinstance(result, Report):
                self._texts[result.article.text_id] = None
            elif isinstance(result, Failure):
                self.first_failure = self.first_failure or result
            self._keys.add(key)
            self._rows.append((key, storable(origin), outcome, record))
            self._held += len(record)
            self.outcomes[outcome] += 1
            kept.append((key, result))
        if self._held > _HELD:
            self._write()
        return kept

    def publish(self) -> Hashed:
        """End the file, and give it the name by which a manifest may call it: that of its content.

        Of two processes that worked on one shard each has a file of its own.
        """
        self._write()
        self._file.close()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())
        whole = hash_file(self._path)
        named = self._folder / f"{self._shard}-{str(whole.sha256)[:16]}.parquet"
        self._path.replace(named)
        return Hashed(path=named.name, size=whole.size, sha256=whole.sha256)

    def close(self) -> None:
        """Drop what was written, unless it was published."""
        with suppress(Exception):  # a file that cannot be ended, as on a full disk
            self._file.close()
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        import pyarrow as pa

        if self._rows:
            columns = [pa.array(cells, pa.string()) for cells in zip(*self._rows, strict=True)]
            self._file.write_table(pa.table(columns, schema=self._schema))
        self._rows, self._held = [], 0


def hash_file(path: Path | str) -> Hashed:
    """Return the size and the hash of a file, of one that cannot be read none."""
    try:
        with Path(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Hashed(path=str(path), size=file.tell(), sha256=digest)
    except (OSError, ValueError):  # ValueError: a NUL byte in the path
        return Hashed(path=str(path), size=0, sha256=None)


def manifest_path(folder: Path, shard: str) -> Path:
    """Return where the manifest of this shard stands in `folder`, once it is finished."""
    return folder / f"{shard}.json"


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Say that the shard is finished, and clear away what killed workers left of it."""
    words = json.dumps(to_json(manifest), indent=1)
    write_whole(manifest_path(folder, manifest.shard), words.encode("utf-8"))
    clear_away(folder, manifest.shard)


def clear_away(folder: Path, shard: str) -> None:
    """Remove what killed workers left of the shard: files under names that nobody reads."""
    for left in folder.glob(f".{shard}.*"):
        left.unlink(missing_ok=True)


def read_manifest(folder: Path, shard: str) -> Manifest:
    """Read the manifest of a finished shard.

    Raises:
        PartsError: it is damaged, or of another version of Tocsin that writes it otherwise.
    """
    path = manifest_path(folder, shard)
    try:
        manifest = read_record(Manifest, path.read_text(encoding="utf-8"))
    except (StoreError, ValueError) as error:
        raise refusal(PartsError, "manifest_damaged", path, error=error) from None
    if manifest.format != FORMAT or not manifest.adds_up:
        raise refusal(PartsError, "manifest_of_another", path, format=FORMAT)
    return manifest


def read_parts(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str, Result]]:
    """Yield each row of the parts that `manifest` names: key, origin, and what became of the item.

    Raises:
        PartsError: a part is not what the manifest says; nothing was yielded then.
    """
    _require_whole(folder, manifest)
    for part in manifest.files:
        yield from _read_rows(folder / part.path)


def read_reports(folder: Path, manifest: Manifest) -> list[str]:
    """Return the reports in the parts that `manifest` names, as JSON.

    Raises:
        PartsError: a part is not what the manifest says.
    """
    from pyarrow import parquet

    _require_whole(folder, manifest)
    reports: list[str] = []
    for part in manifest.files:
        asked = [("outcome", "==", "report")]
        rows = parquet.read_table(folder / part.path, columns=["record"], filters=asked)
        reports += rows["record"].to_pylist()
    return reports


def _require_whole(folder: Path, manifest: Manifest) -> None:
    for part in manifest.files:
        found = hash_file(folder / part.path)
        if (found.size, found.sha256) != (part.size, part.sha256):
            raise refusal(PartsError, "part_damaged", folder / part.path)


def count_languages(folder: Path, manifest: Manifest) -> Counter[str]:
    """Return how many articles were set aside, by language; other rows are not read."""
    if not manifest.outcomes.get("set_aside"):
        return Counter()
    from pyarrow import parquet

    files = [folder / part.path for part in manifest.files]
    rows = parquet.read_table(files, columns=["record"], filters=[("outcome", "==", "set_aside")])
    return Counter(read_record(SetAside, each).language for each in rows["record"].to_pylist())


def _read_rows(path: Path) -> Iterator[tuple[str, str, Result]]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=64, columns=list(_COLUMNS)):
            for row in batch.to_pylist():
                record = cast(Result, read_record(OUTCOMES[row["outcome"]], row["record"]))
                yield row["key"], row["origin"], record
