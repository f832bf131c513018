"""The application: the faces put together behind the guard, and the server that runs it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import webbrowser
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path

import anyio.to_thread
import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk import api, assets
from tocsin.publish.desk.door import Door, digest_of
from tocsin.publish.desk.guard import Guard
from tocsin.publish.desk.limits import BEYOND, LOOPBACK, Limits
from tocsin.publish.desk.mcp import http
from tocsin.publish.desk.opened import Desk
from tocsin.publish.desk.pages import ROUTERS
from tocsin.publish.desk.problems import handle_problems

#: Requests that are answered at a time; each thread has a connection with pages in memory.
_THREADS = 8

#: Answers of fewer bytes are sent as they are; harder work on the others would save little.
_COMPRESSED, _EFFORT = 1_000, 4

#: Bytes of the headers of a request, with its address.
_HEADERS = 32_768

#: Ports that browsers do not name.
_USUAL_PORTS = (80, 443)

#: Beside the article itself a request says little.
_BESIDE_ARTICLE = 100_000


def make_app(desk: Desk, hosts: Collection[str], beyond: Beyond | None = None) -> Guard:
    """Return the web application of `desk`, which answers to the names `hosts` (name:port).

    The guard is the outermost of all, so that answers to faults have its headers too.
    """
    app = FastAPI(
        title="Tocsin",
        version=version("tocsin"),
        lifespan=_running,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url=None,  # the face sends it, as every answer of it
    )
    app.state.desk = desk
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED, compresslevel=_EFFORT)
    handle_problems(app)
    for router in (assets.router, api.router, *ROUTERS):
        app.include_router(router)
    app.openapi = api.describe  # type: ignore[method-assign]
    app.router.routes.append(http.route_of(desk))
    return _guarded(app, desk, hosts, beyond)


def make_tools_app(desk: Desk, hosts: Collection[str]) -> Guard:
    """Return a web application of no more than the tools for language models."""
    return _guarded(Starlette(routes=[http.route_of(desk)], lifespan=_running), desk, hosts)


@contextlib.asynccontextmanager
async def _running(_: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield


def _guarded(
    app: ASGIApp, desk: Desk, hosts: Collection[str], beyond: Beyond | None = None
) -> Guard:
    within: ASGIApp = Limits(app, BEYOND if beyond else LOOPBACK)
    if beyond:
        port = next(iter(hosts)).rpartition(":")[2]
        within = Door(within, beyond.digest, secure=beyond.certificate is not None, port=port)
    return Guard(within, frozenset(hosts), desk.settings.max_bytes + _BESIDE_ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """What a desk has that answers beyond this machine."""

    digest: str  #: of the token
    certificate: Path | None = None  #: None: nothing is sealed
    key: Path | None = None


def go_beyond(desk: Desk, certificate: Path | None, key: Path | None, *, tls: bool) -> Beyond:
    """Return what it takes to answer beyond this machine.

    Raises:
        ValueNotUnderstood: there is no token, or nothing that seals.
    """
    if tls:
        if certificate is None or key is None:
            raise refusal(ValueNotUnderstood, "unsealed")
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
        except OSError as error:  # of which errors of TLS are some
            why = error.strerror or error
            raise refusal(
                ValueNotUnderstood, "certificate_unusable", certificate, why=why
            ) from None
    digest = digest_of(desk.settings)
    return Beyond(digest=digest, certificate=certificate if tls else None, key=key if tls else None)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches what listens at `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Return a socket that listens at `port`, or at any that is free for 0.

    Raises:
        ValueNotUnderstood: the port is taken, or may not be listened at.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
        # Otherwise the end of an answer waits for the browser to acknowledge its beginning: 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise refusal(ValueNotUnderstood, "port_taken", port, why=error.strerror) from None


def names_of(listening: socket.socket, given: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names, with the port, under which browsers reach a socket.

    Those of this machine on loopback; else its address, and what it is called: that also without
    the port, as a proxy in front of it is asked.

    Raises:
        ValueNotUnderstood: it listens at every address, and has no name.
    """
    host, port = listening.getsockname()[:2]
    named, own = [each.strip().lower() for each in given], f"[{host}]" if ":" in host else host
    names = [*named]
    if is_loopback(host):
        names = [*dict.fromkeys((own, "127.0.0.1", "localhost", "[::1]", *named))]
    elif not ip_address(host).is_unspecified:
        names.append(own)
    if not names:
        raise refusal(ValueNotUnderstood, "host_unnamed")
    with_port = [f"{name}:{port}" for name in names]
    return (*with_port, *(names if port in _USUAL_PORTS else named))


def serve(
    desk: Desk,
    listening: socket.socket,
    names: Collection[str],
    *,
    open_browser: bool = False,
    beyond: Beyond | None = None,
) -> None:
    """Serve `desk` until it is stopped; what the first page shows is worked out meanwhile."""
    desk.situation.look(wait=0)
    if open_browser:
        webbrowser.open(f"http://{next(iter(names))}/")
    _run(make_app(desk, names, beyond), listening, beyond)


def serve_tools(desk: Desk, listening: socket.socket) -> None:
    """Serve the tools for language models alone until it is stopped."""
    _run(make_tools_app(desk, names_of(listening)), listening)


def _run(app: Guard, listening: socket.socket, beyond: Beyond | None = None) -> None:
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who asks is who is connected, whatever is said
        h11_max_incomplete_event_size=_HEADERS,
        ssl_certfile=beyond.certificate if beyond else None,
        ssl_keyfile=beyond.key if beyond else None,
    )
    uvicorn.Server(config).run(sockets=[listening])
