"""Statements: who says what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.faces import InNotebooks
from tocsin.records import Statement
from tocsin.store.asked import What
from tocsin.store.conditions import held, posted, sought
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind, Part, Role
from tocsin.store.kinds.printed import Print, printed, reads_printed, with_country
from tocsin.store.lists import Listing, Searched
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStatement(InNotebooks):
    """A statement with its words and the articles that print it, earliest first."""

    statement: Statement  #: the record
    said: str  #: the words of the content, pieces joined by " … "
    day: date | None  #: of publication
    text_id: str  #: `Article.text_id`
    quotation: str | None  #: id of the quotation it belongs to
    prints: tuple[Print, ...] = ()  #: articles that print it


_LISTING = Listing(table="statements", search="statements_fts")


def _outlet(_: Connection, outlet: str) -> Searched:
    """Ask for the statements in articles of an outlet: their day is that of the article."""
    return Searched(
        index="articles AS a INDEXED BY articles_by_outlet",
        joined="CROSS JOIN statements AS t ON t.text_id = a.text_id",
        where="a.outlet = ?",
        values=(outlet,),
        order="a.published",
        within="a.published BETWEEN ? AND ?",
        unranked="a.published IS NULL",
        found="a.text_id",
        sought="(SELECT r.text_id FROM statements AS r WHERE r.id = {key})",
    )


STATEMENTS = Kind(
    **declare(
        "statements",
        _LISTING,
        asks={
            "speaker_key": posted(_LISTING, "speaker_key", "by_speaker"),
            "outlet": _outlet,
            "text": sought("said"),
            "judged": held(_LISTING, What.STATEMENT),
        },
        cells={
            "speaker": lambda found: with_country(found.statement.speaker, "(not named)"),
            "words": lambda found: Part(found.said, Role.QUOTED),
        },
    ),
    source=Listed(
        _LISTING, reads_printed(FoundStatement, "statement", "statements", "said, day, quotation")
    ),
    yields=FoundStatement,
    **printed(FoundStatement, "statement"),
)
