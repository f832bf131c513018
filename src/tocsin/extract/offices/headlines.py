"""Headlines in capitals: where a name ends when the verb after it has a capital too.

"Russian President Putin Warns Europe", "Israeli Defense Minister Vows Revenge": no tagger can be
trusted there.  What is known decides: names of those who held the office, given names, and the
forms of English verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.extract.grammar.words import part_of_speech
from tocsin.extract.mentions.person_names import given_names
from tocsin.extract.offices.title_spans import HYPHENS, Title, TitledText
from tocsin.lexicons.letters import fold
from tocsin.lexicons.words import is_verb_form, verb_forms, word_set
from tocsin.models.parsed import Doc, Token, Words
from tocsin.reference.names import parse_name
from tocsin.reference.tenures import Person
from tocsin.reference.titles import TitleReading

#: Words of fewer letters ("to", "and") may be small in a headline.
_LETTERS = 4
#: No name has more words.
_LONGEST = 10
_CONTENT = frozenset(("verb", "noun", "adj", "adv"))
_QUOTES = frozenset('“"‘«:')


def find_predicate(
    titled: TitledText, title: Title, readings: Sequence[TitleReading]
) -> Iterator[int]:
    """Yield the words after `title` that are no name, where this is a headline in capitals.

    A headline may run on into a sentence; then only an ending tells a verb ("Vows"), and only at
    once or after the name of a holder: some are called "Zbig Rogers".
    """
    doc, start = titled.doc, title.end
    capitals = _is_in_capitals(doc, title)
    signs = (t.i for t in doc[start:] if (t.is_punct and t.text not in HYPHENS))
    last = min(next(signs, len(doc)), start + _LONGEST)
    if not capitals:
        last = next((i for i in range(start, last) if not doc[i].text[0].isupper()), last)
        if last < start + 2 or not any(map(_has_ending, doc[start:last])):
            return
    for stop in range(start + 1, last + 1):
        holder = _holder(titled, readings, doc[start:stop].text)
        if holder is not None:
            end = _end_of_known(doc, stop, last, holder)
            yield from range(end, last) if capitals or _has_ending(doc[end : end + 1]) else ()
            return
    ends = (i for i in range(start, last) if _ends_name(doc, i, start, title.plural))
    end = next(ends, last)
    yield from range(end, last) if capitals or end == start else ()


def _has_ending(word: Token | Words) -> bool:
    """Return whether a word has an ending of English verbs ("Vows", "Accused")."""
    form = fold(word.text)
    return is_verb_form(form) and form not in verb_forms() and form not in given_names()


def _is_in_capitals(doc: Doc, title: Title) -> bool:
    """Return whether all longer words of the title's sentence, up to a quotation, have capitals."""
    sentence = doc[title.core[0]].sent
    marks = (t.i for t in doc[title.end : sentence.end] if t.text in _QUOTES)
    words = doc[sentence.start : next(marks, sentence.end)]
    return not any(
        token.text[0].islower() and len(token) >= _LETTERS and part_of_speech(token) in _CONTENT
        for token in words
    )


def _holder(titled: TitledText, readings: Sequence[TitleReading], words: str) -> Person | None:
    """Return who of that name held, at any time, one of the offices that the title means."""
    ids = {office for reading in readings for office in reading.office_ids()}
    kinds = {kind for reading in readings for kind in reading.kinds}
    known = (each for each in titled.reference.find_person(words) if each.match.same)
    held = ((each.person, tenure.office) for each in known for tenure in each.tenures)
    meant = (p for p, office in held if (office in ids if ids else office.split(":")[1] in kinds))
    return next(meant, None)


def _end_of_known(doc: Doc, stop: int, end: int, person: Person) -> int:
    """Return where the name of `person`, known by its words up to `stop`, ends."""
    known = {word for form in person.names for word in parse_name(form).words}
    known |= word_set("name_suffixes")
    while stop < end and (
        not doc[stop].text[0].isupper() or known.issuperset(parse_name(doc[stop].text).words)
    ):
        stop += 1
    return stop


def _ends_name(doc: Doc, i: int, start: int, plural: bool) -> bool:
    """Return whether the word `i` is no part of the name that begins at `start`."""
    word = fold(doc[i].text)
    if i == start + 1 and fold(doc[start].text) in given_names():
        return False
    if word in given_names():
        return plural and i == start and word in verb_forms()
    return word in word_set("headline_words") or is_verb_form(word)
