"""A made year: what keeping and settling cost as a store grows tenfold, and tenfold again.

usage: python -m benchmarks.grow [--articles N]

Stories are drawn over the days of a year, over all states, and over towns; each is told by some
outlets, a third of which print an agency's text with a sentence of their own.  Texts are made from
templates, and a stand-in for the analysis makes by hand what there is to find in them, so that what
is measured is the process that writes, alone.  The numbers of articles are 1,000, ten times that,
and so on up to N, each in a process and a store of its own, small ones several times over, for
the processor time of seconds differs from one time to the next.  Printed are processor time, the
most memory of the process, and how both grew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from statistics import fmean

from benchmarks.reading import peak_megabytes
from tocsin.keys import article_key, claim_key, event_key, statement_key
from tocsin.records import (
    Account,
    Actor,
    Article,
    Count,
    DateWords,
    Event,
    Finding,
    Manner,
    Naming,
    OfficeClaim,
    Place,
    Report,
    Span,
    Stance,
    Statement,
    Status,
    Verdict,
)
from tocsin.reference.countries import Country, load_countries
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer

FIRST, TIMES = 1_000, 10
#: So many times the articles may take this many times the time.
ALLOWED = 10.5

_SEED = 7
_FIRST_DAY, _DAYS = date(2024, 1, 1), 366
_OUTLETS, _TOWNS = 400, 3_000
_AT_LEAST = 5_000  #: articles, for a size to be measured; the mean counts
_BATCH = 128  #: results kept in one transaction, as `tocsin gather` does
_VERBS = ("shelled", "struck", "raided", "bombed", "attacked")
_TARGETS = ("power station", "railway depot", "border post", "market", "port", "oil depot")
_SPEAKERS = ("officials", "police", "witnesses", "rescue workers")
_SYLLABLES = tuple(c + v + e for c in "bcdfghklmnprstvz" for v in "aeiou" for e in ("", "n", "r"))
_ACCOUNT = Account(tocsin="made", pipeline="made", reference="made")


# --------------------------------------------------------------------------- the made year


def make_year(number: int) -> Iterator[Report]:
    """Yield the reports on so many articles of a year, in the order in which they appear."""
    random = Random(_SEED)
    world = _World(random)
    stories = sorted((world.story() for _ in range(number // 3)), key=lambda story: story.day)
    told = (report for story in stories for report in story.reports(world))
    return islice(told, number)


class _World:
    """What stories are drawn from; of states and words the first come most often."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.number = 0
        states = [c for c in load_countries().by_code.values() if c.kind == "state"]
        self.states = random.sample(states, len(states))
        self.towns = [(self._word(2).title(), random.choice(states)) for _ in range(_TOWNS)]
        self.words = [self._word(random.choice((2, 2, 3, 3, 4))) for _ in range(20_000)]
        self._weights = list(accumulate(1 / (n + 2) for n in range(len(self.words))))

    def story(self) -> _Story:
        town, victim = self.random.choice(self.towns)
        weights = self._weights[: len(self.states)]
        [actor] = self.random.choices(self.states, cum_weights=weights)
        return _Story(
            day=_FIRST_DAY + timedelta(days=self.random.randrange(_DAYS)),
            actor=actor,
            victim=victim,
            town=town,
            target=self.random.choice(_TARGETS),
            dead=self.random.randint(1, 40),
            prose=self.prose(),
        )

    def prose(self, sentences: int = 9) -> str:
        """Return so many sentences of twelve words."""
        words = self.random.choices(self.words, cum_weights=self._weights, k=12 * sentences)
        each = (" ".join(words[at : at + 12]) for at in range(0, len(words), 12))
        return " ".join(f"{sentence.capitalize()}." for sentence in each)

    def address(self) -> str:
        self.number += 1
        return f"https://outlet{self.random.randrange(_OUTLETS)}.example/{self.number}"

    def _word(self, syllables: int) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=syllables))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """An attack, and the prose of the agency that tells of it."""

    day: date
    actor: Country
    victim: Country
    town: str
    target: str
    dead: int
    prose: str

    def reports(self, world: _World) -> Iterator[Report]:
        """Yield what outlets tell of it: one to twelve of them, few as a rule."""
        random = world.random
        agency = self._lead(random)
        for _ in range(random.choice((1, 1, 2, 2, 3, 3, 4, 4, 6, 12))):
            printed = random.random() < 1 / 3
            lead = agency if printed else self._lead(random)
            prose = f"{self.prose} {world.prose(1)}" if printed else world.prose()
            late = random.random() < 1 / 4
            yield _Telling(self, lead, prose, world.address(), late, random).report()

    def _lead(self, random: Random) -> str:
        return (
            f"Forces of {self.actor.name} {random.choice(_VERBS)} a {self.target} in {self.town}"
            f" on {self.day:%A}, killing {self.dead} people, {random.choice(_SPEAKERS)} said."
        )


class _Telling:
    """One article with what there is to find in it."""

    def __init__(
        self, story: _Story, lead: str, prose: str, url: str, late: bool, random: Random
    ) -> None:
        self.story, self.random, self.lead = story, random, lead
        self.minister = f"The foreign minister of {story.victim.name}"
        text = f"{lead} {prose} {self.minister}, speaking in {story.town}, condemned the attack."
        day = story.day + timedelta(days=late)
        plain = Article(id="", text=text, url=url, published=day)
        key = article_key(plain.text_id, url)
        self.article = Article(id=key, text=text, url=url, published=day)

    def report(self) -> Report:
        words = self.lead.split(", ")
        speaker = self._actor(words[-1].removesuffix(" said."), "collective")
        minister = self._actor(self.minister, "office", self.story.victim, sector="GOV")
        told = self._at(", ".join(words[:-1]))
        said = self._state(speaker, told, Naming.ANONYMOUS)
        condemned = self._state(minister, self._at("the attack."), Naming.OFFICE)
        claim = self._claim()
        return Report(
            article=self.article,
            statements=(said, condemned),
            events=(self._attack(told, said.id), self._condemn(minister)),
            office_claims=(claim,),
            findings=(self._finding(claim),),
            dating=None,
            account=_ACCOUNT,
        )

    def _attack(self, told: Span, said: str) -> Event:
        story, dead = self.story, f"{self.story.dead} people"
        target = f"{story.target} in {story.town}"
        return self._event(
            "ASSAULT",
            self._at(self.lead.removeprefix(f"Forces of {story.actor.name} ").split()[0]),
            told,
            (self._actor(story.actor.name, "country", story.actor),),
            (self._actor(target, "person", story.victim),),
            status=Status.REPORTED,
            asserted_by=said,
            place=Place(words=self._at(story.town), name=story.town, country=story.victim.code),
            date=DateWords(words=self._at(f"{story.day:%A}"), earliest=story.day, latest=story.day),
            counts=(Count(kind="dead", low=story.dead, high=story.dead, words=self._at(dead)),),
        )

    def _condemn(self, minister: Actor) -> Event:
        start, end = minister.words[0], len(self.article.text) - 1
        actor = self._actor(self.story.actor.name, "country", self.story.actor)
        return self._event("ACCUSE", self._at("condemned"), (start, end), (minister,), (actor,))

    def _at(self, words: str) -> Span:
        start = self.article.text.index(words)
        return start, start + len(words)

    def _actor(
        self, name: str, kind: str, country: Country | None = None, sector: str | None = None
    ) -> Actor:
        code = country.plover if country else None
        return Actor(name=name, words=self._at(name), kind=kind, country=code, sector=sector)

    def _state(self, speaker: Actor, content: Span, naming: Naming) -> Statement:
        return Statement(
            id=statement_key(self.article.text_id, (content,), None),
            speaker=speaker,
            speaker_words=speaker.words,
            cue=None,
            content=(content,),
            manner=Manner.INDIRECT,
            stance=Stance.ASSERTS,
            naming=naming,
        )

    def _event(
        self,
        type_: str,
        trigger: Span,
        words: Span,
        actors: tuple[Actor, ...],
        recipients: tuple[Actor, ...],
        status: Status = Status.ASSERTED,
        asserted_by: str = "article",
        place: Place | None = None,
        date: DateWords | None = None,
        counts: tuple[Count, ...] = (),
    ) -> Event:
        return Event(
            id=event_key(self.article.text_id, trigger, type_),
            type=type_,
            mode=None,
            quad=4 if type_ == "ASSAULT" else 3,
            score=-2.0,
            confidence=0.9,
            actors=actors,
            recipients=recipients,
            words=words,
            trigger=trigger,
            status=status,
            asserted_by=asserted_by,
            place=place,
            date=date,
            counts=counts,
        )

    def _claim(self) -> OfficeClaim:
        at, office = self._at(self.minister), f"{self.story.victim.code}:foreign_minister"
        return OfficeClaim(
            id=claim_key(self.article.text_id, at, self.minister, (office,), None),
            words=at,
            office=self.minister,
            office_words=at,
            name=None,
            name_words=None,
            country=self.story.victim.code,
            offices=(office,),
        )

    def _finding(self, claim: OfficeClaim) -> Finding:
        return Finding(
            check="tenure",
            verdict=Verdict.NO_RECORD,
            sentence="The article does not name the minister.",
            about=claim.id,
            words=claim.words,
        )


# --------------------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of a store of so many articles: seconds of processor time, and megabytes at most."""

    articles: int
    keeping: float
    settling: float
    memory: float

    @property
    def seconds(self) -> float:
        """Of both."""
        return self.keeping + self.settling

    def told(self) -> str:
        """Return the line to print."""
        return (
            f"{self.articles:,} articles: {self.seconds:.1f} s"
            f" ({self.keeping:.1f} keeping, {self.settling:.1f} settling),"
            f" {self.articles / self.seconds:.0f} a second, {self.memory:.0f} MB at most"
        )


def measure_store(number: int) -> Cost:
    """Keep and settle so many articles in a new store; call it in a process of its own."""
    keeping = 0.0
    reports = make_year(number)
    with tempfile.TemporaryDirectory() as folder:
        connection = open_database(Path(folder) / "year", create=True)
        writer = Writer(connection)
        while batch := [(r.article.id, "made", r) for r in islice(reports, _BATCH)]:
            began = time.process_time()
            writer.keep(batch)
            keeping += time.process_time() - began
        began = time.process_time()
        settle(connection)
        settling = time.process_time() - began
        connection.close()
    return Cost(articles=number, keeping=keeping, settling=settling, memory=peak_megabytes())


def measure(most: int) -> Iterator[str]:
    """Yield the lines to print."""
    before: Cost | None = None
    number = FIRST
    while number <= most:
        cost = _measure_apart(number)
        yield cost.told()
        if before is not None:
            yield (
                f"  {TIMES} times the articles: {cost.seconds / before.seconds:.1f} times the time"
                f" ({ALLOWED} allowed), {cost.memory / before.memory:.2f} times the memory"
            )
        before, number = cost, number * TIMES


def _measure_apart(number: int) -> Cost:
    costs = [_measure_once(number) for _ in range(max(1, _AT_LEAST // number))]
    means = {name: fmean(getattr(cost, name) for cost in costs) for name in Cost.__slots__}
    return Cost(**means | {"articles": number})  # type: ignore[arg-type]


def _measure_once(number: int) -> Cost:
    command = [sys.executable, "-m", "benchmarks.grow", "--store", str(number)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grow", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="of the largest store")
    parser.add_argument("--store", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.store:
        cost = measure_store(given.store)
        print(json.dumps({name: getattr(cost, name) for name in Cost.__slots__}))
        return
    for line in measure(given.articles):
        print(line, flush=True)


if __name__ == "__main__":
    main()
