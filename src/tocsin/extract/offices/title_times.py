"""Times of titles: whether a sentence gives someone an office of now, of a day, or of the past."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tocsin.extract.grammar.clauses import is_pluperfect, undergoes, verb_above, verb_of
from tocsin.extract.grammar.modality import looks_ahead
from tocsin.extract.grammar.phrases import whole_name
from tocsin.extract.grammar.words import tokens_at
from tocsin.extract.mentions.dates import find_dates_in
from tocsin.extract.offices.title_spans import HYPHENS, Title, TitledText
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token
from tocsin.records import Modifier
from tocsin.reference.names import match_names
from tocsin.reference.title_lexicon import is_former
from tocsin.reference.titles import TitleReading

_YEAR = re.compile(r"(?<![Ss]ince )\b(?:1[89]\d\d|20\d\d)\b|(?<=\b[Ii]n )1[0-7]\d\d\b")
_LONG_AGO = re.compile(
    r"\b(?:decades?|century|years) (?:ago|earlier|before|after)\b|\b(?:19|20)\d0s\b"
    r"|\b(?:anniversary|Cold War|photographs? of|administration of|speechwriter)\b"
    r"|\b(?:at th(?:e|at) time|back then|in those days|(?:who|he|she|had) once)\b"
)
_LONG_BEFORE = 30  #: days from publication beyond which the day of an act is another one
_REACH = 10  #: tokens over which "former" reaches


def time_of(
    titled: TitledText, title: Title, reading: TitleReading, name: tuple[int, int] | None
) -> tuple[tuple[Modifier, ...], date | None]:
    """Return the modifiers, with `THEN` where the sentence speaks of the past, and the day."""
    day = _day_of(titled, title, name) if name else None
    holder = whole_name(titled.doc[title.core[1] - 1])
    past = _is_history(titled, title, name) or _is_recalled(holder)
    if (
        past
        or _acted_before(titled, reading, name, holder)
        or (day is None and _tells_of_past_days(titled, holder))
    ):
        return tuple(dict.fromkeys((*reading.modifiers, Modifier.THEN))), day
    return reading.modifiers, day


def _day_of(titled: TitledText, title: Title, name: tuple[int, int]) -> date | None:
    """Return the day on which the person is told to have acted, if it is long past or to come.

    Only a date that opens the sentence or follows the verb of which the person is the subject:
    "On 3 May 2023, Foreign Minister X said", "X said on 3 May 2023".
    """
    published = titled.article.published
    subjects = (whole_name(titled.doc[slice(*words)].root) for words in (name, title.core))
    verb = next(filter(None, map(verb_of, subjects)), None)
    if verb is None or published is None:
        return None
    sentence = verb.sent
    start = next((token.i for token in sentence if not token.is_space), sentence.start)
    for begin in (start, verb.i + 1):
        if begin + 1 < sentence.end and titled.doc[begin].lower_ == "on":
            rest = titled.doc[begin + 1 : sentence.end]
            when = next(find_dates_in(rest.text, published, forward=looks_ahead(verb)), None)
            if when is None or when.words[0] > 0 or when.earliest != when.latest:
                continue
            if when.earliest and abs((when.earliest - published).days) > _LONG_BEFORE:
                return when.earliest
    return None


def _tells_of_past_days(titled: TitledText, holder: Token) -> bool:
    """Return whether the sentence names a year past, or the clause another day long past."""
    published, sentence = titled.article.published, holder.sent
    if published is None:
        return False
    if any(int(year) < published.year for year in _YEAR.findall(sentence.text)):
        return True
    last, start = published - timedelta(days=_LONG_BEFORE), sentence.start_char
    ahead = (verb := verb_above(holder)) is not None and looks_ahead(verb)
    found = find_dates_in(sentence.text, published, forward=ahead)
    long_past = (when.words[0] for when in found if when.latest and when.latest < last)
    words = (tokens_at(titled.doc, (start + at, start + at + 1))[0] for at in long_past)
    return any(verb_above(word) == verb for word in words)


def _is_history(titled: TitledText, title: Title, name: tuple[int, int] | None) -> bool:
    """Return whether words beside the title, or of its sentence, tell of times gone by."""
    doc = titled.doc
    first = min(title.start - bool(title.determiner), name[0] if name else title.start)
    opened = doc[max(0, first - 1)].lower_ in word_set("opening_history")
    return opened or _follows_former(titled, title) or bool(_LONG_AGO.search(doc[first].sent.text))


def _is_recalled(holder: Token) -> bool:
    """Return whether the person is out of office by this very sentence, or only recalled in it.

    News goes on calling who is ousted or killed by the office that this event ended.
    """
    verb, above = verb_above(holder), holder.head
    what = above.head.lemma_.lower()
    since = [word for word in verb.children if word.lower_ == "since"] if verb else []
    return (
        (above.lower_ in ("of", "to") and what in word_set("history_nouns"))
        or (above.lower_ in ("after", "for") and what in word_set("naming"))
        or (above.lemma_.lower() in word_set("removing") and undergoes(holder))
        or any(not word.n_rights for word in since)  # "since X came", not "since Monday"
    )


def _acted_before(
    titled: TitledText, reading: TitleReading, name: tuple[int, int] | None, holder: Token
) -> bool:
    """Return whether the pluperfect tells of the person: "he had met X", "X had warned of it".

    Of what people did before, news tells in it too: only of a former holder is it history.
    """
    verb, words = verb_above(holder), titled.doc[slice(*name)].text if name else ""
    if verb is None or not is_pluperfect(verb):
        return False
    held = [t for each in reading.office_ids() for t in titled.reference.tenures(each)]
    known = not held or any(match_names(words, t.person.names).same for t in held)
    return known or verb_of(holder) is None


def _follows_former(titled: TitledText, title: Title) -> bool:
    """Return whether "former" before an earlier office may reach over to this one."""
    doc, i = titled.doc, title.start - 1
    if i < 1 or doc[i].lower_ != "and":
        return False
    while i > 0 and title.start - i < _REACH:
        if doc[i - 1].is_space or (doc[i - 1].is_punct and doc[i - 1].text not in HYPHENS):
            break
        i -= 1
    return any(is_former(token.text) for token in doc[i : title.start])
