r"""Forward and backward by plain Python loops: every sum is written out, one number at a time.

The same formulas as in ``network.py``, without a single matrix product: to be read, to be counted, and to see how much
faster the products are. A matrix is a list of rows here: ``A[k][i]`` belongs to unit k and example i.

Left out: softmax in a hidden layer, and an output activation that is not the partner of the loss.
"""

import math

import numpy as np

from nbhelpers import checks
from nbhelpers.activations import linear, relu, sigmoid, softmax, tanh
from nbhelpers.network import Forward, Gradients


def forward(network, X):
    r"""Return Z and A of every layer, as `Network.forward` does.

    Parameters
    ----------
    network : nbhelpers.Network
    X : array_like, shape (n, d)

    Returns
    -------
    nbhelpers.Forward

    Raises
    ------
    ValueError
        If X does not fit, or for softmax in a hidden layer.
    """
    _require_simple(network)
    Z, A = [None], [checks.checked_input(X, network).tolist()]
    for l, layer in enumerate(network.layers, start=1):
        Z.append(weighted_sums(layer.W.tolist(), layer.b.tolist(), A[l - 1]))
        A.append(activations(layer.activation, Z[l]))
    return Forward(_arrays(Z), _arrays(A))


def backward(network, forward, Y):
    r"""Return the derivatives of the cost, as `Network.backward` does, but none for the input.

    Parameters
    ----------
    network : nbhelpers.Network
        Its output activation is the partner of its loss.
    forward : nbhelpers.Forward
    Y : array_like, shape (m, d)

    Returns
    -------
    nbhelpers.Gradients
        ``dA[0]`` and ``dA[L]`` are None: nobody needs them.

    Raises
    ------
    ValueError
        If Y does not fit, for softmax in a hidden layer, and for an output that is not the partner of the loss.
    """
    _require_simple(network)
    Y = checks.checked_labels(Y, forward, network).tolist()
    A, W, L = _lists(forward.A), _lists(network.W), network.L
    dZ, dA, dW, db = ([None] * (L + 1) for _ in range(4))
    dZ[L] = output_errors(A[L], Y)
    for l in range(L, 0, -1):
        dW[l] = weight_gradients(dZ[l], A[l - 1])
        db[l] = bias_gradients(dZ[l])
        if l > 1:
            dA[l - 1] = sums_sent_back(W[l], dZ[l])
            dZ[l - 1] = through_slopes(network.layers[l - 2].activation, dA[l - 1], A[l - 1])
    return Gradients(*map(_arrays, (dZ, dA, dW, db)))


# --- forward ----------------------------------------------------------------------------------------------------------


def weighted_sums(W, b, A):
    r"""Return Z: :math:`z_j = b_j + \sum_k w_{jk} a_k` for each example."""
    d = len(A[0])
    Z = _zeros(len(W), d)
    for i in range(d):  # examples
        for j in range(len(W)):  # units
            z = b[j][0]
            for k in range(len(A)):  # inputs
                z += W[j][k] * A[k][i]
            Z[j][i] = z
    return Z


def activations(activation, Z):
    r"""Return A: :math:`a_j = f(z_j)`, or softmax of each column."""
    if activation is softmax:
        columns = [_softmax(column) for column in zip(*Z, strict=True)]
        return [list(row) for row in zip(*columns, strict=True)]
    f = _VALUES[activation]
    return [[f(z) for z in row] for row in Z]


# --- backward ---------------------------------------------------------------------------------------------------------


def output_errors(Y_hat, Y):
    r"""Return dZ of the last layer: :math:`(\hat y_j - y_j) / d`."""
    d = len(Y[0])
    return [[(y_hat - y) / d for y_hat, y in zip(*rows, strict=True)] for rows in zip(Y_hat, Y, strict=True)]


def weight_gradients(dZ, A):
    r"""Return dW: :math:`\partial J / \partial w_{jk} = \sum_i \delta_j^{(i)} a_k^{(i)}`, summed over the examples."""
    dW = _zeros(len(dZ), len(A))
    for j in range(len(dZ)):  # units
        for k in range(len(A)):  # inputs
            total = 0.0
            for i in range(len(A[0])):  # examples
                total += dZ[j][i] * A[k][i]
            dW[j][k] = total
    return dW


def bias_gradients(dZ):
    r"""Return db: :math:`\partial J / \partial b_j = \sum_i \delta_j^{(i)}`, summed over the examples."""
    db = _zeros(len(dZ), 1)
    for j in range(len(dZ)):  # units
        for i in range(len(dZ[0])):  # examples
            db[j][0] += dZ[j][i]
    return db


def sums_sent_back(W, dZ):
    r"""Return dA of the layer before: :math:`\sum_j w_{jk} \delta_j`, summed over the units that k has fed."""
    d = len(dZ[0])
    dA = _zeros(len(W[0]), d)
    for i in range(d):  # examples
        for k in range(len(W[0])):  # units of the layer before
            total = 0.0
            for j in range(len(W)):  # units
                total += W[j][k] * dZ[j][i]
            dA[k][i] = total
    return dA


def through_slopes(activation, dA, A):
    r"""Return dZ of a hidden layer: dA times the slope f'(z), which its activations tell."""
    slope = _SLOPES[activation]
    return [[da * slope(a) for da, a in zip(*rows, strict=True)] for rows in zip(dA, A, strict=True)]


# --- one number -------------------------------------------------------------------------------------------------------


def _sigmoid(z):
    e = math.exp(-abs(z))  # never too large for a float
    return 1 / (1 + e) if z >= 0 else e / (1 + e)


def _softmax(column):
    top = max(column)
    powers = [math.exp(z - top) for z in column]
    total = sum(powers)
    return [power / total for power in powers]


_VALUES = {linear: lambda z: z, sigmoid: _sigmoid, tanh: math.tanh, relu: lambda z: max(0.0, z)}
_SLOPES = {  # from a = f(z)
    linear: lambda a: 1.0,
    sigmoid: lambda a: a * (1 - a),
    tanh: lambda a: 1 - a * a,
    relu: lambda a: 1.0 if a > 0 else 0.0,
}


# --- lists ------------------------------------------------------------------------------------------------------------


def _zeros(rows, columns):
    return [[0.0] * columns for _ in range(rows)]


def _lists(arrays):
    return [None if array is None else array.tolist() for array in arrays]


def _arrays(matrices):
    return tuple(None if matrix is None else np.array(matrix) for matrix in matrices)


def _require_simple(network):
    if not network.is_matched:
        raise ValueError(f"layer {network.L}: the loops need {network.loss.partner} before {network.loss}")
    for l, layer in enumerate(network.layers[:-1], start=1):
        if layer.activation is softmax:
            raise ValueError(f"layer {l}: the loops have no softmax in a hidden layer")
