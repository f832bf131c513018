"""Pronouns: which of the nouns before one the build of the sentences lets it mean."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token

_SUBJECTS = ("nsubj", "nsubjpass")


def subjects_before(pronoun: Token) -> Iterator[Token]:
    """Yield subjects before a pronoun: in its sentence from the nearest back, then one before."""
    start = pronoun.sent.start
    yield from filter(_is_named_subject, reversed(pronoun.doc[start : pronoun.i]))
    if start > 0:
        yield from filter(_is_named_subject, pronoun.doc[start - 1].sent)


def is_subject(noun: Token) -> bool:
    """Tell who does, or suffers, what the verb says."""
    return noun.dep_ in _SUBJECTS


def _is_named_subject(token: Token) -> bool:
    return is_subject(token) and token.lower_ not in word_set("pronouns")
