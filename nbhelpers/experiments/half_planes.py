"""A unit cuts the plane along the line w₁ x₁ + w₂ x₂ + b = 0, and its weight vector stands on that line.

Where the line runs, how near it comes to the origin, and over what width the activation rises across it. Networks with
up to three such units are collected in `ARRANGEMENTS`: half a plane, a band, a triangle, and XOR.
"""

from typing import NamedTuple

import numpy as np

from nbhelpers.losses import binary_cross_entropy
from nbhelpers.network import Layer, Network


class HalfPlane(NamedTuple):
    r"""The half plane in which z = w · x + b is positive.

    Attributes
    ----------
    w : numpy.ndarray, shape (2,)
    b : float

    Examples
    --------
    >>> half = HalfPlane(np.array([3.0, 4.0]), -5.0)
    >>> half.foot, half.distance
    (array([0.6, 0.8]), 1.0)
    """

    w: np.ndarray
    b: float

    @property
    def size(self):
        """The length of the weight vector, ‖w‖: the slope of z across the line."""
        return float(np.hypot(*self.w))

    @property
    def distance(self):
        """How far the line is from the origin, |b| / ‖w‖; infinite where w = 0 and there is no line."""
        return abs(self.b) / self.size if self.size > 0 else np.inf

    @property
    def foot(self):
        """The point of the line that is nearest to the origin, −b w / ‖w‖²; None without a line."""
        return -self.b * self.w / self.size**2 + 0.0 if self.size > 0 else None

    def ends(self, half):
        """Return where the line enters and leaves the square from −half to half, shape (2, 2); None if it misses it."""
        if self.size == 0:
            return None
        along = np.array([-self.w[1], self.w[0]]) / self.size
        with np.errstate(divide="ignore", invalid="ignore"):
            at = np.sort((np.array([[-half], [half]]) - self.foot) / along, axis=0)  # where each pair of borders is met
        at[:, along == 0] = np.where(np.abs(self.foot[along == 0]) <= half, [[-np.inf], [np.inf]], np.nan)
        enter, leave = at[0].max(), at[1].min()
        return self.foot + np.outer([enter, leave], along) if enter < leave else None

    def width(self, activation, share=0.1):
        """Return how far apart the places are where the activation has covered `share` and 1 − `share` of its range.

        For the sigmoid 2 ln 9 / ‖w‖: the longer the weight vector, the sharper the border. None for an
        activation without a range, and infinite where w = 0.
        """
        low, high = activation.range
        if not np.isfinite([low, high]).all():
            return None
        z = np.linspace(-20, 20, 40001)
        reached = (activation(z) - low) / (high - low)
        ends = np.interp([share, 1 - share], reached, z)
        return float(np.diff(ends)[0] / self.size) if self.size > 0 else np.inf


class Arrangement(NamedTuple):
    """Units of a hidden layer, what the output makes of them, and points to tell apart.

    Attributes
    ----------
    W1, b1 : list
        A row (w₁, w₂) and a bias per unit.
    W2, b2 : list
        A weight per unit, and the bias of the output.
    X : list
        Points of the plane, one per row.
    y : list of int
        Their classes, 0 or 1.
    """

    W1: list
    b1: list
    W2: list
    b2: float
    X: list
    y: list


_RING = [(round(1.9 * np.cos(t), 2), round(1.9 * np.sin(t), 2)) for t in np.arange(9) * 2 * np.pi / 9]
ARRANGEMENTS = {
    "one unit: half a plane": Arrangement(
        [(1.5, 1.0)],
        [-0.5],
        [6.0],
        -3.0,
        [(-1.5, 0.5), (-0.5, -1.2), (-1.0, 1.4), (0.3, -1.0), (1.0, 1.0), (0.2, 1.6), (1.7, -0.6), (1.4, 1.8)],
        [0, 0, 0, 0, 1, 1, 1, 1],
    ),
    "two units: a band": Arrangement(
        [(3.0, 3.0), (-3.0, -3.0)],
        [3.0, 3.0],
        [6.0, 6.0],
        -9.0,
        [(-1.8, -1.2), (-0.6, -1.7), (1.2, 1.4), (1.9, 0.4), (-1.2, 1.0), (0.0, 0.0), (0.7, -1.0), (1.6, -1.8)],
        [0, 0, 0, 0, 1, 1, 1, 1],
    ),
    "three units: a triangle": Arrangement(
        [(0.0, 4.0), (3.5, -2.0), (-3.5, -2.0)],
        [3.0, 3.0, 3.0],
        [6.0, 6.0, 6.0],
        -15.0,
        [*_RING, (0.0, 0.1), (0.3, -0.4), (-0.3, -0.4)],
        [0] * 9 + [1] * 3,
    ),
    "XOR: one unit cannot": Arrangement(
        [(4.0, 4.0), (-4.0, -4.0)],
        [-2.0, 6.0],
        [6.0, 6.0],
        -9.0,
        [(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)],
        [0, 0, 1, 1],
    ),
}


def network_of(W1, b1, W2, b2, activation):
    """Return the network 2-h-1 with a sigmoid output that such units make."""
    hidden = Layer(np.array(W1, dtype=float), np.reshape(b1, (-1, 1)).astype(float), activation)
    return Network([hidden, Layer(np.array([W2], dtype=float), float(b2), "sigmoid")], binary_cross_entropy)
