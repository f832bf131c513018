"""`tenure`: did this person hold this office on the day that counts?

The day is that of the utterance or event where the words give it, else the day of publication;
where they tell of the past without a day, any time before.
What a claim asks, and what is known about it, is answered in `tocsin.checks.office_questions`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tocsin.checks.office_questions import GRACE, Answer, Question, answer_question, no_record
from tocsin.checks.wording import (
    as_evidence,
    name_day,
    name_office,
    name_origin,
    name_tenure,
    spell_date,
)
from tocsin.records import WORST_FIRST, Absence, Article, Finding, Modifier, OfficeClaim, Verdict
from tocsin.reference.countries import load_countries
from tocsin.reference.names import match_names
from tocsin.reference.offices import Reference
from tocsin.reference.standing import may_be_called
from tocsin.reference.titles import read_titles, title_read_as

_THEN = re.compile(r"(?i)\bthen\b")
_UNREAD = {
    Absence.NO_COUNTRY: "The article does not say of which country",
    Absence.UNKNOWN_OFFICE: "This is no public office of which a list of holders is kept",
}


def check_tenure(
    claims: Sequence[OfficeClaim],
    article: Article,
    reference: Reference,
    doubted: Collection[str] = (),
) -> Iterator[Finding]:
    """Yield one finding for each person and office claimed, and one for each unnamed holder.

    Repeated claims give one finding, about the first.  An office mentioned without a name gives a
    finding of the check "holder", if the reference knows the holder and the article names nobody.
    `doubted` are the ids of the claims that put the article's own day in doubt.
    """
    seen: set[tuple[object, ...]] = set()
    named = {office for claim in claims if claim.name for office in claim.offices}
    for claim in claims:
        key = (claim.name, claim.offices or claim.office, claim.modifiers, claim.day)
        if key in seen:
            continue
        seen.add(key)
        day = claim.day or article.published
        if claim.name is not None:
            finding = _check_named(claim, article.published, reference)
            yield _doubting_the_day(finding, article, doubted)
        elif day is not None and claim.absence is None and not named & set(claim.offices):
            yield from _show_holder(claim, day, reference)


def judge_office(
    reference: Reference, person: str, office_words: str, country: str | None, day: date
) -> Finding:
    """Judge "`person` was `office_words` of `country` on `day`" without an article.

    Args:
        reference: who held which office.
        person: a name as the press writes it.
        office_words: an office as the press writes it ("Pentagon chief", "former president").
        country: code of the country or body; None if the words name it.
        day: the day asked for.
    """
    readings = read_titles(office_words, countries=load_countries(), country=country)
    called = reference.offices_called(office_words, country)
    if called and not any({*called} & {*reading.office_ids()} for reading in readings):
        readings = tuple(title_read_as(office, office_words) for office in called)
    whose = f"The words do not say of which country or body: “{office_words}” was not tested."
    no_country = no_record(Absence.NO_COUNTRY, whose)
    answers = [
        answer_question(
            reference,
            Question(
                name=person,
                offices=reading.office_ids(),
                modifiers=reading.modifiers,
                day=day,
                surely=not reading.shared,
                specific=reading.specific,
                country=reading.country,
                because="states and provinces have such an office, too",
            ),
            no_country if reading.kinds else None,
        )
        for reading in readings
        if reading.office
    ]
    sentence = f"“{office_words}” is no office that the reference knows."
    unknown = no_record(Absence.UNKNOWN_OFFICE, sentence)
    answer = min(answers, key=lambda each: WORST_FIRST.index(each.verdict), default=unknown)
    return _finding(reference, answer, person, office_words, {"on": day.isoformat()})


# --------------------------------------------------------------------------- claims


def _answer_at_its_time(
    reference: Reference, question: Question, claim: OfficeClaim, published: date | None
) -> tuple[Answer, Question]:
    """Return the answer and the question that it answers, which tells the time that was judged.

    Articles give people the title they bear while it is written, too: who holds the office on the
    day of publication holds it, whatever other day or time the words tell of, but for "then-".
    """
    dropped = None if _THEN.search(claim.office) else Modifier.THEN
    borne = tuple(each for each in question.modifiers if each is not dropped)
    told, written = replace(question, modifiers=borne), published or question.day
    asked = dict.fromkeys((told, replace(told, day=written), question))
    answers = {each: answer_question(reference, each, _unread(claim)) for each in asked}
    holding = (each for each, answer in answers.items() if answer.verdict is Verdict.HOLDS)
    judged = next(holding, question)
    answer = answers[judged]
    if answer.verdict is Verdict.HOLDS and Modifier.THEN in judged.modifiers:
        time = f"The words tell of the past; of the time before {name_day(judged.day)} this fits:"
        return replace(answer, sentence=f"{time} {answer.sentence}"), judged
    elsewhere = question.day != written and answer.own is not None
    if elsewhere and answer.verdict is Verdict.CONTRADICTED:
        return replace(answer, verdict=Verdict.UNSURE), judged
    return answer, judged


def _check_named(claim: OfficeClaim, published: date | None, reference: Reference) -> Finding:
    day = claim.day or published
    name = claim.name or ""
    if day is None:
        answer = _undated(claim, reference) if claim.offices else _unread(claim)
        return _finding(reference, answer, name, claim.office, {"on": None}, claim)
    question = Question(
        name=name,
        offices=claim.offices,
        modifiers=claim.modifiers,
        day=day,
        surely=claim.country_because is None,
        specific=claim.absence is None,
        country=claim.country,
        because=claim.country_because,
        grace=GRACE,
        told=True,
    )
    answer, judged = _answer_at_its_time(reference, question, claim, published)
    past, told = Modifier.THEN in judged.modifiers, judged.day.isoformat()
    time = {"on": None, "before": told} if past else {"on": told}
    return _finding(reference, answer, name, claim.office, time, claim)


def _finding(
    reference: Reference,
    answer: Answer,
    name: str,
    office: str,
    time: Mapping[str, str | None],
    claim: OfficeClaim | None = None,
) -> Finding:
    since, until = next(((t.since, t.until) for t in answer.holders), (None, None))
    known = answer.office and reference.office(answer.office) is not None
    facts = filter(None, (answer.own, *answer.holders))
    compared = {
        "claimed": name,
        "office": name_office(reference, answer.office or "") if known else office,
        "office_id": answer.office,
        **time,
        "held_by": [t.person.name for t in answer.holders],
        "from": since,
        "until": until,
    }
    return Finding(
        check="tenure",
        verdict=answer.verdict,
        sentence=answer.sentence,
        about=claim.id if claim else None,
        words=claim.words if claim else None,
        compared=compared,
        evidence=tuple(dict.fromkeys(as_evidence(reference, fact) for fact in facts)),
        absence=answer.absence,
    )


def _unread(claim: OfficeClaim) -> Answer:
    absence = claim.absence or Absence.UNKNOWN_OFFICE
    reason = _UNREAD.get(absence, "Many people hold such an office, or it is below the state")
    return no_record(absence, f"{reason}: “{claim.office}” was not tested.")


def _doubting_the_day(finding: Finding, article: Article, doubted: Collection[str]) -> Finding:
    """Take back what only a day in doubt contradicts: a guess, or one that fits nobody."""
    suspect = finding.about in doubted
    if finding.verdict is not Verdict.CONTRADICTED or not (suspect or article.day_is_guess):
        return finding
    why = "probably not the page's own" if suspect else "no more than a guess from the page"
    sentence = f"{finding.sentence} That day is {why}."
    return replace(finding, verdict=Verdict.UNSURE, sentence=sentence)


def _undated(claim: OfficeClaim, reference: Reference) -> Answer:
    name, office = claim.name or "", claim.offices[0]
    tenures = [tenure for each in claim.offices for tenure in reference.tenures(each)]
    own = [tenure for tenure in tenures if match_names(name, tenure.person.names).same]
    latest = own[-1] if own else None
    known = f"; {name_tenure(reference, latest)}" if latest else ""
    sentence = f"The article bears no date{known}."
    answer = no_record(Absence.NO_DATE, sentence, office, latest)
    listed = [p for each in claim.offices for p in reference.periods(each)[-1:]]
    plain = claim.absence is None and claim.country_because is None and not claim.modifiers
    meant = any(may_be_called(name, tenure) for tenure in tenures)
    if not plain or meant or len(listed) < len(claim.offices):
        return answer
    spans = " and ".join(f"{name_day(p.since)} and {name_day(p.until)}" for p in listed)
    told = (
        f"No {name} is among the holders of the office of {name_office(reference, office)} "
        f"between {spans} ({name_origin(tenures[-1])}); the article bears no date."
    )
    return replace(answer, verdict=Verdict.UNSURE, sentence=told)


def _show_holder(claim: OfficeClaim, day: date, reference: Reference) -> Iterator[Finding]:
    for office in claim.offices:
        holders = tuple(t for t in reference.holders(office, day) if t.surely_covers(day))
        if len({t.person.id for t in holders}) != 1 or not reference.complete(office, day):
            continue
        since = spell_date(holders[0].since)
        yield Finding(
            check="holder",
            verdict=Verdict.HOLDS,
            sentence=f"The article does not name {_own_words(claim)}; {holders[0].person.name} "
            f"had held that office since {since} ({name_origin(holders[0])}).",
            about=claim.id,
            words=claim.words,
            compared={
                "office": name_office(reference, office),
                "office_id": office,
                "on": day.isoformat(),
                "held_by": holders[0].person.name,
            },
            evidence=tuple(as_evidence(reference, t) for t in holders),
        )


def _own_words(claim: OfficeClaim) -> str:
    words = claim.office.removeprefix("the ").removeprefix("The ")
    return words if "’s " in words or "'s " in words else f"the {words}"
