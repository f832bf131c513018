"""Fitting the confidence of events."""

import numpy as np
import pytest

from training.reader.calibrate import best_f1, fit
from training.reader.marked_articles import learned_from


def test_fit_gives_the_share_of_right_ones_where_nothing_else_is_known():
    features = np.ones((200, 1))
    wanted = np.arange(200) < 150
    (bias,) = fit(features, wanted)
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(0.75, abs=0.01)


def test_fit_gives_weight_to_what_tells_right_from_wrong():
    told = np.repeat([0.0, 1.0], 100)
    features = np.stack([np.ones(200), told], -1)
    wanted = np.concatenate([np.arange(100) < 20, np.arange(100) < 80])
    _, weight = fit(features, wanted)
    assert 2 < weight < 3


def test_best_f1_leaves_out_what_is_rather_wrong():
    chances, found = np.array([0.9, 0.8, 0.3, 0.2]), np.array([True, True, False, False])
    assert 0.3 < best_f1(chances, found, 2) <= 0.8


def test_learned_from_keeps_every_so_many_articles_aside():
    assert len(learned_from(range(36))) == 34
    assert 0 not in learned_from(range(36))
