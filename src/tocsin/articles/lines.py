"""Lines of a stream, none longer than allowed."""

from __future__ import annotations

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
    while piece := stream.read(_PIECE):
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
