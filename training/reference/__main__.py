"""``python -m training.reference ../shared/reference``: rebuild the package data."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.reference.complete import find_periods
from training.reference.people import add_lives, find_people
from training.reference.read import Row, read_all
from training.reference.reconcile import reconcile
from training.reference.titles import office_ids
from training.reference.write import write_disagreements, write_tables

_HERE = Path(__file__).parent
_DATA = _HERE.parent.parent / "src" / "tocsin" / "reference" / "data"


def main() -> None:
    """Compile the files in the folder given into the package data."""
    parser = argparse.ArgumentParser(prog="python -m training.reference", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with the files of tenures")
    parser.add_argument("--into", type=Path, default=_DATA, help="where to write")
    given = parser.parse_args()
    compile_reference(given.folder, given.into)


def compile_reference(folder: Path, into: Path) -> None:
    """Read, reconcile and write; print what there is."""
    rows = [
        (office, row) for row in read_all(folder, _HERE / "known") for office in office_ids(row)
    ]
    rows = _without_doubles(rows)
    people = add_lives(find_people(rows), _HERE / "known" / "lives.csv")
    result = reconcile(people)
    periods = find_periods(result.tenures, _HERE / "known")
    write_tables(into, rows, people, result.tenures, periods)
    unexplained = write_disagreements(into / "disagreements.tsv", result.disagreements)
    tenures = sum(len(each) for each in result.tenures.values())
    print(
        f"{len(result.tenures)} offices, {len(people)} people, {tenures} tenures, "
        f"{len(periods)} complete periods of {len({p.office for p in periods})} offices, "
        f"{len(result.disagreements)} disagreements, {len(unexplained)} of them unexplained"
    )


def _without_doubles(rows: list[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Leave out heads of state whom the Factbook prints again as heads of government."""
    heads = {(row.country, row.person) for office, row in rows if office.endswith(":head_of_state")}
    royal = ("President", "King", "Queen", "Sultan", "Amir", "Pope", "Prince", "Emperor")
    return [
        (office, row)
        for office, row in rows
        if not (
            row.origin == "factbook"
            and office.endswith(":head_of_government")
            and (row.country, row.person) in heads
            and any(word in row.title for word in royal)
        )
    ]


if __name__ == "__main__":
    main()
