"""The desk under load for a few seconds; `python -m benchmarks.desk_load` takes three minutes."""

from pathlib import Path

import pytest

from benchmarks.desk_load import run

ARTICLES = Path(__file__).parents[2] / "examples" / "crisis" / "articles"


@pytest.mark.slow
def test_visitors_meet_no_failure_while_articles_are_added():
    answers, failures, *_ = run(10, 10, ARTICLES, 5)
    assert not answers.startswith("0 ")
    assert failures == "failures: 0"
