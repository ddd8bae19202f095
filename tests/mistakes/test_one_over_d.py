"""The places of 1/d: three give the lecture's update, to the last digits, and two are wrong by exactly the factor d."""

import numpy as np
import pytest
from sample_networks import sample

from nbhelpers import binary_cross_entropy, softmax, tanh
from nbhelpers.mistakes.one_over_d import PLACES, step, step_size

FACTORS = {"in dZ(L)": 0, "in dW and db": 0, "in the learning rate": 0, "nowhere": 1, "twice": -1}  # powers of d


def test_all_places_are_here():
    assert set(FACTORS) == set(PLACES)


@pytest.mark.parametrize("d", [1, 2, 7])
@pytest.mark.parametrize("place", PLACES)
def test_every_parameter_moves_so_many_times_as_far(place, d):
    network, X, Y = sample(d=d)
    right = network.updated(network.backward(network.forward(X), Y), 0.3)
    after = step(place, network, X, Y, 0.3)
    for name, before in network.parameters.items():
        move, expected = after.parameters[name] - before, right.parameters[name] - before
        np.testing.assert_allclose(move, expected * float(d) ** FACTORS[place], rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("place", PLACES)
def test_the_size_is_the_norm_over_all_weights(place):
    network, X, Y = sample(d=3)
    after = step(place, network, X, Y, 0.3)
    moves = np.concatenate([(after.W[l] - network.W[l]).ravel() for l in (1, 2)])
    assert step_size(place, network, X, Y, 0.3) == pytest.approx(np.linalg.norm(moves))


def test_unknown_places_and_other_pairs_are_refused():
    network, X, Y = sample()
    with pytest.raises(ValueError, match="not a place for 1/d"):
        step("somewhere", network, X, Y, 0.1)
    network, X, Y = sample([2, 3, 2], tanh, softmax, binary_cross_entropy)
    with pytest.raises(ValueError, match="a difference"):
        step("nowhere", network, X, Y, 0.1)
