"""Parsed texts, their tokens and stretches of them: the parser's types by our names.

Loading spaCy takes a second, so only type checkers see whose types these are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words
else:
    Doc = Token = Words = Any

__all__ = ["Doc", "Token", "Words"]
