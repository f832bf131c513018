"""The day of an act: the date words that the network gives it, read against the article's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tocsin.extract.events.told import Mention
from tocsin.extract.grammar.clauses import verb_above
from tocsin.extract.grammar.words import tokens_at
from tocsin.extract.mentions.dates import find_dates_in
from tocsin.models.parsed import Doc
from tocsin.records import Article, DateWords, Span, Statement, Status
from tocsin.spans import holds, touch

#: An act longer ago than this is background: the rule of those who mark.
RECENT = timedelta(days=30)
#: What has one of these statuses need not be done when it is spoken of.
_NOT_BY_THEN = frozenset((Status.FUTURE, Status.HYPOTHETICAL, Status.HISTORICAL, Status.NEGATED))


def date_of(
    mention: Mention, doc: Doc, article: Article, statements: Sequence[Statement], status: Status
) -> DateWords | None:
    """Return when the act took place, or is to, as far as its own date words tell.

    The day on which someone speaks of it is not its day; where nothing else is told, what is told
    as done was done by then.

    Args:
        mention: gives the date words.
        doc: the analysed text.
        article: gives the day from which they are read.
        statements: those in whose content the act stands.
        status: what is to come is read forward.
    """
    forward, spoken = status is Status.FUTURE, None
    for words in mention.read.roles["time"]:
        found = _read(words, doc, article.published, forward=forward)
        if found is not None and not _is_of_speaking(found.words, doc, statements):
            return found
        if found is not None and status not in _NOT_BY_THEN:
            spoken = spoken or replace(found, earliest=None)
    return spoken


def _is_of_speaking(words: Span, doc: Doc, statements: Sequence[Statement]) -> bool:
    """Tell whether date words hang on the cue of a statement: "*said on Monday* that …"."""
    date = tokens_at(doc, words).root
    verb = verb_above(date) or date
    place = verb.idx, verb.idx + len(verb)
    return any(touch(each.cue, place) for each in statements if not holds(each.content, words))


def _read(words: Span, doc: Doc, day: date | None, *, forward: bool) -> DateWords | None:
    """Read the date words that touch `words`, with what stands around them in the sentence."""
    around = tokens_at(doc, words).sent
    start = around.start_char
    for each in find_dates_in(around.text, day, forward=forward):
        own = each.words[0] + start, each.words[1] + start
        if own[0] < words[1] and words[0] < own[1]:
            return replace(each, words=own)
    return None


def is_history(when: DateWords | None, article: Article) -> bool:
    """Tell whether the day of an act lies too far before the article's to be its news."""
    if when is None or when.latest is None or article.published is None:
        return False
    return when.latest < article.published - RECENT
