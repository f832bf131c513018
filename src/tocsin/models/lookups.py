"""Lookups of a spaCy pipeline for each word, made quick; what is found stays the same.

The attribute ruler of `en_core_web_sm` tries each of 179 patterns at each word, its lemmatizer
looks through lists of up to 57,528 words: together an eighth of the time of an analysis.
"""

from __future__ import annotations

from typing import Any

from tocsin.models.parsed import Doc

#: Words that agree in these are of one kind; of LOWER only what patterns name counts.
_ASKED: list[int | str] = ["TAG", "DEP", "LOWER", "IS_SPACE"]


def look_up_quickly(language: Any) -> None:
    """Have the attribute ruler and the lemmatizer of `language` find the same in less time."""
    from spacy.pipeline import AttributeRuler, Lemmatizer

    for _, component in language.pipeline:
        if isinstance(component, AttributeRuler):
            component.matcher = _Remembering(component)  # type: ignore[assignment]
        elif isinstance(component, Lemmatizer) and "lemma_index" in component.lookups:
            index = component.lookups.get_table("lemma_index")
            for part_of_speech in list(index):
                index[part_of_speech] = frozenset(index[part_of_speech])


class _Remembering:
    """Stands for the matcher of an attribute ruler; call it as that one."""

    def __init__(self, ruler: Any) -> None:
        """Take over all patterns of the ruler, in whose matcher they are keyed by their places."""
        matcher = type(ruler.matcher)
        self._of_kinds, self._others = matcher(ruler.vocab), matcher(ruler.vocab)
        self._words: set[int] = set()
        for place, alternatives in enumerate(ruler.patterns):
            for pattern in alternatives["patterns"]:
                words = _words_of(pattern)
                (self._others if words is None else self._of_kinds).add(str(place), [pattern])
                self._words.update(map(ruler.vocab.strings.add, words or ()))
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, doc: Doc, **options: bool) -> list[tuple[int, int, int]]:
        """Return key, start and end of all matches."""
        found = list(self._others(doc, **options))
        for place, (tag, dep, lower, is_space) in enumerate(doc.to_array(_ASKED).tolist()):
            kind = (tag, dep, lower if lower in self._words else 0, is_space)
            if kind not in self._known:
                matches = self._of_kinds(doc[place : place + 1], **options)
                self._known[kind] = tuple(dict.fromkeys(key for key, _, _ in matches))
            found += [(key, place, place + 1) for key in self._known[kind]]
        return found


def _words_of(pattern: list[dict[str, Any]]) -> list[str] | None:
    """Return the words that a pattern names; None if it is not of one word and its kind alone."""
    listed = pattern[0].get("LOWER", {"IN": []})
    listed = {"IN": [listed]} if isinstance(listed, str) else listed
    of_kinds = len(pattern) == 1 and set(listed) == {"IN"} and set(pattern[0]) <= set(_ASKED)
    return listed["IN"] if of_kinds else None
