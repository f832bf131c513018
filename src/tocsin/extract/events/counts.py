"""Numbers that matter: how many were killed, injured or arrested, how many troops went.

`find_counts` reads "at least 12 people were killed", "dozens injured", "thousands of troops".  An
exact number has `low` equal to `high`; "at least" leaves `high` open, "up to" leaves `low` open;
"dozens" means twelve or more, "thousands" a thousand or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import child_of, children
from tocsin.lexicons.words import number_words, word_set
from tocsin.records import Count

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: What a verb counts that has those counted as its object.
_VERBS: Mapping[str, str] = {
    verb: kind for kind in ("dead", "injured", "arrested") for verb in word_set(f"counted_{kind}")
}
_DYING = frozenset({"die", "perish"})
_STATES = {"dead": "dead", "injured": "injured", "wounded": "injured", "hurt": "injured"}
_NOUNS = {"death": "dead", "fatality": "dead", "injury": "injured", "arrest": "arrested"}

_NUMBERS = number_words("number")
_SCALES = number_words("scale")
#: Vague words: the least that they can mean.
_SOME = number_words("some")
_FLOOR = re.compile(
    r"(?:at least|more than|over|upwards of|no (?:fewer|less) than|a minimum of|above)\s*$", re.I
)
_CEILING = re.compile(
    r"(?:up to|as many as|at most|(?:fewer|less) than|under|nearly|almost)\s*$", re.I
)

_NO_COUNT = word_set("measures")

Range = tuple[int | None, int | None]


def find_counts(text: Doc | Span) -> Iterator[tuple[int, Count]]:
    """Yield each count of `text` with the index of the word that says what happened to them."""
    for token in text:
        for kind, telling in _kinds(token):
            found = _quantity(token)
            if found is not None:
                (low, high), words = found
                yield telling.i, Count(kind=kind, low=low, high=high, words=words)


def read_number(words: str) -> int | None:
    """Return the number that `words` mean: "3,000", "forty-three", "two dozen", "1.2 million"."""
    total, current = 0, 0.0
    seen = False
    for word in re.split(r"[\s-]+", words.lower().strip()):
        if word in ("a", "an"):
            current, seen = current or 1.0, True
        elif word in _NUMBERS:
            current, seen = current + _NUMBERS[word], True
        elif word in _SCALES:
            current, seen = (current or 1.0) * _SCALES[word], True
            if word in ("thousand", "million"):
                total, current = total + round(current), 0.0
        elif re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?", word):
            current, seen = current + float(word.replace(",", "")), True
        elif word != "and":
            return None
    return total + round(current) if seen else None


# --------------------------------------------------------------------------- what is counted


def _kinds(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield what happened to those whom `token` (a noun or a bare number) stands for."""
    if token.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
        return
    if token.lemma_.lower() in _NOUNS and token.pos_ == "NOUN":
        yield _NOUNS[token.lemma_.lower()], token
    outer = _outer(token)
    verb = outer.head
    lemma = verb.lemma_.lower()
    bare = outer.dep_ == "nsubj" and _is_headline_passive(verb)
    if lemma in _VERBS and (outer.dep_ in ("nsubjpass", "dobj") or bare):
        yield _VERBS[lemma], verb
    elif lemma in _DYING and outer.dep_ == "nsubj":
        yield "dead", verb
    elif outer.dep_ == "pobj" and _is_toll(verb.head):
        yield "dead", verb.head
    elif token.lemma_.lower() in word_set("troops") and token.tag_ in ("NNS", "NNPS"):
        yield "troops", token
    for child in outer.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() in _VERBS:
            yield _VERBS[child.lemma_.lower()], child
        elif (
            child.lower_ in _STATES and child.dep_ in ("amod", "acl", "acomp") and child.i > token.i
        ):
            yield _STATES[child.lower_], child
    # "left 12 dead", "two dead and 17 injured"
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if after.lower_ in _STATES and after.head.i != outer.i:
        yield _STATES[after.lower_], after


def _is_headline_passive(verb: Token) -> bool:
    """Tell whether a headline leaves out "were": "Thirty-two killed in strike"."""
    return verb.tag_ in ("VBN", "VBD") and child_of(verb, "aux", "dobj", "auxpass") is None


def _outer(token: Token) -> Token:
    """Return the head of "dozens of people" for "people"; the token itself where there is none."""
    prep = token.head
    if token.dep_ == "pobj" and prep.lower_ == "of" and _is_quantity_noun(prep.head):
        return prep.head
    return token


def _is_quantity_noun(token: Token) -> bool:
    return token.lower_.rstrip("s") in _SCALES or token.lower_ in ("tens", "several", "couple")


def _is_toll(verb: Token) -> bool:
    """Tell whether the subject of `verb` is a death toll."""
    tolls = (c for c in children(verb, "nsubj", "nsubjpass") if c.lemma_ == "toll")
    return verb.lemma_ in word_set("rising") and any(
        word.lower_ == "death" for toll in tolls for word in toll.children
    )


# --------------------------------------------------------------------------- how many


def _quantity(token: Token) -> tuple[Range, tuple[int, int]] | None:
    """Return how many `token` stands for, and the words that say so."""
    outer = _outer(token)
    if outer.i != token.i or _is_quantity_noun(token):
        return _plural_scale(outer, token)
    if token.pos_ == "NUM" or token.like_num:
        return _numbered(token, token) if token.ent_type_ not in _NO_COUNT else None
    for child in children(token, "nummod"):
        if child.i < token.i and child.ent_type_ not in _NO_COUNT:
            return _numbered(child, token)
    for child in token.children:
        if child.lower_ in _SOME and child.dep_ in ("amod", "det"):
            least = _SOME[child.lower_]
            return (least, None), _span(child, token)
        if child.lower_ in ("a", "an") and child.dep_ == "det" and _is_one_person(token):
            return (1, 1), _span(child, token)
    return None


def _is_one_person(token: Token) -> bool:
    lemma = token.lemma_.lower()
    known = token.tag_ == "NN" and token.ent_type_ == ""
    return known and (lemma in word_set("persons") or lemma in word_set("troops"))


def _numbered(number: Token, noun: Token) -> tuple[Range, tuple[int, int]] | None:
    """Return the range of a written number, with what stands before it ("at least")."""
    doc = number.doc
    start = number.i
    while start > 0 and (
        doc[start - 1].like_num
        or doc[start - 1].text == "-"
        or doc[start - 1].lower_ in _SCALES
        or (doc[start - 1].lower_ == "a" and doc[start].lower_ in _SCALES)
    ):
        start -= 1
    words = doc[start : number.i + 1].text
    scope = doc[max(0, start - 4) : start].text
    between = re.search(r"between (\S+) and $|(\S+) to $", f"{scope} ", re.I)
    value = read_number(words)
    if value is None:
        return None
    last = next((c for c in number.children if c.dep_ == "conj" and c.like_num), None)
    if scope.lower().endswith("between") and last is not None:
        return (value, read_number(last.text)), _span(doc[start - 1], noun)
    vague = _SOME.get(doc[start - 1].lower_) if start and number.lower_ in _SCALES else None
    if vague:
        return (vague * value, None), _span(doc[start - 1], noun)
    if between is not None:
        least = read_number(between[1] or between[2])
        if least is not None and least < value:
            return (least, value), _span(doc[max(0, start - 2)], noun)
    return _bounded(value, scope), _with_bound(doc, start, noun)


def _bounded(value: int, before: str) -> Range:
    if _FLOOR.search(before):
        return value, None
    if _CEILING.search(before):
        return None, value
    return value, value


def _with_bound(doc: Doc, start: int, noun: Token) -> tuple[int, int]:
    """Return the span with "at least" or "up to" before the number."""
    for first in range(max(0, start - 3), start):
        before = doc[first:start].text
        if _FLOOR.fullmatch(before) or _CEILING.fullmatch(before):
            return _span(doc[first], noun)
    return _span(doc[start], noun)


def _plural_scale(scale: Token, noun: Token) -> tuple[Range, tuple[int, int]] | None:
    """Return the range of "dozens of", "tens of thousands of", "a dozen", "several hundred"."""
    doc = scale.doc
    unit = _SCALES.get(scale.lower_.rstrip("s"), 10 if scale.lower_ == "tens" else None)
    if unit is None:
        least = _SOME.get(scale.lower_)
        return ((least, None), _span(scale, noun)) if least else None
    start = scale.i
    if scale.lower_.endswith("s"):
        inner = re.fullmatch(
            r"(tens|dozens|hundreds) of", doc[max(0, start - 2) : start].text, re.I
        )
        if inner is not None:
            start -= 2
            unit *= {"tens": 10, "dozens": 12, "hundreds": 100}[inner[1].lower()]
        return (unit, None), _span(doc[start], noun)
    before = doc[start - 1] if start else scale
    vague = _SOME.get(before.lower_)
    if vague:
        return (unit * vague, None), _span(before, noun)
    value = read_number(f"{before.text} {scale.text}")
    first = start if value is None else start - 1
    scope = doc[max(0, first - 4) : first].text
    return _bounded(value or unit, scope), _with_bound(doc, first, noun)


def _span(first: Token, last: Token) -> tuple[int, int]:
    last = max(first, last, key=lambda t: t.i)
    return first.idx, last.idx + len(last)
