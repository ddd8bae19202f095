"""Lines of NumPy in a learner's own convention and, where its variables are known, with the learner's own names."""

import ast
import re
import textwrap

import numpy as np

from nbhelpers.diagnosis.rounding import coarsest
from nbhelpers.mistakes.steps import RESULTS


class Lines:
    """Writes the right line for any step of the pass.

    Parameters
    ----------
    convention : Convention
    network : Network
    way : Way
        The pass as the learner goes it, so that its numbers are the learner's.
    cost : Cost
    variables : list of Leaf
        What the learner's function had in its variables.
    """

    def __init__(self, convention, network, way, cost, variables, X, Y):
        self.convention, self.network, self.way, self.cost, self.variables = convention, network, way, cost, variables
        self.rows, self.inputs_first = convention.rows, convention.inputs_first
        self.X, self.Y, self.L = X, Y, network.L

    def right(self, step, l):
        """Return the right line for a step, at layer l."""
        write = {
            "weighted_sums": self._weighted_sums,
            "activations": self._activation,
            "predictions": lambda l: self._activation(self.L),
            "output_dA": lambda l: self._output(self.L),
            "output_dZ": lambda l: self._output(self.L),
            "hidden_dA": self._dA,
            "hidden_dZ": self._dZ,
            "weight_gradient": self._dW,
            "bias_gradient": self._db,
            "penalized": self._dW,
            "penalized_bias": self._db,
            "own_dZ": self._own,
        }.get(step)
        return write(l) if write else ""

    def _weighted_sums(self, l):
        product = self._product(("W", l, 0), ("A", l - 1, 0), self.rows)
        return f"{self.name('Z', l)} = {product} + {self.name('b', l)}"

    def _activation(self, l):
        f, Z = repr(self.network.layers[l - 1].activation), self.name("Z", l)
        if f == "softmax":
            axis = "axis=1, keepdims=True" if self.rows else "axis=0"
            value = f"np.exp({Z}) / np.exp({Z}).sum({axis})"
        else:
            value = {"sigmoid": f"1 / (1 + np.exp(-{Z}))", "tanh": f"np.tanh({Z})", "relu": f"np.maximum(0, {Z})",
                     "linear": Z}.get(f, f"{f}({Z})")  # fmt: skip
        return f"{self.name('A', l)} = {value}"

    def _output(self, l):
        if not self.convention.one_hot:
            return self._output_of_class_numbers(l)
        matched = self.network.is_matched
        squares = repr(self.network.loss) == "squared_error"
        Y_hat, Y = self.name("A", l), self.name("Y")
        difference = f"({Y_hat} - {Y})"
        over = {"mean": f" / {self.name('d')}", "sum": "", "mean of all entries": f" / {Y}.size"}[self.cost.kind]
        line = ("" if self.cost.half else "2 * ") + difference + over
        if not matched and squares:
            line += self._slope(l)
        elif not matched:
            line = f"{self.name('dA', l)}{self._slope(l)}"
        return f"{self.name('dZ', l)} = {line}"

    def _output_of_class_numbers(self, l):
        dZ, Y_hat, y = self.name("dZ", l), self.known("A", l), self.name("Y")
        d = f"len({y})"
        at = f"np.arange({d}), {y}" if self.rows else f"{y}, np.arange({d})"
        begin = f"{dZ} = {Y_hat}.copy(); " if Y_hat and Y_hat != dZ else ""
        over = {"mean": f"; {dZ} /= {d}", "sum": "", "mean of all entries": f"; {dZ} /= {dZ}.size"}[self.cost.kind]
        return f"{begin}{dZ}[{at}] -= 1{over}"

    def shaped_labels(self):
        """Return the line that gives the labels the shape of the predictions."""
        Y = self.name("Y")
        return f"{Y} = {Y}.reshape({self.name('A', self.L)}.shape)"

    def _dA(self, l):
        product = self._product(("W", l + 1, 1), ("dZ", l + 1, 0), self.rows)
        return f"{self.name('dA', l)} = {product}"

    def _dZ(self, l):
        if l == self.L:
            return self._output(l)
        known = self.known("dA", l)
        arriving = known or f"({self._product(('W', l + 1, 1), ('dZ', l + 1, 0), self.rows)})"
        if known and known == self.known("dZ", l):
            arriving = f"({self._product(('W', l + 1, 1), ('dZ', l + 1, 0), self.rows)})"
        return f"{self.name('dZ', l)} = {arriving}{self._slope(l)}"

    def _own(self, l):
        return f"{self._dW(l)}; {self._db(l)}"

    def _dW(self, l):
        penalty = f" + {self.way.l2:.6g} * {self.name('W', l)}" if self.way.l2 else ""
        return f"{self.name('dW', l)} = {self._product(('dZ', l, 0), ('A', l - 1, 1), self.inputs_first)}{penalty}"

    def _db(self, l):
        flat = self.convention.biases and self.convention.biases[l - 1].array.ndim < 2
        keep = "" if flat else ", keepdims=True"
        return f"{self.name('db', l)} = {self.name('dZ', l)}.sum(axis={0 if self.rows else 1}{keep})"

    def _slope(self, l):
        f = repr(self.network.layers[l - 1].activation)
        A, Z = self.name("A", l), self.name("Z", l)
        if f == "relu":
            return f" * ({self.known('Z', l) or A} > 0)"
        return {"sigmoid": f" * {A} * (1 - {A})", "tanh": f" * (1 - {A}**2)", "linear": ""}.get(
            f, f" * {f}.derivative({Z})"
        )

    def _product(self, left, right, turned):
        """Return a product in the learner's form: a matrix that stands turned is transposed once more."""
        if turned:
            left, right = (*right[:2], right[2] + 1), (*left[:2], left[2] + 1)
        return f"{self._factor(*left)} @ {self._factor(*right)}"

    def _factor(self, letter, l, transposed):
        turned = self.inputs_first if letter in ("W", "dW") else self.rows
        return self.name(letter, l) + (".T" if (transposed + turned) % 2 else "")

    # --- names --------------------------------------------------------------------------------------------------------

    def name(self, letter, l=0):
        """Return what the learner calls a quantity, or the lecture's name of it."""
        if letter == "d":
            return f"{self.name('X')}.shape[{0 if self.rows else 1}]"
        return self.known(letter, l) or {"A0": "X", f"A{self.L}": "Y_hat"}.get(f"{letter}{l}", f"{letter}{l or ''}")

    def known(self, letter, l=0):
        """Return what the learner calls a quantity, by its value; None where no variable has it."""
        value = self._value(letter, l)
        if value is None or (np.size(value) < 2 and letter not in ("W", "b")):
            return None
        names = [leaf.name for leaf in self.variables if _is(leaf, value)]
        names = [name for name in names if re.match(_LOOKS.get(letter, ""), name, re.IGNORECASE)] or names
        return min(names, key=lambda name: _distance(name, letter), default=None)

    def _value(self, letter, l):
        way = self.way
        turned = self.inputs_first if letter in ("W", "dW") else self.rows
        if letter in ("X", "Y"):
            return self.X if letter == "X" else self.Y  # as the learner has them
        if letter in ("W", "b"):
            value = getattr(self.network, letter)[l]
        elif letter in ("Z", "A"):
            value = getattr(way, letter)[l]
        elif letter in ("dZ", "dA"):
            value = getattr(way, letter).get(l)
        elif letter not in ("dW", "db"):
            return None
        else:
            dZ = way.dZ.get(l)
            value = None if dZ is None else dZ.sum(axis=1, keepdims=True)
            if letter == "dW" and dZ is not None:
                value = dZ @ way.A[l - 1].T + (way.l2 or 0) * self.network.W[l]
        if value is None:
            return None
        return value.T if turned and np.ndim(value) == 2 else value

    def own_line(self, source, letter, l):
        """Return the learner's line that computes a quantity, where source and variable are known."""
        name = self.known(letter, l)
        return _assignments(source).get(name, "") if source and name else ""


_LOOKS = {
    **dict.fromkeys(("dZ", "dA", "dW", "db"), r".*(d|grad|nabla|delta|err|g_)"),
    **dict.fromkeys(("W", "b", "A", "Z", "X", "Y"), r"(?!.*(delta|grad|err))"),
}


def _distance(name, letter):
    """What makes a name the less likely one: it does not begin like the letter, is a part of something, is long."""
    return not name.lower().startswith(letter.lower()), "[" in name or "." in name, len(name)


def _is(leaf, value):
    try:
        array = leaf.array
    except (TypeError, ValueError):
        return False
    if array.shape != np.shape(value):
        same_row = array.ndim == 1 and np.size(value) == array.size and 1 in np.shape(value)
        if not same_row:
            return False
        array = array.reshape(np.shape(value))
    eps, _ = coarsest([leaf.value])
    return bool(np.abs(array - value).max() <= (1e-9 + 10 * eps) * max(np.abs(value).max(), 1e-300))


def _assignments(source):
    """Return the last statement that gives a value to each name, also in place: ``p[i] -= 1`` is one of p."""
    try:
        tree = ast.parse(textwrap.dedent(source))
    except SyntaxError:  # a lambda in the midst of a call
        return {}
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign):
            text = ast.get_source_segment(textwrap.dedent(source), node)
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                found.setdefault(ast.unparse(target), []).append((node.lineno, text))
                if isinstance(target, ast.Subscript):
                    found.setdefault(ast.unparse(target.value), []).append((node.lineno, text))
    return {name: max(texts)[1] for name, texts in found.items() if "\n" not in max(texts)[1]}


def letter_of(step):
    """Return the letter of what a step computes: "dZ" of "hidden_dZ"."""
    return {"predictions": "A", "cost": "J"}.get(step, re.sub(r"\[.*", "", RESULTS[step]))
