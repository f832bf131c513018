"""Bytes from a file, standard input or the network, whole and bounded."""

from __future__ import annotations

import errno
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tocsin.errors import FetchError, NotAFileError, NotFoundError, TooLargeError
from tocsin.lexicons.refusals import refusal
from tocsin.settings import Settings

#: Bytes read at a time: a limit set high must not make room for all of it at once.
_PIECE = 1 << 20

_ADDRESS = re.compile(r"https?://", re.I)
#: That a web server may take to answer.
_SECONDS = 20


def read_file(origin: str | Path, settings: Settings) -> bytes:
    """Return the bytes of the file `origin`, or of standard input where it is the string "-".

    Raises:
        InputError: there is no such file, it cannot be read, or it is larger than the setting.
    """
    raw = bytearray()
    try:
        with open_file(origin) as stream:
            while len(raw) <= settings.max_bytes and (piece := stream.read(_PIECE)):
                raw += piece
    except OSError as error:
        raise unreadable(origin, error) from None
    if len(raw) > settings.max_bytes:
        raise too_large(origin, settings)
    return bytes(raw)


@contextmanager
def open_file(origin: str | Path) -> Iterator[BinaryIO]:
    """Open the file `origin`, or standard input where it is "-", for reading bytes.

    Raises:
        NotFoundError: there is no such file.
        NotAFileError: it is a directory or a device.
        OSError: the operating system refuses; `unreadable` makes it an error of ours.
    """
    if origin != "-":
        _require_file(origin)
        with Path(origin).open("rb") as stream:
            yield stream
    elif sys.stdin is None:  # closed before the start
        raise unreadable("-", OSError(errno.EBADF, "it is closed"))
    else:
        yield sys.stdin.buffer  # not ours to close


def unreadable(origin: str | Path, error: OSError) -> NotAFileError:
    """Return the operating system's refusal to read `origin` as an error of ours."""
    if origin == "-":
        return refusal(NotAFileError, "standard_input_unreadable", "-", why=error.strerror)
    return refusal(NotAFileError, "file_unreadable", origin, why=error.strerror)


def _require_file(origin: str | Path) -> None:
    """Return quietly if `origin` is a file or a named pipe."""
    try:
        mode = Path(origin).stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL byte in the path
        raise refusal(NotFoundError, "no_such_file", origin) from None
    if stat.S_ISDIR(mode):
        raise refusal(NotAFileError, "directory", origin, folder=Path(origin))
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise NotAFileError("this is a device or socket", value=origin, expected="a file")


def no_such_path(path: str) -> NotFoundError:
    """Return the error that there is nothing at `path`, for what reads files and folders only."""
    return NotFoundError(
        "there is no such file or folder",
        value=path,
        expected="a file, a folder, or '-' for standard input",
        advice="Save the page first and name its file; addresses are not fetched here."
        if is_address(path)
        else "Check the spelling and the folder you are in.",
    )


def is_address(origin: str) -> bool:
    """Say whether `origin` is a web address rather than a path."""
    return bool(_ADDRESS.match(origin))


def fetch_page(address: str, settings: Settings, *, allowed: bool) -> bytes:
    """Return the body at `address`, from the network, if that is `allowed`.

    Raises:
        FetchError: fetching is not allowed, or failed.
        TooLargeError: the page is larger than the setting.
    """
    import http.client
    import urllib.error
    import urllib.request

    limit = settings.max_bytes
    if not allowed:
        raise refusal(FetchError, "not_to_be_fetched", address)
    request = urllib.request.Request(  # noqa: S310 - is_address let only http and https through
        address, headers={"User-Agent": "tocsin (news analysis; reads one page on request)"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as reply:  # noqa: S310
            raw: bytes = reply.read(limit + 1)
    except (OSError, ValueError, urllib.error.URLError, http.client.HTTPException) as error:
        raise refusal(FetchError, "not_fetched", address, why=error) from None
    if len(raw) > limit:
        raise refusal(TooLargeError, "page_too_large", address, most=limit)
    return raw


def too_large(origin: str | Path, settings: Settings) -> TooLargeError:
    """Return the error that `origin` has more bytes than one article may have."""
    return refusal(TooLargeError, "input_too_large", origin, most=settings.max_bytes)
