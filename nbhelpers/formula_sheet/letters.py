"""The letters of other books: one forward and backward pass, written as each of them writes it, run and compared.

Each convention takes the course's ``X (n, d)``, ``Y (m, d)``, ``W1 (h, n)``, ``b1 (h, 1)``, ``W2``, ``b2`` into its
own letters, makes its pass with sigmoid layers and cross-entropy, and says how to come back to ``Z1 A1 Y_hat dW1 dW2``.
"""

from dataclasses import dataclass

import numpy as np

from nbhelpers import worked_example
from nbhelpers.activations import sigmoid
from nbhelpers.tables import Table

COMPARED = "Z1", "A1", "Y_hat", "dW1", "dW2"


@dataclass(frozen=True)
class Convention:
    """How one group of books writes a network with one hidden layer.

    Attributes
    ----------
    letters : str
        The letters with their shapes.
    given : str
        Code that turns the course's arrays into those of the book.
    code : str
        The pass in the book's letters.
    back : tuple of str
        The expressions for `COMPARED`, in the course's shapes.
    """

    letters: str
    given: str
    code: str
    back: tuple


CONVENTIONS = {
    "scikit-learn, PyTorch, Keras": Convention(
        "an example per row: X (d, n), W (n, h), b (h,), Z (d, h); PyTorch stores W as (h, n)",
        "X, Y, W1, b1, W2, b2 = X.T, Y.T, W1.T, b1.ravel(), W2.T, b2.ravel()",
        """Z1 = X @ W1 + b1
A1 = sigmoid(Z1)
Y_hat = sigmoid(A1 @ W2 + b2)
dZ2 = (Y_hat - Y) / len(X)
dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
dW1, dW2 = X.T @ dZ1, A1.T @ dZ2""",
        ("Z1.T", "A1.T", "Y_hat.T", "dW1.T", "dW2.T"),
    ),
    "Nielsen": Convention(
        "one example at a time: x (n, 1), w (h, n), b, z, a (h, 1), δ for dZ without 1/d; n examples, cost C",
        "w1, b1, w2, b2, n = W1, b1, W2, b2, X.shape[1]\nz1s, a1s, a2s, nabla_w1, nabla_w2 = [], [], [], 0, 0",
        """for x, y in zip(X.T[:, :, None], Y.T[:, :, None]):
    z1 = w1 @ x + b1
    a1 = sigmoid(z1)
    a2 = sigmoid(w2 @ a1 + b2)
    δ2 = a2 - y
    δ1 = (w2.T @ δ2) * a1 * (1 - a1)
    nabla_w1, nabla_w2 = nabla_w1 + δ1 @ x.T / n, nabla_w2 + δ2 @ a1.T / n
    z1s, a1s, a2s = [*z1s, z1], [*a1s, a1], [*a2s, a2]""",
        ("np.hstack(z1s)", "np.hstack(a1s)", "np.hstack(a2s)", "nabla_w1", "nabla_w2"),
    ),
    "Ng, deeplearning.ai": Convention(
        "examples in columns: X (n_x, m), W^[l], Z^[l], A^[l]; m examples, dZ without 1/m, 1/m in dW; cost J",
        "m = X.shape[1]",
        """Z1 = W1 @ X + b1
A1 = sigmoid(Z1)
A2 = sigmoid(W2 @ A1 + b2)
dZ2 = A2 - Y
dZ1 = W2.T @ dZ2 * A1 * (1 - A1)
dW1, dW2 = 1 / m * dZ1 @ X.T, 1 / m * dZ2 @ A1.T""",
        ("Z1", "A1", "A2", "dW1", "dW2"),
    ),
    "Bishop": Convention(
        "a for the course's Z, z for its A: a (M, N), z (M, N), w_ji from i to j; N examples; E sums over them",
        "W1, w10, W2, w20, T, N = W1, b1, W2, b2, Y, X.shape[1]",
        """a1 = W1 @ X + w10
z1 = sigmoid(a1)
y = sigmoid(W2 @ z1 + w20)
δ2 = y - T
δ1 = z1 * (1 - z1) * (W2.T @ δ2)
dE1, dE2 = δ1 @ X.T, δ2 @ z1.T""",
        ("a1", "z1", "y", "dE1 / N", "dE2 / N"),
    ),
    "Goodfellow": Convention(
        "a for the course's Z, h for its A, g for dJ/da: W (h, n), b, a, h (h, 1), here all m examples at once",
        "m = X.shape[1]",
        """a1 = b1 + W1 @ X
h1 = sigmoid(a1)
y_hat = sigmoid(b2 + W2 @ h1)
g2 = (y_hat - Y) / m
g1 = (W2.T @ g2) * h1 * (1 - h1)
dW1, dW2 = g1 @ X.T, g2 @ h1.T""",
        ("a1", "h1", "y_hat", "dW1", "dW2"),
    ),
    "Prince": Convention(
        "Ω_0 for W1, β_0 for b1, f_0 for Z1, h_1 for A1: Ω (h, n), f, h (h, 1); I examples; L sums over them",
        "Ω0, β0, Ω1, β1, I = W1, b1, W2, b2, X.shape[1]",
        """f0 = β0 + Ω0 @ X
h1 = sigmoid(f0)
f1 = β1 + Ω1 @ h1
df1 = sigmoid(f1) - Y
df0 = h1 * (1 - h1) * (Ω1.T @ df1)
dΩ0, dΩ1 = df0 @ X.T, df1 @ h1.T""",
        ("f0", "h1", "sigmoid(f1)", "dΩ0 / I", "dΩ1 / I"),
    ),
    "Lecture 1": Convention(
        "w_ij from unit i to unit j: w (n, h), one number at a time; N examples, learning rate α for η",
        "w1, w2, N = W1.T, W2.T, X.shape[1]",
        """z1 = np.einsum("ij,ie->je", w1, X) + b1
a1 = sigmoid(z1)
y_hat = sigmoid(np.einsum("ij,ie->je", w2, a1) + b2)
e2 = (y_hat - Y) / N
e1 = np.einsum("ij,je->ie", w2, e2) * a1 * (1 - a1)
dw1, dw2 = np.einsum("ie,je->ij", X, e1), np.einsum("ie,je->ij", a1, e2)""",
        ("z1", "a1", "y_hat", "dw1.T", "dw2.T"),
    ),
}


def run(name, network, X, Y):
    """Return Z1, A1, Y_hat, dW1 and dW2 of a pass in the letters of a book, in the shapes of the course.

    Parameters
    ----------
    name : str
        A name in `CONVENTIONS`.
    network : Network
        Two layers, with sigmoids and binary cross-entropy.
    X : numpy.ndarray, shape (n, d)
    Y : numpy.ndarray, shape (m, d)

    Returns
    -------
    dict of numpy.ndarray

    Raises
    ------
    ValueError
        An unknown name.
    """
    if name not in CONVENTIONS:
        raise ValueError(f"{name!r} is not a convention; choose from {', '.join(CONVENTIONS)}")
    convention = CONVENTIONS[name]
    known = {"np": np, "sigmoid": sigmoid, "X": X, "Y": Y}
    known |= {f"{letter}{l}": getattr(network, letter)[l] for letter in "Wb" for l in (1, 2)}
    exec(f"{convention.given}\n{convention.code}", known)
    return {ours: eval(theirs, known) for ours, theirs in zip(COMPARED, convention.back, strict=True)}


def distance(name, network, X, Y):
    """Return by how much a pass in the letters of a book differs at most from the package's."""
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    package = [forward.Z[1], forward.A[1], forward.A[2], gradients.dW[1], gradients.dW[2]]
    return max(np.abs(a - b).max() for a, b in zip(run(name, network, X, Y).values(), package, strict=True))


def table():
    """Return every convention with its letters, its pass, and whether two networks get the package's numbers."""
    small = worked_example.network(), worked_example.X, worked_example.Y
    rows = []
    for name, convention in CONVENTIONS.items():
        same = max(distance(name, *small), distance(name, *worked_example.wide())) < 1e-12
        code = "<br>".join(f"`{line}`" for line in convention.code.splitlines())
        rows.append([name, convention.letters.replace("_", r"\_"), code, "same numbers" if same else "other numbers"])
    return Table(["book", "letters and shapes", "its pass", "2-2-1 and 3-4-2"], rows)
