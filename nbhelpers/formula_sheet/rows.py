"""The formulas F01 to F21: in the lecture's letters, as a line of NumPy, with its shapes and where it is taught.

The code is what is shown and what is run. The names in it are those of ``names.py``.
"""

from dataclasses import dataclass

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
        """The row of the lecture's list, F01 to F21."""
        return self.name.split()[0]


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
    "activations": (
        Row(
            "F07 sigmoid",
            r"\dfrac{1}{1 + e^{-z}}",
            "A[1] = 1 / (1 + np.exp(-Z[1]))",
            r"\text{as } Z^{(l)}",
            ACTIVATIONS,
        ),
        Row(
            "F08 ReLU",
            r"\max(0, z)",
            "A[1] = np.maximum(0, Z[1])",
            r"\text{as } Z^{(l)}",
            ACTIVATIONS,
            networks="relu",
        ),
        Row(
            "F09 tanh",
            r"\dfrac{e^z - e^{-z}}{e^z + e^{-z}}",
            "A[1] = (np.exp(Z[1]) - np.exp(-Z[1])) / (np.exp(Z[1]) + np.exp(-Z[1]))",
            r"\text{as } Z^{(l)}",
            ACTIVATIONS,
            networks="tanh",
        ),
        Row(
            "F10 softmax",
            r"\dfrac{e^{z_i}}{\sum_j e^{z_j}}",
            "Y_hat = np.exp(Z[L]) / np.exp(Z[L]).sum(axis=0)",
            r"(m, d)",
            ACTIVATIONS,
            networks="softmax",
        ),
        Row("F11 linear", r"f(z) = z", "Y_hat = Z[L]", r"(m, d)", ACTIVATIONS, networks="linear"),
    ),
    "cost": (
        Row(
            "F12",
            r"J = -\tfrac1d \sum_i [y_i \log \hat y_i + (1 - y_i) \log(1 - \hat y_i)]",
            "J = -(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)).sum() / d",
            r"\text{a number}",
            LOSS,
        ),
        Row(
            "F13",
            r"J = -\tfrac1d \sum_i \sum_j y_{ij} \log \hat y_{ij}",
            "J = -(Y * np.log(Y_hat)).sum() / d",
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
        Row(
            "F18 sigmoid",
            r"\sigma'(Z) = A \odot (1 - A)",
            "slope[1] = A[1] * (1 - A[1])",
            r"\text{as } Z^{(l)}",
            ACTIVATIONS,
        ),
        Row(
            "F18 tanh", r"1 - A \odot A", "slope[1] = 1 - A[1]**2", r"\text{as } Z^{(l)}", ACTIVATIONS, networks="tanh"
        ),
        Row(
            "F18 ReLU",
            r"1 \text{ where } z > 0 \text{, else } 0",
            "slope[1] = 1.0 * (Z[1] > 0)",
            r"\text{as } Z^{(l)}",
            ACTIVATIONS,
            networks="relu",
        ),
        Row("F18 linear", r"1", "slope[L] = np.ones_like(Z[L])", r"\text{as } Z^{(l)}", ACTIVATIONS, networks="linear"),
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
