"""PLOVER's types, modes and scores, and the lexicon of acts that uses them."""

import pytest

from tocsin.extract.events.acts import load_acts, load_classes
from tocsin.lexicons.plover import (
    changed,
    modes_of,
    types,
    value_of,
)
from tocsin.models.reader import TYPES

ENTRIES = [e for heads in load_acts().values() for entries in heads.values() for e in entries]


def test_every_act_of_the_lexicon_has_a_type_and_mode_of_plover():
    assert len(ENTRIES) >= 1200
    for entry in ENTRIES:
        assert entry.type in types()
        assert entry.mode is None or entry.mode in modes_of(entry.type), entry.act


def test_every_class_that_an_act_asks_for_exists():
    fillers = {slot.filler for entry in ENTRIES for slot in entry.slots}
    assert {each[1:] for each in fillers if each.startswith("@")} <= load_classes().keys()


def test_plover_has_sixteen_types_with_their_scores():
    assert len(types()) == 16
    assert value_of("ASSAULT", "unconventional").score == -10
    assert value_of("AID", None).score == 10
    assert value_of("AID", None).quad == 2


@pytest.mark.parametrize(
    ("code", "change", "becomes"),
    [
        (("CONSULT", "visit"), "future", ("AGREE", None)),
        (("RETREAT", "withdraw"), "future", ("CONCEDE", None)),
        (("ACCUSE", None), "future", ("ACCUSE", None)),
        (("COERCE", "arrest"), "vowed", ("THREATEN", "arrest")),
        (("CONCEDE", None), "agreed", ("AGREE", None)),
        (("SANCTION", "expel"), "threatened", ("THREATEN", "expel")),
        (("CONSULT", None), "refused", ("REJECT", "meet")),
        (("AID", None), "requested", ("REQUEST", "assist")),
        (("AID", None), "stopped", ("SANCTION", "discontinue")),
        (("AID", None), None, ("AID", None)),
    ],
)
def test_changed_says_what_an_undone_act_becomes(code, change, becomes):
    assert changed(code, change) == becomes


def test_plover_has_the_types_that_the_network_reads():
    assert sorted(TYPES) == sorted(types())
