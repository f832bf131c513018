"""What pages name is there: commands, options, settings, targets, programs, files, names, codes."""

import builtins
import importlib
import re
import shlex
from pathlib import Path

import click
import pytest

from benchmarks import __main__ as measurements
from tests.commands import command_of, options_of
from tocsin import cli, errors
from tocsin.cli.frame import STOPPED
from tocsin.publish.exports import EXPORTS
from tocsin.settings import describe_settings
from tocsin.store.kinds import KINDS

PROJECT = Path(__file__).parents[2]
PATHS = [*PROJECT.glob("docs/**/*.md"), *PROJECT.glob("examples/**/README.md")]
PATHS += [PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "NOTICE.md")]
PAGES = {str(path.relative_to(PROJECT)): path.read_text("utf-8") for path in sorted(PATHS)}
of_page = pytest.mark.parametrize("told", PAGES.values(), ids=PAGES)

ROOMS = ("src", "tests", "training", "benchmarks", "docs", "examples")
FILES = {
    f"/{path.relative_to(PROJECT)}"
    for room in ROOMS
    for path in (PROJECT / room).rglob("*.*")
    if path.is_file()
}
OPTIONS = {option for name in cli.tocsin.commands for option in options_of(name)} | {"--version"}


#: What questions and exports can be asked for.
FILTERS = {kind.name: kind.filters for kind in KINDS}
FILTERS |= {export.name: FILTERS["events"] for export in EXPORTS}


def in_blocks(told):
    """Return the command lines of Tocsin in the blocks of a page."""
    blocks = "\n".join(re.findall(r"^```(?:|console|sh)\n(.*?)^```", told, re.M | re.S))
    joined = re.sub(r" *\\\n *", " ", blocks)
    return re.findall(r"^(?:\$ )?tocsin +([^|>#&\n]+)", joined, re.M)


def is_understood(line):
    """Tell whether the command that a line names takes what else the line says, also its values."""
    command, words = command_of(shlex.split(line))
    context = click.Context(command)
    try:
        given, *_ = command.make_parser(context).parse_args(words)
        for each in command.params:
            if isinstance(each.type, click.Choice) and each.name in given:
                each.type_cast_value(context, given[each.name])
        for ask in FILTERS.get(command.name, ()):
            if given.get(ask.name) is not None:
                ask.read(ask.name, given[ask.name])
    except (click.UsageError, errors.ValueNotUnderstood):
        return False
    return True


@of_page
def test_every_command_line_is_understood(told):
    assert [line for line in in_blocks(told) if not is_understood(line)] == []


@of_page
def test_every_command_in_a_sentence_is_there(told):
    named = re.findall(r"`tocsin ([a-z][^`|>#&]*)`", told)
    assert [each for each in named if set(re.findall(r"--[a-z-]+", each)) - options_of(each)] == []


@of_page
def test_every_option_in_a_sentence_is_there(told):
    others = (*PROJECT.glob("benchmarks/*.py"), *PROJECT.glob("training/*/__main__.py"))
    taken = "".join(path.read_text("utf-8") for path in others)
    named = set(re.findall(r"`(--[a-z][a-z-]*)", told)) - OPTIONS
    assert [each for each in named if each not in taken] == []


@of_page
def test_every_setting_is_there(told):
    of_commands = {f"TOCSIN_{name}" for name in ("STORE", "WEBHOOK_SECRET")}
    settings = {name for name, *_ in describe_settings()} | of_commands
    assert set(re.findall(r"\bTOCSIN_[A-Z_]+\b", told)) <= settings


def test_every_variable_of_a_command_is_read():
    read = "".join(path.read_text("utf-8") for path in PROJECT.glob("src/tocsin/cli/*.py"))
    assert [n for n in ("STORE", "WEBHOOK_SECRET") if f'envvar="TOCSIN_{n}"' not in read] == []


@of_page
def test_every_target_of_make_is_there(told):
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", told, re.M)) <= targets


@of_page
def test_every_program_is_there(told):
    parts = set(re.findall(r"[a-z-]+", measurements.__doc__.partition("PART is")[2]))
    for module, words in re.findall(
        r"python -m ((?:benchmarks|training)[\w.]*)((?: [a-z]+(?:-[a-z]+)*)*)", told
    ):
        assert importlib.util.find_spec(module) is not None
        assert module != "benchmarks" or set(words.split()) <= parts


@of_page
def test_every_file_is_there(told):
    named = set(re.findall(r"`([\w./-]+/[\w-]+\.(?:py|tsv|sql|toml|md|csv))`", told))
    made = ("out/", "build/", "corrections/", "crisis/")
    missing = {name for name in named if not any(f.endswith(f"/{name}") for f in FILES)}
    assert [name for name in missing if not name.startswith(made)] == []


@of_page
def test_every_name_in_python_is_there(told):
    for name in set(re.findall(r"`(tocsin(?:\.[a-z_]\w+)+(?:\.[A-Z]\w+)?)`", told)) - NO_NAMES:
        assert is_there(name), name


#: Files and keys that look like names.
NO_NAMES = {"tocsin.sqlite", "tocsin.parts", "tocsin.export.CSV", "tocsin.mentions.CSV"}


def is_there(name):
    module, _, last = name.rpartition(".")
    if importlib.util.find_spec(module) is None:
        return False
    return hasattr(importlib.import_module(module), last) or importlib.util.find_spec(name)


@of_page
def test_every_error_is_there(told):
    named = set(re.findall(r"`([A-Z]\w+Error)`", told)) - set(vars(builtins))
    assert [name for name in named if not hasattr(errors, name)] == []


@of_page
def test_every_exit_code_is_there(told):
    classes = [each for each in vars(errors).values() if isinstance(each, type)]
    raised = {e.exit_code for e in classes if issubclass(e, errors.TocsinError)}
    tables = "".join(re.findall(r"^\| exit code of .*?\n\n", f"{told}\n\n", re.M | re.S))
    codes = re.findall(r"^\| ([\d, ]+) \|", tables, re.M)
    codes += re.findall(r"(?:exit code|exits? with|exit code is) (\d+)", told)
    assert {int(n) for each in codes for n in each.split(", ")} <= {0, 1, 2, STOPPED} | raised


@of_page
def test_every_column_of_an_answer_is_there(told):
    """What pages select from a frame, or group it by, is a column of some kind."""
    columns = {column.name for kind in KINDS for column in kind.columns}
    taken = re.findall(r"(?:frame|weeks)\.(?:select|groupby)\(([^)]*)\)", told)
    named = {name for each in taken for name in re.findall(r'"(\w+)"', each)}
    assert named <= columns
