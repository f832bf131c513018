"""Findings: what the checks say, about one article or about several set against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.faces import InNotebooks
from tocsin.records import Finding
from tocsin.store.asked import What
from tocsin.store.conditions import CLAIMS, few, held, list_of, posted, sought
from tocsin.store.identity import resolve_id
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind
from tocsin.store.kinds.printed import Print, printed, reads_printed
from tocsin.store.lists import Listing, Posted
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFinding(InNotebooks):
    """A finding with the articles it is about; none where it sets articles against each other."""

    id: str  #: key of text and record
    finding: Finding  #: the record
    day: date | None  #: of the article, or of what it is about
    text_id: str | None  #: None where it is about several texts
    prints: tuple[Print, ...] = ()  #: articles that print the text


_LISTING = Listing(table="findings", search="findings_fts")


def _about(connection: Connection, given: str) -> Posted:
    for kind in ("event", "quotation"):
        given = resolve_id(connection, kind, given)
    return list_of(_LISTING, "about", given)


_OF_SPEAKER = f"""
WITH speaker (key) AS (SELECT ?), record (id) AS (
  SELECT id FROM statements WHERE speaker_key = (SELECT key FROM speaker)
  UNION ALL SELECT id FROM quotations WHERE speaker_key = (SELECT key FROM speaker)
  UNION ALL {CLAIMS.format("o.id").replace("?", "(SELECT key FROM speaker)")})
SELECT f.id FROM record CROSS JOIN findings f INDEXED BY findings_by_about ON f.about = record.id
"""  # noqa: S608 - our own names

FINDINGS = Kind(
    **declare(
        "findings",
        _LISTING,
        asks={
            "check": posted(_LISTING, '"check"'),
            "about": _about,
            "speaker_key": few(_OF_SPEAKER),
            "text": sought("sentence"),
            "judged": held(_LISTING, What.FINDING),
        },
    ),
    source=Listed(_LISTING, reads_printed(FoundFinding, "finding", "findings", "id, day")),
    yields=FoundFinding,
    **printed(FoundFinding, "finding"),
)
