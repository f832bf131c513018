"""Marked articles as examples for the reader, and the project's own."""

import json
from pathlib import Path

import numpy as np
import pytest

from tocsin.models.pieces import Vocabulary
from tocsin.models.reader import ACT_ROLES, STATUSES, TYPES
from training.reader.marked_articles import held_ids, news_ids, unmarked_rows
from training.reader.marks import make_marked

MARKED = Path(__file__).parents[2] / "training" / "reader" / "marked"
TEXT = "Vardan shelled Selin on Tuesday.\nThe shelling stopped."
WORDS = ("vardan", "shelled", "selin", "on", "tuesday", "the", "shelling", "stopped", ".")
MARKS = [
    {"act": [7, 14], "type": "ASSAULT", "status": "asserted", "actor_words": [[0, 6]],
     "recipient_words": [[15, 20]], "when": [[24, 31]], "same": None},
    {"act": [37, 45], "type": "ASSAULT", "status": "historical", "same": 0},
]  # fmt: skip


@pytest.fixture
def vocabulary():
    pieces = ("[CLS]", "[SEP]", "[UNK]", *WORDS)
    return Vocabulary({piece: number for number, piece in enumerate(pieces)})


def rows(name):
    with (MARKED / name).open(encoding="utf-8") as lines:
        return list(map(json.loads, lines))


def test_make_marked_finds_the_pieces_of_an_act_and_of_its_roles(vocabulary):
    (example,) = make_marked({"text": TEXT, "acts": MARKS}, vocabulary).examples
    first, _ = example.acts

    def words(pieces):
        return [TEXT[slice(*example.spans[piece])] for piece in pieces]

    assert words(first.pieces) == ["shelled"]
    rows = dict(zip(ACT_ROLES, first.roles, strict=True))
    assert {role: words(np.flatnonzero(row)) for role, row in rows.items() if row.any()} == {
        "actor": ["Vardan"], "recipient": ["Selin"], "time": ["Tuesday"],
    }  # fmt: skip


def test_make_marked_gives_mentions_of_one_act_one_number(vocabulary):
    (example,) = make_marked({"text": TEXT, "acts": MARKS}, vocabulary).examples
    assert [act.act for act in example.acts] == [0, 0]


def test_make_marked_tells_nothing_marked_from_nobody_looked(vocabulary):
    (none,) = make_marked({"text": TEXT, "acts": []}, vocabulary).examples
    (unread,) = make_marked({"text": TEXT}, vocabulary).examples
    assert (none.acts, unread.acts, unread.cues) == ((), None, None)


@pytest.mark.parametrize("name", ["own.jsonl", "polnear.jsonl"])
def test_marks_are_of_the_vocabulary_and_point_back(name):
    for row in rows(name):
        for number, mark in enumerate(row["acts"]):
            assert mark["type"] in TYPES
            assert mark["status"] in STATUSES
            assert mark["same"] is None or mark["same"] < number


def test_marks_of_own_articles_are_words_of_their_text():
    for row in rows("own.jsonl"):
        for mark in row["acts"]:
            for start, end in (mark["act"], *mark["actor_words"], *mark["recipient_words"]):
                words = row["text"][start:end]
                assert words
                assert words == words.strip()


def test_marks_in_the_texts_of_others_are_offsets_alone():
    assert {key for row in rows("polnear.jsonl") for key in row} == {"id", "date", "acts"}


def test_make_marked_finds_where_words_begin_that_name_a_country(vocabulary):
    marked = make_marked({"text": TEXT}, vocabulary, countries=[(15, 20, "SEL")])
    (country,) = marked.countries
    example = marked.examples[country.window]
    assert TEXT[slice(*example.spans[country.piece])] == "Selin"


def ids_of(name):
    return {json.loads(line)["id"] for line in (MARKED / name).read_text().splitlines()}


def test_what_is_held_to_measure_with_is_not_learned_from(tmp_path):
    assert held_ids() == ids_of("held.jsonl")
    assert not held_ids() & news_ids()
    given = tmp_path / "gold/events/unmarked.jsonl"
    given.parent.mkdir(parents=True)
    given.write_text("".join(f'{{"id": "{each}"}}\n' for each in (*held_ids(), "other")))
    assert [row["id"] for row in unmarked_rows(tmp_path)] == ["other"]


def test_what_was_marked_again_was_marked_before():
    assert ids_of("again.jsonl") < news_ids()
