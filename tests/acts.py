"""What the network would read, given by hand, so that rules for events are tested without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from tests.parses import parsed
from tocsin.extract.events.event_records import find_events
from tocsin.extract.mentions.resolution import Scene
from tocsin.models.acts import ActMention, ActReader, Calibration, CountryWords, ReadActs
from tocsin.models.encoder import Encoded
from tocsin.models.reader import ACT_ROLES, SIDES, STATUSES, TYPES
from tocsin.models.reading import Reading
from tocsin.records import Article, Event, Span, Statement

DAY = date(2024, 6, 12)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A mention of an act as the network sees it; words are those of the text."""

    act: str
    type: str
    chance: float = 0.9
    status: str = "asserted"
    statuses: Mapping[str, float] = field(default_factory=dict)
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    countries: Sequence[Mapping[str, float]] = ({}, {})
    same: int | None = None  #: number of the mention that tells the same act


class Given(ActReader):
    """A reader that has seen what it is given."""

    def __init__(self, text: str, seen: Sequence[Seen], threshold: float = 0.5) -> None:
        """Take the text and all mentions in it."""
        flat = Calibration(bias=0.0, chance=1.0, type=0.0, told=0.0, agrees=0.0, differs=0.0)
        for name, value in {
            "calibration": flat, "threshold": threshold, "least": 0.3, "text": text, "seen": seen,
        }.items():  # fmt: skip
            object.__setattr__(self, name, value)

    text: str
    seen: Sequence[Seen]

    def read(
        self,
        _: Sequence[Encoded],
        named: Sequence[CountryWords] = (),
        *,
        least: float | None = None,  # noqa: ARG002 - what was given is all there is
    ) -> ReadActs:
        """Return what was given, with the countries that the text names."""
        codes = sorted({code for _, code in named})
        countries = np.zeros((len(self.seen), SIDES, len(codes)), dtype=np.float32)
        telling = np.zeros(countries.shape, dtype=np.int64)
        for number, each in enumerate(self.seen):
            for side, chances in enumerate(each.countries):
                for code, chance in chances.items():
                    countries[number, side, codes.index(code)] = chance
        for column, code in enumerate(codes):
            telling[..., column] = [of for _, of in named].index(code)
        same = np.eye(len(self.seen), dtype=np.float32)
        for number, each in enumerate(self.seen):
            if each.same is not None:
                same[number, each.same] = same[each.same, number] = 1.0
        return ReadActs(
            mentions=tuple(self._mention(each) for each in self.seen),
            same=same,
            codes=tuple(codes),
            countries=countries,
            telling=telling,
        )

    def _mention(self, seen: Seen) -> ActMention:
        statuses = seen.statuses or {seen.status: 1.0}
        return ActMention(
            words=self._at(seen.act),
            chance=seen.chance,
            types=np.array([float(name == seen.type) for name in TYPES], dtype=np.float32),
            statuses=np.array([statuses.get(name, 0.0) for name in STATUSES], dtype=np.float32),
            roles={
                role: tuple(self._at(words) for words in seen.roles.get(role, ()))
                for role in ACT_ROLES
            },
        )

    def _at(self, words: str) -> Span:
        start = self.text.index(words)
        return start, start + len(words)


def events_of(
    tree: str,
    *seen: Seen,
    statements: Sequence[Statement] = (),
    published: date | None = DAY,
    threshold: float = 0.5,
    **others: Any,
) -> list[Event]:
    """Return the events of a parse written by hand, of which the network has seen so much."""
    doc = parsed(tree, **others)
    article = Article(id="a", text=doc.text, published=published)
    scene = Scene(doc, article)
    return list(find_events(Reading(doc), scene, statements, Given(doc.text, seen, threshold)))
