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


def subjects_meant(pronoun: Token) -> Iterator[Token]:
    """Yield the subjects before a pronoun that it can mean.

    The object of a verb is not its own subject: "Iran warned it" is about someone else; who rules
    or alleges "that it …" speaks of another.
    """
    above = pronoun.head.head
    of_another = pronoun.head.dep_ == "ccomp" and above.lemma_ in word_set("said_of_another")
    itself = pronoun.lower_.endswith(("self", "selves"))
    for subject in subjects_before(pronoun):
        theirs = subject.head.i == above.i or subject.head.is_ancestor(above)
        own = pronoun.dep_ in ("dobj", "dative") and pronoun.head.i == subject.head.i
        excluded = (of_another and theirs) or (own and not itself)
        if not excluded:
            yield subject


def means_nobody(pronoun: Token) -> bool:
    """Tell an "it" that is empty: "it comes as"."""
    empty = pronoun.lower_ == "it" and pronoun.dep_ == "nsubj"
    return empty and pronoun.head.lemma_ in word_set("after_empty_it")


def is_subject(noun: Token) -> bool:
    """Tell who does, or suffers, what the verb says."""
    return noun.dep_ in _SUBJECTS


def _is_named_subject(token: Token) -> bool:
    return is_subject(token) and token.lower_ not in word_set("pronouns")
