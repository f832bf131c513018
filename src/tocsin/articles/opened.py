"""One opened file of a corpus: its bytes and lines, its name, and what decides how it is read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO

from tocsin.articles.compressed import Stream
from tocsin.articles.days import Order
from tocsin.settings import Settings

_PIECE = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that may hold each field of an article, best first."""

    names: Mapping[str, tuple[str, ...]]
    #: Those that the user named, as written, and as they are compared.
    mapped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: Order = ""  #: in which day and month stand before a year


@lru_cache(1_000)
def compared(name: str) -> str:
    """Return the name of a column as it is compared: without case, blanks, "-" and "_"."""
    return re.sub(r"[\s_-]+", "", name).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """One opened file and what is known about it."""

    origin: str  #: as shown to people
    name: str  #: without folders and compression
    raw: BinaryIO
    stream: Stream  #: the bytes of `raw`, without compression
    columns: Columns
    settings: Settings

    def place(self, number: int) -> str:
        """Return where the article, row or line of this number stands, as shown to people."""
        return f"{self.origin}#{number}"

    def lines(self) -> Iterator[bytes | None]:
        """Read line after line, without its end; None stands for one that is larger than allowed.

        Such a line is passed over without being held.  What stands after the last line end is a
        line too, unless the stream was cut there: half a line is worse than none.
        """
        held: list[bytes] = []
        size, longest = 0, self.settings.max_bytes
        for piece in _pieces(self.stream):
            *whole, rest = piece.split(b"\n")
            for line in whole:
                held.append(line)
                size += len(line)
                yield b"".join(held) if size <= longest else None
                held, size = [], 0
            size += len(rest)
            held = [*held, rest] if size <= longest else []
        if size and self.stream.damage is None:
            yield b"".join(held) if size <= longest else None


def _pieces(stream: Stream) -> Iterator[bytes]:
    """Read the stream in pieces as UTF-8 without its mark, from UTF-16 where that is marked."""
    marked = stream.peek(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    if stream.peek(3) == codecs.BOM_UTF8:
        stream.read(3)
    while piece := stream.read(_PIECE):
        yield decoder.decode(piece).encode("utf-8", "replace") if marked else piece
