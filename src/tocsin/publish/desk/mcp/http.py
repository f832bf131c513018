"""HTTP: the tools at one address, each request by itself, behind the guard of the desk.

Nothing is kept between requests, so a client needs no session, and none can be taken over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import anyio.to_thread
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tocsin.publish.desk.opened import Desk

PATH = "/mcp"


def route_of(desk: Desk) -> Route:
    """Return the route to the tools on `desk`, which takes nothing but posts."""
    return Route(PATH, _Endpoint(desk), methods=["POST"], include_in_schema=False)


@dataclass
class _Endpoint:
    desk: Desk

    @cached_property
    def server(self) -> Any:
        """The server of the tools; loading takes a second, so it waits for the first request."""
        from tocsin.publish.desk.mcp.server import make_server

        return make_server(self.desk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        server = await anyio.to_thread.run_sync(lambda: self.server)
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)
        async with manager.run():
            await manager.handle_request(scope, receive, send)
