"""PLOVER's types, modes, quad classes and scores; what a type becomes when an act is not done.

The facts are in `lexicons/plover.tsv`, and so are the manual's "disambiguation rules" as far as
they go by the type (PLOVER manual, draft 2.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.lexicons.tables import given, read_rows

Code = tuple[str, str | None]  #: type and mode


@dataclass(frozen=True, slots=True)
class Value:
    """Quad class (1 to 4) and score (-10 to 10) of a type, or of a type with a mode.

    The rest is what becomes of an act that is not done: the type of its announcement, the modes of
    a threat and a request to do it, and the code of its end; None where the manual has none.
    """

    quad: int
    score: float
    announced: str | None
    threatened: str | None
    requested: str | None
    stopped: Code | None


def value_of(type: str, mode: str | None) -> Value:
    """Return quad class and score.

    Raises:
        KeyError: PLOVER has no such type, or the type no such mode.
    """
    return _read_values()[type, mode]


def modes_of(type: str) -> frozenset[str]:
    """Return the modes of `type`; empty for a type that has none."""
    return frozenset(mode for each, mode in _read_values() if each == type and mode is not None)


def types() -> tuple[str, ...]:
    """Return the sixteen types in the manual's order."""
    return tuple(root for root, mode in _read_values() if mode is None)


def types_of(quad: int) -> tuple[str, ...]:
    """Return the types of a quad class, which all modes of a type share."""
    return tuple(each for each in types() if value_of(each, None).quad == quad)


def is_cooperative(type: str) -> bool:
    """Tell whether the type is cooperation, verbal or material."""
    return value_of(type, None).quad < 3


def changed(code: Code, change: str | None) -> Code | None:
    """Return the code of an act that is not done but agreed, offered, announced ("future"), vowed,
    refused, threatened, requested or stopped; None where the manual has no name for that.

    What is agreed or offered is AGREE if it is cooperation.  Future CONSULT, SUPPORT, COOPERATE and
    AID are AGREE too; an announced RETREAT is CONCEDE; announced material conflict is a threat, and
    its mode is what is threatened; other verbal acts stay what they are.
    """
    root = code[0]
    value = value_of(root, None)
    match change:
        case None:
            return code
        case "agreed" | "offered" if is_cooperative(root):
            return "AGREE", None
        case "refused":
            return "REJECT", value.requested or ("change" if root == "COERCE" else None)
        case "requested":
            return "REQUEST", value.requested or "change"
        case "stopped":
            return value.stopped
    if change != "threatened" and value.announced is not None:
        return value.announced, None
    if change != "threatened" and value.quad < 4:
        return code
    own = _read_values().get(code, value)
    return "THREATEN", own.threatened or value.threatened


@cache
def _read_values() -> dict[Code, Value]:
    columns = "type mode quad score announced threatened requested stopped"
    return {
        (root, given(mode)): Value(
            int(quad), float(score), given(announced), given(threat), given(request), _code(end)
        )
        for root, mode, quad, score, announced, threat, request, end in read_rows(
            "lexicons/plover.tsv", columns
        )
    }


def _code(cell: str) -> Code | None:
    root, _, mode = cell.partition(" ")
    return (root, given(mode)) if mode else None
