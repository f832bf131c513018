"""Calls: alarms and a brief as Python asks for them, with the arguments of the command line."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from os import fspath
from pathlib import Path

from tocsin.errors import InputError
from tocsin.lexicons.refusals import refusal
from tocsin.reference.offices import load_reference
from tocsin.settings import load_settings
from tocsin.store.asked import read_first_day, read_last_day, read_number
from tocsin.store.handle import Store
from tocsin.watch.alarms import Outcome, find_alarms
from tocsin.watch.brief.records import Brief
from tocsin.watch.brief.stored import make_brief, read_scope
from tocsin.watch.changes import BUDGETS, RATE, RATES
from tocsin.watch.event_tables import read_event_table
from tocsin.watch.events import relations_of
from tocsin.watch.parties import read_parties
from tocsin.watch.relations import Relations
from tocsin.watch.stored import read_relations


def alarms(
    given: Store | str | Path,
    about: str | None = None,
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    rate: float = RATE,
    budget: float | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Outcome:
    """Return the alarms of a store or an event table by the day they rang, and what they are worth.

    >>> for alarm in tocsin.alarms("examples/crisis/polecat.tsv", "PHL"):
    ...     print(alarm.actor, alarm.recipient, alarm.rang, alarm.rings)
    PHL IDN 2024-06-12 confirmed

    Args:
        given: an open store, or the file of an event table, of which all is taken as confirmed.
        about: parties of which one must be a side, with commas between: "PRK,RUS".
        since: only alarms that rang on or after this day, or still rang then.
        until: the last day that counts: what was known then.
        rate: false alarms allowed for each pair and year.
        budget: false alarms to be expected among all that are returned, at most.
        mapping: the column of each part, of a table in a form of its own: ``{"day": "date"}``.

    Raises:
        ValueNotUnderstood: there is no such party, day, rate or budget.
        InputError: the table cannot be read, or nothing in it or in the store has a day up to the
            last that counts.
    """
    asked = () if about is None else read_parties("about", about)
    last = None if until is None else read_last_day("until", until)
    if not isinstance(given, Store):
        relations = _read_table(fspath(given), mapping, last)
    elif mapping:
        raise TypeError("alarms() takes a mapping for the columns of a table, not with a store")
    else:
        relations = read_relations(given, last)
    return find_alarms(
        relations,
        read_number("rate", rate, *RATES),
        budget=None if budget is None else read_number("budget", budget, *BUDGETS),
        about=asked,
        since=None if since is None else read_first_day("since", since),
    )


def _read_table(path: str, mapping: Mapping[str, str] | None, until: date | None) -> Relations:
    settings = load_settings()
    rows = read_event_table(path, settings, mapping=mapping)
    if rows.damage:
        refused = refusal(InputError, "file_not_whole", path, damage=rows.damage)
        warnings.warn(str(refused), stacklevel=3)
    return relations_of(rows, load_reference(settings), until)


def brief(
    store: Store,
    about: str,
    reader: str | None = None,
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    new_since: date | str | int | None = None,
) -> Brief:
    """Return the brief on a situation, one page made of the records of a store alone.

    >>> tocsin.brief(store, "PRK,RUS", reader="USA", since="2024-10-01").opening[0].text[:23]
    '4 articles in the store'

    `about` names countries, `reader` the one that is told what concerns it, the others are options
    of the command.  Nothing is noted in the store: `tocsin brief --new` does not know of it.

    Raises:
        ValueNotUnderstood: there is no such country, day or moment, or the days run backwards.
        InputError: no article of the store has a day.
    """
    scope = read_scope(
        store,
        about,
        reader,
        since=None if since is None else read_first_day("since", since),
        until=None if until is None else read_last_day("until", until),
        new_since=new_since,
    )
    return make_brief(store, scope)
