from itertools import permutations

import pytest

from tests.together.conftest import actor
from tocsin.records import CopyMatch, Passage, Status
from tocsin.together.events.voices import count_independent

ORSAN = actor("Petra Orsan", "KSH", "person")


def count(tellings, copies=None, owners=None, agencies=None, unnamed=()):
    return count_independent(
        tellings,
        copies=copies or {},
        owners=owners or {},
        agencies=agencies or {},
        unnamed=unnamed,
    )


def count_unnamed(telling, *speakers):
    """Count voices of one telling for each speaker, none of whom has a name."""
    tellings = [telling(f"t{n}", speaker=each) for n, each in enumerate(speakers)]
    return count(tellings, unnamed={each.event.id for each in tellings})


def test_count_independent_counts_reports_of_their_own(telling):
    assert count([telling("t1"), telling("t2"), telling("t3")]).independent == 3


def test_count_independent_takes_five_copies_for_one(telling):
    voices = count([telling(f"t{n}", family="f") for n in range(5)])
    assert voices.independent == 1
    assert voices.because == ("4 from a copy of another's text",)


def test_count_independent_takes_outlets_of_one_owner_for_one(telling):
    owners = {"t1": frozenset({"Reach"}), "t2": frozenset({"Reach"}), "t3": frozenset({"BBC"})}
    voices = count([telling("t1"), telling("t2"), telling("t3")], owners=owners)
    assert voices.numbers == (1, 1, 2)


def test_count_independent_takes_one_speaker_for_one(telling):
    again = actor("Orsan", "KSH", "person")
    voices = count([telling("t1", speaker=ORSAN), telling("t2", speaker=again)])
    assert voices.independent == 1
    assert "in the words of Orsan again" in voices.because[0]


def test_count_independent_counts_no_voice_for_what_is_reportedly_so(telling):
    vague, plain = telling("t1", asserted_by="s1"), telling("t2", speaker=ORSAN, asserted_by="s2")
    voices = count([vague, plain, telling("t3", asserted_by="s3"), telling("t4")])
    assert voices.numbers == (1, 1, 1, 2)
    assert voices.because == ("2 on nobody's word",)


def test_count_independent_takes_no_plan_for_what_is_reportedly_so(telling):
    plan = telling("t0", speaker=ORSAN, asserted_by="s0", status=Status.FUTURE)
    vague = telling("t2", asserted_by="s2")
    assert count([plan, telling("t1"), vague]).numbers == (1, 2, 2)


def test_count_independent_counts_one_voice_where_all_is_reportedly_so(telling):
    voices = count([telling("t1", asserted_by="s1"), telling("t2", asserted_by="s2")])
    assert voices.independent == 1


def test_count_independent_keeps_unnamed_crowds_apart(telling):
    crowd = actor("witnesses", "KSH", "collective")
    assert count([telling("t1", speaker=crowd), telling("t2", speaker=crowd)]).independent == 2


def test_count_independent_takes_two_without_a_name_who_are_called_alike_for_one(telling):
    navy = actor("navy officer with knowledge of the order", None, "person")
    naval = actor("Kishan naval officer", "KSH", "person")
    voices = count_unnamed(telling, navy, naval)
    assert voices.independent == 1
    assert voices.because == ("1 in the words of an unnamed officer, who may be the same",)


def test_count_independent_keeps_the_unnamed_of_two_countries_apart(telling):
    ours, theirs = actor("naval officer", "KSH", "person"), actor("army officer", "VRD", "person")
    assert count_unnamed(telling, ours, theirs).independent == 2


@pytest.mark.parametrize("order", list(permutations(("official", "KSH official", "VRD official"))))
def test_count_independent_ties_two_countries_by_nobody_of_either(telling, order):
    """Whoever is of no country may be of either, which does not make the two one."""
    speakers = [actor(each, {"K": "KSH", "V": "VRD"}.get(each[0]), "person") for each in order]
    assert count_unnamed(telling, *speakers).independent == 2


def test_count_independent_keeps_the_unnamed_apart_who_are_called_differently(telling):
    officer, nurse = actor("navy officer", None, "person"), actor("navy nurse", None, "person")
    assert count_unnamed(telling, officer, nurse).independent == 2


def test_count_independent_keeps_named_people_apart_who_are_called_alike(telling):
    others = actor("Mara Orsan", "KSH", "person")
    assert count([telling("t1", speaker=ORSAN), telling("t2", speaker=others)]).independent == 2


def test_count_independent_follows_an_agency_into_the_outlet_that_cites_it(telling):
    wire, paper = telling("t1"), telling("t2")
    voices = count(
        [wire, paper],
        owners={"t1": frozenset({"Thomson Reuters"}), "t2": frozenset({"BBC"})},
        agencies={paper.event.id: frozenset({"Thomson Reuters"})},
    )
    assert voices.independent == 1


def shared_passage(first, last):
    span = (first, last)
    return CopyMatch(
        kind="passage", similarity=0.3, passages=(Passage(one=span, other=span),), sentence=""
    )


def test_count_independent_joins_what_a_shared_passage_tells(telling):
    copies = {("t1", "t2"): shared_passage(0, 200)}
    assert count([telling("t1"), telling("t2")], copies).independent == 1


def test_count_independent_leaves_what_stands_outside_the_passage(telling):
    copies = {("t1", "t2"): shared_passage(0, 200)}
    assert count([telling("t1", at=500), telling("t2", at=500)], copies).independent == 2


def test_count_independent_counts_only_who_tells_that_it_happened(telling):
    statuses = (Status.REPORTED, Status.DENIED, Status.FUTURE, Status.HISTORICAL)
    tellings = [telling(f"t{n}", status=status) for n, status in enumerate(statuses)]
    assert count(tellings).independent == 1


def test_count_independent_does_not_join_reports_by_the_denial_that_both_give(telling):
    denier = actor("Boris Vard", "VRD", "person")
    tellings = [
        each
        for text in ("t1", "t2")
        for each in (telling(text), telling(text, status=Status.DENIED, speaker=denier))
    ]
    assert count(tellings).independent == 2


def test_count_independent_gives_a_denial_the_voice_of_its_text(telling):
    tellings = [
        telling("t1"),
        telling("t1", status=Status.DENIED),
        telling("t2", status=Status.DENIED),
    ]
    assert count(tellings).numbers == (1, 1, 2)
