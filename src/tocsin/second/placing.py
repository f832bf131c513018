"""Placing: which countries the network gives the sides of acts that somebody else found.

Rules say whom the words for a party mean; where they know no country ("the police", "residents"),
the network says which of those that the article names it is, as it does for the acts it finds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tocsin.extract.events.sides import LEAST_COUNTRY, LEAST_LIKELIEST
from tocsin.extract.grammar.words import is_plural, tokens_at
from tocsin.extract.mentions.resolution import Scene
from tocsin.models.acts import ActMention, ActReader, CountryWords, ReadActs, Seen
from tocsin.models.encoder import Encoded
from tocsin.models.networks import Floats
from tocsin.models.pieces import pieces_in
from tocsin.models.reader import ACT_ROLES, SIDES
from tocsin.records import Span


def place_acts(
    acts: ActReader,
    states: Sequence[Encoded],
    mentions: Sequence[ActMention],
    named: Sequence[CountryWords],
    scene: Scene,
) -> ReadActs:
    """Return mentions, of which there must be some, with the countries of their sides.

    Args:
        acts: the network's heads for acts.
        states: of the windows of the text.
        mentions: words that tell acts, with those for their parties.
        named: the words of the text that name a country.
        scene: says whom words mean; a country that it gives words for a side is on that side.
    """
    read = acts.together(states, [_seen(each, states) for each in mentions], named)
    countries = read.countries.copy()
    for number, mention in enumerate(mentions):
        for side, role in enumerate(ACT_ROLES[:SIDES]):
            row = countries[number, side]
            row[:] = _chances(row, read.codes, mention.roles[role], scene)
    return replace(read, countries=countries)


def _chances(row: Floats, codes: Sequence[str], sides: Sequence[Span], scene: Scene) -> Floats:
    """Return the chances of each country on a side for which these words are given.

    Whom rules can place is of that country.  Each of the others is of the network's next likeliest;
    one that may be several, of whichever it is sure of; and where no words are, of those alone.
    """
    who = [(words, scene.actors(words)) for words in sides]
    given = {a.country for _, actors in who for a in actors if a.country in codes}
    others = [words for words, actors in who if not any(a.country for a in actors)]
    order = [n for n in np.argsort(-row, kind="stable") if codes[n] not in given]
    taken = [n for n in order[: len(others)] if row[n] >= LEAST_LIKELIEST]
    several = not who or any(is_plural(tokens_at(scene.doc, words).root) for words in others)
    chances = np.where(row >= LEAST_COUNTRY, row, 0.0) if several else np.zeros_like(row)
    chances[[*taken, *map(codes.index, given)]] = 1.0
    return chances


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
