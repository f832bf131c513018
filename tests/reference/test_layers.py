"""Layers: importing files over the shipped facts, listing and removing them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tocsin.errors import ReferenceFileError
from tocsin.publish.lookups import render_new_offices
from tocsin.reference.layers import (
    add_layer,
    list_layers,
    read_layers,
    remove_layer,
    update_layers,
)
from tocsin.reference.offices import load_reference
from tocsin.reference.standing import Held
from tocsin.settings import Settings

TODAY = date(2026, 3, 1)
CSV = """country,office,person,name_variants,start,end,known_until,note
UKR,Minister of Defence,Orest Zelenko,Orest Selenko,2030-01-10,2031-02-01,,
NATO,Spokesperson,Ilse Brannick,,2030-05,,2031-01-01,first woman from Ruritania
"""


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def follow_the_money() -> str:
    entities = [
        {
            "id": "o1",
            "schema": "Occupancy",
            "properties": {
                "holder": ["p1"],
                "post": ["m1"],
                "startDate": ["2030-01-10"],
                "endDate": ["2031"],
            },
        },
        {
            "id": "p1",
            "schema": "Person",
            "properties": {"name": ["Orest Zelenko"], "alias": ["O. Selenko"]},
        },
        {
            "id": "m1",
            "schema": "Position",
            "properties": {"name": ["Minister of Defence"], "country": ["ua"]},
        },
    ]
    return "\n".join(json.dumps(entity) for entity in entities)


def wikidata(precision: str = "11") -> str:
    binding = {
        "person": {"type": "uri", "value": "http://www.wikidata.org/entity/Q999999999"},
        "personLabel": {"type": "literal", "value": "Orest Zelenko"},
        "posLabel": {"type": "literal", "value": "Minister of Defence"},
        "iso3": {"type": "literal", "value": "UKR"},
        "start": {"type": "literal", "value": "2030-01-01T00:00:00Z"},
        "startP": {"type": "literal", "value": precision},
    }
    return json.dumps({"head": {"vars": []}, "results": {"bindings": [binding]}})


def popolo() -> str:
    return json.dumps(
        {
            "persons": [
                {"id": "p1", "name": "Orest Zelenko", "other_names": [{"name": "Selenko"}]}
            ],
            "organizations": [{"id": "g1", "name": "Government of Ukraine"}],
            "memberships": [
                {
                    "person_id": "p1",
                    "organization_id": "g1",
                    "role": "Minister of Defence",
                    "start_date": "2030-01-10",
                    "end_date": "2031-02-01",
                }
            ],
        }
    )


def test_add_imports_csv(tmp_path: Path) -> None:
    layer = add_layer(write(tmp_path, "mine.csv", CSV), tmp_path, today=TODAY)
    assert (layer.name, layer.format, layer.tenures, layer.people) == ("mine", "csv", 2, 2)
    ukraine, nato = read_layers(tmp_path)
    assert (ukraine.office, ukraine.since, ukraine.until) == (
        "UKR:defence_minister", "2030-01-10", "2031-02-01",
    )  # fmt: skip
    assert (nato.office, nato.until, nato.known_until) == ("NATO:spokesperson", None, "2031-01-01")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.ftm.json", follow_the_money(), "follow-the-money"),
        ("a.json", wikidata(), "wikidata"),
        ("b.json", popolo(), "popolo"),
    ],
)
def test_add_tells_formats_by_their_content(
    tmp_path: Path, name: str, content: str, kind: str
) -> None:
    layer = add_layer(write(tmp_path, name, content), tmp_path, today=TODAY, name="x")
    assert layer.format == kind
    (tenure,) = read_layers(tmp_path)
    assert tenure.office == "UKR:defence_minister"
    assert tenure.person.name == "Orest Zelenko"
    assert (tenure.since or "").startswith("2030-01")


@pytest.mark.parametrize(
    ("precision", "since"), [("11", "2030-01-01"), ("10", "2030-01"), ("9", "2030")]
)
def test_add_keeps_wikidata_dates_at_their_precision(
    tmp_path: Path, precision: str, since: str
) -> None:
    add_layer(write(tmp_path, "w.json", wikidata(precision)), tmp_path, today=TODAY)
    assert read_layers(tmp_path)[0].since == since


def test_add_takes_an_open_end_as_known_to_the_day_of_import(tmp_path: Path) -> None:
    add_layer(write(tmp_path, "w.json", wikidata()), tmp_path, today=TODAY)
    assert read_layers(tmp_path)[0].known_until == "2026-03-01"


def test_imported_tenures_lie_over_the_shipped_ones_with_their_origin(tmp_path: Path) -> None:
    add_layer(write(tmp_path, "mine.csv", CSV), tmp_path, today=TODAY)
    reference = load_reference(Settings(data_dir=tmp_path))
    standing = reference.standing("UKR:defence_minister", "Orest Zelenko", date(2030, 6, 1))
    assert standing.held is Held.HELD
    assert standing.tenure is not None
    assert standing.tenure.origin == ("mine.csv, imported 2026-03-01",)
    assert standing.tenure.imported == TODAY
    assert "2 tenures imported" in reference.describe()
    assert len(reference.tenures("UKR:defence_minister")) > 10


def test_imported_people_are_found_by_name(tmp_path: Path) -> None:
    add_layer(write(tmp_path, "mine.csv", CSV), tmp_path, today=TODAY)
    reference = load_reference(Settings(data_dir=tmp_path))
    found = reference.find_person("Ilse Brannick")
    assert [t.office for t in found[0].tenures] == ["NATO:spokesperson"]


def test_imported_office_of_a_new_kind_can_be_looked_up(tmp_path: Path) -> None:
    content = "country,office,person,start,end\nUKR,UKR:railway_chief,Orest Zelenko,2030,2031\n"
    add_layer(write(tmp_path, "rail.csv", content), tmp_path, today=TODAY)
    reference = load_reference(Settings(data_dir=tmp_path))
    office = reference.office("UKR:railway_chief")
    assert office is not None
    assert office.title == "Railway chief"


OWN = """country,office,person,start,end
HND,Minister of Coffee,Ana Lopez,2023-12-12,
MYS,minister of silly walks,John Tan,2023-12-12,
MYS,Minister of Finance and Haggis,Robert Tan,2023-12-12,
MYS,Defense Minister,Robert Lim,2023-12-12,
MYS,Minister of Defence,Eric Lim,2020,2021
"""


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Minister of Coffee of Honduras", "Minister of Coffee"),
        ("minister of coffee", "Minister of Coffee"),
        ("Malaysia's Minister of Silly Walks", "Minister of Silly Walks"),
    ],
)
def test_an_imported_office_of_its_own_is_found_by_its_title(
    tmp_path: Path, words: str, title: str
) -> None:
    add_layer(write(tmp_path, "own.csv", OWN), tmp_path, today=TODAY)
    [found] = load_reference(Settings(data_dir=tmp_path)).find_office(words)
    assert (found.office.title, len(found.tenures)) == (title, 1)


def test_an_import_tells_new_offices_and_titles_taken_for_another(tmp_path: Path) -> None:
    layer = add_layer(write(tmp_path, "own.csv", OWN), tmp_path, today=TODAY)
    lines = [*render_new_offices(load_reference(), read_layers(tmp_path), layer)]
    assert [line.split(" is ")[0] for line in lines[:2]] == [
        "HND:other:minister_of_coffee",
        "MYS:other:minister_of_silly_walks",
    ]
    assert lines[2:] == [
        "“Minister of Finance and Haggis” is taken for the office MYS:finance_minister",
        "“Defense Minister” is taken for Minister of Defence of Malaysia (MYS:defence_minister)",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "country,office,person\nUKR,Minister,X\n", "line 1: columns are missing: start"),
        ("a.csv", CSV.replace("2030-01-10", "10.1.2030"), "line 2: this is no date"),
        ("a.csv", CSV.replace("2030-01-10", "2030-13-10"), "line 2: this is no date"),
        ("a.csv", CSV.replace("2030-01-10", "0001-01-01"), "line 2: this is no date"),
        ("a.csv", CSV.replace("2031-02-01", "9999-12-31"), "line 2: this is no date"),
        ("a.csv", CSV.replace("2031-02-01", "2021-02-01"), "line 2: the end lies before the start"),
        ("a.csv", CSV.replace("2031-02-01", "2030-01-09"), "line 2: the end lies before the start"),
        ("a.csv", CSV.replace("UKR", "ZZZ"), "line 2: this is no known country"),
        ("a.csv", CSV.replace("Orest Zelenko", ""), "line 2: there is no person"),
        ("a.csv", CSV + "UKR,Minister of Defence\n", "line 4: the row has more or fewer cells"),
        ("a.csv", "", "line 1: the file is empty"),
        ("a.json", '{"results": {"bindings": [}}', "line 1: this is no JSON"),
        ("a.json", '{"people": []}', "line 1: this JSON is in no known format"),
        ("a.json", "[1, 2]", "line 1: the JSON is not an object"),
        ("a.ftm", follow_the_money() + "\n{", "line 4: this is no JSON"),
        ("a.ftm", follow_the_money().replace('"p1"', '"p2"', 1), "the holder of this occupancy"),
        ("a.json", popolo().replace('"person_id": "p1"', '"person_id": "p7"'), "membership 1: its"),
        ("a.json", popolo().replace('"2030-01-10"', "2030"), "membership 1: this is no date"),
        ("a.json", '{"persons": null, "memberships": [{}]}', "membership 1: its person"),
    ],
)
def test_add_refuses_a_malformed_file_and_changes_nothing(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    add_layer(write(tmp_path, "good.csv", CSV), tmp_path, today=TODAY)
    before = {p: p.read_bytes() for p in (tmp_path / "reference").iterdir()}
    with pytest.raises(ReferenceFileError) as refused:
        add_layer(write(tmp_path, name, content), tmp_path, today=TODAY, name="good")
    assert reason in str(refused.value)
    assert {p: p.read_bytes() for p in (tmp_path / "reference").iterdir()} == before


def test_add_takes_lines_as_json_has_them(tmp_path: Path) -> None:
    text = follow_the_money().replace('"O. Selenko"', '"O.\u2028Selenko"')
    assert add_layer(write(tmp_path, "a.ftm", text), tmp_path, today=TODAY).people == 1


def test_add_refuses_bytes_that_are_not_utf8_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(CSV.encode() + "UKR,Minister of Defence,Jos\xe9,2030,,,,\n".encode("latin-1"))
    with pytest.raises(ReferenceFileError, match="line 4: the bytes are not UTF-8"):
        add_layer(path, tmp_path, today=TODAY)


def test_add_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileError, match="cannot be opened"):
        add_layer(tmp_path / "nowhere.csv", tmp_path, today=TODAY)


def test_add_refuses_a_name_that_leaves_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileError, match="cannot be the name"):
        add_layer(write(tmp_path, "a.csv", CSV), tmp_path, today=TODAY, name="../elsewhere")


def test_add_counts_entries_that_are_no_use(tmp_path: Path) -> None:
    layer = add_layer(
        write(tmp_path, "a.csv", CSV + "UKR,Minister of Defence,Sine Tempore,,,,,\n"),
        tmp_path,
        today=TODAY,
    )
    assert (layer.tenures, layer.skipped) == (2, 1)


def test_add_replaces_a_layer_of_the_same_name(tmp_path: Path) -> None:
    add_layer(write(tmp_path, "a.csv", CSV), tmp_path, today=TODAY)
    add_layer(write(tmp_path, "a.csv", CSV), tmp_path, today=date(2026, 4, 1))
    (layer,) = list_layers(tmp_path)
    assert layer.imported == date(2026, 4, 1)
    assert len(read_layers(tmp_path)) == 2


def test_list_is_empty_without_a_data_directory(tmp_path: Path) -> None:
    assert list_layers(tmp_path / "nowhere") == ()


def test_list_refuses_a_damaged_layer(tmp_path: Path) -> None:
    add_layer(write(tmp_path, "a.csv", CSV), tmp_path, today=TODAY)
    write(tmp_path / "reference", "a.tsv", "nonsense\n")
    with pytest.raises(ReferenceFileError, match="damaged"):
        list_layers(tmp_path)


def test_remove_takes_a_layer_away(tmp_path: Path) -> None:
    add_layer(write(tmp_path, "a.csv", CSV), tmp_path, today=TODAY)
    assert remove_layer("a", tmp_path).tenures == 2
    assert list_layers(tmp_path) == ()
    assert load_reference(Settings(data_dir=tmp_path)).imported == ()


def test_remove_names_the_layers_there_are(tmp_path: Path) -> None:
    add_layer(write(tmp_path, "a.csv", CSV), tmp_path, today=TODAY)
    with pytest.raises(ReferenceFileError, match="one of those imported: a"):
        remove_layer("b", tmp_path)


def test_update_asks_wikidata_once_a_country(tmp_path: Path) -> None:
    asked = []

    def fetch(address: str) -> bytes:
        asked.append(parse_qs(urlsplit(address).query)["query"][0])
        return wikidata().encode()

    layers = update_layers(["UKR", "KOR"], tmp_path, today=TODAY, fetch=fetch)
    assert [layer.name for layer in layers] == ["wikidata-UKR", "wikidata-KOR"]
    assert ['"UKR"' in query for query in asked] == [True, False]
    assert all("p:P39" in query and "pqv:P580" in query for query in asked)


def test_update_refuses_what_is_no_country_code(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileError, match="no country code"):
        update_layers(['UKR" } #'], tmp_path, today=TODAY, fetch=lambda _: b"")


def test_add_layer_refuses_json_nested_too_deeply(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000)
    with pytest.raises(ReferenceFileError):
        add_layer(path, tmp_path / "data", today=date(2026, 1, 2))


def test_add_layer_says_that_it_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("country,office,person,start,end\nPRK,Minister of Railways,Jang A,2023,\n")
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(ReferenceFileError, match="TOCSIN_DATA_DIR"):
        add_layer(path, tmp_path / "data", today=date(2026, 1, 2))


UMEROV = "country,office,person,start,end,note\nUKR,Minister of Defence,Rustem Umerov,"


@pytest.mark.parametrize(
    ("row", "day", "held"),
    [
        ("2023-09-06,2025-03-01,", date(2025, 2, 1), True),
        ("2023-09-06,2025-03-01,", date(2025, 5, 1), False),  # the shipped end is 2025-07-17
        ("2023-09-06,2025-07-17,never held it", date(2024, 5, 1), False),
    ],
)
def test_a_file_of_the_user_outranks_what_ships(
    tmp_path: Path, row: str, day: date, held: bool
) -> None:
    add_layer(write(tmp_path, "mine.csv", UMEROV + row), tmp_path, today=TODAY)
    reference = load_reference(Settings(data_dir=tmp_path))
    standing = reference.standing("UKR:defence_minister", "Rustem Umerov", day)
    assert (standing.held is Held.HELD) is held


def test_a_file_of_the_user_leaves_other_terms_alone(tmp_path: Path) -> None:
    text = "country,office,person,start,end\nUSA,President,Donald Trump,2025-01-20,2025-06-01\n"
    add_layer(write(tmp_path, "mine.csv", text), tmp_path, today=TODAY)
    reference = load_reference(Settings(data_dir=tmp_path))
    assert reference.standing("USA:head_of_state", "Trump", date(2018, 1, 1)).held is Held.HELD
    assert reference.standing("USA:head_of_state", "Trump", date(2025, 8, 1)).held is not Held.HELD


def test_a_year_of_wikidata_without_a_precision_is_no_new_year(tmp_path: Path) -> None:
    cells = {"person": "http://www.wikidata.org/entity/Q1", "personLabel": "Ana Perez",
             "posLabel": "Minister of Defence", "iso3": "UKR",
             "start": "2030-01-01T00:00:00Z", "end": "2031-04-05T00:00:00Z"}  # fmt: skip
    answer = {"results": {"bindings": [{key: {"value": cell} for key, cell in cells.items()}]}}
    add_layer(write(tmp_path, "answer.json", json.dumps(answer)), tmp_path, today=TODAY)
    (tenure,) = read_layers(tmp_path)
    assert (tenure.since, tenure.until) == ("2030", "2031-04-05")
