"""A dry run: what a second reader would be sent of many articles, counted and not sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tocsin.articles.items import Item
from tocsin.articles.prose import prose_of
from tocsin.corpus.add import find_all, require_any, without_store
from tocsin.corpus.flow import Keeper
from tocsin.corpus.partition import read
from tocsin.records import Article, Failure
from tocsin.second.prompt import requests_of
from tocsin.second.sentences import number_sentences
from tocsin.settings import Settings
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.writer import Writer

#: Tokens of an answer to a token of the sentences, as measured (docs/second-reader.md).
ANSWERED = 2.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What would be sent and answered, roughly."""

    articles: int = 0
    known: int = 0  #: articles that are in the store, or whose texts came before
    others: int = 0  #: that cannot be read, or are in another language
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


def estimate(
    paths: Iterable[str],
    store: Path | str | None,
    *,
    settings: Settings,
    mapping: Mapping[str, str] | None = None,
) -> Estimate:
    """Return what a second reader would be sent of the articles at `paths`.

    Args:
        paths: as `tocsin.corpus.add.add_articles` takes them.
        store: the folder of a store, whose articles would not be sent; it need not be there.
        settings: of reading.
        mapping: fields of an article to columns of a table.

    Raises:
        NotFoundError: there is nothing at any of the paths.
        ValueNotUnderstood: `mapping` does not fit the table.
    """
    paths, counts = list(paths), dict.fromkeys(Estimate.__slots__, 0)
    require_any(paths)
    with _known(store) as known:
        texts: set[str] = set()
        for article in _articles(paths, store, settings, mapping or {}, known, counts):
            if article.text_id in texts or (known and known.knows_text(article.text_id)):
                counts["known"] += 1
                continue
            texts.add(article.text_id)
            _count(article, counts)
    return Estimate(**counts)


def _articles(
    paths: list[str],
    store: Path | str | None,
    settings: Settings,
    mapping: Mapping[str, str],
    known: Keeper | None,
    counts: dict[str, int],
) -> Iterator[Article]:
    found = find_all(paths, settings, mapping)
    for item in without_store(found, Path(store)) if store is not None else found:
        if isinstance(item, Item) and known and known.known_keys([item.key]):
            counts["known"] += 1
            continue
        article = item if isinstance(item, Failure) else read(item, settings)
        if isinstance(article, Article):
            yield article
        else:
            counts["others"] += 1


def _count(article: Article, counts: dict[str, int]) -> None:
    sentences = number_sentences(prose_of(article).text)
    counts["articles"] += 1
    for request in requests_of(article, sentences):
        counts["requests"] += 1
        counts["tokens_in"] += request.tokens
        counts["tokens_out"] += round(ANSWERED * request.tokens_of_article)


@contextmanager
def _known(store: Path | str | None) -> Iterator[Keeper | None]:
    """Give what knows the articles of a store, if there is one; it is only read."""
    if store is None or not (Path(store) / FILE_NAME).exists():
        yield None
        return
    with closing(open_database(store, read_only=True)) as connection:
        yield Writer(connection)
