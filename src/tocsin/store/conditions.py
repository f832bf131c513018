"""What a filter means for the tables: for each kind of question its conditions.

The SQL here names tables, columns and indexes of `schema.sql`; whatever a user gave is a parameter,
and words to search for have been quoted by `tocsin.store.asked`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from tocsin.store.asked import Party, Words
from tocsin.store.filters import (
    ArticleFilter,
    EventFilter,
    FamilyFilter,
    FindingFilter,
    OfficeFilter,
    QuotationFilter,
    SpeakerFilter,
    StatementFilter,
)
from tocsin.store.lists import (
    SEARCH_BITS,
    Condition,
    Few,
    Kind,
    Posted,
    Question,
    Searched,
)

EVENTS = Kind(table="reported_events", key="id", rank="day", ranks=str)
STATEMENTS = Kind(table="statements", key="id", rank="day", ranks=str)
QUOTATIONS = Kind(table="quotations", key="id", rank="day", ranks=str)
FINDINGS = Kind(table="findings", key="id", rank="day", ranks=str)
OFFICES = Kind(table="office_claims", key="id", rank="day", ranks=str)
ARTICLES = Kind(table="articles", key="id", rank="published", ranks=str)
SPEAKERS = Kind(table="speakers", key="key", rank="statements", ranks=int)
FAMILIES = Kind(table="families", key="id", rank="members", ranks=int)

#: The index in which an event's grade is looked up.
_SLIM = "reported_events_by_day"

#: A name that more speakers bear is searched for in the statements themselves.
_SPEAKERS = 50

_MASK = (1 << SEARCH_BITS) - 1

#: How `tocsin.store.asked` writes the beginning of a word; FTS5 gathers all such words each time.
_BEGINNING = '"*'

_DAY = "coalesce(CAST(julianday({0}) AS INTEGER), 0)"
_WITHIN_DAYS = (
    f"f.rowid >= max({_DAY.format('?')}, 1) << {SEARCH_BITS}"  # what has no day lies below
    f" AND f.rowid < ({_DAY.format('?')} + 1) << {SEARCH_BITS}"
)


def ask_events(connection: sqlite3.Connection, asked: EventFilter) -> Question:
    """Return the question for reported events."""
    columns = (
        ("type", asked.type, "by_type"),
        ("mode", asked.mode, "by_mode"),
        ("quad", asked.quad, "by_quad"),
        ("country", asked.country, "by_country"),
        ("place", asked.place, "by_place"),
        ("contradicted", asked.contradicted, "contradicted"),
    )
    found = [*_posted(EVENTS, columns), *_beside_events(asked)]
    if asked.independent is not None:
        found.append(_at_least(connection, EVENTS, "independent", asked.independent))
    words = {"told": asked.text}
    for role, party in (("actor", asked.actor), ("recipient", asked.recipient)):
        if party and party.country:
            found.append(_party(role, party))
        words[f"{role}s"] = party.name if party else None
    found.extend(_searched(EVENTS, "reported_fts", words))
    if asked.article:
        keys = (
            "SELECT e.reported FROM articles a JOIN events e ON e.text_id = a.text_id"
            " WHERE a.id = ? AND e.reported IS NOT NULL"
        )
        found.append(Few(keys=keys, values=(asked.article,)))
    return _question(EVENTS, found, asked.since, asked.until)


def ask_statements(connection: sqlite3.Connection, asked: StatementFilter) -> Question:
    """Return the question for statements."""
    columns = (
        ("country", asked.country, "by_country"),
        ("stance", asked.stance, "by_stance"),
        ("naming", asked.naming, "by_naming"),
        ("manner", asked.manner, "by_manner"),
    )
    found: list[Condition] = list(_posted(STATEMENTS, columns))
    words = {"said": asked.text}
    if asked.speaker:
        keys = _speakers(connection, asked.speaker)
        if keys:
            found.append(_one_posted(STATEMENTS, "speaker_key", "by_speaker", *keys))
        else:
            words["speaker"] = asked.speaker
    found.extend(_searched(STATEMENTS, "statements_fts", words))
    found.extend(_outlet(asked.outlet))
    found.extend(_in_article(STATEMENTS, asked.article))
    return _question(STATEMENTS, found, asked.since, asked.until)


def ask_quotations(connection: sqlite3.Connection, asked: QuotationFilter) -> Question:
    """Return the question for quotations."""
    found: list[Condition] = list(_posted(QUOTATIONS, (("country", asked.country, "by_country"),)))
    if asked.articles is not None:
        found.append(_at_least(connection, QUOTATIONS, "articles", asked.articles))
    words = {"said": asked.text}
    if asked.speaker:
        keys = _speakers(connection, asked.speaker)
        if keys:
            found.append(_one_posted(QUOTATIONS, "speaker_key", "by_speaker", *keys))
        else:
            words["speaker"] = asked.speaker
    found.extend(_searched(QUOTATIONS, "quotations_fts", words))
    if asked.article:
        keys_of_article = (
            "SELECT s.quotation FROM articles a JOIN statements s ON s.text_id = a.text_id"
            " WHERE a.id = ? AND s.quotation IS NOT NULL"
        )
        found.append(Few(keys=keys_of_article, values=(asked.article,)))
    return _question(QUOTATIONS, found, asked.since, asked.until)


def ask_findings(connection: sqlite3.Connection, asked: FindingFilter) -> Question:  # noqa: ARG001
    """Return the question for findings."""
    columns = (
        ('"check"', asked.check, "by_check"),
        ("verdict", asked.verdict, "by_verdict"),
        ("about", asked.about, "by_about"),
    )
    found: list[Condition] = list(_posted(FINDINGS, columns))
    found.extend(_searched(FINDINGS, "findings_fts", {"sentence": asked.text}))
    found.extend(_in_article(FINDINGS, asked.article))
    return _question(FINDINGS, found, asked.since, asked.until)


def ask_offices(connection: sqlite3.Connection, asked: OfficeFilter) -> Question:
    """Return the question for claims that someone holds an office."""
    columns = (("country", asked.country, "by_country"), ("verdict", asked.verdict, "by_verdict"))
    found: list[Condition] = list(_posted(OFFICES, columns))
    words = {"name": asked.name}
    if asked.office and _is_office_id(connection, asked.office.given):
        found.append(_one_posted(OFFICES, "office_id", "by_office", asked.office.given))
    else:
        words["office"] = asked.office
    found.extend(_searched(OFFICES, "office_claims_fts", words))
    found.extend(_in_article(OFFICES, asked.article))
    return _question(OFFICES, found, asked.since, asked.until)


def ask_speakers(connection: sqlite3.Connection, asked: SpeakerFilter) -> Question:  # noqa: ARG001
    """Return the question for speakers."""
    columns = (("country", asked.country, "by_country"), ("verdict", asked.verdict, "by_verdict"))
    found: list[Condition] = list(_posted(SPEAKERS, columns))
    words = {"name": asked.name, "name office": asked.text}
    found.extend(_searched(SPEAKERS, "speakers_fts", words))
    return _question(SPEAKERS, found)


def ask_articles(connection: sqlite3.Connection, asked: ArticleFilter) -> Question:  # noqa: ARG001
    """Return the question for articles."""
    found: list[Condition] = list(_posted(ARTICLES, (("outlet", asked.outlet, "by_outlet"),)))
    if asked.family:
        keys = (
            "SELECT a.id FROM family_members x"
            " JOIN articles a ON a.text_id = x.text_id WHERE x.family = ?"
        )
        found.append(Few(keys=keys, values=(asked.family,)))
    if asked.text:
        found.append(_in_text(asked.text))
    return _question(ARTICLES, found, asked.since, asked.until)


def ask_families(connection: sqlite3.Connection, asked: FamilyFilter) -> Question:  # noqa: ARG001
    """Return the question for families."""
    found: list[Condition] = list(_posted(FAMILIES, (("agency", asked.agency, "by_agency"),)))
    if asked.article:
        keys = (
            "SELECT x.family FROM articles a JOIN family_members x ON x.text_id = a.text_id"
            " WHERE a.id = ?"
        )
        found.append(Few(keys=keys, values=(asked.article,)))
    return _question(FAMILIES, found)


# --------------------------------------------------------------------------- parts


def _question(
    kind: Kind, found: list[Condition], since: date | None = None, until: date | None = None
) -> Question:
    return Question(
        kind=kind,
        conditions=tuple(found),
        lowest=since.isoformat() if since else None,
        highest=until.isoformat() if until else None,
    )


def _posted(kind: Kind, columns: tuple[tuple[str, Any, str], ...]) -> Iterator[Condition]:
    for column, value, index in columns:
        if value is not None:
            yield _one_posted(kind, column, index, _plain(value))


def _plain(value: Any) -> str | int:
    return int(value) if isinstance(value, int) else str(value)


def _one_posted(kind: Kind, column: str, index: str, *values: str | int) -> Posted:
    return Posted(
        table=kind.table,
        index=f"{kind.table}_{index}",
        where=f"{{t}}.{column} = ?",
        choices=tuple((value,) for value in values),
        rank=kind.rank,
        key=kind.key,
    )


def _beside_events(asked: EventFilter) -> Iterator[Condition]:
    """Yield the conditions whose lists stand in tables of their own."""
    if asked.status is not None:
        yield _beside("reported_statuses", "by_status", "{t}.status = ?", str(asked.status))
    for facet, value in (("context", asked.context), ("outlet", asked.outlet)):
        if value is not None:
            where = "{t}.facet = ? AND {t}.value = ?"
            yield _beside("reported_facets", "by_value", where, facet, value)
    if asked.grade is not None:
        yield _grade(asked.grade.reliability, asked.grade.credibility)


def _beside(table: str, index: str, where: str, *values: str) -> Posted:
    return Posted(
        table=table,
        index=f"{table}_{index}",
        where=where,
        choices=(values,),
        rank="day",
        key="reported",
    )


def _grade(reliability: str | None, credibility: int | None) -> Posted:
    if reliability is None:
        return _one_posted(EVENTS, "credibility", "by_credibility", credibility or 6)
    numbers = range(1, 7) if credibility is None else (credibility,)
    half = (_SLIM, "{t}.reliability = ?", (reliability,)) if credibility is None else None
    return Posted(
        table="reported_events",
        index="reported_events_by_grade",
        where="{t}.reliability = ? AND {t}.credibility = ?",
        choices=tuple((reliability, number) for number in numbers),
        rank="day",
        key="id",
        look_up=half,
    )


def _party(role: str, party: Party) -> Posted:
    where = "{t}.role = ? AND {t}.country = ?" + " AND {t}.sector = ?" * bool(party.sector)
    values = [role, party.country, *([party.sector] if party.sector else [])]
    return Posted(
        table="reported_parties",
        index="reported_parties_by_country",
        where=where,
        choices=(tuple(values),),
        rank="day",
        key="reported",
    )


def _at_least(connection: sqlite3.Connection, kind: Kind, column: str, least: int) -> Posted:
    """Return the lists of each number that there is in `column`, from `least` on."""
    numbers: list[str | int] = []
    query = f"SELECT min({column}) FROM {kind.table} WHERE {column} >= ?"  # noqa: S608
    while (number := connection.execute(query, (least,)).fetchone()[0]) is not None:
        numbers.append(number)
        least = number + 1
    found = _one_posted(kind, column, f"by_{column}", *numbers)
    slim = f"{kind.table}_by_day", f"{{t}}.{column} >= ?", (*numbers[:1],)
    return replace(found, look_up=slim) if numbers else found


def _searched(kind: Kind, index: str, words: dict[str, Words | None]) -> Iterator[Condition]:
    """Yield one text search for the words that each column (or columns) must hold."""
    parts = [f"({{{columns}}} : ({each.match}))" for columns, each in words.items() if each]
    if parts:
        yield _search(kind, index, " AND ".join(parts))


def _search(kind: Kind, index: str, match: str) -> Searched:
    if kind.ranks is str:
        within, rank = _WITHIN_DAYS, _DAY.format("{rank}")
    else:
        within, rank = _WITHIN_DAYS.replace(_DAY.format("?"), "?"), "{rank}"
    return Searched(
        index=f"{index} AS f",
        joined=f"CROSS JOIN {kind.table} AS t ON t.rowid = f.rowid & {_MASK}",
        where=f"{index} MATCH ?",
        values=(match,),
        order="f.rowid",
        within=within,
        unranked=f"f.rowid < 1 << {SEARCH_BITS}",
        found="f.rowid",
        sought=f"({rank} << {SEARCH_BITS} | {{rowid}})",
        probes=_BEGINNING not in match,
        one_each=True,
    )


def _in_text(words: Words) -> Searched:
    """Return the articles whose text has the words; the day of a text is that of its articles."""
    return Searched(
        index="texts_fts AS f",
        joined=(
            f"CROSS JOIN texts AS x ON x.rowid = f.rowid & {_MASK}"
            " CROSS JOIN articles AS t ON t.text_id = x.id"
        ),
        where="texts_fts MATCH ?",
        values=(words.match,),
        order="f.rowid",
        within=_WITHIN_DAYS,
        unranked=f"f.rowid < 1 << {SEARCH_BITS}",
        found="f.rowid",
        sought=(
            f"(SELECT {_DAY.format('r.day')} << {SEARCH_BITS} | r.rowid FROM articles AS a"  # noqa: S608
            " JOIN texts AS r ON r.id = a.text_id WHERE a.id = {key})"
        ),
        probes=_BEGINNING not in words.match,
    )


def _outlet(outlet: str | None) -> Iterator[Condition]:
    """Yield the statements in articles of an outlet: their day is that of the article."""
    if outlet is None:
        return
    yield Searched(
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


def _in_article(kind: Kind, article: str | None) -> Iterator[Condition]:
    if article is not None:
        keys = (
            f"SELECT r.id FROM articles a JOIN {kind.table} r"  # noqa: S608
            " ON r.text_id = a.text_id WHERE a.id = ?"
        )
        yield Few(keys=keys, values=(article,))


def _speakers(connection: sqlite3.Connection, name: Words) -> tuple[str, ...]:
    """Return the keys of the speakers with this name, or none when there are too many."""
    query = (
        "SELECT s.key FROM speakers_fts AS f"  # noqa: S608
        f" CROSS JOIN speakers AS s ON s.rowid = f.rowid & {_MASK}"
        " WHERE speakers_fts MATCH ? LIMIT ?"
    )
    rows = connection.execute(query, (f"{{name}} : ({name.match})", _SPEAKERS + 1)).fetchall()
    return tuple(key for (key,) in rows) if len(rows) <= _SPEAKERS else ()


def _is_office_id(connection: sqlite3.Connection, words: str) -> bool:
    query = "SELECT 1 FROM office_claims WHERE office_id = ? LIMIT 1"
    return connection.execute(query, (words,)).fetchone() is not None
