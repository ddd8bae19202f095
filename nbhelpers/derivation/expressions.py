"""A formula that can be written with symbols, written with numbers, and evaluated: always the same formula.

Leaves are numbers that have a symbol; the other classes put them together, as does Python's own arithmetic: ``1 - a``
is a `Sum`. How it looks on paper is up to the pen that it is written with, see ``notation.py``.
"""

import math
from dataclasses import dataclass

from nbhelpers.activations import normal_cdf, normal_density
from nbhelpers.derivation.notation import ATOM, POWER, PRODUCT, SUM, Plain

LONGEST_SUM = 5
"""A sum of more terms than this is shortened, unless it is to be written in full."""

WIDEST_ROW = 80
"""How many characters, as plain text, stand in a row before a long sum goes on in the next."""

_TINY = 2.2250738585072014e-308  # stands for 0 in a logarithm and below a fraction, as in losses.py


# --- leaves ---------------------------------------------------------------------------------------------------------


class Expression:
    """What all expressions have in common.

    ``write(pen)`` gives text, ``rank(pen)`` how tightly that text holds together, ``evaluate(rounded)`` the value when
    every number is first passed through `rounded`, and ``leaves()`` its numbers in order.
    """

    parts = ()

    def leaves(self):
        """The leaves, from left to right."""
        return [leaf for part in self.parts for leaf in part.leaves()]

    def grouped(self, pen):
        """What `write` gives, in parentheses."""
        return pen.group(self.write(pen))

    def rows(self, pen):
        """What `write` gives, in one row or, for a long sum, in several that join to the same."""
        return [self.write(pen)]

    def is_defined(self, rounded):
        """Whether it can be computed as written: no logarithm of 0, no 0 below a fraction, no overflow."""
        return all(part.is_defined(rounded) for part in self.parts)

    def rank(self, pen):
        """How tightly it holds together when written."""
        return ATOM

    def __add__(self, other):
        return Sum(*_terms_of(self), _expression(other))

    def __radd__(self, other):
        return Sum(_expression(other), self)

    def __sub__(self, other):
        return Sum(*_terms_of(self), Minus(_expression(other)))

    def __rsub__(self, other):
        return Sum(_expression(other), Minus(self))

    def __neg__(self):
        return Minus(self)

    def __mul__(self, other):
        return Product(*_factors_of(self), *_factors_of(_expression(other)))

    def __rmul__(self, other):
        return _expression(other) * self

    def __truediv__(self, other):
        return Quotient(self, _expression(other))

    def __rtruediv__(self, other):
        return Quotient(_expression(other), self)

    def __pow__(self, exponent):
        return Square(self) if exponent == 2 else NotImplemented


def _expression(number):
    return number if isinstance(number, Expression) else Constant(number)


def _terms_of(expression):
    return expression.parts if isinstance(expression, Sum) else (expression,)


def _factors_of(expression):
    return expression.parts if isinstance(expression, Product) else (expression,)


@dataclass(frozen=True)
class Setting:
    """The symbol of a number that belongs to no matrix, such as the learning rate or the number of examples."""

    latex: str
    name: str
    can_be_asked = False


@dataclass(frozen=True, eq=False)
class Number(Expression):
    """A number with the symbol that it is written with: an `Entry` of the pass or a `Setting`."""

    value: float
    symbol: object

    def leaves(self):
        return [self]

    def write(self, pen):
        return pen.leaf(self)

    def rank(self, pen):
        return pen.leaf_rank(self)

    def evaluate(self, rounded):
        return rounded(self.value)

    def __float__(self):
        return self.value


@dataclass(frozen=True)
class Constant(Expression):
    """A number that belongs to the formula, such as the 1 in 1 - a."""

    value: float

    def write(self, pen):
        return str(self.value)

    def evaluate(self, rounded):
        return self.value


ONE = Constant(1)


# --- what is made of them -------------------------------------------------------------------------------------------


class Sum(Expression):
    """A sum; terms to be subtracted are wrapped in `Minus`. Beyond `LONGEST_SUM` terms the middle is left out."""

    def __init__(self, *terms):
        self.parts = terms

    def write(self, pen):
        return self._braced(pen, self._inner(pen))

    def grouped(self, pen):
        return self._braced(pen, pen.group(self._inner(pen)))

    def rows(self, pen):
        if self._is_shortened(pen):
            return [self.write(pen)]
        plain = Plain(pen.numbers, pen.digits, pen.full)
        return _wrapped(_terms(self.parts, pen), map(len, _terms(self.parts, plain)))

    def _inner(self, pen):
        if not self._is_shortened(pen):
            return "".join(_terms(self.parts, pen))
        return f"{''.join(_terms(self.parts[:2], pen))} + {pen.dots}{_signed(self.parts[-1], pen)}"

    def _braced(self, pen, text):
        return pen.shortened(text, len(self.parts), self.evaluate(float)) if self._is_shortened(pen) else text

    def rank(self, pen):
        return pen.shortened_rank if self._is_shortened(pen) else SUM

    def _is_shortened(self, pen):
        return len(self.parts) > LONGEST_SUM and not pen.full

    def evaluate(self, rounded):
        return math.fsum(part.evaluate(rounded) for part in self.parts)


class Minus(Expression):
    """A negated expression."""

    def __init__(self, part):
        self.parts = (part,)

    def write(self, pen):
        return "-" + pen.inside(self.parts[0], PRODUCT)

    def rank(self, pen):
        return SUM

    def evaluate(self, rounded):
        return -self.parts[0].evaluate(rounded)


class Product(Expression):
    """A product. A factor of 0 makes it 0, also beside an infinite one."""

    def __init__(self, *factors):
        self.parts = factors

    def write(self, pen):
        return pen.times.join(pen.inside(part, POWER) for part in self.parts)

    def rank(self, pen):
        return PRODUCT

    def evaluate(self, rounded):
        factors = [part.evaluate(rounded) for part in self.parts]
        return 0.0 if 0 in factors else math.prod(factors)


class Quotient(Expression):
    """A fraction."""

    def __init__(self, above, below):
        self.parts = (above, below)

    def write(self, pen):
        return pen.fraction(*self.parts)

    def rank(self, pen):
        return pen.fraction_rank

    def evaluate(self, rounded):
        above, below = (part.evaluate(rounded) for part in self.parts)
        return above / (below or _TINY)

    def is_defined(self, rounded):
        return super().is_defined(rounded) and self.parts[1].evaluate(rounded) != 0


class Square(Expression):
    """A square."""

    def __init__(self, part):
        self.parts = (part,)

    def write(self, pen):
        return pen.square(self.parts[0])

    def rank(self, pen):
        return POWER

    def evaluate(self, rounded):
        value = self.parts[0].evaluate(rounded)
        return value * value


class Exp(Expression):
    """A power of e."""

    def __init__(self, part):
        self.parts = (part,)

    def write(self, pen):
        return pen.exp(self.parts[0])

    def evaluate(self, rounded):
        try:
            return math.exp(self.parts[0].evaluate(rounded))
        except OverflowError:
            return math.inf

    def is_defined(self, rounded):
        return super().is_defined(rounded) and self.evaluate(rounded) < math.inf


class Call(Expression):
    """A function of one number or more: log, max, tanh."""

    def __init__(self, function, *arguments):
        self.function, self.parts = function, arguments

    def write(self, pen):
        return pen.call(self.function, *self.parts)

    def evaluate(self, rounded):
        return FUNCTIONS[self.function](*(part.evaluate(rounded) for part in self.parts))

    def is_defined(self, rounded):
        return super().is_defined(rounded) and (self.function != "log" or self.parts[0].evaluate(rounded) > 0)


class OwnCall(Call):
    """A function of which no formula is known: its own code is asked."""

    def __init__(self, function, latex, compute, *arguments):
        super().__init__(function, *arguments)
        self.latex, self.compute = latex, compute

    def write(self, pen):
        return pen.call(self.function, *self.parts, latex=self.latex)

    def evaluate(self, rounded):
        return float(self.compute(*(part.evaluate(rounded) for part in self.parts)))


class Cases(Expression):
    """One expression where a number is above 0, else another: the slope of ReLU is 1 or 0."""

    def __init__(self, number, above, below):
        self.parts = number, _expression(above), _expression(below)

    def write(self, pen):
        return pen.cases(*self.parts)

    def rank(self, pen):
        return SUM

    def is_defined(self, rounded):
        return self._case(rounded).is_defined(rounded)

    def evaluate(self, rounded):
        return self._case(rounded).evaluate(rounded)

    def _case(self, rounded):
        number, above, below = self.parts
        return above if number.evaluate(rounded) > 0 else below


FUNCTIONS = {
    "log": lambda x: math.log(max(x, _TINY)),
    "log1p": math.log1p,
    "expm1": math.expm1,
    "max": max,
    "tanh": math.tanh,
    "normal_cdf": lambda x: float(normal_cdf(x)),
    "normal_density": lambda x: float(normal_density(x)),
}


def total(terms):
    """The sum of a list of terms, or its only term."""
    terms = list(terms)
    return terms[0] if len(terms) == 1 else Sum(*terms)


class Written:
    """What the formulas of activations and losses are made with, so that they come out as expressions."""

    exp, cases, number, half = Exp, Cases, Constant, Quotient(ONE, Constant(2))
    sum = staticmethod(total)

    def __getattr__(self, function):
        if function not in FUNCTIONS:
            raise AttributeError(f"no function {function} is known here; choose from exp, {', '.join(FUNCTIONS)}")
        return lambda *arguments: Call(function, *map(_expression, arguments))


def _terms(terms, pen):
    return [terms[0].write(pen), *(_signed(term, pen) for term in terms[1:])]


def _wrapped(texts, widths):
    """Join texts to rows of at most `WIDEST_ROW` in width."""
    rows, room = [""], WIDEST_ROW
    for text, width in zip(texts, widths, strict=True):
        if rows[-1] and width > room:
            rows, room = [*rows, ""], WIDEST_ROW
        rows[-1] += text
        room -= width
    return rows


def _signed(term, pen):
    if isinstance(term, Minus):
        return " - " + pen.inside(term.parts[0], PRODUCT)
    return " + " + pen.inside(term, PRODUCT)


# --- digits ---------------------------------------------------------------------------------------------------------


def choose(expressions, value, digits):
    """Return the first expression that gives `value` from its numbers as shown, and the digits that this takes.

    As few digits as hold, from `digits` on. Where no expression holds, not even with all digits, the first one.

    Parameters
    ----------
    expressions : iterable of Expression
        Equal in exact arithmetic; later ones are asked for only where the earlier ones lose their digits.
    value : float
    digits : int
    """
    first = None
    for expression in expressions:
        first = first or expression
        for candidate in sorted({digits, *(more for more in (8, 10, 13, 17) if more > digits)}):
            if _holds(expression, value, candidate, digits):
                return expression, candidate
    return first, 17


def first_defined(expressions):
    """Return the first expression that can be computed as written, else the first one; None where there is none."""
    first = None
    for expression in expressions:
        if expression.is_defined(float):
            return expression
        first = first or expression
    return first


def as_shown(expression, digits):
    """Return what an expression gives when every number in it is first rounded to so many significant digits."""
    return expression.evaluate(_to_digits(digits))


def _holds(expression, value, candidate, digits):
    evaluated = as_shown(expression, candidate)
    is_close = evaluated == value or math.isclose(evaluated, value, rel_tol=max(10.0 ** (1 - digits), 1e-12))
    return is_close and expression.is_defined(_to_digits(candidate))


def _to_digits(digits):
    return lambda number: float(f"{number:.{digits}g}")
