"""Numbers that matter: how many were killed, injured or arrested, how many troops went.

`find_counts` reads "at least 12 people were killed", "dozens injured", "thousands of troops".  An
exact number has `low` equal to `high`; "at least" leaves `high` open, "up to" leaves `low` open;
"dozens" means twelve or more, "thousands" a thousand or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.arguments import with_conjuncts
from tocsin.extract.grammar.clauses import (
    is_headline_passive,
    is_passive_participle,
    undergoes,
    verb_of,
)
from tocsin.extract.grammar.phrases import is_number, may_be_party
from tocsin.extract.grammar.words import (
    children,
    is_governed,
    is_noun,
    is_plural,
    is_preposition,
    is_singular,
)
from tocsin.lexicons.words import number_words, word_set
from tocsin.records import Count

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: What a verb counts that has those counted as its object.
_VERBS: Mapping[str, str] = {
    verb: kind for kind in ("dead", "injured", "arrested") for verb in word_set(f"counted_{kind}")
}
_DYING = frozenset({"die", "perish"})
_STATES = {"dead": "dead", "injured": "injured", "wounded": "injured", "hurt": "injured"}
_NOUNS = {"death": "dead", "fatality": "dead", "injury": "injured", "arrest": "arrested"}

_NUMBERS = number_words("number")
_SCALES = number_words("scale")
_LETTERS = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
_MULTIPLES = {"tens of": 10, "dozens of": 12, "hundreds of": 100}
#: Vague words: the least that they can mean.
_SOME = number_words("some")
_FLOOR = re.compile(
    r"at least|more than|over|upwards of|no (?:fewer|less) than|a minimum of|above", re.I
)
_CEILING = re.compile(r"up to|as many as|at most|(?:fewer|less) than|under|nearly|almost", re.I)

#: The least and the most that may be meant, and the words that say so.
Quantity = tuple[tuple[int | None, int | None], tuple[int, int]]


@lru_cache(maxsize=2)
def find_counts(doc: Doc) -> tuple[tuple[int, Count], ...]:
    """Return each count of `doc` with the index of the word that says what happened to them."""
    return tuple(_counts(doc))


def _counts(doc: Doc) -> Iterator[tuple[int, Count]]:
    for token in doc:
        for kind, telling in _kinds(token):
            found = _with_joined(token)
            if found is not None:
                (low, high), words = found
                yield telling.i, Count(kind=kind, low=low, high=high, words=words)


def counts_around(acts: Iterable[tuple[Token, Token]]) -> tuple[Count, ...]:
    """Return the numbers told in the clauses of an act; one told twice is given once.

    Args:
        acts: for each mention the word that tells it, and the one that carries its tense.
    """
    found: dict[tuple[str, int | None, int | None], Count] = {}
    for root, carrier in acts:
        own = range(root.sent.start, root.sent.end)
        for telling, count in find_counts(root.doc):
            if telling in own and _tells_of(root.doc[telling], root, carrier):
                found.setdefault((count.kind, count.low, count.high), count)
    return tuple(sorted(found.values(), key=lambda c: c.words))


def _tells_of(telling: Token, root: Token, carrier: Token) -> bool:
    """Tell whether a number belongs to the act: in its clause, or its clause in that of the number
    ("12 were killed when Russia struck"), but not by "since the invasion".
    """
    if telling.i == root.i or carrier.i == telling.i:
        return True
    if carrier.is_ancestor(telling):
        return not _of_other_act(telling, carrier)
    if not telling.is_ancestor(carrier):
        return False
    between = _path(carrier, telling)
    return all(t.lower_ in ("in", "by", "during") for t in between if is_preposition(t))


def _of_other_act(telling: Token, carrier: Token) -> bool:
    """Tell whether a number is told of what came before: "bombed it *after* two were killed"."""
    links = word_set("after_other_acts")
    return any(
        token.lower_ in links
        or any(
            c.lower_ in links for c in children(token, "mark", "advmod", "prep") if c.i < token.i
        )
        for token in _path(telling, carrier)
    )


def _path(token: Token, above: Token) -> Iterator[Token]:
    """Yield `token` and the words over it, up to and without `above`."""
    while token.i != above.i:
        yield token
        token = token.head


def read_number(words: str) -> int | None:
    """Return the number that `words` mean: "3,000", "forty-three", "two dozen", "1.2 million"."""
    total, current = 0, 0.0
    seen = False
    for word in re.split(r"[\s-]+", words.lower().strip()):
        letters = re.fullmatch(r"(\d[\d.,]*)(k|m|mn|bn)", word)
        if letters is not None:
            current, seen = float(letters[1]) * _LETTERS[letters[2]], True
        elif word in ("a", "an"):
            seen = True
        elif word == "half":
            current, seen = current + 0.5, True
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
    if not may_be_party(token) or token.lemma_.lower() in word_set("animals"):
        return
    if token.lemma_.lower() in _NOUNS and is_noun(token):
        yield _NOUNS[token.lemma_.lower()], token
    outer = _outer(token)
    told = _told_by_verb(_before_cut(outer))
    if told is not None:
        yield told
    elif token.lemma_.lower() in word_set("troops") and is_plural(token):
        yield "troops", token
    for child in children(outer, "amod", "acl", "acomp"):
        if is_passive_participle(child) and child.lemma_.lower() in _VERBS:
            yield _VERBS[child.lemma_.lower()], child
        elif child.lower_ in _STATES and child.i > token.i:
            yield _STATES[child.lower_], child
    # "left 12 dead", "two dead and 17 injured"
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if after.lower_ in _STATES and after.head.i != outer.i:
        yield _STATES[after.lower_], after


def _told_by_verb(noun: Token) -> tuple[str, Token] | None:
    verb, subject = noun.head, verb_of(noun) is not None
    kind = _VERBS.get(verb.lemma_.lower())
    if kind is not None and (undergoes(noun) or (subject and is_headline_passive(verb))):
        return kind, verb
    if subject and verb.lemma_.lower() in _DYING:
        return "dead", verb
    return ("dead", verb.head) if is_governed(noun) and _is_toll(verb.head) else None


def _outer(token: Token) -> Token:
    """Return the head of "dozens of people" for "people"; the token itself where there is none."""
    prep = token.head
    if is_governed(token) and prep.lower_ == "of" and _is_quantity_noun(prep.head):
        return prep.head
    return token


def _before_cut(noun: Token) -> Token:
    """Return the head of a number that the parse cuts: "one *hundred* / and eighty-two people"."""
    last = next(children(noun, "nummod"), None)
    inside = last is not None and _start_of(last) <= noun.head.i < last.i
    return noun.head if inside else noun


def _is_quantity_noun(token: Token) -> bool:
    return token.lower_.rstrip("s") in _SCALES or token.lower_ in ("tens", "several", "couple")


def _is_toll(verb: Token) -> bool:
    """Tell whether the subject of `verb` is a death toll."""
    tolls = (c for c in children(verb, "nsubj", "nsubjpass") if c.lemma_ == "toll")
    return verb.lemma_ in word_set("rising") and any(
        word.lower_ == "death" for toll in tolls for word in toll.children
    )


# --------------------------------------------------------------------------- how many


def _with_joined(token: Token) -> Quantity | None:
    """Return how many `token` and the people joined to it are: "three men and two women"."""
    found = _quantity(token)
    people = word_set("persons") | word_set("troops") | word_set("people_nouns")
    for other in with_conjuncts(token)[1:] if is_noun(token) else ():
        if found is None or not is_noun(other) or other.lemma_.lower() not in people:
            return found
        (low, high), words = found
        (least, most), _ = _quantity(other) or ((None, None), words)
        both = high + most if high is not None and most is not None else None
        found = ((low or 0) + (least or 0) or None, both), (words[0], other.idx + len(other))
    return found


def _quantity(token: Token) -> Quantity | None:
    """Return how many `token` stands for, and the words that say so."""
    if _goes_on(token.doc, token.i + 1):
        return None  # the number runs on: "*hundred* and two people"
    outer = _outer(token)
    if outer.i != token.i or _is_quantity_noun(token):
        return _plural_scale(outer, token)
    if is_number(token) or token.like_num:
        return _numbered(token, token) if token.ent_type_ not in word_set("measures") else None
    for child in children(token, "nummod"):
        if child.i < token.i and child.ent_type_ not in word_set("measures"):
            return _numbered(child, token)
    for child in children(token, "amod", "det"):
        if child.lower_ in _SOME:
            return (_SOME[child.lower_], None), _span(child, token)
        if child.lower_ in ("a", "an") and _is_one_person(token):
            return (1, 1), _span(child, token)
    return None


def _is_one_person(token: Token) -> bool:
    person = token.lemma_.lower() in word_set("persons") | word_set("troops")
    return person and is_singular(token) and token.ent_type_ == ""


def _numbered(number: Token, noun: Token) -> Quantity | None:
    """Return the range of a written number, with what stands before it ("at least")."""
    doc = number.doc
    while _goes_on(doc, number.i + 1):
        number = number.nbor()
    start = _start_of(number)
    value = read_number(doc[start : number.i + 1].text)
    if value is None:
        return None
    scope = doc[max(0, start - 4) : start].text.lower()
    last = next((c for c in children(number, "conj") if c.like_num), None)
    if scope.endswith("between") and last is not None:
        return (value, read_number(last.text)), _span(doc[start - 1], noun)
    vague = _SOME.get(doc[start - 1].lower_) if start and number.lower_ in _SCALES else None
    if vague:
        return (vague * value, None), _span(doc[start - 1], noun)
    between = re.search(r"between (\S+) and$|(\S+) to$", scope)
    least = read_number(between[1] or between[2]) if between is not None else None
    if least is not None and least < value:
        return (least, value), _span(doc[max(0, start - 2)], noun)
    return _bounded(value, start, noun)


def _start_of(number: Token) -> int:
    """Return where the words of a number begin that ends here: "*a* hundred", "*1.2* million"."""
    doc, start = number.doc, number.i
    while _goes_on(doc, start):
        start -= 1
    for word, following in (("a", {*_SCALES, "half"}), ("half", {"a"})):
        if start > 0 and doc[start - 1].lower_ == word and doc[start].lower_ in following:
            start -= 1
    return start


def _goes_on(doc: Doc, at: int) -> bool:
    """Tell whether a number goes on with the word at `at`: "eighty*-two*", "hundred *and* two"."""
    if not 0 < at < len(doc):
        return False
    before, word = doc[at - 1], doc[at]
    numbered = at + 1 < len(doc) and doc[at + 1].lower_ in _NUMBERS
    if word.text == "-" or word.lower_ == "and":
        links = _NUMBERS if word.text == "-" else _SCALES
        return numbered and before.lower_ in links
    if word.lower_ in _LETTERS:
        return before.like_num and not before.whitespace_
    if word.lower_ in _SCALES:
        return before.like_num or before.lower_ == "half"
    linked = before.text == "-" or before.lower_ in ("and", *_SCALES)
    return (
        word.lower_ in _NUMBERS and linked and (before.lower_ in _SCALES or _goes_on(doc, at - 1))
    )


def _bounded(value: int, start: int, noun: Token) -> Quantity:
    """Return the range of a number that begins at `start`, with "at least" or "up to" before it."""
    doc = noun.doc
    for first in range(max(0, start - 3), start):
        before = doc[first:start].text
        if _FLOOR.fullmatch(before):
            return (value, None), _span(doc[first], noun)
        if _CEILING.fullmatch(before):
            return (None, value), _span(doc[first], noun)
    return (value, value), _span(doc[start], noun)


def _plural_scale(scale: Token, noun: Token) -> Quantity | None:
    """Return the range of "dozens of", "tens of thousands of", "a dozen", "several hundred"."""
    doc, start = scale.doc, scale.i
    unit = _SCALES.get(scale.lower_.rstrip("s"), 10 if scale.lower_ == "tens" else None)
    if unit is None:
        least = _SOME.get(scale.lower_)
        return ((least, None), _span(scale, noun)) if least else None
    if scale.lower_.endswith("s"):
        before = doc[max(0, start - 2) : start].text.lower()
        if before in _MULTIPLES:
            start -= 2
            unit *= _MULTIPLES[before]
        return (unit, None), _span(doc[start], noun)
    word = doc[start - 1] if start else scale
    vague = _SOME.get(word.lower_)
    if vague:
        return (unit * vague, None), _span(word, noun)
    start = _start_of(scale)
    return _bounded(read_number(doc[start : scale.i + 1].text) or unit, start, noun)


def _span(first: Token, last: Token) -> tuple[int, int]:
    last = max(first, last, key=lambda t: t.i)
    return first.idx, last.idx + len(last)
