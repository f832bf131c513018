"""Items: what a brief and the desk say of a record, an alarm, a running list, an outlook.

Texts are untrusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tocsin.addresses import host_of
from tocsin.checks.wording import name_day, name_pair
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.shown import spelled, words_for
from tocsin.publish.ahead import share_of, what_followed, worth_of, worth_of_past
from tocsin.publish.alarms import notes_of
from tocsin.publish.lists import between
from tocsin.publish.view import Badge, Item, Quote, Section
from tocsin.publish.wording import stance_words
from tocsin.records import Finding, ReportedEvent, Statement, Status, Verdict
from tocsin.store.kinds.printed import Print
from tocsin.together.events.grades import code_of
from tocsin.watch.alarms import CONFIRMED, Alarm
from tocsin.watch.brief.records import Reference
from tocsin.watch.brief.sentences import headline, ids_of, name_days
from tocsin.watch.lists import Entry
from tocsin.watch.outlook import HORIZONS, Outlook
from tocsin.watch.past import Then, ThenAndNow

#: Steps of an entry, and stretches of the past, that are shown.
_STEPS, _THEN = 4, 3

#: By id of a record, the number that a page gives it; a page without numbers has none.
Numbers = Mapping[str, int]


def marked(text: str, records: Iterable[str], numbers: Numbers) -> str:
    """Return a text that ends in the numbers of its records."""
    marks = ", ".join(str(numbers[key]) for key in records if key in numbers)
    return f"{text} [{marks}]" if marks else text


def section_of(key: str, items: Iterable[Item], *notes: str) -> Section:
    """Return a section under the title that a brief gives it."""
    return Section(key=key, title=words_for("brief", key), items=tuple(items), notes=notes)


def item_of_record(reference: Reference) -> Item:
    """Return the item of a record: what it is, how good, and its words."""
    badge, name, facts = _described(reference)
    return Item(
        anchor="",
        key=reference.id,
        badge=badge,
        headline=name,
        name=name,
        lines=(facts,),
        quotes=tuple(_quotes(reference)),
    )


def item_of_alarm(alarm: Alarm, numbers: Numbers) -> Item:
    """Return the item of an alarm: who against whom, since when, on how much."""
    since = f"{name_pair(alarm.actor, alarm.recipient)}, since {name_day(alarm.since)}"
    tone = Verdict.CONTRADICTED if alarm.rings == CONFIRMED else Verdict.UNSURE
    acts = f"{counted(alarm.seen, 'act')} of conflict, {alarm.standing} that stand, where "
    return Item(
        anchor="",
        badge=Badge(text=alarm.rings, tone=tone),
        headline=marked(since, ids_of(alarm), numbers),
        name=since,
        lines=(
            f"{acts}{alarm.expected:.2g} were expected (×{alarm.size:.3g})",
            f"rang {name_day(alarm.rang)} · {' · '.join(notes_of(alarm, name_day))}",
        ),
    )


def sections_ahead(
    entries: Sequence[Entry],
    past: ThenAndNow | None,
    outlooks: Sequence[Outlook],
    numbers: Numbers,
    *of_lists: str,
) -> Iterator[Section]:
    """Yield running lists, with notes `of_lists`, then and now, and the outlook; what there is."""
    if entries:
        yield section_of("lists", (_entry(each, numbers) for each in entries), *of_lists)
    if past:
        now = f"{name_pair(past.actor, past.recipient)}, {name_days(past.first, past.last)}"
        worth = f"{now}: {counted(past.acts, 'act')}.  {worth_of_past(past)}"
        yield section_of("past", map(_then, past.found[:_THEN]), worth)
    if outlooks:
        worth_of_all = worth_of(outlooks[0].chances)
        yield section_of("outlook", map(_outlook, outlooks), *worth_of_all)


def _entry(entry: Entry, numbers: Numbers) -> Item:
    """Return an entry of a list with its course, and the words of its latest step."""
    parts = (entry.kind, entry.thing, entry.place and f"at {entry.place}")
    what = " ".join(dict.fromkeys(filter(None, parts)))  # sanctions may be of nothing but sanctions
    course = (
        f"{step.step}{f' {name_day(step.day)}' if step.day else ''} ({step.status}, {step.grade})"
        + (f" [{numbers[step.event]}]" if step.event in numbers else f" {step.event}")
        for step in entry.steps[-_STEPS:]
    )
    last = entry.steps[-1]
    words = Quote(anchor="", key=last.event, spans=(), words=last.told)
    headline = f"{between(entry)}: {what}"
    item = _unnumbered(entry.step, headline, "; ".join(course), quotes=(words,))
    return replace(item, key=last.event)


def _then(then: Then) -> Item:
    rang = [f"alarm on {name_day(then.rang)}"] if then.rang else []
    pair = name_pair(then.actor, then.recipient)
    when = name_days(then.first, then.last)
    return _unnumbered(f"{then.likeness:.2f}", f"{pair}, {when}", what_followed(then), *rang)


def _outlook(outlook: Outlook) -> Item:
    pair = name_pair(outlook.actor, outlook.recipient)
    chances = (_chances(outlook, days) for days in HORIZONS)
    return _unnumbered(f"from {name_day(outlook.since)}", pair, *chances)


def _chances(outlook: Outlook, days: int) -> str:
    """Return the chances within some days; those that are no better than the long run apart."""
    better, usual = [], []
    for each in (each for each in outlook.chances if each.days == days):
        name = "an alarm" if each.quad is None else words_for("quad", each.quad)
        long_run = share_of(each.long_run)
        if each.better:
            better.append(f"{name} {share_of(each.probability)} (long run {long_run})")
        else:
            usual.append(f"{name} {long_run}")
    told = [", ".join(better)] if better else []
    told += [f"no better than the long run: {', '.join(usual)}"] if usual else []
    return f"in {days} days: {'; '.join(told) or 'too few days are known'}"


def _unnumbered(badge: str, headline: str, *lines: str, quotes: tuple[Quote, ...] = ()) -> Item:
    """Return an item that is no record of its own."""
    mark = Badge(text=badge)
    return Item(anchor="", badge=mark, headline=headline, name=headline, lines=lines, quotes=quotes)


def _described(reference: Reference) -> tuple[Badge, str, str]:
    """Return the badge, the headline and the facts of a record."""
    record, articles = reference.record, counted(reference.articles, "article")
    day = name_day(reference.day) if reference.day else "no day"
    if isinstance(record, ReportedEvent):
        return (
            _badge_of(record, reference),
            headline(record),
            f"{day} · {_reports(reference, record)}",
        )
    if isinstance(record, Statement):
        name = record.speaker.name if record.speaker else "Someone not named"
        office = record.speaker.office if record.speaker else None
        who = f"{name}, {office}" if office and office != name else name
        return Badge(text=stance_words(record.stance)), who, f"{day} · {articles} · {record.manner}"
    alike = f" · {counted(reference.alike, 'text')} more" if reference.alike else ""
    source = next(map(_source, reference.prints), day)
    badge = Badge(text=spelled(record.check), tone=record.verdict)
    return badge, record.sentence, f"{source}{alike}"


def _badge_of(event: ReportedEvent, reference: Reference) -> Badge:
    if event.contradicted:
        return Badge(text=f"{event.status}, contradicted", tone=Verdict.CONTRADICTED)
    tone = Verdict.HOLDS if reference.stands else Verdict.UNSURE
    return Badge(text=event.status, tone="plain" if event.status is Status.FUTURE else tone)


def _reports(reference: Reference, event: ReportedEvent) -> str:
    """Return the grade of an event and what stands behind it."""
    facts = [f"grade {code_of(event.grade)}", counted(reference.articles, "article")]
    if event.status is not Status.FUTURE:
        facts[1:] = [f"{counted(event.independent, 'independent report')} in {facts[1]}"]
        silent = not (reference.stands or event.contradicted)
        facts += ["no voice that can be checked"] if silent else []
    facts += [f"{reference.alike:,} more of this type between them"] if reference.alike else []
    return " · ".join(facts)


def _quotes(reference: Reference) -> Iterator[Quote]:
    """Yield the words of a record where the earliest article has them."""
    if isinstance(reference.record, Finding):
        return
    first = next(iter(reference.prints), None)
    yield Quote(
        anchor="",
        key=reference.id,
        spans=reference.at,
        words=reference.words,
        label=_source(first) if first else "",
        url=first.url if first else None,
    )


def _source(first: Print) -> str:
    """Return an article in words: its outlet, else its host or title, and its day."""
    name = first.outlet or host_of(first.url) or first.title or "an article"
    return f"{name}, {name_day(first.published)}" if first.published else name
