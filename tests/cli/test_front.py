"""The front of the command line: what to do first, and help that leads and is whole."""

import re

import click
import pytest
from click.testing import CliRunner

from tocsin.cli import tocsin

WIDTH = 80


def walk(command, within=None):
    """Yield the context of a command and of those below it."""
    name = "tocsin" if within is None else command.name
    here = click.Context(command, info_name=name, parent=within, terminal_width=WIDTH)
    yield here
    if isinstance(command, click.Group):
        for each in command.list_commands(here):
            yield from walk(command.get_command(here, each), here)


ALL = list(walk(tocsin))
each_command = pytest.mark.parametrize("here", ALL, ids=lambda here: here.command_path)


def first_steps(monkeypatch, store=None):
    if store:
        monkeypatch.setenv("TOCSIN_STORE", store)
    return CliRunner().invoke(tocsin, [])


def test_program_alone_says_what_to_do_first(monkeypatch):
    done = first_steps(monkeypatch)
    told = re.findall(r"^  tocsin (\w+)", done.stdout, re.M)
    assert (done.exit_code, done.stderr) == (0, "")
    assert told == ["read", "add", "desk", "events", "doctor"]
    assert "tocsin --help" in done.stdout


@pytest.mark.parametrize("store", [None, "crisis"])
def test_first_steps_fit_a_small_screen(monkeypatch, store):
    lines = first_steps(monkeypatch, store).stdout.splitlines()
    assert len(lines) < 12
    assert max(map(len, lines)) <= WIDTH


def test_first_steps_leave_out_the_store_that_is_named_already(monkeypatch):
    said = first_steps(monkeypatch, "archive").stdout
    assert "--store" not in said
    assert "archive (TOCSIN_STORE)" in said


def test_help_lists_every_command_under_a_heading_once():
    said = ALL[0].get_help()
    listed = re.findall(r"^  (\w+)  ", said.partition("\nRead an article:\n")[2], re.M)
    assert sorted(each for each in listed if not each.isdigit()) == sorted(tocsin.commands)


@each_command
def test_short_help_is_short(here):
    if here.parent:
        assert here.command.short_help
        assert len(here.command.short_help) <= 66


@each_command
def test_help_has_an_example(here):
    assert re.search(rf"^  Examples?:\n    .*{here.command_path}\b", here.get_help(), re.M) or (
        here.command is tocsin
    )


@each_command
def test_help_is_not_cut_at_eighty_columns(here):
    said = here.get_help()
    wide = [line for line in said.splitlines() if len(line) > WIDTH]
    examples = [line for line in said.splitlines() if line.startswith("    tocsin ")]
    assert set(wide) <= set(examples)
    assert not re.search(r"\w\.\.\.$", said.partition("\n")[2], re.M)
