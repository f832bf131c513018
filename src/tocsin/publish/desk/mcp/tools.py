"""Tools: what a language model can ask, each by the query that the other faces ask it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tocsin.articles.items import Item
from tocsin.checks.tenure import judge_office
from tocsin.checks.wording import as_evidence
from tocsin.errors import InputError, NotThereError, SlowQuestionError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.alarms import account_of
from tocsin.publish.brief.view import build_view
from tocsin.publish.desk.api.parameters import (
    FEW,
    MOST_OF_FEW,
    Parameter,
    order_of,
    parameter_of,
    parameters_of,
    read_asked,
)
from tocsin.publish.desk.asking import read_question
from tocsin.publish.desk.mcp import results
from tocsin.publish.desk.mcp.pages import sections_of
from tocsin.publish.desk.mcp.quotes import few_quotes, find_record, quotes_of
from tocsin.publish.desk.mcp.results import Result, Room, answer_of, make_record
from tocsin.publish.desk.opened import Desk
from tocsin.publish.sitrep import build_sitrep
from tocsin.reference.offices import PersonMatch, Reference
from tocsin.store.handle import Results, Store
from tocsin.store.kinds import EVENTS, FINDINGS, STATEMENTS
from tocsin.store.kinds.kind import Kind
from tocsin.watch.alarms import Alarm
from tocsin.watch.situation import OverTime

#: The kinds of answer that are tools.
_KINDS: tuple[Kind[Any], ...] = (EVENTS, STATEMENTS, FINDINGS)

Given = Mapping[str, str]  #: what was asked, in the words of an address
Asked = Mapping[str, Any]  #: the values that were read from them; None for what was not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool: what it takes, and what it answers with."""

    name: str
    parameters: tuple[Parameter, ...]
    answers: type[Result]
    answer: Callable[[Desk, Given], Result]


@cache
def tools() -> tuple[Tool, ...]:
    """Return every tool."""
    return (
        _tool("brief", results.Briefing, _brief, "brief", "parts"),
        _tool("alarms", results.Alarms, _alarms, "ringing", "more"),
        *(_of_kind(each) for each in _KINDS),
        _tool("sources_of", results.Sources, _sources, "sources_of", "more"),
        _tool("check_office", results.Judged, _check_office, "check_office"),
        _tool("person", results.People, _person, "person", "more"),
        _tool("read_article", results.Read, _read_article, "read_article", "parts"),
    )


def _tool(
    name: str, answers: type[Result], answer: Callable[[Desk, Asked], Result], *of: str
) -> Tool:
    """Return a tool that takes the parameters of these operations."""
    parameters = tuple(each for operation in of for each in parameters_of(operation))
    return Tool(
        name=name,
        parameters=parameters,
        answers=answers,
        answer=lambda desk, given: answer(desk, read_asked(parameters, given.items())),
    )


# --------------------------------------------------------------------------- kinds of answer


def _of_kind(kind: Kind[Any]) -> Tool:
    def answer(desk: Desk, given: Given) -> results.OfStore:
        few = read_question(kind, {"limit": str(FEW), **given}.items(), MOST_OF_FEW)
        with desk.asking() as store:
            return _answer(store, few.of(store))

    asked = (*map(parameter_of, kind.filters), order_of(kind), *parameters_of("found"))
    return Tool(name=kind.name, parameters=asked, answers=answer_of(kind), answer=answer)


def _answer(store: Store, found: Results[Any]) -> results.OfStore:
    """Return as many records as there is room for, and the cursor behind the last."""
    walk, kind = found.walk(), found.kind
    places: list[Any] = []

    def records() -> Iterator[results.Record]:
        for place, each in walk.found:
            places.append(place)
            yield make_record(kind, each, few_quotes(store, kind, each))

    taken = Room().take(records(), walk.limit or FEW)
    more = len(places) > len(taken) or next(walk.found, None) is not None
    cursor = walk.cursor_at(places[len(taken) - 1]) if more else None
    told = {"records": taken, "next": cursor, "settled": store.is_settled()}
    return answer_of(kind).model_validate(told)


def _sources(desk: Desk, asked: Asked) -> results.Sources:
    after = asked["after"] or 0
    with desk.asking() as store:
        found = find_record(store, asked["id"])
        if found is None:
            raise refusal(NotThereError, "record_unknown", asked["id"])
        kind, record = found
        quotes = [*quotes_of(store, kind, record)]
        shown = Room().take(quotes[after:], MOST_OF_FEW)
        return results.Sources(
            kind=kind.name,
            record=make_record(kind, record, shown),
            in_all=len(quotes),
            next=_next(after + len(shown), quotes),
            settled=store.is_settled(),
        )


# --------------------------------------------------------------------------- over time


def _brief(desk: Desk, asked: Asked) -> results.Briefing:
    """Brief as the command does, but for its note in the store."""
    days = {name: asked[name] for name in ("since", "until", "new_since")}
    with desk.asking() as store:
        made = desk.brief(store, asked["about"], asked["for"], **days)
        settled = store.is_settled()
    view, prints = build_view(made), {each.id: each.prints for each in made.references}
    return results.Briefing(
        title=view.title,
        about=list(view.about),
        opening=list(view.opening),
        sections=sections_of(view.sections, asked, prints),
        settled=settled,
    )


def _alarms(desk: Desk, asked: Asked) -> results.Alarms:
    (over_time, fresh), about, since = _over_time(desk), asked["about"], asked["since"]
    after = asked["after"] or 0
    rung = [
        each
        for each in over_time.alarms
        if (not about or each.actor in about or each.recipient in about)
        and (since is None or each.until is None or each.until >= since)
    ]
    with desk.asking() as store:
        told = (_rung(store, over_time.told(each)) for each in rung[after:])
        shown = Room().take(told, FEW)
        return results.Alarms(
            alarms=shown,
            worth=[*account_of(over_time.outcome)],
            in_all=len(rung),
            next=_next(after + len(shown), rung),
            settled=store.is_settled() and fresh,
        )


def _over_time(desk: Desk) -> tuple[OverTime, bool]:
    """Return what goes on over time, and whether it is of the store as it is now."""
    desk.store.connection()  # another store may lie in its place
    seen = desk.situation.look(desk.patience)
    if seen.value is None:
        raise refusal(SlowQuestionError, "situation_awaited")
    if seen.value.over_time is None:
        raise refusal(InputError, "no_article_days", desk.store.name)
    return seen.value.over_time, seen.fresh


def _rung(store: Store, alarm: Alarm) -> results.Rung:
    found = (store.event(each["id"]) for each in alarm.events)
    events = [make_record(EVENTS, each, few_quotes(store, EVENTS, each)) for each in found if each]
    told = {name: getattr(alarm, name) for name in results.Rung.model_fields if name != "events"}
    return results.Rung(**told, events=events)


# --------------------------------------------------------------------------- one article, one name


def _read_article(desk: Desk, asked: Asked) -> results.Read:
    body = asked["text"].encode("utf-8", "replace")
    item = Item(
        origin="text",
        name="text",
        body=body,
        media_type="text/plain",
        url=asked["url"],
        outlet=asked["outlet"],
    )
    report = desk.report_on(replace(item, published=asked["day"], published_from="given"))
    view, article = build_sitrep(report), report.article
    return results.Read(
        title=view.title,
        about=list(view.about),
        opening=[view.opening],
        sections=sections_of(view.sections, asked),
        article=article.id,
        characters=len(article.text),
        published=article.published,
    )


def _check_office(desk: Desk, asked: Asked) -> results.Judged:
    claim = (asked[name] for name in ("name", "office", "country", "day"))
    return results.Judged(finding=judge_office(desk.reference, *claim))


def _person(desk: Desk, asked: Asked) -> results.People:
    after, found = asked["after"] or 0, desk.reference.find_person(asked["name"])
    people = Room().take((_holder(desk.reference, each) for each in found[after:]), FEW)
    return results.People(people=people, in_all=len(found), next=_next(after + len(people), found))


def _holder(reference: Reference, found: PersonMatch) -> results.Holder:
    person, terms = found.person, found.tenures
    return results.Holder(
        id=person.id,
        name=person.name,
        agreement=found.match.sentence,
        born=person.born,
        died=person.died,
        offices=[as_evidence(reference, each) for each in terms[:MOST_OF_FEW]],
        terms=len(terms),
    )


def _next(shown: int, things: Sequence[Any]) -> int | None:
    return shown if shown < len(things) else None
