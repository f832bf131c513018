"""Said by the checks: findings for pages, with the values compared, the facts and both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.addresses import host_of
from tocsin.lexicons.shown import spelled, words_for
from tocsin.publish.desk import links
from tocsin.publish.view import Badge
from tocsin.publish.wording import evidence_words
from tocsin.records import WORST_FIRST, Finding, Side
from tocsin.store.kinds.printed import Print

#: The articles that print a text, by the text.
Prints = Mapping[str | None, tuple[Print, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the reference, and where the person can be looked up."""

    words: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Word:
    """One side's words, with who printed them and the address of the words in their article."""

    words: str
    outlet: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A finding as a page shows it."""

    badge: Badge
    check: str
    sentence: str
    compared: tuple[tuple[str, str], ...]  #: names and values
    facts: tuple[Fact, ...]
    sides: tuple[Word, ...]
    why_not: str | None  #: why nothing, or nothing worse, could be said


def findings_said(findings: Iterable[Finding], prints: Prints) -> list[Said]:
    """Return findings as a page shows them, the worst first."""
    ordered = sorted(findings, key=lambda finding: WORST_FIRST.index(finding.verdict))
    return [_said(each, prints) for each in ordered]


def _said(finding: Finding, prints: Prints) -> Said:
    return Said(
        badge=Badge(text=spelled(finding.verdict), tone=finding.verdict),
        check=spelled(finding.check),
        sentence=finding.sentence,
        compared=tuple(_compared(finding.compared)),
        facts=tuple(Fact(evidence_words(e), _web(e.link)) for e in finding.evidence),
        sides=tuple(_word(side, prints) for side in finding.sides),
        why_not=words_for("absence", finding.absence) if finding.absence else None,
    )


def _web(address: str | None) -> str | None:
    return address if host_of(address) else None


def _word(side: Side, prints: Prints) -> Word:
    printed = prints.get(side.text_id, ())
    return Word(
        words=side.quoted,
        outlet=side.outlet or next((p.outlet for p in printed if p.outlet), None) or "no outlet",
        href=f"{links.to_article(printed[0].id, side.record)}#w-{side.record}" if printed else None,
    )


def _compared(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield names and values in words: of what is there, and without the ids of claims."""
    for name, value in values.items():
        if name not in ("claims", "conflict") and value not in (None, [], ()):
            yield spelled(name), _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value))
    return str(value)
