"""The open desk: what requests share."""

import shutil

import pytest
from starlette.testclient import TestClient

from tests.crisis import ARRIVED, make_crisis
from tests.desk.conftest import HOST, client_of
from tocsin.articles.items import Item
from tocsin.errors import SlowQuestionError, StoreError, TimeLimitError, WorkerError
from tocsin.publish.desk import opened
from tocsin.publish.desk.application import make_app
from tocsin.publish.desk.opened import Desk
from tocsin.records import SecondReading
from tocsin.store.database import open_database

ITEM = Item(origin="pasted", name="pasted", body=ARRIVED.encode())


class Worker:
    """Does what a test wants in place of analysing."""

    def __init__(self, ask):
        self.ask = ask


def raising(error):
    def ask(_question, _thing):
        raise error

    return Worker(ask)


def post(desk):
    visitor = TestClient(make_app(desk, [HOST]), base_url=f"http://{HOST}")
    return visitor.post("/api/v1/read", content=ARRIVED, headers={"content-type": "text/plain"})


def test_store_that_is_made_anew_is_opened_anew(tmp_path):
    desk = Desk(make_crisis(tmp_path / "store"))
    with desk.asking() as store:
        assert store.events().count() == 5
    shutil.rmtree(desk.folder)
    open_database(desk.folder, create=True).close()
    with desk.asking() as store:
        assert store.events().count() == 0


def test_what_was_worked_out_of_another_store_is_not_shown_of_this_one(tmp_path):
    desk = Desk(make_crisis(tmp_path / "store"))
    assert desk.situation.look(30).value
    shutil.rmtree(desk.folder)
    open_database(desk.folder, create=True).close()
    assert desk.over_time()[1] is None


def test_page_says_that_the_store_is_gone_until_there_is_one_again(tmp_path):
    desk = Desk(make_crisis(tmp_path / "store"))
    visitor = client_of(desk)
    shutil.rmtree(desk.folder)
    with pytest.raises(StoreError), desk.asking():
        pass
    assert visitor.get("/events").status_code == 503
    make_crisis(desk.folder)
    assert visitor.get("/events").status_code == 200


def test_desk_that_reads_another_article_is_not_waited_for_for_ever(crisis):
    desk = Desk(crisis, patience=0.01)
    with desk.reading, pytest.raises(SlowQuestionError, match="other articles were still"):
        desk.report_on(ITEM)


def test_article_that_comes_when_others_wait_is_refused_at_once(crisis, monkeypatch):
    monkeypatch.setattr(opened, "WAITING", 0)
    desk = Desk(crisis)
    desk.worker = Worker(lambda _question, thing: desk.report_on(thing))
    with pytest.raises(SlowQuestionError, match="an article is being read"):
        desk.report_on(ITEM)


def test_article_is_read_after_one_that_failed(crisis):
    desk = Desk(crisis, patience=0.01)
    desk.worker = raising(WorkerError("it died"))
    for _ in range(opened.WAITING + 2):
        with pytest.raises(WorkerError):
            desk.report_on(ITEM)


def test_explanations_of_the_last_article_are_kept(crisis):
    desk, asked = Desk(crisis), []
    desk.worker = Worker(lambda _question, article: asked.append(article) or ("why",))
    article = next(iter(desk.store.articles()))
    assert desk.explain(article) == desk.explain(article) == ("why",)
    assert len(asked) == 1


def test_explanations_are_made_anew_when_a_second_reader_has_read_the_article_since(crisis):
    desk = Desk(crisis)
    desk.worker = Worker(lambda _question, asked: (asked.second and asked.second.model,))
    article = next(iter(desk.store.articles()))
    second = SecondReading(model="large", prompt="p", tokens_in=1, tokens_out=1)
    assert [desk.explain(article), desk.explain(article, second)] == [(None,), ("large",)]


@pytest.mark.parametrize("error", [SlowQuestionError("others wait"), WorkerError("it died")])
def test_program_is_told_when_to_ask_again(crisis, error):
    desk = Desk(crisis)
    desk.worker = raising(error)
    answer = post(desk)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_program_is_told_that_its_article_takes_too_long(crisis):
    desk = Desk(crisis)
    desk.worker = raising(TimeLimitError("too long"))
    answer = post(desk)
    assert (answer.status_code, answer.json()["error"]) == (422, "TimeLimitError")
