from datetime import date
from itertools import pairwise

import pytest

from benchmarks.copies import find_candidates, group_families
from tocsin.records import Article, CopyMatch
from tocsin.together.texts.families import (
    MOST_HOLDERS,
    NEIGHBOURS,
    joins_family,
    page_of,
    pair_holders,
    resolve_family,
)

TEXT = "The army said that two bridges over the river had been mined overnight."


def article(name, *, text=TEXT, day=None, outlet=None, url=None):
    published = date(2025, 5, day) if day else None
    return Article(id=name, text=text, published=published, outlet=outlet, url=url)


def match(kind):
    return CopyMatch(kind=kind, similarity=0.9, passages=(), sentence="")


def test_pair_holders_pairs_each_with_each():
    assert list(pair_holders(["c", "a", "b"])) == [("a", "b"), ("a", "c"), ("b", "c")]


def test_pair_holders_of_a_common_key_grow_with_their_number():
    names = [f"{number:05}" for number in range(10_000)]
    pairs = list(pair_holders(names))
    assert len(pairs) < NEIGHBOURS * len(names)
    assert group_families(pairs) == (tuple(names),)


def test_pair_holders_do_not_depend_on_order():
    names = [f"{number:05}" for number in range(MOST_HOLDERS * 2)]
    assert list(pair_holders(reversed(names))) == list(pair_holders(names))


def test_find_candidates_yields_pairs_that_share_a_key_once():
    sketches = {"b": (1, 2), "a": (1, 2), "c": (3,)}
    assert list(find_candidates(sketches)) == [("a", "b")]


@pytest.mark.parametrize("kind", ["verbatim", "near"])
def test_joins_family_where_most_words_are_shared(kind):
    assert joins_family(kind)


def test_joins_family_by_a_passage_at_one_address_only():
    assert not joins_family("passage")
    assert joins_family("passage", same_address=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.kell.example/a/", "http://kell.example/a?utm_source=x#top", True),
        ("https://kell.example/a?id=1", "https://kell.example/a?id=2", False),
        ("https://kell.example/a?101", "https://kell.example/a?202", False),
        ("https://kell.example/a?reference=1", "https://kell.example/a?reference=2", False),
        ("https://kell.example/a?ref=x&at_medium=y", "https://kell.example/a", True),
        ("https://kell.example/a", None, False),
        ("http://[broken", "http://[broken", True),
        ("http://[broken", "http://[torn", False),
    ],
)
def test_page_of_passes_over_tracking(one, other, same):
    assert (page_of(one) == page_of(other)) is same


def test_group_families_returns_connected_groups_in_order():
    pairs = [("d", "c"), ("b", "a"), ("c", "e")]
    assert group_families(pairs) == (("a", "b"), ("c", "d", "e"))
    assert group_families(reversed(pairs)) == group_families(pairs)


def test_group_families_follows_a_long_chain():
    names = [f"{number:05}" for number in range(5_000)]
    assert group_families(pairwise(names)) == (tuple(names),)


def test_family_lists_articles_earliest_first():
    family = resolve_family([article("b", day=3), article("c"), article("a", day=4)])
    assert family.articles == ("b", "a", "c")


def test_family_does_not_depend_on_order():
    members = [article("b", day=3), article("a", day=4), article("c", day=3)]
    assert resolve_family(members) == resolve_family(reversed(members))


def test_family_without_credit_goes_back_to_the_earliest():
    family = resolve_family([article("a", day=4), article("b", day=3)])
    assert (family.origin, family.agency) == ("b", None)
    assert "one alone was published on the first day, 3 May 2025" in family.because


def test_family_with_two_on_the_first_day_has_no_origin():
    family = resolve_family([article("a", day=3), article("b", day=3), article("c", day=4)])
    assert family.origin is None
    assert "2 were published on the first day, 3 May 2025" in family.because


def test_family_with_an_article_without_a_day_has_no_origin():
    family = resolve_family([article("a", day=3), article("b")])
    assert family.origin is None
    assert "1 of 2 have no day" in family.because


def test_family_with_a_credit_goes_back_to_the_agency_itself():
    members = [
        article("a", text=f"KELL (Reuters) - {TEXT}", day=3, outlet="kell.example"),
        article("b", day=4, outlet="reuters.com"),
    ]
    family = resolve_family(members)
    assert (family.origin, family.agency) == ("b", "Reuters")
    assert "Reuters is credited in 2 of 2" in family.because


def test_family_whose_agency_is_not_here_has_an_agency_and_no_origin():
    members = [article("a", text=f"KELL (Reuters) - {TEXT}", day=3), article("b", day=4)]
    family = resolve_family(members)
    assert (family.origin, family.agency) == (None, "Reuters")
    assert "its own print is not here" in family.because


def test_family_whose_credits_disagree_has_neither():
    members = [
        article("a", text=f"KELL (Reuters) - {TEXT}", day=3),
        article("b", text=f"KELL (AP) - {TEXT}", day=4),
    ]
    family = resolve_family(members)
    assert (family.origin, family.agency) == (None, None)
    assert "The credits disagree: Associated Press (1), Reuters (1)" in family.because


@pytest.mark.parametrize("day", [3, 4, None])
def test_family_keeps_its_id_when_a_later_copy_joins(day):
    first = article("b", text=f"{TEXT} First.", day=3)
    members = [first, article("a", day=day and day + 1), article("c", text=f"{TEXT} More.", day=9)]
    assert resolve_family(members).id == resolve_family([first]).id


def test_family_is_not_decided_by_a_credit_in_part():
    members = [article("a", text=f"{TEXT}\n\nWith Reuters", day=4), article("b", day=3)]
    assert resolve_family(members).origin == "b"


def test_family_of_nobody_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        resolve_family([])
