from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from tocsin import records
from tocsin.records import Article, Finding, Status, Verdict, to_json

RECORDS = [each for each in vars(records).values() if is_dataclass(each)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_record_is_frozen_slotted_and_keyword_only(record):
    assert record.__dataclass_params__.frozen
    assert "__slots__" in vars(record)
    assert all(each.kw_only for each in fields(record))


def test_to_json_gives_dates_and_words_plainly():
    article = Article(id="a", text="x", published=date(2024, 10, 29))
    data = to_json(article)
    assert data["published"] == "2024-10-29"
    assert set(data) == {each.name for each in fields(Article)}


def test_to_json_gives_enumerations_as_their_words():
    finding = Finding(
        check="tenure", verdict=Verdict.HOLDS, sentence="s", about=None, words=(1, 2),
        compared={"on": date(2024, 1, 1), "held": ("a", None)},
    )  # fmt: skip
    data = to_json(finding)
    assert data["verdict"] == "holds"
    assert type(data["verdict"]) is str
    assert data["words"] == [1, 2]
    assert data["compared"] == {"on": "2024-01-01", "held": ["a", None]}


def test_to_json_refuses_what_no_record_may_hold():
    with pytest.raises(TypeError, match="set"):
        to_json({1, 2})


def test_acts_recalled_or_merely_possible_are_background():
    background = {status for status in Status if status.is_background}
    assert background == {Status.HISTORICAL, Status.HYPOTHETICAL, Status.NEGATED}
