"""The target of an export: it is whole, or it is not there.

Everything goes to a temporary name beside the target, which is renamed when all is written.  An
export that is killed leaves at most a hidden ``.NAME.xxxx.part`` behind, nothing under the name
that was asked for.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal

_SQLITE = b"SQLite format 3\0"


@contextmanager
def file_at(target: str, *, force: bool) -> Iterator[TextIO]:
    """Give a text file to write in UTF-8, with line feeds; ``-`` is standard output.

    Where nothing is written to it, none is made; one that is to be replaced is.

    Args:
        target: name of the file.
        force: replace a file of that name; a database is never replaced.

    Raises:
        ValueNotUnderstood: there is such a file and no `force`, or it cannot be written.
    """
    if target == "-":
        yield from _standard_output()
        return
    path = Path(target)
    _refuse_file(path, force)
    part = _reserve(path)
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if part.stat().st_size or path.exists():  # no file that holds nothing stands in the way
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def folder_at(target: str, *, force: bool, names: Collection[str]) -> Iterator[Path]:
    """Give an empty folder to write files in, which becomes `target` when all is done.

    Args:
        target: name of the folder; there may be an empty one of this name.
        force: replace a folder that holds nothing but files of `names`.
        names: all files that this export writes.

    Raises:
        ValueNotUnderstood: the folder is not empty and no `force`, or holds something else.
    """
    path = Path(target)
    _refuse_folder(path, force, names)
    with new_folder(path) as part:
        yield part


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `path`, whatever is there, when all is done."""
    path = path.resolve()  # of a link, and of ".", the folder is what goes
    path.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    try:
        part.chmod(0o777 & ~_umask())
        yield part
        _swap(part, path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def file_in(folder: Path, name: str) -> TextIO:
    """Open a text file of an export's folder for writing, as `file_at` would."""
    return (folder / name).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")


def _standard_output() -> Iterator[TextIO]:
    if isinstance(sys.stdout, TextIOWrapper):  # whatever the terminal's encoding is
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    yield sys.stdout
    sys.stdout.flush()


def _refuse_file(path: Path, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise refusal(ValueNotUnderstood, "export_is_a_file", path)
    if path.exists() and not force:
        raise refusal(ValueNotUnderstood, "export_there", path)
    if path.is_file() and _is_database(path):
        raise refusal(ValueNotUnderstood, "database_kept", path)


def _refuse_folder(path: Path, force: bool, names: Collection[str]) -> None:
    require_folder(path)
    inside = list(path.iterdir()) if path.exists() else []
    others = [each for each in inside if each.name not in names or not each.is_file()]
    if others:
        raise refusal(ValueNotUnderstood, "folder_with_others", path, name=others[0].name)
    if inside and not force:
        raise refusal(ValueNotUnderstood, "export_there", path)


def require_folder(path: Path) -> None:
    """Refuse standard output, and what is there and no folder."""
    if str(path) == "-":
        raise refusal(ValueNotUnderstood, "export_is_several_files", "-")
    if path.exists() and not path.is_dir():
        raise refusal(ValueNotUnderstood, "export_is_a_folder", path)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _reserve(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    Path(name).chmod(0o666 & ~_umask())
    return Path(name)


def _umask() -> int:
    """Return the umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(part: Path, path: Path) -> None:
    """Put `part` in the place of `path`; what was there goes last."""
    if not path.exists():
        part.rename(path)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    path.rename(old)  # onto an empty folder
    part.rename(path)
    shutil.rmtree(old)
