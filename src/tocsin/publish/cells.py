"""Cells of tables that spreadsheets open: text that would be calculated is defused.

After OWASP, "CSV Injection": a spreadsheet takes a cell for a formula that begins with ``=``,
``+``, ``-``, ``@``, a tab or a line break, also in their full-width forms, and some skip blanks or
quotation marks before it.  An apostrophe before the whole cell makes it text.  What is no more
than a number (-9.5) cannot do anything and stays a number.
"""

from __future__ import annotations

import re

#: Blanks (line breaks among them), quotation marks and what nobody sees, then what calculates.
_FORMULA = re.compile(
    r"[\s\"'`‘’“”«»„‚＇＂\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−]|[\t\r\n]"
)

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def defuse(text: str) -> str:
    """Return `text` with an apostrophe before it when a spreadsheet would calculate it."""
    dangerous = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if dangerous else text
