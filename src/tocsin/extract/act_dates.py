"""The day of an act: the date words of its own clause, and whether they make it history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Doc

from tocsin.extract.acts import Act
from tocsin.extract.dates import find_dates_in
from tocsin.extract.modality import Modality
from tocsin.records import Article, DateWords, Status

#: An act whose day lies further back than this is history, not news.
HISTORY = timedelta(days=300)


def date_of_act(act: Act, doc: Doc, article: Article, modality: Modality) -> DateWords | None:
    """Return the date words of the act's clause nearest to its verb."""
    sentence = doc[act.carrier].sent
    forward = modality.status is Status.FUTURE or modality.change == "future"
    day = article.published
    found = [
        (abs(sentence.start_char + d.words[0] - doc[act.carrier].idx), d)
        for d in find_dates_in(sentence.text, day, forward=forward)
        if _dates_act(doc, sentence.start_char + d.words[0], act)
    ]
    if not found:
        return None
    nearest = min(found, key=lambda pair: pair[0])[1]
    shift = sentence.start_char
    return replace(nearest, words=(nearest.words[0] + shift, nearest.words[1] + shift))


def _dates_act(doc: Doc, at: int, act: Act) -> bool:
    """Tell whether the date words at character `at` stand in the clause of the act."""
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None:
        return False
    for token in (span[0], *span[0].ancestors):
        if token.i in (act.carrier, act.head):
            return True
        if token.dep_ in ("relcl", "acl", "advcl", "ccomp"):
            return token.is_ancestor(doc[act.carrier])
        if token.pos_ in ("VERB", "AUX") and token.dep_ != "conj":
            return True
    return True


def is_history(when: DateWords | None, article: Article) -> bool:
    """Tell whether the day of an act lies too far before the article's to be its news."""
    if when is None or when.latest is None:
        return False
    if article.published is None:
        return False
    return when.latest < article.published - HISTORY or (
        when.latest.year < article.published.year
        and (when.earliest is not None and when.latest - when.earliest > timedelta(days=40))
    )


def goes_on(when: DateWords | None, doc: Doc) -> bool:
    """Tell whether the date is only the beginning: "since at least 2020"."""
    return (
        when is not None and "since" in doc.text[max(0, when.words[0] - 16) : when.words[1]].lower()
    )
