"""Units add up to curves: through their corners, as NumPy interpolates, and nearer to the target the more there are."""

import numpy as np
import pytest

from nbhelpers import relu, sigmoid, tanh
from nbhelpers.experiments import piecewise_curves as curves

X = [-1.0, -0.45, 0.1, 0.4, 1.0]
Y = [0.3, -0.8, 0.9, 0.2, -0.1]


def test_relu_units_run_straight_from_corner_to_corner():
    network = curves.through(X, Y, relu)
    x = np.linspace(-1, 1, 301)
    np.testing.assert_allclose(network.predict(x[None])[0], np.interp(x, X, Y), atol=1e-12)
    np.testing.assert_allclose(curves.bends(network), X[:-1])


def test_steep_sigmoid_units_are_steps_between_the_corners():
    network = curves.through(X, Y, sigmoid, steepness=2000.0)
    np.testing.assert_allclose(network.predict(np.array([X])), [Y], atol=1e-9)
    np.testing.assert_allclose(curves.bends(network), np.convolve(X, [0.5, 0.5], "valid"))


@pytest.mark.parametrize("activation", [relu, sigmoid])
def test_the_parts_and_the_bias_are_the_curve(activation):
    network, x = curves.through(X, Y, activation), np.linspace(-1, 1, 41)
    parts = curves.parts(network, x)
    assert parts.shape == (4, 41)
    np.testing.assert_allclose(parts.sum(axis=0) + network.b[2][0, 0], network.predict(x[None])[0], atol=1e-12)


@pytest.mark.parametrize(("x", "y"), [([0.0], [1.0]), ([0.0, 0.0], [1.0, 2.0]), ([1.0, 0.0], [1.0, 2.0]), (X, Y[1:])])
def test_corners_that_make_no_curve(x, y):
    with pytest.raises(ValueError, match="corners need at least two x that rise"):
        curves.through(x, y)


def test_only_corners_and_steps():
    with pytest.raises(ValueError, match="relu or sigmoid, not by tanh"):
        curves.through(X, Y, tanh)


@pytest.mark.parametrize("target", [name for name in curves.TARGETS if "jump" not in name])
@pytest.mark.parametrize("activation", [relu, sigmoid])
def test_for_a_continuous_target_the_error_falls_as_far_as_one_likes(target, activation):
    found = curves.errors(target, [4, 16, 64, 256], activation)
    assert found[-1] < 0.1
    assert found[-1] < 0.35 * found[0] or found[0] < 1e-9


def test_for_a_smooth_target_relu_units_bring_the_error_down_with_their_square():
    found = curves.errors("sine", [8, 16, 32, 64])
    np.testing.assert_allclose(np.divide(found[:-1], found[1:]), 4, rtol=0.1)
    assert found[0] == pytest.approx(np.pi**2 * (2 / 8) ** 2 / 8, rel=0.1)  # the bound h²/8 max|f''|


def test_a_jump_keeps_its_error_however_many_units():
    assert min(curves.errors("jump: not continuous", [16, 64, 256])) > 0.5


def test_training_brings_the_mean_squared_error_down_and_goes_on():
    training = curves.Training(curves.through(*curves.evenly("bump", 6)), "bump")
    x = np.linspace(-1, 1, 201)[None]
    errors = [np.square(training.go_to(n).predict(x) - curves.TARGETS["bump"](x)).mean() for n in (0, 50, 300)]
    assert errors[0] > errors[1] > errors[2]
    assert training.epochs == 300
    again = curves.Training(curves.through(*curves.evenly("bump", 6)), "bump").go_to(300)
    np.testing.assert_array_equal(again.W[1], training.go_to(300).W[1])
