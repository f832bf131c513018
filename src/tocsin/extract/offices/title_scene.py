"""What all titles of one article share while they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.extract.offices.title_spans import Title
from tocsin.records import Article
from tocsin.reference.countries import Countries
from tocsin.reference.offices import Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Scene:
    """What all claims of one article share."""

    doc: Doc
    article: Article
    countries: Countries
    reference: Reference
    mentions: tuple[tuple[int, str], ...]  #: tokens at which countries are named, and which
    titles: tuple[Title, ...]
    blocked: frozenset[int]  #: tokens of the cores of titles
