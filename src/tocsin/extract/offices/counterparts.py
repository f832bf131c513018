"""Counterparts of office holders: "his German counterpart, X,".

The office is that of the person whose counterpart it is, as far as the article gave it before.
Ministries are cut differently from country to country, and a head of state may meet a head of
government, so these claims contradict nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tocsin.extract.mentions.person_names import name_after
from tocsin.keys import claim_key
from tocsin.records import Absence, Article, OfficeClaim
from tocsin.reference.countries import load_countries
from tocsin.reference.title_lexicon import is_modifier

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST_COUNTRY = 4
_HEADS = ("head_of_state", "head_of_government")


def find_counterparts(
    doc: Doc, article: Article, claims: Sequence[OfficeClaim]
) -> Iterator[OfficeClaim]:
    """Yield a claim for each named counterpart of somebody whose office is among `claims`."""
    for token in doc:
        if token.lower_ != "counterpart":
            continue
        place = _country_before(doc, token.i)
        name = _name_at(doc, token.i + 1)
        if place is None or name is None or (place[0] and is_modifier(doc[place[0] - 1].text)):
            continue
        other = _whose(doc, place[0], claims)
        if other is not None:
            yield _make_claim(doc, article, (place[0], token.i + 1), name, place[1], other)


def _country_before(doc: Doc, end: int) -> tuple[int, str] | None:
    """Return where the country's adjective or name before `end` begins, and its code."""
    countries = load_countries()
    stop = end - 1 if end and doc[end - 1].lower_ in {"'s", "’s"} else end
    for start in range(max(0, stop - _LONGEST_COUNTRY), stop):
        words = doc[start:stop].text
        code = countries.country_of_demonym(words) if stop == end else None
        code = code or (countries.country_named(words) if words[0].isupper() else None)
        if code is not None:
            return start, code
    return None


def _name_at(doc: Doc, start: int) -> tuple[int, int] | None:
    """Return the name that follows at once, or after a comma and before another mark."""
    apart = start < len(doc) and doc[start].text == ","
    name = name_after(doc, start + apart, frozenset())
    if name is None or name[0] != start + apart:
        return None
    closed = name[1] >= len(doc) or doc[name[1]].is_punct or doc[name[1]].pos_ in {"VERB", "AUX"}
    return name if closed or not apart else None


def _whose(doc: Doc, before: int, claims: Sequence[OfficeClaim]) -> OfficeClaim | None:
    """Return the claim about the person named last in the sentence, with or without a title."""
    sentence = doc[before].sent
    earlier = doc[sentence.start : before]
    words = {token.text for token in earlier}
    told = [
        claim
        for claim in claims
        if claim.name and claim.offices and claim.words[0] < doc[before].idx
    ]
    here = [claim for claim in told if claim.words[0] >= sentence.start_char]
    again = [claim for claim in told if (claim.name or "").split()[-1] in words]
    return next(reversed(here or again), None)


def _make_claim(
    doc: Doc,
    article: Article,
    title: tuple[int, int],
    name: tuple[int, int],
    country: str,
    other: OfficeClaim,
) -> OfficeClaim:
    office, person = doc[title[0] : title[1]], doc[name[0] : name[1]]
    words = (office.start_char, person.end_char)
    kinds = [each.partition(":")[2] for each in other.offices]
    if set(kinds) & set(_HEADS):
        kinds += _HEADS  # a prime minister's counterpart may be a president
    offices = tuple(dict.fromkeys(f"{country}:{kind}" for kind in kinds))
    return OfficeClaim(
        id=claim_key(article.text_id, words, office.text, offices),
        words=words,
        office=office.text,
        office_words=(office.start_char, office.end_char),
        name=person.text,
        name_words=(person.start_char, person.end_char),
        country=country,
        offices=offices,
        absence=Absence.OFFICE_NOT_SPECIFIC,
    )
