"""One text as it lies in a file, a feed, a table or a crawl, before it is decoded and judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from tocsin.records import content_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Bytes that may be an article, and what the container says about them."""

    origin: str  #: where it was found, as shown to people: "crawl/news.warc.gz#17"
    name: str  #: the same without folders: "news.warc.gz#17"; tells apart what has no address
    body: bytes
    media_type: str | None = None  #: text/plain, text/markdown or text/html; None: see for yourself
    encoding: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: date | None = None

    @property
    def key(self) -> str:
        """Key of the item: the same bytes under the same address are read once."""
        about = (self.media_type, self.encoding, self.title, self.outlet, self.published)
        return content_key(
            "item", self.url or self.name, blake2b(self.body, digest_size=16).hexdigest(), *about
        )
