"""The second reader: an article in, what a model says out; the account of a run."""

import json

import pytest

from tocsin.records import Article, SecondReading
from tocsin.second.endpoint import Answer, UnansweredError, Why
from tocsin.second.prompt import prompt_key
from tocsin.second.reader import MOST_FAILURES, SecondReader, open_second
from tocsin.settings import Settings

#: Its first line is broken, so that offsets into the prose are others than those into the text.
ARTICLE = Article(id="a", text="Chad \u200b shelled Agadez on Monday.\n\nIt rained.")
ACT = {"sentence": 1, "type": "ASSAULT", "words": "shelled", "status": "asserted"}


class Model:
    """Answers with one outcome after another, the last for ever."""

    model = "m"

    def __init__(self, *outcomes: str | Exception) -> None:
        self.outcomes, self.asked = list(outcomes), []

    def ask(self, request):
        self.asked.append(request)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return Answer(content=outcome, tokens_in=10, tokens_out=2)


def reader(*outcomes: str | Exception) -> SecondReader:
    return SecondReader(endpoint=Model(*outcomes))


ANSWER = json.dumps({"acts": [ACT, ACT | {"words": "bombed"}], "statements": []})


def test_a_reading_says_who_read_by_what_prompt_and_what_was_dropped():
    found = reader(ANSWER).read(ARTICLE)
    assert (found.model, found.prompt) == ("m", prompt_key())
    assert (found.tokens_in, found.tokens_out) == (10, 2)
    assert found.dropped == {"words_not_found": 1}


def test_its_words_stand_in_the_unaltered_text():
    [act] = reader(ANSWER).read(ARTICLE).acts
    assert ARTICLE.text[slice(*act.words)] == "shelled"


def test_a_run_is_accounted_for():
    asked = reader(ANSWER, ANSWER, UnansweredError(Why.TIME), "nonsense", ValueError())
    readings = [asked.read(ARTICLE) for _ in range(5)]
    assert [isinstance(each, SecondReading) for each in readings] == [True, True, *[False] * 3]
    spent = asked.spent
    # What is unreadable is paid for too.
    assert (spent.read, spent.found, spent.tokens_in, spent.tokens_out) == (2, 2, 30, 6)
    assert spent.dropped == {"words_not_found": 2}
    assert spent.failed == {"fault_of_tocsin": 1, "too_slow": 1, "unreadable": 1}


def test_an_endpoint_that_fails_too_often_running_is_asked_no_more():
    asked = reader(UnansweredError(Why.BUSY))
    for _ in range(MOST_FAILURES + 3):
        assert asked.read(ARTICLE) is None
    assert len(asked.endpoint.asked) == MOST_FAILURES
    assert asked.spent.not_asked == 3


def test_an_answer_ends_a_run_of_failures():
    busy = [UnansweredError(Why.BUSY)] * (MOST_FAILURES - 1)
    asked = reader(*busy, ANSWER, *busy, ANSWER)
    for _ in range(2 * MOST_FAILURES):
        asked.read(ARTICLE)
    assert asked.spent.read == 2


def test_a_part_without_an_answer_leaves_the_whole_article_without_one():
    long = Article(id="a", text="\n".join(f"{'word ' * 300}end." for _ in range(12)))
    asked = reader(ANSWER, UnansweredError(Why.TIME))
    assert asked.read(long) is None
    assert asked.spent.failed == {"too_slow": 1}


def test_an_article_without_sentences_costs_nothing():
    asked = reader(ANSWER)
    assert asked.read(Article(id="a", text="\n")).acts == ()
    assert asked.endpoint.asked == []


def test_there_is_no_second_reader_unless_the_settings_name_one():
    assert open_second(Settings(model="m", reader_key="k")) is None
    assert open_second(Settings(reader="http://h/v1", model="m", reader_jobs=3)).jobs == 3


@pytest.mark.parametrize("jobs", ["0", "65", "many"])
def test_jobs_are_bounded(jobs):
    from tocsin.errors import ValueNotUnderstood
    from tocsin.settings import load_settings

    with pytest.raises(ValueNotUnderstood):
        load_settings({"TOCSIN_READER_JOBS": jobs})


def test_the_key_is_not_in_the_representation_of_settings():
    assert "sekrit" not in repr(Settings(reader_key="sekrit"))
