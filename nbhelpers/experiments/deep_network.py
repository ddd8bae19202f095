"""A tower: a network whose layers are all equally wide, for asking what depth does.

Its settings are few enough to turn each of them alone. What the signal does in it: ``signal_propagation.py``.
"""

from dataclasses import dataclass

import numpy as np

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.initialization import SCHEMES, VARIANCES
from nbhelpers.network import Network


@dataclass(frozen=True)
class Tower:
    """Settings of a network that has equally many features, units in every hidden layer, and sigmoid outputs.

    Parameters
    ----------
    depth : int
        L, the number of layers with the output layer; at least 2.
    width : int
        Units of every layer, and features.
    activation : str
        Of the hidden layers.
    scheme : str
        One of `nbhelpers.initialization.SCHEMES`.
    scale : float
        Multiplies all weights.

    Raises
    ------
    ValueError
        A setting that there is not.

    Examples
    --------
    >>> tower = Tower(4, 3, "tanh", "xavier")
    >>> tower.network(rng=0)
    Network(3-3-3-3-3, tanh, tanh, tanh, sigmoid, binary_cross_entropy)
    >>> tower.variances[0] * tower.width
    1.0
    """

    depth: int
    width: int
    activation: str
    scheme: str
    scale: float = 1.0

    def __post_init__(self):
        if self.depth < 2:
            raise ValueError(f"depth is {self.depth}: at least 2 layers are needed, a hidden one and the output")
        if self.scheme not in SCHEMES:
            raise ValueError(f"{self.scheme!r} is not a scheme; choose from {', '.join(SCHEMES)}")
        if self.activation not in ACTIVATIONS or not ACTIVATIONS[self.activation].elementwise:
            raise ValueError(f"{self.activation!r} is not an activation for hidden layers: it has to be element-wise")

    @property
    def sizes(self):
        """Features, then units per layer."""
        return [self.width] * (self.depth + 1)

    @property
    def activations(self):
        """One per layer."""
        return [ACTIVATIONS[self.activation]] * (self.depth - 1) + [ACTIVATIONS["sigmoid"]]

    @property
    def variances(self):
        """Of the weights of each layer, as the scheme wants it and times the square of the scale."""
        return [self.scale**2 * VARIANCES[self.scheme](self.width, self.width)] * self.depth

    def network(self, rng=None):
        """Return a network with these settings; the same seed gives the same random numbers at any scale."""
        return Network.initialize(self.sizes, self.activations, "binary_cross_entropy", self._draw, rng)

    def examples(self, d=16, rng=None):
        """Return X, normally distributed with a mean square of exactly 1, and labels Y, 0 or 1 at random."""
        rng = np.random.default_rng(rng)
        X, Y = rng.standard_normal((self.width, d)), rng.integers(0, 2, (self.width, d)).astype(float)
        return X / np.sqrt(np.mean(X**2)), Y

    def _draw(self, units, inputs, rng):
        return self.scale * SCHEMES[self.scheme](units, inputs, rng)
