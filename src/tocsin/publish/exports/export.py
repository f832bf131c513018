"""An export: a format that others read, declared once; what it takes from a store, and its account.

A format's module ends with its `Export`; `EXPORTS` in this package lists them, and the command line
makes its commands of that list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

from tocsin.lexicons.numbered import number_of
from tocsin.publish.exports.articles import Lookup
from tocsin.publish.exports.target import file_at, folder_at
from tocsin.records import Actor, Article, Finding, Report, ReportedEvent, Span, Verdict
from tocsin.spans import holds
from tocsin.store.database import store_errors
from tocsin.store.handle import Results, Store
from tocsin.store.kinds.kind import Kind
from tocsin.store.rows import read_article_row
from tocsin.store.watched import Watch

#: A review may need the statements of a text; findings of one text come close together.
_REPORTS_NEAR = 16

#: Tellings of one event come close together.
_ARTICLES_NEAR = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many rows of each kind were written, and how many records were left out, by reason."""

    written: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def sentence(self, where: str = "") -> str:
        """Return "12 events, 40 mentions WHERE; left out: 3 told as denied, 1 without a day"."""
        said = (_list(self.written) or "nothing") + where
        return f"{said}; left out: {_list(self.left_out)}" if self.left_out.total() else said


def _list(counts: Counter[str]) -> str:
    return ", ".join(number_of(count, what) for what, count in counts.items() if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A finding with where its words stand: one text, the articles that printed it, who says it."""

    id: str  #: of the finding
    finding: Finding
    articles: Sequence[Article]  #: earliest first
    speaker: Actor | None  #: when the words stand in a statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What an export takes, read from a store as it is asked for."""

    store: Store
    asked: Mapping[str, Any]  #: values of the filters that were given
    watch: Watch

    def events(self) -> Iterable[ReportedEvent]:
        """Return the reported events that were asked for."""
        return (each.event for each in self.found(self.store.events(**self.asked), "events"))

    def look_up(self) -> Lookup:
        """Return what finds an article, with its text, by its id."""

        @lru_cache(maxsize=_ARTICLES_NEAR)
        def read(key: str) -> Article:
            with store_errors(self.store.folder):
                return read_article_row(self.store.connection(), key)

        return read

    def checked(self, **asked: Any) -> Iterator[Checked]:
        """Yield the findings of the tenure check with their articles and speakers."""
        articles = self.look_up()
        report = lru_cache(maxsize=_REPORTS_NEAR)(self.store.report)
        for found in self.found(self.store.findings(check="tenure", **asked), "findings"):
            reviewed = found.finding.verdict in (Verdict.HOLDS, Verdict.CONTRADICTED)
            prints = [each.id for each in found.prints] if reviewed else []
            yield Checked(
                id=found.id,
                finding=found.finding,
                articles=tuple(articles(each) for each in prints),
                speaker=_speaker(report(prints[0]), found.finding.words) if prints else None,
            )

    def found(self, results: Results[Any], what: str) -> Iterable[Any]:
        """Return what the source of `results` finds, with a sign of how far the reading is."""
        return self.watch(results.found(), results.count(), what)


def _speaker(report: Report, words: Span | None) -> Actor | None:
    """Return the speaker of the innermost statement in whose content `words` stand."""
    holding = [
        (end - start, statement.speaker)
        for statement in report.statements
        for start, end in statement.content
        if words and holds([(start, end)], words)
    ]
    return min(holding, key=lambda each: each[0], default=(0, None))[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format: one file, a folder of several, or either, as the name that is given says."""

    name: str
    summary: str
    more: str = ""
    examples: tuple[str, ...]  #: for ``--help``, without program, command and format
    kind: Kind[Any] | None = None  #: whose filters choose what is written
    own: tuple[str, ...] = ()  #: filters that the format sets itself, or does not take
    in_folders: tuple[str, ...] = ()  #: filters that fit a folder, where others need a file
    file: Callable[[Kept, TextIO], Outcome] | None = None
    folder: Callable[[Kept, Path], Outcome] | None = None
    names: tuple[str, ...] = ()  #: files that the folder can hold
    by: Mapping[str, Callable[[Kept, Path, bool], Outcome]] = field(default_factory=dict)
    #: other ways to divide the folder, by what `--by` calls them; they look themselves at what is
    #: there, and whether to replace it

    def is_file(self, out: str) -> bool:
        """Tell whether the export to `out` is one file."""
        named = out == "-" or out.lower().endswith(f".{self.name}")
        return self.file is not None and (self.folder is None or named)

    def write(self, kept: Kept, out: str, *, force: bool, by: str | None = None) -> Outcome:
        """Write what was asked for to `out`; whole, or not at all.

        Raises:
            ValueNotUnderstood: `out` is there already and no `force`, or cannot be this export.
        """
        if by:
            return self.by[by](kept, Path(out), force)
        if self.file and self.is_file(out):
            with file_at(out, force=force) as file:
                return self.file(kept, file)
        assert self.folder is not None  # noqa: S101 - a format has one or both
        with folder_at(out, force=force, names=self.names) as folder:
            return self.folder(kept, folder)
