"""Grounding: where in a text the words stand that a model gives.

Words are sought as they are, but for spaces and for signs of which there are several kinds, and
never within a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tocsin.articles.prose import Prose
from tocsin.lexicons.letters import usual_signs
from tocsin.records import Span
from tocsin.second.sentences import Sentence

#: Characters of words that a model may give.
MOST_WORDS = 4_000
_MARKS = "\"'“”‘’"
_PIECE, _LETTER, _LETTERS = (re.compile(each) for each in (r"\S+", r"\w", r"\w*"))


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The prose of an article, and its numbered sentences."""

    text: str
    sentences: Sequence[Sentence]
    #: How often words of a sentence were asked for: the second act "strike" is the second "strike".
    _told: Counter[tuple[int, str]] = field(default_factory=Counter)
    _known: dict[str, list[Span]] = field(default_factory=dict)  #: where words stand

    def has(self, number: int) -> bool:
        """Whether there is a sentence of this number."""
        return 1 <= number <= len(self.sentences)

    def act(self, number: int, words: str) -> Span | None:
        """Return where words that tell an act stand: in their sentence, each telling another.

        Where the sentence does not hold them, they must stand in the text once.
        """
        here = self._within(words, self._span(number))
        if here:
            self._told[number, words] += 1
            return here[min(self._told[number, words], len(here)) - 1]
        anywhere = self.everywhere(words)
        return anywhere[0] if len(anywhere) == 1 else None

    def near(self, at: Span, words: str) -> Span | None:
        """Return where words stand around others: in their sentence, else before it, else after.

        The nearest are taken.
        """
        known, (start, end) = self.everywhere(words), self._around(at)
        here = min(
            self._within(words, (start, end)),
            key=lambda each: max(each[0] - at[1], at[0] - each[1]),
            default=None,
        )
        before = bisect_right(known, start, key=lambda each: each[1])
        after = bisect_left(known, end, key=lambda each: each[0])
        return here or next(
            iter((*known[max(0, before - 1) : before], *known[after : after + 1])), None
        )

    def content(self, number: int, words: str) -> Span | None:
        """Return where the words of a statement begin in a sentence; they may run beyond it."""
        start, end = self._span(number)
        found = self._within(words.strip(_MARKS), (start, len(self.text)))
        return found[0] if found and found[0][0] < end else None

    def everywhere(self, words: str) -> list[Span]:
        """Return where `words` stand whole, in order."""
        if words not in self._known:
            self._known[words] = list(self._places(words))
        return self._known[words]

    def _span(self, number: int) -> Span:
        return self.sentences[number - 1].span

    def _around(self, at: Span) -> Span:
        """Return the sentence in which the words at `at` begin."""
        index = bisect_right(self.sentences, at[0], key=lambda each: each.span[0]) - 1
        return self.sentences[max(0, index)].span

    def _within(self, words: str, place: Span) -> list[Span]:
        """Return where `words` stand whole in a stretch of the text, in order."""
        known = self.everywhere(words)
        first = bisect_left(known, place[0], key=lambda each: each[0])
        return known[first : bisect_right(known, place[1], key=lambda each: each[1])]

    @cached_property
    def _spaced(self) -> Prose:
        """The text with one space wherever it has any, and the way back to it."""
        starts, at, pieces = [], [0], []
        for each in _PIECE.finditer(self.text):
            starts.append(each.start())
            pieces.append(each[0])
            at.append(at[-1] + len(each[0]) + 1)
        return Prose(" ".join(pieces), tuple(at[:-1]), tuple(starts))

    def _places(self, words: str) -> Iterator[Span]:
        sought, text = " ".join(usual_signs(words).split()), self._spaced.text
        if not sought or len(words) > MOST_WORDS:
            return
        at = text.find(sought)
        while at >= 0:
            end = at + len(sought)
            if _LETTER.search(text[at - 1 : at] + text[end : end + 1]):
                end = max(at + 1, next(_LETTERS.finditer(text, at)).end())  # none begins before
            else:
                yield self._spaced.span((at, end))
            at = text.find(sought, end)
