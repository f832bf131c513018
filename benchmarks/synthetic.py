"""A store of synthetic reported events for measuring queries: the same for the same numbers.

Nothing in it is news: who did what to whom is drawn at random, skewed as such stores are (a few
countries, types, outlets and words make up most of it), and the words are made of syllables.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from tocsin.extract.events.contexts import load_contexts
from tocsin.lexicons.plover import modes_of, types, value_of
from tocsin.records import Account, Naming, Stance, Status
from tocsin.reference.countries import load_countries
from tocsin.store.database import open_database
from tocsin.store.pending import take_pending
from tocsin.store.rows import as_json
from tocsin.store.settle.events import write_pairs
from tocsin.store.settle.places import mark_places, settle_places

_SEED = 20241029
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 366
_CHUNK = 20_000

#: The countries that news of crises name most, in this order; the others follow.
_LOUD = ("USA", "RUS", "UKR", "ISR", "CHN", "PSE", "IRN", "GBR", "FRA", "DEU", "SYR", "PRK")
_BODIES = ("NATO", "European Union", "United Nations", "Hamas", "Hezbollah", "African Union")
_TYPES = {
    "CONSULT": 20,
    "ASSAULT": 17,
    "ACCUSE": 13,
    "COERCE": 8,
    "THREATEN": 7,
    "SUPPORT": 6,
    "REQUEST": 6,
    "REJECT": 5,
    "MOBILIZE": 4,
    "SANCTION": 4,
    "AID": 3,
    "AGREE": 2,
}
_CONFIDENCES = (0.95, 0.7, 0.55, 0.85, 0.4)  #: taken by the length of the words
_STATUSES = (60, 22, 6, 3, 2, 2, 3, 1, 1)
_SYLLABLES = tuple(c + v + e for c in "bcdfghklmnprstvz" for v in "aeiou" for e in ("", "n", "r"))


def build_store(folder: Path, events: int) -> None:
    """Make a store with so many reported events in `folder`, and statements and all else to it."""
    connection = open_database(folder, create=True)
    connection.execute("PRAGMA journal_mode=OFF")  # a store to be measured, not to be kept
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")  # 400 MB
    connection.execute("PRAGMA foreign_keys=OFF")
    later = _drop_indexes(connection)
    connection.execute("BEGIN")
    world = _World(Random(_SEED), texts=max(50, events // 8))
    _fill_texts(connection, world)
    _fill_events(connection, world, events)
    _fill_rest(connection, world, events)
    _fill_searches(connection)
    for sql in later:
        connection.execute(sql)
    ids = connection.execute("SELECT json_group_array(id) FROM reported_events").fetchone()[0]
    write_pairs(connection, ids)
    mark_places(connection, ids)
    settle_places(connection, take_pending(connection, "place", events))
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _drop_indexes(connection: sqlite3.Connection) -> list[str]:
    """Drop what would slow the filling down, and return the SQL that makes it again."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for type_, name, _ in rows:
        connection.execute(f"DROP {type_} {name}")
    return [sql for _, _, sql in rows]


class _World:
    """What is drawn from: people, places, outlets, words, each the rarer the later it comes."""

    def __init__(self, random: Random, *, texts: int) -> None:
        self.random = random
        self._last = 0
        countries = load_countries().by_code
        states = [c for c in countries.values() if c.kind == "state"]
        states.sort(key=lambda c: _LOUD.index(c.code) if c.code in _LOUD else len(_LOUD))
        self.countries = [(c.name, c.plover) for c in states]
        self.words = [self._word(random.choice((2, 2, 3, 3, 4))) for _ in range(20_000)]
        names = [f"{self._name()} {self._name()}" for _ in range(5_000)]
        self.people = [(name, random.choice(self.countries[:60])[1]) for name in names]
        self.places = [(self._name(), self.draw(self.countries)[1]) for _ in range(3_000)]
        self.outlets = [f"{self._name()} {random.choice(('Post', 'News'))}" for _ in range(400)]
        self.contexts = load_contexts()
        self.days = [(_FIRST_DAY + timedelta(days=n)).isoformat() for n in range(_DAYS)]
        self.texts = [self.id() for _ in range(texts)]
        self._weights: dict[int, list[float]] = {}

    def id(self) -> str:
        """Return the next id; they rise, which fills the tables faster than hashes would."""
        self._last += 1 + self.random.getrandbits(32)
        return f"{self._last:016x}"

    def draw(self, choices: Sequence[Any]) -> Any:
        """Draw one, the first most often (Zipf's law)."""
        return self.draws(choices, 1)[0]

    def draws(self, choices: Sequence[Any], number: int) -> list[Any]:
        weights = getattr(self, "_weights", {})
        if len(choices) not in weights:
            weights[len(choices)] = list(accumulate(1 / (n + 2) for n in range(len(choices))))
        return self.random.choices(choices, cum_weights=weights[len(choices)], k=number)

    def sentence(self, words: int) -> str:
        return " ".join(self.draws(self.words, words))

    def _word(self, syllables: int) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=syllables))

    def _name(self) -> str:
        return self._word(2).title()


def _insert(connection: sqlite3.Connection, table: str, names: str, rows: Iterable[Any]) -> None:
    marks = ", ".join("?" * len(names.split()))
    columns = ", ".join(f'"{name}"' for name in names.split())
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


# --------------------------------------------------------------------------- articles


def _fill_texts(connection: sqlite3.Connection, world: _World) -> None:
    days = sorted(world.random.choices(world.days, k=len(world.texts)))
    account = as_json(Account(tocsin="made", pipeline="made", reference="made"))
    texts: list[tuple[Any, ...]] = []
    articles: list[tuple[Any, ...]] = []
    for n, (text_id, day) in enumerate(zip(world.texts, days, strict=True)):
        text = world.sentence(60)
        texts.append((text_id, text, len(text), "en", "text/plain", day, account))
        for outlet in world.draws(world.outlets, world.random.choice((1, 1, 1, 2))):
            url = f"https://example.org/{n}/{len(articles)}"
            articles.append((world.id(), text_id, text[:40], url, outlet, day, "page", url))
    names = "id text characters language media_type day account"
    _insert(connection, "texts", names, texts)
    names = "id text_id title url outlet published published_from origin"
    _insert(connection, "articles", names, articles)


# --------------------------------------------------------------------------- events


def _fill_events(connection: sqlite3.Connection, world: _World, number: int) -> None:
    for start in range(0, number, _CHUNK):
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
        for each in _chunk(world, min(_CHUNK, number - start)):
            _add_event(world, rows, *each)
        for name, columns in _COLUMNS.items():
            _insert(connection, name, columns, rows[name])


_COLUMNS = {
    "reported_events": "id block type mode quad score status day until actors recipients told place"
    " country articles reports independent contradicted reliability credibility record confidence"
    " background",
    "reported_parties": "reported role position name country sector day",
    "reported_statuses": "reported status day",
    "reported_facets": "reported facet value day",
    "events": "id text_id position type mode quad score status day until place country told"
    " start end asserted_by block reported voice record confidence",
}


def _chunk(world: _World, number: int) -> Iterator[tuple[Any, ...]]:
    """Yield day, type, status, voices, place, outlets, contexts and words of so many events."""
    random = world.random
    weights = [_TYPES.get(each, 1) for each in types()]
    return zip(
        random.choices([*world.days, None], weights=[*range(600, 600 + _DAYS), 9_000], k=number),
        random.choices(types(), weights=weights, k=number),
        random.choices(list(Status), weights=_STATUSES, k=number),
        random.choices(range(1, 31), weights=[0.4**n for n in range(30)], k=number),
        world.draws(world.places, number),
        zip(world.draws(world.outlets, number), strict=True),
        zip(*(world.draws(world.contexts, number) for _ in range(2)), strict=True),
        zip(*(world.draws(world.words, number) for _ in range(14)), strict=True),
        random.choices(world.texts, k=number),
        strict=True,
    )


def _add_event(
    world: _World,
    rows: dict[str, list[tuple[Any, ...]]],
    day: str | None,
    type_: str,
    status: Status,
    voices: int,
    place: tuple[str, str],
    outlets: tuple[str, ...],
    contexts: tuple[str, ...],
    words: tuple[str, ...],
    text_id: str,
) -> None:
    random = world.random
    reported = world.id()
    modes = _MODES[type_]
    mode = modes[int(len(modes) * random.random() ** 2)] if random.random() < 0.7 else None
    value = _VALUES[type_, mode]
    actors, recipients = _parties(world, random.choice((1, 1, 1, 2))), _parties(world, 1)
    told = f"{actors[0]['name']} {' '.join(words)} {recipients[0]['name']}"
    contradicted = int(random.random() < 0.02)
    credibility = random.choices((1, 2, 3, 4, 5, 6), weights=(2, 8, 20, 4, 1, 65))[0]
    reliability = random.choices("ABCDEF", weights=(2, 6, 5, 1, 1, 85))[0]
    where = {"words": [0, 5], "name": place[0], "country": place[1]}
    shared = {
        "type": type_,
        "mode": mode,
        "quad": value.quad,
        "score": value.score,
        "confidence": _CONFIDENCES[len(told) % len(_CONFIDENCES)],
        "contexts": contexts,
        "actors": actors,
        "recipients": recipients,
        "place": where,
        "status": status,
    }
    grade = {"reliability": reliability, "credibility": credibility, "sentence": "Drawn at random."}
    record = shared | {
        "tellings": [],
        "id": reported,
        "day": day,
        "until": day,
        "statuses": [status],
        "articles": voices,
        "reports": voices,
        "independent": voices,
        "contradicted": bool(contradicted),
        "grade": grade,
    }
    names = ("\n".join(p["name"] for p in parties) for parties in (actors, recipients))
    rows["reported_events"].append(
        (
            *(reported, type_, type_, mode, value.quad, value.score, status, day, day, *names),
            *(told, *place, voices, voices, voices, contradicted, reliability, credibility),
            *(json.dumps(record), shared["confidence"], int(status.is_background)),
        )
    )
    for role, parties in (("actor", actors), ("recipient", recipients)):
        rows["reported_parties"] += [
            (reported, role, n, p["name"], p["country"], p["sector"], day)
            for n, p in enumerate(parties)
        ]
    for each in {status, Status.DENIED} if contradicted else {status}:
        rows["reported_statuses"].append((reported, each, day))
    facets = {("outlet", each) for each in outlets} | {("context", each) for each in contexts}
    rows["reported_facets"] += [(reported, facet, name, day) for facet, name in sorted(facets)]
    for voice in range(1 if voices < 3 else 2):
        event = shared | {"id": world.id(), "asserted_by": "article", "words": [0, len(told)]}
        event["trigger"] = [0, 5]
        rows["events"].append(
            (
                *(event["id"], text_id, 0, type_, mode, value.quad, value.score, status, day),
                *(day, *place, told, 0, len(told), "article", type_, reported, voice),
                *(json.dumps(event), event["confidence"]),
            )
        )


_MODES: dict[str, list[str | None]] = {t: [*sorted(modes_of(t))] or [None] for t in types()}
_VALUES = {(t, m): value_of(t, m) for t, modes in _MODES.items() for m in (None, *modes)}


def _parties(world: _World, number: int) -> list[dict[str, Any]]:
    parties = []
    for _ in range(number):
        lot = world.random.random()
        if lot < 0.6:
            name, country = world.draw(world.countries)
            kind, sector = "country", world.random.choice(("GOV", "GOV", "MIL"))
        elif lot < 0.95:
            name, country = world.draw(world.people)
            kind, sector = "person", "GOV"
        else:
            name, country, kind, sector = world.draw(_BODIES), "IGO", "body", None
        parties.append(
            {"name": name, "words": [0, 5], "kind": kind, "country": country, "sector": sector}
        )
    return parties


# --------------------------------------------------------------------------- all else


def _fill_rest(connection: sqlite3.Connection, world: _World, events: int) -> None:
    """Fill statements, findings, office claims and speakers."""
    day_of = dict(connection.execute("SELECT id, day FROM texts"))
    random = world.random
    spoken: dict[str, int] = {}
    for start in range(0, events // 3, _CHUNK):
        rows = []
        for text_id in random.choices(world.texts, k=min(_CHUNK, events // 3 - start)):
            name, country = world.draw(world.people)
            spoken[name] = spoken.get(name, 0) + 1
            stance = world.draw(tuple(Stance))
            rows.append(_statement(world, text_id, day_of[text_id], name, country, stance))
        names = (
            "id text_id position speaker speaker_key country manner stance naming said start end"
            " day record"
        )
        _insert(connection, "statements", names, rows)
    country_of = dict(world.people)
    _insert(
        connection,
        "speakers",
        "key name kind office country statements quotations articles verdict",
        (
            (
                *(f"person:{name.lower()}", name, "person", "minister", country_of[name]),
                *(n, n, n, random.choice(_VERDICTS)),
            )
            for name, n in spoken.items()
        ),
    )
    _fill_quotations(connection)
    _fill_checks(connection, world, day_of, events // 5)


def _fill_quotations(connection: sqlite3.Connection) -> None:
    """Make a quotation of every statement in its own words."""
    connection.execute(
        "INSERT INTO quotations"
        " (id, speaker, speaker_key, country, said, day, articles, record)"
        " SELECT s.id, s.speaker, s.speaker_key, s.country, s.said, s.day, count(*),"
        " json_object('id', s.id, 'speaker', json(json_extract(s.record, '$.speaker')),"
        " 'said', s.said, 'statements', json_array(s.id),"
        " 'articles', json_group_array(a.id), 'first_published', s.day)"
        " FROM statements s JOIN articles a ON a.text_id = s.text_id"
        " WHERE s.manner <> 'indirect' GROUP BY s.id"
    )


_VERDICTS = ("holds", "holds", "no_record", "no_record", "no_record", "unsure", "contradicted")
_OFFICES = ("President", "Defence Minister", "Foreign Minister", "spokesman", "Prime Minister")


def _statement(
    world: _World, text_id: str, day: str, name: str, country: str, stance: Stance
) -> tuple[Any, ...]:
    statement = {
        "id": world.id(),
        "speaker": {"name": name, "words": [0, 5], "kind": "person", "country": country},
        "speaker_words": [0, 5],
        "cue": [6, 10],
        "content": [[11, 40]],
        "manner": world.random.choice(("direct", "indirect", "indirect", "mixed")),
        "stance": stance,
        "naming": world.draw(tuple(Naming)),
    }
    return (
        *(statement["id"], text_id, 0, name, f"person:{name.lower()}", country),
        *(statement["manner"], stance, statement["naming"], world.sentence(12), 11, 40, day),
        json.dumps(statement),
    )


def _fill_checks(
    connection: sqlite3.Connection, world: _World, day_of: dict[str, str], number: int
) -> None:
    findings, claims = [], []
    for text_id in world.random.choices(world.texts, k=number):
        name, country = world.draw(world.people)
        verdict = world.random.choice(_VERDICTS)
        office, day = world.draw(_OFFICES), day_of[text_id]
        claim = {"id": world.id(), "words": [0, 9], "office": office, "office_words": [0, 3]}
        claims.append(
            (claim["id"], text_id, 0, name, office, country, verdict, day, 0, 9, json.dumps(claim))
        )
        finding = {
            "check": world.draw(("tenure", "sourcing", "dating")),
            "verdict": verdict,
            "sentence": f"{name} {world.sentence(8)}.",
            "about": claim["id"],
            "words": [0, 9],
        }
        findings.append(
            (
                *(world.id(), text_id, 0, finding["check"], verdict, finding["sentence"]),
                *(claim["id"], day, 0, 9, json.dumps(finding)),
            )
        )
    names = "id text_id position check verdict sentence about day start end record"
    _insert(connection, "findings", names, findings)
    names = "id text_id position name office country verdict day start end record"
    _insert(connection, "office_claims", names, claims)


def _fill_searches(connection: sqlite3.Connection) -> None:
    """Fill the text searches in their own order, which is much faster than by triggers."""
    day = "coalesce(CAST(julianday(day) AS INTEGER), 0) << 36 | rowid"
    for index, table, columns, rank in (
        ("texts_fts", "texts", "text", day),
        ("statements_fts", "statements", "said, speaker", day),
        ("reported_fts", "reported_events", "told, actors, recipients", day),
        ("quotations_fts", "quotations", "said, speaker", day),
        ("findings_fts", "findings", "sentence", day),
        ("office_claims_fts", "office_claims", "office, name", day),
        ("speakers_fts", "speakers", "name, office", "statements << 36 | rowid"),
    ):
        connection.execute(
            f"INSERT INTO {index} (rowid, {columns}) SELECT {rank}, {columns}"
            f" FROM {table} ORDER BY 1"
        )


def measure_in_store(
    name: str, about: str | None, events: int, runs: int, run: Callable[[Path, int], Iterable[str]]
) -> None:
    """Read the arguments, build a made store where it is not there yet, and print what `run` says.

    Args:
        name: of the benchmark.
        about: what its help says.
        events: in the store, unless asked otherwise.
        runs: likewise, of each measurement.
        run: yields the lines of the table, given the folder of the store and the number of runs.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about)
    parser.add_argument("--events", type=int, default=events)
    parser.add_argument("--store", type=Path, help="keep the store here, or use the one that is")
    parser.add_argument("--runs", type=int, default=runs)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.store or Path(temporary) / "store"
        if not folder.exists():
            start = time.perf_counter()
            build_store(folder, given.events)
            print(f"built in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        for line in run(folder, given.runs):
            print(line, flush=True)
