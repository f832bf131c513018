"""The kinds of answer that a store gives, each in a file of its own; this is the only list."""

from __future__ import annotations

from typing import Any

from tocsin.store.kinds.articles import ARTICLES as ARTICLES
from tocsin.store.kinds.events import EVENTS as EVENTS
from tocsin.store.kinds.families import FAMILIES as FAMILIES
from tocsin.store.kinds.findings import FINDINGS as FINDINGS
from tocsin.store.kinds.judgements import JUDGEMENTS as JUDGEMENTS
from tocsin.store.kinds.kind import Kind
from tocsin.store.kinds.offices import OFFICES as OFFICES
from tocsin.store.kinds.places import PLACES as PLACES
from tocsin.store.kinds.quotations import QUOTATIONS as QUOTATIONS
from tocsin.store.kinds.series import SERIES as SERIES
from tocsin.store.kinds.speakers import SPEAKERS as SPEAKERS
from tocsin.store.kinds.statements import STATEMENTS as STATEMENTS

KINDS: tuple[Kind[Any], ...] = (
    *(EVENTS, STATEMENTS, QUOTATIONS, FINDINGS, SPEAKERS, OFFICES, ARTICLES, FAMILIES, PLACES),
    *(SERIES, JUDGEMENTS),
)
