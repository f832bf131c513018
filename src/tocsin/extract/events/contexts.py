"""Contexts: in which of PLOVER's 37 contexts an event stands, from the words around it.

The act's own context comes first.  Another is added when one of its words stands in the sentence
that tells the act, or two of them in its paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from tocsin.lexicons.tables import read_rows
from tocsin.models.parsed import Doc, Token, Words

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
    seen: dict[str, int] = {}  # each word counts once, and most in the own sentence
    paragraph, own_sentence = _paragraph(sentence), range(sentence.start, sentence.end)
    for at, words in _known_words(sentence.doc):
        if at in paragraph:
            seen[words] = max(_OWN_SENTENCE if at in own_sentence else 1, seen.get(words, 0))
    for words, weight in seen.items():
        weights.update(dict.fromkeys(_contexts_by_words()[words], weight))
    ranked = sorted((c for c, n in weights.items() if n >= _ENOUGH), key=lambda c: (-weights[c], c))
    return tuple(dict.fromkeys(([own] if own else []) + ranked))[:_MOST]


def load_contexts() -> tuple[str, ...]:
    """Return the names of all contexts, in the order of the manual."""
    return tuple(context for context, _ in _rows())


@lru_cache(maxsize=2)
def _known_words(doc: Doc) -> tuple[tuple[int, str], ...]:
    """Return the words that stand for a context, each with the index of its last token."""
    ends, known = _last_words(), _contexts_by_words().keys()
    last = (t for t in doc if t.lower_ in ends or t.lemma_.lower() in ends)
    found = ((token.i, sorted(_readings(token) & known)) for token in last)
    return tuple((at, max(each, key=len)) for at, each in found if each)  # the West Bank is none


def _paragraph(sentence: Words) -> range:
    """Return the tokens on the line of `sentence`, as far as they are near."""
    breaks, start, end = _line_breaks(sentence.doc), sentence.start, sentence.end
    first = breaks[bisect_left(breaks, start) - 1] + 1
    last = breaks[bisect_left(breaks, end - 1)] + 1
    return range(max(first, start - _NEAR), min(last, end + _NEAR))


@lru_cache(maxsize=2)
def _line_breaks(doc: Doc) -> list[int]:
    """Return the indexes of the tokens with which lines end, the last one's and -1 among them."""
    return [-1, *(token.i for token in doc if "\n" in token.text), len(doc) - 1]


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
