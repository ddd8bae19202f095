"""Mini-batches: which examples the next step takes. What a step does with them is told by ``trainer.py``."""

import numpy as np


class Batches:
    """The examples of one step after the other; an epoch takes each of them once, in an order drawn anew.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, d)
    Y : numpy.ndarray, shape (m, d)
    size : int or None
        The examples of a batch; None: all of them.
    rng : numpy.random.Generator
        Draws the order. It is not asked where all examples are taken at once.

    Attributes
    ----------
    X, Y : numpy.ndarray
        A copy of all examples.
    size : int
        The examples of a batch, at most d; the last one of an epoch may have fewer.
    """

    def __init__(self, X, Y, size, rng):
        self.d, self._rng = X.shape[1], rng
        self.size = min(size or self.d, self.d)
        # Examples of a batch are gathered as rows, which lie together in memory; transposed they are columns again.
        self._rows = None if self.is_full else [np.array(M.T, order="C") for M in (X, Y)]
        self.X, self.Y = (X.copy(), Y.copy()) if self.is_full else (rows.T for rows in self._rows)
        self._left = []

    @property
    def is_full(self):
        """Whether a batch is all examples."""
        return self.size == self.d

    @property
    def is_epoch_over(self):
        """Whether the last batch was the last one of its epoch."""
        return not self._left

    def take(self):
        """Return (X, Y) of the next batch, a column per example."""
        if self.is_full:
            return self.X, self.Y
        if not self._left:
            order = self._rng.permutation(self.d)
            self._left = [order[k : k + self.size] for k in range(0, self.d, self.size)][::-1]
        batch, (rows_of_X, rows_of_Y) = self._left.pop(), self._rows
        return rows_of_X.take(batch, axis=0).T, rows_of_Y.take(batch, axis=0).T
