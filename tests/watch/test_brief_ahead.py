"""Outlook and past of the pairs that a brief shows, on relations made by hand."""

import numpy as np

from tocsin.watch.brief.ahead import look_both_ways
from tocsin.watch.relations import Relations

PARTIES = ("NER", "TCD", *(f"X{n:02}" for n in range(60)))


def relations(days=200):
    """Return daily acts of Chad against Niger, and of each other party against the next."""
    numbers = np.arange(len(PARTIES))
    actors = np.tile(numbers, days)
    return Relations(
        parties=PARTIES,
        span=range(1, days + 1),
        exposure=np.ones(days),
        days=np.repeat(np.arange(1, days + 1), len(PARTIES)),
        actors=actors,
        recipients=(actors + 1) % len(PARTIES),
        types=np.zeros(len(actors), dtype=np.int64),
        quads=np.full(len(actors), 4),
        scores=np.full(len(actors), -9.0),
        stands=np.ones(len(actors), dtype=np.bool_),
        event=lambda row: {"id": str(row)},
    )


def test_look_both_ways_tells_of_each_pair_and_compares_the_first():
    pairs = [("NER", "TCD"), ("X58", "X59")]
    outlooks, past = look_both_ways(relations(), pairs, ("X58", "X59"))
    assert [(each.actor, each.recipient) for each in outlooks] == pairs
    assert outlooks[0].chances[3].long_run > 0.9
    assert (past.actor, past.recipient) == ("NER", "TCD")


def test_look_both_ways_knows_those_concerned_however_quiet_they_are():
    outlooks, _ = look_both_ways(relations(), [("X58", "X59")], ("X58", "X59"))
    assert outlooks[0].acts == 200


def test_look_both_ways_is_silent_on_parties_of_which_nothing_is_told():
    assert look_both_ways(relations(), [("NER", "FRA")], ()) == ((), None)


def test_some_of_the_acts_are_told_as_they_were():
    some = relations().only(np.arange(200 * len(PARTIES)) % 5 == 3)
    assert some.event(2) == {"id": "13"}
    assert some.parties_of(int(some.pairs[2])) == (PARTIES[13], PARTIES[14])
