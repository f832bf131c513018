"""Command line: the page docs/cli.md, made of the help that every command gives of itself.

usage: python -m training.commandline
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from tocsin.cli import tocsin

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
_WIDTH = 100
_HEAD = """# The command line

What every command says of itself with `--help`. This page is made by
`python -m training.commandline`; what it says stands in `src/tocsin/cli/`.
"""


def _read_commands(command: click.Command, within: click.Context | None) -> Iterator[click.Context]:
    """Yield a command and those below it, in the order in which they were added."""
    name = "tocsin" if within is None else command.name
    here = click.Context(command, info_name=name, parent=within, max_content_width=_WIDTH)
    here.terminal_width = _WIDTH
    yield here
    if isinstance(command, click.Group):
        for name in command.commands or command.list_commands(here):
            below = command.get_command(here, name)
            assert below is not None
            yield from _read_commands(below, here)


def make_page() -> str:
    """Return the page as it should be."""
    parts = (
        f"## {here.command_path}\n\n```text\n{here.get_help()}\n```\n"
        for here in _read_commands(tocsin, None)
    )
    return "\n".join((_HEAD, *parts))


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
