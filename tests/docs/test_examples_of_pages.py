"""Examples in Python of the pages on exports, reading and the reference find what is there."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import tocsin
from tests.corpus.made_week import make_text
from tocsin.cli import tocsin as command
from tocsin.reference.layers import add_layer

DOCS = Path(__file__).parents[2] / "docs"


def blocks(name, language):
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


def run(code):
    """Run a block of Python, and return what its names mean then."""
    names = {}
    exec(compile(code, "page", "exec"), names)
    return names


@pytest.fixture(scope="module")
def exported(crisis, tmp_path_factory):
    """A folder with the exports that the examples read, of the store of the tests."""
    folder = tmp_path_factory.mktemp("exported")
    for asked in (
        ["polecat", "polecat.txt"],
        ["parquet", "out", "--by", "month"],
        ["gdelt", "gdelt"],
    ):
        out = str(folder / asked[1])
        done = CliRunner().invoke(command, ["export", asked[0], out, *asked[2:], "--store", crisis])
        assert done.exit_code == 0, done.stderr
    (folder / "out" / "gdelt").symlink_to(folder / "gdelt")
    return folder


@pytest.mark.parametrize("code", blocks("export-formats", "python"))
def test_example_of_a_format_reads_events(exported, monkeypatch, code):
    monkeypatch.chdir(exported)
    assert len(run(code)["events"]) > 0


def test_three_engines_read_the_data_set(exported, store, monkeypatch):
    monkeypatch.chdir(exported)
    [code] = blocks("exports", "python")
    names = run(code)
    read = (
        len(names["by_duckdb"]),
        len(names["by_polars"].collect()),
        names["by_pyarrow"].count_rows(),
    )
    assert read == (store.events().count(),) * 3


def test_example_of_reading_makes_an_article(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = make_text(1).replace("\n", "\\n").replace('"', '\\"')
    Path("week.jsonl").write_text(f'{{"body": "{text}"}}\n', encoding="utf-8")
    [code] = blocks("reading", "python")
    assert isinstance(run(code)["article"], tocsin.records.Article)


def test_example_of_the_reference_answers(capsys):
    [code] = blocks("reference", "python")
    run(code)
    assert capsys.readouterr().out.splitlines()[1:3] == ["not_held", "UKR:defence_minister"]


def test_example_of_a_correction_is_taken(tmp_path):
    [rows] = [each for each in blocks("reference", "") if each.startswith("country,")]
    (tmp_path / "mine.csv").write_text(rows, encoding="utf-8")
    layer = add_layer(tmp_path / "mine.csv", tmp_path / "data", today=date(2026, 11, 30))
    assert layer.name == "mine"
