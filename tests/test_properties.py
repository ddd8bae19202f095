"""What must hold for every network, whatever its sizes, activations and numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sample_networks import HIDDEN, PAIRS, sample

CLOSE = {"rtol": 1e-9, "atol": 1e-12}


@st.composite
def networks(draw, least_d=1):
    """Any network of one to four layers, with an X and a Y that fit it."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    pair = draw(st.sampled_from(PAIRS))
    return sample(
        sizes, draw(st.sampled_from(HIDDEN)), *pair, d=draw(st.integers(least_d, 6)), seed=draw(st.integers(0, 10_000))
    )


def gradients_of(network, X, Y):
    return network.backward(network.forward(X), Y)


@given(networks())
def test_every_gradient_is_shaped_like_what_it_belongs_to(case):
    network, X, Y = case
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    for l in range(1, network.L + 1):
        assert gradients.dZ[l].shape == gradients.dA[l].shape == forward.Z[l].shape
        assert gradients.dW[l].shape == network.W[l].shape
        assert gradients.db[l].shape == network.b[l].shape
    assert gradients.dA[0].shape == X.shape


@given(networks())
def test_all_is_finite_and_silent(case):
    network, X, Y = case
    assert np.isfinite(network.cost(X, Y))
    assert all(np.isfinite(g).all() for g in gradients_of(network, X, Y).by_parameter.values())


@given(networks(), st.randoms(use_true_random=False))
def test_permuting_the_examples_permutes_columns_and_nothing_else(case, random):
    network, X, Y = case
    order = random.sample(range(X.shape[1]), X.shape[1])
    first, second = gradients_of(network, X, Y), gradients_of(network, X[:, order], Y[:, order])
    np.testing.assert_allclose(network.cost(X[:, order], Y[:, order]), network.cost(X, Y), **CLOSE)
    np.testing.assert_allclose(network.predict(X[:, order]), network.predict(X)[:, order], **CLOSE)
    for l in range(1, network.L + 1):
        np.testing.assert_allclose(second.dZ[l], first.dZ[l][:, order], **CLOSE)
    for block, gradient in first.by_parameter.items():
        np.testing.assert_allclose(second.by_parameter[block], gradient, **CLOSE, err_msg=block)


@given(networks(least_d=2), st.data())
def test_the_gradient_of_a_batch_is_the_weighted_mean_of_its_parts(case, data):
    network, X, Y = case
    d = X.shape[1]
    k = data.draw(st.integers(1, d - 1))
    whole, first, second = (gradients_of(network, X[:, s], Y[:, s]) for s in (slice(None), slice(k), slice(k, None)))
    for block, gradient in whole.by_parameter.items():
        mean = (k * first.by_parameter[block] + (d - k) * second.by_parameter[block]) / d
        np.testing.assert_allclose(gradient, mean, **CLOSE, err_msg=block)
    J = (k * network.cost(X[:, :k], Y[:, :k]) + (d - k) * network.cost(X[:, k:], Y[:, k:])) / d
    np.testing.assert_allclose(network.cost(X, Y), J, **CLOSE)


@given(networks())
def test_repeating_every_example_changes_no_gradient(case):
    network, X, Y = case
    once, twice = gradients_of(network, X, Y), gradients_of(network, np.hstack([X, X]), np.hstack([Y, Y]))
    for block, gradient in once.by_parameter.items():
        np.testing.assert_allclose(twice.by_parameter[block], gradient, **CLOSE, err_msg=block)


@given(networks(), st.floats(0, 10))
def test_an_update_is_linear_in_the_learning_rate(case, eta):
    network, X, Y = case
    gradients = gradients_of(network, X, Y)
    one, some = network.updated(gradients, 1.0), network.updated(gradients, eta)
    for block, value in network.parameters.items():
        expected = value + eta * (one.parameters[block] - value)
        np.testing.assert_allclose(some.parameters[block], expected, rtol=1e-9, atol=1e-9, err_msg=block)
