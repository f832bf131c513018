"""The R of docs/r.md runs, with base R alone, and reads columns as the types that they are."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import tocsin
from tests.commands import run_commands
from tocsin.publish.exports.export import Kept
from tocsin.publish.exports.tables import TABLES, tables_in

PAGE = (Path(__file__).parents[2] / "docs/r.md").read_text(encoding="utf-8")
IN_R = {"text": "character", "day": "Date", "flag": "logical", "integer": "numeric"}
IN_R["real"] = IN_R["integer"]
TELL = """
for (name in c("NAMES")) {
  table <- read_tocsin(name)
  for (each in names(table)) {
    cat("column", name, each, class(table[[each]]), sum(!is.na(table[[each]])), "\\n")
  }
}
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("Rscript"), reason="there is no R: apt-get install r-base-core"
    ),
]


@pytest.fixture(scope="module")
def place(crisis_store, tmp_path_factory):
    """A folder in which the commands of the page have been run."""
    folder = tmp_path_factory.mktemp("r")
    (folder / "build").mkdir()
    (folder / "build/crisis").symlink_to(crisis_store)
    run_commands(PAGE.split("```r\n")[0], folder)
    return folder


@pytest.fixture(scope="module")
def printed(place):
    """What the blocks of the page print in their order, then what each column has become."""
    names = '", "'.join(name for name in TABLES if name != "texts")
    blocks = re.findall(r"```r\n(.*?)```", PAGE, re.S)
    (place / "page.R").write_text("\n".join([*blocks, TELL.replace("NAMES", names)]))
    command = ["Rscript", "--vanilla", "page.R"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def opened(place):
    with tocsin.open(place / "build/crisis") as opened:
        yield opened


def test_columns_are_read_as_the_types_that_they_are(printed, opened):
    kept = Kept(store=opened, asked={}, watch=lambda things, *_: things)
    declared = {
        (table.name, column.name, IN_R[column.kind] if column.name != "id" else "character"): sum(
            column.value(row) not in (None, "") for row in table.rows()
        )
        for table in tables_in(kept, [name for name in TABLES if name != "texts"])
        for column in table.columns
    }
    read = re.findall(r"^column (\w+) (\w+) (\w+) (\d+) $", printed, re.M)
    found = {(*column, kind): int(cells) for *column, kind, cells in read}
    assert found == declared


def test_weeks_of_a_pair_are_those_of_the_store(printed, opened):
    rows = opened.series(by="week", actor="MYS", recipient="IDN").to_pandas()
    conflict = rows[rows.quad >= 3].groupby("day")["events"].sum()
    lines = re.findall(r"^Malaysia against Indonesia((?: +\d+)+)$", printed, re.M)
    counted = [int(number) for number in " ".join(lines).split()]
    assert counted == [0, 0, 0, 0, *conflict]


def test_weeks_are_drawn(printed, place):
    assert printed
    assert (place / "build/weeks.png").read_bytes().startswith(b"\x89PNG")


def test_events_of_polecat_are_counted_once(printed, place):
    _, *rows = (place / "build/polecat.tsv").read_text(encoding="utf-8").splitlines()
    assert f"[1] {len({row.partition('-')[0] for row in rows})}\n" in printed
