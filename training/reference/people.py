"""Which rows speak of the same person.

Rows with a Wikidata id are one person each id.  Other rows join a person of the same country
whose name agrees (`match_names`): first one who held the same office at about the same time, then
one of the same full name anywhere in that country.  ``corrections/people.csv`` keeps namesakes
apart and joins what no rule of spelling can.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.keys import content_key, person_key
from tocsin.reference.names import match_names, parse_name
from tocsin.reference.sounds import sound
from training.reference.read import NAMING, Row, resemblance

_CORRECTIONS = Path(__file__).parent / "corrections" / "people.csv"

#: Two rows speak of one tenure when their dates lie no further apart than this.
_NEAR_IN_TIME = 550

#: Likeness, of 100, of two names that stand for the same tenure by their dates.
_RESEMBLANCE = 62
_STRONG_RESEMBLANCE = 80

#: From this score of two names on nothing but spelling and names left out tells them apart.
_WHOLE_NAME = 0.92


@dataclass(slots=True)
class Person:
    """A person while the compile runs: an id, the forms of the name, the rows."""

    id: str
    country: str
    forms: dict[str, None] = field(default_factory=dict)
    of: str = ""  #: countries and bodies of the life on record
    born: str = ""  #: ISO at its own precision; empty while not known
    died: str = ""
    rows: list[tuple[str, Row]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The best form: that of the most trusted row, in ordinary letters."""
        rows = sorted((row for _, row in self.rows), key=lambda row: NAMING.index(row.origin))
        return tidy(rows[0].person) if rows else next(iter(self.forms))

    def add(self, office: str, row: Row) -> None:
        """Take `row` as this person's."""
        self.rows.append((office, row))
        for form in (row.person, *row.forms):
            self.forms.setdefault(form)


def tidy(name: str) -> str:
    """Return `name` with shouted family names in ordinary letters ("Boris YELTSIN")."""
    words = name.split()
    if all(word.isupper() for word in words if len(word) > 1):
        return " ".join(w if _is_numeral(w) else _lowered(w) for w in words)
    return " ".join(
        _lowered(w) if len(w) > 1 and w.isupper() and not (i and w == "VI") else w
        for i, w in enumerate(words)
    )


#: Initials that are written without stops.
_INITIALS = frozenset({"JD"})


def _is_numeral(word: str) -> bool:
    return set(word) <= set("IVX")


def _lowered(word: str) -> str:
    if "." in word or word in _INITIALS or (_is_numeral(word) and word not in {"XI", "LI", "VI"}):
        return word
    pieces = [piece[:1] + piece[1:].lower() for piece in word.split("-")]
    lowered = "-".join(pieces)
    return "Mc" + lowered[2:].capitalize() if lowered.startswith("Mc") else lowered


def find_people(rows: Iterable[tuple[str, Row]]) -> list[Person]:
    """Return the persons of `rows`, each row given with the office it is about."""
    people: dict[str, Person] = {}
    index: dict[tuple[str, str], dict[str, Person]] = defaultdict(dict)
    apart, joined = _read_corrections()
    ordered = sorted(rows, key=_order)
    for office, row in ordered:
        country = office.partition(":")[0]
        person = people.get(row.wikidata) if row.wikidata else None
        if person is None and not row.wikidata:
            person = _find_person(office, row, _candidates(office, row, index), apart, joined)
        if person is None:
            person = Person(row.wikidata or _new_id(country, row, people), country)
            people[person.id] = person
        person.add(office, row)
        for key in _keys(office, row):
            index[country, key][person.id] = person
    return sorted(people.values(), key=lambda person: person.id)


def add_lives(people: list[Person], path: Path) -> list[Person]:
    """Return `people` with the births, deaths and further names of ``known/lives.csv``.

    A line is about who bears its name in its countries and bodies.  Who held no office of the
    reference is added, so that the living can be told from the dead among them, too.
    """
    of_country: dict[str, dict[str, Person]] = defaultdict(dict)
    for person in people:
        for office, _ in person.rows:
            of_country[office.partition(":")[0]][person.id] = person
    more = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            codes = line["country"].split(" / ")
            found = [p for code in codes for p in _bearers(line, of_country[code].values())]
            if not found:
                name = line["person"]
                found = [Person(person_key(codes[0], name), codes[0], {name: None})]
                more += found
            for person in found:
                forms = filter(None, (line["person"], *line["name_variants"].split(" / ")))
                person.forms |= dict.fromkeys(forms)
                person.of, person.born, person.died = " ".join(codes), line["born"], line["died"]
    return sorted([*people, *more], key=lambda person: person.id)


def _bearers(line: dict[str, str], people: Iterable[Person]) -> list[Person]:
    """The one person whom a line is about, who took no office after the day of death."""
    died, name = line["died"], line["person"]
    scored = [
        (match.score, person)
        for person in people
        if all(row.since[: len(died)] <= died for _, row in person.rows)
        and (match := match_names(name, tuple(map(tidy, person.forms)))).same
        and (match.score > _WHOLE_NAME or " " not in name)
    ]
    best = max((score for score, _ in scored), default=0.0)
    found = [person for score, person in scored if score == best]
    return found if len(found) == 1 or best == 1.0 else []


def _keys(office: str, row: Row) -> set[str]:
    """What a row can be found by: its office, and the sound of every word of its names."""
    words = {word for form in (row.person, *row.forms) for word in parse_name(form).words}
    return {office, *(sound(word) for word in words if len(word) > 2)}


def _candidates(
    office: str, row: Row, index: dict[tuple[str, str], dict[str, Person]]
) -> list[Person]:
    country = office.partition(":")[0]
    found = {each: p for key in _keys(office, row) for each, p in index[country, key].items()}
    return [found[each] for each in sorted(found)]


def _order(item: tuple[str, Row]) -> tuple[int, str, str, str]:
    """Wikidata first, since its ids tell namesakes apart; then by trust and date."""
    office, row = item
    rank = -1 if row.wikidata else NAMING.index(row.origin)
    return rank, office, row.since, row.person


def _new_id(country: str, row: Row, people: dict[str, Person]) -> str:
    key = person_key(country, row.person)
    while key in people:
        key = content_key("person", key)
    return key


def _find_person(
    office: str,
    row: Row,
    candidates: list[Person],
    apart: dict[str, set[str]],
    joined: dict[str, str],
) -> Person | None:
    wanted = joined.get(f"{office.partition(':')[0]} {row.person}")
    found: list[tuple[float, Person]] = []
    for person in candidates:
        if wanted and wanted in person.forms:
            return person
        if apart.get(row.person, set()) & set(person.forms) or _is_told_apart(office, row, person):
            continue
        score = _likeness(office, row, person)
        if score:
            found.append((score, person))
    if not found:
        return None
    best = max(score for score, _ in found)
    winners = [person for score, person in found if score == best]
    return winners[0] if len(winners) == 1 or best > 2 else None


def _is_told_apart(office: str, row: Row, person: Person) -> bool:
    """Whether the row's own origin lists the person in this office under another name.

    A file that was written by hand names one person in one way: "Idriss Déby" and, after him,
    "Mahamat Idriss Déby" are father and son.
    """
    return row.origin in {"known", "recent"} and any(
        other == office
        and theirs.origin == row.origin
        and sorted(parse_name(theirs.person).words) != sorted(parse_name(row.person).words)
        and row.person not in theirs.forms
        and theirs.person not in row.forms
        for other, theirs in person.rows
    )


def _likeness(office: str, row: Row, person: Person) -> float:
    """More than 2: the same tenure; more than 1: the same full name; 0: somebody else."""
    match = max(
        (match_names(form, tuple(person.forms)) for form in (row.person, *row.forms)),
        key=lambda each: each.score,
    )
    same_tenure = any(other == office and _close(row, theirs) for other, theirs in person.rows)
    if same_tenure and match.same:
        return 2 + match.score
    likeness = max(resemblance(row.person, form) for form in person.forms)
    if likeness >= _RESEMBLANCE and any(
        other == office and _coincides(row, theirs, likeness) for other, theirs in person.rows
    ):
        return 2 + likeness / 200
    words = parse_name(row.person).words
    if match.same and match.score >= 0.96 and len(words) > 1:
        # "Jarrah Jaber Al-Sabah" holds all names of "Jaber Al-Sabah", his father.
        first = tuple(parse_name(form).words[0] for form in person.forms)
        return 1 + match.score if match_names(words[0], first).same else 0
    return 0


def _coincides(row: Row, other: Row, likeness: float) -> bool:
    """Whether two rows fill the same time, which two holders of one office do not.

    They begin within a few days of each other, or each covers most of the other; where the names
    are very much alike, it is enough that one covers most of the other.
    """
    if row.origin == other.origin:
        return False
    a, c = _number(row.since), _number(other.since)
    b, d = (_number(each.until or each.known_until) for each in (row, other))
    if len(row.since) == len(other.since) == 10 and abs(a - c) <= 10:
        ended = _number(row.until), _number(other.until)
        return not all(ended) or abs(ended[0] - ended[1]) <= _NEAR_IN_TIME
    common = min(b, d) - max(a, c)
    least = min if likeness >= _STRONG_RESEMBLANCE else max
    return bool(a and b and c and d) and common > 0 and common >= 0.75 * least(b - a, d - c)


def _close(row: Row, other: Row) -> bool:
    """Whether the tenures of two rows begin at about the same time or overlap."""
    a, b = _number(row.since), _number(other.since)
    if a and b:
        return abs(a - b) <= _NEAR_IN_TIME
    ends = _number(row.until or row.known_until), _number(other.until or other.known_until)
    return bool(ends[0] and ends[1] and abs(ends[0] - ends[1]) <= _NEAR_IN_TIME)


def _number(day: str) -> int:
    """Days, roughly: good enough to say how far apart two dates are."""
    if not day:
        return 0
    year, month, rest = (day + "-07-01")[:10].split("-")[:3] if len(day) == 4 else _split(day)
    return int(year) * 365 + int(month) * 30 + int(rest)


def _split(day: str) -> list[str]:
    return ((day + "-15")[:10]).split("-")


def _read_corrections() -> tuple[dict[str, set[str]], dict[str, str]]:
    """Return names that are not one person, and names that are (``country name`` -> name)."""
    apart: dict[str, set[str]] = defaultdict(set)
    joined: dict[str, str] = {}
    with _CORRECTIONS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["verdict"] == "apart":
                apart[line["name"]].add(line["other"])
                apart[line["other"]].add(line["name"])
            else:
                joined[f"{line['country']} {line['name']}"] = line["other"]
    return apart, joined
