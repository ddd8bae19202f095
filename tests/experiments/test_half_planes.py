"""Lines that cut the plane: where they run, how wide the border is, and what units add up to."""

import numpy as np
import pytest

from nbhelpers import linear, relu, sigmoid, tanh
from nbhelpers.experiments.half_planes import ARRANGEMENTS, HalfPlane, network_of

HALF = 2.0
LINES = [((1.5, 1.0), -0.5), ((0.0, -2.0), 1.0), ((-0.3, 0.0), 0.2), ((1.0, -1.0), 0.0), ((-2.0, 3.0), 4.0)]
every_line = pytest.mark.parametrize(("w", "b"), LINES)


@every_line
def test_the_ends_lie_on_the_line_and_on_the_border(w, b):
    ends = HalfPlane(np.array(w), b).ends(HALF)
    np.testing.assert_allclose(ends @ w + b, 0, atol=1e-12)
    np.testing.assert_allclose(np.abs(ends).max(axis=1), HALF)
    assert np.linalg.norm(ends[1] - ends[0]) > 0


def test_a_line_that_misses_the_square_has_no_ends():
    assert HalfPlane(np.array([1.0, 1.0]), -5.0).ends(HALF) is None
    assert HalfPlane(np.array([0.0, 1.0]), -3.0).ends(HALF) is None
    assert HalfPlane(np.zeros(2), 1.0).ends(HALF) is None


@every_line
def test_the_foot_is_the_nearest_of_many_points_of_the_line(w, b):
    half = HalfPlane(np.array(w), b)
    ends = half.ends(HALF)
    along = np.linspace(0, 1, 20001)[:, None]
    points = (1 - along) * ends[0] + along * ends[1]
    sizes = np.hypot(*points.T)
    assert half.distance == pytest.approx(sizes.min(), abs=1e-3)
    np.testing.assert_allclose(points[sizes.argmin()], half.foot, atol=1e-3)


def test_without_weights_there_is_no_line():
    half = HalfPlane(np.zeros(2), 1.0)
    assert (half.foot, half.distance, half.width(sigmoid)) == (None, np.inf, np.inf)


@pytest.mark.parametrize("size", [0.3, 1.0, 7.0])
def test_the_border_is_as_wide_as_the_activation_needs(size):
    half = HalfPlane(size * np.array([0.6, -0.8]), 0.4)
    assert half.width(sigmoid) == pytest.approx(2 * np.log(9) / size, rel=1e-5)
    assert half.width(tanh) == pytest.approx(np.log(9) / size, rel=1e-5)  # tanh(z) = 2 sigmoid(2z) - 1
    assert half.width(relu) is None
    assert half.width(linear) is None


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_the_units_put_every_point_on_its_side(name):
    units = ARRANGEMENTS[name]
    network = network_of(*units[:4], sigmoid)
    assert ((network.predict(np.array(units.X).T)[0] >= 0.5) == np.array(units.y)).all()


def test_no_single_unit_gets_xor_right():
    units = ARRANGEMENTS["XOR: one unit cannot"]
    X, y = np.array(units.X), np.array(units.y)
    w1, w2, b = np.meshgrid(*[np.linspace(-3, 3, 25)] * 3)
    Z = np.multiply.outer(X[:, 0], w1) + np.multiply.outer(X[:, 1], w2) + b
    right = ((Z > 0) == y[:, None, None, None]).sum(axis=0)
    assert right.max() == 3
