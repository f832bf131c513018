"""Given: the last few articles that visitors gave to be read, in memory and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from threading import Lock

from tocsin.articles.items import Item
from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.newest import Newest
from tocsin.records import Report

#: Articles that are remembered; each has at most as many characters as the desk reads.
_MOST = 12


@dataclass(frozen=True, slots=True)
class GivenArticle:
    """What a visitor gave to be read, byte for byte, and what was made of it."""

    item: Item
    report: Report


@dataclass
class Given:
    """The last few of them, by the key of the item; safe to use from several threads."""

    _kept: Newest[GivenArticle] = field(default_factory=partial(Newest, _MOST))
    _lock: Lock = field(default_factory=Lock)

    def put(self, item: Item, report: Report) -> str:
        """Remember what was read, in place of the oldest, and return its key."""
        with self._lock:
            self._kept[item.key] = GivenArticle(item, report)
        return item.key

    def get(self, key: str) -> GivenArticle:
        """Return what was given lately.

        Raises:
            NotThereError: it was not, or so long ago that it is forgotten.
        """
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            raise refusal(NotThereError, "read_long_ago", key)
        return found
