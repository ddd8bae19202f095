"""The formulas F01 to F21: in the lecture's letters, as a line of NumPy, with its shapes and where it is taught.

The code is what is shown and what is run. The names in it are those of ``names.py``. What belongs to an activation or a
loss is read from its entry; those beyond the lecture have a group of their own.
"""

import re
from dataclasses import dataclass

from nbhelpers import activations
from nbhelpers.losses import LOSSES, binary_cross_entropy, categorical_cross_entropy

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


GROUPS = {
    "forward": (
        Row("F01", r"X \in \mathbb{R}^{n \times d}", "n, d = X.shape", r"(n, d)", LAYERS),
        Row(
            "F02",
            r"Z^{(1)} = W^{(1)} X + b^{(1)}",
            "Z[1] = W[1] @ X + b[1]",
            r"(h_1, n)(n, d) + (h_1, 1); \to (h_1, d)",
            FORWARD,
        ),
        Row("F03", r"A^{(1)} = \sigma(Z^{(1)})", "A[1] = sigmoid(Z[1])", r"(h_1, d)", FORWARD),
        Row(
            "F04",
            r"Z^{(2)} = W^{(2)} A^{(1)} + b^{(2)}; A^{(2)} = \sigma(Z^{(2)})",
            "Z[2] = W[2] @ A[1] + b[2]\nA[2] = sigmoid(Z[2])",
            r"(h_2, d)",
            FORWARD,
        ),
        Row(
            "F05",
            r"Z^{(l)} = W^{(l)} A^{(l-1)} + b^{(l)}; A^{(l)} = \sigma(Z^{(l)})",
            "Z[l] = W[l] @ A[l-1] + b[l]\nA[l] = f[l](Z[l])",
            r"(h_l, d)",
            FORWARD,
            over="layers",
            networks="every pair",
        ),
        Row(
            "F06",
            r"Z^{(L)} = W^{(L)} A^{(L-1)} + b^{(L)}; \hat Y = f(Z^{(L)})",
            "Z[L] = W[L] @ A[L-1] + b[L]\nY_hat = f[L](Z[L])",
            r"(m, d)",
            FORWARD,
            networks="every pair",
        ),
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
            r"\dfrac{\partial J}{\partial Z^{(L)}} = \tfrac1d (\hat Y - Y)",
            "dZ[L] = (Y_hat - Y) / d",
            r"(m, d)",
            OUTPUT,
            networks="every pair",
        ),
        Row(
            "F17",
            r"\dfrac{\partial J}{\partial Z^{(l)}} = \left((W^{(l+1)})^T \dfrac{\partial J}{\partial Z^{(l+1)}}\right)"
            r"\odot \sigma'(Z^{(l)})",
            "dZ[l] = (W[l+1].T @ dZ[l+1]) * slope[l]",
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
            r"\dfrac{\partial J}{\partial W^{(l)}} = \dfrac{\partial J}{\partial Z^{(l)}} (A^{(l-1)})^T",
            "dW[l] = dZ[l] @ A[l-1].T",
            r"(h_l, d)(d, h_{l-1}); \to (h_l, h_{l-1})",
            STEP,
            over="layers",
            networks="every pair",
        ),
        Row(
            "F20",
            r"\dfrac{\partial J}{\partial b^{(l)}} = \dfrac{\partial J}{\partial Z^{(l)}} \cdot \mathbf{1}",
            "db[l] = dZ[l] @ np.ones((d, 1))",
            r"(h_l, d)(d, 1); \to (h_l, 1)",
            STEP,
            over="layers",
            networks="every pair",
        ),
        Row(
            "F21",
            r"W^{(l)} \leftarrow W^{(l)} - \eta \, \partial J / \partial W^{(l)}; "
            r"b^{(l)} \leftarrow b^{(l)} - \eta \, \partial J / \partial b^{(l)}",
            "W_new[l] = W[l] - eta * dW[l]\nb_new[l] = b[l] - eta * db[l]",
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
