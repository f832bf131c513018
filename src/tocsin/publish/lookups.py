"""Look-ups: the answers of the reference, and its imports, as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tocsin.checks.wording import name_day, name_office, name_origin, spell_date
from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.visible import on_one_line
from tocsin.reference.layers import Layer
from tocsin.reference.offices import OfficeMatch, PersonMatch, Reference
from tocsin.reference.tenures import OF_ITS_OWN, Tenure

#: Characters of the name of a person or an office that is looked up.
_LONGEST_NAME = 200

_NEW_OFFICE = "is an office that the reference did not have: is its title spelt as meant?"


def require_short(what: str, words: str) -> None:
    """Refuse what nobody is called: comparing it with every name would take minutes.

    Raises:
        ValueNotUnderstood: the words, asked for as `what`, are too long.
    """
    if len(words) > _LONGEST_NAME:
        raise refusal(ValueNotUnderstood, "name_too_long", words, what=what, most=_LONGEST_NAME)


def render_offices(
    reference: Reference, matches: Sequence[OfficeMatch], day: date | None
) -> Iterator[str]:
    """Yield each office with its holders on `day`, or with all of them where `day` is None."""
    for match in matches:
        on = f" on {name_day(day)}" if day else ""
        yield on_one_line(f"{name_office(reference, match.office.id)} ({match.office.id}){on}")
        for tenure in match.tenures:
            yield "  " + on_one_line(f"{tenure.person.name}, {_time(tenure)}")
        if day:
            yield "  " + completeness_words(match, day)


def completeness_words(match: OfficeMatch, day: date) -> str:
    """Return whether the holders of an office on a day are all that there were, in a sentence."""
    if match.complete:
        return "The list of holders is complete for this day."
    if match.tenures:
        return "There may have been others: the list is not known to be complete for this day."
    return f"Nobody is on record for {name_day(day)}, which says nothing about who held it."


def render_people(reference: Reference, matches: Sequence[PersonMatch]) -> Iterator[str]:
    """Yield each person who may be meant, how well the name agrees, and the offices held."""
    for match in matches:
        agreement = "" if match.match.same else f" ({match.match.sentence})"
        life = zip(("born", "died"), (match.person.born, match.person.died), strict=True)
        days = "".join(f", {what} {day}" for what, day in life if day)
        yield on_one_line(f"{match.person.name} [{match.person.id}]{days}{agreement}")
        for tenure in match.tenures:
            yield "  " + on_one_line(f"{name_office(reference, tenure.office)}, {_time(tenure)}")


def render_layer(layer: Layer) -> str:
    """Return one line on what an import holds, where it came from and when."""
    skipped = f", entries of no use here {layer.skipped}" if layer.skipped else ""
    holds = f"actors {layer.actors}" if layer.actors else f"tenures {layer.tenures}"
    return on_one_line(
        f"{layer.name}: {holds}, people {layer.people}{skipped} "
        f"({layer.format}, from {layer.origin}, imported {name_day(layer.imported)})"
    )


def render_new_offices(
    shipped: Reference, imported: Iterable[Tenure], layer: Layer
) -> Iterator[str]:
    """Yield a line on each office of `layer` that nothing shipped has: it may be misspelt.

    So on each of its titles that was taken for a role of another title: it may be another office.
    """
    own = (tenure.office for tenure in imported if tenure.origin == (layer.told_as,))
    for office in dict.fromkeys(own):
        if OF_ITS_OWN in office and shipped.office(office) is None:
            yield on_one_line(f"{office} {_NEW_OFFICE}")
    for title, office in layer.taken:
        known = shipped.offices_called(title, office.partition(":")[0])
        if title != office and office not in known:
            named = f"{name_office(shipped, office)} ({office})"
            told = named if shipped.office(office) else f"the office {office}"
            yield on_one_line(f"“{title}” is taken for {told}")


def _time(tenure: Tenure) -> str:
    return f"{time_words(tenure)} ({name_origin(tenure)})"


def time_words(tenure: Tenure) -> str:
    """Return from when to when a tenure is known, each day at its own precision."""
    acting = "acting, " if tenure.acting else ""
    since = f"from {spell_date(tenure.since)} " if tenure.since else ""
    if tenure.until:
        end = f"to {spell_date(tenure.until)}"
    elif tenure.known_until:
        end = f"and still on {spell_date(tenure.known_until)}"
    else:
        end = "with no end on record"
    return f"{acting}{since}{end}"
