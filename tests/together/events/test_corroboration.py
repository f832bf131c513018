import random
from datetime import date

import pytest

from tests.together.conftest import actor, count, place
from tocsin.records import Status
from tocsin.together.events.corroboration import block_of, group_tellings

TUESDAY = date(2025, 3, 4)
WEDNESDAY = date(2025, 3, 5)
SELIN = place("Selin", "KSH", latitude=44.0, longitude=30.0)
TARNA = place("Tarna", "KSH", latitude=47.0, longitude=33.0)


def sizes(groups):
    return sorted(len(group.tellings) for group in groups)


def test_block_of_names_type_actors_and_last_day(telling):
    event = telling(day=(TUESDAY, WEDNESDAY)).event
    assert block_of(event, date(2025, 3, 9)) == "ASSAULT|VRD|2025-03-05"


def test_block_of_takes_the_day_of_publication_where_the_words_name_none(telling):
    assert block_of(telling().event, WEDNESDAY) == "ASSAULT|VRD|2025-03-05"


def test_block_of_leaves_out_what_acts_without_saying_who_does(telling):
    event = telling(actors=(actor("A drone", None, "office"),), day=TUESDAY).event
    assert block_of(event, None) == "ASSAULT||2025-03-04"


@pytest.mark.parametrize("name", ["Gunmen", "armed men", "the attackers"])
def test_block_of_leaves_out_people_of_whom_nobody_knows_who_they_are(telling, name):
    event = telling(actors=(actor(name, None, "collective"),), day=TUESDAY).event
    assert block_of(event, None) == "ASSAULT||2025-03-04"


@pytest.mark.parametrize(("town", "reports"), [("Tarnova", [3]), ("Orsk", [1, 2])])
def test_group_tellings_joins_a_kidnapping_in_a_town_that_no_list_has(telling, town, reports):
    def told(text, words, by, where):
        armed = {"gunmen": "UAF", "militants": "REB"}
        return telling(
            text,
            words,
            day=TUESDAY,
            mode="abduct",
            actors=tuple(actor(who, None, "collective", sector=armed[who]) for who in by),
            recipients=(actor("teacher", None, "person"),),
            place=place(where, None),
        )

    one = told("t1", "Gunmen kidnapped a teacher in Tarnova on Tuesday", ["gunmen"], "Tarnova")
    two = told("t2", f"militants took a teacher hostage in {town}", ["militants"], town)
    three = told("t3", "A teacher has been abducted in Tarnova", [], "Tarnova")
    assert sizes(group_tellings([one, two, three])) == reports


def test_group_tellings_keeps_towns_apart_of_which_one_name_begins_the_other(telling):
    towns = [("Pokrov", 47.65, 34.1), ("Pokrovsk", 48.28, 37.18)]
    told = [
        telling(
            f"t{n}", f"shelling killed two in {name}", day=TUESDAY, place=place(name, "UKR", **at)
        )
        for n, (name, *spot) in enumerate(towns)
        for at in [dict(zip(("latitude", "longitude"), spot, strict=True))]
    ]
    assert sizes(group_tellings(told)) == [1, 1]


@pytest.mark.parametrize("people", ["At least 12 people", "Twelve people"])
def test_group_tellings_takes_no_first_word_for_the_name_of_a_victim(telling, people):
    common = {"day": TUESDAY, "place": SELIN, "counts": (count(12),)}
    said = [
        telling(
            "t1", "the raid", recipients=(actor("twelve people", None, "collective"),), **common
        )
    ]
    said += [telling("t2", "a raid", recipients=(actor(people, None, "collective"),), **common)]
    assert sizes(group_tellings(said)) == [2]


def test_group_tellings_keeps_the_people_of_two_towns_apart(telling):
    common = {"day": TUESDAY, "counts": (count(12),)}
    said = [
        telling(name, "the raid", recipients=(actor(name, None, "collective"),), **common)
        for name in ("Kharkiv residents", "Odesa residents")
    ]
    assert sizes(group_tellings(said)) == [1, 1]


def test_group_tellings_joins_two_of_one_day_that_agree_in_the_victim(telling):
    groups = group_tellings(
        [telling("t1", day=TUESDAY), telling("t2", "the shelling", day=TUESDAY)]
    )
    assert sizes(groups) == [2]


@pytest.mark.parametrize(
    "other",
    [
        {"day": WEDNESDAY},
        {"recipients": (actor("Orsa", "ORS"),)},
        {"place": TARNA},
        {"counts": (count(40),)},
        {"mode": "abduct"},
        {"actors": (actor("Vardan rebels", "VRD", "group", sector="REB"),)},
    ],
    ids=["day", "victim", "place", "number", "mode", "actor"],
)
def test_group_tellings_never_joins_what_contradicts(telling, other):
    common = {"day": TUESDAY, "place": SELIN, "counts": (count(3),), "mode": "torture"}
    one = telling("t1", "guards tortured prisoners at Selin", **common)
    if "place" not in other:
        common.pop("place")
    two = telling("t2", "men were hurt there by the army", **(common | other))
    assert sizes(group_tellings([one, two])) == [1, 1]


@pytest.mark.parametrize("other", ["Tarna", "the port city of Tarna", "North Tarna"])
def test_group_tellings_keeps_attacks_on_two_towns_of_one_country_apart(telling, other):
    one = telling("t1", day=TUESDAY, recipients=(actor("Selin", "UKR"),))
    two = telling("t2", "the shelling", day=TUESDAY, recipients=(actor(other, "UKR"),))
    assert sizes(group_tellings([one, two])) == [1, 1]


@pytest.mark.parametrize(
    ("town", "reports"), [("Odesa", [2]), ("the port of Odesa", [2]), ("Kharkiv", [1, 1])]
)
def test_group_tellings_joins_attacks_on_one_town(telling, town, reports):
    one = telling(
        "t1",
        "On Tuesday Vardan attacked Odesa",
        day=TUESDAY,
        recipients=(actor("Odesa", "UKR"),),
        trigger=(18, 26),
    )
    two = telling(
        "t2",
        f"Vardan attacked {town} with missiles on Tuesday",
        day=TUESDAY,
        recipients=(actor(town, "UKR"),),
        trigger=(7, 15),
    )
    assert sizes(group_tellings([one, two])) == reports


@pytest.mark.parametrize("other", ["Ukraine", "Ukrainian troops", "the city of Selin"])
def test_group_tellings_lets_the_name_of_a_state_agree_with_its_towns(telling, other):
    one = telling("t1", day=TUESDAY, recipients=(actor("Selin", "UKR"),))
    two = telling("t2", "the shelling", day=TUESDAY, recipients=(actor(other, "UKR"),))
    assert sizes(group_tellings([one, two])) == [2]


@pytest.mark.parametrize(
    ("told", "sizes_of_groups"),
    [
        ("On Tuesday Vardan bombed Ukraine's largest refinery", [1, 1]),
        ("a hospital in Ukraine was bombed by Vardan", [1, 1]),
        ("Vardan bombed the oil depot that feeds Ukraine's army", [2]),
    ],
)
def test_group_tellings_needs_something_that_few_acts_of_a_day_share(
    telling, told, sizes_of_groups
):
    depot = "Vardan bombed an oil depot in Ukraine"
    common = {"mode": "aerial", "recipients": (actor("Ukraine", "UKR"),)}
    one = telling("t1", depot, day=TUESDAY, **common, trigger=(7, 13))
    at = told.index("bombed")
    two = telling("t2", told, day=TUESDAY, **common, trigger=(at, at + 6))
    assert sizes(group_tellings([one, two])) == sizes_of_groups


def test_group_tellings_joins_other_numbers_where_day_and_town_are_one(telling):
    one = telling("t1", day=TUESDAY, place=SELIN, counts=(count(3),))
    two = telling("t2", "five died there", day=TUESDAY, place=SELIN, counts=(count(5),))
    assert sizes(group_tellings([one, two])) == [2]


def test_group_tellings_finds_the_day_for_a_telling_without_one(telling):
    dated = telling("t1", day=TUESDAY, place=SELIN)
    undated = telling("t2", "an attack on Selin port", place=SELIN, published=WEDNESDAY)
    assert sizes(group_tellings([dated, undated])) == [2]


def test_group_tellings_leaves_an_undated_telling_alone_that_fits_two_events(telling):
    dated = [telling(f"t{n}", place=SELIN, day=day) for n, day in enumerate((TUESDAY, WEDNESDAY))]
    undated = telling("t9", "an attack on the quays of Selin", place=SELIN, published=WEDNESDAY)
    assert sizes(group_tellings([*dated, undated])) == [1, 1, 1]


def test_group_tellings_keeps_undated_history_apart_from_news(telling):
    news = telling("t1", "the port of Selin was shelled", day=WEDNESDAY, place=SELIN)
    history = telling("t2", "a war once came to Selin", place=SELIN, status=Status.HISTORICAL)
    assert sizes(group_tellings([news, history])) == [1, 1]


def test_group_tellings_keeps_what_may_happen_apart_from_what_did(telling):
    news = telling("t1", "the port of Selin was shelled", place=SELIN)
    fear = telling("t2", "Vardan may shell the port", place=SELIN, status=Status.HYPOTHETICAL)
    assert sizes(group_tellings([news, fear])) == [1, 1]


def test_group_tellings_needs_more_than_type_actor_and_day(telling):
    one = telling("t1", "an attack", day=TUESDAY, recipients=())
    two = telling("t2", "a raid by night", day=TUESDAY, recipients=())
    assert sizes(group_tellings([one, two])) == [1, 1]


def test_group_tellings_counts_a_text_that_tells_an_act_twice_once(telling):
    one = telling("t1", day=TUESDAY)
    again = telling("t1", "the shelling of the port", day=TUESDAY, at=200)
    (group,) = group_tellings([one, again])
    assert (len(group.tellings), len(group.events)) == (1, 2)


def test_group_tellings_sets_a_denial_beside_what_it_denies(telling):
    told = telling("t1", "Vardan attacked Kishan with drones", published=WEDNESDAY)
    denied = telling("t2", "that Vardan had attacked Kishan", status=Status.DENIED)
    assert sizes(group_tellings([told, denied])) == [2]


def test_group_tellings_keeps_two_people_of_one_country_apart(telling):
    one = telling(
        "t1", "Orel was shot", recipients=(actor("Ana Orel", "KSH", "person"),), day=TUESDAY
    )
    two = telling(
        "t2", "Mirin was shot", recipients=(actor("Jan Mirin", "KSH", "person"),), day=TUESDAY
    )
    assert sizes(group_tellings([one, two])) == [1, 1]


def test_group_tellings_does_not_depend_on_the_order(telling):
    days = (TUESDAY, WEDNESDAY, None)
    places = (SELIN, TARNA, None)
    tellings = [
        telling(
            f"t{n}", f"attack number {n % 5} on the port", day=days[n % 3], place=places[n % 7 % 3]
        )
        for n in range(40)
    ]
    first = group_tellings(tellings)
    shuffled = random.Random(7)
    for _ in range(5):
        shuffled.shuffle(tellings)
        assert group_tellings(tellings) == first


def test_group_tellings_joins_without_any_day_only_the_same_words(telling):
    given = {"place": SELIN, "published": None}
    same = [telling(f"t{n}", "the shelling of the port of Selin", **given) for n in range(2)]
    other = telling("t9", "when the port of Selin was shelled", **given)
    assert sizes(group_tellings([*same, other])) == [1, 2]


def test_group_tellings_sets_a_denial_beside_a_report_in_another_form_of_the_verb(telling):
    common = {"day": TUESDAY, "recipients": ()}
    report = telling("t1", "Vardan fired two missiles on Tuesday", **common)
    denial = telling("t2", "Vardan did not fire missiles", status=Status.NEGATED, **common)
    assert sizes(group_tellings([report, denial])) == [2]


@pytest.mark.parametrize(
    ("told", "status", "groups"),
    [
        ("Vardan denied it", Status.DENIED, [2]),
        ("Vardan did not seize vessels", Status.NEGATED, [2]),
        ("Vardan did not seize any ships", Status.NEGATED, [2]),
        ("no ship would be cleared", Status.NEGATED, [1, 1]),
    ],
)
def test_group_tellings_joins_what_is_not_so_in_one_text_only_by_its_words(
    telling, told, status, groups
):
    report = telling("t1", "Vardan seized two vessels", type="COERCE", day=None)
    other = telling("t1", told, type="COERCE", day=None, status=status)
    assert sizes(group_tellings([report, other])) == groups
