"""Corroboration: events of several articles that are one event.

Tellings are filed by type, actors and day (`block_of`).  Those whose words name one day form the
reported events of that day.  A telling whose words name no day, or up to a week, joins one of them
if it fits exactly one; what is left over forms reported events with its like (`group_tellings`).

Everything here depends on the tellings alone, in whatever order they come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.lexicons.letters import fold
from tocsin.records import FIRMEST_FIRST, Actor, Event, Status, Telling
from tocsin.together.events.found import Found, Group
from tocsin.together.events.same_event import Traits, read_traits

#: Days within which tellings look for each other: a telling of "this week" for one of "Tuesday".
WINDOW = 7

#: Days as far as a telling can change which of the others are one event.
REACH = WINDOW + 3

#: Statuses that tell of an event as having happened; a later recollection is no new report of it.
HAPPENED = frozenset({Status.ASSERTED, Status.REPORTED, Status.ALLEGED})

#: Statuses that tell that it did not happen.
DENIED = frozenset({Status.DENIED, Status.NEGATED})

_ARTICLE = re.compile(r"^(?:the|a|an) ")
#: What acts without saying who does.
_NOBODY = re.compile(
    r"(?:^| )(?:drones?|missiles?|rockets?|shells?|shelling|bombs?|bombing|explosions?|blasts?"
    r"|attacks?|strikes?|raids?|fire|clash(?:es)?|fighting)$"
)

Days = tuple[date | None, date | None]


# --------------------------------------------------------------------------- where it is filed


def block_of(event: Event, published: date | None) -> str:
    """Return the key under which the event is filed: ``type|actors|day``.

    Actors are their countries (folded names where there is none) in alphabetical order; the day is
    the last that the words allow, else that of publication.  Tellings of one event lie in blocks
    that differ in nothing but the day, by at most `WINDOW` days.  It is empty when none is known.

    Args:
        event: as found in the text.
        published: the first day on which the text or a copy of it was published.
    """
    codes = sorted({code for party in event.actors if (code := _code(party))})
    day = (event.date.latest if event.date else None) or published
    return f"{event.type}|{'+'.join(codes)}|{day.isoformat() if day else ''}"


def _code(party: Actor) -> str:
    """Return what identifies a party coarsely: its country, else its folded name.

    People of no country do not: one outlet's gunmen are another's armed men, or nobody.
    """
    if party.country or party.kind == "collective":
        return party.country or ""
    words = re.sub(r"[\W_]+", " ", fold(party.name)).strip()
    bare = _ARTICLE.sub("", words)[:60]
    return "" if _NOBODY.search(bare) else bare


# --------------------------------------------------------------------------- one event or several


#: A block, the days that the words leave open, and the words themselves where no day is known.
_Key = tuple[str, Days, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Tellings of one event: one for each text and side, and the ids of all events behind them."""

    block: str
    tellings: tuple[Telling, ...]  #: earliest first
    events: tuple[str, ...]  #: earliest first


def group_tellings(
    tellings: Iterable[Telling], *, first_printed: Mapping[str, date | None] | None = None
) -> list[Gathered]:
    """Return the tellings that are of one event together, sorted by block.

    Args:
        tellings: of one type, by actors of the same countries.
        first_printed: the first day on which a telling's text or a copy of it was published, by
            event id; by default `Telling.published`.
    """

    def first(telling: Telling) -> date | None:
        return (first_printed or {}).get(telling.event.id, telling.published)

    def place(telling: Telling) -> None:
        block = block_of(telling.event, first(telling))
        _place(others[_key(telling, block)], telling, read(telling), block, same_day=False)

    read = _reader()
    dated: dict[date, Found] = defaultdict(Found)
    others: dict[_Key, Found] = defaultdict(Found)
    left, denials = [], []
    for telling in sorted(tellings, key=_most_specific_first):
        day = named_day(telling.event)
        if day is None:
            left.append(telling)
        else:
            block = block_of(telling.event, first(telling))
            _place(dated[day], telling, read(telling), block, same_day=True)
    for telling in left:
        days = _window(telling.event, first(telling))
        near = [dated[day] for day in days if day in dated]
        if group := _find_home(telling, read(telling), near):
            group.joined.append(telling)
        elif telling.event.status in DENIED and telling.event.date is None and first(telling):
            denials.append(telling)
        else:
            place(telling)
    undated: dict[str, list[Found]] = defaultdict(list)
    for (block, between, _), found in others.items():
        if between == (None, None):
            undated[block.rpartition("|")[2]].append(found)
    homes = [_find_home(t, read(t), _next_to(first(t), undated)) for t in denials]
    for telling, group in zip(denials, homes, strict=True):
        if group is not None:
            group.joined.append(telling)
        else:
            place(telling)
    groups = [g for each in (*dated.values(), *others.values()) for g in each.groups]
    return sorted((_gather(group) for group in groups), key=lambda g: (g.block, g.events))


def _key(telling: Telling, block: str) -> _Key:
    """Return what leftovers are compared by; where no day is known at all, only the same words."""
    words = "" if block.rpartition("|")[2] else fold(telling.told)
    return block, _days(telling.event), words


def named_day(event: Event) -> date | None:
    """Return the day of the event where the words name one."""
    earliest, latest = _days(event)
    return earliest if earliest is not None and earliest == latest else None


def _days(event: Event) -> Days:
    return (event.date.earliest, event.date.latest) if event.date else (None, None)


def _window(event: Event, published: date | None) -> list[date]:
    """Return the days on which a telling without a day of its own looks for its event.

    News without a date word tells of the day of publication or the one before; where the day is
    only one by which it was done, of that one or the one before.
    """
    earliest, latest = _days(event)
    last = latest or published
    if earliest is None and last and event.status is not Status.HISTORICAL:
        return [last - timedelta(days=1), last]
    if earliest and latest and latest - earliest <= timedelta(days=WINDOW):
        return [earliest + timedelta(days=n) for n in range((latest - earliest).days + 1)]
    return []


def _reader() -> Callable[[Telling], Traits]:
    """Return what reads the traits of each telling once; of those that are alike one is kept."""
    read: dict[str, Traits] = {}
    alike: dict[Traits, Traits] = {}

    def traits_of(telling: Telling) -> Traits:
        if telling.event.id not in read:
            traits = read_traits(telling)
            read[telling.event.id] = alike.setdefault(traits, traits)
        return read[telling.event.id]

    return traits_of


def _place(found: Found, telling: Telling, traits: Traits, block: str, *, same_day: bool) -> None:
    """Put `telling` into the group it fits best, the first of several, or let it found one."""
    _, best = found.best(traits, telling.text_id, same_day=same_day)
    group = min(best, key=lambda each: each.number) if best else found.open(block)
    found.join(group, telling, traits)


def _find_home(telling: Telling, traits: Traits, days: Sequence[Found]) -> Group | None:
    """Return the one group of all `days` that fits best; None if two fit as well."""
    fits = [found.best(traits, telling.text_id, same_day=False) for found in days]
    most = max((score for score, _ in fits), default=0)
    best = [group for score, groups in fits if score == most for group in groups]
    return best[0] if len(best) == 1 else None


def _next_to(printed: date | None, undated: Mapping[str, list[Found]]) -> list[Found]:
    """Return the groups without a day that were published within a day of `printed`."""
    if printed is None:
        return []
    near = ((printed + timedelta(days=n)).isoformat() for n in (-1, 0, 1))
    return [found for day in near for found in undated.get(day, ())]


def _most_specific_first(telling: Telling) -> tuple[object, ...]:
    event = telling.event
    told = (bool(event.place), bool(event.recipients), bool(event.counts), bool(event.mode))
    return (-sum(told), FIRMEST_FIRST.index(event.status), event.id)


def _gather(group: Group) -> Gathered:
    """Keep one telling for each text and side: a text that tells an act twice tells it once."""
    best: dict[tuple[str, bool], Telling] = {}
    every = [*(telling for telling, _ in group.founders), *group.joined]
    every.sort(key=_most_specific_first)
    for telling in sorted(every, key=lambda each: FIRMEST_FIRST.index(each.event.status)):
        best.setdefault((telling.text_id, telling.event.status in DENIED), telling)
    return Gathered(
        block=group.block,
        tellings=tuple(sorted(best.values(), key=_earliest_first)),
        # What a reported event is keyed by the first of; see `tocsin.keys`.
        events=tuple(key[-1] for key in sorted((_day(t), t.text_id, t.event.id) for t in every)),
    )


def _earliest_first(telling: Telling) -> tuple[object, ...]:
    event = telling.event
    return (_day(telling), event.status in DENIED, telling.text_id, event.words, event.id)


def _day(telling: Telling) -> date:
    return telling.published or date.max
