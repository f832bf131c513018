"""One opened file of a corpus: its bytes, its name, and what decides how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from tocsin.articles.columns import Columns
from tocsin.articles.compressed import Stream
from tocsin.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """One opened file and what is known about it."""

    origin: str  #: as shown to people
    name: str  #: without folders and compression
    raw: BinaryIO
    stream: Stream  #: the bytes of `raw`, without compression
    columns: Columns
    settings: Settings

    def place(self, number: int) -> str:
        """Return where the article, row or line of this number stands, as shown to people."""
        return f"{self.origin}#{number}"
