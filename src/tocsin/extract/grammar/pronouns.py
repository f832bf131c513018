"""Pronouns: which of the nouns before one the build of the sentences lets it mean."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.extract.grammar.arguments import with_conjuncts
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
    or alleges "that it …" speaks of another, and so does who is quoted.
    """
    above = pronoun.head.head
    of_another = pronoun.head.dep_ == "ccomp" and above.lemma_ in word_set("said_of_another")
    itself = pronoun.lower_.endswith(("self", "selves"))
    for subject in subjects_before(pronoun):
        theirs = subject.head.i == above.i or subject.head.is_ancestor(above)
        own = pronoun.dep_ in ("dobj", "dative") and pronoun.head.i == subject.head.i
        excluded = (of_another and theirs) or (own and not itself)
        if not excluded and not _in_other_quotation(pronoun, subject):
            yield subject


def means_nobody(pronoun: Token) -> bool:
    """Tell an "it" that is empty: "it comes as"."""
    empty = pronoun.lower_ == "it" and pronoun.dep_ == "nsubj"
    return empty and pronoun.head.lemma_ in word_set("after_empty_it")


def stands_apart(pronoun: Token) -> bool:
    """Tell whether a pronoun stands in a clause of its own: "if *it* executes protesters"."""
    return pronoun.head.dep_ in ("advcl", "conj", "relcl")


def is_one(noun: Token) -> bool:
    """Tell a noun that is not plural and joined to no other."""
    return noun.tag_ not in ("NNS", "NNPS") and not with_conjuncts(noun)[1:]


def is_subject(noun: Token) -> bool:
    """Tell who does, or suffers, what the verb says."""
    return noun.dep_ in _SUBJECTS


def _is_named_subject(token: Token) -> bool:
    return is_subject(token) and token.lower_ not in word_set("pronouns")


def _in_other_quotation(pronoun: Token, subject: Token) -> bool:
    """Tell whether a quotation opens between the two: its words have antecedents of their own.

    A few words quoted in their sentence have not: "said Iran had “shown that it could attack”".
    """
    marks = [t for t in pronoun.doc[subject.i : pronoun.i] if t.text in '“”"«»']
    if len(marks) % 2 == 0:
        return False
    own_sentence = subject.sent.start == marks[-1].sent.start == pronoun.sent.start
    return not own_sentence or marks[-1].nbor().text[0].isupper()
