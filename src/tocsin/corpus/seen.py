"""Texts that other shards print: what was found in them is taken over, and not found again.

Of a text that stands in a part that is finished, the report is there, and depends on nothing but
the text.  Whoever meets the text in another shard takes the report into its own part, so that each
part stays whole by itself, whatever becomes of the others.  What cannot be had is analysed: two who
work side by side on two prints of one text both do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from tocsin.corpus.parts import Versions, read_manifest, read_reports
from tocsin.errors import PartsError, StoreError
from tocsin.records import Article, Report
from tocsin.store.fromjson import read_record

#: Texts that one process remembers; of more than these the first are forgotten.
MOST = 500_000


@dataclass(slots=True, kw_only=True)
class Seen:
    """The texts in the finished parts of a shared work, as one process knows them."""

    parts: Path  #: the folder of the parts
    made_by: Versions  #: reports made by others are of no use
    shards: set[str] = field(default_factory=set)  #: whose manifests have been looked at
    where: dict[str, str] = field(default_factory=dict)  #: text to shard

    def look(self) -> None:
        """Take note of the texts in parts that were finished since the last look."""
        for name in {path.stem for path in self.parts.glob("[!.]*.json")} - self.shards:
            self.shards.add(name)
            try:
                manifest = read_manifest(self.parts, name)
            except (PartsError, OSError):  # who gathers will say so
                continue
            if manifest.made_by == self.made_by:
                self.where.update(dict.fromkeys(manifest.texts, name))
        for text_id in list(self.where)[: max(0, len(self.where) - MOST)]:
            del self.where[text_id]

    def report_on(self, article: Article) -> Report | None:
        """Return what was found in the text of `article` elsewhere; None: that cannot be had."""
        shard = self.where.get(article.text_id)
        if shard is None:
            return None
        try:
            report = read_record(Report, _reports_of(self.parts, shard)[article.text_id])
        except (PartsError, StoreError, KeyError, OSError, ValueError):  # gone, or damaged
            return None
        return replace(report, article=article)


@lru_cache(maxsize=2)
def _reports_of(parts: Path, shard: str) -> dict[str, str]:
    """Return the reports of a shard as JSON, by their texts; the next text is often there too."""
    manifest = read_manifest(parts, shard)
    return dict(zip(manifest.texts, read_reports(parts, manifest), strict=True))
