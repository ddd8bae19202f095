"""Forward and central differences over the step h: they agree with the slope, and err as theory says."""

import numpy as np
import pytest
from sample_networks import HIDDEN, name, sample

from nbhelpers import Layer, Network, why, worked_example
from nbhelpers.gradient_check import central_difference, differences, forward_difference, relative_error


def test_a_forward_difference_errs_by_half_the_curvature_times_h():
    for h in (1e-2, 1e-3):
        assert forward_difference(np.exp, h) - 1 == pytest.approx(h / 2, rel=1e-2)
        assert central_difference(np.exp, h) - 1 == pytest.approx(h**2 / 6, rel=1e-2)


def test_a_forward_difference_of_a_line_is_its_slope():
    assert forward_difference(lambda x: 3 * x + 1, 0.5) == 3


@pytest.mark.parametrize("hidden", HIDDEN, ids=name)
def test_differences_agree_with_backprop(hidden):
    network, X, Y = sample([3, 4, 2], hidden)
    gradients = network.backward(network.forward(X), Y).by_parameter
    for place in (("W1", (3, 1)), ("b1", (2, 0)), ("W2", (1, 3)), ("b2", (0, 0))):
        forward, central = differences(network, X, Y, place, [1e-4, 1e-5])
        slope = gradients[place[0]][place[1]]
        np.testing.assert_allclose(forward, slope, atol=1e-4)
        np.testing.assert_allclose(central, slope, atol=1e-8)


def test_float32_has_half_the_digits_and_loses_small_steps():
    network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    slope = network.backward(network.forward(X), Y).dW[2][0, 0]
    _, central = differences(network, X, Y, ("W2", (0, 0)), [1e-12, 1e-2], np.float32)
    assert central[0] == 0
    assert central[1] == pytest.approx(slope, rel=1e-3)
    assert relative_error(central[1], slope) > 1e-7


@pytest.mark.parametrize(("one", "other", "error"), [(1, 1, 0), (0, 0, 0), (0, 2, 1), (1, -1, 2), (99, 100, 0.01)])
def test_relative_error(one, other, error):
    assert relative_error(one, other) == pytest.approx(error)
    assert relative_error(np.array([one]), other)[0] == pytest.approx(error)


def test_nothing_to_compare_with_is_no_error_of_zero():
    assert np.isnan(relative_error(1.0, np.nan))


def test_near_the_end_of_the_range_the_step_is_small_enough():
    """The prediction is 1e-6 from 0 or from 1, where the logarithm is steep: a step of 1e-5 would leave the range."""
    for z, y in ((-13.8, 0.4), (13.8, 0.4)):
        network = Network([Layer([[1.0]], 0.0, "sigmoid")], "binary_cross_entropy")
        story = why(network, [[z]], [[y]], "dY_hat")
        assert abs(story.finite_difference / story.value - 1) < 1e-5


def test_near_a_kink_the_step_is_small_enough():
    """The sum is 3e-7 from ReLU's kink: 1e-5 and 1e-6 would cross it, a step of 1e-7 does not."""
    for z, slope in ((3e-7, 1), (-3e-7, 0)):
        network = Network([Layer([[1.0]], z, "relu"), Layer([[1.0]], 0.0, "linear")], "squared_error")
        story = why(network, [[0.0]], [[-1.0]], "db1[1]")
        assert story.value == pytest.approx(slope * (max(z, 0) + 1))
        assert story.finite_difference == pytest.approx(story.value, rel=1e-6)


def test_at_a_kink_there_is_no_difference():
    network = Network([Layer([[1.0]], 1e-9, "relu"), Layer([[1.0]], 0.0, "linear")], "squared_error")
    assert np.isnan(why(network, [[0.0]], [[-1.0]], "db1[1]").finite_difference)


def test_the_step_grows_with_the_number():
    """Of a weight of 1e9, 1e-5 would be lost in rounding."""
    network = Network([Layer([[1e9]], 0.0, "linear")], "squared_error")
    story = why(network, [[1e-9]], [[3.0]], "dW1[1,1]")
    assert story.finite_difference == pytest.approx(story.value, rel=1e-6)
