"""The formulas F01 to F21: in the lecture's letters, as a line of NumPy, with its shapes and where it is taught.

The code is what is shown and what is run. The names in it are those of ``names.py``. What belongs to an activation, a
loss or a step of the pass is read from its entry; what is beyond the lecture has a group of its own.
"""

import re
from dataclasses import dataclass

from nbhelpers import activations
from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.derivation.steps import code, rule
from nbhelpers.losses import LOSSES, binary_cross_entropy, categorical_cross_entropy
from nbhelpers.network import Layer, Network

LAYERS = "01_layers_and_shapes"
ACTIVATIONS = "02_activations"
FORWARD = "03_forward_pass"
LOSS = "04_loss"
OUTPUT = "05_backward_output_layer"
HIDDEN = "06_backward_hidden_layers"
STEP = "07_gradients_and_update"


@dataclass(frozen=True)
class Row:
    """A formula of the sheet.

    Attributes
    ----------
    name : str
        F01 to F21, with a word behind it where a formula has several cases: ``"F18 tanh"``.
    latex : str
        The formula. A semicolon begins a new line.
    code : str
        The same in NumPy: one line, or one per quantity, as ``left = right``. A name on the left that is new may be
        used in the lines below; any other is compared with the package.
    shapes : str
        The shape of the result, behind those of a product's factors where they matter, likewise.
    taught : str
        The notebook, without its ending.
    over : str
        What the line holds for: a name in `nbhelpers.formula_sheet.names.INDICES`.
    networks : str
        On which networks it is run: a name in `nbhelpers.formula_sheet.names.NETWORKS`.
    """

    name: str
    latex: str
    code: str
    shapes: str
    taught: str
    over: str = "once"
    networks: str = "sigmoid"

    @property
    def row(self):
        """The row of the lecture's list, F01 to F21; the name itself for what is beyond the lecture."""
        return self.name.split()[0] if re.match(r"F\d\d", self.name) else self.name


_AS_Z = r"\text{as } Z^{(l)}"
_AT_OUTPUT = {"linear", "softmax"}  # where the lecture has them
_OF_LECTURE = sorted((f for f in activations.ACTIVATIONS.values() if not f.is_beyond_the_lecture), key=lambda f: f.row)
_BEYOND = [f for f in activations.ACTIVATIONS.values() if f.is_beyond_the_lecture]


def _value_row(f, name):
    left, l, shape = ("Y_hat", "L", "(m, d)") if f.name in _AT_OUTPUT else ("A[1]", "1", _AS_Z)
    return Row(name, f.formula, f"{left} = {_in_layer(f.numpy, l)}", shape, ACTIVATIONS, networks=f.name)


def _slope_row(f, name):
    latex, l = re.sub(r"<(\w)>", r"\1", f.slope_formula), "L" if f.name in _AT_OUTPUT else "1"
    return Row(name, latex, f"slope[{l}] = {_in_layer(f.slope_numpy, l)}", _AS_Z, ACTIVATIONS, networks=f.name)


def _in_layer(code, l):
    return re.sub(r"\b([AZ])\b", rf"\1[{l}]", code)


# The second of three layers stands for any layer l, the third for the last.
_PASS = Numbers(Network([Layer([[1.0]], 0.0, activations.sigmoid)] * 3, binary_cross_entropy), [[1, 2]], [[0, 1]], 0.5)


def _of_steps(*labels, at="", f=""):
    """The formula and the code of steps of a pass: `at` is what their layer is called, `f` what its activation is."""
    blocks = [_PASS.block(label) for label in labels]
    layer = blocks[0].layer
    called = {str(layer - 1): f"{at}-1", str(layer): at, str(layer + 1): f"{at}+1"} if at else {}
    latex = "; ".join(rule(_PASS, block) for block in blocks)
    latex = re.sub(r"\((\d)\)", lambda match: f"({called.get(match[1], match[1])})", latex)
    latex = latex.replace(r"\frac", r"\dfrac").replace(r",\text{new}} =", r"} \leftarrow")
    lines = "\n".join(code(_PASS, block) for block in blocks).replace("learning_rate", "eta")
    lines = re.sub(
        r"\b([A-Za-z]+)(\d)((?:_new)?)\b",
        lambda match: f"{match[1]}{match[3]}[{called.get(match[2], match[2])}]",
        lines,
    )
    return (latex.replace(r"\sigma", f), lines.replace("sigmoid", f"f[{at}]")) if f else (latex, lines)


def _put_in(inner, outer):
    """The formula and the code of a step with the one before it put in for its symbol."""
    both = zip(inner, outer, (r"\left({}\right)", "({})"), strict=True)
    parts = [(of_inner.split(" = ", 1), of_outer, around) for of_inner, of_outer, around in both]
    return tuple(of_outer.replace(symbol, around.format(value)) for (symbol, value), of_outer, around in parts)


GROUPS = {
    "forward": (
        Row("F01", r"X \in \mathbb{R}^{n \times d}", "n, d = X.shape", r"(n, d)", LAYERS),
        Row("F02", *_of_steps("Z1"), r"(h_1, n)(n, d) + (h_1, 1); \to (h_1, d)", FORWARD),
        Row("F03", *_of_steps("A1"), r"(h_1, d)", FORWARD),
        Row("F04", *_of_steps("Z2", "A2"), r"(h_2, d)", FORWARD),
        Row(
            "F05",
            *_of_steps("Z2", "A2", at="l", f=r"\sigma"),
            r"(h_l, d)",
            FORWARD,
            over="layers",
            networks="every pair",
        ),
        Row("F06", *_of_steps("Z3", "Y_hat", at="L", f="f"), r"(m, d)", FORWARD, networks="every pair"),
    ),
    "activations": tuple(_value_row(f, f"{f.row} {f.title}") for f in _OF_LECTURE),
    "cost": (
        Row(
            "F12",
            r"J = -\tfrac1d \sum_i [y_i \log \hat y_i + (1 - y_i) \log(1 - \hat y_i)]",
            f"J = {binary_cross_entropy.numpy}",
            r"\text{a number}",
            LOSS,
        ),
        Row(
            "F13",
            r"J = -\tfrac1d \sum_i \sum_j y_{ij} \log \hat y_{ij}",
            f"J = {categorical_cross_entropy.numpy}",
            r"\text{a number}",
            LOSS,
            networks="softmax",
        ),
        Row(
            "F14",
            r"J = \tfrac1d \sum_i L(\hat y^{(i)}, y^{(i)})",
            "J = losses.sum() / d",
            r"\text{a number}",
            LOSS,
            networks="every pair",
        ),
    ),
    "errors": (
        Row(
            "F15",
            r"\dfrac{\partial L}{\partial w_{ij}^{(l)}} = \dfrac{\partial L}{\partial a_j^{(l)}}"
            r"\dfrac{\partial a_j^{(l)}}{\partial z_j^{(l)}}\dfrac{\partial z_j^{(l)}}{\partial w_{ij}^{(l)}}",
            "dW[l][j, i] = dA[l][j, 0] * slope[l][j, 0] * A[l-1][i, 0]",
            r"\text{a number}",
            HIDDEN,
            over="weights",
            networks="one example",
        ),
        Row(
            "F16 element-wise",
            r"\dfrac{\partial J}{\partial Z^{(L)}} = \dfrac{\partial J}{\partial \hat Y}"
            r"\cdot \dfrac{\partial \hat Y}{\partial Z^{(L)}}",
            "dZ[L] = dY_hat * slope[L]",
            r"(m, d)",
            OUTPUT,
            networks="element-wise",
        ),
        Row(
            "F16 softmax",
            r"\dfrac{\partial J}{\partial z} = \left(\mathrm{diag}(\hat y) - \hat y \hat y^T\right)"
            r"\dfrac{\partial J}{\partial \hat y}",
            "p = Y_hat[:, i]\ndZ[L][:, i] = (np.diag(p) - np.outer(p, p)) @ dY_hat[:, i]",
            r"(m, m)(m) \to (m)",
            OUTPUT,
            over="examples",
            networks="softmax",
        ),
        Row(
            "F16 matched pairs",
            *_of_steps("dZ3", at="L"),
            r"(m, d)",
            OUTPUT,
            networks="every pair",
        ),
        Row(
            "F17",
            *_put_in(_of_steps("dA2", at="l"), _of_steps("dZ2", at="l")),
            r"(h_l, h_{l+1})(h_{l+1}, d); \to (h_l, d)",
            HIDDEN,
            over="hidden layers",
            networks="hidden layers",
        ),
        *(_slope_row(f, f"F18 {f.title}") for f in _OF_LECTURE if f.elementwise),
    ),
    "parameters": (
        Row(
            "F19",
            *_of_steps("dW2", at="l"),
            r"(h_l, d)(d, h_{l-1}); \to (h_l, h_{l-1})",
            STEP,
            over="layers",
            networks="every pair",
        ),
        Row(
            "F20",
            _of_steps("db2", at="l")[0],
            "db[l] = dZ[l] @ np.ones((d, 1))",
            r"(h_l, d)(d, 1); \to (h_l, 1)",
            STEP,
            over="layers",
            networks="every pair",
        ),
        Row(
            "F21",
            *_of_steps("W2_new", "b2_new", at="l"),
            r"\text{as } W^{(l)}; \text{as } b^{(l)}",
            STEP,
            over="layers",
            networks="every pair",
        ),
    ),
}

ROWS = {row.name: row for group in GROUPS.values() for row in group}

BEYOND = "beyond the lecture"
GROUPS[BEYOND] = (
    *(row for f in _BEYOND for row in (_value_row(f, f.title), _slope_row(f, f"{f.title}, slope"))),
    *(
        Row(
            loss.name,
            rf"J = \tfrac1d \sum_i L_i; {loss.formula}",
            f"J = {loss.numpy}",
            r"\text{a number}",
            LOSS,
            networks=name,
        )
        for name, loss in LOSSES.items()
        if loss.is_beyond_the_lecture
    ),
)
