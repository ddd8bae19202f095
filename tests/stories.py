"""The networks on which every story is checked: each activation, each loss, matched and not, shallow and deep."""

import numpy as np

from nbhelpers import ACTIVATIONS, LOSSES, Layer, Network, worked_example

_CASES = {
    "3-4-2 softmax": ([3, 4, 2], ["tanh", "softmax"], "categorical_cross_entropy", 5),
    "2-3-4-2 regression": ([2, 3, 4, 2], ["relu", "tanh", "linear"], "squared_error", 3),
    "depth 4": ([2, 3, 4, 3, 2], ["sigmoid", "softmax", "relu", "sigmoid"], "binary_cross_entropy", 2),
    "sigmoid, squared error": ([3, 2, 1], ["linear", "sigmoid"], "squared_error", 4),
    "softmax, squared error": ([2, 3], ["softmax"], "squared_error", 2),
    "softmax, binary": ([2, 2, 3], ["tanh", "softmax"], "binary_cross_entropy", 2),
    "sigmoid, categorical": ([2, 3], ["sigmoid"], "categorical_cross_entropy", 3),
    "tanh, squared error": ([2, 2, 2], ["relu", "tanh"], "squared_error", 2),
    "relu, squared error": ([2, 3, 2], ["sigmoid", "relu"], "squared_error", 2),
    "wide": ([7, 2, 6], ["tanh", "softmax"], "categorical_cross_entropy", 8),
    "one example": ([2, 3, 3], ["relu", "softmax"], "categorical_cross_entropy", 1),
    "smallest": ([1, 1], ["linear"], "squared_error", 1),
}
# Each activation in a hidden layer and at the output, each loss: whatever the tables hold.
_CASES |= {f"{name} hidden": ([2, 3, 2], [name, "linear"], "squared_error", 3) for name in ACTIVATIONS}
_CASES |= {f"{name} output": ([3, 2], [name], "mean_squared_error", 2) for name in ACTIVATIONS}
_CASES |= {f"{name}": ([2, 3, 2], ["tanh", "softmax"], name, 3) for name in LOSSES}

# Other costs than the mean, with and without a penalty, and a layer without bias.
_OTHERS = {
    "sum": ("3-4-2 softmax", "sum", 0.0, ()),
    "mean of all entries, L2": ("2-3-4-2 regression", "mean of all entries", 0.3, ()),
    "L2": ("3-4-2 softmax", "mean", 0.1, ()),
    "sum, L2, one example": ("one example", "sum", 0.5, ()),
    "L2, no bias in layer 1": ("depth 4", "mean", 0.2, (1,)),
    "entries, unmatched, no bias": ("tanh, squared error", "mean of all entries", 0.0, (1, 2)),
}

NAMES = ["2-2-1", *_CASES, *_OTHERS]


def case(name):
    """Return network, X and Y."""
    if name == "2-2-1":
        return worked_example.network(), worked_example.X, worked_example.Y
    if name in _OTHERS:
        return _other(*_OTHERS[name])
    sizes, activations, loss, d = _CASES[name]
    rng = np.random.default_rng(len(name))
    network = Network.initialize(sizes, activations, loss, rng=rng)
    biases = {f"b{l}": 0.4 * rng.normal(size=b.shape) for l, b in enumerate(network.b) if l}
    return network.with_parameters(**biases), rng.normal(size=(sizes[0], d)), _labels(loss, sizes[-1], d, rng)


def _other(name, cost, l2, without_bias):
    network, X, Y = case(name)
    layers = [
        Layer(layer.W, None if l in without_bias else layer.b, layer.activation)
        for l, layer in enumerate(network.layers, start=1)
    ]
    return Network(layers, network.loss).with_cost(cost, l2), X, Y


def _labels(loss, m, d, rng):
    if loss == "categorical_cross_entropy":
        return np.eye(m)[:, rng.integers(0, m, d)]
    return rng.integers(0, 2, (m, d)).astype(float) if loss == "binary_cross_entropy" else rng.normal(size=(m, d))
