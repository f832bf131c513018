"""Folders: every file in them, in an order that does not depend on the machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from tocsin.articles.files import unreadable
from tocsin.articles.items import failed
from tocsin.errors import NotAFileError
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure

_Identity = tuple[int, int]


def find_files(folder: str) -> Iterator[str | Failure]:
    """Find the files under `folder`, sorted by name, folder by folder.

    Names that begin with a dot are skipped.  A folder that can be reached twice through links is
    read once, the first time.  A link that leads out of `folder` is not followed: who gives us a
    folder of articles does not give us all that a link in it may point at.  That, and what is
    neither a file nor a folder, or cannot be opened, is a `Failure`: nothing is left out without a
    word.
    """
    yield from _find_files(folder, os.path.realpath(folder), set())


def _find_files(folder: str, root: str, seen: set[_Identity]) -> Iterator[str | Failure]:
    try:
        status = Path(folder).stat()
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names, to keep the path as given
    except OSError as error:
        yield failed(unreadable(folder, error), folder)
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for name in names:
        if not name.startswith("."):
            yield from _find_at(str(Path(folder) / name), root, seen)


def _find_at(path: str, root: str, seen: set[_Identity]) -> Iterator[str | Failure]:
    try:
        mode = Path(path).stat().st_mode
    except OSError as error:  # a link to nowhere, or to itself
        yield failed(unreadable(path, error), path)
        return
    if Path(path).is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        outward = refusal(NotAFileError, "link_leads_out", path)
        yield failed(outward, path)
    elif stat.S_ISDIR(mode):
        yield from _find_files(path, root, seen)
    elif stat.S_ISREG(mode):
        yield path
    else:
        what = "this is a pipe, a device or a socket"
        yield failed(NotAFileError(what, value=path, expected="a file"), path)
