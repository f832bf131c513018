"""The records of the view that every dress reads: a sitrep of sections, items and quoted words.

Texts in the view come partly from the article and are untrusted: each dress escapes them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A short label and its tone: "contradicted", "unsure", "holds", "no_record" or "plain"."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the article behind an item.

    `key` names the place in the article: the id of the record that the words belong to.
    """

    anchor: str
    key: str
    spans: tuple[Span, ...]
    words: str  #: exactly as in the text; several spans are joined by " … "
    label: str = ""  #: what these words are, when the item does not say it ("denies, indirect")
    url: str | None = None  #: of the article, where a page is about several


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing the report says, the words it rests on, and what else belongs to it.

    `name` is the shortest text that still tells what the item is about, `key` the id of its record.
    """

    anchor: str
    badge: Badge
    headline: str
    name: str
    lines: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items of one kind under a title.  `notes` say what concerns all of them."""

    key: str
    title: str
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of one kind, for the line that sums the report up."""

    section: str
    number: int
    words: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitrep:
    """The whole view: head, sums, sections in order.  Sections with nothing in them are left out.

    "Contradicted" always stands, because that nothing was contradicted is news as well.
    """

    title: str
    about: tuple[str, ...]  #: outlet, date and where the date comes from, origin
    url: str | None
    opening: str  #: the one sentence that sums the report up
    tallies: tuple[Tally, ...]
    sections: tuple[Section, ...]
