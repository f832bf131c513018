"""Quality against gold: no figure may sink below its floor in `floors.toml`."""

import re
import tomllib
from pathlib import Path

import pytest

from benchmarks.__main__ import (
    run_attribution,
    run_events_held,
    run_events_marked,
    run_relations,
)
from benchmarks.events_marked import load_scorer, predicted, read_figures, read_rows
from benchmarks.second_reader import answer_marks, kept, read_all
from benchmarks.standin import answering

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(),
    reason="the gold corpora lie beside the project, not in it, and are not there",
)


@pytest.fixture(scope="module")
def attribution():
    printed = "\n".join(run_attribution(SHARED))
    pattern = r"polnear (\w+) (\w+): .* F1 ([\d.]+)"
    return {(subset, what): float(f1) for subset, what, f1 in re.findall(pattern, printed)}


@pytest.mark.parametrize("subset", ["all", "direct"])
@pytest.mark.parametrize("what", ["found", "attributed"])
def test_attribution_keeps_its_floor(attribution, subset, what):
    assert attribution[subset, what] >= FLOORS["attribution"][subset][what]


@pytest.fixture(scope="module")
def relations():
    printed = "\n".join(run_relations(SHARED))
    return {what: float(f1) for what, f1 in re.findall(r"(\w+) macro-F1 ([\d.]+)", printed)}


@pytest.mark.parametrize("what", ["root", "quad", "binary"])
def test_relations_keep_their_floor(relations, what):
    assert relations[what] >= FLOORS["relations"][what]


@pytest.fixture(scope="module")
def events():
    return read_figures("\n".join(run_events_marked(SHARED)))


@pytest.mark.parametrize("what", ["found", "right"])
def test_events_of_marked_news_keep_their_floor(events, what):
    assert events["all", what][2] >= FLOORS["events-marked"][what]


@pytest.fixture(scope="module")
def held():
    return read_figures("\n".join(run_events_held(SHARED)))


@pytest.mark.slow
@pytest.mark.parametrize("what", ["found", "right"])
def test_events_of_news_kept_aside_keep_their_floor(held, what):
    assert held["all", what][2] >= FLOORS["events-held"][what]


@pytest.fixture(scope="module")
def second():
    rows = read_rows(SHARED / "gold/events/dev.jsonl")
    with answering(answer_marks(rows)) as model:
        read = read_all(rows, model.url, 1)
    found = [predicted(row, events) for row, events in zip(rows, read, strict=True)]
    return kept(load_scorer(SHARED / "gold/score_events.py"), rows, found)


@pytest.mark.parametrize("what", ["found", "status", "parties"])
def test_little_of_a_good_answer_is_lost(second, what):
    assert second[what] >= FLOORS["second-reader"][what]
