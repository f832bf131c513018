"""Modality: what the words around an act make of it, and which of them does."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract.grammar.arguments import carrier_of
from tocsin.extract.grammar.modality import changed_by, governors_of, signs_beside
from tocsin.models.parsed import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """What the words around an act make of it."""

    negated: bool = False  #: not done
    change: str | None = None  #: as `tocsin.extract.grammar.modality.change_of` has it
    changer: Token | None = None  #: "agreed", which changes it; None for a mere "will"
    obliged: bool = False  #: "must", "should"


def read_modality(act: Token) -> Modality:
    """Return what becomes of the act that a verb or a noun of action tells."""
    carrier = carrier_of(act)
    own = signs_beside(carrier, act)
    negated = "negated" in own
    change = "future" if "future" in own else None
    changer: Token | None = None
    if change is not None and negated:
        change, negated = "refused", False
    for governor, effect in governors_of(carrier):
        if firmer := changed_by(effect, change):
            change, changer = firmer, governor
        else:
            negated = negated or effect in ("refused", "negated")
    return Modality(negated=negated, change=change, changer=changer, obliged="obliged" in own)
