"""The day of an act: the date words of its own clause, and whether they make it history.

Date words stand beside many things that are not the act: another act ("condemned Friday's raid",
"since the invasion in 2022"), a thing ("the 2015 nuclear deal"), a comparison ("the worst since
the Cold War"), another clause ("said on Monday that it will meet").  No day is better than a wrong
one: reports are put together by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from tocsin.extract.events.acts import Act
from tocsin.extract.grammar.arguments import own_subjects
from tocsin.extract.grammar.modality import Modality
from tocsin.extract.mentions.dates import find_dates_in
from tocsin.lexicons.words import word_set
from tocsin.records import Article, DateWords, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: An act whose day lies further back than this is history, not news.
HISTORY = timedelta(days=300)

_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "pcomp"})
#: What stands after these is at another time than the clause in which it stands.
_OTHER_TIMES = frozenset({"after", "before", "following", "until", "till", "ahead"})
_LASTING = frozenset({"since", "despite", "amid", "over"})
_COMPARED = frozenset({"first", "only", "most", "last", "second", "third"})
_SINCE = re.compile(
    r"\bsince (?:(?:at|least|early|late|around|about|the|end|start|beginning|fall|outbreak|of)\s)*$"
)
_UNREAL = frozenset({Status.FUTURE, Status.HYPOTHETICAL})


class Dated(IntEnum):
    """How well date words tell when an act took place."""

    NOT = 0
    AROUND = 1  #: they date what stands around it: enough to call it history
    EXACTLY = 2


@dataclass(frozen=True, slots=True)
class ActDates:
    """The day of an act, and the words, maybe of another clause, that set its time."""

    day: DateWords | None = None
    around: DateWords | None = None
    lasting: bool = False  #: the words only tell when it began: "since at least 2020"


def dates_of_act(act: Act, doc: Doc, article: Article, modality: Modality) -> ActDates:
    """Return the date words that tell when the act took place, as far as words do.

    Args:
        act: the act.
        doc: the analysed text.
        article: gives the day from which the words are read.
        modality: what is still to come is dated forward.
    """
    sentence = doc[act.carrier].sent
    ahead = modality.status is Status.FUTURE or modality.change == "future"
    unreal = ahead or modality.status in _UNREAL
    found: list[tuple[Dated, bool, int, bool, DateWords]] = []
    next_ones = find_dates_in(sentence.text, article.published, forward=True)
    to_come = {each.words: each for each in next_ones}
    for each in find_dates_in(sentence.text, article.published, forward=ahead):
        words = (each.words[0] + sentence.start_char, each.words[1] + sentence.start_char)
        span = doc.char_span(*words, alignment_mode="expand")
        if span is None or any(t.ent_type_ == "PERSON" for t in span):
            continue  # "Sunday Oliseh said"
        read = to_come.get(each.words, each) if _is_to_come(span.root) else each
        when = replace(read, words=words)
        lasting = _goes_on(when, doc)
        if _is_when(span, doc[act.carrier]):
            told, when, lasting = Dated.EXACTLY, _without_since(when, doc, article), False
        else:
            told = _told_by(span, act, unreal=unreal)
        if lasting:
            when = replace(when, latest=article.published)
        beside = _governor(span.root) in (act.carrier, act.head)
        found.append((told, beside, -abs(words[0] - doc[act.carrier].idx), lasting, when))
    best = max(found, key=lambda f: f[:3], default=None)
    if best is None or best[0] is Dated.NOT:
        return ActDates()
    told, _, _, lasting, when = best
    return ActDates(when if told is Dated.EXACTLY else None, when, lasting)


def _is_to_come(date: Token) -> bool:
    """Tell whether the verb of a date speaks of what is to come: "would begin on 1 July"."""
    verb = next((t for t in date.ancestors if t.pos_ in ("VERB", "AUX")), date)
    return any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "’ll", "'ll") for c in verb.children
    )


def _governor(date: Token) -> int:
    """Return the word to which a date or its preposition belongs."""
    return date.head.head.i if date.head.pos_ == "ADP" else date.head.i


def _is_when(date: Span, carrier: Token) -> bool:
    """Tell whether the date words are what "when" means: "since May 2024, when it seized"."""
    for clause in (carrier, *carrier.ancestors):
        if clause.dep_ in ("relcl", "advcl"):
            first = clause.left_edge
            return first.lower_ == "when" and date.end in (first.i, first.i - 1)
    return False


def _without_since(when: DateWords, doc: Doc, article: Article) -> DateWords:
    words = doc.text[slice(*when.words)]
    if not words.lower().startswith("since "):
        return when
    # The word before a bare month is what makes it one ("may").
    inner = next(find_dates_in(f"in {words[6:]}", article.published), None)
    return replace(inner, words=(when.words[0] + 6, when.words[1])) if inner is not None else when


def _told_by(span: Span, act: Act, *, unreal: bool) -> Dated:
    """Tell how well the date words `span` date the act, going up from them."""
    doc, date = span.doc, span.root
    carrier = doc[act.carrier]
    joined = date.head if date.head.pos_ in ("ADP", "ADV") else date
    if min(joined.i, span.start) == carrier.right_edge.i + 1 and not _in_apposition(joined.head):
        return Dated.EXACTLY  # right behind the act's clause, whatever the parser hung it on
    token, below, told = date, date, _told_behind(doc[min(joined.i, span.start) - 1], date, carrier)
    while token.i not in (act.carrier, act.head):
        if token.i not in range(span.start, span.end) and not _is_time(token):
            told = min(told, _told_beside(token, below, act))
        if token.pos_ in ("VERB", "AUX"):
            if token.dep_ != "conj" or own_subjects(token):
                return min(told, _told_above(token, date, carrier, unreal))
        elif token.dep_ in _CLAUSES:
            return told if token.is_ancestor(carrier) else Dated.NOT
        if token.head.i == token.i:
            return told
        token, below = token.head, token
    return Dated.NOT if _is_compared(token, below) else told


def _told_behind(word: Token, date: Token, carrier: Token) -> Dated:
    """Tell what is left of a date behind `word`, which may itself speak of another time.

    "Will meet for the first time since the invasion of Kuwait in 1990": the parser hangs the year
    on the meeting.
    """
    for token in word.ancestors:
        if token.i == carrier.i or token.is_ancestor(date):
            return Dated.EXACTLY
        if token.dep_ == "prep" and token.lower_ in _LASTING | _OTHER_TIMES:
            if not carrier.is_ancestor(token):
                return Dated.EXACTLY
            return Dated.NOT if token.lower_ in _LASTING else Dated.AROUND
    return Dated.EXACTLY


def _is_time(token: Token) -> bool:
    """Tell whether a noun belongs to the date words: "the end of", "the night of"."""
    return token.ent_type_ in ("DATE", "TIME") or token.dep_ == "npadvmod"


def _told_beside(token: Token, below: Token, act: Act) -> Dated:
    """Tell what is left of a date when it is found below a noun or a preposition.

    An owner or adjective ("Friday's raid", "the 2015 deal") dates the noun, and through it only
    what is done in or by it; in "the largest since 1990" the date measures the noun.
    """
    if token.pos_ == "ADP" or token.lower_ in _OTHER_TIMES | _LASTING:
        if below.ent_type_ in ("DATE", "TIME") or below.tag_ in ("RBS", "JJS", "CD"):
            return Dated.EXACTLY  # "since Friday", "since at least 2020"
        if token.lower_ in _LASTING:
            return Dated.NOT
        return Dated.AROUND if token.lower_ in _OTHER_TIMES else Dated.EXACTLY
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return Dated.EXACTLY
    if _is_compared(token, below) or _in_apposition(token):
        return Dated.NOT
    if token.i in act.trigger or below.dep_ not in ("compound", "nummod", "amod", "nmod", "poss"):
        return Dated.EXACTLY
    through = token.dep_ == "pobj" and token.head.lower_ in word_set("same_time")
    return Dated.EXACTLY if through or token.dep_ in ("nsubj", "nsubjpass") else Dated.NOT


def _in_apposition(noun: Token) -> bool:
    """Tell whether a noun adds a remark ("the closest tie since"), no name to a title."""
    return noun.dep_ == "appos" and noun.pos_ == "NOUN"


def _is_compared(noun: Token, below: Token) -> bool:
    """Tell whether the date is only what something is measured by: "the largest since 1990"."""
    return below.lower_ == "since" and any(
        c.tag_ in ("JJS", "RBS") or c.lower_ in _COMPARED for c in noun.children if c.i < below.i
    )


def _told_above(verb: Token, date: Token, carrier: Token, unreal: bool) -> Dated:
    """Tell how well the date of `verb` holds for the act in a clause above, below or beside it."""
    if not verb.is_ancestor(carrier):
        beside = verb.dep_ == "advcl" and verb.head.i == carrier.i
        return Dated.AROUND if beside and not _marks(verb) & _LASTING else Dated.NOT
    told, token = Dated.EXACTLY, carrier
    while token.i != verb.i:
        if token.dep_ == "ccomp" and unreal:
            return Dated.NOT  # "said on Monday that it will meet"
        told = min(told, _told_across(token))
        if verb.i < date.i < token.i:
            told = min(told, _told_to_next(token))
        token = token.head
    return told


def _told_across(clause: Token) -> Dated:
    """Tell what holds within a clause of a date that stands above it."""
    marks = _marks(clause)
    if clause.dep_ in ("advcl", "pcomp") and marks & (_LASTING | _OTHER_TIMES):
        return Dated.NOT if marks & _LASTING else Dated.AROUND
    if clause.dep_ == "relcl" and not marks & {"when", "where"}:
        return Dated.AROUND
    # "the three killed in the raid were buried on Monday"
    return Dated.AROUND if clause.dep_ == "acl" and clause.tag_ == "VBN" else Dated.EXACTLY


def _marks(clause: Token) -> set[str]:
    """Return the words that join a clause to the one above it."""
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod", "prep")}
    return marks | {clause.head.lower_} if clause.dep_ == "pcomp" else marks


def _told_to_next(verb: Token) -> Dated:
    """Tell what holds for a verb of a date behind the verb before: "fell in 2022 and has grown"."""
    if verb.dep_ != "conj" or verb.pos_ not in ("VERB", "AUX"):
        return Dated.EXACTLY
    if any(c.dep_ == "aux" for c in verb.children):
        return Dated.NOT
    return Dated.AROUND if own_subjects(verb) else Dated.EXACTLY


def is_history(dates: ActDates, article: Article) -> bool:
    """Tell whether the day of an act lies too far before the article's to be its news."""
    when = dates.around
    if when is None or when.latest is None or dates.lasting:
        return False
    if article.published is None:
        return False
    return when.latest < article.published - HISTORY or (
        when.latest.year < article.published.year
        and (when.earliest is not None and when.latest - when.earliest > timedelta(days=40))
    )


def _goes_on(when: DateWords, doc: Doc) -> bool:
    """Tell whether the date is only the beginning: "since at least 2020"."""
    before = doc.text[max(0, when.words[0] - 60) : when.words[0]].lower()
    words = doc.text[slice(*when.words)].lower()
    return words.startswith("since") or _SINCE.search(before) is not None
