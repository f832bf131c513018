"""One text as it lies in a file, a feed, a table or a crawl, before it is decoded and judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from tocsin.addresses import host_of
from tocsin.errors import TocsinError, TooLargeError
from tocsin.keys import content_key
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Bytes that may be an article, and what the container says about them."""

    origin: str  #: where it was found, as shown to people: "crawl/news.warc.gz#17"
    name: str  #: without folders and compression: "news.warc#17"; tells apart what has no address
    body: bytes
    media_type: str | None = None  #: text/plain, text/markdown or text/html; None: see for yourself
    encoding: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_from: str | None = None  #: what said so: "feed" or "table"
    unread_day: str | None = None  #: what stands there for a day and is none that can be read

    @property
    def key(self) -> str:
        """Key of the item: the same bytes under the same address are read once."""
        about = (self.media_type, self.encoding, self.title, self.outlet, self.published)
        return content_key(
            "item", self.url or self.name, blake2b(self.body, digest_size=16).hexdigest(), *about
        )


#: What is found in a file or a folder, one thing after another.
Found = Iterator[Item | Failure]


def outlet_of(words: str | None) -> str | None:
    """Return the outlet that `words` name: an address gives its host, a host loses its "www."."""
    if words is None or " " in words or "." not in words:
        return words
    return host_of(words) or words.lower().removeprefix("www.")


def failed(error: Exception, origin: str) -> Failure:
    """Return `error` as the record of what could not be read at `origin`.

    An error that nobody foresaw says so in its message.
    """
    if isinstance(error, MemoryError):
        error = refusal(TooLargeError, "no_memory_left")
    foreseen = isinstance(error, TocsinError)
    message = str(error) if foreseen else f"this is a fault in Tocsin: {error!r}"
    return Failure(origin=origin, error=type(error).__name__, message=message)
