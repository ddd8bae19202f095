"""Counts of classes taken for classes, against scikit-learn; and the order in which examples are worth looking at."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix as peer

from nbhelpers.training.measures import confusion_matrix, worst_first


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_it_counts_as_scikit_learn_does(classes):
    labels, predicted = np.random.default_rng(classes).integers(0, classes, (2, 300))
    counts = confusion_matrix(labels, predicted, classes)
    np.testing.assert_array_equal(counts, peer(labels, predicted, labels=range(classes)))
    assert counts.trace() == (labels == predicted).sum()


def test_a_class_that_is_never_met_has_a_row_of_zeros():
    assert confusion_matrix([0, 2], [2, 2], 3).tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("labels", "predicted", "message"),
    [([0, 1], [0], "one per example"), ([0, 3], [0, 1], "labels needs"), ([0, 1], [0, -1], "predicted needs")],
)
def test_what_can_not_be_counted_is_said(labels, predicted, message):
    with pytest.raises(ValueError, match=message):
        confusion_matrix(labels, predicted, 3)


def test_the_surest_mistakes_come_first_and_the_surest_hits_last():
    rng = np.random.default_rng(0)
    Y_hat = rng.dirichlet(np.ones(4), 200).T
    labels = rng.integers(0, 4, 200)
    order = worst_first(Y_hat, labels)
    assert sorted(order) == list(range(200))
    right = (Y_hat.argmax(axis=0) == labels)[order]
    sure = Y_hat.max(axis=0)[order]
    wrong = (~right).sum()
    assert not right[:wrong].any()
    assert (np.diff(sure[:wrong]) <= 0).all()
    assert (np.diff(sure[wrong:]) >= 0).all()
