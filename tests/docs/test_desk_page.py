"""`docs/desk.md` is held to the options and limits that it tells of."""

import re
from pathlib import Path

from tocsin.cli.desk import desk
from tocsin.publish.desk import door, limits
from tocsin.publish.desk.opened import PATIENCE

PAGE = (Path(__file__).parents[2] / "docs" / "desk.md").read_text(encoding="utf-8")


def test_page_names_options_that_there_are():
    options = {name for each in desk.params for name in each.opts}
    assert set(re.findall(r"--[a-z][a-z-]*", PAGE)) <= options


def test_page_states_the_limits():
    for told in (
        f"{limits._ADDRESS:,} characters",
        f"{limits.LOOPBACK.a_second:g} a second over time, {limits.BEYOND.a_second:g} beyond",
        f"| requests at work | {limits.LOOPBACK.at_work} |",
        f"{PATIENCE:.0f} seconds",
    ):
        assert told in PAGE


def test_page_states_how_wrong_tokens_are_met():
    words = {5: "five", 12: "twelve"}
    assert f"After {words[door._TRIES]} wrong tokens in a minute" in PAGE
    assert f"for\n{words[door._STAYS // 3600]} hours" in PAGE
    assert door._WAIT == 60
