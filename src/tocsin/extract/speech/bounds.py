"""Bounds of a content: the tagger decides piece by piece, and may cut words in two or add strays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tocsin.extract.grammar.phrases import end_of_phrase
from tocsin.extract.grammar.words import is_verb, text_of, tokens_at
from tocsin.extract.speech.candidates import Attribution
from tocsin.models.tagger import Tagged
from tocsin.records import Span
from tocsin.spans import holds, overlap, touch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Words that may stand, beside cue and speaker, between two pieces of one content.
_FEW_WORDS = 4
#: Characters that may be missing before a content: the subject of its clause.
_LONGEST_SUBJECT = 25


def bounded(
    doc: Doc, tagged: Tagged, rule: Attribution | None, quotations: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the content of a tagged statement in whole phrases and without strays.

    Of one in scraps the longest is left, unless the rules found the same.  `rule` is what they found
    by the same cue; `quotations` are the stretches in quotation marks.
    """
    own = [piece for piece in tagged.content if not _is_others(piece, rule)] or tagged.content
    pieces = _filled(doc, [_in_sentence(doc, each, tagged, quotations) for each in own], tagged)
    if all(_are_linked(doc, *pair, tagged) for pair in zip(pieces, pieces[1:], strict=False)):
        return tuple(_whole(doc, piece, rule) for piece in pieces)
    if rule is not None and overlap(pieces, rule.content):
        return rule.content
    return (_whole(doc, max(pieces, key=lambda piece: piece[1] - piece[0]), rule),)


def _is_others(piece: Span, rule: Attribution | None) -> bool:
    """Tell what stands before a cue that has its content after it: "*calls for aid*, saying that"."""
    if rule is None or rule.cue is None or not rule.rule.startswith("verb"):
        return False
    return piece[1] <= rule.cue[0] and rule.cue[1] <= rule.start


def _in_sentence(doc: Doc, piece: Span, tagged: Tagged, quotations: Sequence[Span]) -> Span:
    """Cut what is not quoted at the end of its sentence: of its last, where that has the cue."""
    ends = [len(text_of(doc)[: each.end_char].rstrip()) for each in tokens_at(doc, piece).sents]
    inside = [end for end in ends[:-1] if not _is_inside(end, quotations)]
    cuts = [end for end in inside if text_of(doc)[end - 1] in ".!?”\""]
    if not cuts:
        return piece
    told = tagged.cue is not None and piece[1] <= tagged.cue[0]
    return (tokens_at(doc, (cuts[-1] + 1, piece[1])).start_char, piece[1]) if told else (piece[0], cuts[0])


def _is_inside(end: int, quotations: Sequence[Span]) -> bool:
    return any(start < end < close for start, close in quotations)


def _filled(doc: Doc, pieces: Sequence[Span], tagged: Tagged) -> list[Span]:
    """Close the holes between pieces of one clause: no verb, no word of cue or speaker."""
    found: list[Span] = []
    for piece in pieces:
        between = _between(doc, found[-1], piece) if found else []
        if between and not any(is_verb(t) or _parts(t) or _is_told(t, tagged) for t in between):
            piece = found.pop()[0], piece[1]
        found.append(piece)
    return found


def _are_linked(doc: Doc, one: Span, other: Span, tagged: Tagged) -> bool:
    """Tell whether only cue and speaker, and a few words after them, stand between two pieces."""
    between = [t for t in _between(doc, one, other) if not t.is_space]
    told = [_is_told(token, tagged) for token in between]
    first = told.index(True) if True in told else len(told)
    few = sum(t.is_alpha for t in between[first:]) - sum(told) <= _FEW_WORDS
    return few and not any(token.is_alpha for token in between[:first])


def _between(doc: Doc, one: Span, other: Span) -> list[Token]:
    return list(doc[tokens_at(doc, one).end : tokens_at(doc, other).start])


def _parts(token: Token) -> bool:
    return bool(token.is_sent_start) or token.text == ":"


def _is_told(token: Token, tagged: Tagged) -> bool:
    words = (token.idx, token.idx + len(token))
    return touch(words, tagged.cue) or touch(words, tagged.speaker_words)


def _whole(doc: Doc, piece: Span, rule: Attribution | None) -> Span:
    """Return a piece that does not end within a phrase: cut at the comma before it, or run on.

    It runs on as the rules have it, if they do, and else to the end of the phrase.
    """
    words = tokens_at(doc, piece)
    end = end_of_phrase(words[-1])
    known = rule.content if rule is not None and "that" in rule.rule else ()
    whole = next((each for each in known if holds([each], piece)), piece)
    start = whole[0] if piece[0] - whole[0] <= _LONGEST_SUBJECT else piece[0]
    if end == words.end and words.end_char == piece[1]:
        return start, piece[1]
    middle = (piece[0] + piece[1]) // 2
    commas = [t.idx for t in words if t.text == "," and t.idx > middle]
    if commas:
        return start, commas[-1]
    return start, whole[1] if whole != piece else doc[end - 1].idx + len(doc[end - 1])
