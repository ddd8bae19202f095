"""Layers and their shapes: X, W, b and Z to scale while the sizes change; what does not fit is shown where it does not.

Whether something fits is asked of the package itself, by making the layers and the network and running it forward.
"""

from itertools import pairwise

import numpy as np

from nbhelpers.explorers.kit.controls import DropDown, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.network import Layer, Network
from nbhelpers.plots import style
from nbhelpers.plots.layers import MAX_LAYERS, MAX_SIZE, REGIONS, SIZE, Equation, Shapes

UNITS = ("h1", "h2", "h3", "h4")
_START = {"layers": 2, "n": 3, "d": 5, "h1": 4, "h2": 2, "h3": 3, "h4": 1}


def layers():
    """Return an explorer of the shapes of a network's matrices.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With sliders for the number of layers, for n, d and the units of each layer, and a list of ways to break the
        fit on purpose.
    """
    return Explorer(LayersLesson())


class LayersLesson(Lesson):
    """What is in the explorer: the sizes, and the matrices drawn to scale."""

    def __init__(self):
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.regions = REGIONS
            self.shapes = Shapes(self.figure.add_axes((0, 0, 1, 1)))
        self.controls, self.moving = _controls(), self.shapes.moving
        self.groups, self.follow = _groups(self.controls), {"layers": self._enable}
        self._enable(self.controls["layers"].value)

    def _enable(self, L):
        """The units of layers that the network does not have cannot be moved."""
        for l, name in enumerate(UNITS, start=1):
            self.controls[name].disabled = l > L

    def redraw(self, values):
        """Show the shapes of these sizes, and say in words what fits."""
        matrices = BREAKS[values["break"]](_fitting(values))
        self.shapes.update(_equations(matrices))
        words = _in_words(matrices, values)
        return Seen(words, _as_alt(matrices, words))


# --- controls ---------------------------------------------------------------------------------------------------------


def _controls():
    meanings = {"n": "features, the rows of X", "d": "examples, the columns of X"}
    meanings |= {name: f"units of layer {l}" for l, name in enumerate(UNITS, start=1)}
    sizes = {name: WholeSlider(name, _START[name], 1, MAX_SIZE, meaning) for name, meaning in meanings.items()}
    depth = WholeSlider("layers", _START["layers"], 1, MAX_LAYERS, "how many, not counting the input")
    return {"layers": depth, **sizes, "break": DropDown("break", BREAKS, "what is made not to fit")}


def _groups(controls):
    parts = {"network": ("layers", "break"), "data": ("n", "d"), "units": UNITS}
    return [Group(heading, [controls[name] for name in names]) for heading, names in parts.items()]


# --- matrices ---------------------------------------------------------------------------------------------------------


def _fitting(values):
    """X and the parameters of every layer, all of which fit; what numbers they hold does not matter here."""
    sizes = [values["n"], *(values[name] for name in UNITS[: values["layers"]])]
    parameters = {"X": np.zeros((values["n"], values["d"]))}
    for l, (inputs, units) in enumerate(pairwise(sizes), start=1):
        parameters |= {f"W{l}": np.zeros((units, inputs)), f"b{l}": np.zeros((units, 1))}
    return parameters


def _broken(name, change):
    """A break that changes one matrix, where there is one of that name."""
    return lambda matrices: matrices | ({name: change(matrices)} if name in matrices else {})


BREAKS = {
    "nothing": lambda matrices: matrices,
    "X is transposed": _broken("X", lambda m: m["X"].T),
    "W(1) is transposed": _broken("W1", lambda m: m["W1"].T),
    "W(2) is made for X": _broken("W2", lambda m: np.zeros((len(m["W2"]), len(m["X"])))),
    "b(1) is too tall": _broken("b1", lambda m: np.zeros((len(m["b1"]) + 1, 1))),
    "b(1) is a row": _broken("b1", lambda m: m["b1"].T),
}


def _depth(matrices):
    return len(matrices) // 2


def _refusal(matrices):
    """What the package says when these are put together and run; "" if all fits."""
    numbers = range(1, _depth(matrices) + 1)
    try:
        made = [Layer(matrices[f"W{l}"], matrices[f"b{l}"], "linear") for l in numbers]
        Network(made, "squared_error").forward(matrices["X"])
    except ValueError as error:
        return str(error)
    return ""


def _equations(matrices):
    """The shapes layer by layer; after a misfit nothing can be computed."""
    equations, A = [], matrices["X"].shape
    for l in range(1, _depth(matrices) + 1):
        W, b = matrices[f"W{l}"].shape, matrices[f"b{l}"].shape
        fits = A is not None and A[0] == W[1] and b == (W[0], 1)
        Z = (W[0], A[1]) if fits else None
        equations.append(Equation(l, {"Z": Z, "W": W, "A": A, "b": b}))
        A = Z
    return equations


# --- words ------------------------------------------------------------------------------------------------------------


def _in_words(matrices, values):
    refusal, broken = _refusal(matrices), values["break"]
    if refusal:
        return f"{broken}{_BLAMELESS.get(broken, '')}. The package says: “{refusal}”."
    if broken != "nothing":
        return f"{broken}, and yet everything fits: {_why_it_fits(matrices, values)}. {_counted(matrices)}"
    return f"All shapes fit. {_counted(matrices)}"


# Where the package names what was not touched.
_BLAMELESS = {"W(1) is transposed": ", and b(1) is as it should be: it no longer fits W(1)"}


def _why_it_fits(matrices, values):
    reasons = {
        "X is transposed": f"n = d = {values['n']}, so that no shape shows that rows and columns are swapped",
        "W(1) is transposed": f"W(1) is square, {matrices['W1'].shape}, so that no shape shows it",
        "W(2) is made for X": f"layer 1 has as many units as X has rows, {values['n']}",
        "b(1) is a row": "layer 1 has a single unit, and so b(1) a single number",
    }
    if _is_missing(values):
        return "there is no layer 2"
    return reasons[values["break"]]


def _is_missing(values):
    return values["break"].startswith("W(2)") and values["layers"] < 2


def _counted(matrices):
    """How many parameters there are, and that the examples do not count among them."""
    terms = []
    for l in range(1, _depth(matrices) + 1):
        h, inputs = matrices[f"W{l}"].shape
        terms.append(f"{h}·{inputs} + {h}")
    total = sum(matrix.size for name, matrix in matrices.items() if name != "X")
    return f"{' + '.join(terms)} = {total} parameters, whatever the number of examples."


def _as_alt(matrices, words):
    sizes = ", ".join(f"{name} {matrix.shape}" for name, matrix in matrices.items())
    return f"Matrices drawn to scale, layer by layer: {sizes}. {words}"
