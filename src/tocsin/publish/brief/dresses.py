"""The view of a brief dressed for a terminal, as Markdown, and as one HTML page with charts."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from tocsin.addresses import host_of
from tocsin.publish import terminal
from tocsin.publish.brief.charts import draw_map, draw_network
from tocsin.publish.brief.view import Line, build_view
from tocsin.publish.markdown import escaped, section_of
from tocsin.publish.pages import load_template, policy_of, read_style
from tocsin.publish.terminal import styled, write, write_section
from tocsin.publish.visible import on_one_line
from tocsin.publish.wording import words_for
from tocsin.records import to_json
from tocsin.watch.brief.records import Brief, Course
from tocsin.watch.brief.sentences import name_pair

#: Heights of the bars of a course; only nothing has the first.
_BARS = "▁▂▃▄▅▆▇█"
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
    write(screen, Text(" ").join(styled(_with_marks(line)) for line in view.opening))
    write_section(screen, view.alarms)
    for course in brief.courses:
        for row in _rows(course):
            write(screen, styled(row, "dim"), indent=2)
    for section in view.sections:
        write_section(screen, section)
    screen.line()
    write(screen, styled(words_for("brief", "questions").upper(), "bold underline"))
    for line in view.questions:
        write(screen, styled(_with_marks(line)), indent=2, hanging=2)
    if view.others.items:
        write_section(screen, view.others)
    screen.line()
    for told in view.account:
        write(screen, styled(told, "dim"))


def _with_marks(line: Line) -> str:
    return line.text + (f" [{', '.join(map(str, line.marks))}]" if line.marks else "")


def _rows(course: Course) -> Iterator[str]:
    """Yield a course as bars: all reports, and below them what stands."""
    step = 1 if len(course.reports) <= MOST_BARS else 7
    most = max(sum(course.reports[n : n + step]) for n in range(0, len(course.reports), step)) or 1
    yield f"{name_pair(course.actor, course.recipient)} (a bar is {step} d, · no article)"
    for name, days in (("all reports", course.reports), ("what stands", course.standing)):
        bars = (
            _BARS[-(-sum(days[n : n + step]) * 7 // most)]
            if any(course.covered[n : n + step])
            else "·"
            for n in range(0, len(days), step)
        )
        yield f"{name} {''.join(bars)}"


def render_markdown(brief: Brief) -> str:
    """Return `brief` as a Markdown document; nothing from an article can become markup."""
    view = build_view(brief)
    sections = [view.alarms, *view.sections]
    questions = (f"- {escaped(_with_marks(line))}" for line in view.questions)
    blocks = (
        f"# {escaped(view.title)}",
        escaped(" · ".join(view.about)),
        " ".join(escaped(_with_marks(line)) for line in view.opening),
        *map(section_of, sections),
        f"## {words_for('brief', 'questions')}",
        "\n".join(questions) or words_for("brief", "none"),
        *([section_of(view.others)] if view.others.items else []),
        "\n".join(f"- {escaped(told)}" for told in view.account),
    )
    return "\n\n".join(blocks) + "\n"


def render_html(brief: Brief) -> str:
    """Return `brief` as a complete HTML document that needs no network and no script."""
    style = read_style("sitrep.css", "brief.css")
    return load_template("brief.html.jinja").render(
        view=build_view(brief),
        brief=brief,
        most_bars=MOST_BARS,
        name_pair=name_pair,
        network=draw_network(brief.ties, brief.scope.concerned),
        map=draw_map(brief.spots),
        titles={key: words_for("brief", key) for key in ("questions", "ties", "spots", "account")},
        leads=lambda url: host_of(url) and on_one_line(url) == url,
        style=style,
        policy=policy_of(style),
    )
