"""Claims: offices that articles give to people, gathered for a time line beside the reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tocsin.checks.wording import name_office
from tocsin.lexicons.numbered import counted
from tocsin.publish.desk import links
from tocsin.publish.desk.pages.timeline import Dot, Row, Scale
from tocsin.publish.wording import interval_words
from tocsin.records import WORST_FIRST, Verdict
from tocsin.reference.offices import Reference
from tocsin.store.kinds.offices import FoundClaim

#: Claims that a time line gathers, the newest; a list has all.
MOST_DRAWN = 300


def claim_rows(
    found: Iterable[FoundClaim],
    called: Callable[[FoundClaim], tuple[str, str | None]],
    scale: Scale,
) -> list[Row]:
    """Return a row for all claims that are `called` the same and have one verdict, worst first.

    `called` returns what a claim is called, and the address of that.
    """
    groups: dict[tuple[str, Verdict | None], list[FoundClaim]] = defaultdict(list)
    for each in found:
        groups[called(each)[0], each.verdict].append(each)
    ordered = sorted(groups.items(), key=lambda group: (_rank(group[0][1]), -len(group[1])))
    return [_row(claims, *called(claims[0]), scale) for _, claims in ordered]


def days_claimed(found: Iterable[FoundClaim]) -> list[date]:
    """Return the days that claims speak of, earliest first."""
    return sorted(each.day for each in found if each.day)


def name_claimed(reference: Reference, found: FoundClaim) -> tuple[str, str | None]:
    """Return the office that a claim means, as the article writes it where that is not clear."""
    if len(found.claim.offices) != 1:
        return found.claim.office, None
    (office,) = found.claim.offices
    return name_office(reference, office), links.to_office(office)


def _rank(verdict: Verdict | None) -> int:
    return len(WORST_FIRST) if verdict is None else WORST_FIRST.index(verdict)


def _row(claims: Sequence[FoundClaim], label: str, href: str | None, scale: Scale) -> Row:
    days = days_claimed(claims)
    tone = str(claims[0].verdict or "plain")
    told = {each: sum(day == each for day in days) for each in days}
    when = interval_words(days[0], days[-1]) if days else "on no known day"
    return Row(
        label=label,
        href=href,
        when=f"{counted(len(claims), 'time')}, {when}",
        tone=tone,
        dots=tuple(Dot(scale.at(day), tone, f"{day}: {number}") for day, number in told.items()),
    )
