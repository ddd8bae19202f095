"""Plain loops give the numbers of the matrix products, and do as many multiplications as are counted."""

import numpy as np
import pytest
from sample_networks import HIDDEN, PAIRS, SIZES, name, sample

from nbhelpers import sigmoid, softmax, squared_error
from nbhelpers.experiments import loops
from nbhelpers.experiments.operation_counts import backward_work, forward_work

IN_LOOPS = [(output, loss) for output, loss in PAIRS if output.elementwise or loss.partner is output]


def assert_same(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        if one is not None:
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("sizes", SIZES.values(), ids=str)
@pytest.mark.parametrize("hidden", [f for f in HIDDEN if f.elementwise], ids=name)
@pytest.mark.parametrize("pair", IN_LOOPS, ids=name)
def test_loops_are_the_matrix_products(sizes, hidden, pair):
    network, X, Y = sample(sizes, hidden, *pair, d=6)
    forward = network.forward(X)
    by_loops = loops.forward(network, X)
    assert_same(by_loops.Z, forward.Z)
    assert_same(by_loops.A, forward.A)
    gradients, ours = network.backward(forward, Y), loops.backward(network, by_loops, Y)
    for letter in ("dZ", "dA", "dW", "db"):
        assert_same(getattr(ours, letter), getattr(gradients, letter))
    assert [array is None for array in ours.dA] == [l in (0, network.L) for l in range(network.L + 1)]
    assert list(ours.by_parameter) == list(network.parameters)


def test_large_sums_do_not_overflow():
    Z = [[-1e4, 0.0, 1e4]]
    assert loops.activations(sigmoid, Z) == [[0.0, 0.5, 1.0]]
    assert loops.activations(softmax, [[1e4], [0.0]]) == [[1.0], [0.0]]
    for f in (f for f in HIDDEN if f.elementwise):
        np.testing.assert_allclose(loops.activations(f, Z), f(Z), atol=1e-15)


class Tallied(float):
    """A number that tells when it is multiplied."""

    tally = 0

    def __mul__(self, other):
        Tallied.tally += 1
        return float(self) * float(other)


def tallied(matrix):
    return [[Tallied(value) for value in row] for row in matrix]


def multiplications(function, *matrices):
    Tallied.tally = 0
    function(*map(tallied, matrices))
    return Tallied.tally


@pytest.mark.parametrize("sizes", SIZES.values(), ids=str)
def test_the_loops_multiply_as_often_as_is_counted(sizes):
    network, X, Y = sample(sizes, d=6)
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    layers = range(1, network.L + 1)
    A, dZ, W, b = forward.A, gradients.dZ, network.W, network.b
    forwards = sum(multiplications(loops.weighted_sums, W[l], b[l], A[l - 1]) for l in layers)
    assert forwards == forward_work(sizes, 6).multiply_adds
    weights = sum(multiplications(loops.weight_gradients, dZ[l], A[l - 1]) for l in layers)
    sent = sum(multiplications(loops.sums_sent_back, W[l], dZ[l]) for l in layers if l > 1)
    assert weights + sent == backward_work(sizes, 6).multiply_adds
    assert sum(multiplications(loops.bias_gradients, dZ[l]) for l in layers) == 0


def test_what_the_loops_leave_out_is_said():
    network, X, Y = sample(hidden=softmax)
    with pytest.raises(ValueError, match="layer 1: the loops have no softmax in a hidden layer"):
        loops.forward(network, X)
    network, X, Y = sample(output=softmax, loss=squared_error)
    with pytest.raises(ValueError, match="layer 2: the loops have no softmax before squared_error"):
        loops.backward(network, network.forward(X), Y)
    network, X, Y = sample()
    with pytest.raises(ValueError, match="X needs 3 rows"):
        loops.forward(network, X[:2])
    with pytest.raises(ValueError, match="Y is"):
        loops.backward(network, network.forward(X), Y[:1])
