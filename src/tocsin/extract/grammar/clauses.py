"""Clauses: which verb a word belongs to, what stands around a verb, and what is joined to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tocsin.extract.grammar.words import TokenRange, child_of, children, having, is_verb, labelled
from tocsin.models.parsed import Token, Words

_HAD = ("had", "'d", "’d")
_RELATIVES = frozenset(("that", "which"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


#: Something is done to it: object, passive subject, after a preposition.
undergoes = labelled("dep_", "dobj", "nsubjpass", "pobj")
is_passive_subject = labelled("dep_", "nsubjpass")  #: "*they* were told"
has_object = having("dobj", "nsubjpass")  #: it is done to something
has_clause = having("ccomp")  #: for its content: "said *they left*"
has_infinitive = having("xcomp")  #: that says what is to be done: "voted *to close* it"


def verb_of(subject: Token) -> Token | None:
    """Return the verb of which a word is the active subject."""
    return subject.head if subject.dep_ == "nsubj" and is_verb(subject.head) else None


def verb_above(token: Token) -> Token | None:
    """Return the nearest verb that a word hangs on, itself left out; None where there is none."""
    return next((word for word in token.ancestors if is_verb(word)), None)


def is_pluperfect(verb: Token) -> bool:
    """Tell what was over before the past that is told of: "had served"."""
    return verb.tag_ == "VBN" and any(aux.lower_ in _HAD for aux in children(verb, "aux"))


def content_clauses(verb: Token) -> Iterator[Token]:
    """Yield the verbs of the clauses and infinitives after `verb` that are its content."""
    return (child for child in children(verb, "ccomp", "xcomp") if child.i > verb.i)


def addressed(verb: Token) -> Iterator[Token]:
    """Yield who is told, after a verb of telling; some parses take them for its subject."""
    return (child for child in children(verb, "dobj", "dative", "nsubj") if child.i > verb.i)


def adjuncts(verb: Token) -> Iterator[tuple[Token, Words]]:
    """Yield the phrases and clauses of circumstance that hang on a verb, with their first word."""
    for child in children(verb, "prep", "agent", "advcl", "npadvmod"):
        yield child, verb.doc[child.left_edge.i : child.right_edge.i + 1]


def clause_around(token: Token) -> Token:
    """Return the head of the clause that `token` stands in: a verb with a subject, or the root.

    Of a participle that describes a noun, it is the participle: "vessels allegedly *carrying*".
    """
    head = token.head
    if is_participial(head):
        return head
    while head.head.i != head.i and not (is_verb(head) and child_of(head, *_SUBJECTS) is not None):
        head = head.head
    return head


def is_participial(verb: Token) -> bool:
    """Tell a participle that describes the noun before it."""
    return verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN")


def is_passive_participle(verb: Token) -> bool:
    """Tell a participle that says what was done to the noun before it: "the men *killed* there"."""
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def is_headline_passive(verb: Token) -> bool:
    """Tell whether a headline leaves out "were": "Thirty-two *killed* in strike"."""
    return verb.tag_ in ("VBN", "VBD") and child_of(verb, "aux", "dobj", "auxpass") is None


def is_inserted(verb: Token) -> bool:
    """Tell a clause that is set into another: "the talks, he *said*, failed", "as he *said*, …"."""
    if verb.dep_ in ("parataxis", "dep"):
        return True
    marks = children(verb, "mark", "advmod") if verb.dep_ == "advcl" else ()
    return verb.head.i != verb.i and any(c.lower_ == "as" for c in marks)


def relative_clause(token: Token) -> Token | None:
    """Return the verb of the relative clause in which `token` stands."""
    return next((t for t in islice((token, *token.ancestors), 6) if t.dep_ == "relcl"), None)


def antecedent_of(verb: Token) -> TokenRange | None:
    """Return what the object of a relative clause stands for: "*a charge* that it denied"."""
    first, subject = verb.left_edge, child_of(verb, "nsubj")
    said = any(c.i != first.i for c in children(verb, "dobj", "ccomp", "xcomp"))
    if verb.dep_ != "relcl" or subject is None or said:
        return None
    relative = first.lower_ in _RELATIVES  # left out in "a claim Moscow denies"
    fits = subject.i != first.i if relative else subject.left_edge.i == first.i
    return (verb.head.left_edge.i, verb.head.i + 1) if fits else None


def without_joined(verb: Token, after: int) -> TokenRange:
    """Return the words of a clause up to one that is joined to it after the token `after`."""
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    others = (c for c in children(verb, "conj") if child_of(c, *_SUBJECTS) is not None)
    following = next((c for c in others if c.i > after), None)
    if following is None:
        return start, end
    links = [c.i for c in children(verb, "cc") if after <= c.i < following.i]
    return start, min([end, following.left_edge.i, *links])


def negators(verb: Token) -> Iterator[Token]:
    """Yield the words on a verb that may negate it; "and", "nor" only where it goes on after."""
    for child in children(verb, "neg", "preconj", "cc", "advmod"):
        if child.dep_ != "cc" or (child.i > verb.i and child.lower_ == "nor"):
            yield child
    if verb.i > 0 and verb.nbor(-1).lower_ in ("nor", "neither"):
        yield verb.nbor(-1)


def with_alternatives(verb: Token) -> Iterator[Token]:
    """Yield `verb`, and what it is joined to by "or": "did not *confirm* or *deny*"."""
    for _ in range(4):
        yield verb
        joined = any(c.lower_ in ("nor", "or") for c in children(verb.head, "cc"))
        own = child_of(verb, "nsubj", "nsubjpass") is not None
        if verb.dep_ != "conj" or not joined or own:
            return
        verb = verb.head
