"""The partition: items in, what became of each out; what every engine of whatever kind runs.

Nothing here knows a store, a process or a place where results go, so it may run in a worker of
`tocsin add`, in a task of a cluster, or in a step of somebody's pipeline, and gives the same.  This
module may be loaded by the fork server before anything else, so it imports little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tocsin.articles.items import Item, failed
from tocsin.errors import LanguageError
from tocsin.records import Article, Failure, Report, SetAside
from tocsin.second.asked import Asked
from tocsin.settings import Settings

if TYPE_CHECKING:
    from tocsin.pipeline import Tools

#: A step is about an item to be read, or an article to be analysed, with what a second reader says.
Thing = Item | Article | Asked
#: What becomes of it.
Answer = Article | Report | Failure | SetAside


def process_items(
    items: Iterable[Item], tools: Tools, settings: Settings
) -> Iterator[tuple[Item, Answer]]:
    """Yield each of `items` with what became of it; whatever goes wrong with one is a record.

    A text that several of them print is analysed once: the others are an `Article` alone, and come
    after the `Report` on the text.
    """
    analysed: set[str] = set()
    for item in items:
        answer = take_step(item, tools, settings)
        if isinstance(answer, Article) and answer.text_id not in analysed:
            answer = take_step(answer, tools, settings)
            if isinstance(answer, Report):
                analysed.add(answer.article.text_id)
        yield item, answer


def article_in(thing: Article | Asked) -> Article:
    """Return the article that is to be analysed."""
    return thing.article if isinstance(thing, Asked) else thing


def take_step(thing: Thing, tools: Tools, settings: Settings) -> Answer:
    """Read an item, or analyse an article."""
    from tocsin.pipeline import process_articles

    if isinstance(thing, Item):
        return read(thing, settings)
    [answer] = process_articles([thing], tools)
    return answer


def read(item: Item, settings: Settings) -> Article | Failure | SetAside:
    """Read one item; whatever goes wrong with it is a record."""
    from tocsin.articles.read import read_item

    try:
        return read_item(item, settings=settings)
    except LanguageError as error:
        return SetAside(origin=item.origin, language=error.language)
    except Exception as error:  # the other articles must not pay for it
        return failed(error, item.origin)
