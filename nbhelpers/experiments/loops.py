r"""Forward and backward by plain Python loops: every sum is written out, one number at a time.

The same formulas as in ``network.py``, without a single matrix product: to be read, to be counted, and to see how much
faster the products are. A matrix is a list of rows here: ``A[k][i]`` belongs to unit k and example i.

Left out: softmax in a hidden layer, or before another loss than its own.
"""

import math
from types import SimpleNamespace

import numpy as np

from nbhelpers import checks
from nbhelpers.activations import normal_cdf, normal_density
from nbhelpers.network import Forward, Gradients


def forward(network, X):
    r"""Return Z and A of every layer, as `Network.forward` does.

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

    Returns
    -------
    nbhelpers.Gradients
        ``dA[0]`` and ``dA[L]`` are None: nobody needs them.

    Raises
    ------
    ValueError
        If Y does not fit, for softmax in a hidden layer, and for softmax before another loss than its own.
    """
    _require_simple(network)
    Y = checks.checked_labels(Y, forward, network).tolist()
    Z, A, W, L = _lists(forward.Z), _lists(forward.A), _lists(network.W), network.L
    dZ, dA, dW, db = ([None] * (L + 1) for _ in range(4))
    dZ[L] = output_errors(A[L], Y) if network.is_matched else _unmatched_errors(network, Z[L], A[L], Y)
    for l in range(L, 0, -1):
        dW[l] = weight_gradients(dZ[l], A[l - 1])
        db[l] = bias_gradients(dZ[l])
        if l > 1:
            dA[l - 1] = sums_sent_back(W[l], dZ[l])
            dZ[l - 1] = through_slopes(network.layers[l - 2].activation, dA[l - 1], Z[l - 1], A[l - 1])
    return Gradients(*map(_arrays, (dZ, dA, dW, db)))


# --- forward ----------------------------------------------------------------------------------------------------------


def weighted_sums(W, b, A):
    """Return Z: z_j = b_j + Σ_k w_jk a_k for each example."""
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
    """Return A: a_j = f(z_j) for each example; softmax looks at the whole column."""
    columns = [[_value(activation, column, j) for j in range(len(column))] for column in zip(*Z, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


# --- backward ---------------------------------------------------------------------------------------------------------


def output_errors(Y_hat, Y):
    """Return dZ of the last layer: (ŷ_j − y_j) / d."""
    d = len(Y[0])
    return [[(y_hat - y) / d for y_hat, y in zip(*rows, strict=True)] for rows in zip(Y_hat, Y, strict=True)]


def _unmatched_errors(network, Z, Y_hat, Y):
    loss, d = network.loss, len(Y[0])
    if loss.gradient_of_one:
        pairs = [zip(*rows, strict=True) for rows in zip(Y_hat, Y, strict=True)]
        dA = [[loss.gradient_of_one(y_hat, y, _MATH) / d for y_hat, y in row] for row in pairs]
    else:
        dA = loss.gradient(Y_hat, Y).tolist()
    return through_slopes(network.layers[-1].activation, dA, Z, Y_hat)


def weight_gradients(dZ, A):
    """Return dW: ∂J/∂w_jk = Σ_i δ_j a_k, summed over the examples."""
    dW = _zeros(len(dZ), len(A))
    for j in range(len(dZ)):  # units
        for k in range(len(A)):  # inputs
            total = 0.0
            for i in range(len(A[0])):  # examples
                total += dZ[j][i] * A[k][i]
            dW[j][k] = total
    return dW


def bias_gradients(dZ):
    """Return db: ∂J/∂b_j = Σ_i δ_j, summed over the examples."""
    db = _zeros(len(dZ), 1)
    for j in range(len(dZ)):  # units
        for i in range(len(dZ[0])):  # examples
            db[j][0] += dZ[j][i]
    return db


def sums_sent_back(W, dZ):
    """Return dA of the layer before: Σ_j w_jk δ_j, summed over the units that k has fed."""
    d = len(dZ[0])
    dA = _zeros(len(W[0]), d)
    for i in range(d):  # examples
        for k in range(len(W[0])):  # units of the layer before
            total = 0.0
            for j in range(len(W)):  # units
                total += W[j][k] * dZ[j][i]
            dA[k][i] = total
    return dA


def through_slopes(activation, dA, Z, A):
    r"""Return dZ of a hidden layer: dA times the slope f'(z)."""
    rows = zip(dA, Z, A, strict=True)
    return [[da * _slope(activation, z, a) for da, z, a in zip(*row, strict=True)] for row in rows]


# --- one number -------------------------------------------------------------------------------------------------------


def _value(activation, column, j):
    if not activation.formulas:
        return float(np.ravel(activation(np.reshape(column, (-1, 1))))[j])
    return next(value for value in activation.written(column, j, _MATH) if math.isfinite(value))


def _slope(activation, z, a):
    return activation.slope_formulas[0](z, a, _MATH) if activation.slope_formulas else float(activation.derivative(z))


def _exp(z):
    return math.exp(z) if z < 709 else math.inf


_MATH = SimpleNamespace(
    exp=_exp,
    log=math.log,
    log1p=math.log1p,
    expm1=lambda z: math.expm1(min(z, 709)),
    tanh=math.tanh,
    max=max,
    sum=sum,
    number=float,
    cases=lambda z, above, below: above if z > 0 else below,
    normal_cdf=lambda z: float(normal_cdf(z)),
    normal_density=lambda z: float(normal_density(z)),
)
"""What the formulas of the activations and losses are computed with, one number at a time."""


# --- lists ------------------------------------------------------------------------------------------------------------


def _zeros(rows, columns):
    return [[0.0] * columns for _ in range(rows)]


def _lists(arrays):
    return [None if array is None else array.tolist() for array in arrays]


def _arrays(matrices):
    return tuple(None if matrix is None else np.array(matrix) for matrix in matrices)


def _require_simple(network):
    for l, layer in enumerate(network.layers, start=1):
        if not layer.activation.elementwise and (l < network.L or not network.is_matched):
            where = "in a hidden layer" if l < network.L else f"before {network.loss}"
            raise ValueError(f"layer {l}: the loops have no {layer.activation} {where}")
