"""Questions to a store, a command for each kind: events, statements, quotations, findings ...

The options of each command are the fields of its filter in `tocsin.store.filters`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import complain, store_option
from tocsin.store.filters import (
    ArticleFilter,
    EventFilter,
    FamilyFilter,
    FindingFilter,
    OfficeFilter,
    QuotationFilter,
    SpeakerFilter,
    StatementFilter,
    describe_filter,
)

if TYPE_CHECKING:
    from tocsin.store.handle import Results

_Command = Callable[..., None]

#: Rows of a table on a screen, unless told otherwise.
_SCREENFUL = 50


def _question(kind: type) -> Callable[[_Command], _Command]:
    """Give a command the options of the filter `kind`, and those that all questions share."""

    def add(command: _Command) -> _Command:
        shared = (
            click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_LIMIT),
            click.option("--count", is_flag=True, help="Print only how many there are."),
            click.option("--json", "dress", flag_value="json", help="Print JSON, one a line."),
            click.option("--csv", "dress", flag_value="csv", help="Print CSV."),
            store_option,
        )
        for option in reversed(shared):
            command = option(command)
        for ask in reversed(describe_filter(kind)):
            command = filter_option(ask.name, ask.metavar, ask.help)(command)
        return command

    return add


_LIMIT = f"At most N, the newest (default: {_SCREENFUL} on a screen, else all)."


def filter_option(name: str, metavar: str, what: str) -> Callable[[_Command], _Command]:
    """Return the option of a command for one field of a filter."""
    sentence = f"{what[0].upper()}{what[1:]}."
    if metavar:
        return click.option(f"--{name}", metavar=metavar, help=sentence)
    return click.option(f"--{name}/--not-{name}", default=None, help=sentence)


@click.command()
@_question(EventFilter)
def events(**given: Any) -> None:
    """List the events that the articles of a store report, newest first.

    "rep/ind" is how many texts report it, and how many of them independently; ≠ says that articles
    contradict each other; the grade is the Admiralty code.  Days: ≤ on that day or before, … from
    that day on.

    \b
    Examples:
      tocsin events --store crisis --actor PRK --recipient RUS --type MOBILIZE
      tocsin events --store crisis --since 2024-10-01 --independent 3 --contradicted
      tocsin events --store crisis --text '"air defence" missil*' --json
    """
    _answer("events", given)


@click.command()
@_question(StatementFilter)
def statements(**given: Any) -> None:
    """List what people and bodies say in the articles of a store, newest first.

    \b
    Examples:
      tocsin statements --store crisis --speaker Lavrov --stance denies
      tocsin statements --store crisis --naming anonymous --text "North Korean troops"
    """
    _answer("statements", given)


@click.command()
@_question(QuotationFilter)
def quotations(**given: Any) -> None:
    """List what is quoted in the articles of a store, newest first.

    The same words by the same speaker are one quotation, however many articles print them: with
    the day and the article in which they appear first.

    \b
    Examples:
      tocsin quotations --store crisis --speaker Zakharova --articles 3
      tocsin quotations --store crisis --country UKR --since 2024-10-01 --text ceasefire
    """
    _answer("quotations", given)


@click.command()
@_question(FindingFilter)
def findings(**given: Any) -> None:
    """List what the checks found in the articles of a store, newest first.

    \b
    Example:
      tocsin findings --store crisis --check tenure --verdict contradicted
    """
    _answer("findings", given)


@click.command()
@_question(SpeakerFilter)
def speakers(**given: Any) -> None:
    """List who speaks in the articles of a store, the most quoted first.

    \b
    Example:
      tocsin speakers --store crisis --country RUS --verdict contradicted
    """
    _answer("speakers", given)


@click.command()
@_question(OfficeFilter)
def offices(**given: Any) -> None:
    """List who is given which office by the articles of a store, newest first.

    To look up who holds an office, use: tocsin office

    \b
    Example:
      tocsin offices --store crisis --office "defence minister" --country UKR
    """
    _answer("offices", given)


@click.command()
@_question(ArticleFilter)
def articles(**given: Any) -> None:
    """List the articles of a store, newest first.

    \b
    Example:
      tocsin articles --store crisis --outlet Reuters --text ceasefire
    """
    _answer("articles", given)


@click.command()
@_question(FamilyFilter)
def families(**given: Any) -> None:
    """List families, the largest first: copies of one text, and who prints passages of it.

    \b
    Example:
      tocsin families --store crisis --agency Reuters
    """
    _answer("families", given)


def _answer(kind: str, given: dict[str, Any]) -> None:
    """Print what the store answers; that there is nothing is an answer too, said on stderr."""
    import tocsin

    dress, limit = given.pop("dress"), given.pop("limit")
    counted, folder = given.pop("count"), given.pop("store")
    with tocsin.open(folder) as store:
        if not store.is_settled():
            complain(
                "articles are still to be compared: the answer is not complete.  "
                "`tocsin add` takes the steps that are left."
            )
        results: Results[Any] = getattr(store, kind)(limit=limit, **given)
        if counted:
            click.echo(results.count())
        elif not _print(results, dress, limit):
            click.echo(f"No {kind} in the store fit.", err=True)


def _print(results: Results[Any], dress: str | None, limit: int | None) -> int:
    """Print the results in the dress asked for, and return how many there were."""
    from tocsin.publish import tables

    if dress == "json":
        return tables.write_json(results.found(), sys.stdout)
    if dress == "csv":
        return tables.write_csv(results.found(), results.columns, sys.stdout)
    if sys.stdout.isatty():
        return _print_table(results, limit)
    return tables.write_lines(results.found(), results.kind, sys.stdout)


def _print_table(results: Results[Any], limit: int | None) -> int:
    from rich.console import Console

    from tocsin.publish.screen import write_table

    most = _SCREENFUL if limit is None else limit
    found = list(islice(results.head(most + 1).found(), most + 1))
    if found:
        write_table(found[:most], results.kind, Console(highlight=False))
    if len(found) > most:
        click.echo(f"The first {most}; --limit N shows more, --count says how many.", err=True)
    return len(found)
