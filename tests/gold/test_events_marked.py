"""How events of marked news are written and measured: see `benchmarks.events_marked`."""

from datetime import date

import pytest

from benchmarks.events_marked import (
    calibration,
    curve,
    day_of,
    found_by_confidence,
    prediction,
    read_figures,
    surer,
    with_texts,
    write_rows,
)
from benchmarks.readers import as_predicted
from tocsin.records import Actor, DateWords, Event, Status

PRINTED = """all: 4 acts marked, 2 predicted, 0 of them told twice
  found    P 0.500  R 0.250  F1 0.333
  right    P 0.500  R 0.250  F1 0.333
  of those found: actor 1.000, recipient 1.000, status 1.000, day 1.000
news: 3 acts marked, 2 predicted, 0 of them told twice
  found    P 0.500  R 0.333  F1 0.400
  right    P 0.000  R 0.000  F1 0.000
  ASSAULT    marked    4 predicted    2 P 0.50 R 0.25 F1 0.33"""


def make_actor(country):
    return Actor(name="they", words=(0, 4), kind="group", country=country)


def make_event(**given):
    rest = {
        "id": "e1",
        "type": "ASSAULT",
        "mode": None,
        "quad": 4,
        "score": -10.0,
        "confidence": 0.8,
        "actors": (),
        "recipients": (),
        "status": Status.ASSERTED,
        "asserted_by": "article",
        "words": (0, 30),
        "trigger": (5, 12),
    }
    return Event(**(rest | given))


def words_from(first, last):
    return DateWords(words=(0, 4), earliest=first, latest=last)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2024, 6, 12), date(2024, 6, 12), "2024-06-12"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 6, 1), date(2024, 6, 12), None),
        (date(2024, 1, 1), date(2024, 2, 29), None),
        (date(2023, 1, 1), date(2024, 12, 31), None),
        (None, date(2024, 6, 12), None),
    ],
)
def test_days_are_written_as_precisely_as_they_are_known(first, last, written):
    assert day_of(words_from(first, last)) == written


def test_an_article_without_text_has_that_of_its_id(tmp_path):
    texts = tmp_path / "texts.jsonl"
    write_rows([{"id": "b", "text": "two"}, {"id": "c", "text": "three"}], texts)
    marked = [{"id": "a", "text": "one"}, {"id": "b"}]
    assert [row["text"] for row in with_texts(marked, texts)] == ["one", "two"]


def test_second_marks_are_taken_for_predictions_each_act_once():
    acts = [
        {"act": [0, 4], "type": "AID", "same": None},
        {"act": [9, 12], "type": "ACCUSE", "same": None},
        {"act": [20, 24], "type": "AID", "same": 0},
    ]
    events = as_predicted({"id": "a", "acts": acts})["events"]
    assert [(e["type"], e["words"]) for e in events] == [
        ("AID", [[0, 4], [20, 24]]),
        ("ACCUSE", [[9, 12]]),
    ]


def test_an_event_without_date_words_has_no_day():
    assert day_of(None) is None


def test_an_event_is_written_with_the_words_of_all_its_mentions():
    assert prediction(make_event(mentions=((40, 48),)))["words"] == [(5, 12), (40, 48)]


def test_parties_are_written_as_distinct_codes():
    actors = tuple(map(make_actor, ("USA", None, "EUR", "USA")))
    assert prediction(make_event(actors=actors))["actors"] == ["EUR", "USA"]


def test_surer_events_are_those_at_least_so_probable():
    events = [{"confidence": each} for each in (0.4, 0.5, 0.9)]
    kept = surer([{"id": "a", "events": events}], 0.5)
    assert kept == [{"id": "a", "events": events[1:]}]


def test_figures_are_read_by_scope():
    figures = read_figures(PRINTED)
    assert figures["all", "found"] == (0.5, 0.25, 0.333)
    assert figures["news", "right"] == (0.0, 0.0, 0.0)


def test_calibration_sets_what_was_said_beside_what_was_found():
    lines = list(calibration([(0.81, True), (0.89, False), (1.0, True)]))
    assert lines == [
        "  0.8-0.9      2 events  said 0.850  found 0.500",
        "  0.9-1.0      1 events  said 1.000  found 1.000",
    ]


class EveryFirst:
    """A scorer to which the first event of an article stands for its act."""

    @staticmethod
    def acts_of(article):
        return article["acts"]

    @staticmethod
    def pair(events, acts):
        return [(0, 0, (True,) * 5)] if events and acts else [], set()


def test_what_was_found_is_told_by_the_scorer():
    gold = [{"acts": [1]}, {"acts": []}]
    events = [{"confidence": 0.9}, {"confidence": 0.3}]
    predicted = [{"events": events}, {"events": events[:1]}]
    found = found_by_confidence(EveryFirst, gold, predicted)
    assert found == [(0.9, True), (0.3, False), (0.9, False)]


def test_the_curve_passes_thresholds_over_that_drop_nothing(tmp_path):
    scorer, gold = tmp_path / "score_events.py", tmp_path / "gold.jsonl"
    scorer.write_text(f"print({PRINTED!r})", encoding="utf-8")
    events = [{"confidence": 0.42}, {"confidence": 0.77}]
    lines = list(curve(scorer, gold, [{"id": "a", "events": events}]))
    assert [line.split()[:2] for line in lines[1:]] == [["0.00", "2"], ["0.45", "1"]]
