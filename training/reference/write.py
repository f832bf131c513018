"""Write the files of the package: offices, people, tenures, complete periods, disagreements."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from tocsin.reference.names import name_keys
from training.reference.complete import Period
from training.reference.people import Person, tidy
from training.reference.read import Row
from training.reference.reconcile import Disagreement, Tenure

#: One letter an origin, as data/ORIGIN.md says.
CODES = {"known": "k", "recent": "r", "wikidata": "w", "factbook": "f"}


def write_tables(
    folder: Path,
    rows: list[tuple[str, Row]],
    people: list[Person],
    tenures: dict[str, list[Tenure]],
    periods: list[Period],
) -> None:
    """Write the four tables that the package loads; same input, same bytes."""
    held = {t.person for each in tenures.values() for t in each}
    _write(folder / "offices.tsv", "id\ttitles", _office_lines(rows, tenures))
    _write(
        folder / "people.tsv", "id\tname\tforms\tof\tborn\tdied\tkeys", _people_lines(people, held)
    )
    _write(
        folder / "tenures.tsv",
        "office\tperson\tsince\tafter\tuntil\tknown_until\tacting\torigin\tedition\tnote",
        _tenure_lines(tenures),
    )
    _write(
        folder / "complete.tsv",
        "office\tsince\tuntil\tbecause",
        (f"{p.office}\t{p.since}\t{p.until}\t{p.because}" for p in periods),
    )


def _office_lines(rows: list[tuple[str, Row]], tenures: dict[str, list[Tenure]]) -> Iterable[str]:
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    for office, row in rows:
        weight = 1000 if row.origin in {"known", "recent"} else 1
        titles[office][row.title] += weight
    for office in sorted(tenures):
        ranked = sorted(
            titles[office].items(), key=lambda item: (_is_passing(item[0]), -item[1], item[0])
        )
        yield f"{office}\t{'|'.join(title for title, _ in ranked[:8])}"


def _is_passing(title: str) -> bool:
    """Whether a title is that of somebody who fills an office for a time."""
    return title.startswith(("Acting ", "Interim ", "Transitional ", "Caretaker "))


def _people_lines(people: Iterable[Person], held: set[str]) -> Iterable[str]:
    for person in people:
        if person.id in held or person.died:
            name = person.name
            forms = [form for form in person.forms if form != name and tidy(form) != name]
            marked = [form for form in person.forms if form not in forms and form != name]
            keys = sorted({key for form in person.forms for key in name_keys(form)})
            known = "|".join([*forms, *marked[:1]])
            life = (person.of, person.born, person.died)
            yield "\t".join((person.id, name, known, *life, " ".join(keys)))


def _tenure_lines(tenures: dict[str, list[Tenure]]) -> Iterable[str]:
    for office in sorted(tenures):
        for t in tenures[office]:
            origin = "".join(CODES[each] for each in t.origins)
            dates = (t.since, t.after, t.until, t.known_until)
            acting = "a" if t.acting else ""
            yield "\t".join((office, t.person, *dates, acting, origin, t.printed, t.note))


def _write(path: Path, header: str, lines: Iterable[str]) -> None:
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8", newline="\n")


def write_disagreements(path: Path, found: list[Disagreement]) -> list[Disagreement]:
    """Write the list with the explanations it already had; return those without one."""
    explained = read_explanations(path)
    unexplained = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("office", "name", "field", "kept", "other", "explanation"))
        for each in found:
            key = (each.office, each.name, each.field, each.kept, each.other)
            writer.writerow((*key, explained.get(key, "")))
            if key not in explained:
                unexplained.append(each)
    return unexplained


def read_explanations(path: Path) -> dict[tuple[str, ...], str]:
    """Return the explanation of each disagreement on record."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t"))[1:]
    return {tuple(line[:5]): line[5] for line in lines if line[5]}
