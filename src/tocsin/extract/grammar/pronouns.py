"""Pronouns: which of the nouns before one the build of the sentences lets it mean."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.extract.grammar.words import children, labelled
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token

is_subject = labelled("dep_", "nsubj", "nsubjpass")  #: does, or suffers, what the verb says


def subjects_before(pronoun: Token) -> Iterator[Token]:
    """Yield subjects before a pronoun: in its sentence from the nearest back, then one before.

    Last those of a hanging clause without it: "*the navy* saw ships that the army hit, it said".
    """
    start = pronoun.sent.start
    named = filter(_is_named_subject, reversed(pronoun.doc[start : pronoun.i]))
    yield from sorted(named, key=lambda noun: _is_aside(noun, pronoun))
    if start > 0:
        yield from filter(_is_named_subject, pronoun.doc[start - 1].sent)


def _is_aside(noun: Token, pronoun: Token) -> bool:
    hanging = (verb for verb in noun.ancestors if verb.dep_ in ("relcl", "advcl"))
    return any(not verb.is_ancestor(pronoun) for verb in hanging)


def _is_named_subject(token: Token) -> bool:
    return is_subject(token) and token.lower_ not in word_set("pronouns")


def is_of_none(noun: Token) -> bool:
    """Tell words for nobody: "*no group* claimed it", "none of them"; not "No 10"."""
    counted = noun.lower_ == "one" or not noun.like_num
    no = counted and any(child.lower_ == "no" for child in children(noun, "det"))
    return no or noun.lower_ in ("nobody", "none")
