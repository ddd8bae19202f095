"""What a learner hands in: a function, its parameters, the names of activations and loss."""

import inspect

import numpy as np

from nbhelpers.activations import ACTIVATIONS, Activation
from nbhelpers.diagnosis import calling
from nbhelpers.diagnosis.structure import in_float64, leaves
from nbhelpers.losses import LOSSES, Loss

_ACTIVATION_NAMES = {"identity": "linear", "none": "linear", "logistic": "sigmoid", "id": "linear"}
_LOSS_NAMES = {
    "mse": "squared_error",
    "bce": "binary_cross_entropy",
    "cce": "categorical_cross_entropy",
    "cross_entropy": "categorical_cross_entropy",
    "log_loss": "binary_cross_entropy",
}


class Learner:
    """A learner's function, and all that was said about it."""

    def __init__(self, backward, params, X, Y, activations, loss, returns, learning_rate):
        if not callable(backward):
            raise TypeError(f"backward is {type(backward).__name__}, expected a function")
        if returns not in ("gradients", "parameters"):
            raise ValueError(f"returns is {returns!r}, expected 'gradients' or 'parameters'")
        self.backward, self.returns = backward, returns
        self.params = getattr(backward, "__self__", None) if params is None else params
        self.activations, self.L = _read_activations(activations)
        self.loss = read_loss(loss)
        self.eta = 0.0
        if returns == "parameters":
            eta = calling.own_learning_rate(backward) if learning_rate is None else learning_rate
            if eta is None or not np.isfinite(eta) or eta <= 0:
                raise ValueError("a function that makes the step itself needs its learning rate: learning_rate=0.1")
            self.eta = float(eta)
        self.given_rate = learning_rate
        if not np.isfinite(np.array(X, float)).all() or not np.isfinite(np.array(Y, float)).all():
            raise ValueError("X or Y holds nan or infinity, expected finite numbers")
        if not all(np.isfinite(leaf.array).all() for leaf in leaves(self.params)):
            raise ValueError("the parameters hold nan or infinity, expected finite numbers: begin with fresh ones")

    def run(self, params, X, Y):
        """Call the function, or the method of an object like it, on copies: in float64, if it also runs as it stands.

        Rounding hides small things. What ends in an error or in nan in coarser floats is told from there.
        """
        finer = [in_float64(given) for given in (params, X, Y)]
        if all(new is old for new, old in zip(finer, (params, X, Y), strict=True)):
            return self._run(params, X, Y)
        in_float64_first, as_given = self._run(*finer), self._run(params, X, Y)
        return as_given if in_float64_first.error or not _finite(as_given) else in_float64_first

    def _run(self, params, X, Y):
        method = self.params is not None and getattr(self.backward, "__self__", None) is self.params
        function = getattr(params, self.backward.__name__) if method else self.backward
        return calling.run(function, params, X, Y, self.given_rate)

    @property
    def source(self):
        """The text of the function; "" where it cannot be read."""
        try:
            return inspect.getsource(self.backward)
        except (OSError, TypeError):
            return ""


def _finite(outcome):
    arrays = [leaf.array for part in (outcome.returned, outcome.params) for leaf in leaves(part)]
    return not outcome.error and all(np.isfinite(array).all() for array in arrays)


def _read_activations(activations):
    if isinstance(activations, str | Activation):
        raise TypeError(
            f"activations is {activations!r}, expected a list with one per layer, such as ['tanh', 'sigmoid']"
        )
    found = [read_activation(f) for f in activations]
    if any(not f.elementwise for f in found[:-1]):
        raise ValueError("softmax stands in a hidden layer, expected it in the output layer alone")
    return found, len(found)


def read_activation(activation):
    """Return an activation from its name, also from those of other libraries."""
    return _read(activation, ACTIVATIONS, _ACTIVATION_NAMES, Activation, "activation")


def read_loss(loss):
    """Return a loss from its name, also from those of other libraries."""
    return _read(loss, LOSSES, _LOSS_NAMES, Loss, "loss")


def _read(value, table, other_names, kind, word):
    if isinstance(value, kind):
        return value
    key = str(value).lower().replace(" ", "_").replace("-", "_") if value is not None else "none"
    key = other_names.get(key, key)
    if key not in table:
        raise ValueError(f"there is no {word} called {value!r}; choose from {', '.join(table)}")
    return table[key]
