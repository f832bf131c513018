"""Spoken: one speaker's part of the store: when and how, offices given, and what the checks say.

Of who speaks in a store all the time each of these is thousands of rows, so each is read once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from tocsin.records import WORST_FIRST, Stance, Verdict
from tocsin.store.conditions import CLAIMS
from tocsin.store.kinds.findings import FINDINGS, FoundFinding
from tocsin.store.kinds.kind import Kind
from tocsin.store.kinds.offices import OFFICES, FoundClaim
from tocsin.store.situation import read_found
from tocsin.store.tables import Connection, as_day, as_list, read_column, run

_COUNTS = """
SELECT day, stance, count(*) FROM statements INDEXED BY statements_by_speaker
WHERE speaker_key = ? GROUP BY day, stance
"""

_CLAIMS = f"{CLAIMS.format('o.id, o.day')} ORDER BY o.day DESC, o.id DESC"

#: Of findings about words of a speaker, or about one of these claims.
_CHECKED = """
WITH record (id) AS (SELECT id FROM statements WHERE speaker_key = ?1
  UNION ALL SELECT id FROM quotations WHERE speaker_key = ?1
  UNION ALL SELECT value FROM json_each(?2))
SELECT f.day, f.id, f.verdict FROM record
CROSS JOIN findings f INDEXED BY findings_by_about ON f.about = record.id
"""


_Checked = tuple[str | None, str, str]  #: day, id and verdict of a finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a speaker says, is said to be, and what the checks say of both."""

    by_day: tuple[tuple[date, Stance, int], ...]  #: statements, earliest first; those with a day
    by_stance: tuple[tuple[Stance, int], ...]  #: statements, the commonest stance first
    claims: tuple[FoundClaim, ...] = ()  #: offices given to the speaker, the newest first
    by_verdict: Mapping[Verdict, int]  #: how many findings, the worst verdict first
    findings: tuple[FoundFinding, ...] = ()  #: the worst first, of these the newest


def read_spoken(connection: Connection, speaker: str, claims: int, findings: int) -> Spoken:
    """Return what there is on the speaker with this key; at most so many claims and findings."""
    stances: Counter[Stance] = Counter()
    days: list[tuple[date, Stance, int]] = []
    for day, stance, number in run(connection, _COUNTS, speaker):
        stances[Stance(stance)] += number
        if at := as_day(day):
            days.append((at, Stance(stance), number))
    given = read_column(connection, _CLAIMS, speaker)
    checked = run(connection, _CHECKED, speaker, as_list(given)).fetchall()
    verdicts = Counter(Verdict(verdict) for _, _, verdict in checked)
    newest = (key for _, key, _ in _worst_first(checked))
    return Spoken(
        by_day=tuple(days),
        by_stance=tuple(stances.most_common()),
        claims=tuple(_read(connection, OFFICES, given[:claims])),
        by_verdict={each: verdicts[each] for each in WORST_FIRST},
        findings=tuple(_read(connection, FINDINGS, islice(newest, findings))),
    )


def _worst_first(checked: Iterable[_Checked]) -> list[_Checked]:
    """Return findings with a day, an id and a verdict, the worst first, of these the newest."""
    newest = sorted(checked, key=lambda each: (each[0] or "", each[1]), reverse=True)
    return sorted(newest, key=lambda each: WORST_FIRST.index(Verdict(each[2])))


def _read(connection: Connection, kind: Kind[Any], keys: Iterable[str]) -> Iterator[Any]:
    """Yield what a kind finds under these keys, in their order."""
    ordered = list(keys)
    found = read_found(connection, kind, ordered)
    return (found[each] for each in ordered if each in found)
