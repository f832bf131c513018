"""Every record that the work passes on, keeps and serves; each field described once.

All records are frozen, slotted, keyword-only dataclasses.  JSON, tables, schemas and exporters
derive from them (`to_json`), so a field that is not here does not exist anywhere.

Words and offsets.  A `Span` is a half-open pair of character offsets ``(start, end)`` into
`Article.text`, which is kept exactly as it was read.  ``article.text[start:end]`` is the evidence.

Keys.  An `id` is a hash of content (`tocsin.keys`): reading the same text again gives the same ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from tocsin import faces
from tocsin.keys import text_key
from tocsin.vocabulary import BACKGROUND as BACKGROUND
from tocsin.vocabulary import FIRMEST_FIRST as FIRMEST_FIRST
from tocsin.vocabulary import WORST_FIRST as WORST_FIRST
from tocsin.vocabulary import Absence as Absence
from tocsin.vocabulary import Manner as Manner
from tocsin.vocabulary import Modifier as Modifier
from tocsin.vocabulary import Naming as Naming
from tocsin.vocabulary import Stance as Stance
from tocsin.vocabulary import Status as Status
from tocsin.vocabulary import Verdict as Verdict

Span = tuple[int, int]


# --------------------------------------------------------------------------- the text, and who


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, agency and day at the head of the body ("SEOUL, Oct 29 (Reuters) -")."""

    words: Span  #: where it stands
    place: str | None = None  #: as written
    agency: str | None = None  #: as written
    day: date | None = None  #: of the dateline


#: The form of articles that have pages, and what stands in the text before each but the first.
PDF, PAGE_BREAK = "application/pdf", "\f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text.  `text` is never altered after reading; every offset points into it.

    Two articles with the same words on the same day are two articles (two addresses, two outlets)
    with one text: what is found in it is found once, and its ids depend on `text_id` alone.
    """

    id: str  #: key of text, day and address, or of the name of the file
    text: str  #: as it was read, with all its characters
    title: str | None = None  #: as the page, feed or table gives it
    url: str | None = None  #: its address on the web
    outlet: str | None = None  #: who published it
    published: date | None = None  #: the day of publication
    #: How its day was found: given, metadata, feed, table, dateline, address or guess.
    published_from: str | None = None
    language: str = "en"  #: ISO 639-1
    dateline: Dateline | None = None  #: at the head of the body, if there is one
    origin: str | None = None  #: what was read: a path as the user gave it, "-", or an address
    media_type: str = "text/plain"  #: as read; or text/markdown, text/html, application/pdf

    @property
    def text_id(self) -> str:
        """Key of all that decides what is found in the article: its words, its day, its form."""
        guess = ("guess",) if self.day_is_guess else ()
        return text_key(self.text, self.published, self.media_type, *guess)

    @property
    def day_is_guess(self) -> bool:
        """Whether its day stands somewhere on its page, and may be that of something else."""
        return self.published is not None and self.published_from == "guess"

    def page_of(self, offset: int) -> int | None:
        """Return the number of the page on which the text at `offset` stands; of a PDF only."""
        return self.text.count(PAGE_BREAK, 0, offset) + 1 if self.media_type == PDF else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, body, state or group, as far as the article and the reference identify it.

    The same record serves as a statement's speaker and as an event's actor or recipient.
    """

    name: str  #: of whom or what the words mean
    words: Span  #: the words that stand for it here (may be a pronoun)
    kind: str  #: "person", "body", "country", "group", "office" or "collective"
    office: str | None = None  #: the capacity as the article gives it ("South Korean President")
    office_words: Span | None = None  #: where the office stands
    country: str | None = None  #: ISO 3166-1 alpha-3, or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC
    sector: str | None = None  #: PLOVER sector (GOV, MIL, REB, ...)
    reference: str | None = None  #: id of the person in the reference, where known there
    because: str | None = None  #: one sentence: why these words were taken to mean this actor


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeClaim(faces.InNotebooks):
    """The article says (or implies by apposition or title) that someone holds an office.

    `name` is None when only the office is given ("North Korea's foreign minister").
    `offices` are ids in the reference that the words can mean; empty with a reason in `absence`.
    """

    id: str  #: key of the text and the place in it
    words: Span  #: the whole phrase, title and name
    office: str  #: the office as written
    office_words: Span  #: where the office stands
    name: str | None = None  #: who is said to hold it
    name_words: Span | None = None  #: where the name stands
    modifiers: tuple[Modifier, ...] = ()  #: words that change the claim
    country: str | None = None  #: of the office, as of an `Actor`
    country_because: str | None = None  #: where the country was found, when not in the title itself
    offices: tuple[str, ...] = ()  #: ids in the reference
    day: date | None = None  #: the day of utterance or event where the words give it
    absence: Absence | None = None  #: why it cannot be looked up


# --------------------------------------------------------------------------- the second reader

#: A field that says nothing is left out of the JSON: only what a second reader read has it.
BESIDE: Mapping[str, Any] = {"left_out": "when it says nothing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAct:
    """An act as a second reader gives it: words that stand in the text, of the vocabulary."""

    type: str  #: of PLOVER's sixteen
    status: Status  #: how sure the wording is
    words: Span  #: the words that tell it
    actors: tuple[Span, ...] = ()  #: the words for who does it
    actors_of: tuple[Span, ...] = ()  #: names of the states and organisations whose they are
    recipients: tuple[Span, ...] = ()  #: the words for whom it is done to
    recipients_of: tuple[Span, ...] = ()  #: as of the actors
    time: Span | None = None  #: the words for when
    place: Span | None = None  #: the words for where
    again: tuple[Span, ...] = ()  #: where the same act is told further


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidStatement:
    """A statement as a second reader gives it: words that stand in the text."""

    speaker: Span  #: the words for who says it
    cue: Span | None  #: the words that report it
    content: Span  #: the words said
    manner: Manner  #: how they are given


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """What a second reader, a large model, said of a text, as far as its words stand there."""

    model: str  #: as its user calls it
    prompt: str  #: key of what it was asked
    tokens_in: int  #: sent, as the endpoint counts them, else roughly
    tokens_out: int  #: answered
    dropped: Mapping[str, int] = field(default_factory=dict)  #: what it said besides, by reason
    acts: tuple[SaidAct, ...] = ()  #: in the order of its answer
    statements: tuple[SaidStatement, ...] = ()  #: in the order of its answer


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReading:
    """How the other of two readers read the same words where it differs; None: as the record."""

    reader: str  #: "tocsin", or the model as its user calls it
    type: str | None = None  #: of an event
    status: Status | None = None  #: of an event
    actors: tuple[Actor, ...] | None = None  #: of an event
    recipients: tuple[Actor, ...] | None = None  #: of an event
    speaker: Actor | None = None  #: of a statement


# --------------------------------------------------------------------------- what is said and done


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """An outlet or body through which a statement came ("told Reuters", "according to TASS")."""

    name: str  #: of the outlet or body
    words: Span  #: where it is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(faces.InNotebooks):
    """What someone is reported to have said, thought or wanted.

    `relays` run from the innermost (who heard it) to the outermost (whom this article read).
    """

    id: str  #: key of the text and the place in it
    speaker: Actor | None  #: None where nobody is found
    speaker_words: Span | None  #: where the speaker is named
    cue: Span | None  #: the word that reports it
    content: tuple[Span, ...]  #: the pieces of what is said
    manner: Manner  #: direct, indirect or mixed
    stance: Stance  #: what the speaker does with it
    naming: Naming  #: how far the speaker is identified
    relays: tuple[Relay, ...] = ()  #: outlets that it came through
    distancing: bool = False  #: the cue keeps its distance ("claimed", "alleged", "insisted")
    anonymity_reason: Span | None = None  #: "because he was not authorised to speak"
    within: str | None = None  #: id of the statement whose content holds this one
    absence: Absence | None = None  #: why there is no speaker, when there is none
    #: Who found it, of two readers: "tocsin", a model, or both.
    readers: tuple[str, ...] = field(default=(), metadata=BESIDE)
    #: How the second reader reads it, where it differs.
    otherwise: OtherReading | None = field(default=None, metadata=BESIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """Time words and the interval of days they mean; both ends None when they cannot be placed."""

    words: Span  #: where they stand
    earliest: date | None = None  #: first day that they can mean
    latest: date | None = None  #: last day that they can mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Place words and the country they lie in."""

    words: Span  #: where it is named
    name: str  #: as written
    country: str | None = None  #: ISO 3166-1 alpha-3
    latitude: float | None = None  #: in degrees, north is positive
    longitude: float | None = None  #: in degrees, east is positive
    because: str | None = None  #: one sentence: why it was placed there


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many were killed, injured or arrested in an event, or how many troops took part.

    An exact number has `low` equal to `high`.  "At least 12" and "dozens" have no `high`, "up to
    20" has no `low`; "dozens" is at least 12, "thousands" at least 1,000.
    """

    kind: str  #: "dead", "injured", "arrested" or "troops"
    low: int | None  #: people, at least
    high: int | None  #: people, at most
    words: Span  #: where the number stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(faces.InNotebooks):
    """Who did what to whom, in PLOVER's terms.

    `quad` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict;
    `score` is PLOVER's conflict-cooperation score, -10 to 10.  An act that the article tells
    several times is one event: `words` and `trigger` are where it does so first.
    """

    id: str  #: key of the text and the place in it
    type: str  #: PLOVER's, like ASSAULT
    mode: str | None  #: PLOVER's, like drone
    quad: int  #: 1 to 4
    score: float  #: -10 to 10
    confidence: float  #: 0 to 1: how probably careful reading marks this act with this type
    actors: tuple[Actor, ...]  #: who did it
    recipients: tuple[Actor, ...]  #: to whom it was done
    status: Status  #: how sure the wording is
    asserted_by: str  #: id of the statement in whose content it stands, or "article"
    words: Span  #: the clause that tells it
    trigger: Span  #: the words that decided the type
    contexts: tuple[str, ...] = ()  #: PLOVER's, like military
    place: Place | None = None  #: where it happened
    date: DateWords | None = None  #: when, by the words of the text
    counts: tuple[Count, ...] = ()  #: of people
    mentions: tuple[Span, ...] = ()  #: the trigger of each further telling, in order
    #: Who found it, of two readers: "tocsin", a model, or both.
    readers: tuple[str, ...] = field(default=(), metadata=BESIDE)
    #: How Tocsin reads it, where the second reader, whose word stands, differs.
    otherwise: OtherReading | None = field(default=None, metadata=BESIDE)


# --------------------------------------------------------------------------- why; what checks say


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One line of the lexicon that fits the words of an act, with how well it fits."""

    entry: str  #: as in the lexicon: "impose @sanctions on|against:R"
    type: str  #: PLOVER's
    mode: str | None  #: PLOVER's
    score: float  #: how well it fits: more is better


@dataclass(frozen=True, slots=True, kw_only=True)
class ActExplanation:
    """How one act of the text was read, whether or not it became an event."""

    trigger: Span  #: the words that tell the act
    chances: Mapping[str, float]  #: the network's probability of an act here, and of each type
    lexicon: str  #: file and line of the entry that fits best: "acts.tsv:590"; "" where none does
    candidates: tuple[Candidate, ...]  #: the one that fits best first
    parse: tuple[str, ...]  #: "subject: Russian drones", "with: missiles"
    parties: tuple[str, ...]  #: who was taken for whom, and why
    steps: tuple[str, ...]  #: what tense, words above and statement made of type and status
    event: str | None  #: id of the event; None when none came of it
    outcome: str  #: the event in short, or why there is none
    second: tuple[str, ...] = field(default=(), metadata=BESIDE)  #: what a second reader says


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One sentence with the acts that were found in it."""

    sentence: Span  #: where it stands
    acts: tuple[ActExplanation, ...]  #: found in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fact of the reference behind a finding, with where it comes from."""

    person: str  #: name
    office: str  #: title and country
    since: str | None  #: ISO date at its own precision ("2021", "2021-06", "2021-06-13")
    until: str | None  #: likewise
    origin: str  #: who says so
    link: str | None = None  #: where the person can be looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a finding that sets articles against each other: whose words, and which."""

    record: str  #: id of the event, statement or office claim
    text_id: str  #: `Article.text_id` of the text the words stand in
    words: Span  #: where they stand in that text
    quoted: str  #: the words themselves
    outlet: str | None = None  #: of the earliest article that printed them


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(faces.InNotebooks):
    """What one check says about one record: a verdict, one sentence, the values compared."""

    check: str  #: name of the check, like tenure
    verdict: Verdict  #: what it says
    sentence: str  #: why
    about: str | None = None  #: id of the record it is about; None when it is about the article
    words: Span | None = None  #: what it is about, in the text
    compared: Mapping[str, Any] = field(default_factory=dict)  #: the values that decided, by name
    evidence: tuple[Evidence, ...] = ()  #: facts of the reference
    #: Why nothing could be said; of what is `unsure`, why it is not `contradicted` instead.
    absence: Absence | None = None
    sides: tuple[Side, ...] = ()  #: in a finding about several articles, both sides' words


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """Between which days all office claims of the article can be true together.

    Both ends None and `conflict` not empty: no day fits, and those claims exclude each other.
    An end that is None without conflict is open.
    """

    earliest: date | None  #: first day on which all hold
    latest: date | None  #: last day on which all hold
    because: tuple[str, ...]  #: one sentence for each claim that decided
    conflict: tuple[str, ...] = ()  #: ids of the fewest claims that exclude each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What was used and what could not be said, so that a report can be repeated and judged."""

    tocsin: str  #: its version
    pipeline: str  #: name and version of the language pipeline
    reference: str  #: what the office reference holds, and up to when
    absences: Mapping[str, int] = field(default_factory=dict)  #: how often not said, by reason
    reader: str | None = None  #: version of what found the records; None where none was noted
    #: What a second reader said of the text, where one was asked and answered.
    second: SecondReading | None = field(default=None, metadata=BESIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(faces.AsPage):
    """Everything Tocsin makes of one article.

    >>> [finding.verdict.value for finding in report.findings][:2]
    ['contradicted', 'holds']
    """

    article: Article  #: what was read
    statements: tuple[Statement, ...]  #: who says what
    events: tuple[Event, ...]  #: who did what to whom
    office_claims: tuple[OfficeClaim, ...]  #: who is said to hold which office
    findings: tuple[Finding, ...]  #: what the checks say
    dating: Dating | None  #: None where no office tells of days
    account: Account  #: what was used


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An article that could not be read or analysed.  One failure never ends the run."""

    origin: str  #: what was to be read
    error: str  #: name of the error's class
    message: str  #: what, the value, what was expected, what to do

    @property
    def told(self) -> str:
        """The message, which says in any case what it is about."""
        return self.message if self.origin in self.message else f"{self.origin}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """An article in a language that Tocsin does not read: counted, not analysed, not mangled."""

    origin: str  #: what was read
    language: str  #: ISO 639-1


# --------------------------------------------------------------------------- many articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that two texts share: where they stand in the one and in the other."""

    one: Span  #: offsets into the one text
    other: Span  #: offsets into the other


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMatch:
    """What two texts have in common, when it is too much for chance.

    `kind` is "verbatim" (the same words), "near" (light edits, cut or added paragraphs) or
    "passage" (a passage of the one stands in the other, the rest is its own).
    """

    kind: str
    similarity: float  #: 0 to 1: share of the shorter text's words that stand in the other
    passages: tuple[Passage, ...]  #: the words that both have
    sentence: str  #: what they share, in numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(faces.InNotebooks):
    """Texts that go back to one: an agency text and its prints, an article and its updates.

    `articles` are copies of each other, and one voice.  `passages` print a passage of them, in a
    text that is otherwise their own; they may do so in several families.  Where only passages are
    shared and nothing says whose they are, `articles` is empty.
    """

    id: str  #: key of its first text, or of the first two
    articles: tuple[str, ...]  #: ids, earliest first
    origin: str | None  #: id of the article the others go back to, where that can be said
    agency: str | None  #: the agency credited, if any
    because: str  #: what makes it a family and what decided the origin
    passages: tuple[str, ...] = ()  #: ids of the articles that print a passage, earliest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The Admiralty code: reliability of the outlets, credibility of what they say.

    The two are judged apart.  F and 6 mean "cannot be judged", not "bad".
    """

    reliability: str  #: "A" to "F"
    credibility: int  #: 1 to 6
    sentence: str  #: why


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One text's telling of a reported event, with every article that printed the text."""

    event: Event  #: as this text tells it
    text_id: str  #: `Article.text_id`
    told: str  #: the words of `event.words`
    speaker: Actor | None  #: of the statement that asserts it; None when the article does
    articles: tuple[str, ...]  #: ids of the articles with this text, earliest first
    outlets: tuple[str, ...]  #: that print the text
    published: date | None  #: earliest
    family: str | None  #: id of the family of copies
    voice: int  #: tellings with the same number go back to one report (copies, owner, speaker)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEvent(faces.InNotebooks):
    """One event as all articles together report it.

    `independent` counts the voices that report it as having happened; see `Telling.voice`.
    """

    id: str  #: key of its earliest telling
    type: str  #: PLOVER's, like ASSAULT
    mode: str | None  #: PLOVER's, like drone
    quad: int  #: 1 to 4, as of an `Event`
    score: float  #: -10 to 10
    confidence: float  #: the highest that any telling has
    contexts: tuple[str, ...]  #: PLOVER's, like military
    actors: tuple[Actor, ...]  #: who did it
    recipients: tuple[Actor, ...]  #: to whom it was done
    day: date | None  #: first day it can have been on
    until: date | None  #: last day it can have been on
    place: Place | None  #: the nearest that is named
    status: Status  #: the firmest that any telling gives it, as news if any does
    statuses: tuple[Status, ...]  #: all that tellings give
    articles: int  #: how many tell it, copies too
    reports: int  #: tellings
    independent: int  #: voices that tell it as having happened
    contradicted: bool  #: whether articles contradict each other
    grade: Grade  #: the Admiralty code
    tellings: tuple[Telling, ...]  #: as each text tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The same words by the same speaker, in however many articles, with the earliest."""

    id: str  #: key of its first statement
    speaker: Actor | None  #: None where nobody is found
    said: str  #: as the earliest article prints it
    statements: tuple[str, ...]  #: ids, earliest first
    articles: tuple[str, ...]  #: earliest first
    first_published: date | None  #: day of the first print


def to_json(value: object) -> Any:
    """Return `value` (a record, or anything a record may hold) as JSON-ready data.

    Dates become ISO strings, tuples lists, records objects whose keys are the field names.

    >>> tocsin.to_json(report)["article"]["published"]
    '2025-02-18'

    Raises:
        TypeError: for a value no record may hold.
    """
    if value is None or isinstance(value, (str, int, float)):
        return str(value) if isinstance(value, StrEnum) else value
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        held = ((name, may_lack, getattr(value, name)) for name, may_lack in _fields(type(value)))
        return {name: to_json(each) for name, may_lack, each in held if each or not may_lack}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    raise TypeError(f"a record may not hold a {type(value).__name__}: {value!r}")


@cache
def _fields(cls: type) -> tuple[tuple[str, bool], ...]:
    """Return the names of a record's fields, and which of them may be missing where nothing is."""
    return tuple((field.name, bool(field.metadata)) for field in fields(cls))
