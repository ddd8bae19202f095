"""How each number of a pass comes about: one builder per kind of number, in tables.

A builder takes the numbers of a pass and an entry, and returns the formula of that entry as an expression. It asks for
the numbers that it needs by name, ``n("Z1", j, k)``, so that the formula knows its sources. Some formulas lose digits
where z is large; `STABLE_BUILDERS` hold their equals that do not. Equations of whole matrices stand in ``rules.py``.

Letters as in the lecture: j a unit, i a unit of the layer before, k an example.
"""

from functools import partial

from nbhelpers.derivation.expressions import (
    ONE,
    Call,
    Constant,
    Exp,
    Minus,
    Product,
    Quotient,
    Square,
    Step,
    Sum,
    total,
)

TWO = Constant(2)


def alternatives(n, entry):
    """Yield the formulas of an entry, the lecture's first; nothing for what is given.

    Parameters
    ----------
    n : Numbers
        The numbers of a pass, from ``figures.py``.
    entry : Entry

    Yields
    ------
    Expression
    """
    for table in (BUILDERS, STABLE_BUILDERS):
        build = table.get(entry.block.kind)
        formula = build and build(n, entry.block.layer, *entry.index)
        if formula:
            yield formula


def long_way(n, entry):
    """Return the formula of dZ[L] through dJ/dY_hat, for a matched pair; None for every other number."""
    if entry.block.kind == "dZ" and entry.block.layer == n.network.L and n.network.is_matched:
        return _through_the_activation(n, entry.block.layer, *entry.index)
    return None


# --- forward --------------------------------------------------------------------------------------------------------


def _weighted_sum(n, l, j, k):
    inputs = range(1, n.network.sizes[l - 1] + 1)
    return Sum(*(Product(n(f"W{l}", j, i), n(f"A{l - 1}", i, k)) for i in inputs), n(f"b{l}", j, 1))


def _activation(table, n, l, j, k):
    build = table.get(n.activation(l))
    return build and build(n, l, j, k)


def _elementwise(formula):
    return lambda n, l, j, k: formula(n(f"Z{l}", j, k))


def _sigmoid(z):
    return Quotient(ONE, Sum(ONE, Exp(Minus(z))))


def _sigmoid_stable(z):
    return Quotient(Exp(z), Sum(ONE, Exp(z)))


def _tanh(z):
    return Quotient(Sum(Exp(z), Minus(Exp(Minus(z)))), Sum(Exp(z), Exp(Minus(z))))


def _softmax(n, l, j, k):
    z = n.column(f"Z{l}", k)
    return Quotient(Exp(z[j - 1]), total(map(Exp, z)))


def _softmax_stable(n, l, j, k):
    z = n.column(f"Z{l}", k)
    largest = _largest(z)
    return Quotient(Exp(_difference(z[j - 1], largest)), total(Exp(_difference(other, largest)) for other in z))


_ACTIVATIONS = {
    "linear": _elementwise(lambda z: z),
    "sigmoid": _elementwise(_sigmoid),
    "tanh": _elementwise(_tanh),
    "relu": _elementwise(lambda z: Call("max", Constant(0), z)),
    "softmax": _softmax,
}
_STABLE_ACTIVATIONS = {
    "sigmoid": _elementwise(_sigmoid_stable),
    "tanh": _elementwise(lambda z: Call("tanh", z)),
    "softmax": _softmax_stable,
}


# --- the cost -------------------------------------------------------------------------------------------------------


def _cost(build_loss, n, l):
    if n.d == 1:
        return build_loss(n, l, 1)
    return Quotient(Sum(*(n("L", k) for k in range(1, n.d + 1))), n.count)


def _loss(n, l, k):
    return _LOSSES[repr(n.network.loss)](n.column("Y_hat", k), n.column("Y", k))


def _stable_loss(n, l, k):
    build = n.network.is_matched and _STABLE_LOSSES.get(repr(n.network.loss))
    return build and build(n.column(f"Z{n.network.L}", k), n.column("Y", k))


def _squared_error(y_hat, y):
    squares = (Square(_difference(*pair)) for pair in zip(y_hat, y, strict=True))
    return Product(Quotient(ONE, TWO), total(squares))


def _binary_cross_entropy(y_hat, y):
    pairs = list(zip(y_hat, y, strict=True))
    terms = [term for p, label in pairs for term in (_weighted_log(label, p), _weighted_log(_rest(label), _rest(p)))]
    return Minus(Sum(*terms))


def _binary_cross_entropy_stable(z, y):
    return total(term for pair in zip(z, y, strict=True) for term in _binary_terms(*pair))


def _binary_terms(z, y):
    # log(1 + e^z) - y z, with e^z taken only where it is small
    if z.value > 0:
        return Product(_rest(y), z), Call("log", Sum(ONE, Exp(Minus(z))))
    return Call("log", Sum(ONE, Exp(z))), Minus(Product(y, z))


def _categorical_cross_entropy(y_hat, y):
    return Minus(total(_weighted_log(label, p) for p, label in zip(y_hat, y, strict=True)))


def _categorical_cross_entropy_stable(z, y):
    largest = _largest(z)
    log_sum = Call("log", total(Exp(_difference(other, largest)) for other in z))
    pairs = zip(z, y, strict=True)
    return total(Product(label, Sum(log_sum, largest, Minus(own))) for own, label in pairs)


def _weighted_log(weight, probability):
    return Product(weight, Call("log", probability))


_LOSSES = {
    "squared_error": _squared_error,
    "binary_cross_entropy": _binary_cross_entropy,
    "categorical_cross_entropy": _categorical_cross_entropy,
}
_STABLE_LOSSES = {
    "binary_cross_entropy": _binary_cross_entropy_stable,
    "categorical_cross_entropy": _categorical_cross_entropy_stable,
}


# --- backward -------------------------------------------------------------------------------------------------------


def _loss_gradient(n, l, j, k):
    build = _LOSS_GRADIENTS[repr(n.network.loss)]
    return build(n, n("Y_hat", j, k), n("Y", j, k))


def _share_of_difference(n, y_hat, y):
    difference = _difference(y_hat, y)
    return difference if n.d == 1 else Quotient(difference, n.count)


def _share(n, formula):
    return formula if n.d == 1 else Product(Quotient(ONE, n.count), formula)


def _binary_gradient(n, y_hat, y):
    return _share(n, Sum(Minus(Quotient(y, y_hat)), Quotient(_rest(y), _rest(y_hat))))


def _categorical_gradient(n, y_hat, y):
    return _share(n, Minus(Quotient(y, y_hat)))


_LOSS_GRADIENTS = {
    "squared_error": _share_of_difference,
    "binary_cross_entropy": _binary_gradient,
    "categorical_cross_entropy": _categorical_gradient,
}


def _error(n, l, j, k):
    if l == n.network.L and n.network.is_matched:
        return _share_of_difference(n, n("Y_hat", j, k), n("Y", j, k))
    return _through_the_activation(n, l, j, k)


def _through_the_activation(n, l, j, k):
    if n.activation(l) != "softmax":
        return Product(n(f"dA{l}", j, k), n(f"slope{l}", j, k))
    units = range(1, n.network.sizes[l] + 1)
    return Sum(*(Product(n(f"dA{l}", i, k), n(f"jacobian{l}", i, j, k)) for i in units))


def _sent_back(n, l, i, k):
    units = range(1, n.network.sizes[l + 1] + 1)
    return total(Product(n(f"W{l + 1}", j, i), n(f"dZ{l + 1}", j, k)) for j in units)


def _weight_gradient(n, l, j, i):
    return total(Product(n(f"dZ{l}", j, k), n(f"A{l - 1}", i, k)) for k in range(1, n.d + 1))


def _bias_gradient(n, l, j, _):
    return total(n(f"dZ{l}", j, k) for k in range(1, n.d + 1))


def _jacobian(n, l, i, j, k):
    a_i, a_j = n(f"A{l}", i, k), n(f"A{l}", j, k)
    return Product(a_i, _rest(a_i)) if i == j else Minus(Product(a_i, a_j))


def _jacobian_stable(n, l, i, j, k):
    others = [a for unit, a in enumerate(n.column(f"A{l}", k), start=1) if unit != i]
    return Product(n(f"A{l}", i, k), total(others)) if i == j and others else None


def _sigmoid_slope(n, l, j, k):
    a = n(f"A{l}", j, k)
    return Product(a, _rest(a))


def _sigmoid_slope_stable(z):
    return Product(_sigmoid(z), _sigmoid(Minus(z)))


def _tanh_slope_stable(z):
    return Square(Quotient(TWO, Sum(Exp(z), Exp(Minus(z)))))


_SLOPES = {
    "linear": lambda n, l, j, k: ONE,
    "sigmoid": _sigmoid_slope,
    "tanh": lambda n, l, j, k: _rest(Square(n(f"A{l}", j, k))),
    "relu": _elementwise(Step),
}
_STABLE_SLOPES = {"sigmoid": _elementwise(_sigmoid_slope_stable), "tanh": _elementwise(_tanh_slope_stable)}


# --- update ---------------------------------------------------------------------------------------------------------


def _stepped(letter, n, l, j, i):
    return Sum(n(f"{letter}{l}", j, i), Minus(Product(n.eta, n(f"d{letter}{l}", j, i))))


# --- small things ---------------------------------------------------------------------------------------------------


def _difference(a, b):
    return Sum(a, Minus(b))


def _rest(a):
    return _difference(ONE, a)


def _largest(numbers):
    return max(numbers, key=lambda number: number.value)


# --- the tables -----------------------------------------------------------------------------------------------------


BUILDERS = {
    "Z": _weighted_sum,
    "A": partial(_activation, _ACTIVATIONS),
    "L": _loss,
    "J": partial(_cost, _loss),
    "dY_hat": _loss_gradient,
    "slope": partial(_activation, _SLOPES),
    "jacobian": _jacobian,
    "dZ": _error,
    "dA": _sent_back,
    "dW": _weight_gradient,
    "db": _bias_gradient,
    "W_new": partial(_stepped, "W"),
    "b_new": partial(_stepped, "b"),
}
"""The formula of each kind of number; a kind that is missing is given, not computed."""

STABLE_BUILDERS = {
    "A": partial(_activation, _STABLE_ACTIVATIONS),
    "L": _stable_loss,
    "J": partial(_cost, _stable_loss),
    "slope": partial(_activation, _STABLE_SLOPES),
    "jacobian": _jacobian_stable,
}
"""Where the formula loses digits or overflows for extreme numbers: the same in another form."""
