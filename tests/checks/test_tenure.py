"""Tenure findings on hand-made claims against the shipped reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tocsin.checks.tenure import check_tenure, judge_office
from tocsin.records import Absence, Article, Finding, Modifier, OfficeClaim, Verdict
from tocsin.reference.offices import load_reference

REFERENCE = load_reference()
DAY = date(2024, 10, 29)

CLAIM = OfficeClaim(
    id="claim",
    words=(0, 33),
    office="South Korean President",
    office_words=(0, 22),
    name="Yoon Suk Yeol",
    name_words=(23, 33),
    country="KOR",
    offices=("KOR:head_of_state",),
)
PETRENKO = replace(
    CLAIM,
    office="Ukraine's Defense Minister",
    name="Oleksandr Petrenko",
    country="UKR",
    offices=("UKR:defence_minister",),
)


def check(claim: OfficeClaim, day: date | None = DAY) -> Finding:
    article = Article(id="article", text="", published=day)
    (finding,) = check_tenure([claim], article, REFERENCE)
    return finding


def test_check_holds_for_the_holder_of_the_day() -> None:
    assert check(CLAIM).verdict is Verdict.HOLDS


def test_check_contradicts_a_predecessor_with_the_dates_of_both() -> None:
    finding = check(replace(CLAIM, name="Moon Jae-in"))
    assert finding.verdict is Verdict.CONTRADICTED
    for part in ("10 May 2017 to 9 May 2022", "29 October 2024", "Yoon Suk Yeol", "10 May 2022"):
        assert part in finding.sentence


def test_check_contradicts_an_invented_holder_and_names_the_real_one() -> None:
    finding = check(PETRENKO)
    assert finding.verdict is Verdict.CONTRADICTED
    assert "No Oleksandr Petrenko" in finding.sentence
    assert "the office of Minister of Defence of Ukraine; Rustem Umerov held it" in finding.sentence
    assert "6 September 2023 to 17 July 2025" in finding.sentence
    assert finding.compared["held_by"] == ["Rustem Umerov"]
    assert finding.evidence[0].person == "Rustem Umerov"


def test_check_is_unsure_of_a_near_name() -> None:
    finding = check(replace(PETRENKO, name="Rustem Umerog"))
    assert (finding.verdict, finding.absence) == (Verdict.UNSURE, Absence.NEAR_NAME)


@pytest.mark.parametrize("day", [date(2022, 5, 8), date(2022, 5, 12)])
def test_check_is_unsure_near_a_change_of_office(day: date) -> None:
    finding = check(replace(CLAIM, name="Moon Jae-in"), day)
    assert (finding.verdict, finding.absence) == (Verdict.UNSURE, Absence.NEAR_CHANGE)


def test_check_is_unsure_of_a_first_name_garbled() -> None:
    assert check(replace(PETRENKO, name="R??t?m Umerov")).verdict is Verdict.UNSURE


def test_check_takes_a_holder_long_gone_for_history() -> None:
    finding = check(replace(CLAIM, name="Kim Dae-jung"))
    assert finding.verdict is Verdict.UNSURE
    assert "25 February 1998" in finding.sentence


def test_check_never_contradicts_where_the_country_was_inferred() -> None:
    claim = replace(PETRENKO, country_because="the article speaks of Ukraine most")
    finding = check(claim)
    assert finding.verdict is Verdict.UNSURE
    assert "the article speaks of Ukraine most" in finding.sentence


def test_check_never_contradicts_words_that_are_used_freely() -> None:
    claim = replace(PETRENKO, absence=Absence.OFFICE_NOT_SPECIFIC)
    assert check(claim).verdict is Verdict.NO_RECORD


def test_check_knows_nothing_where_one_meaning_has_no_list() -> None:
    claim = replace(PETRENKO, offices=("UKR:defence_minister", "UKR:office_nobody_lists"))
    assert check(claim).verdict is Verdict.NO_RECORD


def test_check_holds_for_somebody_who_held_the_office_before() -> None:
    claim = replace(CLAIM, name="Moon Jae-in", modifiers=(Modifier.FORMER,))
    assert check(claim).verdict is Verdict.HOLDS


def test_check_does_not_hold_for_a_former_holder_who_came_later() -> None:
    claim = replace(CLAIM, name="Lee Jae-myung", modifiers=(Modifier.FORMER,))
    assert check(claim).verdict is Verdict.NO_RECORD


def test_check_is_unsure_of_a_former_holder_still_in_office() -> None:
    assert check(replace(CLAIM, modifiers=(Modifier.FORMER,))).verdict is Verdict.UNSURE


def test_check_holds_for_somebody_elect_who_takes_office_later() -> None:
    claim = replace(
        CLAIM, name="Donald Trump", offices=("USA:head_of_state",), modifiers=(Modifier.ELECT,)
    )
    assert check(claim, date(2024, 12, 1)).verdict is Verdict.HOLDS


def test_check_holds_for_who_was_elected_and_is_in_office() -> None:
    assert check(replace(CLAIM, modifiers=(Modifier.ELECT,))).verdict is Verdict.HOLDS


def test_check_uses_the_day_of_the_claim_before_that_of_the_article() -> None:
    claim = replace(CLAIM, name="Moon Jae-in", day=date(2019, 3, 1))
    assert check(claim).verdict is Verdict.HOLDS


def test_check_says_that_there_is_no_date() -> None:
    finding = check(CLAIM, None)
    assert (finding.verdict, finding.absence) == (Verdict.NO_RECORD, Absence.NO_DATE)


def test_check_is_unsure_without_a_day_of_a_name_that_no_holder_bears() -> None:
    finding = check(PETRENKO, None)
    assert finding.verdict is Verdict.UNSURE
    for part in ("No Oleksandr Petrenko", "between", "bears no date"):
        assert part in finding.sentence


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Rustem Umierov"},
        {"name": "Umerov"},
        {"modifiers": (Modifier.FORMER,)},
        {"country_because": "the article speaks most of Ukraine"},
        {"offices": ("UKR:defence_minister", "UKR:no_such_office")},
    ],
)
def test_check_has_no_record_without_a_day_where_the_name_may_be_meant(
    changed: dict[str, object],
) -> None:
    assert check(replace(PETRENKO, **changed), None).verdict is Verdict.NO_RECORD  # type: ignore[arg-type]


def test_check_contradicts_nobody_by_a_guess_at_the_day() -> None:
    claim = replace(CLAIM, name="Moon Jae-in")
    article = Article(id="article", text="", published=DAY, published_from="guess")
    (finding,) = check_tenure([claim], article, REFERENCE)
    assert finding.verdict is Verdict.UNSURE
    assert "a guess" in finding.sentence


def test_check_gives_no_record_for_what_is_no_office() -> None:
    claim = replace(
        CLAIM, office="senior analyst", offices=(), country=None, absence=Absence.UNKNOWN_OFFICE
    )
    assert check(claim).verdict is Verdict.NO_RECORD


def test_check_names_the_holder_of_an_office_mentioned_alone() -> None:
    claim = replace(
        CLAIM,
        office="North Korea's Foreign Minister",
        name=None,
        name_words=None,
        offices=("PRK:foreign_minister",),
    )
    finding = check(claim)
    assert (finding.check, finding.verdict) == ("holder", Verdict.HOLDS)
    assert finding.sentence.startswith("The article does not name North Korea's Foreign Minister")
    assert "Choe Son Hui" in finding.sentence


def test_check_gives_one_finding_for_repeated_claims() -> None:
    article = Article(id="article", text="", published=DAY)
    again = replace(CLAIM, id="again", words=(90, 123))
    assert len(list(check_tenure([CLAIM, again], article, REFERENCE))) == 1


@pytest.mark.parametrize(
    ("person", "office", "country", "day", "verdict"),
    [
        ("Dmitry Peskov", "Kremlin spokesman", "RUS", "2023-03-01", "holds"),
        ("Lloyd Austin", "Pentagon chief", "USA", "2023-03-01", "holds"),
        ("Jens Stoltenberg", "NATO chief", "NATO", "2022-01-01", "holds"),
        ("Jens Stoltenberg", "Secretary General", "NATO", "2025-03-01", "contradicted"),
        ("Josep Borrell", "EU foreign policy chief", "EU", "2022-01-01", "holds"),
        ("Theresa May", "Prime Minister", "GBR", "2021-01-01", "contradicted"),
        ("Rishi Sunak", "Chancellor", "GBR", "2021-01-01", "holds"),
        ("Rafael Grossi", "Director General", "IAEA", "2022-01-01", "holds"),
        ("Barack Obama", "former President", "USA", "2020-01-01", "holds"),
        ("Emily Carter", "senior analyst", "USA", "2020-01-01", "no_record"),
        ("Khalifa bin Zayed Al Nahyan", "Emir of Abu Dhabi", None, "2015-01-01", "holds"),
    ],
)
def test_judge_office_reads_the_press(
    person: str, office: str, country: str | None, day: str, verdict: str
) -> None:
    finding = judge_office(REFERENCE, person, office, country, date.fromisoformat(day))
    assert finding.verdict == verdict


def test_judge_says_that_no_country_is_named() -> None:
    finding = judge_office(REFERENCE, "Ana Roe", "Prime Minister", None, DAY)
    assert (finding.verdict, finding.absence) == (Verdict.NO_RECORD, Absence.NO_COUNTRY)
    assert finding.sentence.startswith("The words do not say of which country")


def test_check_names_the_office_in_words_and_keeps_its_id() -> None:
    finding = check(PETRENKO)
    assert finding.evidence[0].office == "Minister of Defence of Ukraine"
    assert finding.compared["office"] == "Minister of Defence of Ukraine"
    assert finding.compared["office_id"] == "UKR:defence_minister"


TRUMP = replace(
    CLAIM, office="US president", name="Donald Trump", country="USA", offices=("USA:head_of_state",)
)


def test_check_holds_for_who_was_last_seen_in_office_shortly_before() -> None:
    finding = check(TRUMP, date(2026, 2, 20))
    assert finding.verdict is Verdict.HOLDS
    assert "when last seen in office, on 15 January 2026" in finding.sentence


@pytest.mark.parametrize("name", ["Donald Trump", "Nils Bergen"])
def test_check_has_no_record_after_the_end_of_the_list_but_names_who_was_last_seen(
    name: str,
) -> None:
    finding = check(replace(TRUMP, name=name), date(2026, 6, 20))
    assert finding.verdict is Verdict.NO_RECORD
    assert "Donald Trump" in finding.sentence
    assert "last seen" in finding.sentence
    assert "15 January 2026" in finding.sentence


def test_check_is_unsure_of_a_predecessor_after_the_end_of_the_list() -> None:
    finding = check(replace(TRUMP, name="Joe Biden"), date(2026, 2, 20))
    assert finding.verdict is Verdict.UNSURE
    assert "Donald Trump had held it" in finding.sentence


def test_check_tests_the_day_told_and_allows_the_title_borne_when_told() -> None:
    umerov = replace(PETRENKO, name="Rustem Umerov", day=date(2022, 5, 3))
    assert check(umerov).verdict is Verdict.HOLDS
    reznikov = replace(umerov, name="Oleksii Reznikov")
    assert check(reznikov).verdict is Verdict.HOLDS
    assert check(replace(umerov, name="Oleksandr Petrenko")).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("changed", "on", "before"),
    [
        ({}, "2024-10-29", None),
        ({"modifiers": (Modifier.THEN,)}, "2024-10-29", None),
        ({"name": "Moon Jae-in", "modifiers": (Modifier.THEN,)}, None, "2024-10-29"),
        ({"office": "then-President", "modifiers": (Modifier.THEN,)}, None, "2024-10-29"),
        ({"name": "Moon Jae-in", "modifiers": (Modifier.FORMER,)}, "2024-10-29", None),
        ({"name": "Moon Jae-in", "day": date(2019, 3, 1)}, "2019-03-01", None),
        ({"day": date(2019, 3, 1)}, "2024-10-29", None),
        (
            {"name": "Moon Jae-in", "day": date(2019, 3, 1), "modifiers": (Modifier.THEN,)},
            "2019-03-01",
            None,
        ),
        (
            {"name": "Lee Myung-bak", "day": date(2019, 3, 1), "modifiers": (Modifier.THEN,)},
            None,
            "2019-03-01",
        ),
    ],
    ids=[
        "the article's day", "told of the past, held still", "told of the past", "then-president",
        "former", "a day told", "a day told, held now", "a day told of the past",
        "before a day told",
    ],
)  # fmt: skip
def test_check_says_at_which_time_the_office_was_held(
    changed: dict[str, object], on: str | None, before: str | None
) -> None:
    finding = check(replace(CLAIM, **changed))  # type: ignore[arg-type]
    assert finding.verdict is Verdict.HOLDS
    assert (finding.compared["on"], finding.compared.get("before")) == (on, before)
    assert finding.sentence.startswith("The words tell of the past") is (before is not None)


def test_check_is_unsure_of_a_holder_between_the_day_told_and_the_day_of_telling() -> None:
    umerov = replace(PETRENKO, name="Rustem Umerov", day=date(2022, 5, 3))
    assert check(umerov, date(2025, 12, 1)).verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("name", "office", "country"),
    [
        ("Ursula", "European Commission president", "EU"),
        ("Yoon Sung Min", "president", "KOR"),
        ("Lai Qingde", "president", "TWN"),
    ],
)
def test_judge_is_unsure_of_part_of_a_holder_s_name(name: str, office: str, country: str) -> None:
    assert judge_office(REFERENCE, name, office, country, DAY).verdict is Verdict.UNSURE


@pytest.mark.parametrize("name", ["George W. Bush", "Ferdinand Marcos"])
def test_judge_still_contradicts_the_other_generation(name: str) -> None:
    country = {"George W. Bush": "USA", "Ferdinand Marcos": "PHL"}[name]
    day = {"USA": date(1991, 6, 15), "PHL": date(2014, 6, 15)}[country]
    assert judge_office(REFERENCE, name, "president", country, day).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("name", "office", "country", "day"),
    [
        ("Milorad Dodik", "president", "BIH", date(2019, 10, 10)),
        ("Ismail Haniyeh", "prime minister", "PSE", date(2012, 11, 10)),
    ],
)
def test_judge_contradicts_nobody_in_an_office_that_several_claim(
    name: str, office: str, country: str, day: date
) -> None:
    verdict = judge_office(REFERENCE, name, office, country, day).verdict
    assert verdict in {Verdict.NO_RECORD, Verdict.UNSURE}


def test_check_is_unsure_of_a_predecessor_under_a_title_that_others_bear_too() -> None:
    claim = replace(
        CLAIM,
        office="British Foreign Minister",
        name="David Cameron",
        country="GBR",
        offices=("GBR:foreign_minister",),
        absence=Absence.OFFICE_NOT_SPECIFIC,
    )
    assert check(claim, date(2025, 3, 10)).verdict is Verdict.UNSURE
    assert check(replace(claim, name="Pat Example")).verdict is Verdict.NO_RECORD


@pytest.mark.parametrize(
    ("office", "country", "verdict"),
    [
        ("finance minister", "DEU", Verdict.UNSURE),
        ("German finance minister", None, Verdict.CONTRADICTED),
        ("Bavarian finance minister", "DEU", Verdict.NO_RECORD),
    ],
)
def test_judge_office_contradicts_ministers_of_a_federation_only_by_its_name(
    office: str, country: str | None, verdict: Verdict
) -> None:
    found = judge_office(REFERENCE, "Albert Füracker", office, country, date(2024, 5, 1))
    assert found.verdict is verdict


@pytest.mark.parametrize("day", [date(2024, 10, 29), date(2025, 3, 1)])
def test_check_is_unsure_of_terms_that_lie_elsewhere_where_the_list_has_gaps(day: date) -> None:
    claim = replace(
        CLAIM, name="Abdrabbuh Mansur Hadi", country="YEM", offices=("YEM:head_of_state",)
    )
    finding = check(claim, day)
    assert (finding.verdict, finding.absence) == (Verdict.UNSURE, Absence.INCOMPLETE_LIST)
    assert "27 February 2012 to 7 April 2022" in finding.sentence


@pytest.mark.parametrize("modifier", [Modifier.THEN, Modifier.FORMER, Modifier.LATE])
def test_check_is_unsure_of_former_holders_on_no_list_of_many_years(modifier: Modifier) -> None:
    finding = check(replace(PETRENKO, modifiers=(modifier,)))
    assert finding.verdict is Verdict.UNSURE
    assert "all who held it in the twenty years before are" in finding.sentence


def test_check_knows_nothing_of_former_holders_where_the_list_is_short() -> None:
    claim = replace(PETRENKO, modifiers=(Modifier.THEN,))
    assert check(claim, date(2012, 10, 29)).verdict is Verdict.NO_RECORD


def test_check_contradicts_nobody_by_a_day_in_doubt() -> None:
    article = Article(id="article", text="", published=DAY)
    moon = replace(CLAIM, name="Moon Jae-in")
    (finding,) = check_tenure([moon], article, REFERENCE, [moon.id])
    assert finding.verdict is Verdict.UNSURE
    assert finding.sentence.endswith("That day is probably not the page's own.")


SINWAR = replace(
    CLAIM,
    office="Hamas leader",
    name="Yahya Sinwar",
    country="Hamas",
    offices=("Hamas:political_leader",),
)


def test_check_says_that_a_holder_is_dead() -> None:
    finding = check(SINWAR, date(2025, 5, 7))
    assert finding.verdict is Verdict.UNSURE
    assert finding.sentence.startswith("Yahya Sinwar died on 16 October 2024")


def test_check_says_that_somebody_without_an_office_is_dead() -> None:
    claim = replace(CLAIM, office="Russian opposition leader", name="Alexei Navalny",
                    country="RUS", offices=())  # fmt: skip
    finding = check(claim, date(2025, 5, 7))
    assert (finding.verdict, "died on 16 February 2024" in finding.sentence) == (
        Verdict.UNSURE, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "day"),
    [
        (replace(SINWAR, name="Khaled Mashal"), date(2025, 5, 7)),  # alive
        (SINWAR, date(2024, 10, 20)),  # news of the death itself
        (replace(SINWAR, modifiers=(Modifier.FORMER,)), date(2025, 5, 7)),
        (replace(SINWAR, name="Alexei Navalny"), date(2025, 5, 7)),  # of another country
    ],
)
def test_check_tells_of_no_death_without_need(claim: OfficeClaim, day: date) -> None:
    assert "died" not in check(claim, day).sentence


def test_check_contradicts_a_dead_pope_who_is_not_his_successor() -> None:
    claim = replace(CLAIM, office="Pope", name="Francis", country="VAT",
                    offices=("VAT:head_of_state",))  # fmt: skip
    finding = check(claim, date(2025, 11, 20))
    assert finding.verdict is Verdict.CONTRADICTED
    assert "Leo XIV (since 8 May 2025)" in finding.sentence


def test_check_takes_who_died_long_ago_for_history() -> None:
    nkrumah = replace(CLAIM, name="Kwame Nkrumah", country="GHA", offices=("GHA:head_of_state",))
    assert check(nkrumah).verdict is Verdict.UNSURE


def test_check_tells_no_death_of_long_ago_where_no_office_of_a_list_is_given() -> None:
    claim = replace(CLAIM, office="Gen.", name="Dwight Eisenhower", country="USA", offices=())
    assert check(claim).verdict is Verdict.NO_RECORD


@pytest.mark.parametrize("name", ["Camilla", "Charlotte"])
def test_judge_contradicts_no_queen_who_does_not_reign(name: str) -> None:
    found = judge_office(REFERENCE, name, "British Queen", None, date(2024, 5, 7))
    assert found.verdict is Verdict.NO_RECORD
    assert judge_office(REFERENCE, "Elizabeth II", "British Queen", None,
                        date(2021, 5, 7)).verdict is Verdict.HOLDS  # fmt: skip


def test_judge_names_a_mayor_without_the_country() -> None:
    found = judge_office(REFERENCE, "Sadiq Khan", "Mayor of London", None, date(2024, 5, 7))
    assert found.sentence.startswith("Sadiq Khan had been Mayor of London since 9 May 2016")


def test_check_is_unsure_of_a_former_president_where_the_list_has_a_short_gap() -> None:
    claim = replace(PETRENKO, offices=("UKR:head_of_state",), modifiers=(Modifier.THEN,))
    finding = check(claim)
    assert finding.verdict is Verdict.UNSURE
    assert "but for" in finding.sentence


def test_check_gives_a_name_that_two_countries_know_to_neither() -> None:
    santos = replace(
        CLAIM, name="Santos", country=None, offices=("AGO:head_of_state", "COL:head_of_state"),
        country_because="the reference knows the name in several",
    )  # fmt: skip
    finding = check(santos, date(2015, 5, 7))
    assert (finding.verdict, finding.absence) == (Verdict.NO_RECORD, Absence.NO_COUNTRY)
    assert "Juan Manuel Santos" in finding.sentence


def test_judge_holds_for_one_of_several_speakers_whose_days_are_not_known() -> None:
    found = judge_office(REFERENCE, "Adrienne Watson", "NSC spokesperson", None, date(2024, 5, 7))
    assert found.verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    ("name", "title", "country", "day", "verdict"),
    [
        ("Valerii Zaluzhnyi", "head of the armed forces", "UKR", "2023-01-10", "holds"),
        ("Mark Milley", "army chief", "USA", "2021-03-01", "holds"),
        ("Asim Munir", "top general", "PAK", "2025-05-10", "holds"),
        ("Abdel Fattah al-Sisi", "military chief", "EGY", "2014-01-15", "holds"),
        ("María Jesús Montero", "finance minister", "ESP", "2020-05-01", "holds"),
        ("Najib Mikati", "Prime Minister", "LBN", "2021-09-14", "holds"),
        ("Li Qiang", "Premier", "CHN", "2025-01-01", "holds"),
        ("Yi Gang", "Premier", "CHN", "2025-01-01", "contradicted"),
        ("Eshaq Jahangiri", "Vice President", "IRN", "2018-05-01", "no_record"),
        ("Mohammed bin Salman", "de facto ruler", "SAU", "2020-03-01", "no_record"),
        ("Nils Harald Bergen", "army chief", "FRA", "2020-03-01", "contradicted"),
    ],
)
def test_office_is_judged_by_the_title_of_the_press(
    name: str, title: str, country: str, day: str, verdict: str
) -> None:
    found = judge_office(REFERENCE, name, title, country, date.fromisoformat(day))
    assert found.verdict == verdict
