"""Towns, as the gazetteer and as the press write them."""

import pytest

from tocsin.lexicons.tables import listed, read_rows
from tocsin.reference.towns import towns_named

NAMES = list(read_rows("lexicons/town_names.tsv", "names country town"))


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Basra", "IRQ"), ("Raqqa", "SYR"), ("Marib", "YEM"), ("Kryvyi Rih", "UKR"),
        ("Kupiansk", "UKR"), ("Medina", "SAU"), ("Mekelle", "ETH"), ("Białystok", "POL"),
        ("Bialystok", "POL"), ("Khan Younis", "PSE"), ("Chasiv Yar", "UKR"), ("Xi’an", "CHN"),
    ],
)  # fmt: skip
def test_towns_named_knows_the_spelling_of_the_press(name, country):
    assert towns_named(name)[0].country == country


@pytest.mark.parametrize("row", NAMES, ids=[row[0] for row in NAMES])
def test_every_name_of_the_press_is_that_of_a_town(row):
    names, country, town = row
    assert country in {each.country for each in towns_named(town)}
    for name in listed(names):
        found = [each for each in towns_named(name) if each.country == country]
        assert found
        assert len(found) == len(set(found))
