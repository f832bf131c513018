"""Quotations and the cues that report them: before, after, inverted, split, carried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.extract.grammar.clauses import content_clauses
from tocsin.extract.grammar.complements import find_subject
from tocsin.extract.grammar.phrases import leading_noun, may_lead, nouns_among, phrase_from
from tocsin.extract.grammar.words import (
    TokenRange,
    char_span,
    is_full_verb,
    is_name,
    is_participle,
    is_verb,
    subtree,
    tokens_at,
)
from tocsin.extract.mentions.quotation_marks import QuotedWords, looks_spoken
from tocsin.extract.speech.candidates import Attribution
from tocsin.extract.speech.cues import cues_of, frame_of
from tocsin.models.parsed import Doc, Token, text_of
from tocsin.spans import holds, size

#: How far a cue may stand from its quotation, in tokens: long appositions fit, a sentence does not.
FARTHEST_CUE = 45
_STOPS = frozenset(".!?")
_LEADS = frozenset(":,—–-")
_DASHES = frozenset(("—", "–", "-", "--", "―"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A quotation with the tokens it covers and the paragraph it stands in (token range)."""

    quotation: QuotedWords
    tokens: TokenRange
    paragraph: TokenRange
    before: TokenRange | None  #: the paragraph before

    @property
    def opens_paragraph(self) -> bool:
        """Nothing stands before it in its paragraph."""
        return self.tokens[0] == self.paragraph[0]


def find_paragraphs(doc: Doc) -> list[TokenRange]:
    """Return the paragraphs of `doc` as token ranges without the line breaks."""
    found, start = [], 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                found.append((start, token.i))
            start = token.i + 1
    if start < len(doc):
        found.append((start, len(doc)))
    return found


def place_quotations(doc: Doc, quotations: Sequence[QuotedWords]) -> list[Placed]:
    """Return the outermost quotations with their tokens and paragraphs."""
    paragraphs = find_paragraphs(doc)
    placed, at = [], 0
    for quotation in quotations:
        if quotation.depth:
            continue
        span = tokens_at(doc, quotation.words)
        while at + 1 < len(paragraphs) and paragraphs[at][1] <= span.start:
            at += 1
        before = paragraphs[at - 1] if at else None
        placed.append(Placed(quotation, (span.start, span.end), paragraphs[at], before))
    return placed


def find_quoted(doc: Doc, places: Sequence[Placed]) -> list[Attribution]:
    """Return a candidate for each quotation or chain of quotations reported together."""
    found: list[Attribution] = []
    last: Placed | None = None  #: the last quotation that became part of a candidate
    for position, place in enumerate(places):
        before = places[position - 1] if position else None
        after = places[position + 1] if position + 1 < len(places) else None
        if not _stands_alone(doc, place):
            continue
        cued = _find_cue(doc, place, before, after)
        spoken = looks_spoken(text_of(doc), place.quotation)
        if cued is not None and not (found and found[-1].cue == cued.cue):
            found.append(cued)
        elif last is not None and (cued is not None or _carries_on(doc, last, place)):
            if cued is None and not spoken:
                continue
            found[-1] = replace(found[-1], content=(*found[-1].content, place.quotation.words))
        elif spoken and size((place.quotation.words,)) >= 40:
            found.append(_candidate(doc, place, None, _speaker_before(doc, place)))
        else:
            continue
        last = place
    return found


def _candidate(
    doc: Doc, place: Placed, cue: TokenRange | None, speaker: TokenRange | None
) -> Attribution:
    return Attribution(
        speaker_words=char_span(doc, speaker) if speaker else None,
        cue=char_span(doc, cue) if cue else None,
        content=(place.quotation.words,),
        quoted=True,
        rule="quotation",
    )


def _stands_alone(doc: Doc, place: Placed) -> bool:
    """Tell a whole quotation from quoted words within a clause (`said that "this" was so`)."""
    start = place.tokens[0]
    if start == place.paragraph[0]:
        return True
    previous = doc[start - 1]
    if previous.is_space and start - 2 >= place.paragraph[0]:
        previous = doc[start - 2]
    if previous.text[-1] in ':,—–-.?!"”’)…':
        return True
    if not may_lead(previous):
        return False
    words = text_of(doc)[slice(*place.quotation.words)].lstrip("\"“‘'«„[")
    return words[:1].isupper() and looks_spoken(text_of(doc), place.quotation)


def _find_cue(
    doc: Doc, place: Placed, before: Placed | None, after: Placed | None
) -> Attribution | None:
    right = _signature(doc, place) or _cue_after(doc, place, after)
    if right is not None and not is_participle(tokens_at(doc, right.cue or right.content[0])[0]):
        return right
    return _cue_before(doc, place, before) or right


def _signature(doc: Doc, place: Placed) -> Attribution | None:
    """`“We stay.” — Ann Roe, head of the council`: a name after a dash, and no clause."""
    dash = next((i for i in range(place.tokens[1], len(doc)) if not doc[i].is_space), len(doc))
    if doc[place.tokens[1] - 1].text[-1] in _DASHES:  # one token with the mark: "”― Ann Roe"
        dash = place.tokens[1] - 1
    end = next((i for i in range(dash, len(doc)) if "\n" in doc[i].text), len(doc))
    while end > dash and doc[end - 1].text in _STOPS:
        end -= 1
    start = next((i for i in range(dash + 1, end) if not doc[i].is_space), end)
    signed = start < end and doc[dash].text[-1] in _DASHES and is_name(doc[start])
    if not signed or any(map(is_verb, doc[start:end])):
        return None
    return replace(_candidate(doc, place, (dash, dash + 1), (start, end)), rule="signature")


def _cue_after(doc: Doc, place: Placed, after: Placed | None) -> Attribution | None:
    end = place.tokens[1]
    limit = min(place.paragraph[1], end + FARTHEST_CUE)
    if after is not None and after.paragraph == place.paragraph:
        limit = min(limit, after.tokens[0])
    if _ends_sentence(doc, place):
        return None
    first = _next_word(doc, end, limit)
    if first is None:
        return None
    for token in doc[first:limit]:
        if token.text in _STOPS or token.text == ";":
            return None
        if not (_introduces(token) or (is_full_verb(token) and _invites(doc, place))):
            continue
        speaker = _speaker_around(doc, token, first, limit)
        if speaker is not None and (token.i <= first + 2 or speaker[0] <= first + 2):
            return _candidate(doc, place, (token.i, token.i + 1), speaker)
        if token.i > first + 2:
            return None
    return None


def _ends_sentence(doc: Doc, place: Placed) -> bool:
    """A full stop inside the closing mark ends the sentence: what follows is another one."""
    end = place.quotation.words[1]
    return _last_sign(doc, place) == "." and text_of(doc)[end : end + 1] != ","


def _invites(doc: Doc, place: Placed) -> bool:
    """A comma inside the closing mark: whatever verb comes next reports ("…," he cracked)."""
    return _last_sign(doc, place) == "," and size((place.quotation.words,)) > 20


def _last_sign(doc: Doc, place: Placed) -> str:
    return text_of(doc)[slice(*place.quotation.words)].rstrip("\"”’'»“ ")[-1:]


def _speaker_around(doc: Doc, verb: Token, first: int, limit: int) -> TokenRange | None:
    """Return the subject before the cue, or the noun phrase after it ("said the minister")."""
    subject = find_subject(verb)
    if subject is not None and first <= subject[0] < limit and subject[1] <= limit:
        return subject
    if verb.i <= first + 1:
        following = phrase_from(doc, verb.i + 1, limit)
        if following is not None:
            return following
    before = nouns_among(doc[first : verb.i])
    return (first, before[-1].i + 1) if before else None


def _cue_before(doc: Doc, place: Placed, before: Placed | None) -> Attribution | None:
    start = place.tokens[0]
    limit = max(place.paragraph[0], start - FARTHEST_CUE)
    if before is not None and before.paragraph == place.paragraph:
        limit = max(limit, before.tokens[1])
    at = start - 1
    while at >= limit and (doc[at].is_space or doc[at].text in _LEADS or doc[at].is_quote):
        at -= 1
    colon = any(t.text == ":" for t in doc[at + 1 : start])
    if at >= limit and doc[at].text in _STOPS:
        return None
    for i in range(at, limit - 1, -1):
        token = doc[i]
        if token.text in _STOPS:
            break
        if _introduces(token) and not _filled_otherwise(doc, token, place):
            return _candidate(doc, place, (i, i + 1), find_subject(token))
    return _colon_speaker(doc, place, limit, at) if colon else None


def _colon_speaker(doc: Doc, place: Placed, limit: int, at: int) -> Attribution | None:
    """`The minister on the talks: "They failed."`: the subject or the first noun phrase speaks."""
    start = at
    while start > limit and doc[start - 1].text not in _STOPS:
        start -= 1
    head = leading_noun(doc[start : at + 1])
    colon = next(i for i in range(at + 1, place.tokens[0]) if doc[i].text == ":")
    if head is None:
        return None
    left, right = subtree(head)
    return _candidate(doc, place, (colon, colon + 1), (max(left, start), min(right, colon)))


def _filled_otherwise(doc: Doc, verb: Token, place: Placed) -> bool:
    """The cue has a clause of its own before the quotation: it reports that, not these words."""
    for child in content_clauses(verb):
        first = child.left_edge.i
        while doc[first].is_punct or doc[first].is_space:
            first += 1
        if verb.i < first < place.tokens[0]:
            return True
    return False


def _introduces(token: Token) -> bool:
    return is_verb(token) and frame_of(cues_of(token), "quote") is not None


def _next_word(doc: Doc, start: int, limit: int) -> int | None:
    for i in range(start, limit):
        token = doc[i]
        if token.is_space or token.text in _LEADS or token.is_quote:
            continue
        opens = token.is_alpha or token.is_title or token.like_num or token.text[0] in "@[("
        return i if opens else None
    return None


def _carries_on(doc: Doc, last: Placed, place: Placed) -> bool:
    """Tell whether `place` goes on with the words of the speaker quoted last."""
    if place.quotation.continues:
        return True
    if last.paragraph == place.paragraph:
        return _only_reporting_between(doc, last.tokens[1], place.tokens[0])
    opens_next = place.opens_paragraph and place.before == last.paragraph
    return opens_next and _only_reporting_between(doc, last.tokens[1], last.paragraph[1])


def _only_reporting_between(doc: Doc, start: int, end: int) -> bool:
    """At most the clause that reports the quotation stands between: no sentence of its own."""
    return sum(token.text in _STOPS for token in doc[start:end]) <= 1


def _speaker_before(doc: Doc, place: Placed) -> TokenRange | None:
    """Who was reported last before a long quotation that nothing reports.

    `The mayor agreed. "It is over."`: the last cue in its paragraph, or in the one before; else who
    is the subject of the sentence before: `Roe turned to Poe. "It is over."`
    """
    speaker = _reported_last(doc, place.paragraph[0], place.tokens[0])
    if speaker is None and place.opens_paragraph:
        return _reported_last(doc, *place.before) if place.before is not None else None
    subject = find_subject(doc[place.tokens[0] - 1].sent.root)
    person = subject is not None and doc[slice(*subject)].root.ent_type_ == "PERSON"
    return speaker or (subject if person else None)


def _reported_last(doc: Doc, start: int, end: int) -> TokenRange | None:
    for i in range(end - 1, start - 1, -1):
        if is_full_verb(doc[i]) and cues_of(doc[i]):
            speaker = find_subject(doc[i])
            if speaker is not None and holds([(start, end)], speaker):
                return speaker
    return None
