"""Voices: how many stand behind tellings of one event: five copies of one statement are one.

Tellings are one voice when their texts are copies, or both tell it inside a passage they share;
when one company owns the outlets; when both have it from one agency; when both give one speaker's
words, or those of two without a name who may be one; or when the one gives nobody's ("reportedly").
Each of these joins voices, and what it joined is said in words.  Reports and denials are joined
apart: that two articles give one denial does not make one report of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tocsin.lexicons.letters import fold
from tocsin.records import Actor, CopyMatch, Telling
from tocsin.together.events.corroboration import DENIED, HAPPENED
from tocsin.together.events.same_event import same_name
from tocsin.together.texts.copies import shared

#: Two texts, the smaller id first.
Pair = tuple[str, str]

_NOBODY = frozenset({"collective", "group"})

#: Where what somebody is called ends: "officer" of "navy officer with knowledge of the deal".
_BEYOND = re.compile(r",| (?:of|in|at|on|from|with|who|whose|there|close|familiar|briefed)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Which voice each telling is, and why tellings were joined into one."""

    numbers: tuple[int, ...]  #: from 1, in the order of the tellings
    independent: int  #: voices that tell the event as having happened
    because: tuple[str, ...]  #: why reports were joined: "2 from a copy of another's text"


@dataclass(frozen=True, slots=True)
class _Speaker:
    """What tells speakers apart; of thousands who tell an event, there are few."""

    name: str
    kind: str
    country: str | None
    reference: str | None
    called: str  #: "officer", of one who has no name

    @property
    def said(self) -> str:
        """Return why another telling in its words is the same voice."""
        if self.called:
            return f"in the words of an unnamed {self.called}, who may be the same"
        return f"in the words of {self.name} again"


def count_independent(
    tellings: Sequence[Telling],
    *,
    copies: Mapping[Pair, CopyMatch],
    owners: Mapping[str, frozenset[str]],
    agencies: Mapping[str, frozenset[str]],
    unnamed: Collection[str] = frozenset(),
) -> Voices:
    """Join the tellings that go back to one report, and count what is left.

    Args:
        tellings: of one reported event, earliest first.
        copies: what pairs of their texts share, in the order of the pairs.
        owners: who owns the outlet that a text goes back to, by text; absent where not known.
        agencies: the agencies that a telling says it has it from, by event id.
        unnamed: the events that somebody without a name tells, by id.
    """
    joined = list(range(len(tellings)))
    reasons: Counter[str] = Counter()
    for side in (False, True):
        places = [at for at, t in enumerate(tellings) if (t.event.status in DENIED) is side]
        among = [tellings[at] for at in places]

        def are_one(one: int, other: int, places: Sequence[int] = places) -> bool:
            return _root(joined, places[one]) == _root(joined, places[other])

        left = len(among)
        ties = _ties(among, copies, owners, agencies, unnamed, are_one) if left > 1 else ()
        for one, other, reason in ties:
            if _join(joined, places[one], places[other]):
                reasons[reason] += _tell_so(among[one], among[other])
                left -= 1
            if left == 1:
                break  # thousands of copies tie what is one voice by then
    roots = [_root(joined, at) for at in range(len(tellings))]
    return Voices(
        numbers=_number(tellings, roots),
        independent=len({r for r, t in zip(roots, tellings, strict=True) if _tell_so(t)}),
        because=tuple(f"{count} {reason}" for reason, count in reasons.items() if count),
    )


def _tell_so(*tellings: Telling) -> bool:
    return all(telling.event.status in HAPPENED for telling in tellings)


def _join(joined: list[int], one: int, other: int) -> bool:
    """Make two tellings one voice; say whether they were two."""
    first, second = sorted((_root(joined, one), _root(joined, other)))
    joined[second] = first
    return first != second


def _number(tellings: Sequence[Telling], roots: Sequence[int]) -> tuple[int, ...]:
    """Number the voices; a denial has the number of the report in whose text it stands."""
    placed = list(zip(tellings, roots, strict=True))
    told = {t.text_id: root for t, root in placed if t.event.status not in DENIED}
    denied = {
        r: told[t.text_id] for t, r in placed if t.event.status in DENIED and t.text_id in told
    }
    number: dict[int, int] = {}
    return tuple(number.setdefault(denied.get(root, root), len(number) + 1) for root in roots)


def _root(joined: list[int], at: int) -> int:
    while joined[at] != at:
        joined[at] = joined[joined[at]]
        at = joined[at]
    return at


def _ties(
    tellings: Sequence[Telling],
    copies: Mapping[Pair, CopyMatch],
    owners: Mapping[str, frozenset[str]],
    agencies: Mapping[str, frozenset[str]],
    unnamed: Collection[str],
    are_one: Callable[[int, int], bool],
) -> Iterator[tuple[int, int, str]]:
    """Yield places of tellings that are one voice, with the reason; copies come first.

    What two share that `are_one` by then is not looked up.
    """
    families = [{t.family} if t.family else set() for t in tellings]
    yield from _linked(families, "from a copy of another's text")
    yield from _passages(tellings, copies, are_one)
    owned = [set(owners.get(t.text_id, ())) for t in tellings]
    yield from _linked(owned, "more from {}")
    told = [set(agencies.get(t.event.id, ())) for t in tellings]
    yield from _linked(told, "citing {}")
    yield from _linked([o | a for o, a in zip(owned, told, strict=True)], "citing {}")
    yield from _speakers(tellings, unnamed)
    yield from _on_nobodys_word(tellings)


def _linked(marks: Sequence[set[str]], reason: str) -> Iterator[tuple[int, int, str]]:
    """Yield what bears the same mark, the first with each of the others."""
    first: dict[str, int] = {}
    for at, each in enumerate(marks):
        for mark in sorted(each):
            if mark in first:
                yield first[mark], at, reason.format(mark)
            first.setdefault(mark, at)


def _passages(
    tellings: Sequence[Telling],
    copies: Mapping[Pair, CopyMatch],
    are_one: Callable[[int, int], bool],
) -> Iterator[tuple[int, int, str]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, telling in enumerate(tellings):
        places[telling.text_id].append(at)
    for pair in copies:
        for a, b in product(*(places.get(text_id, ()) for text_id in pair)):
            if are_one(a, b):
                continue
            match = copies[pair]
            ours, theirs = tellings[a].event.words, tellings[b].event.words
            if shared(match, ours, side="one") and shared(match, theirs, side="other"):
                yield a, b, "in a passage that stands in another's text"


def _speakers(
    tellings: Sequence[Telling], unnamed: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield tellings in the words of one speaker; of each speaker, the first with the others.

    Nobody can tell the "navy officer" of one outlet from the "naval officer" of another.
    """
    heard: list[tuple[int, set[_Speaker]]] = []
    for at, telling in enumerate(tellings):
        if telling.speaker is None or telling.speaker.kind in _NOBODY:
            continue
        here = _speaker_of(telling.speaker, unnamed=telling.event.id in unnamed)
        for first, voice in heard:
            # All of a voice must agree: "an official" may be American or Russian, and never both.
            if here in voice or all(_is_same(each, here) for each in voice):
                voice.add(here)
                yield first, at, here.said
                break
        else:
            heard.append((at, {here}))


def _on_nobodys_word(tellings: Sequence[Telling]) -> Iterator[tuple[int, int, str]]:
    """Yield what is reported without a speaker, with the first that has one: it may be that."""
    vague = [t.speaker is None and t.event.asserted_by != "article" for t in tellings]
    plain = (at for at, each in enumerate(vague) if not each)
    known = min(plain, key=lambda at: tellings[at].event.status not in HAPPENED, default=0)
    for at, each in enumerate(vague):
        if each and at != known:
            yield known, at, "on nobody's word"


def _speaker_of(actor: Actor, *, unnamed: bool) -> _Speaker:
    called = _BEYOND.split(fold(actor.name))[0].rpartition(" ")[2] if unnamed else ""
    return _Speaker(actor.name, actor.kind, actor.country, actor.reference, called)


def _is_same(one: _Speaker, other: _Speaker) -> bool:
    if one.reference and other.reference:
        return one.reference == other.reference
    if one.country and other.country and one.country != other.country:
        return False
    if one.called and other.called:
        return one.called == other.called
    if one.kind == other.kind == "person":
        return same_name(one.name, other.name)
    return fold(one.name) == fold(other.name)
