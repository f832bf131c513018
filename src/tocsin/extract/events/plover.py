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


def is_cooperative(type: str) -> bool:
    """Tell whether the type is cooperation, verbal or material."""
    return value_of(type, None).quad < 3


def code_when_future(type: str, mode: str | None) -> Code:
    """Return the code of an act that someone announces to do.

    Future CONSULT, SUPPORT, COOPERATE and AID are AGREE; an announced RETREAT is CONCEDE; announced
    material conflict is a threat; other verbal acts stay what they are.
    """
    value = value_of(type, None)
    if value.announced is not None:
        return value.announced, None
    return code_when_threatened(type, mode) if value.quad == 4 else (type, mode)


def code_when_agreed(type: str, mode: str | None) -> Code:
    """Return the code of an act that someone agrees to do: AGREE for all that is cooperation."""
    return ("AGREE", None) if is_cooperative(type) else code_when_future(type, mode)


def code_when_threatened(type: str, mode: str | None) -> Code:
    """Return the threat of this act; its mode is what is threatened."""
    values = _read_values()
    own = values.get((type, mode), values[type, None])
    return "THREATEN", own.threatened or values[type, None].threatened


def code_when_refused(type: str, _mode: str | None) -> Code:
    """Return the refusal to do this act."""
    return "REJECT", value_of(type, None).requested or ("change" if type == "COERCE" else None)


def code_when_requested(type: str, _mode: str | None) -> Code:
    """Return the request that someone do this act."""
    return "REQUEST", value_of(type, None).requested or "change"


def code_when_stopped(type: str, _mode: str | None) -> Code | None:
    """Return what it is to stop this act; None where the manual has no name for it."""
    return value_of(type, None).stopped


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
