"""`docs/mcp.md` is held to the tools that it tells of."""

import json
import re
from pathlib import Path

from tocsin.publish.desk.mcp.results import ROOM
from tocsin.publish.desk.mcp.tools import tools

PAGE = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text(encoding="utf-8")


def test_page_has_a_line_for_each_tool():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.M) == [each.name for each in tools()]


def test_configuration_names_the_command():
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.S)
    (server,) = json.loads(block)["mcpServers"].values()
    assert (server["command"], server["args"][:2]) == ("tocsin", ["mcp", "--store"])


def test_page_states_the_bound_of_an_answer():
    assert f"about {ROOM:,} characters" in PAGE
