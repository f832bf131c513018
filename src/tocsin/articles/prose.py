"""Prose: an article's text as finders read it, and the way back to the text that is never altered.

Lines that were broken for their length run on; spaces, dashes and quotation marks of one kind are
one; what is no sentence of the article (markup, its dateline, captions, what to read next) is
blank.  What is found has offsets into the prose until `Prose.unaltered` moves it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from tocsin.articles.markdown import prose_of_markdown
from tocsin.articles.plain import END_OF_SENTENCE, find_broken_lines, find_date_lines
from tocsin.keys import claim_key, event_key, statement_key
from tocsin.lexicons.letters import usual_signs
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.records import Article, Event, OfficeClaim, Span, Statement

_Record = TypeVar("_Record")

_LINE = re.compile(r"[^\n]+")
_LONGEST_HEADLINE = 200
#: What is not seen, and what takes more room than one space.
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_ROOM = re.compile(rf"(?<=\S) [ {_UNSEEN}]{{1,200}}(?=\S)|[{_UNSEEN}]+|(?<=\S) +(?=\n)")


@dataclass(frozen=True, slots=True)
class Prose:
    """The text that finders read, and where its stretches begin: in it, in the unaltered text."""

    text: str
    starts: tuple[int, ...] = (0,)
    unaltered_starts: tuple[int, ...] = (0,)

    def span(self, words: Span) -> Span:
        """Return where `words` of the prose stand in the unaltered text."""
        start, end = words
        return self._at(start), self._at(end - 1) + 1 if end > start else self._at(start)

    def _at(self, offset: int) -> int:
        stretch = bisect_right(self.starts, offset) - 1
        return self.unaltered_starts[stretch] + offset - self.starts[stretch]

    def altered(self, found: _Record) -> _Record:
        """Return records with their spans in the prose: the way back of `unaltered`."""
        if len(self.starts) == 1:
            return found
        moved: _Record = _moved(found, self._span_of, {})
        return moved

    def _span_of(self, words: Span) -> Span:
        start, end = words
        return self._from(start), self._from(end - 1) + 1 if end > start else self._from(start)

    def _from(self, offset: int) -> int:
        stretch = bisect_right(self.unaltered_starts, offset) - 1
        at = self.starts[stretch] + offset - self.unaltered_starts[stretch]
        return min(at, *self.starts[stretch + 1 : stretch + 2] or (at,))

    def keys(self, text_id: str, records: Iterable[Any]) -> dict[str, str]:
        """Return the ids of statements, events and claims, each with that in the unaltered text."""
        if len(self.starts) == 1:
            return {}
        moved = ((each, self.unaltered(each, {})) for each in records)
        pairs = (zip(keys_of(a, text_id), keys_of(b, text_id), strict=True) for a, b in moved)
        return dict(pair for each in pairs for pair in each)

    def unaltered(self, found: _Record, keys: dict[str, str]) -> _Record:
        """Return records with their spans in the unaltered text, and the ids that `keys` gives."""
        if len(self.starts) == 1:
            return found
        moved: _Record = _moved(found, self.span, keys)
        return moved


def _moved(value: Any, span: Callable[[Span], Span], keys: dict[str, str]) -> Any:
    if isinstance(value, tuple):
        if len(value) == 2 and all(type(each) is int for each in value):
            return span(value)
        return tuple(_moved(each, span, keys) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: _moved(getattr(value, f.name), span, keys) for f in fields(value)}
        return replace(value, **named)
    return keys.get(value, value) if isinstance(value, str) else value


def keys_of(record: Statement | Event | OfficeClaim, text_id: str) -> tuple[str, ...]:
    """Return the keys that a record can have: a claim may be about an office alone."""
    if isinstance(record, Statement):
        return (statement_key(text_id, record.content, record.cue),)
    if isinstance(record, Event):
        return (event_key(text_id, record.trigger, record.type),)
    parts = (text_id, record.words, record.office, record.offices)
    return claim_key(*parts, record.name_words), claim_key(*parts)


def prose_of(article: Article) -> Prose:
    """Return the prose of `article`."""
    text = usual_signs(article.text.replace("\r\n", " \n").replace("\r", "\n"))
    if article.media_type == "text/markdown":
        text = prose_of_markdown(text)
    lines = [article.dateline, *find_date_lines(article.text)]
    text = _blanked(text, (line.words for line in lines if line is not None))
    cuts = [
        (*found.span(), " " if found[0][0] == " " and text[found.end()] != "\n" else "")
        for found in _ROOM.finditer(text)
    ]
    cuts += [(found.end(), found.end(), " ") for found in _glue().finditer(text)]
    for found in find_broken_lines(text):
        is_in_word = text[found.start() - 1] == "-" and text[found.start() - 2].isalpha()
        cuts.append((*found.span(), "" if is_in_word else " "))
    prose = _without(text, sorted(cuts, key=lambda cut: (cut[0], -cut[1])))
    return replace(prose, text=_blanked(prose.text, _asides(prose.text)))


@cache
def _glue() -> re.Pattern[str]:
    """Find where a page lost a space: "DepartmentSpokesperson", "MinisterBenjamin", ",“We"."""
    titles = "|".join(sorted(word_set("glued_titles")))
    return re.compile(
        rf"(?<=[a-z])(?=(?:{titles})\b)|\b(?:{titles})(?=[A-Z][a-z])|(?<=[a-z][,.!?][\"”])(?=[A-Z])"
    )


def _blanked(text: str, asides: Iterable[Span]) -> str:
    """Return `text` with line breaks for `asides`, so that nothing runs on over one."""
    return _without(text, [(a, b, "\n" * (b - a)) for a, b in sorted(asides)]).text


def _without(text: str, cuts: list[tuple[int, int, str]]) -> Prose:
    """Return the prose that `text` is with the stretches of `cuts`, in order, replaced."""
    parts, starts, unaltered, at, size = [], [0], [0], 0, 0
    for start, end, instead in cuts:
        if start < at:  # it stands in the one before
            continue
        parts += [text[at:start], instead]
        size += start - at + len(instead)
        at = end
        if end - start != len(instead):
            starts.append(size)
            unaltered.append(end)
    return Prose("".join((*parts, text[at:])), tuple(starts), tuple(unaltered))


def _asides(text: str) -> Iterator[Span]:
    """Find lines, and words at the start of lines, that are no part of the prose."""
    forms, listed = _forms(), False
    lines = (line for line in _LINE.finditer(text) if not line[0].isspace())
    for number, line in enumerate(lines):
        words = line[0].strip()
        is_heading = forms["heading"].fullmatch(words) is not None
        is_short = len(words) <= _LONGEST_HEADLINE and not words.endswith(END_OF_SENTENCE)
        listed = number > 0 and (is_heading or (listed and is_short))
        if listed or (number and len(words) < 500 and forms["line"].fullmatch(words)):
            yield line.span()
        else:
            credit = forms["start"].match(text, line.start(), line.end())
            within = forms["within"].finditer(text, line.start(), line.end())
            yield from (each.span() for each in (credit, *within) if each)


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    rows = list(read_rows("lexicons/asides.tsv", "where pattern"))
    return {
        where: re.compile(
            "|".join(p for w, p in rows if w == where), re.I * (where in ("line", "heading"))
        )
        for where in {each for each, _ in rows}
    }
