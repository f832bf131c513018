"""The view of a brief dressed for a terminal, as Markdown, and as one HTML page with charts."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape
from rich.console import Console

from tocsin.addresses import host_of
from tocsin.checks.wording import name_pair, name_party
from tocsin.lexicons.shown import words_for
from tocsin.publish import terminal
from tocsin.publish.brief.view import build_view
from tocsin.publish.brief.world import draw_map
from tocsin.publish.markdown import escaped, section_of
from tocsin.publish.pages import load_template, policy_of, read_style
from tocsin.publish.terminal import bar, styled, write, write_section
from tocsin.publish.visible import on_one_line
from tocsin.records import to_json
from tocsin.watch.brief.records import Brief, Course

#: The numbers in which a sentence ends, and what each leads with to its item.
_MARKS, _NUMBER = re.compile(r"(?<=\[)\d+(, \d+)*(?=\]$)"), re.compile(r"\d+")
_LINK = r'<a href="#r-\g<0>">\g<0></a>'
#: More days than these are drawn as weeks.
MOST_BARS = 100


def render_json(brief: Brief) -> str:
    """Return `brief` as JSON on one line, in ASCII, under the names of its records."""
    return json.dumps(to_json(brief))


def write_terminal(brief: Brief, console: Console | None = None) -> None:
    """Write `brief` to `console` (default: standard output)."""
    screen, view = console or terminal.standard_output(), build_view(brief)
    write(screen, styled(view.title, "bold"))
    write(screen, styled(" · ".join(view.about), "dim"))
    screen.line()
    write(screen, styled(" ".join(view.opening)))
    for section in view.sections:
        write_section(screen, section)
        for row in (row for c in brief.courses for row in _rows(c) if section.key == "alarms"):
            write(screen, styled(row, "dim"), indent=2)


def _rows(course: Course) -> Iterator[str]:
    """Yield a course as bars: all reports, and below them what stands."""
    step = 1 if len(course.reports) <= MOST_BARS else 7
    most = max(sum(course.reports[n : n + step]) for n in range(0, len(course.reports), step)) or 1
    yield f"{name_pair(course.actor, course.recipient)} (a bar is {step} d, · no article)"
    for name, days in (("all reports", course.reports), ("what stands", course.standing)):
        bars = (
            bar(sum(days[n : n + step]), most) if any(course.covered[n : n + step]) else "·"
            for n in range(0, len(days), step)
        )
        yield f"{name} {''.join(bars)}"


def render_markdown(brief: Brief) -> str:
    """Return `brief` as a Markdown document; nothing from an article can become markup."""
    view = build_view(brief)
    head = (
        f"# {escaped(view.title)}",
        escaped(" · ".join(view.about)),
        escaped(" ".join(view.opening)),
    )
    return "\n\n".join((*head, *map(section_of, view.sections))) + "\n"


def render_html(brief: Brief) -> str:
    """Return `brief` as a complete HTML document that needs no network and no script."""
    style = read_style("colours.css", "sitrep.css", "brief.css")
    return load_template("brief.html.jinja").render(
        **PIECES, **pieces_of(brief), style=style, policy=policy_of(style)
    )


def pieces_of(brief: Brief) -> dict[str, Any]:
    """Return what the pieces of `brief_parts.html.jinja` show of a brief."""
    return {"view": build_view(brief), "brief": brief, "map": draw_map(brief.spots)}


def _linked(text: str) -> Markup:
    """Return a sentence with the numbers it ends in as links to their items."""
    shown = escape(on_one_line(text))
    return Markup(_MARKS.sub(lambda marks: _NUMBER.sub(_LINK, marks[0]), shown))  # noqa: S704 - escaped


#: What the pieces of `brief_parts.html.jinja` need wherever they are shown.  `linked` makes HTML of
#: headlines and sentences, `told` of other lines; `pages` has by id of a record the address of its
#: page, and `places` that of its words.
PIECES: Mapping[str, Any] = {
    "most_bars": MOST_BARS,
    "name_pair": name_pair,
    "name_party": name_party,
    "math": math,
    "words_for": words_for,
    "leads": lambda url: host_of(url) and on_one_line(url) == url,
    "linked": _linked,
    "told": on_one_line,
    "pages": {},
    "places": {},
}
