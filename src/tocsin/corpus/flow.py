"""The flow of items to what keeps them: found, read and analysed by workers, kept in batches.

A text is analysed once, whoever prints it: when a second article with the same text comes while the
first is still being analysed, it waits for it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from tocsin.articles.items import Item
from tocsin.corpus.account import Tally
from tocsin.corpus.partition import Answer, Thing, article_in
from tocsin.corpus.workers import Workers
from tocsin.records import Article, Failure, Report
from tocsin.second.ahead import Ahead
from tocsin.store.writer import Result, failure_key

#: Items looked up in the ledger together, and read together by a worker, at most.
_ITEMS, _ITEM_BYTES = 16, 1 << 18
#: Items between being found and being kept, for each worker; and their bytes in all.
_UNDER_WAY, _BYTES_UNDER_WAY = 48, 1 << 25
#: Results kept in one transaction, and seconds that a result waits for others at most.
RESULTS, WAIT = 32, 2.0


class Keeper(Protocol):
    """Keeps what became of items: a store's `Writer`, or a `Part` of a work that many share."""

    def known_keys(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` whose item need not be read again."""

    def knows_text(self, text_id: str) -> bool:
        """Whether what is found in the text is kept, so that it need not be analysed."""

    def keep(self, batch: Iterable[tuple[str, str, Result]]) -> list[tuple[str, Result | None]]:
        """Keep results; of each the key and what was kept of it, None: it was known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """An article whose text is being analysed, and the item that it was read from."""

    key: str
    origin: str
    article: Article


@dataclass(slots=True, kw_only=True)
class Flow:
    """Everything between the items found and the results kept; memory is bounded throughout."""

    found: Iterator[Item | Failure]
    writer: Keeper
    workers: Workers
    tally: Tally
    #: What was found in the text of an article elsewhere, so that it need not be analysed.
    report_on: Callable[[Article], Report | None] = lambda _: None
    exhausted: bool = False
    to_read: deque[Item] = field(default_factory=deque)
    bytes_to_read: int = 0
    #: A second reader gives articles out as it has read them.
    to_analyse: deque[Article] | Ahead = field(default_factory=deque)
    waiting: dict[str, list[_Waiting]] = field(default_factory=dict)  #: by text_id
    results: list[tuple[str, str, Result]] = field(default_factory=list)  #: not kept yet
    under_way: set[str] = field(default_factory=set)  #: keys from being found to being kept
    analysed: set[str] = field(default_factory=set)  #: text_ids in `results`
    failed_keys: set[str] = field(default_factory=set)  #: nothing is tried twice in a run
    failed_texts: dict[str, Failure] = field(default_factory=dict)
    kept: float = field(default_factory=time.monotonic)  #: when results were last kept

    def work(self, *, most: int = 0) -> None:
        """Work off all that is found, with at most `most` items under way; 0: as many as usual."""
        most = most or _UNDER_WAY * self.workers.count
        while not self.exhausted or self.under_way:
            self._find(most)
            self._give()
            if self.workers.busy:
                for thing, answer in self.workers.collect():
                    self._take(thing, answer)
            elif isinstance(self.to_analyse, Ahead):
                self.to_analyse.wait(WAIT)
            full = len(self.results) >= RESULTS or not self.workers.busy
            if full or time.monotonic() - self.kept > WAIT:
                self.keep()
            self.tally.tell()

    def keep(self) -> None:
        """Keep all results there are.  They stay at hand until that has happened."""
        self.kept = time.monotonic()
        if not self.results:
            return
        for key, result in self.writer.keep(self.results):
            self.tally.count(result)
            self.under_way.discard(key)
            if isinstance(result, Failure):
                self.failed_keys.add(key)
        self.results.clear()
        self.analysed.clear()

    # ------------------------------------------------------------------ finding

    def _find(self, most: int) -> None:
        """Fill up what is to be read, leaving out what is known."""
        while (
            not self.exhausted
            and len(self.under_way) < most
            and self.bytes_to_read < _BYTES_UNDER_WAY
            and len(self.to_read) < _ITEMS * self.workers.count
        ):
            items = self._next_items()
            known = self.writer.known_keys(items)
            for key, item in items.items():
                if key in known:
                    self.tally.count(None)
                else:
                    self.under_way.add(key)
                    self.to_read.append(item)
                    self.bytes_to_read += len(item.body)
            self.tally.tell()

    def _next_items(self) -> dict[str, Item]:
        """Take the next few items by their keys; the same item twice counts as known."""
        items: dict[str, Item] = {}
        size = 0
        while len(items) < _ITEMS and size < _ITEM_BYTES:
            found = next(self.found, None)
            if found is None:
                self.exhausted = True
                break
            if isinstance(found, Failure):
                self._conclude(failure_key(found), found.origin, found)
                break
            self.tally.note_day(found)
            key = found.key
            if key in items or key in self.under_way or key in self.failed_keys:
                self.tally.count(None)
                continue
            items[key] = found
            size += len(found.body)
        return items

    # ------------------------------------------------------------------ giving and taking

    def _give(self) -> None:
        """Give work while there is room: first what is read already, so that little piles up."""
        while self.workers.room > 0:
            if self.to_analyse:
                self.workers.give([self.to_analyse.popleft()])
            elif self.to_read:
                self.workers.give(self._next_to_read())
            else:
                return

    def _next_to_read(self) -> list[Item]:
        """Take as many small items as make a fair share; reading one takes milliseconds."""
        share = min(_ITEMS, -(-len(self.to_read) // self.workers.count))
        items = [self.to_read.popleft()]
        size = len(items[0].body)
        while len(items) < share and size + len(self.to_read[0].body) <= _ITEM_BYTES:
            items.append(self.to_read.popleft())
            size += len(items[-1].body)
        self.bytes_to_read -= size
        return items

    def _take(self, thing: Thing, answer: Answer) -> None:
        if not isinstance(thing, Item):
            self._take_analysis(article_in(thing).text_id, answer)
        elif isinstance(answer, Article):
            self._take_article(_Waiting(key=thing.key, origin=thing.origin, article=answer))
        else:
            self._conclude(thing.key, thing.origin, answer)

    def _take_article(self, read: _Waiting) -> None:
        """Have the text analysed, unless that has been done, or is being done."""
        text_id = read.article.text_id
        if text_id in self.waiting:
            self.waiting[text_id].append(read)
        elif text_id in self.failed_texts:
            failure = self.failed_texts[text_id]
            self._conclude(read.key, read.origin, replace(failure, origin=read.origin))
        elif text_id in self.analysed or self.writer.knows_text(text_id):
            self._conclude(read.key, read.origin, read.article)
        elif report := self.report_on(read.article):
            self.analysed.add(text_id)
            self._conclude(read.key, read.origin, report)
        else:
            self.waiting[text_id] = [read]
            self.to_analyse.append(read.article)

    def _take_analysis(self, text_id: str, answer: Answer) -> None:
        first, *others = self.waiting.pop(text_id)
        if isinstance(answer, Failure):
            self.failed_texts[text_id] = answer
            for read in (first, *others):
                self._conclude(read.key, read.origin, replace(answer, origin=read.origin))
            return
        self.analysed.add(text_id)
        self._conclude(first.key, first.origin, answer)
        for read in others:
            self._conclude(read.key, read.origin, read.article)

    def _conclude(self, key: str, origin: str, result: Result) -> None:
        self.under_way.add(key)
        self.results.append((key, origin, result))
