"""How the learning rate changes from epoch to epoch: not at all, in steps, or along half a cosine.

A schedule is a function of (epoch, epochs) that returns the learning rate η of that epoch; the first epoch is 0. A
plain number is understood as a constant one.
"""

from dataclasses import dataclass

import numpy as np

from nbhelpers.checks import checked_learning_rate


@dataclass(frozen=True)
class constant:
    """The same learning rate in every epoch.

    Parameters
    ----------
    learning_rate : float
        η, at least 0.

    Raises
    ------
    ValueError
        A learning rate that is negative or not finite; the other schedules say the same.

    Examples
    --------
    >>> constant(0.1)(epoch=7, epochs=10)
    0.1
    """

    learning_rate: float

    def __post_init__(self):
        checked_learning_rate(self.learning_rate)

    def __call__(self, epoch, epochs):
        """Return η."""
        return self.learning_rate


@dataclass(frozen=True)
class step_decay:
    """A learning rate that falls in steps: η f^⌊e/k⌋ in epoch e.

    Parameters
    ----------
    learning_rate : float
        η of the first epochs.
    every : int
        How many epochs have the same rate, k.
    factor : float
        What it is multiplied by, f, above 0 and up to 1.

    Raises
    ------
    ValueError
        Steps of less than one epoch, or a factor out of its range.

    Examples
    --------
    >>> schedule = step_decay(0.8, every=10)
    >>> [schedule(epoch, 30) for epoch in (0, 9, 10, 20)]
    [0.8, 0.8, 0.4, 0.2]
    """

    learning_rate: float
    every: int
    factor: float = 0.5

    def __post_init__(self):
        checked_learning_rate(self.learning_rate)
        if self.every < 1 or not 0 < self.factor <= 1:
            raise ValueError(
                f"step_decay got every={self.every} and factor={self.factor}, expected at least one epoch and a factor "
                f"above 0 and up to 1"
            )

    def __call__(self, epoch, epochs):
        """Return η of an epoch."""
        return self.learning_rate * self.factor ** (epoch // self.every)


@dataclass(frozen=True)
class cosine:
    """A learning rate that falls to 0: η/2 (1 + cos(π e / epochs)) in epoch e.

    Parameters
    ----------
    learning_rate : float
        η of the first epoch.

    Notes
    -----
    Source: Loshchilov and Hutter, SGDR: Stochastic gradient descent with warm restarts, 2017 (without the restarts).

    Examples
    --------
    >>> [round(float(cosine(0.8)(epoch, 4)), 3) for epoch in range(5)]
    [0.8, 0.683, 0.4, 0.117, 0.0]
    """

    learning_rate: float

    def __post_init__(self):
        checked_learning_rate(self.learning_rate)

    def __call__(self, epoch, epochs):
        """Return η of an epoch."""
        return self.learning_rate * (1 + np.cos(np.pi * min(epoch, epochs) / max(epochs, 1))) / 2


def as_schedule(learning_rate):
    """Return a schedule: `learning_rate` itself if it is one, else the constant one with this number."""
    return learning_rate if callable(learning_rate) else constant(learning_rate)
