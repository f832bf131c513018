"""What the text calls a person, read around the name."""

import pytest

from tests.parses import parsed
from tocsin.extract.mentions.capacities import capacity_of, whole_title


def capacity(tree, name="Ann Roe", **entities):
    doc = parsed(tree, PERSON=name, **entities)
    start = doc.text.index(name)
    found = capacity_of(doc, (start, start + len(name)))
    return doc.text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("tree", "title"),
    [
        ("[nsubj compound:Gov. compound:Ann Roe] left=leave .", "Gov."),
        ("[nsubj compound:Police compound:Chief compound:Ann Roe] left=leave .", "Police Chief"),
        ("[nsubj compound:Lyon compound:resident compound:Ann Roe] left=leave .", "Lyon resident"),
        ("[nsubj amod:retired compound:judge compound:Ann Roe] left=leave .", "retired judge"),
        (
            "[nsubj [nmod University [prep of pobj:Tartu]] compound:professor compound:Ann Roe] "
            "left=leave .",
            "University of Tartu professor",
        ),
        (
            "[nsubj compound:Ann Roe , [appos a professor [prep of [pobj history]] [prep at "
            "[pobj [poss King 's] College]]] ,] left=leave .",
            "professor of history at King's College",
        ),
        (
            "[nsubj compound:Ann Roe , [appos the mayor [relcl nsubj:who fled=flee]] ,] "
            "left=leave .",
            "mayor",
        ),
        ("[nsubj compound:Dr compound:Ann Roe , [appos a nurse] ,] left=leave .", "nurse"),
        ("[nsubj compound:Dr compound:Ann Roe] left=leave .", "Dr"),
        ("[nsubj compound:Shopkeeper compound:Ann Roe] left=leave .", "Shopkeeper"),
        (
            "[nsubj compound:Tokyo compound:Power ( appos:Tepco ) compound:spokesperson "
            "compound:Ann Roe] left=leave .",
            "Tokyo Power (Tepco) spokesperson",
        ),
        ("[nsubj the director , [appos compound:Ann Roe] ,] left=leave .", "director"),
        ("[nsubj compound:Ann Roe] is [attr the mayor [prep of pobj:Lyon]] .", "mayor of Lyon"),
        (
            "[nsubj compound:Ann Roe [relcl nsubj:who serves=serve [prep as pobj:mayor]]] "
            "left=leave .",
            "mayor",
        ),
    ],
)
def test_capacity_of_finds_what_someone_is(tree, title):
    assert capacity(tree) == title


@pytest.mark.parametrize(
    "tree",
    [
        "[nsubj compound:Mrs. compound:Ann Roe] left=leave .",
        "[nsubj amod:crooked compound:Ann Roe] left=leave .",
        "[nsubj compound:Ann Roe , appos:45 ,] left=leave .",
        "[nsubj compound:Ann Roe , appos:R-Ky. ,] left=leave .",
        "[nsubj compound:Ann Roe , appos:Nashville ,] left=leave .",
        "[nsubj compound:Ann Roe] is [attr a amod:nice surprise] .",
        "[nsubj compound:candidates compound:Ann Roe] left=leave .",
    ],
)
def test_capacity_of_takes_other_words_for_none(tree):
    assert capacity(tree, GPE="Nashville") is None


def test_whole_title_tells_whose_it_is():
    doc = parsed("[nsubj [poss Poe 's] compound:campaign compound:manager compound:Ann Roe] left .")
    start = doc.text.index("manager")
    assert doc.text[slice(*whole_title(doc, (start, start + 7)))] == "Poe's campaign manager"
