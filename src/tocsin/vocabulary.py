"""Vocabulary: the closed sets of words that records use, which are part of the contract."""

from __future__ import annotations

from enum import StrEnum


class Manner(StrEnum):
    """How the words of a statement are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What the speaker does with the content, read from the cue and its negation."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    REJECTS = "rejects"
    WARNS = "warns"
    THREATENS = "threatens"
    PLEDGES = "pledges"
    DEMANDS = "demands"
    ACCUSES = "accuses"
    CONCEDES = "concedes"
    DECLINES_TO_COMMENT = "declines_to_comment"
    NEITHER_CONFIRMS_NOR_DENIES = "neither_confirms_nor_denies"
    EXPRESSES = "expresses"
    SUPPORTS = "supports"
    ASKS = "asks"
    BELIEVES = "believes"


class Naming(StrEnum):
    """How far the speaker can be identified, from best to worst (after Reuters and AP usage)."""

    NAMED = "named"
    OFFICE = "office"
    INSTITUTION = "institution"
    COLLECTIVE = "collective"
    ANONYMOUS = "anonymous"


class Status(StrEnum):
    """How sure the wording is that an event happened; `FIRMEST_FIRST` ranks them.

    Acts recalled or merely possible are background, all others news.
    """

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    DENIED = "denied"
    UNCONFIRMED = "unconfirmed"
    HYPOTHETICAL = "hypothetical"
    FUTURE = "future"
    HISTORICAL = "historical"
    NEGATED = "negated"

    @property
    def is_background(self) -> bool:
        """Whether an act told like this is recalled or merely possible, and so no news."""
        return self in BACKGROUND


BACKGROUND = frozenset({Status.HISTORICAL, Status.HYPOTHETICAL, Status.NEGATED})

FIRMEST_FIRST = (
    *(Status.ASSERTED, Status.REPORTED, Status.HISTORICAL, Status.ALLEGED, Status.UNCONFIRMED),
    *(Status.DENIED, Status.NEGATED, Status.FUTURE, Status.HYPOTHETICAL),
)


class Verdict(StrEnum):
    """What a check says, the worst first.

    `NO_RECORD` is never suspicion: the reference is silent, no more.
    """

    CONTRADICTED = "contradicted"
    UNSURE = "unsure"
    HOLDS = "holds"
    NO_RECORD = "no_record"


WORST_FIRST = tuple(Verdict)


class Modifier(StrEnum):
    """A word that changes what an office claim claims."""

    FORMER = "former"
    THEN = "then"
    LATE = "late"
    ACTING = "acting"
    DEPUTY = "deputy"
    ELECT = "elect"
    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Absence(StrEnum):
    """Why something could not be said.  Counted in the run's account where nothing was."""

    NO_SPEAKER_WORDS = "no_speaker_words"
    AMBIGUOUS_SURNAME = "ambiguous_surname"
    AMBIGUOUS_PRONOUN = "ambiguous_pronoun"
    NOT_RESOLVED = "not_resolved"
    NO_DATE = "no_date"
    NO_COUNTRY = "no_country"
    UNKNOWN_OFFICE = "unknown_office"
    OFFICE_NOT_SPECIFIC = "office_not_specific"
    OUTSIDE_REFERENCE = "outside_reference"
    INCOMPLETE_LIST = "incomplete_list"
    NEAR_NAME = "near_name"
    NEAR_CHANGE = "near_change"
