"""Newest: what is remembered of visitors, no more than so much: nobody can fill the memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

_Value = TypeVar("_Value")


class Newest(OrderedDict[str, _Value]):
    """The last `most` values that were set, by their keys."""

    def __init__(self, most: int) -> None:
        """Begin without any."""
        super().__init__()
        self.most = most

    def __setitem__(self, key: str, value: _Value) -> None:
        """Set a value as the newest, in place of the oldest where there are too many."""
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self.most:
            self.popitem(last=False)
