"""Articles that a model reads ahead."""

import threading
import time

from tocsin.records import Article, Failure
from tocsin.second.ahead import Ahead, read_ahead
from tocsin.second.asked import Asked


def article(number: int) -> Article:
    return Article(id=f"{number}", text=f"Article {number}.")


class Together:
    """A second reader that ends no article before as many as it may read at a time have begun."""

    def __init__(self, jobs: int) -> None:
        self.jobs, self.asked, self.busy, self.busiest = jobs, [], 0, 0
        self.lock, self.begun = threading.Lock(), threading.Barrier(jobs, timeout=30)

    def read(self, each: Article) -> None:
        with self.lock:
            self.asked.append(each.id)
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        self.begun.wait()
        time.sleep(0.01)
        with self.lock:
            self.busy -= 1


def test_every_article_comes_out_with_its_answer():
    queue = Ahead(lambda _: None, jobs=2, ahead=3)
    for number in range(20):
        queue.append(article(number))
    found = []
    while len(found) < 20:
        queue.wait(5.0)
        assert queue
        found.append(queue.popleft().article.id)
    assert sorted(found, key=int) == [f"{number}" for number in range(20)]


def test_no_more_are_asked_about_than_may_be():
    second = Together(jobs=2)
    queue = Ahead(second.read, jobs=2, ahead=4)
    for number in range(10):
        queue.append(article(number))
    until = time.monotonic() + 30
    while len(second.asked) < 4 and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.1)  # in which no fifth is asked about
    assert (len(second.asked), second.busiest) == (4, 2)


def test_articles_are_read_ahead_in_their_order():
    second, gone = Together(jobs=3), Failure(origin="b", error="E", message="m")
    given = [article(0), article(1), gone, *map(article, range(2, 9))]
    found = list(read_ahead(iter(given), second))
    assert [each.article if isinstance(each, Asked) else each for each in found] == given
    assert second.busiest == 3


def test_without_a_second_reader_articles_stay_as_they_are():
    assert list(read_ahead([article(1)], None)) == [article(1)]


def test_waiting_for_nothing_ends():
    Ahead(lambda _: None, jobs=1, ahead=1).wait(60.0)
