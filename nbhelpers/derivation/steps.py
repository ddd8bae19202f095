r"""The steps of a pass: all that is known of each stands in one entry of `STEPS`.

What it is, in words; the equation of its matrix in LaTeX and its line of NumPy; the formulas of a single entry; where
its value is read off; what an entry means; and the steps of the museum in which mistakes are made in it. ``why``, the
worked solution, the stepper, the formula sheet and the hints all read this table. What depends on the activation or on
the loss is asked of these.

Letters as in the lecture: j a unit, i a unit of the layer before, k an example.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nbhelpers.derivation import meanings
from nbhelpers.derivation.expressions import (
    ONE,
    Constant,
    Minus,
    Number,
    OwnCall,
    Product,
    Quotient,
    Sum,
    Written,
    total,
)

E = Written()


@dataclass(frozen=True)
class StepOfPass:
    """One kind of matrix of a pass, in any layer.

    Attributes
    ----------
    title : str
        What it is, in words.
    array : callable
        Its value: a function of the `Numbers` of a pass and the layer.
    meaning : callable
        What an entry says: a function of the numbers, the entry and its subscripts.
    latex, code : str or callable
        What stands right of "=", in LaTeX and in NumPy, or a function of (n, l) that says so; "" for what is given.
        ``<W+1>`` is the symbol, or the name, of W in the layer after.
    formulas : tuple of callable
        The formulas of an entry, the lecture's first: functions of (n, l, subscripts …) that yield expressions.
    museum : tuple of str
        The names of the museum's steps that it consists of.
    """

    title: str
    array: Callable
    meaning: Callable = meanings.slope_of_cost
    latex: object = ""
    code: object = ""
    formulas: Callable = lambda n, l, *index: ()
    museum: tuple = ()


def rule(n, block):
    r"""Return the equation of a whole matrix in LaTeX; "" for what is given.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> print(rule(n, n.block("Z1")))
    Z^{(1)} = W^{(1)} X + b^{(1)}
    """
    right = filled(STEPS[block.kind].latex, n, block.layer, n.latex)
    return right if not right or block.kind in _WHOLE_EQUATIONS else f"{block.latex} = {right}"


def code(n, block):
    """Return the line of NumPy that computes a whole matrix; "" for what is given.

    Activations and losses go by the names that they have in this package.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> code(n, n.block("dW1"))
    'dW1 = dZ1 @ X.T'
    """
    right = filled(STEPS[block.kind].code, n, block.layer, lambda label: n.block(label).label)
    return f"{block.label} = {right}" if right else ""


def shapes(n, block):
    """Return the line of NumPy with shapes instead of names: why the product fits; "" for what is given.

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


def alternatives(n, entry):
    """Yield the formulas of an entry as expressions, the lecture's first; nothing for what is given."""
    return iter(STEPS[entry.block.kind].formulas(n, entry.block.layer, *entry.index))


def long_way(n, entry):
    """Return the formula of dZ[L] through dJ/dY_hat, for a matched pair; None for every other number."""
    if entry.block.kind == "dZ" and _is_short_cut(n, entry.block.layer):
        return _through_the_activation(n, entry.block.layer, *entry.index)
    return None


def meaning(n, entry):
    """Return a sentence that says what a number means.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> from nbhelpers.derivation.pass_numbers import Numbers
    >>> n = Numbers(worked_example.network(), worked_example.X, worked_example.Y, 0.5)
    >>> meaning(n, n.find("dW1[1,1]"))
    'J falls by about 0.008 for each unit that W1[1,1] rises.'
    """
    return STEPS[entry.block.kind].meaning(n, entry, *entry.index)


def filled(template, n, l, spell):
    """Return a template with the symbols or names of matrices put in: ``<W+1>`` is W in the layer after l."""
    template = template(n, l) if callable(template) else template
    return _FIELD.sub(lambda field: spell(f"{field[1]}{l + int(field[2] or 0)}"), template)


_FIELD = re.compile(r"<(\w+?)([+-]\d)?>")
_NAME = re.compile(r"\b[A-Za-z_]\w*(\.T\b)?")
_TWICE = re.compile(r"\((\([^()]*\))\)")  # a shape in the parentheses of a function
_WHOLE_EQUATIONS = {"L", "J", "dY_hat", "jacobian"}  # whose symbol on the left is not that of the matrix


def _shape(n, name):
    label = name.removesuffix(".T")
    if label not in n.blocks:
        return name
    shape = n.blocks[label].shape[:: -1 if name.endswith(".T") else 1]
    return f"({'×'.join(map(str, shape)) or 'number'})"


def _is_short_cut(n, l):
    return l == n.network.L and n.network.is_matched


# --- forward --------------------------------------------------------------------------------------------------------


def _weighted_sum(n, l, j, k):
    inputs = range(1, n.network.sizes[l - 1] + 1)
    bias = [n(f"b{l}", j, 1)] if n.network.layers[l - 1].has_bias else []
    yield total([*(Product(n(f"W{l}", j, i), n(f"A{l - 1}", i, k)) for i in inputs), *bias])


def _activation(n, l, j, k):
    f, z = n.activation(l), n.column(f"Z{l}", k)
    if f.formulas:
        yield from f.written(z, j - 1, E)
    else:
        on = [z[j - 1]] if f.elementwise else z
        yield OwnCall(f.name, f.symbol, lambda *z: np.ravel(f(np.reshape(z, (-1, 1))))[j - 1 if len(z) > 1 else 0], *on)


def _activation_latex(n, l):
    return rf"{n.activation(l).symbol}\left(<Z>\right)"


# --- the cost -------------------------------------------------------------------------------------------------------


def _losses(n, l, k):
    loss, y_hat, y = n.network.loss, n.column("Y_hat", k), n.column("Y", k)
    z = n.column(f"Z{n.network.L}", k) if n.network.is_matched else None
    if loss.formulas:
        yield from loss.written(y_hat, y, E, z)
    else:
        yield OwnCall(repr(loss), _own_symbol(loss), lambda *both: loss(*_columns(both)), *y_hat, *y)


def _costs(n, l):
    added = [total(n("L", k) for k in range(1, n.d + 1))] if n.d > 1 else _losses(n, l, 1)
    for losses in added:
        J = Quotient(losses, n.count) if n.is_divided else losses
        yield J + _penalty(n) if n.network.l2 else J


def _penalty(n):
    weights = [n(f"W{l}", j + 1, i + 1) for l in range(1, n.network.L + 1) for j, i in np.ndindex(n.network.W[l].shape)]
    return Quotient(n.l2, Constant(2)) * total(w**2 for w in weights)


def _loss_latex(n, l=0):
    return n.network.loss.formula or rf"L = {_own_symbol(n.network.loss)}\left(\hat y, y\right)"


def _cost_latex(n, l):
    losses = r"\sum_{k=1}^{d} L_k" if n.d > 1 else "L"
    penalty = r" + \frac{\lambda}{2} \sum_l \sum_{i,j} \left(w^{(l)}_{ij}\right)^2" if n.network.l2 else ""
    return rf"J = {_part(n)}{losses}{penalty}, \quad {_loss_latex(n)}"


def _cost_code(n, l):
    loss = repr(n.network.loss)
    mean = f"{loss}(Y_hat, Y)"
    others = {"sum": f"{loss}.per_example(Y_hat, Y).sum()", "mean of all entries": f"{mean} * d / Y.size"}
    weights = "".join(f"W{l}, " for l in range(1, n.network.L + 1))
    penalty = f" + l2 / 2 * sum((W**2).sum() for W in ({weights.strip()}))" if n.network.l2 else ""
    return others.get(n.network.reduction, mean) + penalty


def _part(n):
    """What stands before a sum that is divided, in LaTeX."""
    return rf"\frac{{1}}{{{n.count.symbol.latex}}} " if n.is_divided else ""


def _own_symbol(loss):
    return rf"\mathrm{{{loss.name}}}".replace(" ", r"\ ").replace("_", r"\_")


def _columns(numbers):
    y_hat, y = np.reshape(numbers, (2, -1, 1))
    return y_hat, y


# --- backward -------------------------------------------------------------------------------------------------------


def _loss_gradient(n, l, j, k):
    loss = n.network.loss
    if loss.gradient_of_one:
        yield _share(n, loss.gradient_of_one(n("Y_hat", j, k), n("Y", j, k), E))
    else:
        numbers = (*n.column("Y_hat", k), *n.column("Y", k))
        name, latex = f"{loss!r}.gradient", rf"{_own_symbol(loss)}'_{{{j}}}"
        yield _share(n, OwnCall(name, latex, lambda *both: loss.gradient(*_columns(both))[j - 1, 0], *numbers))


def _share(n, formula):
    """The part of one example in a mean: a difference over d, anything else times 1/d."""
    if not n.is_divided:
        return formula
    is_difference = isinstance(formula, Sum) and all(isinstance(_bare(part), Number) for part in formula.parts)
    return Quotient(formula, n.count) if is_difference else Quotient(ONE, n.count) * formula


def _bare(part):
    return part.parts[0] if isinstance(part, Minus) else part


def _loss_gradient_latex(n, l):
    return n.network.loss.gradient_formula + (rf", \quad \text{{times }} {_part(n).strip()}" if n.is_divided else "")


def _loss_gradient_code(n, l):
    share = {"sum": " * d", "mean of all entries": " * d / Y.size"}.get(n.network.reduction, "")
    return f"{n.network.loss!r}.gradient(Y_hat, Y){share}"


def _error(n, l, j, k):
    if _is_short_cut(n, l):
        yield _share(n, n("Y_hat", j, k) - n("Y", j, k))
    else:
        yield _through_the_activation(n, l, j, k)


def _through_the_activation(n, l, j, k):
    if n.activation(l).elementwise:
        return Product(n(f"dA{l}", j, k), n(f"slope{l}", j, k))
    units = range(1, n.network.sizes[l] + 1)
    return total(Product(n(f"dA{l}", i, k), n(f"jacobian{l}", i, j, k)) for i in units)


def _error_latex(n, l):
    if _is_short_cut(n, l):
        return rf"{_part(n)}\left(\hat Y - Y\right)" if n.is_divided else r"\hat Y - Y"
    if n.activation(l).elementwise:
        return r"<dA> \odot <slope>"
    return r"\underbrace{\left(<jacobian>\right)^T <dA>}_{\text{example by example}}"


def _error_code(n, l):
    if _is_short_cut(n, l):
        return f"(Y_hat - Y) / {n.count.symbol.name}" if n.is_divided else "Y_hat - Y"
    f = n.activation(l)
    return "<dA> * <slope>" if f.elementwise else f"{f.name}.backward(<dA>, <Z>)"


def _slope(n, l, j, k):
    f, z = n.activation(l), n(f"Z{l}", j, k)
    if f.slope_formulas:
        yield from (formula(z, n(f"A{l}", j, k), E) for formula in f.slope_formulas)
    else:
        yield OwnCall(f"{f.name}.derivative", f"{f.symbol}'", f.derivative, z)


def _jacobian(n, l, i, j, k):
    f = n.activation(l)
    if f.formulas:
        yield from f.jacobian_written(n.column(f"A{l}", k), i - 1, j - 1, E)
    else:
        latex = rf"\frac{{\partial {f.symbol}_{{{i}}}}}{{\partial z_{{{j}}}}}"
        compute = lambda *z: f.jacobian(np.array(z))[i - 1, j - 1]  # noqa: E731
        yield OwnCall(f"{f.name}.jacobian[{i},{j}]", latex, compute, *n.column(f"Z{l}", k))


def _sent_back(n, l, i, k):
    units = range(1, n.network.sizes[l + 1] + 1)
    yield total(Product(n(f"W{l + 1}", j, i), n(f"dZ{l + 1}", j, k)) for j in units)


def _weight_gradient(n, l, j, i):
    added = total(Product(n(f"dZ{l}", j, k), n(f"A{l - 1}", i, k)) for k in range(1, n.d + 1))
    yield added + n.l2 * n(f"W{l}", j, i) if n.network.l2 else added


def _weight_gradient_latex(n, l):
    return (r"<dZ> X^T" if l == 1 else r"<dZ> \left(<A-1>\right)^T") + (r" + \lambda <W>" if n.network.l2 else "")


def _bias_gradient(n, l, j, _):
    yield total(n(f"dZ{l}", j, k) for k in range(1, n.d + 1))


# --- update ---------------------------------------------------------------------------------------------------------


def _stepped(letter):
    def formulas(n, l, j, i):
        yield n(f"{letter}{l}", j, i) - Product(n.eta, n(f"d{letter}{l}", j, i))

    return formulas


# --- the table ------------------------------------------------------------------------------------------------------


STEPS = {
    "X": StepOfPass("the inputs, a column per example", lambda n, l: n.X, meanings.feature, museum=("inputs",)),
    "Y": StepOfPass("the labels, a column per example", lambda n, l: n.Y, meanings.label, museum=("labels",)),
    "W": StepOfPass(
        "the weights from {inputs} to layer {layer}", lambda n, l: n.network.W[l], meanings.weight, museum=("start",)
    ),
    "b": StepOfPass("the biases of layer {layer}", lambda n, l: n.network.b[l], meanings.bias, museum=("start",)),
    "Z": StepOfPass(
        "the weighted sums of layer {layer}",
        lambda n, l: n.forward.Z[l],
        meanings.weighted_sum,
        lambda n, l: "<W> <A-1>" + (" + <b>" if n.network.layers[l - 1].has_bias else ""),
        lambda n, l: "<W> @ <A-1>" + (" + <b>" if n.network.layers[l - 1].has_bias else ""),
        _weighted_sum,
        ("weighted_sums",),
    ),
    "A": StepOfPass(
        "{outputs}",
        lambda n, l: n.forward.A[l],
        meanings.activation,
        _activation_latex,
        lambda n, l: f"{n.activation(l).name}(<Z>)",
        _activation,
        ("activations", "predictions"),
    ),
    "L": StepOfPass(
        "the loss of each example",
        lambda n, l: n.losses,
        meanings.loss,
        _loss_latex,
        lambda n, l: f"{n.network.loss!r}.per_example(Y_hat, Y)",
        _losses,
    ),
    "J": StepOfPass(
        "the cost",
        lambda n, l: n.J,
        meanings.cost,
        _cost_latex,
        _cost_code,
        _costs,
        ("cost",),
    ),
    "dY_hat": StepOfPass(
        "how the cost changes with the predictions",
        lambda n, l: n.gradient("dA", l),
        latex=_loss_gradient_latex,
        code=_loss_gradient_code,
        formulas=_loss_gradient,
    ),
    "slope": StepOfPass(
        "the slopes of the activation of layer {layer}",
        lambda n, l: n.activation(l).derivative(n.forward.Z[l]),
        meanings.slope,
        lambda n, l: n.activation(l).slope_formula,
        lambda n, l: f"{n.activation(l).name}.derivative(<Z>)",
        _slope,
        ("hidden_dZ",),
    ),
    "jacobian": StepOfPass(
        "the Jacobian of {function} in layer {layer}, for each example",
        lambda n, l: np.stack([n.activation(l).jacobian(z) for z in n.forward.Z[l].T], axis=-1),
        meanings.jacobian,
        lambda n, l: n.activation(l).slope_formula,
        lambda n, l: f"np.stack([{n.activation(l).name}.jacobian(z) for z in <Z>.T], axis=-1)",
        _jacobian,
    ),
    "dZ": StepOfPass(
        "how the cost changes with the weighted sums of layer {layer}",
        lambda n, l: n.gradient("dZ", l),
        latex=_error_latex,
        code=_error_code,
        formulas=_error,
        museum=("output_dZ", "hidden_dZ", "own_dZ"),
    ),
    "dA": StepOfPass(
        "how the cost changes with the activations of layer {layer}",
        lambda n, l: n.gradient("dA", l),
        latex=r"\left(<W+1>\right)^T <dZ+1>",
        code="<W+1>.T @ <dZ+1>",
        formulas=_sent_back,
        museum=("hidden_dA",),
    ),
    "dW": StepOfPass(
        "the gradient for the weights of layer {layer}",
        lambda n, l: n.gradient("dW", l),
        latex=_weight_gradient_latex,
        code=lambda n, l: "<dZ> @ <A-1>.T" + (" + l2 * <W>" if n.network.l2 else ""),
        formulas=_weight_gradient,
        museum=("weight_gradient", "penalized"),
    ),
    "db": StepOfPass(
        "the gradient for the biases of layer {layer}",
        lambda n, l: n.gradient("db", l),
        latex=r"<dZ> \cdot \mathbf{1}",
        code="<dZ>.sum(axis=1, keepdims=True)",
        formulas=_bias_gradient,
        museum=("bias_gradient", "penalized_bias"),
    ),
    "W_new": StepOfPass(
        "the weights of layer {layer} after the step",
        lambda n, l: n.updated.W[l],
        meanings.stepped,
        r"<W> - \eta\,<dW>",
        "<W> - learning_rate * <dW>",
        _stepped("W"),
        ("update", "gradient_used"),
    ),
    "b_new": StepOfPass(
        "the biases of layer {layer} after the step",
        lambda n, l: n.updated.b[l],
        meanings.stepped,
        r"<b> - \eta\,<db>",
        "<b> - learning_rate * <db>",
        _stepped("b"),
        ("update", "bias_step", "gradient_used"),
    ),
}
"""By the kind of the matrix, in the order of the pass."""
