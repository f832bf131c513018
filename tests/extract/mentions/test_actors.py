"""Actors in text: names of the lexicon, countries, and noun phrases read from their heads."""

from collections import Counter

import pytest
from spacy.tokens import Doc, Span

from tests.parses import VOCAB, parsed
from tocsin.extract.mentions.actor_lexicon import load_actor_lexicon, load_roles
from tocsin.extract.mentions.actors import (
    ActorName,
    ActorReading,
    actor_of,
    countries_of,
    find_actor_names,
)
from tocsin.lexicons.tables import read_records
from tocsin.reference.countries import load_countries

SECTORS = {
    *("AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED"),
    *("MIL", "OPP", "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK"),
}


def plain(text: str) -> Doc:
    """Build an unparsed document."""
    words = text.split()
    return Doc(VOCAB, words=words, spaces=[True] * (len(words) - 1) + [False])


def only(doc: Doc) -> ActorName:
    (name,) = find_actor_names(doc)
    return name


def countries_in(doc: Doc) -> list[tuple[str, ...]]:
    return [countries_of(doc, name) for name in find_actor_names(doc)]


def read(doc: Doc, start: int, end: int) -> ActorReading:
    reading = actor_of(doc, Span(doc, start, end))
    assert reading is not None
    return reading


# --------------------------------------------------------------------------- the lexicon


def test_lexicon_holds_enough_distinct_actors() -> None:
    keys = [(row["name"], row["country"]) for row in read_records("lexicons/actors.tsv")]
    assert len(keys) >= 1500
    assert len(set(keys)) == len(keys)


def test_lexicon_uses_known_sectors_and_countries() -> None:
    known = set(load_countries().by_code) | {"IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC"}
    for row in read_records("lexicons/actors.tsv"):
        assert row["sector"] in SECTORS | {""}, row
        assert row["kind"] in ("body", "group", "collective", "none"), row
        assert row["metonym"] in ("yes", "no"), row
        assert set(row["country"].split("+")) <= known | ({""} if row["kind"] == "none" else set())


def test_lexicon_shares_no_certain_alias_between_two_actors() -> None:
    owners: Counter[str] = Counter()
    for row in read_records("lexicons/actors.tsv"):
        aliases = [alias for alias in row["aliases"].split("|") if alias]
        certain = {alias for alias in (row["name"], *aliases) if not alias.endswith("?")}
        owners.update(certain - {alias[:-1] for alias in aliases if alias.endswith("?")})
    assert [alias for alias, count in owners.items() if count > 1] == []


def test_lexicon_finds_every_one_of_its_own_names() -> None:
    lexicon = load_actor_lexicon()
    for row in read_records("lexicons/actors.tsv"):
        found = list(lexicon.find_names(row["name"]))
        names = [c.entry.name for match in found for c in match.meanings]
        assert row["name"] in names, row


def test_roles_have_sectors_and_kinds() -> None:
    roles = load_roles()
    assert {role.sector for role in roles.values()} <= SECTORS
    assert {role.kind for role in roles.values()} == {"office", "collective", "body"}
    assert roles["air force"].sector == "MIL"
    assert roles["lawmakers"].sector == "LEG"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us and Us", []),
        ("the US and the U.S.", ["US", "U.S."]),
        ("Al-Qassam Brigades", ["Al-Qassam Brigades"]),
        ("the al-Qassam brigades", []),
        ("HEZBOLLAH and Hizbullah", ["HEZBOLLAH", "Hizbullah"]),
        ("a vote to ban TIKTOK", ["TIKTOK"]),
        ("the Elysee, the Élysée", ["Elysee", "Élysée"]),
        ("Israel. Defense Forces", ["Israel"]),
        ("the PLA Navy", ["PLA Navy"]),
        ("in the South China Sea", ["South China Sea"]),
    ],
)
def test_find_names_minds_capitals_and_takes_the_longest(text: str, expected: list[str]) -> None:
    found = load_actor_lexicon().find_names(text)
    assert [text[slice(*match.words)] for match in found] == expected


# --------------------------------------------------------------------------- mentions


@pytest.mark.parametrize(
    ("text", "name", "country", "sector"),
    [
        ("the Kremlin", "Kremlin", "RUS", "GOV"),
        ("Ansar Allah", "Houthis", "YEM", "REB"),
        ("IDF", "Israel Defense Forces", "ISR", "MIL"),
        ("NATO", "NATO", "IGO", None),
        ("Moscow", "Russia", "RUS", "GOV"),
        ("the Istana Negara", "Malaysia", "MYS", "GOV"),
        ("Wagner", "Wagner Group", "RUS", "PRM"),
        ("Transnistria", "Transnistria", "MDA", "PRE"),
    ],
)
def test_find_actor_names_reads_names(
    text: str, name: str, country: str, sector: str | None
) -> None:
    entry = only(plain(text)).entry
    assert (entry.name, entry.countries, entry.sector) == (name, (country,), sector)


def test_find_actor_names_gives_offsets_and_tokens() -> None:
    doc = plain("Officials of the African Union met")
    name = only(doc)
    assert doc.text[slice(*name.words)] == "African Union"
    assert doc[name.start : name.end].text == "African Union"


def test_find_actor_names_gives_both_koreas() -> None:
    assert countries_in(plain("the two Koreas")) == [("KOR", "PRK")]


def test_find_actor_names_passes_over_fixed_names_of_no_actor() -> None:
    assert find_actor_names(plain("the South China Sea")) == ()


def test_find_actor_names_leaves_shared_words_open() -> None:
    doc = plain("Congo")
    assert only(doc).open
    assert countries_in(doc) == [()]


def test_find_actor_names_decides_shared_words_by_the_rest_of_the_text() -> None:
    assert countries_in(plain("Congolese rebels left Kinshasa")) == [("COD",), ("COD",)]


def test_find_actor_names_reads_a_common_word_only_with_support() -> None:
    assert find_actor_names(plain("Labour is short")) == ()
    supported = find_actor_names(plain("Labour and the Labour Party of Britain"))
    assert supported[0].entry.name == "UK Labour Party"


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("A village in the West Bank", [("PSE",)]),
        ("The Guardian Council met in Tehran", [("IRN",), ("IRN",)]),
        ("Georgian police and the American ambassador", [("GEO",), ("USA",)]),
        ("The Workers' Party met in North Korea", [("PRK",), ("PRK",)]),
        ("The Democratic Party of South Korea's opposition", [("KOR",)]),
        ("Piracy in the Gulf of Guinea", []),
        ("the Emirati envoy said the Emirates would pay", [("ARE",), ("ARE",)]),
        ("British envoys said No 10 would act", [("GBR",), ("GBR",)]),
    ],
)
def test_find_actor_names_takes_the_name_that_is_meant(text, countries) -> None:
    assert countries_in(plain(text)) == countries


def test_find_actor_names_skips_a_country_inside_a_personal_name() -> None:
    doc = plain("Jordan Peterson spoke")
    doc.set_ents([Span(doc, 0, 2, label="PERSON")])
    assert find_actor_names(doc) == ()


def test_find_actor_names_marks_who_only_backs() -> None:
    doc = parsed("[nsubj [amod npadvmod:Iran - backed=back/VBN] militias] left=leave")
    assert only(doc).of_other
    assert countries_in(doc) == [("IRN",)]


# --------------------------------------------------------------------------- noun phrases


def test_actor_of_reads_possessive_and_body() -> None:
    doc = parsed("[nsubj [poss Latvia 's] compound:air force] left=leave")
    reading = read(doc, 0, 4)
    assert (reading.name, reading.kind, reading.sector) == ("Latvia's air force", "body", "MIL")


def test_actor_of_reads_the_role_before_of() -> None:
    doc = parsed("[nsubj The president [prep of pobj:Chad]] left=leave")
    reading = read(doc, 0, 2)
    assert (reading.name, reading.sector) == ("president", "GOV")


@pytest.mark.parametrize(
    "tree",
    [
        "[nsubj compound:Hezbollah officials] left=leave",
        "[nsubj Officials/NNS [prep of pobj:Hezbollah]] left=leave",
    ],
)
def test_actor_of_reads_the_sector_of_a_group_before_the_role(tree) -> None:
    assert read(parsed(tree), 0, 2).sector == "REB"


def test_actor_of_reads_a_person_with_role_and_country() -> None:
    doc = parsed("[nsubj amod:Fijian compound:President compound:Ana Kamikamica] left=leave")
    doc.set_ents([Span(doc, 2, 4, label="PERSON")])
    reading = read(doc, 0, 4)
    assert (reading.kind, reading.name) == ("person", "Ana Kamikamica")
    assert (reading.country, reading.sector) == ("FJI", "GOV")


def test_actor_of_takes_a_thing_for_its_country() -> None:
    doc = parsed("[nsubj amod:Russian missiles] fell=fall")
    reading = read(doc, 0, 2)
    assert (reading.kind, reading.name) == ("country", "Russia")


def test_actor_of_looks_through_a_quantity() -> None:
    doc = parsed("[nsubj Dozens/NNS [prep of [pobj amod:Malian soldiers]]] left=leave")
    reading = read(doc, 0, 4)
    assert (reading.name, reading.sector) == ("Malian soldiers", "MIL")


def test_actor_of_says_nothing_about_other_things() -> None:
    doc = parsed("[nsubj The border] closed=close")
    assert actor_of(doc, doc[0:2]) is None


def test_actor_of_reads_role_and_country_of_a_person_from_the_apposition() -> None:
    doc = parsed(
        "[nsubj compound:Issa Baro , [appos a lawmaker [prep from pobj:Mali]] ,] left=leave",
        PERSON="Issa Baro",
    )
    reading = read(doc, 0, 7)
    assert (reading.name, reading.country, reading.sector) == ("Issa Baro", "MLI", "LEG")


def test_actor_of_takes_no_country_of_a_person_from_what_he_visits() -> None:
    doc = parsed("[nsubj compound:Issa Baro] visited=visit dobj:Mali", PERSON="Issa Baro")
    assert read(doc, 0, 2).country is None


def test_find_actor_names_leaves_the_country_beside_a_body_to_the_body() -> None:
    doc = parsed("[nsubj [poss Germany 's] compound:Foreign Office] left=leave")
    assert countries_in(doc) == [("DEU",), ("DEU",)]
