"""The kept trainings behind the explorer of overfitting: what is kept is what the training did."""

import numpy as np
import pytest

from nbhelpers.experiments import overfitting
from nbhelpers.experiments.overfitting import EPOCHS, fit_sine, spread_network


@pytest.fixture(scope="module")
def run():
    return fit_sine(16, 0.001, 15, 0.3, 2)


def test_a_curve_and_a_record_per_epoch(run):
    assert run.curves.shape == (EPOCHS + 1, len(run.x))
    np.testing.assert_array_equal(run.history.epochs, np.arange(EPOCHS + 1))
    assert run.history.reason == "done"


def test_the_last_curve_is_the_trained_network_and_the_first_is_not(run):
    trained = run.history.network.predict(run.x[None])[0]
    np.testing.assert_allclose(run.curves[-1], trained, atol=1e-6)
    assert abs(run.curves[0] - trained).max() > 0.3


def test_each_curve_belongs_to_its_record(run):
    """The cost of the curve at the training points, read between its places, is the recorded cost."""
    X, Y = run.training.X[0], run.training.Y[0]
    for epoch in (0, 1, 80, EPOCHS):
        cost = 0.5 * np.mean((np.interp(X, run.x, run.curves[epoch]) - Y) ** 2)
        assert cost == pytest.approx(run.history.cost[epoch], rel=0.01)


def test_costs_are_those_of_the_network_on_its_points(run):
    network, history = run.history.network, run.history
    assert history.cost[-1] == pytest.approx(network.cost(run.training.X, run.training.Y))
    assert history.validation_cost[-1] == pytest.approx(network.cost(run.validation.X, run.validation.Y))
    assert history.penalty[-1] == pytest.approx(0.0005 * sum((W**2).sum() for W in network.W[1:]))


def test_the_floor_is_what_the_noise_costs(run):
    noise = run.validation.Y - np.sin(run.validation.X)
    assert run.floor == pytest.approx(0.5 * np.mean(noise**2))
    assert fit_sine(1, 0.0, 10, 0.0, 1).floor == 0


def test_overfitted_is_where_the_validation_cost_rises_while_the_training_cost_falls(run):
    costs = run.history.validation_cost
    assert run.rise == costs[-1] / costs[run.best_epoch]
    assert fit_sine(16, 0.0, 15, 0.3, 2).is_overfitted
    assert not fit_sine(16, 0.01, 15, 0.3, 2).is_overfitted


def test_a_strong_penalty_that_raises_both_costs_is_no_overfitting():
    run = fit_sine(2, 0.1, 10, 0.1, 2)
    assert run.rise > 1.1
    assert run.history.cost[-1] > run.history.cost[run.best_epoch]
    assert (run.is_overfitted, run.is_overpowered) == (False, True)


def test_a_setting_is_trained_once_and_the_seed_says_which_points():
    first, other = fit_sine(2, 0.0, 10, 0.3, 1), fit_sine(2, 0.0, 10, 0.3, 3)
    assert fit_sine(2, 0.0, 10, 0.3, 1) is first
    assert first.training.X[0, 0] != other.training.X[0, 0]
    again = overfitting.fit_sine.__wrapped__(2, 0.0, 10, 0.3, 1)
    np.testing.assert_array_equal(again.curves, first.curves)


def test_penalty_and_width_do_not_change_the_points():
    first, other = fit_sine(2, 0.0, 10, 0.3, 1), fit_sine(4, 0.001, 10, 0.3, 1)
    np.testing.assert_array_equal(first.training.Y, other.training.Y)
    np.testing.assert_array_equal(first.validation.Y, other.validation.Y)
    assert (first.parameters, other.parameters) == (7, 13)


def test_units_begin_at_places_spread_over_the_axis():
    network = spread_network(500, 0)
    places = -network.b[1] / network.W[1]
    np.testing.assert_allclose(np.percentile(places, [0, 50, 100]), [-np.pi, 0, np.pi], atol=0.4)
    assert network.W[1].std() == pytest.approx(2, rel=0.1)
