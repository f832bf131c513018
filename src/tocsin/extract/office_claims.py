"""Find where an article says that someone holds an office, and whose office it is.

Four patterns of English news are read, after the titles in the text have been found:

- the title before the name: "South Korean President Moon Jae-in", "the defence minister, X,";
- the title after it: "X, Ukraine's Defense Minister,", "X (President of Ukraine)";
- the copula: "X, who is Russia's foreign minister,", "X was president";
- the office alone: "North Korea's Foreign Minister".

"X was named defence minister" is an event, not a claim that X holds the office, and "the president"
alone refers to someone whom the article names elsewhere: neither is a claim.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from tocsin.extract.counterparts import find_counterparts
from tocsin.extract.dates import find_dates_in
from tocsin.extract.person_names import name_after, name_before, names_a_body
from tocsin.records import Absence, Article, Modifier, OfficeClaim, content_key
from tocsin.reference.countries import Countries, load_countries
from tocsin.reference.offices import Reference, load_reference
from tocsin.reference.title_lexicon import is_former, is_harmless, is_modifier
from tocsin.reference.titles import TitleReading, find_title_cores, read_titles

#: After these, the title is one of several, or that of a body named before.
_NOT_THE = frozenset(
    {"a", "an", "another", "any", "every", "each", "its", "his", "her", "their", "our", "my"}
)
#: "The bloc's top diplomat": of a country or body that the text around names.
_ANY_BODY = frozenset(
    {
        "country", "nation", "republic", "kingdom", "island", "bloc", "union", "alliance",
        "organisation", "organization", "agency", "watchdog",
    }
)  # fmt: skip
_HYPHENS = frozenset({"-", "‑"})
_DASHES = frozenset({"–", "—", "--"})
_ENDS = frozenset({",", ".", ";", ":", ")", "?", "!", "”", '"', "'", "’"}) | _DASHES
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_LEADS = frozenset({"of", "for", "to", "at"})
#: A title after one of these is what someone becomes, not what the article says they are.
_BECOMING = frozenset(
    {
        "as", "become", "name", "appoint", "elect", "nominate", "choose", "pick", "select",
        "designate", "call", "make", "be", "remain", "run", "replace", "succeed", "want",
    }
)  # fmt: skip
_REMOVING = frozenset(
    {
        "seize", "capture", "oust", "overthrow", "topple", "depose", "kill", "assassinate",
        "arrest", "detain", "remove", "impeach", "abduct", "extradite", "jail", "sentence",
        "convict", "dismiss", "sack", "fire", "unseat", "defeat", "imprison", "kidnap", "snatch",
        "indict", "execute", "suspend",
    }
)  # fmt: skip
#: Offices that only states have, so that the country may be taken from the text around them.
_NATIONAL = frozenset(
    {
        "head_of_state", "head_of_government", "vice_president", "deputy_head_of_government",
        "foreign_minister", "defence_minister", "deputy_foreign_minister", "chief_of_defence",
        "deputy_defence_minister", "commander_in_chief", "supreme_leader", "crown_prince",
    }
)  # fmt: skip
#: These are also given names, or the titles of many who do not reign.
_ROYAL = frozenset({"king", "queen", "prince", "emir", "amir", "sultan", "emperor", "ruler"})
#: Titles and occupations that people also bear as first or family names.
_ALSO_NAMES = frozenset(
    {
        "king", "queen", "prince", "princess", "emir", "amir", "sultan", "pope", "bishop", "judge",
        "justice", "priest", "dean", "duke", "baron", "major", "marshal", "imam", "cardinal",
        "farmer", "singer", "head", "lord",
    }
)  # fmt: skip
_TIME = (Modifier.FORMER, Modifier.THEN, Modifier.LATE, Modifier.ELECT, Modifier.INCOMING)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_LONG_AGO = re.compile(
    r"\b(?:decades?|century|years) (?:ago|earlier|before|after)\b|\b(?:19|20)\d0s\b"
    r"|\b(?:anniversary|Cold War|photographs? of|administration of|speechwriter)\b"
)
_LONGEST_NAME_OF_COUNTRY = 6
_LONG_BEFORE = 30  #: days from publication beyond which the day of an act is another one
_REACH = 10  #: tokens over which "former" reaches


@dataclass(frozen=True, slots=True)
class _Title:
    """A title in the text: half-open token ranges of the whole phrase and of its core."""

    start: int
    end: int
    core: tuple[int, int]
    determiner: str  #: "the", "a", ... before the phrase; empty if none
    owner: str  #: whose it is, where that is no country: "Trump's", "the party's"; else empty


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all claims of one article share."""

    doc: Doc
    article: Article
    countries: Countries
    reference: Reference
    mentions: tuple[tuple[int, str], ...]  #: tokens at which countries are named, and which
    titles: tuple[_Title, ...]
    blocked: frozenset[int]  #: tokens of the cores of titles


def find_office_claims(
    doc: Doc, article: Article, reference: Reference | None = None
) -> Iterator[OfficeClaim]:
    """Yield the office claims of `doc` in the order of the text.

    Args:
        doc: the analysis of `article.text`.
        article: the article.
        reference: helps to find the country of "Prime Minister Keir Starmer"; the shipped one
            when not given.  It never decides whether a claim is true.
    """
    scene = _scene(doc, article, reference or load_reference())
    claims = _without_ranks([c for title in scene.titles for c in _claims_of(scene, title)])
    claims = _as_introduced(claims)
    claims += find_counterparts(doc, article, claims)
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


def _as_introduced(claims: list[OfficeClaim]) -> list[OfficeClaim]:
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


def _scene(doc: Doc, article: Article, reference: Reference) -> _Scene:
    countries = load_countries()
    indexes = [t.i for t in doc if t.text not in _HYPHENS]
    found = find_title_cores([doc[i].text for i in indexes])
    cores = _without_names(doc, [(indexes[a], indexes[b - 1] + 1) for a, b in found])
    blocked = frozenset(i for start, end in cores for i in range(start, end))
    titles: list[_Title] = []
    for core in cores:
        if titles and core[0] < titles[-1].end:
            continue
        titles.append(_expand(doc, core, blocked, countries))
    mentions = _country_mentions(doc)
    return _Scene(doc, article, countries, reference, mentions, tuple(titles), blocked)


def _without_names(doc: Doc, cores: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out titles that are words of a name: "Hossein Amir-Abdollahian", "Julie Bishop".

    A single capitalised word is one before or after a hyphen, inside a person's name, and, if it
    is of the kind that people bear as a name, right after another title ("Foreign Minister Amir
    Khan"): there it is the name's first word, or a rank that `match_names` knows.
    """
    kept: list[tuple[int, int]] = []
    last = 0  #: where the title before, if it stands in the text, ends
    for start, end in cores:
        single = end - start == 1 and doc[start].text[0].isupper()
        after_title = last == start > 0 and doc[start].lower_ in _ALSO_NAMES
        if single and (after_title or _is_hyphenated(doc, start) or _is_inside_name(doc, start)):
            continue
        kept.append((start, end))
        last = end
    return kept


def _is_hyphenated(doc: Doc, i: int) -> bool:
    """Return whether a hyphen joins the word `i` to a capitalised one that is no title."""
    pairs = []
    if i + 2 < len(doc) and doc[i + 1].text in _HYPHENS:
        pairs.append((i, i + 1, i + 2))
    if i > 1 and doc[i - 1].text in _HYPHENS:
        pairs.append((i - 2, i - 1, i))
    return any(
        not doc[a].whitespace_
        and not doc[hyphen].whitespace_
        and doc[a].text[0].isupper()
        and doc[b].text[0].isupper()
        and not list(find_title_cores([doc[b if a == i else a].text]))
        for a, hyphen, b in pairs
    )


def _is_inside_name(doc: Doc, i: int) -> bool:
    """Return whether the word `i`, which may be a name, follows a first name or initial."""
    if i == 0 or doc[i].lower_ not in _ALSO_NAMES or doc[i].ent_iob_ != "I":
        return False
    before = doc[i - 1]
    return (
        doc[i].ent_type_ == "PERSON"
        and before.text[0].isupper()
        and not is_harmless(before.text)
        and not is_modifier(before.text)
        and not _means_country(before.text, load_countries())
    )


# --------------------------------------------------------------------------- the extent of a title


#: No title has more words before its core; a word repeated without end is no title.
_LONGEST_LEFT = 20


def _expand(
    doc: Doc, core: tuple[int, int], blocked: frozenset[int], countries: Countries
) -> _Title:
    """Return the whole phrase around `core`: "the former South Korean *President*"."""
    start, owner = _expand_left(doc, core[0], countries)
    determiner = ""
    if start > 0 and doc[start - 1].pos_ in {"DET", "PRON"} and not owner:
        determiner = doc[start - 1].lower_
    end = _expand_right(doc, core[1], blocked, countries)
    return _Title(start, end, core, determiner, owner)


def _expand_left(doc: Doc, start: int, countries: Countries) -> tuple[int, str]:
    """Return where the phrase begins, and the owner that stands before it if it is no country."""
    first = max(0, start - _LONGEST_LEFT)
    while start > first:
        token = doc[start - 1]
        place = _place_before(doc, start, countries)
        if place is not None:
            start = place
        elif token.text in _POSSESSIVES:
            owner = doc[start - 2].text if start > 1 else ""
            return start, "" if owner.lower() in _ANY_BODY else owner + token.text
        elif _belongs(doc, start, countries):
            start -= 1
        else:
            break
    while doc[start].text in _HYPHENS or doc[start].lower_ in {"and", "&", "the"}:
        start += 1
    return start, ""


def _belongs(doc: Doc, start: int, countries: Countries) -> bool:
    """Return whether the token before `start` is part of the title phrase that `start` begins."""
    token, here = doc[start - 1], doc[start]
    if token.is_space:
        return False
    if token.ent_type_ in {"DATE", "TIME", "PERSON"} and token.text[0].isupper():
        return is_modifier(token.text)
    if token.text in _HYPHENS or (token.lower_ == "be" and doc[start - 2].text in _HYPHENS):
        return True
    if here.text in _HYPHENS:
        return token.text[0].isalnum()
    if token.lower_ in {"and", "&"}:
        sharing = _place_before(doc, start - 1, countries) is not None
        return sharing and _place_at(doc, start, countries) is not None
    if token.lower_ in {"his", "her", "its", "their", "our", "my", "this", "that"}:
        return False
    if is_modifier(token.text) and token.pos_ == "VERB" and token.dep_ != "amod":
        return False
    if is_modifier(token.text) or is_harmless(token.text):
        return token.lower_ not in {"all", "both", "no", "one", "most"}
    return token.pos_ in {"ADJ", "NOUN", "PROPN"} and token.text[0].isalpha()


def _place_before(doc: Doc, end: int, countries: Countries) -> int | None:
    """Return where a country's name or adjective begins that ends just before `end`."""
    if doc[end - 1].is_space:
        return None
    stop = end - 1 if doc[end - 1].text in _POSSESSIVES else end
    for start in range(max(0, stop - _LONGEST_NAME_OF_COUNTRY), stop):
        if _means_country(doc[start:stop].text, countries):
            return start - 1 if start and doc[start - 1].lower_ == "the" and stop < end else start
    return None


def _place_at(doc: Doc, start: int, countries: Countries) -> int | None:
    """Return where the country's name or adjective ends that begins at `start`."""
    for end in range(min(len(doc), start + _LONGEST_NAME_OF_COUNTRY), start, -1):
        if _means_country(doc[start:end].text, countries):
            return end
    return None


def _means_country(words: str, countries: Countries) -> bool:
    if not words[:1].isupper() and not words.startswith("the "):
        return False
    return any(countries.readings(words, kind) for kind in ("names", "demonyms"))


def _expand_right(doc: Doc, end: int, blocked: frozenset[int], countries: Countries) -> int:
    """Return where the phrase ends: "-elect", "of Ukraine", "at the Brookings Institution"."""
    ahead = {"elect", "designate"}
    while end + 1 < len(doc) and doc[end].lower_ in _HYPHENS | ahead:
        if doc[end].lower_ in ahead or doc[end + 1].lower_ in ahead:
            end += 1
        else:
            return end
    while end + 1 < len(doc) and doc[end].lower_ in _LEADS:
        stop = _prepositional(doc, end, countries)
        if stop is None:
            break
        end = stop
    return _second_office(doc, end, blocked, countries)


def _prepositional(doc: Doc, preposition: int, countries: Countries) -> int | None:
    """Return the end of the words that `preposition` governs, if they can belong to a title."""
    i = preposition + 1
    while i < len(doc) and doc[i].pos_ in {"DET", "PRON"} and doc[i].is_alpha:
        i += 1
    first = i
    while i < len(doc):
        place = _place_at(doc, i, countries)
        if place is not None:
            if not countries.readings(doc[i:place].text, "names"):
                i = place
                continue
            i = place
            if i < len(doc) and doc[i].text[0].isupper():
                return _run(doc, i) if names_a_body(doc, i) or _is_body_word(doc, i) else i
        elif _may_continue(doc, i):
            i += 1
        else:
            break
    return i if i > first else None


def _run(doc: Doc, i: int) -> int:
    while i < len(doc) and _may_continue(doc, i):
        i += 1
    return i


def _is_body_word(doc: Doc, i: int) -> bool:
    return doc[i].ent_type_ in {"ORG", "GPE", "FAC"} and doc[i].ent_iob_ == "I"


def _may_continue(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text in _POSSESSIVES or token.text in {"&", *_HYPHENS}:
        return True
    if token.lower_ in {"and", "of", "for"}:
        following = doc[i + 1] if i + 1 < len(doc) else token
        if following.lower_ == "the" and i + 2 < len(doc):
            following = doc[i + 2]
        return following.text[0].isupper() and doc[i - 1].text[0].isupper()
    if token.lower_ == "the":
        return doc[i - 1].lower_ in {"of", "for"}
    return token.pos_ in {"ADJ", "NOUN", "PROPN", "NUM"} and token.text[0].isalnum()


def _second_office(doc: Doc, end: int, blocked: frozenset[int], countries: Countries) -> int:
    """Return the end of "... and Foreign Minister", if a second office of the person follows."""
    if end + 1 >= len(doc) or doc[end].lower_ not in {"and", "&"}:
        return end
    i = end + 1
    while i < len(doc) and i not in blocked and (is_modifier(doc[i].text)):
        i += 1
    if i not in blocked:
        return end
    while i < len(doc) and i in blocked:
        i += 1
    return _expand_right(doc, i, blocked, countries)


# --------------------------------------------------------------------------- claims


def _claims_of(scene: _Scene, title: _Title) -> Iterator[OfficeClaim]:
    text = scene.doc[title.start : title.end].text
    readings = read_titles(text, countries=scene.countries)
    if not readings:
        return
    plural = scene.doc[title.core[1] - 1].tag_ in {"NNS", "NNPS"}
    names = _names_of(scene, title, plural)
    if names:
        yield from _named_claims(scene, title, readings, names)
    elif not plural and _stands_alone(scene, title, readings[0]):
        yield _make_claim(scene, title, readings[0], None)


def _named_claims(
    scene: _Scene,
    title: _Title,
    readings: tuple[TitleReading, ...],
    names: list[tuple[int, int, bool]],
) -> Iterator[OfficeClaim]:
    """Pair offices and names: one name holds all offices; several names share or split them."""
    if len(names) == 1:
        pairs = [(reading, names[0]) for reading in readings]
        if len({r.country for r in readings}) > 1 and len(readings) > 1:
            pairs = pairs[:1] if readings[0].kinds != readings[1].kinds else []
    elif len(readings) == len(names):
        pairs = list(zip(readings, names, strict=True))
    elif len(readings) == 1:
        pairs = [(readings[0], name) for name in names]
    else:
        pairs = []
    for reading, (start, end, past) in pairs:
        if past:
            modifiers = tuple(dict.fromkeys((*reading.modifiers, Modifier.FORMER)))
            reading = replace(reading, modifiers=modifiers)
        yield _make_claim(scene, title, reading, (start, end))


def _names_of(scene: _Scene, title: _Title, plural: bool) -> list[tuple[int, int, bool]]:
    """Return the names to which the title is given, with whether the article says "was"."""
    doc = scene.doc
    directly = name_after(doc, title.end, scene.blocked)
    if directly is not None and _adjacent(doc, title.end, directly[0]):
        more = _conjoined(scene, directly) if plural else []
        return [(*name, False) for name in [directly, *more]]
    if plural and title.end < len(doc) and doc[title.end].text == ",":
        following = name_after(doc, title.end + 1, scene.blocked)
        if following is not None:
            return [(*name, False) for name in [following, *_conjoined(scene, following)]]
        return []
    if plural:
        return []
    before, after = _appositions(scene, title)
    if before and after:
        persons = [n for n in (before, after) if doc[n[1] - 1].ent_type_ == "PERSON"]
        before, after = (persons[0] if len(persons) == 1 else None), None
    found = before or after
    return [(*found, False)] if found else _copula(scene, title)


def _adjacent(doc: Doc, end: int, name: int) -> bool:
    return not any(doc[i].is_space or doc[i].text == "," for i in range(end, name))


def _conjoined(scene: _Scene, first: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the names that follow `first` in a list: "A, B and C"."""
    doc, found, i = scene.doc, [], first[1]
    while i + 1 < len(doc) and doc[i].lower_ in {",", "and", "&"}:
        i += 2 if doc[i].text == "," and doc[i + 1].lower_ == "and" else 1
        name = name_after(doc, i, scene.blocked)
        if name is None:
            break
        found.append(name)
        i = name[1]
    return found


def _appositions(
    scene: _Scene, title: _Title
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the names set off by commas, dashes or brackets before and after the title."""
    doc = scene.doc
    first = _first_word(doc, title)
    before = after = None
    if title.end >= len(doc) or doc[title.end].text in _ENDS or doc[title.end].lower_ == "who":
        mark = first - 1
        if mark > 1 and doc[mark].text == "," and doc[mark - 1].like_num:
            mark -= 2  # "John Smith, 54, the prime minister,"
        if mark > 0 and doc[mark].text in {",", "("} | _DASHES:
            before = name_before(doc, mark, scene.blocked)
            if before is not None and not _is_set_off(scene, before, title):
                before = None
    if title.end < len(doc) and doc[title.end].text in {","} | _DASHES:
        after = name_after(doc, title.end + 1, scene.blocked)
        if after is not None and not _closes(doc, after[1]) and not _speaks(scene, title, after):
            after = None
        listed = any(other.end == first - 1 for other in scene.titles)
        if listed or (first > 0 and doc[first - 1].lemma_ in _BECOMING):
            after = None  # "the president, the vice president, X,"; "as secretary of state, X"
    return before, after


def _first_word(doc: Doc, title: _Title) -> int:
    """Return where the title begins with its determiner or owner ("*the* bloc's top diplomat")."""
    if title.determiner:
        return title.start - 1
    first = title.start
    if first > 1 and doc[first - 1].text in _POSSESSIVES and doc[first - 2].lower_ in _ANY_BODY:
        first -= 2
        while first > 0 and doc[first - 1].pos_ in {"DET", "ADJ"}:
            first -= 1
    return first


def _closes(doc: Doc, end: int) -> bool:
    return end >= len(doc) or doc[end].text in _ENDS or doc[end].text in _POSSESSIVES


def _speaks(scene: _Scene, title: _Title, name: tuple[int, int]) -> bool:
    """Return whether the name is the subject of the verb that follows it, without a comma.

    So in "Israel's prime minister, X told reporters", but not in "the president, X said, must go":
    there the title is the subject of another verb.
    """
    doc, verb = scene.doc, scene.doc[name[1]]
    if verb.tag_ not in {"VBD", "VBZ"} or verb.i + 1 >= len(doc) or doc[verb.i + 1].is_punct:
        return False
    office = doc[title.core[0] : title.core[1]].root
    person = doc[name[0] : name[1]].root
    subject = person if person.dep_ != "appos" or person.head.i != office.i else office
    if subject.dep_ != "nsubj" or subject.head.i != verb.i:
        return False
    first = title.start - bool(title.determiner)
    opens = first == verb.sent.start or doc[first - 1].is_space or doc[first - 1].is_punct
    apart = office.dep_ == "nsubj" and office.head.i != verb.i
    country = any(_place_at(doc, i, scene.countries) for i in range(title.start, title.core[0]))
    return opens and country and not apart


def _is_set_off(scene: _Scene, name: tuple[int, int], title: _Title) -> bool:
    """Return whether `name` is one person before an apposition, not a place or part of a list."""
    doc, (start, end) = scene.doc, name
    words = doc[start:end]
    if any(scene.countries.any_country(part) for part in (words.text, doc[end - 1].text)) and (
        end - start == 1 or words.root.ent_type_ in {"GPE", "LOC"}
    ):
        return False
    if end - start == 1 and words[0].ent_type_ not in {"PERSON", "ORG", ""}:
        return False
    if words.root.ent_type_ in {"LOC", "FAC", "DATE", "EVENT"}:
        return False
    earlier = doc[start - 1] if start else None
    if earlier is not None and earlier.text == "," and start > 1:
        return not (doc[start - 2].text[0].isupper() and doc[start - 2].pos_ == "PROPN")
    return not (title.end < len(doc) and doc[title.end].lower_ == "and")


def _copula(scene: _Scene, title: _Title) -> list[tuple[int, int, bool]]:
    """Read "X is the president", "X, who was Russia's foreign minister,"."""
    doc = scene.doc
    verb = title.start - 1 - bool(title.determiner)
    if verb < 1 or doc[verb].lower_ not in {"is", "was"}:
        return []
    end = verb
    if doc[verb - 1].lower_ == "who":
        end = verb - 1
        if end > 0 and doc[end - 1].text == ",":
            end -= 1
    name = name_before(doc, end, scene.blocked)
    if name is not None and any(t.lower_ == "if" for t in doc[max(0, name[0] - 3) : name[0]]):
        return []
    if name is None or _place_at(doc, name[0], scene.countries) is not None:
        return []
    return [(*name, doc[verb].lower_ == "was")]


def _stands_alone(scene: _Scene, title: _Title, reading: TitleReading) -> bool:
    """Return whether the words mean one present office holder without naming them."""
    if not reading.kinds or reading.country is None or title.owner:
        return False
    if any(m in _TIME for m in reading.modifiers) or not reading.specific:
        return False
    doc = scene.doc
    before = title.start - 1 - bool(title.determiner)
    if before >= 0 and (doc[before].lemma_ in _BECOMING or doc[before].lower_ in {"as", "no"}):
        return False
    following = doc[title.end] if title.end < len(doc) else None
    return following is None or not (
        following.text in _HYPHENS or following.pos_ in {"PROPN", "NOUN", "NUM"}
    )


def _make_claim(
    scene: _Scene, title: _Title, reading: TitleReading, name: tuple[int, int] | None
) -> OfficeClaim:
    doc = scene.doc
    office = doc[title.start : title.end]
    person = doc[name[0] : name[1]] if name else None
    words = (office.start_char, office.end_char)
    name_words = (person.start_char, person.end_char) if person else None
    if name_words:
        words = min(words[0], name_words[0]), max(words[1], name_words[1])
    modifiers, day = _time_of(scene, title, reading, name)
    reading, because = _located(scene, reading, person.text if person else None, title.start)
    offices = reading.office_ids()
    text_id = scene.article.text_id
    return OfficeClaim(
        id=content_key("office_claim", text_id, *words, office.text, offices, name_words),
        words=words,
        office=office.text,
        office_words=(office.start_char, office.end_char),
        name=person.text if person else None,
        name_words=name_words,
        modifiers=modifiers,
        country=reading.country,
        country_because=because,
        offices=offices,
        day=day,
        absence=_absence(title, reading, offices),
    )


def _absence(title: _Title, reading: TitleReading, offices: tuple[str, ...]) -> Absence | None:
    if not reading.office:
        return Absence.UNKNOWN_OFFICE
    if not reading.kinds or not reading.specific or title.owner:
        return Absence.OFFICE_NOT_SPECIFIC
    if not offices:
        return Absence.NO_COUNTRY
    if title.determiner in _NOT_THE:
        return Absence.OFFICE_NOT_SPECIFIC
    return None


# --------------------------------------------------------------------------- when


def _time_of(
    scene: _Scene, title: _Title, reading: TitleReading, name: tuple[int, int] | None
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


def _day_of(scene: _Scene, title: _Title, name: tuple[int, int]) -> date | None:
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


def _is_removed(scene: _Scene, title: _Title) -> bool:
    """Return whether the person is told to have been ousted, seized, killed, ...

    Such news goes on calling the person by the office that this very event ended.
    """
    last = scene.doc[title.core[1] - 1]
    while last.dep_ in {"compound", "appos", "nmod"} and last.head.i != last.i:
        last = last.head
    return last.dep_ in {"dobj", "nsubjpass", "pobj"} and last.head.lemma_.lower() in _REMOVING


def _follows_former(scene: _Scene, title: _Title) -> bool:
    """Return whether "former" before an earlier office may reach over to this one."""
    doc, i = scene.doc, title.start - 1
    if i < 1 or doc[i].lower_ != "and":
        return False
    while i > 0 and title.start - i < _REACH:
        if doc[i - 1].is_space or (doc[i - 1].is_punct and doc[i - 1].text not in _HYPHENS):
            break
        i -= 1
    return any(is_former(token.text) for token in doc[i : title.start])


# --------------------------------------------------------------------------- where


def _located(
    scene: _Scene, reading: TitleReading, name: str | None, position: int
) -> tuple[TitleReading, str | None]:
    """Return the reading with its country, and why, where the title itself does not name it."""
    if not reading.kinds or ((reading.country or reading.candidates) and not reading.inferred):
        return reading, None
    if name is not None:
        known = _countries_of_holder(scene, name, reading)
        if reading.country in known:
            return reading, reading.because
        if len(known) == 1:
            because = f"the reference knows {name} in this office of {_named(known[0])} only"
            located = _in_country(scene, reading, known[0])
            national = _NATIONAL.issuperset(located.kinds)
            return replace(located, specific=located.specific and national), because
        if known:
            named = {code for _, code in scene.mentions}
            likely = [code for code in known if code in named]
            if len(likely) == 1:
                because = (
                    f"the article speaks of {_named(likely[0])}, where the reference knows {name}"
                )
                return _in_country(scene, reading, likely[0]), because
            return replace(reading, candidates=known), "the reference knows the name in several"
    if reading.inferred:
        return reading, reading.because
    if reading.words.lower() in _ROYAL or not _NATIONAL.issuperset(reading.kinds):
        return reading, None
    found = _leading_country(scene, reading, position)
    return (_in_country(scene, reading, found[0]), found[1]) if found else (reading, None)


def _in_country(scene: _Scene, reading: TitleReading, code: str) -> TitleReading:
    """Read the title again as one of the country `code` ("Chancellor" of Germany or Britain)."""
    again = read_titles(reading.words, countries=scene.countries, country=code)
    # Of two titles in one phrase, the reading at hand is the one at the same place.
    at = [r.kinds for r in read_titles(reading.words, countries=scene.countries)]
    same = again[at.index(reading.kinds) if reading.kinds in at else 0]
    return replace(same, modifiers=reading.modifiers, country=code, because=None)


@cache
def _named(code: str) -> str:
    return load_countries().name_of(code)


def _countries_of_holder(scene: _Scene, name: str, reading: TitleReading) -> tuple[str, ...]:
    """Return the countries in which the reference knows `name` in one of the kinds of office.

    Where there are several, those count in which the office was held on the article's day; and a
    near name counts only where its bearer did.
    """
    day = scene.article.published
    ever: list[str] = []
    now: list[str] = []
    near: list[str] = []
    for person, match in scene.reference.people_named(name):
        for tenure in scene.reference.tenures_of(person.id):
            country, kind, *_ = tenure.office.split(":")
            if kind not in _kinds_in(reading.words, country):
                continue
            if _is_territory(scene.countries, country):
                continue
            holding = day is not None and tenure.may_cover(day)
            if match.same:
                ever.append(country)
            if holding:
                (now if match.same else near).append(country)
    return tuple(dict.fromkeys(now or ever or near))


@cache
def _kinds_in(title: str, code: str) -> frozenset[str]:
    """Return the kinds of office that `title` means in a country (Iran's president governs)."""
    readings = read_titles(title, countries=load_countries(), country=code)
    return frozenset(kind for reading in readings for kind in reading.kinds)


def _is_territory(countries: Countries, code: str) -> bool:
    """Return whether `code` has the head of state of another country."""
    return code in countries.by_code and countries.by_code[code].kind == "territory"


def _country_mentions(doc: Doc) -> tuple[tuple[int, str], ...]:
    """Return where each country is named: by name, adjective, capital, metonym or region."""
    found: list[tuple[int, str]] = []
    i = 0
    while i < len(doc):
        end = None
        if doc[i].text[0].isupper():
            for stop in range(min(len(doc), i + 4), i, -1):
                code = _country_meant(doc[i:stop].text)
                if code is not None:
                    found.append((i, code))
                    end = stop
                    break
        i = end or i + 1
    return tuple(found)


@lru_cache(maxsize=65536)
def _country_meant(words: str) -> str | None:
    countries = load_countries()
    return (
        countries.country_named(words)
        or countries.country_of_demonym(words)
        or countries.country_of_capital(words)
        or countries.country_of_metonym(words)
        or countries.country_of_part(words)
    )


def _leading_country(scene: _Scene, reading: TitleReading, position: int) -> tuple[str, str] | None:
    """Return the country that the text around suggests, and why.

    The country of the dateline, else the one of which the article speaks most, else the one named
    last before the title; only countries in which the reference knows such an office.
    """
    tail = f":{reading.detail}" if reading.detail else ""
    known = [
        (i, code)
        for i, code in scene.mentions
        if scene.countries.by_code[code].kind == "state"
        and any(
            scene.reference.office(f"{code}:{kind}{tail}")
            for kind in _kinds_in(reading.words, code)
        )
    ]
    place = scene.article.dateline.place if scene.article.dateline else None
    dateline = _country_meant(place) if place else None
    if dateline is not None:
        return dateline, f"the article is datelined {place}"
    ranked = Counter(code for _, code in known).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        code = ranked[0][0]
        return code, f"the article speaks of {_named(code)} more than of any other country"
    before = [code for i, code in known if i < position]
    if not before:
        return None
    return before[-1], f"{_named(before[-1])} is the country named last before it"
