"""Which country, and which part of it, the words of an argument stand for.

"Ukrainian drones", "the president of Brazil", "villages in eastern Sudan", "Rwanda's army", "he": the
country is looked for in the head, its adjectives and owners, then in its phrases of place, then in
what the article says of a person of that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from tocsin.extract.arguments import content_noun, with_conjuncts
from tocsin.extract.places import countries_in, country_of_words, resolve_place
from tocsin.records import Actor, OfficeClaim
from tocsin.reference.countries import load_countries

_SECTORS = {
    "MIL": "force forces troop troops army military soldier soldiers navy warplane warplanes jet jets "
    "drone drones general commander tank tanks missile missiles airstrike artillery paratrooper "
    "battalion brigade marine marines pilot pilots warship warships guard guards coastguard fighter-jet "
    "bomber bombers destroyer submarine frigate aircraft serviceman servicemen",
    "COP": "police policeman policemen officer officers gendarme gendarmes agent agents",
    "GOV": "president minister premier chancellor government ministry king queen prince leader "
    "authorities administration ambassador diplomat official officials envoy spokesman spokeswoman "
    "spokesperson secretary regime junta state delegation cabinet embassy consulate governor emir sultan "
    "presidency kremlin",
    "REB": "rebel rebels insurgent insurgents militant militants separatist separatists guerrilla "
    "guerrillas fighter fighters jihadist jihadists",
    "UAF": "gunman gunmen attacker attackers assailant assailants bomber militia militias militiaman "
    "militiamen paramilitary paramilitaries",
    "JUD": "court judge prosecutor prosecutors tribunal judiciary",
    "LEG": "parliament lawmaker lawmakers senator senators congress senate mp mps legislator legislature",
    "OPP": "opposition dissident dissidents activist activists critic",
    "CVL": "protester protesters demonstrator demonstrators civilian civilians people citizen citizens "
    "resident residents villager villagers family families child children woman women man men crowd",
    "BUS": "company bank banks firm firms oligarch tanker ship refinery",
    "JRN": "journalist journalists reporter newspaper media broadcaster",
    "REF": "refugee refugees migrant migrants",
    "LAB": "worker workers union unions",
    "EDU": "student students teacher teachers university",
    "AGR": "farmer farmers",
    "SPY": "intelligence spy spies hacker hackers",
    "MED": "doctor doctors hospital medic medics",
    "PTY": "party",
    "CRM": "gang gangs cartel",
}
_SECTOR_OF = {word: sector for sector, words in _SECTORS.items() for word in words.split()}
_NAME_DEPS = frozenset(("compound", "nmod", "amod", "poss", "nummod"))
_PLACE_PREPS = frozenset(("of", "in", "from", "at", "near", "on", "across", "for", "outside", "inside"))
_PRONOUNS = frozenset("it its they their them he his she her him itself themselves himself who which".split())
_NO_PARTY = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_INNER_STOPS = frozenset(("relcl", "acl", "punct", "conj", "cc", "advcl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One actor or recipient as the words have it."""

    head: int
    start: int  #: first token of its words
    end: int  #: token after the last
    country: str | None
    sector: str | None
    kind: str
    because: str | None
    office: str | None = None


class Parties:
    """The parties of one article.  Answers are kept: acts share their arguments."""

    def __init__(self, doc: Doc, claims: Iterable[OfficeClaim] = ()) -> None:
        self.doc = doc
        self.known = countries_in(doc)
        self._entities = {t.i: e for e in doc.ents for t in e}
        self._people = _countries_of_people(claims)
        self._offices = _offices_of_people(claims)
        self._found: dict[int, Party | None] = {}

    def party(self, index: int) -> Party | None:
        """Return who the phrase with the head at `index` stands for; None for no one."""
        if index not in self._found:
            self._found[index] = None  # a pronoun that leads back to itself finds nobody
            self._found[index] = self._resolve(content_noun(self.doc[index]))
        return self._found[index]

    def parties(self, index: int) -> tuple[Party, ...]:
        """Return all countries behind one phrase: "the leaders of Japan and South Korea"."""
        first = self.party(index)
        if first is None or first.country is None:
            return () if first is None else (first,)
        others = [
            replace(first, country=code)
            for code in self._more_countries(content_noun(self.doc[index]))
            if code != first.country
        ]
        return (first, *others)

    def _more_countries(self, token: Token) -> Iterator[str]:
        if token.text == "Koreas":
            yield from ("PRK", "KOR")
        for child in token.children:
            joined = with_conjuncts(child) if child.dep_ in ("amod", "poss", "compound", "nmod") else []
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "between"):
                joined = [t for c in child.children if c.dep_ == "pobj" for t in with_conjuncts(c)]
            if len(joined) > 1:
                yield from (code for t in joined if (code := self._named(t)) is not None)

    def actor(self, party: Party) -> Actor:
        """Return the record of `party`."""
        words = self.doc[party.start : party.end]
        return Actor(
            name=words.text,
            words=(words.start_char, words.end_char),
            kind=party.kind,
            office=party.office,
            country=load_countries().plover_country(party.country) if party.country else None,
            sector=party.sector,
            because=party.because,
        )

    def _resolve(self, token: Token) -> Party | None:
        if token.lower_ in _PRONOUNS:
            return self._antecedent(token)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X", "NUM", "PRON") or (
            token.ent_type_ in _NO_PARTY and country_of_words(token.text) is None
        ):
            return None
        start, end = _extent(token)
        country, because = self._country(token, depth=0)
        return Party(
            head=token.i,
            start=start,
            end=end,
            country=country,
            sector=_sector(token, country, because),
            kind=self._kind(token, country, because),
            because=because,
            office=self._offices.get(token.text),
        )

    def _kind(self, token: Token, country: str | None, because: str | None) -> str:
        entity = self._entities.get(token.i)
        if entity is not None and entity.label_ == "PERSON":
            return "person"
        if country is not None and because == "its name":
            return "country" if load_countries().by_code[country].kind in ("state", "territory") else "body"
        if entity is not None and entity.label_ == "ORG":
            return "body"
        return "group" if token.tag_ in ("NNS", "NNPS") else "office"

    # ----------------------------------------------------------------- country

    def _country(self, token: Token, depth: int) -> tuple[str | None, str | None]:
        """Return the country of the phrase and where in it that was found."""
        own = self._named(token)
        if own is not None:
            return own, "its name"
        for child in token.children:
            if child.dep_ in _NAME_DEPS:
                found = self._named(child)
                if found is None and child.dep_ == "poss" and depth < 3:
                    found = self._country(child, depth + 1)[0]
                if found is not None:
                    return found, f"“{child.text}” before it"
        person = self._people.get(token.text)
        if person is not None:
            return person, "the office that the article gives him or her"
        return self._country_after(token, depth)

    def _country_after(self, token: Token, depth: int) -> tuple[str | None, str | None]:
        if depth >= 3:
            return None, None
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in _PLACE_PREPS:
                for each in child.children:
                    if each.dep_ == "pobj":
                        found, _ = self._country(each, depth + 1)
                        if found is not None:
                            return found, f"“{child.text} {each.text}” after it"
            elif child.dep_ == "appos":
                found, _ = self._country(child, depth + 1)
                if found is not None:
                    return found, f"“{child.text}” in apposition"
        return None, None

    def _named(self, token: Token) -> str | None:
        """Return the country that the name with this head is, or that lies behind the place."""
        if not token.text[:1].isupper():
            return None
        entity = self._entities.get(token.i)
        for words in _name_spans(token, entity):
            code = country_of_words(words)
            if code is not None:
                return code
        if entity is not None and entity.label_ in ("GPE", "LOC", "FAC"):
            place = resolve_place(entity, self.known)
            if place is not None:
                return place.country
        if token.text == "Koreas":
            return "KOR"
        if token.dep_ == "pobj" and token.head.lower_ in _PLACE_PREPS | {"to", "into"}:
            place = resolve_place(self.doc[token.i : token.i + 1], self.known)
            return place.country if place is not None else None
        return None

    # ----------------------------------------------------------------- pronouns

    def _antecedent(self, token: Token) -> Party | None:
        """Return the party that a pronoun most likely means: the last subject before it."""
        for candidate in _subjects_before(token):
            party = self.party(candidate.i)
            if party is not None and party.country is not None and _agrees(token, party):
                return Party(
                    head=token.i,
                    start=token.i,
                    end=token.i + 1,
                    country=party.country,
                    sector=party.sector,
                    kind=party.kind,
                    because=f"“{token.text}” taken for “{self.doc[party.start:party.end].text}”",
                    office=party.office,
                )
        return None


def _countries_of_people(claims: Iterable[OfficeClaim]) -> dict[str, str]:
    """Return the country of each person's surname, from the offices that the article gives."""
    return {c.name.split()[-1]: c.country for c in claims if c.name and c.country}


def _offices_of_people(claims: Iterable[OfficeClaim]) -> dict[str, str]:
    return {c.name.split()[-1]: c.office for c in claims if c.name}


def _name_spans(token: Token, entity: object) -> Iterator[str]:
    """Yield the words that may be the name: the entity, the capitals around, the word alone."""
    doc = token.doc
    if entity is not None:
        yield str(entity)
    start, end = token.i, token.i + 1
    while start > 0 and (doc[start - 1].text[:1].isupper()) and doc[start - 1].pos_ in ("PROPN", "ADJ"):
        start -= 1
    if token.text.lower() in ("congo", "korea", "republic", "sudan", "states", "kingdom"):
        while end < len(doc) and (doc[end].text in ("of", "the") or doc[end].text[:1].isupper()):
            end += 1
    for a in range(start, token.i + 1):
        yield doc[a : token.i + 1].text
        if end > token.i + 1:
            yield doc[a:end].text


def _extent(token: Token) -> tuple[int, int]:
    """Return the token range of the phrase without its clauses, joined names and punctuation."""
    start, end = token.i, token.i + 1
    for child in token.children:
        if child.dep_ in _INNER_STOPS:
            continue
        if child.i < token.i:
            start = min(start, child.left_edge.i)
        elif child.dep_ in ("prep", "case", "appos") and child.i - end <= 1:
            if child.dep_ == "prep" and child.lower_ not in ("of", "in", "from", "at"):
                break
            stop = next((t.i for t in child.subtree if t.dep_ in ("relcl", "acl", "punct", "cc")), None)
            end = max(end, stop if stop is not None else child.right_edge.i + 1)
    # The parser joins headlines and captions to the text; a line break ends a phrase.
    breaks = [i for i in range(start, end) if "\n" in token.doc[i].text or "\n" in token.doc[i].whitespace_]
    start = max([start, *(i + 1 for i in breaks if i < token.i)])
    end = min([end, *(i for i in breaks if i > token.i)])
    return start, end


def _sector(token: Token, country: str | None, because: str | None) -> str | None:
    for word in (token.lower_, token.lemma_.lower()):
        if word in _SECTOR_OF:
            return _SECTOR_OF[word]
    if country is not None and because == "its name":
        return "GOV"
    words = [t.lower_ for t in token.subtree]
    return next((_SECTOR_OF[w] for w in words if w in _SECTOR_OF), None)


def _subjects_before(token: Token) -> Iterator[Token]:
    """Yield subjects before the pronoun: in its sentence from the nearest back, then one before."""
    sentence = token.sent
    inside = [
        t for t in sentence if t.i < token.i and t.dep_ in ("nsubj", "nsubjpass", "poss") and t.lower_ not in _PRONOUNS
    ]
    yield from (t for t in reversed(inside) if t.dep_ != "poss")
    if sentence.start > 0:
        before = token.doc[sentence.start - 1].sent
        yield from (t for t in before if t.dep_ in ("nsubj", "nsubjpass") and t.lower_ not in _PRONOUNS)


def _agrees(pronoun: Token, party: Party) -> bool:
    if pronoun.lower_ in ("he", "she", "his", "her", "him", "himself"):
        return party.kind in ("person", "office")
    if pronoun.lower_ in ("it", "its", "itself"):
        return party.kind != "person"
    return True
