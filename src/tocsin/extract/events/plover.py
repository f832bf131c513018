"""PLOVER's types, modes, quad classes and scores; what a type becomes when an act is not done.

The facts are in `lexicons/plover.tsv`; the rules of the second half are the manual's
"disambiguation rules" (PLOVER manual, draft 2.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tocsin.lexicons.tables import given, read_rows

Code = tuple[str, str | None]  #: type and mode

COOPERATIVE = frozenset({1, 2})
_REDUCED_TO_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_STEP_BACK = frozenset({"CONCEDE", "RETREAT"})

#: The mode of a threat is what is threatened: by type, or by type and mode where that says more.
_THREATENED: Mapping[Code, str | None] = {
    ("COERCE", None): "restrict",
    ("COERCE", "arrest"): "arrest",
    ("COERCE", "deport"): "expel",
    ("COERCE", "seize"): "restrict",
    ("COERCE", "cyber"): "violence",
    ("SANCTION", None): "relations",
    ("SANCTION", "expel"): "expel",
    ("SANCTION", "convict"): "arrest",
    ("ASSAULT", None): "violence",
    ("MOBILIZE", None): "violence",
    ("PROTEST", None): None,
}

_REQUESTED: Mapping[str, str] = {
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "CONSULT": "meet",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}


@dataclass(frozen=True, slots=True)
class Value:
    """Quad class (1 to 4) and score (-10 to 10) of a type, or of a type with a mode."""

    quad: int
    score: float


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
    return value_of(type, None).quad in COOPERATIVE


def code_when_future(type: str, mode: str | None) -> Code:
    """Return the code of an act that someone announces to do.

    Future CONSULT, SUPPORT, COOPERATE and AID are AGREE; an announced RETREAT is CONCEDE; announced
    material conflict is a threat; other verbal acts stay what they are.
    """
    if type in _REDUCED_TO_AGREE:
        return "AGREE", None
    if type in _STEP_BACK:
        return "CONCEDE", None
    if value_of(type, None).quad == 4:
        return code_when_threatened(type, mode)
    return type, mode


def code_when_agreed(type: str, mode: str | None) -> Code:
    """Return the code of an act that someone agrees to do: AGREE for all that is cooperation."""
    return ("AGREE", None) if is_cooperative(type) else code_when_future(type, mode)


def code_when_threatened(type: str, mode: str | None) -> Code:
    """Return the threat of this act; its mode is what is threatened."""
    if is_cooperative(type):
        return "THREATEN", None
    known = _THREATENED.get((type, mode), _THREATENED.get((type, None)))
    return "THREATEN", known


def code_when_refused(type: str, _mode: str | None) -> Code:
    """Return the refusal to do this act."""
    return "REJECT", _REQUESTED.get(type, "change" if type == "COERCE" else None)


def code_when_requested(type: str, _mode: str | None) -> Code:
    """Return the request that someone do this act."""
    return "REQUEST", _REQUESTED.get(type, "change")


def code_when_stopped(type: str, _mode: str | None) -> Code | None:
    """Return what it is to stop this act; None where the manual has no name for it."""
    if type in ("AID", "COOPERATE", "SUPPORT"):
        return "SANCTION", "discontinue" if type == "AID" else "withdraw"
    if type == "CONSULT":
        return "SANCTION", "withdraw"
    if type == "ASSAULT":
        return "RETREAT", "ceasefire"
    if type in ("COERCE", "MOBILIZE", "SANCTION", "PROTEST"):
        return "RETREAT", "withdraw" if type == "MOBILIZE" else None
    return None


@cache
def _read_values() -> dict[tuple[str, str | None], Value]:
    rows = read_rows("lexicons/plover.tsv", "type mode quad score")
    return {(root, given(mode)): Value(int(quad), float(score)) for root, mode, quad, score in rows}
