"""The desk: the store in a browser, and as tools for language models."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from tocsin.cli.frame import STOPPED, complain, extra, store_option
from tocsin.settings import load_settings

_PORT = click.IntRange(0, 65535)
_PORT_HELP = "listen at this port of this machine; 0 takes any that is free."


def _make_token(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Make a token, print it this once, and end."""
    if not wanted or ctx.resilient_parsing:
        return
    with extra("desk", "the desk is"):
        from tocsin.publish.desk.door import make_token

    click.echo(make_token(load_settings().data_dir.expanduser()))
    complain("this is shown once; who has it may ask all that this desk shows")
    ctx.exit()


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@store_option
@click.option(
    "--port", type=_PORT, default=8710, show_default=True, metavar="N", help=_PORT_HELP.capitalize()
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Listen at this address; others than this machine's own need a token.",
)
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="A name by which the desk is reached."
)
@click.option("--certificate", type=_FILE, metavar="FILE", help="The certificate for TLS, PEM.")
@click.option("--key", type=_FILE, metavar="FILE", help="The key of the certificate, PEM.")
@click.option(
    "--no-tls",
    is_flag=True,
    help="Beyond this machine without TLS: who is on the way can read all, the token too.",
)
@click.option(
    "--token",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_make_token,
    help="Make a new token for desks beyond this machine, print it once, and end.",
)
def desk(store: str, port: int, no_browser: bool, host: str, **options: Any) -> None:
    """Open a store in the browser: look, read, judge.

    The desk answers on this machine alone, unless it is told otherwise by --host: then it asks
    everybody for a token, over TLS.  It sends nothing anywhere, and works offline.  It runs until
    Ctrl-C; articles may be added meanwhile.

    \b
    Examples:
      tocsin desk --store crisis
      tocsin desk --store crisis --port 0 --no-browser
      tocsin desk --token
      tocsin desk --store crisis --host 192.0.2.7 --certificate desk.pem --key desk.key
    """
    with extra("desk", "the desk is"):
        from tocsin.publish.desk import application
        from tocsin.publish.desk.opened import Desk

    here, plain = application.is_loopback(host), options["no_tls"]
    sealed = options["certificate"], options["key"]
    if (here and plain) or (any(sealed) and (here or plain)):
        raise click.UsageError(
            "--certificate and --key, or else --no-tls, are for a --host beyond this machine"
        )
    opened = Desk(Path(store))
    beyond = None if here else application.go_beyond(opened, *sealed, tls=not plain)
    listening = application.listen(port, host)
    names = application.names_of(listening, options["names"])
    scheme = "https" if beyond and beyond.certificate else "http"
    click.echo(f"The desk is open at {scheme}://{names[0]}/  (Ctrl-C closes it)", err=True)
    browser = not (no_browser or beyond)
    application.serve(opened, listening, names, open_browser=browser, beyond=beyond)


@click.command()
@store_option
@click.option("--http", is_flag=True, help="Over HTTP, on this machine alone.")
@click.option(
    "--port", type=_PORT, show_default="8711", metavar="N", help=f"With --http: {_PORT_HELP}"
)
def mcp(store: str, http: bool, port: int | None) -> None:
    """Give a store to a language model, as tools of the Model Context Protocol.

    The tools look and change nothing: briefs, alarms, events, statements, findings, the words
    behind a record, who held which office, and what an article says.  A client starts this command
    and speaks with it over standard input and output; it ends with its client.

    \b
    Examples:
      tocsin mcp --store crisis
      tocsin mcp --store crisis --http --port 8711
    """
    if port is not None and not http:
        raise click.UsageError("--port is for --http; without it the tools use no port")
    with extra("desk", "the tools are"):
        from tocsin.publish.desk.application import listen, serve_tools
        from tocsin.publish.desk.mcp.server import serve_stdio
        from tocsin.publish.desk.opened import Desk

    opened = Desk(Path(store))
    if http:
        listening = listen(8711 if port is None else port)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
        click.echo(f"The tools are at {address}  (Ctrl-C closes them)", err=True)
        serve_tools(opened, listening)
    else:
        if sys.stdin.isatty():
            click.echo("A client is to speak here: see docs/mcp.md  (Ctrl-C ends it)", err=True)
        signal.signal(signal.SIGINT, _leave)
        serve_stdio(opened)


def _leave(*_: object) -> None:
    """End at once: the thread that waits for a client's next line cannot be woken."""
    complain("stopped")
    os._exit(STOPPED)
