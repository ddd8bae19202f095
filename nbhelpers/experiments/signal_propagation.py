"""How large the backward signal is in every layer: measured in a network, and predicted from its settings alone.

Going back from layer l + 1 to layer l, the signal δ(l) = d · dJ/dZ(l) meets two factors, W(l+1)ᵀ and the slope
f'(Z(l)). `measured` takes them from a backward pass. `predicted` needs no network: it follows the variance of the sums
from layer to layer, as an average over all networks that a scheme could have drawn. What is done about small and large
signals is the business of ``initialization.py``.
"""

import functools
import math
from dataclasses import dataclass

import numpy as np

_REACH, _PLACES = 9.0, 601  # standard deviations to either side, and places where a mean is sampled
_U = (np.arange(_PLACES + 1) / _PLACES * 2 - 1) * _REACH  # symmetric, and without 0, where ReLU has its kink
_SHARES = np.exp(-(_U**2) / 2) / np.exp(-(_U**2) / 2).sum()


@dataclass(frozen=True, eq=False)
class Signals:
    """Sizes, each a root mean square over units and examples; entry l - 1 belongs to layer l.

    Attributes
    ----------
    dZ : numpy.ndarray, shape (L,)
        Of δ(l) = d · dJ/dZ(l), the signal per example.
    dA : numpy.ndarray, shape (L,)
        Of W(l+1)ᵀ δ(l+1), the signal before it meets the slopes; nan for the output layer.
    slope : numpy.ndarray, shape (L,)
        Of f'(Z(l)); nan for the output layer, whose slope is part of `dZ` already.
    """

    dZ: np.ndarray
    dA: np.ndarray
    slope: np.ndarray

    @property
    def by_weights(self):
        """By what the weights multiply the signal on its way into each hidden layer, shape (L - 1,); nan for 0/0."""
        return _ratio(self.dA[:-1], self.dZ[1:])

    @property
    def by_slopes(self):
        """By what the slopes multiply it then, shape (L - 1,): about `slope`; nan for 0/0."""
        return _ratio(self.dZ[:-1], self.dA[:-1])

    @property
    def by_both(self):
        """By what each hidden layer multiplies the signal, shape (L - 1,): the square root of chi; nan for 0/0."""
        return _ratio(self.dZ[:-1], self.dZ[1:])


def measured(network, X, Y):
    """Return the `Signals` of a network, from one forward and one backward pass.

    Parameters
    ----------
    network : nbhelpers.Network
        Its hidden activations have to be element-wise.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)

    Returns
    -------
    Signals
    """
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    d = forward.Y_hat.shape[1]
    slopes = [layer.activation.derivative(Z) for layer, Z in zip(network.layers[:-1], forward.Z[1:], strict=False)]
    dA, slope = (np.append(rms(blocks), np.nan) for blocks in (gradients.dA[1:-1], slopes))
    return Signals(d * rms(gradients.dZ[1:]), d * dA, slope)


def predicted(sizes, activations, variances, last=1.0, x=1.0):
    """Return the `Signals` that networks with such random weights have on average, without any network.

    Forward, the variance of the weighted sums:
    σ_z² = h_(l-1) Var(w(l)) E[a²], with a = f(z) of the layer before. Backward, the
    mean square of the signal, which each layer multiplies by
    χ = h_(l+1) Var(w(l+1)) E[f'(z)²]. The sums count as normally distributed with mean
    0, and the weights on the way back as independent of the slopes: true for wide layers, and for biases of 0.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer.
    activations : list of Activation
        One per layer; that of the output layer is not looked at.
    variances : list of float
        Of the weights of each layer, which have mean 0.
    last : float
        The size of the signal in the output layer, from which all others follow.
    x : float
        The root mean square of the inputs.

    Returns
    -------
    Signals

    Examples
    --------
    Half of the sums of a ReLU are negative; He's factor 2 makes up for it:

    >>> from nbhelpers import relu
    >>> predicted([50, 50, 50, 50], [relu] * 3, [2 / 50] * 3).dZ.round(6)
    array([1., 1., 1.])
    """
    slopes = [
        rms_of(activation.derivative, spread)
        for activation, spread in zip(activations[:-1], spreads_of_sums(sizes, activations, variances, x), strict=False)
    ]
    signals = [(float(last), np.nan, np.nan)]
    for units, variance, slope in zip(sizes[:1:-1], variances[:0:-1], slopes[::-1], strict=True):
        dA = math.sqrt(units * variance) * signals[-1][0]
        signals.append((dA * slope, dA, slope))
    return Signals(*np.array(signals[::-1]).T)


def spreads_of_sums(sizes, activations, variances, x=1.0):
    """Return the predicted standard deviation of the weighted sums of each layer, shape (L,); see `predicted`."""
    spreads, a = [], x
    for inputs, activation, variance in zip(sizes[:-1], activations, variances, strict=True):
        spreads.append(math.sqrt(inputs * variance) * a)
        a = rms_of(activation, spreads[-1])
    return np.array(spreads)


@functools.lru_cache(maxsize=1024)
def rms_of(function, spread):
    """Return √E[f(z)²] for z normally distributed with mean 0 and this standard deviation.

    The mean is a sum over places that are equally far from each other, each counted by the density there. For a smooth
    function such a sum is exact to the last digits.

    Examples
    --------
    >>> from nbhelpers import relu, sigmoid
    >>> round(rms_of(relu, 2.0), 9), round(rms_of(sigmoid.derivative, 0.0), 9)
    (1.414213562, 0.25)
    """
    values = function(spread * _U)
    largest = np.abs(values).max()
    return float(largest * np.sqrt(_SHARES @ (values / largest) ** 2)) if largest > 0 else 0.0


def rms(arrays):
    """Return the root mean square of each array; squares too small or too large for a float do no harm.

    Parameters
    ----------
    arrays : list of numpy.ndarray
        Of any shapes, none of them empty.

    Returns
    -------
    numpy.ndarray, shape (len(arrays),)

    Examples
    --------
    >>> rms([np.array([3e-200, 4e-200]), np.zeros((2, 1))])
    array([3.53553391e-200, 0.00000000e+000])
    """
    lengths = np.array([array.size for array in arrays])
    starts, flat = np.cumsum(lengths) - lengths, np.concatenate([array.ravel() for array in arrays])
    largest = np.maximum.reduceat(np.abs(flat), starts)
    unit = np.where((largest > 0) & np.isfinite(largest), largest, 1)
    return unit * np.sqrt(np.add.reduceat((flat / np.repeat(unit, lengths)) ** 2, starts) / lengths)


def _ratio(after, before):
    with np.errstate(divide="ignore", invalid="ignore"):
        return after / before
