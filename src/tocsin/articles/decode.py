"""Bytes to text, without altering a character."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from functools import cache

from tocsin.errors import BinaryInputError, EncodingError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.I)

#: What names of Central Europe in Windows-1250 are in Windows-1252, and Western names never: signs
#: within a word ("Wa³êsa"), and letters where these have none ("Vuèiæ", "Gdañsk", "Dvoøák").
_CENTRAL = re.compile(
    r"(?<=[^\W\d_])(?:[³¹º¿¼¾ª£¥](?=[^\W\d_])|Ÿ|þ)|iæ\b|[èÈøØ](?=[aeiouáéíóú])|ñ(?![aeiouáéíóú])"
    r"|ã(?=[b-df-hj-np-rtvz]|s\w)|[ìù](?=[b-df-hj-np-tv-z])|õ(?!e)|œ(?![uit])"
)


def decode_text(raw: bytes, origin: str, *, encoding: str | None, html: bool) -> str:
    """Return `raw` as text.

    A byte order mark decides first, then `encoding`, then (in HTML only) what the page declares,
    then UTF-8.

    Raises:
        BinaryInputError: `raw` is no text at all.
        EncodingError: `raw` is not in the encoding it should be in.
        ValueNotUnderstood: there is no encoding called `encoding`.
    """
    marked = next((name for mark, name in _BOMS if raw.startswith(mark)), None)
    refuse_binary(raw, origin)
    if marked is None and encoding is None and html:
        return _decode_page(raw, origin)
    if marked is None and encoding is not None and not _is_encoding(encoding):
        raise refusal(ValueNotUnderstood, "no_such_encoding", encoding)
    return _decode(raw, marked or encoding or "utf-8", origin)


def _is_encoding(name: str) -> bool:
    """Say whether `name` is an encoding of texts: not zlib, rot13 or the like."""
    try:
        known = codecs.lookup(name).name.replace("_", "-")
        with suppress(UnicodeDecodeError):  # one byte is not enough for it
            b"a".decode(name)
    except (LookupError, ValueError):  # ValueError: a name that cannot be one
        return False
    return known not in word_set("no_encodings")


def _meant(name: str) -> str:
    """Return the encoding that is meant: "iso-8859-1" is Windows-1252, as browsers have it."""
    return "windows-1252" if codecs.lookup(name).name == "iso8859-1" else name


def refuse_binary(raw: bytes, origin: str) -> None:
    """Return quietly if `raw`, or the head of it, can be text.

    Raises:
        BinaryInputError: it cannot.
    """
    if any(raw.startswith(mark) for mark, _ in _BOMS):
        return
    kind = next((name for sign, name in _signatures() if raw.startswith(sign)), None)
    if kind is None and b"\x00" in raw:
        kind = "binary data"
    if kind is not None:
        raise refusal(BinaryInputError, "not_text", origin, kind=kind)


@cache
def _signatures() -> tuple[tuple[bytes, str], ...]:
    rows = read_rows("lexicons/signatures.tsv", "bytes kind")
    return tuple((bytes.fromhex(first), kind) for first, kind in rows)


def _decode_page(raw: bytes, origin: str) -> str:
    """Decode a page as browsers do: what it declares, else UTF-8, else Windows-1252.

    A page in UTF-8 with a few broken bytes stays UTF-8, with U+FFFD in their place.
    """
    declared = _DECLARED.search(raw[:4096])
    # What declares in ASCII that it is UTF-16 is not.
    wide = declared and declared.group(1).lower().startswith((b"utf-16", b"utf-32"))
    names = [declared.group(1).decode("ascii")] if declared and not wide else []
    for name in (*filter(_is_encoding, names), "utf-8"):
        with suppress(UnicodeDecodeError):
            return raw.decode(_meant(name))
    broken = raw.decode("utf-8", "replace")
    if _is_nearly_whole(broken):
        return broken
    for name in ("windows-1252", *filter(_is_encoding, names)):
        with suppress(UnicodeDecodeError):
            return raw.decode(name)
    return _decode(raw, "utf-8", origin)


def _is_nearly_whole(text: str) -> bool:
    """Say whether a text is UTF-8 but for a few bytes: a crawler cut it in the middle of one."""
    broken = text.count("\ufffd")
    return broken * 10 < sum(not char.isascii() for char in text)


def _decode(raw: bytes, encoding: str, origin: str) -> str:
    try:
        text = raw.decode(_meant(encoding))
    except UnicodeDecodeError as error:
        said = {"byte": error.start, "encoding": encoding, "likely": _other_encoding(raw)}
        raise refusal(EncodingError, "not_in_encoding", origin, **said) from None
    return text.removeprefix("\ufeff")


def _windows_encoding(raw: bytes) -> str:
    """Return Windows-1252, or -1250 if most words that differ between them look Central European.

    Articles are in English: what differs are names.
    """
    try:
        western = raw.decode("windows-1252").split()
    except UnicodeDecodeError:
        return "windows-1250"
    central = raw.decode("windows-1250", "replace").split()
    names = [one for one, other in zip(western, central, strict=True) if one != other]
    odd = sum(_CENTRAL.search(name) is not None for name in names)
    return "windows-1250" if 2 * odd > len(names) else "windows-1252"


def _other_encoding(raw: bytes) -> str:
    """Name the encoding the text seems to be in, as advice only: a guess may be wrong."""
    head = raw[:100_000]
    if 10 * len(head.decode("ascii", "ignore")) > 9 * len(head):  # too little to tell by letters
        likely = _windows_encoding(raw)
    else:
        from charset_normalizer import from_bytes

        best = from_bytes(head).best()
        likely = best.encoding.replace("_", "-") if best else "windows-1252"
    return f"It looks like {likely}; if so, add: --encoding {likely}"
