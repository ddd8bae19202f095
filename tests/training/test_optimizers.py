"""Each optimizer against its formulas, written out once more, number by number."""

from itertools import pairwise

import numpy as np
import pytest

from nbhelpers.training import OPTIMIZERS, adam, constant, cosine, gradient_descent, momentum, step_decay


def gradients(steps=6, P=5, seed=3):
    return np.random.default_rng(seed).normal(size=(steps, P))


def steps_of(optimizer, rows, learning_rate=0.1):
    step = optimizer.start(np.zeros(rows.shape[1]))
    return np.array([step(g, learning_rate, np.empty(rows.shape[1])).copy() for g in rows])


def test_gradient_descent():
    rows = gradients()
    np.testing.assert_allclose(steps_of(gradient_descent(), rows), 0.1 * rows, rtol=1e-15)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_momentum_is_a_sum_of_all_gradients_so_far(beta):
    rows = gradients()
    expected = [0.1 * sum(beta ** (t - k) * rows[k] for k in range(t + 1)) for t in range(len(rows))]
    np.testing.assert_allclose(steps_of(momentum(beta), rows), expected, rtol=1e-13)


@pytest.mark.parametrize(("beta1", "beta2"), [(0.9, 0.999), (0.5, 0.7), (0.0, 0.0)])
def test_adam(beta1, beta2):
    rows, epsilon, expected = gradients(), 1e-8, []
    for t in range(1, len(rows) + 1):
        m = sum((1 - beta1) * beta1 ** (t - k) * rows[k - 1] for k in range(1, t + 1)) / (1 - beta1**t)
        s = sum((1 - beta2) * beta2 ** (t - k) * rows[k - 1] ** 2 for k in range(1, t + 1)) / (1 - beta2**t)
        expected.append(0.1 * m / (np.sqrt(s) + epsilon))
    np.testing.assert_allclose(steps_of(adam(beta1, beta2, epsilon), rows), expected, rtol=1e-12)


@pytest.mark.parametrize("optimizer", [make() for make in OPTIMIZERS.values()], ids=repr)
def test_no_gradient_is_changed_and_no_gradient_of_zero_moves(optimizer):
    rows = gradients()
    before = rows.copy()
    steps_of(optimizer, rows)
    np.testing.assert_array_equal(rows, before)
    assert not steps_of(optimizer, np.zeros((3, 4))).any()


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_the_step_may_be_written_over_the_gradient(make):
    rows = gradients()
    step = make().start(np.zeros(rows.shape[1]))
    over = np.array([step(g, 0.1, out=g) for g in rows.copy()])
    np.testing.assert_array_equal(over, steps_of(make(), rows))


def test_two_trainings_share_no_memory():
    optimizer, rows = momentum(0.9), gradients()
    first = steps_of(optimizer, rows)
    np.testing.assert_array_equal(steps_of(optimizer, rows), first)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: momentum(1.0), "beta is 1.0"),
        (lambda: adam(beta2=-0.1), "beta2 is -0.1"),
        (lambda: adam(epsilon=0), "epsilon is 0"),
        (lambda: step_decay(0.1, every=0), "every=0"),
        (lambda: step_decay(0.1, every=3, factor=1.5), "factor=1.5"),
        (lambda: cosine(np.inf), "learning rate is inf"),
        (lambda: constant(-1), "learning rate is -1"),
    ],
)
def test_settings_that_make_no_sense(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_cosine_begins_at_the_full_rate_and_ends_near_zero():
    rates = [cosine(0.2)(epoch, 10) for epoch in range(10)]
    assert rates[0] == 0.2
    assert rates[5] == pytest.approx(0.1)
    assert 0 < rates[-1] < 0.01
    assert all(later < earlier for earlier, later in pairwise(rates))
    assert cosine(0.2)(12, 10) == pytest.approx(0)
