"""Fit the confidence of events, and choose their threshold, on marked articles kept aside.

The network and everything behind it read articles whose marks it did not learn from, though its
teacher did; whether an act is found is for the scorer of the marked news to say.  Needs Tocsin with
the reader's weights, and no torch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.events_marked import load_scorer
from tocsin.articles.plain import read_plain
from tocsin.extract.events.told import ToldAct
from tocsin.models.acts import Calibration, load_act_reader
from tocsin.models.encoder import load_encoder
from tocsin.models.roles import load_roles
from tocsin.models.tagger import Tagger
from tocsin.pipeline import Tools, open_tools, read_acts_of
from tocsin.settings import load_settings
from training.reader.given import Given, Report
from training.reader.marked_articles import aside_rows

FILE = "reader.json"
#: Less probable mentions are not joined to an act; and the threshold while nothing is known yet.
LEAST, _OPEN = 0.3, 0.0
_FLAT = Calibration(bias=0.0, chance=1.0, type=0.0, told=0.0, agrees=0.0, differs=0.0)
#: A difference in F1 that says nothing on so few articles.
_ABOUT = 0.01
#: Keeps weights small where little is marked.
_RIDGE = 1.0

Values = NDArray[np.float64]


def calibrate(given: Given, report: Report) -> None:
    """Write threshold and calibration beside the weights."""
    settings, done = given.weights / FILE, given.work / "calibrated"
    if done.exists():
        return
    _write(settings, _settings(_OPEN, _FLAT))
    tools = _open(open_tools_of(given.weights))
    scorer = load_scorer(given.shared / "gold/score_events.py")
    rows = list(aside_rows(given.shared))
    features, found, marked = [], [], 0
    for number, row in enumerate(rows, 1):
        told = _told(row, tools)
        pairs, _ = scorer.pair([_event(act) for act in told], scorer.acts_of(row))
        right = {event for event, _, _ in pairs}
        features += [act.features for act in told]
        found += [n in right for n in range(len(told))]
        marked += len(scorer.acts_of(row))
        report(number, len(rows), 0.0)
    names = [each.name for each in fields(Calibration)]
    known, wanted = np.array(features).reshape(-1, len(names)), np.array(found, dtype=bool)
    weights = fit(known, wanted)
    calibration = Calibration(**dict(zip(names, map(float, weights), strict=True)))
    threshold = best_f1(_chances(known, weights), wanted, marked)
    _write(settings, _settings(threshold, calibration))
    print(settings.read_text(encoding="utf8"))
    done.touch()


def open_tools_of(weights: Path) -> Tools:
    """Return Tocsin's tools with the networks whose weights lie in a folder."""
    tools = open_tools(load_settings())
    models = replace(
        tools.models,
        encoder=load_encoder(weights),
        tagger=Tagger(roles=load_roles(weights)),
        acts=load_act_reader(weights),
    )
    return replace(tools, models=models)


def _open(tools: Tools) -> Tools:
    """Return `tools` that report every act that may be one."""
    models = tools.models
    acts = replace(models.acts, calibration=_FLAT, least=LEAST, threshold=_OPEN)
    return replace(tools, models=replace(models, acts=acts))


def _told(row: dict[str, Any], tools: Tools) -> Sequence[ToldAct]:
    article = read_plain(row["text"], row["id"])
    with suppress(KeyError, ValueError, TypeError):
        article = replace(article, published=date.fromisoformat(row["date"]))
    return read_acts_of(article, tools).told


def _event(act: ToldAct) -> dict[str, Any]:
    words = [mention.read.words for mention in act.mentions]
    return {"type": act.type, "words": words, "actors": [], "recipients": [], "status": "asserted"}


def fit(features: Values, wanted: NDArray[np.bool_], steps: int = 30) -> Values:
    """Return the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(steps):
        chances = _chances(features, weights)
        slope = features.T @ (wanted - chances) - _RIDGE * weights
        curve = (features * (chances * (1 - chances))[:, None]).T @ features
        weights = weights + np.linalg.solve(curve + _RIDGE * np.eye(len(weights)), slope)
    return weights


def _chances(features: Values, weights: Values) -> Values:
    chances: Values = 1 / (1 + np.exp(-features @ weights))
    return chances


def best_f1(chances: Values, found: NDArray[np.bool_], marked: int) -> float:
    """Return the highest least confidence, in steps of 0.01, with which about as many acts are
    found rightly as with any: where several do, the surer events are the better ones.
    """

    def f1(least: float) -> float:
        kept = chances >= least
        return 2 * float((found & kept).sum()) / (float(kept.sum()) + marked)

    steps = [step / 100 for step in range(10, 90)]
    enough = max(map(f1, steps)) - _ABOUT
    return max(step for step in steps if f1(step) >= enough)


def _settings(threshold: float, calibration: Calibration) -> dict[str, Any]:
    acts = {"least": LEAST, "threshold": threshold, "calibration": asdict(calibration)}
    return {"acts": acts}


def _write(path: Path, settings: dict[str, Any]) -> None:
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
