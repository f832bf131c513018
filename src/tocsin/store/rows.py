"""Records to rows and back.

A row keeps the whole record as JSON in `record`, and beside it the columns that queries use.  The
columns are worked out here and nowhere else, so that writing and verifying cannot disagree.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tocsin.errors import NotThereError
from tocsin.keys import finding_key
from tocsin.lexicons.letters import fold
from tocsin.lexicons.refusals import refusal
from tocsin.records import (
    WORST_FIRST,
    Account,
    Actor,
    Article,
    Dating,
    Event,
    Finding,
    Naming,
    OfficeClaim,
    Report,
    Span,
    Statement,
    Verdict,
    to_json,
)
from tocsin.store.fromjson import from_json, read_record
from tocsin.store.tables import Connection, Row, columns_of, read_column, read_rows
from tocsin.together.events.corroboration import block_of

#: The tables in which every row hangs on one text and keeps its place in the report, each with
#: the class of its records.  They are called as the fields of `Report` are.
TABLES_OF_TEXT: Mapping[str, type] = {
    "statements": Statement,
    "events": Event,
    "office_claims": OfficeClaim,
    "findings": Finding,
}


def as_json(value: object) -> str:
    """Return a record, or what a record may hold, as compact JSON."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def words_of(text: str, spans: Iterable[Span]) -> str:
    """Return the words at `spans`, several pieces joined by an ellipsis."""
    return " … ".join(text[start:end] for start, end in spans)


# --------------------------------------------------------------------------- who speaks


def speaker_key(actor: Actor | None, naming: Naming = Naming.NAMED) -> str | None:
    """Return what identifies a speaker over all articles; None for nobody in particular.

    ``ref:`` and the id in the reference where it is known there.  People with a full name:
    ``person:`` and the folded name; the country is left out, because articles often leave it out.
    A lone surname is told apart by country.  States by country, bodies, groups and unnamed holders
    of an office by country and name, and by name alone only where it is a proper name.
    """
    if actor is None or naming in (Naming.ANONYMOUS, Naming.COLLECTIVE):
        return None
    if actor.reference:
        return f"ref:{actor.reference}"
    words = re.sub(r"[\W_]+", " ", fold(actor.name)).split()
    name = " ".join(words[1:] if words[:1] == ["the"] else words)
    if not name or actor.kind == "collective":
        return None
    if actor.kind == "country" and actor.country:
        return f"country:{actor.country}"
    if actor.kind == "person" and " " in name:
        return f"person:{name}"
    if actor.country:
        return f"{actor.kind}:{actor.country}:{name}"
    proper = actor.kind != "office" and any(c.isupper() for c in actor.name)
    return f"{actor.kind}:{name}" if proper else None


# --------------------------------------------------------------------------- records to rows


def text_row(report: Report) -> Row:
    """Return the row of `texts`: what is the same in every article that prints the text."""
    article = report.article
    return {
        **columns_of(article, "text language media_type", id="text_id", day="published"),
        "characters": len(article.text),
        "dateline": as_json(article.dateline) if article.dateline else None,
        "dating": as_json(report.dating) if report.dating else None,
        "account": as_json(report.account),
        "reader": report.account.reader,
    }


def article_row(article: Article) -> Row:
    """Return the row of `articles`: where and when the text was published."""
    row = columns_of(article, "id text_id title url outlet published published_from")
    return row | {"origin": storable(article.origin) if article.origin is not None else None}


def rows_of_text(report: Report) -> dict[str, list[Row]]:
    """Return the rows of each of `TABLES_OF_TEXT`."""
    article = report.article
    verdicts = _verdicts(report.findings)
    rows = {
        "statements": (statement_row(each, article) for each in report.statements),
        "events": (event_row(each, article) for each in report.events),
        "office_claims": (claim_row(c, article, verdicts.get(c.id)) for c in report.office_claims),
        "findings": finding_rows(report.findings, article),
    }
    return {table: _placed(article.text_id, each) for table, each in rows.items()}


def _placed(text_id: str, rows: Iterable[Row]) -> list[Row]:
    """Give each row its text and its place; of two with one id the first stays."""
    unique: dict[str, Row] = {}
    for row in rows:
        unique.setdefault(row["id"], row)
    return [{"text_id": text_id, "position": i} | row for i, row in enumerate(unique.values())]


def statement_row(statement: Statement, article: Article) -> Row:
    """Return the row of `statements`, but for text and place."""
    spans = statement.content or tuple(s for s in (statement.cue, statement.speaker_words) if s)
    return {
        **columns_of(statement, "id manner stance naming"),
        **columns_of(statement.speaker, "office country sector", speaker="name"),
        "speaker_key": speaker_key(statement.speaker, statement.naming),
        "said": words_of(article.text, statement.content),
        "start": min((start for start, _ in spans), default=0),
        "end": max((end for _, end in spans), default=0),
        "day": to_json(article.published),
        "record": as_json(statement),
    }


def event_row(event: Event, article: Article) -> Row:
    """Return the row of `events`, but for text and place."""
    return {
        **columns_of(event, "id type mode quad score confidence status asserted_by"),
        **columns_of(event.date, "", day="earliest", until="latest"),
        **columns_of(event.place, "country", place="name"),
        "told": words_of(article.text, (event.words,)),
        "start": event.words[0],
        "end": event.words[1],
        "block": block_of(event, article.published),
        "record": as_json(event),
    }


def claim_row(claim: OfficeClaim, article: Article, verdict: Verdict | None) -> Row:
    """Return the row of `office_claims`, but for text and place; `verdict` of the tenure check."""
    return {
        **columns_of(claim, "id name office country"),
        "office_id": claim.offices[0] if len(claim.offices) == 1 else None,
        "verdict": to_json(verdict),
        "day": to_json(claim.day or article.published),
        "start": claim.words[0],
        "end": claim.words[1],
        "record": as_json(claim),
    }


def finding_rows(findings: Iterable[Finding], article: Article) -> Iterator[Row]:
    """Yield the rows of `findings` that concern one text, but for text and place."""
    seen: Counter[str] = Counter()
    for finding in findings:
        record = as_json(finding)
        seen[record] += 1
        start, end = finding.words or (None, None)
        yield {
            **columns_of(finding, "check verdict sentence about"),
            "id": finding_key(article.text_id, record, seen[record]),
            "day": to_json(article.published),
            "start": start,
            "end": end,
            "record": record,
        }


def _verdicts(findings: Iterable[Finding]) -> dict[str | None, Verdict]:
    """Return the worst verdict of the tenure check about each claim."""
    found: dict[str | None, Verdict] = {}
    for finding in findings:
        if finding.check == "tenure":
            verdicts = (found.get(finding.about, finding.verdict), finding.verdict)
            found[finding.about] = min(verdicts, key=WORST_FIRST.index)
    return found


def storable(text: str) -> str:
    """Return `text` with what is no Unicode (bytes of a file name) written as ``\\udcff``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


# --------------------------------------------------------------------------- rows to records


_ARTICLE = """
SELECT a.id, a.title, a.url, a.outlet, a.published, a.published_from, a.origin, t.text, t.language,
  t.media_type, t.dateline FROM articles a JOIN texts t ON t.id = a.text_id WHERE a.id = ?
"""


_TEXT = """
SELECT t.id, t.dating, t.account FROM articles a JOIN texts t ON t.id = a.text_id WHERE a.id = ?
"""


def read_article_row(connection: Connection, article_id: str) -> Article:
    """Return the article with this id.

    Raises:
        NotThereError: there is none.
    """
    return article_of(_one(connection, _ARTICLE, article_id))


def article_of(row: Row) -> Article:
    """Return the article in a row that has the columns of its text too."""
    return from_json(Article, row | {"dateline": json.loads(row["dateline"] or "null")})


def read_report(connection: Connection, article_id: str) -> Report:
    """Return the report of the article with this id, as `tocsin read` would make it.

    Raises:
        NotThereError: there is no such article.
        StoreError: a record in the store is damaged.
    """
    article = read_article_row(connection, article_id)
    text = _one(connection, _TEXT, article_id)
    records = {}
    for table in TABLES_OF_TEXT:
        sql = f"SELECT record FROM {table} WHERE text_id = ? ORDER BY position"  # noqa: S608
        records[table] = read_column(connection, sql, text["id"])
    return make_report(article, text, records)


def make_report(article: Article, text: Row, records: Mapping[str, Iterable[str]]) -> Report:
    """Return the report of `article` from the row of its text and the JSON of each table's records.

    Raises:
        StoreError: a record is damaged.
        ValueError: one is no JSON.
    """
    found: dict[str, tuple[Any, ...]] = {
        table: tuple(read_record(TABLES_OF_TEXT[table], each) for each in held)
        for table, held in records.items()
    }
    return Report(
        article=article,
        dating=read_record(Dating, text["dating"]) if text["dating"] else None,
        account=read_record(Account, text["account"]),
        **found,
    )


def _one(connection: Connection, query: str, key: str) -> Row:
    for row in read_rows(connection, query, key):
        return row
    raise refusal(NotThereError, "no_such_article", key)
