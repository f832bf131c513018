"""Office claims: where an article says that someone holds an office, and whose office it is.

Four patterns of English news are read, after the titles in the text have been found:

- the title before the name: "South Korean President Moon Jae-in", "the defence minister, X,";
- the title after it: "X, Ukraine's Defense Minister,", "X (President of Ukraine)";
- the copula: "X, who is Russia's foreign minister,", "X was president";
- the office alone: "North Korea's Foreign Minister".

Then it is read who is called the counterpart of one of them: "his German counterpart, X,".

"X was named defence minister" is an event, not a claim that X holds the office, and "the president"
alone refers to someone whom the article names elsewhere: neither is a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.extract.grammar.words import is_verb
from tocsin.extract.mentions.person_names import name_after
from tocsin.extract.offices.own_titles import read_own_title
from tocsin.extract.offices.title_bearers import Bearer, bearers_of, stands_alone
from tocsin.extract.offices.title_contexts import country_mentions, country_of_office, located
from tocsin.extract.offices.title_spans import POSSESSIVES, Title, TitledText, find_titles
from tocsin.extract.offices.title_times import time_of
from tocsin.keys import claim_key
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Words
from tocsin.models.reading import Reading
from tocsin.records import Absence, Article, OfficeClaim, Span
from tocsin.reference.countries import load_countries
from tocsin.reference.offices import Reference, load_reference
from tocsin.reference.title_lexicon import is_modifier
from tocsin.reference.titles import TitleReading, read_titles

_LONGEST_COUNTRY = 4  #: tokens
_BRACKETS = re.compile(r"[()\[\]]")
_HEADS = ("head_of_state", "head_of_government")


def find_office_claims(
    reading: Reading, article: Article, reference: Reference | None = None
) -> Iterator[OfficeClaim]:
    """Yield the office claims of an article in the order of the text.

    Args:
        reading: the article as the models read it.
        article: the article.
        reference: helps to find the country of "Prime Minister Keir Starmer"; the shipped one
            when not given.  It never decides whether a claim is true.
    """
    doc = reading.doc
    known = reference or load_reference()
    titled = TitledText(
        doc, article, known, country_mentions(doc), *find_titles(doc, known.own_titles)
    )
    claims = _without_ranks([c for title in titled.titles for c in _claims_of(titled, title)])
    claims = _as_introduced(claims, article.text_id)
    claims += _counterparts(titled, claims)
    seen: set[str] = set()
    for claim in sorted(claims, key=lambda c: (c.words, c.office_words)):
        if claim.id not in seen:
            seen.add(claim.id)
            yield claim


def _without_ranks(claims: list[OfficeClaim]) -> list[OfficeClaim]:
    """Leave out a bare rank or form of address where the person's office is given as well.

    "Commander X, the Pentagon's press secretary": a commander of nothing is no office.
    """
    known = {claim.name_words for claim in claims if claim.offices and " " in claim.office}
    return [
        claim
        for claim in claims
        if claim.absence is not Absence.OFFICE_NOT_SPECIFIC
        or " " in claim.office
        or claim.name_words not in known
    ]


def _as_introduced(claims: list[OfficeClaim], text_id: str) -> list[OfficeClaim]:
    """Give a bare title the country, and the past, with which the article introduced the person.

    After "In 1944, US President Franklin Roosevelt", "President Roosevelt" is no French one.
    """
    whole = [c for c in claims if c.name and c.country and c.country_because is None and c.offices]
    found = []
    for claim in claims:
        earlier = [c for c in whole if c.words < claim.words and _names_again(claim, c)]
        if earlier and (claim.country_because or not claim.country):
            claim = replace(
                claim,
                id=claim_key(
                    text_id, claim.words, claim.office, earlier[-1].offices, claim.name_words
                ),
                country=earlier[-1].country,
                country_because=f"the article calls the person “{earlier[-1].office}” before",
                offices=earlier[-1].offices,
                modifiers=tuple(dict.fromkeys((*claim.modifiers, *earlier[-1].modifiers))),
                absence=claim.absence if claim.absence is not Absence.NO_COUNTRY else None,
            )
        found.append(claim)
    return found


def _names_again(claim: OfficeClaim, earlier: OfficeClaim) -> bool:
    """Return whether a claim gives a person named before the last words of the same title."""
    names = (claim.name or "").split(), (earlier.name or "").split()
    again = bool(names[0]) and names[1][-len(names[0]) :] == names[0]
    return again and earlier.office.casefold().endswith(claim.office.casefold())


def _claims_of(titled: TitledText, title: Title) -> Iterator[OfficeClaim]:
    text = titled.doc[title.start : title.end].text
    own = read_own_title(titled, title)
    readings = (own,) if own else read_titles(text, countries=load_countries())
    if not readings:
        return
    names = bearers_of(titled, title, readings)
    if names:
        yield from _named_claims(titled, title, readings, names)
    elif not title.plural and stands_alone(titled, title, readings[0]):
        yield _make_claim(titled, title, readings[0], None)


def _named_claims(
    titled: TitledText, title: Title, readings: tuple[TitleReading, ...], names: list[Bearer]
) -> Iterator[OfficeClaim]:
    """Pair offices and names: one name holds all offices; several names share or split them."""
    if len(names) == 1:
        pairs = [(reading, names[0]) for reading in readings]
        if len({r.country for r in readings}) > 1:
            pairs = pairs[:1] if readings[0].kinds != readings[1].kinds else []
    elif len(readings) == len(names):
        pairs = list(zip(readings, names, strict=True))
    elif len(readings) == 1:
        pairs = [(readings[0], name) for name in names]
    else:
        pairs = []
    for reading, (start, end, told) in pairs:
        if told:
            modifiers = tuple(dict.fromkeys((*reading.modifiers, told)))
            reading = replace(reading, modifiers=modifiers)
        yield _make_claim(titled, title, reading, (start, end))


def _make_claim(
    titled: TitledText, title: Title, reading: TitleReading, name: tuple[int, int] | None
) -> OfficeClaim:
    office = titled.doc[title.start : title.end]
    person = titled.doc[name[0] : name[1]] if name else None
    modifiers, day = time_of(titled, title, reading, name)
    reading, because = located(titled, title, reading, name)
    offices = reading.office_ids()
    country = reading.country
    if reading.office and not offices and reading.words.lower() not in word_set("royal"):
        country, because = country_of_office(titled, title, reading, name)
    name_words = (person.start_char, person.end_char) if person else None
    return replace(
        _bare_claim(titled.article, office, person, offices, name_words),
        modifiers=modifiers,
        country=country,
        country_because=because,
        day=day,
        absence=_absence(title, reading, offices),
    )


def _bare_claim(
    article: Article,
    office: Words,
    person: Words | None,
    offices: tuple[str, ...],
    *key: Span | None,
) -> OfficeClaim:
    """Return the claim to `office` by its words alone; `key` is what of the name is in its id."""
    spans = [(each.start_char, each.end_char) for each in (office, person) if each is not None]
    words = min(start for start, _ in spans), max(end for _, end in spans)
    return OfficeClaim(
        id=claim_key(article.text_id, words, office.text, offices, *key),
        words=words,
        office=office.text,
        office_words=spans[0],
        name=" ".join(_BRACKETS.sub("", person.text).split()) if person is not None else None,
        name_words=spans[1] if person is not None else None,
        offices=offices,
    )


def _absence(title: Title, reading: TitleReading, offices: tuple[str, ...]) -> Absence | None:
    if not reading.office:
        return Absence.UNKNOWN_OFFICE
    if not reading.kinds or not reading.specific or title.owner:
        return Absence.OFFICE_NOT_SPECIFIC
    if not offices:
        return Absence.NO_COUNTRY
    of_any = reading.inferred and reading.words.islower() and " " not in reading.words
    if of_any or title.determiner in word_set("determiners_not_the"):
        return Absence.OFFICE_NOT_SPECIFIC  # "a minister"; "the speaker, X": not of the US House
    return None


# --------------------------------------------------------------------------- counterparts


def _counterparts(titled: TitledText, claims: Sequence[OfficeClaim]) -> Iterator[OfficeClaim]:
    """Yield a claim for each named counterpart of somebody whose office is among `claims`.

    The office is that of the person whose counterpart it is, as far as the article gave it before.
    Ministries are cut differently from country to country, and a head of state may meet a head of
    government, so these claims contradict nobody.
    """
    doc = titled.doc
    for token in doc:
        if token.lower_ != "counterpart":
            continue
        near = (each for each in titled.mentions if token.i - _LONGEST_COUNTRY <= each[0] < token.i)
        place = next((m for m in near if _is_one_phrase(doc[m[0] : token.i])), None)
        name = _name_at(doc, token.i + 1)
        if place is None or name is None or (place[0] and is_modifier(doc[place[0] - 1].text)):
            continue
        other = _whose(doc, place[0], claims)
        office = doc[place[0] : token.i + 1]
        if other is not None:
            yield _counterpart(titled.article, office, doc[slice(*name)], place[1], other)


def _is_one_phrase(words: Words) -> bool:
    """Return whether the words are a country's alone: "South Korean", "Germany's"."""
    return all(word.text[0].isupper() or word.text in POSSESSIVES for word in words)


def _name_at(doc: Doc, start: int) -> tuple[int, int] | None:
    """Return the name that follows at once, or after a comma and before another mark."""
    apart = start < len(doc) and doc[start].text == ","
    name = name_after(doc, start + apart, frozenset())
    if name is None or name[0] != start + apart:
        return None
    closed = name[1] >= len(doc) or doc[name[1]].is_punct or is_verb(doc[name[1]])
    return name if closed or not apart else None


def _whose(doc: Doc, before: int, claims: Sequence[OfficeClaim]) -> OfficeClaim | None:
    """Return the claim about the person named last in the sentence, with or without a title."""
    sentence, at = doc[before].sent, doc[before].idx
    words = {token.text for token in doc[sentence.start : before]}
    told = [claim for claim in claims if claim.name and claim.offices and claim.words[0] < at]
    here = [claim for claim in told if claim.words[0] >= sentence.start_char]
    again = [claim for claim in told if (claim.name or "").split()[-1] in words]
    return next(reversed(here or again), None)


def _counterpart(
    article: Article, office: Words, person: Words, country: str, other: OfficeClaim
) -> OfficeClaim:
    kinds = [each.partition(":")[2] for each in other.offices]
    if set(kinds) & set(_HEADS):
        kinds += _HEADS  # a prime minister's counterpart may be a president
    offices = tuple(dict.fromkeys(f"{country}:{kind}" for kind in kinds))
    claim = _bare_claim(article, office, person, offices)
    return replace(claim, country=country, absence=Absence.OFFICE_NOT_SPECIFIC)
