"""Operations beside the kinds: reports, the store itself, what is made of it, and the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request

from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import given, read_records
from tocsin.publish.desk.api.operations import Operation
from tocsin.publish.desk.api.parameters import KEY, parameters_of, read_asked
from tocsin.publish.desk.opened import Desk
from tocsin.records import Report, to_json
from tocsin.reference.offices import OfficeMatch, PersonMatch
from tocsin.store.holdings import Holdings
from tocsin.store.kinds import ARTICLES
from tocsin.watch.alarms import Alarm, watch
from tocsin.watch.brief.records import Brief
from tocsin.watch.changes import RATE
from tocsin.watch.stored import read_relations


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Holdings):
    """What the store holds, in numbers."""

    settled: bool  #: whether all that articles say together has been worked out


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """The alarms by the day they rang, and what they are worth."""

    records: tuple[Alarm, ...]
    first: date  #: of the days that were watched
    last: date
    pairs: int  #: with any event that counts
    pair_years: float  #: for which these were watched
    rate: float  #: false alarms a pair and year that were allowed
    expected_false: float  #: alarms that would ring if nothing had changed anywhere
    left_out: Mapping[str, int]  #: acts that were not counted, by the reason
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOffices:
    """The offices that words can mean, with their holders."""

    records: tuple[OfficeMatch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeople:
    """Who may be called so, the likeliest first, with the offices held."""

    records: tuple[PersonMatch, ...]


def _asked(name: str, request: Request) -> dict[str, Any]:
    return read_asked(parameters_of(name), request.query_params.multi_items())


def _report(desk: Desk, request: Request) -> Any:
    key = request.path_params["key"]
    with desk.asking() as store:
        if store.find(ARTICLES, key) is None:
            raise refusal(NotThereError, "no_such_record", key, kind=ARTICLES.name)
        return to_json(store.report(key))


def _status(desk: Desk, _: Request) -> Any:
    with desk.asking() as store:
        held = to_json(store.status())
        return {**held, "folder": store.name, "settled": store.is_settled()}


def _alarms(desk: Desk, request: Request) -> Any:
    asked = _asked("alarms", request)
    rate, about = asked["rate"] or RATE, asked["about"] or ()
    with desk.asking() as store:
        since, budget = asked["since"], asked["budget"]
        watched = desk.watch()
        if watched is None or budget is not None or rate != RATE:
            relations = watched.relations if watched else read_relations(store)
            watched = watch(relations, rate, budget=budget, about=about, since=since)
        found = watched.outcome(about, since)
        worth = found.watched
        return to_json(
            Alarms(
                records=found.alarms,
                first=found.first,
                last=found.last,
                pairs=worth.pairs,
                pair_years=worth.pair_years,
                rate=worth.rate,
                expected_false=worth.expected_false,
                left_out=found.left_out,
                settled=store.is_settled(),
            )
        )


def _brief(desk: Desk, request: Request) -> Any:
    asked = _asked("brief", request)
    about, reader = asked.pop("about"), asked.pop("for")
    with desk.asking() as store:
        return to_json(desk.brief(store, about, reader, **asked))


def _office(desk: Desk, request: Request) -> Any:
    asked = _asked("office", request)
    found = desk.reference.find_office(asked["office"], asked["on"], asked["country"])
    return to_json(FoundOffices(records=found))


def _person(desk: Desk, request: Request) -> Any:
    found = desk.reference.find_person(_asked("person", request)["name"])
    return to_json(FoundPeople(records=found))


#: What each operation answers, and by what; its words and its place are in the table.
_ANSWERS: Mapping[str, tuple[type, Callable[[Desk, Request], Any]]] = {
    "report": (Report, _report),
    "alarms": (Alarms, _alarms),
    "brief": (Brief, _brief),
    "office": (FoundOffices, _office),
    "person": (FoundPeople, _person),
    "status": (Held, _status),
}


def operations_beside_kinds() -> Iterator[Operation]:
    """Yield what can be asked beside the kinds."""
    for row in read_records("publish/desk/data/operations.tsv"):
        name, keyed = row["name"], "{key}" in row["path"]
        answers, answer = _ANSWERS[name]
        yield Operation(
            name=name,
            group=row["group"],
            path=row["path"],
            summary=row["summary"],
            more=given(row["more"]) or "",
            parameters=(KEY,) if keyed else parameters_of(name),
            answers=answers,
            answer=answer,
            may_miss=keyed,
        )
