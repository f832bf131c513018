"""The client: a desk that runs here or elsewhere, asked as a store is that has been opened.

``tocsin.connect("http://127.0.0.1:8710").events(actor="PRK")`` answers with the same records as
``tocsin.open("crisis").events(actor="PRK")``, and what a store refuses, the client refuses alike.
It speaks to the address that it was given and to no other: it follows no redirect, asks no proxy,
and reads no answer to its end that is too large.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from tocsin import errors
from tocsin.errors import FetchError, StoreError, TocsinError, TooLargeError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.records import Report, to_json
from tocsin.store import kinds
from tocsin.store.asked import read_limit
from tocsin.store.facets import Facets
from tocsin.store.frames import Tabular
from tocsin.store.fromjson import from_json
from tocsin.store.handle import Page, documentation_of, signature_of
from tocsin.store.holdings import Holdings
from tocsin.store.kinds.kind import Kind

if TYPE_CHECKING:
    from tocsin.reference.offices import OfficeMatch, PersonMatch
    from tocsin.watch.alarms import Alarm
    from tocsin.watch.brief.records import Brief

_Record = TypeVar("_Record")

#: Seconds without a byte after which an answer is not waited for; analysing takes some.
_PATIENCE = 120.0

#: Bytes of one answer, and records of one, at most.
_MOST, _PAGE = 100_000_000, 200

_NO_TOKEN = re.compile("[^!-~]")

_CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}


def _cells(row: list[Any], are_days: Sequence[bool]) -> list[Any]:
    """Read a row; cells that a newer desk has stand behind those that are known."""
    known = zip(row[: len(are_days)], are_days, strict=True)
    return [date.fromisoformat(cell) if is_day and cell else cell for cell, is_day in known]


class Answer(Tabular, Generic[_Record]):
    """The answer to one question.  Nothing is asked before it is needed, and nothing is kept.

    Iterating asks for some hundred records at a time, each time behind the last.  It has no length:
    `list` would ask the desk to count first.
    """

    def __init__(
        self,
        store: RemoteStore,
        kind: Kind[_Record],
        asked: Mapping[str, Any],
        limit: int | None = None,
    ) -> None:
        """Ask `store`; use its methods.

        Args:
            store: where.
            kind: what.
            asked: filters, `sort` and `after`.
            limit: records at most.
        """
        self.kind = kind
        self._store = store
        self._asked = {name: value for name, value in asked.items() if value is not None}
        self._limit = None if limit is None else read_limit("limit", limit)

    def _pages(self, **beside: Any) -> Iterator[dict[str, Any]]:
        """Yield the answers of the desk, the one behind the other, up to the limit."""
        left, after = self._limit, self._asked.get("after")
        while left != 0:
            number = _PAGE if left is None else min(_PAGE, left)
            page = self._ask(limit=number, after=after, **beside)
            yield page
            after = page.get("next")
            if after is None or not page["records"]:
                return
            left = None if left is None else left - len(page["records"])

    def _ask(self, **beside: Any) -> dict[str, Any]:
        return self._store.ask_list(f"/{self.kind.name}", {**self._asked, **beside})

    def objects(self) -> Iterator[dict[str, Any]]:
        """Yield the records as JSON-ready data, as ``--json`` prints them."""
        for page in self._pages():
            yield from page["records"]

    def __iter__(self) -> Iterator[_Record]:
        """Yield the records."""
        return map(self.kind.read_object, self.objects())

    def rows(self) -> Iterator[list[Any]]:
        """Yield the cells of each record in the order of `columns`."""
        are_days = [column.kind == "day" for column in self.columns]
        for page in self._pages(rows=True):
            try:
                yield from [_cells(row, are_days) for row in page["rows"]]
            except (KeyError, TypeError, ValueError) as error:
                kind = self.kind.name
                raise refusal(
                    StoreError, "record_damaged", str(page)[:80], error=error, kind=kind
                ) from None

    def page(self) -> Page[_Record]:
        """Return the records, at most `limit`, with the cursor behind the last of them.

        Raises:
            ValueNotUnderstood: `limit` is 0; a page without a record has no last one.
        """
        if self._limit == 0:
            raise refusal(ValueNotUnderstood, "page_of_nothing", 0)
        records: list[_Record] = []
        cursor = None
        for page in self._pages():
            records += map(self.kind.read_object, page["records"])
            cursor = page.get("next")
        return Page(records=tuple(records), cursor=cursor)

    def count(self) -> int:
        """Return the number of records."""
        number = int(self._ask(limit=1, count=True)["count"])
        return number if self._limit is None else min(number, self._limit)

    def __len__(self) -> int:
        """Raise a `TypeError`: the one error that `list` passes over, which asks for this first."""
        raise TypeError("what a desk answers has no length before it is counted; use: count()")

    def facets(self) -> Facets:
        """Return how many records of the whole answer have which value, counted for a moment."""
        return from_json(Facets, self._ask(limit=1, facets=True)["facets"])

    def __bool__(self) -> bool:
        """Tell whether there is any record."""
        return self.first() is not None

    def first(self) -> _Record | None:
        """Return the first record, or None."""
        return next(iter(self.head(1)), None)

    def head(self, number: int) -> Answer[_Record]:
        """Return the first `number` records."""
        fewer = number if self._limit is None else min(number, self._limit)
        return Answer(self._store, self.kind, self._asked, fewer)

    def __repr__(self) -> str:
        """Return the call that asks it."""
        limit = {} if self._limit is None else {"limit": self._limit}
        given = {**self._asked, **limit}.items()
        asked = ", ".join(f"{name}={to_json(value)!r}" for name, value in given)
        return f"{self._store!r}.{self.kind.name}({asked})"


@dataclass(frozen=True, slots=True)
class _Asking(Generic[_Record]):
    """Makes the method that asks for one kind, with the arguments that a store's has."""

    kind: Kind[_Record]

    def __get__(self, store: RemoteStore, _: type[RemoteStore]) -> Callable[..., Answer[_Record]]:
        def ask(*, limit: int | None = None, **asked: Any) -> Answer[_Record]:
            return Answer(store, self.kind, asked, limit)

        ask.__signature__ = signature_of(self.kind)  # type: ignore[attr-defined]
        ask.__name__, ask.__doc__ = self.kind.name, documentation_of(self.kind, "desk")
        return ask


class RemoteStore(AbstractContextManager["RemoteStore"]):
    """A store behind a desk.  May be used from several threads."""

    def __init__(self, address: str, token: str | None = None) -> None:
        """Ask nothing yet of the desk at `address`; `token` is what a desk beyond loopback wants.

        Raises:
            ValueNotUnderstood: this is no address of a desk, or can be no token.
        """
        self.address = _read_address(address)
        if token is not None and (not token or _NO_TOKEN.search(token)):
            raise refusal(ValueNotUnderstood, "no_token")
        self._token = token
        self._closed = False

    def close(self) -> None:
        """Ask nothing more.

        >>> tocsin.connect("http://127.0.0.1:8710").close()
        """
        self._closed = True

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Return the call that connects to it."""
        return f"tocsin.connect({self.address.geturl()!r})"

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

    def status(self) -> Holdings:
        """Return what the store holds, in numbers; its folder by name alone.

        >>> desk.status().articles
        6
        """
        held = self.ask("/status")
        held.pop("settled", None)
        return from_json(Holdings, held)

    def is_settled(self) -> bool:
        """Tell whether all that articles say together has been worked out.

        >>> desk.is_settled()
        True
        """
        return bool(self.ask("/status").get("settled"))

    def report(self, article: str) -> Report:
        """Return the whole report of the article with this id.

        >>> desk.report(desk.articles().first().id).article.outlet
        'Harbour Post'

        Raises:
            NotThereError: there is no such article.
        """
        return from_json(Report, self.ask(f"/articles/{quote(article, safe='')}/report"))

    def read(
        self,
        text: str,
        *,
        title: str | None = None,
        on: date | str | None = None,
        url: str | None = None,
        outlet: str | None = None,
    ) -> Report:
        """Return the report on an article that the desk is given to read; nothing of it is kept.

        >>> said = "Norway's foreign minister said on Monday that the talks had failed."
        >>> desk.read(said, on="2024-10-29").statements[0].stance.value
        'asserts'

        Raises:
            InputError: there is no article in it.
            LanguageError: it is not in English.
        """
        said = {"text": text, "title": title, "on": on, "url": url, "outlet": outlet}
        return from_json(Report, self.ask("/read", body=to_json(said)))

    def brief(
        self,
        about: str,
        reader: str | None = None,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        new_since: date | str | int | None = None,
    ) -> Brief:
        """Return the brief on a situation; `about` names countries, as in "PRK,RUS".

        >>> desk.brief("PRK,RUS", "USA").opening[0].text[:23]
        '4 articles in the store'
        """
        from tocsin.watch.brief.records import Brief

        asked = {"since": since, "until": until, "new_since": new_since}
        return from_json(Brief, self.ask("/brief", {"about": about, "for": reader, **asked}))

    def alarms(
        self,
        about: str | None = None,
        *,
        since: date | str | None = None,
        rate: float | None = None,
        budget: float | None = None,
    ) -> tuple[Alarm, ...]:
        """Return the alarms by the day they rang, as `tocsin alarm` finds them.

        >>> desk.alarms("PRK", since="2024-10-01")
        ()
        """
        from tocsin.watch.alarms import Alarm

        asked = {"about": about, "since": since, "rate": rate, "budget": budget}
        found = self.ask_list("/alarms", asked)["records"]
        return tuple(from_json(Alarm, each) for each in found)

    def office(
        self, words: str, on: date | str | None = None, country: str | None = None
    ) -> tuple[OfficeMatch, ...]:
        """Return the offices that `words` can mean, with their holders on a day or ever.

        >>> desk.office("Pentagon chief", on="2024-10-29")[0].tenures[0].person.name
        'Lloyd Austin'
        """
        from tocsin.reference.offices import OfficeMatch

        asked = {"office": words, "on": on, "country": country}
        found = self.ask_list("/office", asked)["records"]
        return tuple(from_json(OfficeMatch, each) for each in found)

    def person(self, name: str) -> tuple[PersonMatch, ...]:
        """Return who may be called so, the likeliest first, with the offices held.

        >>> desk.person("Lloyd Austin")[0].person.name
        'Lloyd Austin'
        """
        from tocsin.reference.offices import PersonMatch

        found = self.ask_list("/person", {"name": name})["records"]
        return tuple(from_json(PersonMatch, each) for each in found)

    def ask(self, path: str, asked: Mapping[str, Any] | None = None, body: Any = None) -> Any:
        """Return the JSON object at a path below ``/api/v1``.

        >>> desk.ask("/status")["articles"]
        6

        Args:
            path: quoted.
            asked: what the query string says; what is None is not said.
            body: is posted.

        Raises:
            TocsinError: as the desk refuses it.
            FetchError: no desk answers at this address.
            TooLargeError: the answer is too large to be read.
        """
        given = {name: _words(name, one) for name, one in (asked or {}).items() if one is not None}
        status, data = self._send(f"/api/v1{path}?{urlencode(given)}", body)
        if len(data) > _MOST:
            raise refusal(TooLargeError, "answer_too_large", path, most=_MOST)
        try:
            said = json.loads(data)
        except (ValueError, RecursionError):
            said = None
        if status == 200 and isinstance(said, dict):
            return said
        if isinstance(said, dict) and "detail" in said:
            raise _error_of(said)
        raise refusal(FetchError, "no_desk", self.address.geturl(), status=status)

    def ask_list(self, path: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return the object at a path that has `records`; otherwise as `ask`.

        >>> len(desk.ask_list("/events", {"actor": "PRK"})["records"])
        1
        """
        answer: dict[str, Any] = self.ask(path, asked)
        if not isinstance(answer.get("records"), list):
            raise refusal(FetchError, "no_desk", self.address.geturl(), status=200)
        return answer

    def _send(self, path: str, body: Any) -> tuple[int, bytes]:
        """Return the status of the answer, and its bytes, not many more than may be."""
        if self._closed:
            raise refusal(StoreError, "store_closed", self.address.geturl())
        headers = {"Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        sent = None if body is None else json.dumps(body)
        if sent is not None:
            headers["Content-Type"] = "application/json"
        reached = _CONNECTIONS[self.address.scheme](self.address.netloc, timeout=_PATIENCE)
        try:
            reached.request("GET" if sent is None else "POST", path, sent, headers)
            answer = reached.getresponse()
            return answer.status, answer.read(_MOST + 1)
        except (OSError, HTTPException, UnicodeError) as error:
            why, address = str(error) or type(error).__name__, self.address.geturl()
            raise refusal(FetchError, "desk_unreachable", address, why=why) from error
        finally:
            reached.close()


def _read_address(given: str) -> SplitResult:
    """Return the address of a desk: scheme, host and port, and nothing else."""
    try:
        parts = urlsplit(given.strip().rstrip("/"))
        fits = bool(parts.hostname) and parts.scheme in _CONNECTIONS and parts.port != 0
    except ValueError:  # "http://[", or a port that is none
        fits = False
    if not fits or parts.username or parts[2:] != ("", "", ""):
        raise refusal(ValueNotUnderstood, "no_desk_address", given)
    return parts


def _words(name: str, value: Any) -> str:
    """Return a value as addresses have it; to a desk an empty one is no filter."""
    told = value.strip() if isinstance(value, str) else isinstance(value, int | float | date)
    if told in ("", False):
        raise refusal(ValueNotUnderstood, "no_text", value, name=name)
    return str(value).lower() if isinstance(value, bool) else str(to_json(value))


def _error_of(said: Mapping[str, Any]) -> TocsinError:
    """Return the error that a desk tells of (RFC 9457), as it was raised there."""
    named = getattr(errors, str(said.get("error")), None)
    kind = TocsinError
    if isinstance(named, type) and issubclass(named, TocsinError):
        kind = named
    words = {name: str(said.get(name) or "") for name in ("expected", "advice")}
    return kind(str(said["detail"]), value=said.get("value"), **words)
