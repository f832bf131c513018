"""Ties of pairs, who moves, and triangles that tip, on acts made by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from tocsin.cli.between import PERIODS as OFFERED
from tocsin.lexicons.plover import types, value_of
from tocsin.lexicons.tables import read_rows
from tocsin.watch.blocs import FEWEST_DAYS, PERIODS, find_blocs
from tocsin.watch.relations import Relations

FIRST = date(2021, 1, 1)
JANUARY, FEBRUARY, MARCH = (date(2021, month, 1) for month in (1, 2, 3))


def relations_of(acts, days=120, stands=True):
    """Return the relations that (day of the span, actor, type, recipient) make."""
    acts = sorted(acts)
    parties = tuple(sorted({each[side] for each in acts for side in (1, 3)}))
    values = [value_of(each[2], None) for each in acts]
    span = range(FIRST.toordinal(), FIRST.toordinal() + days)
    return Relations(
        parties=parties,
        span=span,
        exposure=np.ones(days),
        days=np.array([span[each[0]] for each in acts], dtype=np.int64),
        actors=np.array([parties.index(each[1]) for each in acts], dtype=np.int64),
        recipients=np.array([parties.index(each[3]) for each in acts], dtype=np.int64),
        types=np.array([types().index(each[2]) for each in acts], dtype=np.int64),
        quads=np.array([each.quad for each in values], dtype=np.int64),
        scores=np.array([each.score for each in values]),
        stands=np.full(len(acts), stands),
        event=lambda row: {"day": FIRST + timedelta(days=acts[row][0]), "type": acts[row][2]},
    )


def each_day(first, last, actor, type, recipient):
    return [(day, actor, type, recipient) for day in range(first, last)]


def ties_of(acts, **others):
    return find_blocs(relations_of(acts, **others)).ties


# --------------------------------------------------------------------------- ties


def test_those_who_help_each_other_are_friends_and_those_who_fight_are_foes():
    acts = each_day(0, 10, "FRA", "AID", "MLI") + each_day(0, 10, "TCD", "ASSAULT", "NER")
    friends, foes = ties_of(acts)
    assert (friends.parties, friends.sign) == (("FRA", "MLI"), 1)
    assert (foes.parties, foes.sign) == (("NER", "TCD"), -1)
    assert friends.low > 0 > foes.high
    assert -1 < foes.net < -0.8


def test_tie_is_what_both_sides_do():
    [tie] = ties_of(each_day(0, 5, "TCD", "AID", "NER") + each_day(5, 10, "NER", "ASSAULT", "TCD"))
    assert (tie.parties, tie.events, tie.days, tie.sign) == (("NER", "TCD"), 10, 10, 0)


def test_talk_is_no_tie():
    acts = each_day(0, 5, "TCD", "ASSAULT", "NER")
    talks = each_day(0, 25, "TCD", "CONSULT", "NER") + each_day(0, 25, "NER", "AGREE", "TCD")
    assert [(tie.net, tie.sign) for tie in ties_of(acts + talks)] == [
        (tie.net, tie.sign) for tie in ties_of(acts)
    ]


def test_every_type_is_said_to_count_or_not():
    rows = {
        type_: counts
        for type_, counts, _ in read_rows("watch/data/ties.tsv", "type counts because")
    }
    assert {*rows} == {*types()}
    assert {*rows.values()} == {"yes", "no"}


def test_few_days_make_no_tie():
    acts = each_day(0, FEWEST_DAYS - 1, "TCD", "ASSAULT", "NER")
    assert ties_of(acts * 9) == ()


def test_acts_of_one_day_are_one_story():
    spread, heaped = each_day(0, 9, "TCD", "ACCUSE", "NER"), [(0, "TCD", "ACCUSE", "NER")] * 7
    [apart] = ties_of(spread)
    [together] = ties_of(heaped + each_day(1, 3, "TCD", "ACCUSE", "NER"))
    assert apart.events == together.events
    assert together.high - together.low > apart.high - apart.low


def test_rumours_make_no_foes():
    assert ties_of(each_day(0, 10, "TCD", "ASSAULT", "NER"), stands=False) == ()


@pytest.mark.parametrize(("actor", "recipient"), [("TCD", "TCD"), ("IGO", "TCD"), ("TCD", "NGO")])
def test_what_is_no_pair_has_no_tie(actor, recipient):
    acts = each_day(0, 10, actor, "ASSAULT", recipient) + each_day(0, 1, "FRA", "AID", "MLI")
    assert ties_of(acts) == ()


def test_bodies_that_are_one_have_ties():
    [tie] = ties_of(each_day(0, 10, "EUR", "SANCTION", "BLR"))
    assert tie.parties == ("BLR", "EUR")


def test_treaties_stand_beside_a_tie():
    [tie] = ties_of(each_day(0, 10, "TUR", "THREATEN", "GRC"))
    assert [treaty.name for treaty in tie.treaties] == ["NATO"]
    assert tie.sign == -1


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("week", [date(2020, 12, 28), date(2021, 1, 4), date(2021, 1, 11)]),
        ("month", [JANUARY, FEBRUARY, MARCH]),
        ("quarter", [JANUARY, date(2021, 4, 1)]),
        ("year", [JANUARY]),
    ],
)
def test_periods_begin_where_calendars_have_them_begin(by, periods):
    blocs = find_blocs(relations_of(each_day(0, 120, "FRA", "AID", "MLI")), by)
    assert [*blocs.periods][:3] == periods if len(periods) > 2 else [*blocs.periods] == periods


def test_command_offers_all_periods():
    assert list(OFFERED) == list(PERIODS)


def test_no_acts_make_no_ties():
    assert ties_of(each_day(0, 10, "TCD", "CONSULT", "NER")) == ()


# --------------------------------------------------------------------------- moves


def test_pair_that_turns_from_aid_to_war_moves_apart():
    acts = each_day(0, 31, "TCD", "AID", "NER") + each_day(31, 59, "TCD", "ASSAULT", "NER")
    [move] = find_blocs(relations_of(acts)).moves
    assert (move.parties, move.period) == (("NER", "TCD"), FEBRUARY)
    assert move.change == pytest.approx(move.after - move.before, abs=0.002)
    assert move.low <= move.change <= move.high < 0
    assert move.course == (move.before, move.after, None, None)
    assert {event["type"] for event in move.events} == {"ASSAULT"}
    assert FEBRUARY <= move.events[0]["day"] < MARCH


def test_pair_of_few_acts_is_not_said_to_move():
    acts = each_day(0, 3, "TCD", "ACCUSE", "NER") + each_day(31, 34, "TCD", "SUPPORT", "NER")
    blocs = find_blocs(relations_of(acts))
    assert (blocs.compared, blocs.moves) == (1, ())


def test_periods_that_are_apart_are_not_compared():
    acts = each_day(0, 31, "TCD", "AID", "NER") + each_day(59, 90, "TCD", "ASSAULT", "NER")
    assert find_blocs(relations_of(acts)).compared == 0


def test_pairs_that_do_not_change_seldom_move():
    """Two hundred pairs with the same mixture of acts in two months."""
    random = np.random.default_rng(7)
    acts = [
        (int(day), f"A{pair:03}", ("SUPPORT", "ACCUSE", "COERCE")[random.integers(3)], "XXX")
        for pair in range(200)
        for day in random.integers(0, 59, 24)
    ]
    blocs = find_blocs(relations_of(acts))
    assert blocs.compared == 200
    assert blocs.expected_false == pytest.approx(2)
    assert len(blocs.moves) <= 6


def test_blocs_are_the_same_each_time():
    acts = each_day(0, 31, "TCD", "AID", "NER") + each_day(31, 59, "NER", "ACCUSE", "TCD")
    assert find_blocs(relations_of(acts)) == find_blocs(relations_of(acts))


# --------------------------------------------------------------------------- triangles


def test_triangle_tips_where_one_side_turns():
    acts = [
        *each_day(0, 59, "RUS", "ASSAULT", "UKR"),
        *each_day(0, 59, "USA", "AID", "UKR"),
        *each_day(0, 31, "USA", "SUPPORT", "RUS"),
        *each_day(31, 59, "USA", "SANCTION", "RUS"),
    ]
    [triangle] = find_blocs(relations_of(acts)).triangles
    assert (triangle.parties, triangle.period) == (("RUS", "UKR", "USA"), FEBRUARY)
    assert triangle.balanced
    assert (triangle.before, triangle.after) == ((-1, 1, 1), (-1, -1, 1))


def test_triangle_in_which_two_sides_turn_does_not_tip():
    acts = [
        *each_day(0, 59, "AAA", "AID", "BBB"),
        *each_day(0, 31, "AAA", "ASSAULT", "CCC"),
        *each_day(0, 31, "BBB", "ASSAULT", "CCC"),
        *each_day(31, 59, "AAA", "AID", "CCC"),
        *each_day(31, 59, "BBB", "AID", "CCC"),
    ]
    assert find_blocs(relations_of(acts)).triangles == ()


def test_sign_holds_while_no_period_shows_another():
    """The side that turns is silent in February."""
    acts = [
        *each_day(0, 90, "AAA", "AID", "BBB"),
        *each_day(0, 90, "BBB", "AID", "CCC"),
        *each_day(0, 31, "AAA", "AID", "CCC"),
        *each_day(59, 90, "AAA", "ASSAULT", "CCC"),
    ]
    [triangle] = find_blocs(relations_of(acts)).triangles
    assert (triangle.period, triangle.balanced) == (MARCH, False)


def test_sign_is_forgotten_after_a_year():
    acts = [
        *each_day(0, 460, "AAA", "AID", "BBB"),
        *each_day(0, 460, "BBB", "AID", "CCC"),
        *each_day(0, 31, "AAA", "AID", "CCC"),
        *each_day(430, 460, "AAA", "ASSAULT", "CCC"),
    ]
    assert find_blocs(relations_of(acts, days=460)).triangles == ()


def test_blocs_concerning_a_party_are_those_with_it():
    acts = each_day(0, 10, "FRA", "AID", "MLI") + each_day(0, 10, "TCD", "ASSAULT", "NER")
    blocs = find_blocs(relations_of(acts), about=["NER"])
    assert [tie.parties for tie in blocs.ties] == [("NER", "TCD")]
