"""The scene of one article: its people, names and places, and whom words in it stand for.

One resolver for all: whoever asks who "he", "the minister" or "Kyiv" is, for a statement or for an
act, gets one answer, with a sentence why or a reason why not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from tocsin.extract.grammar.arguments import subjects_of, with_conjuncts
from tocsin.extract.grammar.clauses import relative_clause
from tocsin.extract.grammar.complements import owner_of_words
from tocsin.extract.grammar.phrases import (
    is_nominal,
    is_number,
    leads_on,
    may_be_party,
    noun_phrase,
    whole_name,
)
from tocsin.extract.grammar.pronouns import is_of_none, is_subject, subjects_before
from tocsin.extract.grammar.words import char_span, children, is_name, is_plural, tokens_at
from tocsin.extract.mentions.actors import actor_of, country_listed
from tocsin.extract.mentions.allegiance import Allegiances
from tocsin.extract.mentions.capacities import (
    US_PARTY,
    capacity_of,
    core_of,
    is_honorific,
    is_role,
    roles_of,
    whole_title,
    without_article,
)
from tocsin.extract.mentions.heard import Heard, Resolution, Speakers, nobody, same_as
from tocsin.extract.mentions.naming import BODIES, NAMED_AS, agrees, is_named, is_power, naming_of
from tocsin.extract.mentions.people import (
    Mention,
    NamedPerson,
    can_be,
    find_people,
    is_named_so,
    last_named,
    name_fits,
)
from tocsin.extract.mentions.person_names import names_head
from tocsin.lexicons.outlets import is_outlet
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words, text_of
from tocsin.records import Absence, Actor, Article, Naming, OfficeClaim, Span
from tocsin.reference.countries import load_countries
from tocsin.reference.offices import Reference
from tocsin.reference.tenures import Tenure
from tocsin.reference.title_lexicon import is_another
from tocsin.spans import holds

_HE, _SHE = frozenset(("he", "his", "him", "himself")), frozenset(("she", "her", "hers", "herself"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_WHOSE = ("compound", "poss", "prep", "amod", "appos")
_ANYBODY = BODIES | {"person", "office", "collective"}
#: A tenure last seen this many days before the article's is taken to run on.
_STILL_IN_OFFICE = 500
_IN_LIVING_MEMORY = timedelta(days=25 * 365)


class Scene:
    """The people, names and places of one article, found once; answers are kept.

    Statements come first and are told to it with `hear`: pronouns go back to who spoke, and "we" in
    a statement is its speaker.
    """

    def __init__(
        self,
        doc: Doc,
        article: Article,
        claims: Collection[OfficeClaim] = (),
        reference: Reference | None = None,
    ) -> None:
        """Find the people of `doc`.

        Args:
            doc: the parsed article.
            article: gives the day; with `reference`, people in office then get their country.
            claims: the offices that the article gives to people.
            reference: who held which office when.
        """
        self.doc, self.article = doc, article
        self.people = find_people(doc, claims)
        self._text = text_of(doc)
        gaps = ((c, c.name_words[0] - c.office_words[1]) for c in claims if c.name_words)
        self._titled = {self._text[slice(*c.words)] for c, gap in gaps if 0 < gap < 3}
        self._reference = reference
        self._speakers = Speakers()
        self._found: dict[Span, Resolution] = {}
        self._held: dict[str, list[tuple[str, Tenure]]] = {}
        for person in self.people.everyone:
            self._describe(person)

    @cached_property
    def allegiances(self) -> Allegiances:
        """Whose the phrases of the article are, by its countries and places."""
        return Allegiances(self.doc, self._country_of_person)

    def hear(self, at: int, who: Resolution, content: tuple[Span, ...] = ()) -> None:
        """Remember who says `content`, named by words at `at`, for the pronouns to come."""
        self._speakers.add(at, who, content)

    def resolve(self, words: Span | None, *, says: tuple[Span, ...] = ()) -> Resolution:
        """Return whom `words` stand for, with a sentence why, or a reason why nobody.

        Args:
            words: a name, a description or a pronoun: characters of the text.
            says: what is said, where the words are those for a speaker; then "it" and "they" are
                rather who spoke last than the subject before, and "he" is nobody named in it.
        """
        if words is None:
            return nobody(Absence.NO_SPEAKER_WORDS)
        if words not in self._found:
            self._found[words] = nobody(Absence.NOT_RESOLVED)  # what leads back to itself
            self._found[words] = self._resolved(words, says)
        return self._found[words]

    def actors(self, words: Span) -> tuple[Actor, ...]:
        """Return all whom `words` stand for: "Chad and Niger"; nobody for "of", "’s", a dash."""
        span = tokens_at(self.doc, words)
        if not any(may_be_party(token) or token.ent_type_ for token in span):
            return ()
        more = [t for t in with_conjuncts(span.root)[1:] if t.i < span.end]
        titled = without_article(span.text) in self._titled  # "party leader and president Ann Roe"
        # They may end in what ties others to them: "Seoul / and Washington", "a spokesman for".
        end = more[0].left_edge.i if more and not titled else span.end
        while end - 1 > span.start and leads_on(self.doc[end - 1]):
            end -= 1
        ends = [(span.start, end), *map(noun_phrase, more)]
        found = (self.resolve(char_span(self.doc, each)).actor for each in ends)
        return tuple(actor for actor in found if actor is not None)

    def country_words(self) -> list[tuple[Span, str]]:
        """Return the words that name a country, a place in one or someone who stands for one, in
        their order, each with the code of the country.
        """
        found = {(words, _plover(code) or code) for words, code in self.allegiances.names()}
        for person in self.people.everyone:
            held = self._held_by(person.name) if person.country is None else None
            code = _plover(held[0] if held else person.country)
            if code is not None:
                found |= {(mention.words, code) for mention in person.mentions}
        return sorted(found)

    def _resolved(self, words: Span, says: tuple[Span, ...]) -> Resolution:
        span = tokens_at(self.doc, words)
        head = span.root
        if span[0].lower_ in _RELATIVE and (len(span) == 1 or span[0].lower_ == "who"):
            return self._of_relative(span[0], words)
        if head.lower_ in _HE | _SHE:
            return self._of_he_or_she(head, words, says, female=head.lower_ in _SHE)
        if head.lower_ in word_set("first_person") and head.text != "US":
            return self._of_own(head, words)
        if head.lower_ in word_set("plural_pronouns") | word_set("it_forms"):
            return self._of_it_or_they(head, words, speaks=bool(says))
        if is_of_none(head):
            return nobody(Absence.NOT_RESOLVED)
        if words in self.people.ambiguous:
            return nobody(Absence.AMBIGUOUS_SURNAME, Naming.NAMED)
        person = self._person_named(span)
        if person is not None:
            return self._of_person(words, person, "named by these words")
        return self._of_description(span, words)

    # ------------------------------------------------------------------------------ persons

    def _person_named(self, span: Words) -> NamedPerson | None:
        """The person whose name heads the phrase, stands beside its head, or ends a whole title."""
        titled = without_article(span.text) in self._titled and not is_plural(span.root)
        for person, words in self.people.named_within(span.start_char, span.end_char):
            whole = titled and words[1] == span.end_char  # of "US envoy to Chad Ana Roe", too
            if words[1] <= span.end_char and (
                whole or names_head(tokens_at(self.doc, words), span)
            ):
                return person
        return None

    def _of_person(self, words: Span, person: NamedPerson, because: str) -> Resolution:
        held = self._held_by(person.name)
        if held is not None and person.country and _plover(held[0]) != _plover(person.country):
            held = None
        actor = Actor(
            name=person.name,
            words=words,
            kind="person",
            office=person.office,
            office_words=person.office_words,
            country=_plover(held[0] if held else person.country),
            sector=person.sector or ("GOV" if held else None),
            reference=held[1] if held else self._led_by(person.name),
            because=f"“{self._text[slice(*words)][:80]}”: {because}",
        )
        return Resolution(actor=actor, naming=Naming.NAMED)

    def _describe(self, person: NamedPerson) -> None:
        """Fill in what the words around the name tell of office, sector and country."""
        told = (capacity_of(self.doc, mention.words) for mention in person.mentions)
        given = person.office_words
        if given and not is_honorific(self._text[slice(*given)]):
            title: Span | None = whole_title(self.doc, given)
        else:
            title = next(filter(None, told), given)
        if title is not None:
            person.office_words, person.office = title, self._text[slice(*title)]
        for mention in person.mentions:
            words = tokens_at(self.doc, mention.words)
            person.country, head = country_listed(words) or person.country, whole_name(words.root)
            reading = actor_of(self.doc, self.doc[slice(*noun_phrase(head))])
            if reading is not None and person.sector is None:
                person.sector, person.country = reading.sector, person.country or reading.country
            if person.country is None and US_PARTY.match(self._text, mention.words[1]):
                person.country = "USA"

    def _held_by(self, name: str) -> tuple[str, str] | None:
        """Return country and id of the one in office on the article's day who has this name."""
        day = self.article.published
        held = {
            tenure.office.split(":")[0]: tenure.person
            for _, tenure in self._tenures(name)
            if day is not None and tenure.first_day <= day
            if " " in name or self._is_near(tenure)
            if tenure.may_cover(day, 0 if tenure.until else _STILL_IN_OFFICE)
        }
        # Who holds offices of two countries is of that where they held most (France, not Andorra).
        offices = Counter(tenure.office.split(":")[0] for _, tenure in self._tenures(name))
        most = max((offices[country] for country in held), default=0)
        own = [(country, one.id) for country, one in held.items() if offices[country] == most]
        return own[0] if len(own) == 1 == len({one.name for one in held.values()}) else None

    def _is_near(self, tenure: Tenure) -> bool:
        """Tell an office that a mere surname can mean: the highest, or of a country named here."""
        country, role = tenure.office.split(":")[:2]
        return role in word_set("leading_offices") or country in self.allegiances.known

    def _led_by(self, name: str) -> str | None:
        """Return the id of the one so named who led a country in these years, in office or not."""
        day = self.article.published
        led = {
            person_id
            for person_id, tenure in self._tenures(name)
            if day is not None and abs(tenure.first_day - day) < _IN_LIVING_MEMORY
            if tenure.office.split(":")[1] in word_set("leading_offices")
        }
        return led.pop() if len(led) == 1 else None

    def _tenures(self, name: str) -> list[tuple[str, Tenure]]:
        """Return the tenures, with whose they are, of all in the reference who have this name."""
        if name not in self._held:
            people = self._reference.find_person(name) if self._reference is not None else ()
            self._held[name] = [
                (match.person.id, tenure)
                for match in people
                if match.match.same and is_named_so(name, match.match.forms[1])
                for tenure in match.tenures
                if not load_countries().is_territory(tenure.office.split(":")[0])
            ]
        return self._held[name]

    # ------------------------------------------------------------------------------ pronouns

    def _paragraph(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _of_own(self, head: Token, words: Span) -> Resolution:
        """`we`, `I`: who says the words in which it stands, else who spoke last."""
        inner = max(self._speakers.holding(words), key=lambda heard: heard.content, default=None)
        if inner is not None:
            return same_as(inner.who, words, f"“{head.text}” is the speaker")
        return self._last_speaker(head, words, _ANYBODY)

    def _last_speaker(self, head: Token, words: Span, kinds: Collection[str]) -> Resolution:
        last = self._speakers.last(words[0], kinds)
        if last is None:
            return nobody(Absence.AMBIGUOUS_PRONOUN)
        return same_as(last.who, words, f"“{head.text}”: who spoke last before it")

    def _of_it_or_they(self, head: Token, words: Span, *, speaks: bool) -> Resolution:
        """Who spoke last where it speaks, people before bodies in one paragraph; else a subject."""
        if speaks:
            kinds = BODIES
            if head.lower_ in word_set("plural_pronouns"):
                people = self._speakers.last(words[0], ("collective",))
                near = people is not None and people.at >= self._paragraph(words[0])
                kinds = frozenset(("collective",)) if near else BODIES | {"collective"}
            last = self._last_speaker(head, words, kinds)
            if last.actor is not None:
                return last
        return self._of_subject(head, words)

    def _of_he_or_she(
        self, head: Token, words: Span, says: tuple[Span, ...], *, female: bool
    ) -> Resolution:
        """The last speaker in the paragraph, else the last person named who can be meant."""
        spoke = self._speaker_meant(words[0], says, female)
        if spoke is not None:
            return same_as(spoke, words, f"“{head.text}”: who spoke last before it")
        fitting = [p for p in self.people.everyone if can_be(p, female)]
        person = self._subject_before(head, female) or last_named(fitting, words[0], says)
        if person is None:
            return nobody(Absence.AMBIGUOUS_PRONOUN)
        because = f"the last person named before it who can be “{head.text}”"
        return self._of_person(words, person, because)

    def _speaker_meant(self, at: int, says: tuple[Span, ...], female: bool) -> Resolution | None:
        """Return who spoke last, if of that sex, and in the paragraph or with nobody named since.

        "“…,” she said": nobody who is named in these words, or is no subject, is meant instead.
        """
        last = self._speakers.last(at, ("person", "office"))
        if last is None or last.who.actor is None or not self._is_somebody(last):
            return None
        after, ended = bool(says) and says[0][0] < at, last.at < self._paragraph(at)
        for person, name in self.people.named_within(last.at + 1, at):
            span = tokens_at(self.doc, name)
            subject = is_subject(span.root)
            later = span.sent.start_char > last.at and not self._speakers.holding(name)
            named = (subject and later and not after) or (ended and (subject or not after))
            if named and can_be(person, female) and not holds(says, name):
                return None
        same = [p for p in self.people.everyone if p.name == last.who.actor.name]
        return last.who if not same or any(can_be(p, female) for p in same) else None

    def _is_somebody(self, heard: Heard) -> bool:
        """Tell a speaker who can be "he" or "she" from a thing: "a *battle* Roe said"."""
        who = heard.who.actor
        if who is None or heard.who.naming is not Naming.ANONYMOUS:
            return who is not None
        noun = tokens_at(self.doc, who.words).root
        return is_role(noun) or noun.lemma_.lower() in word_set("persons") | word_set("relatives")

    def _subject_before(self, head: Token, female: bool) -> NamedPerson | None:
        """A person who is the subject of this sentence before the pronoun, or of the one before.

        Not of the one before where somebody who can be meant is named in this one.
        """
        start = head.sent.start_char
        nearer = any(can_be(p, female) for p, _ in self.people.named_within(start, head.idx))
        for subject in subjects_before(head):
            if nearer and subject.idx < start:
                return None
            for person, words in self.people.named_within(subject.left_edge.idx, subject.idx + 1):
                if subject.idx < words[1] and can_be(person, female):
                    return person
        return None

    def _of_relative(self, head: Token, words: Span) -> Resolution:
        """`who`, `which`: the noun that the relative clause belongs to."""
        clause = relative_clause(head)
        if clause is None:
            return nobody(Absence.NOT_RESOLVED)
        noun = clause.head
        phrase = (noun.left_edge.idx, noun.idx + len(noun))
        because = f"“{head.text}” stands for “{self._text[slice(*phrase)][:60]}”"
        return same_as(self.resolve(phrase), words, because)

    def _of_subject(self, head: Token, words: Span) -> Resolution:
        """The nearest subject before that agrees, but for who does it to this one."""
        unclear = nobody(Absence.AMBIGUOUS_PRONOUN)
        another = head.dep_ in ("dobj", "dative") and not head.lower_.endswith(("self", "selves"))
        doers = [char_span(self.doc, noun_phrase(n)) for n in subjects_of(head.head) if another]
        barred = {who.name for each in doers for who in self.actors(each)}
        for noun in subjects_before(head):
            phrase = char_span(self.doc, noun_phrase(noun))
            found = self.resolve(phrase)
            who = found.actor
            if who is None or who.name in barred or not agrees(head, noun, who):
                continue
            if not (who.country or is_power(noun, who)):
                return unclear  # a thing: "the attacks"
            because = f"“{head.text}” taken for “{self._text[slice(*phrase)]}”"
            return same_as(found, words, because, found.through or phrase)
        return unclear

    # ------------------------------------------------------------------------------ descriptions

    def _of_description(self, span: Words, words: Span) -> Resolution:
        """A body, an office without a name, a group, or someone unnamed."""
        known = self._told_before(span, words)
        if known is not None:
            return known
        head, text = span.root, self._text[slice(*words)]
        core = core_of(self.doc, span)
        phrase = without_article(self._text[slice(*core)])
        reading = actor_of(self.doc, span)
        naming, kind = naming_of(span, reading)
        unread = reading is None and is_name(head)
        if naming is Naming.NAMED or (unread and (self._held_by(phrase) or self._led_by(phrase))):
            return self._of_new_name(span, words)
        body = reading is not None and naming is Naming.INSTITUTION and is_named(reading, span)
        country, because = self.allegiances.of(head)
        actor = Actor(
            name=reading.name if reading is not None and body else phrase,
            words=words,
            kind=kind,
            office=phrase if naming is Naming.OFFICE else None,
            office_words=core if naming is Naming.OFFICE else None,
            country=_plover(country),
            sector=reading.sector if reading else None,
            because=f"“{text[:80]}”: taken as {NAMED_AS[naming][1]}"
            + (f", its country by {because}" if country else ""),
        )
        return Resolution(actor=actor, naming=naming)

    def _told_before(self, span: Words, words: Span) -> Resolution | None:
        """Return whom a description means that was told of, or spoke, before."""
        again = span[0].lower_ in ("the", "this", "that") and not is_plural(span.root)
        short = again and sum(is_nominal(t) or is_number(t) for t in span) <= 2
        known = self._speaks_through(span, words) or (self._called_so(span) if short else None)
        known = known or self._spokesperson(span, words)
        return known or (self._described_before(span) if again else None)

    def _country_of_person(self, token: Token) -> tuple[str | None, str | None] | None:
        """Return the country of the person whom a pronoun or a name means."""
        if token.lower_ in word_set("pronouns"):
            found = self.resolve((token.idx, token.idx + len(token)))
            return (found.actor.country, found.because) if found.actor else None
        named = self.people.named_at(token.idx)
        if named is None:
            return None
        held = self._held_by(named.name)
        if named.country is None and held is not None:
            return held[0], "an office held that day, by the reference"
        return (named.country, "the office that the article gives") if named.country else None

    def _of_new_name(self, span: Words, words: Span) -> Resolution:
        """A name that the pipeline did not mark: someone known by a fuller one, or someone new."""
        start = span.root.i
        while start > span.start and is_name(self.doc[start - 1]):
            start -= 1
        titles = word_set("titles_before_names")
        while start < span.root.i and self.doc[start].lower_.strip(".") in titles:
            start += 1
        name = self.doc[start : span.root.i + 1].text
        known = [p for p in self.people.everyone if name_fits(name, p.name)]
        person = known[0] if len(known) == 1 else last_named(known, words[0])
        if person is not None:
            return self._of_person(words, person, "a short form of that name")
        person = NamedPerson(name, [Mention(char_span(self.doc, (start, span.root.i + 1)), name)])
        self._describe(person)
        return self._of_person(words, person, "read as a name")

    def _described_before(self, span: Words) -> Resolution | None:
        """`the minister`, `the 52-year-old`: the last so described, if the words add nothing."""
        words = (span.start_char, span.end_char)
        if "year" in span.text and "old" in span.text:
            last = self._speakers.last(words[0], ("person",))
            because = f"“{span.text}”: the person who spoke last"
            return same_as(last.who, words, because) if last else None
        if sum(is_nominal(t) or is_number(t) for t in span) > 2:
            return None
        noun = span.root.lower_
        held = [p for p in self.people.everyone if noun in roles_of(p.office or "")]
        called = [p for p in held if not is_another(p.office or "", span.text)]
        country = _plover(self.allegiances.of(span.root)[0])
        meant = [p for p in called if None in (country, p.country) or _plover(p.country) == country]
        fitting = [p for p in meant if not self._speakers.talk_about(p, words[0])]
        person = last_named(fitting, words[0])
        because = f"the last person named as {noun}"
        return self._of_person(words, person, because) if person else None

    def _called_so(self, span: Words) -> Resolution | None:
        """`the ministry`, `the diplomat`, `the company`: who spoke last, if so called."""
        words, noun = (span.start_char, span.end_char), span.root.lower_
        country = _plover(self.allegiances.of(span.root)[0])
        for kinds in (_ANYBODY, ("body",)):
            last = self._speakers.last(words[0], kinds)
            who = last.who.actor if last is not None else None
            if last is None or who is None:
                continue
            called = noun in who.name.lower().split() and not is_another(who.name, span.text)
            if called and country in (None, who.country):
                return same_as(last.who, words, f"“{noun}”: who spoke last is called so")
            stateless = who.kind == "body" and who.sector != "GOV" and not is_outlet(who.name)
            if noun in word_set("described_bodies") and stateless and who.name[:1].isupper():
                return same_as(last.who, words, f"“{noun}”: the body that spoke last before it")
        return None

    def _speaks_through(self, span: Words, words: Span) -> Resolution | None:
        """Return who issued "the ministry's statement", or "the statement" told of before."""
        head = span.root
        if head.lemma_.lower() not in word_set("utterances"):
            return None
        because = f"“{self._text[slice(*words)][:60]}”: who issued it"
        owner = owner_of_words(head)
        if owner is not None:
            found = self.resolve(char_span(self.doc, owner))
            return same_as(found, words, because) if found.actor else None
        last = self._speakers.last(words[0], _ANYBODY)
        if last is None or span[0].lower_ not in ("the", "this", "that"):
            return None
        said = tokens_at(self.doc, (last.at, last.at + 1)).sent
        issued = any(token.lemma_ == head.lemma_ for token in said)
        return same_as(last.who, words, because) if issued else None

    def _spokesperson(self, span: Words, words: Span) -> Resolution | None:
        """Return "a spokesperson" as that of the body or person of whom it was told before."""
        head = span.root
        if head.lemma_.lower() not in word_set("spokespeople") or any(children(head, *_WHOSE)):
            return None
        for subject in subjects_before(head):
            whose = self.resolve(char_span(self.doc, noun_phrase(subject))).actor
            if whose is not None and whose.kind in (*BODIES, "person"):
                article = self._text[slice(*whose.words)].lower().startswith("the ")
                office = f"{head.text} of {'the ' if article else ''}{whose.name}"
                core = head.idx, head.idx + len(head)
                actor = replace(
                    whose, name=office, words=words, kind="office", office=office,
                    office_words=core, reference=None,
                    because=f"“{head.text}”: that of “{whose.name}”, named before",
                )  # fmt: skip
                return Resolution(actor=actor, naming=Naming.OFFICE)
        return None


def _plover(country: str | None) -> str | None:
    return load_countries().plover_country(country) if country else None
