"""Records to rows and back.

A row keeps the whole record as JSON in `record`, and beside it the columns that queries use.  The
columns are worked out here and nowhere else, so that writing and verifying cannot disagree.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.errors import StoreError
from tocsin.keys import finding_key
from tocsin.lexicons.letters import fold
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
from tocsin.store.fromjson import from_json
from tocsin.store.tables import Connection
from tocsin.together.events.corroboration import block_of

#: A row by the names of its columns, without `rowid`.
Row = dict[str, Any]

#: The tables in which every row hangs on one text and keeps its place in the report.
TABLES_OF_TEXT = ("statements", "events", "office_claims", "findings")


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
    name = _plain(actor.name)
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


def _plain(name: str) -> str:
    words = re.sub(r"[\W_]+", " ", fold(name)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


# --------------------------------------------------------------------------- records to rows


def text_row(report: Report) -> Row:
    """Return the row of `texts`: what is the same in every article that prints the text."""
    article = report.article
    return {
        "id": article.text_id,
        "text": article.text,
        "characters": len(article.text),
        "language": article.language,
        "media_type": article.media_type,
        "day": _day(article),
        "dateline": as_json(article.dateline) if article.dateline else None,
        "dating": as_json(report.dating) if report.dating else None,
        "account": as_json(report.account),
    }


def article_row(article: Article) -> Row:
    """Return the row of `articles`: where and when the text was published."""
    return {
        "id": article.id,
        "text_id": article.text_id,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "published": _day(article),
        "published_from": article.published_from,
        "origin": storable(article.origin) if article.origin is not None else None,
    }


def rows_of_text(report: Report) -> dict[str, list[Row]]:
    """Return the rows of each of `TABLES_OF_TEXT`."""
    article = report.article
    text_id = article.text_id
    verdicts = _verdicts(report.findings)
    return {
        "statements": _placed(text_id, (statement_row(s, article) for s in report.statements)),
        "events": _placed(text_id, (event_row(e, article) for e in report.events)),
        "office_claims": _placed(
            text_id, (claim_row(c, article, verdicts.get(c.id)) for c in report.office_claims)
        ),
        "findings": _placed(text_id, finding_rows(report.findings, article)),
    }


def _placed(text_id: str, rows: Iterable[Row]) -> list[Row]:
    """Give each row its text and its place; of two with one id the first stays."""
    unique: dict[str, Row] = {}
    for row in rows:
        unique.setdefault(row["id"], row)
    return [{"text_id": text_id, "position": i} | row for i, row in enumerate(unique.values())]


def statement_row(statement: Statement, article: Article) -> Row:
    """Return the row of `statements`, but for text and place."""
    speaker = statement.speaker
    spans = statement.content or tuple(s for s in (statement.cue, statement.speaker_words) if s)
    return {
        "id": statement.id,
        "speaker": speaker.name if speaker else None,
        "speaker_key": speaker_key(speaker, statement.naming),
        "office": speaker.office if speaker else None,
        "country": speaker.country if speaker else None,
        "sector": speaker.sector if speaker else None,
        "manner": str(statement.manner),
        "stance": str(statement.stance),
        "naming": str(statement.naming),
        "said": words_of(article.text, statement.content),
        "start": min((start for start, _ in spans), default=0),
        "end": max((end for _, end in spans), default=0),
        "day": _day(article),
        "record": as_json(statement),
    }


def event_row(event: Event, article: Article) -> Row:
    """Return the row of `events`, but for text and place."""
    when, where = event.date, event.place
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "score": event.score,
        "status": str(event.status),
        "day": when.earliest.isoformat() if when and when.earliest else None,
        "until": when.latest.isoformat() if when and when.latest else None,
        "place": where.name if where else None,
        "country": where.country if where else None,
        "told": words_of(article.text, (event.words,)),
        "start": event.words[0],
        "end": event.words[1],
        "asserted_by": event.asserted_by,
        "block": block_of(event, article.published),
        "record": as_json(event),
    }


def claim_row(claim: OfficeClaim, article: Article, verdict: Verdict | None) -> Row:
    """Return the row of `office_claims`, but for text and place; `verdict` of the tenure check."""
    return {
        "id": claim.id,
        "name": claim.name,
        "office": claim.office,
        "office_id": claim.offices[0] if len(claim.offices) == 1 else None,
        "country": claim.country,
        "verdict": str(verdict) if verdict else None,
        "day": claim.day.isoformat() if claim.day else _day(article),
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
            "id": finding_key(article.text_id, record, seen[record]),
            "check": finding.check,
            "verdict": str(finding.verdict),
            "sentence": finding.sentence,
            "about": finding.about,
            "day": _day(article),
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


def _day(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def storable(text: str) -> str:
    """Return `text` with what is no Unicode (bytes of a file name) written as ``\\udcff``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


# --------------------------------------------------------------------------- rows to records


def read_article_row(connection: Connection, article_id: str) -> Article:
    """Return the article with this id.

    Raises:
        StoreError: there is none.
    """
    row = _one(
        connection,
        "SELECT a.id, a.title, a.url, a.outlet, a.published, a.published_from, a.origin, t.text,"
        " t.language, t.media_type, t.dateline"
        " FROM articles a JOIN texts t ON t.id = a.text_id WHERE a.id = ?",
        article_id,
    )
    row["dateline"] = json.loads(row["dateline"]) if row["dateline"] else None
    return from_json(Article, row)


def read_report(connection: Connection, article_id: str) -> Report:
    """Return the report of the article with this id, as `tocsin read` would make it.

    Raises:
        StoreError: there is no such article, or a record in the store is damaged.
    """
    article = read_article_row(connection, article_id)
    text = _one(connection, "SELECT dating, account FROM texts WHERE id = ?", article.text_id)
    records = {
        table: [
            json.loads(record)
            for (record,) in connection.execute(
                f"SELECT record FROM {table} WHERE text_id = ? ORDER BY position",  # noqa: S608
                (article.text_id,),
            )
        ]
        for table in TABLES_OF_TEXT
    }
    return Report(
        article=article,
        statements=tuple(from_json(Statement, each) for each in records["statements"]),
        events=tuple(from_json(Event, each) for each in records["events"]),
        office_claims=tuple(from_json(OfficeClaim, each) for each in records["office_claims"]),
        findings=tuple(from_json(Finding, each) for each in records["findings"]),
        dating=from_json(Dating, json.loads(text["dating"])) if text["dating"] else None,
        account=from_json(Account, json.loads(text["account"])),
    )


def _one(connection: Connection, query: str, key: str) -> Row:
    cursor = connection.execute(query, (key,))
    row = cursor.fetchone()
    if row is None:
        raise StoreError(
            "there is no such article in the store",
            value=key,
            expected="the id of an article",
            advice="`tocsin status` says what is in the store.",
        )
    return dict(zip((column[0] for column in cursor.description), row, strict=True))
