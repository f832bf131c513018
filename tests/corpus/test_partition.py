import pytest

from tests.corpus.made_week import FRENCH, make_text
from tocsin.articles.items import Item
from tocsin.corpus.partition import process_items, read
from tocsin.records import Article, Failure, Report, SetAside
from tocsin.settings import Settings


def item(body):
    return Item(origin="week/x.txt", name="x.txt", body=body)


def test_read_makes_an_article_of_an_item():
    article = read(item(make_text(1).encode()), Settings())
    assert isinstance(article, Article)
    assert article.text == make_text(1)


def test_read_sets_aside_what_is_in_another_language():
    assert read(item((FRENCH * 3).encode()), Settings()) == SetAside(
        origin="week/x.txt", language="fr"
    )


@pytest.mark.parametrize(
    ("body", "error"), [(b"  \n", "EmptyInputError"), (b"\x89PNG\0\0\0", "BinaryInputError")]
)
def test_read_records_what_cannot_be_read(body, error):
    failure = read(item(body), Settings())
    assert isinstance(failure, Failure)
    assert (failure.origin, failure.error) == ("week/x.txt", error)


def test_fault_in_a_reader_costs_one_article(monkeypatch):
    def fail(*_arguments, **_options):
        raise RecursionError("too deep")

    monkeypatch.setattr("tocsin.articles.read.read_item", fail)
    failure = read(item(b"The boats left."), Settings())
    assert (failure.error, "fault in Tocsin" in failure.message) == ("RecursionError", True)


def test_article_for_which_no_memory_is_left_is_too_large(monkeypatch):
    def fail(*_arguments, **_options):
        raise MemoryError

    monkeypatch.setattr("tocsin.articles.read.read_item", fail)
    failure = read(item(b"The boats left."), Settings())
    assert (failure.error, "fault in Tocsin" in failure.message) == ("TooLargeError", False)


def test_process_items_gives_each_what_became_of_it(tools):
    bodies = [make_text(1).encode(), b" ", make_text(1).encode(), (FRENCH * 3).encode()]
    items = [Item(origin=f"week/{n}", name=str(n), body=body) for n, body in enumerate(bodies)]
    done = list(process_items(items, tools, Settings()))
    assert [item.origin for item, _ in done] == [item.origin for item in items]
    assert [type(answer) for _, answer in done] == [Report, Failure, Article, SetAside]
