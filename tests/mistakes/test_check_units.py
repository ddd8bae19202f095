"""Units count as alike only where they are the same but for rounding."""

import numpy as np
import pytest

from nbhelpers import Layer, Network
from nbhelpers.mistakes.checks import check_units


@pytest.mark.parametrize(("apart", "is_right"), [(0.0, False), (1e-4, True)])
def test_units_that_differ_a_little_are_not_alike(apart, is_right):
    hidden = Layer([[0.5, -0.3], [0.5 + apart, -0.3]], [0.1, 0.1], "tanh")
    network = Network([hidden, Layer([[0.7, 0.7]], 0.2, "sigmoid")], "binary_cross_entropy")
    X, Y = np.array([[0.2, -1.0, 0.4], [1.0, 0.3, -0.6]]), np.array([[1.0, 0.0, 1.0]])
    assert bool(check_units(network, X, Y)) == is_right
