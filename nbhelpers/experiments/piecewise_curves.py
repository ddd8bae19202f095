"""Curves that units add up to: ŷ(x) = c + Σ_j v_j f(w_j x + b_j), a 1-h-1 network, linear at its end.

A ReLU unit adds a corner, a steep sigmoid unit a step. `through` places them by hand, so that the curve runs through
given corners; `errors` says how fast the largest error falls when there are more of them. That it can be made as small
as one likes, for every continuous target on a closed interval, is the universal approximation theorem (Cybenko 1989;
Leshno and others 1993, for every activation that is no polynomial). It says nothing of how the weights are found.
"""

import numpy as np

from nbhelpers.activations import relu, sigmoid
from nbhelpers.losses import squared_error
from nbhelpers.network import Layer, Network
from nbhelpers.training import Trainer, optimizers

LOW, HIGH = -1.0, 1.0  # the interval
_FINE = np.linspace(LOW, HIGH, 2001)

TARGETS = {
    "sine": lambda x: np.sin(np.pi * x),
    "|x|": lambda x: 2 * np.abs(x) - 1,
    "bump": lambda x: 2 * np.exp(-12 * x**2) - 1,
    "waves": lambda x: np.sin(2.5 * np.pi * x) * (1 - 0.5 * x),
    "square root": lambda x: 2 * np.sqrt(np.maximum(x - LOW, 0) / 2) - 1,
    "jump: not continuous": lambda x: np.where(np.asarray(x) < 0.1, -0.7, 0.7),
}


def through(x, y, activation=relu, steepness=40.0):
    """Return the network that runs through corners, or up and down steps.

    Parameters
    ----------
    x, y : array_like, shape (h + 1,)
        The corners, from left to right. With ReLU the curve is straight between them: unit j, of h, has its corner at
        x_j, and the first stands at the left end. With the sigmoid unit j is a step halfway between two of them.
    activation : Activation
        relu or sigmoid.
    steepness : float
        Of the steps of a sigmoid: its weight.

    Returns
    -------
    Network
        1-h-1, with the squared error.

    Raises
    ------
    ValueError
        Corners that do not rise from left to right, fewer than two, or another activation.

    Examples
    --------
    >>> network = through([-1, 0, 1], [1, 0, 1])
    >>> network.predict([[-1, -0.5, 0, 0.5]])
    array([[1. , 0.5, 0. , 0.5]])
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.shape != y.shape or len(x) < 2 or not (np.diff(x) > 0).all():
        raise ValueError(f"corners need at least two x that rise, and as many y; x is {x.tolist()}, y is {y.tolist()}")
    if activation is relu:
        slopes = np.diff(y) / np.diff(x)
        w, b, v = np.ones(len(slopes)), -x[:-1], np.diff(slopes, prepend=0)
    elif activation is sigmoid:
        w, b, v = np.full(len(x) - 1, steepness), -steepness * (x[:-1] + x[1:]) / 2, np.diff(y)
    else:
        raise ValueError(f"corners are made by relu or sigmoid, not by {activation}")
    return Network([Layer(w[:, None], b[:, None], activation), Layer(v[None], float(y[0]), "linear")], squared_error)


def evenly(target, units):
    """Return corners at equal distances on a target, for so many units: x and y of shape (units + 1,)."""
    x = np.linspace(LOW, HIGH, units + 1)
    return x, TARGETS[target](x)


def parts(network, x):
    """Return what each hidden unit adds to the curve, shape (h, k), for x of shape (k,), without the bias."""
    return network.W[2].T * network.forward(np.reshape(x, (1, -1))).A[1]


def bends(network):
    """Return where each hidden unit has its corner or the middle of its step, shape (h,): z = 0; nan where w = 0."""
    w, b = network.W[1][:, 0], network.b[1][:, 0]
    return np.divide(-b, w, out=np.full(len(w), np.nan), where=w != 0) + 0.0


def largest_error(network, target):
    """Return the largest distance between curve and target on the interval, from 2001 places."""
    return float(np.abs(network.predict(_FINE[None])[0] - TARGETS[target](_FINE)).max())


def errors(target, numbers, activation=relu):
    """Return the largest error with evenly placed corners, or with steps as steep as they need, per number of units.

    For a smooth target ReLU units bring it down with the square of their number, steps with the number itself.
    """
    return [
        largest_error(through(*evenly(target, units), activation, steepness=20.0 * units), target) for units in numbers
    ]


class Training:
    """A network that is trained on a target, from a beginning on: it can be moved to any number of epochs.

    Parameters
    ----------
    network : Network
    target : str
        Of `TARGETS`.
    learning_rate : float
        Of Adam, over all 201 places of the interval at once.
    """

    def __init__(self, network, target, learning_rate=0.01):
        x = np.linspace(LOW, HIGH, 201)[None]
        self._trainer = Trainer(
            network, x, TARGETS[target](x), learning_rate=learning_rate, optimizer=optimizers.adam(), epochs=10**6
        )

    @property
    def epochs(self):
        """How many were made."""
        return self._trainer.epochs

    def go_to(self, epochs):
        """Train on to a number of epochs that is not below the present one, and return the network."""
        while self._trainer.reason is None and self._trainer.epochs < epochs:
            self._trainer.step()
        return self._trainer.network
