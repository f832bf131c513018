"""Merging what rules and tagger found: who decides, who fills in, whose words are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.parses import parsed
from tocsin.extract.mentions.person_names import with_whole_names
from tocsin.extract.speech.agreement import (
    AGREED,
    ALONE,
    QUOTED,
    REPORTED,
    agree,
    merge_tagged,
)
from tocsin.extract.speech.attribution import find_candidates
from tocsin.extract.speech.candidates import Attribution
from tocsin.models.reading import Reading
from tocsin.models.tagger import Tagged

CUE, SPEAKER, CONTENT = (10, 14), (0, 9), ((15, 55),)
SURE, LIKELY, DOUBTFUL = ALONE + 0.01, AGREED + 0.01, QUOTED / 2


def rule(**changes) -> Attribution:
    given = {"speaker_words": SPEAKER, "cue": CUE, "content": CONTENT, "rule": "verb:that"}
    return Attribution(**(given | changes))


def tagged(confidence: float, **changes) -> Tagged:
    given = {"speaker_words": SPEAKER, "cue": CUE, "content": CONTENT}
    return Tagged(confidence=confidence, **(given | changes))


def test_merge_tagged_keeps_what_only_a_sure_tagger_found():
    (one,) = merge_tagged([], [tagged(SURE)], [])
    assert (one.content, one.speaker_words, one.rule) == (CONTENT, SPEAKER, "tagger")


def test_merge_tagged_drops_what_only_an_unsure_tagger_found():
    assert merge_tagged([], [tagged(LIKELY)], []) == []


def test_merge_tagged_believes_a_less_sure_tagger_where_a_rule_agrees():
    (one,) = merge_tagged([rule()], [tagged(LIKELY)], [])
    assert one.rule == "verb:that"


def test_merge_tagged_takes_the_taggers_content_and_speaker_over_a_rules():
    theirs = tagged(SURE, content=((15, 45),), speaker_words=(4, 9))
    (one,) = merge_tagged([rule()], [theirs], [])
    assert (one.content, one.speaker_words) == (((15, 45),), (4, 9))


def test_merge_tagged_keeps_the_rules_speaker_where_the_tagger_names_none():
    (one,) = merge_tagged([rule()], [tagged(SURE, speaker_words=None)], [])
    assert one.speaker_words == SPEAKER


def test_merge_tagged_drops_a_rules_find_that_the_tagger_thinks_wrong():
    assert merge_tagged([rule()], [tagged(DOUBTFUL)], []) == []


def test_merge_tagged_keeps_a_rules_find_that_the_tagger_half_believes():
    half = (REPORTED + AGREED) / 2
    assert merge_tagged([rule()], [tagged(half)], []) == [rule()]


def test_merge_tagged_asks_less_of_a_rules_quotation():
    less = (QUOTED + REPORTED) / 2
    assert merge_tagged([rule(quoted=True)], [tagged(less)], []) == [rule(quoted=True)]
    assert merge_tagged([rule()], [tagged(less)], []) == []


def test_merge_tagged_says_that_content_in_quotation_marks_is_quoted():
    (one,) = merge_tagged([], [tagged(SURE)], [(15, 55)])
    assert one.quoted


def test_merge_tagged_says_that_content_partly_in_quotation_marks_is_not_quoted():
    (one,) = merge_tagged([], [tagged(SURE)], [(40, 55)])
    assert not one.quoted


def test_merge_tagged_keeps_a_statement_within_another():
    inner = tagged(SURE, cue=(30, 34), speaker_words=(20, 29), content=((40, 55),))
    assert [one.content for one in merge_tagged([], [tagged(SURE), inner], [])] == [
        CONTENT,
        ((40, 55),),
    ]


def test_merge_tagged_gives_candidates_in_the_order_of_their_content():
    later = tagged(0.99, cue=(80, 84), content=((90, 120),))
    assert [one.start for one in merge_tagged([], [later, tagged(SURE)], [])] == [15, 90]


def test_merge_tagged_keeps_a_rules_link_of_a_chain_apart_from_its_host():
    inner = rule(cue=(24, 30), speaker_words=(16, 23), content=((31, 55),))
    found = merge_tagged(
        [inner], [tagged(SURE), tagged(LIKELY, cue=(24, 30), content=((31, 55),))], []
    )
    assert [one.content for one in found] == [CONTENT, ((31, 55),)]


# --------------------------------------------------------------------------- against the tagger


class Opinion:
    """A tagger that finds what it is told to find."""

    def __init__(self, *found: Tagged) -> None:
        self.found = list(found)

    def find_candidates(self, _states, _given):
        return self.found


def cues_kept(tree: str, *opinions: Tagged) -> list[str]:
    reading = Reading(parsed(tree))
    found = agree(reading, list(find_candidates(reading.doc)), Opinion(*opinions))
    return [reading.text[slice(*one.cue)] for one in found]


@pytest.mark.parametrize(
    ("tree", "cue"),
    [
        (
            "[nsubj The ministry] denied=deny [ccomp mark:that nsubj:it aux:had left=leave] .",
            "denied",
        ),
        (
            "nsubj:Officials/NNS accused=accuse dobj:Mali [prep of [pcomp breaking=break "
            "[dobj the truce]]] .",
            "accused",
        ),
        (
            "[nsubj The general] claimed=claim [ccomp mark:that "
            "[nsubj the town] aux:had fallen=fall] .",
            "claimed",
        ),
        (
            "[prep According [prep to [pobj the army]]] , "
            "[nsubjpass the ships] auxpass:were lost=lose .",
            "According to",
        ),
    ],
    ids=["denial", "accusation", "distance", "set phrase"],
)
def test_agree_keeps_what_must_not_be_missed(tree, cue):
    assert cues_kept(tree) == [cue]


def test_agree_leaves_other_finds_of_the_rules_to_the_tagger():
    tree = "[nsubj The ministry] said [ccomp mark:that [nsubj the road] was acomp:open] ."
    assert cues_kept(tree) == []


def test_agree_keeps_the_inner_link_of_a_chain():
    tree = (
        "[nsubj The agency] reported=report [ccomp mark:that [nsubj the ministry] aux:had said "
        "[ccomp mark:that [nsubj the road] was acomp:open]] ."
    )
    last = len(parsed(tree).text) - 1
    outer = tagged(SURE, speaker_words=(0, 10), cue=(11, 19), content=((20, last),))
    found = cues_kept(tree, outer)
    assert len(found) == 2
    assert "said" in found[1]


@pytest.mark.parametrize(
    ("tree", "kept"),
    [
        ("nsubj:Manila recalled=recall [dobj poss:its envoy] .", False),
        (
            "nsubj:Manila recalled=recall [ccomp mark:that "
            "[nsubj poss:its envoy] aux:had left=leave] .",
            True,
        ),
        ("nsubj:Rebels/NNS attacked=attack [dobj the town] .", False),
        ("nsubj:Canada imposed=impose [dobj tariffs/NNS [prep of pobj:25]] .", False),
        ("nsubj:Kenya summoned=summon [dobj the amod:Ugandan ambassador] .", False),
        ("nsubj:Kenya ratified=ratify [dobj the treaty] .", False),
        ("nsubj:Kenya announced=announce [dobj a ban] .", True),
    ],
)
def test_agree_takes_no_act_for_words(tree: str, kept: bool) -> None:
    doc = parsed(tree)
    cue, end = doc[1].idx, doc[1].idx + len(doc[1])
    content = ((end + 1, len(doc.text)),)
    rule = Attribution(speaker_words=(0, cue - 1), cue=(cue, end), content=content)
    sure = Opinion(replace(tagged(SURE), cue=rule.cue, content=content))
    assert bool(agree(Reading(doc), [rule], sure)) is kept


@pytest.mark.parametrize(
    ("tree", "cut", "whole"),
    [
        (
            "[nsubj amod:Chadian [compound compound:Prime Minister] compound:Issa Baro] "
            "left=leave .",
            "Chadian Prime Minister Issa",
            "Chadian Prime Minister Issa Baro",
        ),
        (
            "[nsubj compound:Minister compound:Issa compound:Baro - Ould] left=leave .",
            "Minister Issa Baro",
            "Minister Issa Baro-Ould",
        ),
        ("[nsubj compound:Togo - amod:backed rebels/NNS] left=leave .", "Togo", "Togo"),
        (
            "[nsubj amod:Chadian envoy [appos compound:Issa Baro]] left=leave .",
            "Chadian envoy",
            "Chadian envoy",
        ),
        (
            "[ccomp [nsubj The talks] failed=fail] , said [nsubj the minister] .",
            "the",
            "the minister",
        ),
        ("[nsubj [poss Togo 's] president] said advmod:so .", "Togo", "Togo"),
        (
            "[nsubj Talks [prep of [pobj the council]]] failed=fail .",
            "of the council",
            "the council",
        ),
    ],
    ids=["name", "hyphen", "no name", "before a name", "article", "owner", "preposition"],
)
def test_with_whole_names_ends_no_speaker_within_a_name(tree: str, cut: str, whole: str) -> None:
    doc = parsed(tree, PERSON="Issa Baro")
    start = doc.text.index(cut)
    found = with_whole_names(doc, (start, start + len(cut)))
    assert found is not None
    assert doc.text[slice(*found)] == whole


@pytest.mark.parametrize(("content", "kept"), [("“see”", False), ("“Enough!”", True)])
def test_agree_takes_a_word_in_marks_for_no_speech(content: str, kept: bool) -> None:
    tree = f"nsubj:Users say [dobj “ {content[1:-1].rstrip('!')} {'!' * ('!' in content)} ”] ."
    doc = parsed(tree)
    found = tagged(
        SURE,
        speaker_words=(0, 5),
        cue=(6, 9),
        content=((10, 10 + len(content)),),
    )
    assert bool(agree(Reading(doc), [], Opinion(found))) is kept


def test_agree_takes_no_hearer_for_the_speaker() -> None:
    doc = parsed(
        "nsubjpass:Families auxpass:were told [ccomp [nsubj the school] aux:would close] ."
    )
    found = tagged(SURE, speaker_words=(0, 8), cue=(9, 18), content=((19, 41),))
    [one] = agree(Reading(doc), [], Opinion(found))
    assert one.speaker_words is None


def test_agree_gives_a_cue_the_speaker_of_its_own_sentence() -> None:
    doc = parsed(
        "[nsubj compound:Ann Roe] left=leave .\n"
        "[nsubj compound:Bo Ash] said [ccomp [nsubj the road] was acomp:open] ."
    )
    lost = tagged(SURE, speaker_words=(0, 7), cue=(21, 25), content=((26, 42),))
    [one] = agree(Reading(doc), list(find_candidates(doc)), Opinion(lost))
    assert one.speaker_words == (14, 20)


def test_agree_leaves_the_sentence_before_out_of_a_quotation() -> None:
    doc = parsed(
        "[nsubj compound:Ann Roe] left=leave . \n"
        "“ [ccomp [nsubj the road] is acomp:open] , ” nsubj:she said ."
    )
    lost = tagged(SURE, speaker_words=(34, 37), cue=(38, 42), content=((0, 33),))
    [one] = agree(Reading(doc), list(find_candidates(doc)), Opinion(lost))
    assert doc.text[slice(*one.content[0])] == "“the road is open,”"


def test_agree_gives_the_head_to_a_speaker_cut_down_to_what_describes_it() -> None:
    doc = parsed(
        "[nsubj The suit , [acl filed=file [agent by pobj:Roe]] ,] said "
        "[ccomp nsubj:it was acomp:so] ."
    )
    cut = tagged(SURE, speaker_words=(10, 22), cue=(24, 28), content=((29, 38),))
    [one] = agree(Reading(doc), list(find_candidates(doc)), Opinion(cut))
    assert one.speaker_words is not None
    assert one.speaker_words[0] == 0


@pytest.mark.parametrize(
    ("tree", "said", "speaker"),
    [
        (
            "[nsubj [poss The agency 's] head [prep of pobj:relief] , [appos compound:Ann Roe] ,] "
            "said [ccomp nsubj:aid left=leave] .",
            "The agency's head",
            "The agency's head of relief, Ann Roe,",
        ),
        (
            "[prep In [pobj a letter]] , [nsubj the author] said [ccomp nsubj:aid left=leave] .",
            "a letter",
            "the author",
        ),
    ],
    ids=["cut", "beside the subject"],
)
def test_agree_gives_a_cue_its_whole_subject_for_speaker(tree: str, said: str, speaker: str):
    doc = parsed(tree, PERSON="Ann Roe")
    at, cue, told = (doc.text.index(words) for words in (said, "said", "aid left"))
    content = ((told, told + 8),)
    one = tagged(SURE, speaker_words=(at, at + len(said)), cue=(cue, cue + 4), content=content)
    (found,) = agree(Reading(doc), list(find_candidates(doc)), Opinion(one))
    assert doc.text[slice(*found.speaker_words)] == speaker


@pytest.mark.parametrize(("speaker", "kept"), [(SPEAKER, True), (None, False)])
def test_agree_leaves_out_what_nobody_says_by_a_word_that_reports_nothing(speaker, kept):
    doc = parsed("[nsubj The baker] sold=sell [dobj [amod fresh] bread] .")
    one = tagged(SURE, speaker_words=speaker, content=((15, len(doc.text) - 1),))
    assert bool(agree(Reading(doc), [], Opinion(one))) is kept
