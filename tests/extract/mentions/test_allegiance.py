"""Whose a phrase is, by the countries that its words name."""

import pytest
from spacy.tokens import Token

from tests.parses import parsed
from tocsin.extract.mentions.allegiance import Allegiances, Found


def of_nobody(_: Token) -> Found | None:
    """Stand for an article that knows no person."""


@pytest.mark.parametrize(
    ("tree", "head", "country"),
    [
        ("[nsubj [poss Latvia 's] compound:air force] left=leave", "force", "LVA"),
        ("[nsubj The president [prep of pobj:Chad]] left=leave", "president", "TCD"),
        ("[nsubj Officials/NNS [prep from pobj:Mali]] left=leave", "Officials", "MLI"),
        ("[nsubj compound:Hezbollah officials] left=leave", "officials", "LBN"),
        ("[nsubj amod:Russian missiles] fell=fall", "missiles", "RUS"),
        ("[nsubj [poss Mali 's] amod:foreign minister] left=leave", "minister", "MLI"),
        ("[nsubj [poss Poland 's] compound:National Guard] left=leave", "Guard", "POL"),
        ("[nsubj Soldiers/NNS [prep against pobj:Mali]] left=leave", "Soldiers", None),
        ("[nsubj [amod npadvmod:Iran - backed=back/VBN] militias] left=leave", "militias", None),
        ("[nsubj amod:Korean officials] left=leave", "officials", None),
    ],
)
def test_allegiance_is_read_from_the_words_of_the_phrase(tree, head, country) -> None:
    doc = parsed(tree)
    [token] = [t for t in doc if t.text == head]
    assert Allegiances(doc, of_nobody).of(token)[0] == country
