"""A small network that has learned to read handwritten digits, and what it says about digits that it has never seen.

It is trained when it is first asked for, in a fraction of a second, and kept. Three quarters of scikit-learn's digits
are for training; all that is told here is about the quarter that was held out.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from nbhelpers import datasets
from nbhelpers.datasets import Dataset
from nbhelpers.experiments.drawn_digits import FULL, SIDE
from nbhelpers.network import Network
from nbhelpers.training import train
from nbhelpers.training.measures import confusion_matrix, worst_first

UNITS = 32
CLASSES = 10
_SEED = 0


@dataclass(frozen=True, eq=False)
class DigitReader:
    """A trained network and the digits that it was not trained on.

    Attributes
    ----------
    network : Network
        64-32-10, tanh and softmax.
    held_out : nbhelpers.datasets.Dataset
        In the order of `nbhelpers.training.measures.worst_first`: the surest mistakes come first.
    """

    network: Network
    held_out: Dataset

    @cached_property
    def probabilities(self):
        """Of the classes, for the digits that were held out, shape (10, d)."""
        return self.network.predict(self.held_out.X)

    @cached_property
    def said(self):
        """The most probable class of each, shape (d,)."""
        return self.probabilities.argmax(axis=0)

    @cached_property
    def right(self):
        """How many of the digits that were held out are read right."""
        return int((self.said == self.held_out.labels).sum())

    @cached_property
    def confusion(self):
        """Real digits (rows) against what was said (columns), shape (10, 10)."""
        return confusion_matrix(self.held_out.labels, self.said, CLASSES)

    def reading(self, ink):
        """Return what the network makes of a digit.

        Parameters
        ----------
        ink : array_like, shape (8, 8)
            From 0 to 16.

        Returns
        -------
        Reading
        """
        x = np.reshape(ink, (-1, 1)) / FULL
        forward = self.network.forward(x)
        return Reading(forward.Z[1].ravel(), forward.A[1].ravel(), forward.Y_hat.ravel())

    def shares_of_sum(self, ink, unit):
        """Return what makes up z of a hidden unit, counted from 0: three numbers that add up to it.

        Parameters
        ----------
        ink : array_like, shape (8, 8)
            From 0 to 16.
        unit : int

        Returns
        -------
        raised, lowered, bias : float
            What ink on positive weights adds, what ink on negative weights takes away, and the bias.
        """
        products = self.network.W[1][unit] * np.ravel(ink) / FULL
        return float(products.clip(min=0).sum()), float(products.clip(max=0).sum()), self.network.b[1][unit].item()

    def ink(self, i):
        """Return the ink of a digit that was held out, 0 to 16, shape (8, 8)."""
        return np.rint(FULL * self.held_out.X[:, i]).astype(int).reshape(SIDE, SIDE)

    def before_and_after(self, count=8):
        """Return some digits that were held out, and what is said of them before and after training.

        Parameters
        ----------
        count : int
            How many digits, spread evenly from the 26th least sure one on.

        Returns
        -------
        X : numpy.ndarray, shape (64, count)
        answers : dict of str to list of str
            ``"before training"`` and ``"after training"``: the most probable class of each and its probability.
        """
        held_out = self.held_out.X
        X = held_out[:, 25 :: (held_out.shape[1] - 25) // count][:, :count]
        return X, {"before training": _said(_untrained(), X), "after training": _said(self.network, X)}

    def next_with(self, real, said, after):
        """Return the next held-out digit that is a `real` and was taken for a `said`.

        Parameters
        ----------
        real, said : int
            0 to 9.
        after : int
            Where to begin: at the digit after this one; behind the last one the first comes again.

        Returns
        -------
        int or None
            Its place; None if there is no such digit.
        """
        found = np.flatnonzero((self.held_out.labels == real) & (self.said == said))
        if found.size == 0:
            return None
        later = found[found > after]
        return int(later[0] if later.size else found[0])


@dataclass(frozen=True, eq=False)
class Reading:
    """What a network makes of one digit.

    Attributes
    ----------
    sums, activations : numpy.ndarray, shape (32,)
        Of the hidden units.
    probabilities : numpy.ndarray, shape (10,)
    """

    sums: np.ndarray
    activations: np.ndarray
    probabilities: np.ndarray

    @property
    def said(self):
        """The most probable digit."""
        return int(self.probabilities.argmax())

    @property
    def ranking(self):
        """All digits, the most probable first."""
        return np.argsort(-self.probabilities, kind="stable").tolist()


@cache
def digit_reader():
    """Return a `DigitReader`, trained at the first call."""
    training, held_out = datasets.digits().split(share=0.25, rng=_SEED)
    options = {"learning_rate": 0.3, "epochs": 60, "batch_size": 32, "record_every": 60}
    network = train(_untrained(), training.X, training.Y, rng=_SEED, **options).network
    order = worst_first(network.predict(held_out.X), held_out.labels)
    return DigitReader(network, held_out.take(order))


def _untrained():
    return Network.initialize([64, UNITS, CLASSES], ["tanh", "softmax"], "categorical_cross_entropy", rng=_SEED)


def _said(network, X):
    P = network.predict(X)
    return [f"{k} ({p:.0%})" for k, p in zip(P.argmax(axis=0), P.max(axis=0), strict=True)]
