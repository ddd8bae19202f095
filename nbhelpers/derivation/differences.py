"""The slope of the cost J for any number of the pass, by moving that number and computing forward from there.

Unlike ``gradient_check.py``, which judges whole blocks of parameters, this answers for one entry, also of Z, A and X.
"""

import numpy as np

from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.gradient_check import central_difference, in_float64, kinked, sides_of_kinks
from nbhelpers.network import Layer, Network

STEP = 1e-5


def finite_difference(n, entry):
    """Return dJ/d(entry) as a central difference of the cost, in float64.

    Returns
    -------
    float
        nan at a kink, where there is no slope; None where the entry is no gradient of J.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> round(finite_difference(n, n.find("dW1[1,2]")), 7)
    -0.0032019
    """
    move = _MOVES.get(entry.block.kind)
    if move is None:
        return None
    moved = _Moved(n, entry, move)
    h = moved.step_without_kink()
    return float(central_difference(moved.cost, h)) if h else float("nan")


class _Moved:
    """The pass when one number has been moved by a distance: its cost, and which ReLUs are on."""

    def __init__(self, n, entry, move):
        self.network, self.X, self.Y = in_float64(n.network), n.X.astype(np.float64), n.Y.astype(np.float64)
        self.layer, self.index, self.move = entry.block.layer, tuple(i - 1 for i in entry.index), move
        self.label = entry.block.label.removeprefix("d")
        self.value = float(Numbers.array(n, n.block(self.label))[self.index])

    def changed(self, array, distance):
        array = array.copy()
        array[self.index] += distance
        return array

    def alike(self, layers):
        """Return a network of these layers with the same cost, but without the penalty, which does not move."""
        return Network(layers, self.network.loss).with_cost(self.network.reduction)

    def cost(self, distance):
        return self.move(self, distance)[1]

    def step_without_kink(self):
        """The largest of some steps in which no kink is crossed, or None."""
        steps = (STEP * self._scale() / shrink for shrink in (1, 10, 100))
        return next((h for h in steps if self._sides(h) == self._sides(-h)), None)

    def _scale(self):
        if self.label == "Y_hat" and self.network.loss.is_of_probabilities:
            return min(self.value, 1 - self.value)  # a logarithm is steep near its end, and beyond there is none
        return max(1.0, abs(self.value))

    def _sides(self, distance):
        return self.move(self, distance)[0]() if kinked(self.network) else None


# A move returns what the kinks are asked with, to be called where there are any, and the cost.


def _move_parameter(moved, distance):
    parameter = moved.changed(moved.network.parameters[moved.label], distance)
    network = moved.network.with_parameters(**{moved.label: parameter})
    return _onwards(network, moved.X, moved.Y)


def _move_sum(moved, distance):
    """The layers from here on are a network of their own; its first layer takes Z as it is."""
    forward, l = moved.network.forward(moved.X), moved.layer
    Z, (first, *rest) = moved.changed(forward.Z[l], distance), moved.network.layers[l - 1 :]
    taking_Z = Layer(np.eye(len(Z)), np.zeros((len(Z), 1)), first.activation)
    return _onwards(moved.alike([taking_Z, *rest]), Z, moved.Y)


def _move_activation(moved, distance):
    forward, l = moved.network.forward(moved.X), moved.layer
    return _onwards(moved.alike(moved.network.layers[l:]), moved.changed(forward.A[l], distance), moved.Y)


def _move_prediction(moved, distance):
    forward = moved.network.forward(moved.X)
    J = moved.network.loss(moved.changed(forward.Y_hat, distance), moved.Y)
    return lambda: None, J * moved.network.examples_per_part(moved.Y)


def _onwards(network, X, Y):
    forward = network.forward(X)
    return lambda: sides_of_kinks(network, forward), network.cost_of(forward, Y)


_MOVES = {
    "dW": _move_parameter,
    "db": _move_parameter,
    "dZ": _move_sum,
    "dA": _move_activation,
    "dY_hat": _move_prediction,
}
