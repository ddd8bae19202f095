"""Five ways to begin, side by side: how far activations and gradients spread before training, and what training does.

The same task for all: two half moons, yes or no, 100 examples to learn from and 200 others to judge by. The schemes
themselves are those of ``initialization.py``; here they are compared.
"""

import functools
from dataclasses import dataclass

import numpy as np

from nbhelpers import datasets
from nbhelpers.initialization import he, normal, xavier, zeros
from nbhelpers.network import Network
from nbhelpers.training import band, ensemble, train
from nbhelpers.training.measures import saturated_share

BEGINNINGS = {
    "zeros": zeros,
    "too small": functools.partial(normal, scale=0.01),
    "too large": functools.partial(normal, scale=2.0),
    "Xavier": xavier,
    "He": he,
}
EPOCHS, EVERY = 60, 10  # epochs of a training, and from one record of its cost to the next
_SETTINGS = 30  # whose trainings are kept


@dataclass(frozen=True)
class Start:
    """Settings of a network before training.

    Parameters
    ----------
    beginning : str
        A name in `BEGINNINGS`.
    activation : str
        Of the hidden layers.
    depth : int
        L, the number of layers with the output layer.
    width : int
        Units of every hidden layer.

    Examples
    --------
    >>> Start("He", "relu", depth=3, width=8).network(rng=0)
    Network(2-8-8-1, relu, relu, sigmoid, binary_cross_entropy)
    """

    beginning: str
    activation: str
    depth: int
    width: int

    def network(self, rng=None):
        """Return a network with these settings."""
        hidden = self.depth - 1
        sizes, activations = [2, *[self.width] * hidden, 1], [self.activation] * hidden + ["sigmoid"]
        return Network.initialize(sizes, activations, "binary_cross_entropy", BEGINNINGS[self.beginning], rng)


@dataclass(frozen=True, eq=False)
class Spreads:
    """Standard deviations before training, layer by layer; entry l - 1 belongs to layer l.

    Attributes
    ----------
    A : numpy.ndarray, shape (L - 1,)
        Of the activations of the hidden layers, over units and examples.
    dW : numpy.ndarray, shape (L,)
        Of the gradients of the weights.
    saturated : numpy.ndarray, shape (L - 1,)
        The share of values whose slope is below 5 % of the steepest.
    """

    A: np.ndarray
    dW: np.ndarray
    saturated: np.ndarray


def spreads(network, X, Y):
    """Return the `Spreads` of a network on these examples."""
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    hidden = list(zip(network.layers[:-1], forward.Z[1:-1], forward.A[1:-1], strict=True))
    return Spreads(
        np.array([A.std() for *_, A in hidden]),
        np.array([dW.std() for dW in gradients.dW[1:]]),
        np.array([saturated_share(layer.activation, Z, A) for layer, Z, A in hidden]),
    )


@functools.lru_cache(maxsize=500)
def spreads_of(start, seed):
    """Return the `Spreads` of the network that begins like this, on the examples to learn from of `moons`."""
    training = moons()[0]
    return spreads(start.network(seed), training.X, training.Y)


@functools.cache
def moons():
    """Return two half moons, with noise and standardized: 100 examples to learn from, and 200 to judge by."""
    return datasets.standardized(*datasets.moons(300, noise=0.25, rng=0).split(share=2 / 3, rng=0))


def trained(rng, start, learning_rate):
    """Return the `History` of one training with gradient descent, all examples in every step."""
    training, others = moons()
    settings = {"learning_rate": learning_rate, "epochs": EPOCHS, "record_every": EVERY}
    return train(start.network(rng), training.X, training.Y, validation=(others.X, others.Y), **settings)


def costs(starts, learning_rate, seeds):
    """Train from each start once per seed, and return the costs on the examples that were not learned from.

    Parameters
    ----------
    starts : list of Start
    learning_rate : float
    seeds : iterable of int

    Returns
    -------
    numpy.ndarray, shape (len(starts), len(seeds), records)
        A training that went wrong holds its last cost.
    """
    settings = [{"start": start, "learning_rate": learning_rate} for start in starts]
    results = ensemble(trained, seeds, settings)
    return np.array([[_held(history.validation_cost) for history in runs] for runs in results])


class Trainings:
    """Trainings from several starts. Those of the last few settings are kept, so that more seeds can be added to them.

    Parameters
    ----------
    share : float
        Of the runs, in a band.
    """

    def __init__(self, share=0.8):
        self._share, self._kept = share, {}

    def bands(self, starts, learning_rate, runs):
        """Return the middle, the low and the high cost over the epochs for each start, from the seeds 0 to runs - 1.

        Only what was not trained yet is trained. An empty list for no runs.
        """
        return [band(costs, share=self._share) for costs in self._known(starts, learning_rate, runs)] if runs else []

    def _known(self, starts, learning_rate, runs):
        key = (*starts, learning_rate)
        known = self._kept.pop(key, np.empty((len(starts), 0, len(recorded_epochs()))))
        more = range(known.shape[1], runs)
        self._kept[key] = np.concatenate([known, costs(starts, learning_rate, more)], axis=1) if more else known
        if len(self._kept) > _SETTINGS:
            del self._kept[next(iter(self._kept))]
        return self._kept[key][:, :runs]


def recorded_epochs():
    """Return the epochs whose costs are recorded, shape (records,)."""
    return np.arange(0, EPOCHS + 1, EVERY)


def _held(cost):
    return np.pad(cost, (0, len(recorded_epochs()) - len(cost)), mode="edge")
