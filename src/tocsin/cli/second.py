"""Options of commands that may have a large model read too, beside Tocsin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import complain
from tocsin.settings import load_settings

if TYPE_CHECKING:
    from tocsin.second.reader import SecondReader

_Command = Callable[..., None]


def with_second(command: _Command) -> _Command:
    """Give a command the options of a second reader; it gets them as its `settings`."""

    @wraps(command)
    def given(
        reader: str | None, model: str | None, reader_jobs: int | None, **options: Any
    ) -> None:
        settings = load_settings()
        if model is not None and not (reader or settings.reader):
            raise click.UsageError("--model names a model at an address: give it with --reader")
        said = {"reader": reader, "model": model, "reader_jobs": reader_jobs}
        chosen = {name: value for name, value in said.items() if value is not None}
        command(settings=replace(settings, **chosen), **options)  # type: ignore[arg-type]

    for option in (_jobs, _model, _reader):
        given = option(given)
    return given


_reader = click.option(
    "--reader",
    metavar="URL",
    help="Have a large model read too, at an address that speaks OpenAI's chat protocol. "
    "The text is sent there; a key is taken from TOCSIN_READER_KEY.",
)
_model = click.option("--model", metavar="NAME", help="Its name there.")
_jobs = click.option(
    "--reader-jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Articles that it is asked about at a time; default: 4.",
)


def _read_price(
    _: click.Context, param: click.Parameter, value: str | None
) -> tuple[float, float] | None:
    if value is None:
        return None
    try:
        sent, answered = (float(each) for each in value.split(","))
    except ValueError:
        raise click.BadParameter("two numbers, as in 2.50,10", param=param) from None
    if not (0 <= sent < float("inf") and 0 <= answered < float("inf")):
        raise click.BadParameter("two prices, as in 2.50,10", param=param)
    return sent, answered


def with_dry_run(command: _Command) -> _Command:
    """Give a command over many articles the options that count what a reader would be sent."""

    @wraps(command)
    def given(dry_run: bool, price: tuple[float, float] | None, **options: Any) -> None:
        if price is not None and not dry_run:
            raise click.UsageError("--price is that of a --dry-run: give both")
        command(dry_run=dry_run, price=price, **options)

    cost = click.option(
        "--price",
        metavar="IN,OUT",
        callback=_read_price,
        help="With --dry-run: what a million tokens cost, sent and answered.",
    )
    dry = click.option(
        "--dry-run", is_flag=True, help="Only count what a reader would be sent; nothing is sent."
    )
    return dry(cost(given))


def show_spent(second: SecondReader) -> None:
    """Say on standard error what a second reader was asked, and what came of it."""
    from tocsin.publish.second import render_spent

    for line in render_spent(second.spent).splitlines():
        complain(line)


def show_estimate(
    paths: tuple[str, ...],
    store: str | None,
    price: tuple[float, float] | None,
    **options: Any,
) -> None:
    """Print what a second reader would be sent."""
    from tocsin.corpus.dry_run import estimate
    from tocsin.publish.second import render_estimate

    click.echo(render_estimate(estimate(paths, store, **options), price))
