"""Acts as the network reads them: words that tell one, its parties, how sure the wording is.

It works from the encoder's states (no parse).  What the words for a party stand for is for rules to
say (`tocsin.extract.events`); where they cannot, the network says which of the countries that the
article names it is.  How it was made, from what, and how good it is: `docs/model-card-reader.md`.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np

from tocsin.models.encoder import Encoded
from tocsin.models.networks import WEIGHTS, Floats, Ints, Network, open_network, sigmoid
from tocsin.models.pieces import pieces_in
from tocsin.models.reader import (
    ACT_ROLES,
    LEAST_ROLE,
    SIDES,
    TYPES,
    facts_of_countries,
    facts_of_pairs,
    steps_away,
)
from tocsin.models.roles import Roles, end_of_run, load_roles, mean_by_word, offsets_of, runs_of
from tocsin.records import Span

#: A piece that begins an act with less probability is worth no word.
LEAST_ACT = 0.1
#: Words are taken for a role from this probability on.
LEAST_WORDS = 0.5
#: A further piece belongs to the words of an act from this probability on.
LEAST_INSIDE = 0.6
#: Two mentions tell one act from this probability on.
LEAST_SAME = 0.5
#: Mentions that are compared with each other at once: each two take some kilobytes.
MENTIONS_AT_ONCE = 128
_INSIDE = len(TYPES) + 1

#: Words that name a country, and its code.
CountryWords = tuple[Span, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActMention:
    """Words that tell an act, as the network reads them."""

    words: Span
    chance: float  #: that an act of any type begins here
    types: Floats  #: (16,) chances of `TYPES`, given that it is an act
    statuses: Floats  #: (9,) chances of `STATUSES`
    roles: Mapping[str, tuple[Span, ...]]  #: the words for each of `ACT_ROLES`

    @property
    def type(self) -> str:
        """Return the likeliest type."""
        return TYPES[int(self.types.argmax())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How probably careful reading marks an act, from what network and lexicon say (logistic).

    The weights are in the order of `features_of`; they were fitted on marked articles from
    whose marks the network did not learn (`training.reader.calibrate`).
    """

    bias: float
    chance: float  #: of the logit of the surest mention
    type: float  #: of the logit of the type's chance
    told: float  #: of the logarithm of the number of mentions
    agrees: float  #: where the lexicon has the same type for the words
    differs: float  #: where it has another

    def confidence(self, features: Sequence[float]) -> float:
        """Return the probability that reading marks an act of this type in these words."""
        weights = self.bias, self.chance, self.type, self.told, self.agrees, self.differs
        score = sum(w * f for w, f in zip(weights, features, strict=True))
        return 1 / (1 + math.exp(-score))


def features_of(
    *, chance: float, type_chance: float, mentions: int, agrees: bool, differs: bool
) -> tuple[float, ...]:
    """Return what the confidence of an act is made of, in the order of `Calibration`'s weights."""
    told = math.log(mentions)
    return 1.0, logit(chance), logit(type_chance), told, float(agrees), float(differs)


def logit(chance: float) -> float:
    """Return the logarithm of the odds, of chances that are neither none nor certain."""
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadActs:
    """The A mentions of one article, which of them are one act, and K countries of their sides."""

    mentions: tuple[ActMention, ...]
    same: Floats  #: (A, A)
    codes: tuple[str, ...]
    countries: Floats  #: (A, 2, K) chances
    telling: Ints  #: (A, 2, K) the number of the words that speak most for each


#: What is read of a text that tells no act.
_NOTHING = ReadActs(
    mentions=(),
    same=np.zeros((0, 0), dtype=np.float32),
    codes=(),
    countries=np.zeros((0, SIDES, 0), dtype=np.float32),
    telling=np.zeros((0, SIDES, 0), dtype=np.int64),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A mention, the window and the piece of it that it begins at, and its window's sides (2, T):
    how surely each piece is among the words for the actor and for the recipient.
    """

    mention: ActMention
    window: int
    piece: int
    sides: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ActReader:
    """Loaded networks; they hold no state between calls."""

    roles: Roles
    calibration: Calibration
    threshold: float  #: less confident acts are not reported
    least: float  #: less probable mentions are not joined to an act
    #: acts (A, D), pairs (A, A, 4), parties (A, 2, D), words (C, D), away (A, C),
    #: facts (A, 2, C, 4) -> scores (A, A) and (A, 2, C).
    network: Network

    def read(
        self,
        states: Sequence[Encoded],
        named: Sequence[CountryWords] = (),
        *,
        least: float | None = None,
    ) -> ReadActs:
        """Return the acts of a text in the order of their words.

        Args:
            states: of the windows of one text.
            named: its words that name a country.
            least: less probable mentions are left out; the reader's own `least` where not given.
        """
        seen = list(self._find(states, self.least if least is None else least))
        return self.together(states, seen, named) if seen else _NOTHING

    def _find(self, states: Sequence[Encoded], least: float) -> Iterator[Seen]:
        for window, encoded in enumerate(states):
            pieces = _begins(encoded, least)
            if not pieces:
                continue
            read, told = self.roles.read(encoded, pieces)
            by_word = mean_by_word(read[:, : len(ACT_ROLES)], encoded.window.words)
            for piece, roles, words, statuses in zip(pieces, read, by_word, told, strict=True):
                mention = _mention(encoded, piece, words, statuses)
                yield Seen(mention=mention, window=window, piece=piece, sides=roles[:SIDES])

    def together(
        self, states: Sequence[Encoded], seen: Sequence[Seen], named: Sequence[CountryWords]
    ) -> ReadActs:
        """Return mentions of one text with which are one act, and the countries of their sides."""
        told = list(_places_of(named, states))
        codes = sorted({named[number][1] for number, _, _ in told})
        # Without words there would be no columns; one stands for them, and nothing is asked of it.
        number, *words = np.array(told or [(0, 0, 0)]).T
        acts = [np.array([each.window for each in seen]), np.array([each.piece for each in seen])]
        code = np.array([codes.index(named[n][1]) for n, _, _ in told] or [0])
        begun = np.cumsum([0, *(len(each.window.ids) for each in states)])
        far, words_far = (begun[window] + piece for window, piece in (acts, words))
        overlaps = _overlaps(seen, *words)
        ids = np.array([states[each.window].window.ids[each.piece] for each in seen])
        types = np.array([each.mention.types.argmax() for each in seen])
        parties = np.stack([_mean(states[each.window].states, each.sides) for each in seen])
        act_states, word_states = _states_at(states, *acts), _states_at(states, *words)
        same = np.zeros((len(seen), len(seen)), dtype=np.float32)
        scores = np.zeros(overlaps.shape, dtype=np.float32)
        halves = max(2, math.ceil(2 * len(seen) / MENTIONS_AT_ONCE))
        parts = np.array_split(np.arange(len(seen)), halves)
        for some in map(np.concatenate, combinations(parts, 2)):  # until each two were together
            same[np.ix_(some, some)], scores[some] = self.network(
                {
                    "acts": act_states[some],
                    "pairs": facts_of_pairs(types[some], ids[some], far[some]),
                    "parties": parties[some],
                    "words": word_states,
                    "away": steps_away(far[some], words_far),
                    "facts": facts_of_countries(
                        overlaps[some], words_far, code, (acts[0][some], words[0])
                    ),
                }
            )
        joined = sigmoid(same)
        countries, telling = _by_code(scores, code, len(codes))
        return ReadActs(
            mentions=tuple(each.mention for each in seen),
            same=np.float32(0.5) * (joined + joined.T),
            codes=tuple(codes),
            countries=countries,
            telling=number[telling],
        )


@cache
def load_act_reader(folder: Path = WEIGHTS) -> ActReader:
    """Load the networks whose weights lie in `folder`."""
    settings = json.loads((folder / "reader.json").read_text(encoding="utf8"))["acts"]
    return ActReader(
        roles=load_roles(folder),
        network=open_network(folder / "acts.onnx"),
        calibration=Calibration(**settings["calibration"]),
        threshold=settings["threshold"],
        least=settings["least"],
    )


def join_mentions(same: Floats, chosen: Sequence[int]) -> list[list[int]]:
    """Group the mentions with the numbers `chosen` that tell one act, in the order of the text.

    `same` (A, A) is how surely each two mentions tell one act.
    """
    rows = same.tolist()  # means of so few numbers are dear in numpy
    groups: list[list[int]] = []
    for number in chosen:
        likeness = [sum(rows[number][one] for one in group) / len(group) for group in groups]
        best = max(range(len(groups)), key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] > LEAST_SAME:
            groups[best].append(number)
        else:
            groups.append([number])
    return groups


# --------------------------------------------------------------------------- mentions


def _begins(encoded: Encoded, least: float) -> list[int]:
    """Return the pieces that begin an act more probably than their neighbours do."""
    chances = encoded.acts[:, 1:_INSIDE].sum(-1) * (encoded.window.words > 0)
    around = np.pad(chances, 1)
    likely = (chances >= least) & (chances >= around[:-2]) & (chances >= around[2:])
    return [int(piece) for piece in np.flatnonzero(likely)]


def _mention(encoded: Encoded, piece: int, by_word: Floats, statuses: Floats) -> ActMention:
    window = encoded.window
    types = encoded.acts[piece, 1:_INSIDE]
    return ActMention(
        words=offsets_of(window.spans, (piece, _end_of_act(encoded, piece))),
        chance=float(types.sum()),
        types=types / types.sum(),
        statuses=statuses,
        roles={
            role: tuple(offsets_of(window.spans, run) for run in runs_of(row > LEAST_WORDS))
            for role, row in zip(ACT_ROLES, by_word, strict=True)
        },
    )


def _end_of_act(encoded: Encoded, piece: int) -> int:
    """Return where the words of the act that begins at `piece` end."""
    words = encoded.window.words
    same_word = np.append(False, words[1:] == words[:-1])
    inside = encoded.acts[:, _INSIDE] >= LEAST_INSIDE
    return end_of_run((words > 0) & (same_word | inside), piece)


# --------------------------------------------------------------------------- countries


def _places_of(
    named: Sequence[CountryWords], states: Sequence[Encoded]
) -> Iterator[tuple[int, int, int]]:
    """Yield the number of words that name a country, and the window and piece they begin at."""
    ends = [int(each.window.spans[:, 1].max()) for each in states]
    for number, (words, _) in enumerate(named):
        window = bisect_right(ends, words[0])
        run = pieces_in(states[window].window.spans, words) if window < len(ends) else None
        if run is not None:
            yield number, window, run[0]


def _states_at(states: Sequence[Encoded], windows: Ints, pieces: Ints) -> Floats:
    return np.stack([states[w].states[p] for w, p in zip(windows, pieces, strict=True)])


def _overlaps(seen: Sequence[Seen], windows: Ints, pieces: Ints) -> Floats:
    """Return how surely each of C words is among those for each side of A acts, (A, 2, C)."""
    found = np.zeros((len(seen), SIDES, len(windows)), dtype=np.float32)
    for row, each in zip(found, seen, strict=True):
        here = windows == each.window
        row[:, here] = each.sides[:, pieces[here]]
    return found


def _mean(states: Floats, sides: Floats) -> Floats:
    """Return the mean states (2, D) of the words for each side, by their chances (2, T)."""
    weights = sides * (sides > LEAST_ROLE)
    weights = weights / np.maximum(weights.sum(-1, keepdims=True), 1e-6)
    mean: Floats = (weights @ states).astype(np.float32)
    return mean


def _by_code(scores: Floats, numbers: Ints, codes: int) -> tuple[Floats, Ints]:
    """Return the chance of each country (A, 2, K), and which words speak most for it."""
    chances = np.zeros((*scores.shape[:2], codes), dtype=np.float32)
    telling = np.zeros(chances.shape, dtype=np.int64)
    for code in range(codes):
        at = np.flatnonzero(numbers == code)
        own = scores[..., at]
        top = own.max(-1, keepdims=True)
        chances[..., code] = sigmoid(top[..., 0] + np.log(np.exp(own - top).sum(-1)))
        telling[..., code] = at[own.argmax(-1)]
    return chances, telling
