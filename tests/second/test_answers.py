"""Answers of a model: what stays of them, and what is dropped."""

import json
from typing import Any

import pytest

from tocsin.records import Manner, SaidStatement, Status
from tocsin.second.answers import MOST_RECORDS, Heard, NoAnswerError
from tocsin.second.grounding import Ground
from tocsin.second.sentences import number_sentences

TEXT = "Chad shelled Agadez on Monday, the army said. “We shall answer,” Idris Sow told reporters."


def heard(content: str, text: str = TEXT) -> Heard:
    found = Heard(ground=Ground(text=text, sentences=number_sentences(text)))
    found.hear(content)
    return found


def act(**said: Any) -> dict[str, Any]:
    told = {"sentence": 1, "type": "ASSAULT", "words": "shelled", "status": "reported"}
    return told | {"actor": ["Chad"], "recipient": ["Agadez"], "day": "Monday"} | said


def statement(**said: Any) -> dict[str, Any]:
    told = {"sentence": 2, "speaker": "Idris Sow", "cue": "told", "kind": "direct"}
    return told | {"content": "We shall answer"} | said


def answer(*acts: object, statements: object = ()) -> str:
    return json.dumps({"acts": acts, "statements": statements})


def dropped(found: Heard) -> dict[str, int]:
    return dict(+found.dropped)


def test_an_act_is_where_its_words_are():
    [found] = heard(answer(act())).acts
    assert TEXT[slice(*found.words)] == "shelled"
    assert [TEXT[slice(*each)] for each in (*found.actors, *found.recipients)] == ["Chad", "Agadez"]
    assert TEXT[slice(*found.time)] == "Monday"
    assert found.status is Status.REPORTED


def test_a_statement_is_where_its_words_are():
    [found] = heard(answer(statements=[statement()])).statements
    assert found == SaidStatement(
        speaker=(65, 74), cue=(75, 79), content=(47, 62), manner=Manner.DIRECT
    )


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"words": "bombed"}, "words_not_found"),
        ({"words": ["shelled"]}, "words_not_found"),
        ({"words": None}, "words_not_found"),
        ({"type": "WAR"}, "unknown_type"),
        ({"type": ["ASSAULT"]}, "unknown_type"),
        ({"status": "sure"}, "unknown_status"),
        ({"status": {}}, "unknown_status"),
        ({"sentence": 3}, "no_such_sentence"),
        ({"sentence": 0}, "no_such_sentence"),
        ({"sentence": True}, "no_such_sentence"),
        ({"sentence": 1.0}, "no_such_sentence"),
        ({"sentence": 10**300}, "no_such_sentence"),
    ],
)
def test_an_act_that_is_wrong_is_dropped_for_a_reason(wrong, why):
    found = heard(answer(act(**wrong), act()))
    assert len(found.acts) == 1
    assert dropped(found) == {why: 1}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"kind": "song"}, "unknown_kind"),
        ({"content": "We shall not"}, "words_not_found"),
        ({"speaker": "Amadou"}, "speaker_not_found"),
        ({"sentence": -1}, "no_such_sentence"),
    ],
)
def test_a_statement_that_is_wrong_is_dropped_for_a_reason(wrong, why):
    found = heard(answer(statements=[statement(**wrong)]))
    assert found.statements == []
    assert dropped(found) == {why: 1}


def test_what_is_no_record_is_dropped():
    found = heard(answer(None, 7, [], "x"))
    assert (found.acts, dropped(found)) == ([], {"unknown_type": 4})


def test_a_party_that_is_not_found_leaves_the_act_without_it():
    found = heard(answer(act(actor=["Niger", "Chad"], recipient=["Mali"])))
    assert (len(found.acts[0].actors), found.acts[0].recipients) == (1, ())
    assert dropped(found) == {"party_not_found": 2}


def test_words_for_whose_a_party_is_are_sought_like_its_own():
    found = heard(answer(act(actor_of=["Chad", "Atlantis"], recipient_of=["Agadez"])))
    [said] = found.acts
    assert [TEXT[slice(*each)] for each in (*said.actors_of, *said.recipients_of)] == [
        "Chad",
        "Agadez",
    ]
    assert dropped(found) == {"party_not_found": 1}


@pytest.mark.parametrize("given", ["Chad", ["Chad"], ["Chad", "Chad", None]])
def test_a_party_may_be_given_alone_or_in_a_list(given):
    assert heard(answer(act(actor=given))).acts[0].actors == ((0, 4),)


def test_a_day_that_is_not_found_leaves_the_act_without_it():
    found = heard(answer(act(day="Friday")))
    assert found.acts[0].time is None
    assert dropped(found) == {"day_not_found": 1}


def test_what_is_told_as_done_but_called_background_is_recalled():
    found = heard(answer(act(background=True), act(words="said", background=True, status="denied")))
    assert [each.status for each in found.acts] == [Status.HISTORICAL, Status.DENIED]


def test_an_act_is_told_again_where_its_words_stand():
    found = heard(answer(act(again=[{"sentence": 2, "words": "answer"}, {"sentence": 9}])))
    assert [TEXT[slice(*each)] for each in found.acts[0].again] == ["answer"]
    assert dropped(found) == {"telling_not_found": 1}


def test_a_party_that_is_named_twice_counts_once_and_is_not_missed():
    found = heard(answer(act(actor=["Chad", "Chad", "Mali"])))
    assert (len(found.acts[0].actors), dropped(found)) == (1, {"party_not_found": 1})


def test_an_act_that_is_told_twice_counts_once():
    found = heard(answer(act(), act()))
    assert (len(found.acts), dropped(found)) == (1, {"told_twice": 1})


def test_records_without_end_are_cut_off():
    found = heard(answer(*[act(words="x")] * (MOST_RECORDS + 5)))
    assert found.dropped["too_many"] == 5


def test_further_tellings_count_as_records():
    again = [{"sentence": 2, "words": word} for word in ("We", "shall", "answer")]
    found = heard(answer(act(again=again), *[act(words="x")] * MOST_RECORDS))
    assert found.dropped["too_many"] == 4


def test_answers_without_end_about_an_article_are_cut_off(monkeypatch):
    monkeypatch.setattr("tocsin.second.answers.MOST_OF_ARTICLE", 2)
    found = heard(answer(act(again=[{"sentence": 2, "words": "answer"}])))
    found.hear(answer(act(words="said"), statements=[statement()]))
    assert (len(found.acts), len(found.statements), found.dropped["too_many"]) == (1, 1, 1)


@pytest.mark.parametrize(
    "around", ["{}", "```json\n{}\n```", "Here it is:\n{}\nDone.", "<think>{so}</think>{}"]
)
def test_an_answer_may_stand_in_a_fence(around):
    assert len(heard(around.replace("{}", answer(act()))).acts) == 1


@pytest.mark.parametrize(
    "content",
    [
        *("", "no", "[]", "{", "null", '{"acts": 3}', '{"acts": {}}', '{"statements": []}'),
        '{"acts": [' + "[" * 100_000 + "]" * 100_000 + "]}",
        '{"acts": [' + "9" * 10_000 + "]}",
    ],
    ids=lambda content: content[:20] or "nothing",
)
def test_what_is_no_answer_is_refused(content):
    with pytest.raises(NoAnswerError):
        heard(content)


def test_nul_and_marks_of_direction_are_found_nowhere():
    found = heard(answer(act(words="shelled\u202e"), act(words="\0"), act(words="\ud800")))
    assert (found.acts, dropped(found)) == ([], {"words_not_found": 3})
