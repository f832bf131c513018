"""Numbers that matter: how many were killed, injured or arrested, how many troops went.

`find_counts` reads "at least 12 people were killed", "dozens injured", "thousands of troops".  An
exact number has `low` equal to `high`; "at least" leaves `high` open, "up to" leaves `low` open;
"dozens" means twelve or more, "thousands" a thousand or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

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
from tocsin.models.parsed import Doc, Token
from tocsin.records import Count

#: What a verb counts that has those counted as its object.
_VERBS: Mapping[str, str] = {
    verb: kind for kind in ("dead", "injured", "arrested") for verb in word_set(f"counted_{kind}")
}
_DYING = frozenset({"die", "perish"})
_STATES = {"dead": "dead", "injured": "injured", "wounded": "injured", "hurt": "injured"}
_NOUNS = {"death": "dead", "fatality": "dead", "injury": "injured", "arrest": "arrested"}
#: Where none of these words stands, nothing is counted; nor without one of `_STATES`.
_TELLING = frozenset((*_VERBS, *_DYING, *_NOUNS, *word_set("troops"), "toll"))

_NUMBERS = number_words("number")
_SCALES = number_words("scale")
_LETTERS = number_words("letter")  #: behind digits: "1.2m"
_UNITS: Mapping[str, float] = {**_NUMBERS, **_SCALES, **_LETTERS, "half": 0.5}
_MULTIPLES = {"tens": 10, "dozens": 12, "hundreds": 100}
#: Vague words: the least that they can mean.
_SOME = number_words("some")

_SCALE = "|".join(_SCALES)
_WORD = rf"(?:an?\s+)?(?:{'|'.join(_NUMBERS)}|half|{_SCALE})\b"
_DIGITS = rf"\d+(?:,\d{{3}})*(?:\.\d+)?(?:{'|'.join(_LETTERS)})?\b"
_AND = r"(?:(?<=hundred\s)|(?<=thousand\s)|(?<=million\s)|(?=and\sa\shalf\b))and\s"
_NUMBER = rf"(?:{_DIGITS}|{_WORD})(?:[\s-](?:{_AND})?{_WORD})*"
_QUANTITY = re.compile(
    r"\b(?:(?P<floor>at least|(?:more|not? fewer|not? less) than|over|upwards of|a minimum of"
    r"|above)\s|(?P<ceiling>up to|as many as|at most|not? more than|(?:fewer|less) than|under"
    rf"|nearly|almost)\s|between\s(?P<least>{_NUMBER})\sand\s|(?P<first>{_NUMBER})"
    rf"(?:\sto\s|-(?=\d)))?(?P<number>{_NUMBER})"
    rf"|\b(?P<some>{'|'.join(_SOME)})\b(?:\s(?:of\s)?(?P<scale>{_SCALE})\b)?"
    rf"|\b(?:(?P<times>{'|'.join(_MULTIPLES)})\sof\s)?(?P<many>(?:ten|{_SCALE})s)\b",
    re.I,
)

#: The least and the most that may be meant, and the words that say so.
Quantity = tuple[tuple[int | None, int | None], tuple[int, int]]


@lru_cache(maxsize=2)
def find_counts(doc: Doc) -> tuple[tuple[int, Count], ...]:
    """Return each count of `doc` with the index of the word that says what happened to them."""
    return tuple(
        (telling.i, Count(kind=kind, low=found[0][0], high=found[0][1], words=found[1]))
        for token in _near_telling(doc)
        for kind, telling in _kinds(token)
        if (found := _with_joined(token)) is not None
    )


def _near_telling(doc: Doc) -> Iterator[Token]:
    """Yield the words of sentences in which a word may say what happened to those counted."""
    telling = (t for t in doc if t.lower_ in _STATES or t.lemma_.lower() in _TELLING)
    sentences = {t.sent for t in telling}
    near = {at for each in sentences for at in range(max(0, each.start - 1), each.end)}
    return (doc[at] for at in sorted(near))


def counts_around(acts: Iterable[tuple[Token, Token]]) -> tuple[Count, ...]:
    """Return the numbers told in the clauses of an act; one told twice is given once.

    Args:
        acts: for each mention the word that tells it, and the one that carries its tense.
    """
    found: dict[tuple[str, int | None, int | None], Count] = {}
    for root, carrier in acts:
        sentence = root.sent
        own = range(sentence.start, sentence.end)
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
    total = current = 0.0
    for word in re.findall(r"[\d.,]+|[^\W\d]+", words.lower()):
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word in _SCALES or word in _LETTERS:
            current = (current or 1.0) * _UNITS[word]
            if _UNITS[word] >= _SCALES["thousand"]:
                total, current = total + current, 0.0
        elif word in _UNITS:
            current += _UNITS[word]
        elif word not in ("a", "an", "and"):
            return None
    return round(total + current)


# --------------------------------------------------------------------------- what is counted


def _kinds(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield what happened to those whom `token` (a noun or a bare number) stands for."""
    if not may_be_party(token) or token.lemma_.lower() in word_set("animals"):
        return
    if token.lemma_.lower() in _NOUNS and is_noun(token):
        yield _NOUNS[token.lemma_.lower()], token
    outer = _outer(token)
    told = _told_by_verb(outer)
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
    counted = is_governed(token) and prep.lower_ == "of" and _is_quantity_noun(prep.head)
    return prep.head if counted else token


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
    number, end = _number_of(token), token.idx + len(token)
    if number is None:
        article = next((c for c in children(token, "det") if c.lower_ in ("a", "an")), None)
        person = token.lemma_.lower() in word_set("persons") | word_set("troops")
        alone = person and is_singular(token) and token.ent_type_ == ""
        return ((1, 1), (article.idx, end)) if article is not None and alone else None
    found = _quantity_at(number)
    return (found[0], (found[1][0], max(found[1][1], end))) if found is not None else None


def _number_of(token: Token) -> Token | None:
    """Return a word of the number of `token`, which may be a number itself; none of a measure."""
    outer = _outer(token)
    if outer.i != token.i or _is_quantity_noun(token) or is_number(token) or token.like_num:
        number: Token | None = outer
    else:
        vague = (c for c in children(token, "amod", "det") if c.lower_ in _SOME)
        number = next((c for c in (*children(token, "nummod"), *vague) if c.i < token.i), None)
    measured = number is not None and number.ent_type_ in word_set("measures")
    return None if measured else number


def _quantity_at(number: Token) -> Quantity | None:
    """Return the range and the words of the number of which `number` is a word."""
    sentence = number.sent
    at = number.idx - sentence.start_char
    for found in _QUANTITY.finditer(sentence.text):
        if found.start() <= at < found.end():
            start = sentence.start_char
            return _range(found), (start + found.start(), start + found.end())
    return None


def _range(found: re.Match[str]) -> tuple[int | None, int | None]:
    """Return the least and the most that the words of a quantity mean."""
    if found["many"]:
        unit = {"ten": 10, **_SCALES}[found["many"].lower()[:-1]]
        return unit * _MULTIPLES.get((found["times"] or "").lower(), 1), None
    if found["some"]:
        return _SOME[found["some"].lower()] * _SCALES.get((found["scale"] or "").lower(), 1), None
    value, least = read_number(found["number"]), found["least"] or found["first"]
    low, high = read_number(least) if least else value, value
    return None if found["ceiling"] else low, None if found["floor"] else high
