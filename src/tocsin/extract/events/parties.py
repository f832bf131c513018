"""Parties: the country, and the part of it, that the words of an argument stand for.

"Ukrainian drones", "the president of Brazil", "villages in eastern Sudan", "Rwanda's army", "he":
the country is looked for in the head, its adjectives and owners, in its phrases of place, then in
what the article or the reference knows of a person of that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tocsin.extract.events.act_status import told_at
from tocsin.extract.grammar.arguments import content_noun, joined, own_subjects, with_conjuncts
from tocsin.extract.grammar.words import child_of, children
from tocsin.extract.mentions.actor_lexicon import load_roles
from tocsin.extract.mentions.actors import ActorMention, find_actor_mentions
from tocsin.extract.mentions.people import NamedPerson, find_people
from tocsin.extract.mentions.places import (
    countries_in,
    country_of_words,
    is_town_by_place,
    resolve_place,
)
from tocsin.lexicons.outlets import is_outlet
from tocsin.lexicons.words import word_set
from tocsin.records import Actor, Article, OfficeClaim, Statement
from tocsin.reference.countries import load_countries
from tocsin.reference.offices import Reference
from tocsin.spans import holds

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NAME_DEPS = frozenset(("compound", "nmod", "amod", "poss", "nummod"))
_PLACE_PREPS = frozenset(("of", "in", "from", "at", "near", "across", "outside", "inside", "by"))
_PRONOUNS = word_set("pronouns")
_GROUP_PRONOUNS = word_set("plural_pronouns")
_INNER_STOPS = frozenset(("relcl", "acl", "punct", "conj", "cc", "advcl"))
#: A tenure last seen this many days before the article's is taken to run on.
_STILL_IN_OFFICE = 500


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
    name: str | None = None
    office: str | None = None
    office_words: tuple[int, int] | None = None
    reference: str | None = None


class Parties:
    """The parties of one article.  Answers are kept: acts share their arguments."""

    def __init__(
        self,
        doc: Doc,
        article: Article,
        statements: Sequence[Statement],
        claims: Iterable[OfficeClaim],
        *,
        reference: Reference | None,
    ) -> None:
        """Find the names and people of `doc`.

        Args:
            doc: the analysed article.
            article: gives the day; with `reference`, people in office then get their country.
            statements: "we" and "I" in their content are their speakers.
            claims: the offices that the article gives to people.
            reference: who held which office when.
        """
        self.doc, self.article, self.statements = doc, article, statements
        self.known = countries_in(doc)
        self._reference = reference
        self._entities = {t.i: e for e in doc.ents for t in e}
        self._mentions: dict[int, list[ActorMention]] = {}
        for mention in find_actor_mentions(doc):
            for i in range(mention.start, mention.end):
                self._mentions.setdefault(i, []).append(mention)
        self._people = _people_by_token(doc, claims)
        self._holders: dict[str, tuple[str, str] | None] = {}
        self._found: dict[int, Party | None] = {}

    def party(self, index: int) -> Party | None:
        """Return who the phrase with the head at `index` stands for; None for no one."""
        index = self._end_of_hyphenated(index)
        if index not in self._found:
            self._found[index] = None  # a pronoun that leads back to itself finds nobody
            self._found[index] = self._resolve(content_noun(self.doc[index]))
        return self._found[index]

    def _end_of_hyphenated(self, index: int) -> int:
        """Return the last token of a name that a hyphen cuts at `index`: "Ansar al-Sunna"."""
        for mention in self._mentions.get(index, ()):
            if any(t.text == "-" for t in self.doc[index : mention.end]) and mention.start <= index:
                return mention.end - 1
        return index

    def parties(self, index: int) -> tuple[Party, ...]:
        """Return all countries behind one phrase: "the leaders of Japan and South Korea"."""
        first = self.party(index)
        if first is None or first.country is None:
            return () if first is None else (first,)
        noun = content_noun(self.doc[index])
        codes = dict.fromkeys(self._more_countries(noun))
        return (first, *(replace(first, country=c) for c in codes if c != first.country))

    def actor(self, party: Party) -> Actor:
        """Return the record of `party`."""
        words = self.doc[party.start : party.end]
        return Actor(
            name=party.name or words.text,
            words=(words.start_char, words.end_char),
            kind=party.kind,
            office=party.office,
            office_words=party.office_words,
            country=load_countries().plover_country(party.country) if party.country else None,
            sector=party.sector,
            reference=party.reference,
            because=party.because,
        )

    def _resolve(self, token: Token) -> Party | None:
        if token.lower_ in word_set("first_person") and token.text != "US":
            return self._speaker(token)
        if token.lower_ in _PRONOUNS:
            return self._antecedent(token)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X", "NUM", "PRON") or (
            token.ent_type_ in word_set("measures") and country_of_words(token.text) is None
        ):
            return None
        start, end = _extent(token)
        person = self._people.get(token.i)
        if person is not None:
            return self._person(token, person, start, end)
        mention = self._own_mention(token)
        country, because = self._country(token, depth=0)
        if country is None and self._sector(token, mention) == "MIL":
            country, because = self._army_that_speaks(token)
        return Party(
            head=token.i,
            start=start,
            end=end,
            country=country,
            sector=self._sector(token, mention),
            kind=_kind(token, mention),
            because=because,
            name=mention.name if mention is not None and not mention.adjectival else None,
        )

    def _person(self, token: Token, person: NamedPerson, start: int, end: int) -> Party:
        country = person.country
        because: str | None = "the office that the article gives"
        reference = None
        if country is None:
            country, because = self._country(token, depth=0)
        if country is None:
            held = self._held_by(person.name)
            if held is not None:
                country, reference = held
                because = "an office held that day, by the reference"
        return Party(
            head=token.i,
            start=start,
            end=end,
            country=country,
            sector="GOV" if person.office or reference else None,
            kind="person",
            because=because if country else None,
            name=person.name,
            office=person.office,
            office_words=person.office_words,
            reference=reference,
        )

    def _held_by(self, name: str) -> tuple[str, str] | None:
        """Return country and id of the one in office on the article's day who has this name."""
        day = self.article.published
        if self._reference is None or day is None:
            return None
        if name not in self._holders:
            found = {
                tenure.office.split(":")[0]: match.person.id
                for match in self._reference.find_person(name)
                if match.match.same
                # "Henri" of the reference is not every Paul Henri.
                and (len(match.person.name.split()) > 1 or len(name.split()) == 1)
                for tenure in match.tenures
                if tenure.may_cover(day, _STILL_IN_OFFICE)
                and not load_countries().is_territory(tenure.office.split(":")[0])
            }
            self._holders[name] = next(iter(found.items())) if len(found) == 1 else None
        return self._holders[name]

    # ----------------------------------------------------------------- country

    def _country(self, token: Token, depth: int) -> tuple[str | None, str | None]:
        """Return the country of the phrase and where in it that was found."""
        owned = child_of(token, "poss") is not None
        others = owned and token.lemma_.lower() in word_set("others")
        own = self._named(token)
        if own is not None and not others:  # "Venezuela's allies" are not Venezuelan
            return own, "its name"
        if token.lower_ in word_set("the_country") and any(
            c.lower_ in ("the", "this") for c in token.children
        ):
            return self._country_before(token)
        for child in token.children:
            if others and child.dep_ == "poss":
                continue  # "its neighbour" is another country
            if child.dep_ in _NAME_DEPS and not is_outlet(child.text):
                treaty = self._names_treaty(token, child)
                found = None if treaty else self._named(child)
                if others:  # "Venezuela's Cuban allies"
                    found = country_of_words(child.text)
                if found is None and child.dep_ == "poss" and depth < 3:
                    inner = self.party(child.i) if child.lower_ in _PRONOUNS else None
                    found = inner.country if inner else self._country(child, depth + 1)[0]
                if found is not None:
                    return found, f"“{child.text}” before it"
        person = self._people.get(token.i)
        if person is not None and person.country is not None:
            return person.country, "the office that the article gives"
        if person is not None and depth and (held := self._held_by(person.name)) is not None:
            return held[0], "an office held that day, by the reference"
        return self._country_after(token, depth)

    def _country_after(self, token: Token, depth: int) -> tuple[str | None, str | None]:
        for each, because in _words_after(token, depth):
            found, _ = self._country(each, depth + 1)
            if found is not None:
                return found, because
        return None, None

    def _names_treaty(self, noun: Token, name: Token) -> bool:
        """Tell whether a town only gives its name to a treaty: "the Paris climate agreement"."""
        if noun.lemma_.lower() not in word_set("treaties") or name.dep_ == "poss":
            return False
        return name.ent_type_ != "NORP" and load_countries().country_named(name.text) is None

    def _country_before(self, token: Token) -> tuple[str | None, str | None]:
        """Return the country named last in the sentence before "the country"."""
        for entity in reversed([e for e in token.sent.ents if e.end <= token.i]):
            own_subject = entity.root.dep_ == "nsubj" and entity.root.head.is_ancestor(token)
            if own_subject or entity.label_ != "GPE":
                continue  # "the US withdrew from the country": from another one
            code = self._named(entity.root)
            if code is not None:
                return code, f"“{token.text}” taken for “{entity.text}”"
        return None, None

    def _own_mention(self, token: Token) -> ActorMention | None:
        """Return the name that ends in this token, demonyms before it not counted."""
        return next((m for m in self._mentions.get(token.i, ()) if m.end == token.i + 1), None)

    def _named(self, token: Token) -> str | None:
        """Return the country that the name with this head is, or that lies behind the place."""
        mention = next((m for m in self._mentions.get(token.i, ()) if m.country), None)
        if mention is not None:
            return mention.country
        if is_town_by_place(token):
            return self._country_at(self.doc[token.i : token.i + 1])
        if not token.text[:1].isupper() or token.i in self._people:
            return None
        entity = self._entities.get(token.i)
        if entity is not None and entity.label_ in ("GPE", "LOC", "FAC"):
            place = resolve_place(entity, self.known)
            if place is not None:
                return place.country
        if token.dep_ == "pobj" and token.head.lower_ in _PLACE_PREPS | {"to", "into", "on"}:
            return self._country_at(self.doc[token.i : token.i + 1])
        return None

    def _country_at(self, name: Span) -> str | None:
        place = resolve_place(name, self.known)
        return place.country if place is not None else None

    def _more_countries(self, token: Token) -> Iterator[str]:
        """Yield the countries of a phrase that names several."""
        others = token.lemma_.lower() in word_set("others")
        if not others:  # "Venezuela's Cuban allies": only the adjectives say whose they are
            yield from (m.country for m in self._mentions.get(token.i, ()) if m.country)
        for child in token.children:
            if others and child.dep_ != "amod":
                continue
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "between"):
                several = joined(child, "pobj")
            else:
                describes = child.dep_ in ("amod", "poss", "compound", "nmod")
                several = with_conjuncts(child) if describes else []
            if len(several) > 1:
                named = (country_of_words(t.text) if others else self._named(t) for t in several)
                yield from (code for code in named if code is not None)

    def _sector(self, token: Token, mention: ActorMention | None) -> str | None:
        if mention is not None and mention.sector is not None:
            return mention.sector
        starts = range(max(0, token.i - 2), token.i + 1)
        roles = (load_roles().get(self.doc[at : token.i + 1].text.lower()) for at in starts)
        return next((role.sector for role in roles if role is not None), None)

    # ----------------------------------------------------------------- pronouns

    def _speaker(self, token: Token) -> Party | None:
        """Return the speaker of the statement in which "we" or "I" stands."""
        told = told_at(token, self.statements)
        speaker = next((s.speaker for s in told if s.speaker is not None), None)
        if speaker is None:
            return None
        return Party(
            head=token.i,
            start=token.i,
            end=token.i + 1,
            country=speaker.country,
            sector=speaker.sector,
            kind=speaker.kind,
            because=f"“{token.text}” is the speaker, {speaker.name}",
            name=speaker.name,
            office=speaker.office,
            office_words=speaker.office_words,
            reference=speaker.reference,
        )

    def _army_that_speaks(self, token: Token) -> tuple[str | None, str | None]:
        """Return the country of an army in whose statement "troops" are its own."""
        said = (s for s in self.statements if holds(s.content, (token.idx, token.idx + 1)))
        armies = (s.speaker for s in said if s.speaker is not None and s.speaker.sector == "MIL")
        army = next((each for each in armies if each.country is not None), None)
        return (army.country, f"{army.name} speaks of its own") if army else (None, None)

    def _antecedent(self, token: Token) -> Party | None:
        """Return the party that a pronoun most likely means: the last subject before it."""
        if token.lower_ in ("who", "which"):
            return self._related(token)
        empty = token.lower_ == "it" and token.head.lemma_ in word_set("after_empty_it")
        if empty and token.dep_ == "nsubj":
            return None
        if token.lower_ in ("it", "them") and token.dep_ in ("dobj", "pobj"):
            verb = token.head if token.dep_ == "dobj" else token.head.head
            if verb.lemma_ not in word_set("spoken_to"):
                return None
        carrier = _carrier_meant(token)
        if carrier is not None:
            return self._meant(token, self.party(carrier.i))
        if self._has_rival(token) or self._has_nearer_body(token):
            return None
        for candidate in _subjects_before(token):
            if not _may_be_meant(token, candidate):
                continue
            party = self.party(candidate.i)
            if party is None or not _agrees(token, party, self.doc):
                continue
            if party.country is None:
                return None  # the nearest one who can be meant is of no known country
            return self._meant(token, party)
        return None

    def _meant(self, pronoun: Token, party: Party | None) -> Party | None:
        """Return `party` with the words of the pronoun that stands for it."""
        if party is None:
            return None
        meant = self.doc[party.start : party.end].text
        return replace(
            party,
            head=pronoun.i,
            start=pronoun.i,
            end=pronoun.i + 1,
            name=party.name or meant,
            because=f"“{pronoun.text}” taken for “{meant}”",
        )

    def _related(self, token: Token) -> Party | None:
        """Return whom "who" or "which" means: the noun that its clause belongs to."""
        verb = token.head
        while verb.dep_ == "conj" and verb.head.i != verb.i:
            verb = verb.head
        return self.party(verb.head.i) if verb.dep_ == "relcl" else None

    def _has_rival(self, token: Token) -> bool:
        """Tell whether "it" or "they" in a clause of its own may as well mean a country that
        stands after the last subject: "will act against Iran if it executes protesters".
        """
        if token.lower_ not in ("it", "they") or token.head.dep_ not in ("advcl", "conj", "relcl"):
            return False
        subject = next(_subjects_before(token), None)
        if subject is None or subject.sent.start != token.sent.start:
            return False
        code = self._named(subject)
        between = (self._named(e.root) for e in token.sent.ents if subject.i < e.start < token.i)
        return any(other not in (None, code) for other in between)

    def _has_nearer_body(self, token: Token) -> bool:
        """Tell whether others are named between "it" or "they" and the last subject that may be.

        "Groups broke with the Spanish Church, saying that it …" is not about the subject of the
        sentence before; "Israel bans 37 aid groups, saying they …" is about the groups.
        """
        subject = next((s for s in _subjects_before(token) if self._may_stand_for(token, s)), None)
        if subject is None:
            return False
        if token.lower_ in _GROUP_PRONOUNS:
            singular = subject.tag_ not in ("NNS", "NNPS") and not with_conjuncts(subject)[1:]
            between = self.doc[subject.i + 1 : token.i]
            return singular and any(_are_people(t) for t in between)
        if token.lower_ != "it" or subject.sent.start == token.sent.start:
            return False
        return any(_is_body(e.root) for e in token.sent.ents if e.end <= token.i)

    def _may_stand_for(self, pronoun: Token, subject: Token) -> bool:
        party = self.party(subject.i) if _may_be_meant(pronoun, subject) else None
        return party is not None and _agrees(pronoun, party, self.doc)


def _people_by_token(doc: Doc, claims: Iterable[OfficeClaim]) -> dict[int, NamedPerson]:
    """Return the person whom a token names; places and actors of the lexicon are no persons."""
    found: dict[int, NamedPerson] = {}
    for person in find_people(doc, claims).everyone:
        for mention in person.mentions:
            span = doc.char_span(*mention.words, alignment_mode="contract")
            for token in span or ():
                found[token.i] = person
    return found


def _words_after(token: Token, depth: int) -> Iterator[tuple[Token, str]]:
    """Yield the words after a noun whose country may be its own, each with what they are to it."""
    lemma = token.lemma_.lower()
    for child in token.children if depth < 3 else ():
        if child.dep_ == "prep" and child.lower_ in _PLACE_PREPS:
            if lemma not in word_set("others"):  # "Ukraine's allies in Paris" need not be French
                for each in children(child, "pobj"):
                    yield each, f"“{child.text} {each.text}” after it"
        elif child.dep_ == "relcl" and lemma in word_set("sayings"):
            for each in own_subjects(child):  # "remarks that Trump made" are his
                yield each, f"“{each.text}” made it"
        elif child.dep_ == "appos" and depth == 0:
            yield child, f"“{child.text}” in apposition"


def _kind(token: Token, mention: ActorMention | None) -> str:
    if mention is not None and not mention.adjectival:
        return mention.kind
    return "group" if token.tag_ in ("NNS", "NNPS") else "office"


def _extent(token: Token) -> tuple[int, int]:
    """Return the token range of the phrase without its clauses, joined names and punctuation."""
    start, end = token.i, token.i + 1
    for child in token.children:
        if child.dep_ in _INNER_STOPS or (child.dep_ == "appos" and child.pos_ == "NUM"):
            continue  # "customs post, two killed"
        if child.i < token.i:
            start = min(start, child.left_edge.i)
        elif child.dep_ in ("prep", "case", "appos") and child.i - end <= 1:
            if child.dep_ == "prep" and child.lower_ not in ("of", "in", "from", "at"):
                break
            stop = next(
                (t.i for t in child.subtree if t.dep_ in ("relcl", "acl", "punct", "cc")), None
            )
            end = max(end, stop if stop is not None else child.right_edge.i + 1)
    # The parser joins headlines and captions to the text; a line break ends a phrase.
    doc = token.doc
    breaks = [i for i in range(start, end) if "\n" in doc[i].text]
    start = max([start, *(i + 1 for i in breaks if i < token.i)])
    end = min([end, *(i for i in breaks if i > token.i)])
    return start, end


def _subjects_before(token: Token) -> Iterator[Token]:
    """Yield subjects before the pronoun: in its sentence from the nearest back, then one before."""
    start = token.sent.start
    yield from filter(_is_named_subject, reversed(token.doc[start : token.i]))
    if start > 0:
        yield from filter(_is_named_subject, token.doc[start - 1].sent)


def _is_named_subject(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass") and token.lower_ not in _PRONOUNS


def _are_people(token: Token) -> bool:
    """Tell whether a plural noun names people or bodies that can act."""
    if token.tag_ not in ("NNS", "NNPS"):
        return False
    lemma = token.lemma_.lower()
    people = word_set("people_nouns") | word_set("institutions") | word_set("persons")
    return lemma in people or lemma in load_roles() or token.ent_type_ == "NORP"


def _is_body(name: Token) -> bool:
    return name.ent_type_ in ("ORG", "GPE") and name.dep_ not in ("compound", "poss", "amod")


def _carrier_meant(pronoun: Token) -> Token | None:
    """Return the weapon or vehicle that "it" or "they" means, if the verb is one of theirs.

    "Poland tracked the drone before it crossed the border": the drone is nearer than any subject.
    """
    verb = pronoun.head
    passive = pronoun.dep_ == "nsubjpass"
    if pronoun.dep_ not in ("nsubj", "nsubjpass") or pronoun.lower_ not in ("it", "they"):
        return None
    if verb.lemma_ not in word_set("done_to_carriers" if passive else "done_by_carriers"):
        return None
    number = "NN" if pronoun.lower_ == "it" else "NNS"
    before = pronoun.doc[pronoun.sent.start : pronoun.i]
    for token in reversed(before):
        if token.tag_ == number and token.lemma_.lower() in word_set("carriers"):
            return token if token.dep_ not in ("compound", "nmod") else None
        if _is_named_subject(token):
            return None
    return None


def _in_other_quotation(pronoun: Token, subject: Token) -> bool:
    """Tell whether a quotation opens between the two: its words have antecedents of their own.

    A few words quoted in their sentence have not: "said Iran had “shown that it could attack”".
    """
    marks = [t for t in pronoun.doc[subject.i : pronoun.i] if t.text in '“”"«»']
    if len(marks) % 2 == 0:
        return False
    own_sentence = subject.sent.start == marks[-1].sent.start == pronoun.sent.start
    return not own_sentence or marks[-1].nbor().text[0].isupper()


def _may_be_meant(pronoun: Token, subject: Token) -> bool:
    """Tell whether number and build of the sentence let a pronoun mean this subject.

    The object of a verb is not its own subject: "Iran warned it" is about someone else; who rules
    or alleges "that it …" speaks of another, and so does who is quoted.
    """
    if _in_other_quotation(pronoun, subject):
        return False
    above = pronoun.head.head
    if (
        pronoun.head.dep_ == "ccomp"
        and above.lemma_ in word_set("said_of_another")
        and (subject.head.i == above.i or subject.head.is_ancestor(above))
    ):
        return False
    if pronoun.lower_ in _GROUP_PRONOUNS and subject.tag_ == "NN" and subject.ent_type_ == "PERSON":
        return False
    return pronoun.dep_ not in ("dobj", "dative") or pronoun.head.i != subject.head.i


def _agrees(pronoun: Token, party: Party, doc: Doc) -> bool:
    head = content_noun(doc[party.head])
    if is_outlet(doc[party.start].text):
        return False  # "Bloomberg via Getty Images European leaders"
    if pronoun.lower_ in word_set("personal_pronouns"):
        if party.kind == "person":
            return True
        names_role = party.kind == "office" and party.sector is not None
        return names_role and head.lemma_.lower() not in word_set("institutions")
    plural = head.tag_ in ("NNS", "NNPS")
    if pronoun.lower_ in ("it", "its", "itself"):
        return party.kind != "person" and not plural and _is_power(party, head)
    if party.kind == "person":
        return False
    return plural or _is_power(party, head)


def _is_power(party: Party, head: Token) -> bool:
    """Tell whether a phrase names a country, body or armed group, no mere thing: "the plan"."""
    return (
        party.kind in ("country", "body", "group")
        or party.sector is not None
        or head.lemma_.lower() in word_set("institutions")
    )
