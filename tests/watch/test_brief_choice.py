"""What a brief has room for, chosen among deeds, statements and findings made by hand."""

from datetime import date

import pytest

from tocsin.lexicons.plover import types
from tocsin.store.situation import Deed, Doubt, Utterance
from tocsin.watch.brief.choice import (
    Material,
    alike_of,
    choose,
    choose_alarms,
    choose_main,
    find_courses,
    find_ties,
)
from tocsin.watch.brief.records import Scope

SCOPE = Scope(
    about=("PRK", "RUS", "UKR"),
    reader="USA",
    since=date(2024, 10, 1),
    until=date(2024, 10, 10),
)


def deed(key, actor="RUS", recipient="UKR", **others):
    values = {
        "type": "ASSAULT",
        "day": "2024-10-02",
        "told": "2024-10-03",
        "score": -9.0,
        "independent": 1,
        "contradicted": 0,
        "status": "asserted",
        "stands": 1,
        "confidence": 0.9,
    }
    return Deed(id=key, actor=actor, recipient=recipient, **values | others)


def utterance(key, speaker="person:tarn", country="RUS", stance="asserts", **others):
    values = {"text_id": f"text {key}", "day": "2024-10-02", "articles": 1, "beside": 1}
    values |= {"words": 9}
    return Utterance(id=key, speaker=speaker, country=country, stance=stance, **values | others)


def doubt(key, check="tenure", sentence="Nobody was.", about="claim", country="RUS", beside=0):
    return Doubt(key, check, sentence, about, country, beside)


def material(deeds=(), uttered=(), doubts=(), **others):
    values = {"before": (), "covered": {date(2024, 10, 3): 4}}
    return Material(deeds=deeds, uttered=uttered, doubts=doubts, **values | others)


def chosen(part, scope=SCOPE, allies=(), **given):
    return choose(scope, material(**given), allies)[part]


def of_many_types(number, **others):
    return [deed(f"{n:02}", type=each, **others) for n, each in enumerate(types()[:number])]


def test_choose_prefers_what_weighs_more():
    heavy = [deed("z", type="AID", score=8.0), deed("y", type="AGREE", score=1.0, independent=7)]
    many = of_many_types(12, score=-2.0)
    assert {"z", "y"} <= {*chosen("events", deeds=[*many, *heavy])}


def test_choose_gives_half_the_weight_to_what_does_not_stand():
    many = of_many_types(8, score=-5.0)
    rumour = deed("r", type="MOBILIZE", score=-9.0, stands=0)
    assert "r" not in chosen("events", deeds=[*many, rumour])


def test_choose_shows_two_of_one_type_between_the_same():
    deeds = [deed(str(n)) for n in range(5)] + [deed("other", type="AID", score=7.0)]
    assert [*chosen("events", deeds=deeds)] == ["0", "1", "other"]


def test_choose_shows_three_of_one_type():
    deeds = [deed(str(n), actor=actor) for n, actor in enumerate(("RUS", "PRK", "UKR", "FRA"))]
    assert len(chosen("events", deeds=deeds)) == 3


def test_choose_takes_deeds_of_others_last():
    own = of_many_types(8, score=-1.0)
    outside = deed("fra", actor="FRA", score=-9.0, independent=9)
    assert "fra" not in chosen("events", deeds=[outside, *own])
    assert "fra" in chosen("events", deeds=[outside])


def test_choose_counts_an_unknown_side_as_nobody_else():
    own = of_many_types(8, actor="FRA")
    assert "troops" in chosen("events", deeds=[*own, deed("troops", actor="PRK", recipient="")])


def test_choose_orders_main_events_by_day():
    deeds = [deed("late", day="2024-10-09", independent=5), deed("early", day="2024-10-01")]
    assert chosen("events", deeds=deeds) == ("early", "late")


@pytest.mark.parametrize("status", ["denied", "future"])
def test_choose_has_nothing_that_did_not_happen_among_main_events(status):
    assert chosen("events", deeds=[deed("a", status=status)]) == ()


def test_choose_keeps_plans_apart():
    assert chosen("plans", deeds=[deed("a", status="future"), deed("b")]) == ("a",)


def test_choose_shows_what_nobody_can_be_asked_about():
    deeds = [deed("rumour", stands=0), deed("denied", stands=0, contradicted=1), deed("told")]
    assert chosen("uncheckable", deeds=deeds) == ("rumour",)


def test_choose_shows_the_finding_behind_a_contradicted_event():
    doubts = [doubt("f", check="contradiction", about="a"), doubt("g", check="tenure", about="a")]
    assert chosen("contradicted", deeds=[deed("a", contradicted=1)], doubts=doubts) == ("f",)


def test_choose_tells_acts_of_the_reader_and_on_the_reader_apart():
    deeds = [deed("own", actor="USA"), deed("on", recipient="USA"), deed("other")]
    assert chosen("acts", deeds=deeds) == ("own",)
    assert chosen("against", deeds=deeds) == ("on",)


def test_choose_shows_conflict_with_allies_alone():
    deeds = [deed("hit", recipient="POL"), deed("help", recipient="POL", type="AID")]
    assert chosen("allies", allies={"POL"}, deeds=deeds) == ("hit",)
    assert chosen("allies", deeds=deeds) == ()


def test_choose_lets_each_speaker_speak_once_with_what_most_print():
    said = [utterance("a"), utterance("b", articles=5), utterance("c", speaker="person:other")]
    assert chosen("said", uttered=said) == ("b", "c")


def test_choose_shows_no_mere_words():
    assert chosen("said", uttered=[utterance("a", words=4), utterance("b", articles=0)]) == ("b",)


def test_choose_gives_less_weight_to_what_nobody_did_and_what_is_inside():
    many = of_many_types(8, score=-5.0)
    light = [deed("x", actor="", score=-9.0), deed("y", recipient="RUS", score=-9.0)]
    assert not {"x", "y"} & {*chosen("events", deeds=[*many, *light])}


def test_choose_gives_less_weight_to_what_is_not_sure():
    many = of_many_types(8, score=-5.0)
    assert "x" not in chosen("events", deeds=[*many, deed("x", confidence=0.4)])


def test_choose_shows_two_holders_of_one_office_as_contradicted():
    doubts = [doubt("f", check="contradiction", about="RUS:foreign")]
    assert chosen("contradicted", doubts=doubts) == ("f",)


def test_choose_keeps_warnings_apart_from_what_is_said():
    said = [utterance("w", stance="warns"), utterance("s")]
    assert (chosen("said", uttered=said), chosen("warnings", uttered=said)) == (("s",), ("w",))


def test_choose_shows_officials_of_the_reader_only_beside_deeds():
    said = [utterance("a", country="USA"), utterance("b", country="USA", beside=0, speaker="x")]
    assert chosen("officials", uttered=said) == ("a",)


def test_alike_counts_findings_that_say_the_same():
    doubts = [doubt("a"), doubt("b"), doubt("c", sentence="Another."), doubt("d", country="FRA")]
    assert alike_of(SCOPE, doubts) == {"a": 2, "c": 1}


def test_only_keeps_what_is_new_and_old_events_that_are_doubted_now():
    kept = material(
        deeds=(deed("old"), deed("new"), deed("doubted")),
        uttered=(utterance("a"), utterance("b")),
        doubts=(doubt("f", about="doubted"), doubt("g", about="old")),
    ).only({"new", "f", "text b"})
    assert [each.id for each in kept.deeds] == ["new", "doubted"]
    assert [each.id for each in kept.uttered] == ["b"]
    assert [each.id for each in kept.doubts] == ["f"]


def test_courses_count_deeds_on_the_day_they_were_told():
    deeds = (deed("a"), deed("b", stands=0), deed("c", type="AID"), deed("d", told="2024-10-05"))
    (course,) = find_courses(SCOPE, material(deeds=deeds))
    assert (course.actor, course.recipient) == ("RUS", "UKR")
    assert course.reports == (0, 0, 2, 0, 1, 0, 0, 0, 0, 0)
    assert course.standing == (0, 0, 1, 0, 1, 0, 0, 0, 0, 0)
    assert course.covered == (False, False, True, *[False] * 7)


def test_courses_begin_with_the_pair_that_an_alarm_rings_for(alarm):
    deeds = (deed("a"), deed("b"), deed("c", actor="UKR", recipient="RUS"))
    ringing = material(deeds=deeds, alarms=(alarm("UKR", "RUS"),))
    assert [each.actor for each in find_courses(SCOPE, ringing)] == ["UKR", "RUS"]


def test_ties_sum_up_pairs():
    deeds = [deed("a"), deed("b", type="AID", score=7.0), deed("c", recipient="RUS")]
    deeds += [deed("d", actor="IGO"), deed("e", actor="")]
    (tie,) = find_ties(SCOPE, deeds)
    assert (tie.events, tie.conflict, tie.score) == (2, 1, -1.0)


def test_alarms_between_others_are_left_out_and_ringing_ones_come_first(alarm):
    ended = alarm("RUS", "UKR", until=date(2024, 10, 5))
    alarms = [ended, alarm("RUS", "FRA"), alarm("PRK", "USA", rings="unconfirmed")]
    assert [each.actor for each in choose_alarms(SCOPE, alarms)] == ["PRK", "RUS"]


def test_main_deeds_are_the_heaviest_of_anybody_that_happened():
    deeds = [
        deed("words", score=-2.0, type="ACCUSE"),
        deed("war"),
        deed("plan", status="future", score=-10.0),
        deed("aid", "FRA", "TCD", type="AID", score=7.0, independent=3),
        deed("rumour", "FRA", "TCD", stands=0),
    ]
    assert choose_main(deeds) == ("aid", "war", "rumour", "words")


def test_main_deeds_are_few_of_one_kind():
    deeds = [deed(f"war {number}", independent=9) for number in range(5)]
    assert choose_main([*deeds, deed("aid", type="AID")]) == ("war 0", "war 1", "aid")
    assert len(choose_main(deeds, most=1)) == 1
