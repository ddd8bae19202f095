"""The package against HIPS autograd: the same networks written anew, and differentiated by another program."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from autograd.scipy.stats import norm
from sample_networks import HIDDEN, PAIRS, SIZES, name, sample

# Formulas as in a textbook: no stable forms, nothing of nbhelpers.
FUNCTIONS = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z)),
    "relu": lambda z: z * (z > 0),
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=0, keepdims=True),
    "leaky_relu": lambda z: z * anp.where(z > 0, 1, 0.01),
    "elu": lambda z: anp.where(z > 0, z, anp.exp(anp.minimum(z, 0)) - 1),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "gelu": lambda z: z * norm.cdf(z),
}
PRICES = {
    "squared_error": lambda p, y: anp.sum((p - y) ** 2) / 2,
    "mean_squared_error": lambda p, y: anp.sum((p - y) ** 2),
    "binary_cross_entropy": lambda p, y: -anp.sum(y * anp.log(p) + (1 - y) * anp.log(1 - p)),
    "categorical_cross_entropy": lambda p, y: -anp.sum(y * anp.log(p)),
}


def peer_cost(parameters, X, Y, functions, price):
    A = X
    for (W, b), f in zip(parameters, functions, strict=True):
        A = f(anp.dot(W, A) + b)
    return price(A, Y) / X.shape[1]


def peer_of(network):
    functions = [FUNCTIONS[layer.activation.name] for layer in network.layers]
    return lambda parameters, X, Y: peer_cost(parameters, X, Y, functions, PRICES[repr(network.loss)])


def parameters_of(network):
    return [(layer.W, layer.b) for layer in network.layers]


@pytest.mark.parametrize("d", [1, 5])
@pytest.mark.parametrize("depth", SIZES)
@pytest.mark.parametrize("hidden", HIDDEN, ids=name)
@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_cost_and_gradients_agree(pair, hidden, depth, d):
    network, X, Y = sample(SIZES[depth], hidden, *pair, d=d)
    peer = peer_of(network)
    gradients = network.backward(network.forward(X), Y)

    assert network.cost(X, Y) == pytest.approx(peer(parameters_of(network), X, Y), rel=1e-12)
    for l, (dW, db) in enumerate(grad(peer)(parameters_of(network), X, Y), start=1):
        np.testing.assert_allclose(gradients.dW[l], dW, rtol=1e-11, atol=1e-14, err_msg=f"dW[{l}]")
        np.testing.assert_allclose(gradients.db[l], db, rtol=1e-11, atol=1e-14, err_msg=f"db[{l}]")


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_gradient_with_respect_to_the_input_agrees(pair):
    network, X, Y = sample([2, 5, 3, 4], HIDDEN[2], *pair)
    dX = grad(peer_of(network), 1)(parameters_of(network), X, Y)
    np.testing.assert_allclose(network.backward(network.forward(X), Y).dA[0], dX, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_derivatives_inside_the_network_agree(pair):
    """dA[l] and dZ[l], each as the derivative of the rest of the network."""
    network, X, Y = sample([3, 4, 2], HIDDEN[1], *pair)
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    f1, f2 = (FUNCTIONS[layer.activation.name] for layer in network.layers)
    price = PRICES[repr(network.loss)]
    W2, b2 = network.W[2], network.b[2]
    rest_after = {
        "dA2": (lambda A2: price(A2, Y) / 5, forward.A[2], gradients.dA[2]),
        "dZ2": (lambda Z2: price(f2(Z2), Y) / 5, forward.Z[2], gradients.dZ[2]),
        "dA1": (lambda A1: price(f2(anp.dot(W2, A1) + b2), Y) / 5, forward.A[1], gradients.dA[1]),
        "dZ1": (lambda Z1: price(f2(anp.dot(W2, f1(Z1)) + b2), Y) / 5, forward.Z[1], gradients.dZ[1]),
    }
    for symbol, (rest, at, ours) in rest_after.items():
        np.testing.assert_allclose(ours, grad(rest)(at), rtol=1e-11, atol=1e-14, err_msg=symbol)
