"""Names: what counts as the same name, as a near one, and as another."""

from __future__ import annotations

import pytest

from tocsin.reference.names import match_names, name_keys, parse_name


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Kim Jong Un", "KIM Chong-un"),
        ("Kim Jong-un", "KIM Jong Un"),
        ("Choi Sun-hee", "CHOE Son Hui"),
        ("Yi Myong-bak", "LEE Myung-bak"),
        ("Kang Kyung-wha", "Kang Kyung-hwa"),
        ("Volodymyr Zelenskiy", "Volodymyr ZELENSKYY"),
        ("Sergei Shoigu", "Sergey Shoygu"),
        ("Alexander Lukashenko", "Alyaksandr LUKASHENKA"),
        ("Boris Yeltsin", "Boris Nikolayevich YEL'TSIN"),
        ("Abbas Araqchi", "Abbas Araghchi"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip ERDOGAN"),
        ("Gerhard Schröder", "Gerhard SCHROEDER"),
        ("Mahmoud Ahmadinejad", "Mahmud AHMADI-NEJAD"),
    ],
)
def test_match_takes_transliterations_for_the_same_name(written: str, known: str) -> None:
    assert match_names(written, [known]).same


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Abdel Fattah el-Sisi", "Abdelfattah Said ELSISI"),
        ("Abdulmalik al-Houthi", "Abdul-Malik al-Houthi"),
        ("Hossein Amir-Abdollahian", "Hossein Amirabdollahian"),
        ("Nasirul Mulk", "Nasir-ul-Mulk"),
        ("Prince Faisal bin Farhan", "Faisal bin Farhan Al Saud"),
        ("Mohammed bin Salman", "MUHAMMAD bin Salman"),
    ],
)
def test_match_looks_past_articles_and_particles(written: str, known: str) -> None:
    assert match_names(written, [known]).same


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Joe Biden", "Joseph R. BIDEN Jr."),
        ("Bill Clinton", "William Jefferson CLINTON"),
        ("Liz Truss", "Mary Elizabeth TRUSS"),
        ("Tony Blinken", "Antony Blinken"),
        ("Bibi Netanyahu", "Binyamin NETANYAHU"),
        ("Vladimir Zelensky", "Volodymyr ZELENSKYY"),
    ],
)
def test_match_knows_short_forms_and_other_languages_of_first_names(
    written: str, known: str
) -> None:
    assert match_names(written, [known]).same


@pytest.mark.parametrize(
    "written", ["Lavrov", "Sergey Lavrov", "Sergei V. Lavrov", "LAVROV Sergey"]
)
def test_match_takes_family_name_alone_and_either_order(written: str) -> None:
    assert match_names(written, ["Sergey Lavrov"]).same


def test_match_takes_initials_for_first_names() -> None:
    assert match_names("S. Jaishankar", ["Subrahmanyam Jaishankar"]).same
    assert not match_names("K. Jaishankar", ["Subrahmanyam Jaishankar"]).same


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Igor Ivanov", "Sergei Ivanov"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Li Qiang", "LI Keqiang"),
        ("Wang Yi", "Wang Qi"),
        ("John Wallace", "Ben Wallace"),
        ("Boris", "Boris JOHNSON"),
        ("Oleksandr Petrenko", "Rustem Umerov"),
    ],
)
def test_match_keeps_bearers_of_half_a_name_apart(written: str, known: str) -> None:
    match = match_names(written, [known])
    assert not match.same
    assert not match.near


@pytest.mark.parametrize(
    ("written", "known"),
    [("Keir Stamer", "Keir STARMER"), ("Dmitry Pesko", "Dmitry Peskov"), ("Zelenskt", "Zelensky")],
)
def test_match_calls_one_letter_off_near_and_never_the_same(written: str, known: str) -> None:
    match = match_names(written, [known])
    assert match.near
    assert not match.same


def test_match_does_not_lend_a_family_name_in_the_list_to_everybody() -> None:
    assert not match_names("Ivan Lavrov", ["Sergey Lavrov", "Lavrov"]).same


def test_match_tells_monarchs_of_one_name_by_their_numerals() -> None:
    assert match_names("King Charles", ["CHARLES III"]).same
    assert not match_names("Charles II", ["CHARLES III"]).same


def test_match_gives_the_forms_that_decided_and_says_why() -> None:
    match = match_names("Lula", ["Luiz Inácio LULA da Silva", "Luiz da Silva"])
    assert match.forms == ("Lula", "Luiz Inácio LULA da Silva")
    assert match.sentence == "“Lula” is the family name of “Luiz Inácio LULA da Silva”."


def test_match_without_known_forms_is_no_match() -> None:
    assert match_names("Lula", []).score == 0.0


def test_parse_finds_the_family_name_in_capitals_first_or_last() -> None:
    assert parse_name("KIM Jong Un").family == {0}
    assert parse_name("Sergey LAVROV").family == {1}


def test_parse_keeps_a_first_name_that_is_elsewhere_a_particle() -> None:
    assert parse_name("Ben Wallace").words == ("ben", "wallace")
    assert parse_name("Ursula von der Leyen").words == ("ursula", "leyen")


def test_name_keys_meet_for_spellings_of_one_name() -> None:
    assert name_keys("Sergei Shoigu") & name_keys("Shoygu")
    assert name_keys("Choi Sun-hee") & name_keys("CHOE Son Hui")


def test_match_reads_cyrillic_and_the_family_name_before_a_comma() -> None:
    assert match_names("Alexander Darchiev", ["Дарчиев, Александр Никитич"]).same


@pytest.mark.parametrize(
    ("written", "known"),
    [("Christopher W. Grady", "Warren Christopher"), ("Paul LaCamera", "Paul L. Cejas")],
)
def test_match_does_not_build_a_name_from_an_initial(written: str, known: str) -> None:
    assert not match_names(written, [known]).same
