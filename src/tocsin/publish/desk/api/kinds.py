"""Operations of the kinds: a list of each, and its records one by one where they have ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import make_dataclass, replace
from typing import Any

from fastapi import Request

from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.api.operations import Operation
from tocsin.publish.desk.api.parameters import KEY, order_of, parameter_of, parameters_of
from tocsin.publish.desk.asking import read_given, read_question, read_yes_or_no
from tocsin.publish.desk.opened import Desk
from tocsin.records import to_json
from tocsin.store.facets import Facets
from tocsin.store.frames import row_of
from tocsin.store.kinds import KINDS
from tocsin.store.kinds.kind import Kind
from tocsin.store.queries import Listed

#: What a list says beside its records where it is asked for.
_MORE = ("count", "facets", "rows")


def operations_of_kinds() -> Iterator[Operation]:
    """Yield what can be asked of each kind."""
    for kind in KINDS:
        yield _list_of(kind)
        if isinstance(kind.source, Listed):
            yield _one_of(kind)


def _list_of(kind: Kind[Any]) -> Operation:
    about = {"__doc__": f"An answer of {kind.name}."}
    fields = [
        ("records", tuple[kind.members, ...]),  # type: ignore[name-defined]
        ("next", str | None),
        ("settled", bool),
        ("count", int | None),
        ("facets", Facets | None),
        ("rows", tuple[tuple[str | int | float | bool | None, ...], ...] | None),
    ]
    return Operation(
        name=kind.name,
        group=kind.name,
        path=f"/{kind.name}",
        summary=kind.summary,
        parameters=(
            *map(parameter_of, kind.filters),
            *([order_of(kind)] if kind.orders else []),
            *parameters_of("list"),
        ),
        answers=make_dataclass(kind.name.capitalize(), fields, namespace=about),
        answer=_answer_list(kind),
    )


def _answer_list(kind: Kind[Any]) -> Callable[[Desk, Request], Any]:
    def answer(desk: Desk, request: Request) -> dict[str, Any]:
        pairs = request.query_params.multi_items()
        more = read_given(each for each in pairs if each[0] in _MORE)
        wanted = {name for name, value in more.items() if read_yes_or_no(name, value)}
        question = read_question(kind, (each for each in pairs if each[0] not in _MORE))
        with desk.asking() as store:
            results = question.of(store)
            walk = results.walk()
            found = list(walk)
            return {
                "records": [kind.as_object(each) for each in found],
                "next": walk.cursor,
                "settled": store.is_settled(),
                "count": replace(question, limit=None).of(store).count()
                if "count" in wanted
                else None,
                "facets": to_json(results.facets()) if "facets" in wanted else None,
                "rows": to_json([row_of(each, kind.columns) for each in found])
                if "rows" in wanted
                else None,
            }

    return answer


def _one_of(kind: Kind[Any]) -> Operation:
    def answer(desk: Desk, request: Request) -> dict[str, Any]:
        key = request.path_params["key"]
        with desk.asking() as store:
            found = store.find(kind, key)
        if found is None:
            raise refusal(NotThereError, "no_such_record", key, kind=kind.name)
        return kind.as_object(found)

    return Operation(
        name=f"{kind.name}_one",
        group=kind.name,
        path=f"/{kind.name}/{{key:path}}",
        summary=f"Give one of the {kind.name} by its id.",
        parameters=(KEY,),
        answers=kind.members,
        answer=answer,
        may_miss=True,
    )
