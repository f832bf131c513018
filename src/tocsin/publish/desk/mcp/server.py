"""The server: the tools under the Model Context Protocol.

What Tocsin refuses is an error of the tool, which a model reads and mends; a fault of Tocsin is
told as no more than that, and logged on standard error.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import anyio
import anyio.to_thread
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as Told

from tocsin.errors import NotThereError, TocsinError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_records
from tocsin.publish.desk.mcp.results import Result
from tocsin.publish.desk.mcp.tools import Given, Tool, tools
from tocsin.publish.desk.opened import Desk

_LOG = logging.getLogger("tocsin.desk")

_LOOKS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def make_server(desk: Desk) -> Server[Any]:
    """Return a server of the tools on `desk`, and of nothing else."""
    words = {row["name"]: row for row in read_records("publish/desk/data/tools.tsv")}
    told = [_told(each, words[each.name]) for each in tools()]

    async def list_tools(*_: Any) -> ListToolsResult:
        return ListToolsResult(tools=told)

    async def call_tool(_: Any, asked: CallToolRequestParams) -> CallToolResult:
        return await anyio.to_thread.run_sync(_call, desk, asked.name, asked.arguments or {})

    return Server(
        "tocsin",
        version=version("tocsin"),
        title=words["server"]["title"],
        instructions=words["server"]["description"],
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _told(tool: Tool, words: Mapping[str, str]) -> Told:
    """Return what a client is told of a tool."""
    described = {each.name: each.describe() for each in tool.parameters}
    properties = {
        name: {**each["schema"], "description": each["description"]}
        for name, each in described.items()
    }
    return Told(
        name=tool.name,
        title=words["title"],
        description=words["description"],
        input_schema={
            "type": "object",
            "properties": properties,
            "required": [each.name for each in tool.parameters if each.required],
            "additionalProperties": False,
        },
        output_schema=tool.answers.model_json_schema(),
        annotations=_LOOKS_ONLY,
    )


def _call(desk: Desk, name: str, arguments: Mapping[str, Any]) -> CallToolResult:
    """Return what a tool answers, or why it does not."""
    try:
        tool = {each.name: each for each in tools()}.get(name)
        if tool is None:
            known = ", ".join(each.name for each in tools())
            raise refusal(NotThereError, "tool_unknown", name, known=known)
        return _answered(tool.answer(desk, _words(arguments)))
    except TocsinError as error:
        return _failed(str(error))
    except Exception:
        _LOG.exception("a fault in Tocsin")
        return _failed("a fault in Tocsin; the terminal in which it runs says more")


def _words(arguments: Mapping[str, Any]) -> Given:
    """Return arguments in the words of an address, which asks for the same."""
    return {name: _word(value) for name, value in arguments.items() if value is not None}


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(_word, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _answered(result: Result) -> CallToolResult:
    text = TextContent(text=result.model_dump_json())
    return CallToolResult(content=[text], structured_content=result.model_dump(mode="json"))


def _failed(told: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=told)], is_error=True)


def serve_stdio(desk: Desk) -> None:
    """Serve the client at standard input and output until it closes them."""
    anyio.run(_speak, make_server(desk))


async def _speak(server: Server[Any]) -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
