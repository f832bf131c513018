"""Speakers set off by a colon: headlines ("Talks have failed: Kremlin") and transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import TokenRange
from tocsin.extract.mentions.actors import actor_of
from tocsin.extract.speech.candidates import Attribution, reported
from tocsin.lexicons.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_LONGEST_SPEAKER = 5
_LONGEST_HEADLINE = 30
_NAME_TAGS = frozenset(("PROPN", "NOUN", "ADJ", "DET", "PART", "PUNCT"))


def find_set_off(doc: Doc, paragraphs: Sequence[TokenRange]) -> Iterator[Attribution]:
    """Yield what a line gives to the speaker before or after its colon."""
    for paragraph in paragraphs:
        colons = [i for i in range(*paragraph) if doc[i].text == ":"]
        if not colons:
            continue
        first, last = colons[0], colons[-1]
        if _speaks(doc, (paragraph[0], first)) and (
            _is_transcript(doc[paragraph[0]]) or paragraph[1] - first < _LONGEST_HEADLINE
        ):
            content = (first + 1, paragraph[1])
            yield from _candidate(doc, (paragraph[0], first), first, content)
        elif _is_headline(doc, paragraph) and _speaks(doc, (last + 1, paragraph[1])):
            content = (paragraph[0], last)
            yield from _candidate(doc, (last + 1, paragraph[1]), last, content)


def _candidate(
    doc: Doc, speaker: TokenRange, colon: int, content: TokenRange
) -> Iterator[Attribution]:
    words = doc[slice(*content)]
    # A quotation after a colon is found as one.
    if any(t.pos_ in ("VERB", "AUX") for t in words) and not any(t.is_quote for t in words[:2]):
        yield from reported(doc, "colon", speaker, (colon, colon + 1), (content,))


def _is_headline(doc: Doc, paragraph: TokenRange) -> bool:
    return doc[paragraph[1] - 1].text not in (".", "!", "?", "”", '"', "…")


def _speaks(doc: Doc, tokens: TokenRange) -> bool:
    """A short run of nouns and names that names a person or a body."""
    words = doc[slice(*tokens)]
    if not 0 < len(words) <= _LONGEST_SPEAKER or any(t.pos_ not in _NAME_TAGS for t in words):
        return False
    labelled = any(t.lower_ in word_set("headline_labels") for t in words)
    if labelled or not words[0].text[:1].isupper():
        return False
    return _is_name(words) or actor_of(doc, words) is not None


def _is_transcript(first: Token) -> bool:
    return first.text.isupper() and first.is_alpha


def _is_name(words: Words) -> bool:
    """A person's name, or a name in capitals as transcripts have it ("RUBIO")."""
    if all(t.text.isupper() and t.is_alpha and len(t) > 2 for t in words):
        return len(words) <= 3
    return all(t.ent_type_ == "PERSON" for t in words)
