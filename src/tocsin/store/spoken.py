"""Spoken: one speaker's part of the store, when and how, and the offices given to this one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tocsin.records import Stance
from tocsin.store.tables import Connection, as_day, run

#: The office claims about a speaker: those with the name, in texts in which this one speaks.  The
#: join is told its order: a common name stands in more claims than one speaker has statements.
CLAIMS = """
SELECT DISTINCT {} FROM statements s CROSS JOIN office_claims o INDEXED BY office_claims_by_text
  ON o.text_id = s.text_id AND o.name = s.speaker
WHERE s.speaker_key = ?
"""

_COUNTS = """
SELECT day, stance, count(*) FROM statements INDEXED BY statements_by_speaker
WHERE speaker_key = ? GROUP BY day, stance
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How many statements a speaker has."""

    by_day: tuple[tuple[date, Stance, int], ...]  #: earliest first; without those of no day
    by_stance: tuple[tuple[Stance, int], ...]  #: the commonest first


def read_spoken(connection: Connection, speaker: str) -> Spoken:
    """Return when and how the speaker with this key speaks."""
    stances: Counter[Stance] = Counter()
    days: list[tuple[date, Stance, int]] = []
    for day, stance, number in run(connection, _COUNTS, speaker):
        stances[Stance(stance)] += number
        if at := as_day(day):
            days.append((at, Stance(stance), number))
    return Spoken(by_day=tuple(days), by_stance=tuple(stances.most_common()))
