"""A store in the formats of others: export, with a command for each format."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import complain_of_rest, store_option
from tocsin.cli.query import complain_of_misses, filter_option, show_examples
from tocsin.publish.progress import show_steps
from tocsin.publish.visible import on_one_line

if TYPE_CHECKING:
    from tocsin.publish.exports.export import Export


class _Formats(click.Group):
    """The commands of `tocsin.publish.exports.EXPORTS`, which are loaded when one is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all formats."""
        from tocsin.publish.exports import EXPORTS

        return [each.name for each in EXPORTS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a format; None where there is no such format."""
        from tocsin.publish.exports import EXPORTS

        return next((_command(each) for each in EXPORTS if each.name == cmd_name), None)


@click.command(cls=_Formats)
def export() -> None:
    """Write what a store holds in a format that others read.

    OUT is a file, or a folder where the format is several files; - is standard output.  The export
    is whole or not there: it is written under another name first.

    \b
    Examples:
      tocsin export gdelt out/gdelt --store crisis
      tocsin export csv events.csv --store crisis --actor RUS --since 2024-10-01
      tocsin export geojson - --store crisis --type ASSAULT | jq '.features | length'
    """


def _command(one: Export) -> click.Command:
    command: Any = partial(_export, one)
    for each in reversed(one.kind.filters if one.kind else ()):
        if each.name not in one.own:
            command = filter_option(each)(command)
    if one.by:
        parts = click.Choice(list(one.by))
        command = click.option("--by", type=parts, help="Divide the tables, as a data set.")(
            command
        )
    command = click.option("--force", is_flag=True, help="Replace an export of this name.")(command)
    command = click.argument("out")(store_option(command))
    examples = show_examples(f"export {one.name}", one.examples)
    told = "\n\n".join(filter(None, (one.summary, one.more, examples)))
    return click.command(one.name, help=told, short_help=one.summary)(command)


def _export(
    one: Export, out: str, store: str, force: bool, by: str | None = None, **given: Any
) -> None:
    """Write one export, and say what it holds and what was left out."""
    import tocsin
    from tocsin.publish.exports.export import Kept

    asked = {name: value for name, value in given.items() if value is not None}
    if asked.keys() - one.in_folders and one.file and not one.is_file(out):
        raise click.UsageError(f"filters choose events; name a file like events.{one.name}, or -")
    with tocsin.open(store) as kept, kept.at_one_moment():
        complain_of_rest(kept, "export")
        take = Kept(store=kept, asked=asked, watch=show_steps)
        outcome = one.write(take, out, force=force, by=by)
        if one.kind and not outcome.written.total():
            complain_of_misses(kept, one.kind, asked)
    click.echo(f"{outcome.sentence(_where(out))}.", err=True)


def _where(out: str) -> str:
    """Say in which file it is, or that there was nothing to make one of."""
    if out == "-":
        return ""
    return f" in {on_one_line(out)}" if Path(out).exists() else f": {on_one_line(out)} is not made"
