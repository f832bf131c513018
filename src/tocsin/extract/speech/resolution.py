"""Speakers: from the words for one to the person or body of the article they stand for."""

from __future__ import annotations

import re
from bisect import insort_left
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import char_span, children, text_of, tokens_at
from tocsin.extract.mentions.actors import ActorReading, actor_of
from tocsin.extract.mentions.people import Mention, NamedPerson, People, name_fits
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.records import Absence, Actor, Naming, Span
from tocsin.reference.countries import load_countries

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_HE, _SHE = frozenset(("he", "his", "him", "himself")), frozenset(("she", "her", "hers", "herself"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_OWN = word_set("first_person")
#: Path from a name to the head of the phrase that names a person.
_NAME_PATH = frozenset(
    ("compound", "appos", "amod", "nmod", "flat", "npadvmod", "det", "punct", "dep")
)  # fmt: skip
_ANONYMOUS = re.compile(r"familiar with|briefed on|close to|condition of anonymity|not to be named")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What speaker words stand for; `absence` says why nobody, when `actor` is None."""

    actor: Actor | None
    naming: Naming
    absence: Absence | None = None


@dataclass(slots=True)
class Speakers:
    """Who has spoken so far in the article, in the order of the text."""

    people: People
    speakers: list[tuple[int, Actor, Naming]] = field(default_factory=list)

    def note(self, at: int, resolution: Resolution) -> None:
        """Remember a speaker for the pronouns to come."""
        if resolution.actor is not None:
            heard = (at, resolution.actor, resolution.naming)
            insort_left(self.speakers, heard, key=lambda speaker: speaker[0])

    def last(self, before: int, kinds: Collection[str]) -> tuple[int, Actor, Naming] | None:
        """Return the last speaker of one of `kinds` before the character `before`."""
        latest_first = reversed(self.speakers)
        return next((s for s in latest_first if s[0] < before and s[1].kind in kinds), None)


def resolve_speaker(doc: Doc, words: Span | None, heard: Speakers) -> Resolution:
    """Resolve the speaker `words` within the article, with a sentence why, or a reason why not."""
    if words is None:
        return _nobody(Absence.NO_SPEAKER_WORDS)
    span = tokens_at(doc, words)
    head = span.root
    if head.lower_ in _RELATIVE and len(span) == 1:
        return _of_antecedent(doc, head, words, heard)
    if _is_pronoun(head):
        return _of_pronoun(doc, head, words, heard)
    if words in heard.people.ambiguous:
        return _nobody(Absence.AMBIGUOUS_SURNAME, Naming.NAMED)
    person = _person_named(doc, span, heard.people)
    if person is not None:
        return _of_person(doc, span, words, person, "named by these words")
    return _of_description(doc, span, words, heard)


def _nobody(absence: Absence, naming: Naming = Naming.ANONYMOUS) -> Resolution:
    return Resolution(actor=None, naming=naming, absence=absence)


@cache
def _speaker_nouns() -> dict[tuple[str, str], Naming]:
    rows = read_rows("lexicons/speaker_nouns.tsv", "noun number naming")
    return {(noun, number): Naming(naming) for noun, number, naming in rows}


def noun_naming(noun: str, *, plural: bool) -> Naming | None:
    """Return how far a speaker who is only called `noun` can be identified; None if not listed."""
    nouns = _speaker_nouns()
    found = (nouns.get((noun, "plural")) if plural else None) or nouns.get((noun, "any"))
    return Naming.COLLECTIVE if plural and found is Naming.OFFICE else found


# ------------------------------------------------------------------------------ persons


def _person_named(doc: Doc, span: Words, people: People) -> NamedPerson | None:
    """The person whose name heads the phrase, or stands beside its head in apposition."""
    for person, words in people.named_within(span.start_char, span.end_char):
        if words[1] <= span.end_char and _names_head(tokens_at(doc, words), span):
            return person
    return None


def _names_head(name: Words, span: Words) -> bool:
    token = name.root
    for _ in range(6):
        if token.i == span.root.i:
            return True
        if token.dep_ not in _NAME_PATH or not span.start <= token.head.i < span.end:
            return False
        if token.dep_ == "compound" and not _is_title_like(token.head, name):
            return False
        token = token.head
    return False


def _is_title_like(head: Token, name: Words) -> bool:
    """`Trump campaign` is no person, `Moon Jae-in` split in two is one."""
    return head.i <= name.end and head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", "")


def _of_person(
    doc: Doc, span: Words | None, words: Span, person: NamedPerson, because: str
) -> Resolution:
    if person.office is None and span is not None:
        person.office_words = _capacity(doc, span, person)
        if person.office_words is not None:
            person.office = text_of(doc)[slice(*person.office_words)]
    reading = actor_of(doc, span) if span is not None else None
    if reading is not None and person.sector is None:
        person.sector, person.country = reading.sector, person.country or reading.country
    country = load_countries().plover_country(person.country) if person.country else None
    actor = Actor(
        name=person.name,
        words=words,
        kind="person",
        office=person.office,
        office_words=person.office_words,
        country=country,
        sector=person.sector,
        because=f"“{text_of(doc)[slice(*words)][:80]}”: {because}",
    )
    return Resolution(actor=actor, naming=Naming.NAMED)


def _capacity(doc: Doc, span: Words, person: NamedPerson) -> Span | None:
    """The title before the name or the apposition after it, when no office claim tells."""
    for mention in person.named_within(span.start_char, span.end_char):
        name = tokens_at(doc, mention.words)
        if not (span.start <= name.start and name.end <= span.end):
            continue
        for token in (name.root, *name.root.children):
            for child in children(token, "appos"):
                if child.i >= name.end and child.pos_ in ("NOUN", "PROPN"):
                    return _trimmed(doc, child.left_edge.i, min(child.right_edge.i + 1, span.end))
        before = {t.lower_.strip(".") for t in doc[span.start : name.start] if t.is_alpha}
        if before - word_set("honorifics_in_text"):
            return _trimmed(doc, span.start, name.start)
    return None


def _trimmed(doc: Doc, start: int, end: int) -> Span | None:
    while start < end and (doc[start].is_punct or doc[start].pos_ == "DET"):
        start += 1
    while start < end and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return char_span(doc, (start, end)) if start < end else None


# ------------------------------------------------------------------------------ pronouns


def _is_pronoun(token: Token) -> bool:
    return token.lower_ in _HE | _SHE | word_set("plural_pronouns") | word_set("it_forms") | _OWN


def _of_pronoun(doc: Doc, head: Token, words: Span, heard: Speakers) -> Resolution:
    pronoun = head.lower_
    if pronoun in _HE or pronoun in _SHE:
        return _of_he_or_she(doc, head, words, heard, female=pronoun in _SHE)
    if pronoun in _OWN:
        last = heard.last(words[0], ("person", "body", "office", "country", "collective"))
    elif pronoun in word_set("plural_pronouns"):
        last = _last_of_them(doc, words, heard)
    else:
        last = heard.last(words[0], ("body", "country", "group"))
    if last is None:
        return _nobody(Absence.AMBIGUOUS_PRONOUN)
    return _same_as(last, words, f"“{head.text}”: who spoke last before it")


def _last_of_them(doc: Doc, words: Span, heard: Speakers) -> tuple[int, Actor, Naming] | None:
    """People before bodies in the same paragraph; else whoever of both spoke last."""
    paragraph = text_of(doc).rfind("\n", 0, words[0]) + 1
    people = heard.last(words[0], ("collective",))
    if people is not None and people[0] >= paragraph:
        return people
    return heard.last(words[0], ("collective", "group", "body", "country"))


def _same_as(last: tuple[int, Actor, Naming], words: Span, because: str) -> Resolution:
    return Resolution(actor=replace(last[1], words=words, because=because), naming=last[2])


def _of_he_or_she(
    doc: Doc, head: Token, words: Span, heard: Speakers, *, female: bool
) -> Resolution:
    """The last speaker in the paragraph, else the last person named who can be meant."""
    at = words[0]
    paragraph = text_of(doc).rfind("\n", 0, at) + 1
    last = heard.last(at, ("person", "office"))
    people = heard.people
    fitting = [p for p in people.everyone if _can_be(p, female)]
    since = people.named_within(last[0] + 1, at) if last is not None else ()
    if last is not None and (last[0] >= paragraph or not any(_can_be(p, female) for p, _ in since)):
        known = next((p for p in fitting if p.name == last[1].name), None)
        if known is not None or last[1].kind == "office":
            return _same_as(last, words, f"“{head.text}”: who spoke last before it")
    person = _subject_before(doc, head, people, female) or _last_named(fitting, at)
    if person is None:
        return _nobody(Absence.AMBIGUOUS_PRONOUN)
    because = f"the last person named before it who can be “{head.text}”"
    return _of_person(doc, None, words, person, because)


def _can_be(person: NamedPerson, female: bool) -> bool:
    return person.female is None or person.female == female


def _subject_before(doc: Doc, head: Token, people: People, female: bool) -> NamedPerson | None:
    """A person who is the subject of this sentence before the pronoun, or of the one before."""
    sentences = [head.sent]
    if head.sent.start > 0:
        sentences.append(doc[head.sent.start - 1].sent)
    for sentence in sentences:
        for token in sentence:
            if token.i >= head.i or token.dep_ not in ("nsubj", "nsubjpass"):
                continue
            for person, words in people.named_within(token.left_edge.idx, token.idx + 1):
                if token.idx < words[1] and _can_be(person, female):
                    return person
    return None


def _last_named(fitting: list[NamedPerson], at: int) -> NamedPerson | None:
    """The one of these people who was named last; of several in the same words the last listed."""
    named = [(m.words[0], n) for n, p in enumerate(fitting) if (m := p.last_before(at))]
    return fitting[max(named)[1]] if named else None


def _of_antecedent(doc: Doc, head: Token, words: Span, heard: Speakers) -> Resolution:
    """`who`, `which`: the noun that the relative clause belongs to."""
    above = islice((head, *head.ancestors), 6)
    noun = next((token.head for token in above if token.dep_ == "relcl"), None)
    if noun is None:
        return _nobody(Absence.NOT_RESOLVED)
    phrase = (noun.left_edge.idx, noun.idx + len(noun))
    found = resolve_speaker(doc, phrase, heard)
    if found.actor is None:
        return found
    because = f"“{head.text}” stands for “{text_of(doc)[slice(*phrase)][:60]}”"
    return _same_as((0, found.actor, found.naming), words, because)


# ------------------------------------------------------------------------------ descriptions


def _of_description(doc: Doc, span: Words, words: Span, heard: Speakers) -> Resolution:
    """A body, an office without a name, a group, or someone unnamed."""
    head = span.root
    text = text_of(doc)[slice(*words)]
    if span[0].lower_ in ("the", "this", "that") and head.tag_ in ("NN", "NNP", "JJ", "CD"):
        known = _described_before(doc, span, heard)
        if known is not None:
            return known
    core = _core(doc, span)
    phrase = _without_article(text_of(doc)[slice(*core)])
    reading = actor_of(doc, span)
    naming, kind = _naming_of(span, head, text, reading)
    if naming is Naming.NAMED:
        return _of_new_name(doc, span, words, heard)
    body = reading is not None and naming is Naming.INSTITUTION and _is_named(reading, span)
    actor = Actor(
        name=reading.name if reading is not None and body else phrase,
        words=words,
        kind=kind,
        office=phrase if naming is Naming.OFFICE else None,
        office_words=core if naming is Naming.OFFICE else None,
        country=reading.country if reading else None,
        sector=reading.sector if reading else None,
        because=f"“{text[:80]}”: taken as {_NAMED_AS[naming][1]}",
    )
    return Resolution(actor=actor, naming=naming)


def _of_new_name(doc: Doc, span: Words, words: Span, heard: Speakers) -> Resolution:
    """A name that the pipeline did not mark: someone known by a fuller one, or someone new."""
    start = span.root.i
    while start > span.start and doc[start - 1].pos_ == "PROPN":
        start -= 1
    name = doc[start : span.root.i + 1].text
    known = [p for p in heard.people.everyone if name_fits(name, p.name)]
    if len(known) == 1:
        return _of_person(doc, None, words, known[0], "a short form of that name")
    mention = Mention((doc[start].idx, span.root.idx + len(span.root)), name)
    return _of_person(doc, span, words, NamedPerson(name, [mention]), "read as a name")


_BODIES = frozenset(("body", "country", "group"))


def _is_named(reading: ActorReading, span: Words) -> bool:
    """Tell a body that the words name from one they only describe or that owns it.

    "The Kremlin" is named; "Euracare Hospital" is read from "hospital", and "the US Weather
    Centre" from "US": their names are their words.
    """
    if reading.kind == "country":
        return bool(load_countries().any_country(span.text))
    return reading.kind in _BODIES and reading.name.lower() != span.root.lower_


def _naming_of(
    span: Words, head: Token, text: str, reading: ActorReading | None
) -> tuple[Naming, str]:
    if "year-old" in text.lower() and head.pos_ != "PROPN":
        return Naming.ANONYMOUS, "person"
    if _ANONYMOUS.search(text.lower()):
        return Naming.ANONYMOUS, "collective" if head.tag_ == "NNS" else "person"
    plural = head.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in head.children)
    nouns = (head.lemma_.lower(), head.lower_)
    naming = next(filter(None, (noun_naming(noun, plural=plural) for noun in nouns)), None)
    if naming is not None and (head.pos_ != "PROPN" or naming is not Naming.COLLECTIVE):
        several = plural and naming is not Naming.INSTITUTION
        return naming, "collective" if several else _NAMED_AS[naming][0]
    if reading is not None and reading.kind in _BODIES:
        return Naming.INSTITUTION, reading.kind if _is_named(reading, span) else "body"
    if head.pos_ == "PROPN" or head.ent_type_:
        return _of_proper_name(span, head)
    if plural or head.tag_ in ("JJ", "DT", "CD") or head.pos_ == "PRON":
        return Naming.COLLECTIVE, "collective"
    return Naming.ANONYMOUS, "person"


#: The kind of one speaker who is so named, and the words for it.
_NAMED_AS = {
    Naming.NAMED: ("person", "a name"),
    Naming.OFFICE: ("office", "the holder of an office who is not named"),
    Naming.INSTITUTION: ("body", "a body"),
    Naming.COLLECTIVE: ("collective", "a group of people"),
    Naming.ANONYMOUS: ("person", "someone who is not named"),
}


def _of_proper_name(span: Words, head: Token) -> tuple[Naming, str]:
    if head.ent_type_ == "NORP" or head.tag_ == "NNPS":
        return Naming.COLLECTIVE, "collective"
    of_country = any(load_countries().any_country(words) for words in (span.text, head.text))
    if not of_country and head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", ""):
        return Naming.NAMED, "person"
    return Naming.INSTITUTION, "body"


def _described_before(doc: Doc, span: Words, heard: Speakers) -> Resolution | None:
    """`the minister`, `the 52-year-old`: the last person so described, if the words add nothing."""
    at = span.start_char
    own = [t for t in span if t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")]
    if "year" in span.text and "old" in span.text:
        last = heard.last(at, ("person",))
        because = f"“{span.text}”: the person who spoke last"
        return _same_as(last, (at, span.end_char), because) if last else None
    if len(own) > 2:
        return None
    noun = span.root.lower_
    named = [
        (mention.words[0], person)
        for person in heard.people.everyone
        if (mention := person.last_before(at)) is not None
        and noun in (person.office or "").lower().replace("-", " ").split()
    ]
    if not named:
        return None
    person = max(named, key=lambda pair: pair[0])[1]
    return _of_person(doc, None, (at, span.end_char), person, f"the last person named as {noun}")


def _core(doc: Doc, span: Words) -> Span:
    """The phrase without a relative clause and what follows it."""
    clauses = (c.left_edge.i for c in children(span.root, "relcl", "acl"))
    end = min([span.end, *(first for first in clauses if first > span.root.i)])
    return _trimmed(doc, span.start, end) or (span.start_char, span.end_char)


def _without_article(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else phrase
