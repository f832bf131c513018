"""Acts and alarms foreseen in a real event stream: see `benchmarks.outlook`."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from benchmarks.outlook import measure, read_stream

STREAM = Path(__file__).parents[3] / "shared" / "streams" / "icews_2014.tsv"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
TARGETS = [(int(days), kind) for days, kinds in FLOORS["outlook"].items() for kind in kinds]

pytestmark = pytest.mark.skipif(
    not STREAM.exists(),
    reason="the event streams lie beside the project, not in it, and are not there",
)


@pytest.fixture(scope="module")
def scored():
    return {(each.days, each.kind): each for each in measure(read_stream(STREAM))}


@pytest.mark.parametrize("target", TARGETS)
def test_outlook_keeps_its_floor_above_the_long_run(scored, target):
    days, kind = target
    assert scored[target].skill >= FLOORS["outlook"][str(days)][kind]


@pytest.mark.parametrize("target", TARGETS)
def test_outlook_is_better_than_persistence(scored, target):
    each = scored[target]
    assert each.brier(each.outlook) < min(each.brier(each.lately), each.brier(each.persisted))


@pytest.mark.parametrize("days", [7, 30])
def test_acts_come_as_often_as_foreseen(scored, days):
    """Among acts foreseen with 20 to 80 %, and with more, no share is off by more than 0.07."""
    acts = [each for (ahead, kind), each in scored.items() if ahead == days and kind != "alarm"]
    chance, happened = (
        np.concatenate([getattr(each, name) for each in acts]) for name in ("outlook", "happened")
    )
    for low, high in ((0.2, 0.5), (0.5, 0.8), (0.8, 1)):
        inside = (chance > low) & (chance <= high)
        assert abs(chance[inside].mean() - happened[inside].mean()) < 0.07
