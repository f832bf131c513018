"""The records of a brief: its scope, the records it shows, and sentences with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tocsin.faces import AsPage
from tocsin.records import Finding, ReportedEvent, Span, Statement
from tocsin.reference.treaties import Treaty
from tocsin.store.kinds.printed import Print
from tocsin.store.situation import Spot
from tocsin.watch.alarms import Alarm
from tocsin.watch.lists import Entry
from tocsin.watch.outlook import Outlook
from tocsin.watch.past import ThenAndNow


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a brief is about: PLOVER's codes of countries, days, and from which run on it is new."""

    about: tuple[str, ...]
    reader: str | None  #: the country for which it is written
    since: date
    until: date
    new_from: int | None = None  #: number of a run of the store; None: all that is there

    @property
    def concerned(self) -> tuple[str, ...]:
        """The countries, and the reader's."""
        return tuple(dict.fromkeys((*self.about, *filter(None, [self.reader]))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with ids of records behind it, and the question that a store answers with all."""

    text: str
    records: tuple[str, ...] = ()
    query: str | None = None  #: as behind `tocsin`: "series --actor RUS --since 2024-10-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One record that is shown, with its words and the articles they stand in."""

    id: str
    record: ReportedEvent | Statement | Finding  #: of an event few tellings, one of each voice
    words: str  #: as the earliest article has them; of a finding, what it says
    day: date | None
    text_id: str | None  #: in which `at` counts characters; None where there are several
    at: tuple[Span, ...]  #: one for each piece of the words
    prints: tuple[Print, ...]  #: the earliest articles
    articles: int  #: how many there are
    alike: int = 0  #: others between the same two of this type, or that say the same
    stands: bool = True  #: of an event: whether what stands counts it


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How much one party did to another, day by day; both alike inside a country."""

    actor: str
    recipient: str
    first: date
    reports: tuple[int, ...]  #: deeds of conflict first told on each day
    standing: tuple[int, ...]  #: those of them that stand
    covered: tuple[bool, ...]  #: whether there is any article of the day


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """All that one party did to another over the days of the brief."""

    actor: str
    recipient: str
    events: int
    conflict: int  #: those of quad class 3 or 4
    score: float  #: the mean of PLOVER's


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(AsPage):
    """One page on a situation over time, made of the records of a store alone."""

    scope: Scope
    articles: int  #: of the days of the brief; copies count once
    opening: tuple[Sentence, ...]
    alarms: tuple[Alarm, ...]
    alarms_in_all: int  #: with any party, in the days of the brief
    expected_false: float  #: how many of these would ring if nothing had changed anywhere
    parts: Mapping[str, tuple[str, ...]]  #: ids of the records that each part shows
    entries: tuple[Entry, ...]  #: of running lists, the latest first
    outlooks: tuple[Outlook, ...]  #: of the pairs in `courses`
    past: ThenAndNow | None  #: of the first of them
    treaties: tuple[Treaty, ...]  #: of mutual defence that bind the reader's country
    questions: tuple[Sentence, ...]
    references: tuple[Reference, ...]  #: every record, in the order of the page
    courses: tuple[Course, ...]
    ties: tuple[Tie, ...]
    spots: tuple[Spot, ...]
