"""The brief put in order once, for every dress: sections of numbered items, and sentences.

A record is shown in the first part that has it, and named in others.  Texts are untrusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from tocsin.addresses import host_of
from tocsin.checks.wording import counted, listed_together, name_country, name_day, name_pair
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
from tocsin.watch.brief.records import Brief, Reference
from tocsin.watch.brief.sentences import headline, ids_of, name_days
from tocsin.watch.lists import Entry
from tocsin.watch.outlook import HORIZONS, Outlook
from tocsin.watch.past import Then

#: The parts of the page in their order, and those which say so where they are empty.
_PARTS = (
    *("events", "said", "contradicted", "impossible", "uncheckable"),
    *("acts", "against", "allies", "officials", "warnings", "plans"),
)
#: Steps of an entry, and stretches of the past, that are shown.
_STEPS, _THEN = 4, 3
_SAID_IF_EMPTY = ("events", "contradicted", "impossible", "acts")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole page; a sentence ends in the numbers of the items that it rests on: "… [2, 5]"."""

    title: str
    about: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[Section, ...]


def build_view(brief: Brief) -> View:
    """Return the ordered view of `brief`."""
    scope, numbers = brief.scope, {each.id: n for n, each in enumerate(brief.references, 1)}
    about = [name_days(scope.since, scope.until), counted(brief.articles, "article")]
    about[:0] = [f"for {name_country(scope.reader)}"] if scope.reader else []
    about += [f"what came with run {scope.new_from} or later"] if scope.new_from else []
    page = _Page(brief, numbers, set())
    questions = [_marked(each.text, each.records, numbers) for each in brief.questions]
    sections = [
        _alarms(brief, numbers),
        *page.sections(),
        *_of_what_may_come(brief, numbers),
        *([_section("questions", (), *questions)] if questions else []),
    ]
    others = page.section("others", [key for key in numbers if key not in page.shown])
    account = (
        f"Made by Tocsin {version('tocsin')} of records of the store alone, by rules.",
        "tocsin events --id ID shows an event with all its tellings.",
        *(f"{each.text} See tocsin {each.query}" for each in brief.opening if each.query),
    )
    return View(
        title=listed_together(name_country(code).removeprefix("the ") for code in scope.about),
        about=tuple(about),
        opening=tuple(_marked(each.text, each.records, numbers) for each in brief.opening),
        sections=(
            *sections,
            *([others] if others.items else []),
            _section("account", (), *account),
        ),
    )


def _marked(text: str, records: Iterable[str], numbers: Mapping[str, int]) -> str:
    """Return a text that ends in the numbers of its records."""
    marks = ", ".join(str(numbers[key]) for key in records if key in numbers)
    return f"{text} [{marks}]" if marks else text


@dataclass(frozen=True, slots=True)
class _Page:
    """Makes sections of the references, and keeps which were shown."""

    brief: Brief
    numbers: dict[str, int]
    shown: set[str]

    def sections(self) -> Iterator[Section]:
        """Yield the sections in the order in which a reader needs them."""
        for key in _PARTS:
            section = self.section(key, self.brief.parts[key])
            # Where nothing happened, that nothing was contradicted is no news.
            said = key in _SAID_IF_EMPTY and self.brief.parts["events"]
            if section.items or (said and (key != "acts" or self.brief.scope.reader)):
                yield section

    def section(self, key: str, ids: Iterable[str]) -> Section:
        """Return a section of the records with these ids."""
        items = tuple(self._item(each) for each in ids if each in self.numbers)
        reader = name_country(self.brief.scope.reader or "")
        title = words_for("brief", key).format(reader=reader)
        notes = () if items else (words_for("brief", "none"),)
        if key == "allies" and items:
            named = listed_together(each.name for each in self.brief.treaties)
            notes = (f"Bound by: {named}.",)
        return Section(key=key, title=title, items=items, notes=notes)

    def _item(self, key: str) -> Item:
        """Return the item of a record; one that was shown above is only named."""
        number = self.numbers[key]
        reference = self.brief.references[number - 1]
        badge, name, facts = _described(reference)
        if key in self.shown:
            return Item(anchor="", badge=badge, headline=f"{name} [{number}]", name=name)
        self.shown.add(key)
        return Item(
            anchor=f"r-{number}",
            badge=badge,
            headline=f"{name} [{number}]",
            name=name,
            lines=(f"{facts} · {key}",),
            quotes=tuple(_quotes(reference, number)),
        )


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


def _quotes(reference: Reference, number: int) -> Iterator[Quote]:
    """Yield the words of a record where the earliest article has them."""
    if isinstance(reference.record, Finding):
        return
    first = next(iter(reference.prints), None)
    yield Quote(
        anchor=f"q-{number}",
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


def _section(key: str, items: Iterable[Item], *notes: str) -> Section:
    return Section(key=key, title=words_for("brief", key), items=tuple(items), notes=notes)


def _unnumbered(badge: str, headline: str, *lines: str, quotes: tuple[Quote, ...] = ()) -> Item:
    """Return an item that is no record of its own."""
    mark = Badge(text=badge)
    return Item(anchor="", badge=mark, headline=headline, name=headline, lines=lines, quotes=quotes)


def _of_what_may_come(brief: Brief, numbers: Mapping[str, int]) -> Iterator[Section]:
    """Yield running lists, then and now, and the outlook; plans and warnings stand elsewhere."""
    if brief.entries:
        entries = (_entry(each, numbers) for each in brief.entries)
        yield _section("lists", entries, words_for("brief", "lists most"))
    if past := brief.past:
        now = f"{name_pair(past.actor, past.recipient)}, {name_days(past.first, past.last)}"
        worth = f"{now}: {counted(past.acts, 'act')}.  {worth_of_past(past)}"
        yield _section("past", map(_then, past.found[:_THEN]), worth)
    if brief.outlooks:
        worth_of_all = worth_of(brief.outlooks[0].chances)
        yield _section("outlook", map(_outlook, brief.outlooks), *worth_of_all)


def _entry(entry: Entry, numbers: Mapping[str, int]) -> Item:
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
    return _unnumbered(entry.step, headline, "; ".join(course), quotes=(words,))


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


def _alarms(brief: Brief, numbers: dict[str, int]) -> Section:
    """Return the alarms, with how many in all and how many of them to expect to be false."""
    false = f"{brief.expected_false:,.{int(brief.expected_false < 10)}f}"
    all_of_them = (
        f"{counted(brief.alarms_in_all, 'alarm')} in these days by or on them and anybody; "
        f"about {false} would ring if nothing had changed anywhere."
    )
    notes = [] if brief.alarms else [words_for("brief", "no alarm")]
    notes += [all_of_them] if brief.alarms_in_all else []
    return _section("alarms", (_alarm(each, numbers) for each in brief.alarms), *notes)


def _alarm(alarm: Alarm, numbers: Mapping[str, int]) -> Item:
    since = f"{name_pair(alarm.actor, alarm.recipient)}, since {name_day(alarm.since)}"
    tone = Verdict.CONTRADICTED if alarm.rings == CONFIRMED else Verdict.UNSURE
    acts = f"{counted(alarm.seen, 'act')} of conflict, {alarm.standing} that stand, where "
    return Item(
        anchor="",
        badge=Badge(text=alarm.rings, tone=tone),
        headline=_marked(since, ids_of(alarm), numbers),
        name=since,
        lines=(
            f"{acts}{alarm.expected:.2g} were expected (×{alarm.size:.3g})",
            f"rang {name_day(alarm.rang)} · {' · '.join(notes_of(alarm, name_day))}",
        ),
    )
