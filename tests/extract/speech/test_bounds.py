"""Contents that the tagger cuts in two, or adds strays to, get the bounds of the parse."""

from __future__ import annotations

import pytest

from tests.parses import parsed
from tocsin.extract.speech.bounds import bounded
from tocsin.extract.speech.candidates import Attribution
from tocsin.models.tagger import Tagged
from tocsin.records import Span

AID = (
    "[advcl Seeking [dobj help [prep from pobj:Chad]]] , nsubj:Roe said "
    "[ccomp [nsubj the road] was acomp:open [prep in [pobj the north]]] ."
)
TWO = "nsubj:Roe said [ccomp [nsubj the road] was acomp:open] .\n[nsubj The sun] shone=shine ."


def bounds(tree: str, *pieces: str, rule: str = "", quoted: str = "") -> list[str]:
    """Return the words of a content that a tagger gave as `pieces`, said by Roe."""
    doc = parsed(tree)

    def at(words: str) -> Span:
        start = doc.text.index(words)
        return start, start + len(words)

    cue, roe = at("said"), at("Roe")
    said = tuple(map(at, pieces))
    tagged = Tagged(speaker_words=roe, cue=cue, content=said, confidence=0.9)
    known = Attribution(speaker_words=roe, cue=cue, content=(at(rule),), rule="verb:that")
    marks = [at(quoted)] if quoted else []
    found = bounded(doc, tagged, known if rule else None, marks)
    return [doc.text[slice(*span)] for span in found]


def test_bounded_leaves_whole_phrases_as_they_are():
    assert bounds(AID, "the road was open") == ["the road was open"]


@pytest.mark.parametrize("cut", ["the road was open in", "the road was open in the"])
def test_bounded_ends_no_content_within_a_phrase(cut):
    assert bounds(AID, cut) == ["the road was open in the north"]


def test_bounded_ends_a_content_where_the_rules_do():
    rule = "the road was open in the north"
    assert bounds(AID, "the road was open in", rule=rule) == [rule]


def test_bounded_mends_a_content_that_lacks_its_last_word():
    tree = "nsubj:Roe said [ccomp nsubj:Poe wanted=want [dobj peace]] ."
    assert bounds(tree, "Poe wanted", rule="Poe wanted peace") == ["Poe wanted peace"]


def test_bounded_cuts_a_content_at_the_comma_before_a_phrase_without_an_end():
    tree = (
        "nsubj:Roe said [ccomp [nsubj the road [prep to pobj:Tartu]] was acomp:open , "
        "[prep despite [pobj the snow]]] ."
    )
    cut = "the road to Tartu was open, despite the"
    assert bounds(tree, cut) == ["the road to Tartu was open"]


def test_bounded_leaves_out_what_stands_before_a_cue_that_has_its_content_after_it():
    said = "the road was open in the north"
    assert bounds(AID, "help from Chad", said, rule=said) == [said]


def test_bounded_takes_the_rules_content_where_the_taggers_is_in_scraps():
    rule = "the road was open in the north"
    assert bounds(AID, "the", "open in the north", rule=rule) == [rule]


def test_bounded_keeps_the_longest_of_scraps_that_no_rule_knows():
    assert bounds(AID, "the", "open in the north") == ["open in the north"]


def test_bounded_keeps_pieces_on_both_sides_of_a_cue():
    tree = (
        "[ccomp [nsubj The road] was acomp:open] , nsubj:Roe said , "
        "and [conj nsubj:Chad paid=pay] ."
    )
    pieces = ["The road was open", "Chad paid"]
    assert bounds(tree, *pieces) == pieces


def test_bounded_ends_indirect_speech_with_its_sentence():
    assert bounds(TWO, "the road was open. The sun shone") == ["the road was open."]


def test_bounded_lets_a_quotation_run_over_sentences():
    said = "the road was open. The sun shone"
    assert bounds(TWO, said, quoted=said + ".") == [said]


def test_bounded_goes_on_without_marks_only_right_behind_a_quotation():
    tree = (
        "[ccomp [nsubj the road] was acomp:open] , nsubj:Roe said , "
        "[advcl speaking [prep of pobj:peace]] ."
    )
    assert bounds(tree, "the road was open", "peace", quoted="the road was open") == [
        "the road was open"
    ]
    assert bounds(tree, "the road was open", "peace") == ["the road was open", "peace"]
