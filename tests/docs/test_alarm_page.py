"""`docs/alarm.md` says what the alarm does; what can be compared with the code is."""

from dataclasses import fields
from pathlib import Path

import pytest

from tocsin.lexicons.tables import given, read_records
from tocsin.watch.alarms import Alarm
from tocsin.watch.changes import FLOOR, RATE
from tocsin.watch.detector import FEWEST_DAYS, LONGEST

PAGE = (Path(__file__).parents[2] / "docs" / "alarm.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", [each.name for each in fields(Alarm)])
def test_page_explains_every_field(field):
    assert f"`{field}`" in PAGE


@pytest.mark.parametrize("form", list(read_records("lexicons/event_files.tsv")))
def test_page_names_the_columns_that_are_read(form):
    named = [form[part] for part in ("day", "actor_country", "act") if given(form[part])]
    assert [column for column in named if f"`{column}`" not in PAGE] == []


def test_page_states_rate_floor_and_lengths():
    assert f"`--rate {RATE:g}`" in PAGE
    assert FLOOR == 4
    assert "e⁴" in PAGE
    assert f"the last {LONGEST} days" in PAGE
    assert f"needs {FEWEST_DAYS} covered days" in PAGE
