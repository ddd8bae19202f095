"""Small networks with nice numbers, one decimal each, drawn from a seed."""

from dataclasses import dataclass

import numpy as np

from nbhelpers import worked_example
from nbhelpers.activations import ACTIVATIONS
from nbhelpers.losses import LOSSES
from nbhelpers.network import Layer, Network


@dataclass(frozen=True, eq=False)
class Setting:
    """A network, what goes into it, and a learning rate."""

    network: Network
    X: np.ndarray
    Y: np.ndarray
    learning_rate: float


@dataclass(frozen=True)
class Plan:
    """What kind of setting to draw.

    Attributes
    ----------
    sizes : tuple of int
    activations : tuple of str
    loss : str
    d : int
        The number of examples.
    learning_rates : tuple of float
        To choose from.
    """

    sizes: tuple
    activations: tuple
    loss: str
    d: int
    learning_rates: tuple = (0.5,)

    def draw(self, rng):
        """Return a `Setting`."""
        pairs = zip(self.sizes[1:], self.sizes[:-1], self.activations, strict=True)
        layers = [Layer(_tenths(rng, (h, n)), _tenths(rng, (h, 1)), ACTIVATIONS[f]) for h, n, f in pairs]
        network = Network(layers, LOSSES[self.loss])
        rate = float(rng.choice(self.learning_rates))
        return Setting(network, _tenths(rng, (self.sizes[0], self.d), most=20), self._labels(rng), rate)

    def _labels(self, rng):
        m, d = self.sizes[-1], self.d
        task = LOSSES[self.loss].task
        if task == "classes":
            return np.eye(m)[:, rng.integers(m, size=d)]
        if task == "regression" and self.activations[-1] == "linear":
            return _tenths(rng, (m, d), most=20)
        return rng.integers(2, size=(m, d)).astype(float)


def plan(*sizes, f, loss="binary_cross_entropy", d=1, rates=(0.5,)):
    """Return a `Plan`, with the activations as words in a row: ``plan(2, 3, 1, f="tanh sigmoid", d=2)``."""
    return Plan(sizes, tuple(f.split()), loss, d, rates)


def _tenths(rng, shape, most=12):
    """Numbers with one decimal, from -most/10 to most/10, none of them 0."""
    return rng.integers(1, most + 1, size=shape) * rng.choice([-1, 1], size=shape) / 10


def lecture():
    """Return the worked example of the lecture as a setting."""
    return Setting(worked_example.network(), worked_example.X, worked_example.Y, worked_example.LEARNING_RATE)
