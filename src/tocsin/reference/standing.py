"""Standing: how the bearer of a name stood to an office on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tocsin.lexicons.letters import fold
from tocsin.lexicons.words import word_set
from tocsin.reference.names import (
    CONTAINED,
    NameMatch,
    agrees_by_sound,
    differ_in_initials,
    match_names,
    parse_name,
)
from tocsin.reference.tenures import Period, Tenure, last_seen_of


class Held(StrEnum):
    """How somebody stood to an office on a day."""

    HELD = "held"
    LAST_SEEN = "last_seen"  #: held it when last seen; nobody is known to have followed
    NEAR_NAME = "near_name"  #: a holder bears a name one or two letters away
    NOT_HELD = "not_held"  #: every holder of that day is listed, and it was somebody else
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody stood to an office on a day, with the facts that decided.

    `tenure` is the person's own (the one that covers the day, or the nearest to it), `holders` are
    all who may have held the office that day, `complete` is the period in which the list is
    complete, `match` how the names compare.
    """

    held: Held
    tenure: Tenure | None
    holders: tuple[Tenure, ...]
    complete: Period | None
    match: NameMatch | None


def standing_of(
    name: str, day: date, tenures: Sequence[Tenure], period: Period | None, margin: int
) -> Standing:
    """Return how the person called `name` stood on `day` to the office of these tenures.

    Args:
        name: a name as the press writes it.
        day: the day asked for.
        tenures: all on record of the office.
        period: the period around the day in which every holder is listed; None if there is none.
        margin: days on either side that count as that day.
    """
    holders = tuple(t for t in tenures if t.may_cover(day, margin))
    matched = _without_contained([(match_holder(name, t), t) for t in tenures])
    own = _nearest([t for match, t in matched if match.same], day)
    of_holders = [match for match, t in matched if t in holders]
    best = max(of_holders, key=lambda match: (match.near, match.score), default=None)
    held = Held.NOT_KNOWN
    if own is not None and own in holders:
        held = Held.HELD
    elif best is not None and best.near:
        held = Held.NEAR_NAME
    elif period is not None and holders:
        held = Held.NOT_HELD
    elif own is not None and own in last_seen_of(tenures, day):
        held = Held.LAST_SEEN
    match = next((m for m, t in matched if t is own), best)
    return Standing(held=held, tenure=own, holders=holders, complete=period, match=match)


def match_holder(name: str, tenure: Tenure) -> NameMatch:
    """Compare a name with a holder's; where names are in Latin letters, sound alone is near."""
    match = match_names(name, tenure.person.names)
    latin = tenure.office.partition(":")[0] in word_set("latin_letters")
    slip = match.same and latin and agrees_by_sound(match)
    return replace(match, same=False, near=True) if slip else match


def _nearest(tenures: list[Tenure], day: date) -> Tenure | None:
    """The tenure that covers `day`, else the one nearest to it."""

    def away(tenure: Tenure) -> int:
        if tenure.may_cover(day):
            return 0
        return min(abs((tenure.last_day - day).days), abs((tenure.first_day - day).days))

    return min(tenures, key=away, default=None)


def _without_contained(
    matched: list[tuple[NameMatch, Tenure]],
) -> list[tuple[NameMatch, Tenure]]:
    """Where a holder bears exactly the name, others who bear it and one more are not meant.

    "Idriss Déby" is the father, not his son and successor Mahamat Idriss Déby; and "George W.
    Bush" the son, not George H. W. Bush.
    """
    if not any(match.score > 0.98 for match, _ in matched):
        return matched
    return [
        (replace(match, same=False), tenure) if _is_namesake(match) else (match, tenure)
        for match, tenure in matched
    ]


def _is_namesake(match: NameMatch) -> bool:
    """Return whether a name is somebody else's if another bears it exactly as written."""
    alike = match.same and match.score <= 0.98
    return alike and (match.score == CONTAINED or differ_in_initials(*match.forms))


def may_mean(written: str, tenure: Tenure) -> bool:
    """Return whether a name is that of a holder, or near it, or has the family name in common."""
    match = match_names(written, tenure.person.names)
    return match.same or match.near or shares_family_name(written, tenure)


def may_be_called(written: str, tenure: Tenure) -> bool:
    """Return whether a name may mean a holder, or is one word of a holder's name."""
    return may_mean(written, tenure) or is_word_of(written, tenure)


def shares_family_name(written: str, tenure: Tenure) -> bool:
    """Return whether a name of several words has the family name of a holder.

    It is the last word, or the first of an East Asian name, whose other words are romanised in
    too many ways ("Lai Qingde", "Lai Ching-te").
    """
    words = fold(written).split()
    known = [fold(form).split() for form in tenure.person.names]
    if len(words) > 1 and any(len(form) > 1 and form[-1] == words[-1] for form in known):
        return True
    name = parse_name(written)
    forms = [parse_name(form) for form in tenure.person.names]
    return name.family_first and any(
        form.family_first and match_names(name.words[0], form.words[:1]).same for form in forms
    )


def is_word_of(written: str, tenure: Tenure) -> bool:
    """Return whether a single word is any word of a holder's name ("Ursula", "Dilma")."""
    words = parse_name(written).words
    forms = [parse_name(form) for form in tenure.person.names]
    return len(words) == 1 and any(words[0] in form.words for form in forms)
