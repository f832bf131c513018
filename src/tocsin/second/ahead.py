"""Articles that a model reads ahead, a few at a time, while others are being analysed.

A thread for each waits for the server and does nothing else; a process that ends waits for none.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.records import Article, Failure, SecondReading
from tocsin.second.asked import Asked

if TYPE_CHECKING:
    from tocsin.second.reader import SecondReader

Ask = Callable[[Article], SecondReading | None]


@dataclass(slots=True)
class Ahead:
    """A queue of articles: they come out with their answers, in the order in which these come.

    At most `ahead` articles are asked about, or answered and not taken yet; the others wait.
    """

    ask: Ask
    jobs: int
    ahead: int
    _waiting: deque[Article] = field(default_factory=deque)
    _done: deque[Asked] = field(default_factory=deque)
    _under_way: int = 0
    _came: threading.Condition = field(default_factory=threading.Condition)
    _turns: threading.Semaphore = field(init=False)  #: as many are asked about at a time

    def __post_init__(self) -> None:
        """Let as many as `jobs` have a turn."""
        self._turns = threading.Semaphore(self.jobs)

    def append(self, article: Article) -> None:
        """Have an article read when its turn comes."""
        self._waiting.append(article)
        self._ask_more()

    def popleft(self) -> Asked:
        """Take an article that was read; there must be one."""
        return self._take(0)

    def __bool__(self) -> bool:
        """Whether there is an article that was read."""
        return bool(self._done)

    def take(self, article: Article) -> Asked:
        """Wait for one of the articles, and take it."""
        with self._came:
            self._came.wait_for(lambda: any(each.article is article for each in self._done))
            places = (n for n, each in enumerate(self._done) if each.article is article)
            return self._take(next(places))

    def wait(self, seconds: float) -> None:
        """Wait until an article was read, if any is being read, but not for longer."""
        with self._came:
            self._came.wait_for(lambda: self._done or not self._under_way, seconds)

    def _take(self, place: int) -> Asked:
        asked = self._done[place]
        del self._done[place]
        self._under_way -= 1
        self._ask_more()
        return asked

    def _ask_more(self) -> None:
        while self._waiting and self._under_way < self.ahead:
            self._under_way += 1
            article = self._waiting.popleft()
            threading.Thread(target=self._read, args=(article,), daemon=True).start()

    def _read(self, article: Article) -> None:
        with self._turns:
            asked = Asked(article=article, second=self.ask(article))
        with self._came:
            self._done.append(asked)
            self._came.notify_all()


def read_ahead(
    articles: Iterable[Article | Failure], second: SecondReader | None
) -> Iterator[Article | Asked | Failure]:
    """Yield `articles` in their order, with what a second reader says of them, if there is one.

    It reads those to come while whoever takes them works.
    """
    if second is None:
        yield from articles
        return
    queue = Ahead(second.read, jobs=second.jobs, ahead=second.jobs)
    order: deque[Article | Failure] = deque()
    for each in articles:
        order.append(each)
        if isinstance(each, Article):
            queue.append(each)
        if len(order) > second.jobs:
            yield _next(order, queue)
    while order:
        yield _next(order, queue)


def _next(order: deque[Article | Failure], queue: Ahead) -> Asked | Failure:
    """Take the first of `order` as soon as it was read."""
    first = order.popleft()
    return first if isinstance(first, Failure) else queue.take(first)
