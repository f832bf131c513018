"""Lines of a stream, none longer than allowed."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from tocsin.articles.compressed import Stream

_PIECE = 1 << 18


def read_lines(stream: Stream, longest: int) -> Iterator[bytes | None]:
    """Read line after line, without its end; None stands for a line of more than `longest` bytes.

    Such a line is passed over without being held.  What stands after the last line end is a line
    too, unless the stream was cut there: half a line is worse than none.
    """
    held: list[bytes] = []
    size = 0
    for piece in _pieces(stream):
        *whole, rest = piece.split(b"\n")
        for line in whole:
            held.append(line)
            size += len(line)
            yield b"".join(held) if size <= longest else None
            held, size = [], 0
        size += len(rest)
        held = [*held, rest] if size <= longest else []
    if size and stream.damage is None:
        yield b"".join(held) if size <= longest else None


def _pieces(stream: Stream) -> Iterator[bytes]:
    """Read the stream in pieces as UTF-8 without its mark, from UTF-16 where that is marked."""
    marked = stream.peek(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    if stream.peek(3) == codecs.BOM_UTF8:
        stream.read(3)
    while piece := stream.read(_PIECE):
        yield decoder.decode(piece).encode("utf-8", "replace") if marked else piece
