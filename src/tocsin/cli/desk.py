"""The desk: the store in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from tocsin.cli.frame import store_option


@click.command()
@store_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8710,
    show_default=True,
    metavar="N",
    help="Listen at this port of this machine; 0 takes any that is free.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def desk(store: str, port: int, no_browser: bool) -> None:
    """Open a store in the browser: look, read, judge.

    The desk answers on this machine alone, sends nothing anywhere, and works offline.  It runs
    until Ctrl-C; articles may be added meanwhile.

    \b
    Examples:
      tocsin desk --store crisis
      tocsin desk --store crisis --port 0 --no-browser
    """
    try:
        from tocsin.publish.desk.application import listen, serve
        from tocsin.publish.desk.opened import Desk
    except ModuleNotFoundError as error:
        missing = f"{error.name} is not installed: pip install 'tocsin[desk]'"
        raise click.UsageError(f"the desk is an extra; {missing}") from None

    opened, listening = Desk(Path(store)), listen(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    click.echo(f"The desk is open at {address}  (Ctrl-C closes it)", err=True)
    serve(opened, listening, open_browser=not no_browser)
