"""Acts of the network: reading its numbers, joining mentions, confidence, and the weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.models.acts import (
    LEAST_ACT,
    ActReader,
    Calibration,
    features_of,
    join_mentions,
    load_act_reader,
)
from tocsin.models.encoder import Encoder, load_encoder
from tocsin.models.pieces import Vocabulary
from tocsin.models.reader import (
    ACT_ROLES,
    AWAY,
    ROLES,
    STATUSES,
    TYPES,
    facts_of_countries,
    facts_of_pairs,
    steps_away,
)
from tocsin.models.roles import Roles, mean_by_word, runs_of

PIECES = ["[UNK]", "[CLS]", "[SEP]", "chad", "shelled", "##led", "gao", "and", "fell"]
VOCABULARY = Vocabulary({piece: number for number, piece in enumerate(PIECES)})
FLAT = Calibration(bias=0.0, chance=1.0, type=0.0, told=0.0, agrees=0.5, differs=-0.5)
TEXT = "Chad shelled Gao and Gao fell"


def reader_of(roles):
    """A reader whose network gives every mention these roles, by piece."""

    def score(arrays):
        mentions, length = len(arrays["places"]), len(arrays["states"])
        scores = np.full((mentions, len(ROLES), length), -9.0, dtype=np.float32)
        for role, places in roles.items():
            scores[:, ACT_ROLES.index(role), places] = 9.0
        statuses = np.zeros((mentions, 9), dtype=np.float32)
        statuses[:, 2] = 9.0
        return scores, statuses

    def together(arrays):
        acts, words = len(arrays["acts"]), len(arrays["words"])
        countries = np.tile(np.arange(words, dtype=np.float32) * 9 - 4, (acts, 2, 1))
        return np.full((acts, acts), -9.0, dtype=np.float32), countries

    return ActReader(
        roles=Roles(network=score),
        network=together,
        calibration=FLAT,
        threshold=0.5,
        least=0.3,
    )


def read(acts, roles=None, named=(), **how):
    """What is read where an act of a type begins at piece `i` with so much chance."""

    def encode(arrays):
        ids = arrays["ids"]
        scores = np.full((*ids.shape, 18), 1e-6, dtype=np.float32)
        scores[:, :, 0] = 1.0
        for place, (name, chance) in acts.items():
            scores[0, place, 0] = 1 - chance
            scores[0, place, TYPES.index(name) + 1] = chance
        none = np.zeros((*ids.shape, 4), dtype=np.float32)
        cues, names = (np.zeros((*ids.shape, n), dtype=np.float32) for n in (3, 20))
        return none, np.log(scores), cues, names

    states = Encoder(vocabulary=VOCABULARY, network=encode).encode(TEXT)
    return reader_of(roles or {}).read(states, named, **how)


def words(span):
    return TEXT[slice(*span)]


def test_read_gives_words_type_chance_and_status_of_an_act():
    (act,) = read({2: ("ASSAULT", 0.8)}).mentions
    assert (words(act.words), act.type) == ("shelled", "ASSAULT")
    assert STATUSES[int(act.statuses.argmax())] == "alleged"
    assert act.chance == pytest.approx(0.8, abs=0.01)


def test_read_gives_the_words_for_each_role():
    (act,) = read({2: ("ASSAULT", 0.8)}, {"actor": [1], "recipient": [3, 5]}).mentions
    assert [words(each) for each in act.roles["actor"]] == ["Chad"]
    assert [words(each) for each in act.roles["recipient"]] == ["Gao", "Gao"]
    assert act.roles["place"] == ()


def test_read_leaves_out_what_is_hardly_an_act():
    assert read({2: ("ASSAULT", 0.25)}).mentions == ()


def test_read_keeps_what_is_hardly_an_act_where_asked():
    (act,) = read({2: ("ASSAULT", 0.25)}, least=LEAST_ACT).mentions
    assert act.chance == pytest.approx(0.25, abs=0.01)


def test_read_takes_the_surer_of_two_neighbours():
    (act,) = read({2: ("ASSAULT", 0.8), 3: ("ACCUSE", 0.4)}).mentions
    assert act.type == "ASSAULT"


def test_read_gives_each_country_its_chance_and_the_words_that_speak_most_for_it():
    named = [((0, 4), "TCD"), ((13, 16), "MLI"), ((21, 24), "MLI")]
    found = read({2: ("ASSAULT", 0.8)}, named=named)
    assert found.codes == ("MLI", "TCD")
    assert found.countries[0, 0].round(1).tolist() == [1.0, 0.0]
    assert found.telling[0, 0].tolist() == [2, 0]


def test_read_asks_for_no_country_where_none_is_named():
    assert read({2: ("ASSAULT", 0.8)}).countries.shape == (1, 2, 0)


def test_join_mentions_groups_those_that_tell_one_act():
    same = np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]])
    assert join_mentions(same, [0, 1, 2]) == [[0, 1], [2]]


def test_join_mentions_asks_the_mean_of_a_group():
    same = np.array([[1, 0.9, 0.9], [0.9, 1, 0.0], [0.9, 0.0, 1]])
    assert join_mentions(same, [0, 1, 2]) == [[0, 1], [2]]


@pytest.mark.parametrize(("agrees", "differs", "least"), [(True, False, 0.6), (False, True, 0.3)])
def test_confidence_hears_the_lexicon(agrees, differs, least):
    features = features_of(chance=0.5, type_chance=0.9, mentions=1, agrees=agrees, differs=differs)
    sure = FLAT.confidence(features)
    assert least < sure < least + 0.1


def test_steps_away_are_twice_as_long_each():
    steps = steps_away(np.array([100]), np.array([100, 101, 103, 107, 93]))
    assert (steps - AWAY).tolist() == [[0, 1, 2, 3, -3]]


def test_facts_of_pairs_say_type_word_and_nearness():
    facts = facts_of_pairs(np.array([1, 1]), np.array([5, 6]), np.array([10, 20]))
    assert facts[0, 1].tolist() == pytest.approx([1.0, 0.0, 0.0125, 1.0])


def test_facts_of_countries_say_share_head_and_window():
    facts = facts_of_countries(
        np.zeros((1, 2, 3), dtype=np.float32),
        np.array([5, 70, 300]),
        np.array([0, 0, 1]),
        (np.array([0]), np.array([0, 0, 1])),
    )
    assert facts[0, 0, :, 1].tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3])
    assert facts[0, 0, :, 2:].tolist() == [[1, 1], [0, 1], [0, 0]]


def test_mean_by_word_gives_the_pieces_of_a_word_one_chance():
    means = mean_by_word(np.array([[0.2, 0.4, 0.9]], dtype=np.float32), np.array([1, 1, 2]))
    assert means[0].tolist() == pytest.approx([0.3, 0.3, 0.9])


def test_runs_of_gives_stretches():
    assert runs_of(np.array([True, True, False, True])) == [(0, 2), (3, 4)]


# --------------------------------------------------------------------------- the shipped weights


def test_load_act_reader_reads_a_plain_act():
    text = "Chad's army shelled the town of Gao on Tuesday, killing twelve people."
    found = load_act_reader().read(load_encoder().encode(text), [((0, 4), "TCD")])
    (act, *_) = found.mentions
    assert (text[slice(*act.words)], act.type) == ("shelled", "ASSAULT")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_load_act_reader_reads_any_text_and_stays_within_it(text):
    for act in load_act_reader().read(load_encoder().encode(text)).mentions:
        spans = [act.words, *(words for spans in act.roles.values() for words in spans)]
        assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize("at_once", [2, 5])
def test_mentions_compared_in_parts_are_read_as_those_compared_at_once(monkeypatch, at_once):
    text = "Iran fired missiles at Israel. Russia met China. Egypt sent aid to Sudan.\n" * 3
    named = [((text.index(name), text.index(name) + 5), code) for name, code in NAMED]
    states, reader = load_encoder().encode(text), load_act_reader()
    whole = reader.read(states, named)
    monkeypatch.setattr("tocsin.models.acts.MENTIONS_AT_ONCE", at_once)
    parted = reader.read(states, named)
    assert len(whole.mentions) > 5
    assert np.allclose(parted.same, whole.same, atol=1e-6)
    assert np.allclose(parted.countries, whole.countries, atol=1e-6)


NAMED = [("Iran ", "IRN"), ("China", "CHN"), ("Sudan", "SDN")]
