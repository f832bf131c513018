"""The sentences of a brief: what is said of all records together, each with some of them behind it.

Counts and names only: no adjective stands here that no record carries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from tocsin.checks.wording import listed_together, name_actors, name_country, name_day, name_pair
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.tables import read_records
from tocsin.records import ReportedEvent, Status
from tocsin.store.situation import Deed
from tocsin.together.events.grades import code_of
from tocsin.watch.alarms import UNCONFIRMED, Alarm
from tocsin.watch.brief.choice import Material, alike_of, is_among, is_conflict, rank
from tocsin.watch.brief.records import Scope, Sentence

#: Records that a sentence on many names: the weightiest.
_NAMED = 3
#: Alarms, changes, and open questions of one kind that are told.
_ALARMS, _CHANGES, _QUESTIONS = 3, 2, 4
#: Fewer deeds are no change worth a sentence, nor is one against days of so much fewer articles.
_FEWEST, _MUCH_LESS = 3, 2


@cache
def _templates() -> Mapping[str, str]:
    return {row["code"]: row["words"] for row in read_records("watch/data/brief.tsv")}


def headline(event: ReportedEvent) -> str:
    """Return who did what to whom, where: "North Korea: mobilize (troops), Kursk"."""
    act = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    to = f" → {name_actors(event.recipients)}" if event.recipients else ""
    where = f", {event.place.name}" if event.place else ""
    return f"{name_actors(event.actors)}{to}: {act}{where}"


def name_days(since: date, until: date) -> str:
    """Return days in words: "1 to 31 October 2024"."""
    if since == until:
        return name_day(since)
    if since.year == until.year:
        return f"{since.day}{f' {since:%B}' * (since.month != until.month)} to {name_day(until)}"
    return f"{name_day(since)} to {name_day(until)}"


def ids_of(alarm: Alarm) -> list[str]:
    """Return ids of some of the events behind an alarm."""
    return [str(each["id"]) for each in alarm.events if "id" in each][:_NAMED]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the sentences of one brief; `events` are those that the page shows, by id."""

    scope: Scope
    material: Material
    parts: Mapping[str, Sequence[str]]
    events: Mapping[str, ReportedEvent]

    def open(self) -> Iterator[Sentence]:
        """Yield the sentences of the paragraph that a brief opens with."""
        yield self._scale()
        yield from self._alarms()
        yield from self._changes()
        yield from self._weightiest()
        yield from self._doubts()
        yield from self._reader()
        yield from self._uncovered("uncovered")

    def ask(self) -> Iterator[Sentence]:
        """Yield what the records leave open."""
        for each in self.material.alarms:
            if each.rings == UNCONFIRMED:
                yield self._say("ask alarm", ids_of(each), parties=_pair_of(each))
        contradicted = rank(self.scope, (d for d in self.material.deeds if d.contradicted))
        for code, keys in (
            ("ask contradicted", _ids(contradicted)),
            ("ask uncheckable", self.parts["uncheckable"]),
        ):
            for event in [self.events[key] for key in keys if key in self.events][:_QUESTIONS]:
                yield self._say(code, [event.id], **_told(event))
        yield from self._uncovered("ask uncovered")

    def _say(
        self, code: str, records: Iterable[str] = (), query: str | None = None, **told: str
    ) -> Sentence:
        scope, covered = self.scope, self.material.covered
        always = {
            "about": listed_together(map(name_country, scope.about)),
            "days": name_days(scope.since, scope.until),
            "stretch": counted(len(self._days), "day"),
            "articles": counted(sum(covered.get(day, 0) for day in self._days), "article"),
        }
        text = _templates()[code].format_map(always | told)
        return Sentence(text=text, records=tuple(dict.fromkeys(records)), query=query)

    @property
    def _days(self) -> list[date]:
        number = (self.scope.until - self.scope.since).days + 1
        return [self.scope.since + timedelta(n) for n in range(number)]

    def _scale(self) -> Sentence:
        deeds, new = self.material.deeds, self.scope.new_from is not None
        if not deeds:
            return self._say("nothing new" if new else "nothing")
        numbers = {
            "standing": len(_ids(deed for deed in deeds if deed.stands)),
            "contradicted": len(_ids(deed for deed in deeds if deed.contradicted)),
            "planned": len(_ids(deed for deed in deeds if deed.status == Status.FUTURE)),
        }
        parts = [_templates()[p].format(number=f"{n:,}") for p, n in numbers.items() if n]
        said = sum(each.country in self.scope.about for each in self.material.uttered)
        return self._say(
            "new" if new else "scale",
            self._some(deeds),
            events=_events(deeds),
            statements=counted(said, "statement"),
            parts=", ".join(parts) or "none of them confirmed",
        )

    def _alarms(self) -> Iterator[Sentence]:
        for each in self.material.alarms[:_ALARMS]:
            yield self._say(
                " ".join(filter(None, ("alarm", each.turn))),
                ids_of(each),
                parties=_pair_of(each),
                since=name_day(each.since),
                until=name_day(each.until) if each.until else "",
                seen=counted(each.seen, "act"),
                expected=f"{each.expected:.2g}",
                rings=_templates()[f"rings {each.rings}"],
                eased=name_day(each.eased) if each.eased else "",
                again=name_day(each.again) if each.again else "",
            )
        if not self.material.alarms:
            yield self._say("no alarm" if self.material.watched else "not watched")

    def _changes(self) -> Iterator[Sentence]:
        """Yield whose conflict among them changed most, where not much less was read before."""
        days, covered = self._days, self.material.covered
        read, read_before = (
            sum(covered.get(day - timedelta(back), 0) for day in days) for back in (0, len(days))
        )
        if self.scope.new_from is not None or read_before * _MUCH_LESS < max(read, 1):
            return
        now, before = map(self._conflict, (self.material.deeds, self.material.before))
        numbers = {pair: (len(now[pair]), len(before[pair])) for pair in [*now, *before]}
        moved = {pair: abs(n - m) for pair, (n, m) in numbers.items() if max(n, m) >= _FEWEST}
        for pair in sorted(moved, key=lambda pair: (-moved[pair], pair))[:_CHANGES]:
            actor, recipient = pair
            yield self._say(
                "change inside" if actor == recipient else "change",
                self._some(now[pair]),
                f"series --actor {actor} --recipient {recipient}"
                f" --since {self.scope.since} --until {self.scope.until}",
                actor=name_country(actor),
                recipient=name_country(recipient),
                events=_events(now[pair]),
                before=f"{numbers[pair][1]:,}",
                articles_before=f"{read_before:,}",
            )

    def _conflict(self, deeds: Iterable[Deed]) -> dict[tuple[str, str], list[Deed]]:
        pairs: dict[tuple[str, str], list[Deed]] = defaultdict(list)
        for deed in deeds:
            if deed.actor and deed.recipient and is_conflict(deed) and is_among(self.scope, deed):
                pairs[deed.actor, deed.recipient].append(deed)
        return pairs

    def _weightiest(self) -> Iterator[Sentence]:
        shown = [deed for deed in self.material.deeds if deed.id in self.parts["events"]]
        for key in self._some(shown, 1):
            if key in self.events:
                yield self._say("weightiest", [key], **_told(self.events[key]))

    def _doubts(self) -> Iterator[Sentence]:
        if contradicted := [deed for deed in self.material.deeds if deed.contradicted]:
            records = [*self.parts["contradicted"], *self._some(contradicted)][:_NAMED]
            yield self._say("contradictions", records, events=_events(contradicted))
        if number := len(alike_of(self.scope, self.material.doubts)):
            records = [*self.parts["impossible"]][:_NAMED]
            yield self._say("impossible", records, claims=counted(number, "claim"))

    def _reader(self) -> Iterator[Sentence]:
        reader, uttered = self.scope.reader, self.material.uttered
        own, against = (
            [deed for deed in self.material.deeds if deed[side] == reader != deed[3 - side]]
            for side in (1, 2)
        )
        said = [each for each in uttered if each.country == reader and each.beside]
        if reader and (own or against or said):
            yield self._say(
                "reader",
                [*self._some(own, 2), *self._some(against, 2), *self.parts["officials"][:1]],
                reader=name_country(reader).removeprefix("the "),
                acts=counted(len(_ids(own)), "act"),
                against=f"{len(_ids(against)):,}",
                statements=counted(len(said), "statement"),
            )

    def _uncovered(self, code: str) -> Iterator[Sentence]:
        missing = [day for day in self._days if day not in self.material.covered]
        if missing:
            yield self._say(code, number=str(len(missing)), missing=_stretches(missing))

    def _some(self, deeds: Iterable[Deed], most: int = _NAMED) -> list[str]:
        return _ids(rank(self.scope, deeds))[:most]


def _pair_of(alarm: Alarm) -> str:
    pair = name_pair(alarm.actor, alarm.recipient)
    return pair if alarm.actor == alarm.recipient else f"for {pair}"


def _told(event: ReportedEvent) -> dict[str, str]:
    day = event.day or event.until
    return {
        "event": f"{headline(event)}, {name_day(day)}" if day else headline(event),
        "reports": counted(event.reports, "report"),
        "independent": counted(event.independent, "independent report"),
        "grade": code_of(event.grade),
        "status": str(event.status),
    }


def _ids(deeds: Iterable[Deed]) -> list[str]:
    """Return the id of each event once, however many pairs of parties it has."""
    return [*dict.fromkeys(deed.id for deed in deeds)]


def _events(deeds: Iterable[Deed]) -> str:
    return counted(len(_ids(deeds)), "event")


def _stretches(days: Iterable[date]) -> str:
    """Return days in words, those in a row as one: "3 to 6 October 2024 and 9 October 2024"."""
    rows = groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0])
    found = [[day for _, day in row] for _, row in rows]
    named = [name_days(row[0], row[-1]) for row in found[:_QUESTIONS]]
    more = len(found) - len(named)
    return listed_together([*named, f"{more} more times"] if more else named)
