"""Marked articles as a model that marks like their readers would answer about them.

A request holds numbered sentences of one article.  Which article that is, and where in it each
sentence stands, is told by letters and digits alone, so that it does not matter how what is sent
writes its quotation marks and line breaks.  A mark answers for the sentence that holds its words.

Marks have a code for each side and no words for it.  A model is asked for words: those of the
nearest sentence in which Tocsin's lexicon knows a name of that country or organisation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.extract.mentions.actor_lexicon import load_actor_lexicon
from tocsin.records import BACKGROUND, Status

Row = dict[str, Any]


def find_article(rows: Sequence[Row], sentences: Mapping[int, str]) -> Row:
    """Return the row whose text has the sentences.

    Raises:
        LookupError: none has.
    """
    longest = Letters.of(max(sentences.values(), key=len)).letters
    for row in rows:
        if longest in Letters.of(row["text"]).letters:
            return row
    raise LookupError(longest)


def acts_marked(row: Row, sentences: Mapping[int, str]) -> Iterator[Row]:
    """Yield the acts marked in an article, as an answer about these sentences of it has them."""
    return told_acts(row["acts"], Told.of(Letters.of(row["text"]), sentences))


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a text, and where each of them stands in it."""

    text: str
    letters: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Letters:
        """Return those of `text`."""
        at = tuple(n for n, sign in enumerate(text) if sign.isalnum())
        return cls(text, "".join(text[n] for n in at), at)

    def counted(self, start: int, end: int) -> tuple[int, int]:
        """Return which letters stand between two offsets of the text: from, and up to."""
        return bisect_left(self.at, start), bisect_left(self.at, end)

    def words(self, first: int, end: int) -> tuple[int, int]:
        """Return from where to where letters `first` up to `end` stand in the text."""
        return self.at[first], self.at[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of a request, and from which letter of the article each runs to which."""

    article: Letters
    sentences: Mapping[int, Letters]
    starts: Mapping[int, int]

    @classmethod
    def of(cls, article: Letters, sentences: Mapping[int, str]) -> Told:
        """Find `sentences`, one behind the other, in `article`."""
        each = {number: Letters.of(words) for number, words in sentences.items()}
        starts, at = {}, 0
        for number, sentence in each.items():
            found = article.letters.find(sentence.letters, at)
            if found >= 0 and sentence.letters:
                starts[number], at = found, found + len(sentence.letters)
        return cls(article, each, starts)

    def place(self, span: Sequence[int]) -> tuple[int, int, int] | None:
        """Return the sentence that holds marked words and where in it; None if none does."""
        first, end = self.article.counted(*span)
        for number, start in self.starts.items():
            sentence = self.sentences[number]
            if start <= first < end <= start + len(sentence.letters):
                return number, *sentence.words(first - start, end - start)
        return None

    def words(self, spans: Sequence[Sequence[int]]) -> list[str]:
        """Return marked words as they were sent, without those that were not."""
        places = [place for place in map(self.place, spans) if place]
        return [self.sentences[number].text[start:end] for number, start, end in places]

    def names_of(self, codes: Sequence[str], sentence: int) -> list[str]:
        """Return a name of each country or organisation, the one nearest to a sentence."""
        names = [(abs(number - sentence), code, words) for number, code, words in self._names()]
        each = (min((n for n in names if n[1] == code), default=None) for code in codes)
        return [words for _, _, words in filter(None, each)]

    def _names(self) -> Iterator[tuple[int, str, str]]:
        for number, sentence in self.sentences.items():
            for name in load_actor_lexicon().find_names(sentence.text):
                countries = name.meanings[0].entry.countries
                if len(countries) == 1 and len(name.meanings) == 1:
                    yield number, countries[0], sentence.text[slice(*name.words)]


def told_acts(marks: Sequence[Row], told: Told) -> Iterator[Row]:
    """Yield each act of which a telling stands in the sentences, with its further tellings.

    Parties, day and place are those of the first telling that has words for them.
    """
    for tellings in _tellings(marks):
        seen = [(mark, told.place(mark["act"])) for mark in tellings]
        placed = [(mark, place) for mark, place in seen if place]
        if placed:
            mark, _ = placed[0]
            first, *again = [_where(told, place) for _, place in placed]
            words = {of: _first_words(of, tellings, told) for of in _WORDS}
            yield first | {
                "type": mark["type"],
                "actor": words["actor_words"],
                "actor_of": told.names_of(_codes("actors", tellings), first["sentence"]),
                "recipient": words["recipient_words"],
                "recipient_of": told.names_of(_codes("recipients", tellings), first["sentence"]),
                "status": mark["status"],
                "background": Status(mark["status"]) in BACKGROUND,
                "day": next(iter(words["when"]), None),
                "place": next(iter(words["where"]), None),
                "again": again,
            }


_WORDS = ("actor_words", "recipient_words", "when", "where")


def _codes(of: str, tellings: Sequence[Row]) -> list[str]:
    return next(filter(None, (mark[of] for mark in tellings)), [])


def _first_words(of: str, tellings: Sequence[Row], told: Told) -> list[str]:
    return next(filter(None, (told.words(mark[of]) for mark in tellings)), [])


def _tellings(marks: Sequence[Row]) -> list[list[Row]]:
    """Return the marks of each act: the first, and those that point to it."""
    acts: dict[int, list[Row]] = {}
    for number, mark in enumerate(marks):
        first = number
        while marks[first]["same"] is not None:
            first = marks[first]["same"]
        acts.setdefault(first, []).append(mark)
    return list(acts.values())


def _where(told: Told, place: tuple[int, int, int]) -> Row:
    number, start, end = place
    return {"sentence": number, "words": lone_words(told.sentences[number].text, start, end)}


def lone_words(sentence: str, start: int, end: int) -> str:
    """Return the words with as many behind or before them as make them stand there once."""
    while sentence.count(sentence[start:end]) > 1:
        if behind := re.match(r"\W*\w+", sentence[end:]):
            end += behind.end()
        elif before := re.search(r"\w+\W*$", sentence[:start]):
            start = before.start()
        else:
            break
    return sentence[start:end]
