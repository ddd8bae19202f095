"""Networks for the tests. All sizes differ, so that a missing transpose cannot hide."""

import numpy as np

from nbhelpers import (
    ACTIVATIONS,
    Network,
    binary_cross_entropy,
    categorical_cross_entropy,
    linear,
    mean_squared_error,
    sigmoid,
    softmax,
    squared_error,
    tanh,
)

# Sizes by depth: the number of layers, the input not counted.
SIZES = {1: [3, 2], 2: [3, 4, 2], 3: [2, 5, 3, 4], 4: [4, 5, 2, 6, 3], 5: [3, 6, 2, 5, 7, 4]}

HIDDEN = list(ACTIVATIONS.values())

# Written out, not asked of the package: which output activation may stand before which loss.
PAIRS = [
    *((output, squared_error) for output in HIDDEN),
    *((output, mean_squared_error) for output in (linear, sigmoid, softmax)),
    (sigmoid, binary_cross_entropy),
    (softmax, binary_cross_entropy),
    (sigmoid, categorical_cross_entropy),
    (softmax, categorical_cross_entropy),
]
REFUSED_PAIRS = [
    (output, loss)
    for output in HIDDEN
    if output not in (sigmoid, softmax)
    for loss in (binary_cross_entropy, categorical_cross_entropy)
]


def name(value):
    """A readable id for pytest."""
    return repr(value).replace(", ", "-")


def labels(loss, m, d, rng):
    """Labels of shape (m, d) as the loss needs them."""
    if loss in (squared_error, mean_squared_error):
        return rng.normal(size=(m, d))
    if loss is binary_cross_entropy:
        return rng.integers(0, 2, size=(m, d)).astype(float)
    return np.eye(m)[:, rng.integers(0, m, d)]


def sample(sizes=(3, 4, 2), hidden=tanh, output=softmax, loss=categorical_cross_entropy, d=5, seed=1, dtype=float):
    """A network with random weights and biases, and an X and a Y that fit it."""
    rng = np.random.default_rng(seed)
    activations = [hidden] * (len(sizes) - 2) + [output]
    network = Network.initialize(sizes, activations, loss, rng=rng, dtype=dtype)
    biases = {f"b{l}": rng.normal(size=(h, 1)).astype(dtype) for l, h in enumerate(sizes) if l > 0}
    X, Y = rng.normal(size=(sizes[0], d)), labels(loss, sizes[-1], d, rng)
    return network.with_parameters(**biases), X.astype(dtype), Y.astype(dtype)


def numbers(network):
    """A copy of all parameters, to see later that none has changed."""
    return {block: value.copy() for block, value in network.parameters.items()}


def assert_same_numbers(before, after):
    """Compare two such copies, bit by bit."""
    assert before.keys() == after.keys()
    for block in before:
        np.testing.assert_array_equal(before[block], after[block], err_msg=block)
