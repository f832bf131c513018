"""Streams of bytes: gzip and Zstandard undone wherever they stand, within bounds.

The first bytes say what is compressed, not the name.  Two layers are undone ("a.txt.gz" inside
"a.gz"), no more.  Whatever goes wrong on the way ends the stream early and is kept as
`Stream.damage`, so that what came before the cut can still be used.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

_PIECE = 1 << 16
_LAYERS = 2

#: Text shrinks to a twentieth, hardly ever to a hundredth; a bomb to a thousandth and less.
_MOST_TIMES = 250
_ALWAYS_ALLOWED = 256_000_000

#: Input handed to Zstandard at a time: its blocks can grow 32,000 times, and all come at once.
_ZSTD_INPUT = 1024
_ZSTD_WINDOW = 1 << 27


#: What is said of a bomb.
GROWS = f"it grows to more than {_MOST_TIMES} times its size"


def is_bomb(bytes_out: int, bytes_in: int) -> bool:
    """Say whether so many bytes are more than `bytes_in` of text can have been packed into."""
    return bytes_out > max(_ALWAYS_ALLOWED, bytes_in * _MOST_TIMES)


class _Damage(Exception):
    """The bytes end early, or are not what they claim to be."""


class Stream:
    """Bytes to read forward, with a look ahead."""

    def __init__(self, raw: BinaryIO) -> None:
        """Read from `raw`, undoing compression."""
        self.damage: str | None = None  #: why the bytes ended early, once they have
        self.is_compressed = False
        self.tail = b""  #: the last bytes that were read, at most four
        self._position = 0
        self._bytes_in = 0
        self._pieces = self._read_pieces(raw)
        self._ahead = bytearray()
        for _ in range(_LAYERS):
            inflate = _inflater(self.peek(4))
            if inflate is None:
                break
            self.is_compressed = True
            whole = chain((bytes(self._ahead),), self._pieces)
            self._pieces, self._ahead = self._bounded(inflate(whole)), bytearray()

    def peek(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer at the end, and leave them in place."""
        while len(self._ahead) < size and (piece := self._next()):
            self._ahead += piece
        return bytes(self._ahead[:size])

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, fewer only at the end; all that is left if negative."""
        while (size < 0 or len(self._ahead) < size) and (piece := self._next()):
            self._ahead += piece
        end = len(self._ahead) if size < 0 else size
        found = bytes(self._ahead[:end])
        del self._ahead[:end]
        self._position += len(found)
        self.tail = (self.tail + found[-4:])[-4:]
        return found

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._position

    def _next(self) -> bytes:
        try:
            return next(filter(None, self._pieces), b"")
        except _Damage as damage:
            self.damage = str(damage)
        except OSError as error:
            self.damage = f"it cannot be read on ({error.strerror})"
        self._pieces = iter(())
        return b""

    def _read_pieces(self, raw: BinaryIO) -> Iterator[bytes]:
        while piece := raw.read(_PIECE):
            self._bytes_in += len(piece)
            yield piece

    def _bounded(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        bytes_out = 0
        for piece in pieces:
            bytes_out += len(piece)
            if is_bomb(bytes_out, self._bytes_in):
                raise _Damage(GROWS)
            yield piece


def without_compression(name: str) -> str:
    """Return the name of a file without the suffixes of compression: "a.txt" for "a.txt.gz"."""
    for _ in range(_LAYERS):
        stem, dot, suffix = name.rpartition(".")
        if stem and dot and suffix.lower() in ("gz", "gzip", "zst", "zstd"):
            name = stem
    return name


def _inflater(head: bytes) -> Callable[[Iterator[bytes]], Iterator[bytes]] | None:
    if head.startswith(b"\x1f\x8b"):
        return _gunzip
    return _unzstd if head == b"\x28\xb5\x2f\xfd" else None


def _gunzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip, one member after another."""
    member = None
    for piece in pieces:
        waiting = piece
        while waiting:
            if member is None:
                waiting = waiting.lstrip(b"\x00")  # padding between members
                member = zlib.decompressobj(wbits=31) if waiting else None
            if member is not None:
                try:
                    yield member.decompress(waiting, _PIECE)
                except zlib.error:
                    raise _Damage("it is damaged: the gzip data cannot be undone") from None
                waiting = member.unused_data if member.eof else member.unconsumed_tail
                member = None if member.eof else member
    if member is not None:
        raise _Damage("it is cut off: the gzip data has no end")


def _unzstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo Zstandard, one frame after another."""
    import zstandard

    context = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    frame = None
    for waiting in _sliced(pieces, _ZSTD_INPUT):
        while waiting:
            frame = frame or context.decompressobj()
            try:
                yield frame.decompress(waiting)
            except zstandard.ZstdError as error:
                raise _Damage(f"it is damaged: {error}") from None
            waiting = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise _Damage("it is cut off: the Zstandard data has no end")


def _sliced(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    for piece in pieces:
        yield from (piece[start : start + size] for start in range(0, len(piece), size))
