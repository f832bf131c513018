"""Titles in a text: where each stands, and how far it reaches: "the former Korean *President*"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile

from tocsin.extract.grammar.phrases import is_describing, is_nominal, is_number, opens_phrase
from tocsin.extract.grammar.words import is_determiner, is_name, is_plural, is_verb, part_of_speech
from tocsin.lexicons.letters import fold
from tocsin.lexicons.words import is_verb_form, word_set
from tocsin.models.parsed import Doc, Token, names_of
from tocsin.records import Article
from tocsin.reference.countries import load_countries
from tocsin.reference.offices import Reference
from tocsin.reference.title_lexicon import is_harmless, is_modifier, is_region
from tocsin.reference.titles import find_title_cores, title_key
from tocsin.spans import touch

ANY_BODY = word_set("any_body")
HYPHENS = frozenset({"-", "‑"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_LONGEST_NAME_OF_COUNTRY = 6
#: No title has more words before its core; a word repeated without end is no title.
_LONGEST_LEFT = 20


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the text: half-open token ranges of the whole phrase and of its core."""

    start: int
    end: int
    core: tuple[int, int]
    determiner: str  #: "the", "a", ... before the phrase; empty if none
    owner: str  #: whose it is, where that is no country: "Trump's", "the party's"; else empty
    plural: bool  #: "presidents", but not "Chief of the Armed Forces"


@dataclass(frozen=True, slots=True)
class TitledText:
    """What all claims of one article share."""

    doc: Doc
    article: Article
    reference: Reference
    mentions: tuple[tuple[int, str], ...]  #: tokens at which countries are named, and which
    titles: tuple[Title, ...]
    blocked: frozenset[int]  #: tokens of the cores of titles, but for ranks ("Gen.")


def find_titles(
    doc: Doc, own: Collection[tuple[str, ...]] = ()
) -> tuple[tuple[Title, ...], frozenset[int]]:
    """Return the titles in `doc`, and the tokens of the cores of all that may be titles.

    `own` are the keys of titles that no lexicon knows, because the user imported their offices;
    one of them is the core of a title before any other.
    """
    words = {i: text for i, token in enumerate(doc) if (text := token.text) not in HYPHENS}
    indexes, found = [*words], find_title_cores([*words.values()])
    whole = [(indexes[a], indexes[b - 1] + 1) for a, b in found]
    cores = _without_names(doc, [part for core in whole for part in _parted(doc, core)])
    mine = [*_own_cores(doc, own)] if own else []
    cores = sorted((*mine, *(core for core in cores if not any(touch(core, m) for m in mine))))
    blocked = frozenset(i for core in cores if not _is_rank(doc, core) for i in range(*core))
    titles: list[Title] = []
    for core in cores:
        if titles and core[0] < titles[-1].end:
            continue
        titles.append(_expand(doc, core, blocked))
    return tuple(titles), blocked


def _own_cores(doc: Doc, own: Collection[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where titles of `own` stand in `doc`, the longest of those that begin at one word."""
    first = {key[:1] for key in own}
    for start in (token.i for token in doc if title_key(token.text) in first):
        stops = range(min(len(doc), start + _LONGEST_LEFT), start, -1)
        ends = [end for end in stops if title_key(doc[start:end].text) in own]
        yield from [(start, end) for end in ends if title_key(doc[end - 1].text)][:1]


def start_of_owner(doc: Doc, start: int) -> int:
    """Return where what begins at `start` begins with its owners: "*China's Army's* chief"."""
    while start > 1 and doc[start - 1].text in POSSESSIVES:
        start -= 2
        while start > 0 and (opens_phrase(doc[start - 1]) or is_name(doc[start - 1])):
            start -= 1
    return start


def _parted(doc: Doc, core: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield two titles for one that another's ends: "an adviser to President Macron"."""
    start, end = core
    named = end < len(doc) and doc[end].ent_type_ == "PERSON" and doc[end - 1].text[0].isupper()
    at = next((i for i in range(start, end) if named and doc[i].lower_ in ("to", "for")), end)
    inner = [*find_title_cores([token.text for token in doc[at + 1 : end]])]
    yield from ((start, at), (at + 1 + inner[0][0], end)) if inner else (core,)


# --------------------------------------------------------------------------- words of names


def _without_names(doc: Doc, cores: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out titles that are words of a name: "Julie Bishop".

    A single capitalised word is one inside a person's name and, if it is of the kind that people
    bear as a name, right after another title ("Foreign Minister Amir Khan"): there it is the name's
    first word, or a rank that `match_names` knows.
    """
    kept: list[tuple[int, int]] = []
    last = 0  #: where the title before, if it stands in the text, ends
    for start, end in cores:
        single = end - start == 1 and doc[start].text[0].isupper()
        after_title = last == start > 0 and doc[start].lower_ in word_set("titles_also_names")
        if single and (after_title or _is_inside_name(doc, start)):
            continue
        if _is_rank(doc, (start, end)) and (last == start > 0 or not _is_borne(doc, start, end)):
            continue
        kept.append((start, end))
        last = end
    return kept


def _is_rank(doc: Doc, core: tuple[int, int]) -> bool:
    """Return whether a title is a rank ("Gen.", "Vice Admiral")."""
    ends = (doc[core[0]], doc[core[1] - 1])
    return all(word.lower_.rstrip(".") in word_set("ranks") for word in ends)


def _is_borne(doc: Doc, start: int, end: int) -> bool:
    """Return whether a name follows a rank; "major" and "captain" mean other things, too."""
    following = doc[end] if end < len(doc) else doc[start]
    person = following.ent_type_ == "PERSON"
    if doc[start].text[0].isupper():
        return person or (is_name(following) and not following.ent_type_)
    return person and doc[start].lower_ not in word_set("titles_also_names")


def _is_inside_name(doc: Doc, i: int) -> bool:
    """Return whether the word `i`, which may be a name, follows a first name, or is one: "Amir"."""
    if doc[i].lower_ in word_set("rather_names") and doc[i + 1 : i + 2].text.istitle():
        apart = i == 0 or doc[i - 1].is_punct or doc[i - 1].is_space or is_verb(doc[i - 1])
        titled = doc[i + 1].lower_ in word_set("honorifics_in_text")  # "Amir Sheikh Meshal"
        return apart and not titled and doc[i].ent_type_ == "PERSON"
    if i == 0 or doc[i].lower_ not in word_set("titles_also_names") or doc[i].ent_iob_ != "I":
        return False
    before = doc[i - 1]
    told = is_harmless(before.text) or is_modifier(before.text) or _means_country(before.text)
    return doc[i].ent_type_ == "PERSON" and before.text[0].isupper() and not told


# --------------------------------------------------------------------------- the extent of a title


def _expand(doc: Doc, core: tuple[int, int], blocked: frozenset[int]) -> Title:
    """Return the whole phrase around `core`: "the former South Korean *President*"."""
    start, owner = _expand_left(doc, core[0])
    determiner = ""
    if start > 0 and is_determiner(doc[start - 1]) and not owner:
        determiner = doc[start - 1].lower_
    end = _expand_right(doc, core[1], blocked)
    head = [*takewhile(lambda word: part_of_speech(word) != "prep", doc[slice(*core)])][-1:]
    plural = any(is_plural(word) and word.text[1:2] not in POSSESSIVES for word in head)
    return Title(start, end, core, determiner, owner, plural)  # one "chargé d'affaires"


def _expand_left(doc: Doc, start: int) -> tuple[int, str]:
    """Return where the phrase begins, and the owner that stands before it if it is no country."""
    first = max(0, start - _LONGEST_LEFT)
    while start > first:
        token = doc[start - 1]
        place = _country_before(doc, start)
        if place is not None:
            start = place
        elif token.text in POSSESSIVES:
            owner = doc[start - 2].text if start > 1 else ""
            return start, "" if owner.lower() in ANY_BODY else owner + token.text
        elif _belongs(doc, start):
            start -= 1
        else:
            break
    while doc[start].text in HYPHENS or doc[start].lower_ in {"and", "&", "the"}:
        start += 1
    return start, ""


def _belongs(doc: Doc, start: int) -> bool:
    """Return whether the token before `start` is part of the title phrase that `start` begins."""
    token, here = doc[start - 1], doc[start]
    if token.is_space or _is_no_title(token, here):
        return False
    if token.ent_type_ in {"DATE", "TIME", "PERSON"} and token.text[0].isupper():
        return is_modifier(token.text)
    if token.text in HYPHENS or (token.lower_ == "be" and doc[start - 2].text in HYPHENS):
        return not (token.whitespace_ and doc[start - 2].whitespace_)
    if here.text in HYPHENS:
        return token.text[0].isalnum()
    if token.lower_ in {"and", "&"}:
        sharing = _country_before(doc, start - 1) is not None
        return sharing and country_at(doc, start) is not None
    if token.lower_ in {"his", "her", "its", "their", "our", "my", "this", "that"}:
        return False
    if is_modifier(token.text) or is_harmless(token.text):
        if is_describing(token):
            return False
        return token.lower_ not in {"all", "both", "no", "one", "most"}
    return is_nominal(token) and token.text[0].isalpha()


def _is_no_title(token: Token, here: Token) -> bool:
    """Return whether a word before a title is another's: an age, a small word before a capital.

    "a 63-year-old former president", "the same day Secretary of State", "I am sure President".
    """
    aged = token.lower_ == "old" and token.i > 0 and token.nbor(-1).text in HYPHENS
    if aged or any(char.isdigit() for char in token.text):
        return True
    small = token.is_lower and token.is_alpha and here.text[0].isupper()
    known = is_modifier(token.text) or is_harmless(token.text) or is_region(token.text)
    return small and not known and token.lower_ not in {"and", "be"}


def _expand_right(doc: Doc, end: int, blocked: frozenset[int]) -> int:
    """Return where the phrase ends: "-elect", "of Ukraine", "at the Brookings Institution"."""
    joined = end + (doc[end : end + 1].text in HYPHENS)
    if doc[joined : joined + 1].text.lower() in {"elect", "designate"}:
        end = joined + 1
    while end + 1 < len(doc) and doc[end].lower_ in word_set("title_leads"):
        stop = _prepositional(doc, end)
        aside = stop is not None and (stop == len(doc) or doc[stop].text == ",")
        if stop is None or (doc[end].lower_ in word_set("asides") and not aside):
            break  # but "the UN envoy in Mali, Issa Baro, said"
        titled = blocked & {stop - 1, stop - 2}
        if titled and doc[stop : stop + 1].text.istitle() and not aside:
            break  # "an adviser to President Macron"
        end = stop
    return _second_office(doc, end, blocked)


def _prepositional(doc: Doc, preposition: int) -> int | None:
    """Return the end of the words that `preposition` governs, if they can belong to a title."""
    i = preposition + 1
    while i < len(doc) and is_determiner(doc[i]) and doc[i].is_alpha:
        i += 1
    first = i
    while i < len(doc):
        place = country_at(doc, i)
        if place is not None:
            named = load_countries().readings(doc[i:place].text, "names")
            i = place
            if named and i < len(doc) and doc[i].text[0].isupper():
                belongs = doc[i - 1].text in POSSESSIVES or _is_body_word(doc, i)
                while belongs and i < len(doc) and _may_continue(doc, i):
                    i += 1
                return i
        elif _may_continue(doc, i):
            i += 1
        else:
            break
    return i if i > first else None


def _is_body_word(doc: Doc, i: int) -> bool:
    """Return whether the word `i` goes on with the name of a body that a country's begins.

    Two words or more that are no English ones are a person all the same ("Davor Semelik"): a
    network often takes them for the rest of such a name.
    """
    words = list(takewhile(lambda token: token.text[0].isupper(), doc[i:]))
    person = len(words) > 1 and not any(is_verb_form(fold(token.text)) for token in words)
    return not person and doc[i].ent_type_ in {"ORG", "GPE", "FAC"} and doc[i].ent_iob_ == "I"


def _may_continue(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text in POSSESSIVES or token.text in {"&", *HYPHENS}:
        return not (token.text in HYPHENS and token.whitespace_ and doc[i - 1].whitespace_)
    if token.lower_ in {"and", "of", "for"}:
        following = doc[i + 1] if i + 1 < len(doc) else token
        if following.lower_ == "the" and i + 2 < len(doc):
            following = doc[i + 2]
        return following.text[0].isupper() and doc[i - 1].text[0].isupper()
    if token.lower_ == "the":
        return doc[i - 1].lower_ in {"of", "for"}
    whole = [name for name in names_of(doc) if i == name.start >= name.end - _LONGEST_LEFT]
    person = whole and whole[0].label_ == "PERSON" and len(whole[0]) > 1
    if person and is_nominal(doc[i - 1]) and not is_plural(doc[i - 1]):
        return False  # "head of the Security Council Itamar Yaar"
    return (is_nominal(token) or is_number(token)) and token.text[0].isalnum()


def _second_office(doc: Doc, end: int, blocked: frozenset[int]) -> int:
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
    return _expand_right(doc, i, blocked)


# --------------------------------------------------------------------------- names of countries


def _country_before(doc: Doc, end: int) -> int | None:
    """Return where a country's name or adjective begins that ends just before `end`."""
    if doc[end - 1].is_space:
        return None
    stop = end - 1 if doc[end - 1].text in POSSESSIVES else end
    for start in range(max(0, stop - _LONGEST_NAME_OF_COUNTRY), stop):
        if _means_country(doc[start:stop].text):
            return start - 1 if start and doc[start - 1].lower_ == "the" and stop < end else start
    return None


def country_at(doc: Doc, start: int) -> int | None:
    """Return where the country's name or adjective ends that begins at `start`."""
    for end in range(min(len(doc), start + _LONGEST_NAME_OF_COUNTRY), start, -1):
        if _means_country(doc[start:end].text):
            return end
    return None


def _means_country(words: str) -> bool:
    if not words[:1].isupper() and not words.startswith("the "):
        return False
    known = load_countries()
    return any(known.readings(words, kind) for kind in ("names", "demonyms"))
