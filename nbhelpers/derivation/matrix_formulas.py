"""The equation of a whole matrix: as the lecture writes it, in LaTeX, and as a line of NumPy.

The entries of the same matrices, one by one, are told by ``formulas.py``.

The line of NumPy of a matrix with every name replaced by its shape: why the product fits.
"""

import re

# --- rules


def rule(n, block):
    r"""Return the equation of a whole matrix in LaTeX; "" for what is given.

    Parameters
    ----------
    n : Numbers
        The numbers of a pass.
    block : Block

    Returns
    -------
    str

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> print(rule(n, n.block("Z1")))
    Z^{(1)} = W^{(1)} X + b^{(1)}
    """
    equation = _EQUATIONS.get(block.kind)
    return equation(n) if equation else _right_hand_side(n, block, _LATEX, block.latex)


def code(n, block):
    """Return the line of NumPy that computes a whole matrix; "" for what is given.

    Activations and losses go by the names that they have in this package.

    Parameters
    ----------
    n : Numbers
    block : Block

    Returns
    -------
    str

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> code(n, n.block("dW1"))
    'dW1 = dZ1 @ X.T'
    """
    return _right_hand_side(n, block, _CODE, block.label)


def _right_hand_side(n, block, table, left):
    build = table.get(block.kind)
    return f"{left} = {build(n, block.layer)}" if build else ""


def _is_short_cut(n, l):
    return l == n.network.L and n.network.is_matched


# --- LaTeX ----------------------------------------------------------------------------------------------------------


def _latex(template):
    r"""A builder that puts the symbols of matrices into a template: ``<W+0>`` is W of layer l, ``<A-1>`` of l - 1."""
    return lambda n, l: _filled(template, lambda letter, shift: n.latex(f"{letter}{l + shift}"))


def _transposed(n, label):
    symbol = n.latex(label)
    return rf"\left({symbol}\right)^T" if len(symbol) > 1 else f"{symbol}^T"


def _filled(template, spell):
    first, *rest = template.split("<")
    fields = (piece.partition(">") for piece in rest)
    return first + "".join(spell(field[:-2], int(field[-2:])) + tail for field, _, tail in fields)


def _activation_latex(n, l):
    return rf"{_FUNCTIONS[n.activation(l)]}\left({n.latex(f'Z{l}')}\right)"


def _error_latex(n, l):
    if _is_short_cut(n, l):
        return r"\hat Y - Y" if n.d == 1 else r"\frac{1}{d} \left(\hat Y - Y\right)"
    template = _LATEX_SOFTMAX if n.activation(l) == "softmax" else r"<dA+0> \odot <slope+0>"
    return _latex(template)(n, l)


_LATEX_SOFTMAX = r"\underbrace{\left(<jacobian+0>\right)^T <dA+0>}_{\text{example by example}}"


def _slope_latex(n, l):
    return _latex(_SLOPES[n.activation(l)])(n, l)


def _cost_rule(n):
    mean = r"\frac{1}{d} \sum_{k=1}^{d} L_k, \quad " if n.d > 1 else "L, \\quad "
    return f"J = {mean}{n.network.loss.formula}"


_FUNCTIONS = {
    "linear": "f",
    "sigmoid": r"\sigma",
    "tanh": r"\tanh",
    "relu": r"\mathrm{ReLU}",
    "softmax": r"\mathrm{softmax}",
}
_SLOPES = {
    "linear": "1",
    "sigmoid": r"<A+0> \odot \left(1 - <A+0>\right)",
    "tanh": r"1 - <A+0> \odot <A+0>",
    "relu": r"1 \text{ where } <Z+0> \gt 0, \text{ else } 0",
}
_EQUATIONS = {
    "L": lambda n: n.network.loss.formula,
    "J": _cost_rule,
    "dY_hat": lambda n: n.network.loss.gradient_formula + (r", \quad \text{times } \frac{1}{d}" if n.d > 1 else ""),
    "jacobian": lambda n: r"\frac{\partial a_i}{\partial z_j} = a_i\,(\delta_{ij} - a_j)",
}
_LATEX = {
    "Z": _latex("<W+0> <A-1> + <b+0>"),
    "A": _activation_latex,
    "dZ": _error_latex,
    "slope": _slope_latex,
    "dA": _latex(r"\left(<W+1>\right)^T <dZ+1>"),
    "dW": lambda n, l: f"{n.latex(f'dZ{l}')} {_transposed(n, f'A{l - 1}')}",
    "db": _latex(r"<dZ+0> \cdot \mathbf{1}"),
    "W_new": _latex(r"<W+0> - \eta\,<dW+0>"),
    "b_new": _latex(r"<b+0> - \eta\,<db+0>"),
}


# --- NumPy ----------------------------------------------------------------------------------------------------------


def _code(template):
    """A builder that puts the names of matrices into a template, as `_latex` does with symbols."""
    return lambda n, l: _filled(template, lambda letter, shift: n.block(f"{letter}{l + shift}").label)


def _activation_code(template):
    return lambda n, l: _code(template.replace("f(", f"{n.activation(l)}(").replace("f.", f"{n.activation(l)}."))(n, l)


def _loss_code(template):
    return lambda n, l: template.replace("loss", repr(n.network.loss))


def _error_code(n, l):
    if _is_short_cut(n, l):
        return "Y_hat - Y" if n.d == 1 else "(Y_hat - Y) / d"
    template = "softmax.backward(<dA+0>, <Z+0>)" if n.activation(l) == "softmax" else "<dA+0> * <slope+0>"
    return _code(template)(n, l)


_CODE = {
    "Z": _code("<W+0> @ <A-1> + <b+0>"),
    "A": _activation_code("f(<Z+0>)"),
    "L": _loss_code("loss.per_example(Y_hat, Y)"),
    "J": _loss_code("loss(Y_hat, Y)"),
    "dY_hat": _loss_code("loss.gradient(Y_hat, Y)"),
    "slope": _activation_code("f.derivative(<Z+0>)"),
    "jacobian": _code("np.stack([softmax.jacobian(z) for z in <Z+0>.T], axis=-1)"),
    "dZ": _error_code,
    "dA": _code("<W+1>.T @ <dZ+1>"),
    "dW": _code("<dZ+0> @ <A-1>.T"),
    "db": _code("<dZ+0>.sum(axis=1, keepdims=True)"),
    "W_new": _code("<W+0> - learning_rate * <dW+0>"),
    "b_new": _code("<b+0> - learning_rate * <db+0>"),
}


# --- shapes

_NAME = re.compile(r"\b[A-Za-z_]\w*(\.T\b)?")
_TWICE = re.compile(r"\((\([^()]*\))\)")  # a shape in the parentheses of a function


def shapes(n, block):
    """Return the line of NumPy with shapes instead of names; "" for what is given.

    Parameters
    ----------
    n : Numbers
        The numbers of a pass.
    block : Block

    Returns
    -------
    str

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> shapes(n, n.block("dW1"))
    '(2×2) = (2×1) @ (1×2)'
    >>> shapes(n, n.block("J"))
    '(number) = binary_cross_entropy((1×1), (1×1))'
    """
    return _TWICE.sub(r"\1", _NAME.sub(lambda match: _shape(n, match[0]), code(n, block)))


def _shape(n, name):
    label = name.removesuffix(".T")
    if label not in n.blocks:
        return name
    shape = n.blocks[label].shape[:: -1 if name.endswith(".T") else 1]
    return f"({'×'.join(map(str, shape)) or 'number'})"
