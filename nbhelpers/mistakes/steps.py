"""Backpropagation cut into steps, so that a mistake can replace a single one of them.

The right steps are the functions in `RIGHT`. Each is one line of the lecture, takes the quantities that it needs by
their names, and returns the new one. A `WrongNetwork` works through them, with one of them replaced.
"""

import copy
import inspect
from dataclasses import dataclass
from functools import cache

import numpy as np

from nbhelpers.checks import as_matrix, checked_input, checked_labels, checked_learning_rate
from nbhelpers.network import Forward, Gradients, Network

# --- the right steps, in the order of the pass ----------------------------------------------------------------------


def start(theta):
    """Return the parameters to begin with: the ones that were given."""
    return theta


def inputs(X):
    """Return the inputs, a column per example."""
    return X


def labels(Y):
    """Return the labels, a column per example."""
    return Y


def weighted_sums(l, W, A, b):
    """Return Z[l]."""
    return W[l] @ A[l - 1] + b[l]


def activations(l, Z, f):
    """Return A[l] of a hidden layer."""
    return f[l](Z[l])


def passed_on(l, A, M, p):
    """Return A[l] of a hidden layer as dropout passes it on in training, with the mask M[l] of those that stay on."""
    return A[l] * M[l] / (1 - p)


def evaluated(l, A, p):
    """Return A[l] of a hidden layer as it is passed on in evaluation, where nothing is dropped."""
    return A[l]


def predictions(Z, f, L):
    """Return Y_hat."""
    return f[L](Z[L])


def cost(Y_hat, Y, loss):
    """Return J, the mean over the examples."""
    return loss.per_example(Y_hat, Y).mean()


def forward_used(forward, first):
    """Return the forward pass that the backward pass starts from: the newest, not the first."""
    return forward


def output_dZ(Y_hat, Y, d):
    """Return dZ[L] of a matched pair."""
    return (Y_hat - Y) / d


def output_dA(Y_hat, Y, d):
    """Return dA[L] of squared error, where the output's activation is no partner of it."""
    return (Y_hat - Y) / d


def own_dZ(l, dZ):
    """Return the dZ[l] that layer l uses for its own gradients: the one that is sent back as well."""
    return dZ[l]


def hidden_dA(l, W, dZ):
    """Return dA[l] of a hidden layer."""
    return W[l + 1].T @ dZ[l + 1]


def passed_back(l, dA, M, p):
    """Return dA[l] of a hidden layer, sent back through dropout."""
    return dA[l] * M[l] / (1 - p)


def hidden_dZ(l, dA, Z, f):
    """Return dZ[l] of a hidden layer."""
    return dA[l] * f[l].derivative(Z[l])


def weight_gradient(l, dZ, A):
    """Return dW[l]."""
    return dZ[l] @ A[l - 1].T


def bias_gradient(l, dZ):
    """Return db[l]."""
    return dZ[l].sum(axis=1, keepdims=True)


def penalized(l, dW, W, l2):
    """Return dW[l] of a cost with the penalty λ/2 ΣW²."""
    return dW[l] + l2 * W[l]


def penalized_bias(l, db):
    """Return db[l] of a cost with a penalty: the biases are free."""
    return db[l]


def gradient_used(fresh, carried):
    """Return the gradient that the update goes by: the fresh one alone."""
    return fresh


def update(theta, gradient, eta):
    """Return a parameter after the step, W or b."""
    return theta - eta * gradient


def bias_step(b, db, eta):
    """Return a bias after the step."""
    return b - eta * db


RIGHT = {
    step.__name__: step
    for step in (
        start,
        inputs,
        labels,
        weighted_sums,
        activations,
        passed_on,
        evaluated,
        predictions,
        cost,
        forward_used,
        output_dA,
        output_dZ,
        own_dZ,
        hidden_dA,
        passed_back,
        hidden_dZ,
        weight_gradient,
        bias_gradient,
        penalized,
        penalized_bias,
        gradient_used,
        update,
        bias_step,
    )
}

RESULTS = {
    "start": "theta",
    "inputs": "X",
    "labels": "Y",
    "weighted_sums": "Z[l]",
    "activations": "A[l]",
    "passed_on": "A[l]",
    "evaluated": "A[l]",
    "predictions": "Y_hat",
    "cost": "J",
    "forward_used": "forward",
    "output_dA": "dA[L]",
    "output_dZ": "dZ[L]",
    "own_dZ": "dZ[l]",
    "hidden_dA": "dA[l]",
    "passed_back": "dA[l]",
    "hidden_dZ": "dZ[l]",
    "weight_gradient": "dW[l]",
    "bias_gradient": "db[l]",
    "penalized": "dW[l]",
    "penalized_bias": "db[l]",
    "gradient_used": "gradient",
    "update": "theta",
    "bias_step": "b",
}


def code(step, result):
    """Return the code of a step as a reader sees it: its body, with `result` in place of ``return``.

    Examples
    --------
    >>> code(RIGHT["weight_gradient"], RESULTS["weight_gradient"])
    'dW[l] = dZ[l] @ A[l - 1].T'
    """
    body = inspect.cleandoc(inspect.getsource(step).rpartition('"""\n')[2])
    return body.removesuffix(f"\nreturn {result}").replace("return", f"{result} =")


# --- a network with one wrong step ----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, repr=False)
class GradientsOfPass(Gradients):
    """Gradients that know which forward pass and which labels they came from."""

    forward: Forward
    Y: np.ndarray


class WrongNetwork(Network):
    """A network that takes one step wrong, and every other as `Network` does.

    Parameters
    ----------
    network : Network
        Where layers and loss are taken from. Its hidden layers are element-wise (no softmax).
    step : str
        A name in `RIGHT`.
    wrong : callable
        What is done instead.

    Examples
    --------
    The slope of the activation forgotten in the worked example:

    >>> from nbhelpers import check_gradients, worked_example
    >>> network = WrongNetwork(worked_example.network(), "hidden_dZ", lambda l, dA: dA[l])
    >>> check_gradients(network, worked_example.X, worked_example.Y).summary
    'Not right: W1 (wrong), b1 (wrong).'
    """

    def __init__(self, network, step, wrong):
        super().__init__(network.layers, network.loss)
        self.l2 = network.l2
        self.step, self.wrong = step, wrong
        self.first, self.carried = None, {}
        self.p, self.M = 0.0, None
        if step == "start":
            self.layers = self._started().layers

    def forward(self, X):
        """Return Z and A of every layer, as `Network.forward` does."""
        Z, A = [None], [checked_input(self._do("inputs", X=as_matrix(X, "X")), self)]
        known = {"Z": Z, "A": A, "W": self.W, "b": self.b, "f": self._activations, "L": self.L, **self._dropout}
        for l in range(1, self.L + 1):
            Z.append(self._do("weighted_sums", l=l, **known))
            A.append(self._do("activations" if l < self.L else "predictions", l=l, **known))
            if l < self.L and self.p:
                A[l] = self._do("evaluated" if self.M is None else "passed_on", l=l, **known)
        return Forward(tuple(Z), tuple(A))

    def cost_of(self, forward, Y):
        """Return the cost J of a forward pass, as `Network.cost_of` does."""
        Y = self._do("labels", Y=checked_labels(Y, forward, self))
        if self.step not in ("predictions", "cost"):
            return super().cost_of(forward, Y)
        return float(self._do("cost", Y_hat=forward.Y_hat, Y=Y, d=Y.shape[1], loss=self.loss)) + self.penalty

    def output_gradient(self, forward, Y):
        """Return dZ[L], as `Network.output_gradient` does."""
        if self.step not in ("output_dA", "output_dZ"):
            return super().output_gradient(forward, Y)
        dA = [None] * self.L + [self._output_dA(forward, Y)]
        if self.step == "output_dZ":
            return self._do("output_dZ", dA=dA, **self._quantities(forward, Y))
        return self.layers[-1].activation.backward(dA[-1], forward.Z[-1])

    def _output_dA(self, forward, Y):
        """Return dA[L]: the gradient of the loss, or what is taken for it."""
        if self.step != "output_dA":
            return self.loss.gradient(forward.Y_hat, Y)
        return self._do("output_dA", **self._quantities(forward, Y))

    def backward(self, forward, Y, eta=0.0):
        """Return the derivatives of the cost, as `Network.backward` does; `eta` for who mixes up gradient and step."""
        given, Y_given = forward, checked_labels(Y, forward, self)
        forward = self._do("forward_used", forward=given, first=self.first or given)
        Y = self._do("labels", Y=Y_given)
        dZ, dA, dW, db = ([None] * (self.L + 1) for _ in range(4))
        known = {"dZ": dZ, "dA": dA, "dW": dW, "db": db, "eta": eta, **self._quantities(forward, Y)}
        dA[-1] = self._output_dA(forward, Y)
        dZ[-1] = self.output_gradient(forward, Y)
        for l in range(self.L, 0, -1):
            own = {**known, "dZ": {l: self._do("own_dZ", l=l, **known)}}
            dW[l] = self._do("weight_gradient", l=l, **own)
            db[l] = self._do("bias_gradient", l=l, **own)
            if self.l2:
                dW[l], db[l] = self._do("penalized", l=l, **known), self._do("penalized_bias", l=l, **known)
            if l > 1:
                dA[l - 1] = self._do("hidden_dA", l=l - 1, **known)
                if self.M is not None:
                    dA[l - 1] = self._do("passed_back", l=l - 1, **known)
                dZ[l - 1] = self._do("hidden_dZ", l=l - 1, **known)
        dA[0] = hidden_dA(0, self.W, dZ)
        return GradientsOfPass(tuple(dZ), tuple(dA), tuple(dW), tuple(db), given, Y_given)

    def with_dropout(self, p, M=None):
        """Return this network with dropout: hidden units are switched off with the probability `p`.

        Parameters
        ----------
        p : float
            From 0 to below 1; 0 is no dropout.
        M : sequence, optional
            ``M[l]`` of shape (h_l, d) is 1 where a unit of hidden layer l stays on for an example, else 0: a step of
            training. Without it: evaluation.
        """
        new = copy.copy(self)
        new.p, new.M = p, M
        return new

    def slope(self, forward, l):
        """Return what dA[l] is multiplied by on the way back through layer l: the slope, as this network has it."""
        known = {"dA": {l: np.ones_like(forward.Z[l])}, "Z": forward.Z, "A": forward.A, "f": self._activations}
        return self._do("hidden_dZ", l=l, **known)

    def updated(self, gradients, learning_rate):
        """Return a new network after one step, as `Network.updated` does, by what its own `backward` returned."""
        learning_rate = checked_learning_rate(learning_rate)
        if not isinstance(gradients, GradientsOfPass):
            raise TypeError("a network with a mistake can only be updated by what its own backward returned")
        gradients = self.backward(gradients.forward, gradients.Y, learning_rate)
        used = {
            name: self._do("gradient_used", fresh=gradient, carried=self.carried.get(name, 0))
            for name, gradient in gradients.by_parameter.items()
            if name in self.parameters
        }
        d = gradients.Y.shape[1]
        new = self.with_parameters(**{name: self._moved(name, used[name], learning_rate, d) for name in used})
        new.first, new.carried = self.first or gradients.forward, used
        return new

    def _moved(self, name, gradient, eta, d):
        theta = self.parameters[name]
        if name.startswith("b") and self.step == "bias_step":
            return self._do("bias_step", b=theta, db=gradient, W=self.W[int(name[1:])], eta=eta)
        return self._do("update", theta=theta, gradient=gradient, eta=eta, d=d)

    def _started(self):
        return self.with_parameters(**{name: self._do("start", theta=value) for name, value in self.parameters.items()})

    def _quantities(self, forward, Y):
        names = {"X": forward.A[0], "Z": forward.Z, "A": forward.A, "Y_hat": forward.Y_hat, "Y": Y, "d": Y.shape[1]}
        return {**names, "W": self.W, "b": self.b, "f": self._activations, "L": self.L, "l2": self.l2, **self._dropout}

    @property
    def _dropout(self):
        return {"p": self.p, "M": self.M}

    @property
    def _activations(self):
        return (None, *(layer.activation for layer in self.layers))

    def _do(self, step, **known):
        function = self.wrong if step == self.step else RIGHT[step]
        return function(**{name: known[name] for name in _wants(function)})


@cache
def _wants(function):
    return tuple(inspect.signature(function).parameters)
