"""How what comes back of answers is measured: see `benchmarks.second_reader`."""

import json
from dataclasses import replace

from benchmarks.second_reader import (
    answer_said,
    kept,
    names_its_sides,
    of_both,
    of_model,
    of_tocsin,
    remembered,
)
from benchmarks.standin import Asked
from tests.gold.test_events_marked import EveryFirst, make_actor, make_event
from tocsin.records import OtherReading, Status

MALI, CHAD = make_actor("MLI"), make_actor("TCD")
BOTH = make_event(readers=("tocsin", "standin"), actors=(MALI,))
DIFFERS = replace(BOTH, otherwise=OtherReading(reader="tocsin", status=Status.DENIED))
OWN, ITS = replace(BOTH, readers=("tocsin",)), replace(BOTH, readers=("standin",))


def mark(actors=(), recipients=(), actor_words=(), recipient_words=()):
    return {"actors": actors, "recipients": recipients,
            "actor_words": actor_words, "recipient_words": recipient_words}  # fmt: skip


def test_where_readers_differ_an_event_can_be_told_as_tocsin_has_it():
    assert list(of_tocsin([DIFFERS])) == [replace(DIFFERS, status=Status.DENIED)]
    other = OtherReading(reader="tocsin", actors=(CHAD,), type="AID")
    [told] = of_tocsin([replace(BOTH, otherwise=other)])
    assert (told.actors, told.type, told.status) == ((CHAD,), "AID", BOTH.status)


def test_events_are_those_of_who_found_them():
    assert list(of_model([OWN, ITS, BOTH])) == [ITS, BOTH]
    assert list(of_both([OWN, ITS, BOTH])) == [BOTH]


def test_an_act_names_its_sides_if_each_code_has_words():
    assert names_its_sides([mark(["MLI"], [], [[0, 4]])])
    assert names_its_sides([mark(["MLI"]), mark(["MLI"], [], [[0, 4]])])
    assert not names_its_sides([mark(["MLI"], ["TCD"], [[0, 4]])])


def test_kept_is_what_was_found_with_status_and_named_sides():
    rows = [{"acts": [[mark(["MLI"], [], [[0, 4]])]]}, {"acts": [[mark(["MLI"])]]}, {"acts": []}]
    predictions = [{"events": [1]}, {"events": [1]}, {"events": []}]
    assert kept(EveryFirst, rows, predictions) == {"found": 1.0, "status": 1.0, "parties": 1.0}


def test_what_a_model_said_answers_for_the_sentences_that_are_asked_about():
    acts = [{"sentence": 1, "words": "shelled"}, {"sentence": 9, "words": "fled"}]
    rows = [{"id": "a", "text": "Chad shelled a town of Mali."}]
    answer = answer_said(rows, [{"id": "a", "acts": acts}])
    message = {"content": "[1] Chad shelled a town of Mali."}
    reply = answer(Asked(path="", headers={}, body={"messages": [message]}))
    told = json.loads(json.loads(reply.body)["choices"][0]["message"]["content"])
    assert told == {"acts": acts[:1], "statements": []}


def question(words):
    return Asked(path="", headers={}, body={"messages": [{"content": f"[1] {words}"}]})


def test_an_answer_is_worked_out_once():
    answered = []
    answer = remembered(lambda asked: answered.append(asked) or f"answer {len(answered)}")
    questions = [question("It rained."), question("It rained."), question("It snowed.")]
    assert [answer(each) for each in questions] == ["answer 1", "answer 1", "answer 2"]
