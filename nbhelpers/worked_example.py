"""The lecture's worked example: a 2-2-1 network, one training example, and the figures that the lecture prints.

Beside it stands `wide`, a 3-4-2 network with five examples: all its sizes differ, so that no shape fits by chance.

The printed figures were computed by hand with three or four decimals. The exact ones are computed here, every time.
Where the two differ, `PRINTED` says why.

Source: lecture 2, "Backpropagation example step by step".
"""

from dataclasses import dataclass

import numpy as np

from nbhelpers import checks
from nbhelpers.activations import linear, relu, sigmoid, softmax, tanh
from nbhelpers.losses import binary_cross_entropy, categorical_cross_entropy, squared_error
from nbhelpers.network import Layer, Network
from nbhelpers.numbers_as_text import rounded
from nbhelpers.tables import Table

X = np.array([[0.5], [0.2]])
Y = np.array([[1.0]])
LEARNING_RATE = 0.5
for _array in (X, Y):
    _array.setflags(write=False)


def network():
    """Return the 2-2-1 network of the lecture: sigmoid in both layers, binary cross-entropy.

    Examples
    --------
    >>> network().forward(X).Z[1].ravel()
    array([0.43, 1.42])
    """
    hidden = Layer([[0.1, 0.4], [0.8, 0.6]], [0.3, 0.9], sigmoid)
    output = Layer([[0.3, 0.7]], 0.5, sigmoid)
    return Network([hidden, output], binary_cross_entropy)


_WIDE_X = np.array([[0.5, -0.3, 0.8, -0.6, 0.1], [0.2, 0.7, -0.4, 0.9, -0.5], [-0.1, 0.4, 0.6, -0.2, 0.3]])
_WIDE_W1 = np.array([[0.1, 0.4, -0.2], [0.8, 0.6, 0.3], [-0.5, 0.2, 0.7], [0.9, -0.3, -0.4]])
_WIDE_B1 = np.array([[0.3], [0.9], [-0.1], [0.2]])
_WIDE_W2 = np.array([[0.3, 0.7, -0.6, 0.2], [-0.4, 0.5, 0.1, 0.8]])
_WIDE_B2 = np.array([[0.5], [-0.2]])
_ONE_HOT = np.array([[1.0, 0.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0, 1.0]])
_YES_OR_NO = np.array([[1.0, 0.0, 1.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0, 0.0]])
_NUMBERS = np.array([[0.4, 1.1, -0.3, 0.8, 0.6], [-0.2, 0.5, 0.9, -0.7, 0.1]])
for _array in (_WIDE_X, _ONE_HOT, _YES_OR_NO, _NUMBERS):
    _array.setflags(write=False)

TASKS = {
    "yes or no": (sigmoid, sigmoid, binary_cross_entropy, _YES_OR_NO),
    "classes": (tanh, softmax, categorical_cross_entropy, _ONE_HOT),
    "numbers": (relu, linear, squared_error, _NUMBERS),
    "unmatched": (sigmoid, sigmoid, squared_error, _YES_OR_NO),
}
"""The hidden and the output activation, the loss and the labels of each task that `wide` knows."""


def wide(task="yes or no"):
    """Return the 3-4-2 network of notebook 01, its five examples and their labels.

    Parameters
    ----------
    task : str
        A name in `TASKS`: the weights stay the same, the activations, the loss and the labels change.

    Returns
    -------
    network : Network
    X : numpy.ndarray, shape (3, 5)
    Y : numpy.ndarray, shape (2, 5)

    Raises
    ------
    ValueError
        A task that is not in `TASKS`.

    Examples
    --------
    >>> network, X, Y = wide()
    >>> network.sizes, X.shape, Y.shape
    ([3, 4, 2], (3, 5), (2, 5))
    """
    if task not in TASKS:
        raise ValueError(f"{task!r} is not a task of the 3-4-2 network; choose from {', '.join(TASKS)}")
    hidden, output, loss, Y = TASKS[task]
    return Network([Layer(_WIDE_W1, _WIDE_B1, hidden), Layer(_WIDE_W2, _WIDE_B2, output)], loss), _WIDE_X, Y


@dataclass(frozen=True, eq=False)
class Printed:
    """A figure as the lecture prints it.

    Attributes
    ----------
    row : str
        Its row in the list of printed numbers, N01 to N13.
    name : str
        What can be asked of the pass: ``"Z1"``, ``"A1"``, ``"dW2"``, …
    latex : str
        The symbol.
    value : numpy.ndarray
        The printed figures, in the shape of the matrix.
    decimals : int
        How many decimals are printed.
    remark : str
        Why it differs from the exact figure, where it does.
    """

    row: str
    name: str
    latex: str
    value: np.ndarray
    decimals: int
    remark: str = ""


def _printed(row, name, latex, value, decimals, remark=""):
    value = np.array(value, dtype=float)
    value.setflags(write=False)
    return Printed(row, name, latex, value, decimals, remark)


_SLIP = "A slip: even from the rounded 0.606 and 0.805 it is 1.2453."
_FROM_SLIP = "The exact value rounds to 0.777; the sigmoid of the printed 1.244 is 0.7763 and rounds to 0.776."
_FROM_PRINTED = "Computed from the printed 0.776."
_INHERITED = "Inherits the difference in dJ/dZ(2)."

PRINTED = {
    printed.name: printed
    for printed in (
        _printed("N01", "Z1", r"Z^{(1)}", [[0.43], [1.42]], 2),
        _printed("N02", "A1", r"A^{(1)}", [[0.606], [0.805]], 3),
        _printed("N03", "Z2", r"Z^{(2)}", [[1.244]], 3, _SLIP),
        _printed("N04", "Y_hat", r"\hat Y", [[0.776]], 3, _FROM_SLIP),
        _printed("N05", "J", r"J", [[0.253]], 3, "Rounded. From the printed 0.776 it would be 0.2536."),
        _printed("N06", "dZ2", r"\partial J/\partial Z^{(2)}", [[-0.224]], 3, _FROM_PRINTED),
        _printed("N07", "dW2", r"\partial J/\partial W^{(2)}", [[-0.136, -0.180]], 3, _INHERITED),
        _printed("N08", "db2", r"\partial J/\partial b^{(2)}", [[-0.224]], 3, _INHERITED),
        _printed("N09", "dA1", r"(W^{(2)})^T\,\partial J/\partial Z^{(2)}", [[-0.0672], [-0.1568]], 4, _INHERITED),
        _printed("N10", "slope1", r"\sigma'(Z^{(1)})", [[0.239], [0.157]], 3),
        _printed("N11", "dZ1", r"\partial J/\partial Z^{(1)}", [[-0.0161], [-0.0246]], 4, _INHERITED),
        _printed(
            "N12",
            "dW1",
            r"\partial J/\partial W^{(1)}",
            [[-0.0080, -0.0032], [-0.0123, -0.0049]],
            4,
        ),
        _printed("N13", "db1", r"\partial J/\partial b^{(1)}", [[-0.0161], [-0.0246]], 4, _INHERITED),
    )
}


def exact():
    """Return the exact figure for each name in `PRINTED`, computed from X to the gradients.

    Returns
    -------
    dict of str to numpy.ndarray
        Each in the shape of its matrix; J is (1, 1).

    Examples
    --------
    >>> exact()["Y_hat"].round(8)
    array([[0.77651974]])
    """
    net = network()
    forward = net.forward(X)
    gradients = net.backward(forward, Y)
    return {
        **_by_layer("Z", forward.Z),
        **_by_layer("A", forward.A[:-1]),
        "Y_hat": forward.Y_hat,
        "J": np.array([[net.cost_of(forward, Y)]]),
        "slope1": sigmoid.derivative(forward.Z[1]),
        **_by_layer("dZ", gradients.dZ),
        **_by_layer("dA", gradients.dA),
        **_by_layer("dW", gradients.dW),
        **_by_layer("db", gradients.db),
    }


def compare(*names):
    """Return a table of printed and exact figures, for some names of `PRINTED` or for all of them.

    Raises
    ------
    ValueError
        A name that is not in `PRINTED`.

    Examples
    --------
    >>> compare("Z1", "Z2")
    figure   printed  exact       difference  why
    Z1[1,1]  0.43     0.43000000  0
    Z1[2,1]  1.42     1.42000000  0
    Z2       1.244    1.24549899  -0.0015     A slip: even from the rounded 0.606 and 0.805 it is 1.2453.
    """
    unknown = [name for name in names if name not in PRINTED]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not printed in the lecture; choose from {', '.join(PRINTED)}")
    figures = exact()
    rows = [row for name in names or PRINTED for row in _compared(PRINTED[name], figures[name])]
    return Table(["figure", "printed", "exact", "difference", "why"], rows)


def _compared(printed, exact_values):
    for (i, j), value in np.ndenumerate(printed.value):
        subscript = f"[{i + 1},{j + 1}]" if printed.value.size > 1 else ""
        difference = round(value - exact_values[i, j], 10)
        shown = f"{difference:.2g}" if difference else "0"
        why = _why(printed, difference) if difference else ""
        yield [printed.name + subscript, f"{value:.{printed.decimals}f}", f"{exact_values[i, j]:.8f}", shown, why]


def _why(printed, difference):
    is_rounding = abs(difference) <= 0.5 * 10.0**-printed.decimals
    return "Rounded." if is_rounding and (printed.value.size > 1 or not printed.remark) else printed.remark


def _by_layer(letter, arrays):
    return {f"{letter}{l}": array for l, array in enumerate(arrays) if l > 0 and array is not None}


# --- how rounding travels -------------------------------------------------------------------------------------------


_STEPS = {  # one after the other, each from the figures before it, as `k` knows them
    "Z1": lambda k: k("W1") @ k("X") + k("b1"),
    "A1": lambda k: sigmoid(k("Z1")),
    "Z2": lambda k: k("W2") @ k("A1") + k("b2"),
    "Y_hat": lambda k: sigmoid(k("Z2")),
    "J": lambda k: np.array([[binary_cross_entropy(k("Y_hat"), k("Y"))]]),
    "dZ2": lambda k: k("Y_hat") - k("Y"),
    "dW2": lambda k: k("dZ2") @ k("A1").T,
    "db2": lambda k: k("dZ2"),
    "dA1": lambda k: k("W2").T @ k("dZ2"),
    "slope1": lambda k: k("A1") * (1 - k("A1")),
    "dZ1": lambda k: k("dA1") * k("slope1"),
    "dW1": lambda k: k("dZ1") @ k("X").T,
    "db1": lambda k: k("dZ1"),
}


def by_hand(decimals, given=None):
    """Return the figures in `PRINTED` as a hand computation finds them that rounds after every step, from X on.

    Parameters
    ----------
    decimals : int
    given : dict, optional
        Other numbers for ``"X"``, ``"Y"``, ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"`` of a 2-2-1 network.

    Returns
    -------
    dict of str to numpy.ndarray
        As from `exact`.

    Examples
    --------
    >>> by_hand(3)["Z2"], by_hand(4)["Z2"]
    (array([[1.245]]), array([[1.2455]]))
    """
    checks.require_whole("decimals", decimals, 0)
    known = {name: _rounded(value, decimals) for name, value in (given or _given()).items()}
    for name, step in _STEPS.items():
        known[name] = _rounded(step(known.get), decimals)
    return {name: known[name] for name in PRINTED}


def from_printed():
    """Return for each figure in `PRINTED` what the figures printed before it give in one step, not rounded.

    Where this does not round to what is printed, the lecture's figure does not follow from those before it.

    Returns
    -------
    dict of str to numpy.ndarray
        As from `exact`.

    Examples
    --------
    >>> from_printed()["Z2"].round(4)
    array([[1.2453]])
    """
    known = _given() | {name: printed.value for name, printed in PRINTED.items()}
    return {name: _STEPS[name](known.get) for name in PRINTED}


def _given():
    return {"X": X, "Y": Y, **network().parameters}


_rounded = np.vectorize(rounded, otypes=[float])


def drift(*decimals):
    """Return a table of the printed figures, careful computations by hand, and where the two differ.

    Parameters
    ----------
    *decimals : int
        A column for each: a hand computation that rounds to so many decimals after every step. 3 and 4 unless given.

    Returns
    -------
    Table
        Each printed figure, what the printed figures before it give in one step, the hand computations, the exact one.

    Examples
    --------
    Z(2), J and one entry of dW(1) do not follow from the figures printed before them:

    >>> for row in drift(3).rows:
    ...     if row[-1].startswith("Does not"):
    ...         print(row[0], row[1], row[-1])
    Z2 1.244 Does not follow: 1.245 would.
    J 0.253 Does not follow: 0.254 would.
    dW1[1,1] -0.0080 Does not follow: -0.0081 would.
    """
    decimals = decimals or (3, 4)
    steps, hands, figures = from_printed(), [by_hand(places) for places in decimals], exact()
    header = ["figure", "printed", "from the printed", *(f"{k} decimals" for k in decimals), "exact", "what happens"]
    return Table(header, [row for name in PRINTED for row in _drifted(name, steps[name], hands, figures[name])])


def _drifted(name, steps, hands, exact_values):
    printed = PRINTED[name]
    for (i, j), value in np.ndenumerate(printed.value):
        subscript = f"[{i + 1},{j + 1}]" if printed.value.size > 1 else ""
        shown = [f"{value:.{printed.decimals}f}", f"{steps[i, j]:.6g}", *(f"{hand[name][i, j]:g}" for hand in hands)]
        happens = _what_happens(printed, value, steps[i, j], exact_values[i, j])
        yield [name + subscript, *shown, f"{exact_values[i, j]:.8f}", happens]


def _what_happens(printed, value, step, exact_value):
    expected = rounded(step, printed.decimals)
    if abs(expected - value) > 1e-9:
        return f"Does not follow: {expected:.{printed.decimals}f} would."
    if abs(rounded(exact_value, printed.decimals) - value) > 1e-9:
        return "Inherited."
    return ""
