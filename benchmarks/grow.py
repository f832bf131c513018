"""A made year: what keeping and settling cost as a store grows tenfold, and tenfold again.

usage: python -m benchmarks.grow [--articles N]

Stories are drawn over the days of a year, of which nine months are kept, over all states, and over
towns; each is told by some outlets, a third of which print an agency's text with a sentence of
their own.  Texts are made from templates, and a stand-in for the analysis makes by hand what there
is to find in them, so that what is measured is the process that writes, alone. The numbers of
articles are 1,000, ten times that, and so on up to N, each in a process and a store of its own,
small ones several times over, for the processor time of seconds differs from one time to the next.
Printed are processor time, the most memory of the process, and how both grew.
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

from benchmarks.drafts import Draft
from benchmarks.reading import peak_megabytes
from tocsin.records import Actor, Count, DateWords, Naming, Place, Report, Status, Verdict
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
            late = timedelta(days=random.random() < 1 / 4)
            yield _report(self, lead, prose, world.address(), self.day + late)

    def _lead(self, random: Random) -> str:
        return (
            f"Forces of {self.actor.name} {random.choice(_VERBS)} a {self.target} in {self.town}"
            f" on {self.day:%A}, killing {self.dead} people, {random.choice(_SPEAKERS)} said."
        )


def _report(story: _Story, lead: str, prose: str, url: str, day: date) -> Report:
    """Return one article with what there is to find in it."""
    office = f"The foreign minister of {story.victim.name}"
    draft = Draft(
        text=f"{lead} {prose} {office}, speaking in {story.town}, condemned the attack.",
        url=url,
        published=day,
    )
    told, source = lead.rsplit(", ", 1)
    speaker = draft.actor(source.removesuffix(" said."), kind="collective", country=None)
    minister = draft.actor(office, kind="office", country=story.victim.plover, sector="GOV")
    doer = draft.actor(story.actor.name, kind="country", country=story.actor.plover)
    said = draft.state(speaker, told, naming=Naming.ANONYMOUS)
    draft.state(minister, "the attack.", naming=Naming.OFFICE)
    _attack(draft, story, told, doer, said.id)
    draft.happen(
        office,
        "condemned",
        type="ACCUSE",
        quad=3,
        score=-2.0,
        words=(minister.words[0], len(draft.text) - 1),
        actors=(minister,),
        recipients=(doer,),
    )
    claim = draft.claim(office, office, None, f"{story.victim.code}:foreign_minister")
    draft.find(claim, Verdict.NO_RECORD, sentence="The article does not name the minister.")
    return draft.report


def _attack(draft: Draft, story: _Story, told: str, doer: Actor, said: str) -> None:
    day, dead = f"{story.day:%A}", f"{story.dead} people"
    hit = draft.actor(f"{story.target} in {story.town}", kind="person", country=story.victim.plover)
    draft.happen(
        told,
        told.removeprefix(f"Forces of {story.actor.name} ").split()[0],
        score=-2.0,
        actors=(doer,),
        recipients=(hit,),
        status=Status.REPORTED,
        asserted_by=said,
        place=Place(words=draft.at(story.town), name=story.town, country=story.victim.code),
        date=DateWords(words=draft.at(day), earliest=story.day, latest=story.day),
        counts=(Count(kind="dead", low=story.dead, high=story.dead, words=draft.at(dead)),),
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
