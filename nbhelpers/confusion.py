"""Which class is taken for which: a table of counts, real classes against predicted ones."""

import numpy as np


def confusion_matrix(labels, predicted, classes):
    """Return how many examples of each class were given each prediction.

    Parameters
    ----------
    labels, predicted : array_like of int, shape (d,)
        The real class of each example and the one that was predicted, from 0.
    classes : int
        How many there are.

    Returns
    -------
    numpy.ndarray of int, shape (classes, classes)
        Row: the real class, column: the predicted one. The diagonal counts what is right; all entries add up to d.

    Raises
    ------
    ValueError
        If the two are not equally many, or hold other numbers than those of the classes.

    Examples
    --------
    Of two 0s one is taken for a 1:

    >>> confusion_matrix([0, 0, 1], [0, 1, 1], 2)
    array([[1, 1],
           [0, 1]])
    """
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    if labels.shape != predicted.shape:
        raise ValueError(f"labels is {labels.shape}, but predicted is {predicted.shape}: both need one per example")
    for name, values in (("labels", labels), ("predicted", predicted)):
        if not np.isin(values, range(classes)).all():
            raise ValueError(f"{name} needs whole numbers from 0 to {classes - 1}")
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


def worst_first(Y_hat, labels):
    """Return the examples in the order in which they are worth looking at.

    First those that are wrong, the surest first; then those that are right, the least sure first.

    Parameters
    ----------
    Y_hat : array_like, shape (m, d)
        Probabilities of the classes, a column per example.
    labels : array_like of int, shape (d,)

    Returns
    -------
    numpy.ndarray of int, shape (d,)

    Examples
    --------
    >>> worst_first([[0.9, 0.4, 0.3, 0.8], [0.1, 0.6, 0.7, 0.2]], [0, 0, 0, 0])
    array([2, 1, 3, 0])
    """
    Y_hat = np.asarray(Y_hat)
    surest, is_right = Y_hat.max(axis=0), Y_hat.argmax(axis=0) == labels
    return np.argsort(np.where(is_right, surest, -1 - surest), kind="stable")
