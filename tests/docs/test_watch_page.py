"""What the outlook, the past and watched feeds are, as pages tell it and as the code has it."""

from dataclasses import fields
from pathlib import Path

import pytest

from tocsin.settings import Settings
from tocsin.watch import outlook, past
from tocsin.watch.feeds.plan import read_plan

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "watch.md").read_text(encoding="utf-8")
FEEDS = (DOCS / "feeds.md").read_text(encoding="utf-8")
NAMES = {
    field.name
    for record in (outlook.Chance, past.Then, past.ThenAndNow)
    for field in fields(record)
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_page_explains_every_field_of_outlook_and_past(name):
    assert f"`{name}`" in PAGE


def test_page_states_horizons_and_lengths():
    assert "in the next {} and {} days".format(*outlook.HORIZONS) in PAGE
    assert f"stretches of {['none', 'one', 'two', 'three', 'four'][past.WEEKS]} weeks" in PAGE
    assert (past.FOUND, past.AFTER, past.FEWEST_ACTS) == (5, 30, 5)


def test_plan_on_the_page_is_understood(tmp_path):
    (tmp_path / "feeds.toml").write_text(FEEDS.split("```toml\n")[1].split("```")[0])
    plan = read_plan(str(tmp_path / "feeds.toml"), Settings())
    assert [feed.minutes for feed in plan.feeds] == [30, 60]
