"""Words of a parsed text: where they stand, which class they are of, and what hangs on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import overload

from tocsin.models.parsed import Doc, Token, Words
from tocsin.records import Span

TokenRange = tuple[int, int]  #: half-open pair of token indexes

#: Lemmas that small pipelines get wrong, for cue verbs only.
_LEMMA_MENDED = {"hop": "hope", "retweete": "retweet", "vowe": "vow", "pledg": "pledge"}


#: The parts of speech of the cue lexicon by the labels of the parser.
_PARTS_OF_SPEECH = {
    "VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adv",
    "ADP": "prep",
}  # fmt: skip


def labelled(attribute: str, *labels: str) -> Callable[[Token], bool]:
    """Return what tells a word whose `attribute` (part of speech, tag, link) is one of `labels`."""
    label_of = attrgetter(attribute)
    return lambda token: label_of(token) in labels


is_verb = labelled("pos_", "VERB", "AUX")
is_full_verb = labelled("pos_", "VERB")  #: no auxiliary
is_noun = labelled("pos_", "NOUN")  #: no name
is_name = labelled("pos_", "PROPN")
is_determiner = labelled("pos_", "DET", "PRON")  #: or a pronoun in its place: "the", "its"
is_participle = labelled("tag_", "VBG")  #: of the present: "adding"
is_plural = labelled("tag_", "NNS", "NNPS")  #: noun or name
is_singular = labelled("tag_", "NN")  #: a noun that is no name
is_possessive = labelled("tag_", "POS")  #: the "'s" after an owner
is_governed = labelled("dep_", "pobj")  #: by a preposition: "dozens of *people*"
is_preposition = labelled("dep_", "prep")
#: What only goes with the word after it: an auxiliary, adjective or part of a compound.
is_modifier = labelled("dep_", "amod", "compound", "aux", "auxpass", "nmod")
is_quality = labelled("tag_", "JJ", "JJR", "JJS", "CD")  #: or a number


def char_span(doc: Doc, tokens: TokenRange) -> Span:
    """Return the character span of a token range."""
    last = doc[tokens[1] - 1]
    return doc[tokens[0]].idx, last.idx + len(last)


@overload
def tokens_at(doc: Doc, words: Span) -> Words: ...
@overload
def tokens_at(doc: Doc, words: None) -> None: ...
@lru_cache(maxsize=512)  # each name and cue of an article is asked for several times
def tokens_at(doc: Doc, words: Span | None) -> Words | None:
    """Return the tokens that `words`, a stretch of the text of `doc`, touches; None for None."""
    return doc.char_span(*words, alignment_mode="expand") if words is not None else None


def children(token: Token, *labels: str) -> Iterator[Token]:
    """Yield what hangs on `token` by one of the `labels`; on most words nothing hangs at all."""
    hanging = token.children if token.n_lefts or token.n_rights else ()
    return (child for child in hanging if child.dep_ in labels)


def child_of(token: Token, *labels: str) -> Token | None:
    """Return the first word that hangs on `token` by one of the `labels`."""
    return next(children(token, *labels), None)


def subtree(token: Token) -> TokenRange:
    """Return the token range that `token` and everything under it cover."""
    return token.left_edge.i, token.right_edge.i + 1


def object_of(preposition: Token | None) -> Token | None:
    """Return the noun that a preposition governs."""
    return child_of(preposition, "pobj") if preposition is not None else None


def owner_of(noun: Token) -> Token | None:
    """Return the possessor before a noun: "*Moscow's* claim"."""
    return child_of(noun, "poss")


def having(*labels: str) -> Callable[[Token], bool]:
    """Return what tells a word on which another hangs by one of the `labels`."""
    return lambda token: child_of(token, *labels) is not None


def part_of_speech(token: Token) -> str:
    """Return "verb", "noun", "adj", "adv" or "prep", as lexicons have it; empty for the rest."""
    return _PARTS_OF_SPEECH.get(token.pos_, "")


def is_verbal(token: Token) -> bool:
    """Tell a verb, or a form of one that stands for something else: "the *striking* miners"."""
    return is_verb(token) or token.tag_.startswith("VB")


def helped_by(word: Token) -> Token:
    """Return the verb that an auxiliary helps; any other word is returned as it is."""
    return word.head if word.dep_ in ("aux", "auxpass") else word


def cue_lemma(token: Token) -> str:
    """Return the lemma under which a cue is looked up."""
    lemma = token.lemma_.lower()
    return _LEMMA_MENDED.get(lemma, lemma)
