"""Doubts: drafts of events that are more likely wrong than right, and the sentence that says why.

A wrong event costs a reader more than a missed one.  Each rule names one way in which the words of
news look like an act of world politics and are none: home affairs, crime, weather, captives who
"arrive", things that "will defend" things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.extract.events.acts import doubtful_acts, load_acts
from tocsin.extract.events.drafts import Draft, countries_of
from tocsin.extract.events.parties import Party
from tocsin.extract.grammar.arguments import content_noun
from tocsin.lexicons.outlets import is_outlet
from tocsin.lexicons.words import word_set
from tocsin.records import Status
from tocsin.reference.countries import load_countries

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Tokens on either side in which a disaster explains an emergency.
_NEAR = 150
_MISHAPS = word_set("accidents") | {"snow", "hypothermia", "drown"}


def doubt_about(draft: Draft, doc: Doc) -> str | None:
    """Return why `draft` is not to be reported; None when nothing speaks against it."""
    rules = (
        _home_affairs,
        _crime,
        _weather,
        _captive_guest,
        _things,
        _vague_promise,
        _private_departure,
        _no_prisoner,
        _no_target,
        _peaceful_operation,
        _reporter,
        _nobody_in_particular,
        _mere_force,
        _listed,
        _thing_as_attacker,
        _no_access,
        _nameless_operation,
        _named_for_office,
        _thing_as_actor,
        _lessening,
        _to_oneself,
        _place_as_actor,
        _state_that_protests,
        _nobodys_troops,
    )
    return next((reason for rule in rules if (reason := rule(draft, doc)) is not None), None)


def _home_affairs(draft: Draft, _doc: Doc) -> str | None:
    """Two parts of one country that talk, blame or ask: politics at home."""
    ours, theirs = _states_of(draft.actors), _states_of(draft.recipients)
    inner = bool(ours) and (ours == theirs or (len(draft.actors) > 1 and not draft.recipients))
    if len(ours) != 1 or not inner or draft.code[0] in word_set("types_of_strife"):
        return None
    parties = (*draft.actors, *draft.recipients)
    if any(p.sector in word_set("conflict_sectors") for p in parties):
        return None
    return "both sides are of one country, and no armed group is among them"


def _states_of(parties: tuple[Party, ...]) -> frozenset[str]:
    """Return the states of `parties`: a territory counts as the country that it belongs to."""
    known = load_countries()
    return frozenset(known.plover_country(code) for code in countries_of(parties))


def _crime(draft: Draft, doc: Doc) -> str | None:
    """A killing that courts and detectives deal with, by nobody of a state, army or armed group."""
    if draft.code[0] != "ASSAULT" or any(_is_power(p) for p in draft.actors):
        return None
    words = {t.lemma_.lower() for t in doc[draft.act.carrier].sent}
    if words.isdisjoint(word_set("crime_words")):
        return None
    return "the words are those of a crime, and no power is named as doing it"


def _is_power(party: Party) -> bool:
    return party.kind in ("country", "body") or party.sector not in (None, "CVL", "CRM")


def _weather(draft: Draft, doc: Doc) -> str | None:
    """Weather that strikes, and emergencies declared for it."""
    if draft.code[0] not in ("ASSAULT", "COERCE", "MOBILIZE"):
        return None
    verb = doc[draft.act.carrier]
    near = {t.lemma_.lower() for t in doc[max(0, verb.i - _NEAR) : verb.i + _NEAR]}
    disasters = word_set("disasters")
    needs = disasters | word_set("civil_emergencies")
    if draft.code[1] in ("martial-law", "curfew") and near & needs:
        return "the emergency is a natural one"
    here = {t.lemma_.lower() for t in verb.sent}
    if draft.code[0] == "ASSAULT" and not draft.actors and here & (disasters | _MISHAPS):
        return "weather or an accident did it"
    before = doc[max(0, verb.i - 4) : verb.i]
    if verb.dep_ == "relcl" and any(t.lemma_.lower() in disasters for t in before):
        return "weather did it"
    return None


def _captive_guest(draft: Draft, doc: Doc) -> str | None:
    """Captives who "arrive" are brought; guests at home are no guests."""
    if draft.code != ("CONSULT", "visit"):
        return None
    if any(doc[p.head].lower_ == "they" for p in draft.actors):
        return "some people go somewhere"
    words = {t.lower_ for p in draft.actors for t in doc[p.start : p.end]}
    if words & word_set("captives"):
        return "a captive is brought, no guest"
    if not countries_of(draft.actors) - countries_of(draft.recipients):
        return "nobody comes from abroad"
    return None


def _things(draft: Draft, doc: Doc) -> str | None:
    """Only people are arrested and deported."""
    if draft.code[0] != "COERCE" or draft.code[1] not in word_set("modes_of_people"):
        return None
    if draft.recipients and all(_is_thing(doc[p.head]) for p in draft.recipients):
        return "what is said to be arrested is a thing"
    return None


def _is_thing(token: Token) -> bool:
    """Tell whether a noun names a doing or text ("exchange", "process"), not people."""
    noun = content_noun(token)
    if noun.pos_ != "NOUN" or noun.tag_ != "NN":
        return False
    return noun.lemma_.endswith(("tion", "ment", "change", "ness", "ship", "ity", "process"))


def _vague_promise(draft: Draft, _doc: Doc) -> str | None:
    """What is merely foreseen, with nobody on the other side, agrees to nothing."""
    if draft.code[0] not in ("AGREE", "CONCEDE") or draft.status is not Status.FUTURE:
        return None
    if draft.modality.change not in ("future", "vowed"):
        return None
    others = countries_of(draft.recipients) - countries_of(draft.actors)
    if others or len(countries_of(draft.actors)) > 1 or draft.code[0] == "CONCEDE":
        return None
    return "nobody is named to whom it is promised"


def _private_departure(draft: Draft, doc: Doc) -> str | None:
    """Who leaves a place without being troops, staff or an office holder withdraws from nothing."""
    if draft.code[0] != "RETREAT" or doc[draft.act.head].lemma_.lower() not in word_set("leaving"):
        return None
    if draft.actors and any(p.sector not in (None, "CVL", "JRN", "BUS") for p in draft.actors):
        return None
    return "no power is named that leaves"


def _no_prisoner(draft: Draft, doc: Doc) -> str | None:
    """What is released must be someone: reports, cars and films are released, too."""
    if draft.act.entry.mode != "release" or draft.act.entry.type != "RETREAT":
        return None
    if "@" in draft.act.entry.act or any(_is_human(p, doc) for p in draft.recipients):
        return None
    return "nobody is named who is released"


def _is_human(party: Party, doc: Doc) -> bool:
    head = content_noun(doc[party.head])
    if party.sector is not None or party.kind == "person" or head.ent_type_ in ("NORP", "PERSON"):
        return True
    return head.lemma_.lower() in load_acts().classes["prisoner"]


def _no_target(draft: Draft, doc: Doc) -> str | None:
    """Currencies hit a low; nobody is struck."""
    if draft.code[0] != "ASSAULT":
        return None
    objects = {content_noun(doc[i]).lemma_.lower() for i in draft.act.recipients}
    return "a figure of speech" if objects & word_set("not_targets") else None


def _peaceful_operation(draft: Draft, doc: Doc) -> str | None:
    """Operations of rescuers and the police, offensives of diplomats."""
    if draft.code[0] != "ASSAULT":
        return None
    nouns = [doc[i] for i in draft.act.trigger if doc[i].pos_ == "NOUN"]
    words = {c.lower_ for n in nouns for c in n.children if c.dep_ in ("amod", "compound", "nmod")}
    return "an operation without arms" if words & word_set("peaceful_operations") else None


def _reporter(draft: Draft, doc: Doc) -> str | None:
    """Who asks and hears for a newspaper is no party; credits of pictures name no actor."""
    if any(is_outlet(doc[p.start].text) and p.end - p.start > 1 for p in draft.actors):
        return "the credit of a picture got into the sentence"
    if draft.code[0] in ("ASSAULT", "PROTEST", "COERCE"):
        return None
    names = (doc[p.start].text for p in draft.actors)
    return "a news outlet asks" if any(is_outlet(n) for n in names) else None


def _nobody_in_particular(draft: Draft, _doc: Doc) -> str | None:
    """A person of no known country and part who speaks is not known to stand for anyone."""
    if draft.code[0] not in word_set("types_of_words") or countries_of(draft.actors):
        return None
    if draft.actors and all(p.kind in ("person", "office") for p in draft.actors):
        return "the words do not say for which country the speaker stands"
    return None


def _mere_force(draft: Draft, doc: Doc) -> str | None:
    """ "Was forced to close": by events, as a rule, and not by anyone."""
    if doc[draft.act.head].lemma_ not in ("force", "oblige", "compel", "restrict"):
        return None
    if draft.actors and countries_of(draft.recipients):
        return None
    return "nobody is named who forced whom"


def _listed(draft: Draft, _doc: Doc) -> str | None:
    """Acts that the lexicon marks as doubtful in running text."""
    return doubtful_acts().get(draft.act.entry.act)


def _thing_as_attacker(draft: Draft, doc: Doc) -> str | None:
    """Someone, or a weapon, attacks; a comment that is "seized upon" is no territory."""
    if draft.code[0] != "ASSAULT":
        return None
    verb = doc[draft.act.head]
    if verb.lemma_ == "seize" and any(c.lower_ in ("on", "upon") for c in verb.children):
        return "seized upon"
    if not draft.actors or any(p.country or p.sector for p in draft.actors):
        return None
    heads = {content_noun(doc[p.head]).lemma_.lower() for p in draft.actors}
    if heads & word_set("weapons_that_act") or any(p.kind == "person" for p in draft.actors):
        return None
    return "what is said to attack is neither someone nor a weapon"


def _no_access(draft: Draft, _doc: Doc) -> str | None:
    """Who lets whom in must be said: patients are admitted, names removed from lists."""
    if draft.code == ("RETREAT", None) and not countries_of(draft.actors):
        return "nobody is named who steps back"
    if draft.act.entry.mode != "access" or draft.act.entry.type != "RETREAT":
        return None
    ours, theirs = countries_of(draft.actors), countries_of(draft.recipients)
    return None if ours and theirs and ours != theirs else "two countries are not named"


def _nameless_operation(draft: Draft, doc: Doc) -> str | None:
    """An operation or campaign against nobody may be of any kind."""
    if draft.code[0] != "ASSAULT" or countries_of(draft.recipients):
        return None
    nouns = {doc[i].lemma_.lower() for i in draft.act.trigger}
    return "an operation against nobody" if nouns & word_set("operations") else None


def _named_for_office(draft: Draft, doc: Doc) -> str | None:
    """ "Was designated interim president" is no sanction."""
    head = doc[draft.act.head]
    if head.lemma_ != "designate" or any("terror" in t.lower_ for t in head.sent):
        return None
    return "named for an office"


def _thing_as_actor(draft: Draft, doc: Doc) -> str | None:
    """Locations, plans and pressures do not accuse, promise or send anyone."""
    if draft.code[0] in ("ASSAULT", "PROTEST", "AID") or not draft.actors:
        return None
    if all(_is_mere_noun(p, doc) for p in draft.actors):
        return "what is said to act is a thing"
    return None


def _is_mere_noun(party: Party, doc: Doc) -> bool:
    head = content_noun(doc[party.head])
    if head.pos_ != "NOUN" or party.sector is not None or party.kind in ("person", "country"):
        return False
    lemma = head.lemma_.lower()
    known = word_set("people_nouns") | word_set("institutions") | word_set("weapons_that_act")
    return lemma not in known and lemma not in load_acts().classes["troops"]


def _lessening(draft: Draft, doc: Doc) -> str | None:
    """Lower tariffs are no new ones."""
    if draft.code[0] != "COERCE":
        return None
    words = {c.lower_ for i in draft.act.trigger for c in doc[i].children if c.dep_ == "amod"}
    return "less of it, not more" if words & word_set("lessening") else None


def _to_oneself(draft: Draft, doc: Doc) -> str | None:
    """Who kills himself is no matter between powers."""
    selves = any(doc[i].lower_.endswith(("self", "selves")) for i in draft.act.recipients)
    return "done to oneself" if selves and draft.code[0] == "ASSAULT" else None


def _place_as_actor(draft: Draft, doc: Doc) -> str | None:
    """ "Protesters in many places": the places do nothing."""
    places = [p for p in draft.actors if doc[p.head].dep_ == "pobj"]
    if places and all(doc[p.head].head.lower_ in ("in", "at", "on") for p in draft.actors):
        return "only a place stands where the actor should"
    compounds = [doc[p.head] for p in draft.actors if doc[p.head].dep_ == "compound"]
    known = load_countries()
    if compounds and all(
        t.ent_type_ == "GPE" and known.country_named(t.text) is None for t in compounds
    ):
        return "only a town stands where the actor should"
    return None


def _state_that_protests(draft: Draft, _doc: Doc) -> str | None:
    """People protest; a state that occupies something does something else."""
    state = any(p.kind == "country" for p in draft.actors)
    return "states do not protest in the streets" if draft.code[0] == "PROTEST" and state else None


def _nobodys_troops(draft: Draft, doc: Doc) -> str | None:
    """ "The possible deployment of forces": whose, the words do not say."""
    by_noun = draft.act.carrier == draft.act.head and doc[draft.act.head].pos_ == "NOUN"
    if draft.code[0] == "MOBILIZE" and by_noun and not countries_of(draft.actors):
        return "nobody is named whose troops they are"
    return None
