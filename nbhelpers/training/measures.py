"""What is measured of a network on a set of examples: how many it gets right, and how its layers are doing."""

import numpy as np

from nbhelpers import fits
from nbhelpers.losses import squared_error

SLOPE_OF_VALUE = {"sigmoid": lambda A: 4 * A * (1 - A), "tanh": lambda A: 1 - A * A}  # as a share of the steepest
FLAT = 0.05


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
    return share_right(network.loss, forward.Y_hat, fits.checked_labels(Y, forward, network))


def share_right(loss, Y_hat, Y):
    """Return the share of columns of `Y_hat`, shape (m, d), that are right; None where that means nothing."""
    if loss is squared_error or not np.isin(Y, (0, 1)).all():
        return None
    if loss.partner.name == "softmax":
        return float((Y_hat.argmax(axis=0) == Y.argmax(axis=0)).mean())
    return float(((Y_hat >= 0.5) == (Y >= 0.5)).all(axis=0).mean())


def dead_share(activation, A):
    """Return the share of ReLU units (rows of `A`) that give 0 for every example; 0 for other activations."""
    return float((A.max(axis=1) <= 0).mean()) if activation.name == "relu" else 0.0


def saturated_share(activation, A):
    """Return the share of sigmoid or tanh values whose slope is below 5 % of the steepest; 0 for other activations."""
    slope = SLOPE_OF_VALUE.get(activation.name)
    return float((slope(A) < FLAT).mean()) if slope else 0.0


def cost_of_a_constant(loss, Y):
    """Return the cost of the best prediction that is the same for all examples, their mean: a scale for costs."""
    mean = Y.mean(axis=1, keepdims=True)
    return loss(np.broadcast_to(mean, Y.shape), Y)
