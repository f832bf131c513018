"""A store in Python: ``tocsin.open("crisis").events(actor="PRK").to_polars()``."""

from __future__ import annotations

import math
import shlex
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from inspect import Parameter, Signature
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from tocsin.errors import SlowQuestionError, StoreError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.records import Article, Finding, Report, ReportedEvent, to_json
from tocsin.store import facets, frames, kinds
from tocsin.store.acts import Act, read_acts, read_covered, read_named
from tocsin.store.around import Around, read_around, read_findings
from tocsin.store.asked import Judged, read_limit
from tocsin.store.cursors import Place, Slice, read_cursor, write_cursor
from tocsin.store.database import one_moment, open_database, store_errors
from tocsin.store.facets import Facets, Number
from tocsin.store.holdings import Holdings, read_holdings, read_readers
from tocsin.store.identity import resolve_id
from tocsin.store.judgements import ToJudge, find_to_judge, read_said
from tocsin.store.kinds.events import FoundEvent, read_found
from tocsin.store.kinds.kind import Kind
from tocsin.store.kinds.printed import Print, read_prints
from tocsin.store.kinship import Kinship, read_kinship
from tocsin.store.orders import read_order
from tocsin.store.queries import Listed
from tocsin.store.rows import read_article_row, read_report
from tocsin.store.spoken import Spoken, read_spoken
from tocsin.store.tables import Connection, read_value

_Record = TypeVar("_Record")
_Read = TypeVar("_Read")
_Asked = ParamSpec("_Asked")

#: Steps of the database between two looks at the clock; less than a millisecond.
_STEPS = 2_000


@dataclass(frozen=True, slots=True)
class _Asking(Generic[_Record]):
    """Makes the method of a store that asks for one kind.

    It takes the filters of the kind, which its signature names; `sort`, the name of an order;
    `limit`, at most so many records; and `after`, the cursor that an earlier page gave.
    """

    kind: Kind[_Record]

    def __get__(self, store: Store, _: type[Store]) -> Callable[..., Results[_Record]]:
        def ask(
            *,
            sort: str | None = None,
            limit: int | None = None,
            after: str | None = None,
            **asked: Any,
        ) -> Results[_Record]:
            return Results(store, self.kind, asked, limit, after, sort)

        ask.__signature__ = signature_of(self.kind)  # type: ignore[attr-defined]
        ask.__name__, ask.__doc__ = self.kind.name, documentation_of(self.kind, "store")
        return ask


@cache
def signature_of(kind: Kind[Any]) -> Signature:
    """Return the arguments of the method that asks for a kind."""
    named = [*(each.name for each in kind.filters), "sort", "limit", "after"]
    return Signature([Parameter(name, Parameter.KEYWORD_ONLY, default=None) for name in named])


@cache
def documentation_of(kind: Kind[Any], asked: str) -> str:
    """Return what help says of a kind, with its first example as a call of a method of `asked`."""
    words = shlex.split(kind.examples[0])
    pairs = zip(words[::2], words[1::2], strict=True)
    call = ", ".join(f'{option.lstrip("-")}="{value}"' for option, value in pairs)
    return f"{kind.summary}\n\n>>> answer = {asked}.{kind.name}({call})"


class Store(AbstractContextManager["Store"]):
    """A store, open to be read.  It sees what a writer has kept, also while it is writing.

    May be used from several threads; each has its own connection.  Close it, or use it in a
    ``with``.
    """

    def __init__(self, folder: str | Path) -> None:
        """Open the store in `folder` to read it.

        Raises:
            StoreError: there is no store, it is damaged, or a newer Tocsin made it.
        """
        self.folder = Path(folder)
        self._mine = threading.local()
        self._closed = False
        self.connection()

    @property
    def name(self) -> str:
        """The name of the folder, without the way to it, which is nobody else's affair.

        >>> store.name in str(store.folder)
        True
        """
        return self.folder.resolve().name

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection, for questions of your own in SQL; it only reads.

        >>> store.connection().execute("SELECT count(*) FROM texts").fetchone()[0]
        5
        """
        if self._closed:
            raise refusal(StoreError, "store_closed", self.folder)
        if not hasattr(self._mine, "connection"):
            self._mine.connection = open_database(self.folder, read_only=True)
        connection: sqlite3.Connection = self._mine.connection
        return connection

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Stop what the body asks the store in this thread after so many seconds.

        >>> with store.within(5):
        ...     store.events(text="Kursk").count()
        1

        Raises:
            SlowQuestionError: a question of the body was stopped.
        """
        connection = self.connection()
        outer = getattr(self._mine, "ends", math.inf)
        ends = self._mine.ends = min(outer, time.monotonic() + seconds)
        connection.set_progress_handler(lambda: time.monotonic() > self._mine.ends, _STEPS)
        try:
            yield
        except (StoreError, sqlite3.OperationalError) as error:
            if time.monotonic() > ends:
                raise refusal(SlowQuestionError, "question_stopped", seconds=seconds) from error
            raise
        finally:
            self._mine.ends = outer
            if outer == math.inf:
                connection.set_progress_handler(None, 0)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """See the store as it is now until the body ends, whatever a writer keeps meanwhile.

        For what reads much and must fit together, like an export; in this thread only.

        >>> with store.at_one_moment():
        ...     store.events().count(), len(list(store.events()))
        (5, 5)
        """
        with store_errors(self.folder), one_moment(self.connection()):
            yield

    def close(self) -> None:
        """Close the store.  Connections of other threads close with their threads.

        >>> tocsin.open("crisis").close()
        """
        self._closed = True
        if hasattr(self._mine, "connection"):
            self._mine.connection.close()
            del self._mine.connection

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def __repr__(self) -> str:
        """Return the call that opens it."""
        return f"tocsin.open({str(self.folder)!r})"

    # A line for each kind: from it a type checker knows the records that the method's answer has.
    events = _Asking(kinds.EVENTS)
    statements = _Asking(kinds.STATEMENTS)
    quotations = _Asking(kinds.QUOTATIONS)
    findings = _Asking(kinds.FINDINGS)
    speakers = _Asking(kinds.SPEAKERS)
    offices = _Asking(kinds.OFFICES)
    articles = _Asking(kinds.ARTICLES)
    families = _Asking(kinds.FAMILIES)
    places = _Asking(kinds.PLACES)
    series = _Asking(kinds.SERIES)
    judgements = _Asking(kinds.JUDGEMENTS)

    def _read(
        self,
        read: Callable[Concatenate[Connection, _Asked], _Read],
        *asked: _Asked.args,
        **named: _Asked.kwargs,
    ) -> _Read:
        """Return what `read` reads of the store; what the database refuses is a `StoreError`."""
        with store_errors(self.folder):
            return read(self.connection(), *asked, **named)

    def status(self) -> Holdings:
        """Return what the store holds, in numbers.

        >>> store.status().articles
        6
        """
        return self._read(read_holdings)

    def is_settled(self) -> bool:
        """Tell whether all that articles say together has been worked out.

        While articles are being added, and after adding was broken off, reported events, families,
        speakers and findings across articles are not complete.

        >>> store.is_settled()
        True
        """
        return self._read(read_value, "SELECT 1 FROM pending") is None

    def readers(self) -> tuple[str | None, ...]:
        """Return the versions of the reader that read the texts: one, unless they are mixed.

        >>> len(store.readers())
        1
        """
        return self._read(read_readers)

    def acts(self) -> list[Act]:
        """Return what parties did to each other, in the order in which it was first told.

        >>> store.acts()[0][1:5]
        ('2024-10-30', 'IGO', 'RUS', 'ASSAULT')
        """
        return self._read(read_acts)

    def named(self, codes: Collection[str]) -> list[tuple[str, str, str, str]]:
        """Return reported event, role, code and name of the parties that have one of `codes`.

        >>> store.named({"PRK"})[0][1:]
        ('actor', 'PRK', 'North Korea')
        """
        return self._read(read_named, codes)

    def covered(self, until: date | None = None) -> list[tuple[str, str, int]]:
        """Return day, outlet and number of the articles read; copies count once a day.

        >>> store.covered()[0]
        ('2024-10-29', 'Coast Daily', 1)
        """
        return self._read(read_covered, until)

    def event(self, key: str) -> FoundEvent | None:
        """Return the reported event with this id, if it is still there.

        >>> store.event(event.id).told
        'Ukrainian drones struck an air defence depot near Belgorod'
        """
        return self._read(read_found, [key]).get(key)

    def now(self, kind: str, given: str) -> str:
        """Return the id that the event, quotation or family now has that `given` once named.

        >>> store.now("event", event.id) == event.id
        True
        """
        return self._read(resolve_id, kind, given)

    def around(self, report: Report) -> Around:
        """Return what the store adds to one of its reports: what its records belong to.

        >>> told = store.report(event.tellings[0].articles[0])
        >>> event.id in store.around(told).events.values()
        True
        """
        return self._read(read_around, report)

    def findings_about(self, event: ReportedEvent) -> list[Finding]:
        """Return the findings that set the tellings of a reported event against each other.

        >>> [denied] = store.events(contradicted=True)
        >>> [finding.check for finding in store.findings_about(denied)]
        ['contradiction']
        """
        return self._read(read_findings, [event.id])

    def spoken(self, speaker: str, *, claims: int, findings: int) -> Spoken:
        """Return what the speaker with this key says and is said to be, and what the checks say.

        Of the office claims and findings at most so many.

        >>> store.spoken(store.speakers().first().key, claims=5, findings=5).by_stance
        ((<Stance.ASSERTS: 'asserts'>, 2),)
        """
        return self._read(read_spoken, speaker, claims, findings)

    def prints(self, texts: Iterable[str | None]) -> Mapping[str | None, tuple[Print, ...]]:
        """Return the articles that print each of the texts with these ids, earliest first.

        >>> text = event.tellings[0].text_id
        >>> [each.outlet for each in store.prints([text])[text]]
        ['Seoul Ledger']
        """
        return self._read(read_prints, texts)

    def kinship(self, texts: Iterable[str]) -> list[Kinship]:
        """Return what texts with these ids have in common, two by two.

        >>> [each.kind for each in store.kinship(each.text_id for each in store.articles())]
        ['near', 'near']
        """
        return self._read(read_kinship, texts)

    def find(self, kind: Kind[Any], key: str) -> Any | None:
        """Return what the store found of a kind under this id, now or before an older article came.

        The record is `kind.record` of it.  None where there is none, or the kind has no ids.

        >>> store.find(store.events().kind, event.id).told
        'Ukrainian drones struck an air defence depot near Belgorod'
        """
        if any(each.name == "id" for each in kind.filters):
            with suppress(ValueNotUnderstood):  # as of a judgement, whose id is a number
                return next(Results(self, kind, {"id": key}).found(), None)
        if not isinstance(kind.source, Listed):
            return None
        return next(iter(self._read(kind.source.read, [key]).values()), None)

    def to_judge(self, record: str) -> list[ToJudge]:
        """Return what the id of a record names, or of what joins several, as judges look at it.

        >>> [str(each.what) for each in store.to_judge(event.id)]
        ['event']

        Raises:
            ValueNotUnderstood: there is no such record.
        """
        return self._read(find_to_judge, record)

    def said(self, records: Iterable[str]) -> dict[str, list[Judged]]:
        """Return which verdicts of judges stand on those of these records that are judged.

        >>> [judged] = store.events(judged="confirmed")
        >>> store.said([judged.tellings[0].event.id])
        {'...': [<Judged.CONFIRMED: 'confirmed'>, <Judged.CORRECTED: 'corrected'>]}
        """
        return self._read(read_said, records)

    def article_with(self, text_id: str) -> Article:
        """Return the earliest article that prints the text with this id.

        >>> store.article_with(event.tellings[0].text_id).outlet
        'Seoul Ledger'

        Raises:
            StoreError: there is no such text.
        """
        with store_errors(self.folder):
            prints = read_prints(self.connection(), [text_id]).get(text_id, ())
            return read_article_row(self.connection(), prints[0].id if prints else text_id)

    def report(self, article: str) -> Report:
        """Return the whole report of the article with this id, as `tocsin read` would make it.

        >>> store.report(store.articles().first().id).article.outlet
        'Harbour Post'

        Raises:
            NotThereError: there is no such article.
        """
        return self._read(read_report, article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[_Record]):
    """Records, and the cursor that `after` takes to go on behind the last; None at the end."""

    records: tuple[_Record, ...]
    cursor: str | None


@dataclass(slots=True)
class Walk:
    """One reading of an answer: at most `limit` of what was `found`, and a look at the next."""

    found: Iterator[tuple[Place, Any]]
    limit: int | None
    cursor_at: Callable[[Place], str]
    cursor: str | None = None  #: once all is read: how to go on, where the limit cut it

    def __iter__(self) -> Iterator[Any]:
        """Yield what was found."""
        last: Place = ()
        for number, (place, each) in enumerate(self.found):
            if number == self.limit:
                self.cursor = self.cursor_at(last) if last else None
                return
            last = place
            yield each


class Results(frames.Tabular, Generic[_Record]):
    """The answer to one question.  Nothing is read before it is asked for, and nothing is kept.

    Iterating yields records, some hundred of them in memory at a time.
    """

    def __init__(
        self,
        store: Store,
        kind: Kind[_Record],
        asked: dict[str, Any],
        limit: int | None = None,
        after: str | None = None,
        sort: str | None = None,
    ) -> None:
        """Ask `store`; use its methods.

        Raises:
            ValueNotUnderstood: there is no such filter or order, or the value is none that it can
                have; the cursor `after` is damaged or goes with another question.
        """
        self.kind = kind
        self._store = store
        self._given = {name: value for name, value in asked.items() if value is not None}
        self._asked = kind.read_filters(asked)
        self._limit = None if limit is None else read_limit("limit", limit)
        self._after, self._sort = after, sort
        self._order = read_order(kind.orders, sort)
        self._place = None if after is None else read_cursor(kind.name, self._means, after)

    @property
    def _means(self) -> dict[str, Any]:
        """What a cursor goes with: the filters, and the order where it is not the usual one."""
        return self._asked | ({"sort": self._order.name} if self._order else {})

    def found(self) -> Iterator[Any]:
        """Yield what was found with where it was printed; see `tocsin.store.kinds`.

        >>> next(store.events(actor="PRK").found()).told
        'North Korea moved troops to Kursk on Monday'
        """
        return iter(self.walk())

    def walk(self) -> Walk:
        """Return what `found` yields, as an iterable that knows in the end how to go on.

        >>> walk = store.events(limit=2).walk()
        >>> len(list(walk)), walk.cursor is None
        (2, False)
        """

        def find(limit: int | None) -> Iterator[tuple[Place, Any]]:
            with self._answer(limit) as answer:
                yield from self.kind.source.find(*answer)

        more = None if self._limit is None else self._limit + 1
        cursor_at = partial(write_cursor, self.kind.name, self._means)
        return Walk(find(more), self._limit, cursor_at)

    def page(self) -> Page[_Record]:
        """Return the records, at most `limit`, with the cursor behind the last of them.

        >>> page = store.events(limit=2).page()
        >>> len(page.records), store.events(limit=2, after=page.cursor).count()
        (2, 2)

        Raises:
            ValueNotUnderstood: `limit` is 0; a page without a record has no last one.
        """
        if self._limit == 0:
            raise refusal(ValueNotUnderstood, "page_of_nothing", 0)
        walk = self.walk()
        return Page(records=tuple(map(self.kind.record, walk)), cursor=walk.cursor)

    @contextmanager
    def _answer(self, limit: int | None) -> Iterator[tuple[sqlite3.Connection, list[Any], Slice]]:
        """Yield what the source of the kind finds and counts by."""
        with store_errors(self._store.folder):
            connection = self._store.connection()
            parts = self.kind.parts(connection, self._asked)
            yield connection, parts, Slice(limit=limit, after=self._place, order=self._order)

    def __iter__(self) -> Iterator[_Record]:
        """Yield the records."""
        return map(self.kind.record, self.found())

    def objects(self) -> Iterator[dict[str, Any]]:
        """Yield the records as JSON-ready data, as ``--json`` prints them.

        >>> next(store.events(actor="PRK").objects())["type"]
        'MOBILIZE'
        """
        return map(self.kind.as_object, self.found())

    def count(self) -> int:
        """Return the number of records."""
        with self._answer(self._limit) as answer:
            return self.kind.source.count(*answer)

    def number(self, seconds: float = facets.SECONDS) -> Number:
        """Return how many records fit, whatever the limit: exactly, or at least so many.

        Counting takes no longer than `seconds`, and ends at ten thousand.

        >>> str(store.events().number())
        '5'
        """
        with self._answer(None) as (connection, parts, _):
            return facets.count_records(connection, self.kind, parts, self._store.within, seconds)

    def facets(self, seconds: float = facets.SECONDS) -> Facets:
        """Return how many records have which value, for what the kind can be counted by.

        Counting takes no longer than `seconds`, and ends at ten thousand records, the first of the
        answer; what it says then is "at least" so many.  What the filters name is left out.

        >>> [each.name for each in store.events().facets().facets][:4]
        ['type', 'status', 'actor', 'recipient']
        """
        with self._answer(None) as (connection, parts, _):
            return facets.count_facets(
                connection, self.kind, parts, self._given, self._store.within, seconds
            )

    def __len__(self) -> int:
        """Return the number of records."""
        return self.count()

    def __bool__(self) -> bool:
        """Tell whether there is any record."""
        return self.first() is not None

    def first(self) -> _Record | None:
        """Return the first record, or None.

        >>> store.events(actor="PRK").first().type
        'MOBILIZE'
        """
        return next(iter(self.head(1)), None)

    def head(self, number: int) -> Results[_Record]:
        """Return the first `number` records."""
        fewer = number if self._limit is None else min(number, self._limit)
        return Results(self._store, self.kind, self._given, fewer, self._after, self._sort)

    def rows(self) -> Iterator[list[Any]]:
        """Yield the cells of each record in the order of `columns`."""
        return (frames.row_of(each, self.columns) for each in self.found())

    def __repr__(self) -> str:
        """Return the call that asks it."""
        asked = [f"{name}={to_json(value)!r}" for name, value in self._given.items()]
        if self._sort is not None:
            asked.append(f"sort={self._sort!r}")
        if self._limit is not None:
            asked.append(f"limit={self._limit}")
        if self._after is not None:
            asked.append(f"after={self._after!r}")
        return f"{self._store!r}.{self.kind.name}({', '.join(asked)})"
