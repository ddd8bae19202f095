"""Where 1/d can stand: once, in any of three places, and the update is that of the lecture; nowhere or twice, and not.

The steps with 1/d missing or taken twice are those of the museum (``output.py``); here they are put together.
"""

from dataclasses import replace

import numpy as np

from nbhelpers.checks import as_matrix
from nbhelpers.mistakes.output import one_over_d_missing, one_over_d_twice


def _in_dZ(network, X, Y, eta):
    return network.updated(network.backward(network.forward(X), Y), eta)


def _in_dW(network, X, Y, eta):
    return network.updated(_divided(_gradients(one_over_d_missing, network, X, Y), X.shape[1]), eta)


def _in_learning_rate(network, X, Y, eta):
    return network.updated(_gradients(one_over_d_missing, network, X, Y), eta / X.shape[1])


def _nowhere(network, X, Y, eta):
    return network.updated(_gradients(one_over_d_missing, network, X, Y), eta)


def _twice(network, X, Y, eta):
    return network.updated(_gradients(one_over_d_twice, network, X, Y), eta)


PLACES = {
    "in dZ(L)": _in_dZ,
    "in dW and db": _in_dW,
    "in the learning rate": _in_learning_rate,
    "nowhere": _nowhere,
    "twice": _twice,
}


def step(place, network, X, Y, learning_rate):
    """Return the network after one update in which 1/d stands at one of `PLACES`.

    Parameters
    ----------
    place : str
        ``"in dZ(L)"`` is the lecture's.
    network : Network
        Whose output activation and loss are a matched pair, or whose loss is the squared error.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    learning_rate : float

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        If there is no such place, or the network is another.

    Examples
    --------
    >>> from nbhelpers import Layer, Network
    >>> network = Network([Layer([[0.0]], 0, "linear")], "squared_error")
    >>> X, Y = [[1.0, 1.0, 1.0, 1.0]], [[1.0, 1.0, 1.0, 1.0]]
    >>> [step(place, network, X, Y, 0.5).W[1].item() for place in PLACES]
    [0.5, 0.5, 0.5, 2.0, 0.125]
    """
    if place not in PLACES:
        raise ValueError(f"{place!r} is not a place for 1/d; choose from {', '.join(PLACES)}")
    return PLACES[place](network, as_matrix(X, "X"), as_matrix(Y, "Y"), learning_rate)


def step_size(place, network, X, Y, learning_rate):
    """Return how far the weights move in that update: the norm of all ΔW together."""
    after = step(place, network, X, Y, learning_rate)
    return float(np.sqrt(sum(((new - old) ** 2).sum() for new, old in zip(after.W[1:], network.W[1:], strict=True))))


def _gradients(mistake, network, X, Y):
    wrong = mistake.network(network)
    return wrong.backward(wrong.forward(X), Y)


def _divided(gradients, d):
    def by_d(arrays):
        return tuple(array if array is None else array / d for array in arrays)

    return replace(gradients, dW=by_d(gradients.dW), db=by_d(gradients.db))
