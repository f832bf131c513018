"""Watch: feeds polled for a store, and alarms raised as they ring."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tocsin.cli.frame import STOPPED, complain, store_option
from tocsin.settings import load_settings


@click.command()
@click.argument("feeds", metavar="FEEDS.toml")
@store_option
@click.option("--once", is_flag=True, help="Make one round and end, as for cron.")
@click.option("--workers", type=click.IntRange(1, 512), metavar="N", help="As of `tocsin add`.")
@click.option(
    "--secret",
    envvar="TOCSIN_WEBHOOK_SECRET",
    show_envvar=True,
    metavar="WORDS",
    help="What deliveries to the webhook are signed with.",
)
def watch(feeds: str, store: str, once: bool, workers: int | None, secret: str | None) -> None:
    """Poll the feeds that a file names, add what is new, and raise alarms as they ring.

    The file is TOML; only the addresses of feeds must be there:

    \b
      minutes = 30                      # between two requests for a feed
      [alarms]
      rate = 0.2                        # as of `tocsin alarm`
      file = "alarms.jsonl"             # alarms are appended, one a line
      webhook = "https://example.org/"  # and sent, signed by --secret
      [[feeds]]
      url = "https://example.org/world.rss"

    Servers are asked for changes only, one request a host at a time, what robots.txt forbids not at
    all, and those that fail ever less often.  It may be stopped at any moment, with Ctrl-C (exit
    code 130) or otherwise, and goes on from there.

    \b
    Examples:
      tocsin watch feeds.toml --store crisis
      tocsin watch feeds.toml --store crisis --once
    """
    from rich.console import Console

    from tocsin.publish.corpus import show_progress
    from tocsin.publish.raising import tell_round
    from tocsin.watch.feeds.plan import read_plan
    from tocsin.watch.feeds.rounds import Watch

    plan = read_plan(feeds, load_settings())
    if plan.bell.webhook and not secret:
        raise click.UsageError("what goes to the webhook is signed: set TOCSIN_WEBHOOK_SECRET")
    work = Watch(
        plan=plan,
        store=Path(store),
        settings=load_settings(),
        workers=workers,
        show=show_progress,
    )
    for done in work.run(once=once):
        for failure in tell_round(done, plan.bell, secret or "", Console(highlight=False)):
            complain(failure)
        if done.added and done.added.interrupted:
            sys.exit(STOPPED)
