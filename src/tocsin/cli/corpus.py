"""A corpus and its store: add, status, forget, verify, outlets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tocsin.cli.frame import STOPPED, Number, complain, read_mapping, store_option
from tocsin.settings import load_settings

if TYPE_CHECKING:
    from tocsin.corpus.account import Added


def _working(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of work that is shared among processes."""
    workers = click.option(
        "--workers",
        type=click.IntRange(1, 512),
        metavar="N",
        help="Processes that read and analyse; default: one for each processor.",
    )
    limit = click.option(
        "--limit",
        type=Number(0, min_open=True),
        default=300.0,
        show_default=True,
        metavar="SECONDS",
        help="Time that one article may take.",
    )
    return workers(limit(command))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option(
    "--map",
    "mapping",
    metavar="FIELD=COLUMN",
    callback=read_mapping,
    multiple=True,
    help="Read FIELD (text, title, url, outlet, published, id) from COLUMN; may be repeated.",
)
@_working
def add(
    paths: tuple[str, ...], store: str, mapping: dict[str, str], workers: int | None, limit: float
) -> None:
    """Add every article at each PATH, a file, a folder or -, to a store, which is made if need be.

    Read are text, Markdown, HTML, RSS and Atom, JSON Lines, CSV, Parquet and WARC, compressed with
    gzip or zstd or not.  Articles in other languages than English are set aside and counted.

    Nothing is read twice: the same command run again adds what is new and tries again what failed.
    It may be stopped at any moment, with Ctrl-C (exit code 130) or otherwise, and goes on from
    there when it is run again.

    \b
    Examples:
      tocsin add week/ --store crisis
      tocsin add crawl.warc.gz feed.xml --store crisis --workers 8
      tocsin add table.csv --store crisis --map text=body --map published=day
      zcat articles.jsonl.gz | tocsin add - --store crisis
    """
    from tocsin.corpus.add import add_articles
    from tocsin.publish.corpus import render_added, show_progress

    with show_progress() as progress:
        added = add_articles(
            paths,
            store,
            settings=load_settings(),
            mapping=mapping,
            workers=workers,
            seconds_per_article=limit,
            progress=progress,
        )
    if added.stale:
        complain(
            f"{added.stale:,} texts of the store were read by another version of the reader: "
            "`tocsin reread` brings them up to date"
        )
    _finish(added, render_added(added))


def _finish(added: Added, account: str) -> None:
    """Name what failed, print the account, and end with the exit code that both mean."""
    from tocsin.publish.corpus import render_failures

    for line in render_failures(added):
        complain(line)
    click.echo(account)
    sys.exit(STOPPED if added.interrupted else int(added.failed > 0))


@click.command()
@store_option
@_working
def reread(store: str, workers: int | None, limit: float) -> None:
    """Read the texts of a store again that another version of the reader has read.

    What was found in a text gives way to what is found now; ids that were given before follow the
    words they were given for.  What cannot be read keeps what was found.  It may be stopped at any
    moment, with Ctrl-C (exit code 130) or otherwise, and goes on from there when it is run again.

    \b
    Example:
      tocsin reread --store crisis
    """
    from tocsin.corpus.reread import reread_articles
    from tocsin.publish.corpus import render_reread, show_progress

    with show_progress() as progress:
        done = reread_articles(
            store,
            settings=load_settings(),
            workers=workers,
            seconds_per_article=limit,
            progress=progress,
        )
    _finish(done, render_reread(done))


@click.command()
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(store: str, as_json: bool) -> None:
    """Say what a store holds: articles, what was found in them, what failed or was set aside.

    \b
    Example:
      tocsin status --store crisis
    """
    import tocsin
    from tocsin.publish.corpus import render_status

    with tocsin.open(store) as kept:
        click.echo(render_status(kept.status(), as_json=as_json))


@click.command()
@click.argument("article")
@store_option
def forget(article: str, store: str) -> None:
    """Remove ARTICLE, an id, its beginning or an address, from a store.

    The store is then as if the article had never been added.  Added again, it is back.

    \b
    Examples:
      tocsin forget 3f2a91c0d4e5b687 --store crisis
      tocsin forget https://example.org/news/17 --store crisis
    """
    from tocsin.store.arrivals import begin_run, utc_now
    from tocsin.store.database import open_database
    from tocsin.store.forget import forget_article
    from tocsin.store.settle import settle

    connection = open_database(store)
    forgotten = forget_article(connection, article)
    begin_run(connection, "forget", utc_now)
    settle(connection, clock=utc_now)
    click.echo(f"Forgotten: {forgotten}")


@click.command()
@store_option
def verify(store: str) -> None:
    """Check that a store is sound: counts, keys, offsets, references.  Exit code 1 if it is not.

    \b
    Example:
      tocsin verify --store crisis
    """
    from tocsin.publish.corpus import render_problem
    from tocsin.store.database import open_database
    from tocsin.store.verify import verify_store

    problem = None
    for problem in verify_store(open_database(store)):
        click.echo(render_problem(problem))
    if problem:
        sys.exit(1)
    click.echo("The store is sound.")


@click.command()
@click.argument("table", required=False, metavar="[FILE]")
@store_option
def outlets(table: str | None, store: str) -> None:
    """Say how reliable outlets are and who owns them, with a table in FILE; or show what is said.

    FILE is CSV, or TSV, with a first line that names the columns: domain (bbc.co.uk), and any of
    name, owner, reliability (A to F, the Admiralty code) and note.  It takes the place of the table
    that was there, and the grades of all reported events follow.

    \b
    Examples:
      tocsin outlets outlets.csv --store crisis
      tocsin outlets --store crisis
    """
    from tocsin.publish.corpus import render_outlets
    from tocsin.store.arrivals import begin_run, utc_now
    from tocsin.store.database import open_database
    from tocsin.store.own_outlets import list_outlets, read_outlet_table, write_outlets
    from tocsin.store.settle import settle

    if table is None:
        click.echo(render_outlets(list_outlets(open_database(store, read_only=True))), nl=False)
        return
    given = read_outlet_table(Path(table))
    connection = open_database(store)
    begin_run(connection, "outlets", utc_now)
    write_outlets(connection, given)
    settle(connection, clock=utc_now)
    click.echo(f"{len(given)} outlets are in the table.", err=True)
