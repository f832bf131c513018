"""Noun phrases by the order of their words: where they begin and end, and which word leads them."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.extract.grammar.words import TokenRange, is_noun, is_quality, labelled, subtree
from tocsin.models.parsed import Doc, Token, Words

_WITHIN = frozenset(("DET", "ADJ", "PROPN", "NOUN", "NUM", "PRON", "PART"))
_OUTSIDE = frozenset(("relcl", "acl", "punct", "conj", "cc", "advcl"))
#: What leads to the word it hangs on.
_LEADING = ("det", "amod", "compound", "poss", "nummod", "aux", "auxpass", "neg", "nmod")
_OWNING = ("pobj", "conj", "poss", "compound")


is_nominal = labelled("pos_", "ADJ", "NOUN", "PROPN")  #: as titles and names of bodies are made of
is_number = labelled("pos_", "NUM")
opens_phrase = labelled("pos_", "DET", "ADJ")  #: before the owner of something
#: What may stand for someone or something: a noun, "the *injured*", "two".
is_noun_like = labelled("pos_", "NOUN", "PROPN", "NUM", "ADJ", "X")
may_be_party = labelled("pos_", "NOUN", "PROPN", "NUM", "ADJ", "X", "PRON")
#: After which a clause may turn into a quotation: "said", "of", "minister".
may_lead = labelled("pos_", "VERB", "ADP", "PRON", "PROPN", "NOUN", "ADV")


def leads_nouns(token: Token) -> bool:
    """Tell a noun or name that is not only part of a compound: "air *strike*"."""
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound"


def is_describing(verb: Token) -> bool:
    """Tell a verb that is no adjective: "acting" in "is acting president", not "the acting"."""
    return verb.pos_ == "VERB" and verb.dep_ != "amod"


def stands_for_noun(token: Token) -> bool:
    """Tell a word that stands for people where it leads a phrase: "the injured", "two", "those"."""
    return token.tag_ in ("JJ", "DT", "CD") or token.pos_ == "PRON"


def leads_on(token: Token) -> bool:
    """Tell a word at which no phrase ends: "a spokesman *for*", "those *who*"."""
    return token.pos_ in ("ADP", "CCONJ", "PUNCT") or token.tag_ in ("WP", "WDT")


def nouns_among(words: Iterable[Token]) -> list[Token]:
    """Return the nouns, names and pronouns of a stretch of text."""
    return [token for token in words if token.pos_ in ("PROPN", "NOUN", "PRON")]


def phrase_from(doc: Doc, start: int, limit: int) -> TokenRange | None:
    """Return the noun phrase that begins at `start`, at most up to `limit`."""
    at = start
    while at < limit and doc[at].pos_ in _WITHIN and (at == start or doc[at].pos_ != "PRON"):
        at += 1
    if at == start:
        return None
    left, right = subtree(doc[at - 1])
    return start, max(at, min(limit, right)) if left >= start - 1 else at


def leading_noun(words: Iterable[Token]) -> Token | None:
    """Return the first noun that is a subject or the head of all: "*The minister* on the talks"."""
    return next((t for t in nouns_among(words) if t.dep_ in ("nsubj", "ROOT")), None)


def opens_name(token: Token) -> bool:
    """Tell a name that the next word goes on with: "*Vandermeer* Foundation"."""
    return token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i == token.i + 1


def whole_name(token: Token) -> Token:
    """Return the head of the name or apposition that `token` is part of."""
    while token.dep_ in ("compound", "appos", "nmod") and token.head.i != token.i:
        token = token.head
    return token


def governed_names(words: Iterable[Token]) -> list[Token]:
    """Return the names among `words` that a verb or preposition has for its object."""
    return [t for t in words if t.pos_ == "PROPN" and t.dep_ in ("pobj", "dobj", "conj")]


def owning_names(words: Iterable[Token]) -> list[Token]:
    """Return the names among `words` that say whose something is: "*Tass* reports", "by *Tass*"."""
    return [t for t in words if t.pos_ == "PROPN" and t.dep_ in _OWNING]


def without_clause(noun: Token, end: int) -> int:
    """Return where the phrase of `noun`, which ends at `end`, ends without its clauses."""
    clauses = (c.left_edge.i for c in noun.children if c.dep_ in ("relcl", "acl"))
    return min([end, *(first for first in clauses if first > noun.i)])


def end_of_phrase(last: Token) -> int:
    """Return where the phrase ends that cannot end at `last`: "the / *raid*", "in / *a camp*".

    Where it can, that is the token after it.
    """
    while last.dep_ in _LEADING and last.head.i > last.i:
        last = last.head
    opens = last.dep_ in ("prep", "cc", "agent", "dative") and last.i + 1 < len(last.doc)
    inner = last.head if last.dep_ == "cc" else last
    behind = [c for c in inner.children if c.i > last.i and c.dep_ in ("pobj", "pcomp", "conj")]
    return behind[0].right_edge.i + 1 if opens and behind else last.i + 1


def with_noun(words: Words) -> TokenRange:
    """Return a number or quality with its noun: "*eight close* allies"; not "the *military*"."""
    last = words[-1]
    near = is_noun(last.head) and 0 < last.head.i - last.i < 4  # "close US defence allies"
    alone = near and is_quality(last) and words.text.islower() and last.lower_ != "military"
    return words.start, last.head.i + 1 if alone else words.end


def noun_phrase(head: Token) -> TokenRange:
    """Return the phrase of a noun without its clauses, joined names and punctuation."""
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in _OUTSIDE or (child.dep_ == "appos" and child.pos_ == "NUM"):
            continue  # "customs post, two killed"
        if child.i < head.i:
            start = min(start, child.left_edge.i)
        elif child.dep_ in ("prep", "case", "appos") and child.i - end <= 1:
            if child.dep_ == "prep" and child.lower_ not in ("of", "in", "from", "at"):
                break
            inner = (t.i for t in child.subtree if t.dep_ in ("relcl", "acl", "punct", "cc"))
            end = max(end, next(inner, child.right_edge.i + 1))
    # The parser joins headlines and captions to the text; a line break ends a phrase.
    breaks = [i for i in range(start, end) if "\n" in head.doc[i].text]
    start = max([start, *(i + 1 for i in breaks if i < head.i)])
    return start, min([end, *(i for i in breaks if i > head.i)])
