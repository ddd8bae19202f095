"""Counts from formulas agree with loops that really count, on networks whose sizes all differ."""

import re

import numpy as np
import pytest
from sample_networks import SIZES, sample

from nbhelpers import binary_cross_entropy, sigmoid
from nbhelpers.experiments import loops
from nbhelpers.experiments.operation_counts import (
    backward_work,
    difference_work,
    epoch_work,
    forward_work,
    parameter_count,
)

EVERY_SIZE = pytest.mark.parametrize("sizes", [*SIZES.values(), [2, 2, 1]], ids=str)
EVERY_D = pytest.mark.parametrize("d", [1, 6])


class Counter:
    """The same network as in the package, computed number by number, with a tally at each inner line."""

    def __init__(self, network, X, Y):
        self.network, self.X, self.Y, self.d = network, X, Y, X.shape[1]
        self.multiply_adds = self.elementwise = 0

    def product(self, left, right, start=0.0):
        out = np.full((len(left), len(right[0])), start, dtype=float)
        for j in range(out.shape[0]):
            for i in range(out.shape[1]):
                for k in range(len(right)):
                    out[j, i] += left[j][k] * right[k][i]
                    self.multiply_adds += 1
        return out

    def each(self, f, *matrices):
        out = np.empty_like(matrices[0])
        for place in np.ndindex(out.shape):
            out[place] = f(*(matrix[place] for matrix in matrices))
            self.elementwise += 1
        return out

    def forward(self):
        A = [self.X]
        for layer in self.network.layers:
            A.append(self.each(sigmoid, self.product(layer.W, A[-1], np.repeat(layer.b, self.d, axis=1))))
        return A

    def backward(self, A, to_input=False):
        dZ = self.each(lambda y_hat, y: (y_hat - y) / self.d, A[-1], self.Y)
        gradients = {}
        for l in range(self.network.L, 0, -1):
            gradients[f"W{l}"] = self.product(dZ, A[l - 1].T)
            gradients[f"b{l}"] = np.zeros((len(dZ), 1))
            self.each(lambda j, dz, b=gradients[f"b{l}"]: b.__setitem__(int(j), b[int(j)] + dz) or 0, rows(dZ), dZ)
            if l > 1 or to_input:
                dA = self.product(self.network.W[l].T, dZ)
            if l > 1:
                dZ = self.each(lambda da, a: da * a * (1 - a), dA, A[l - 1])
        return gradients

    def cost(self):
        return self.each(lambda y_hat, y: binary_cross_entropy([[y_hat]], [[y]]), self.forward()[-1], self.Y).sum()


def rows(matrix):
    return np.repeat(np.arange(len(matrix), dtype=float)[:, None], matrix.shape[1], axis=1)


def counter(sizes, d):
    return Counter(*sample(sizes, hidden=sigmoid, output=sigmoid, loss=binary_cross_entropy, d=d))


def entries(arrays):
    return sum(array.size for array in arrays if array is not None)


@EVERY_SIZE
@EVERY_D
def test_a_forward_pass_needs_what_is_counted_in_it(sizes, d):
    count = counter(sizes, d)
    np.testing.assert_allclose(count.forward()[-1], count.network.predict(count.X), rtol=1e-12)
    forward, work = count.network.forward(count.X), forward_work(sizes, d)
    assert work.multiply_adds == count.multiply_adds
    assert work.elementwise == count.elementwise
    assert work.stored == entries(forward.Z) + entries(forward.A[1:])


@EVERY_SIZE
@EVERY_D
@pytest.mark.parametrize("to_input", [False, True])
def test_a_backward_pass_needs_what_is_counted_in_it(sizes, d, to_input):
    count = counter(sizes, d)
    A = count.forward()
    count.multiply_adds = count.elementwise = 0
    ours, forward = count.backward(A, to_input), count.network.forward(count.X)
    for name, gradient in count.network.backward(forward, count.Y).by_parameter.items():
        np.testing.assert_allclose(ours[name], gradient, rtol=1e-9, atol=1e-15)
    work = backward_work(sizes, d, to_input)
    assert work.multiply_adds == count.multiply_adds
    assert work.elementwise == count.elementwise
    by_loops = loops.backward(count.network, forward, count.Y)
    kept = (forward.Z, forward.A[1:], by_loops.dZ, by_loops.dW, by_loops.db)
    assert work.stored == sum(map(entries, kept)) + (sizes[0] * d if to_input else 0)


@pytest.mark.parametrize("sizes", [[3, 2], [2, 2, 1], [2, 3, 4, 1]], ids=str)
@EVERY_D
def test_differences_need_two_costs_for_each_parameter(sizes, d):
    count = counter(sizes, d)
    P = sum(value.size for value in count.network.parameters.values())
    assert parameter_count(sizes) == P
    for _ in range(2 * P):
        cost = count.cost()
    assert cost / d == pytest.approx(count.network.cost(count.X, count.Y) * sizes[-1] / count.network.sizes[-1])
    work = difference_work(sizes, d)
    assert (work.multiply_adds, work.elementwise) == (count.multiply_adds, count.elementwise)
    assert work.stored == forward_work(sizes, d).stored + P


@pytest.mark.parametrize("batch_size", [1, 4, 5, 13, 20, None])
def test_an_epoch_is_the_sum_of_its_batches(batch_size):
    sizes, d = [3, 4, 2], 13
    batches = [len(part) for part in np.array_split(np.arange(d), range(batch_size or d, d, batch_size or d))]
    assert sum(batches) == d
    works = [(forward_work(sizes, size), backward_work(sizes, size)) for size in batches]
    multiply_adds = sum(f.multiply_adds + b.multiply_adds + parameter_count(sizes) for f, b in works)
    elementwise = sum(f.elementwise + b.elementwise for f, b in works)
    expected = multiply_adds, elementwise, max(b.stored for _, b in works)
    assert epoch_work(sizes, d, batch_size) == expected


def test_a_wide_network_needs_nearly_twice_a_forward_pass_on_the_way_back():
    sizes = [784, 128, 10]
    assert forward_work(sizes, 32).multiply_adds == 32 * (784 * 128 + 128 * 10)
    assert backward_work(sizes, 32, True).multiply_adds == 2 * forward_work(sizes, 32).multiply_adds
    assert difference_work(sizes, 32).multiply_adds == 2 * 101_770 * forward_work(sizes, 32).multiply_adds


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: forward_work([3], 1), "sizes are [3]"),
        (lambda: forward_work([3, 0, 2], 1), "layer 1 has 0 units, expected a whole number from 1 on"),
        (lambda: backward_work([2.5, 2], 1), "the input has 2.5 units, expected a whole number from 1 on"),
        (lambda: difference_work([3, 2], 0), "d is 0"),
        (lambda: epoch_work([3, 2], 4, 0), "batch_size is 0"),
        (lambda: parameter_count([3, True]), "layer 1 has True units, expected a whole number from 1 on"),
    ],
)
def test_what_is_no_size_is_said(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
