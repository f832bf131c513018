"""Speakers: who speaks, the most quoted first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.faces import InNotebooks
from tocsin.records import Verdict
from tocsin.store.conditions import few, sought
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpeaker(InNotebooks):
    """Someone who speaks in the articles of the store."""

    key: str  #: of the reference, or of name and country
    name: str  #: the fullest form
    kind: str  #: person, body, country, group or office
    office: str | None  #: the latest
    country: str | None  #: the commonest
    reference: str | None  #: id in the reference of office holders
    statements: int  #: how many
    quotations: int  #: how many
    articles: int  #: how many
    first: date | None  #: published
    last: date | None  #: published
    verdict: Verdict | None  #: the worst of the tenure findings


_LISTING = Listing(table="speakers", key="key", rank="statements", ranks=int, search="speakers_fts")

SPEAKERS = Kind(
    **declare("speakers", _LISTING, asks={"key": few("SELECT ?"), "text": sought("name office")}),
    source=Listed(_LISTING, reads_rows(FoundSpeaker, _LISTING)),
    yields=FoundSpeaker,
)
