"""The body of a web server's answer: chunks joined, compression undone, within a bound."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from contextlib import suppress

from tocsin.articles.compressed import Stream
from tocsin.articles.files import too_large
from tocsin.errors import InputError
from tocsin.lexicons.refusals import refusal
from tocsin.settings import Settings


def decode_body(raw: bytes, headers: Mapping[str, str], origin: str, settings: Settings) -> bytes:
    """Return the body `raw` as it was before the server coded it for the way.

    Crawlers keep the headers and often undo the coding themselves; a body that is not coded as
    the headers say is returned as it is.

    Raises:
        TooLargeError: it grows above the limit.
        InputError: it is coded in a way, or so often, that is not read; or it is cut off.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = _join_chunks(raw)
    codings = [c.strip().lower() for c in headers.get("content-encoding", "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity", "none", "utf-8")]
    if len(codings) > 1:
        raise _unknown(", ".join(codings), origin)
    return _undo(raw, codings[0], origin, settings) if codings else raw


def _join_chunks(raw: bytes) -> bytes:
    """Return the chunks joined; `raw` itself where it is not in chunks."""
    joined, start = bytearray(), 0
    while start < len(raw):
        end = raw.find(b"\r\n", start, start + 64)
        size = _chunk_size(raw[start:end]) if end > 0 else None
        if size is None:
            return bytes(joined) or raw
        if size == 0:
            break
        joined += raw[end + 2 : end + 2 + size]
        start = end + 2 + size + 2
    return bytes(joined)


def _chunk_size(words: bytes) -> int | None:
    try:
        size = int(words.split(b";")[0], 16)
    except ValueError:
        return None
    return size if size >= 0 else None


def _undo(raw: bytes, coding: str, origin: str, settings: Settings) -> bytes:
    limit = settings.max_bytes
    if coding in ("gzip", "x-gzip", "zstd"):
        stream = Stream(io.BytesIO(raw))
        body = stream.read(limit + 1)
        if stream.damage is not None:
            raise InputError(f"the page is not whole: {stream.damage}", value=origin)
    elif coding == "deflate":
        body = _inflate(raw, limit)
    elif coding == "br":
        body = _unbrotli(raw, limit, origin)
    else:
        raise _unknown(coding, origin)
    if len(body) > limit:
        raise too_large(origin, settings)
    return body


def _inflate(raw: bytes, limit: int) -> bytes:
    """Undo "deflate", which some servers send with a head (RFC 1950) and some without."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        with suppress(zlib.error):
            return zlib.decompressobj(bits).decompress(raw, limit + 1)
    return raw


def _unbrotli(raw: bytes, limit: int, origin: str) -> bytes:
    from fastwarc.stream_io import BrotliReader

    if raw.lstrip()[:1] == b"<":  # undone already
        return raw
    try:
        reader = BrotliReader(io.BytesIO(raw))
        body = bytearray()
        while len(body) <= limit and (piece := reader.read(1 << 16)):
            body += piece
    except OSError as error:
        raise InputError(f"the page's Brotli data is damaged ({error})", value=origin) from None
    return bytes(body)


def _unknown(coding: str, origin: str) -> InputError:
    return refusal(InputError, "coding_unknown", origin, coding=coding[:40])
