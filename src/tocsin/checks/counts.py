"""`counts`: is as many of one thing told later as before?

"The blast killed 12 people", and later "the 15 people killed": the article takes up what it told
with another number.  Tolls rise, and articles tell of several acts, so the verdict is `unsure`, and
only where nothing else explains it: the article tells these two exact numbers of the dead, the
injured or the arrested and no third, the later words mean those told of ("the 15", "all 15", "the
blast killed 15") or were read as telling the same act, nobody else speaks them, and no word says
that the number changed or that others are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tocsin.lexicons.words import word_set
from tocsin.records import Article, Count, Event, Finding, Statement, Verdict
from tocsin.spans import holds

_KINDS = ("dead", "injured", "arrested")

#: A number of another size is about something else.
_NEAR = 2

_SENTENCE_END = re.compile(r"[.!?][”\"']?\s|\n")
_ANOTHER_TIME = re.compile(r"\b(?:1[89]|20)\d\d\b|\blast (?:year|month|week)\b", re.I)
#: Words before a number: "all the", or "the blast, which killed".
_TAKEN_UP = re.compile(
    r"\b(?:the|all|those|the (?P<by>\w+),? (?:(?:which|that|had) )?\w+)\s+$", re.I
)


def check_counts(
    counts: Sequence[Count],
    events: Sequence[Event],
    statements: Sequence[Statement],
    article: Article,
) -> Iterator[Finding]:
    """Yield a finding for each kind of number that is taken up as another.

    Args:
        counts: all numbers of people that the text tells, in its order.
        events: the events of the article, with the numbers that each tells.
        statements: those of the article; whoever speaks may know another number.
        article: the article.
    """
    for kind in _KINDS:
        own = [count for count in counts if count.kind == kind]
        others = [c for c in own if (c.low, c.high) != (own[0].low, own[0].high)]
        if len({(count.low, count.high) for count in others}) != 1:
            continue  # all the same, or a third number, and so another story
        first, later = own[0], others[0]
        one_act = any({first, later} <= set(event.counts) for event in events)
        told, said = (_speakers(count, statements) for count in (first, later))
        taken_up = one_act or _is_taken_up(article.text[: later.words[0]])
        if taken_up and said <= told and _are_at_odds(first, later, article):
            yield _finding(first, later, article.text)


def _speakers(count: Count, statements: Sequence[Statement]) -> set[str]:
    """Return whose words tell the number; nobody known is nobody else."""
    said = (each for each in statements if holds(each.content, count.words))
    return {each.speaker.name if each.speaker else each.id for each in said}


def _is_taken_up(before: str) -> bool:
    found = _TAKEN_UP.search(before)
    by = found and found["by"]
    return found is not None and (by is None or by.lower() in word_set("deadly_acts"))


def _are_at_odds(first: Count, later: Count, article: Article) -> bool:
    """Tell whether two exact numbers of like people and size differ, and no word explains it."""
    pair = (first, later)
    smaller, larger = sorted(count.low or 0 for count in pair)
    nouns = {_counted(article.text[slice(*count.words)]) for count in pair}
    return (
        all(count.low == count.high for count in pair)
        and smaller > 1
        and larger <= _NEAR * smaller
        and (len(nouns) == 1 or nouns <= word_set("counted_anyone"))
        and not any(_is_explained(_sentence(article, count)) for count in pair)
    )


def _counted(words: str) -> str:
    """Return the noun of a number; "the 15 dead" counts people of any kind."""
    noun = words.split()[-1].lower()
    return "people" if noun.isdigit() else noun


def _sentence(article: Article, count: Count) -> str:
    """Return the sentence of a number without the dateline, whose year says nothing of it."""
    line = article.dateline.words[1] if article.dateline else 0
    head = line if line <= count.words[0] else 0
    ends = (end.end() for end in _SENTENCE_END.finditer(article.text, head, count.words[0]))
    end = _SENTENCE_END.search(article.text, count.words[1])
    return article.text[max(ends, default=head) : end.start() if end else len(article.text)]


def _is_explained(sentence: str) -> bool:
    words = set(re.findall(r"[a-z]+", sentence.lower()))
    return bool(words & word_set("changing_counts")) or _ANOTHER_TIME.search(sentence) is not None


def _finding(first: Count, later: Count, text: str) -> Finding:
    told, again = (" ".join(text[slice(*count.words)].split()) for count in (first, later))
    places = [first.words, later.words]
    return Finding(
        check="counts",
        verdict=Verdict.UNSURE,
        sentence=f"The article first tells of “{told}” ({first.kind}), then of “{again}” as of the "
        "same; it does not say that the number changed.",
        words=later.words,
        compared={"kind": first.kind, "first": first.low, "later": later.low, "places": places},
    )
