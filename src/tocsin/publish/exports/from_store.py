"""What exporters take, read from a store as it is asked for: events, findings, articles, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from tocsin.publish.exports.articles import Lookup, near
from tocsin.publish.exports.claimreview import Checked
from tocsin.publish.exports.tables import TELLINGS, TEXTS, Table, find_tellings
from tocsin.records import Actor, Article, Report, ReportedEvent, Span, Verdict
from tocsin.spans import holds
from tocsin.store.database import store_errors
from tocsin.store.handle import Results, Store
from tocsin.store.kinds import EVENTS, KINDS
from tocsin.store.kinds.kind import Column, Kind
from tocsin.store.rows import read_article_row

_Record = TypeVar("_Record")

#: Shows how far the reading is: takes an iterator, how many it will yield, and what they are.
Watch = Callable[[Iterable[Any], int, str], Iterable[Any]]

#: A review may need the statements of a text; findings of one text come close together.
_REPORTS_NEAR = 16


def look_up(store: Store) -> Lookup:
    """Return what finds an article of `store`, with its text, by its id."""

    def read(key: str) -> Article:
        with store_errors(store.folder):
            return read_article_row(store.connection(), key)

    return near(read)


def find_events(store: Store, asked: Mapping[str, Any], watch: Watch) -> Iterable[ReportedEvent]:
    """Return the reported events that the filters `asked` ask for."""
    return _watched(store.events(**asked), "events", watch)


def find_checked(store: Store, asked: Mapping[str, Any], watch: Watch) -> Iterator[Checked]:
    """Yield the findings of the tenure check with the articles and speakers they are about."""
    articles = look_up(store)
    report = lru_cache(maxsize=_REPORTS_NEAR)(store.report)
    for found in _watched(store.findings(check="tenure", **asked), "findings", watch):
        reviewed = found.finding.verdict in (Verdict.HOLDS, Verdict.CONTRADICTED)
        prints = [each.id for each in found.prints] if reviewed else []
        yield Checked(
            id=found.id,
            finding=found.finding,
            articles=tuple(articles(each) for each in prints),
            speaker=_speaker(report(prints[0]), found.finding.words) if prints else None,
        )


def tables_of(store: Store, names: Iterable[str], watch: Watch) -> Iterator[Table]:
    """Yield the tables called `names`, their rows newest first."""
    for name in names:
        columns, rows = _TABLES[name]
        yield Table(name=name, columns=columns, rows=_rows(store, name, rows, watch))


def events_table(store: Store, asked: Mapping[str, Any], watch: Watch) -> Table:
    """Return the table of the reported events that the filters `asked` ask for."""
    return Table(
        name="events",
        columns=EVENTS.columns,
        rows=lambda: _watched_found(store.events(**asked), "events", watch),
    )


# --------------------------------------------------------------------------- tables

_Rows = Callable[[Store, str, Watch], Iterable[Any]]


def _rows(store: Store, name: str, rows: _Rows, watch: Watch) -> Callable[[], Iterable[Any]]:
    return lambda: rows(store, name, watch)


def _of(kind: Kind[Any]) -> _Rows:
    def rows(store: Store, name: str, watch: Watch) -> Iterable[Any]:
        return _watched_found(Results(store, kind, {}, None), name.replace("_", " "), watch)

    return rows


def _tellings(store: Store, name: str, watch: Watch) -> Iterable[Any]:
    return find_tellings(_watched(store.events(), name, watch))


def _texts(store: Store, name: str, watch: Watch) -> Iterator[Article]:
    """Yield an article for each text: the one that the store lists first.

    Articles come by day, and those that share a text share its day; so only one day's texts need
    to be remembered.
    """
    article = look_up(store)
    day, seen = None, set[str]()
    for found in _watched_found(store.articles(), name, watch):
        if found.published != day:
            day, seen = found.published, set()
        if found.text_id not in seen:
            seen.add(found.text_id)
            yield article(found.id)


_TABLES: Mapping[str, tuple[tuple[Column, ...], _Rows]] = {
    **{kind.exported_as: (kind.columns, _of(kind)) for kind in KINDS},
    "tellings": (TELLINGS, _tellings),
    "texts": (TEXTS, _texts),
}

#: The tables of the Parquet export; the CSV export has all but the texts.
TABLES = tuple(_TABLES)


# --------------------------------------------------------------------------- one by one


def _watched(results: Results[_Record], what: str, watch: Watch) -> Iterable[_Record]:
    return watch(results, results.count(), what)


def _watched_found(results: Results[Any], what: str, watch: Watch) -> Iterable[Any]:
    return watch(results.found(), results.count(), what)


def _speaker(report: Report, words: Span | None) -> Actor | None:
    """Return the speaker of the innermost statement in whose content `words` stand."""
    if words is None:
        return None
    holding = [
        (end - start, statement.speaker)
        for statement in report.statements
        for start, end in statement.content
        if holds([(start, end)], words)
    ]
    return min(holding, key=lambda each: each[0])[1] if holding else None
