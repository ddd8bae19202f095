"""One sigmoid unit: its steps are those of a network that is trained."""

import numpy as np
import pytest

from nbhelpers import Layer, Network
from nbhelpers.experiments.one_sigmoid import LOSSES, learn, loss_over, slope_over, steps_until_right

every_loss = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)


@every_loss
@pytest.mark.parametrize("y", [0, 1])
def test_the_slope_is_that_of_the_loss(loss, y):
    z = np.linspace(-8, 8, 33)
    difference = (loss_over(loss, z + 1e-6, y) - loss_over(loss, z - 1e-6, y)) / 2e-6
    np.testing.assert_allclose(slope_over(loss, z, y), difference, rtol=1e-6, atol=1e-8)


@every_loss
@pytest.mark.parametrize(("x", "y"), [(0.0, 1), (1.5, 0), (-0.7, 1)])
def test_the_steps_are_those_of_a_network(loss, x, y):
    network, found = Network([Layer([[0.0]], 2.5, "sigmoid")], loss), []
    for _ in range(12):
        forward = network.forward(x)
        found.append(forward.Z[1].item())
        network = network.updated(network.backward(forward, y), 0.8)
    np.testing.assert_allclose(learn(loss, 2.5, y, 0.8, 11, x), found, rtol=1e-12)


def test_the_figures_of_the_notebook():
    steps = [steps_until_right(learn(loss, -6.0, 1), 1) for loss in LOSSES.values()]
    assert steps == [7, 426]
    assert steps_until_right(learn(LOSSES["squared error"], -6.0, 1, steps=425), 1) is None
    assert steps_until_right([3.0, 1.0, 0.0], 0) == 2


@every_loss
def test_extreme_numbers_stay_finite(loss):
    z = np.array([-1e6, -800.0, 800.0, 1e6])
    assert np.isfinite(slope_over(loss, z, 1)).all()
    assert np.isfinite(learn(loss, -800.0, 1, 1e3, 5)).all()
