"""How far right code may be from the right numbers: what rounding makes of them on the way through the pass.

A first-order error analysis. Every number that is read or computed may be off by a share `eps` of itself, a sum of k
terms by k times as much of the sizes of its terms, and each step passes on what it gets. So a difference of two numbers
that are almost the same, such as Y_hat - Y of a saturated unit, keeps the error of numbers that are much larger.
"""

import numpy as np


def coarsest(arrays):
    """Return eps and the smallest positive number of the coarsest kind of float among arrays; float64's without any.

    Examples
    --------
    >>> coarsest([np.zeros(3), np.zeros(2, np.float32)])[0]
    1.1920928955078125e-07
    """
    kinds = {array.dtype for array in arrays if getattr(array, "dtype", None) is not None and array.dtype.kind == "f"}
    worst = max((np.finfo(kind) for kind in kinds), key=lambda kind: kind.eps, default=np.finfo(float))
    worst = max(worst, np.finfo(float), key=lambda kind: kind.eps)
    return float(worst.eps), float(1 / worst.max)


def rounding(network, X, Y, eps, tiny=0.0):
    """Return ``{"W1": …, "b1": …}``: by how much each entry of a right gradient of the mean may be off.

    Parameters
    ----------
    network : Network
    X, Y : numpy.ndarray, shapes (n, d) and (m, d)
    eps : float
        The relative distance of two neighboring numbers.
    tiny : float
        What may be taken for 0, because its reciprocal has no end.

    Returns
    -------
    dict
    """
    with np.errstate(all="ignore"):
        Z, A, of_Z, of_A = _forward(network, X, eps, tiny)
        dZ, of_dZ = _output(network, Z[-1], A[-1], Y, of_Z[-1], of_A[-1], eps)
        found = {}
        for l in range(network.L, 0, -1):
            terms = X.shape[1] + 2
            found[f"W{l}"] = of_dZ @ np.abs(A[l - 1]).T + np.abs(dZ) @ (of_A[l - 1] + terms * eps * np.abs(A[l - 1])).T
            found[f"b{l}"] = (of_dZ + terms * eps * np.abs(dZ)).sum(axis=1, keepdims=True)
            if l > 1:
                W, f = np.abs(network.W[l]), network.layers[l - 2].activation
                dA, of_dA = network.W[l].T @ dZ, W.T @ of_dZ + (len(W) + 2) * eps * W.T @ np.abs(dZ)
                dZ, of_dZ = _through(f, dA, of_dA, Z[l - 1], A[l - 1], of_Z[l - 1], of_A[l - 1], eps)
    return {name: np.nan_to_num(value, nan=0.0, posinf=0.0) for name, value in found.items()}


def _forward(network, X, eps, tiny):
    Z, A, of_Z, of_A = [None], [X], [None], [eps * np.abs(X)]
    for l, layer in enumerate(network.layers, start=1):
        W, b = np.abs(layer.W), np.abs(layer.b)
        size = W @ np.abs(A[-1]) + b
        Z.append(layer.W @ A[-1] + layer.b)
        of_Z.append(W @ of_A[-1] + (W.shape[1] + 2) * eps * size)
        A.append(layer.activation(Z[l]))
        if layer.activation.elementwise:
            bend = _around(layer.activation.derivative, Z[l], of_Z[l])
            passed = np.max(np.abs(bend), axis=0) * of_Z[l]
        else:
            shift = of_Z[l] + eps * np.abs(Z[l]).max(axis=0)  # softmax may take the largest z away first
            passed = A[l] * (shift + (A[l] * shift).sum(axis=0))
        of_A.append(passed + (len(W) + 4) * eps * np.abs(A[l]) + tiny)
    return Z, A, of_Z, of_A


def _around(function, Z, of_Z):
    return [function(Z), function(Z - of_Z), function(Z + of_Z)]


def _output(network, Z, A, Y, of_Z, of_A, eps):
    """Return dZ[L] and by how much it may be off, whether it is a difference or dA[L] times the slope."""
    d = Y.shape[1]
    off = (of_A + eps * (np.abs(A) + np.abs(Y))) / d
    if not network.is_matched:
        dA = network.loss.gradient(A, Y)
        of_dA = off
        if network.loss.is_of_probabilities:  # divides by a, and may divide by 1 - a
            of_dA = np.abs(dA) * ((of_A + eps) / np.abs(A) + (of_A + eps) / np.abs(1 - A))
        f = network.layers[-1].activation
        if f.elementwise:
            return _through(f, dA, np.minimum(of_dA, np.abs(dA)), Z, A, of_Z, of_A, eps)
        dZ = f.backward(dA, Z)
        spread = np.abs(A) * (np.abs(dA) + (np.abs(A * dA)).sum(axis=0))
        return dZ, A * (of_dA + (A * of_dA).sum(axis=0)) + spread * 8 * eps + of_A * np.abs(dA).max(axis=0)
    dZ = (A - Y) / d
    if network.loss.is_of_probabilities and network.layers[-1].activation.elementwise:
        by_slope = np.abs(dZ) * np.minimum(1, (of_A + eps) / np.abs(1 - A))  # 1 / (1 - a), times the slope from z
        off = off + np.where(Y < 1, by_slope, 0)
    return dZ, off + 3 * eps * np.abs(dZ)


def _through(f, dA, of_dA, Z, A, of_Z, of_A, eps):
    """Return dZ and by how much it may be off, with the slope from z or from a, also beside a kink."""
    slope, *sides = _around(f.derivative, Z, of_Z)
    of_slope = np.max(np.abs(np.subtract(sides, slope)), axis=0)
    if np.ptp(f.derivative(np.array([[1.0, 2.0]]))):  # no straight pieces: 1 - a, 1 - a² round again
        of_slope = of_slope + 2 * (of_A + eps * (1 + np.abs(A)))
    dZ = dA * slope
    return dZ, of_dA * (np.abs(slope) + of_slope) + np.abs(dA) * of_slope + 2 * eps * np.abs(dZ)
