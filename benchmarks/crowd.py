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
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.drafts import Draft
from benchmarks.reading import peak_megabytes
from tocsin.records import (
    Actor,
    Count,
    DateWords,
    Naming,
    Place,
    Report,
    Span,
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


# --------------------------------------------------------------------------- made articles


def make_crowd(number: int, random: Random) -> Iterator[Report]:
    """Yield so many reports of articles about attacks of one day."""
    for at in range(number):
        yield _attack(at, random)


def _attack(number: int, random: Random) -> Report:
    """Return one made article with what there is to find in it."""
    town = random.choice(tuple(_TOWNS))
    weapon, target = random.choice(tuple(_WEAPONS)), random.choice(_TARGETS)
    speaker, dead = random.choice(tuple(_SPEAKERS)), random.randint(1, 40)
    verb = random.choice(_VERBS)
    told = (
        f"Russian {weapon} {verb} a {target} in {town} on"
        f" Monday, killing {dead} people and injuring {dead * 3}"
    )
    text = (
        f"{told}, {speaker} said. {random.choice(_REST)} It was attack number"
        f" {number} that the outlet counted since the spring of the year. {_MINISTER}"
        " condemned the attack and called on allies to send more air defence systems to"
        f" {town}."
    )
    outlet = f"outlet{random.randrange(_OUTLETS)}.example"
    day = _MONDAY + timedelta(days=random.choice((0, 0, 0, 1, 2)))
    draft = Draft(text=text, url=f"https://{outlet}/{number}", published=day, country="UKR")
    body, naming = _SPEAKERS[speaker]
    source = draft.actor(speaker, kind=body, country=None)
    said = draft.state(source, told, naming=naming)
    killed = draft.actor(f"{dead} people", kind="collective", sector="CVL")
    draft.happen(
        told,
        verb,
        mode=_WEAPONS[weapon],
        score=-2.0,
        status=Status.REPORTED,
        asserted_by=said.id,
        actors=(draft.actor(f"Russian {weapon}", kind="body", country="RUS"),),
        recipients=(draft.actor(f"{target} in {town}"), killed),
        place=_place(draft, town),
        date=DateWords(words=draft.at("Monday"), earliest=_MONDAY, latest=_MONDAY),
        counts=(
            Count(kind="dead", low=dead, high=dead, words=killed.words),
            Count(
                kind="injured",
                low=dead * 3,
                high=dead * 3,
                words=draft.at(f"injuring {dead * 3}"),
            ),
        ),
    )
    _answer(draft, draft.actor(town, kind="country"))
    return draft.report


def _place(draft: Draft, town: str) -> Place:
    spot = _TOWNS[town]
    latitude, longitude = spot or (None, None)
    return Place(
        words=draft.at(town),
        name=town,
        country="UKR" if spot else None,
        latitude=latitude,
        longitude=longitude,
    )


def _answer(draft: Draft, victim: Actor) -> None:
    """Add what the minister says to it, and does."""
    minister = draft.actor(_MINISTER, kind="office", sector="GOV")
    allies = draft.actor("allies", kind="collective", country=None, sector="GOV")
    sent = _from(draft, "to send more air defence")
    draft.state(minister, "the attack and", naming=Naming.OFFICE)
    draft.state(minister, sent, naming=Naming.OFFICE)
    russia = draft.actor("Russia", kind="country", country="RUS")
    draft.happen(
        "attack number", "attack number", score=-2.0, words=draft.at("attack"), actors=(russia,)
    )
    for type_, trigger, words, actor, recipients in (
        ("ACCUSE", "condemned", _from(draft, _MINISTER), minister, ()),
        ("REQUEST", "called", _from(draft, "called on allies"), minister, (allies,)),
        ("AID", "send", sent, allies, (victim,)),
    ):
        draft.happen(
            "",
            trigger,
            type=type_,
            quad=2 if type_ == "AID" else 3,
            score=-2.0,
            words=words,
            actors=(actor,),
            recipients=recipients,
            status=Status.HYPOTHETICAL if type_ == "AID" else Status.ASSERTED,
        )
    claim = draft.claim(_MINISTER, _MINISTER, None, "UKR:foreign_minister")
    draft.find(claim, Verdict.NO_RECORD, sentence="The article does not name the minister.")


def _from(draft: Draft, words: str) -> Span:
    """Return the words from these on to the end of the text."""
    return draft.at(words)[0], len(draft.text) - 1


def make_copies(number: int, random: Random) -> Iterator[Report]:
    """Yield reports of near copies of one text: each with a sentence of its own at the end."""
    words = [f"{random.choice('bdfgklmnprst')}{n}a" for n in range(4_000)]
    body = " ".join(random.choices(words, k=180))
    for at in range(number):
        text = f"{body}. {' '.join(random.choices(words, k=12))}."
        url = f"https://outlet{at % _OUTLETS}.example/copy/{at}"
        day = _MONDAY + timedelta(days=at % 3)
        yield Draft(text=text, url=url, published=day).report


# --------------------------------------------------------------------------- measuring


def add(connection: Connection, reports: Iterator[Report]) -> float:
    """Keep and settle the reports and return the seconds of processor time."""
    kept = [(report.article.id, report.article.url or "", report) for report in reports]
    started = time.process_time()
    Writer(connection).keep(kept)
    settle(connection)
    return time.process_time() - started


def measure(articles: int, turn: int, copies: int) -> Iterator[str]:
    """Yield the lines to print."""
    crowd = make_crowd(articles, Random(_SEED))
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        connection = open_database(Path(folder) / "crowd", create=True)
        for done in range(0, articles, turn):
            seconds.append(add(connection, _take(crowd, turn)))
            peak = f"{peak_megabytes():.0f} MB at most"
            yield f"articles to {done + turn:,}: {seconds[-1]:.1f} s, {peak}"
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
