"""Statements of a report gathered under their speakers: who says so.

Each speaker comes with the capacity given, how far it can be identified, what it says and what the
tenure check says about the office.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from tocsin.lexicons.numbered import counted
from tocsin.lexicons.shown import spelled
from tocsin.publish.view import Badge, Item, Quote
from tocsin.publish.wording import page_words, stance_words, words_at
from tocsin.records import (
    WORST_FIRST,
    Article,
    Finding,
    Manner,
    Naming,
    Report,
    Span,
    Statement,
    Verdict,
)

_Claims = dict[str | int, set[str]]

#: Verdicts that put a speaker at the head of the list.
_ALARMING = (Verdict.CONTRADICTED, Verdict.UNSURE)

#: Two mentions of "an official" need not be the same person, so these are never put together.
_NEVER_MERGED = (Naming.COLLECTIVE, Naming.ANONYMOUS)


def speaker_items(report: Report) -> tuple[Item, ...]:
    """Return one item for each speaker: contradicted and unsure offices first, then text order."""
    claims = _claims_by_place(report)
    findings = _by_record(report)
    said: dict[object, list[Statement]] = defaultdict(list)
    for statement in sorted(report.statements, key=_position):
        said[_identity(statement)].append(statement)
    groups = [(group, _worst(group, claims, findings)) for group in said.values()]
    groups.sort(key=lambda pair: (_alarm(pair[1]), _position(pair[0][0])))
    return tuple(
        _speaker_item(report.article, group, worst, f"speaker-{number}")
        for number, (group, worst) in enumerate(groups, 1)
    )


def office_finding(report: Report, statement: Statement) -> Finding | None:
    """Return the worst finding about an office that who makes `statement` is said to hold."""
    return _worst([statement], _claims_by_place(report), _by_record(report))


def _by_record(report: Report) -> dict[str | None, list[Finding]]:
    findings: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.about].append(finding)
    return findings


def _identity(statement: Statement) -> object:
    speaker = statement.speaker
    if speaker is None:
        return "nobody"
    if statement.naming in _NEVER_MERGED:
        return (speaker.name.casefold(), speaker.words)
    return speaker.reference or speaker.name.casefold()


def _position(statement: Statement) -> int:
    return min(start for start, _ in _spans(statement))


def _spans(statement: Statement) -> tuple[Span, ...]:
    """Return where `statement` stands: its content, or its cue or speaker when there is none."""
    if statement.content:
        return statement.content
    return tuple(span for span in (statement.cue, statement.speaker_words) if span)[:1] or ((0, 0),)


# --------------------------------------------------------------------------- verdict on the office


def _worst(
    group: list[Statement], claims: _Claims, findings: dict[str | None, list[Finding]]
) -> Finding | None:
    """Return the worst finding about an office that a speaker of `group` is said to hold."""
    speakers = [statement.speaker for statement in group if statement.speaker]
    about = {statement.id for statement in group}
    for speaker in speakers:
        spans = [span for span in (speaker.words, speaker.office_words) if span]
        keys: list[str | int] = [at for span in spans for at in range(*span)]
        keys.append(speaker.name.casefold())
        about.update(claim for key in keys for claim in claims.get(key, ()))
    found = [finding for record in sorted(about) for finding in findings.get(record, ())]
    return min(found, key=lambda f: WORST_FIRST.index(f.verdict), default=None)


def _claims_by_place(report: Report) -> _Claims:
    """Return the office claims by the name that they are about and by each character of theirs."""
    claims: _Claims = defaultdict(set)
    for claim in report.office_claims:
        for key in (*([claim.name.casefold()] if claim.name else []), *range(*claim.words)):
            claims[key].add(claim.id)
    return claims


def _alarm(finding: Finding | None) -> int:
    if finding is None or finding.verdict not in _ALARMING:
        return len(_ALARMING)
    return _ALARMING.index(finding.verdict)


# --------------------------------------------------------------------------- one speaker


def _speaker_item(
    article: Article, group: list[Statement], worst: Finding | None, anchor: str
) -> Item:
    speaker = next((s.speaker for s in group if s.speaker), None)
    office = next((s.speaker.office for s in group if s.speaker and s.speaker.office), None)
    name = speaker.name if speaker else "No speaker given"
    return Item(
        anchor=anchor,
        badge=_badge(group, worst),
        headline=f"{name}, {office}" if office and office != name else name,
        name=name,
        lines=(_summary(group, worst),),
        quotes=tuple(
            _statement_quote(article, statement, f"{anchor}-{number}")
            for number, statement in enumerate(group, 1)
        ),
    )


def _badge(group: list[Statement], worst: Finding | None) -> Badge:
    """Return how far the speaker can be identified, with the verdict on the office if it alarms."""
    best = min((statement.naming for statement in group), key=list(Naming).index)
    naming = "office only" if best is Naming.OFFICE else best.value
    if worst is None or worst.verdict not in _ALARMING:
        return Badge(text=naming)
    return Badge(text=f"{naming}, office {spelled(worst.verdict)}", tone=worst.verdict.value)


def _summary(group: list[Statement], worst: Finding | None) -> str:
    stances = Counter(stance_words(statement.stance) for statement in group)
    told = ", ".join(f"{s} ×{n}" if n > 1 else s for s, n in stances.most_common())
    verdict = worst.verdict if worst else None
    office = [f"office: {spelled(verdict)}"] if verdict and verdict not in _ALARMING else []
    reasons = dict.fromkeys(s.absence for s in group if s.absence)
    unknown = [f"why not known: {spelled(reason)}" for reason in reasons]
    return "; ".join((f"{counted(len(group), 'statement')}: {told}", *office, *unknown))


def _statement_quote(article: Article, statement: Statement, anchor: str) -> Quote:
    spans = _spans(statement)
    return Quote(
        anchor=anchor,
        key=statement.id,
        spans=spans,
        words=" … ".join(words_at(article.text, span) for span in spans),
        label=_statement_label(article, statement),
    )


def _statement_label(article: Article, statement: Statement) -> str:
    told = [stance_words(statement.stance)]
    told += [statement.manner.value] if statement.manner is not Manner.DIRECT else ["in quotation"]
    told += [f"via {relay.name}" for relay in statement.relays]
    if statement.distancing:
        told.append("the article keeps its distance")
    if statement.anonymity_reason:
        told.append(f"not named “{words_at(article.text, statement.anonymity_reason)}”")
    spans = _spans(statement)
    told.append(page_words(article, (spans[0][0], spans[-1][1])))
    return ", ".join(filter(None, told))
