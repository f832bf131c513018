"""Times of titles: the modifiers of one that is borne, and the day on which its bearer acted."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tocsin.extract.mentions.dates import find_dates_in
from tocsin.extract.offices.title_spans import HYPHENS, Scene, Title
from tocsin.lexicons.words import word_set
from tocsin.records import Modifier
from tocsin.reference.title_lexicon import is_former
from tocsin.reference.titles import TitleReading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_LONG_AGO = re.compile(
    r"\b(?:decades?|century|years) (?:ago|earlier|before|after)\b|\b(?:19|20)\d0s\b"
    r"|\b(?:anniversary|Cold War|photographs? of|administration of|speechwriter)\b"
)
_LONG_BEFORE = 30  #: days from publication beyond which the day of an act is another one
_REACH = 10  #: tokens over which "former" reaches


def time_of(
    scene: Scene, title: Title, reading: TitleReading, name: tuple[int, int] | None
) -> tuple[tuple[Modifier, ...], date | None]:
    """Return the modifiers, with `THEN` where the sentence speaks of years past, and the day."""
    modifiers = reading.modifiers
    published = scene.article.published
    sentence = scene.doc[title.core[0]].sent.text
    years = [int(y) for y in _YEAR.findall(sentence)]
    past = published is not None and any(year < published.year for year in years)
    before = scene.doc[max(0, title.start - 1 - bool(title.determiner))].lower_
    told = before == "under" or _LONG_AGO.search(sentence) is not None
    told = told or _follows_former(scene, title) or _is_removed(scene, title)
    day = _day_of(scene, title, name) if name else None
    if told or (past and day is None):
        modifiers = (*modifiers, Modifier.THEN)
    return tuple(dict.fromkeys(modifiers)), day


def _day_of(scene: Scene, title: Title, name: tuple[int, int]) -> date | None:
    """Return the day on which the person is told to have acted, if it is long past or to come.

    Only a date that opens the sentence or follows the verb of which the person is the subject:
    "On 3 May 2023, Foreign Minister X said", "X said on 3 May 2023".
    """
    published = scene.article.published
    verb = _verb_of(scene.doc, name) or _verb_of(scene.doc, title.core)
    if verb is None or published is None:
        return None
    sentence = verb.sent
    start = sentence[0].i
    while start < sentence.end - 1 and scene.doc[start].is_space:
        start += 1
    for begin in (start, verb.i + 1):
        if begin + 1 < sentence.end and scene.doc[begin].lower_ == "on":
            rest = scene.doc[begin + 1 : sentence.end]
            when = next(find_dates_in(rest.text, published), None)
            if when is None or when.words[0] > 0 or when.earliest != when.latest:
                continue
            if when.earliest and abs((when.earliest - published).days) > _LONG_BEFORE:
                return when.earliest
    return None


def _verb_of(doc: Doc, words: tuple[int, int]) -> Token | None:
    """Return the verb of which `words` are the subject."""
    root = doc[words[0] : words[1]].root
    while root.dep_ in {"appos", "compound", "nmod"} and root.head.i != root.i:
        root = root.head
    return root.head if root.dep_ == "nsubj" and root.head.pos_ in {"VERB", "AUX"} else None


def _is_removed(scene: Scene, title: Title) -> bool:
    """Return whether the person is told to have been ousted, seized, killed, ...

    Such news goes on calling the person by the office that this very event ended.
    """
    last = scene.doc[title.core[1] - 1]
    while last.dep_ in {"compound", "appos", "nmod"} and last.head.i != last.i:
        last = last.head
    removed = last.head.lemma_.lower() in word_set("removing")
    return removed and last.dep_ in {"dobj", "nsubjpass", "pobj"}


def _follows_former(scene: Scene, title: Title) -> bool:
    """Return whether "former" before an earlier office may reach over to this one."""
    doc, i = scene.doc, title.start - 1
    if i < 1 or doc[i].lower_ != "and":
        return False
    while i > 0 and title.start - i < _REACH:
        if doc[i - 1].is_space or (doc[i - 1].is_punct and doc[i - 1].text not in HYPHENS):
            break
        i -= 1
    return any(is_former(token.text) for token in doc[i : title.start])
