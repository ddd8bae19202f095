"""One sigmoid unit that learns one example: how ŷ moves from step to step, for two losses.

The unit sees x, has a weight w = 0 and a bias b, and so z = b at the start. A step of gradient descent moves both, and
with them z by −η (1 + x²) ∂L/∂z. For x = 0 it has a bias alone, as in notebook 05.
"""

import math

import numpy as np

from nbhelpers.activations import sigmoid
from nbhelpers.losses import binary_cross_entropy, squared_error

LOSSES = {"cross-entropy": binary_cross_entropy, "squared error": squared_error}


def loss_over(loss, z, y):
    """Return L for each z, shape (k,), of a sigmoid unit with the label y."""
    Z, Y = np.reshape(z, (1, -1)).astype(float), np.full((1, np.size(z)), float(y))
    return loss.per_example_from_Z(Z, Y) if loss.partner is sigmoid else loss.per_example(sigmoid(Z), Y)


def slope_over(loss, z, y):
    """Return ∂L/∂z for each z: ŷ − y for cross-entropy, else L'(ŷ) σ'(z).

    Examples
    --------
    Sure and wrong: cross-entropy pushes with almost 1, squared error hardly at all.

    >>> [float(slope_over(loss, -6.0, 1)[0].round(4)) for loss in LOSSES.values()]
    [-0.9975, -0.0025]
    """
    z = np.ravel(np.asarray(z, dtype=float))
    y_hat = sigmoid(z)
    if loss.partner is sigmoid:
        return y_hat - y
    return loss.gradient(y_hat[None], np.full((1, len(z)), float(y)))[0] * len(z) * sigmoid.derivative(z)


def learn(loss, z, y, learning_rate=1.0, steps=500, x=0.0):
    """Return z before and after each step of gradient descent, shape (steps + 1,).

    Parameters
    ----------
    loss : Loss
    z : float
        At the start.
    y : float
        The label, 0 or 1.
    learning_rate : float
    steps : int
    x : float
        The input; with 0 only the bias learns.

    Examples
    --------
    >>> [steps_until_right(learn(loss, -6.0, 1), 1) for loss in LOSSES.values()]
    [7, 426]
    """
    path, rate, is_matched = [float(z)], learning_rate * (1 + x**2), loss.partner is sigmoid
    for _ in range(steps):
        y_hat = 1 / (1 + math.exp(min(-path[-1], 700)))  # numbers instead of arrays: thousands of steps in a frame
        slope = y_hat - y if is_matched else (y_hat - y) * y_hat * (1 - y_hat)
        path.append(path[-1] - rate * slope)
    return np.array(path)


def steps_until_right(z, y):
    """Return the first step after which ŷ lies on the label's side of 0.5, or at it; None if there is none."""
    is_right = (np.asarray(z) >= 0) if y else (np.asarray(z) <= 0)
    return int(np.argmax(is_right)) if is_right.any() else None
