"""Why an event was read as it was."""

import pytest

from tests.acts import DAY, Given, Seen, events_of
from tests.parses import parsed
from tocsin.extract.events.explanation import explain_events
from tocsin.extract.mentions.resolution import Scene
from tocsin.models.reading import Reading
from tocsin.records import Article

TREE = "[nsubj China] aux:may impose [dobj sanctions] [prep on pobj:Taiwan] ."
SEEN = Seen(
    act="impose",
    type="COERCE",
    status="hypothetical",
    roles={"actor": ["China"], "recipient": ["Taiwan"]},
    countries=({"CHN": 0.9}, {"TWN": 0.8}),
)


def explained(tree, *seen):
    doc = parsed(tree)
    scene = Scene(doc, Article(id="a", text=doc.text, published=DAY))
    (sentence,) = explain_events(Reading(doc), scene, (), Given(doc.text, seen))
    (act,) = sentence.acts
    return act


def test_explain_events_names_the_same_events_as_find_events():
    assert explained(TREE, SEEN).event == events_of(TREE, SEEN)[0].id


def test_explain_events_gives_the_probabilities_of_the_network():
    assert explained(TREE, SEEN).chances == {"act": 0.9, "COERCE": 1.0}


def test_explain_events_gives_the_parse_in_plain_words():
    assert explained(TREE, SEEN).parse[1:] == ("subject: China", "object: sanctions", "on: Taiwan")


def test_explain_events_gives_the_best_entry_first():
    act = explained(TREE, SEEN)
    assert act.candidates[0].entry.startswith("impose @sanctions on")
    assert act.candidates[0].score > act.candidates[1].score


def test_explain_events_says_whether_the_lexicon_agrees():
    other = Seen(act="impose", type="ASSAULT", status="hypothetical")
    assert any(step.startswith("the lexicon reads") for step in explained(TREE, other).steps)


def test_explain_events_says_that_the_type_of_the_lexicon_stands():
    tree = "[nsubj China] lifted=lift/VBD [dobj sanctions=sanction/NNS] [prep on pobj:Taiwan] ."
    steps = explained(tree, Seen(act="lifted", type="COERCE")).steps
    assert "the lexicon reads RETREAT instead, which stands" in steps


def test_explain_events_says_whom_the_network_placed():
    act = explained(TREE, SEEN)
    assert any(each.startswith("actor: China = CHN") for each in act.parties)


def test_explain_events_says_why_there_is_no_event():
    act = explained(TREE, Seen(act="impose", type="COERCE", chance=0.2))
    assert (act.event, act.outcome) == (None, "no event: an act with a probability of 0.20 only")


def test_explain_events_says_that_an_accident_is_no_act():
    tree = "[nsubj det:A flood] killed=kill/VBD [dobj nummod:two people] ."
    outcome = explained(tree, Seen(act="killed", type="ASSAULT")).outcome
    assert outcome == "no event: nobody acts in an accident"


@pytest.mark.parametrize("words", ["sanctions", "impose"])
def test_explain_events_finds_the_entry_by_any_word_of_it(words):
    assert explained(TREE, Seen(act=words, type="COERCE")).lexicon.startswith("acts.tsv:")
