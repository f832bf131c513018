"""The pages on a store are held to the schema and to what the programs they name do.

``python tests/store/test_store_page.py`` writes docs/tables.md anew.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tocsin.store.database import APPLICATION_ID, open_database, read_schema
from tocsin.store.migrations import SCHEMA_VERSION
from tocsin.store.writer import Writer

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "tables.md"
MARK = "do not edit below this line -->\n"
TOLD = "".join((DOCS / name).read_text("utf-8") for name in ("tables.md", "keeping.md"))
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TOLD, re.S)

_TABLE = re.compile(r"((?:^-- [^\n]*\n)*)^CREATE TABLE (\w+) \(\n(.*?)^\)", re.M | re.S)
_COLUMN = re.compile(r'^  "?([a-z_]+)"? +(TEXT|INTEGER|REAL)([^-\n]*)(?:-- (.*))?$', re.M)
_INDEX = re.compile(r"^CREATE VIRTUAL TABLE (\w+) USING fts5 \((.*?), content", re.M)


def describe_tables(schema):
    """Return the tables of `schema` as Markdown, from its own comments."""
    lines = []
    for comment, table, body in _TABLE.findall(schema):
        about = " ".join(line.removeprefix("-- ") for line in comment.splitlines())
        lines += [f"\n### `{table}`\n", f"{about}\n" if about else ""]
        lines += ["| Column | Type | |", "|---|---|---|"]
        for column, kind, rest, meaning in _COLUMN.findall(body):
            nothing = " or NULL" if "NOT NULL" not in rest and "KEY" not in rest else ""
            lines.append(f"| `{column}` | {kind}{nothing} | {meaning} |")
    lines.append("\n### Indexes of words\n")
    lines += [f"- `{name}`: {columns}" for name, columns in _INDEX.findall(schema)]
    return "\n".join(line for line in lines if line) + "\n"


def test_page_shows_the_tables_of_the_schema():
    shown = PAGE.read_text(encoding="utf-8").partition(MARK)[2]
    assert shown == describe_tables(read_schema()), f"run python {os.path.relpath(__file__)}"


def test_page_leaves_out_no_table_and_no_column(connection):
    shown = describe_tables(read_schema())
    rows = connection.execute("PRAGMA table_list").fetchall()
    for table in (name for _, name, kind, *_ in rows if kind in ("table", "virtual")):
        if not table.startswith("sqlite_"):
            assert f"`{table}`" in shown
    for table in re.findall(r"### `(\w+)`", shown):
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
        section = shown.partition(f"### `{table}`")[2].partition("###")[0]
        assert re.findall(r"^\| `(\w+)`", section, re.M) == columns


def test_page_says_what_every_column_means_but_rowid():
    silent = re.findall(r"^\| `(\w+)` \| [^|]+ \|  \|$", describe_tables(read_schema()), re.M)
    assert set(silent) == {"rowid"}


def test_page_names_version_and_application():
    text = (DOCS / "store.md").read_text(encoding="utf-8")
    assert f"the version of [the tables](tables.md), {SCHEMA_VERSION} at present" in text
    assert f"`0x{APPLICATION_ID:X}`" in text


@pytest.fixture
def crisis(tmp_path, monkeypatch, selin):
    """The store of the page's examples, in the current folder."""
    monkeypatch.chdir(tmp_path)
    connection = open_database("crisis", create=True)
    Writer(connection).keep([("k", "a.txt", selin().report)])
    connection.close()
    return tmp_path


@pytest.mark.usefixtures("crisis")
def test_page_shows_python_that_runs(capsys):
    names = {}
    for code in (code for language, code in BLOCKS if language == "python"):
        exec(compile(code, "tables.md", "exec"), names)
    assert capsys.readouterr().out.count("asserts") == 2


@pytest.mark.usefixtures("crisis")
@pytest.mark.parametrize("query", [code for language, code in BLOCKS if language == "sql"])
def test_page_shows_queries_that_find_something(query):
    connection = sqlite3.connect("file:crisis/tocsin.sqlite?mode=ro", uri=True)
    assert connection.execute(query).fetchall()


def test_page_shows_a_backup_that_is_a_store(crisis):
    (command,) = [code for _, code in BLOCKS if "VACUUM INTO" in code]
    (statement,) = re.findall(r'"(VACUUM INTO [^"]+)"', command)
    (crisis / "backup").mkdir()
    sqlite3.connect("crisis/tocsin.sqlite").execute(statement)
    backup = open_database("backup")
    assert backup.execute("SELECT count(*) FROM statements_fts").fetchone() == (3,)
    assert backup.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 shell is not here")
@pytest.mark.usefixtures("crisis")
def test_page_shows_a_command_of_the_shell_that_runs():
    (command,) = [code for _, code in BLOCKS if "-readonly" in code]
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout == "|1\n"


if __name__ == "__main__":
    head, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(head + mark + describe_tables(read_schema()), encoding="utf-8")
