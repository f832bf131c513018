"""The notation of parses written by hand: what a reader of one may rely on."""

import pytest

from tests.parses import parsed


def labels_of(tree):
    return [(t.text, t.dep_, t.head.text) for t in parsed(tree)]


def test_parsed_hangs_a_bracket_on_the_word_around_it():
    assert labels_of("[nsubj amod:Malian troops] left=leave .") == [
        ("Malian", "amod", "troops"),
        ("troops", "nsubj", "left"),
        ("left", "ROOT", "left"),
        (".", "punct", "left"),
    ]


def test_parsed_reads_articles_conjunctions_and_owners_without_labels():
    tree = "[nsubj the army and [conj [poss Chad 's] navy]] left=leave"
    assert [dep for _, dep, _ in labels_of(tree)][:5] == ["det", "nsubj", "cc", "poss", "case"]


def test_parsed_gives_a_verb_the_form_that_its_auxiliary_asks_of_it():
    doc = parsed("nsubj:They aux:would aux:have left=leave [advcl aux:to fight] , advcl:saying=say")
    assert [t.tag_ for t in doc if t.pos_ == "VERB"] == ["VBN", "VB", "VBG"]


def test_parsed_gives_each_word_its_lemma():
    doc = parsed("nsubj:ministries accused=accuse dobj:him")
    assert [t.lemma_ for t in doc] == ["ministry", "accuse", "him"]


def test_parsed_sets_signs_as_a_newspaper_does():
    text = "“It is over,” Chad’s well-known envoy said."
    tree = (
        "“ [ccomp nsubj:It is acomp:over] , ” [nsubj [poss Chad ’s] amod:well-known envoy] said ."
    )
    assert parsed(tree).text == text


def test_parsed_makes_a_sentence_of_each_line_and_a_paragraph_of_an_empty_one():
    doc = parsed("nsubj:They left=leave .\nnsubj:It rained=rain .\n\nnsubj:We waited=wait .")
    assert doc.text == "They left. It rained.\n\nWe waited."
    assert [s.root.text for s in doc.sents] == ["left", "rained", "waited"]


def test_parsed_marks_a_name_wherever_it_stands():
    doc = parsed(
        "[nsubj compound:Ana Roe] left=leave .\nnsubj:Roe spoke=speak .", PERSON="Ana Roe | Roe"
    )
    assert [(e.text, e.label_) for e in doc.ents] == [("Ana Roe", "PERSON"), ("Roe", "PERSON")]


@pytest.mark.parametrize(
    ("tree", "complaint"),
    [
        ("[nsubj the army left=leave", "not closed"),
        ("[nsubj the army] men left=leave", "both head"),
        ("[nsubj the] left=leave", "no head"),
    ],
)
def test_parsed_refuses_what_is_no_tree(tree, complaint):
    with pytest.raises(ValueError, match=complaint):
        parsed(tree)
