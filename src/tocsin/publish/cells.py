"""Cells of tables that spreadsheets open: text that would be calculated is defused."""

from __future__ import annotations

#: What makes a spreadsheet calculate a cell (OWASP, "CSV Injection"), full-width forms too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def defuse(text: str) -> str:
    """Return `text` with an apostrophe before it when a spreadsheet would calculate it.

    Blanks before the sign do not help, spreadsheets skip them.  Numbers are written as numbers and
    do not come here.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
