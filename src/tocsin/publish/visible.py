"""Untrusted text made fit to be shown: what steers a terminal or misleads the eye becomes visible.

An article may hold escape sequences that repaint a terminal, or marks that reverse the direction
of writing so that the words shown are not the words read.  `visible` writes such a character as
its code point (``[U+202E]``), everything else stays as it is.
"""

from __future__ import annotations

import re

#: Direction overrides and isolates, direction marks, zero-width space and joiner-like marks that
#: no script needs, line and paragraph separators, fillers, and the invisible tags and variation
#: selectors.  The zero-width joiner and non-joiner stay: Persian, the scripts of India and emoji
#: need them.
_MISLEADING = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)

#: Control characters other than tab and line feed, and halves of surrogate pairs.
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"

_OPENING = tuple("\"“„«‘'")
_HARMFUL = re.compile(f"[{_CONTROL}{_MISLEADING}]")
_ORDINARY_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def visible(text: str) -> str:
    """Return `text` with each harmful character written as its code point in square brackets.

    The form feed between pages becomes a space.
    """
    return _HARMFUL.sub(lambda found: f"[U+{ord(found[0]):04X}]", text.replace("\f", " "))


def on_one_line(text: str) -> str:
    """Return `text` made `visible`, with every run of white space as one space."""
    return " ".join(visible(_ORDINARY_BREAK.sub(" ", text)).split())


def in_quotation_marks(words: str) -> str:
    """Return `words` in curly quotation marks, or as they are when they bring their own."""
    return words if words[:1] in _OPENING else f"“{words}”"


def shortened(text: str, longest: int) -> str:
    """Return `text`, cut in the middle with an ellipsis when it has more than `longest` characters.

    Both ends stay, because a reader who looks for the words in the article needs both.
    """
    if len(text) <= longest:
        return text
    head = (longest - 3) * 2 // 3
    return f"{text[:head].rstrip()} … {text[len(text) - (longest - 3 - head) :].lstrip()}"
