"""How the cost of an epoch grows with width, depth, examples and batch size: counted, and measured on this machine.

One size is changed at a time, all others stay those of a `Setting`. What an epoch needs is counted by
``operation_counts.py``.
"""

from typing import NamedTuple

import numpy as np

from nbhelpers.experiments.operation_counts import epoch_work
from nbhelpers.experiments.pass_times import median_time
from nbhelpers.network import Network
from nbhelpers.training.threads import one_thread
from nbhelpers.training.trainer import Trainer


class Setting(NamedTuple):
    """A network, and what it is trained with.

    Attributes
    ----------
    features, width, depth, outputs : int
        `depth` is the number of hidden layers, each of the same `width`.
    d : int
        Examples.
    batch_size : int
        Examples of an update.
    """

    features: int = 20
    width: int = 64
    depth: int = 2
    outputs: int = 2
    d: int = 1024
    batch_size: int = 32

    @property
    def sizes(self):
        """Features, then units per layer."""
        return [self.features, *[self.width] * self.depth, self.outputs]


class Sweep(NamedTuple):
    """One size of a setting, and its values.

    Attributes
    ----------
    name : str
        A field of `Setting`.
    settings : list of Setting
    """

    name: str
    settings: list

    @property
    def values(self):
        """Those of the size that changes."""
        return [getattr(setting, self.name) for setting in self.settings]


def sweeps(setting=None):
    """Return what is compared: width, depth, d and batch size, each doubled again and again.

    Parameters
    ----------
    setting : Setting, optional
        What stays as it is where something else changes.

    Returns
    -------
    list of Sweep
    """
    setting = setting or Setting()
    return [Sweep(name, [setting._replace(**{name: value}) for value in values]) for name, values in _VALUES.items()]


def counted(sweep):
    """Return the multiply-adds of an epoch for each setting of a sweep.

    Examples
    --------
    Twice the examples, twice the work:

    >>> by_examples = counted(sweeps()[2])
    >>> by_examples[1] / by_examples[0]
    2.0
    """
    return [epoch_work(setting.sizes, setting.d, setting.batch_size).multiply_adds for setting in sweep.settings]


def measured(sweep, seconds=0.03):
    """Return the seconds of an epoch of a `Trainer` for each setting, on one thread; never the same twice.

    Parameters
    ----------
    sweep : Sweep
    seconds : float
        How long to repeat each measurement; the median counts.

    Returns
    -------
    list of float
    """
    with one_thread():
        return [_epoch_time(setting, seconds) for setting in sweep.settings]


_VALUES = {
    "width": [2**k for k in range(3, 10)],
    "depth": [2**k for k in range(5)],
    "d": [2**k for k in range(7, 14)],
    "batch_size": [2**k for k in range(11)],
}


def _epoch_time(setting, seconds):
    rng = np.random.default_rng(0)
    activations = ["tanh"] * setting.depth + ["linear"]
    network = Network.initialize(setting.sizes, activations, "squared_error", rng=rng)
    X, Y = rng.normal(size=(setting.features, setting.d)), rng.normal(size=(setting.outputs, setting.d))
    trainer = Trainer(
        network, X, Y, learning_rate=1e-3, batch_size=setting.batch_size, rng=rng, epochs=10**6, record_every=10**6
    )
    return median_time(trainer.epoch, seconds)
