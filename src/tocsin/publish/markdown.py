"""The sitrep as Markdown (CommonMark), for notes, tickets and pull requests.

Nothing from the article can become a link, an image, HTML, a heading or a list: what means
something to Markdown is escaped, and every text is put on one line.
"""

from __future__ import annotations

import re

from tocsin.articles.read import OWN_MARKS
from tocsin.publish.sitrep import build_sitrep
from tocsin.publish.view import Item, Quote, Section
from tocsin.publish.visible import in_quotation_marks, on_one_line
from tocsin.records import Report

#: What means something anywhere in a line, to CommonMark or to GitHub (tables, strikethrough,
#: mathematics, mentions, bare addresses).
_MEANINGFUL = re.compile(r"[\\`*_{}\[\]<>#|~&@!$]|:(?=//)|(?<=www)\.", re.IGNORECASE)

#: What begins a list, a quotation or an underlined heading when it comes first.
_FIRST = re.compile(r"^(\d*)([-+=>.)])")


def render_markdown(report: Report) -> str:
    """Return `report` as a Markdown document that ends in one line feed."""
    sitrep = build_sitrep(report)
    about = [*sitrep.about, sitrep.url] if sitrep.url else sitrep.about
    tallies = " · ".join(f"**{tally.number}** {tally.words}" for tally in sitrep.tallies)
    blocks = [f"# {escaped(sitrep.title)}", escaped(" · ".join(about)), escaped(sitrep.opening)]
    blocks += [tallies, *(section_of(section) for section in sitrep.sections)]
    return "\n\n".join((*blocks, OWN_MARKS[1])) + "\n"


def escaped(text: str) -> str:
    """Return `text` on one line with everything escaped that Markdown would read as markup."""
    inline = _MEANINGFUL.sub(r"\\\g<0>", on_one_line(text))
    return _FIRST.sub(r"\1\\\2", inline)


def section_of(section: Section) -> str:
    """Return a section under its title."""
    blocks = [f"## {escaped(section.title)}"]
    if section.notes:
        blocks.append("\n".join(f"- {escaped(note)}" for note in section.notes))
    if section.items:
        blocks.append("\n".join(_item(item) for item in section.items))
    return "\n\n".join(blocks)


def _item(item: Item) -> str:
    """Return a list item.  The badge is ours, so its text cannot be mistaken for the article's."""
    lines = [f"- **{escaped(item.badge.text)}** {escaped(item.headline)}"]
    lines += [f"  - {escaped(line)}" for line in item.lines]
    lines += [f"  - {_quote(quote)}" for quote in item.quotes]
    return "\n".join(lines)


def _quote(quote: Quote) -> str:
    where = ", ".join(f"{start}–{end}" for start, end in quote.spans)
    label = f"{escaped(quote.label)}: " if quote.label else ""
    address = f" {escaped(quote.url)}" if quote.url else ""
    place = f" ({where})" if where else ""
    return f"{label}{escaped(in_quotation_marks(on_one_line(quote.words)))}{place}{address}"
