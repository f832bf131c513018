"""Orders: in which a kind can be listed, beside its usual one; each is one that an index gives.

So the first page costs the same whatever the size of the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal_among


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order, as `data/orders.tsv` declares it."""

    name: str
    help: str
    rising: bool = False  #: the usual one turned round
    column: str | None = None  #: largest number first, each number's rows in the usual order

    @property
    def usual(self) -> bool:
        """Whether a kind is listed so unless told otherwise."""
        return not self.rising and self.column is None


def read_order(orders: Sequence[Order], given: Any) -> Order | None:
    """Return the order of that name; None for the usual one, which nothing given means as well.

    Raises:
        ValueNotUnderstood: there is no such order.
    """
    if given is None:
        return None
    name = str(given).strip().lower()
    for each in orders:
        if each.name == name:
            return None if each.usual else each
    known = [each.name for each in orders] or ["no order but the usual one"]
    raise refusal_among(ValueNotUnderstood, "no_such_order", given, known)
