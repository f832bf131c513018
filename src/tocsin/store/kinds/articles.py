"""Articles: what was read, without the texts; `Store.report` gives all of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.store.asked import read_name
from tocsin.store.conditions import few, in_text, posted
from tocsin.store.fromjson import from_json
from tocsin.store.kinds.filters import between, new_since, with_words
from tocsin.store.kinds.kind import Filter, Kind, day, integer, shown, text
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """An article without its text; `Store.report` gives all of it."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    origin: str | None
    text_id: str
    language: str
    characters: int
    family: str | None


_LISTING = Listing(table="articles", rank="published")


def _read(connection: Connection, keys: list[str]) -> dict[str, FoundArticle]:
    sql = (
        "SELECT a.id, a.title, a.outlet, a.url, a.published, a.origin, a.text_id, t.language,"
        " t.characters, t.family FROM articles AS a JOIN texts AS t ON t.id = a.text_id"
        " WHERE a.id IN (?)"
    )
    return {row["id"]: from_json(FoundArticle, row) for row in read_rows(connection, sql, keys)}


ARTICLES = Kind(
    name="articles",
    summary="List the articles of a store, newest first.",
    examples=("--outlet Reuters --text ceasefire",),
    filters=(
        Filter("outlet", read_name, "of this outlet", posted(_LISTING, "outlet")),
        *between("published"),
        Filter(
            "family",
            read_name,
            "in the family with this id, as a copy or by a passage",
            few(
                "SELECT a.id FROM family_members x"
                " JOIN articles a ON a.text_id = x.text_id WHERE x.family = ?",
                "family",
            ),
            "ID",
        ),
        with_words("with", in_text),
        new_since(_LISTING, "article"),
    ),
    source=Listed(_LISTING, _read),
    yields=FoundArticle,
    columns=(
        text("id", "key of the article"),
        day("published", "day of publication"),
        text("outlet", "who published it"),
        text("title", "its title"),
        text("url", "its address"),
        text("origin", "what was read"),
        text("text_id", "key of its text, shared by verbatim prints"),
        text("language", "ISO 639-1"),
        integer("characters", "length of the text"),
        text("family", "id of the family of copies"),
    ),
    in_notebooks=("published", "outlet", "title", "url", "id"),
    screen=(
        shown("day", 10, "published"),
        shown("outlet", 14, share=1),
        shown("title", 30, lambda f: f.title or f.origin, share=4),
        shown("family", 16, drop=1),
        shown("article", 16, "id"),
    ),
)
