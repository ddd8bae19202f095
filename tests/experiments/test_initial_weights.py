"""Five beginnings: spreads are those of the passes, and trainings are those of `train`."""

import numpy as np
import pytest

from nbhelpers import train
from nbhelpers.experiments.initial_weights import (
    BEGINNINGS,
    EPOCHS,
    Start,
    Trainings,
    costs,
    moons,
    recorded_epochs,
    spreads,
    trained,
)

STANDARD_DEVIATIONS = {"zeros": 0, "too small": 0.01, "too large": 2, "Xavier": np.sqrt(2 / 64), "He": np.sqrt(2 / 32)}


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_the_weights_spread_as_the_beginning_says(beginning):
    network = Start(beginning, "tanh", depth=4, width=32).network(rng=0)
    assert network.sizes == [2, 32, 32, 32, 1]
    assert network.W[2].std() == pytest.approx(STANDARD_DEVIATIONS[beginning], rel=0.05)


def test_spreads_are_those_of_the_passes():
    training, _ = moons()
    network = Start("He", "tanh", depth=4, width=7).network(rng=0)
    forward = network.forward(training.X)
    gradients = network.backward(forward, training.Y)
    found = spreads(network, training.X, training.Y)
    np.testing.assert_allclose(found.A, [np.sqrt(np.mean((A - A.mean()) ** 2)) for A in forward.A[1:4]])
    np.testing.assert_allclose(found.dW, [dW.std() for dW in gradients.dW[1:]])
    np.testing.assert_allclose(found.saturated, [np.mean(1 / np.cosh(Z) ** 2 < 0.05) for Z in forward.Z[1:4]])


def test_zeros_spread_nothing():
    training, _ = moons()
    found = spreads(Start("zeros", "tanh", depth=4, width=7).network(), training.X, training.Y)
    assert not found.A.any()
    assert not found.dW.any()


def test_the_examples_to_judge_by_are_others():
    training, others = moons()
    assert (training.d, others.d) == (100, 200)
    assert not set(map(tuple, training.X.T)) & set(map(tuple, others.X.T))
    np.testing.assert_allclose(training.X.mean(axis=1), 0, atol=1e-12)


def test_a_training_is_that_of_train():
    start, (training, others) = Start("Xavier", "tanh", depth=3, width=5), moons()
    rng = np.random.default_rng(4)
    history = train(start.network(rng), training.X, training.Y, learning_rate=0.2, epochs=EPOCHS, record_every=1)
    found = trained(np.random.default_rng(4), start, 0.2)
    assert found.epochs.tolist() == recorded_epochs().tolist()
    np.testing.assert_allclose(found.cost, history.cost[recorded_epochs()], rtol=1e-12)
    assert found.validation_cost[-1] == pytest.approx(history.network.cost(others.X, others.Y))


def test_costs_have_a_row_per_start_and_a_column_per_seed_and_hold_what_went_wrong():
    starts = [Start(beginning, "relu", depth=6, width=16) for beginning in ("too large", "He")]
    found = costs(starts, 0.3, [3, 6])
    assert found.shape == (2, 2, len(recorded_epochs()))
    np.testing.assert_allclose(found[1, 1], trained(np.random.default_rng(6), starts[1], 0.3).validation_cost)
    assert trained(np.random.default_rng(3), starts[0], 0.3).reason != "done"
    assert (found[0, 0, 2:] == found[0, 0, -1]).all()


def test_more_seeds_are_added_to_those_that_are_known(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "nbhelpers.experiments.initial_weights.costs", lambda *given: asked.append(given[2]) or costs(*given)
    )
    starts, trainings = [Start("He", "tanh", depth=2, width=4)], Trainings(share=1)
    assert trainings.bands(starts, 0.3, 0) == []
    for runs in (1, 3, 2, 3):
        bands = trainings.bands(starts, 0.3, runs)
    assert asked == [range(1), range(1, 3)]
    every = costs(starts, 0.3, range(3))[0]
    for line, expected in zip(bands[0], (np.median(every, axis=0), every.min(axis=0), every.max(axis=0)), strict=True):
        np.testing.assert_allclose(line, expected)
    trainings.bands(starts, 0.1, 1)
    trainings.bands(starts, 0.3, 2)
    assert asked[2:] == [range(1)]


def test_settings_of_long_ago_are_forgotten(monkeypatch):
    monkeypatch.setattr("nbhelpers.experiments.initial_weights._SETTINGS", 2)
    asked = []
    monkeypatch.setattr(
        "nbhelpers.experiments.initial_weights.costs", lambda *given: asked.append(given[1]) or costs(*given)
    )
    starts, trainings = [Start("He", "tanh", depth=2, width=2)], Trainings()
    for learning_rate in (0.1, 0.2, 0.1, 0.3, 0.1, 0.2):
        trainings.bands(starts, learning_rate, 1)
    assert asked == [0.1, 0.2, 0.3, 0.2]
