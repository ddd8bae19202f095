"""A network that learns a noisy sine: the points, the whole training, and the fitted curve after each epoch.

What a picture of overfitting needs, computed once per setting and kept. How the training goes is `train`'s business.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nbhelpers.datasets import Dataset, sine
from nbhelpers.losses import squared_error
from nbhelpers.network import Network
from nbhelpers.training import History, train

EPOCHS = 600
LEARNING_RATE = 0.01
VALIDATION_POINTS = 120
PLACES = 181  # of a curve
RISE = 1.1  # from so many times the lowest validation cost on, a run counts as overfitted


@dataclass(frozen=True, eq=False)
class SineFit:
    """One training on a noisy sine.

    Attributes
    ----------
    training, validation : Dataset
        Drawn with the same noise; the network learns from the first alone.
    history : History
        A record per epoch.
    x : numpy.ndarray, shape (g,)
        Places from −π to π.
    curves : numpy.ndarray, shape (EPOCHS + 1, g)
        What the network predicts there after each epoch.
    floor : float
        What the true sine costs on the validation points: half the mean square of their noise.
    """

    training: Dataset
    validation: Dataset
    history: History
    x: np.ndarray
    curves: np.ndarray
    floor: float

    @property
    def best_epoch(self):
        """Where the validation cost is lowest."""
        return self.history.best_epoch

    @property
    def rise(self):
        """How many times its lowest value the validation cost is in the end."""
        costs = self.history.validation_cost
        return float(costs[-1] / costs.min())

    @property
    def is_overfitted(self):
        """Whether the validation cost has clearly risen again, see `RISE`, while the training cost has fallen on."""
        return self.rise > RISE and self._falls_on

    @property
    def is_overpowered(self):
        """Whether both costs have risen again: the penalty is stronger than the points."""
        return self.rise > RISE and not self._falls_on

    @property
    def _falls_on(self):
        return bool(self.history.cost[-1] < self.history.cost[self.best_epoch])

    @property
    def parameters(self):
        """How many weights and biases the network has."""
        return sum(value.size for value in self.history.network.parameters.values())


@lru_cache(maxsize=16)
def fit_sine(width, l2, d, noise, seed):
    """Train a network with one hidden layer on a noisy sine, by Adam on all examples at once.

    Parameters
    ----------
    width : int
        tanh units in the hidden layer.
    l2 : float
        λ of the penalty, see `train`.
    d : int
        Training examples.
    noise : float
        Standard deviation of what is added to the sine.
    seed : int
        Of the points and of the first weights.

    Returns
    -------
    SineFit
        The same one for the same arguments.
    """
    for_training, for_validation, for_network = np.random.default_rng(seed).spawn(3)
    training = sine(d, noise=noise, rng=for_training)
    validation = sine(VALIDATION_POINTS, noise=noise, rng=for_validation)
    network, x = spread_network(width, for_network), np.linspace(-np.pi, np.pi, PLACES)
    curves = [network.predict(x[None])[0]]
    history = train(
        network,
        training.X,
        training.Y,
        learning_rate=LEARNING_RATE,
        epochs=EPOCHS,
        optimizer="adam",
        l2=l2,
        validation=(validation.X, validation.Y),
        callback=lambda trainer: curves.append(trainer.network.predict(x[None])[0]),
    )
    floor = squared_error(np.sin(validation.X), validation.Y)
    return SineFit(training, validation, history, x, np.array(curves, dtype=np.float32), floor)


def spread_network(width, rng, steepness=2.0):
    """Return a 1-width-1 network with tanh and a linear output whose units begin at places spread over the x axis.

    Unit j is tanh(w_j (x − x_j)), with w_j normal of standard deviation `steepness` and x_j
    drawn from −π to π. With all biases 0, every unit would begin with its step at x = 0 and have to find its way.

    Parameters
    ----------
    width : int
    rng : numpy.random.Generator or int
    steepness : float

    Returns
    -------
    Network
    """
    rng = np.random.default_rng(rng)
    network = Network.initialize([1, width, 1], ["tanh", "linear"], squared_error, rng=rng)
    W = steepness * rng.standard_normal((width, 1))
    return network.with_parameters(W1=W, b1=-W * rng.uniform(-np.pi, np.pi, size=(width, 1)))
