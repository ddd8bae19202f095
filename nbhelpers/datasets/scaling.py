"""Features on one scale, (x − mean) / std, without a leak: the training examples alone set it.

A mean over all examples would carry something of the held-out ones into the training.
"""

from dataclasses import dataclass, replace

import numpy as np

from nbhelpers.checks import as_matrix


@dataclass(frozen=True, eq=False)
class Scaling:
    """Mean and standard deviation of each feature over some examples: what to subtract, and what to divide by.

    Attributes
    ----------
    mean, std : numpy.ndarray, shape (n, 1)
        `std` is 1 where a feature never changes, so that it is only centered.

    Examples
    --------
    >>> from nbhelpers import datasets
    >>> training, validation = datasets.wine().split(rng=0)
    >>> scaling = datasets.Scaling.of(training.X)
    >>> bool(abs(scaling.apply(training.X).mean(axis=1)).max() < 1e-10)
    True
    """

    mean: np.ndarray
    std: np.ndarray

    @classmethod
    def of(cls, X):
        """Return the scaling that gives each row of `X`, shape (n, d), the mean 0 and the standard deviation 1."""
        X = as_matrix(X, "X")
        constant = np.ptp(X, axis=1, keepdims=True) == 0
        return cls(X.mean(axis=1, keepdims=True), np.where(constant, 1.0, X.std(axis=1, keepdims=True)))

    def apply(self, X):
        """Return ``(X - mean) / std`` for other examples of the same features, shape (n, any d)."""
        X = as_matrix(X, "X")
        if X.shape[0] != len(self.mean):
            raise ValueError(f"X is {X.shape}, but this scaling was made for {len(self.mean)} features (rows)")
        return (X - self.mean) / self.std


def standardized(training, *others, targets=False):
    """Return the datasets with every feature on one scale: that of the first dataset.

    Parameters
    ----------
    training : Dataset
        Mean and standard deviation of each feature are taken from this one alone.
    *others : Dataset
        Scaled with the numbers of `training`, so that an example means the same in all of them.
    targets : bool
        For regression: put the targets Y on the scale of the training targets as well.

    Returns
    -------
    tuple of Dataset
        As many as were passed in, in the same order.

    Raises
    ------
    ValueError
        Other features than those of `training`, or `targets` where there are classes.
    """
    parts = (training, *others)
    for part in others:
        if part.features != training.features:
            raise ValueError(f"{part.name} has other features than {training.name}: {part.features}")
    if targets and training.classes:
        raise ValueError(f"{training.name} has classes, and no targets that could be scaled")
    of_X, of_Y = Scaling.of(training.X), Scaling.of(training.Y)
    scaled = [replace(part, X=of_X.apply(part.X)) for part in parts]
    return tuple(replace(part, Y=of_Y.apply(part.Y)) if targets else part for part in scaled)
