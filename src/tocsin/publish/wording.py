"""The English words in which a report's codes are shown, the same in every dress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tocsin.checks.wording import name_day
from tocsin.lexicons.shown import spelled
from tocsin.records import WORST_FIRST, Article, DateWords, Evidence, Finding, Span, Stance


def stance_words(stance: Stance) -> str:
    """Return `stance` as a verb in the present ("denies", "declines to comment")."""
    return "says" if stance is Stance.ASSERTS else spelled(stance)


def interval_words(earliest: date | None, latest: date | None) -> str:
    """Return the days from `earliest` to `latest`; an end that is None is open."""
    if earliest and latest:
        if earliest == latest:
            return name_day(earliest)
        return f"{name_day(earliest)} to {name_day(latest)}"
    if earliest:
        return f"{name_day(earliest)} or later"
    return f"{name_day(latest)} or earlier" if latest else "any day"


def date_words(text: str, when: DateWords) -> str:
    """Return the time words of the article and, where they could be placed, the days they mean."""
    said = words_at(text, when.words)
    if when.earliest is None and when.latest is None:
        return f"“{said}”"
    return f"“{said}” ({interval_words(when.earliest, when.latest)})"


def evidence_words(fact: Evidence) -> str:
    """Return one fact of the reference with its days and its origin."""
    if fact.since and fact.until:
        days = f"{fact.since} to {fact.until}"
    elif fact.until:
        days = f"until {fact.until}"
    else:
        days = f"since {fact.since}" if fact.since else "days not known"
    origin = f"{fact.origin}; {fact.link}" if fact.link else fact.origin
    return f"reference: {fact.person}, {fact.office}, {days} ({origin})"


def compared_words(compared: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the values that a finding compared with their names, without the ids of claims."""
    named = ((n, v) for n, v in compared.items() if n not in ("claims", "conflict"))
    return [(spelled(n), _value_words(v)) for n, v in named if v not in (None, [], ())]


def _value_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the worst verdict first, otherwise in their order."""
    return sorted(findings, key=lambda finding: WORST_FIRST.index(finding.verdict))


def page_words(article: Article, span: Span) -> str:
    """Return "page 3" or "pages 3-4" for words of an article that has pages, else nothing."""
    first, last = article.page_of(span[0]), article.page_of(max(span[0], span[1] - 1))
    if first is None:
        return ""
    return f"page {first}" if first == last else f"pages {first}-{last}"


def words_at(text: str, span: Span) -> str:
    """Return the words of `text` at `span`."""
    return text[span[0] : span[1]]
