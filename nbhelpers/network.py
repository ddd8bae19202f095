"""Layers and networks: the forward pass, the backward pass and the update, in the lecture's letters.

A `Layer` holds W, b and an activation. A `Network` is a list of layers with a loss. Both never change: an update gives
a new network. Lists are indexed by layer number as in the lecture, so that ``A[0]`` is X and ``W[0]`` is None.

What a number means and where it comes from is told by ``derivation/``; how often to repeat the update by ``training/``.
"""

import copy
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nbhelpers import checks
from nbhelpers.activations import ACTIVATIONS, Activation
from nbhelpers.checks import as_floats, as_matrix
from nbhelpers.initialization import initial_parameters
from nbhelpers.losses import LOSSES, Loss, mean
from nbhelpers.numbers_as_text import count


class Layer:
    """One layer: A = f(W A_previous + b).

    Parameters
    ----------
    W : array_like, shape (h, h_previous)
        Weights: a row per unit of this layer, a column per unit of the layer before. ``W[j, i]`` belongs to the
        connection from unit i to unit j (lecture 1 writes it w_ij).
    b : array_like, shape (h, 1)
        Bias, a column. A list of h numbers, or a single number where h = 1, is understood. None: a layer without bias,
        which has no parameter b; ``layer.b`` is 0.
    activation : Activation or str
        One of `nbhelpers.activations.ACTIVATIONS`.

    Attributes
    ----------
    W, b : numpy.ndarray
        Read-only copies of what was passed in, both of the same type: float64, or float32 where both were.
    activation : Activation
    units, inputs : int
        h and h_previous, the rows and the columns of W.
    has_bias : bool

    Raises
    ------
    TypeError, ValueError
        Anything but finite real numbers; a W that is no matrix; a b that is no column. Whether they fit each other is
        checked by the `Network`, which knows the layer's number.

    Examples
    --------
    >>> from nbhelpers import sigmoid
    >>> Layer([[0.1, 0.4], [0.8, 0.6]], [0.3, 0.9], sigmoid)
    Layer(2 inputs -> 2 units, sigmoid)
    """

    def __init__(self, W, b, activation):
        W, self.has_bias = as_matrix(W, "W"), b is not None
        b = _as_column(b, W) if self.has_bias else np.zeros((len(W), 1), W.dtype)
        dtype = np.result_type(W, b)
        self.W, self.b = _frozen(W, dtype), _frozen(b, dtype)
        self.activation = _from_table(activation, ACTIVATIONS, Activation, "activation")
        self.units, self.inputs = W.shape

    def forward(self, A):
        """Return Z = W A + b and f(Z) for the activations `A` of the layer before, shape (h_previous, d)."""
        Z = self.W @ as_matrix(A, "A") + self.b
        return Z, self.activation(Z)

    def backward(self, dA, A):
        r"""Return what a backward pass computes in this layer, from dJ/dA of its own activations.

        Parameters
        ----------
        dA : array_like, shape (h, d)
            dJ/dA, with the factor 1/d of a mean already in it.
        A : array_like, shape (h_previous, d)
            The activations of the layer before, X for the first layer: what `forward` was given.

        Returns
        -------
        LayerGradients
            ``dZ``, ``dW``, ``db``, and ``dA``: dJ/dA of the layer before.

        Examples
        --------
        >>> layer = Layer([[0.3, 0.7]], 0.5, "sigmoid")
        >>> layer.backward([[-1.2878]], [[0.6059], [0.8053]]).dW.round(4)
        array([[-0.1354, -0.18  ]])
        """
        A = as_matrix(A, "A")
        dZ = self.activation.backward(dA, self.forward(A)[0])
        return LayerGradients(dZ, dZ @ A.T, dZ.sum(axis=1, keepdims=True), self.W.T @ dZ)

    def __setstate__(self, state):
        # A copy or an unpickled layer is as read-only as the first one.
        self.__dict__.update(state, W=_frozen(state["W"], state["W"].dtype), b=_frozen(state["b"], state["b"].dtype))

    def __repr__(self):
        bias = "" if self.has_bias else ", without bias"
        return f"Layer({count(self.inputs, 'input')} -> {count(self.units, 'unit')}, {self.activation}{bias})"


class LayerGradients(NamedTuple):
    """What `Layer.backward` returns; ``dA`` belongs to the layer before."""

    dZ: np.ndarray
    dW: np.ndarray
    db: np.ndarray
    dA: np.ndarray


COSTS = {
    "mean": lambda m, d: d,
    "sum": lambda m, d: 1,
    "mean of all entries": lambda m, d: m * d,
}
"""What the added losses of m outputs and d examples are divided by, for each kind of cost."""


@dataclass(frozen=True, eq=False, repr=False)
class Forward:
    """What a forward pass computed: Z and A of every layer.

    Attributes
    ----------
    Z : tuple
        ``Z[l]``, shape (h_l, d), for l = 1 … L; ``Z[0]`` is None.
    A : tuple
        ``A[l]``, shape (h_l, d), for l = 0 … L; ``A[0]`` is X.
    Y_hat : numpy.ndarray, shape (m, d)
        The predictions, ``A[L]``.
    """

    Z: tuple
    A: tuple

    @property
    def Y_hat(self):
        """The predictions, shape (m, d): the activations of the last layer."""
        return self.A[-1]

    def __repr__(self):
        return f"Forward({_listing(self, 'ZA')})"


@dataclass(frozen=True, eq=False, repr=False)
class Gradients:
    """What a backward pass computed: the derivatives of the cost J, each shaped like what it belongs to.

    Attributes
    ----------
    dZ, dA, dW, db : tuple
        ``dZ[l]`` is dJ/dZ(l) and so on, for l = 1 … L. ``dZ[0]``, ``dW[0]`` and ``db[0]`` are None; ``dA[0]`` is dJ/dX.
    """

    dZ: tuple
    dA: tuple
    dW: tuple
    db: tuple

    @property
    def by_parameter(self):
        """The gradients of the parameters by the parameter's name: ``{"W1": dW[1], "b1": db[1], ...}``."""
        return _named(self.dW, self.db)

    def __repr__(self):
        return f"Gradients({_listing(self, ('dZ', 'dA', 'dW', 'db'))})"


class Network:
    """Layers in a row, and a loss: a network that can predict, be judged, and learn.

    Parameters
    ----------
    layers : list of Layer
        From the first hidden layer to the output layer.
    loss : Loss or str
        One of `nbhelpers.losses.LOSSES`.

    Attributes
    ----------
    layers : tuple of Layer
    loss : Loss
    L : int
        The number of layers; the input is not counted.
    sizes : list of int
        Features, then units per layer: ``[2, 2, 1]`` for the worked example.
    reduction : str
        What J is of the losses of the examples: ``"mean"``, unless `with_cost` has set another of `COSTS`.
    l2 : float
        λ of the penalty that J contains, 0 unless `with_cost` has set it.
    W, b : tuple
        ``W[l]`` and ``b[l]`` of layer l = 1 … L; ``W[0]`` and ``b[0]`` are None.

    Raises
    ------
    TypeError, ValueError
        No layers, layers that do not fit each other, or an output activation that can leave the range of the loss.

    Examples
    --------
    The worked example of the lecture:

    >>> from nbhelpers import sigmoid, binary_cross_entropy
    >>> network = Network([Layer([[0.1, 0.4], [0.8, 0.6]], [0.3, 0.9], sigmoid),
    ...                    Layer([[0.3, 0.7]], 0.5, sigmoid)], binary_cross_entropy)
    >>> X, Y = [[0.5], [0.2]], 1
    >>> forward = network.forward(X)
    >>> forward.Z[1]
    array([[0.43],
           [1.42]])
    >>> gradients = network.backward(forward, Y)
    >>> gradients.dW[2].round(4)
    array([[-0.1354, -0.18  ]])
    >>> better = network.updated(gradients, learning_rate=0.5)
    >>> round(network.cost(X, Y), 4), round(better.cost(X, Y), 4)
    (0.2529, 0.2063)
    """

    reduction, l2 = "mean", 0.0

    def __init__(self, layers, loss):
        if isinstance(layers, Layer):
            raise TypeError("layers is a single Layer, expected a list of layers")
        self.layers = tuple(_as_layer(layer, l) for l, layer in enumerate(layers, start=1))
        self.loss = _from_table(loss, LOSSES, Loss, "loss")
        checks.require_layers(self.layers)
        checks.require_output(self.layers[-1].activation, self.loss, self.L)

    @classmethod
    def initialize(cls, sizes, activations, loss, scheme="xavier", rng=None, dtype=np.float64):
        """Return a network with random weights and with biases of 0.

        Parameters
        ----------
        sizes : list of int
            Features, then units per layer; at least two numbers.
        activations : list of Activation or str
            One per layer, so one fewer than `sizes`.
        loss : Loss or str
        scheme : str or callable
            One of `nbhelpers.initialization.SCHEMES`, or a function of (units, inputs, rng) that returns W.
        rng : numpy.random.Generator or int, optional
            Where the random numbers come from; an int is a seed. The same seed gives the same network.
        dtype : type
            numpy.float64 or numpy.float32.

        Returns
        -------
        Network

        Examples
        --------
        >>> Network.initialize([3, 4, 2], ["tanh", "softmax"], "categorical_cross_entropy", rng=0)
        Network(3-4-2, tanh, softmax, categorical_cross_entropy)
        """
        if isinstance(activations, str | Activation):
            raise TypeError(f"activations is {activations!r}, expected a list with one per layer")
        sizes, activations = list(sizes), list(activations)
        if len(activations) != len(sizes) - 1:
            raise ValueError(
                f"sizes {sizes} make {count(max(len(sizes) - 1, 0), 'layer')}, but there are "
                f"{count(len(activations), 'activation')}: one is needed per layer, none for the input"
            )
        parameters = initial_parameters(sizes, scheme, np.random.default_rng(rng), dtype)
        return cls([Layer(W, b, f) for (W, b), f in zip(parameters, activations, strict=True)], loss)

    @classmethod
    def from_sklearn(cls, mlp):
        """Return the network of a fitted MLPClassifier or MLPRegressor of scikit-learn.

        Examples are columns here and rows there: ``Network.from_sklearn(mlp).predict(X.T).T``. The labels of a
        classifier are one-hot columns, or 0 and 1 for two classes. The gradients are those of scikit-learn, whose
        penalty is ``l2=mlp.alpha / d`` here. The loss that a regressor with several outputs reports is also divided by
        their number, but its gradient is not; so the cost is the mean here.

        Parameters
        ----------
        mlp : sklearn.neural_network.MLPClassifier or MLPRegressor

        Returns
        -------
        Network

        Raises
        ------
        ValueError
            If it is not fitted, or has a loss that there is not here.
        """
        return _other_libraries().from_sklearn(mlp)

    def to_sklearn(self):
        """Return an MLPClassifier or MLPRegressor of scikit-learn that predicts the same for ``X.T``."""
        return _other_libraries().to_sklearn(self)

    @classmethod
    def from_torch(cls, module, loss=None, output=None):
        """Return the network of a ``torch.nn.Sequential`` of Linear modules, each followed by an activation or by none.

        Parameters
        ----------
        module : torch.nn.Sequential
        loss : Loss or str, optional
            By default the one that belongs to the output, squared error for a linear one.
        output : Activation or str, optional
            Of a module that ends with a Linear because its loss takes logits: ``"sigmoid"`` for BCEWithLogitsLoss,
            ``"softmax"`` for CrossEntropyLoss.

        Returns
        -------
        Network
            float32 where the module is. Dropout is left out, as in evaluation.

        Raises
        ------
        ValueError
            A module that cannot be taken over, such as a convolution.
        """
        return _other_libraries().from_torch(module, loss, output)

    def to_torch(self):
        """Return a ``torch.nn.Sequential`` that predicts the same for ``X.T``, with the same number type."""
        return _other_libraries().to_torch(self)

    # --- the cycle of learning ------------------------------------------------------------------------------------

    def forward(self, X):
        """Return Z and A of every layer: Z(l) = W(l) A(l-1) + b(l), A(l) = f(Z(l)).

        Parameters
        ----------
        X : array_like, shape (n, d)
            A column per example.

        Returns
        -------
        Forward

        Raises
        ------
        TypeError, ValueError
            If `X` is no matrix of finite real numbers with n rows.
        OverflowError
            If a weighted sum is too large for a float; the message names the layer.
        """
        Z, A = [None], [checks.checked_input(X, self)]
        for l, layer in enumerate(self.layers, start=1):
            Z.append(_weighted_sums(layer, A[l - 1], l))
            A.append(layer.activation(Z[l]))
        return Forward(tuple(Z), tuple(A))

    def backward(self, forward, Y):
        """Return the derivatives of the cost J for everything that the forward pass went through.

        From the output dJ/dZ(L) (see `output_gradient`), and then, from layer to layer (and with λ W added to dJ/dW
        where the cost has a penalty, see `with_cost`):

            dJ/dW(l)   = dJ/dZ(l) A(l-1)ᵀ
            dJ/db(l)   = dJ/dZ(l) summed over the examples
            dJ/dA(l-1) = W(l)ᵀ dJ/dZ(l)
            dJ/dZ(l-1) = dJ/dA(l-1) ⊙ f'(Z(l-1))

        Parameters
        ----------
        forward : Forward
            What `forward` of this network returned.
        Y : array_like, shape (m, d)
            Labels. For classes one-hot columns.

        Returns
        -------
        Gradients

        Raises
        ------
        TypeError, ValueError
            If `Y` does not fit the predictions, or `forward` not this network.
        """
        Y = checks.checked_labels(Y, forward, self)
        Z, A, W, L = forward.Z, forward.A, self.W, self.L
        dZ, dA, dW, db = ([None] * (L + 1) for _ in range(4))
        with np.errstate(over="ignore", invalid="ignore"):  # what is too large is infinite; `updated` says where
            dA[L] = self.loss.gradient(A[L], Y) * self.examples_per_part(Y)
            dZ[L] = self.output_gradient(forward, Y)
            for l in range(L, 0, -1):
                dW[l] = dZ[l] @ A[l - 1].T + (self.l2 * W[l] if self.l2 else 0)
                db[l] = dZ[l].sum(axis=1, keepdims=True)
                dA[l - 1] = W[l].T @ dZ[l]
                if l > 1:
                    dZ[l - 1] = self.layers[l - 2].activation.backward(dA[l - 1], Z[l - 1])
        return Gradients(tuple(dZ), tuple(dA), tuple(dW), tuple(db))

    def updated(self, gradients, learning_rate):
        """Return a new network after one step: W(l) − η dJ/dW(l), and b likewise.

        Parameters
        ----------
        gradients : Gradients
            What `backward` of this network returned.
        learning_rate : float
            η, at least 0.

        Returns
        -------
        Network
            This one is unchanged.

        Raises
        ------
        TypeError, ValueError
            A learning rate that is negative, nan or infinite; gradients of another shape, or with a nan.
        """
        eta = checks.checked_learning_rate(learning_rate)
        steps = checks.checked_gradients(gradients, self)
        with np.errstate(over="ignore", invalid="ignore"):  # with_parameters says what became too large
            moved = {name: value - eta * steps[name] for name, value in self.parameters.items()}
        return self.with_parameters(**moved)

    def cost(self, X, Y, l2=None, cost=None):
        """Return the cost J: the mean of the loss over the examples, unless another cost is asked for.

        Computed from Z[L] where the output activation is the partner of the loss, so that it is exact for any finite Z.

        Parameters
        ----------
        X : array_like, shape (n, d)
        Y : array_like, shape (m, d)
        l2 : float, optional
            λ of the penalty λ/2 Σ W², which is part of the cost.
        cost : str, optional
            ``"mean"``, ``"sum"`` or ``"mean of all entries"``: what J is of the losses.

        Returns
        -------
        J : float
        """
        network = self.with_cost(cost, l2)
        return network.cost_of(network.forward(X), Y)

    def cost_of(self, forward, Y):
        """Return the cost J of a forward pass that was made already; see `cost`."""
        return self.data_cost(forward, Y) + self.penalty

    def data_cost(self, forward, Y):
        """Return the cost J without the penalty."""
        Y = checks.checked_labels(Y, forward, self)
        from_Z, loss = self.is_matched, self.loss
        with np.errstate(over="ignore", invalid="ignore"):  # a sum that no float can hold is infinite
            J = mean(loss.per_example_from_Z(forward.Z[-1], Y)) if from_Z else loss(forward.Y_hat, Y)
        return J * self.examples_per_part(Y)

    @property
    def penalty(self):
        """The penalty λ/2 Σ W² over all weights; the biases are free."""
        return self.l2 / 2 * float(sum((W**2).sum() for W in self.W[1:])) if self.l2 else 0.0

    def examples_per_part(self, Y):
        """Return what the mean over the examples is to be multiplied by: 1, unless the cost is another one."""
        return Y.shape[1] / COSTS[self.reduction](*Y.shape)

    def with_cost(self, cost=None, l2=None):
        """Return this network with another cost, which its backward pass then gives the gradient of.

        Parameters
        ----------
        cost : str, optional
            Of the losses of the examples: their ``"mean"``; their ``"sum"``; or the ``"mean of all entries"``, which is
            also divided by the number of outputs. As before, unless given.
        l2 : float, optional
            λ of the penalty λ/2 Σ W² that is added; the biases are free. As before, unless given.

        Returns
        -------
        Network

        Examples
        --------
        >>> network = Network([Layer([[2.0]], 0.0, "linear")], "squared_error")
        >>> network.cost([[1.0, 2.0]], [[1.0, 2.0]])
        1.25
        >>> network.with_cost("sum", l2=0.1).cost([[1.0, 2.0]], [[1.0, 2.0]])
        2.7
        """
        if cost is not None and cost not in COSTS:
            raise ValueError(f"{cost!r} is not a cost; choose from {', '.join(COSTS)}")
        new = copy.copy(self)
        new.reduction = self.reduction if cost is None else cost
        new.l2 = self.l2 if l2 is None else checks.checked_number(l2, "l2")
        return new

    def predict(self, X):
        """Return the predictions Y_hat, shape (m, d), for `X`, shape (n, d)."""
        return self.forward(X).Y_hat

    def output_gradient(self, forward, Y):
        """Return dJ/dZ(L), shape (m, d), where the backward pass begins.

        (Y_hat - Y)/d for the three matched pairs; for every other pair dJ/dY_hat sent back through the activation.
        """
        Y = checks.checked_labels(Y, forward, self)
        if self.is_matched:
            return (forward.Y_hat - Y) / COSTS[self.reduction](*Y.shape)
        dA = self.loss.gradient(forward.Y_hat, Y) * self.examples_per_part(Y)
        return self.layers[-1].activation.backward(dA, forward.Z[-1])

    # --- what it is made of ---------------------------------------------------------------------------------------

    @property
    def L(self):
        """The number of layers; the input is not counted."""
        return len(self.layers)

    @property
    def sizes(self):
        """Features, then units per layer."""
        return [self.layers[0].inputs] + [layer.units for layer in self.layers]

    @property
    def W(self):
        """The weights by layer number; ``W[0]`` is None."""
        return (None, *(layer.W for layer in self.layers))

    @property
    def b(self):
        """The biases by layer number; ``b[0]`` is None."""
        return (None, *(layer.b for layer in self.layers))

    @property
    def dtype(self):
        """The type of its numbers: float64, or float32 where all parameters are."""
        return np.result_type(*(layer.W for layer in self.layers))

    @property
    def is_matched(self):
        """Whether the output activation is the partner of the loss, so that dJ/dZ[L] = (Y_hat - Y)/d."""
        return self.layers[-1].activation is self.loss.partner

    @property
    def parameters(self):
        """All parameters by name, in order: ``{"W1": W[1], "b1": b[1], "W2": ...}``; no b where a layer has no bias."""
        absent = {f"b{l}" for l, layer in enumerate(self.layers, start=1) if not layer.has_bias}
        return {name: value for name, value in _named(self.W, self.b).items() if name not in absent}

    def with_parameters(self, **parameters):
        """Return a new network in which the named parameters are replaced: ``network.with_parameters(W1=..., b2=...)``.

        Everything else is kept, also what a subclass added. This network is unchanged.

        Raises
        ------
        TypeError, ValueError
            A name that is no parameter of this network, or a value of another shape.
        """
        unknown = set(parameters) - set(self.parameters)
        if unknown:
            raise ValueError(f"no parameter is called {sorted(unknown)[0]!r}; choose from {', '.join(self.parameters)}")
        new = copy.copy(self)
        new.layers = tuple(_replaced(layer, l, parameters) for l, layer in enumerate(self.layers, start=1))
        return new

    def __repr__(self):
        sizes = "-".join(map(str, self.sizes))
        return f"Network({sizes}, {', '.join(layer.activation.name for layer in self.layers)}, {self.loss!r})"


def _other_libraries():
    from nbhelpers import other_libraries  # it needs this module

    return other_libraries


def _weighted_sums(layer, A, l):
    with np.errstate(over="ignore", invalid="ignore"):
        Z = layer.W @ A + layer.b
    if not np.isfinite(Z).all():
        raise OverflowError(
            f"layer {l}: Z = W A + b is too large for {Z.dtype}; the largest weight is {np.abs(layer.W).max():.3g}, "
            f"the largest input of the layer {np.abs(A).max():.3g}"
        )
    return Z


def _as_column(b, W):
    b = as_floats(b, "b")
    b = as_matrix(b.reshape(-1, 1) if b.ndim < 2 else b, "b")
    if b.shape[1] != 1:
        rows = checks.rows_convention(W.shape, b.size) if b.shape[0] == 1 else ""
        raise ValueError(f"b is {b.shape}, expected one column with a row per unit: b.reshape(-1, 1){rows}")
    return b


def _as_layer(layer, l):
    if not isinstance(layer, Layer):
        raise TypeError(f"layer {l} is of the type {type(layer).__name__}, expected a Layer")
    return layer


def _replaced(layer, l, parameters):
    W, b = parameters.get(f"W{l}", layer.W), parameters.get(f"b{l}", layer.b)
    if W is layer.W and b is layer.b:
        return layer
    try:
        new = Layer(W, b if layer.has_bias else None, layer.activation)
    except (TypeError, ValueError) as error:
        raise type(error)(f"layer {l}: {error}") from None
    for name, old, value in (("W", layer.W, new.W), ("b", layer.b, new.b)):
        if value.shape != old.shape:
            raise ValueError(f"layer {l}: {name} is {old.shape}, but the new {name} is {value.shape}")
    return new


def _from_table(choice, table, kind, word):
    if isinstance(choice, kind):
        return choice
    if isinstance(choice, str) and choice in table:
        return table[choice]
    raise ValueError(f"{choice!r} is not a known {word}; choose from {', '.join(table)}")


def _frozen(array, dtype):
    array = np.array(array, dtype=dtype)
    array.setflags(write=False)
    return array


def _named(W, b):
    return {f"{letter}{l}": array[l] for l in range(1, len(W)) for letter, array in (("W", W), ("b", b))}


def _listing(arrays, names):
    shapes = (
        f"{name}[{l}] {array.shape}"
        for name in names
        for l, array in enumerate(getattr(arrays, name))
        if array is not None
    )
    return ", ".join(shapes)
