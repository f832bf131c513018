"""Reports made by hand, with the keys that the real ones have."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.drafts import Draft, make_event
from tocsin.records import DateWords, Manner, Place, Stance, Verdict

__all__ = ["KISHAN", "Draft", "make_event", "selin"]

KISHAN = """\
SELIN, March 4 - Defence Minister Arda Kishan said on Tuesday that two patrol boats had shelled \
the port of Selin. "We will answer this attack with all that we have on land and at sea," \
he said.
The Vardan embassy denied the attack."""


def selin(text: str = KISHAN, **others: Any) -> Draft:
    draft = Draft(text=text, **others)
    minister = draft.actor("Arda Kishan", office="Defence Minister")
    said = draft.state(minister, "two patrol boats had shelled the port of Selin")
    words = '"We will answer this attack with all that we have on land and at sea,"'
    draft.state(minister, words, manner=Manner.DIRECT, stance=Stance.PLEDGES)
    draft.state(draft.actor("Vardan embassy", kind="body", country="VRD"), "the attack")
    draft.happen(
        "two patrol boats had shelled the port of Selin",
        "shelled",
        asserted_by=said.id,
        date=DateWords(
            words=draft.at("Tuesday"), earliest=date(2025, 3, 4), latest=date(2025, 3, 4)
        ),
        place=Place(words=draft.at("Selin"), name="Selin", country="KSH"),
    )
    claim = draft.claim(
        "Defence Minister Arda Kishan", "Defence Minister", "Arda Kishan", "KSH:def"
    )
    draft.find(claim, Verdict.NO_RECORD)
    return draft
