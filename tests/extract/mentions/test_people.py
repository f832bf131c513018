"""People of an article: where their names begin and end, who they are, and what is said of them."""

import pytest

from tests.parses import parsed
from tocsin.extract.mentions.people import find_people
from tocsin.extract.mentions.person_names import name_after, name_before
from tocsin.extract.offices.claims import find_office_claims
from tocsin.models.reading import Reading
from tocsin.records import Article


def people_in(tree, names):
    """The people of a parse, with the office claims in it known."""
    doc = parsed(tree, PERSON=names)
    claims = find_office_claims(Reading(doc), Article(id="a", text=doc.text))
    return find_people(doc, claims)


def mentions_in(tree, names):
    return [[m.name for m in person.mentions] for person in people_in(tree, names).everyone]


# --------------------------------------------------------------------------- names gathered


def test_find_people_cuts_titles_before_a_name_and_the_possessive_after_it():
    tree = "[nsubj [poss compound:President compound:Issa Baro 's] plan] failed=fail ."
    assert mentions_in(tree, "President Issa Baro 's | President Issa Baro's") == [["Issa Baro"]]


def test_find_people_gives_a_shared_surname_to_who_was_named_last():
    tree = """
    [nsubj compound:Issa Baro] left=leave .
    [nsubj compound:Awa Baro] stayed=stay .
    nsubj:Baro spoke=speak .
    """
    assert mentions_in(tree, "Issa Baro | Awa Baro | Baro") == [["Issa Baro"], ["Awa Baro", "Baro"]]


@pytest.mark.parametrize(
    "brought_in",
    [
        "[nsubj poss:His father , [appos compound:Awa Baro] ,]",
        "[nsubj Tola and [conj compound:Awa Baro]]",
    ],
)
def test_find_people_gives_a_surname_to_nobody_brought_in_beside_another(brought_in):
    tree = (
        f"[nsubj compound:Issa Baro] left=leave .\n{brought_in} stayed=stay .\nnsubj:Baro won=win ."
    )
    assert mentions_in(tree, "Issa Baro | Awa Baro | Baro") == [["Issa Baro", "Baro"], ["Awa Baro"]]


def test_find_people_leaves_a_surname_open_that_one_sentence_shares():
    tree = """
    [nsubj compound:Issa Baro and [conj compound:Awa Baro]] left=leave .
    nsubj:Baro spoke=speak .
    """
    people = people_in(tree, "Issa Baro | Awa Baro | Baro")
    assert len(people.ambiguous) == 1


def test_find_people_takes_a_surname_inside_the_name_of_a_body_for_nobody():
    tree = """
    [nsubj compound:Issa Baro] left=leave .
    [nsubj The compound:Baro Foundation] spoke=speak .
    """
    assert mentions_in(tree, "Issa Baro") == [["Issa Baro"]]


def test_find_people_knows_who_holds_an_office_though_no_model_marked_the_name():
    tree = (
        "[nsubj amod:Malian [compound compound:Foreign Minister] compound:Issa Baro] left=leave ."
    )
    [person] = people_in(tree, "").everyone
    assert (person.name, person.country) == ("Issa Baro", "MLI")
    assert person.office == "Malian Foreign Minister"


@pytest.mark.parametrize(
    ("tree", "female"),
    [
        ("[nsubj compound:Mrs compound:Zorb Vandal] left=leave .", True),
        ("[nsubj compound:Mr compound:Zorb Vandal] left=leave .", False),
        ("[nsubj compound:Zorb Vandal , [appos a spokeswoman] ,] left=leave .", True),
        ("[nsubj compound:Zorb Vandal , [appos a general] ,] left=leave .", None),
    ],
    ids=["Mrs", "Mr", "spokeswoman", "general"],
)
def test_find_people_reads_sex_from_the_words_around_a_name(tree, female):
    [person] = people_in(tree, "Zorb Vandal").everyone
    assert person.female is female


# --------------------------------------------------------------------------- edges of names


@pytest.mark.parametrize(
    ("tree", "name"),
    [
        ("[nsubj compound:Issa Baro] left=leave .", "Issa Baro"),
        ("[nsubj compound:Dr compound:Issa Baro] left=leave .", "Issa Baro"),
        ("[nsubj compound:Issa compound:al - Baro] left=leave .", "Issa al-Baro"),
        ("[nsubj compound:Issa det:van det:der Baro] left=leave .", "Issa van der Baro"),
        ("[nsubj compound:Issa compound:B. Baro] left=leave .", "Issa B. Baro"),
        ("[nsubj compound:Issa Baro] , nummod:54 , left=leave .", "Issa Baro"),
        ("[nsubj Mali] left=leave .", None),
        ("[nsubj compound:Issa Committee] left=leave .", None),
        ("[nsubj The army] left=leave .", None),
    ],
)
def test_name_after_ends_where_the_name_does(tree, name):
    doc = parsed(tree)
    found = name_after(doc, 0, frozenset())
    assert (doc[slice(*found)].text if found else None) == name


def test_name_after_does_not_run_into_a_title():
    doc = parsed("[nsubj compound:Issa Baro] [appos General] left=leave .")
    assert name_after(doc, 0, frozenset({2})) == (0, 2)


@pytest.mark.parametrize(
    ("tree", "end", "name"),
    [
        ("nsubj:She met=meet [dobj compound:Issa Baro] , [appos the general] .", 4, "Issa Baro"),
        (
            "nsubj:She met=meet [dobj compound:General compound:Issa Baro] , [appos a general] .",
            5,
            "Issa Baro",
        ),
    ],
    ids=["name", "after a rank"],
)
def test_name_before_begins_after_rank_and_verb(tree, end, name):
    doc = parsed(tree)
    found = name_before(doc, end, frozenset())
    assert (doc[slice(*found)].text if found else None) == name


@pytest.mark.parametrize("name", ["Getty Images Roe", "Roe Greenland"])
def test_find_people_cuts_what_a_caption_or_headline_adds(name):
    *before, last = name.split()
    subject = " ".join((*(f"compound:{word}" for word in before), last))
    tree = f"[nsubj {subject}] left=leave .\n[nsubj compound:Ann Roe] spoke=speak ."
    [person] = people_in(tree, f"{name} | Ann Roe").everyone
    assert [mention.name for mention in person.mentions] == ["Roe", "Ann Roe"]


def test_find_people_keeps_the_surname_of_someone_named_like_a_country():
    tree = "[nsubj compound:Vernon Jordan] left=leave ."
    assert mentions_in(tree, "Vernon Jordan") == [["Vernon Jordan"]]


def test_find_people_makes_a_name_with_a_nickname_whole():
    tree = "[nsubj nmod:Darnell “ nmod:Doc ” Withers] left=leave .\nnsubj:Withers sat=sit ."
    assert mentions_in(tree, "Darnell") == [["Darnell “Doc” Withers", "Withers"]]
