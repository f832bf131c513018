"""Offices: who is given which office by which article; the reference is not asked here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.faces import InNotebooks
from tocsin.records import OfficeClaim, Verdict
from tocsin.store.asked import What, Words
from tocsin.store.conditions import CLAIMS, Ask, Sought, few, held, list_of
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind
from tocsin.store.kinds.printed import Print, printed, reads_printed
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim(InNotebooks):
    """A claim that someone holds an office, with what the tenure check says of it."""

    claim: OfficeClaim  #: the record
    verdict: Verdict | None  #: None where nothing was checked
    day: date | None  #: the day it speaks of
    text_id: str  #: `Article.text_id`
    prints: tuple[Print, ...] = ()  #: articles that print it


_LISTING = Listing(table="office_claims", search="office_claims_fts")


def _office(connection: Connection, office: Words) -> Ask:
    """Ask for the id of an office in the reference, or for words in the office."""
    query = "SELECT 1 FROM office_claims WHERE office_id = ? LIMIT 1"
    if connection.execute(query, (office.given,)).fetchone():
        return list_of(_LISTING, "office_id", office.given, index="by_office")
    return Sought("office", office)


OFFICES = Kind(
    **declare(
        "offices",
        _LISTING,
        asks={
            "office": _office,
            "speaker_key": few(CLAIMS.format("o.id")),
            "judged": held(_LISTING, What.OFFICE),
        },
        cells={"name": lambda found: found.claim.name or "(not named)"},
    ),
    source=Listed(_LISTING, reads_printed(FoundClaim, "claim", "office_claims", "verdict, day")),
    yields=FoundClaim,
    **printed(FoundClaim, "claim"),
)
