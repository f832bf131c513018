"""The situation report: one `Report` put in the order in which a reader needs it.

First one sentence that sums it up; then what matters: contradicted findings; then what is unsure;
then what is said to have happened, with its status and who tells it; then who says so; then
background, which is no news; then what holds; then who held the offices that are mentioned without
a name; then what could not be checked and why; last, with what this was made.  Every dress reads
this view and adds nothing to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tocsin.addresses import host_of
from tocsin.checks.wording import name_actors, name_count, name_day
from tocsin.lexicons.shown import spelled, words_for
from tocsin.publish.by_speaker import speaker_items
from tocsin.publish.opening import GIVE_THE_DAY, opening_sentence
from tocsin.publish.second import second_notes
from tocsin.publish.view import Badge, Item, Quote, Section, Sitrep, Tally
from tocsin.publish.wording import (
    date_words,
    evidence_words,
    interval_words,
    page_words,
    stance_words,
    words_at,
)
from tocsin.records import (
    WORST_FIRST,
    Article,
    Dating,
    Event,
    Finding,
    Report,
    Span,
    Statement,
    Status,
    Verdict,
)
from tocsin.second.differing import found_by

#: The check that counts kinds of speakers: it is about all of them, so it stands as their heading.
_SOURCING = "sourcing"

#: The check that says who held an office: it judges nothing of what the article says.
_HOLDER = "holder"

#: The check that may be about several claims at once, which then stand in `Report.dating`.
_DATING = "dating"

#: What is told as having happened comes before what may come, what is recalled before what is not.
_LATER = frozenset({Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED})


def build_sitrep(report: Report) -> Sitrep:
    """Return the ordered view of `report`."""
    sections = (
        _checked(report, Verdict.CONTRADICTED),
        _checked(report, Verdict.UNSURE),
        _acts(report, "happened", "What is said to have happened", background=False),
        _speakers(report),
        _acts(report, "background", "Background: recalled, negated or possible", background=True),
        _checked(report, Verdict.HOLDS),
        _checked(report, "unnamed"),
        _checked(report, Verdict.NO_RECORD),
        _account(report),
    )
    return Sitrep(
        title=report.article.title or "Untitled article",
        about=_about(report.article),
        url=report.article.url,
        opening=opening_sentence(report),
        tallies=_tallies({each.key: len(each.items) for each in sections}, len(report.statements)),
        sections=tuple(s for s in sections if s.items or s.notes),
    )


# --------------------------------------------------------------------------- head


def _about(article: Article) -> tuple[str, ...]:
    return tuple(filter(None, (article.outlet, _dated(article), _read_from(article))))


def _read_from(article: Article) -> str | None:
    """Return the address or the name of the file: whose folders it lies in is nobody's business."""
    origin = article.origin or ""
    return origin if host_of(origin) else re.split(r"[\\/]", origin)[-1] or None


def _dated(article: Article) -> str:
    if article.published is None:
        return "no date"
    if article.published_from is None:
        return name_day(article.published)
    where = article.published_from
    how = {"given": "as given", "guess": "a guess from the page"}.get(where, f"from the {where}")
    return f"{name_day(article.published)} ({how})"


def _tallies(numbers: dict[str, int], statements: int) -> tuple[Tally, ...]:
    checked = {verdict: spelled(verdict) for verdict in WORST_FIRST} | {Verdict.HOLDS: "hold"}
    told = (
        ("happened", numbers["happened"], "event"),
        ("speakers", statements, "statement"),
    )
    return (
        *(Tally(section=v, number=numbers[v], words=words, tone=v) for v, words in checked.items()),
        *(
            Tally(section=key, number=n, words=noun if n == 1 else f"{noun}s")
            for key, n, noun in told
        ),
    )


# --------------------------------------------------------------------------- what the checks say


def _checked(report: Report, key: str) -> Section:
    items = _finding_items(report, key)
    notes = _notes(report, key, any_found=bool(items))
    return Section(key=key, title=words_for("section", key), items=items, notes=notes)


def _notes(report: Report, key: str, *, any_found: bool) -> tuple[str, ...]:
    if key == Verdict.CONTRADICTED and not any_found:
        return (_nothing_contradicted(report),)
    if key == Verdict.HOLDS:
        return _dating_notes(report)
    if key != Verdict.NO_RECORD:
        return ()
    silent = "The reference is silent on these. That is no sign that anything is wrong."
    most_first = sorted(_absences(report).items(), key=lambda pair: (-pair[1], pair[0]))
    absences = (f"{number} × {words_for('absence', reason)}" for reason, number in most_first)
    return (silent, *absences) if any_found else tuple(absences)


def _nothing_contradicted(report: Report) -> str:
    verdicts = {finding.verdict for finding in report.findings if finding.check == "tenure"}
    if report.article.published is None and verdicts == {Verdict.NO_RECORD}:
        return f"Nothing could be tested, because the article bears no day: {GIVE_THE_DAY}."
    return "Nothing in this article was contradicted by the reference."


def _absences(report: Report) -> Counter[str]:
    """Count why no speaker was found, and why what is shown as `no_record` was not checked."""
    reasons = [statement.absence for statement in report.statements]
    reasons += [same[0].absence for same in _findings(report, Verdict.NO_RECORD)]
    return Counter(str(reason) for reason in reasons if reason)


def _finding_items(report: Report, key: str) -> tuple[Item, ...]:
    return tuple(
        _finding_item(report, same, f"{key}-{number}")
        for number, same in enumerate(_findings(report, key), 1)
    )


def _findings(report: Report, key: str) -> list[list[Finding]]:
    """Return the findings of a section in text order, those on the whole article last.

    Findings that say the same of one person stand together.
    """
    chosen = [finding for finding in report.findings if _section_of(finding) == key]
    chosen.sort(key=lambda f: f.words or (len(report.article.text), 0))
    same: dict[tuple[str, str], list[Finding]] = {}
    for finding in chosen:
        family_name = str(finding.compared.get("claimed", "")).rpartition(" ")[2]
        same.setdefault((finding.sentence, family_name), []).append(finding)
    return list(same.values())


def _section_of(finding: Finding) -> str:
    """Return the key of the section: that of the verdict, if there is anything to judge."""
    if finding.check == _SOURCING and finding.words is None:
        return "speakers"
    return "unnamed" if finding.check == _HOLDER else finding.verdict


def _finding_item(report: Report, same: list[Finding], anchor: str) -> Item:
    finding = same[0]
    clash = finding.check == _DATING and finding.verdict is Verdict.CONTRADICTED
    dating = report.dating if clash else None
    further = _reasons_beside(finding.sentence, dating) if dating else ()
    # A reader may doubt the facts behind a verdict; one that holds says them all.
    facts = () if finding.verdict is Verdict.HOLDS else finding.evidence
    return Item(
        anchor=anchor,
        badge=Badge(text=spelled(finding.verdict), tone=finding.verdict),
        headline=finding.sentence,
        name="No day fits all offices" if dating else finding.sentence,
        lines=(*further, *map(evidence_words, facts)),
        quotes=tuple(_finding_quotes(report, same, anchor)),
    )


def _reasons_beside(told: str, dating: Dating) -> Iterator[str]:
    """Yield what bears on the dating, as far as it is not `told`."""
    return (reason for reason in dating.because if reason not in told)


def _finding_quotes(report: Report, same: list[Finding], anchor: str) -> Iterator[Quote]:
    """Yield the words that findings are about; for one of dates those of all its claims."""
    conflict = report.dating.conflict if report.dating and same[0].check == _DATING else ()
    conflict = conflict or same[0].compared.get("claims", ())
    places = list(dict.fromkeys((f.words, f.about or anchor) for f in same if f.words))
    places = places or [(c.words, c.id) for c in report.office_claims if c.id in conflict]
    for number, (words, key) in enumerate(places, 1):
        yield _quote(report.article, words, f"{anchor}-words-{number}", key)


def _dating_notes(report: Report) -> tuple[str, ...]:
    dating = report.dating
    if dating is None or dating.conflict or (dating.earliest is None and dating.latest is None):
        return ()
    days = interval_words(dating.earliest, dating.latest)
    told = " ".join(finding.sentence for finding in report.findings)
    return (f"All office claims can be true together: {days}.", *_reasons_beside(told, dating))


def _quote(article: Article, span: Span, anchor: str, key: str) -> Quote:
    words = words_at(article.text, span)
    return Quote(
        anchor=anchor, key=key, spans=(span,), words=words, label=page_words(article, span)
    )


# --------------------------------------------------------------------------- what happened


def _acts(report: Report, key: str, title: str, *, background: bool) -> Section:
    """Return the acts that are background, or those that are news."""
    statements = {statement.id: statement for statement in report.statements}
    events = [each for each in report.events if each.status.is_background is background]
    events.sort(key=lambda e: (e.status in _LATER, e.words))
    items = (
        _event_item(report.article, event, f"{key}-{number}", statements.get(event.asserted_by))
        for number, event in enumerate(events, 1)
    )
    return Section(key=key, title=title, items=tuple(items))


def _event_item(article: Article, event: Event, anchor: str, statement: Statement | None) -> Item:
    headline = _event_headline(article, event)
    return Item(
        anchor=anchor,
        badge=Badge(text=event.status.value),
        headline=headline,
        name=headline,
        lines=("; ".join((_teller(statement), *_circumstances(article, event))), _coded(event)),
        quotes=(_quote(article, event.words, f"{anchor}-words", event.id),),
    )


def _event_headline(article: Article, event: Event) -> str:
    act = f"{event.type.lower()} (“{words_at(article.text, event.trigger)}”)"
    if not event.recipients:
        return f"{name_actors(event.actors)}: {act}"
    return f"{name_actors(event.actors)} → {name_actors(event.recipients)}: {act}"


def _teller(statement: Statement | None) -> str:
    if statement is None:
        return "told by the article itself"
    if statement.speaker is None:
        return f"told by a speaker who is not named ({stance_words(statement.stance)})"
    return f"told by {statement.speaker.name} ({stance_words(statement.stance)})"


def _coded(event: Event) -> str:
    kind = " / ".join(part for part in (event.type, event.mode) if part)
    score = f"{event.score:+.1f}" if event.score else "0"
    told = f"PLOVER {kind}, {words_for('quad', event.quad)}, score {score}"
    told += f", confidence {event.confidence:.0%}"
    return f"{told}, {', '.join(event.contexts)}" if event.contexts else told


def _circumstances(article: Article, event: Event) -> tuple[str, ...]:
    told = []
    if event.place:
        country = f" ({event.place.country})" if event.place.country else ""
        told.append(f"place: {event.place.name}{country}")
    if event.date:
        told.append(f"date: {date_words(article.text, event.date)}")
    told += [f"{each.kind}: {name_count(each)}" for each in event.counts]
    told += found_by(event)
    return tuple(told)


# --------------------------------------------------------------------------- who says so, with what


def _speakers(report: Report) -> Section:
    notes = tuple(f.sentence for f in report.findings if _section_of(f) == "speakers")
    return Section(key="speakers", title="Who says so", items=speaker_items(report), notes=notes)


def _account(report: Report) -> Section:
    account = report.account
    notes = (
        f"Tocsin {account.tocsin}, language pipeline {account.pipeline}.",
        f"Reference: {account.reference}",
        *second_notes(account.second),
        f"Numbers beside quoted words are character offsets into the article's text "
        f"({len(report.article.text)} characters, id {report.article.id}).",
    )
    return Section(key="account", title="How this was made", notes=notes)
