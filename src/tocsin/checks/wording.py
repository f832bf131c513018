"""Words for offices, tenures and days in the sentences of findings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tocsin.lexicons.shown import words_for
from tocsin.lexicons.words import word_set
from tocsin.records import Actor, Count, Evidence
from tocsin.reference.countries import load_countries
from tocsin.reference.offices import Reference
from tocsin.reference.tenures import Person, Tenure

#: What the files add to a title to tell it from others: "(announced)", "(military spokesman)".
_REMARK = re.compile(r"\s*\([^)]*\)")

#: These titles say themselves whose they are.
_LOCAL = ("regional_head", "mayor")
_OWN_NAME = re.compile(
    r"White House |State Department |Chief Pentagon |Pentagon |Kremlin |.* Soviet Union$"
)


def name_day(day: date) -> str:
    """Return a day in words: "6 September 2023"."""
    return f"{day.day} {day:%B %Y}"


def spell_date(words: str | None) -> str:
    """Return an ISO date at its own precision in words: "September 2023", "2023"."""
    if not words:
        return "an unknown day"
    if len(words) == 10:
        return name_day(date.fromisoformat(words))
    if len(words) == 7:
        return f"{date.fromisoformat(words + '-01'):%B %Y}"
    return words


def name_death(person: Person) -> str:
    """Return when somebody died, as a sentence."""
    return f"{person.name} died {spell_when(person.died)} (unverified)."


def spell_when(words: str | None) -> str:
    """Return an ISO date as it follows a verb: "on 6 September 2023", "in September 2023"."""
    return f"{'on' if len(words or '') in (0, 10) else 'in'} {spell_date(words)}"


def listed_together(names: Iterable[str]) -> str:
    """Return names as people list them: "Iran, Iraq and Oman"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def name_actors(actors: Iterable[Actor]) -> str:
    """Return the names of `actors`, or "someone not named" when there are none."""
    names = dict.fromkeys(actor.name for actor in actors)
    return listed_together(names) if names else "someone not named"


def name_count(count: Count) -> str:
    """Return a number of people in words: "12", "at least 12", "12 to 20"."""
    if count.low is None:
        return f"at most {count.high:,}"
    if count.high is None:
        return f"at least {count.low:,}"
    return f"{count.low:,}" if count.low == count.high else f"{count.low:,} to {count.high:,}"


def name_office(reference: Reference, office_id: str) -> str:
    """Return an office in words: "Minister of Defence of Ukraine"."""
    office = reference.office(office_id)
    country = name_country(office_id.partition(":")[0])
    if office is None:
        return f"holder of {office_id}"
    title = _REMARK.sub("", office.title)
    if office.kind in _LOCAL or country.removeprefix("the ") in title or _OWN_NAME.match(title):
        return title
    return f"{title} of {country}"


def name_country(code: str) -> str:
    """Return the name of a country or body as it stands after "of"."""
    name = name_party(code)
    return f"the {name}" if code in word_set("names_with_article") else name


def name_party(code: str) -> str:
    """Return the name by which people know a country, or a party that is none."""
    name = load_countries().name_of(code)
    return words_for("party", code) if name == code else name


def name_pair(actor: str, recipient: str, between: str = " → ") -> str:
    """Return a pair of parties; what is inside a country names it once."""
    if actor == recipient:
        return f"inside {name_country(actor)}"
    return f"{name_party(actor)}{between}{name_party(recipient)}"


def name_tenure(reference: Reference, tenure: Tenure) -> str:
    """Return a tenure as a clause: who was what, from when to when."""
    acting = "acting " if tenure.acting else ""
    office = acting + name_office(reference, tenure.office)
    if tenure.note.startswith("rival"):
        office += f" ({tenure.note})"
    return _name_time(tenure, f"was {office}", f"had been {office}", "was", f"became {office}")


def name_hold(tenure: Tenure) -> str:
    """Return a tenure as a clause about "it", an office named before ("X held it from ...")."""
    it = "it in an acting capacity" if tenure.acting else "it"
    return _name_time(tenure, f"held {it}", f"had held {it}", "did", f"took {it}")


def _name_time(tenure: Tenure, ended: str, lasting: str, still: str, begun: str) -> str:
    """Return who held an office when; the verbs are for what has ended, lasts and has begun."""
    name, since = tenure.person.name, spell_date(tenure.since)
    if tenure.until:
        start = f" from {since}" if tenure.since else ""
        return f"{name} {ended}{start} to {spell_date(tenure.until)}"
    if tenure.known_until not in (None, tenure.since):
        start = f" since {since}" if tenure.since else ""
        return f"{name} {lasting}{start} and still {still} {spell_when(tenure.known_until)}"
    return f"{name} {begun} {spell_when(tenure.since)}"


def name_origin(tenure: Tenure) -> str:
    """Return where a fact comes from; one of the user's names the file and the day of import."""
    return ", ".join(tenure.origin) or "imported"


def as_evidence(reference: Reference, tenure: Tenure) -> Evidence:
    """Return one fact of the reference as it is shown beside a finding, the office in words."""
    return Evidence(
        person=tenure.person.name,
        office=name_office(reference, tenure.office),
        since=tenure.since,
        until=tenure.until,
        origin=name_origin(tenure),
        link=tenure.person.link,
    )
