"""The chain rule for one weight, as in lecture 1: three slopes that multiply.

∂L/∂w = ∂L/∂a_j · ∂a_j/∂z_j · ∂z_j/∂w for a weight or a bias that leads into unit j of a layer, and the three curves
whose slopes these are. Matrices and whole layers at once are the business of ``network.py``.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nbhelpers.network import Network


@dataclass(frozen=True)
class Factors:
    """The three slopes for one parameter and one example.

    Attributes
    ----------
    dL_da, da_dz, dz_dw : float
    """

    dL_da: float
    da_dz: float
    dz_dw: float

    @property
    def product(self):
        """dL/dw."""
        return self.dL_da * self.da_dz * self.dz_dw


@dataclass(frozen=True)
class Chain:
    """One parameter of a network and one example: what the parameter acts on, link by link.

    Its layer has to be element-wise: in softmax one z moves every a, and there is no single factor da/dz.

    Attributes
    ----------
    network : Network
    x : numpy.ndarray, shape (n, 1)
    y : numpy.ndarray, shape (m, 1)
    l, j : int
        The layer, from 1, and the unit in it, from 0.
    i : int or None
        The unit of the layer before that the weight comes from; None for the bias.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> chain = Chain(worked_example.network(), worked_example.X, worked_example.Y, 1, 0, 1)
    >>> factors = chain.factors
    >>> round(factors.dL_da, 4), round(factors.da_dz, 4), round(factors.dz_dw, 4), round(factors.product, 4)
    (-0.067, 0.2388, 0.2, -0.0032)
    """

    network: Network
    x: np.ndarray
    y: np.ndarray
    l: int
    j: int
    i: int | None = None

    def __post_init__(self):
        if not self.layer.activation.elementwise:
            raise ValueError(f"layer {self.l} is {self.layer.activation}: each of its z moves every a, not one alone")

    @cached_property
    def forward(self):
        """The forward pass."""
        return self.network.forward(self.x)

    @property
    def layer(self):
        """The layer of the parameter."""
        return self.network.layers[self.l - 1]

    @property
    def w(self):
        """The parameter."""
        return float(self.layer.b[self.j, 0] if self.i is None else self.layer.W[self.j, self.i])

    @property
    def z(self):
        """The weighted sum that the parameter is part of."""
        return float(self.forward.Z[self.l][self.j, 0])

    @property
    def a(self):
        """The activation of the unit."""
        return float(self.forward.A[self.l][self.j, 0])

    @cached_property
    def L(self):
        """The loss."""
        return self.network.cost_of(self.forward, self.y)

    @cached_property
    def factors(self):
        """The three slopes."""
        dA = self.network.backward(self.forward, self.y).dA[self.l]
        da_dz = self.layer.activation.derivative(self.z)
        dz_dw = 1.0 if self.i is None else self.forward.A[self.l - 1][self.i, 0]
        return Factors(float(dA[self.j, 0]), float(da_dz), float(dz_dw))

    def sum_over(self, w):
        """Return z for each value of the parameter: a straight line."""
        return self.z + (np.asarray(w, float) - self.w) * self.factors.dz_dw

    def activation_over(self, z):
        """Return a for each z."""
        return self.layer.activation(z)

    def loss_over(self, a):
        """Return L for each value of the activation, with everything after it computed anew."""
        A = np.repeat(self.forward.A[self.l], len(a), axis=1)
        A[self.j] = a
        return _losses(self.network, self.l, A, np.repeat(self.y, len(a), axis=1))


def _losses(network, l, A, Y):
    """The loss of each column, from the activations of layer l on."""
    if l == network.L:
        return network.loss.per_example(A, Y)
    rest = Network(network.layers[l:], network.loss)
    forward = rest.forward(A)
    if rest.is_matched:
        return rest.loss.per_example_from_Z(forward.Z[-1], Y)
    return rest.loss.per_example(forward.Y_hat, Y)
