"""Sizes of the backward signal: measured against the network's own pass, predicted against values known otherwise."""

import numpy as np
import pytest
from sample_networks import sample

from nbhelpers import linear, relu, sigmoid, tanh
from nbhelpers.experiments.deep_network import Tower
from nbhelpers.experiments.signal_propagation import measured, predicted, rms, rms_of, spreads_of_sums


def root_mean_square(values):
    return np.sqrt(np.mean(np.square(values)))


def test_measured_is_what_the_backward_pass_gives():
    network, X, Y = sample([3, 6, 5, 2], d=7)
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    found = measured(network, X, Y)
    for l in (1, 2, 3):
        assert found.dZ[l - 1] == pytest.approx(7 * root_mean_square(gradients.dZ[l]))
    for l in (1, 2):
        assert found.dA[l - 1] == pytest.approx(7 * root_mean_square(gradients.dA[l]))
        slope = network.layers[l - 1].activation.derivative(forward.Z[l])
        assert found.slope[l - 1] == pytest.approx(root_mean_square(slope))
    assert np.isnan([found.dA[-1], found.slope[-1]]).all()


def test_the_signal_is_that_of_an_example_however_many_there_are():
    network, X, Y = sample([3, 6, 5, 2], d=7)
    twice = measured(network, np.hstack([X, X]), np.hstack([Y, Y]))
    np.testing.assert_allclose(twice.dZ, measured(network, X, Y).dZ)


def test_the_factors_multiply_to_the_whole():
    found = measured(*sample([3, 6, 5, 2], d=7))
    np.testing.assert_allclose(found.by_weights * found.by_slopes, found.by_both)
    assert found.by_both.prod() == pytest.approx(found.dZ[0] / found.dZ[-1])


def test_backprop_through_a_chain_of_single_units_is_a_product():
    """0.25 times w per layer, where every z is 0."""
    tower = Tower(6, 1, "sigmoid", "zeros")
    network = tower.network().with_parameters(**{f"W{l}": [[1.0]] for l in range(1, 7)})
    network = network.with_parameters(**{f"b{l}": [[-0.5]] for l in range(2, 7)})
    found = measured(network, [[0.0]], [[1.0]])
    np.testing.assert_allclose(found.dZ, 0.5 * 0.25 ** np.arange(5, -1, -1))


# --- predicted


@pytest.mark.parametrize("width", [2, 30, 500])
@pytest.mark.parametrize(("activation", "scheme"), [("relu", "he"), ("linear", "xavier")])
def test_relu_with_he_and_linear_with_xavier_keep_the_signal(activation, scheme, width):
    tower = Tower(50, width, activation, scheme)
    expected = predicted(tower.sizes, tower.activations, tower.variances, last=0.3)
    np.testing.assert_allclose(expected.dZ, 0.3, rtol=1e-12)
    np.testing.assert_allclose(expected.by_both, 1, rtol=1e-12)


@pytest.mark.parametrize(
    ("activation", "scheme", "squared"), [("relu", "xavier", 1 / 2), ("linear", "he", 2), ("linear", "normal", 0.004)]
)
def test_other_factors_that_are_known(activation, scheme, squared):
    tower = Tower(5, 40, activation, scheme)
    expected = predicted(tower.sizes, tower.activations, tower.variances)
    np.testing.assert_allclose(expected.by_both**2, squared, rtol=1e-12)


def test_sigmoids_with_xavier_lose_15_of_16_parts_where_the_sums_are_small():
    tower = Tower(5, 40, "sigmoid", "xavier")
    small = predicted(tower.sizes, tower.activations, [1e-12, *tower.variances[1:]], x=1e-6)
    assert small.slope[0] ** 2 == pytest.approx(1 / 16)
    everywhere = predicted(tower.sizes, tower.activations, tower.variances)
    assert 1 / 24 < everywhere.by_both[0] ** 2 < 1 / 16


def test_zeros_give_0_at_once():
    tower = Tower(5, 40, "sigmoid", "zeros")
    expected = predicted(tower.sizes, tower.activations, tower.variances)
    assert expected.dZ.tolist() == [0, 0, 0, 0, 1]
    assert expected.slope[:-1].tolist() == [0.25] * 4


def test_sizes_may_differ_and_the_right_ones_count():
    """Forward the inputs of a layer, backward its units."""
    sizes, variances = [3, 5, 7, 2], [0.1, 0.2, 0.3]
    expected = predicted(sizes, [linear] * 3, variances)
    np.testing.assert_allclose(expected.by_both**2, [7 * 0.2, 2 * 0.3])
    spreads = spreads_of_sums(sizes, [linear] * 3, variances, x=2.0)
    np.testing.assert_allclose(spreads**2, np.cumprod([4 * 3 * 0.1, 5 * 0.2, 7 * 0.3]))


@pytest.mark.parametrize("spread", [1e-3, 0.3, 1.0, 4.0, 14.0])
@pytest.mark.parametrize("function", [tanh, tanh.derivative, sigmoid, sigmoid.derivative])
def test_means_are_those_of_a_finer_sum(function, spread):
    u = np.linspace(-12, 12, 200_001)
    density = np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi)
    squared = np.sum(function(spread * u) ** 2 * density) * (u[1] - u[0])
    assert rms_of(function, spread) == pytest.approx(np.sqrt(squared), rel=1e-6)


def test_relu_keeps_half_of_the_variance():
    assert rms_of(relu, 3.0) ** 2 == pytest.approx(9 / 2, rel=1e-12)
    assert rms_of(relu.derivative, 3.0) ** 2 == pytest.approx(1 / 2, rel=1e-12)


@pytest.mark.parametrize(
    "settings", [("sigmoid", "xavier"), ("tanh", "xavier"), ("tanh", "he", 2.0), ("relu", "he"), ("linear", "he", 1.5)]
)
def test_wide_networks_behave_as_predicted(settings):
    """Measured and predicted share no line of code.

    They agree less on the first way back: the signal of the last layer is made with the weights that it meets next.
    """
    tower = Tower(12, 300, *settings)
    found = measured(tower.network(rng=3), *tower.examples(20, rng=4))
    expected = predicted(tower.sizes, tower.activations, tower.variances, last=found.dZ[-1])
    np.testing.assert_allclose(found.slope[:-1], expected.slope[:-1], rtol=0.1)
    np.testing.assert_allclose(found.by_weights[:-2], expected.by_weights[:-2], rtol=0.12)
    assert (found.dZ[0] / expected.dZ[0]) ** (1 / 11) == pytest.approx(1, abs=0.1)


def test_squares_outside_of_the_range_of_floats():
    np.testing.assert_allclose(rms([np.full(3, 1e-300), np.full((2, 2), -1e200)]), [1e-300, 1e200])


def test_what_is_infinite_stays_so_and_alone():
    np.testing.assert_array_equal(rms([np.array([np.inf, 1.0]), np.ones(2), np.zeros(3)]), [np.inf, 1, 0])
