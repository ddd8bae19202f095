"""The forward and the backward pass on kept memory: the formulas of ``network.py``, written into arrays that stay.

The parameters and their gradients are the views of ``parameter_vector.py``. An activation says for itself how it is
computed on kept memory; only the memory differs, the numbers are the same to the last digits.
"""

from functools import partial
from math import isfinite

import numpy as np

from nbhelpers.activations import ACTIVATIONS, Activation
from nbhelpers.losses import mean
from nbhelpers.network import COSTS


class Passes:
    """Memory for the passes of one network over d examples, and the passes themselves.

    Parameters
    ----------
    network : Network
        Its sizes, activations, loss and number type; its parameters are not used.
    vectors : Vectors
        The parameters that are used, and the gradient that `backward` writes.
    d : int
        The number of examples (columns) in a pass.

    Attributes
    ----------
    Z, A, dZ : list of numpy.ndarray
        By layer number, as in `Forward` and `Gradients`; what the last pass left.
    dropped : list
        ``dropped[l]`` is A[l] after dropout, what the next layer is given; A[l] itself where nothing is dropped.
    """

    def __init__(self, network, vectors, d):
        sizes, kind = network.sizes, network.dtype
        self.network, self.L, self.d = network, network.L, d
        self.W, self.b, self.dW, self.db = vectors.W, vectors.b, vectors.dW, vectors.db
        self._gradient = vectors.gradient
        self.Z, self.A, self.dZ = ([None, *(np.empty((h, d), kind) for h in sizes[1:])] for _ in range(3))
        self.dropped, self._kept = list(self.A), [None] * (self.L + 1)
        divisor = COSTS[network.reduction](sizes[-1], d)
        self._divisor, self._per_part = np.array(divisor, kind), d / divisor  # an array divides sooner than a number
        self._ones = np.ones((d, 1), kind)
        self._is_matched = network.is_matched
        pairs = [None, *(_pair(layer.activation) for layer in network.layers)]
        layers = range(1, self.L + 1)  # what a layer needs stands together: looking it up would cost as much as a sum
        self._up = [(l, self.W[l], self.b[l], self.Z[l], self.A[l], pairs[l][0]) for l in layers]
        self._down = [(l, self.W[l].T, self.dW[l], self.db[l], self.dZ[l], pairs[l - 1]) for l in reversed(layers)]

    def forward(self, X, dropout=0.0, rng=None):
        """Compute Z and A of every layer for `X`, shape (n, d); with `dropout`, `rng` switches hidden units off."""
        self.A[0] = self.dropped[0] = given = X
        for l, W, b, Z, A, value_into in self._up:
            W.dot(given, out=Z)
            np.add(Z, b, out=Z)
            value_into(Z, A)
            self._kept[l] = self._share_kept(A, dropout, rng) if dropout and l < self.L else None
            self.dropped[l] = given = A if self._kept[l] is None else A * self._kept[l]

    def _share_kept(self, A, dropout, rng):
        # Inverted: those that stay are divided by the share that stays, so that the mean is the same without dropout.
        return (rng.random(A.shape) >= dropout).astype(A.dtype) / (1 - dropout)

    def backward(self, Y):
        """Compute dJ/dZ of every layer, and write dJ/dW and dJ/db of the last forward pass for the labels `Y`."""
        self._output_gradient(Y)
        for l, W_T, dW, db, dZ, pair_below in self._down:
            dZ.dot(self.dropped[l - 1].T, out=dW)
            dZ.dot(self._ones, out=db)
            if l > 1:
                below = self.dZ[l - 1]
                W_T.dot(dZ, out=below)
                if self._kept[l - 1] is not None:
                    below *= self._kept[l - 1]
                pair_below[1](below, self.Z[l - 1], self.A[l - 1])

    def _output_gradient(self, Y):
        dZ, A, Z = self.dZ[self.L], self.A[self.L], self.Z[self.L]
        if self._is_matched:
            np.subtract(A, Y, out=dZ)
            np.divide(dZ, self._divisor, out=dZ)
        elif not np.isfinite(A).all():
            dZ.fill(np.nan)  # a loss refuses such predictions; here they are to be found where they began
        else:
            dA = self.network.loss.gradient(A, Y) * self._per_part
            dZ[...] = self.network.layers[-1].activation.backward(dA, Z)

    def cost(self, Y):
        """Return the data cost J of the last forward pass; that `Y` holds labels is known."""
        loss = self.network.loss
        if self._is_matched:
            J = mean(loss._per_example_from_Z(self.Z[self.L], Y))
        else:
            J = mean(loss._per_example(self.A[self.L], Y).sum(axis=0))
        return J * self._per_part

    def is_finite(self):
        """Whether nothing in the last passes is nan or infinite."""
        # What is infinite in A[l] is so, or nan, in Z[l + 1] or in the gradient: it needs no looking at of its own.
        squares = [float(np.vdot(M, M)) for M in (*self.Z[1:], self.A[-1], self._gradient)]
        return isfinite(sum(squares)) or self._first_not_finite() is None  # a square alone may be too large

    def culprit(self):
        """Return (name, layer) of the first array with a nan or an infinity, in the order of computing.

        If there is none, the numbers were only too large to be squared and added: then the largest gradient.
        """
        largest = max(range(1, self.L + 1), key=lambda l: np.abs(self.dW[l]).max())
        return self._first_not_finite() or ("dW", largest)

    def _first_not_finite(self):
        down = range(self.L, 0, -1)
        ahead = [(name, l, M[l]) for l in range(1, self.L + 1) for name, M in (("Z", self.Z), ("A", self.A))]
        back = [(name, l, M[l]) for l in down for name, M in (("dZ", self.dZ), ("dW", self.dW), ("db", self.db))]
        return next(((name, l) for name, l, M in ahead + back if not np.isfinite(M).all()), None)


def _pair(activation):
    """Return (forward, backward): ``forward(Z, A)`` sets A, ``backward(dA, Z, A)`` turns dJ/dA into dJ/dZ in place.

    A subclass of someone's own goes by its methods: it may have changed what the memory of its parent relies on.
    """
    if activation is ACTIVATIONS.get(activation.name):
        return activation.value_into, activation.backward_into
    return partial(Activation.value_into, activation), partial(Activation.backward_into, activation)
