"""PDF: the text that stands on its pages, in their order, a form feed before each but the first.

What is extracted is the article's text, and all offsets count its characters.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

from tocsin.articles.days import read_stamp
from tocsin.articles.plain import read_plain
from tocsin.errors import InputError, NoArticleError, TooLargeError
from tocsin.lexicons.refusals import refusal
from tocsin.records import PAGE_BREAK, PDF, Article
from tocsin.settings import Settings

#: Seconds of a processor, and bytes of memory, that reading a PDF may take.
SECONDS, MEMORY = 60, 1 << 30
#: Seconds of the clock, where the system sets no limit or has other things to do.
_PATIENCE = 300.0


def is_pdf(head: bytes) -> bool:
    """Say whether the bytes that begin so are a PDF."""
    return head.startswith(b"%PDF-")


def read_pdf(raw: bytes, origin: str, settings: Settings) -> Article:
    """Return the article in a PDF; its day is that on which the file was made, which is a guess.

    Raises:
        NoArticleError: there is no text in it, as in one of scanned pages.
        TooLargeError: it takes more memory or time than a PDF may.
        InputError: it is encrypted, or broken.
    """
    told = _ask(raw, settings.max_characters)
    why = told.get("refused")
    if why == "encrypted":
        raise refusal(InputError, "pdf_encrypted", origin)
    if why == "too much":
        most = {"seconds": SECONDS, "memory": MEMORY / (1 << 30)}
        raise refusal(TooLargeError, "pdf_too_much", origin, **most)
    if why is not None:
        raise refusal(InputError, "pdf_broken", origin, why=why)
    text = f"\n{PAGE_BREAK}".join(told["pages"])
    if not text.strip():
        raise refusal(NoArticleError, "pdf_without_text", origin)
    day = read_stamp(told["made"])
    guess = "guess" if day else None
    return replace(read_plain(text, origin), media_type=PDF, published=day, published_from=guess)


def _ask(raw: bytes, most: int) -> dict[str, Any]:
    """Return what `tocsin.articles.pdf_pages` says of a PDF."""
    limits = map(str, (most, SECONDS, MEMORY))
    command = (sys.executable, "-P", "-m", "tocsin.articles.pdf_pages", *limits)
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=_PATIENCE)  # noqa: S603
    except subprocess.TimeoutExpired:
        return {"refused": "too much"}
    if done.returncode < 0:  # the system ended it
        return {"refused": "too much"}
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"refused": done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]}
    return told
