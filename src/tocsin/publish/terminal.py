"""The sitrep in a terminal: colour on a screen, plain text in a pipe, wrapped to the width.

Nothing from the article reaches the terminal unescaped (see `tocsin.publish.visible`), and nothing
is read as Rich markup.  Widths are counted in cells, so that wide characters keep the margins.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from tocsin.publish.sitrep import build_sitrep
from tocsin.publish.view import Item, Quote, Section, Sitrep
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.records import Report, Verdict

TONES: Mapping[str, str] = {
    Verdict.CONTRADICTED: "bold red",
    Verdict.UNSURE: "bold yellow",
    Verdict.HOLDS: "green",
    Verdict.NO_RECORD: "cyan",
    "plain": "bold",
}

#: Longer quotations are cut in the middle: the offsets beside them lead to all of the words.
_LONGEST_QUOTE = 220

#: Lines longer than this are hard to read, however wide the screen is.
_WIDEST = 100

_BARS = "▁▂▃▄▅▆▇█"

#: Less is not tried, whatever COLUMNS says.
_NARROWEST = 24


def write_terminal(report: Report, console: Console | None = None) -> None:
    """Write `report` to `console` (default: standard output)."""
    screen = console or standard_output()
    sitrep = build_sitrep(report)
    _write_head(screen, sitrep)
    for section in sitrep.sections:
        write_section(screen, section)


def standard_output() -> Console:
    """Standard output; never so narrow that Rich would print nothing (COLUMNS=0)."""
    screen = Console(highlight=False)
    return screen if screen.width >= _NARROWEST else Console(highlight=False, width=_NARROWEST)


def _write_head(screen: Console, sitrep: Sitrep) -> None:
    write(screen, styled(sitrep.title, "bold"))
    about = [*sitrep.about, sitrep.url] if sitrep.url else sitrep.about
    write(screen, styled(" · ".join(about), "dim"))
    screen.line()
    write(screen, styled(sitrep.opening))
    tallies = Text(" · ").join(
        Text(f"{tally.number} {tally.words}", style=TONES[tally.tone] if tally.number else "dim")
        for tally in sitrep.tallies
    )
    screen.line()
    write(screen, tallies)


def write_section(screen: Console, section: Section) -> None:
    """Write a section under its title."""
    screen.line()
    write(screen, styled(section.title.upper(), "bold underline"))
    for note in section.notes:
        write(screen, styled(note), indent=2)
    for item in section.items:
        _write_item(screen, item)


def _write_item(screen: Console, item: Item) -> None:
    badge = styled(f"[{item.badge.text}]", TONES[item.badge.tone])
    headline = Text.assemble(badge, " ", styled(item.headline))
    write(screen, headline, indent=2, hanging=2)
    for line in item.lines:
        write(screen, styled(line, "dim"), indent=4, hanging=2)
    for quote in item.quotes:
        write(screen, _quote(quote), indent=4, hanging=2)


def _quote(quote: Quote) -> Text:
    where = ", ".join(f"{start}-{end}" for start, end in quote.spans)
    label = on_one_line(f"{quote.label}: ") + " " if quote.label else ""
    words = in_quotation_marks(shortened(on_one_line(quote.words), _LONGEST_QUOTE))
    address = f" {on_one_line(quote.url)}" if quote.url else ""
    return Text.assemble((f"{where} " if where else "", "dim"), label, words, (address, "dim"))


def styled(text: str, style: str = "") -> Text:
    """Return untrusted `text` on one line, without anything that steers a terminal."""
    return Text(on_one_line(text), style=style)


def bar(part: float, whole: float) -> str:
    """Return a bar as high as this part of the whole; only nothing has the lowest."""
    return _BARS[math.ceil(part * (len(_BARS) - 1) / whole)]


def write(screen: Console, text: Text, *, indent: int = 0, hanging: int = 0) -> None:
    """Write `text` wrapped, its first line at `indent` and the others `hanging` further right."""
    width = max(min(screen.width, _WIDEST) - indent - hanging, _NARROWEST)
    for number, line in enumerate(text.wrap(screen, width)):
        line.rstrip()
        margin = " " * (indent + (hanging if number else 0))
        screen.print(Text(margin) + line, soft_wrap=True)
