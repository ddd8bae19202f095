"""Coarse floats, saturated units, huge numbers: right code is never called wrong, and wrong code keeps its name."""

import numpy as np
import pytest

from nbhelpers import diagnose

VALUES = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "linear": np.positive,
}
SLOPES = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a**2, "relu": lambda a: (a > 0).astype(a.dtype)}
SETTINGS = [
    (f, g, scale) for f in SLOPES for g in ("sigmoid", "linear") for scale in (1, 6, 30)
]  # 30 saturates every unit


def in_rows(f, g, kind=None, slope=None):
    """A pass in rows that may go over to coarser floats inside."""

    def backward(params, X, Y):
        W1, b1, W2, b2, X, Y = (value.astype(kind or value.dtype) for value in (*params, X, Y))
        h = VALUES[f](X @ W1 + b1)
        dout = (VALUES[g](h @ W2 + b2) - Y) / len(X)
        dhid = dout @ W2.T * (slope or SLOPES[f])(h)
        return X.T @ dhid, dhid.sum(axis=0), h.T @ dout, dout.sum(axis=0)

    return backward


def step_in_columns(f, g, kind=None):
    """A step in columns, with the slope from z, and the long way back through the logarithm."""

    def backward(params, X, Y, lr=0.5):
        W1, b1, W2, b2, X, Y = (value.astype(kind or value.dtype) for value in (*params, X, Y))
        Z1 = W1 @ X + b1
        A1 = VALUES[f](Z1)
        A2 = VALUES[g](W2 @ A1 + b2)
        dA2 = (1 - Y) / (1 - A2) - Y / A2 if g == "sigmoid" else A2 - Y
        dZ2 = dA2 * (A2 * (1 - A2) if g == "sigmoid" else 1) / X.shape[1]
        dZ1 = W2.T @ dZ2 * {"tanh": 1 / np.cosh(Z1) ** 2, "sigmoid": A1 * (1 - A1), "relu": Z1 > 0}[f]
        dW, db = (dZ1 @ X.T, dZ2 @ A1.T), (dZ1.sum(axis=1, keepdims=True), dZ2.sum(axis=1, keepdims=True))
        return W1 - lr * dW[0], b1 - lr * db[0], W2 - lr * dW[1], b2 - lr * db[1]

    return backward


def drawn(seed, g, scale, kind):
    """Parameters in rows, X and Y of any size: up to 300 examples, in whose sums much is lost."""
    rng = np.random.default_rng(seed)
    n, h, m = rng.integers(2, 6, size=3)
    d = rng.choice([4, 7, 40, 300])
    W1, W2 = scale * rng.normal(size=(n, h)), (scale if g == "sigmoid" else 1) * rng.normal(size=(h, m))
    X, shape = rng.normal(size=(d, n)) * rng.choice([0.1, 1, 5]), (d, m)
    Y = (rng.random(shape) < 0.5).astype(float) if g == "sigmoid" else rng.normal(size=shape)
    return (
        [value.astype(kind) for value in (W1, rng.normal(size=h), W2, rng.normal(size=m))],
        X.astype(kind),
        Y.astype(kind),
    )


def loss_of(g):
    return "binary_cross_entropy" if g == "sigmoid" else "squared_error"


@pytest.mark.parametrize("inside", [None, np.float32, np.float16])
@pytest.mark.parametrize("given", [np.float64, np.float32, np.float16])
def test_right_code_is_right_in_any_precision_however_far_its_units_are_saturated(given, inside):
    for seed, (f, g, scale) in enumerate(SETTINGS):
        (W1, b1, W2, b2), X, Y = drawn(seed, g, scale, given)
        d = diagnose(in_rows(f, g, inside), (W1, b1, W2, b2), X, Y, [f, g], loss_of(g), rows=True)
        assert d or "nan" in d.verdict, (seed, d)
        params = W1.T, b1.reshape(-1, 1), W2.T, b2.reshape(-1, 1)
        d = diagnose(
            step_in_columns(f, g, inside), params, X.T, Y.T, [f, g], loss_of(g), rows=False, returns="parameters"
        )
        assert d or "nan" in d.verdict, (seed, d)


@pytest.mark.parametrize(("given", "inside"), [(np.float32, None), (np.float16, None), (np.float64, np.float32)])
@pytest.mark.parametrize(("name", "slope"), [
    ("slope_missing", lambda a: 1),
    ("slope_twice", lambda a: (a * (1 - a)) ** 2),
    ("slope_at_A", lambda a: SLOPES["sigmoid"](VALUES["sigmoid"](a))),
])  # fmt: skip
def test_a_mistake_keeps_its_name_in_coarse_floats(given, inside, name, slope):
    for seed in range(8):
        params, X, Y = drawn(seed, "sigmoid", 1, given)
        d = diagnose(in_rows("sigmoid", "sigmoid", inside, slope), params, X, Y, ["sigmoid"] * 2, "bce", rows=True)
        assert d.mistakes == (name,), (seed, d)


def test_what_rounding_may_hide_is_said():
    params, X, Y = drawn(1, "sigmoid", 30, np.float32)
    right = diagnose(in_rows("tanh", "sigmoid", np.float16), params, X, Y, ["tanh", "sigmoid"], "bce", rows=True)
    assert right
    assert any(remark.startswith("Rounding may hide") and "float64" in remark for remark in right.remarks)
    params, X, Y = drawn(1, "sigmoid", 1, np.float32)
    assert not diagnose(in_rows("tanh", "sigmoid"), params, X, Y, ["tanh", "sigmoid"], "bce", rows=True).remarks


def test_nan_in_coarse_floats_is_told_though_float64_would_have_none():
    W = np.array([[9.0, 9.0]], np.float16)

    def backward(W, X, Y):
        e = np.exp(W @ X)  # 12 is too much for float16
        return (e / (1 + e) - Y) @ X.T / X.shape[1]

    X, Y = np.array([[1.0, 0.2, 0.4], [1.0, 0.5, -0.3]]), np.array([[1.0, 0.0, 1.0]])
    assert diagnose(backward, W.astype(float), X, Y, ["sigmoid"], "bce")
    assert (
        "nan or infinity"
        in diagnose(backward, W, X.astype(np.float16), Y.astype(np.float16), ["sigmoid"], "bce").verdict
    )


@pytest.mark.parametrize("size", [1e-170, 1e-100, 1e100, 1e145])
def test_of_tiny_and_huge_numbers_no_wrong_ones_are_called_right(size):
    def backward(params, X, Y):
        W1, b1, W2, b2 = params
        h = X @ W1 + b1
        dout = (h @ W2 + b2 - Y) / len(X)
        dhid = dout @ W2.T
        return X.T @ dhid, dhid.sum(axis=0), h.T @ dout * [[1, 2], [3, 4]], dout.sum(axis=0)

    rng = np.random.default_rng(3)
    params = [rng.normal(size=(3, 2)), rng.normal(size=2), size * rng.normal(size=(2, 2)), rng.normal(size=2)]
    d = diagnose(backward, params, rng.normal(size=(5, 3)), rng.normal(size=(5, 2)), ["linear"] * 2, "mse")
    assert (d.right, d.mistakes, d.first_wrong) == (False, (), "dW2")
