"""All parameters of a network in one vector θ, their gradient in another one, and the views of both by layer.

A view shares the memory: what is written into the vector stands in W[l], and the other way round. So an optimizer moves
everything with one line, and the passes still read like the lecture.
"""

from itertools import pairwise

import numpy as np


class Vectors:
    """The parameters of a network and their gradient.

    Parameters
    ----------
    network : Network
        Its parameters are copied; a bias that a layer has not is 0 here, and frozen.
    frozen : tuple of str
        The names of the parameters that are not to move.

    Attributes
    ----------
    theta, gradient : numpy.ndarray, shape (P,)
        In the order of `Network.parameters`: W1, b1, W2, b2, …
    W, b, dW, db : list of numpy.ndarray
        Views of them by layer number; those of number 0 are None.
    """

    def __init__(self, network, frozen=()):
        self.sizes = network.sizes
        self.theta = np.concatenate([M[l].ravel() for l in self.layers for M in (network.W, network.b)])
        self.gradient = np.zeros_like(self.theta)
        self.W, self.b = views(self.theta, self.sizes)
        self.dW, self.db = views(self.gradient, self.sizes)
        gradients = {f"{letter}{l}": M[l] for l in self.layers for letter, M in (("W", self.dW), ("b", self.db))}
        self._frozen = [M for name, M in gradients.items() if name in frozen or name not in network.parameters]

    @property
    def layers(self):
        """The layer numbers 1 … L."""
        return range(1, len(self.sizes))

    def penalty(self, l2, l1=0.0):
        """Return l2/2 · Σ W² + l1 · Σ |W|. The biases are free."""
        if not l2 and not l1:
            return 0.0
        J = 0.0  # infinite where it is too large, while ** would raise
        for l in self.layers:
            W = self.W[l].ravel()
            J += l2 / 2 * float(W @ W) if l2 else 0.0
            J += l1 * float(np.abs(W).sum()) if l1 else 0.0
        return J

    def add_penalty_gradient(self, l2, l1=0.0):
        """Add l2 · W + l1 · sign(W) to dW: the gradient of `penalty`. What is frozen gets no gradient at all.

        |w| has a corner at 0, and no derivative there: of its subgradients, −1 to 1, sign(0) = 0 is taken.
        """
        for l in self.layers:
            if l2:
                self.dW[l] += l2 * self.W[l]
            if l1:
                self.dW[l] += l1 * np.sign(self.W[l])
        for gradient in self._frozen:
            gradient[...] = 0

    def network_of(self, network, theta):
        """Return `network` with the parameters of a vector like θ."""
        W, b = views(theta, self.sizes)
        named = {f"W{l}": W[l] for l in self.layers} | {f"b{l}": b[l] for l in self.layers}
        return network.with_parameters(**{name: named[name] for name in network.parameters})


def views(vector, sizes):
    """Return W and b by layer number, as views of a vector of all parameters; ``W[0]`` and ``b[0]`` are None."""
    W, b, begin = [None], [None], 0
    for inputs, units in pairwise(sizes):
        middle, end = begin + units * inputs, begin + units * (inputs + 1)
        W.append(vector[begin:middle].reshape(units, inputs))
        b.append(vector[middle:end].reshape(units, 1))
        begin = end
    return W, b
