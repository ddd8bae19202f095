"""The networks on which the formulas are run, and the names that their code may use.

All numbers come from the package, so that a slip in one line cannot spread to the next. For what is a derivative there
are also the same names with central differences in them, which know nothing of the chain rule.
"""

from functools import cache

import numpy as np

from nbhelpers import worked_example
from nbhelpers.activations import ACTIVATIONS, linear, normal_cdf, normal_density, sigmoid, softmax
from nbhelpers.derivation.differences import STEP, finite_difference
from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.gradient_check import central_difference
from nbhelpers.losses import LOSSES, categorical_cross_entropy, squared_error
from nbhelpers.mistakes.specimens import SPECIMENS
from nbhelpers.network import Layer, Network

ETA = 0.5


# --- the networks: 3-4-2 with 5 examples, all sizes different, and 2-2-1 with its single example ---------------------


def _with_hidden(activation, network, X, Y):
    *hidden, last = network.layers
    return Network([*(Layer(layer.W, layer.b, activation) for layer in hidden), last], network.loss), X, Y


def _example():
    return worked_example.network(), worked_example.X, worked_example.Y


def _linear_example():
    hidden, last = worked_example.network().layers
    return Network([hidden, Layer(last.W, last.b, linear)], squared_error), worked_example.X, worked_example.Y


def _softmax_example():
    """Softmax needs two outputs: the first layer of the 2-2-1 network alone."""
    first = worked_example.network().layers[0]
    return Network([Layer(first.W, first.b, softmax)], categorical_cross_entropy), worked_example.X, [[1.0], [0.0]]


def _each_example_alone(network, X, Y):
    return [(network, X[:, [i]], Y[:, [i]]) for i in range(X.shape[1])]


_WIDE = {name: make() for name, make in SPECIMENS.items()}
_HIDDEN = [f for f in ACTIVATIONS.values() if f.elementwise]


def _with_loss(loss, network, X, Y):
    return Network(network.layers, loss), X, Y


NETWORKS = {
    **{f.name: ([_with_hidden(f, *_WIDE["yes or no"])], [_with_hidden(f, *_example())]) for f in _HIDDEN},
    **{
        name: ([_with_loss(loss, *_WIDE["numbers"])], [_with_loss(loss, *_linear_example())])
        for name, loss in LOSSES.items()
        if loss.task == "regression"
    },
    "softmax": ([_WIDE["classes"]], [_softmax_example()]),
    "linear": ([_WIDE["numbers"]], [_linear_example()]),
    "element-wise": ([_WIDE[name] for name in ("yes or no", "numbers", "unmatched")], [_example(), _linear_example()]),
    "every pair": (
        [_WIDE[name] for name in ("yes or no", "classes", "numbers")],
        [_example(), _softmax_example(), _linear_example()],
    ),
    "hidden layers": (
        [_with_hidden(f, *_WIDE["yes or no"]) for f in _HIDDEN],
        [_with_hidden(f, *_example()) for f in _HIDDEN],
    ),
    "one example": (_each_example_alone(*_WIDE["yes or no"]), [_example()]),
}
"""For each kind of formula (network, X, Y) with all sizes different, and with those of the worked example."""


# --- what a line holds for ------------------------------------------------------------------------------------------

INDICES = {
    "once": lambda known: [{}],
    "layers": lambda known: [{"l": l} for l in range(1, known["L"] + 1)],
    "hidden layers": lambda known: [{"l": l} for l in range(1, known["L"])],
    "examples": lambda known: [{"i": i} for i in range(known["d"])],
    "weights": lambda known: [{"l": 1, "j": j, "i": i} for j, i in np.ndindex(known["W"][1].shape)],
}


# --- the names ------------------------------------------------------------------------------------------------------


def names(network, X, Y):
    """Return the numbers of a pass under the names that the lines of the sheet use, from the package."""
    X, Y = np.asarray(X, float), np.asarray(Y, float)
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    new = network.updated(gradients, ETA)
    return {
        **{"np": np, "sigmoid": sigmoid, "normal_cdf": normal_cdf, "normal_density": normal_density},
        **{"f": (None, *(layer.activation for layer in network.layers))},
        **{"n": network.sizes[0], "m": network.sizes[-1], "d": Y.shape[1], "L": network.L, "eta": ETA},
        **{"X": X, "Y": Y, "W": network.W, "b": network.b, "W_new": new.W, "b_new": new.b},
        **{"Z": forward.Z, "A": forward.A, "Y_hat": forward.Y_hat, "slope": _slopes(network, forward)},
        **{"J": network.cost_of(forward, Y), "losses": network.loss.per_example(forward.Y_hat, Y)},
        **{"dZ": gradients.dZ, "dA": gradients.dA, "dY_hat": gradients.dA[-1], "dW": gradients.dW, "db": gradients.db},
    }


def _slopes(network, forward):
    return _by_layer(lambda l, f: f.derivative(forward.Z[l]) if f.elementwise else None, network)


def _by_layer(value, network):
    return (None, *(value(l, layer.activation) for l, layer in enumerate(network.layers, start=1)))


def measured(network, X, Y):
    """Return what can be measured by central differences, under the same names."""
    pass_ = Numbers(network, np.asarray(X, float), np.asarray(Y, float), ETA)
    dZ, dW, db = (_by_layer(lambda l, f, kind=kind: _differences(pass_, f"{kind}{l}"), network) for kind in _MEASURED)
    slope = _by_layer(lambda l, f: _measured_slope(f, pass_.array(pass_.block(f"Z{l}"))), network)
    moved = {"W_new": (network.W, dW), "b_new": (network.b, db)}
    steps = {name: (None, *map(_stepped, old[1:], new[1:])) for name, (old, new) in moved.items()}
    return {"dZ": dZ, "dW": dW, "db": db, "slope": slope, **steps}


_MEASURED = ("dZ", "dW", "db")


def _differences(pass_, label):
    block = pass_.block(label)
    slopes = [finite_difference(pass_, entry) for entry in block.entries]
    return np.reshape(slopes, pass_.array(block).shape)


def _measured_slope(f, Z):
    return central_difference(lambda h: f(Z + h), STEP) if f.elementwise else None


def _stepped(theta, slope):
    return theta - ETA * slope


@cache
def passes(kind):
    """Return (names, measured) for each network of a kind: of those with sizes all different, and of those of 2-2-1."""
    return tuple([(names(*given), measured(*given)) for given in networks] for networks in NETWORKS[kind])
