"""Articles: what was read, without the texts; `Store.report` gives all of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.faces import InNotebooks
from tocsin.store.conditions import few, in_text
from tocsin.store.fromjson import from_json
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle(InNotebooks):
    """An article without its text; `Store.report` gives all of it."""

    id: str  #: `Article.id`
    title: str | None  #: as of `Article`
    outlet: str | None  #: who published it
    url: str | None  #: its address on the web
    published: date | None  #: the day of publication
    origin: str | None  #: what was read
    text_id: str  #: `Article.text_id`
    language: str  #: ISO 639-1
    characters: int  #: of the text
    family: str | None  #: id of the family of copies
    published_from: str | None = None  #: how its day was found


_LISTING = Listing(table="articles", rank="published")


def _read(connection: Connection, keys: list[str]) -> dict[str, FoundArticle]:
    sql = (
        "SELECT a.id, a.title, a.outlet, a.url, a.published, a.origin, a.text_id, t.language,"
        " t.characters, t.family, a.published_from"
        " FROM articles AS a JOIN texts AS t ON t.id = a.text_id WHERE a.id IN (?)"
    )
    return {row["id"]: from_json(FoundArticle, row) for row in read_rows(connection, sql, keys)}


ARTICLES = Kind(
    **declare(
        "articles",
        _LISTING,
        asks={
            "family": few(
                "SELECT a.id FROM family_members x"
                " JOIN articles a ON a.text_id = x.text_id WHERE x.family = ?",
                "family",
            ),
            "text": in_text,
        },
        cells={"title": lambda found: found.title or found.origin},
    ),
    source=Listed(_LISTING, _read),
    yields=FoundArticle,
)
