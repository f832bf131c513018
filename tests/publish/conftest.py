"""Reports to publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.made import Draft
from tocsin.records import Manner, Naming, Stance, Status, Verdict


def _make(text: str, *, published: date | None = None, **others: Any) -> Draft:
    """Make the draft of an article of people without a country; `others` is said of the article."""
    return Draft(text=text, published=published, country=None, others=others)


@pytest.fixture
def builder() -> Callable[..., Draft]:
    """Make an empty draft of a text."""
    return _make


@pytest.fixture
def harbour() -> Draft:
    """An article with one of everything: three speakers, two events, three findings."""
    text = (
        "Arland's navy shelled the port of Brinn on Monday, Reuters reported.\n\n"
        "“We fired no shot,” said Arland's Defence Minister Otto Brandt. "
        "President Mara Lind denied that Brinn had asked for talks.\n\n"
        "Officials in Brinn said the port could reopen on Friday."
    )
    made = _make(text, title="Port shelled", published=date(2025, 3, 4), published_from="dateline")
    brandt = made.actor("Otto Brandt", office="Arland's Defence Minister")
    lind = made.actor("Mara Lind", office="President")
    officials = made.actor("officials in Brinn", "Officials in Brinn")
    said = made.state(brandt, "“We fired no shot,”", cue=made.at("said"), manner=Manner.DIRECT)
    made.state(lind, "that Brinn had asked for talks", cue=made.at("denied"), stance=Stance.DENIES)
    made.state(
        officials,
        "the port could reopen on Friday",
        cue=made.at("said", "Officials"),
        naming=Naming.COLLECTIVE,
    )
    navy, port = made.actor("Arland", "Arland's navy"), made.actor("Brinn", "the port of Brinn")
    made.happen(
        "the port could reopen on Friday", "reopen", status=Status.HYPOTHETICAL, type="CONCEDE"
    )
    made.happen("We fired no shot", "fired", status=Status.NEGATED, asserted_by=said.id)
    made.happen(
        "Arland's navy shelled the port of Brinn",
        "shelled",
        actors=(navy,),
        recipients=(port,),
        status=Status.REPORTED,
    )
    minister = made.claim(
        "Arland's Defence Minister Otto Brandt", "Arland's Defence Minister", "Otto Brandt"
    )
    president = made.claim("President Mara Lind", "President", "Mara Lind")
    held = "Mara Lind was President of Arland on 4 March 2025."
    made.find(president, Verdict.HOLDS, sentence=held)
    made.find(None, Verdict.NO_RECORD, sentence="The reference lists no officials in Brinn.")
    other = "Jon Falk, not Otto Brandt, was Defence Minister that day."
    made.find(minister, Verdict.CONTRADICTED, sentence=other)
    return made
