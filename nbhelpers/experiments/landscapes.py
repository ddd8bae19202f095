"""Small costs that are worth walking down: a valley, a basin, a saddle. Networks with their examples.

Each has one input, and few enough parameters to draw the cost over two of them. The numbers are chosen so that learning
rates from crawling to diverging can all be seen from the place where the network stands.
"""

from typing import NamedTuple

import numpy as np

from nbhelpers.activations import linear, sigmoid, tanh
from nbhelpers.losses import binary_cross_entropy, squared_error
from nbhelpers.network import Layer, Network


class Landscape(NamedTuple):
    """A network where a walk begins, its examples, and the two parameters that walk.

    Attributes
    ----------
    network : Network
    X : numpy.ndarray, shape (1, d)
    Y : numpy.ndarray, shape (1, d)
    plane : tuple of str
    """

    network: Network
    X: np.ndarray
    Y: np.ndarray
    plane: tuple


def valley():
    """A line through five points, a linear unit with squared error: one long valley with a lowest point.

    Examples
    --------
    >>> valley().network
    Network(1-1, linear, squared_error)
    """
    network = Network([Layer([[-3.0]], 3.0, linear)], squared_error)
    X, Y = _row(0, 0.5, 1, 1.5, 2), _row(-0.9, -0.7, 0.2, 0.5, 0.9)
    return Landscape(network, X, Y, ("W1[1,1]", "b1[1]"))


def basin():
    """Yes or no on a line, a sigmoid unit with cross-entropy: slopes that level out around a lowest point."""
    network = Network([Layer([[-3.0]], -3.0, sigmoid)], binary_cross_entropy)
    X, Y = _row(-2, -1, 0, 0.5, 1, 2), _row(0, 0, 1, 0, 1, 1)
    return Landscape(network, X, Y, ("W1[1,1]", "b1[1]"))


def saddle():
    """One hidden tanh unit: W1 and W2 can both change sign, so that there are two valleys and a saddle between them."""
    network = Network([Layer([[2.5]], 0.0, tanh), Layer([[-1.0]], 0.0, linear)], squared_error)
    X, Y = _row(-2, -1, -0.5, 0.5, 1, 2), _row(-1.9, -1.5, -0.9, 0.9, 1.5, 1.9)
    return Landscape(network, X, Y, ("W1[1,1]", "W2[1,1]"))


def _row(*numbers):
    row = np.array([numbers], dtype=float)
    row.setflags(write=False)
    return row
