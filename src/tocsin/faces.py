"""Faces: records and answers as HTML.

Records stand at the bottom and what shows them at the top, and no import may point up.  So the
package itself, which is there before any of its modules, lends the one to the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_lent: dict[str, Callable[[Any], str]] = {}


def lend(**faces: Callable[[Any], str]) -> None:
    """Say what makes HTML: `notebook` of a record or an answer, `page` of a report or a brief."""
    _lent.update(faces)


class InNotebooks:
    """Shows in notebooks as HTML: escaped, bounded, without script, in light and in dark."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return _lent["notebook"](self)


class AsPage(InNotebooks):
    """Can be had as a page, too."""

    __slots__ = ()

    def to_html(self) -> str:
        """Return it as one page that needs nothing else, as the command writes it with ``--html``.

        >>> Path("sitrep.html").write_text(report.to_html(), encoding="utf-8") > 10_000
        True
        >>> Path("brief.html").write_text(brief.to_html(), encoding="utf-8") > 10_000
        True
        """
        return _lent["page"](self)
