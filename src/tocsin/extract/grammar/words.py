"""Words of a parsed text: where they stand, and the lemmas and particles that rules look up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from tocsin.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

TokenRange = tuple[int, int]  #: half-open pair of token indexes

#: Lemmas that small pipelines get wrong, for cue verbs only.
_LEMMA_MENDED = {"hop": "hope", "retweete": "retweet", "vowe": "vow", "pledg": "pledge"}


@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """Return `doc.text`, which spaCy puts together anew each time it is asked for."""
    return doc.text


def char_span(doc: Doc, tokens: TokenRange) -> Span:
    """Return the character span of a token range."""
    last = doc[tokens[1] - 1]
    return doc[tokens[0]].idx, last.idx + len(last)


@overload
def tokens_at(doc: Doc, words: Span) -> Words: ...
@overload
def tokens_at(doc: Doc, words: None) -> None: ...
def tokens_at(doc: Doc, words: Span | None) -> Words | None:
    """Return the tokens that `words`, a stretch of the text of `doc`, touches; None for None."""
    return doc.char_span(*words, alignment_mode="expand") if words is not None else None


def children(token: Token, *labels: str) -> Iterator[Token]:
    """Yield what hangs on `token` by one of the `labels`."""
    return (child for child in token.children if child.dep_ in labels)


def child_of(token: Token, *labels: str) -> Token | None:
    """Return the first word that hangs on `token` by one of the `labels`."""
    return next(children(token, *labels), None)


def cue_lemma(token: Token) -> str:
    """Return the lemma under which a cue is looked up."""
    lemma = token.lemma_.lower()
    return _LEMMA_MENDED.get(lemma, lemma)
