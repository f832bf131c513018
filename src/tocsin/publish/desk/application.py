"""The application: the faces put together behind the guard, and the server that runs it."""

from __future__ import annotations

import contextlib
import socket
import webbrowser
from collections.abc import AsyncIterator, Collection
from importlib.metadata import version

import anyio.to_thread
import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk import api, assets
from tocsin.publish.desk.guard import Guard
from tocsin.publish.desk.mcp import http
from tocsin.publish.desk.opened import Desk
from tocsin.publish.desk.pages import ROUTERS
from tocsin.publish.desk.problems import handle_problems

#: Requests that are answered at a time; each thread has a connection with pages in memory.
_THREADS = 8

#: Answers of fewer bytes are sent as they are; harder work on the others would save little.
_COMPRESSED, _EFFORT = 1_000, 4

#: Beside the article itself a request says little.
_BESIDE_ARTICLE = 100_000


def make_app(desk: Desk, hosts: Collection[str]) -> Guard:
    """Return the web application of `desk`, which answers to the names `hosts` (name:port).

    The guard is the outermost of all, so that answers to faults have its headers too.
    """
    app = FastAPI(
        title="Tocsin",
        version=version("tocsin"),
        lifespan=_running,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.desk = desk
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED, compresslevel=_EFFORT)
    handle_problems(app)
    for router in (assets.router, api.router, *ROUTERS):
        app.include_router(router)
    app.openapi = api.describe  # type: ignore[method-assign]
    app.router.routes.append(http.route_of(desk))
    return _guarded(app, desk, hosts)


def make_tools_app(desk: Desk, hosts: Collection[str]) -> Guard:
    """Return a web application of no more than the tools for language models."""
    return _guarded(Starlette(routes=[http.route_of(desk)], lifespan=_running), desk, hosts)


@contextlib.asynccontextmanager
async def _running(_: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield


def _guarded(app: ASGIApp, desk: Desk, hosts: Collection[str]) -> Guard:
    return Guard(app, frozenset(hosts), desk.settings.max_bytes + _BESIDE_ARTICLE)


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Return a socket that listens at `port`, or at any that is free for 0.

    Raises:
        ValueNotUnderstood: the port is taken, or may not be listened at.
    """
    try:
        listening = socket.create_server((host, port))
        # Otherwise the end of an answer waits for the browser to acknowledge its beginning: 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise refusal(ValueNotUnderstood, "port_taken", port, why=error.strerror) from None


def names_of(listening: socket.socket) -> tuple[str, ...]:
    """Return the names under which a browser on this machine reaches a socket on loopback."""
    port = listening.getsockname()[1]
    return tuple(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


def serve(desk: Desk, listening: socket.socket, *, open_browser: bool) -> None:
    """Serve `desk` until it is stopped; what the first page shows is worked out meanwhile."""
    desk.situation.look(wait=0)
    names = names_of(listening)
    if open_browser:
        webbrowser.open(f"http://{names[0]}/")
    _run(make_app(desk, names), listening)


def serve_tools(desk: Desk, listening: socket.socket) -> None:
    """Serve the tools for language models alone until it is stopped."""
    _run(make_tools_app(desk, names_of(listening)), listening)


def _run(app: Guard, listening: socket.socket) -> None:
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
