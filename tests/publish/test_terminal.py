"""The sitrep in a terminal and in a pipe."""

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from tocsin.publish.sitrep import build_sitrep
from tocsin.publish.terminal import write_terminal


def _written(report, *, width=80, terminal=False):
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        highlight=False,
    )
    write_terminal(report, console)
    return stream.getvalue()


def test_write_is_plain_text_in_a_pipe(harbour):
    written = _written(harbour.report)
    assert "\x1b" not in written
    assert not any("\u2500" <= character <= "\u257f" for character in written)


def test_write_opens_with_the_sentence_that_sums_up(harbour):
    written = " ".join(_written(harbour.report).split())
    opening = build_sitrep(harbour.report).opening
    assert written.index(opening) < written.index("1 contradicted · 0 unsure")


def test_write_uses_colour_on_a_screen(harbour):
    assert "\x1b[" in _written(harbour.report, terminal=True)


def test_write_says_verdict_sentence_and_words(harbour):
    lines = _written(harbour.report).splitlines()
    at = lines.index("CONTRADICTED")
    assert lines[at + 1 : at + 3] == [
        "  [contradicted] Jon Falk, not Otto Brandt, was Defence Minister that day.",
        "    95-132 “Arland's Defence Minister Otto Brandt”",
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_write_keeps_within_the_width(harbour, width):
    harbour.others["title"] = "Port of Brinn shelled " * 12
    assert max(cell_len(line) for line in _written(harbour.report, width=width).splitlines()) <= (
        min(width, 100)
    )


def test_write_counts_wide_characters_as_two_cells(builder):
    made = builder(text="Rain fell.", title="東京都知事が緊急記者会見を開いた" * 6)
    assert max(cell_len(line) for line in _written(made.report).splitlines()) <= 80


def test_write_breaks_a_word_that_is_wider_than_the_screen(builder):
    made = builder(text="Rain fell.", title="w" * 500)
    written = _written(made.report)
    assert max(map(len, written.splitlines())) <= 80
    assert re.search("w{80}(\nw{80}){5}\nw{20}\n", written)


def test_write_leaves_no_blanks_at_line_ends(harbour):
    assert all(line == line.rstrip() for line in _written(harbour.report).splitlines())


def test_write_defuses_escape_sequences_and_direction_overrides(builder):
    made = builder(text="He said \x1b[2Jno\u202e.", title="\x1b]0;owned\x07 \u202eevil")
    made.state(made.actor("He"), "\x1b[2Jno\u202e")
    written = _written(made.report)
    assert not set("\x1b\x07\u202e") & set(written)
    assert "[U+001B]" in written
    assert "[U+202E]" in written


def test_write_does_not_read_the_article_as_rich_markup(builder):
    made = builder(text="Rain fell.", title="[bold red]Rain[/] [link=https://evil.example]here")
    assert "[bold red]Rain[/] [link=https://evil.example]here" in _written(made.report)
