"""Words that rules ask for: sets, each with what it is for, what means a number, and verbs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tocsin.lexicons.tables import read_rows

#: Regular endings of English verbs, and what the infinitive has in their place.
_ENDINGS = (
    ("ies", "y"), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("hes", "h"), ("oes", "o"), ("s", ""),
    ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
)  # fmt: skip


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the words of the set `name`.

    Raises:
        KeyError: there is no such set.
    """
    return _read_sets()[name]


@cache
def number_words(kind: str) -> Mapping[str, int]:
    """Return the words of `lexicons/numbers.tsv` of one kind, such as "number" or "scale"."""
    rows = read_rows("lexicons/numbers.tsv", "word kind value")
    return {word: int(value) for word, each, value in rows if each == kind}


def is_verb_form(word: str) -> bool:
    """Return whether a folded word can be a form of an English verb.

    >>> is_verb_form("vows"), is_verb_form("sworn"), is_verb_form("merkel")
    (True, True, False)
    """
    verbs = verb_forms()
    cut = ((word.removesuffix(end), put, end) for end, put in _ENDINGS if word.endswith(end))
    # Where the last letter is doubled ("rapped"), a word with one ("Raped") is another.
    return word in verbs or any(
        stem + put in verbs and stem + stem[-1:] + end not in verbs for stem, put, end in cut
    )


@cache
def verb_forms() -> frozenset[str]:
    """Return English verbs and their irregular forms."""
    rows = read_rows("lexicons/verbs.tsv", "verb irregular")
    return frozenset(form for verb, irregular in rows for form in (verb, *irregular.split()))


@cache
def _read_sets() -> Mapping[str, frozenset[str]]:
    rows = read_rows("lexicons/words.tsv", "set words")
    return {name: frozenset(words.split()) for name, words in rows}
