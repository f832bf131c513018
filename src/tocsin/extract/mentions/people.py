"""The people of one article: every mention of a name, gathered under the fullest form of it."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.extract.grammar.phrases import opens_name
from tocsin.extract.grammar.words import (
    char_span,
    children,
    is_name,
    is_noun,
    is_possessive,
    tokens_at,
)
from tocsin.extract.mentions.actors import find_actor_names
from tocsin.extract.mentions.person_names import given_names, past_nickname
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, names_of, text_of
from tocsin.records import OfficeClaim, Span
from tocsin.reference.countries import load_countries
from tocsin.reference.names import ParsedName, parse_name
from tocsin.spans import holds

_LONGEST_INITIALS = 3
_BODIES = frozenset(("body", "country", "group"))


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person's name stands."""

    words: Span
    name: str


@dataclass(slots=True)
class NamedPerson:
    """One person of the article.  Built up while the article is gone through, then left alone."""

    name: str
    mentions: list[Mention] = field(default_factory=list)  #: in the order of the text
    female: bool | None = None
    office: str | None = None
    office_words: Span | None = None
    country: str | None = None
    sector: str | None = None

    def last_before(self, at: int, outside: Sequence[Span] = ()) -> Mention | None:
        """Return the last mention that starts before the character `at` and is not in `outside`."""
        earlier = bisect_left(self.mentions, (at, 0), key=lambda m: m.words)
        before = reversed(self.mentions[:earlier])
        return next((m for m in before if not holds(outside, m.words)), None)


@dataclass(frozen=True, slots=True)
class People:
    """Everyone named in one article."""

    everyone: tuple[NamedPerson, ...]
    ambiguous: frozenset[Span] = frozenset()  #: short names that several people share
    _places: tuple[tuple[Span, int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put all mentions in the order of the text, to look them up by their place."""
        places = ((m.words, n) for n, p in enumerate(self.everyone) for m in p.mentions)
        object.__setattr__(self, "_places", tuple(sorted(places)))

    def named_within(self, start: int, end: int) -> Iterator[tuple[NamedPerson, Span]]:
        """Yield who is named by words that start between `start` and `end`, and those words.

        Whoever comes first in `everyone` comes first.
        """
        first = bisect_left(self._places, ((start, 0), 0))
        last = bisect_left(self._places, ((end, 0), 0))
        for words, number in sorted(self._places[first:last], key=lambda place: place[1]):
            yield self.everyone[number], words

    def named_at(self, at: int) -> NamedPerson | None:
        """Return the person in whose name the character `at` stands."""
        before = bisect_left(self._places, ((at + 1, 0), 0)) - 1
        if before < 0 or at >= self._places[before][0][1]:
            return None
        return self.everyone[self._places[before][1]]


def find_people(doc: Doc, claims: Iterable[OfficeClaim] = ()) -> People:
    """Gather the people of `doc`: names of office claims, the pipeline's persons, and later short
    forms of both.

    A short form joins the full name whose family name (first or last word, as East Asian or
    Western order has it) it is; where several fit, the one named last before it; where none fits,
    it is someone of that name.
    """
    claimed = {c.name_words: c for c in claims if c.name_words is not None}
    mentions = _mentions(doc, {words: claim.name or "" for words, claim in claimed.items()})
    everyone: list[NamedPerson] = []
    by_edges: dict[str, list[int]] = {}
    ambiguous: set[Span] = set()
    for mention in sorted(mentions, key=lambda m: (-len(m.name.split()), m.words)):
        edges = _edges(mention.name)
        maybe = sorted({n for edge in edges for n in by_edges.get(edge, ())})
        fitting = [everyone[n] for n in maybe if name_fits(mention.name, everyone[n].name)]
        several = len(fitting) > 1
        meant = _meant(doc, fitting, mention.words[0]) if several else next(iter(fitting), None)
        if meant is not None:
            insort(meant.mentions, mention, key=lambda m: m.words)
        elif several:
            ambiguous.add(mention.words)
        else:
            for edge in edges:
                by_edges.setdefault(edge, []).append(len(everyone))
            everyone.append(NamedPerson(mention.name, [mention]))
    for person in everyone:
        _describe(doc, person, claimed)
    return People(tuple(everyone), frozenset(ambiguous))


def _edges(name: str) -> set[str]:
    """The name and its first and last word: a name that can stand for another shares one."""
    words = _parsed(name).words
    return {name, *words[:1], *words[-1:]}


def _meant(doc: Doc, fitting: Sequence[NamedPerson], at: int) -> NamedPerson | None:
    """The one of several who was named last, else first after; None where that stays open."""
    last = sorted(m.words[0] for p in fitting if (m := p.last_before(at)) is not None)[-2:]
    own = [p for p in fitting if not _is_beside(doc, p.mentions[0].words)]
    if not own or (len(last) > 1 and not re.search(r"[.!?\n]\s", text_of(doc)[slice(*last)])):
        return None
    return last_named(own, at) or min(own, key=lambda person: person.mentions[0].words)


def _is_beside(doc: Doc, words: Span) -> bool:
    """Tell who is brought in beside another: "his father, *Jan Roe*", "Max and *Jan Roe*"."""
    start = tokens_at(doc, words).start
    before = [t for t in doc[max(0, start - 4) : start] if t.text != ","]
    if len(before) > 1 and before[-1].lower_ == "and" and is_name(before[-2]):
        return not any(map(is_name, before[-3:-2]))
    return any(t.lower_ in word_set("relatives") for t in before[-1:])


def _mentions(doc: Doc, claimed: Mapping[Span, str]) -> list[Mention]:
    found: dict[Span, Mention] = {}
    names = (n for n in find_actor_names(doc) if n.entry.kind in _BODIES)
    taken = [n.words for n in names if not (n.entry.adjectival or n.of_other)]
    for words, name in claimed.items():
        found[words] = Mention(words, name)
        taken.append(words)
    covered = {at for start, end in taken for at in range(start, end)}
    for entity in names_of(doc):
        if entity.label_ != "PERSON":
            continue
        trimmed = _name_tokens(list(entity))
        if trimmed:
            words = char_span(doc, past_nickname(doc, trimmed[0].i, trimmed[-1].i + 1))
            if covered.isdisjoint(range(*words)):
                covered.update(range(*words))
                found[words] = Mention(words, text_of(doc)[words[0] : words[1]])
    mentions = [_without_topic(mention, found.values()) for mention in found.values()]
    return mentions + _unseen(doc, found)


def _without_topic(mention: Mention, others: Iterable[Mention]) -> Mention:
    """Cut a country that a headline sets after a surname told elsewhere: "Roe Greenland"."""
    surname, _, rest = mention.name.partition(" ")
    if not rest or load_countries().usual_country(rest) is None:
        return mention
    known = any(other.name.endswith(f" {surname}") for other in others)
    start = mention.words[0]
    return Mention((start, start + len(surname)), surname) if known else mention


def _name_tokens(tokens: list[Token]) -> list[Token]:
    """Cut titles before a name and the possessive after it; nothing if no name is left."""
    titles = word_set("titles_before_names")
    while tokens and (tokens[0].lower_.strip(".") in titles or not tokens[0].text[0].isupper()):
        tokens = tokens[1:]
    while tokens and (is_possessive(tokens[-1]) or not tokens[-1].text[0].isalpha()):
        tokens = tokens[:-1]
    credited = [n for n, t in enumerate(tokens[:-1], 1) if t.lower_ in word_set("photo_credits")]
    tokens = _without_credit(tokens[max(credited, default=0) :])
    return [] if any(t.is_space for t in tokens) else tokens


def _without_credit(tokens: list[Token]) -> list[Token]:
    """Cut what a caption or credit adds: "Donald Trump / TruthSocial", "Donald Trump Trump"."""
    for at in range(1, len(tokens)):
        again = at > 1 and tokens[at].text == tokens[at - 1].text  # but "Sirhan Sirhan"
        if tokens[at].text in ("/", "|") or (again and tokens[at].text.isalpha()):
            return tokens[:at]
    return tokens


def _unseen(doc: Doc, found: dict[Span, Mention]) -> list[Mention]:
    """Short forms that the pipeline did not mark, of names that it did."""
    short = {family_name(m.name) for m in found.values() if " " in m.name}
    covered = {i for start, end in found for i in range(start, end)}
    return [
        Mention((t.idx, t.idx + len(t)), t.text)
        for t in doc
        if t.text in short and (is_name(t) or is_noun(t))
        if t.idx not in covered and not opens_name(t)
    ]


def _parsed(name: str) -> ParsedName:
    """Read a name as the press writes it: capitals are initials ("JD Vance"), no family name."""
    first, _, rest = name.partition(" ")
    if first.isupper() and len(first) <= _LONGEST_INITIALS and not rest.isupper():
        name = f"{first.capitalize()} {rest}".strip()
    return parse_name(name)


def family_name(name: str) -> str:
    """Return the family name in a full name: its first word where the family comes first."""
    return name.split()[0 if _parsed(name).family_first else -1]


def is_named_so(said: str, known: str) -> bool:
    """Tell whether a name means one of the reference: "Henri" is not every Paul Henri, and a name
    alone is a surname.
    """
    return " " in known if " " in said else said in (known, family_name(known))


def name_fits(short: str, full: str) -> bool:
    """Tell whether `short` can stand for `full`: the same words, or its family or given name.

    >>> name_fits("Kim", "Kim Jong Un"), name_fits("Un", "Kim Jong Un")
    (True, False)
    """
    if short == full:
        return True
    few, many = _parsed(short).words, _parsed(full).words
    if len(few) > len(many) or not few:
        return False
    if len(few) > 1:
        inner = zip(few[1:-1], many[1:-1], strict=False)  # George W. is not George H. W.
        same = all(a[0] == b[0] or min(len(a), len(b)) > 1 for a, b in inner)
        same_edges = few[0] == many[0] and few[-1] == many[-1]
        return (same_edges and same) or few in (many[: len(few)], many[-len(few) :])
    return few[0] == many[0] or (few[0] == many[-1] and not _parsed(full).family_first)


def _describe(doc: Doc, person: NamedPerson, claimed: dict[Span, OfficeClaim]) -> None:
    """Fill in sex, office and country from the first mention that tells."""
    for mention in person.mentions:
        claim = claimed.get(mention.words)
        if claim is not None and person.office is None:
            person.office = claim.office
            person.office_words = claim.office_words
            person.country = claim.country if claim.offices else None
    person.female = _sex(doc, person)


def _sex(doc: Doc, person: NamedPerson) -> bool | None:
    words = {w for m in person.mentions for w in _around(doc, m.words)}
    words.update((person.office or "").lower().split())
    if words & word_set("female"):
        return True
    if words & word_set("male"):
        return False
    given, *rest = person.name.lower().split()
    return given_names().get(given) if rest and not _parsed(person.name).family_first else None


def _around(doc: Doc, words: Span) -> Iterator[str]:
    """The word before a mention, and the head noun of an apposition after it."""
    span = tokens_at(doc, words)
    if span.start:
        yield doc[span.start - 1].lower_.strip(".")
    for child in children(span.root, "appos", "compound"):
        yield child.lower_


def can_be(person: NamedPerson, female: bool) -> bool:
    """Tell whether someone can be of this sex."""
    return person.female is None or person.female == female


def last_named(
    fitting: list[NamedPerson], at: int, says: tuple[Span, ...] = ()
) -> NamedPerson | None:
    """The one of these people who was named last; of several in the same words the last listed."""
    named = [(m.words[0], n) for n, p in enumerate(fitting) if (m := p.last_before(at, says))]
    return fitting[max(named)[1]] if named else None
