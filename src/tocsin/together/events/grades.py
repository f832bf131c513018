"""Grades: the Admiralty code of a reported event, with the sentence that says why.

Reliability is what the user says of the outlets; F where the user says nothing, or none of them
tells the event as having happened.  Credibility is worked out from how many independent voices tell
the event, whether anybody contradicts it, and what the checks say of those who speak.  The two are
judged apart, as the code demands, and neither F nor 6 means bad: nobody can judge.

Credibility, the first rule that fits:

6  nobody tells it as having happened (it is planned, feared, or only denied)
5  one voice tells it, and another voice denies it
5  the only voice is a speaker whose office the reference contradicts
4  one voice tells it, and the same voice also gives a denial
3  several voices tell it, and another denies it
2  several voices tell it, but their numbers differ
1  several voices tell it and nothing contradicts it
2  one voice tells it, and another recalls it later or knows it unconfirmed
6  one voice tells it, and there is nothing to hold it against
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tocsin.records import Grade, Status, Telling
from tocsin.together.events.corroboration import DENIED, HAPPENED
from tocsin.together.events.voices import Voices

_PARTLY = frozenset({Status.UNCONFIRMED, Status.HISTORICAL})

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def code_of(grade: Grade) -> str:
    """Return both letters of the Admiralty code together: "B2"."""
    return f"{grade.reliability}{grade.credibility}"


def grade_event(
    tellings: Sequence[Telling],
    voices: Voices,
    *,
    reliability: Mapping[str, Mapping[str, str]],
    numbers_differ: bool = False,
    doubtful: Mapping[str, str] | None = None,
) -> Grade:
    """Return the grade of the event that `tellings` tell.

    Args:
        tellings: of one reported event.
        voices: of these tellings, in their order.
        reliability: by text, the outlets that print it and stand in the user's table, with letters.
        numbers_differ: whether the tellings give numbers that exclude each other.
        doubtful: what the reference has against the speaker's office, by event id.
    """
    letter, why = _judge_outlets(tellings, reliability)
    number, because = _judge_event(tellings, voices, numbers_differ, doubtful or {})
    return Grade(reliability=letter, credibility=number, sentence=f"{because} {why}")


# --------------------------------------------------------------------------- reliability


def _judge_outlets(
    tellings: Sequence[Telling], reliability: Mapping[str, Mapping[str, str]]
) -> tuple[str, str]:
    """Return the best letter of the outlets that tell the event as having happened."""
    texts = {t.text_id for t in tellings if t.event.status in HAPPENED}
    if not texts:
        return "F", "Reliability F: no outlet reports it as having happened."
    letters = {item for text in texts for item in reliability.get(text, {}).items()}
    known = sorted((letter, outlet) for outlet, letter in letters)
    if not known:
        return "F", "Reliability F: your table of outlets says nothing of those that report it."
    letter, best = known[0]
    if len(known) == 1:
        return letter, f"Reliability {letter}: your table's letter for {best}."
    return letter, f"Reliability {letter}: the best of your table's letters, that of {best}."


# --------------------------------------------------------------------------- credibility


def _judge_event(
    tellings: Sequence[Telling], voices: Voices, numbers: bool, doubtful: Mapping[str, str]
) -> tuple[int, str]:
    placed = list(zip(tellings, voices.numbers, strict=True))
    telling_so = {n for t, n in placed if t.event.status in HAPPENED}
    sound = {n for t, n in placed if t.event.status in HAPPENED and t.event.id not in doubtful}
    denying = {n for t, n in placed if t.event.status in DENIED}
    partly = {n for t, n in placed if t.event.status in _PARTLY} - telling_so
    if not telling_so:
        return 6, f"Credibility 6: {_say_nobody(tellings)}."
    told = _say_told(tellings, voices)
    said = sorted({doubtful[t.event.id] for t in tellings if t.event.id in doubtful})
    doubts = "".join(f"; {each.rstrip('.')}" for each in said)
    number, rest = _weigh(len(sound), telling_so, denying, partly, numbers)
    return number, f"Credibility {number}: {told}{doubts}{rest}."


def _weigh(
    sound: int, telling_so: Collection[int], denying: set[int], partly: set[int], numbers: bool
) -> tuple[int, str]:
    """Return the number of the first rule that fits, and what it adds to the sentence."""
    deniers = denying - set(telling_so)
    if sound == 0:
        return 5, "; nobody else reports it"
    if sound == 1 and deniers:
        return 5, f"; {_say_denied(len(deniers))}"
    if sound == 1 and denying:
        return 4, "; the same report also gives a denial"
    if denying:
        return 3, f"; {_say_denied(len(denying))}"
    if sound > 1 and numbers:
        return 2, "; their numbers differ"
    if sound > 1:
        return 1, "; nothing contradicts it"
    if partly:
        return 2, "; another knows of it, without confirming it"
    return 6, "; there is nothing to hold it against"


def _say_told(tellings: Sequence[Telling], voices: Voices) -> str:
    reports = sum(t.event.status in HAPPENED for t in tellings)
    count = voices.independent
    if reports == 1:
        return "one report tells it"
    told = f"{_number(reports)} reports tell it, {_number(count)} of them independent"
    if count == reports:
        told = f"{_number(reports)} independent reports tell it"
    elif count == 1:
        told = f"{_number(reports)} reports tell it, and all go back to one"
    return f"{told} ({', '.join(voices.because)})" if voices.because else told


def _say_nobody(tellings: Sequence[Telling]) -> str:
    statuses = {t.event.status for t in tellings}
    if statuses & DENIED:
        return "it is only denied; nobody tells it as having happened"
    if statuses & {Status.FUTURE, Status.HYPOTHETICAL}:
        return "it has not happened yet, or may never"
    return "it is recalled or unconfirmed; nobody reports it as new"


def _say_denied(voices: int) -> str:
    return "another voice denies it" if voices == 1 else f"{_number(voices)} voices deny it"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
