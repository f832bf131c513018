"""`counts`: is as many of one thing told later as before?

"The blast killed 12 people", and later "the 15 people killed": the article takes up what it told
with another number.  Tolls rise, and articles tell of several acts, so the verdict is `unsure`, and
only where nothing else explains it: the article tells these two exact numbers of the dead, the
injured or the arrested and no third, the later words mean those told of ("the 15", "all 15", "the
blast killed 15") or were read as telling the same act, and no word says that the number changed or
that others are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tocsin.checks.wording import name_count
from tocsin.lexicons.words import word_set
from tocsin.records import Article, Count, Event, Finding, Statement, Verdict
from tocsin.spans import holds

_KINDS = ("dead", "injured", "arrested")

#: A number of another size is about something else.
_NEAR = 2

_SENTENCE_END = re.compile(r"[.!?][”\"']?\s|\n")
_ANOTHER_TIME = re.compile(r"\b(?:1[89]|20)\d\d\b|\blast (?:year|month|week)\b", re.I)
_TAKEN_UP = re.compile(r"\b(?:the|all|all the|those)\s+$", re.I)
_DONE_BY = re.compile(r"\bthe (\w+),? (?:(?:which|that|had|has) ){0,2}\w+ $", re.I)


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
        pair, text = (own[0], others[0]), article.text
        one_act = any(set(pair) <= set(event.counts) for event in events)
        taken_up = one_act or _means_the_same(text[: others[0].words[0]])
        if taken_up and _is_one_teller(*pair, statements) and _are_at_odds(*pair, article):
            yield _finding(*pair, text)


def _is_one_teller(first: Count, later: Count, statements: Sequence[Statement]) -> bool:
    """Tell whether nobody speaks the later number who has not told the first."""
    told, said = (
        {each.speaker for each in statements if holds(each.content, count.words)}
        for count in (first, later)
    )
    names = {each.name for each in told if each}
    return all(each is not None and each.name in names for each in said)


def _are_at_odds(first: Count, later: Count, article: Article) -> bool:
    """Tell whether two exact numbers of like people and size differ, and no word explains it."""
    smaller, larger = sorted(count.low or 0 for count in (first, later))
    return (
        all(count.low == count.high for count in (first, later))
        and smaller > 1
        and larger <= _NEAR * smaller
        and _are_alike(*(article.text[slice(*count.words)] for count in (first, later)))
        and not any(_is_explained(_sentence(article, count)) for count in (first, later))
    )


def _means_the_same(before: str) -> bool:
    """Tell whether words after `before` take up what was told: "the 15", "the blast killed 15"."""
    doing = _DONE_BY.search(before)
    known = doing is not None and doing[1].lower() in word_set("deadly_acts")
    return known or _TAKEN_UP.search(before) is not None


def _are_alike(first: str, later: str) -> bool:
    """Tell whether both count people, or both the same ones ("12 soldiers", "the 15 soldiers")."""
    nouns = {words.split()[-1].lower() for words in (first, later)}
    return len(nouns) == 1 or nouns <= word_set("counted_anyone")


def _sentence(article: Article, count: Count) -> str:
    """Return the sentence of a number without the dateline, whose year says nothing of it."""
    head = article.dateline.words[1] if article.dateline else 0
    head = head if head <= count.words[0] else 0
    ends = (end.end() for end in _SENTENCE_END.finditer(article.text, head, count.words[0]))
    end = _SENTENCE_END.search(article.text, count.words[1])
    return article.text[max(ends, default=head) : end.start() if end else len(article.text)]


def _is_explained(sentence: str) -> bool:
    words = set(re.findall(r"[a-z]+", sentence.lower()))
    return bool(words & word_set("changing_counts")) or _ANOTHER_TIME.search(sentence) is not None


def _finding(first: Count, later: Count, text: str) -> Finding:
    told, again = (" ".join(text[slice(*count.words)].split()) for count in (first, later))
    return Finding(
        check="counts",
        verdict=Verdict.UNSURE,
        sentence=f"The article first tells of “{told}” ({first.kind}), then of “{again}” as of the "
        "same; it does not say that the number changed.",
        words=later.words,
        compared={
            "kind": first.kind,
            "first": name_count(first),
            "later": name_count(later),
            "places": [first.words, later.words],
        },
    )
