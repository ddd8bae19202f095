"""More backward passes as they stand on forums, written before `diagnose` was run on them: names once, then never again.

As in ``learners_code.py`` a style is a text with ``backward`` and the cost ``J`` that it belongs to, and a variant
exchanges lines of it. Its names are those of the mistakes that it makes: ``"a|b"`` where a and b give the very same
numbers there, "?" where it is wrong in a way that has no name, "" where it is right.
"""

# ruff: noqa: E501  (a line of a learner's code and what it is swapped for stand side by side)
import copy
import linecache

import numpy as np
from learners_code import BCE, CCE, SE, SIG

from nbhelpers.diagnosis.structure import leaves, replaced

rng = np.random.default_rng(5)


def draw(*shape):
    return rng.normal(size=shape).round(2)


def yes_or_no(*shape):
    return (rng.random(shape) < 0.5).astype(float)


LAYERS = """
class Dense:
    def __init__(self, weight, bias, kind):
        self.weight, self.bias, self.kind = weight, bias, kind
        self.grad_weight = self.grad_bias = None
    def forward(self, x):
        self.x = x
        self.z = x @ self.weight + self.bias
        self.out = np.maximum(self.z, 0.0) if self.kind == "relu" else self.z
        return self.out
    def backward(self, grad):
        if self.kind == "relu":
            grad = grad * (self.z > 0)
        self.grad_weight = self.x.T @ grad
        self.grad_bias = grad.sum(axis=0)
        return grad @ self.weight.T

class Net:
    def __init__(self, *layers):
        self.layers = list(layers)
    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

def J(net, X, Y):
    return ((net(X) - Y) ** 2).mean()

def backward(net, X, Y):
    grad = 2 * (net(X) - Y) / Y.size
    for layer in reversed(net.layers):
        grad = layer.backward(grad)
"""

LOGISTIC = """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def J(params, X, y):
    w, b = params
    a = sigmoid(np.dot(w.T, X) + b)
    return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))

def backward(w, b, X, y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(y * np.log(A) + (1 - y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - y).T)
    db = 1 / m * np.sum(A - y)
    return {"dw": dw, "db": db}, cost
"""

CS231N = """
reg = 0.5

def J(W, X, y):
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean() + reg * np.sum(W * W)

def backward(W, X, y):
    loss = 0.0
    dW = np.zeros_like(W)
    num_train = X.shape[0]
    for i in range(num_train):
        scores = X[i].dot(W)
        scores -= np.max(scores)
        probs = np.exp(scores) / np.sum(np.exp(scores))
        loss += -np.log(probs[y[i]])
        for j in range(W.shape[1]):
            dW[:, j] += (probs[j] - (j == y[i])) * X[i]
    loss = loss / num_train + reg * np.sum(W * W)
    dW /= num_train
    dW += 2 * reg * W
    return loss, dW
"""

NIELSEN = """
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def J(net, X, Y):
    a = X
    for b, w in zip(net[0], net[1]):
        a = sigmoid(w @ a + b)
    return np.sum(-Y * np.log(a) - (1 - Y) * np.log(1 - a)) / X.shape[1]

def one(biases, weights, x, y):
    nabla_b = [np.zeros(b.shape) for b in biases]
    nabla_w = [np.zeros(w.shape) for w in weights]
    activation = x
    activations = [x]
    for b, w in zip(biases, weights):
        activation = sigmoid(np.dot(w, activation) + b)
        activations.append(activation)
    delta = activations[-1] - y
    nabla_b[-1] = delta
    nabla_w[-1] = np.dot(delta, activations[-2].transpose())
    for l in range(2, len(biases) + 1):
        sp = activations[-l] * (1 - activations[-l])
        delta = np.dot(weights[-l + 1].transpose(), delta) * sp
        nabla_b[-l] = delta
        nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
    return nabla_b, nabla_w

def backward(net, X, Y):
    biases, weights = net
    sum_b = [np.zeros(b.shape) for b in biases]
    sum_w = [np.zeros(w.shape) for w in weights]
    for i in range(X.shape[1]):
        delta_b, delta_w = one(biases, weights, X[:, i:i+1], Y[:, i:i+1])
        sum_b = [nb + dnb for nb, dnb in zip(sum_b, delta_b)]
        sum_w = [nw + dnw for nw, dnw in zip(sum_w, delta_w)]
    n = X.shape[1]
    return [b / n for b in sum_b], [w / n for w in sum_w]
"""

EINSUM = """
def J(params, x, y):
    h = np.tanh(np.einsum("bi,hi->bh", x, params["enc.weight"]) + params["enc.bias"])
    g = np.tanh(np.einsum("bi,hi->bh", h, params["mid.weight"]) + params["mid.bias"])
    o = np.einsum("bh,oh->bo", g, params["dec.weight"]) + params["dec.bias"]
    return 0.5 * np.sum((o - y) ** 2) / len(x)

def backward(params, x, y):
    h = np.tanh(np.einsum("bi,hi->bh", x, params["enc.weight"]) + params["enc.bias"])
    g = np.tanh(np.einsum("bi,hi->bh", h, params["mid.weight"]) + params["mid.bias"])
    o = np.einsum("bh,oh->bo", g, params["dec.weight"]) + params["dec.bias"]
    do = (o - y) / len(x)
    dg = np.einsum("bo,oh->bh", do, params["dec.weight"]) * (1 - g**2)
    dh = np.einsum("bo,oh->bh", dg, params["mid.weight"]) * (1 - h**2)
    grads = {}
    grads["dec.weight"] = np.einsum("bo,bh->oh", do, g)
    grads["dec.bias"] = np.einsum("bo->o", do)
    grads["mid.weight"] = np.einsum("bo,bh->oh", dg, h)
    grads["mid.bias"] = np.einsum("bo->o", dg)
    grads["enc.weight"] = np.einsum("bo,bh->oh", dh, x)
    grads["enc.bias"] = np.einsum("bo->o", dh)
    return grads
"""

VECTOR = """
def J(p, X, y):
    W, b, v, c = p
    h = 1 / (1 + np.exp(-(X @ W + b)))
    return 0.5 * np.mean((h @ v + c - y) ** 2)

def backward(p, X, y):
    W, b, v, c = p
    h = 1 / (1 + np.exp(-(X @ W + b)))
    r = (h @ v + c - y) / len(y)
    gv = h.T @ r
    gc = r.sum()
    gh = np.outer(r, v) * h * (1 - h)
    gW = X.T @ gh
    gb = gh.sum(0)
    return gW, gb, gv, gc
"""

STEP = """
def relu(z):
    return z * (z > 0)

def softmax(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)

def J(params, X, Y):
    L = len(params) // 2
    A = X
    for l in range(1, L):
        A = relu(params["W" + str(l)] @ A + params["b" + str(l)])
    A = softmax(params["W" + str(L)] @ A + params["b" + str(L)])
    weights = sum((params["W" + str(l)] ** 2).sum() for l in range(1, L + 1))
    return -(Y * np.log(A)).sum() / X.shape[1] + 0.7 / (2 * X.shape[1]) * weights

def backward(params, X, Y, learning_rate=0.05, lambd=0.7):
    L = len(params) // 2
    m = X.shape[1]
    A = {0: X}
    Z = {}
    for l in range(1, L + 1):
        Z[l] = params["W" + str(l)] @ A[l - 1] + params["b" + str(l)]
        A[l] = relu(Z[l]) if l < L else softmax(Z[l])
    dZ = A[L] - Y
    new = {}
    for l in range(L, 0, -1):
        dW = dZ @ A[l - 1].T / m + lambd / m * params["W" + str(l)]
        db = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = params["W" + str(l)].T @ dZ
            dZ[Z[l - 1] <= 0] = 0
        new["W" + str(l)] = params["W" + str(l)] - learning_rate * dW
        new["b" + str(l)] = params["b" + str(l)] - learning_rate * db
    return new
"""

TUPLE = """
from collections import namedtuple
Params = namedtuple("Params", "W1 b1 W2 b2")
Cache = namedtuple("Cache", "z1 a1 z2 a2")

def forward(p, X):
    z1 = p.W1 @ X + p.b1
    a1 = np.tanh(z1)
    z2 = p.W2 @ a1 + p.b2
    return Cache(z1, a1, z2, 1 / (1 + np.exp(-z2)))

def J(p, X, Y):
    a2 = forward(p, X).a2
    data = -np.mean(np.sum(Y * np.log(a2) + (1 - Y) * np.log(1 - a2), axis=0))
    return data + 0.5 * 0.1 * (np.sum(p.W1**2) + np.sum(p.W2**2))

def backward(X, Y, p):
    c = forward(p, X)
    n = X.shape[1]
    lam = 0.1
    dA2 = -(Y / c.a2 - (1 - Y) / (1 - c.a2)) / n
    dZ2 = dA2 * c.a2 * (1 - c.a2)
    dW2 = dZ2 @ c.a1.T + lam * p.W2
    db2 = dZ2 @ np.ones((n, 1))
    dA1 = p.W2.T @ dZ2
    dZ1 = dA1 * (1 - c.a1**2)
    dW1 = dZ1 @ X.T + lam * p.W1
    db1 = dZ1 @ np.ones((n, 1))
    return Params(dW1, db1, dW2, db2)
"""

TORCH = """
def J(p, x, target):
    out = np.maximum(x @ p["fc1_weight"].T + p["fc1_bias"], 0) @ p["fc2_weight"].T + p["fc2_bias"]
    return np.mean((out - target) ** 2)

def backward(p, x, target):
    n = x.shape[0]
    z1 = x @ p["fc1_weight"].T + p["fc1_bias"]
    a1 = np.maximum(z1, 0)
    out = a1 @ p["fc2_weight"].T + p["fc2_bias"]
    d_out = 2.0 * (out - target) / target.size
    g = {}
    g["fc2_weight"] = d_out.T @ a1
    g["fc2_bias"] = d_out.sum(0)
    d_a1 = d_out @ p["fc2_weight"]
    d_z1 = d_a1 * (z1 > 0)
    g["fc1_weight"] = d_z1.T @ x
    g["fc1_bias"] = d_z1.sum(0)
    return g
"""

DEEP = """
def J(model, X, y):
    a = X
    for W, b in zip(model["W"][:-1], model["b"][:-1]):
        a = np.maximum(0.0, a @ W + b)
    s = a @ model["W"][-1] + model["b"][-1]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    return -np.log(p[range(len(y)), y]).mean()

def backward(model, X, y):
    acts = [X]
    zs = []
    Ws, bs = model["W"], model["b"]
    for W, b in zip(Ws[:-1], bs[:-1]):
        zs.append(acts[-1] @ W + b)
        acts.append(np.maximum(0.0, zs[-1]))
    scores = acts[-1] @ Ws[-1] + bs[-1]
    exps = np.exp(scores - scores.max(1, keepdims=True))
    probs = exps / exps.sum(1, keepdims=True)
    N = X.shape[0]
    dscores = probs.copy()
    dscores[range(N), y] -= 1
    dscores /= N
    dWs, dbs = [], []
    grad = dscores
    for i in reversed(range(len(Ws))):
        dWs.insert(0, acts[i].T @ grad)
        dbs.insert(0, grad.sum(axis=0))
        if i > 0:
            grad = grad @ Ws[i].T
            grad[zs[i-1] <= 0] = 0
    return {"W": dWs, "b": dbs}
"""

NG = """
def J(Thetas, X, y):
    T1, T2 = Thetas
    m = X.shape[0]
    ones = np.ones((m, 1))
    a2 = 1 / (1 + np.exp(-(np.hstack([ones, X]) @ T1.T)))
    h = 1 / (1 + np.exp(-(np.hstack([ones, a2]) @ T2.T)))
    penalty = 0.3 / (2 * m) * ((T1[:, 1:] ** 2).sum() + (T2[:, 1:] ** 2).sum())
    return -(y * np.log(h) + (1 - y) * np.log(1 - h)).sum() / m + penalty

def backward(Thetas, X, y):
    T1, T2 = Thetas
    m = X.shape[0]
    lam = 0.3
    a1 = np.c_[np.ones(m), X]
    z2 = a1 @ T1.T
    a2 = np.c_[np.ones(m), 1/(1+np.exp(-z2))]
    h = 1/(1+np.exp(-(a2 @ T2.T)))
    d3 = h - y
    d2 = (d3 @ T2)[:, 1:] * (a2[:, 1:] * (1 - a2[:, 1:]))
    g1 = d2.T @ a1 / m
    g2 = d3.T @ a2 / m
    g1[:, 1:] += lam / m * T1[:, 1:]
    g2[:, 1:] += lam / m * T2[:, 1:]
    return g1, g2
"""

IN_PLACE = """
def J(params, X, y):
    h = np.tanh(X @ params["w1"] + params["b1"])
    return 0.5 * np.mean(((h @ params["w2"] + params["b2"]).ravel() - y) ** 2)

def backward(X, y, params, lr=0.5):
    n = len(y)
    h = np.tanh(X @ params["w1"] + params["b1"])
    yhat = (h @ params["w2"] + params["b2"]).ravel()
    err = (yhat - y) / n
    gw2 = h.T @ err[:, None]
    gb2 = err.sum()
    gh = err[:, None] * params["w2"].T
    gz = gh * (1 - h * h)
    gw1 = X.T @ gz
    gb1 = gz.sum(axis=0)
    params["w2"] -= lr * gw2
    params["b2"] -= lr * gb2
    params["w1"] -= lr * gw1
    params["b1"] -= lr * gb1
"""

X, Xc = draw(5, 3), draw(3, 5)


def steps(module, params, X, y, eta):
    """The gradient that a step in place tells, in the order of the parameters."""
    after = copy.deepcopy(params)
    module["backward"](X, y, after)
    return [(params[name] - after[name]) / eta for name in params]


def in_layers(module, net, X, Y):
    net = copy.deepcopy(net)
    module["backward"](net, X, Y)
    return [part for layer in net.layers for part in (layer.grad_weight, layer.grad_bias)]


def in_order(module, params, X, Y):
    given = (X, Y, params) if "Params" in module else (params, X, Y)
    return [leaf.array for leaf in leaves(module["backward"](*given))]


def by_name(module, params, X, Y):
    returned = module["backward"](params, X, Y)
    return [returned[name] for name in params]


STYLES = {  # text, parameters, X, Y, activations, loss, what else diagnose is told, its gradients in order
    "layers": (LAYERS, lambda m: m["Net"](m["Dense"](draw(3, 4), draw(4), "relu"), m["Dense"](draw(4, 2), draw(2), "linear")), X, draw(5, 2), ["relu", "linear"], SE, {}, in_layers),
    "logistic": (LOGISTIC, (draw(3, 1), 0.3), Xc, yes_or_no(1, 5), [SIG], BCE, {}, lambda m, p, X, y: [*m["backward"](*p, X, y)[0].values()]),
    "class numbers": (CS231N, draw(3, 4), X, np.array([0, 3, 1, 2, 1]), ["softmax"], CCE, {}, lambda m, W, X, y: [m["backward"](W, X, y)[1]]),
    "biases first": (NIELSEN, ([draw(4, 1), draw(2, 1)], [draw(4, 3), draw(2, 4)]), Xc, yes_or_no(2, 5), [SIG, SIG], BCE, {}, in_order),
    "einsum": (EINSUM, {"enc.weight": draw(4, 3), "enc.bias": draw(4), "mid.weight": draw(6, 4), "mid.bias": draw(6), "dec.weight": draw(2, 6), "dec.bias": draw(2)}, X, draw(5, 2), ["tanh", "tanh", "linear"], SE, {}, by_name),
    "vector": (VECTOR, (draw(3, 4), draw(4), draw(4), 0.2), X, draw(5), [SIG, "linear"], SE, {}, in_order),
    "step": (STEP, {"W1": draw(4, 3), "b1": draw(4, 1), "W2": draw(6, 4), "b2": draw(6, 1), "W3": draw(2, 6), "b3": draw(2, 1)}, Xc, np.eye(2)[:, [0, 1, 1, 0, 1]], ["relu", "relu", "softmax"], CCE, {"returns": "parameters"}, lambda m, p, X, Y: [(p[n] - new) / 0.05 for n, new in sorted(m["backward"](p, X, Y).items(), key=lambda item: [*p].index(item[0]))]),
    "named tuple": (TUPLE, lambda m: m["Params"](draw(4, 3), draw(4, 1), draw(2, 4), draw(2, 1)), Xc, yes_or_no(2, 5), ["tanh", SIG], BCE, {}, in_order),
    "like a library": (TORCH, {"fc1_weight": draw(4, 3), "fc1_bias": draw(4), "fc2_weight": draw(2, 4), "fc2_bias": draw(2)}, X, draw(5, 2), ["relu", "linear"], "mse", {}, by_name),
    "lists": (DEEP, {"W": [draw(3, 6), draw(6, 4), draw(4, 3)], "b": [draw(6) + 0.3, draw(4) + 0.3, draw(3)]}, X, np.array([0, 2, 1, 1, 2]), ["relu", "relu", "softmax"], "cce", {}, in_order),
    "in place": (IN_PLACE, {"w1": draw(3, 4), "b1": draw(4), "w2": draw(4, 1), "b2": draw(1)}, X, draw(5), ["tanh", "linear"], SE, {"returns": "parameters"}, lambda m, p, X, y: steps(m, p, X, y, 0.5)),
    "sliced thetas": (NG, (draw(4, 4), draw(2, 5)), X, yes_or_no(5, 2), [SIG, SIG], BCE, {}, in_order),
}  # fmt: skip

BOTH_PENALTIES = [(" + lam * p.W2", ""), (" + lam * p.W1", "")]

VARIANTS = [
    ("layers", "relu_mask_of_the_gradient|slope_of_the_error", [("grad * (self.z > 0)", "grad * (grad > 0)")]),
    ("layers", "bias_not_summed", [("grad.sum(axis=0)", "grad")]),
    ("layers", "slope_missing|relu_mask_always_true", [("            grad = grad * (self.z > 0)", "            pass")]),
    ("logistic", "difference_turned_round", [("(A - y).T", "(y - A).T"), ("np.sum(A - y)", "np.sum(y - A)")]),
    ("logistic", "?", [("db = 1 / m * np.sum", "db = np.sum")]),
    ("logistic", "slope_applied_again", [("dw = 1 / m * np.dot(X, (A - y).T)", "d = (A - y) * A * (1 - A); dw = 1 / m * np.dot(X, d.T)"), ("np.sum(A - y)", "np.sum(d)")]),
    ("logistic", "bias_left_out", [("    A = sigmoid(np.dot(w.T, X) + b)", "    A = sigmoid(np.dot(w.T, X))")]),
    ("class numbers", "weight_for_input", [("* X[i]\n", "* W[:, j]\n")]),
    ("class numbers", "only_last_example", [("dW[:, j] +=", "dW[:, j] =")]),
    ("class numbers", "penalty_missing", [("    dW += 2 * reg * W\n", "")], "mean, l2=1"),
    ("class numbers", "?", [("dW += 2 * reg * W", "dW += reg * W")], "mean, l2=1"),
    ("biases first", "slope_at_A", [("sp = activations[-l] * (1 - activations[-l])", "sp = sigmoid(activations[-l]) * (1 - sigmoid(activations[-l]))")]),
    ("biases first", "A_of_the_wrong_layer", [("np.dot(delta, activations[-l - 1].transpose())", "np.dot(delta, activations[-l].transpose())")]),
    ("biases first", "only_last_example", [("nb + dnb for", "dnb for"), ("nw + dnw for", "dnw for")]),
    ("einsum", "slope_missing", [('params["mid.weight"]) * (1 - h**2)', 'params["mid.weight"])')]),
    ("einsum", "error_not_sent_through_W", [('np.einsum("bo,oh->bh", do, params["dec.weight"])', "do.sum(axis=1, keepdims=True)")]),
    ("einsum", "bias_averaged", [('np.einsum("bo->o", dg)', 'np.einsum("bo->o", dg) / len(x)')]),
    ("einsum", "?", [("* (1 - g**2)", "* (1 - g)")]),
    ("vector", "labels_broadcast", [("r = (h @ v + c - y)", "r = (h @ v + c - y[:, None])")]),
    ("vector", "activation_for_slope", [("* h * (1 - h)", "* h")]),
    ("vector", "bias_averaged", [("r.sum()", "r.mean()"), ("gh.sum(0)", "gh.mean(0)")]),
    ("step", "W_updated_first", [("    new = {}\n", "    new = {}\n    params = dict(params)\n"), ("        if l > 1:\n", '        params["W" + str(l)] = new["W" + str(l)] = params["W" + str(l)] - learning_rate * dW\n        if l > 1:\n'), ('        new["W" + str(l)] = params["W" + str(l)] - learning_rate * dW\n        new["b"', '        new["b"')]),
    ("step", "penalty_with_wrong_sign", [("+ lambd / m *", "- lambd / m *")]),
    ("step", "update_with_plus", [("- learning_rate * dW", "+ learning_rate * dW"), ("- learning_rate * db", "+ learning_rate * db")]),
    ("step", "slope_missing|relu_mask_always_true", [("            dZ[Z[l - 1] <= 0] = 0\n", "")]),
    ("named tuple", "penalty_missing", [(" + lam * p.W1", "")]),
    ("named tuple", "penalty_missing", [(" + lam * p.W2", "")]),
    ("named tuple", "penalty_missing", BOTH_PENALTIES, "mean, l2=0.1"),
    ("named tuple", "penalty_on_biases", [("db2 = dZ2 @ np.ones((n, 1))", "db2 = dZ2 @ np.ones((n, 1)) + lam * p.b2"), ("db1 = dZ1 @ np.ones((n, 1))", "db1 = dZ1 @ np.ones((n, 1)) + lam * p.b1")]),
    ("named tuple", "?", [("lam * p.W2", "2 * lam * p.W2"), ("lam * p.W1", "2 * lam * p.W1")], "mean, l2=0.1"),
    ("named tuple", "?", [("lam * p.W2", "lam * p.W2**2"), ("lam * p.W1", "lam * p.W1**2")]),
    ("named tuple", "slope_missing", [("dA1 * (1 - c.a1**2)", "dA1")]),
    ("named tuple", "slope_missing penalty_on_biases", [("dA1 * (1 - c.a1**2)", "dA1"), ("db2 = dZ2 @ np.ones((n, 1))", "db2 = dZ2 @ np.ones((n, 1)) + lam * p.b2"), ("db1 = dZ1 @ np.ones((n, 1))", "db1 = dZ1 @ np.ones((n, 1)) + lam * p.b1")]),
    ("named tuple", "?", [("dA2 = -(Y / c.a2 - (1 - Y)", "dA2 = -(Y / c.a2 + (1 - Y)")]),
    ("like a library", "dW_turned_over", [("d_z1.T @ x", "x.T @ d_z1")]),
    ("like a library", "activation_for_slope", [("(z1 > 0)", "a1")]),
    ("lists", "one_over_d_missing", [("    dscores /= N\n", "")], "mean"),
    ("lists", "softmax_over_everything", [("exps.sum(1, keepdims=True)", "exps.sum()")]),
    ("lists", "bias_summed_over_units", [("grad.sum(axis=0)", "grad.sum(axis=1)")]),
    ("lists", "?", [("zs[i-1] <= 0", "zs[i-1] <= 0.2")]),
    ("in place", "bias_never_trained", [('    params["b2"] -= lr * gb2\n', ""), ('    params["b1"] -= lr * gb1', "")]),
    ("in place", "labels_broadcast", [(".ravel()\n    err", "\n    err"), ("err[:, None]", "err")]),
    ("sliced thetas", "penalty_on_biases", [("g1[:, 1:] += lam / m * T1[:, 1:]", "g1 += lam / m * T1"), ("g2[:, 1:] += lam / m * T2[:, 1:]", "g2 += lam / m * T2")]),
    ("sliced thetas", "penalty_missing", [("    g1[:, 1:] += lam / m * T1[:, 1:]\n", "")]),
    ("sliced thetas", "slope_twice", [("(a2[:, 1:] * (1 - a2[:, 1:]))", "(a2[:, 1:] * (1 - a2[:, 1:])) ** 2")]),
]  # fmt: skip

CASES = [*((style, "", []) for style in STYLES), *VARIANTS]


def made(style, names, swapped, cost=None):
    """Return (module, parameters, X, Y, activations, loss, keywords, gradients) of a variant, with a source to read."""
    text, params, X, Y, activations, loss, told, gradients = STYLES[style]
    for old, new in swapped:
        assert old in text, f"{style}, {names}: {old}"
        text = text.replace(old, new)
    file = f"<more, {style}, {names}, {len(text)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    module = {"np": np, "__name__": "learner"}
    exec(compile(text, file, "exec"), module)
    global rng
    rng = np.random.default_rng(3)
    told = {**told, "cost": cost} if cost else told
    return module, params(module) if callable(params) else params, X, Y, activations, loss, told, gradients


def differences(J, params, X, Y, h=1e-6):
    """Central differences of a cost, for every number in the parameters, in their order."""
    for leaf in leaves(params):
        slope = np.zeros(leaf.array.shape)
        for i in np.ndindex(slope.shape):
            step = np.zeros(leaf.array.shape)
            step[i] = h
            ends = [J(replaced(params, {leaf.address: leaf.array + s}), X, Y) for s in (step, -step)]
            slope[i] = (ends[0] - ends[1]) / (2 * h)
        yield slope


def label(case):
    return f"{case[0]}: {case[1] or 'right'}"
