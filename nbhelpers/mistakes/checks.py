"""Checks for what a gradient check cannot see: the cost itself, the update, two steps in a row, units that stay alike.

Each compares with something that knows nothing of the network's own code: the definition of the loss, written out
example by example, or central differences of the right cost. Each returns a `Report`, a table that is true or false.
"""

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from nbhelpers.derivation.expressions import Constant, Written
from nbhelpers.gradient_check import TOLERANCE, check_gradients
from nbhelpers.network import Gradients, Network
from nbhelpers.tables import Table


@dataclass(frozen=True, repr=False)
class Report:
    """What a check found: rows that are each right or not; true where all are.

    Attributes
    ----------
    header : list of str
        The first column is a name, the second the verdict.
    rows : tuple of list of str
    right, wrong : str
        The sentence to close with, where all is right and where it is not.
    """

    header: list
    rows: tuple
    right: str
    wrong: str

    def __bool__(self):
        return not self.failing

    @property
    def failing(self):
        """The names of the rows that are not right."""
        return tuple(row[0] for row in self.rows if row[1] != "right")

    @property
    def summary(self):
        """One sentence."""
        return self.right if self else f"{self.wrong}: {', '.join(self.failing)}."

    @property
    def table(self):
        """The rows as a table, with the summary below it."""
        return Table(self.header, list(self.rows), self.summary)

    def __repr__(self):
        return repr(self.table)

    def _repr_markdown_(self):
        return self.table._repr_markdown_()


# --- the update -----------------------------------------------------------------------------------------------------


def check_update(network, X, Y, learning_rate=0.5, steps=1, tolerance=TOLERANCE):
    """Check that the step of every parameter is −η dJ/dθ.

    The network goes forward, backward, and updates itself, `steps` times. The last step is compared with central
    differences of the right cost at the point where it began. One step shows whether the update is right; the second
    also shows whether something of the first was kept that should not have been.

    Parameters
    ----------
    network : Network
        Also a subclass with its own `backward` and `updated`: those are asked.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    learning_rate : float
        η, larger than 0.
    steps : int
        How many steps to take; the last one is judged.
    tolerance : float
        The largest relative error that passes.

    Returns
    -------
    Report
        A row for each of W1, b1, W2, …

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> check_update(worked_example.network(), worked_example.X, worked_example.Y).summary
    'All 4 blocks are right: each step is -eta times the slope of the cost.'
    """
    for _ in range(steps):
        before, network = network, network.updated(network.backward(network.forward(X), Y), learning_rate)
    report = check_gradients(_StepAsGradient(before, network, learning_rate), X, Y, tolerance)
    rows = tuple(_update_row(block, learning_rate) for block in report.blocks)
    right = f"All {len(rows)} blocks are right: each step is -eta times the slope of the cost."
    return Report(["block", "verdict", "worst entry", "step taken", "right step"], rows, right, "Wrong steps")


class _StepAsGradient(Network):
    """A network with the right cost, whose "gradient" is the step that another one took, divided by -η."""

    def __init__(self, before, after, eta):
        super().__init__(before.layers, before.loss)
        self.reduction, self.l2 = before.reduction, before.l2
        moved = {name: (value - after.parameters[name]) / eta for name, value in before.parameters.items()}
        self.dW, self.db = ((None, *(moved.get(f"{letter}{l}") for l in range(1, self.L + 1))) for letter in "Wb")

    def backward(self, forward, Y):
        return Gradients((), (), self.dW, self.db)


def _update_row(block, eta):
    steps = f"{-eta * block.backprop:.6g}", f"{-eta * block.difference:.6g}"
    return [block.name, block.verdict, block.worst.removeprefix("d"), *steps]


# --- the cost -------------------------------------------------------------------------------------------------------


def check_cost(network, X, Y, tolerance=1e-9):
    """Check the cost that the network states, by the definition of its loss, one example after the other.

    Parameters
    ----------
    network : Network
        Also a subclass with its own `cost`: that one is asked.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    tolerance : float
        The largest relative error that passes.

    Returns
    -------
    Report
        A row for each example alone, and one for J, the mean of all.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> check_cost(worked_example.network(), worked_example.X, worked_example.Y)
    cost of    verdict  network   definition
    example 1  right    0.252933  0.252933
    J          right    0.252933  0.252933
    The cost is the mean of the losses of the examples, as defined.
    """
    forward = Network(network.layers, network.loss).forward(X)
    Y_hat, Y = forward.Y_hat, np.asarray(Y, float).reshape(network.sizes[-1], -1)
    penalty = network.l2 / 2 * sum((W**2).sum() for W in network.W[1:])
    parts = {"mean": len(Y.T), "sum": 1, "mean of all entries": Y.size}[network.reduction]
    of_one = len(Y) if network.reduction == "mean of all entries" else 1
    losses = [_by_definition(network.loss, y_hat, y) for y_hat, y in zip(Y_hat.T, Y.T, strict=True)]
    stated = [network.cost(x, y) for x, y in zip(_columns(X), _columns(Y), strict=True)]
    names = [f"example {i}" for i in range(1, len(losses) + 1)]
    alone, unsure = [loss / of_one + penalty for loss in losses], _unsure(network, forward, Y)
    compared = [
        *zip(names, stated, alone, unsure / of_one, strict=True),
        ("J", network.cost(X, Y), sum(losses) / parts + penalty, unsure.sum() / parts),
    ]
    rows = tuple(_cost_row(*line, tolerance) for line in compared)
    right = f"The cost is the {network.reduction} of the losses of the examples, as defined."
    return Report(["cost of", "verdict", "network", "definition"], rows, right, "Not as defined")


def _unsure(network, forward, Y):
    """By how much rounding can change the loss of each example: at a perfect fit, where it is 0, that is all of it."""
    if network.loss.is_of_probabilities:
        return np.zeros(Y.shape[1])
    W, b = network.layers[-1].W, network.layers[-1].b
    off = 8 * np.finfo(float).eps * (np.abs(W) @ np.abs(forward.A[-2]) + np.abs(b))
    losses = [network.loss.per_example(forward.Y_hat + move, Y) for move in (0 * off, off, -off)]
    return np.abs(np.array(losses[1:]) - losses[0]).max(axis=0).ravel()


def _by_definition(loss, y_hat, y):
    """The formula of the loss with the numbers put in; of a loss without a formula what its own code says."""
    numbers = [[Constant(float(value)) for value in values] for values in (y_hat, y)]
    formula = next(loss.written(*numbers, Written()), None)
    return formula.evaluate(float) if formula else loss(y_hat[:, None], y[:, None])


def _columns(matrix):
    matrix = np.asarray(matrix, float)
    return [matrix[:, [i]] for i in range(matrix.shape[1])]


def _cost_row(name, stated, defined, unsure, tolerance):
    verdict = "right" if math.isclose(stated, defined, rel_tol=tolerance, abs_tol=unsure) else "wrong"
    return [name, verdict, f"{stated:.6g}", f"{defined:.6g}"]


# --- the units ------------------------------------------------------------------------------------------------------


def check_units(network, X, Y, learning_rate=0.5, steps=20):
    """Check that the units of each hidden layer have become different from each other after some steps of training.

    Two units with the same weights, the same bias and the same way on to the next layer get the same gradient for ever:
    the layer has then one unit fewer than it seems.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    learning_rate : float
    steps : int

    Returns
    -------
    Report
        A row for each hidden layer; a layer with one unit is right.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> check_units(worked_example.network(), worked_example.X, worked_example.Y)
    layer    verdict  units alike
    layer 1  right    none
    After 20 steps no two units of a layer are the same.
    """
    for _ in range(steps):
        network = network.updated(network.backward(network.forward(X), Y), learning_rate)
    rows = tuple(_unit_row(network, l) for l in range(1, network.L))
    right = f"After {steps} steps no two units of a layer are the same."
    return Report(["layer", "verdict", "units alike"], rows, right, f"After {steps} steps some units are the same")


def _unit_row(network, l):
    units = np.hstack([network.W[l], network.b[l], network.W[l + 1].T])
    pairs = combinations(range(len(units)), 2)
    alike = [f"{i + 1} and {j + 1}" for i, j in pairs if np.allclose(units[i], units[j], rtol=1e-9, atol=1e-12)]
    return [f"layer {l}", "wrong" if alike else "right", ", ".join(alike) or "none"]


# --- shapes alone, and other checks that are not enough -------------------------------------------------------------

BAD_CHECKS = {
    "shapes only": "Every gradient has the right shape: so has any wrong one in a square layer. See `check_shapes`.",
    "forward differences with h = 1e-10": (
        "(J(θ + h) - J(θ)) / h loses about six digits to rounding, since J is only known to 1e-16. Its error is about "
        "1e-6 to 1e-5, so that a right gradient looks wrong, or the tolerance has to be loosened until wrong ones pass."
    ),
    "a tolerance of 1e-2": "Anything that is wrong by less than 1 % passes, such as a W updated too early.",
    "square layers only": "A missing transpose raises nothing there. Check a network with all sizes different.",
    "one example only": "1/d is 1 there, and whatever is done with it is right. Check with several examples.",
}


def check_shapes(network, X, Y):
    """Check only that every gradient has the shape of its parameter: much used, and not enough.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)

    Returns
    -------
    Report
        A row for each of W1, b1, W2, …

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> bool(check_shapes(worked_example.network(), worked_example.X, worked_example.Y))
    True
    """
    gradients = network.backward(network.forward(X), Y).by_parameter
    rows = tuple(_shape_row(name, value.shape, gradients[name].shape) for name, value in network.parameters.items())
    return Report(["block", "verdict", "gradient", "parameter"], rows, "All shapes fit; that proves little.", "Wrong")


def _shape_row(name, expected, found):
    return [name, "right" if found == expected else "wrong", str(found), str(expected)]
