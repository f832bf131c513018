"""Placing: which countries the network gives the sides of acts that somebody else found.

Rules say whom the words for a party mean; where they know no country ("the police", "residents"),
the network says which of those that the article names it is, as it does for the acts it finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from tocsin.extract.grammar.words import is_plural, tokens_at
from tocsin.extract.mentions.resolution import Scene
from tocsin.lexicons.words import number_words, word_set
from tocsin.models.acts import (
    MENTIONS_AT_ONCE,
    ActMention,
    ActReader,
    CountryWords,
    ReadActs,
    Seen,
)
from tocsin.models.encoder import Encoded
from tocsin.models.networks import Floats
from tocsin.models.parsed import Words, text_of
from tocsin.models.pieces import pieces_in
from tocsin.models.reader import ACT_ROLES, SIDES
from tocsin.records import SaidAct, Span
from tocsin.reference.countries import one_country
from tocsin.spans import holds

#: Countries are on a side from the second mean of mentions on, else the likeliest from the first.
_LIKELY, _SURE = 0.3, 0.85
#: Between two countries of one party.
_JOINED = re.compile(r",? (?:and|or) |, |/|-")


def place_acts(
    acts: ActReader,
    states: Sequence[Encoded],
    tellings: Sequence[tuple[ActMention, SaidAct]],
    named: Sequence[CountryWords],
    scene: Scene,
) -> ReadActs:
    """Return mentions, of which there must be some, with the countries of their sides.

    Which of them are one act is known, and not asked: they are read some at a time.

    Args:
        acts: the network's heads for acts.
        states: of the windows of the text.
        tellings: words that tell acts as the network would read them, and as they were said.
        named: the words of the text that name a country.
        scene: says whom words mean; a country that it gives words for a side is on that side.
    """
    seen = [_seen(each, states) for each, _ in tellings]
    parts = [
        acts.together(states, seen[first : first + MENTIONS_AT_ONCE], named)
        for first in range(0, len(seen), MENTIONS_AT_ONCE)
    ]
    codes = parts[0].codes
    countries = np.concatenate([each.countries for each in parts])
    for number, (_, said) in enumerate(tellings):
        sides = (said.actors, said.actors_of), (said.recipients, said.recipients_of)
        for row, (words, of) in zip(countries[number], sides, strict=True):
            row[:] = _chances(row, codes, _Side(words, of, named, scene))
    numbers = range(len(tellings)) if codes else ()
    for _, group in groupby(numbers, key=lambda number: id(tellings[number][1])):
        own = [*group]
        countries[own] = _decided(countries[own].mean(0))
    return ReadActs(
        mentions=tuple(each.mention for each in seen),
        same=np.zeros((0, 0), dtype=np.float32),
        codes=codes,
        countries=countries,
        telling=np.concatenate([each.telling for each in parts]),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """The words for the parties on a side of an act, and what rules make of them."""

    words: Sequence[Span]
    of: Sequence[Span]  #: those that name whose the parties are
    named: Sequence[CountryWords]
    scene: Scene

    def countries(self) -> set[str]:
        """Return the countries that the parties are said to be of, else those that rules give."""
        if said := self.said():
            return said
        actors = (actor for each in self.words for actor in self.scene.actors(each))
        own = {actor.country for actor in actors if actor.country is not None}
        runs = [run for each in self.words for run in self._together(each)]
        return own.union(*(run for run in runs if not own.isdisjoint(run)))

    def said(self) -> set[str]:
        """Return the countries that the parties are said to be of."""
        return set[str]().union(*map(self._countries_named, self.of))

    def unplaced(self) -> list[Words]:
        """Return the parties of which nobody says, and rules do not know, of which country."""
        if self.said():
            return []
        doc, actors = self.scene.doc, self.scene.actors
        return [tokens_at(doc, e) for e in self.words if not any(a.country for a in actors(e))]

    def _countries_named(self, words: Span) -> set[str]:
        """Return the countries named in words, or by them within a name: "Peruvian" of an army."""
        own = one_country(text_of(self.scene.doc)[slice(*words)])
        return {code for _, code in self._named_in(words)} or ({own} if own else set())

    def _together(self, party: Span) -> Iterator[set[str]]:
        """Yield countries that one party is of: "the West", "Chadian and Nigerien forces"."""
        end = -1
        run: set[str] = set()
        for words, code in self._named_in(party):
            text = text_of(self.scene.doc)[end : words[0]] if end >= 0 else ""
            if run and not (end == words[1] or _JOINED.fullmatch(text)):
                yield run
                run = set()
            run.add(code)
            end = words[1]
        yield run

    def _named_in(self, party: Span) -> Iterator[CountryWords]:
        """Yield the words in a stretch of the text that name a country."""
        first, last = (bisect_left(self.named, ((at, 0), "")) for at in party)
        yield from (each for each in self.named[first:last] if holds((party,), each[0]))


def _chances(row: Floats, codes: Sequence[str], side: _Side) -> Floats:
    """Return the chances of each country on a side for which these words are given.

    Whom the second reader or rules can place is of that country.  Each of the others is of the
    network's next likeliest; of as many as it says it is ("both sides"), else, where it may be
    several, of whichever the network is sure of.  Where no words are given, nobody is there.
    """
    given = side.countries() & set(codes)
    others = side.unplaced()
    order = [n for n in np.argsort(-row, kind="stable") if codes[n] not in given]
    counted = sum(map(_count, others))
    taken = order[:counted] or [n for n in order[: len(others)] if row[n] >= _LIKELY]
    several = not counted and any(is_plural(each.root) for each in others)
    chances = np.where(row >= _SURE, row, 0.0) if several else np.zeros_like(row)
    chances[[*taken, *map(codes.index, given)]] = 1.0
    return chances


def _decided(chances: Floats) -> Floats:
    """Return 1.0 for each country (2, K) that is on a side by what the mentions of an act say."""
    sure = chances >= _SURE
    first = np.arange(chances.shape[-1]) == chances.argmax(-1)[:, None]
    likeliest = first & (chances >= _LIKELY)
    return np.where(sure.any(-1, keepdims=True), sure, likeliest).astype(np.float32)


def _count(party: Words) -> int:
    """Return how many countries a party says that it is: "both sides"; 0 where it does not."""
    words = [token.text.lower() for token in party]
    if party.root.lemma_.lower() not in word_set("powers_counted"):
        return 0
    numbers = number_words("number")
    return next((numbers.get(w, 2) for w in words if w in word_set("two") or w in numbers), 0)


def _seen(mention: ActMention, states: Sequence[Encoded]) -> Seen:
    """Return a mention as the network sees one, its parties as sure as words can be."""
    ends = [int(each.window.spans[:, 1].max()) for each in states]
    window = min(bisect_right(ends, mention.words[0]), len(states) - 1)
    spans = states[window].window.spans
    sides = np.zeros((SIDES, len(spans)), dtype=np.float32)
    for side, role in enumerate(ACT_ROLES[:SIDES]):
        for words in mention.roles[role]:
            sides[side, slice(*(pieces_in(spans, words) or (0, 0)))] = 1.0
    piece = (pieces_in(spans, mention.words) or (0, 0))[0]
    return Seen(mention=mention, window=window, piece=piece, sides=sides)
