"""The README is held to what the program does."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.S)


@pytest.mark.parametrize("code", [code for language, code in BLOCKS if language == "python"])
def test_readme_example_runs(code, monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    exec(compile(code, "README.md", "exec"), {})
    assert "contradicted" in capsys.readouterr().out


def test_readme_names_only_options_that_exist():
    from tocsin import cli

    known = {
        option
        for command in cli.tocsin.commands.values()
        for parameter in command.params
        for option in parameter.opts
    }
    used = set(re.findall(r"tocsin read [^\n#]*?(--[a-z]+)", README))
    assert used
    assert used <= known


def test_readme_names_only_make_targets_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"make ([a-z]+)", README)) <= targets


@pytest.mark.parametrize("link", re.findall(r"\]\((?!https?:)([^)#]+)", README))
def test_readme_links_lead_somewhere(link):
    assert (PROJECT / link).exists()
