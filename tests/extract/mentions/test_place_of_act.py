"""Where an act took place, by the phrases around it, on parses written by hand."""

import pytest

from tests.parses import parsed
from tocsin.extract.mentions.places import place_of_act


def place_in(tree, act, towns="", *, objects=(), named=False):
    """The place of the act with that word; `towns` are marked as places."""
    doc = parsed(tree, GPE=towns)
    word = {token.text: token for token in doc}
    return place_of_act(word[act], word[act], (), [word[each] for each in objects], named=named)


@pytest.mark.parametrize(
    ("tree", "act", "place"),
    [
        (
            "nsubj:Police arrested=arrest dobj:protesters [prep in pobj:Nairobi] .",
            "arrested",
            "Nairobi",
        ),
        ("[nsubj Protests/NNS] continued=continue [prep in pobj:Nairobi] .", "Protests", "Nairobi"),
        (
            "nsubj:They spoke=speak [prep of [pobj Nairobi , "
            "[relcl advmod:where nsubj:police arrested=arrest dobj:him]]] .",
            "arrested",
            "Nairobi",
        ),
        (
            "nsubj:Police shot=shoot dobj:him [prep in [pobj the amod:Kenyan city "
            "[prep of pobj:Nairobi]]] .",
            "shot",
            "Nairobi",
        ),
    ],
    ids=["around it", "where it continues", "where", "city of"],
)
def test_place_of_act_is_in_a_phrase_of_place(tree, act, place):
    assert place_in(tree, act, "Nairobi").name == place


@pytest.mark.parametrize(
    "tree",
    [
        "nsubj:Soldiers/NNS died=die [prep in [pobj the compound:US raid]] .",
        "nsubj:Mali faces=face [dobj a threat [prep of [pobj attacks [prep from pobj:Nairobi]]]] .",
        "nsubj:Mali raised=raise [dobj tariffs [prep on [pobj allies "
        "[acl opposed=oppose/VBN [prep to [pobj a raid [prep in pobj:Nairobi]]]]]]] .",
    ],
    ids=["whose raid", "where a threat comes from", "in a clause below"],
)
def test_place_of_act_is_not_where_something_else_is(tree):
    act = next(token.text for token in parsed(tree) if token.dep_ == "ROOT")
    assert place_in(tree, act, "Nairobi | US") is None


def test_place_of_act_is_where_those_are_to_whom_it_is_done():
    tree = (
        "nsubj:Gunmen killed=kill [dobj people [prep in [pobj a market [prep in pobj:Nairobi]]]] ."
    )
    assert place_in(tree, "killed", "Nairobi", objects=["people"]).name == "Nairobi"


def test_place_of_act_is_the_town_that_is_hit_where_what_is_hit_is_the_place():
    tree = "nsubj:Rebels shelled=shell dobj:Nairobi ."
    found = [
        place_in(tree, "shelled", "Nairobi", objects=["Nairobi"], named=n) for n in (True, False)
    ]
    assert [place and place.name for place in found] == ["Nairobi", None]


def test_place_of_act_is_where_the_clause_above_has_it():
    tree = (
        "nsubj:Drones/NNS hit/VBD [dobj a clinic] [prep in pobj:Nairobi] , "
        "[advcl wounding=wound dobj:ten] ."
    )
    assert place_in(tree, "wounding", "Nairobi", objects=["ten"]).name == "Nairobi"


@pytest.mark.parametrize(
    ("what", "country"),
    [("[dobj a amod:Moldovan post", "MDA"), ("[dobj a amod:Moldovan embassy", None)],
    ids=["at home", "abroad"],
)
def test_place_of_act_in_no_list_has_the_country_of_what_lies_at_home(what, country):
    tree = f"nsubj:Drones/NNS hit/VBD {what} [prep at pobj:Zorblatt]] ."
    place = place_in(tree, "hit", objects=[what.split()[-1]], named=True)
    assert (place.name, place.country) == ("Zorblatt", country)


def test_place_of_act_is_no_name_that_the_list_of_actors_has():
    tree = "nsubj:Drones/NNS hit/VBD [dobj a post [prep near pobj:NATO]] ."
    assert place_in(tree, "hit", objects=["post"], named=True) is None


def test_place_of_act_is_a_town_that_no_model_marked_where_only_a_place_can_stand():
    tree = "nsubj:Police shot=shoot dobj:him [prep in pobj:Nairobi] ."
    assert place_in(tree, "shot").country == "KEN"
