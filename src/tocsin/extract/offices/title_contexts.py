"""Countries of titles whose words name none: what the reference and the text suggest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from tocsin.extract.mentions.actors import country_listed, lexicon_of
from tocsin.extract.mentions.capacities import US_PARTY
from tocsin.extract.offices.title_spans import (
    ANY_BODY,
    HYPHENS,
    Title,
    TitledText,
    country_at,
    start_of_owner,
)
from tocsin.lexicons.outlets import is_outlet
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Words, names_of, text_of
from tocsin.reference.countries import load_countries, one_country
from tocsin.reference.titles import TitleReading, kinds_in, read_in_country
from tocsin.reference.towns import country_of_town

_EXACT = 0.99  #: the score of a name as known
_LEADING = 3  #: how much more often than any other a country must be named to be the article's
_PARTY_WORDS = 4
_PLACES = ("GPE", "LOC")  #: labels of names


def located(
    titled: TitledText, title: Title, reading: TitleReading, name: tuple[int, int] | None
) -> tuple[TitleReading, str | None]:
    """Return the reading with its country, and why, where the title itself does not name it."""
    if not reading.kinds or ((reading.country or reading.candidates) and not reading.inferred):
        return reading, None
    after = _place_after(titled.doc, name)
    if (own := dict(titled.mentions).get(after)) and country_at(titled.doc, after):
        return read_in_country(reading, own), None  # "Presidents X of Chad and Y of Mali"
    words = titled.doc[slice(*name)].text if name else ""
    if name and (listed := country_listed(titled.doc[slice(*name)])):
        return read_in_country(reading, listed), f"a list of the user's gives {words} this country"
    known = _countries_of_holder(titled, words, reading) if words else ()
    if known:
        return _known_holder(titled, reading, words, known)
    if reading.inferred:
        return reading, reading.because
    if title.owner or reading.words.lower() in word_set("royal"):
        return reading, None
    leading, why = _leading_country(titled, reading, title.start)
    meant = kinds_in(reading.words, leading) if leading else frozenset()
    if leading is None or not meant or not word_set("national_offices").issuperset(meant):
        return reading, None
    return read_in_country(reading, leading), why


def _known_holder(
    titled: TitledText, reading: TitleReading, name: str, known: tuple[str, ...]
) -> tuple[TitleReading, str | None]:
    """Return the reading for somebody whom the reference has in such an office of `known`."""
    if reading.country in known:
        return reading, reading.because
    if len(known) == 1:
        because = f"the reference knows {name} in this office of {_named(known[0])} only"
        located = read_in_country(reading, known[0])
        national = word_set("national_offices").issuperset(located.kinds)
        return replace(located, specific=located.specific and national), because
    named = {code for _, code in titled.mentions}
    likely = [code for code in known if code in named]
    if len(likely) == 1:
        because = f"the article speaks of {_named(likely[0])}, where the reference knows {name}"
        return read_in_country(reading, likely[0]), because
    return replace(reading, candidates=known), "the reference knows the name in several"


def country_of_office(
    titled: TitledText, title: Title, reading: TitleReading, name: tuple[int, int] | None
) -> tuple[str | None, str | None]:
    """Return the country of an office that is not judged, and why: a judge's, a senator's.

    A place, state or body in the title or owning it tells it ("Paris mayor", "the White House's
    border tsar"), a US party in it or after the name ("R-Ky."), what else the reference knows of
    the person, or the one country of which the article speaks far more than of all others.
    """
    return next(_told_countries(titled, title, reading, name), (None, None))


def _told_countries(
    titled: TitledText, title: Title, reading: TitleReading, name: tuple[int, int] | None
) -> Iterator[tuple[str, str]]:
    doc, (begin, end) = titled.doc, name or (title.end, title.end)
    sent = doc[title.core[1] : title.end][:1].text == "to"  # "envoy to Greenland" is not of it
    own = range(start_of_owner(doc, title.start), title.core[1] if sent else title.end)
    after = _place_after(doc, name)
    for i, code in (*titled.mentions, *_towns_in(doc)):
        if i in own or i == after:
            yield code, "it is where the title says"
    party = word_set("us_parties").intersection(t.lower_ for t in doc[title.start : end])
    if party or US_PARTY.match(doc[end : end + _PARTY_WORDS].text):
        yield "USA", "a party of it stands beside the name"
    for words in (doc[begin:end], doc[own.start : title.start - 1]):  # "Trump's envoy"
        hits = titled.reference.find_person(words.text) if words else ()
        held = (t.office for hit in hits if hit.match.score > 0.9 for t in hit.tenures)
        if len(known := {office.split(":")[0] for office in held}) == 1:
            yield known.pop(), "the reference knows the name in offices of it only"
    yield from (
        (code, "a body of it stands in the title") for code in _of_bodies(doc[own.start : own.stop])
    )
    if leading := _of_which_it_speaks(titled, reading):
        yield leading, "the article speaks of it far more than of all others"


def _place_after(doc: Doc, name: tuple[int, int] | None) -> int:
    """Return where the place stands that follows a name, -1 if none: "Gov. X of *Texas*"."""
    return name[1] + 1 if name and doc[name[1] : name[1] + 1].text == "of" else -1


def _of_bodies(words: Words) -> Iterator[str]:
    """Yield the country of each body of one state that is named in a title."""
    owned = any(word.lower_ in ANY_BODY for word in words)  # "of the country's Congress"
    for found in () if owned else lexicon_of(words.doc).find_names(words.text):
        name = words.text[slice(*found.words)]
        for meaning in found.meanings if len(found.meanings) == 1 else ():
            state = load_countries().by_code.keys() & meaning.entry.countries
            sure = meaning.usual or not name.isupper()
            if meaning.entry.kind in ("body", "group") and sure and not is_outlet(name):
                yield from state


def _of_which_it_speaks(titled: TitledText, reading: TitleReading) -> str | None:
    """Return the country of such an office that is named, itself or by towns, far the most."""
    towns, only = _towns_in(titled.doc), reading.only
    for places in ((*titled.mentions, *towns), towns):
        fitting = [code for _, code in places if code in only or not only]
        fitting = [code for code in fitting if not reading.kinds or kinds_in(reading.words, code)]
        (most, times), (_, second) = (*Counter(fitting).most_common(2), ("", 0), ("", 0))[:2]
        if times > (not only) and times >= _LEADING * second:
            return most
    return None


@lru_cache(maxsize=4)
def _towns_in(doc: Doc) -> tuple[tuple[int, str], ...]:
    """Return where each town is named, and its country."""
    places = (name for name in names_of(doc) if name.label_ in _PLACES)
    names = (name for name in places if not one_country(name.text))
    return tuple((name.start, code) for name in names if (code := country_of_town(name.text)))


def _countries_of_holder(titled: TitledText, name: str, reading: TitleReading) -> tuple[str, ...]:
    """Return the countries in which the reference knows `name` in one of the kinds of office.

    Who bears exactly this name goes before all others.  Where there are several countries, those
    count in which the office was held on the article's day; and a near name counts only where its
    bearer did.  The monarch of many realms is that of the first.
    """
    day = titled.article.published
    ever: list[str] = []
    now: list[str] = []
    near: list[str] = []
    best = 0.0
    for known in titled.reference.find_person(name):
        if (ever or now) and known.match.score < _EXACT <= best:
            break
        for tenure in known.tenures:
            country, kind, *_ = tenure.office.split(":")
            meant = kind in kinds_in(reading.words, country)
            if not meant or load_countries().is_territory(country):
                continue
            best = known.match.score
            holding = day is not None and tenure.may_cover(day)
            if known.match.same:
                ever.append(country)
            if holding:
                (now if known.match.same else near).append(country)
    found = tuple(dict.fromkeys(now or ever or near))
    return tuple(code for code in found if code not in word_set("realms")) or found


def _named(code: str) -> str:
    return load_countries().name_of(code)


def country_mentions(doc: Doc) -> tuple[tuple[int, str], ...]:
    """Return where each country is named: by name, adjective, capital, metonym or region."""
    found: list[tuple[int, str]] = []
    text, ends = text_of(doc), [token.idx + len(token) for token in doc]
    end = 0
    for i, token in enumerate(doc):
        if i < end or not token.text[0].isupper():
            continue
        for stop in range(min(len(ends), i + 4), i, -1):
            code = one_country(text[token.idx : ends[stop - 1]])
            if code is not None:
                tied = stop < len(doc) and doc[stop].text in HYPHENS  # "US-backed"
                if tied or (i and doc[i - 1].text in HYPHENS):
                    break
                found.append((i, code))
                end = stop
                break
    return tuple(found)


def _leading_country(
    titled: TitledText, reading: TitleReading, position: int
) -> tuple[str | None, str | None]:
    """Return the country that the text around suggests, and why.

    The country of the dateline, else the one of which the article speaks most, else the one named
    last before the title; only countries in which the reference knows such an office.
    """
    tail = f":{reading.detail}" if reading.detail else ""
    known = [
        (i, code)
        for i, code in titled.mentions
        if load_countries().by_code[code].kind == "state"
        and any(
            titled.reference.office(f"{code}:{kind}{tail}")
            for kind in kinds_in(reading.words, code)
        )
    ]
    place = titled.article.dateline.place if titled.article.dateline else None
    dateline = one_country(place) if place else None
    if dateline is not None:
        return dateline, f"the article is datelined {place}"
    ranked = Counter(code for _, code in known).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        code = ranked[0][0]
        return code, f"the article speaks of {_named(code)} more than of any other country"
    before = [code for i, code in known if i < position]
    if not before:
        return None, None
    return before[-1], f"{_named(before[-1])} is the country named last before it"
