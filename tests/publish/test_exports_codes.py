import re

import pytest

from tocsin.lexicons.plover import value_of
from tocsin.lexicons.tables import given, read_rows
from tocsin.publish.exports.codes import alpha2_of, cameo_of, country_name, cow_of, fips_at, fips_of
from tocsin.records import Place
from tocsin.reference.countries import load_countries


def plover_codes():
    return [(root, given(mode)) for root, mode in read_rows("lexicons/plover.tsv", "type mode")]


@pytest.mark.parametrize(("type", "mode"), plover_codes())
def test_cameo_of_knows_every_type_and_mode(type, mode):
    cameo = cameo_of(type, mode, ())
    assert re.fullmatch(r"(?:0[3-9]|1\d|20)\d{1,2}", cameo.code)
    assert cameo.code.startswith(cameo.base)
    assert cameo.base.startswith(cameo.root)
    assert -10 <= cameo.goldstein <= 10


@pytest.mark.parametrize(("type", "mode"), plover_codes())
def test_cameo_of_keeps_cooperation_apart_from_conflict(type, mode):
    conflict = cameo_of(type, mode, ()).quad > 2
    assert conflict == (value_of(type, mode).quad > 2)


def test_cameo_of_refuses_what_plover_does_not_have():
    with pytest.raises(KeyError):
        cameo_of("FIGHT", None, ())


def test_cameo_of_takes_a_mode_of_another_type_for_none():
    assert cameo_of("PROTEST", "drone", ()).code == cameo_of("PROTEST", None, ()).code


def test_cameo_of_lets_one_context_decide():
    assert cameo_of("AID", None, ("military",)).code == "072"
    assert cameo_of("AID", None, ("military", "executive")).code == "072"


def test_cameo_of_stays_general_where_contexts_disagree():
    assert cameo_of("AID", None, ("military", "economic")).code == "070"


def test_cameo_of_takes_contexts_that_agree_as_one():
    assert cameo_of("AID", None, ("disasters", "health")).code == "073"


@pytest.mark.parametrize(
    ("type", "mode", "code", "value"),
    [
        ("CONSULT", "phone", "041", 1.0),
        ("RETREAT", "ceasefire", "0871", 9.0),
        ("COERCE", "arrest", "173", -5.0),
        ("ASSAULT", "heavy-weapons", "194", -10.0),
        ("ASSAULT", "destroy", "1712", -9.2),
    ],
)
def test_cameo_of_gives_goldsteins_value(type, mode, code, value):
    cameo = cameo_of(type, mode, ())
    assert (cameo.code, cameo.goldstein) == (code, value)


def test_fips_at_keeps_the_gaza_strip_apart():
    names = ("Gaza", "Gaza Strip", "Rafah", "Jenin", "Palestine")
    places = [Place(words=(0, 1), name=name, country="PSE") for name in names]
    assert list(map(fips_at, places)) == ["GZ", "GZ", "GZ", "WE", "WE"]


def test_fips_of_differs_from_iso_where_it_should():
    pairs = {"CHN": "CH", "CHE": "SZ", "DEU": "GM", "AUS": "AS", "AUT": "AU", "UKR": "UP"}
    assert {country: fips_of(country) for country in pairs} == pairs


def test_country_codes_cover_every_state():
    states = [each for each in load_countries().by_code.values() if each.kind == "state"]
    assert not [each.code for each in states if not fips_of(each.code)]
    assert {each.code for each in states if cow_of(each.code) is None} == {"VAT", "PSE"}


def test_country_codes_are_each_of_one_country():
    every = load_countries().by_code
    for lookup in (fips_of, cow_of):
        given = [lookup(code) for code in every if lookup(code)]
        assert len(given) == len(set(given))


def test_country_codes_know_plovers_kosovo():
    kosovo = [lookup("KOS") for lookup in (fips_of, cow_of, alpha2_of, country_name)]
    assert kosovo == ["KV", 347, "XK", "Kosovo"]


@pytest.mark.parametrize("none", [None, "", "UNO", "NATO", "???"])
def test_country_codes_are_empty_for_what_is_no_country(none):
    assert [lookup(none) for lookup in (fips_of, cow_of, alpha2_of, country_name)] == [
        "",
        None,
        "",
        "",
    ]
