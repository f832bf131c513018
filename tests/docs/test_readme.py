"""The README is held to what the program does."""

import re
from pathlib import Path

import pytest

from tests.commands import run_commands

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.S)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder in which the README's commands on a corpus have been run."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "examples").symlink_to(PROJECT / "examples")
    [commands] = [code for _, code in BLOCKS if "tocsin add" in code]
    run_commands(commands, folder)
    return folder


@pytest.mark.parametrize(
    ("code", "shows"),
    list(
        zip(
            [code for language, code in BLOCKS if language == "python"],
            ["contradicted", "Credibility"],
            strict=True,
        )
    ),
)
def test_readme_example_runs(code, shows, place, monkeypatch, capsys):
    monkeypatch.chdir(place)
    exec(compile(code, "README.md", "exec"), {})
    assert shows in capsys.readouterr().out


def test_readme_commands_leave_what_they_name(place):
    assert (place / "events.tsv").read_text(encoding="utf-8").startswith("Event ID\t")
