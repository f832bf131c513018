"""Dating findings on hand-made claims against the shipped reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tocsin.checks.dating import check_dating, check_day
from tocsin.records import Article, Finding, Modifier, OfficeClaim, Verdict
from tocsin.reference.offices import load_reference

REFERENCE = load_reference()
MOON = OfficeClaim(
    id="moon",
    words=(0, 33),
    office="South Korean President",
    office_words=(0, 22),
    name="Moon Jae-in",
    offices=("KOR:head_of_state",),
)
UMEROV = replace(
    MOON, id="umerov", name="Rustem Umerov", office="Ukraine's Defense Minister",
    offices=("UKR:defence_minister",),
)  # fmt: skip
JOHNSON = replace(
    MOON, id="johnson", name="Boris Johnson", office="UK Prime Minister",
    offices=("GBR:head_of_government",),
)  # fmt: skip


def test_check_gives_the_window_in_which_both_held_office() -> None:
    dating, findings = check_dating([MOON, JOHNSON], REFERENCE)
    assert dating is not None
    assert (dating.earliest, dating.latest) == (date(2019, 7, 24), date(2022, 5, 9))
    assert findings == []


def test_check_says_which_facts_set_the_window() -> None:
    dating, _ = check_dating([MOON, JOHNSON], REFERENCE)
    assert dating is not None
    assert any("Boris Johnson" in sentence for sentence in dating.because)
    assert any("Moon Jae-in" in sentence for sentence in dating.because)


def test_check_finds_the_smallest_conflict() -> None:
    dating, (finding,) = check_dating([JOHNSON, MOON, UMEROV], REFERENCE)
    assert dating is not None
    assert (dating.earliest, dating.latest) == (None, None)
    assert dating.conflict == ("johnson", "umerov")
    assert finding.verdict is Verdict.CONTRADICTED
    assert "6 September 2023" in finding.sentence


def test_check_does_not_repeat_a_claim_contradicted_by_itself() -> None:
    dating, findings = check_dating([JOHNSON, UMEROV], REFERENCE, {"johnson"})
    assert dating is not None
    assert dating.conflict == ("johnson", "umerov")
    assert findings == []


def test_check_sets_an_invented_holder_against_a_real_one() -> None:
    stranger = replace(UMEROV, id="stranger", name="Oleksandr Petrenko")
    dating, findings = check_dating([MOON, stranger], REFERENCE)
    assert dating is not None
    assert findings == []  # a true president is not told of beside an invented minister
    assert set(dating.conflict) == {"moon", "stranger"}
    assert any("No Oleksandr Petrenko was" in sentence for sentence in dating.because)


def test_check_ends_an_open_window_where_the_reference_ends() -> None:
    holder = replace(
        MOON, name="Choe Son Hui", office="foreign minister", offices=("PRK:foreign_minister",)
    )
    dating, _ = check_dating([holder], REFERENCE)
    assert dating is not None
    assert dating.latest is not None
    assert dating.latest <= REFERENCE.as_of


def test_check_leaves_former_holders_out() -> None:
    former = replace(MOON, modifiers=(Modifier.FORMER,))
    assert check_dating([former], REFERENCE) == (None, [])


def test_check_leaves_inferred_countries_out() -> None:
    inferred = replace(MOON, country_because="the article speaks of South Korea most")
    assert check_dating([inferred], REFERENCE) == (None, [])


def test_check_has_no_window_without_claims() -> None:
    assert check_dating([], REFERENCE) == (None, [])


def test_check_starts_the_window_with_the_recorded_tenure() -> None:
    dating, _ = check_dating([UMEROV], REFERENCE)
    assert dating is not None
    assert (dating.earliest, dating.latest) == (date(2023, 9, 6), date(2025, 7, 17))


def of_day(day: date, *claims: OfficeClaim) -> list[Finding]:
    article = Article(id="article", text="", published=day)
    return list(check_day(claims, article, REFERENCE))


def test_check_doubts_the_day_on_which_none_of_the_officials_held_office() -> None:
    (finding,) = of_day(date(2015, 5, 3), MOON, JOHNSON)
    assert (finding.check, finding.verdict) == ("dating", Verdict.UNSURE)
    assert finding.sentence == (
        "The two officials named held office together between 24 July 2019 and 9 May 2022; "
        "the page's day, 3 May 2015, is probably not its own."
    )


@pytest.mark.parametrize("day", [date(2020, 5, 3), date(2022, 5, 20)])
def test_check_does_not_doubt_a_day_on_or_near_which_all_held_office(day: date) -> None:
    assert of_day(day, MOON, JOHNSON) == []


def test_check_does_not_doubt_a_day_after_the_end_of_the_reference() -> None:
    last = REFERENCE.as_of
    holders = {"FRA:head_of_state": "Emmanuel Macron", "DEU:head_of_government": "Friedrich Merz"}
    now = [
        replace(MOON, id=office, name=name, offices=(office,)) for office, name in holders.items()
    ]
    assert of_day(last + timedelta(days=200), *now) == []
    assert of_day(last + timedelta(days=200), MOON, JOHNSON) != []


def test_check_does_not_doubt_the_day_for_one_official_alone() -> None:
    assert of_day(date(2015, 5, 3), MOON) == []
    assert of_day(date(2018, 5, 3), MOON, JOHNSON) == []


def test_check_does_not_doubt_the_day_where_no_other_fits() -> None:
    assert of_day(date(2015, 5, 3), UMEROV, JOHNSON) == []


def test_check_takes_a_family_name_alone_for_the_person_named_before() -> None:
    again = replace(JOHNSON, id="again", name="Johnson")
    (finding,) = of_day(date(2015, 5, 3), MOON, JOHNSON, again)
    assert finding.sentence.startswith("The two officials")
