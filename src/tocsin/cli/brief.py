"""The brief: one page on a situation over time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import complain, complain_of_rest, day_option, store_option, write_page
from tocsin.errors import StoreError
from tocsin.publish.progress import show_working

if TYPE_CHECKING:
    from tocsin.store.handle import Store
    from tocsin.watch.brief.records import Brief, Scope


@click.command()
@store_option
@click.option("--about", required=True, metavar="COUNTRIES", help="Such as PRK,RUS,UKR.")
@click.option("--for", "reader", metavar="COUNTRY", help="The reader's: what concerns it is told.")
@day_option("--since", "From DAY on; default: the last four weeks.")
@day_option("--until", "Up to DAY; default: the last day of the store.")
@click.option("--new", is_flag=True, help="Only what came since the last brief about them.")
@click.option("--new-since", metavar="WHEN", help="Only what came since a day, a time or a run.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object.")
@click.option("--markdown", metavar="FILE", help="Write Markdown; - is standard output.")
@click.option("--html", metavar="FILE", help="Write one HTML page; - as well.")
def brief(store: str, about: str, reader: str | None, **options: Any) -> None:
    """Brief on a situation in one page, made of the records of a store alone.

    What changed; alarms; the main events with status, grade and independent reports; who says what;
    what is contradicted, impossible or told by nobody who can be asked; what concerns the reader's
    country; warnings, plans, running lists; then and now, outlook; open questions.  Sentences end
    in the numbers of the records that they rest on.

    Each brief notes itself in the store, so that --new knows the last one about these countries for
    this reader.

    \b
    Examples:
      tocsin brief --store crisis --about PRK,RUS,UKR --since 2024-10-01 --for USA
      tocsin brief --store crisis --about PRK,RUS,UKR --for USA --new --html brief.html
      tocsin brief --store crisis --about Sudan --json | jq -r '.opening[].text'
    """
    import tocsin
    from tocsin.watch.brief.stored import make_brief

    with tocsin.open(store) as kept:
        complain_of_rest(kept, "brief")
        scope = _scope(kept, about, reader, options)
        with _noted(kept, scope):
            with show_working("making the brief"):
                made = make_brief(kept, scope)
            _show(made, options)
            sys.stdout.flush()


def _scope(kept: Store, about: str, reader: str | None, options: dict[str, Any]) -> Scope:
    """Return what the brief is asked for."""
    from tocsin.watch.brief.stored import read_scope

    if options["new"] and options["new_since"]:
        raise click.UsageError("--new is since the last brief; --new-since says since when")
    asked = {name: options[name] for name in ("since", "until", "new", "new_since")}
    scope = read_scope(kept, about, reader, **asked)
    if options["new"] and scope.new_from is None:
        complain("there is no earlier brief about them for this reader: all of it is shown")
    return scope


@contextmanager
def _noted(kept: Store, scope: Scope) -> Iterator[None]:
    """Note in the store that the brief is made; one that reaches nobody does not count."""
    from tocsin.store.arrivals import utc_now
    from tocsin.watch.brief.stored import disown_brief, note_brief

    number = None
    try:
        number = note_brief(kept, scope, utc_now)
    except StoreError:
        complain("the store cannot be written to: --new will not know of this brief")
    try:
        yield
    except BaseException:
        if number is not None:
            disown_brief(kept, number)
        raise


def _show(made: Brief, options: dict[str, Any]) -> None:
    """Write the brief in each dress asked for, to the terminal where none is."""
    from tocsin.publish.brief import dresses

    for path, render in (
        (options["html"], dresses.render_html),
        (options["markdown"], dresses.render_markdown),
    ):
        if path == "-":
            click.echo(render(made), nl=False)
        elif path:
            write_page(path, render(made), "brief")
    if options["as_json"]:
        click.echo(dresses.render_json(made))
    elif not (options["html"] or options["markdown"]):
        dresses.write_terminal(made)
