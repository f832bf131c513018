"""Questions to a store, a command for each kind: events, statements, quotations, findings ...

The commands are made of what the kinds in `tocsin.store.kinds` declare.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import ALSO_DAYS, complain, complain_of_rest, one_of, store_option
from tocsin.store.kinds import KINDS

if TYPE_CHECKING:
    from tocsin.store.handle import Results, Store, Walk
    from tocsin.store.kinds.kind import Filter, Kind

_Command = Callable[..., None]

#: Rows of a table on a screen, unless told otherwise.
_SCREENFUL = 50

_SHARED = (
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help=f"At most N, the first (default: {_SCREENFUL} on a screen, else all).",
    ),
    click.option(
        "--after", metavar="CURSOR", help='Go on where an answer ended: what it gave as "next".'
    ),
    click.option("--count", is_flag=True, help="Print only how many there are."),
    one_of("dress", "--json", "json", "Print JSON, one a line."),
    one_of("dress", "--csv", "csv", "Print CSV."),
    store_option,
)


def make_commands() -> Iterator[click.Command]:
    """Yield a command for each kind."""
    for kind in KINDS:
        command: Any = partial(_answer, kind)
        options: tuple[Callable[[Any], Any], ...] = (
            *map(filter_option, kind.filters),
            *_sort_option(kind),
            *_SHARED,
        )
        for option in reversed(options):
            command = option(command)
        yield click.command(kind.name, help=_help(kind))(command)


def filter_option(each: Filter) -> Callable[[_Command], _Command]:
    """Return the option of a command for a filter."""
    sentence = f"{each.help[0].upper()}{each.help[1:]}{'' if each.help.endswith('...') else '.'}"
    if each.kind == "day":
        sentence += f"  {ALSO_DAYS}"
    if each.metavar:
        return click.option(f"--{each.option}", metavar=each.metavar, help=sentence)
    return click.option(f"--{each.option}/--not-{each.option}", default=None, help=sentence)


def _sort_option(kind: Kind[Any]) -> Iterator[Callable[[_Command], _Command]]:
    """Yield the option for the order, where there are several."""
    if len(kind.orders) > 1:
        orders = ", ".join(f"{each.name} ({each.help})" for each in kind.orders)
        yield click.option("--sort", metavar="ORDER", help=f"The order: {orders}.")


def _help(kind: Kind[Any]) -> str:
    examples = show_examples(f"{kind.name} --store crisis", kind.examples)
    return "\n\n".join(filter(None, (kind.summary, kind.more, examples)))


def show_examples(command: str, examples: tuple[str, ...]) -> str:
    """Return the paragraph of help with the examples of a command."""
    lines = "".join(f"\n  tocsin {command} {each}" for each in examples)
    return f"\b\nExample{'s' if len(examples) > 1 else ''}:{lines}"


def _answer(kind: Kind[Any], **given: Any) -> None:
    """Print what the store answers; that there is nothing is an answer too, said on stderr."""
    import tocsin
    from tocsin.store.handle import Results

    dress, limit = given.pop("dress"), given.pop("limit")
    counted, folder, after = given.pop("count"), given.pop("store"), given.pop("after")
    sort = given.pop("sort", None)
    with tocsin.open(folder) as store:
        complain_of_rest(store, "answer")
        if limit is None and sys.stdout.isatty() and not (dress or counted):
            limit = _SCREENFUL
        results = Results(store, kind, given, limit, after, sort)
        if counted:
            click.echo(found := results.count())
        elif not (found := _print(results, dress)):
            click.echo(f"No {kind.name} in the store fit.", err=True)
        if not found:
            complain_of_misses(store, kind, given)


def complain_of_misses(store: Store, kind: Kind[Any], given: Mapping[str, Any]) -> None:
    """Name what was asked and is nowhere in the store, with what is nearest to it."""
    from tocsin.store.misses import find_misses

    for option, asked, meant in find_misses(store, kind, given):
        told = f"no {kind.name} fit --{option} {asked}, whatever else is asked. {meant}"
        complain(told.strip())


def _print(results: Results[Any], dress: str | None) -> int:
    """Print the results in the dress asked for, and return how many there were."""
    from tocsin.publish import tables

    walk, kind = results.walk(), results.kind
    if dress == "json":
        number = tables.write_json(walk, kind, sys.stdout)
    elif dress == "csv":
        number = tables.write_csv(walk, kind.columns, sys.stdout)
    elif sys.stdout.isatty():
        number = _print_table(walk, kind)
    else:
        number = tables.write_lines(walk, kind, sys.stdout)
    if walk.cursor:
        click.echo(f"next: --after {walk.cursor}", err=True)
    return number


def _print_table(walk: Walk, kind: Kind[Any]) -> int:
    from rich.console import Console

    from tocsin.publish.screen import write_table

    found = list(walk)
    if found:
        write_table(found, kind, Console(highlight=False))
    if walk.cursor:
        many = len(found)
        click.echo(f"The first {many}; --limit N shows more, --count says how many.", err=True)
    return len(found)
