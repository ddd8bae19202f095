"""Backward passes as people write them, in ten styles, each right as it stands, with the lines to exchange for mistakes.

A style is a text that defines ``backward`` and the cost ``J`` that it is the gradient of. A variant exchanges lines of it
and says which mistakes of the museum that makes; "" is the right one.
"""

# ruff: noqa: E501  (a line of a learner's code and what it is swapped for stand side by side)
import linecache

import numpy as np

rng = np.random.default_rng(20)


def draw(*shape):
    return rng.normal(size=shape).round(2)


def yes_or_no(*shape):
    return (rng.random(shape) < 0.5).astype(float)


ROWS_DICT = """
def forward(net, X):
    h = np.tanh(X @ net["w1"] + net["b1"])
    return h, 1 / (1 + np.exp(-(h @ net["w2"] + net["b2"])))

def J(net, X, Y):
    p = forward(net, X)[1]
    return -(Y * np.log(p) + (1 - Y) * np.log(1 - p)).sum() / len(X)

def backward(net, X, Y):
    h, p = forward(net, X)
    dout = (p - Y) / len(X)
    back = dout @ net["w2"].T
    dhid = back * (1 - h**2)
    return {
        "w1": X.T @ dhid,
        "b1": dhid.sum(axis=0, keepdims=True),
        "w2": h.T @ dout,
        "b2": dout.sum(axis=0, keepdims=True),
    }
"""

COLUMNS_CACHE = """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def forward(parameters, X):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def J(parameters, X, Y):
    A2, _ = forward(parameters, X)
    return float(np.squeeze(-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]))

def backward(parameters, X, Y):
    m = X.shape[1]
    A2, cache = forward(parameters, X)
    A1 = cache["A1"]
    W2 = parameters["W2"]
    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (1 - np.power(A1, 2))
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
"""

LOOPS = """
import math

def out(w, b, x):
    return [1 / (1 + math.exp(-(sum(wi * xi for wi, xi in zip(row, x)) + bias))) for row, bias in zip(w, b)]

def J(params, X, Y):
    v, c, w, b = params
    return sum(0.5 * (o - t) ** 2 for x, y in zip(X, Y) for o, t in zip(out(w, b, out(v, c, x)), y))

def backward(params, X, Y):
    v, c, w, b = params
    gv = [[0.0] * len(row) for row in v]
    gc = [0.0] * len(c)
    gw = [[0.0] * len(row) for row in w]
    gb = [0.0] * len(b)
    for x, y in zip(X, Y):
        h = out(v, c, x)
        o = out(w, b, h)
        delta_o = [(o[k] - y[k]) * o[k] * (1 - o[k]) for k in range(len(o))]
        delta_h = []
        for j in range(len(h)):
            error = 0.0
            for k in range(len(o)):
                error += delta_o[k] * w[k][j]
            delta_h.append(error * h[j] * (1 - h[j]))
        for k in range(len(o)):
            for j in range(len(h)):
                gw[k][j] += delta_o[k] * h[j]
            gb[k] += delta_o[k]
        for j in range(len(h)):
            for i in range(len(x)):
                gv[j][i] += delta_h[j] * x[i]
            gc[j] += delta_h[j]
    return gv, gc, gw, gb
"""

CLASS = """
class Net:
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = np.maximum(0, self.z1)
        scores = self.a1.dot(self.W2) + self.b2
        exp = np.exp(scores - scores.max(axis=1, keepdims=True))
        return exp / exp.sum(axis=1, keepdims=True)

    def backward(self, X, y):
        N = X.shape[0]
        dscores = self.forward(X)
        dscores[np.arange(N), y] -= 1
        dscores /= N
        dW2 = self.a1.T.dot(dscores)
        db2 = np.sum(dscores, axis=0)
        dhidden = dscores.dot(self.W2.T)
        dhidden[self.z1 <= 0] = 0
        dW1 = X.T.dot(dhidden)
        db1 = np.sum(dhidden, axis=0)
        return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

def J(net, X, y):
    return -np.log(net.forward(X)[np.arange(len(y)), y]).mean()

def backward(net, X, y):
    return net.backward(X, y)
"""

THETA = """
lam = 0.3

def g(z):
    return 1 / (1 + np.exp(-z))

def with_ones(a):
    return np.hstack([np.ones((len(a), 1)), a])

def J(thetas, X, y):
    T1, T2 = thetas
    h = g(with_ones(g(with_ones(X) @ T1.T)) @ T2.T)
    m = len(X)
    penalty = lam / (2 * m) * ((T1[:, 1:] ** 2).sum() + (T2[:, 1:] ** 2).sum())
    return -(y * np.log(h) + (1 - y) * np.log(1 - h)).sum() / m + penalty

def backward(thetas, X, y):
    Theta1, Theta2 = thetas
    m = len(X)
    a1 = with_ones(X)
    z2 = a1 @ Theta1.T
    a2 = with_ones(g(z2))
    a3 = g(a2 @ Theta2.T)
    d3 = a3 - y
    d2 = d3 @ Theta2[:, 1:] * g(z2) * (1 - g(z2))
    Theta1_grad = d2.T @ a1 / m
    Theta2_grad = d3.T @ a2 / m
    Theta1_grad[:, 1:] += lam / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += lam / m * Theta2[:, 1:]
    return Theta1_grad, Theta2_grad
"""

PAIRS = """
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))

def J(layers, x, y):
    for w, b in layers:
        x = sigmoid(np.dot(w, x) + b)
    return 0.5 * np.sum((x - y) ** 2)

def backward(layers, x, y):
    activation, activations, zs = x, [x], []
    for w, b in layers:
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigmoid(z)
        activations.append(activation)
    cost_derivative = activations[-1] - y
    delta = cost_derivative * sigmoid_prime(zs[-1])
    nabla = [None] * len(layers)
    nabla[-1] = (np.dot(delta, activations[-2].T), delta.sum(axis=1, keepdims=True))
    for l in range(2, len(layers) + 1):
        sp = sigmoid_prime(zs[-l])
        delta = np.dot(layers[-l + 1][0].T, delta) * sp
        nabla[-l] = (np.dot(delta, activations[-l - 1].T), delta.sum(axis=1, keepdims=True))
    return nabla
"""

IN_PLACE = """
def J(W, X, Y):
    out = np.maximum(X @ W["W1"] + W["c1"], 0) @ W["W2"] + W["c2"]
    return ((out - Y) ** 2).mean()

def backward(W, X, Y, lr=0.2):
    z = X @ W["W1"] + W["c1"]
    a = np.maximum(z, 0)
    out = a @ W["W2"] + W["c2"]
    error = 2 * (out - Y) / Y.size
    hidden = (error @ W["W2"].T) * (z > 0)
    gW2, gc2 = a.T @ error, error.sum(axis=0)
    gW1, gc1 = X.T @ hidden, hidden.sum(axis=0)
    W["W2"] -= lr * gW2
    W["c2"] -= lr * gc2
    W["W1"] -= lr * gW1
    W["c1"] -= lr * gc1
"""

UNITS_FIRST = """
def J(params, inputs, targets):
    w_hid, b_hid, w_out, b_out = params
    return 0.5 * ((np.tanh(inputs @ w_hid.T + b_hid) @ w_out.T + b_out - targets) ** 2).sum() / len(inputs)

def backward(inputs, targets, w_hid, b_hid, w_out, b_out):
    n = len(inputs)
    pre = inputs @ w_hid.T + b_hid
    hid = np.tanh(pre)
    out = hid @ w_out.T + b_out
    g_out = (out - targets) / n
    g_hid = (g_out @ w_out) * (1 - hid * hid)
    grad_w_out = g_out.T @ hid
    grad_b_out = g_out.sum(0)
    grad_w_hid = g_hid.T @ inputs
    grad_b_hid = g_hid.sum(0)
    return grad_w_hid, grad_b_hid, grad_w_out, grad_b_out
"""

NO_BIAS = """
def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))

def J(syn, X, y):
    return 0.5 * ((nonlin(nonlin(X @ syn["syn0"]) @ syn["syn1"]) - y) ** 2).sum()

def backward(X, y, **syn):
    l1 = nonlin(X @ syn["syn0"])
    l2 = nonlin(l1 @ syn["syn1"])
    l2_error = l2 - y
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(syn["syn1"].T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
    print("error", np.abs(l2_error).mean())
    return {"syn0": X.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}
"""

DEEP = """
def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)

def J(model, X, T):
    a = X
    for W, b, f in zip(model[0], model[1], (np.tanh, np.tanh, softmax)):
        a = f(W @ a + b)
    return -(T * np.log(a)).sum()

def backward(model, X, T):
    W, b = model
    a = [X]
    for l in range(3):
        z = W[l] @ a[l] + b[l]
        a.append(np.tanh(z) if l < 2 else softmax(z))
    dz = a[3] - T
    dW, db = [None] * 3, [None] * 3
    for l in (2, 1, 0):
        dW[l] = dz @ a[l].T
        db[l] = dz.sum(axis=1, keepdims=True)
        da = W[l].T @ dz
        if l > 0:
            dz = da * (1 - a[l] ** 2)
    return dW, db
"""

X, Xc = draw(5, 3), draw(3, 5)

SIG, BCE, CCE, SE = "sigmoid", "binary_cross_entropy", "categorical_cross_entropy", "squared_error"

STYLES = {  # text, parameters, X, Y, activations, loss, what else diagnose is told
    "rows, dict": (
        ROWS_DICT,
        {"w1": draw(3, 4), "b1": draw(1, 4), "w2": draw(4, 2), "b2": draw(1, 2)},
        X,
        yes_or_no(5, 2),
        ["tanh", SIG],
        BCE,
        {},
    ),
    "columns, cache": (
        COLUMNS_CACHE,
        {"W1": draw(4, 3), "b1": draw(4, 1), "W2": draw(2, 4), "b2": draw(2, 1)},
        Xc,
        yes_or_no(2, 5),
        ["tanh", SIG],
        BCE,
        {"cost": "mean"},
    ),
    "loops": (
        LOOPS,
        (draw(4, 3).tolist(), draw(4).tolist(), draw(2, 4).tolist(), draw(2).tolist()),
        X.tolist(),
        yes_or_no(5, 2).tolist(),
        [SIG, SIG],
        SE,
        {},
    ),
    "class": (
        CLASS,
        lambda Net: Net(draw(3, 4), draw(4), draw(4, 2), draw(2)),
        X,
        np.array([0, 1, 1, 0, 1]),
        ["relu", "softmax"],
        CCE,
        {},
    ),
    "theta": (THETA, (draw(4, 4), draw(2, 5)), X, yes_or_no(5, 2), [SIG, SIG], BCE, {"cost": "mean, l2=0.06"}),
    "pairs": (PAIRS, [(draw(4, 3), draw(4, 1)), (draw(2, 4), draw(2, 1))], Xc, yes_or_no(2, 5), [SIG, SIG], SE, {}),
    "in place": (
        IN_PLACE,
        {"W1": draw(3, 4), "c1": draw(4), "W2": draw(4, 2), "c2": draw(2)},
        X,
        draw(5, 2),
        ["relu", "linear"],
        SE,
        {"returns": "parameters"},
    ),
    "units first": (
        UNITS_FIRST,
        (draw(4, 3), draw(4), draw(2, 4), draw(2)),
        X,
        draw(5, 2),
        ["tanh", "linear"],
        SE,
        {"cost": "mean"},
    ),
    "no bias": (NO_BIAS, {"syn0": draw(3, 4), "syn1": draw(4, 1)}, X, yes_or_no(5, 1), [SIG, SIG], SE, {}),
    "deep": (
        DEEP,
        ([draw(4, 3), draw(6, 4), draw(2, 6)], [draw(4, 1), draw(6, 1), draw(2, 1)]),
        Xc,
        np.eye(2)[:, [0, 1, 1, 0, 1]],
        ["tanh", "tanh", "softmax"],
        CCE,
        {},
    ),
}

VARIANTS = [  # style, names, swapped lines
    ("rows, dict", "slope_missing", [("dhid = back * (1 - h**2)", "dhid = back")]),
    ("rows, dict", "slope_with_wrong_sign", [("(1 - h**2)", "(1 + h**2)")]),
    ("rows, dict", "activation_for_slope", [("back * (1 - h**2)", "back * h")]),
    ("rows, dict", "sigmoid_slope_for_all", [("(1 - h**2)", "h * (1 - h)")]),
    ("rows, dict", "difference_turned_round", [("(p - Y)", "(Y - p)")]),
    ("rows, dict", "features_counted_as_examples", [("dout = (p - Y) / len(X)", "dout = (p - Y) / X.shape[1]")]),
    ("rows, dict", "slope_applied_again", [("dout = (p - Y) / len(X)", "dout = (p - Y) / len(X) * p * (1 - p)")]),
    (
        "rows, dict",
        "bias_averaged",
        [("dhid.sum(axis=0, keep", "dhid.mean(axis=0, keep"), ("dout.sum(axis=0, keep", "dout.mean(axis=0, keep")],
    ),
    ("rows, dict", "transpose_of_W_missing", [('dout @ net["w2"].T', 'dout @ net["w2"]')]),
    ("rows, dict", "bias_not_summed", [("dhid.sum(axis=0, keepdims=True)", "dhid")]),
    ("rows, dict", "slope_missing difference_turned_round", [("back * (1 - h**2)", "back"), ("(p - Y)", "(Y - p)")]),
    (
        "rows, dict",
        "slope_twice bias_averaged",
        [("(1 - h**2)", "(1 - h**2) ** 2"), ("dout.sum(axis=0, keep", "dout.mean(axis=0, keep")],
    ),
    (
        "columns, cache",
        "one_over_d_missing",
        [
            ("dW2 = (1 / m) * ", "dW2 = "),
            ("db2 = (1 / m) * ", "db2 = "),
            ("dW1 = (1 / m) * ", "dW1 = "),
            ("db1 = (1 / m) * ", "db1 = "),
        ],
    ),
    ("columns, cache", "one_over_d_twice", [("dZ2 = A2 - Y", "dZ2 = (A2 - Y) / m")]),
    ("columns, cache", "Z_in_place_of_A", [("np.dot(dZ2, A1.T)", "np.dot(dZ2, cache['Z1'].T)")]),
    ("columns, cache", "flat_bias_gradient", [("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)")]),
    ("columns, cache", "slope_at_A", [("(1 - np.power(A1, 2))", "(1 - np.tanh(A1) ** 2)")]),
    (
        "columns, cache",
        "bias_summed_over_everything",
        [("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1)"), ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2)")],
    ),
    ("columns, cache", "transpose_of_A_missing", [("np.dot(dZ1, X.T)", "np.dot(dZ1, X)")]),
    ("columns, cache", "slope_without_error", [("dA1 * (1 - np.power(A1, 2))", "1 - np.power(A1, 2)")]),
    (
        "columns, cache",
        "slope_missing one_over_d_twice",
        [("dA1 * (1 - np.power(A1, 2))", "dA1"), ("dZ2 = A2 - Y", "dZ2 = (A2 - Y) / m")],
    ),
    ("columns, cache", "W_reshaped", [("np.dot(W2.T, dZ2)", "np.dot(W2.reshape(4, 2), dZ2)")]),
    (
        "loops",
        "path_sum_not_reset",
        [
            (
                "        for j in range(len(h)):\n            error = 0.0\n",
                "        error = 0.0\n        for j in range(len(h)):\n",
            )
        ],
    ),
    ("loops", "weight_for_input", [("gw[k][j] += delta_o[k] * h[j]", "gw[k][j] += delta_o[k] * w[k][j]")]),
    ("loops", "input_left_out", [("gv[j][i] += delta_h[j] * x[i]", "gv[j][i] += delta_h[j]")]),
    (
        "loops",
        "only_last_example",
        [
            ("gv[j][i] +=", "gv[j][i] ="),
            ("gc[j] +=", "gc[j] ="),
            ("gw[k][j] +=", "gw[k][j] ="),
            ("gb[k] +=", "gb[k] ="),
        ],
    ),
    ("loops", "error_not_sent_through_W", [("error += delta_o[k] * w[k][j]", "error += delta_o[k]")]),
    ("loops", "shortcut_for_any_pair", [("(o[k] - y[k]) * o[k] * (1 - o[k])", "(o[k] - y[k])")]),
    (
        "loops",
        "slope_missing weight_for_input",
        [("error * h[j] * (1 - h[j])", "error"), ("delta_o[k] * h[j]", "delta_o[k] * w[k][j]")],
    ),
    ("class", "relu_mask_of_the_gradient", [("dhidden[self.z1 <= 0] = 0", "dhidden[dhidden <= 0] = 0")]),
    ("class", "relu_mask_always_true", [("dhidden[self.z1 <= 0] = 0", "dhidden[self.a1 < 0] = 0")]),
    ("class", "softmax_over_everything", [("exp.sum(axis=1, keepdims=True)", "exp.sum()")]),
    ("class", "class_numbers_for_one_hot", [("dscores[np.arange(N), y] -= 1", "dscores = dscores - y[:, None]")]),
    (
        "class",
        "bias_left_out",
        [("X.dot(self.W1) + self.b1", "X.dot(self.W1)"), ("self.a1.dot(self.W2) + self.b2", "self.a1.dot(self.W2)")],
    ),
    (
        "class",
        "relu_mask_always_true bias_averaged",
        [("dhidden[self.z1 <= 0] = 0", ""), ("np.sum(dscores, axis=0)", "np.mean(dscores, axis=0)")],
    ),
    ("theta", "slope_missing", [("d2 = d3 @ Theta2[:, 1:] * g(z2) * (1 - g(z2))", "d2 = d3 @ Theta2[:, 1:]")]),
    ("theta", "slope_formula_fed_with_z", [("* g(z2) * (1 - g(z2))", "* z2 * (1 - z2)")]),
    ("theta", "slope_twice", [("* g(z2) * (1 - g(z2))", "* (g(z2) * (1 - g(z2))) ** 2")]),
    ("pairs", "output_slope_at_prediction", [("sigmoid_prime(zs[-1])", "sigmoid_prime(activations[-1])")]),
    ("pairs", "output_slope_at_prediction slope_at_A", [("zs.append(z)", "zs.append(sigmoid(z))")]),
    (
        "pairs",
        "output_slope_missing_in_own_step",
        [
            (
                "nabla[-1] = (np.dot(delta, activations[-2].T), delta.sum(axis=1, keepdims=True))",
                "nabla[-1] = (np.dot(cost_derivative, activations[-2].T), cost_derivative.sum(axis=1, keepdims=True))",
            )
        ],
    ),
    (
        "pairs",
        "error_sent_back_before_slope",
        [
            (
                "delta = np.dot(layers[-l + 1][0].T, delta) * sp",
                "delta = np.dot(layers[-l + 1][0].T, cost_derivative) * sp",
            )
        ],
    ),
    ("pairs", "A_of_the_wrong_layer", [("np.dot(delta, activations[-l - 1].T)", "np.dot(delta, activations[-l].T)")]),
    (
        "pairs",
        "slope_of_the_error",
        [
            (
                "delta = np.dot(layers[-l + 1][0].T, delta) * sp",
                "delta = np.dot(layers[-l + 1][0].T, delta); delta = delta * sigmoid_prime(delta)",
            )
        ],
    ),
    (
        "pairs",
        "difference_turned_round error_sent_back_before_slope",
        [
            ("activations[-1] - y", "y - activations[-1]"),
            ("layers[-l + 1][0].T, delta)", "layers[-l + 1][0].T, cost_derivative)"),
        ],
    ),
    (
        "in place",
        "update_with_plus",
        [
            ("-= lr * gW2", "+= lr * gW2"),
            ("-= lr * gc2", "+= lr * gc2"),
            ("-= lr * gW1", "+= lr * gW1"),
            ("-= lr * gc1", "+= lr * gc1"),
        ],
    ),
    ("in place", "bias_never_trained", [('    W["c2"] -= lr * gc2\n', ""), ('    W["c1"] -= lr * gc1', "")]),
    (
        "in place",
        "W_replaced_by_step",
        [
            ('W["W2"] -= lr * gW2', 'W["W2"] = -lr * gW2'),
            ('W["W1"] -= lr * gW1', 'W["W1"] = -lr * gW1'),
            ('W["c2"] -= lr * gc2', 'W["c2"] = -lr * gc2'),
            ('W["c1"] -= lr * gc1', 'W["c1"] = -lr * gc1'),
        ],
    ),
    (
        "in place",
        "W_updated_first",
        [
            (
                "    hidden = (error",
                '    gW2, gc2 = a.T @ error, error.sum(axis=0)\n    W["W2"] -= lr * gW2\n    hidden = (error',
            ),
            ("    gW2, gc2 = a.T @ error, error.sum(axis=0)\n    gW1", "    gW1"),
            (
                'gc1 = X.T @ hidden, hidden.sum(axis=0)\n    W["W2"] -= lr * gW2\n',
                "gc1 = X.T @ hidden, hidden.sum(axis=0)\n",
            ),
        ],
    ),
    ("in place", "update_with_plus relu_mask_always_true", [("-= lr", "+= lr"), ("(z > 0)", "(a >= 0)")]),
    ("units first", "two_from_squared_error", [("g_out = (out - targets) / n", "g_out = 2 * (out - targets) / n")]),
    (
        "units first",
        "divided_by_all_entries",
        [("g_out = (out - targets) / n", "g_out = (out - targets) / targets.size")],
    ),
    ("units first", "activation_left_out", [("hid = np.tanh(pre)", "hid = pre")]),
    ("units first", "labels_of_other_examples", [("out - targets)", "out - np.roll(targets, 1, axis=0))")]),
    (
        "units first",
        "two_from_squared_error slope_missing",
        [("(out - targets) / n", "2 * (out - targets) / n"), ("* (1 - hid * hid)", "")],
    ),
    (
        "units first",
        "one_over_d_in_dW_too",
        [("g_out.T @ hid", "g_out.T @ hid / n"), ("g_hid.T @ inputs", "g_hid.T @ inputs / n")],
    ),
    ("no bias", "error_sent_back_before_slope", [("l2_delta.dot(", "l2_error.dot(")]),
    ("no bias", "shortcut_for_any_pair", [("l2_error * nonlin(l2, deriv=True)", "l2_error")]),
    ("no bias", "slope_at_A", [("l1_error * nonlin(l1, deriv=True)", "l1_error * nonlin(nonlin(l1), deriv=True)")]),
    ("no bias", "difference_turned_round", [("l2 - y", "y - l2")]),
    ("no bias", "labels_broadcast", [("l2_error = l2 - y", "l2_error = l2 - y.ravel()")]),
    ("deep", "slope_missing", [("dz = da * (1 - a[l] ** 2)", "dz = da if l == 1 else da * (1 - a[l] ** 2)")]),
    ("deep", "slope_twice", [("(1 - a[l] ** 2)", "(1 - a[l] ** 2) ** 2")]),
    ("deep", "bias_averaged", [("dz.sum(axis=1, keepdims=True)", "dz.mean(axis=1, keepdims=True)")]),
    (
        "deep",
        "slope_twice bias_averaged",
        [("(1 - a[l] ** 2)", "(1 - a[l] ** 2) ** 2"), ("dz.sum(axis=1, keep", "dz.mean(axis=1, keep")],
    ),
    ("deep", "W_reshaped", [("W[l].T @ dz", "W[l].reshape(W[l].shape[::-1]) @ dz")]),
]

CASES = [*((style, "", []) for style in STYLES), *VARIANTS]


def made(style, names, swapped):
    """Return (module, parameters, X, Y, activations, loss, keywords) of a variant, with a source that can be read."""
    text, params, X, Y, activations, loss, told = STYLES[style]
    for old, new in swapped:
        assert old in text, f"{style}, {names}: {old}"
        text = text.replace(old, new)
    file = f"<{style}, {names}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    module = {"np": np, "__name__": "learner"}
    exec(compile(text, file, "exec"), module)
    global rng
    rng = np.random.default_rng(3)
    return module, params(module["Net"]) if callable(params) else params, X, Y, activations, loss, told
