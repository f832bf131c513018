"""Articles that a model reads ahead."""

import threading
import time

from tocsin.records import Article, Failure
from tocsin.second.ahead import Ahead, read_ahead
from tocsin.second.asked import Asked


def article(number: int) -> Article:
    return Article(id=f"{number}", text=f"Article {number}.")


class Slow:
    """A second reader that notes how many it reads at a time."""

    jobs = 3

    def __init__(self, seconds: float = 0.01) -> None:
        self.seconds, self.asked, self.busy, self.busiest = seconds, [], 0, 0
        self.lock = threading.Lock()

    def read(self, each: Article) -> None:
        with self.lock:
            self.asked.append(each.id)
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        time.sleep(self.seconds)
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
    slow = Slow()
    queue = Ahead(slow.read, jobs=2, ahead=4)
    for number in range(10):
        queue.append(article(number))
    time.sleep(0.2)
    assert (len(slow.asked), slow.busiest) == (4, 2)


def test_articles_are_read_ahead_in_their_order():
    slow, gone = Slow(), Failure(origin="b", error="E", message="m")
    given = [article(0), article(1), gone, *map(article, range(2, 9))]
    found = list(read_ahead(iter(given), slow))
    assert [each.article if isinstance(each, Asked) else each for each in found] == given
    assert slow.busiest == 3


def test_without_a_second_reader_articles_stay_as_they_are():
    assert list(read_ahead([article(1)], None)) == [article(1)]


def test_waiting_for_nothing_ends():
    Ahead(lambda _: None, jobs=1, ahead=1).wait(60.0)
