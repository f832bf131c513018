"""Quotation marks and what stands in them, in plain text.

Marks understood: straight and curly double, curly and straight single (British usage, told from
apostrophes), guillemets and low German marks.  A quotation never runs past its paragraph, but one
that is not closed and is opened again in the next paragraph is continued there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tocsin.records import Span

#: What closes what.  Copy mixes straight and curly marks, and some types '' for a double mark.
_CLOSERS = {
    '"': ('"', "”"),
    "“": ("”", '"'),
    "‘": ("’",),
    "'": ("'",),
    "''": ("''",),
    "«": ("»",),
    "„": ("“", "”"),
    "‚": ("‘", "’"),
}
_MARKS = re.compile("''|[\"“”‘’'«»„‚]")
_PARAGRAPH = re.compile(r"[^\n]+")
_CLOSING_SINGLE = re.compile(r"(?<=\S)['’](?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """One stretch in quotation marks.  `words` includes the marks that are there."""

    words: Span
    closed: bool = True
    continues: bool = False  #: goes on from a quotation left open in the paragraph before
    depth: int = 0  #: 0 outermost; 1 inside another quotation


@lru_cache(maxsize=2)
def find_quotations(text: str) -> tuple[QuotedWords, ...]:
    """Return the quotations of `text` in order of their start; nested ones after their host.

    Odd marks never lose the rest: an opening mark without a closing one ends with its paragraph
    when it opens one or when a colon, comma or dash leads to it, and is passed over otherwise.
    """
    return tuple(_quotations(text))


def _quotations(text: str) -> Iterator[QuotedWords]:
    left_open = False
    for paragraph in _PARAGRAPH.finditer(text):
        found = list(_in_paragraph(text, paragraph.start(), paragraph.end()))
        for position, quotation in enumerate(found):
            opens = not text[paragraph.start() : quotation.words[0]].strip()
            continued = position == 0 and left_open and opens
            yield QuotedWords(quotation.words, quotation.closed, continued, quotation.depth)
        if found or paragraph.group().strip():
            outermost = [q for q in found if q.depth == 0]
            left_open = bool(outermost) and not outermost[-1].closed


def looks_spoken(text: str, quotation: QuotedWords) -> bool:
    """Tell words that someone can have said from a scare quote or the title of a work.

    A title has every longer word capitalised; a scare quote has few words and ends no sentence.
    """
    start, end = quotation.words
    inside = text[start:end].strip("\"“”‘’'«»„‚ ")
    words = inside.split()
    if not words or is_title(words):
        return False
    if len(words) == 1 and inside[-1] == ",":
        return False
    return inside[-1] in ".?!," or len(words) >= 4


def is_title(words: list[str]) -> bool:
    """Tell whether `words` are written like the title of a book, film or law."""
    if words[-1][-1:] in ".?!":
        return False
    longer = [word for word in words if len(word.strip(".,:;!?")) > 3]
    return bool(longer) and all(word[0].isupper() or word[0].isdigit() for word in longer)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[QuotedWords]:
    """Yield the quotations between `start` and `end`, a stretch without line breaks."""
    goes_on = text[start] in "'‘" and text[end:].lstrip()[:1] == text[start]
    stack: list[tuple[int, str]] = []
    found: list[QuotedWords] = []
    # Where each single mark can last close: asked for every mark, so found once.
    closes = {single[0]: single.start() for single in _CLOSING_SINGLE.finditer(text, start, end)}
    # “What he calls “hell””: a mark opens once more only where each one is closed.
    twice = "“" if text.count("“", start, end) == text.count("”", start, end) else None
    for mark in _MARKS.finditer(text, start, end):
        at, char = mark.start(), mark.group()
        if stack and char in _CLOSERS[stack[-1][1]] and _may_close(text, mark, end, closes):
            opened, _ = stack.pop()
            found.append(QuotedWords((opened, mark.end()), depth=len(stack)))
        elif _closes_outer(stack, char):
            while stack:
                opened, opener = stack.pop()
                if char in _CLOSERS[opener]:
                    found.append(QuotedWords((opened, mark.end()), depth=len(stack)))
                    break
        elif (_may_open(text, at, start, end, char, closes) or (at == start and goes_on)) and (
            char not in (opener for _, opener in stack[char == twice :])
        ):
            stack.append((at, char))
    for depth, (opened, opener) in enumerate(stack):
        if (opener not in ("'", "‘", "''") or goes_on) and _runs_on(text, opened, start):
            closed = opened + len(text[opened:end].rstrip())
            found.append(QuotedWords((opened, closed), False, depth=depth))
    yield from sorted(found, key=lambda q: (q.words[0], -q.words[1]))


def _closes_outer(stack: list[tuple[int, str]], char: str) -> bool:
    """A closing mark whose opener is not the innermost: the inner one was an apostrophe."""
    return char not in ("'", "’") and any(char in _CLOSERS[opener] for _, opener in stack[:-1])


def _may_open(text: str, at: int, start: int, end: int, char: str, closes: dict[str, int]) -> bool:
    if char not in _CLOSERS or at + 1 >= end or text[at + 1].isspace():
        return False
    if char == "'":  # only where a later one can close it: not "'cause" or "'90s"
        closed = closes.get("'", 0) >= at + 2 and text[at + 1].isalnum()
    elif char in ("''", "‘"):
        closed = text.find(_CLOSERS[char][0], at + len(char), end) >= 0
    else:
        return True
    return closed and (at == start or text[at - 1].isspace() or text[at - 1] in "([{—–-\"“‘'/:")


def _may_close(text: str, mark: re.Match[str], end: int, closes: dict[str, int]) -> bool:
    """Tell a closing mark from an apostrophe inside or at the end of a word."""
    at, char = mark.start(), mark.group()
    if char not in "'’":
        inner = text[at - 2 : at - 1] in ("'", "’")  # "the ‘outreach,’ " he said
        return char not in ('"', "''") or not text[at - 1].isspace() or inner
    after = text[at + 1] if at + 1 < end else " "
    if after.isalnum():
        return False
    # "the soldiers' families said": an s before the mark and a word after it, while a later mark
    # could still close: a possessive.
    owns = text[at - 1] == "s" and after == " " and text[at + 2 : at + 3].islower()
    return not owns or closes.get(char, 0) < at + 2


def _runs_on(text: str, opened: int, start: int) -> bool:
    before = text[start:opened].rstrip()
    return not before or before[-1] in ":,—–-.!?"
