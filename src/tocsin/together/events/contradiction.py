"""`contradiction`: articles that cannot all be right, with both sides' words.

Three things are looked for: an event that one reports and another denies; numbers that exclude
each other; one office given to two people on one day.  A false alarm costs more than a miss, so
whatever may differ for an honest reason is left alone: tolls grow, places and victims may be parts
of each other, and offices change hands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from tocsin.checks.wording import name_count, name_day
from tocsin.lexicons.words import number_words, word_set
from tocsin.records import Count, Finding, OfficeClaim, Side, Status, Telling, Verdict
from tocsin.reference.names import match_names
from tocsin.together.events.corroboration import DENIED, HAPPENED, named_day
from tocsin.together.events.same_event import exceeds, exclude_each_other, is_same_place, same_name

CHECK = "contradiction"

_COUNTED = {"dead": "killed", "injured": "injured", "arrested": "arrested", "troops": "troops"}

#: "Does not negotiate" tells a refusal: what has a "not" is hardly a denial of another one.
_TOLD_BY_NEGATION = frozenset({"REJECT"})

#: Characters of a telling that are quoted in a sentence; the whole stands in the sides.
_LONGEST = 100

#: Words that tell how many, like digits.
_NUMBERS = frozenset((*number_words("number"), *number_words("scale")))

#: Those who can stand for everybody: "12 people" and "12 civilians" count the same.
_EVERYBODY = re.compile(r"(?i)\b(?:people|persons|civilians|residents|victims)\b")


def check_contradictions(tellings: Sequence[Telling], about: str) -> Iterator[Finding]:
    """Yield a finding if an event is both reported and denied, and one for each kind of number.

    Args:
        tellings: of one reported event, earliest first.
        about: the id of the reported event.
    """
    yield from _check_denial(tellings, about)
    yield from _check_numbers(tellings, about)


# --------------------------------------------------------------------------- reported and denied


def _check_denial(tellings: Sequence[Telling], about: str) -> Iterator[Finding]:
    reported = [t for t in tellings if t.event.status in HAPPENED]
    denied = [t for t in tellings if t.event.status in DENIED]
    if not reported or not denied or reported[0].event.type in _TOLD_BY_NEGATION:
        return
    one, other = reported[0], denied[0]
    says = "alleges" if one.event.status is Status.ALLEGED else "reports"
    within = " in the same text" if one.text_id == other.text_id else ""
    yield Finding(
        check=CHECK,
        verdict=Verdict.CONTRADICTED,
        sentence=f"{_who(one)} {says} {_quote(one)}{_on(one)}; {_who(other)} denies it"
        f"{within}: {_quote(other)}{_on(other)}.",
        about=about,
        compared={"reported": len(reported), "denied": len(denied)},
        sides=(_side(one), _side(other)),
    )


def _quote(telling: Telling) -> str:
    words = " ".join(telling.told.split())
    return f"“{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}”"


def _who(telling: Telling) -> str:
    if telling.speaker is not None:
        return telling.speaker.name
    return telling.outlets[0] if telling.outlets else "one article"


def _on(telling: Telling) -> str:
    return f" ({name_day(telling.published)})" if telling.published else ""


def _side(telling: Telling) -> Side:
    return Side(
        record=telling.event.id,
        text_id=telling.text_id,
        words=telling.event.words,
        quoted=telling.told,
        outlet=telling.outlets[0] if telling.outlets else None,
    )


# --------------------------------------------------------------------------- numbers


def _check_numbers(tellings: Sequence[Telling], about: str) -> Iterator[Finding]:
    """Yield one finding for each kind of number: a contradiction before a toll that grew."""
    for kind in sorted(_COUNTED):
        grown = None
        for one, other, a, b in _excluding(tellings, kind):
            finding = _compare(about, one, other, a, b)
            if finding.verdict is not Verdict.UNSURE:
                yield finding
                break
            grown = grown or finding
        else:
            if grown is not None:
                yield grown


def _excluding(
    tellings: Sequence[Telling], kind: str
) -> Iterator[tuple[Telling, Telling, Count, Count]]:
    """Yield counts of `kind` that exclude each other, where both count the same people.

    Most reports of an event give one number: only those that give another are set against it.
    """
    counted = []
    for telling in tellings:
        counts = [count for count in telling.event.counts if count.kind == kind]
        if len(counts) == 1 and telling.event.status in HAPPENED:
            counted.append((telling, counts[0]))
    numbers = {(count.low, count.high): count for _, count in counted}
    if not any(exclude_each_other(a, b) for a, b in combinations(numbers.values(), 2)):
        return
    for (one, a), (other, b) in combinations(counted, 2):
        if (
            exclude_each_other(a, b)
            and one.text_id != other.text_id
            and _count_the_same(one, other)
        ):
            yield one, other, a, b


def _count_the_same(one: Telling, other: Telling) -> bool:
    """Say whether both tell of one day and one place, and of the same victims or target."""
    if named_day(one.event) is None or named_day(one.event) != named_day(other.event):
        return False
    if not is_same_place(one.event.place, other.event.place):
        return False
    ours, theirs = _target(one), _target(other)
    return ours == theirs or bool(_EVERYBODY.search(ours) and _EVERYBODY.search(theirs))


def _target(telling: Telling) -> str:
    return _bare(" ".join(sorted(party.name for party in telling.event.recipients)))


def _bare(words: str) -> str:
    """Return words without articles, numbers and signs, in small letters."""
    left = re.sub(r"(?i)\b(?:the|a|an)\b|[\W\d_]+", " ", words).casefold().split()
    return " ".join(word for word in left if word not in _NUMBERS)


def _noun(telling: Telling, count: Count) -> str:
    start = telling.event.words[0]
    words = telling.told[max(0, count.words[0] - start) : max(0, count.words[1] - start)]
    return (_bare(words).split() or [""])[-1]


def _compare(about: str, one: Telling, other: Telling, a: Count, b: Count) -> Finding:
    """Return the finding; the tellings come earliest first."""
    days = one.published, other.published
    grew = bool(days[0] and days[1] and days[1] > days[0]) and exceeds(b, a)
    nouns = _noun(one, a), _noun(other, b)  # "two officers" may be among "five people"
    alike = nouns[0] == nouns[1] or all(map(_EVERYBODY.fullmatch, nouns))
    rest = "both cannot be right" if alike else "unless they count different people, one is wrong"
    rest = "the later number is higher, as tolls grow" if grew else rest
    return Finding(
        check=CHECK,
        verdict=Verdict.CONTRADICTED if alike and not grew else Verdict.UNSURE,
        sentence=f"{_who(one)}{_on(one)} has {name_count(a)} {_COUNTED[a.kind]}, {_who(other)}"
        f"{_on(other)} {name_count(b)}; {rest}.",
        about=about,
        compared={"kind": a.kind, "one": [a.low, a.high], "other": [b.low, b.high], "grew": grew},
        sides=(_side(one), _side(other)),
    )


def numbers_differ(findings: Sequence[Finding]) -> bool:
    """Say whether one of the findings is about numbers that differ, other than a toll that grew."""
    return any(finding.compared.get("grew") is False for finding in findings)


# --------------------------------------------------------------------------- one office, two people


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An office claim with its words, its day and what the tenure check says of it."""

    claim: OfficeClaim
    side: Side
    day: date
    verdict: Verdict | None


def is_held_by_one(office_id: str) -> bool:
    """Say whether one person holds the office at a time; vacancies and rivals aside."""
    kind = office_id.partition(":")[2].partition(":")[0]
    if kind.startswith(_SEVERAL) or office_id.partition(":")[0] in word_set("joint_heads"):
        return False
    return kind in word_set("offices_of_one") or kind.endswith("_minister")


#: Beginnings of offices that several people hold at once.
_SEVERAL = ("deputy_", "junior_", "other", "special_", "spokes", "press_")
#: Days in which an office that the reference has in one hand is in one hand.
_NEAR = timedelta(days=3)


def check_office(office_id: str, claims: Sequence[Claimed]) -> Iterator[Finding]:
    """Yield one finding for each two people to whom articles give the office on one day.

    The days may lie up to three apart where the reference has one of the two, and the other not.
    Only plain claims count: no "former", "acting" or "elect", no "counterpart", no country that
    was read between the lines, and nobody about whom the tenure check is unsure: it leaves
    room for honest reasons, as a change of office these days, an old title or rivals.
    """
    if not is_held_by_one(office_id):
        return
    plain = sorted(filter(_is_plain, claims), key=lambda c: (c.day, c.side.text_id, c.claim.words))
    seen: set[frozenset[str | None]] = set()
    judged = [(*two, said) for two in _near(plain) if (said := _judge_pair(*two)) is not None]
    for one, other, verdict in sorted(judged, key=lambda j: j[2] is not Verdict.CONTRADICTED):
        names = frozenset({one.claim.name, other.claim.name})
        if names not in seen:
            seen.add(names)
            yield _two_people(office_id, one, other, verdict)


def _near(claims: Sequence[Claimed]) -> Iterator[tuple[Claimed, Claimed]]:
    """Yield those of which the days, in whose order they come, lie near each other."""
    for at, other in enumerate(claims):
        for one in claims[:at][::-1]:
            if other.day - one.day > _NEAR:
                break
            yield one, other


def _is_plain(claimed: Claimed) -> bool:
    claim = claimed.claim
    read_otherwise = claim.modifiers or claim.absence or claim.country_because
    if read_otherwise or claimed.verdict is Verdict.UNSURE:
        return False
    return "counterpart" not in claim.office.casefold() and " " in (claim.name or "")


def _judge_pair(one: Claimed, other: Claimed) -> Verdict | None:
    """Return the verdict on two claims; None where both can be right or it is one person."""
    names = (one.claim.name or "", other.claim.name or "")
    match = match_names(names[0], (names[1],))
    if one.side.text_id == other.side.text_id or match.same or match.near or same_name(*names):
        return None
    verdicts = {one.verdict, other.verdict}
    if verdicts == {Verdict.HOLDS}:
        return None
    if one.day != other.day and verdicts != {Verdict.HOLDS, Verdict.CONTRADICTED}:
        return None
    return Verdict.CONTRADICTED if Verdict.CONTRADICTED in verdicts else Verdict.UNSURE


def _two_people(office_id: str, one: Claimed, other: Claimed, verdict: Verdict) -> Finding:
    sides = (one.side, other.side)
    said = " and ".join(f"{each.outlet or 'one article'} “{each.quoted}”" for each in sides)
    days = " and ".join(map(name_day, dict.fromkeys((one.day, other.day))))
    known = [str(each.claim.name) for each in (one, other) if each.verdict is Verdict.HOLDS]
    rest = f" The reference has {known[0]}." if known else ""
    return Finding(
        check=CHECK,
        verdict=verdict,
        sentence=f"Two people are given one office on {days}: {said}.{rest}",
        about=office_id,
        compared={"office": office_id, "day": one.day, "names": [one.claim.name, other.claim.name]},
        sides=sides,
    )
