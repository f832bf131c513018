"""Parsed texts, their tokens and stretches of them: the parser's types by our names.

Loading spaCy takes a second, so only type checkers see whose types these are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words
else:
    Doc = Token = Words = Any

__all__ = ["Doc", "Token", "Words", "names_of", "text_of"]


@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """Return `doc.text`, which spaCy puts together anew each time it is asked for."""
    return doc.text


@lru_cache(maxsize=2)
def names_of(doc: Doc) -> tuple[Words, ...]:
    """Return `doc.ents`, which spaCy puts together anew each time it is asked for."""
    return tuple(doc.ents)
