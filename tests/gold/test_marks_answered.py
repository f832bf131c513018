"""How marks become the answers of a model: see `benchmarks.marks_answered`."""

import pytest

from benchmarks.marks_answered import acts_marked, find_article, lone_words

TEXT = (
    "Chad protests\n\nChad and its ally Niger condemned “the raid” by Mali on Monday. It was the "
    "second raid. Troops\nfrom Mali raided two villages in Tibesti."
)
SENT = {
    1: "Chad protests",
    2: 'Chad and its ally Niger condemned "the raid" by Mali on Monday.',
    3: "It was the second raid.",
    4: "Troops from Mali raided two villages in Tibesti.",
}


def mark(words, nth=0, **said):
    span = place(words, nth)
    words = {key: [] for key in ("actor_words", "recipient_words", "when", "where")}
    codes = {"actors": [], "recipients": [], "same": None}
    return {"act": span, "type": "ASSAULT", "status": "historical"} | words | codes | said


def place(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def answered(*marks, sent=SENT):
    return list(acts_marked({"text": TEXT, "acts": marks}, sent))


def test_an_article_is_known_by_its_sentences_however_they_are_written():
    rows = [{"text": "Of something else."}, {"text": TEXT}]
    assert find_article(rows, SENT) is rows[1]
    with pytest.raises(LookupError):
        find_article(rows[:1], SENT)


def test_a_mark_answers_for_the_sentence_that_holds_its_words():
    (act,) = answered(mark("raid", 1, when=[place("Monday")], where=[place("Tibesti")]))
    assert (act["sentence"], act["words"]) == (3, "raid")
    assert (act["day"], act["place"]) == ("Monday", "Tibesti")
    assert act["background"]


def test_words_are_those_that_were_sent():
    (act,) = answered(mark("“the raid”"), sent=SENT)
    assert act["words"] == "the raid"
    (act,) = answered(mark("from Mali raided", actor_words=[place("Troops\nfrom Mali")]))
    assert act["actor"] == ["Troops from Mali"]


def test_further_tellings_follow_the_first():
    (act,) = answered(mark("raid"), mark("raid", 1, same=0), mark("raided", same=1))
    assert act["again"] == [{"sentence": 3, "words": "raid"}, {"sentence": 4, "words": "raided"}]


def test_an_act_whose_first_telling_was_not_sent_is_told_by_the_next():
    (act,) = answered(mark("raid"), mark("raided", same=0), sent={4: SENT[4]})
    assert (act["sentence"], act["words"], act["again"]) == (4, "raided", [])
    assert answered(mark("protests"), sent={4: SENT[4]}) == []


def test_parties_are_those_of_the_first_telling_that_has_words_for_them():
    (act,) = answered(mark("raid"), mark("raided", same=0, actor_words=[place("Troops")]))
    assert act["actor"] == ["Troops"]


def test_each_party_is_told_by_itself():
    (act,) = answered(mark("condemned", actor_words=[place("Chad", 1), place("Niger")]))
    assert act["actor"] == ["Chad", "Niger"]
    assert act["recipient"] == []


def test_a_code_is_told_by_the_nearest_name():
    (act,) = answered(mark("raided", actors=["MLI"], recipients=["TCD", "TGO"]))
    assert (act["actor_of"], act["recipient_of"]) == (["Mali"], ["Chad"])


@pytest.mark.parametrize(
    ("sentence", "words", "nth", "lone"),
    [
        ("The raid ended.", "raid", 0, "raid"),
        ("The raid was the first raid.", "raid", 0, "raid was"),
        ("The raid was the first raid", "raid", 1, "first raid"),
        ("raid raid", "raid", 0, "raid raid"),
    ],
)
def test_words_that_stand_twice_are_told_with_others(sentence, words, nth, lone):
    start = [n for n in range(len(sentence)) if sentence.startswith(words, n)][nth]
    assert lone_words(sentence, start, start + len(words)) == lone
