"""Relations of a store: its reported events, each counted once, by parties and days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import numpy as np

from tocsin.errors import InputError
from tocsin.lexicons.plover import types, value_of
from tocsin.lexicons.refusals import refusal
from tocsin.store.acts import Act
from tocsin.store.handle import Store
from tocsin.together.events.grades import code_of
from tocsin.watch.detector import Floats, Ints, exposure_of_outlets
from tocsin.watch.parties import INTERNATIONAL, SEVERAL, find_body
from tocsin.watch.relations import Relations

#: Outlets that are counted each; the smaller ones are counted together.
_OUTLETS = 500


def read_relations(store: Store, until: date | None = None) -> Relations:
    """Return the news of a store as relations, up to the day `until`.

    A party is a country, or a body or group without one.  What was first told on a day
    without articles is left out: no such day is covered.

    Raises:
        InputError: no article has a day, or none up to that day.
    """
    with store.at_one_moment():
        read, acts, named = store.covered(until), store.acts(), _find_bodies(store)
        ended = not read and bool(store.covered())
    if ended:
        raise refusal(InputError, "nothing_until", until)
    if not read:
        raise refusal(InputError, "no_article_days", store.name)
    covered = {day for day, *_ in read}
    told = [act for act in acts if act[1] in covered]
    known = {*(day for day, *_ in read), *(act[1] for act in told)}
    days = {day: date.fromisoformat(day).toordinal() for day in known}
    span = range(days[read[0][0]], days[read[-1][0]] + 1)
    parties, rows, actors, recipients = _number_sides([*_find_sides(told, named)])
    number = {each: n for n, each in enumerate(types())}
    kinds = np.array([number[act[4]] for act in told], dtype=np.int64)[rows]
    quads = np.array([value_of(each, None).quad for each in number], dtype=np.int64)
    lone = {each: n - 1 for n, each in enumerate(sorted({"", *(act[7] for act in told)}))}
    keys = [act[0] for act in told]  # all that is kept of the acts beside numbers
    return Relations(
        parties=parties,
        span=span,
        exposure=exposure_of_outlets(_articles(read, days, span), _per_day(told, days, span)),
        days=np.array([days[act[1]] for act in told], dtype=np.int64)[rows],
        actors=actors,
        recipients=recipients,
        types=kinds,
        quads=quads[kinds],
        scores=np.array([act[5] for act in told], dtype=np.float64)[rows],
        stands=np.array([act[6] for act in told], dtype=np.bool_)[rows],
        speakers=np.array([lone[act[7]] for act in told], dtype=np.int64)[rows],
        event=lambda row: _tell(store, keys[int(rows[row])]),
        left_out={"first told on a day without articles": len(acts) - len(told)},
    )


def _find_bodies(store: Store) -> Mapping[tuple[str, str, str], Sequence[str]]:
    """Return the bodies that are meant by a code of several, by event, role and code.

    What is no body known by name, a person for instance, goes under the code.
    """
    filed: dict[str, str | None] = {}
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for event, role, code, name in store.named(SEVERAL):
        if name not in filed:
            filed[name] = find_body(name)
        found[event, role, code].append(filed[name] or code)
    return found


def _find_sides(
    acts: Sequence[Act], bodies: Mapping[tuple[str, str, str], Sequence[str]]
) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each act with each of its pairs of actor and recipient."""
    for number, (event, _, actor, recipient, *_) in enumerate(acts):
        ones, others = (
            dict.fromkeys(bodies[event, role, code]) if code in SEVERAL else (code,)
            for role, code in (("actor", actor), ("recipient", recipient))
        )
        for one, other in product(ones, others):
            if one != other or one not in INTERNATIONAL:
                yield number, one, other


def _number_sides(
    sides: Sequence[tuple[int, str, str]],
) -> tuple[tuple[str, ...], Ints, Ints, Ints]:
    """Return the parties, and as numbers the act, the actor and the recipient of each row."""
    parties = tuple(sorted({party for _, *pair in sides for party in pair}))
    number = {party: n for n, party in enumerate(parties)}
    rows = [(act, number[actor], number[recipient]) for act, actor, recipient in sides]
    acts, actors, recipients = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return parties, acts, actors, recipients


def _articles(read: Sequence[tuple[str, str, int]], days: Mapping[str, int], span: range) -> Floats:
    """Return the articles of each outlet on each day, the largest outlet first."""
    sizes: Counter[str] = Counter()
    for _, outlet, number in read:
        sizes[outlet] += number
    row = {outlet: n for n, (outlet, _) in enumerate(sizes.most_common(_OUTLETS))}
    articles = np.zeros((len(row) + 1, len(span)))
    for day, outlet, number in read:
        articles[row.get(outlet, -1), days[day] - span[0]] += number
    return articles


def _per_day(acts: Sequence[Act], days: Mapping[str, int], span: range) -> Floats:
    """Return the number of acts that were first told on each day."""
    at = np.array([days[act[1]] - span[0] for act in acts], dtype=np.int64)
    return np.bincount(at, minlength=len(span)).astype(np.float64)


def _tell(store: Store, key: str) -> Mapping[str, Any]:
    """Return the event as an alarm shows it; of one that a writer has just undone its id."""
    found = store.event(key)
    if found is None:
        return {"id": key}
    event = found.event
    return {
        "id": event.id,
        "day": event.day or event.until,
        "actors": tuple(actor.name for actor in event.actors),
        "recipients": tuple(recipient.name for recipient in event.recipients),
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "grade": code_of(event.grade),
        "independent": event.independent,
        "told": found.told,
    }
