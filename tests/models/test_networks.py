"""Arrays that go into networks and come out of them."""

import numpy as np

from tocsin.models.networks import WEIGHTS, open_network, sigmoid, softmax


def test_softmax_gives_probabilities_along_the_last_axis():
    found = softmax(np.array([[0.0, 0.0], [1000.0, 0.0]], dtype=np.float32))
    assert found.tolist() == [[0.5, 0.5], [1.0, 0.0]]


def test_open_network_takes_arrays_by_name_and_gives_arrays():
    ones = np.ones((2, 5), dtype=np.int64)
    arrays = {"ids": ones, "flags": 0 * ones, "mask": ones.astype(np.float32)}
    states, acts, cues, names = open_network(WEIGHTS / "reader.onnx")(arrays)
    assert states.shape[:2] == (2, 5)
    assert [a.shape[-1] for a in (acts, cues, names)] == [18, 3, 20]


def test_sigmoid_gives_each_score_a_probability_of_its_own():
    assert sigmoid(np.array([0.0, 1000.0, -1000.0])).round(3).tolist() == [0.5, 1.0, 0.0]
