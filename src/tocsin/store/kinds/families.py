"""Families: texts that go back to one, as copies of it or by a passage."""

from __future__ import annotations

from tocsin.records import Family
from tocsin.store.conditions import few
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_records

_LISTING = Listing(table="families", rank="members", ranks=int)

_OF_ARTICLE = """
SELECT x.family FROM articles a JOIN family_members x ON x.text_id = a.text_id WHERE a.id = ?
"""

FAMILIES = Kind(
    **declare("families", _LISTING, asks={"article": few(_OF_ARTICLE)}),
    source=Listed(_LISTING, reads_records(Family, _LISTING)),
    yields=Family,
)
