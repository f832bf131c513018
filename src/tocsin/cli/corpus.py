"""A corpus and its store: add, status, forget, verify, outlets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import STOPPED, Number, complain, extra, read_mapping, store_option
from tocsin.cli.second import show_estimate, with_dry_run, with_second
from tocsin.errors import PartsError
from tocsin.publish.progress import show_steps
from tocsin.settings import load_settings

if TYPE_CHECKING:
    from tocsin.corpus.account import Added
    from tocsin.publish.second import Price
    from tocsin.settings import Settings
    from tocsin.store.tables import Connection


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
        type=Number(0, 86_400, min_open=True),
        default=300.0,
        show_default=True,
        metavar="SECONDS",
        help="Time that one article may take.",
    )
    return workers(limit(command))


#: Of commands that read tables; its parameter is called `mapping`.
_map_option = click.option(
    "--map",
    "mapping",
    metavar="FIELD=COLUMN",
    callback=read_mapping,
    multiple=True,
    help="Read FIELD (text, title, url, outlet, published, id) from COLUMN, of several "
    "('body|story') from the first that holds something; day_order=dmy reads 03/05/2025 as 3 May, "
    "mdy as March 5, where no day of the table tells.  May be repeated.",
)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@store_option
@_map_option
@_working
@with_second
@with_dry_run
def add(
    paths: tuple[str, ...],
    store: str,
    mapping: dict[str, str],
    workers: int | None,
    limit: float,
    dry_run: bool,
    price: Price | None,
    settings: Settings,
) -> None:
    """Add every article at each PATH, a file, a folder or -, to a store, which is made if need be.

    Read are text, Markdown, HTML, PDF, RSS and Atom, JSON Lines, CSV, Parquet and WARC, compressed
    with gzip or zstd or not.  Articles in other languages than English are set aside and counted.

    Nothing is read twice: the same command run again adds what is new and tries again what failed.
    It may be stopped at any moment, with Ctrl-C (exit code 130) or otherwise, and goes on from
    there when it is run again.

    \b
    Examples:
      tocsin add week/ --store crisis
      tocsin add crawl.warc.gz feed.xml --store crisis --workers 8
      tocsin add table.csv --store crisis --map text=body --map published=day
      zcat articles.jsonl.gz | tocsin add - --store crisis
      tocsin add week/ --store crisis --reader http://127.0.0.1:11434/v1 --model qwen3:8b
    """
    if dry_run:
        show_estimate(paths, store, price, settings=settings, mapping=mapping)
        return
    from tocsin.corpus.add import add_articles
    from tocsin.lexicons.numbered import counted
    from tocsin.publish.corpus import render_added, show_progress

    with show_progress() as progress:
        added = add_articles(
            paths,
            store,
            settings=settings,
            mapping=mapping,
            workers=workers,
            seconds_per_article=limit,
            progress=progress,
        )
    if added.stale:
        were = "was" if added.stale == 1 else "were"
        complain(
            f"{counted(added.stale, 'text')} of the store {were} read by another version of the "
            "reader: `tocsin reread` brings them up to date"
        )
    _finish(added, render_added(added))


def _read_engine(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None or value == "ray" or value.startswith("ray://"):
        return value
    raise click.BadParameter(f"{value!r} is neither ray nor ray://HOST:PORT", param=param)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--out", required=True, metavar="DIR", help="The folder that all who work share.")
@_map_option
@click.option(
    "--most-failures",
    type=Number(0, 1),
    default=0.5,
    show_default=True,
    metavar="SHARE",
    help="Share of a shard's articles that may fail; beyond it the work stops.",
)
@click.option(
    "--shard",
    type=Number(0, min_open=True),
    default=2.0,
    show_default=True,
    metavar="MB",
    help="Size of files that make a shard; larger ones are divided.",
)
@click.option(
    "--on",
    "engine",
    metavar="ENGINE",
    callback=_read_engine,
    help="Have a cluster of Ray do it: ray, or ray://HOST:PORT; --workers is then of each task.",
)
@_working
@with_second
@with_dry_run
def work(
    paths: tuple[str, ...],
    out: str,
    limit: float,
    shard: float,
    engine: str | None,
    dry_run: bool,
    price: Price | None,
    settings: Settings,
    **options: Any,
) -> None:
    """Read and analyse every article at each PATH together with others who do the same.

    Any number of processes, on any number of machines that see the same files and the folder DIR,
    share the work.  Each takes one shard after another (some files, or a part of a large one) and
    leaves in DIR what it found.  Without a PATH it works on what is described in DIR already.
    `tocsin gather` makes a store of it.

    Each may be stopped or killed at any moment, and others started at any moment: only what was in
    its hands is done again.  It ends when every shard is finished or in the hands of another.
    An article that fails is kept as a failure, with exit code 0; where more than SHARE of a shard
    of 20 or more fails, no part of it is kept, and the exit code is 9.

    \b
    Examples:
      tocsin work crawl/ --out parts
      tocsin work crawl/*.warc.gz --out /shared/parts --workers 8
      tocsin work --out /shared/parts
      tocsin work /shared/crawl --out /shared/parts --on ray
    """
    if dry_run:
        if not paths:
            raise click.UsageError("--dry-run counts the articles at a PATH: name one")
        show_estimate(paths, None, price, settings=settings, mapping=options["mapping"])
        return
    if engine and settings.reader:
        raise click.UsageError("a cluster asks no --reader: work without --on, or without a reader")
    from tocsin.publish.corpus import render_unread_days, render_worked, show_progress

    do = _doing(engine)
    with show_progress() as progress:
        done = do(
            paths,
            out,
            settings=settings,
            seconds_per_article=limit,
            shard_bytes=max(1, round(shard * 1e6)),
            progress=progress,
            **options,
        )
    for line in render_unread_days(done):
        complain(line)
    click.echo(render_worked(done))
    sys.exit(STOPPED if done.interrupted else 0)


def _doing(engine: str | None) -> Callable[..., Added]:
    """Return what does the work: this process, or an engine."""
    from tocsin.corpus.work_shards import work_shards

    if engine is None:
        return work_shards
    with extra("ray", "Ray is"):
        from tocsin.corpus.on_ray import work_on_ray
    return partial(work_on_ray, engine)


@click.command()
@click.argument("out", metavar="DIR")
@store_option
@click.option("--watch", is_flag=True, help="Wait for what is not finished, until everything is.")
@click.option(
    "--any-reader", is_flag=True, help="Take also what another version of the reader has read."
)
def gather(out: str, store: str, watch: bool, any_reader: bool) -> None:
    """Add what `tocsin work` has finished in DIR to a store, which is made if need be.

    Work may go on meanwhile, and the same command run again adds what has come since.  In the end
    the store is as if `tocsin add` had read the same files.  A part that is damaged, or of another
    version of the reader, is left out and named; the exit code is then 9.

    \b
    Examples:
      tocsin gather parts --store crisis
      tocsin gather /shared/parts --store crisis --watch
    """
    from tocsin.corpus.gather import gather_parts
    from tocsin.publish.corpus import render_gathered, show_progress

    with show_progress() as progress:
        added = gather_parts(out, store, watch=watch, any_reader=any_reader, progress=progress)
    for each in added.refused:
        complain(each)
    _finish(added, render_gathered(added))


def _finish(added: Added, account: str) -> None:
    """Name what failed, print the account, and end with the exit code that both mean."""
    from tocsin.publish.corpus import render_failures, render_unread_days

    for line in (*render_failures(added), *render_unread_days(added)):
        complain(line)
    click.echo(account)
    if added.refused:
        sys.exit(PartsError.exit_code)
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

    connection = open_database(store)
    forgotten = forget_article(connection, article)
    begin_run(connection, "forget", utc_now)
    _settle(connection)
    click.echo(f"Forgotten: {forgotten}")


def _settle(connection: Connection) -> None:
    """Work out anew what the articles say together, and show how far that is."""
    from tocsin.corpus.account import Added
    from tocsin.publish.corpus import show_progress
    from tocsin.store.arrivals import utc_now
    from tocsin.store.settle import settle

    with show_progress() as progress:

        def tell(done: int, left: int) -> None:
            progress(Added(settled=done, to_settle=left))

        settle(connection, clock=utc_now, progress=tell)


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
    for problem in verify_store(open_database(store), watch=show_steps):
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
    from tocsin.lexicons.numbered import counted
    from tocsin.publish.corpus import render_outlets
    from tocsin.store.arrivals import begin_run, utc_now
    from tocsin.store.database import open_database
    from tocsin.store.own_outlets import list_outlets, read_outlet_table, write_outlets

    if table is None:
        click.echo(render_outlets(list_outlets(open_database(store, read_only=True))), nl=False)
        return
    given = read_outlet_table(Path(table))
    connection = open_database(store)
    begin_run(connection, "outlets", utc_now)
    write_outlets(connection, given)
    _settle(connection)
    click.echo(f"In the table: {counted(len(given), 'outlet')}.", err=True)
