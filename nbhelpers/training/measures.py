"""What is measured of a network on a set of examples: how many it gets right, and how its layers are doing."""

from math import inf, sqrt

import numpy as np

from nbhelpers import checks

FLAT = 0.05  # of the steepest slope


def accuracy(network, X, Y):
    """Return the share of examples (columns) that the network gets right, or None where that means nothing.

    Right is the column in which the most probable class is the label's; with sigmoid outputs, in which each output is
    on the label's side of 0.5.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
        Labels: 0 or 1, one-hot for classes.

    Returns
    -------
    float or None
        From 0 to 1; None for a regression, and for labels that are no classes.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> accuracy(worked_example.network(), worked_example.X, worked_example.Y)
    1.0
    """
    forward = network.forward(X)
    return share_right(network.loss, forward.Y_hat, checks.checked_labels(Y, forward, network))


def share_right(loss, Y_hat, Y):
    """Return the share of columns of `Y_hat`, shape (m, d), that are right; None where that means nothing."""
    return counter_of_right(loss, Y)(Y_hat)


def counter_of_right(loss, Y):
    """Return the function of Y_hat that says which share of its columns is right, as the labels `Y` have it."""
    if loss.task == "regression" or not np.isin(Y, (0, 1)).all():
        return lambda Y_hat: None
    if loss.task == "classes":
        labels = Y.argmax(axis=0)
        return lambda Y_hat: _share(Y_hat.argmax(axis=0) == labels)
    sides = Y >= 0.5
    return lambda Y_hat: _share(np.logical_and.reduce((Y_hat >= 0.5) == sides))


def _share(is_so):
    return float(np.count_nonzero(is_so) / is_so.size)


def dead_share(activation, A):
    """Return the share of units (rows of `A`) that give 0 for every example; 0 for activations that cannot die."""
    return _share(~np.logical_or.reduce(A, axis=1)) if activation.dies else 0.0


def saturated_share(activation, Z, A):
    """Return the share of values whose slope is below 5 % of the steepest; 0 for activations that do not saturate."""
    slope = activation.share_of_slope(Z, A)
    return 0.0 if slope is None else _share(slope < FLAT)


def cost_of_a_constant(loss, Y):
    """Return the cost of the best prediction that is the same for all examples, their mean: a scale for costs."""
    mean = Y.mean(axis=1, keepdims=True)
    return loss(np.broadcast_to(mean, Y.shape), Y)


# --- for the records of a training ------------------------------------------------------------------------------------


def update_ratios(vectors, steps):
    """Return the norm of the last change of W(l) over the norm of W(l), by layer; nan before the first step.

    To be asked right after a step, which stands where the gradient was.
    """
    sizes = [_norm(vectors.W[l]) if steps else np.nan for l in vectors.layers]
    return [_norm(vectors.dW[l]) / (sizes[l - 1] or np.nan) for l in vectors.layers]


def of_layers(passes):
    """Return what is recorded per layer of the last passes over all examples, by the names of `Record`."""
    layers, Z, A = range(1, passes.L + 1), passes.Z, passes.A
    activations = [None, *(layer.activation for layer in passes.network.layers)]
    means = [_mean(A[l]) for l in layers]
    return {
        "gradient_norm": [_norm(passes.dW[l]) for l in layers],
        "signal": [_norm(passes.dZ[l]) * sqrt(passes.d / len(A[l])) for l in layers],
        "activation_mean": means,
        "activation_spread": [_norm(A[l] - means[l - 1]) / sqrt(A[l].size) for l in layers],
        "dead": [dead_share(activations[l], A[l]) for l in layers],
        "saturated": [saturated_share(activations[l], Z[l], A[l]) if l < passes.L else 0.0 for l in layers],
    }


def _mean(matrix):
    return float(np.add.reduce(matrix, axis=None)) / matrix.size  # half the time of matrix.mean()


def _norm(matrix):
    square = float(np.vdot(matrix, matrix))
    if square < inf:
        return sqrt(square)
    largest = float(np.abs(matrix).max())  # too large to be squared
    return largest * float(np.linalg.norm(matrix / largest)) if largest < inf else largest


# --- which class is taken for which --------------------------------------------------------------------------------


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
