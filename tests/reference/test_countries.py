"""What countries, their people and their capitals are called, and what is ambiguous."""

import pytest

from tocsin.reference.countries import Country, load_countries

#: What news of crises cannot do without, one of each sort.
SOME_CODES = [
    *("KOR", "PRK", "COD", "COG", "XKX", "PSE", "TWN", "USA", "GBR", "VAT", "SSD", "MMR", "HKG"),
    *("NATO", "EU", "UN", "IAEA", "ICC", "OSCE", "AU", "ASEAN", "ECOWAS", "LAS", "GCC", "OPEC"),
    *("IMF", "WB", "WHO", "WTO", "UNHCR", "UNRWA", "UNICEF", "CSTO", "SCO", "BRICS", "G7", "COE"),
    *("OPCW", "WFP", "ICRC", "Hamas", "Hezbollah", "Taliban", "Houthi", "RSF"),
]


@pytest.mark.parametrize("code", SOME_CODES)
def test_load_countries_knows_code(code: str) -> None:
    assert code in load_countries().by_code


def test_load_countries_has_all_of_iso_3166() -> None:
    countries = load_countries().by_code.values()
    listed = [c for c in countries if c.kind in ("state", "territory")]
    assert len(listed) == 249 + 1  # Kosovo has no ISO code of its own
    assert len({c.alpha2 for c in listed}) == len(listed)
    assert all(len(c.code) == 3 and c.code.isupper() for c in listed)


def test_load_countries_has_plover_codes_only() -> None:
    known = {c.code for c in load_countries().by_code.values() if c.kind in ("state", "territory")}
    allowed = (known - {"XKX"}) | {"KOS", "IGO", "UNO", "EUR", "NGO", "IMG"}
    assert {c.plover for c in load_countries().by_code.values()} <= allowed


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ukraine", "UKR"),
        ("Ukraine's", "UKR"),
        ("Ukraine ’s", "UKR"),
        ("the Netherlands’", "NLD"),
        ("The United Kingdom", "GBR"),
        ("Britain", "GBR"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("DPRK", "PRK"),
        ("Burma", "MMR"),
        ("Côte d’Ivoire", "CIV"),
        ("Turkiye", "TUR"),
        ("SOUTH KOREA", "KOR"),
        ("DR Congo", "COD"),
        ("the EU", "EU"),
        ("Ansar Allah", "Houthi"),
    ],
)
def test_country_named_reads_names_aliases_and_possessives(words: str, code: str) -> None:
    assert load_countries().country_named(words) == code


@pytest.mark.parametrize("words", ["us", "Us", "turkey", "chad", "who", "Who", "Paris", "", "'s"])
def test_country_named_rejects_ordinary_words(words: str) -> None:
    assert load_countries().country_named(words) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("South Korean", "KOR"),
        ("North Koreans", "PRK"),
        ("British", "GBR"),
        ("Britons", "GBR"),
        ("Nigerian", "NGA"),
        ("Nigerien", "NER"),
        ("U.S.", "USA"),
        ("Houthi", "Houthi"),
    ],
)
def test_country_of_demonym_reads_adjectives_and_people(words: str, code: str) -> None:
    assert load_countries().country_of_demonym(words) == code


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        ("Korean", {"KOR", "PRK"}),
        ("Korea", {"KOR", "PRK"}),
        ("Congolese", {"COD", "COG"}),
        ("Congo", {"COD", "COG"}),
        ("Dominican", {"DOM", "DMA"}),
        ("Guinea", {"GIN", "GNB", "GNQ"}),
    ],
)
def test_any_country_keeps_all_candidates_of_ambiguous_words(
    words: str, candidates: set[str]
) -> None:
    countries = load_countries()
    assert set(countries.any_country(words)) == candidates
    assert countries.country_named(words) is None
    assert countries.country_of_demonym(words) is None


def test_georgia_may_be_a_state_of_another_country_and_is_usually_not() -> None:
    countries = load_countries()
    assert set(countries.any_country("Georgian")) == {"GEO", "USA"}
    assert countries.country_of_demonym("Georgian") == "GEO"


def test_usual_country_names_the_likely_one_where_there_is_one() -> None:
    countries = load_countries()
    assert countries.usual_country("Georgia") == "GEO"
    assert countries.any_country("Guinea")[0] == "GIN"
    assert countries.usual_country("Korean") is None


def test_country_meant_by_capital_reads_both_spellings() -> None:
    countries = load_countries()
    spelt = [countries.country_meant(each, "capitals") for each in ("Kyiv", "Kiev")]
    assert spelt == ["UKR", "UKR"]
    assert countries.country_meant("Washington", "capitals") == "USA"
    assert countries.country_meant("Kremlin", "capitals") is None


@pytest.mark.parametrize(
    ("words", "code"),
    [("the Kremlin", "RUS"), ("Elysee", "FRA"), ("Downing Street", "GBR"), ("Blue House", "KOR")],
)
def test_country_meant_by_metonym_reads_seats_of_government(words: str, code: str) -> None:
    assert load_countries().country_meant(words, "metonyms") == code


def test_any_country_gives_brussels_two_meanings() -> None:
    assert load_countries().any_country("Brussels") == ("BEL", "EU")
    assert load_countries().country_meant("Brussels", "metonyms") is None


def test_country_meant_by_part_finds_the_state_of_a_regional_people() -> None:
    assert load_countries().country_meant("Chechen", "parts") == "RUS"


def test_plover_country_differs_where_plover_does() -> None:
    countries = load_countries()
    assert countries.plover_country("XKX") == "KOS"
    assert countries.plover_country("NATO") == "IGO"
    assert countries.plover_country("Houthi") == "YEM"
    assert countries.plover_country("USA") == "USA"


def test_name_of_gives_the_name_of_a_code_and_unknown_codes_back() -> None:
    countries = load_countries()
    assert countries.name_of("KOR") == "South Korea"
    assert countries.name_of("QQQ") == "QQQ"


def test_by_code_holds_records() -> None:
    assert load_countries().by_code["PRK"] == Country(
        code="PRK",
        alpha2="KP",
        kind="state",
        plover="PRK",
        name="North Korea",
    )
