"""Indirect speech, thought and wish: what cue words and phrases report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.extract.grammar.arguments import is_infinitive, own_subjects
from tocsin.extract.grammar.clauses import (
    antecedent_of,
    clause_around,
    is_inserted,
    relative_clause,
    without_joined,
)
from tocsin.extract.grammar.complements import (
    Filled,
    find_adjective_frames,
    find_noun_frames,
    find_subject,
    find_verb_frames,
)
from tocsin.extract.grammar.words import TokenRange, is_verb, object_of, part_of_speech, subtree
from tocsin.extract.speech.candidates import Attribution, reported
from tocsin.extract.speech.cues import Cue, cues_named, cues_of, frame_of
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token
from tocsin.spans import holds

_FRAME_ORDER = (
    "that", "wh", "obj-inf", "obj-pred", "obj-as", "obj-of", "obj-for", "obj-about", "obj-on",
    "obj-with", "obj-to", "obj-against", "pass-that", "pass-inf", "pass-pred", "pass-as",
    "pass-of", "pass-for", "pass", "inf", "ing", "subj-inf", "obj"
)  # fmt: skip
_RANK = {frame: rank for rank, frame in enumerate(_FRAME_ORDER)}
_FRAMES = {"verb": find_verb_frames, "noun": find_noun_frames, "adj": find_adjective_frames}
_FEW = 3  #: tokens after "according to X" at which its sentence ends all the same


def find_reported(doc: Doc, tokens: Iterable[Token]) -> Iterator[Attribution]:
    """Yield a candidate for each cue among `tokens` of `doc` whose frame is filled."""
    for token in tokens:
        part = part_of_speech(token)
        if part in _FRAMES:
            yield from _framed(doc, token, part)
        if token.lower_ == "according":
            yield from _according(doc, token)
        elif part == "adv":
            yield from _adverbial(doc, token)


# ------------------------------------------------------------------------------ frames


def _framed(doc: Doc, cue: Token, part: str) -> Iterator[Attribution]:
    """What a verb, noun or adjective reports: "said that", "confident that"."""
    rows = cues_of(cue)
    if not rows:
        return
    taken = (f for f in _FRAMES[part](cue) if frame_of(rows, f.frame))
    best = min(taken, key=lambda f: _RANK.get(f.frame, len(_RANK)), default=None)
    antecedent = antecedent_of(cue) if part == "verb" and frame_of(rows, "obj") else None
    if antecedent is not None:
        yield from reported(doc, "relative", find_subject(cue), (cue.i, cue.i + 1), (antecedent,))
    elif part == "noun" and best is not None and _is_object_of(doc[slice(*best.content[0])].root):
        return
    elif best is not None and _is_speech(cue, best, rows):
        yield from _from_frame(doc, part, cue, best)
    elif best is None and part == "verb" and frame_of(rows, "that") is not None:
        yield from _parenthetical(doc, cue)


def _is_object_of(verb: Token) -> bool:
    """Tell whether what seems the content of a noun says it: "a charge *that Chad has denied*"."""
    return antecedent_of(verb) is not None and frame_of(cues_of(verb), "obj") is not None


def _is_speech(cue: Token, filled: Filled, rows: tuple[Cue, ...]) -> bool:
    """Tell a report from the same words used otherwise.

    Nobody says it ("to say that is easy"); it is only a purpose ("gathered to support the plan").
    """
    row = frame_of(rows, filled.frame) or rows[0]
    if not is_verb(cue):  # "the warning that …" is one even where nobody is named
        nameless = part_of_speech(cue) == "noun" and filled.frame == "that"
        return filled.speaker is not None or nameless
    if filled.frame.startswith("pass") or row.kind == "seem":
        return True
    purpose = filled.frame in ("obj", "obj-with") and is_infinitive(cue)
    return filled.speaker is not None and (not purpose or bool(cues_of(cue.head)))


def _from_frame(doc: Doc, kind: str, head: Token, filled: Filled) -> Iterator[Attribution]:
    without = [(i, i + 1) for i in filled.cue]
    speaker, content = filled.speaker, filled.content
    apart = filled.frame in ("that", "wh", "obj-pred")
    if speaker is not None and (apart or not holds(content, speaker)):
        without.append(speaker)
    ranges = [_without_contrast(doc, _without_remark(doc, each)) for each in content]
    yield from reported(
        doc, f"{kind}:{filled.frame}", speaker, filled.beside(head), ranges, without
    )


def _without_remark(doc: Doc, content: TokenRange) -> TokenRange:
    """Cut a last ", which …" or ", who …": that is the article's own remark."""
    start, end = content
    for i in range(start + 2, end):
        if doc[i].lower_ not in ("which", "who") or doc[i - 1].text not in word_set("remark_marks"):
            continue
        clause = relative_clause(doc[i])
        if clause is not None and clause.i >= start and clause.right_edge.i + 1 >= end:
            return start, i - 1
    return content


def _without_contrast(doc: Doc, content: TokenRange) -> TokenRange:
    """Cut what others say beside it: "Chad says it won, *while Niger puts the toll at ten*"."""
    for i in range(content[0], content[1] - 1):
        verb = doc[i].head
        told = i < verb.i and cues_of(verb) and own_subjects(verb)
        if told and doc[i].lower_ in word_set("contrasts"):
            return content[0], i
    return content


def _parenthetical(doc: Doc, verb: Token) -> Iterator[Attribution]:
    """`The talks, he said, have failed`; `As the minister said, the talks have failed`."""
    clause, host = subtree(verb), subtree(verb.head)
    speaker = find_subject(verb) if is_inserted(verb) else None
    if speaker is not None and clause[0] <= speaker[0] < clause[1]:
        cue = (verb.i, verb.i + 1)
        yield from reported(doc, "parenthetical", speaker, cue, (host,), (clause,), sentence=True)


# ------------------------------------------------------------------------------ phrases


def _according(doc: Doc, token: Token) -> Iterator[Attribution]:
    """`According to X, …` and `…, according to X`: all of the sentence at either end of it."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    named = object_of(to)
    if to is not None and named is not None:
        cue, speaker = (token.i, to.i + 1), subtree(named)
        start, end = token.sent.start, token.sent.end
        inside = start + 1 < token.i and speaker[1] < end - _FEW
        host = without_joined(clause_around(token), speaker[1]) if inside else (start, end)
        said, phrase = (_without_contrast(doc, host),), ((token.i, speaker[1]),)
        yield from reported(doc, "according to", speaker, cue, said, phrase, sentence=True)


def _adverbial(doc: Doc, token: Token) -> Iterator[Attribution]:
    """`The army has reportedly retreated`: attribution that names no one."""
    if cues_named(token.lower_, "adv"):
        cue, clause = (token.i, token.i + 1), subtree(clause_around(token))
        yield from reported(doc, "adverb", None, cue, (clause,), (cue,), sentence=True)
