"""A worker keeps to its start and its memory, and asks each model once: see `benchmarks.worker`."""

from collections import Counter
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from benchmarks.worker import MEMORY, START, calls_of_models, measure_apart, tell_worker
from tests.corpus.made_week import make_text
from tocsin.articles.plain import read_plain
from tocsin.pipeline import process_article

NEWS = Path(__file__).parents[3] / "shared/news/politics_2025-12_2026-02.jsonl"


def test_models_are_asked_once_for_an_article(tools):
    asked = Counter()

    def counted(call, name, *given, **named):
        asked[name] += 1
        return call(*given, **named)

    with ExitStack() as patched:
        for model, call, name in calls_of_models():
            count = partial(counted, getattr(model, call), name)
            patched.enter_context(
                patch.object(model, call, lambda *given, c=count, **named: c(*given, **named))
            )
        process_article(read_plain(make_text(1), "made"), tools)
    assert asked == {name: 1 for _, _, name in calls_of_models()}


def test_what_is_no_model_is_told_as_rules():
    measured = {"start": 1.0, "loaded": 200, "memory": 400, "articles": 10, "whole": 4.0}
    *_, line = tell_worker(measured | {"models": {"parse": 1.0, "encoder": 2.0}})
    assert line == "an article: 0.40 s; parse 25.0%, encoder 50.0%, rules 25.0% (15%)"


@pytest.mark.slow
@pytest.mark.skipif(not NEWS.exists(), reason="the news lies beside the project, and is not there")
def test_worker_keeps_to_its_start_and_memory():
    measured = measure_apart(NEWS, 60)
    assert measured["start"] <= START
    assert measured["memory"] <= MEMORY
