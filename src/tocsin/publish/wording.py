"""The English words in which a report's codes are shown, the same in every dress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tocsin.checks.wording import name_day
from tocsin.records import Absence, Actor, DateWords, Evidence, Span, Stance

#: PLOVER's quad classes, 1 to 4.
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}

ABSENCES: Mapping[str, str] = {
    Absence.NO_SPEAKER_WORDS: "statements with no words that name a speaker",
    Absence.AMBIGUOUS_SURNAME: "surnames that several people in the article bear",
    Absence.AMBIGUOUS_PRONOUN: "pronouns that may mean several people",
    Absence.NOT_RESOLVED: "words that could not be tied to a person or body",
    Absence.NO_DATE: "offices not checked because the article has no date",
    Absence.NO_COUNTRY: "offices whose country is not clear",
    Absence.UNKNOWN_OFFICE: "titles that the reference does not know",
    Absence.OFFICE_NOT_SPECIFIC: "titles that many people hold at once",
    Absence.OUTSIDE_REFERENCE: "offices for which the reference names nobody on that day",
    Absence.INCOMPLETE_LIST: "offices whose list of holders has gaps around that day",
    Absence.NEAR_NAME: "names that differ from the holder's by little",
    Absence.NEAR_CHANGE: "offices that changed hands within days",
}


def spelled(code: str) -> str:
    """Return a code as words ("no record", "declines to comment")."""
    return code.replace("_", " ")


def stance_words(stance: Stance) -> str:
    """Return `stance` as a verb in the present ("denies", "declines to comment")."""
    return "says" if stance is Stance.ASSERTS else spelled(stance)


def absence_words(reason: str) -> str:
    """Return what a key of `Account.absences` counts, or the key itself when it is not known."""
    return ABSENCES.get(reason) or spelled(reason)


def interval_words(earliest: date | None, latest: date | None) -> str:
    """Return the days from `earliest` to `latest`; an end that is None is open."""
    if earliest and latest:
        if earliest == latest:
            return name_day(earliest)
        return f"{name_day(earliest)} to {name_day(latest)}"
    if earliest:
        return f"{name_day(earliest)} or later"
    return f"{name_day(latest)} or earlier" if latest else "any day"


def date_words(text: str, when: DateWords) -> str:
    """Return the time words of the article and, where they could be placed, the days they mean."""
    said = words_at(text, when.words)
    if when.earliest is None and when.latest is None:
        return f"“{said}”"
    return f"“{said}” ({interval_words(when.earliest, when.latest)})"


def actor_words(actors: tuple[Actor, ...]) -> str:
    """Return the names of `actors`, or "someone not named" when there are none."""
    names = list(dict.fromkeys(actor.name for actor in actors))
    if not names:
        return "someone not named"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def evidence_words(fact: Evidence) -> str:
    """Return one fact of the reference with its days and its origin."""
    if fact.since and fact.until:
        days = f"{fact.since} to {fact.until}"
    elif fact.until:
        days = f"until {fact.until}"
    else:
        days = f"since {fact.since}" if fact.since else "days not known"
    return f"reference: {fact.person}, {fact.office}, {days} ({fact.origin})"


def words_at(text: str, span: Span) -> str:
    """Return the words of `text` at `span`."""
    return text[span[0] : span[1]]
