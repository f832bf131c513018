"""Headlines in capitals: see `benchmarks.headlines`."""

import pytest

from benchmarks.headlines import KINDS, judge, make_headlines
from tocsin.reference.offices import load_reference


@pytest.fixture(scope="module")
def judged(models):
    reference = load_reference()
    headlines = list(make_headlines(reference))
    return list(zip(headlines, judge(headlines, models, reference), strict=True))


def test_no_honest_headline_is_contradicted(judged):
    honest = [(each, verdict) for each, verdict in judged if each.kind != KINDS[-1]]
    assert len(honest) == 672
    assert [each.text for each, verdict in honest if verdict == "contradicted"] == []


def test_invented_names_are_found_in_headlines(judged):
    wrong = [verdict for each, verdict in judged if each.kind == KINDS[-1]]
    assert sum(each in ("contradicted", "unsure") for each in wrong) >= 0.9 * len(wrong)
