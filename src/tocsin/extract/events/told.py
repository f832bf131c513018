"""Acts as they are told: the mentions that tell one, with what network and lexicon make of them.

The network says which words tell an act, of which type, and which words tell one and the same; the
lexicon says its mode, how far it agrees, and of some (`lexicons/overruled.tsv`) the type as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tocsin.extract.events.acts import Act, acts_at, instrument_mode, is_accident
from tocsin.extract.grammar.arguments import carrier_of
from tocsin.extract.grammar.clauses import verb_above
from tocsin.extract.grammar.modality import change_of, is_done, is_taken_back
from tocsin.extract.grammar.words import helped_by, tokens_at
from tocsin.extract.mentions.resolution import Scene
from tocsin.lexicons.plover import Code, changed, modes_of
from tocsin.lexicons.words import word_set
from tocsin.models.acts import ActMention, ActReader, ReadActs, features_of, join_mentions
from tocsin.models.networks import Floats
from tocsin.models.parsed import Doc, Token, Words
from tocsin.models.reader import TYPES
from tocsin.models.reading import Reading
from tocsin.records import Span, Statement

#: How surely two mentions tell one act that words keep apart, whatever else is joined with them.
_NEVER = -math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that tell an act, in the network's eyes and in those of lexicon and grammar."""

    number: int  #: among the mentions that the network read
    read: ActMention
    root: Token  #: the word that the others of the mention hang on
    ruled: Act | None  #: what the lexicon has for these words
    code: Code | None  #: what lexicon and modality make of it

    @property
    def carrier(self) -> Token:
        """Return the word whose tense, modality and negation count."""
        return carrier_of(self.root if self.ruled is None else self.ruled.head)

    @property
    def overrules(self) -> frozenset[str]:
        """Return types of the network that are not to be believed of these words."""
        act = self.ruled
        return act.entry.overrules if act is not None and is_done(act.head) else frozenset()

    @property
    def is_taken_back(self) -> bool:
        """Whether the sentence says that it was not done."""
        return is_taken_back(self.carrier)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """All that was read of the acts of one article, before it becomes records.

    `named` are the words that name a country, among which the network sought those of the parties.
    """

    scene: Scene
    statements: tuple[Statement, ...]
    named: tuple[tuple[Span, str], ...]
    read: ReadActs
    mentions: tuple[Mention, ...]
    told: tuple[ToldAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ToldAct:
    """One act of the world: its mentions in the order of the text, and what they say together."""

    mentions: tuple[Mention, ...]
    type: str
    mode: str | None
    features: tuple[float, ...]  #: what its confidence is made of
    confidence: float

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of its mentions among those that the network read."""
        return [mention.number for mention in self.mentions]


def read_article(
    reading: Reading,
    scene: Scene,
    statements: Sequence[Statement],
    acts: ActReader,
    *,
    least: float | None = None,
) -> ReadArticle:
    """Return what was read of the article's acts; arguments as for `event_records.find_events`.

    Less probable mentions than `least` are left out, though only those that the reader thinks sure
    enough make an act.
    """
    named = tuple(scene.country_words())
    read = acts.read(reading.states, named, least=least)
    mentions = [mention_of(reading.doc, number, each) for number, each in enumerate(read.mentions)]
    return ReadArticle(
        scene=scene,
        statements=tuple(statements),
        named=named,
        read=read,
        mentions=tuple(mentions),
        told=tuple(_find_told(_kept_apart(read.same, mentions, scene), mentions, acts)),
    )


def _find_told(same: Floats, mentions: Sequence[Mention], reader: ActReader) -> Iterator[ToldAct]:
    """Yield the acts that careful reading would mark probably enough; an accident is none."""
    likely = [m for m in mentions if m.read.chance >= reader.least]
    harms = [m for m in likely if m.read.type == "ASSAULT"]
    accidents = {m.number for m in harms if is_accident(m.carrier)}
    blamed = {m.root.sent.start for m in harms if m.number not in accidents}
    sure = [m.number for m in likely if m.number not in accidents or m.root.sent.start in blamed]
    for group in join_mentions(same, sure):
        act = _told([mentions[number] for number in group], reader)
        if act.confidence >= reader.threshold:
            yield act


def _kept_apart(same: Floats, mentions: Sequence[Mention], scene: Scene) -> Floats:
    """Return how surely each two mentions tell one act: not at all where words say otherwise.

    Who strikes back is another than who struck first, whom the network takes for one now and then.
    Only what is done together is one act from either side: "A met B", "B met A".
    """
    apart = same.copy()
    read = [(m, m.is_taken_back, _countries_acting(m, scene)) for m in mentions]
    for (one, undone, ours), (other, undone_too, theirs) in combinations(read, 2):
        others = ours and theirs and ours.isdisjoint(theirs)
        together = others and {one.read.type, other.read.type} <= word_set("types_done_together")
        if (others and not together) or undone is not undone_too:
            apart[one.number, other.number] = apart[other.number, one.number] = _NEVER
    return apart


def _countries_acting(mention: Mention, scene: Scene) -> set[str]:
    actors = (actor for words in mention.read.roles["actor"] for actor in scene.actors(words))
    return {actor.country for actor in actors if actor.country is not None}


def mention_of(doc: Doc, number: int, read: ActMention) -> Mention:
    """Return the words that a reader takes for an act with what lexicon and grammar say of them."""
    words = tokens_at(doc, read.words)
    act = _ruled(words)
    code = changed((act.entry.type, act.entry.mode), change_of(act.head)) if act else None
    root = helped_by(words.root)  # "will" alone tells the act of its verb
    return Mention(number=number, read=read, root=root, ruled=act, code=code)


def _ruled(words: Words) -> Act | None:
    """Return the likeliest act of the lexicon of which one of the words tells.

    A noun of action is it rather where a verb lends it a tense: "*began* a hunger strike".
    """
    heads = dict.fromkeys((verb_above(words.root) or words.root, words.root.head, *words))
    acts = (act for head in heads for act in acts_at(head) if act.whole)
    told = (act for act in acts if any(token in words for token in act.trigger))
    return max(told, key=lambda a: a.score + (carrier_of(a.head) != a.head), default=None)


def _told(mentions: Sequence[Mention], reader: ActReader) -> ToldAct:
    types = mean_of([m.read.types for m in mentions])
    best = TYPES[int(types.argmax())]
    ruled = [m.code[0] for m in mentions if m.code is not None]
    best = next((m.code[0] for m in mentions if m.code and best in m.overrules - {*ruled}), best)
    features = features_of(
        chance=max(m.read.chance for m in mentions),
        type_chance=float(types[TYPES.index(best)]),
        mentions=len(mentions),
        agrees=best in ruled,
        differs=bool(ruled) and best not in ruled,
    )
    return ToldAct(
        mentions=tuple(mentions),
        type=best,
        mode=mode_of(best, mentions),
        features=features,
        confidence=reader.calibration.confidence(features),
    )


def mean_of(rows: Sequence[Floats]) -> Floats:
    """Return the mean of rows, which numpy takes its time for: most acts are told once."""
    mean: Floats = rows[0] if len(rows) == 1 else np.add.reduce(rows) / np.float32(len(rows))
    return mean


def mode_of(type: str, mentions: Sequence[Mention]) -> str | None:
    """Return the mode that the lexicon gives the act where it has the same type for its words."""
    own = [m.code[1] for m in mentions if m.code is not None and m.code[0] == type]
    means = (
        instrument_mode(m.ruled) for m in mentions if type == "ASSAULT" and m.ruled is not None
    )
    return next((mode for mode in (*own, *means) if mode in modes_of(type)), None)
