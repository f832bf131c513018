"""Events: who did what to whom, in PLOVER's terms, with a status that says how sure the wording is.

The network reads which words tell an act, of which type, with which parties (`tocsin.models.acts`);
`told` puts its mentions together, `sides` says who the parties are, `act_dates` and `act_status`
when it was and how sure that is, and `event_records` writes it down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.extract.events.event_records import event_of
from tocsin.extract.events.told import read_article
from tocsin.extract.mentions.resolution import Scene
from tocsin.models.acts import ActReader
from tocsin.models.reading import Reading
from tocsin.records import Event, Statement


def find_events(
    reading: Reading, scene: Scene, statements: Sequence[Statement], acts: ActReader
) -> Iterator[Event]:
    """Yield the events that an article tells, in the order of their words.

    Args:
        reading: the article as the models read it.
        scene: its people, names and places, with its day.
        statements: what is said by whom; acts in their content are theirs.
        acts: the network's heads for acts.
    """
    found = read_article(reading, scene, statements, acts)
    for act in found.told:
        yield event_of(act, found)
