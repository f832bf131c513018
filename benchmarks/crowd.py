"""A crisis day: thousands of articles about acts of one actor, type and day, added in turns.

usage: python -m benchmarks.crowd [--articles N] [--turn N] [--copies N]

Half of the articles are of one day, by 300 outlets, on 20 towns: everybody writes about the same.
What would be found in them is made by hand, in the shape in which the pipeline finds it, so that
what is measured is keeping and settling alone.  Printed is, for each turn, the processor time of
adding it to a store that holds the turns before, and the memory of the process; then the same of
near copies of one text, all at once.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

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
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.tables import Connection
from tocsin.store.writer import Writer

_SEED = 3
_MONDAY = date(2025, 3, 3)
_OUTLETS = 300
_TOWNS = {
    "Kharkiv": (49.98, 36.25),
    "Odesa": (46.48, 30.73),
    "Kherson": (46.64, 32.61),
    "Zaporizhzhia": (47.84, 35.14),
    "Dnipro": (48.46, 35.04),
    "Sumy": (50.91, 34.8),
    "Chernihiv": (51.49, 31.29),
    "Mykolaiv": None,
    "Kramatorsk": (48.74, 37.56),
    "Pokrovsk": None,
    "Poltava": (49.59, 34.55),
    "Lviv": (49.84, 24.03),
    "Kryvyi Rih": (47.91, 33.39),
    "Nikopol": None,
    "Sloviansk": (48.87, 37.61),
    "Kostiantynivka": None,
    "Bakhmut": (48.59, 38.0),
    "Avdiivka": None,
    "Izium": (49.21, 37.26),
    "Kupiansk": None,
}
_WEAPONS = {
    "drones": "drone",
    "missiles": "aerial",
    "artillery": "heavy-weapons",
    "guided bombs": "aerial",
    "rockets": "heavy-weapons",
}
_VERBS = ("struck", "hit", "shelled", "attacked", "bombed")
_TARGETS = (
    "residential building",
    "power station",
    "railway depot",
    "school",
    "hospital",
    "market",
    "port",
    "oil depot",
    "apartment block",
    "warehouse",
)
_SPEAKERS = {
    "regional governor": ("office", Naming.OFFICE),
    "officials": ("collective", Naming.ANONYMOUS),
    "interior ministry": ("body", Naming.INSTITUTION),
    "police": ("body", Naming.INSTITUTION),
    "emergency services": ("body", Naming.INSTITUTION),
    "witnesses": ("collective", Naming.ANONYMOUS),
}
_REST = (
    "Rescue workers searched the rubble through the night.",
    "Power was cut in several districts.",
    "Trains were delayed for hours.",
    "Schools moved lessons online.",
    "The mayor visited the site in the morning.",
)
_MINISTER = "Ukraine's foreign minister"
_ACCOUNT = Account(tocsin="", pipeline="", reference="")


# --------------------------------------------------------------------------- made articles


def make_crowd(number: int, random: Random) -> Iterator[Report]:
    """Yield so many reports of articles about attacks of one day."""
    for at in range(number):
        yield _Attack(at, random).report()


class _Attack:
    """One made article with what there is to find in it."""

    def __init__(self, number: int, random: Random) -> None:
        self.town = random.choice(tuple(_TOWNS))
        self.weapon, self.target = random.choice(tuple(_WEAPONS)), random.choice(_TARGETS)
        self.speaker, self.dead = random.choice(tuple(_SPEAKERS)), random.randint(1, 40)
        self.told = (
            f"Russian {self.weapon} {random.choice(_VERBS)} a {self.target} in {self.town} on"
            f" Monday, killing {self.dead} people and injuring {self.dead * 3}"
        )
        text = (
            f"{self.told}, {self.speaker} said. {random.choice(_REST)} It was attack number"
            f" {number} that the outlet counted since the spring of the year. {_MINISTER}"
            " condemned the attack and called on allies to send more air defence systems to"
            f" {self.town}."
        )
        outlet = f"outlet{random.randrange(_OUTLETS)}.example"
        day = _MONDAY + timedelta(days=random.choice((0, 0, 0, 1, 2)))
        plain = Article(id="", text=text, url=f"https://{outlet}/{number}", published=day)
        key = article_key(plain.text_id, plain.url)
        self.article = Article(id=key, text=text, url=plain.url, published=day)

    def report(self) -> Report:
        body, naming = _SPEAKERS[self.speaker]
        request, aid = self._from("called on allies"), self._from("to send more air defence")
        said = self._state(self._actor(self.speaker, body), self._at(self.told), naming)
        minister = self._actor(_MINISTER, "office", country="UKR", sector="GOV")
        condemned = self._state(minister, self._at("the attack and"), Naming.OFFICE)
        demanded = self._state(minister, aid, Naming.OFFICE)
        allies = self._actor("allies", "collective", sector="GOV")
        claim = self._claim()
        return Report(
            article=self.article,
            statements=(said, condemned, demanded),
            events=(
                self._strike(said.id),
                self._event("ASSAULT", "attack number", self._at("attack"), (self._russia,)),
                self._event("ACCUSE", "condemned", self._from(_MINISTER), (minister,)),
                self._event("REQUEST", "called", request, (minister,), (allies,)),
                self._event("AID", "send", aid, (allies,), (self._victim,), status="hypothetical"),
            ),
            office_claims=(claim,),
            findings=(self._finding(claim),),
            dating=None,
            account=_ACCOUNT,
        )

    @property
    def _russia(self) -> Actor:
        return self._actor("Russia", "country", country="RUS")

    @property
    def _victim(self) -> Actor:
        return self._actor(self.town, "country", country="UKR")

    def _at(self, words: str) -> Span:
        start = self.article.text.index(words)
        return start, start + len(words)

    def _from(self, words: str) -> Span:
        """Return the words from these on to the end of the text."""
        return self._at(words)[0], len(self.article.text) - 1

    def _actor(
        self, name: str, kind: str, country: str | None = None, sector: str | None = None
    ) -> Actor:
        at = self._at(name)
        return Actor(name=name, words=at, kind=kind, country=country, sector=sector)

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

    def _strike(self, said: str) -> Event:
        spot = _TOWNS[self.town]
        latitude, longitude = spot or (None, None)
        where = self._at(self.town)
        dead, injured = f"{self.dead} people", f"injuring {self.dead * 3}"
        return self._event(
            "ASSAULT",
            self.told.split()[2 + (self.weapon == "guided bombs")],
            self._at(self.told),
            (self._actor(f"Russian {self.weapon}", "body", country="RUS"),),
            (
                self._actor(f"{self.target} in {self.town}", "person", country="UKR"),
                self._actor(dead, "collective", country="UKR", sector="CVL"),
            ),
            status="reported",
            asserted_by=said,
            mode=_WEAPONS[self.weapon],
            place=Place(
                words=where,
                name=self.town,
                country="UKR" if spot else None,
                latitude=latitude,
                longitude=longitude,
            ),
            date=DateWords(words=self._at("Monday"), earliest=_MONDAY, latest=_MONDAY),
            counts=(
                Count(kind="dead", low=self.dead, high=self.dead, words=self._at(dead)),
                Count(
                    kind="injured", low=self.dead * 3, high=self.dead * 3, words=self._at(injured)
                ),
            ),
        )

    def _event(
        self,
        type_: str,
        trigger: str,
        words: Span,
        actors: tuple[Actor, ...],
        recipients: tuple[Actor, ...] = (),
        **others: object,
    ) -> Event:
        at = self._at(trigger)
        values: dict[str, object] = {"mode": None, "asserted_by": "article"} | others
        values["status"] = Status(str(values.get("status", "asserted")))
        return Event(
            id=event_key(self.article.text_id, at, type_),
            type=type_,
            quad=2 if type_ == "AID" else 4 if type_ == "ASSAULT" else 3,
            score=-2.0,
            confidence=0.9,
            actors=actors,
            recipients=recipients,
            words=words,
            trigger=at,
            **values,  # type: ignore[arg-type]
        )

    def _claim(self) -> OfficeClaim:
        at, office = self._at(_MINISTER), "UKR:foreign_minister"
        return OfficeClaim(
            id=claim_key(self.article.text_id, at, _MINISTER, (office,), None),
            words=at,
            office=_MINISTER,
            office_words=at,
            name=None,
            name_words=None,
            country="UKR",
            offices=(office,),
        )

    def _finding(self, claim: OfficeClaim) -> Finding:
        return Finding(
            check="holder",
            verdict=Verdict.HOLDS,
            sentence="The article does not name the minister.",
            about=claim.id,
            words=claim.words,
        )


def make_copies(number: int, random: Random) -> Iterator[Report]:
    """Yield reports of near copies of one text: each with a sentence of its own at the end."""
    words = [f"{random.choice('bdfgklmnprst')}{n}a" for n in range(4_000)]
    body = " ".join(random.choices(words, k=180))
    for at in range(number):
        text = f"{body}. {' '.join(random.choices(words, k=12))}."
        url = f"https://outlet{at % _OUTLETS}.example/copy/{at}"
        day = _MONDAY + timedelta(days=at % 3)
        plain = Article(id="", text=text, url=url, published=day)
        key = article_key(plain.text_id, url)
        yield Report(
            article=Article(id=key, text=text, url=url, published=day),
            statements=(),
            events=(),
            office_claims=(),
            findings=(),
            dating=None,
            account=_ACCOUNT,
        )


# --------------------------------------------------------------------------- measuring


def add(connection: Connection, reports: Iterator[Report]) -> float:
    """Keep and settle the reports and return the seconds of processor time."""
    kept = [(report.article.id, report.article.url or "", report) for report in reports]
    started = time.process_time()
    Writer(connection).keep(kept)
    settle(connection)
    return time.process_time() - started


def memory() -> float:
    """Return the most megabytes that this process has had at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(articles: int, turn: int, copies: int) -> Iterator[str]:
    """Yield the lines to print."""
    crowd = make_crowd(articles, Random(_SEED))
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        connection = open_database(Path(folder) / "crowd", create=True)
        for done in range(0, articles, turn):
            seconds.append(add(connection, _take(crowd, turn)))
            yield f"articles to {done + turn:,}: {seconds[-1]:.1f} s, {memory():.0f} MB at most"
        if len(seconds) > 1:
            yield f"the last turn took {seconds[-1] / seconds[0]:.2f} times the first (1.30)"
        connection.close()
        if copies:
            connection = open_database(Path(folder) / "copies", create=True)
            spent = add(connection, make_copies(copies, Random(_SEED)))
            yield f"{copies:,} near copies of one text: {spent:.1f} s (10)"
            connection.close()


def _take(reports: Iterator[Report], number: int) -> Iterator[Report]:
    return (report for _, report in zip(range(number), reports, strict=False))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--turn", type=int, default=1_000)
    parser.add_argument("--copies", type=int, default=1_000)
    given = parser.parse_args()
    for line in measure(given.articles, given.turn, given.copies):
        print(line, flush=True)


if __name__ == "__main__":
    main()
