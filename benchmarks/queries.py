"""How long a store of synthetic reported events takes to answer, filter by filter.

usage: python -m benchmarks.queries [--events N] [--store DIR] [--runs N]

Each run opens the store anew, asks one question and reads the first fifty records with their
tellings.  The values asked for run from the commonest to rare ones.  Prints milliseconds: the
median and the 95th percentile of the runs, and of the time that the processor computed, which tells
what other work on the machine costs.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import tocsin
from benchmarks.synthetic import measure_in_store
from tocsin.store.handle import Store

#: The goal: p95 of each line, in milliseconds.
GOAL = 100

_FIRST = 50
_COUNTRIES = ("USA", "RUS", "UKR", "PRK", "China", "NZL", "Mali", "FRA:MIL", "TUV", "ISR:GOV")
_STATES = ("USA", "RUS", "UKR", "PRK", "TUV")
_DAYS = ("2024-02-29", "2024-06-15", "2024-10-01", "2024-12-24")

Asked = dict[str, Any]


def find_questions(store: Store) -> Iterator[tuple[str, str, list[Asked]]]:
    """Yield a title, a kind of records and the questions of it, for each line of the table."""
    words = _words(store)
    outlets = sorted({each.outlet for each in store.articles(limit=400) if each.outlet})[::20]
    events = list(store.events(limit=400))
    places = sorted({each.place.name for each in events if each.place})[::20]
    names = [a.name for each in events for a in each.actors if a.kind == "person"][::10]
    article = [{"article": each.id} for each in store.articles(limit=20)]
    single: dict[str, Sequence[Any]] = {
        "actor": _COUNTRIES,
        "recipient": _COUNTRIES,
        "type": ("CONSULT", "ASSAULT", "MOBILIZE", "PROTEST", "AID"),
        "mode": ("meet", "drone", "troops", "arrest", "torture"),
        "quad": (1, 2, 3, 4),
        "status": ("asserted", "reported", "denied", "negated"),
        "since": _DAYS,
        "until": _DAYS,
        "country": ("USA", "RUS", "UKR", "NZL", "Chad"),
        "place": places,
        "contradicted": (True, False),
        "independent": (1, 2, 3, 6, 10, 25),
        "grade": ("F6", "B2", "A1", "C", "F", "3", "5"),
        "outlet": outlets,
        "context": ("military", "economic", "health", "trafficking"),
        "text": words,
    }
    for name, values in single.items():
        yield f"events {name}", "events", [{name: value} for value in values]
    yield "events article", "events", article
    yield "events actor by name", "events", [{"actor": name} for name in (*names, "NATO", "EU")]
    yield from _combinations(words, outlets)
    yield from _other_kinds(store, words, outlets, names)
    yield from _series_of_pairs()


def _words(store: Store) -> list[str]:
    """Return searches from the commonest words to rare ones, phrases and beginnings."""
    told = [each.tellings[0].told.split() for each in store.events(limit=300)]
    common = sorted({word for words in told[:20] for word in words if word.islower()})[:12]
    rare = [words[-3] for words in told[20:28]]
    phrases = [f'"{words[4]} {words[5]}"' for words in told[28:36]]
    both = [f"{words[3]} {words[9]}" for words in told[36:44]]
    begin = [f"{words[6][:length]}*" for words in told[44:48] for length in (2, 3, 5)]
    return [*common, *rare, *phrases, *both, *begin, "North Korea"]


def _combinations(
    words: Sequence[str], outlets: Sequence[str]
) -> Iterator[tuple[str, str, list[Asked]]]:
    pairs = [("PRK", "RUS"), ("USA", "CHN"), ("ISR", "IRN"), ("RUS", "UKR"), ("FRA", "NZL")]
    both = [{"actor": one, "recipient": other} for one, other in pairs]
    yield "actor recipient", "events", list(both)
    types = ("MOBILIZE", "ASSAULT", "AID", "PROTEST", "CONSULT")
    yield (
        "actor type",
        "events",
        [{"actor": a, "type": t} for (a, _), t in zip(pairs, types, strict=True)],
    )
    usual: Asked = {"type": "MOBILIZE", "since": "2024-10-01", "status": "reported"}
    yield "all at once", "events", [each | usual | {"contradicted": True} for each in both]
    yield (
        "actor recipient type since",
        "events",
        [each | {"type": t, "since": d} for each in both for t, d in zip(types, cycle(_DAYS))],
    )
    yield (
        "quad country since",
        "events",
        [{"quad": 4, "country": c, "since": d} for c in ("UKR", "SYR", "TUV") for d in _DAYS],
    )
    yield (
        "type independent grade",
        "events",
        [
            {"type": t, "independent": n, "grade": g}
            for t, n, g in zip(types, (2, 3, 5, 4, 8), ("B2", "F", "2", "A", "B"), strict=True)
        ],
    )
    yield (
        "text actor",
        "events",
        [{"text": w, "actor": c} for w, c in zip(words, cycle(_COUNTRIES[:6]))],
    )
    yield (
        "text type since",
        "events",
        [{"text": w, "type": t, "since": d} for w, t, d in zip(words, cycle(types), cycle(_DAYS))],
    )
    yield (
        "outlet type context",
        "events",
        [{"outlet": o, "type": t, "context": "military"} for o, t in zip(outlets, cycle(types))],
    )


def _other_kinds(
    store: Store,
    words: Sequence[str],
    outlets: Sequence[str],
    names: Sequence[str],
) -> Iterator[tuple[str, str, list[Asked]]]:
    lists: dict[str, dict[str, Sequence[Any]]] = {
        "statements": {
            "speaker": names,
            "country": _COUNTRIES[:4],
            "stance": ("asserts", "denies", "asks"),
            "naming": ("named", "anonymous"),
            "manner": ("direct", "mixed"),
            "since": _DAYS,
            "until": _DAYS,
            "outlet": outlets,
            "text": words,
        },
        "quotations": {
            "speaker": names,
            "country": _COUNTRIES[:4],
            "articles": (1, 2, 3),
            "since": _DAYS,
            "text": words,
        },
        "findings": {
            "check": ("tenure", "sourcing", "dating"),
            "verdict": ("contradicted", "holds"),
            "since": _DAYS,
            "text": words,
        },
        "speakers": {
            "name": names,
            "country": _COUNTRIES[:4],
            "verdict": ("contradicted", "holds"),
            "text": ("minister", *names[:4]),
        },
        "offices": {
            "office": ("defence minister", "President", "spokesman"),
            "name": names,
            "country": _COUNTRIES[:4],
            "verdict": ("contradicted", "holds"),
            "since": _DAYS,
        },
        "articles": {"outlet": outlets, "since": _DAYS, "text": words},
    }
    lists["places"] = {
        "name": sorted({each.name for each in store.places(limit=400)})[::20],
        "country": _COUNTRIES[:4],
        "since": _DAYS,
        "until": _DAYS,
    }
    lists["series"] = {
        "actor": _STATES,
        "recipient": _STATES,
        "type": ("CONSULT", "MOBILIZE"),
        "quad": (1, 4),
        "since": _DAYS,
        "by": ("day", "week", "month"),
    }
    articles = [each.id for each in store.articles(limit=20)]
    for kind, filters in lists.items():
        for name, values in filters.items():
            yield f"{kind} {name}", kind, [{name: value} for value in values]
        if kind in ("statements", "findings", "offices"):
            yield f"{kind} article", kind, [{"article": each} for each in articles]


def _series_of_pairs() -> Iterator[tuple[str, str, list[Asked]]]:
    """Yield the questions for a pair's whole series, of which no limit makes a page."""
    pairs = [{"actor": a, "recipient": r, "limit": None} for a in _STATES for r in _STATES]
    for by in ("day", "week"):
        yield f"series of a pair by {by}", "series", [each | {"by": by} for each in pairs]


def measure(folder: Path, kind: str, asked: Asked) -> tuple[float, float]:
    """Return milliseconds from opening the store to the first fifty records: passed, computing."""
    start, computing = time.perf_counter(), time.process_time()
    with tocsin.open(folder) as store:
        list(getattr(store, kind)(**{"limit": _FIRST} | asked))
    return (time.perf_counter() - start) * 1000, (time.process_time() - computing) * 1000


def run(folder: Path, runs: int) -> Iterator[str]:
    """Yield the lines of the table."""
    with tocsin.open(folder) as store:
        status = store.status()
        lines = [line for line in find_questions(store) if line[2]]
    yield (
        f"{status.reported_events:,} reported events, {status.events:,} tellings,"
        f" {status.statements:,} statements, {status.articles:,} articles,"
        f" {status.bytes / 1e9:.1f} GB; milliseconds to the first {_FIRST}, store opened each time"
    )
    yield f"{'filter':<28}{'p50':>8}{'p95':>8}{'cpu p95':>9}  slowest"
    over = 0
    for title, kind, asked in lines:
        times = [(*measure(folder, kind, each), each) for each in _often(asked, runs)]
        times.sort(key=lambda each: each[0])
        passed = [each[0] for each in times]
        over += _p95(passed) > GOAL
        slowest = ", ".join(f"{name}={value}" for name, value in times[-1][2].items())
        computing = sorted(each[1] for each in times)
        yield (
            f"{title:<28}{passed[len(passed) // 2]:8.1f}{_p95(passed):8.1f}{_p95(computing):9.1f}"
            f"  {slowest}"
        )
    yield f"{len(lines) - over} of {len(lines)} lines have a p95 under {GOAL} ms."


def _often(asked: Sequence[Asked], runs: int) -> Iterator[Asked]:
    """Yield each question, and all of them again until there are `runs`."""
    return islice(cycle(asked), max(runs, len(asked)))


def _p95(times: Sequence[float]) -> float:
    """Return the 95th percentile of sorted `times`."""
    return times[math.ceil(0.95 * len(times)) - 1]


def main() -> None:
    """Build the store where it is not there yet, and print the table."""
    measure_in_store("queries", __doc__, 1_000_000, 40, run)


if __name__ == "__main__":
    main()
