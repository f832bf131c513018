"""How long ids last: made stories that grow text by text, in the order of time and in any order.

usage: python -m benchmarks.identity [--stories N] [--texts N]

Each story is one event that up to N texts tell over some days, with a sentence that is quoted; the
texts are copies of one, or print a passage of an agency's text, or of one that is not there, or
have nothing in common.  Printed is, of all ids of reported events, quotations and families that
were given, how many were no more after a later text had come, and beside it how many would have
been if each were keyed by the smallest id of its records, or by all members.  Then how many of the
ids that were ever given lead to what their records belong to now; and the same after a tenth of
the articles was forgotten.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.drafts import Draft
from tocsin.keys import content_key
from tocsin.records import DateWords, Manner, Place, Report
from tocsin.store.database import open_database
from tocsin.store.forget import forget_article
from tocsin.store.identity import resolve_id
from tocsin.store.settle import settle
from tocsin.store.writer import Writer

_SEED = 20261129
_FIRST_DAY = date(2025, 3, 3)
_SYLLABLES = tuple(c + v + e for c in "bcdfghklmnprstvz" for v in "aeiou" for e in ("", "n", "r"))
_FORMS = ("copies", "passage of an agency", "passage of nobody", "nothing in common")

#: Of each kind, what is joined: table, record, and what it belongs to.
_JOINED = {
    "event": ("events", "id", "reported"),
    "quotation": ("statements", "id", "quotation"),
    "family": ("family_members", "text_id", "family"),
}

#: Ids by kind, each with the records that it joins.
Things = dict[str, dict[str, frozenset[str]]]


# --------------------------------------------------------------------------- made stories


def make_story(number: int, texts: int, random: Random) -> list[Report]:
    """Return the reports of one story, in the order of time."""
    form = _FORMS[number % len(_FORMS)]
    town, speaker, group = (_word(random).title() for _ in range(3))
    shared, quoted = _prose(random, 50), _prose(random, 16)
    reports = []
    for place in range(random.randint(2, max(2, texts))):
        told = f"The {group} army shelled the town of {town} at {_word(random)}"
        said = f"“{quoted}”, said {speaker} {town}."
        own = _prose(random, 30 if form == "copies" else 130)
        lines = {
            "copies": [f"{told}.", said, shared, shared[::-1], own],
            "passage of an agency": [f"{told}.", said, own, shared],
            "passage of nobody": [f"{told}.", said, own, shared, "With Reuters"],
            "nothing in common": [f"{told}.", said, own],
        }[form]
        if form == "passage of an agency" and not place:
            lines = [f"{town.upper()}, March 3 (Reuters) - {told}.", shared]
        day = _FIRST_DAY + timedelta(days=(place + 2) // 3)  # an agency is first
        url = f"https://{_word(random)}.example/1"
        reports.append(_report("\n".join(lines), url, day, told, town, group, said))
    return sorted(reports, key=lambda r: (r.article.published or date.max, r.article.text_id))


def _report(text: str, url: str, day: date, told: str, town: str, group: str, said: str) -> Report:
    draft = Draft(text=text, url=url, published=day, others={"outlet": url.split("/")[2]})
    if said in text:
        quoted, speaker = said.removesuffix(".").split(", said ")
        draft.state(draft.actor(speaker, country=None), quoted, manner=Manner.DIRECT)
    draft.happen(
        told,
        "shelled",
        actors=(draft.actor(f"{group} army", kind="group", country=None),),
        date=DateWords(words=draft.at(told), earliest=_FIRST_DAY, latest=_FIRST_DAY),
        place=Place(words=draft.at(f"town of {town}"), name=town, country=None),
    )
    return draft.report


def _word(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=4))


def _prose(random: Random, words: int) -> str:
    return " ".join(_word(random) for _ in range(words))


# --------------------------------------------------------------------------- growing


@dataclass(slots=True, kw_only=True)
class Grown:
    """What became of ids while stories grew."""

    ever: Things = field(default_factory=lambda: {kind: {} for kind in _JOINED})  #: ids given
    changed: Counter[str] = field(default_factory=Counter)  #: that were no more after a step
    changed_before: Counter[str] = field(default_factory=Counter)  #: by the former recipe
    asked: int = 0  #: ids ever given that were looked up
    resolved: int = 0  #: that led to what their records belong to now

    @property
    def share(self) -> float:
        """Share of the ids that led where they should."""
        return self.resolved / self.asked if self.asked else 1.0


def grow(connection: sqlite3.Connection, stories: Sequence[Sequence[Report]]) -> Grown:
    """Give a store the first text of every story, then every second; look at the ids each time."""
    grown = Grown()
    now: Things = {kind: {} for kind in _JOINED}
    writer = Writer(connection)
    for step in range(max(map(len, stories))):
        reports = [story[step] for story in stories if step < len(story)]
        writer.keep([(each.article.id, each.article.id, each) for each in reports])
        settle(connection)
        before, now = now, read_things(connection)
        for kind, things in now.items():
            grown.changed[kind] += len(before[kind].keys() - things.keys())
            former = _former_ids(before[kind], kind) - _former_ids(things, kind)
            grown.changed_before[kind] += len(former)
            grown.ever[kind] |= things
    look_up(connection, grown)
    return grown


def read_things(connection: sqlite3.Connection) -> Things:
    """Return what there is in the store, by kind and id, each with the records that it joins."""
    found: Things = {}
    for kind, (table, record, column) in _JOINED.items():
        joined: dict[str, set[str]] = defaultdict(set)
        for key, each in connection.execute(f"SELECT {column}, {record} FROM {table}"):
            if key:
                joined[key].add(each)
        found[kind] = {key: frozenset(records) for key, records in joined.items()}
    return found


def _former_ids(things: Mapping[str, frozenset[str]], kind: str) -> set[str]:
    """Return what ids would be if they were made of the smallest record, or of all members."""
    if kind == "family":
        return {content_key(*sorted(records)) for records in things.values()}
    return {min(records) for records in things.values()}


def look_up(connection: sqlite3.Connection, grown: Grown) -> None:
    """Ask for every id ever given whose records belong to anything, and count what is right."""
    now = read_things(connection)
    grown.asked = grown.resolved = 0
    for kind, things in grown.ever.items():
        joined = {each for records in now[kind].values() for each in records}
        for key, records in things.items():
            if records & joined:
                grown.asked += 1
                grown.resolved += not records.isdisjoint(
                    now[kind].get(resolve_id(connection, kind, key), ())
                )


def forget_some(connection: sqlite3.Connection, grown: Grown, random: Random) -> None:
    """Forget a tenth of the articles, then look up the ids again."""
    ids = [key for (key,) in connection.execute("SELECT id FROM articles ORDER BY id")]
    for article_id in random.sample(ids, len(ids) // 10):
        forget_article(connection, article_id)
    settle(connection)
    look_up(connection, grown)


# --------------------------------------------------------------------------- printing


def measure(folder: Path, stories: int, texts: int) -> Iterator[str]:
    """Yield lines with the figures."""
    made = [make_story(number, texts, Random(_SEED + number)) for number in range(stories)]
    total = sum(map(len, made))
    yield f"{stories} stories of 2 to {texts} texts, {total} in all"
    for order in ("time", "random"):
        if order == "random":
            random = Random(_SEED)
            made = [random.sample(story, len(story)) for story in made]
        connection = open_database(folder / order, create=True)
        connection.execute("PRAGMA synchronous=OFF")  # a store to be measured, not to be kept
        grown = grow(connection, made)
        yield f"in {order} order:"
        for kind, given in grown.ever.items():
            yield (
                f"  {kind}: {len(given)} ids given, {grown.changed[kind]} changed"
                f" (keyed as before: {grown.changed_before[kind]})"
            )
        yield f"  ids that lead to what they are now: {grown.share:.3f} of {grown.asked}"
        forget_some(connection, grown, Random(_SEED))
        yield f"  after a tenth was forgotten: {grown.share:.3f} of {grown.asked}"
        connection.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity", description=__doc__)
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--texts", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in measure(Path(folder), given.stories, given.texts):
            print(line, flush=True)


if __name__ == "__main__":
    main()
