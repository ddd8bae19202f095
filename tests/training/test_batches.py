"""Mini-batches: each example once per epoch, as a column beside its label, in an order drawn anew."""

import numpy as np
import pytest

from nbhelpers.training.batches import Batches

D = 7
X, Y = np.arange(3 * D).reshape(3, D) / 2, np.arange(D)[None] * 10.0  # the label tells the example


def epoch(batches):
    taken = [batches.take()]
    while not batches.is_epoch_over:
        taken.append(batches.take())
    return taken


@pytest.mark.parametrize(("size", "sizes"), [(1, [1] * 7), (3, [3, 3, 1]), (6, [6, 1])])
def test_an_epoch_takes_each_example_once_with_its_label(size, sizes):
    taken = epoch(Batches(X, Y, size, np.random.default_rng(0)))
    assert [x.shape for x, _ in taken] == [(3, k) for k in sizes]
    examples = (np.concatenate([y for _, y in taken], axis=1)[0] / 10).astype(int)
    assert sorted(examples) == list(range(D))
    np.testing.assert_array_equal(np.concatenate([x for x, _ in taken], axis=1), X[:, examples])


def test_each_epoch_has_an_order_of_its_own_and_the_same_seed_the_same_ones():
    one, other = (Batches(X, Y, 1, np.random.default_rng(0)) for _ in range(2))
    orders = [[y.item() for _, y in epoch(one)] for _ in range(3)]
    assert len(set(map(tuple, orders))) == 3
    assert orders == [[y.item() for _, y in epoch(other)] for _ in range(3)]


@pytest.mark.parametrize("size", [None, 7, 100])
def test_all_at_once_are_the_examples_as_they_are(size):
    batches = Batches(X, Y, size, rng=None)
    assert (batches.size, batches.is_full) == (D, True)
    for _ in range(2):
        x, y = batches.take()
        assert np.array_equal(x, X)
        assert np.array_equal(y, Y)
        assert not np.shares_memory(x, X)  # what a learner changes later changes nothing here
        assert batches.is_epoch_over
