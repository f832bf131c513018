"""Watched work: the steps of long work, passed through what shows how many are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

#: Passes things on and shows how far they are: takes them, how many there are if that is known, and
#: what they are, like "rows read"; where they are too few to tell, what is done.
Watch = Callable[[Iterable[Any], int | None, str], Iterable[Any]]


def unwatched(things: Iterable[Any], _: int | None, __: str) -> Iterable[Any]:
    """Pass things on and show nothing."""
    return things
