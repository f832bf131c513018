"""The sitrep as one self-contained page: the article with every record marked, findings beside it.

The page needs no script, loads nothing and allows nothing to be loaded (a content security policy
stands in its head).  Everything from the article is escaped by the template engine.

Anchors: ``i-…`` an item of the report, ``w-…`` its words in the article, ``n-…`` the note beside
them.  Words lead to their note, the note to its item, the item to its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tocsin.addresses import host_of
from tocsin.lexicons.shown import words_for
from tocsin.publish.marks import ROLES, Mark, Segment, find_paragraphs
from tocsin.publish.pages import load_template, policy_of, read_style
from tocsin.publish.sitrep import build_sitrep
from tocsin.publish.view import Item, Quote, Sitrep
from tocsin.publish.visible import visible
from tocsin.records import Report, Span

#: Sections that stand above the article; the others follow it.
_BEFORE_THE_ARTICLE = ("contradicted", "unsure")

#: Roles whose words are a link to their note.  Content and clauses are too long to be links.
_LINKED = ("office", "trigger", "cue", "speaker", "relay", "finding")

#: By the id of a record, the quotes of its words, each with its item: the notes beside them.
_Notes = dict[str, list[tuple[Item, Quote]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A segment ready for the template: its words as shown, classes, and where it leads."""

    segment: Segment
    words: str
    classes: str
    title: str
    href: str | None
    closes: str | None  #: tone of an office claim that ends here


def render_html(report: Report) -> str:
    """Return `report` as a complete HTML document."""
    sitrep = build_sitrep(report)
    marked = mark_article(report, sitrep, lambda quote: f"#n-{quote.anchor}")
    placed = {key for pieces in marked for piece in pieces for key in piece.segment.begins}
    notes = _notes_by_key(sitrep)
    style = read_style("colours.css", "sitrep.css")
    return load_template("sitrep.html.jinja").render(
        **sections_of(sitrep),
        language=report.article.language,
        to_words=lambda key: f"#w-{key}" if key in placed else None,
        paragraphs=[
            (pieces, [n for p in pieces for key in p.segment.begins for n in notes.get(key, ())])
            for pieces in marked
        ],
        style=style,
        policy=policy_of(style),
    )


def sections_of(sitrep: Sitrep) -> dict[str, Any]:
    """Return what templates show of a sitrep beside the article: its head, and what is found."""
    return {
        "sitrep": sitrep,
        "before": [s for s in sitrep.sections if s.key in _BEFORE_THE_ARTICLE],
        "after": [s for s in sitrep.sections if s.key not in _BEFORE_THE_ARTICLE],
        "present": {section.key for section in sitrep.sections},
        "link": sitrep.url if host_of(sitrep.url) else None,  # else it is shown but leads nowhere
    }


def mark_article(
    report: Report, sitrep: Sitrep, to_note: Callable[[Quote], str], chosen: Iterable[Span] = ()
) -> list[list[Piece]]:
    """Return the paragraphs of the article, in pieces with the marks of all records.

    Args:
        report: on the article.
        sitrep: the view of it.
        to_note: the address of what is said of the quoted words; these words lead there.
        chosen: words that are marked as chosen beside; those of one record.
    """
    notes = _notes_by_key(sitrep)
    spans = tuple(chosen)
    return [
        [_piece(segment, notes, to_note, spans) for segment in paragraph]
        for paragraph in find_paragraphs(report, sitrep)
    ]


def _notes_by_key(sitrep: Sitrep) -> _Notes:
    notes: _Notes = defaultdict(list)
    for item in (item for section in sitrep.sections for item in section.items):
        for quote in item.quotes:
            notes[quote.key].append((item, quote))
    return notes


def _piece(
    segment: Segment, notes: _Notes, to_note: Callable[[Quote], str], chosen: tuple[Span, ...]
) -> Piece:
    marks = sorted(segment.marks, key=lambda mark: ROLES.index(mark.role))
    leading = next((m for m in marks if m.role in _LINKED and m.key in notes), None)
    roles = [mark.role for mark in marks if mark.role != "clause"]
    names = [name for mark in marks for name in _class_names(mark)]
    if any(start <= segment.start and segment.end <= end for start, end in chosen):
        names.append("chosen")
    return Piece(
        segment=segment,
        words=visible(segment.words),
        classes=" ".join(dict.fromkeys(names)),
        title=", ".join(dict.fromkeys(words_for("role", role) for role in roles)),
        href=to_note(notes[leading.key][0][1]) if leading else None,
        closes=next((mark.tone for mark in segment.ends if mark.role == "office"), None),
    )


def _class_names(mark: Mark) -> list[str]:
    toned = mark.role in ("office", "finding")
    return [mark.role, *([f"{mark.role}-{mark.tone}"] if toned else [])]
