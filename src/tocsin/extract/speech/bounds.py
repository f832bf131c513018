"""Bounds of a content: the tagger decides by pieces, and may cut words in two or add strays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tocsin.extract.grammar.phrases import end_of_phrase
from tocsin.extract.grammar.words import tokens_at
from tocsin.extract.speech.candidates import Attribution
from tocsin.models.parsed import Doc, text_of
from tocsin.models.tagger import Tagged
from tocsin.records import Span
from tocsin.spans import overlap, touch

#: Words that may stand, beside cue and speaker, between two pieces of one content.
_FEW_WORDS = 4
#: Characters of a last word that may be missing: "President Roe wanted / peace".
_A_WORD = 9


def bounded(
    doc: Doc, tagged: Tagged, rule: Attribution | None, quotations: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the content of a tagged statement in whole phrases and without strays.

    Of one in scraps the longest is left, unless the rules found the same.  `rule` is what they
    found by the same cue; `quotations` are the stretches in quotation marks.
    """
    own = [piece for piece in tagged.content if not _is_others(piece, rule)] or tagged.content
    pieces = [_in_sentence(doc, each, tagged, quotations) for each in own]
    if all(_are_linked(doc, *pair, tagged, quotations) for pair in pairwise(pieces)):
        return tuple(_whole(doc, piece, rule) for piece in pieces)
    if rule is not None and overlap(pieces, rule.content):
        return rule.content
    return (_whole(doc, max(pieces, key=lambda piece: piece[1] - piece[0]), rule),)


def _is_others(piece: Span, rule: Attribution | None) -> bool:
    """Tell what stands before a cue that has its content after it: "*calls for aid*, saying"."""
    if rule is None or rule.cue is None or not rule.rule.startswith("verb"):
        return False
    return piece[1] <= rule.cue[0] and rule.cue[1] <= rule.start


def _in_sentence(doc: Doc, piece: Span, tagged: Tagged, quotations: Sequence[Span]) -> Span:
    """Cut what is not quoted at the end of its sentence: of its last, where that has the cue."""
    begins = [token.i for token in tokens_at(doc, piece)[1:] if token.is_sent_start]
    ends = [len(text_of(doc)[: doc[i].idx].rstrip()) for i in begins]
    inside = [end for end in ends if not any(a < end < b for a, b in quotations)]
    cuts = [end for end in inside if text_of(doc)[end - 1] in '.!?”"']
    if not cuts:
        return piece
    if tagged.cue is not None and piece[1] <= tagged.cue[0]:
        return tokens_at(doc, (cuts[-1] + 1, piece[1])).start_char, piece[1]
    return piece[0], cuts[0]


def _are_linked(
    doc: Doc, one: Span, other: Span, tagged: Tagged, quotations: Sequence[Span]
) -> bool:
    """Tell whether only cue and speaker, and a few words after them, stand between two pieces.

    There are no such words where a quotation goes on without marks: "“No,” said Roe, speaking of
    *the border*".
    """
    quoted = [any(touch(piece, each) for each in quotations) for piece in (one, other)]
    few = _FEW_WORDS if quoted[0] == quoted[1] else 0
    between = [t for t in doc[tokens_at(doc, one).end : tokens_at(doc, other).start] if t.is_alpha]
    words = [(token.idx, token.idx + len(token)) for token in between]
    told = [touch(each, tagged.cue) or touch(each, tagged.speaker_words) for each in words]
    return not between or (told[0] and len(told) - sum(told) <= few)


def _whole(doc: Doc, piece: Span, rule: Attribution | None) -> Span:
    """Return a piece that does not end within a phrase: cut at the comma before it, or run on.

    It runs on as the rules have it, if they do, and else to the end of the phrase.
    """
    words = tokens_at(doc, piece)
    end = end_of_phrase(words[-1])
    known = rule.content if rule is not None else ()
    closes = [close for start, close in known if start < piece[1] < close]
    if closes and closes[0] - piece[1] <= _A_WORD:
        return piece[0], closes[0]
    if end == words.end and words.end_char == piece[1]:
        return piece
    commas = [t.idx for t in words if t.text == "," and t.idx > (piece[0] + piece[1]) // 2]
    ends = [*commas[-1:], *closes]
    return piece[0], ends[0] if ends else doc[end - 1].idx + len(doc[end - 1])
