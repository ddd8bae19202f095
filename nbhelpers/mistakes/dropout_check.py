"""A check of dropout: one step of training with a known mask, and evaluation, against the plain formula."""

import numpy as np

from nbhelpers.gradient_check import TOLERANCE, check_gradients
from nbhelpers.mistakes.checks import Report
from nbhelpers.mistakes.steps import RIGHT, WrongNetwork
from nbhelpers.network import Forward, Network


def check_dropout(network, X, Y, dropout=0.4, tolerance=TOLERANCE):
    """Check that dropout does the same on the way back as on the way forward, and nothing in evaluation.

    The cost of a step of training is computed by the plain formula, with A(l) ⊙ M(l) / (1 − p) passed
    on from layer to layer, and its slopes by central differences, for one fixed mask.

    Parameters
    ----------
    network : Network
        One with a mistake goes through dropout in its own way; any other in the right way.
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    dropout : float
        p, the share of the units that is switched off.
    tolerance : float
        The largest relative error that passes.

    Returns
    -------
    Report
        A row for the cost in training, for each gradient, and for the predictions in evaluation.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> check_dropout(worked_example.network(), worked_example.X, worked_example.Y).summary
    'Dropout is the same in both directions, and off in evaluation.'
    """
    own = network if isinstance(network, WrongNetwork) else WrongNetwork(network, "passed_on", RIGHT["passed_on"])
    masks = _masks(network.sizes, np.shape(X)[1], dropout)
    training, evaluation = own.with_dropout(dropout, masks), own.with_dropout(dropout)
    plain = _Masked(training, dropout, masks)
    rows = [
        _compared("J in training", training.cost(X, Y), plain.cost(X, Y), tolerance),
        *(_gradient_row(block) for block in check_gradients(plain, X, Y, tolerance).blocks),
        _compared("Y_hat in evaluation", evaluation.predict(X), plain.without().predict(X), tolerance),
    ]
    right = "Dropout is the same in both directions, and off in evaluation."
    return Report(["quantity", "verdict", "network", "plain formula"], tuple(rows), right, "Dropout is wrong")


def _masks(sizes, d, p):
    """Return a mask for each hidden layer in which every third is off if any is, so that each has units on and off."""
    patterns = (np.add.outer(np.arange(h), np.arange(d)) % 3 > 0 for h in sizes[1:-1])
    return [None, *((pattern | (p == 0)).astype(float) for pattern in patterns), None]


class _Masked(Network):
    """The plain formula of a step with dropout; its gradients are those of the network that is checked."""

    def __init__(self, checked, p, masks):
        super().__init__(checked.layers, checked.loss)
        self.l2 = checked.l2
        self.checked, self.p, self.masks = checked, p, masks

    def forward(self, X):
        Z, A = [None], [np.asarray(X, float)]
        for l, layer in enumerate(self.layers, start=1):
            Z.append(layer.W @ A[-1] + layer.b)
            A.append(layer.activation(Z[-1]))
            if l < self.L:
                A[-1] = A[-1] * self.masks[l] / (1 - self.p)
        return Forward(tuple(Z), tuple(A))

    def backward(self, forward, Y):
        return self.checked.backward(self.checked.forward(forward.A[0]), Y)

    def without(self):
        """The network without dropout."""
        return Network(self.layers, self.loss)


def _compared(name, found, expected, tolerance):
    verdict = "right" if np.allclose(found, expected, rtol=tolerance, atol=0) else "wrong"
    return [name, verdict, _first(found), _first(expected)]


def _first(values):
    return f"{np.ravel(values)[0]:.6g}"


def _gradient_row(block):
    return [f"d{block.name}", block.verdict, f"{block.backprop:.6g}", f"{block.difference:.6g}"]
