import io
import json
from dataclasses import replace

import pytest
from followthemoney import model

from tests.publish import exported
from tocsin.publish.exports.ftm import write_ftm
from tocsin.records import Actor, Place, Status, Verdict
from tocsin.reference.countries import load_countries


def write(events=(), checked=(), look_up=exported.article):
    file = io.StringIO()
    outcome = write_ftm(file, events, checked, look_up)
    return [json.loads(line) for line in file.getvalue().splitlines()], outcome


def validate(entities):
    """Read every entity with the library: its schema, its values, what it refers to."""
    known = set()
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (prop.qname, value)
            assert prop.type.name != "entity" or value in known, (prop.qname, value)
        for name, values in entity["properties"].items():
            assert sorted(proxy.get(name)) == sorted(set(values)), (name, values)
        assert entity["id"] not in known
        known.add(entity["id"])


def by_schema(entities, schema):
    return [each for each in entities if each["schema"] == schema]


def test_write_ftm_is_valid_for_the_library():
    entities, _ = write(
        [exported.reported(), exported.meeting()], [exported.checked(Verdict.HOLDS)]
    )
    validate(entities)
    schemata = {"Event", "Article", "Person", "Position", "Occupancy"}
    assert {each["schema"] for each in entities} == schemata


def test_write_ftm_writes_each_entity_once():
    entities, outcome = write([exported.meeting(), exported.meeting(reports=2)])
    assert outcome.written == {"Person": 2, "Article": 1, "Event": 2}
    assert len({each["id"] for each in entities}) == 5


def test_write_ftm_gives_the_same_ids_in_any_order():
    one, _ = write([exported.meeting(), exported.reported()])
    two, _ = write([exported.reported(), exported.meeting()])
    assert {each["id"] for each in one} == {each["id"] for each in two}


def test_write_ftm_describes_the_event():
    entities, _ = write([exported.reported()])
    properties = by_schema(entities, "Event")[0]["properties"]
    assert properties["name"] == ["ASSAULT (drone): Russia, Ukraine; Kharkiv, 2025-03-03"]
    assert properties["country"] == ["ru", "ua"]
    assert properties["date"] == ["2025-03-03"]
    assert properties["keywords"] == ["ASSAULT", "ASSAULT-drone", "military", "status: asserted"]
    assert properties["proof"] == [by_schema(entities, "Article")[0]["id"]]


def test_write_ftm_tells_bodies_of_the_state_from_others():
    army = Actor(name="Northern Army", words=(0, 1), kind="body", country="SDN", sector="MIL")
    union = Actor(name="Dockers' Union", words=(0, 1), kind="body", country="SDN", sector="LAB")
    crowd = Actor(name="protesters", words=(0, 1), kind="collective", country="SDN")
    event = exported.told(actors=(army,), recipients=(union, crowd))
    entities, _ = write([exported.reported(exported.telling(event))])
    validate(entities)
    assert by_schema(entities, "PublicBody")[0]["properties"]["name"] == ["Northern Army"]
    assert by_schema(entities, "Organization")[0]["properties"]["name"] == ["Dockers' Union"]
    assert len(by_schema(entities, "Event")[0]["properties"]["involved"]) == 2


def test_write_ftm_gives_an_office_only_where_the_check_holds():
    others = [exported.checked(each) for each in Verdict if each is not Verdict.HOLDS]
    assert write(checked=others)[0] == []
    entities, _ = write(checked=[exported.checked(Verdict.HOLDS)])
    validate(entities)
    held = by_schema(entities, "Occupancy")[0]["properties"]
    assert held["startDate"] == ["2024-01-02"]
    assert held["holder"] == [by_schema(entities, "Person")[0]["id"]]
    assert held["sourceUrl"] == ["https://news.example.org/a1"]
    assert held["post"] == [by_schema(entities, "Position")[0]["id"]]


def test_write_ftm_knows_the_holder_of_an_office_for_the_party_to_an_event():
    entities, _ = write([exported.meeting()], [exported.checked(Verdict.HOLDS)])
    assert sorted(each["properties"]["name"][0] for each in by_schema(entities, "Person")) == [
        "Ana Sol",
        "Otto Brandt",
    ]


def test_write_ftm_leaves_out_what_did_not_happen():
    entities, outcome = write([exported.with_status(Status.NEGATED)])
    assert entities == []
    assert outcome.sentence() == "nothing; left out: 1 told as negated"


@pytest.mark.parametrize("code", sorted(load_countries().by_code))
def test_write_ftm_gives_countries_that_the_library_knows(code):
    place = Place(words=(0, 1), name="Here", country=load_countries().plover_country(code))
    validate(write([exported.reported(place=place)])[0])


def test_write_ftm_survives_hostile_words():
    made = exported.hostile_events()
    people = [
        replace(each, recipients=tuple(replace(r, office="=1+1") for r in each.recipients))
        for each in made
    ]
    entities, _ = write(people, look_up=exported.hostile_article)
    validate(entities)
    assert len(by_schema(entities, "Event")) == len(made)
