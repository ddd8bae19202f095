"""The three slopes of the chain rule: their product is backprop's gradient, and each is the slope of its curve."""

import numpy as np
import pytest
from sample_networks import sample

from nbhelpers import linear, relu, sigmoid, softmax, squared_error, tanh, worked_example
from nbhelpers.experiments.chain_rule import Chain

NETWORKS = {
    "2-2-1": (worked_example.network(), worked_example.X, worked_example.Y),
    "tanh and softmax": sample([3, 4, 2], tanh, softmax, d=1),
    "deep": sample([2, 5, 3, 4], sigmoid, linear, squared_error, d=1),
    "relu, not matched": sample([3, 4, 2], relu, tanh, squared_error, d=1),
}


def chains(network, x, y):
    for l, layer in enumerate(network.layers, start=1):
        if layer.activation.elementwise:
            for j, i in np.ndindex(layer.units, layer.inputs):
                yield Chain(network, x, y, l, j, i), lambda g, l=l, j=j, i=i: g.dW[l][j, i]
            for j in range(layer.units):
                yield Chain(network, x, y, l, j), lambda g, l=l, j=j: g.db[l][j, 0]


@pytest.mark.parametrize("name", NETWORKS)
def test_the_product_is_what_backprop_says(name):
    network, x, y = NETWORKS[name]
    gradients = network.backward(network.forward(x), y)
    for chain, expected in chains(network, x, y):
        assert chain.factors.product == pytest.approx(expected(gradients), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", NETWORKS)
def test_each_factor_is_the_slope_of_its_curve_and_each_point_lies_on_it(name):
    network, x, y = NETWORKS[name]
    h = 1e-5
    around = np.array([-h, 0, h])
    for chain, _ in chains(network, x, y):
        curves = [
            (chain.loss_over(chain.a + around), chain.L, chain.factors.dL_da),
            (chain.activation_over(chain.z + around), chain.a, chain.factors.da_dz),
            (chain.sum_over(chain.w + around), chain.z, chain.factors.dz_dw),
        ]
        for (low, middle, high), value, slope in curves:
            assert middle == pytest.approx(value, abs=1e-12)
            assert (high - low) / (2 * h) == pytest.approx(slope, rel=1e-5, abs=1e-8)


def test_the_loss_over_a_is_found_with_everything_after_it_computed_anew():
    network, x, y = NETWORKS["2-2-1"]
    chain = Chain(network, x, y, 1, 0, 0)
    W2, b2 = network.W[2], network.b[2]
    for a in (0.1, 0.9):
        z = W2[0, 0] * a + W2[0, 1] * chain.forward.A[1][1, 0] + b2[0, 0]
        assert chain.loss_over([a])[0] == pytest.approx(np.log(1 + np.exp(-z)))


def test_a_softmax_layer_is_refused():
    with pytest.raises(ValueError, match="layer 2 is softmax"):
        Chain(*NETWORKS["tanh and softmax"], 2, 0, 0)
