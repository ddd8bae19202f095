"""Mini-batches: which examples the next step takes. What a step does with them is told by ``trainer.py``."""

import numpy as np

GATHERED = 2**18  # bytes of examples that are gathered at once: many small batches, or one that fits into the cache


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
        together = 1 if self.is_full else max(1, GATHERED // (self._rows[0][: self.size].nbytes or 1))
        self._at_once = together * self.size
        self._order, self._gathered = [], []  # what is left of the epoch: columns, and batches

    @property
    def is_full(self):
        """Whether a batch is all examples."""
        return self.size == self.d

    @property
    def is_epoch_over(self):
        """Whether the last batch was the last one of its epoch."""
        return not self._gathered and not len(self._order)

    def take(self):
        """Return (X, Y) of the next batch, a column per example."""
        if self.is_full:
            return self.X, self.Y
        if not self._gathered:
            self._gather()
        return self._gathered.pop()

    def _gather(self):
        if not len(self._order):
            self._order = self._rng.permutation(self.d)
        columns, self._order = self._order[: self._at_once], self._order[self._at_once :]
        X, Y = (rows.take(columns, axis=0).T for rows in self._rows)
        begins = range(0, len(columns), self.size)
        self._gathered = [(X[:, k : k + self.size], Y[:, k : k + self.size]) for k in begins][::-1]
