"""Contexts: in which of PLOVER's 37 contexts an event stands, from the words around it.

The act's own context comes first.  Another is added when one of its words stands in the sentence
that tells the act, or two of them in its paragraph.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tocsin.lexicons.tables import read_rows
from tocsin.models.parsed import Token, Words

#: A word of the event's own sentence weighs as much as this many of its paragraph.
_OWN_SENTENCE = 2
_ENOUGH = 2
#: More contexts than this say nothing any more.
_MOST = 4
_LONGEST = 4
#: Tokens on either side that are read: a paragraph may be a whole book on one line.
_NEAR = 150


def contexts_of(own: str | None, sentence: Words) -> tuple[str, ...]:
    """Return the contexts of an act told in `sentence`: its own first, then the best attested."""
    weights: Counter[str] = Counter()
    known, ends = _contexts_by_words(), _last_words()
    seen: dict[str, int] = {}  # each word counts once, and most in the own sentence
    for token in _paragraph(sentence):
        if ends.isdisjoint((token.lower_, token.lemma_.lower())):
            continue  # as most do: all readings of every token took 4 % of an analysis
        weight = _OWN_SENTENCE if sentence.start <= token.i < sentence.end else 1
        for words in _readings(token) & known.keys():
            seen[words] = max(weight, seen.get(words, 0))
    for words, weight in seen.items():
        weights.update(dict.fromkeys(known[words], weight))
    ranked = sorted((c for c, n in weights.items() if n >= _ENOUGH), key=lambda c: (-weights[c], c))
    return tuple(dict.fromkeys(([own] if own else []) + ranked))[:_MOST]


def load_contexts() -> tuple[str, ...]:
    """Return the names of all contexts, in the order of the manual."""
    return tuple(context for context, _ in _rows())


def _paragraph(sentence: Words) -> Words:
    """Return the tokens on the line of `sentence`, as far as they are near."""
    doc = sentence.doc
    start, end = sentence.start, sentence.end
    first, last = max(0, start - _NEAR), min(len(doc), end + _NEAR)
    while start > first and "\n" not in doc[start - 1].text:
        start -= 1
    while end < last and "\n" not in doc[end - 1].text:
        end += 1
    return doc[start:end]


def _readings(token: Token) -> set[str]:
    """Return the token by form and lemma, alone and with the words before it."""
    found = {token.lower_, token.lemma_.lower()}
    joined = ""
    for i in range(token.i - 1, max(-1, token.i - _LONGEST), -1):
        joined = f"{token.doc[i].lower_}_{joined}"
        found.update((f"{joined}{token.lower_}", f"{joined}{token.lemma_.lower()}"))
    return found


@cache
def _contexts_by_words() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for context, words in _rows():
        for word in words.split():
            found[word].append(context)
    return found


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words.rpartition("_")[2] for words in _contexts_by_words())


def _rows() -> Iterator[tuple[str, ...]]:
    return read_rows("lexicons/contexts.tsv", "context words")
