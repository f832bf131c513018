"""Quotations: the same words by the same speaker, in however many articles."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.faces import InNotebooks
from tocsin.records import Quotation
from tocsin.store.conditions import at_least, few, posted, sought
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind, Part, Role
from tocsin.store.kinds.printed import Print, printed, read_named, with_country
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_records
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuotation(InNotebooks):
    """The same words by the same speaker, and the articles that print them, earliest first."""

    quotation: Quotation  #: the record
    prints: tuple[Print, ...]  #: articles that print it


_LISTING = Listing(table="quotations", search="quotations_fts")

_read_records = reads_records(Quotation, _LISTING)


def _read(connection: Connection, keys: list[str]) -> dict[str, FoundQuotation]:
    found = _read_records(connection, keys)
    prints = read_named(connection, (each for one in found.values() for each in one.articles))
    return {
        key: FoundQuotation(
            quotation=one, prints=tuple(prints[each] for each in one.articles if each in prints)
        )
        for key, one in found.items()
    }


_OF_ARTICLE = """
SELECT s.quotation FROM articles a JOIN statements s ON s.text_id = a.text_id
WHERE a.id = ? AND s.quotation IS NOT NULL
"""

QUOTATIONS = Kind(
    **declare(
        "quotations",
        _LISTING,
        asks={
            "articles": at_least(_LISTING, "articles"),
            "article": few(_OF_ARTICLE),
            "speaker_key": posted(_LISTING, "speaker_key", "by_speaker"),
            "text": sought("said"),
        },
        cells={
            "speaker": lambda found: with_country(found.quotation.speaker, "(not named)"),
            "words": lambda found: Part(found.quotation.said, Role.QUOTED),
        },
    ),
    source=Listed(_LISTING, _read),
    yields=FoundQuotation,
    **printed(FoundQuotation, "quotation"),
)
