"""Questions about offices: did this person hold one of these on this day?  Without the text.

`contradicted` needs three things at once: the words name one office and its country themselves,
every holder of that office on that day is listed, and the name is none of theirs, nor near one.
Within three days of a change of office the verdict is `unsure`: news and offices change hands at
different hours.  An article may tell of who left within the last `GRACE` days by the old title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tocsin.checks.wording import (
    name_day,
    name_death,
    name_hold,
    name_office,
    name_origin,
    name_tenure,
    spell_date,
)
from tocsin.records import Absence, Modifier, Verdict
from tocsin.reference.names import match_names
from tocsin.reference.offices import Reference
from tocsin.reference.standing import (
    Held,
    Standing,
    is_word_of,
    match_holder,
    may_be_called,
    shares_family_name,
)
from tocsin.reference.tenures import Person, Tenure, last_day

#: Days on either side of a change of office on which nobody is contradicted.
MARGIN = 3
#: Days after a change during which an article may still tell of the time before it.
GRACE = 31
#: After so many days out of office, a name with the old title is more likely history than error.
_HISTORY = 12 * 366
#: For how many days before the day asked for a list must be complete to tell of former holders.
_MEMORY = 20 * 365
#: For how many of these days, a change of office or two, it may have gaps.
_MEMORY_GAPS = 366
#: For so many days after somebody was last seen in office they are taken to hold it still; in any
#: two months, about one head of state or government in forty changes.
_FRESH = 60
#: How far ahead a list must reach before somebody "elect" is doubted, in days.
_INAUGURATION = 366
#: The order in which an answer for one of several offices answers for all of them.
_BEST_FIRST = (Verdict.HOLDS, Verdict.UNSURE, Verdict.NO_RECORD, Verdict.CONTRADICTED)
_PAST = (Modifier.FORMER, Modifier.THEN, Modifier.LATE)
_AHEAD = (Modifier.ELECT, Modifier.INCOMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One claim, stripped of the text it stands in."""

    name: str
    offices: tuple[str, ...]
    modifiers: tuple[Modifier, ...]
    day: date
    surely: bool  #: the words themselves name the country
    specific: bool  #: the words mean one office
    country: str | None = None
    because: str | None = None
    grace: int = MARGIN  #: days for which somebody who has left the office is not contradicted
    told: bool = False  #: an article tells it, and articles tell of the past


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verdict on one office, with what decided it."""

    verdict: Verdict
    sentence: str
    office: str | None = None
    holders: tuple[Tenure, ...] = ()
    own: Tenure | None = None
    absence: Absence | None = None


def no_record(
    absence: Absence, sentence: str, office: str | None = None, own: Tenure | None = None
) -> Answer:
    """Return the answer where the reference is silent, and why it is."""
    verdict = Verdict.NO_RECORD
    return Answer(verdict=verdict, sentence=sentence, office=office, own=own, absence=absence)


def answer_question(
    reference: Reference, question: Question, unread: Answer | None = None
) -> Answer:
    """Answer for every office that the words can mean, and combine.

    One office that is held is enough.  All must be contradicted before the claim is: where the
    words can also mean an office without a list, nothing is known.  `unread` is the answer where
    they mean none.
    """
    sentence = "The words mean no office of which a list of holders is kept."
    none = unread or no_record(Absence.OFFICE_NOT_SPECIFIC, sentence)
    answers = [_answer_for(reference, question, office) for office in question.offices]
    best = min(answers, key=lambda answer: _BEST_FIRST.index(answer.verdict), default=none)
    held = {a.holders[0].person.name for a in answers if a.verdict is Verdict.HOLDS and a.holders}
    if len(held) > 1 and not question.surely:
        told = f"{' and '.join(sorted(held))} both held such an office, each of another country."
        return no_record(Absence.NO_COUNTRY, told)
    answer = _soften(best, question) if answers else none
    return _told_of_the_dead(reference, answer, question)


def _told_of_the_dead(reference: Reference, answer: Answer, question: Question) -> Answer:
    """Return the answer, with the day of death where the person had long been dead.

    Where the reference is silent otherwise, a dead holder of anything in that country is `unsure`,
    and so is in an article whoever died so long ago that naming them is history; but nobody of an
    office that is in no list ("Gen. George Washington").
    """
    if answer.verdict is Verdict.HOLDS or any(m in _PAST for m in question.modifiers):
        return answer
    own = answer.own.person if answer.own else _dead_called(reference, question)
    gone = (question.day - last_day(own.died)).days if own and own.died else 0
    if own is None or gone <= GRACE:
        return answer
    told = replace(answer, sentence=f"{name_death(own)} {answer.sentence}")
    history = question.told and answer.own is None and gone > _HISTORY
    if history and not question.offices:
        return answer
    silent = answer.verdict is Verdict.NO_RECORD or history
    return replace(told, verdict=Verdict.UNSURE, absence=None) if silent else told


def _dead_called(reference: Reference, question: Question) -> Person | None:
    """Return who of the country bears the whole name, if it is nobody's who may be alive."""
    found = [hit for hit in reference.find_person(question.name) if hit.match.same]
    best = [hit.person for hit in found if hit.match.score == found[0].match.score]
    dead = all(person.died and question.country in person.of for person in best)
    return best[0] if best and dead and " " in question.name else None


def _soften(answer: Answer, question: Question) -> Answer:
    """Take back what the words cannot carry: a country or an office that was only inferred."""
    if answer.verdict in (Verdict.HOLDS, Verdict.NO_RECORD):
        return answer
    if not question.specific:
        return _soften_for_office(answer, question)
    if question.surely or (answer.verdict is Verdict.UNSURE and answer.absence is not None):
        return answer
    if answer.verdict is Verdict.UNSURE:
        return replace(answer, verdict=Verdict.NO_RECORD, absence=Absence.NO_COUNTRY)
    return replace(
        answer,
        verdict=Verdict.UNSURE,
        sentence=f"{answer.sentence} The title names no country: {question.because}.",
        absence=Absence.NO_COUNTRY,
    )


def _soften_for_office(answer: Answer, question: Question) -> Answer:
    """Take back what is said of one office where the title is that of many.

    Somebody who held this very office, but not on the day that counts, was most likely meant to
    bear its title, though others are called so too.
    """
    if answer.verdict is Verdict.CONTRADICTED and answer.own and question.surely:
        return replace(answer, verdict=Verdict.UNSURE, absence=Absence.OFFICE_NOT_SPECIFIC)
    return replace(
        answer,
        verdict=Verdict.NO_RECORD,
        sentence="The title is used too freely to be tested against a list of holders.",
        own=None,
        absence=Absence.OFFICE_NOT_SPECIFIC,
    )


def _answer_for(reference: Reference, question: Question, office: str) -> Answer:
    if reference.office(office) is None:
        sentence = "The reference does not know the holders of this office."
        return no_record(Absence.OUTSIDE_REFERENCE, sentence, office)
    if any(m in _PAST for m in question.modifiers):
        return _answer_past(reference, question, office)
    if any(m in _AHEAD for m in question.modifiers):
        return _answer_ahead(reference, question, office)
    return _answer_present(reference, question, office)


# --------------------------------------------------------------------------- in office


def _answer_present(reference: Reference, question: Question, office: str) -> Answer:
    """Answer for somebody who is said to hold the office on the day."""
    name, day = question.name, question.day
    standing = reference.standing(office, name, day)
    if standing.held is Held.HELD and standing.tenure is not None:
        return _held(reference, standing, standing.tenure, day)
    if standing.held is Held.LAST_SEEN and standing.tenure is not None:
        return _last_seen(reference, standing.tenure, office, day)
    around = reference.standing(office, name, day, MARGIN)
    if around.held is Held.HELD and around.tenure is not None:
        return _near_change(reference, around, around.tenure, day)
    if standing.held is Held.NEAR_NAME and standing.match is not None:
        near = next(t for t in standing.holders if match_holder(name, t).near)
        return _near_name(reference, near, office, f"“{name}” is close to the")
    if standing.held is Held.NOT_HELD:
        own = standing.tenure
        if own is not None and 0 < (day - own.last_day).days <= question.grace:
            return _near_change(reference, around, own, day)
        return _not_held(reference, standing, question, office)
    return _not_known(reference, standing, question, office)


def _told(reference: Reference, tenure: Tenure) -> str:
    return f"{name_tenure(reference, tenure)} ({name_origin(tenure)})."


def _holds(reference: Reference, tenure: Tenure, office: str) -> Answer:
    told = _told(reference, tenure)
    return Answer(verdict=Verdict.HOLDS, sentence=told, office=office, holders=(tenure,))


def _held(reference: Reference, standing: Standing, tenure: Tenure, day: date) -> Answer:
    others = [t for t in standing.holders if t.person.id != tenure.person.id]
    alone = reference.periods(tenure.office)  # else several may hold the office at once
    sure = standing.complete is not None and all(t.surely_covers(day) for t in others)
    rivals = alone and others and not sure
    if _changes_within(reference, tenure, day) or (rivals and not tenure.surely_covers(day)):
        return _near_change(reference, standing, tenure, day)
    return _holds(reference, tenure, tenure.office)


def _changes_within(reference: Reference, tenure: Tenure, day: date) -> bool:
    """Return whether the person took or left the office within `MARGIN` days of `day`."""
    own = [t for t in reference.tenures(tenure.office) if t.person.id == tenure.person.id]
    before, after = day - timedelta(days=MARGIN), day + timedelta(days=MARGIN)
    came = not any(t.may_cover(before) for t in own)
    return came or (tenure.until is not None and not any(t.may_cover(after) for t in own))


def _near_change(reference: Reference, standing: Standing, tenure: Tenure, day: date) -> Answer:
    return Answer(
        verdict=Verdict.UNSURE,
        sentence=f"The office changed hands close to {name_day(day)}: {_told(reference, tenure)}",
        office=tenure.office,
        holders=standing.holders,
        own=tenure,
        absence=Absence.NEAR_CHANGE,
    )


def _near_name(reference: Reference, near: Tenure, office: str, close: str) -> Answer:
    return Answer(
        verdict=Verdict.UNSURE,
        sentence=f"{close} holder's name, but not the same: {_told(reference, near)}",
        office=office,
        holders=(near,),
        absence=Absence.NEAR_NAME,
    )


def _not_held(reference: Reference, standing: Standing, question: Question, office: str) -> Answer:
    holders, own, day = standing.holders, standing.tenure, question.day
    unsure = _may_be_meant(standing, question, reference.tenures(office))
    if own is not None:
        others = " and ".join(f"{t.person.name} (since {spell_date(t.since)})" for t in holders)
        told = f"{name_tenure(reference, own)}; on {name_day(day)} the office was held by {others}"
    else:
        among = f"among the holders of the office of {name_office(reference, office)}"
        held = " and ".join(map(name_hold, holders))
        told = f"No {question.name} appears {among}; {held}"
    return Answer(
        verdict=Verdict.UNSURE if unsure else Verdict.CONTRADICTED,
        sentence=f"{told} ({name_origin(holders[0])}).",
        office=office,
        holders=holders,
        own=own,
    )


def _may_be_meant(standing: Standing, question: Question, ever: Sequence[Tenure]) -> bool:
    """Return whether the words may be right in a way that no list of holders shows.

    Deputies act for a holder for days; articles tell of holders long gone by their old title; a
    family name shared with the holder is often a first name garbled; and one word that is any part
    of a holder's name, of whatever time, may be all that was read of it.
    """
    if Modifier.ACTING in question.modifiers:
        return True
    own = standing.tenure
    if own is not None:
        return question.told and (question.day - own.last_day).days > _HISTORY
    if any(shares_family_name(question.name, t) for t in standing.holders):
        return True
    return any(is_word_of(question.name, t) for t in ever)


def _last_seen(reference: Reference, tenure: Tenure, office: str, day: date) -> Answer:
    seen = tenure.last_day
    told = f"{tenure.person.name} was {name_office(reference, office)} when last seen in office"
    origin = f"({name_origin(tenure)})"
    if (day - seen).days <= _FRESH:
        since = f"nobody is known to have followed by {name_day(day)}"
        return replace(
            _holds(reference, tenure, office),
            sentence=f"{told}, on {name_day(seen)}, and {since} {origin}.",
        )
    sentence = f"{told} on {name_day(seen)}; nothing is known of later days {origin}."
    return no_record(Absence.INCOMPLETE_LIST, sentence, office, tenure)


def _incomplete(sentence: str, office: str, own: Tenure | None = None) -> Answer:
    """Return the answer of a list with gaps that still gives cause for doubt."""
    unknown = no_record(Absence.INCOMPLETE_LIST, sentence, office, own)
    return replace(unknown, verdict=Verdict.UNSURE)


def _not_known(reference: Reference, standing: Standing, question: Question, office: str) -> Answer:
    """Answer for a day on which the list has a gap, with the terms of a holder of other days."""
    own, day = standing.tenure, question.day
    what = f"of who was {name_office(reference, office)} on {name_day(day)}"
    gap = f"The reference has no complete list {what}."
    if own is None:
        seen = reference.last_seen(office, day)
        if len(seen) == 1:  # a new holder, or nobody: the reader may know
            last = name_day(seen[0].last_day)
            gap += f" {seen[0].person.name} held it when last seen, on {last}."
        return no_record(Absence.INCOMPLETE_LIST, gap, office)
    terms = [t for t in reference.tenures(office) if t.person.id == own.person.id]
    later = (t for t in reference.last_seen(office, day) if t.person.id != own.person.id)
    followed = tuple(t for t in later if t.first_day >= own.last_day)
    facts = (*(name_tenure(reference, term) for term in terms), *map(name_hold, followed))
    told = f"{'; '.join(facts)} ({name_origin((*followed, own)[0])}). {gap}"
    return replace(_incomplete(told, office, own), holders=followed)


# --------------------------------------------------------------------------- former and elect


def _answer_past(reference: Reference, question: Question, office: str) -> Answer:
    """Answer for somebody who is said to have held the office at some time before."""
    before = [t for t in reference.tenures(office) if t.first_day <= question.day]
    own = [t for t in before if match_names(question.name, t.person.names).same]
    if own:
        latest = own[-1]
        still = latest.surely_covers(question.day) and len(own) == 1
        if still and Modifier.FORMER in question.modifiers:
            told = f"Still in office on {name_day(question.day)}: {_told(reference, latest)}"
            return replace(_holds(reference, latest, office), verdict=Verdict.UNSURE, sentence=told)
        return _holds(reference, latest, office)
    near = [t for t in before if match_names(question.name, t.person.names).near]
    if near:
        return _near_name(reference, near[-1], office, f"“{question.name}” is close to a")
    return _never_held(reference, question, office)


def _never_held(reference: Reference, question: Question, office: str) -> Answer:
    """Answer for somebody of whom no term is on record.

    No list reaches back for ever, so nobody is contradicted for what they once were; but the
    holders of many years are known.
    """
    told = f"No {question.name} is on record as {name_office(reference, office)}"
    gaps = _MEMORY - _days_listed(reference, office, question.day)
    meant = any(may_be_called(question.name, t) for t in reference.tenures(office))
    if meant or gaps > _MEMORY_GAPS:
        sentence = f"{told}; earlier holders are not all on record."
        return no_record(Absence.INCOMPLETE_LIST, sentence, office)
    but = f", but for {gaps} days," if gaps else ""
    return _incomplete(f"{told}; all who held it in the twenty years before{but} are.", office)


def _days_listed(reference: Reference, office: str, day: date) -> int:
    """Return on how many of the `_MEMORY` days before `day` every holder is listed."""
    first = day - timedelta(days=_MEMORY)
    spans = ((max(p.since, first), min(p.until, day)) for p in reference.periods(office))
    return sum((until - since).days for since, until in spans if since < until)


def _answer_ahead(reference: Reference, question: Question, office: str) -> Answer:
    """Answer for somebody who is said to be about to take the office."""
    day, horizon = question.day, question.day + timedelta(days=_INAUGURATION)
    own = [
        t
        for t in reference.tenures(office)
        if match_names(question.name, t.person.names).same and t.last_day >= day
    ]
    coming = [t for t in own if day - timedelta(days=MARGIN) <= t.first_day <= horizon]
    if coming:
        return _holds(reference, coming[0], office)
    if Modifier.ELECT in question.modifiers and any(t.surely_covers(day) for t in own):
        return _answer_present(reference, question, office)  # who was elected may be in office
    reach = reference.complete(office, day) and reference.complete(office, horizon)
    if not own and not reach:
        sentence = f"Who followed as {name_office(reference, office)} is not on record."
        return no_record(Absence.INCOMPLETE_LIST, sentence, office)
    told = name_tenure(reference, own[0]) if own else f"{question.name} did not take the office"
    return Answer(
        verdict=Verdict.UNSURE,
        sentence=f"{told}; somebody “elect” takes office soon after {name_day(day)}.",
        office=office,
        own=own[0] if own else None,
    )
