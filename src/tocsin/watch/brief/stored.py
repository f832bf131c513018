"""A brief from a store: what is there is read as ids and numbers, the few that are shown whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tocsin.errors import InputError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.records import Span, Telling
from tocsin.reference.treaties import allies_of
from tocsin.store import kinds, situation
from tocsin.store.arrivals import Clock, begin_run, disown_run, first_run_since, last_run_of
from tocsin.store.asked import read_country, read_since
from tocsin.store.database import open_database, store_errors
from tocsin.store.handle import Store
from tocsin.store.kinds.events import FoundEvent
from tocsin.store.kinds.findings import FoundFinding
from tocsin.store.kinds.statements import FoundStatement
from tocsin.store.tables import Connection
from tocsin.watch.alarms import Outcome, Watch, watch
from tocsin.watch.brief.ahead import look_both_ways
from tocsin.watch.brief.choice import (
    Material,
    alike_of,
    choose,
    choose_alarms,
    find_courses,
    find_ties,
    is_among,
    kind_of,
)
from tocsin.watch.brief.records import Brief, Reference, Scope, Sentence
from tocsin.watch.brief.sentences import Teller, ids_of
from tocsin.watch.course import read_course
from tocsin.watch.lists import Entry, list_entries, types_of
from tocsin.watch.stored import read_relations

#: Days that a brief covers up to the last day of the store, unless told otherwise.
_DAYS = 28
#: No brief begins before; no article has an earlier day.
_FIRST = date(1600, 1, 1)
#: Tellings of an event, articles of a record, entries of a list; places on the map.
_FEW, _SPOTS = 3, 60
#: Events that running lists are made of, the latest.
_STEPS = 300


def read_scope(
    store: Store,
    about: str,
    reader: str | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    new: bool = False,
    new_since: object = None,
) -> Scope:
    """Return what a brief is asked for: countries by code or name, with commas between.

    Without days it covers the last four weeks of the store.  Only what is new is asked for by
    `new`, since the last brief about these for this reader, or by `new_since` a day, time or run.

    Raises:
        ValueNotUnderstood: there is no such country, no such moment, or the days run backwards.
        InputError: no article of the store has a day.
    """
    named = [part for part in about.split(",") if part.strip()] or [""]
    countries = tuple(dict.fromkeys(read_country("about", each) for each in named))
    code = None if reader is None else read_country("for", reader)
    days = [day for day, *_ in store.covered()]
    if not days:
        raise refusal(InputError, "no_article_days", store.name)
    last = until or date.fromisoformat(days[-1])
    first = max(since or last - timedelta(_DAYS - 1), _FIRST)
    if first > last and until is None:
        raise refusal(ValueNotUnderstood, "days_ended", first, last=last)
    if first > last:
        raise refusal(ValueNotUnderstood, "days_reversed", f"{first} to {last}")
    scope = Scope(about=countries, reader=code, since=first, until=last)
    new_from = last_run_of(store.connection(), _command(scope)) if new else None
    if new_since is not None:
        new_from = first_run_since(store.connection(), read_since("new-since", new_since))
    return replace(scope, new_from=new_from)


def note_brief(store: Store, scope: Scope, clock: Clock) -> int:
    """Note in the ledger of runs that a brief is made, before it is: the next knows what is new.

    What is written meanwhile belongs to its run, of which the number is returned and which the next
    counts as new: nothing is missed.

    Raises:
        StoreError: the store cannot be written to.
    """
    with store_errors(store.folder), closing(open_database(store.folder)) as connection:
        return begin_run(connection, _command(scope), clock)


def disown_brief(store: Store, number: int) -> None:
    """Note that the brief of this run reached nobody: what was new is new to the next one.

    Raises:
        StoreError: the store cannot be written to.
    """
    with store_errors(store.folder), closing(open_database(store.folder)) as connection:
        disown_run(connection, number)


def _command(scope: Scope) -> str:
    return f"brief --about {','.join(sorted(scope.about))} --for {scope.reader or 'nobody'}"


def make_brief(store: Store, scope: Scope, watched: Watch | None = None) -> Brief:
    """Return the brief on `scope`, of what the store holds at this moment.

    Args:
        store: whose records are shown.
        scope: whom and which days it is about.
        watched: the relations up to the last day of `scope`, where they were watched already.
    """
    with store.at_one_moment():
        connection = store.connection()
        watched = watched or watch(read_relations(store, scope.until))
        outcome = watched.outcome(scope.about, scope.since)
        everything = _read(store, scope, outcome)
        material = everything
        if scope.new_from is not None:
            material = everything.only(situation.read_new(connection, scope.new_from))
        allies = allies_of(scope.reader, scope.until) if scope.reader else {}
        parts = choose(scope, material, allies.keys() - {*scope.about})
        shown = [key for keys in parts.values() for key in keys]
        asked = [deed.id for deed in material.deeds if deed.contradicted][:_SPOTS]
        events = situation.read_found(connection, kinds.EVENTS, {*shown, *asked})
        told = {key: found.event for key, found in events.items()}
        teller = Teller(scope, material, parts, told)
        opening, questions = tuple(teller.open()), tuple(teller.ask())
        alarming = [key for alarm in material.alarms for key in ids_of(alarm)]
        ids = [*_behind(opening), *alarming, *shown, *_behind(questions)]
        courses = tuple(find_courses(scope, everything))
        pairs = [(course.actor, course.recipient) for course in courses]
        courses = tuple(  # the acts of a body are filed under the code of several, but for alarms
            course
            if any(course.reports)
            else read_course(watched.relations, pair, scope.since, scope.until)
            for course, pair in zip(courses, pairs, strict=True)
        )
        outlooks, past = look_both_ways(watched.relations, pairs, scope.concerned)
        return Brief(
            scope=scope,
            articles=sum(n for day, n in material.covered.items() if scope.since <= day),
            opening=opening,
            alarms=material.alarms,
            alarms_in_all=len(outcome.alarms),
            expected_false=round(outcome.watched.expected_false, 1),
            parts=parts,
            entries=_list(connection, scope, material),
            outlooks=outlooks,
            past=past,
            treaties=tuple({t.name: t for own in allies.values() for t in own}.values()),
            questions=questions,
            references=tuple(_references(connection, scope, material, dict.fromkeys(ids))),
            courses=courses,
            ties=tuple(find_ties(scope, everything.deeds)),
            spots=tuple(
                situation.read_spots(connection, {deed.id for deed in everything.deeds}, _SPOTS)
            ),
        )


def _behind(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Yield ids of the records behind sentences."""
    return (key for each in sentences for key in each.records)


def _list(connection: Connection, scope: Scope, material: Material) -> tuple[Entry, ...]:
    """Return the latest entries of running lists between those concerned, few of each list."""
    types = types_of()
    steps = [d.id for d in material.deeds if d.type in types and is_among(scope, d)][-_STEPS:]
    found = situation.read_found(connection, kinds.EVENTS, steps)
    of_list: Counter[str] = Counter()
    kept = []
    for entry in list_entries(each.event for each in found.values()):
        if of_list[entry.kind] < _FEW and {entry.actor, entry.recipient} & {*scope.about}:
            of_list[entry.kind] += 1
            kept.append(entry)
    return tuple(kept)


def _read(store: Store, scope: Scope, outcome: Outcome) -> Material:
    connection, about, days = store.connection(), scope.about, (scope.since, scope.until)
    length = timedelta((scope.until - scope.since).days + 1)
    before = scope.since - length, scope.since - timedelta(1)
    covered: Counter[date] = Counter()
    for day, _, number in store.covered(scope.until):
        covered[date.fromisoformat(day)] += number
    return Material(
        deeds=tuple(situation.read_deeds(connection, about, days)),
        before=tuple(situation.read_deeds(connection, about, before)),
        uttered=tuple(situation.read_utterances(connection, scope.concerned, about, days)),
        doubts=tuple(situation.read_doubts(connection, about, days)),
        covered=covered,
        alarms=choose_alarms(scope, outcome.alarms),
        watched=outcome.watched.pair_years > 0,
    )


# --------------------------------------------------------------------------- references


def _references(
    connection: Connection, scope: Scope, material: Material, ids: Collection[str]
) -> Iterable[Reference]:
    """Yield the records with these ids, in their order."""
    deeds = {deed.id: deed for deed in material.deeds}
    kinds_of_deeds = Counter(kind_of(deed) for deed in material.deeds)
    doubts = alike_of(scope, material.doubts)
    printed = {each.id: each.articles for each in material.uttered}
    standing = situation.read_standing(connection, ids)
    found: dict[str, Any] = {}
    for kind in (kinds.EVENTS, kinds.STATEMENTS, kinds.FINDINGS):
        found |= situation.read_found(connection, kind, ids)
    for key in (key for key in ids if key in found):
        reference = refer(key, found[key])
        if isinstance(found[key], FoundEvent):
            alike = kinds_of_deeds[kind_of(deeds[key])] - 1 if key in deeds else 0
            yield replace(reference, alike=alike, stands=key in standing)
        else:
            articles = printed.get(key, reference.articles)
            yield replace(reference, alike=doubts.get(key, 1) - 1, articles=articles)


def refer(key: str, found: FoundEvent | FoundStatement | FoundFinding) -> Reference:
    """Return a record as a page shows it, with its words and the articles they stand in."""
    record: Any
    at: tuple[Span, ...]
    text_id: str | None
    if isinstance(found, FoundEvent):
        first, record = found.event.tellings[0], found.event
        words, day, at = first.told, record.day or record.until, (first.event.words,)
        text_id, articles = first.text_id, record.articles
        record = replace(record, tellings=_few_of(record.tellings))
    else:
        day, text_id, articles = found.day, found.text_id, len(found.prints)
        if isinstance(found, FoundStatement):
            record, words = found.statement, found.said
            at = record.content
        else:
            record, words = found.finding, found.finding.sentence
            at = (record.words,) if record.words else ()
    return Reference(
        id=key,
        record=record,
        words=words,
        day=day,
        text_id=text_id,
        at=at,
        prints=found.prints[:_FEW],
        articles=articles,
    )


def _few_of(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Return the earliest telling of each voice, a few of them."""
    voices: dict[int, Telling] = {}
    for telling in tellings:
        voices.setdefault(telling.voice, telling)
    return tuple([*voices.values()][:_FEW])
