"""Layers and networks: the forward pass, the backward pass and the update, in the lecture's letters.

A `Layer` holds W, b and an activation. A `Network` is a list of layers with a loss. Both never change: an update gives
a new network. Lists are indexed by layer number as in the lecture, so that ``A[0]`` is X and ``W[0]`` is None.

What a number means and where it comes from is told by ``why.py``; how often to repeat the update by ``training.py``.
"""

import copy
from dataclasses import dataclass

import numpy as np

from nbhelpers.activations import ACTIVATIONS, Activation
from nbhelpers.arrays import as_floats, as_matrix, require_finite
from nbhelpers.initialization import initial_parameters
from nbhelpers.losses import LOSSES, Loss


class Layer:
    """One layer: A = f(W A_previous + b).

    Parameters
    ----------
    W : array_like, shape (h, h_previous)
        Weights: a row per unit of this layer, a column per unit of the layer before. ``W[j, i]`` belongs to the
        connection from unit i to unit j (lecture 1 writes it w_ij).
    b : array_like, shape (h, 1)
        Bias, a column. A list of h numbers, or a single number where h = 1, is understood.
    activation : Activation or str
        One of `nbhelpers.activations.ACTIVATIONS`.

    Attributes
    ----------
    W, b : numpy.ndarray
        Read-only copies of what was passed in, both of the same type: float64, or float32 where both were.
    activation : Activation
    units, inputs : int
        h and h_previous, the rows and the columns of W.

    Raises
    ------
    TypeError, ValueError
        Anything but finite real numbers; a W that is no matrix; a b that has not one row per row of W.

    Examples
    --------
    >>> from nbhelpers import sigmoid
    >>> Layer([[0.1, 0.4], [0.8, 0.6]], [0.3, 0.9], sigmoid)
    Layer(2 inputs -> 2 units, sigmoid)
    """

    def __init__(self, W, b, activation):
        W = as_matrix(W, "W")
        b = _as_column(b, W.shape)
        dtype = np.result_type(W, b)
        self.W, self.b = _frozen(W, dtype), _frozen(b, dtype)
        self.activation = _from_table(activation, ACTIVATIONS, Activation, "activation")
        self.units, self.inputs = W.shape

    def __repr__(self):
        return f"Layer({_count(self.inputs, 'input')} -> {_count(self.units, 'unit')}, {self.activation})"


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

    def __init__(self, layers, loss):
        self.layers = tuple(layers)
        self.loss = _from_table(loss, LOSSES, Loss, "loss")
        _require_layers_that_fit(self.layers)
        _require_output_within(self.layers[-1].activation, self.loss, self.L)

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
        sizes, activations = list(sizes), list(activations)
        if len(activations) != len(sizes) - 1:
            raise ValueError(
                f"sizes {sizes} make {_count(max(len(sizes) - 1, 0), 'layer')}, but there are "
                f"{_count(len(activations), 'activation')}: one is needed per layer, none for the input"
            )
        parameters = initial_parameters(sizes, scheme, np.random.default_rng(rng), dtype)
        return cls([Layer(W, b, f) for (W, b), f in zip(parameters, activations, strict=True)], loss)

    # --- the cycle of learning ------------------------------------------------------------------------------------

    def forward(self, X):
        r"""Return Z and A of every layer: :math:`Z^{(l)} = W^{(l)} A^{(l-1)} + b^{(l)}`, :math:`A^{(l)} = f(Z^{(l)})`.

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
        Z, A = [None], [self._checked_input(X)]
        for l, layer in enumerate(self.layers, start=1):
            Z.append(_weighted_sums(layer, A[l - 1], l))
            A.append(layer.activation(Z[l]))
        return Forward(tuple(Z), tuple(A))

    def backward(self, forward, Y):
        r"""Return the derivatives of the cost J for everything that the forward pass went through.

        From the output :math:`\partial J/\partial Z^{(L)}` (see `output_gradient`), and then, from layer to layer:

        .. math::

            \partial J/\partial W^{(l)} &= \partial J/\partial Z^{(l)} \, (A^{(l-1)})^T \\
            \partial J/\partial b^{(l)} &= \partial J/\partial Z^{(l)} \cdot \mathbf 1 \\
            \partial J/\partial A^{(l-1)} &= (W^{(l)})^T \, \partial J/\partial Z^{(l)} \\
            \partial J/\partial Z^{(l-1)} &= \partial J/\partial A^{(l-1)} \odot f'(Z^{(l-1)})

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
        Y = self._checked_labels(forward, Y)
        Z, A, W, L = forward.Z, forward.A, self.W, self.L
        dZ, dA, dW, db = ([None] * (L + 1) for _ in range(4))
        dA[L] = self.loss.gradient(A[L], Y)
        dZ[L] = self.output_gradient(forward, Y)
        for l in range(L, 0, -1):
            dW[l] = dZ[l] @ A[l - 1].T
            db[l] = dZ[l].sum(axis=1, keepdims=True)
            dA[l - 1] = W[l].T @ dZ[l]
            if l > 1:
                dZ[l - 1] = self.layers[l - 2].activation.backward(dA[l - 1], Z[l - 1])
        return Gradients(tuple(dZ), tuple(dA), tuple(dW), tuple(db))

    def updated(self, gradients, learning_rate):
        r"""Return a new network after one step: :math:`W^{(l)} - \eta \, \partial J/\partial W^{(l)}`, and b likewise.

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
        eta = _checked_learning_rate(learning_rate)
        steps = gradients.by_parameter
        _require_gradients_that_fit(steps, self.parameters)
        with np.errstate(over="ignore", invalid="ignore"):  # with_parameters says what became too large
            moved = {name: value - eta * steps[name] for name, value in self.parameters.items()}
        return self.with_parameters(**moved)

    def cost(self, X, Y):
        """Return the cost J, the mean of the loss over the examples.

        Computed from Z[L] where the output activation is the partner of the loss, so that it is exact for any finite Z.

        Parameters
        ----------
        X : array_like, shape (n, d)
        Y : array_like, shape (m, d)

        Returns
        -------
        J : float
        """
        return self.cost_of(self.forward(X), Y)

    def cost_of(self, forward, Y):
        """Return the cost J of a forward pass that was made already; see `cost`."""
        Y = self._checked_labels(forward, Y)
        if self.is_matched:
            return float(self.loss.per_example_from_Z(forward.Z[-1], Y).mean(dtype=np.float64))
        return self.loss(forward.Y_hat, Y)

    def predict(self, X):
        """Return the predictions Y_hat, shape (m, d), for `X`, shape (n, d)."""
        return self.forward(X).Y_hat

    def output_gradient(self, forward, Y):
        r"""Return :math:`\partial J/\partial Z^{(L)}`, shape (m, d), where the backward pass begins.

        (Y_hat - Y)/d for the three matched pairs; for every other pair dJ/dY_hat sent back through the activation.
        """
        if self.is_matched:
            return (forward.Y_hat - Y) / Y.shape[1]
        return self.layers[-1].activation.backward(self.loss.gradient(forward.Y_hat, Y), forward.Z[-1])

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
        """All parameters by name, in order: ``{"W1": W[1], "b1": b[1], "W2": ...}``."""
        return _named(self.W, self.b)

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
            raise ValueError(f"no parameter is called {sorted(unknown)[0]!r}; there are {', '.join(self.parameters)}")
        new = copy.copy(self)
        new.layers = tuple(_replaced(layer, l, parameters) for l, layer in enumerate(self.layers, start=1))
        return new

    def __repr__(self):
        sizes = "-".join(map(str, self.sizes))
        return f"Network({sizes}, {', '.join(layer.activation.name for layer in self.layers)}, {self.loss!r})"

    def _checked_input(self, X):
        X = as_matrix(X, "X")
        if X.shape[0] != self.sizes[0]:
            hint = " Is it transposed? Examples stand in columns: X.T" if X.shape[1] == self.sizes[0] else ""
            raise ValueError(
                f"layer 1: W is {self.W[1].shape}, so X needs {_count(self.sizes[0], 'row')} (features), "
                f"but X is {X.shape}.{hint}"
            )
        return self._cast(X, "X")

    def _checked_labels(self, forward, Y):
        _require_pass_that_fits(forward, self)
        Y = as_floats(Y, "Y")
        Y = Y.reshape(1, 1) if Y.ndim == 0 else Y
        if Y.shape != forward.Y_hat.shape:
            raise ValueError(_wrong_labels(Y, forward.Y_hat.shape, self))
        return self._cast(self.loss.labels(Y), "Y")

    def _cast(self, matrix, name):
        with np.errstate(over="ignore"):  # what is too large for float32 is told as such, on the next line
            matrix = matrix.astype(self.dtype)
        require_finite(matrix, name)
        return matrix


def _weighted_sums(layer, A, l):
    with np.errstate(over="ignore", invalid="ignore"):
        Z = layer.W @ A + layer.b
    if not np.isfinite(Z).all():
        raise OverflowError(
            f"layer {l}: Z = W A + b is too large for {Z.dtype}; the largest weight is {np.abs(layer.W).max():.3g}, "
            f"the largest input of the layer {np.abs(A).max():.3g}"
        )
    return Z


# --- what fits and what does not ------------------------------------------------------------------------------------


def _as_column(b, W_shape):
    b = as_floats(b, "b")
    column = b.reshape(-1, 1) if b.ndim < 2 else b
    if column.shape != (W_shape[0], 1):
        raise ValueError(f"b is {b.shape}, but W is {W_shape}: b needs one row per unit, shape ({W_shape[0]}, 1)")
    return as_matrix(column, "b")


def _require_layers_that_fit(layers):
    if not layers:
        raise ValueError("a network needs at least one layer")
    for l, layer in enumerate(layers, start=1):
        if not isinstance(layer, Layer):
            raise TypeError(f"layer {l} is a {type(layer).__name__}, expected a Layer")
        if l > 1 and layer.inputs != layers[l - 2].units:
            raise ValueError(
                f"layer {l}: W is {layer.W.shape}, but layer {l - 1} has {_count(layers[l - 2].units, 'unit')}"
            )


def _require_output_within(activation, loss, L):
    if activation.range[0] < loss.range[0] or activation.range[1] > loss.range[1]:
        raise ValueError(
            f"layer {L}: {activation.name} gives numbers from {activation.range[0]:g} to {activation.range[1]:g}, but "
            f"{loss.name} needs predictions from {loss.range[0]:g} to {loss.range[1]:g}; {loss.partner.name} fits"
        )


def _require_pass_that_fits(forward, network):
    sizes = [A.shape[0] for A in forward.A]
    if sizes != network.sizes:
        raise ValueError(
            f"this forward pass belongs to a network with the sizes {sizes}, but this network has {network.sizes}"
        )


def _require_gradients_that_fit(gradients, parameters):
    for name, value in parameters.items():
        gradient = gradients.get(name)
        shape = None if gradient is None else np.shape(gradient)
        if shape != value.shape:
            raise ValueError(
                f"layer {name[1:]}: d{name} is {shape}, but {name[0]} is {value.shape}; they need the same shape"
            )
        require_finite(gradient, f"layer {name[1:]}: d{name}")


def _checked_learning_rate(learning_rate):
    eta = as_floats(learning_rate, "the learning rate")
    if eta.ndim != 0 or not 0 <= eta < np.inf:
        raise ValueError(f"the learning rate is {learning_rate}, expected one finite number that is at least 0")
    return float(eta)


def _wrong_labels(Y, expected, network):
    words = f"Y is {Y.shape}, but layer {network.L} predicts {expected}: a row per output, a column per example"
    m, d = expected
    if Y.shape == (d, m):
        return words + ". Is it transposed? Try Y.T"
    if m > 1 and Y.size == d:
        return words + f". Class numbers need to be one-hot: np.eye({m})[:, classes], with classes from 0 to {m - 1}"
    return words


def _replaced(layer, l, parameters):
    W, b = parameters.get(f"W{l}", layer.W), parameters.get(f"b{l}", layer.b)
    if W is layer.W and b is layer.b:
        return layer
    if np.shape(W) != layer.W.shape:
        raise ValueError(f"layer {l}: W is {layer.W.shape}, but the new W is {np.shape(W)}")
    try:
        return Layer(W, b, layer.activation)
    except (TypeError, ValueError) as error:
        raise type(error)(f"layer {l}: {error}") from None


def _from_table(choice, table, kind, word):
    if isinstance(choice, kind):
        return choice
    if isinstance(choice, str) and choice in table:
        return table[choice]
    raise ValueError(f"{choice!r} is no {word}; there are {', '.join(table)}")


# --- small things ---------------------------------------------------------------------------------------------------


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


def _count(number, word):
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
