"""The reference: who holds which office; your own layers over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from tocsin.cli.frame import complain, day_option
from tocsin.publish.visible import on_one_line
from tocsin.settings import load_settings


def _read_whose(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from tocsin.store.asked import read_whose

    return None if value is None else read_whose(param.opts[0], value)


@click.command()
@click.argument("words", metavar="OFFICE")
@day_option("--on", "Only who held it on DAY.")
@click.option(
    "--country",
    callback=_read_whose,
    help="Country or body, when OFFICE does not name it: UKR, NATO ...",
)
def office(words: str, on: date | None, country: str | None) -> None:
    """Look up who holds or held OFFICE, written as the press writes it.

    \b
    Examples:
      tocsin office "Defense Minister of Ukraine" --on 2024-10-29
      tocsin office "NATO's spokesperson"
      tocsin office "Pentagon chief" --on "1 March 2025"
    """
    from tocsin.publish.lookups import render_offices, require_short
    from tocsin.reference.offices import load_reference
    from tocsin.reference.titles import lacks_country

    require_short("OFFICE", words)
    reference = load_reference(load_settings())
    found = reference.find_office(words, on, country)
    if not found and country is None and lacks_country(words):
        named = f"{on_one_line(words)!r} is an office of many"
        click.echo(f"{named}: name the country or body with it, or by --country.")
    else:
        _answer(render_offices(reference, found, on), words)


@click.command()
@click.argument("name")
def person(name: str) -> None:
    """Look up the offices that NAME holds or held.

    \b
    Examples:
      tocsin person "Sergei Shoigu"
      tocsin person Lavrov
    """
    from tocsin.lexicons.nearest import suggest
    from tocsin.publish.lookups import render_people, require_short
    from tocsin.reference.offices import load_reference

    require_short("NAME", name)
    reference = load_reference(load_settings())
    found = reference.find_person(name)
    _answer(render_people(reference, found), name)
    if not found and (meant := suggest(name, reference.people_names())):
        click.echo(meant, err=True)


@click.group()
def reference() -> None:
    """Add your own office holders, groups and people to what ships; list and remove them.

    \b
    Examples:
      tocsin reference add ministers.csv --name ours
      tocsin reference add groups.csv
      tocsin reference list
    """


@reference.command("add", short_help="Import office holders, or groups and people")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--name", help="What to call it (default: the file's name); replaces one so called.")
def reference_add(files: tuple[Path, ...], name: str | None) -> None:
    """Import each FILE: CSV, Follow-the-Money JSON lines, Popolo, or a Wikidata query's result.

    A CSV or TSV file with the columns name and country, and any of sector, kind, aliases and note,
    says of which country groups, bodies and people are.  Texts that a store has already are read
    with them by `tocsin reread`.

    A malformed file is refused with its line and the reason, and changes nothing.  An office that
    the reference does not have is imported, and named: its title may be misspelt.

    \b
    Examples:
      tocsin reference add ministers.csv
      tocsin reference add groups.csv
    """
    from tocsin.publish.lookups import render_layer, render_new_offices
    from tocsin.reference.layers import add_layer, read_layers
    from tocsin.reference.offices import load_reference

    settings = load_settings()
    if len({name or path.stem for path in files}) < len(files):
        raise click.UsageError("one of these files would replace another: give each its own name")
    for path in files:
        layer = add_layer(path, settings.data_dir, today=date.today(), name=name)
        click.echo(render_layer(layer))
        for line in render_new_offices(load_reference(), read_layers(settings.data_dir), layer):
            complain(line)


@reference.command("list", short_help="List what you have imported")
def reference_list() -> None:
    """List what you have imported.

    \b
    Example:
      tocsin reference list
    """
    from tocsin.publish.lookups import render_layer
    from tocsin.reference.layers import list_layers

    layers = list_layers(load_settings().data_dir)
    click.echo("\n".join(map(render_layer, layers)) or "Nothing has been imported.")


@reference.command("remove", short_help="Remove an import; the shipped facts stay")
@click.argument("name")
def reference_remove(name: str) -> None:
    """Remove the import called NAME; the shipped facts stay.

    \b
    Example:
      tocsin reference remove ministers
    """
    from tocsin.publish.lookups import render_layer
    from tocsin.reference.layers import remove_layer

    click.echo(f"Removed: {render_layer(remove_layer(name, load_settings().data_dir))}")


@reference.command("update", short_help="Ask Wikidata for the office holders of countries")
@click.argument("countries", nargs=-1, required=True, metavar="COUNTRY...")
def reference_update(countries: tuple[str, ...]) -> None:
    """Ask Wikidata for the office holders of each COUNTRY (UKR, RUS ...).  Uses the network.

    \b
    Example:
      tocsin reference update UKR RUS
    """
    from tocsin.publish.lookups import render_layer
    from tocsin.reference.layers import update_layers

    for layer in update_layers(countries, load_settings().data_dir, today=date.today()):
        click.echo(render_layer(layer))


def _answer(lines: Iterator[str], asked: str) -> None:
    """Print what the reference knows; knowing nothing is an answer too, not an error."""
    answer = "\n".join(lines)
    click.echo(answer or f"The reference has no record of {on_one_line(asked)!r}.")
