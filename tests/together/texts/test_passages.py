from datetime import date

import pytest

from tocsin.records import Article, Family
from tocsin.together.texts.passages import (
    Holder,
    add_holders,
    crosses_outlets,
    make_family,
    make_passage_family,
    outlet_of,
    resolve_core,
    same_stretch,
)

POST, DAILY = ("selin post", None), ("vardan daily", None)


def holder(group, *, day=None, agency=None, parts=(), whole=False, size=1, text=None, words=40):
    published = date(2025, 3, day) if day else None
    return Holder(
        text_id=text or group,
        group=group,
        size=size,
        first=published,
        agency=agency,
        parts=frozenset({agency} - {None}) | frozenset(parts),
        whole=whole,
        words=words,
        articles=(Article(id=f"article {text or group}", text="", published=published),),
    )


@pytest.mark.parametrize(
    ("one", "other", "crosses"),
    [
        ({POST}, {POST}, False),
        ({POST}, {DAILY}, True),
        ({POST, DAILY}, {POST}, False),
        ({POST}, set(), False),
        (set(), set(), False),
    ],
)
def test_passage_crosses_outlets_only_where_two_are_known(one, other, crosses):
    assert crosses_outlets(one, other, 0.2, credited=False) is crosses


def test_passage_of_an_unknown_outlet_crosses_where_it_is_most_of_a_text():
    assert crosses_outlets({POST}, set(), 0.9, credited=False)


def test_passage_crosses_from_an_agency_text_that_the_same_outlet_printed_too():
    assert crosses_outlets({POST, DAILY}, {POST}, 0.2, credited=True)
    assert not crosses_outlets({POST}, {POST}, 0.9, credited=True)


def test_outlets_are_one_by_domain_where_one_has_no_name():
    named = outlet_of("Selin Post", "https://post.example/1")
    same, other = (outlet_of(None, f"https://www.{name}.example/2") for name in ("post", "daily"))
    assert not crosses_outlets({named}, {same}, 0.2, credited=False)
    assert crosses_outlets({named}, {other}, 0.2, credited=False)


def test_outlets_are_one_under_two_names_that_are_known():
    bbc = outlet_of("BBC News", None), outlet_of(None, "https://www.bbc.com/news/1")
    assert not crosses_outlets({bbc[0]}, {bbc[1]}, 0.2, credited=False)


def test_same_stretch_asks_for_most_of_the_longer():
    assert same_stretch([(0, 100)], [(10, 100)])
    assert not same_stretch([(0, 100)], [(0, 60)])
    assert not same_stretch([(0, 100)], [(0, 50), (200, 260)])


def test_core_is_the_text_that_credits_the_agency():
    core = resolve_core([holder("a", day=3), holder("b", day=4, agency="Reuters")])
    assert (core.group, core.leads) == ("b", True)
    assert "Reuters is credited" in core.why


def test_core_is_the_earliest():
    core = resolve_core([holder("a", day=4), holder("b", day=3), holder("c", day=4)])
    assert (core.group, core.leads) == ("b", True)
    assert "first, on 3 March 2025" in core.why


def test_core_of_long_pieces_with_a_part_by_an_agency_is_not_the_earliest():
    assert resolve_core([holder("a", day=4), holder("b", day=3, parts=["AFP"])]) is None


def test_core_is_the_contained_text_where_nothing_else_decides():
    core = resolve_core([holder("a"), holder("b", whole=True), holder("c")])
    assert (core.group, core.leads) == ("b", False)
    assert "Nothing says" in core.why


def test_core_is_what_was_printed_several_times_where_a_brief_stands_in_it():
    prints = [holder("a", text=f"a{n}", size=3) for n in range(3)]
    assert resolve_core([*prints, holder("b", whole=True)]).group == "a"


def test_core_is_no_family_of_which_one_text_has_the_passage():
    one = holder("a", text="a1", size=5, day=3, agency="Reuters")
    assert resolve_core([one, holder("b", day=4)]) is None


def test_core_of_long_pieces_of_one_day_is_unknown():
    assert resolve_core([holder("a", day=3), holder("b", day=3)]) is None


def test_add_holders_keeps_the_copies_and_says_who_prints_a_passage():
    family = Family(id="f", articles=("x", "y"), origin="x", agency=None, because="Two copies.")
    found = add_holders(family, [holder("b", words=50), holder("a", words=30)])
    assert (found.articles, found.origin) == (("x", "y"), "x")
    assert found.passages == ("article a", "article b")
    assert found.because == "Two copies. 2 other articles print a passage of it, of 30 to 50 words."


def test_make_family_goes_back_to_the_agency_only_where_it_printed_the_text_itself():
    holders = [holder("a", agency="Reuters", whole=True), holder("b")]
    core = resolve_core(holders)
    printed = Article(id="article a", text="", outlet="Selin Post")
    family = make_family(printed, {core: holders})
    assert (family.origin, family.agency) == (None, "Reuters")
    assert family.passages == ("article b",)
    own = Article(id="article a", text="", outlet="Reuters")
    assert make_family(own, {core: holders}).origin == "article a"


def test_make_passage_family_has_no_copies_and_no_origin():
    holders = [holder("a", parts=["AFP"]), holder("b", parts=["AFP", "dpa"])]
    family = make_passage_family(holders, ("a", "b"))
    assert (family.articles, family.origin, family.agency) == ((), None, "AFP")
    assert "cannot be said" in family.because
