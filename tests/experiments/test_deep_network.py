"""A tower's settings are those of the network that it makes."""

import numpy as np
import pytest

from nbhelpers.experiments.deep_network import Tower
from nbhelpers.initialization import SCHEMES


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("scale", [0.5, 1.0, 3.0])
def test_the_variance_that_it_says_is_that_of_its_weights(scheme, scale):
    tower = Tower(3, 200, "tanh", scheme, scale)
    network = tower.network(rng=0)
    for l in (1, 2, 3):
        assert network.W[l].var() == pytest.approx(tower.variances[l - 1], rel=0.03)
    assert not any(b.any() for b in network.b[1:])


def test_sizes_and_activations_are_those_of_the_network():
    tower = Tower(4, 5, "relu", "he")
    network = tower.network(rng=0)
    assert network.sizes == tower.sizes == [5, 5, 5, 5, 5]
    assert [layer.activation for layer in network.layers] == tower.activations
    assert [str(activation) for activation in tower.activations] == ["relu", "relu", "relu", "sigmoid"]


def test_another_scale_multiplies_the_same_weights():
    one, three = (Tower(3, 4, "tanh", "he", scale).network(rng=7) for scale in (1.0, 3.0))
    np.testing.assert_allclose(three.W[2], 3 * one.W[2])


def test_examples():
    X, Y = Tower(3, 4, "tanh", "he").examples(6, rng=0)
    assert (X.shape, Y.shape) == ((4, 6), (4, 6))
    assert np.mean(X**2) == pytest.approx(1)
    assert set(Y.ravel()) == {0, 1}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ((1, 4, "tanh", "he"), "depth is 1: at least 2 layers"),
        ((3, 4, "softmax", "he"), "'softmax' is not an activation for hidden layers"),
        ((3, 4, "swish", "he"), "'swish' is not an activation"),
        ((3, 4, "tanh", "lecun"), "'lecun' is not a scheme; choose from zeros"),
    ],
)
def test_refuses(settings, message):
    with pytest.raises(ValueError, match=message):
        Tower(*settings)
