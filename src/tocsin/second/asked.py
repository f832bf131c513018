"""An article that a second reader was asked about."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records import Article, SecondReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An article with what a second reader says of it; None: nothing, or it was not asked."""

    article: Article
    second: SecondReading | None = None

    @property
    def origin(self) -> str | None:
        """What was read, as of the article."""
        return self.article.origin
