"""Flat tables: the columns of data frames, of ``--csv`` and of the Parquet export, once.

A cell holds None, a string, a number, a truth value or a day.  Where a record has several (actors,
outlets), their names stand in one string, divided by ``"; "``.  Columns keep their names and their
order; new ones are added at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from tocsin.records import Actor, Family, Place, Telling
from tocsin.store.found import (
    FoundArticle,
    FoundClaim,
    FoundEvent,
    FoundFinding,
    FoundQuotation,
    FoundSpeaker,
    FoundStatement,
    Print,
)

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: Rows of one Arrow batch: so many records are in memory at once.
BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, what kind of value it holds, what it means and where it comes from."""

    name: str
    kind: str  #: "text", "integer", "real", "flag" or "day"
    help: str
    value: Callable[[Any], Any]


def _text(name: str, help: str, value: Callable[[Any], Any]) -> Column:
    return Column(name=name, kind="text", help=help, value=value)


def _integer(name: str, help: str, value: Callable[[Any], Any]) -> Column:
    return Column(name=name, kind="integer", help=help, value=value)


def _day(name: str, help: str, value: Callable[[Any], Any]) -> Column:
    return Column(name=name, kind="day", help=help, value=value)


def _real(name: str, help: str, value: Callable[[Any], Any]) -> Column:
    return Column(name=name, kind="real", help=help, value=value)


# --------------------------------------------------------------------------- cells


def joined(values: Iterable[str | None]) -> str | None:
    """Return what there is of `values`, each once, divided by ``"; "``; None for nothing."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


def _names(actors: Iterable[Actor]) -> str | None:
    return joined(actor.name for actor in actors)


def _countries(actors: Iterable[Actor]) -> str | None:
    return joined(actor.country for actor in actors)


def _sectors(actors: Iterable[Actor]) -> str | None:
    return joined(actor.sector for actor in actors)


def _of_place(field: str) -> Callable[[FoundEvent], Any]:
    def value(found: FoundEvent) -> Any:
        place: Place | None = found.event.place
        return getattr(place, field) if place else None

    return value


def _first_telling(found: FoundEvent) -> Telling | None:
    return found.event.tellings[0] if found.event.tellings else None


def _told(found: FoundEvent) -> str | None:
    telling = _first_telling(found)
    return telling.told if telling else None


def _first_print(found: FoundEvent) -> Print | None:
    telling = _first_telling(found)
    article = telling.articles[0] if telling and telling.articles else None
    return found.prints.get(article) if article else None


def _of_print(field: str) -> Callable[[Any], Any]:
    """Return the field of the earliest article that prints it."""

    def value(found: Any) -> Any:
        if isinstance(found, FoundEvent):
            first = _first_print(found)
        else:
            first = found.prints[0] if found.prints else None
        return getattr(first, field) if first else None

    return value


def _outlets(found: FoundEvent) -> str | None:
    return joined(outlet for telling in found.event.tellings for outlet in telling.outlets)


def _start(words: tuple[int, int] | None) -> int | None:
    return words[0] if words else None


def _end(words: tuple[int, int] | None) -> int | None:
    return words[1] if words else None


def _of_speaker(field: str) -> Callable[[Any], Any]:
    """Return the field of who says a statement or a quotation."""

    def value(found: FoundStatement | FoundQuotation) -> Any:
        said = found.quotation if isinstance(found, FoundQuotation) else found.statement
        return getattr(said.speaker, field) if said.speaker else None

    return value


_ARTICLE = (
    _text("article", "id of the earliest article", _of_print("id")),
    _text("title", "its title", _of_print("title")),
    _text("outlet", "its outlet", _of_print("outlet")),
    _text("url", "its address", _of_print("url")),
)

# --------------------------------------------------------------------------- columns

EVENTS = (
    _text("id", "key of the reported event", lambda f: f.event.id),
    _text("type", "PLOVER's type", lambda f: f.event.type),
    _text("mode", "PLOVER's mode", lambda f: f.event.mode),
    _integer("quad", "PLOVER's quad class, 1 to 4", lambda f: f.event.quad),
    _real("score", "PLOVER's score, -10 to 10", lambda f: f.event.score),
    _text("contexts", "PLOVER's contexts", lambda f: joined(f.event.contexts)),
    _text("actors", "who did it", lambda f: _names(f.event.actors)),
    _text("actor_countries", "their countries", lambda f: _countries(f.event.actors)),
    _text("actor_sectors", "their PLOVER sectors", lambda f: _sectors(f.event.actors)),
    _text("recipients", "to whom", lambda f: _names(f.event.recipients)),
    _text("recipient_countries", "their countries", lambda f: _countries(f.event.recipients)),
    _text("recipient_sectors", "their PLOVER sectors", lambda f: _sectors(f.event.recipients)),
    _day("day", "first day it can have been on", lambda f: f.event.day),
    _day("until", "last day it can have been on", lambda f: f.event.until),
    _text("place", "where", _of_place("name")),
    _text("country", "country of the place", _of_place("country")),
    _real("latitude", "degrees north", _of_place("latitude")),
    _real("longitude", "degrees east", _of_place("longitude")),
    _text("status", "the firmest that any report gives it", lambda f: str(f.event.status)),
    _text("statuses", "all that reports give it", lambda f: joined(map(str, f.event.statuses))),
    _integer("articles", "articles that report it", lambda f: f.event.articles),
    _integer("reports", "texts that tell it", lambda f: f.event.reports),
    _integer("independent", "independent reports", lambda f: f.event.independent),
    Column(
        name="contradicted",
        kind="flag",
        help="whether articles contradict each other",
        value=lambda f: f.event.contradicted,
    ),
    _text("reliability", "Admiralty code, A to F", lambda f: f.event.grade.reliability),
    _integer("credibility", "Admiralty code, 1 to 6", lambda f: f.event.grade.credibility),
    _text("grade", "the sentence that explains both", lambda f: f.event.grade.sentence),
    _text("told", "the words of the earliest telling", _told),
    _text("outlets", "all outlets that report it", _outlets),
    *_ARTICLE,
)

STATEMENTS = (
    _text("id", "key of the statement", lambda f: f.statement.id),
    _day("day", "of publication", lambda f: f.day),
    _text("speaker", "who speaks", _of_speaker("name")),
    _text("office", "in which capacity", _of_speaker("office")),
    _text("country", "of the speaker", _of_speaker("country")),
    _text("sector", "PLOVER's, of the speaker", _of_speaker("sector")),
    _text("reference", "id of the speaker in the reference", _of_speaker("reference")),
    _text("stance", "asserts, denies ...", lambda f: str(f.statement.stance)),
    _text("manner", "direct, indirect or mixed", lambda f: str(f.statement.manner)),
    _text("naming", "how far the speaker is named", lambda f: str(f.statement.naming)),
    _text("relays", "through whom it came", lambda f: joined(r.name for r in f.statement.relays)),
    _text("said", "the words", lambda f: f.said),
    _integer(
        "start",
        "offset of the first character in the article's text",
        lambda f: _start(f.statement.content[0] if f.statement.content else None),
    ),
    _integer(
        "end",
        "offset after the last",
        lambda f: _end(f.statement.content[-1] if f.statement.content else None),
    ),
    _text("quotation", "id shared by the same words of the same speaker", lambda f: f.quotation),
    _integer("articles", "articles that print it", lambda f: len(f.prints)),
    *_ARTICLE,
)

QUOTATIONS = (
    _text("id", "key of the quotation", lambda f: f.quotation.id),
    _day("first", "first published", lambda f: f.quotation.first_published),
    _text("speaker", "who says it", _of_speaker("name")),
    _text("office", "in which capacity, the first time", _of_speaker("office")),
    _text("country", "of the speaker", _of_speaker("country")),
    _text("reference", "id of the speaker in the reference", _of_speaker("reference")),
    _text("said", "the words as the earliest article prints them", lambda f: f.quotation.said),
    _integer("articles", "articles that print it", lambda f: len(f.quotation.articles)),
    _integer("statements", "statements with it", lambda f: len(f.quotation.statements)),
    _text("outlets", "all outlets that print it", lambda f: joined(p.outlet for p in f.prints)),
    *_ARTICLE,
)

FINDINGS = (
    _text("id", "key of the finding", lambda f: f.id),
    _day("day", "of publication, or of what it is about", lambda f: f.day),
    _text("check", "which check says so", lambda f: f.finding.check),
    _text("verdict", "what it says", lambda f: str(f.finding.verdict)),
    _text("sentence", "why", lambda f: f.finding.sentence),
    _text("about", "id of the record it is about", lambda f: f.finding.about),
    _integer(
        "start", "offset of the words in the article's text", lambda f: _start(f.finding.words)
    ),
    _integer("end", "offset after the last", lambda f: _end(f.finding.words)),
    _text(
        "sides",
        "the words set against each other",
        lambda f: joined(s.quoted for s in f.finding.sides),
    ),
    *_ARTICLE,
)

OFFICES = (
    _text("id", "key of the claim", lambda f: f.claim.id),
    _day("day", "the day it speaks of", lambda f: f.day),
    _text("name", "who is given the office", lambda f: f.claim.name),
    _text("office", "the office as written", lambda f: f.claim.office),
    _text("country", "of the office", lambda f: f.claim.country),
    _text("modifiers", "former, acting ...", lambda f: joined(map(str, f.claim.modifiers))),
    _text("offices", "ids in the reference that it can mean", lambda f: joined(f.claim.offices)),
    _text("verdict", "of the tenure check", lambda f: str(f.verdict) if f.verdict else None),
    _integer("start", "offset of the words in the article's text", lambda f: f.claim.words[0]),
    _integer("end", "offset after the last", lambda f: f.claim.words[1]),
    *_ARTICLE,
)

SPEAKERS = (
    _text("key", "key of the speaker", lambda f: f.key),
    _text("name", "the fullest form of the name", lambda f: f.name),
    _text("kind", "person, body, country, office ...", lambda f: f.kind),
    _text("office", "the latest office given", lambda f: f.office),
    _text("country", "of the speaker", lambda f: f.country),
    _text("reference", "id in the reference", lambda f: f.reference),
    _integer("statements", "how many", lambda f: f.statements),
    _integer("quotations", "how many, the same words counted once", lambda f: f.quotations),
    _integer("articles", "in how many articles", lambda f: f.articles),
    _day("first", "first published", lambda f: f.first),
    _day("last", "last published", lambda f: f.last),
    _text("verdict", "worst tenure finding", lambda f: str(f.verdict) if f.verdict else None),
)

ARTICLES = (
    _text("id", "key of the article", lambda f: f.id),
    _day("published", "day of publication", lambda f: f.published),
    _text("outlet", "who published it", lambda f: f.outlet),
    _text("title", "its title", lambda f: f.title),
    _text("url", "its address", lambda f: f.url),
    _text("origin", "what was read", lambda f: f.origin),
    _text("text_id", "key of its text, shared by verbatim prints", lambda f: f.text_id),
    _text("language", "ISO 639-1", lambda f: f.language),
    _integer("characters", "length of the text", lambda f: f.characters),
    _text("family", "id of the family of copies", lambda f: f.family),
)

FAMILIES = (
    _text("id", "key of the family", lambda f: f.id),
    _text("agency", "the agency credited", lambda f: f.agency),
    _text("origin", "id of the article the others go back to", lambda f: f.origin),
    _integer("articles", "how many are copies of each other", lambda f: len(f.articles)),
    _integer("passages", "how many others print a passage", lambda f: len(f.passages)),
    _text("because", "what makes it a family", lambda f: f.because),
    _text("members", "ids of the copies, earliest first", lambda f: joined(f.articles)),
    _text("holders", "ids of those with a passage, earliest first", lambda f: joined(f.passages)),
)

#: The columns for what a query yields.
COLUMNS: Mapping[type, tuple[Column, ...]] = {
    FoundEvent: EVENTS,
    FoundStatement: STATEMENTS,
    FoundQuotation: QUOTATIONS,
    FoundFinding: FINDINGS,
    FoundClaim: OFFICES,
    FoundSpeaker: SPEAKERS,
    FoundArticle: ARTICLES,
    Family: FAMILIES,
}


def row_of(found: Any, columns: tuple[Column, ...]) -> list[Any]:
    """Return the cells of one record."""
    return [column.value(found) for column in columns]


# --------------------------------------------------------------------------- frames


def arrow_schema(columns: tuple[Column, ...]) -> pyarrow.Schema:
    """Return the Arrow schema: strings, 64-bit numbers, truth values and 32-bit days."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "integer": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
    }
    return pa.schema(
        [pa.field(c.name, kinds[c.kind], metadata={"description": c.help}) for c in columns]
    )


def arrow_batches(
    found: Iterable[Any], columns: tuple[Column, ...]
) -> Iterator[pyarrow.RecordBatch]:
    """Yield `found` as Arrow batches of at most `BATCH` rows."""
    import pyarrow as pa

    schema = arrow_schema(columns)
    records = iter(found)
    while batch := list(islice(records, BATCH)):
        cells = zip(*(row_of(each, columns) for each in batch), strict=True)
        arrays = [pa.array(column, type=f.type) for column, f in zip(cells, schema, strict=True)]
        yield pa.record_batch(arrays, schema=schema)


def to_arrow(found: Iterable[Any], columns: tuple[Column, ...]) -> pyarrow.Table:
    """Return `found` as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_batches(arrow_batches(found, columns), schema=arrow_schema(columns))


def to_polars(found: Iterable[Any], columns: tuple[Column, ...]) -> polars.DataFrame:
    """Return `found` as a polars data frame.

    Raises:
        ImportError: polars is not installed.
    """
    library = _library("polars")
    frame: polars.DataFrame = library.from_arrow(to_arrow(found, columns))
    return frame


def to_pandas(found: Iterable[Any], columns: tuple[Column, ...]) -> pandas.DataFrame:
    """Return `found` as a pandas data frame, days as ``datetime64`` (NaT where there is none).

    Raises:
        ImportError: pandas is not installed.
    """
    library = _library("pandas")
    frame: pandas.DataFrame = to_arrow(found, columns).to_pandas(date_as_object=False)
    days = [column.name for column in columns if column.kind == "day"]
    frame[days] = frame[days].apply(library.to_datetime)
    return frame


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise ImportError(
            f"{name} is not installed; install it with: pip install 'tocsin[frames]'", name=name
        ) from None
