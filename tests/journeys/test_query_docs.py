"""Every example of the pages on questions runs, every filter has one, and tables say what is so."""

import inspect
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import tocsin
from tests.crisis import make_crisis
from tocsin.cli import tocsin as command
from tocsin.store.kinds import KINDS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "queries.md").read_text(encoding="utf-8")
FILTERS = (DOCS / "filters.md").read_text(encoding="utf-8")
_CONSOLE = re.findall(r"^\$ (tocsin .*)$", PAGE, re.M)
_TABLES = re.findall(r"`(tocsin \w+ --.*?)` \|", FILTERS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    make_crisis(folder / "crisis")
    return folder


@pytest.mark.parametrize("example", sorted({*_CONSOLE, *_TABLES}))
def test_an_example_finds_something(folder, monkeypatch, example):
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(command, shlex.split(example)[1:])
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.strip() not in ("", "0")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_table_of_a_kind_says_what_its_filters_are(kind):
    section = FILTERS.split(f"## {kind.name}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `--([\w-]+) ?([^`]*)` \| (.*?) \| `(.*?)` \|$", section, re.M)
    assert [row[:3] for row in rows] == [
        (ask.option, ask.metavar, ask.help) for ask in kind.filters
    ]
    assert all(f"--{name}" in example for name, _, _, example in rows)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_columns_of_a_kind_are_listed(kind):
    section = FILTERS.split(f"## {kind.name}\n")[1]
    listed = re.search(r"^Columns: (.*)\.$", section, re.M)[1]
    assert re.findall(r"`(\w+)`", listed) == [column.name for column in kind.columns]


def test_the_python_example_runs(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    exec(re.search(r"```python\n(.*?)```", PAGE, re.S)[1], {})
    assert "North Korea moved troops to Kursk on Monday" in capsys.readouterr().out


def test_the_page_says_how_many_kinds_there_are():
    assert len(KINDS) == 11
    assert "answers eleven kinds of questions" in PAGE


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_options_keywords_and_filters_are_the_same(folder, kind):
    options = {name for each in command.commands[kind.name].params for name in each.opts}
    with tocsin.open(folder / "crisis") as store:
        for ask in kind.filters:
            assert f"--{ask.option}" in options
            getattr(store, kind.name)(**{ask.name: None})
        keywords = list(inspect.signature(getattr(store, kind.name)).parameters)
    assert keywords == [*(ask.name for ask in kind.filters), "sort", "limit", "after"]
