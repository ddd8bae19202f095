r"""How much work a pass is: multiply-adds, element-wise operations and stored numbers, counted from the sizes alone.

A *multiply-add* is ``sum += w * a``, the inner line of every matrix product. Counted beside it are the entries that are
computed one by one, such as activations, and the numbers that have to be kept. How long it takes is another question:
``pass_times.py`` measures it.
"""

from itertools import pairwise
from typing import NamedTuple

from nbhelpers.checks import require_whole
from nbhelpers.initialization import require_sizes


class Work(NamedTuple):
    """What a computation needs.

    Attributes
    ----------
    multiply_adds : int
        Of the matrix products.
    elementwise : int
        Entries that are computed one by one.
    stored : int
        Numbers that are kept at the same time, besides X, Y and the parameters, which are there anyway.
    """

    multiply_adds: int
    elementwise: int
    stored: int


def parameter_count(sizes):
    """Return P, the number of weights and biases: Σ_l h_l (h_(l-1) + 1).

    Examples
    --------
    >>> parameter_count([2, 2, 1]), parameter_count([784, 128, 10])
    (9, 101770)
    """
    require_sizes(sizes)
    return sum(h * (inputs + 1) for inputs, h in _layers(sizes))


def forward_work(sizes, d):
    """Return the work of a forward pass with `d` examples.

    - Multiply-adds of Z(l) = W(l) A(l-1) + b(l): Σ_l h_l h_(l-1) d. The sum begins with the bias.
    - Element-wise: an activation for each entry of Z(l), Σ_l h_l d.
    - Stored for the way back: Z(l) and A(l) of every layer, 2 Σ_l h_l d.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer.
    d : int
        Examples.

    Returns
    -------
    Work

    Raises
    ------
    ValueError
        If a size or `d` is no whole number from 1 on, or if there are fewer than two sizes.

    Examples
    --------
    >>> forward_work([2, 2, 1], d=1)
    Work(multiply_adds=6, elementwise=3, stored=6)
    """
    units = _units(sizes, d)
    return Work(_products(_layers(sizes), d), units * d, 2 * units * d)


def backward_work(sizes, d, to_input=False):
    """Return the work of a backward pass, after a forward pass.

    - Multiply-adds: Σ_l h_l h_(l-1) d for the dW(l), and Σ_(l≥2) h_l h_(l-1) d for the products of
      W(l) transposed with dZ(l). The first layer has no one to send an error to.
    - Element-wise: an entry of dZ(l) for each entry of Z(l), and its addition to db(l), 2 Σ_l h_l d.
    - Stored: what the forward pass kept, and dZ(l), dW(l), db(l) of every layer, 3 Σ_l h_l d + P.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer.
    d : int
        Examples.
    to_input : bool
        Count dJ/dX as well: h_1 n d multiply-adds, n d numbers. `Network.backward` computes it.

    Returns
    -------
    Work

    Raises
    ------
    ValueError
        As for `forward_work`.

    Examples
    --------
    >>> backward_work([2, 2, 1], d=1)
    Work(multiply_adds=8, elementwise=6, stored=18)
    """
    units, layers = _units(sizes, d), _layers(sizes)
    sent_back = layers if to_input else layers[1:]
    stored = 3 * units * d + parameter_count(sizes) + (sizes[0] * d if to_input else 0)
    return Work(_products(layers, d) + _products(sent_back, d), 2 * units * d, stored)


def difference_work(sizes, d):
    """Return the work of all derivatives by central differences: two costs per parameter, 2 P forward passes.

    - Multiply-adds: 2 P times those of a forward pass.
    - Element-wise: 2 P times those of a forward pass and of a loss for each output, 2 P (Σ_l h_l d + m d).
    - Stored: one forward pass at a time, and the P quotients, 2 Σ_l h_l d + P.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer.
    d : int
        Examples.

    Returns
    -------
    Work

    Raises
    ------
    ValueError
        As for `forward_work`.

    Examples
    --------
    >>> difference_work([2, 2, 1], d=1)
    Work(multiply_adds=108, elementwise=72, stored=15)
    """
    forward, P = forward_work(sizes, d), parameter_count(sizes)
    elementwise = 2 * P * (forward.elementwise + sizes[-1] * d)
    return Work(2 * P * forward.multiply_adds, elementwise, forward.stored + P)


def epoch_work(sizes, d, batch_size=None):
    """Return the work of one epoch: each of `d` examples once forward and backward, and an update after each batch.

    An update is P multiply-adds, θ − η g. An epoch has d / batch_size of them, rounded up.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer.
    d : int
        Examples.
    batch_size : int, optional
        Examples of an update; by default all. What is stored is that of the largest batch.

    Returns
    -------
    Work

    Raises
    ------
    ValueError
        As for `forward_work`, and for a batch size that is no whole number from 1 on.

    Examples
    --------
    >>> epoch_work([2, 2, 1], d=8), epoch_work([2, 2, 1], d=8, batch_size=1)
    (Work(multiply_adds=121, elementwise=72, stored=81), Work(multiply_adds=184, elementwise=72, stored=18))
    """
    batch_size = d if batch_size is None else batch_size
    require_whole("batch_size", batch_size, 1)
    forward, backward = forward_work(sizes, d), backward_work(sizes, d)
    updates = parameter_count(sizes) * -(-d // batch_size)
    at_once = backward_work(sizes, min(batch_size, d)).stored
    multiply_adds = forward.multiply_adds + backward.multiply_adds + updates
    return Work(multiply_adds, forward.elementwise + backward.elementwise, at_once)


def _layers(sizes):
    """The inputs and the units of each layer."""
    return list(pairwise(sizes))


def _products(layers, d):
    return sum(h * inputs * d for inputs, h in layers)


def _units(sizes, d):
    """The units of all layers, of sizes that are sizes."""
    require_sizes(sizes)
    require_whole("d", d, 1)
    return sum(sizes[1:])
