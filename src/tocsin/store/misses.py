"""Misses: what was asked of an answer that is empty, and is nowhere in the store.

A value of few is refused where it is none of them.  Names, ids and words are many, and new ones
come: they are no error, and whoever misspells one is told what is nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tocsin.lexicons.nearest import suggest
from tocsin.reference.countries import load_countries
from tocsin.store.asked import Party
from tocsin.store.database import store_errors
from tocsin.store.handle import Results, Store
from tocsin.store.kinds.kind import Filter, Kind
from tocsin.store.tables import read_column


def find_misses(
    store: Store, kind: Kind[Any], asked: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield filter, value and what may be meant, of text that gives nothing by itself.

    Where nothing else is asked, only what may be misspelt: that it gives nothing is known then.
    """
    several = sum(value is not None for value in asked.values()) > 1
    beside = {each.name: True for each in kind.filters if each.name == "background"}
    for each in kind.filters:
        given = asked.get(each.name)
        if given is None or each.kind != "text" or each.vocabulary():
            continue
        if not Results(store, kind, {each.name: given, **beside}):
            meant = _suggest(store, each, given)
            if meant or several:
                yield each.option, str(given), meant


def _suggest(store: Store, asked: Filter, given: object) -> str:
    read = asked.read(asked.name, given)
    if asked.names is None or (isinstance(read, Party) and read.country):
        return ""
    with store_errors(store.folder):
        names = read_column(store.connection(), f"SELECT DISTINCT {asked.names}")
    countries = load_countries().by_code.values() if isinstance(read, Party) else ()
    return suggest(given, list(filter(None, (*names, *(each.name for each in countries)))))
