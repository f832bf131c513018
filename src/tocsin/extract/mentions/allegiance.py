"""Allegiance: the country that the words of a phrase stand for, and where in it that was found.

"Ukrainian drones", "the president of Brazil", "villages in eastern Sudan", "Rwanda's army": the
country is looked for in the head, its adjectives and owners, then in what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.extract.grammar.words import children, owner_of
from tocsin.extract.mentions.actors import countries_of, find_actor_names
from tocsin.extract.mentions.places import countries_in, country_of_words, resolve_place
from tocsin.lexicons.outlets import is_outlet
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words, names_of

#: A country with where in the phrase it was found; twice None for none.
Found = tuple[str | None, str | None]

_BEFORE = frozenset(("compound", "nmod", "amod", "poss", "nummod"))
_PLACE_PREPS = frozenset(("of", "in", "from", "at", "near", "across", "outside", "inside", "by"))
_DEEPEST = 3


class Allegiances:
    """Whose the phrases of one article are."""

    def __init__(self, doc: Doc, of_person: Callable[[Token], Found | None]) -> None:
        """Find the names of `doc`; `of_person` gives the country of a pronoun or named person."""
        self.doc = doc
        self.known = countries_in(doc)
        self._of_person = of_person
        self._entities = {t.i: e for e in names_of(doc) for t in e}
        self._named = [(n, countries_of(doc, n)) for n in find_actor_names(doc)]
        self._codes = {i: codes for n, codes in self._named for i in range(n.start, n.end)}

    def of(self, token: Token, depth: int = 0) -> Found:
        """Return the country of the phrase with the head `token` and where in it that was found."""
        lemma = token.lemma_.lower()
        owner = owner_of(token)
        others = owner is not None and lemma in word_set("others")
        own = self.named(token)
        if own is not None and not others:  # "Venezuela's allies" are not Venezuelan
            return own, "its name"
        for child in children(token, *_BEFORE):
            # "its neighbour" is another country; "Venezuela's Cuban allies" are Cuban
            if is_outlet(child.text) or (others and child == owner):
                continue
            code = country_of_words(child.text) if others else self._of_child(child, depth)
            if code is not None:
                return code, f"“{child.text}” before it"
        person = self._of_person(token)
        return person or self._after(token, depth)

    def names(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield the words that name a country or a place in one, each with its code."""
        covered: set[int] = set()
        for name, codes in self._named:
            covered.update(range(*name.words) if codes else ())
            yield from ((name.words, code) for code in codes)
        for entity in names_of(self.doc):
            if entity.label_ in ("GPE", "LOC", "FAC") and entity.start_char not in covered:
                code = self._country_at(entity)
                if code is not None:
                    yield (entity.start_char, entity.end_char), code

    def named(self, token: Token) -> str | None:
        """Return the country that the name with this head is, or that lies behind the place."""
        if codes := self._codes.get(token.i):
            return codes[0]
        name = self.doc[token.i : token.i + 1]
        if not token.text[:1].isupper():
            return None
        entity = self._entities.get(token.i)
        if entity is not None and entity.label_ == "PERSON":
            return None
        if entity is not None and entity.label_ in ("GPE", "LOC", "FAC"):
            code = self._country_at(entity)
            if code is not None:
                return code
        placed = token.dep_ == "pobj" and token.head.lower_ in _PLACE_PREPS | {"to", "into", "on"}
        return self._country_at(name) if placed else None

    def _country_at(self, name: Words) -> str | None:
        place = resolve_place(name, self.known)
        return place.country if place is not None else None

    def _of_child(self, child: Token, depth: int) -> str | None:
        """Return the country that an adjective, name or owner before a noun gives it."""
        code = self.named(child)
        if code is None and child.dep_ == "poss" and depth < _DEEPEST:
            person = self._of_person(child)
            code = person[0] if person else self.of(child, depth + 1)[0]
        return code

    def _after(self, token: Token, depth: int) -> Found:
        for each, because in _words_after(token, depth):
            code, _ = self.of(each, depth + 1)
            if code is not None:
                return code, because
        return None, None


def _words_after(token: Token, depth: int) -> Iterator[tuple[Token, str]]:
    """Yield the words after a noun whose country may be its own, each with what they are to it."""
    lemma = token.lemma_.lower()
    for child in token.children if depth < _DEEPEST else ():
        if child.dep_ == "prep" and child.lower_ in _PLACE_PREPS:
            if lemma not in word_set("others"):  # "Ukraine's allies in Paris" need not be French
                for each in children(child, "pobj"):
                    yield each, f"“{child.text} {each.text}” after it"
        elif child.dep_ == "appos" and depth == 0:
            yield child, f"“{child.text}” in apposition"
