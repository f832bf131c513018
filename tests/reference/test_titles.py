"""Titles of office: text in, kinds, country and modifiers out."""

import re

import pytest

from tocsin.records import Modifier
from tocsin.reference.countries import load_countries
from tocsin.reference.titles import TitleReading, find_title_cores, read_titles

COUNTRIES = load_countries()


def read_title(words: str, country: str | None = None) -> TitleReading:
    """The reading that can be judged best; one of no office where there is none."""
    readings = read_titles(words, countries=COUNTRIES, country=country)
    readings = readings or (TitleReading(words=words, kinds=(), office=False),)
    return next((r for r in readings if r.specific), readings[0])


def ids_of(words: str, country: str | None = None) -> list[tuple[str, ...]]:
    readings = read_titles(words, countries=COUNTRIES, country=country)
    return [reading.office_ids() for reading in readings]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Ukraine's Defense Minister", "UKR:defence_minister"),
        ("Ukraine’s Defence Minister", "UKR:defence_minister"),
        ("Minister of Defence of Ukraine", "UKR:defence_minister"),
        ("the Ukrainian Minister of Defense", "UKR:defence_minister"),
        ("the Pentagon chief", "USA:defence_minister"),
        ("US Secretary of War", "USA:defence_minister"),
        ("North Korea's top diplomat", "PRK:foreign_minister"),
        ("India's External Affairs Minister", "IND:foreign_minister"),
        ("British Foreign Secretary", "GBR:foreign_minister"),
        ("Kremlin spokeswoman", "RUS:spokesperson:president"),
        ("spokesman for the Russian MoD", "RUS:spokesperson:defence_ministry"),
        ("State Department spokesman", "USA:spokesperson:foreign_ministry"),
        ("EU foreign policy chief", "EU:high_representative"),
        ("NATO's spokesperson", "NATO:spokesperson"),
        ("the head of the IAEA", "IAEA:director_general"),
        ("Emir of Qatar", "QAT:head_of_state"),
        ("Taoiseach", "IRL:head_of_government"),
        ("German Chancellor", "DEU:head_of_government"),
        ("UK Chancellor", "GBR:finance_minister"),
        ("Iranian President", "IRN:head_of_government"),
        ("Iran's Supreme Leader", "IRN:supreme_leader"),
        ("head of Ukraine's presidential office", "UKR:chief_of_staff"),
        ("Ukraine's ambassador to the US", "UKR:ambassador:USA"),
        ("Russian ambassador to the United Nations", "RUS:ambassador:UN"),
        ("NATO's number two", "NATO:deputy_secretary_general"),
        ("Japan's Chief Cabinet Secretary", "JPN:chief_cabinet_secretary"),
        ("Secretary of State", "USA:foreign_minister"),
    ],
)
def test_read_title_finds_office_and_country(words: str, office: str) -> None:
    assert read_title(words).office_ids() == (office,)


@pytest.mark.parametrize(
    "words",
    [
        "Scottish First Minister",
        "Wyoming Governor",
        "Texas attorney general",
        "president of Harvard",
        "Harvard president",
        "president of Ukraine's football federation",
        "prime ministerial candidate",
        "presidential hopeful",
        "a senior analyst at the Brookings Institution",
        "mayor of Selin",
    ],
)
def test_read_title_finds_no_national_office(words: str) -> None:
    assert read_title(words).kinds == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("US Vice President", "vice_president"),
        ("Russian Deputy Foreign Minister", "deputy_foreign_minister"),
        ("President of the Senate", "parliament_speaker"),
        ("an adviser to the Ukrainian president", "adviser"),
        ("Vice Chancellor", "deputy_head_of_government"),
    ],
)
def test_read_title_takes_the_longest_match(words: str, kind: str) -> None:
    assert read_title(words).kinds == (kind,)


@pytest.mark.parametrize(
    ("words", "modifier"),
    [
        ("former US President", Modifier.FORMER),
        ("ex-president", Modifier.FORMER),
        ("one-time prime minister", Modifier.FORMER),
        ("then-President", Modifier.THEN),
        ("the late president", Modifier.LATE),
        ("acting South Korean President", Modifier.ACTING),
        ("caretaker prime minister", Modifier.ACTING),
        ("US President-elect", Modifier.ELECT),
        ("incoming German chancellor", Modifier.INCOMING),
        ("the outgoing prime minister", Modifier.OUTGOING),
    ],
)
def test_read_title_keeps_modifiers(words: str, modifier: Modifier) -> None:
    assert read_title(words).modifiers == (modifier,)


def test_read_titles_splits_two_offices_of_one_country() -> None:
    assert ids_of("Poland's Deputy Prime Minister and Foreign Minister") == [
        ("POL:deputy_head_of_government",),
        ("POL:foreign_minister",),
    ]


def test_read_titles_gives_one_title_to_each_of_two_countries() -> None:
    assert ids_of("The French and German foreign ministers") == [
        ("FRA:foreign_minister",),
        ("DEU:foreign_minister",),
    ]


def test_read_titles_carries_former_over_to_the_second_office() -> None:
    readings = read_titles("former president and prime minister", countries=COUNTRIES)
    assert [reading.modifiers for reading in readings] == [(Modifier.FORMER,)] * 2


def test_read_title_keeps_all_candidates_of_an_ambiguous_country() -> None:
    reading = read_title("Congolese President")
    assert reading.country is None
    assert set(reading.office_ids()) == {"COD:head_of_state", "COG:head_of_state"}


def test_read_title_uses_the_context_only_where_the_words_name_no_country() -> None:
    assert ids_of("Chancellor", country="DEU") == [("DEU:head_of_government",)]
    assert ids_of("Austrian Chancellor", country="DEU") == [("AUT:head_of_government",)]


def test_read_title_does_not_trust_words_that_are_used_freely() -> None:
    reading = read_title("Venezuelan leader")
    assert "head_of_state" in reading.kinds
    assert not reading.specific


def test_find_title_cores_gives_longest_phrases_in_order() -> None:
    words = re.findall(r"\w+", "The Foreign Minister met the Minister of the Armed Forces")
    found = [" ".join(words[start:end]) for start, end in find_title_cores(words)]
    assert found == ["Foreign Minister", "Minister of the Armed Forces"]


@pytest.mark.parametrize("words", ["Special Envoy for Ukraine", "Ukraine envoy"])
def test_read_title_does_not_give_an_envoy_to_the_country_of_the_errand(words: str) -> None:
    assert ids_of(words) == [()]
    assert ids_of(words, country="UKR") == [()]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("U.S. special envoy for Ukraine", "USA:special_envoy:UKR"),
        ("UN special envoy for Yemen", "UN:special_envoy:YEM"),
        ("Russia's UN ambassador", "RUS:ambassador:UN"),
        ("the Pentagon's press secretary", "USA:spokesperson:pentagon"),
        ("South Korean spy chief", "KOR:intelligence_chief:nis"),
        ("NATO's supreme allied commander", "NATO:saceur"),
        ("US War Secretary", "USA:defence_minister"),
        ("AU Commission chair", "AU:commission_chair"),
        ("UN humanitarian chief", "UN:relief_chief"),
    ],
)
def test_read_title_knows_the_words_of_the_press(words: str, office: str) -> None:
    assert office in read_title(words).office_ids()


def test_find_title_cores_reads_over_a_possessive() -> None:
    words = ["the", "Pentagon", "'s", "press", "secretary", "and", "the", "president", "'s", "plan"]
    assert list(find_title_cores(words)) == [(1, 5), (7, 8)]


@pytest.mark.parametrize(
    "words",
    ["deputy U.S. ambassador to the UN", "US deputy ambassador to the United Nations"],
)
def test_read_title_keeps_a_deputy_ambassador_apart(words: str) -> None:
    reading = read_title(words)
    assert reading.office_ids() == ("USA:deputy_ambassador:UN",)
    assert not reading.specific


def test_read_title_does_not_trust_a_minister_where_secretaries_head_ministries() -> None:
    assert not read_title("British defence minister").specific
    assert read_title("British defence secretary").specific
    assert read_title("Dutch defence minister").specific


@pytest.mark.parametrize("words", ["Turkish Cypriot President", "Bosnian Serb President"])
def test_read_title_gives_a_people_s_president_to_no_country(words: str) -> None:
    assert read_title(words).office_ids() == ()


@pytest.mark.parametrize(
    "words", ["top US diplomat", "White House spokeswoman", "chargé d'affaires to Ukraine"]
)
def test_read_title_does_not_trust_what_several_are_called(words: str) -> None:
    assert not read_title(words, country="USA").specific


def test_read_title_takes_the_capital_for_where_an_ambassador_is_sent() -> None:
    assert ids_of("British ambassador to Cairo") == [("GBR:ambassador:EGY",)]
    assert ids_of("adviser to Cairo") == [()]


@pytest.mark.parametrize(
    ("words", "offices"),
    [
        ("presidents of France and Turkey", [("FRA:head_of_state",), ("TUR:head_of_state",)]),
        (
            "foreign ministers of Chad and Niger",
            [("TCD:foreign_minister",), ("NER:foreign_minister",)],
        ),
        (
            "President and Defence Minister of Chad",
            [("TCD:head_of_state",), ("TCD:defence_minister",)],
        ),
    ],
)
def test_read_titles_gives_one_title_to_each_country_of_a_list(
    words: str, offices: list[tuple[str, ...]]
) -> None:
    assert ids_of(words, "TCD") == offices


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Moldova's pro-Russian President", "MDA:head_of_state"),
        ("Georgia's anti-Western Prime Minister", "GEO:head_of_government"),
        ("Yemen's Saudi-backed Defence Minister", "YEM:defence_minister"),
    ],
)
def test_read_title_takes_no_country_that_a_hyphen_ties_on(words: str, office: str) -> None:
    assert read_title(words).office_ids() == (office,)


@pytest.mark.parametrize("words", ["Russian-backed President", "South Korean-allied President"])
def test_read_title_names_no_country_that_only_stands_behind_someone(words: str) -> None:
    assert read_titles(words, countries=COUNTRIES)[0].country is None


@pytest.mark.parametrize("words", ["Russian Empress", "French King", "Kenya's Sultan"])
def test_read_title_gives_no_republic_a_monarch(words: str) -> None:
    kinds = [office.split(":")[1] for office in read_title(words).office_ids()]
    assert "head_of_state" not in kinds


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("New Caledonia's President", "NCL:head_of_government"),
        ("President of French Polynesia", "PYF:head_of_government"),
        ("Hong Kong Chief Executive", "HKG:head_of_government"),
    ],
)
def test_read_title_knows_the_offices_of_territories(words: str, office: str) -> None:
    assert read_title(words).office_ids() == (office,)


@pytest.mark.parametrize(
    "words", ["Security service chief", "NATO Assistant Secretary General", "UN chief in Kenya"]
)
def test_read_title_takes_another_s_office_for_none(words: str) -> None:
    assert not read_title(words).specific


def test_read_title_knows_the_security_service_of_its_country() -> None:
    assert read_title("Ukrainian Security Service chief").office_ids() == (
        "UKR:intelligence_chief:sbu",
    )


def test_read_title_belongs_to_the_nearest_of_two_owners() -> None:
    assert read_title("the South African former UN human rights chief").country == "UN"


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Kharkiv Governor", "UKR:regional_head:kharkiv"),
        ("head of the Sumy regional military administration", "UKR:regional_head:sumy"),
        ("governor of Russia's Belgorod region", "RUS:regional_head:belgorod"),
        ("Chechen leader", "RUS:regional_head:chechnya"),
        ("former Texas governor", "USA:regional_head:texas"),
        ("Mayor of New York City", "USA:mayor:new_york"),
        ("London Mayor", "GBR:mayor:london"),
    ],
)
def test_read_title_knows_heads_of_regions_and_mayors(words: str, office: str) -> None:
    assert read_title(words).office_ids() == (office,)


@pytest.mark.parametrize("words", ["Deputy Mayor of Kyiv", "Texas leader", "Springfield Mayor"])
def test_read_title_knows_no_others_by_the_place(words: str) -> None:
    assert read_title(words).office_ids() == ()
