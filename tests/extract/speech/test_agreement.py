"""Merging what rules and tagger found: who decides, who fills in, whose words are kept."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from tocsin.extract.speech.agreement import (
    AGREED,
    ALONE,
    QUOTED,
    REPORTED,
    agree,
    merge_tagged,
    with_whole_names,
)
from tocsin.extract.speech.attribution import find_candidates
from tocsin.extract.speech.candidates import Attribution
from tocsin.models.reading import Models
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


def test_merge_tagged_keeps_a_quotation_that_runs_on_whole():
    longer = rule(quoted=True, content=((15, 55), (60, 260)))
    (one,) = merge_tagged([longer], [tagged(SURE)], [])
    assert one.content == longer.content


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


def cues_kept(models: Models, text: str, *opinions: Tagged) -> list[str]:
    reading = models.read(text)
    found = agree(reading, list(find_candidates(reading.doc)), Opinion(*opinions))
    return [text[slice(*one.cue)] for one in found]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The ministry denied that its troops had crossed the border.", "denied"),
        ("Officials accused the rebels of breaking the truce.", "accused"),
        ("The general claimed that the town had fallen.", "claimed"),
        ("According to the ministry, two ships were lost.", "According to"),
    ],
)
def test_agree_keeps_what_must_not_be_missed(models, text, cue):
    assert cues_kept(models, text) == [cue]


def test_agree_leaves_other_finds_of_the_rules_to_the_tagger(models):
    assert cues_kept(models, "The ministry said that the road was open.") == []


def test_agree_keeps_the_inner_link_of_a_chain(models):
    text = "The agency reported that the ministry had said that the road was open."
    outer = tagged(SURE, speaker_words=(0, 10), cue=(11, 19), content=((20, len(text) - 1),))
    found = cues_kept(models, text, outer)
    assert len(found) == 2
    assert "said" in found[1]


@pytest.mark.parametrize(
    ("text", "cue", "kept"),
    [
        ("Manila recalled its ambassador.", "recalled", False),
        ("Manila recalled that its ambassador had left.", "recalled", True),
        ("Rebels attacked the town.", "attacked", False),
    ],
)
def test_agree_takes_no_act_for_words(models: Models, text: str, cue: str, kept: bool) -> None:
    span = (text.index(cue), text.index(cue) + len(cue))
    rule = Attribution(
        speaker_words=(0, span[0] - 1), cue=span, content=((span[1] + 1, len(text)),)
    )

    def find_candidates(*_: object) -> list[Tagged]:
        return [replace(tagged(SURE), cue=span, content=rule.content)]

    silent = SimpleNamespace(find_candidates=find_candidates)
    assert bool(agree(models.read(text), [rule], silent)) is kept


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        (
            "Moldovan Prime Minister Dorin Recean pledged help.",
            "Moldovan Prime Minister Dorin",
            "Moldovan Prime Minister Dorin Recean",
        ),
        ("Chadian envoy Mahamat Idriss Deby left.", "Chadian envoy", "Chadian envoy"),
        ("The talks failed, said the minister.", "the", "the minister"),
        ("Togo's president said so.", "Togo", "Togo"),
    ],
)
def test_with_whole_names_ends_no_speaker_within_a_name(
    models: Models, text: str, cut: str, whole: str
) -> None:
    start = text.index(cut)
    found = with_whole_names(models.read(text).doc, (start, start + len(cut)))
    assert found is not None
    assert text[slice(*found)] == whole
