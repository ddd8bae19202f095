"""A formula with the numbers put in and what comes out of it, line by line: in LaTeX and in plain text."""

import math
from dataclasses import dataclass

from nbhelpers.derivation.expressions import Expression, as_shown
from nbhelpers.derivation.notation import Latex, Plain
from nbhelpers.numbers_as_text import digits_shown, latex_number

CONTINUED = r"\quad {}"
"""What stands instead of a sign where a line goes on in the next."""

LATEX_SIGNS = {"=": "=", "≈": r"\approx", "≠": r"\neq"}


@dataclass(frozen=True, repr=False, eq=False)
class Derivation:
    """A formula in symbols, in numbers, and what comes out.

    Attributes
    ----------
    expression : Expression
    value : float
        What comes out.
    digits, value_digits : int
        How many significant digits are shown, of the numbers put in and of the value.
    full : bool
        Whether long sums are written in full.
    otherwise : str
        The sign before the value where it is not "=": "≈", or "≠" where the formula does not give it at all.
    """

    expression: Expression
    value: float
    digits: int
    value_digits: int
    full: bool = False
    otherwise: str = "≈"

    @property
    def formula(self):
        """The formula in LaTeX, without a symbol on its left."""
        return self.expression.write(self._pen(Latex, numbers=False))

    @property
    def substituted(self):
        """The formula in LaTeX with the numbers put in."""
        return self.expression.write(self._pen(Latex, numbers=True))

    @property
    def text_formula(self):
        """The formula in plain text."""
        return self.expression.write(self._pen(Plain, numbers=False))

    @property
    def text_substituted(self):
        """The formula in plain text with the numbers put in; valid Python unless it is shortened."""
        return self.expression.write(self._pen(Plain, numbers=True))

    @property
    def sources(self):
        """The names of the numbers in it that can be asked."""
        symbols = (leaf.symbol for leaf in self.expression.leaves())
        return tuple(dict.fromkeys(symbol.name for symbol in symbols if symbol.can_be_asked))

    @property
    def shown_value(self):
        """The value in LaTeX."""
        return latex_number(self.value, self.value_digits)

    @property
    def equals(self):
        """The sign before the value: "=" where the numbers as they are shown give the value as it is shown."""
        shown = float(digits_shown(self.value, self.value_digits))
        return "=" if math.isclose(as_shown(self.expression, self.digits), shown, rel_tol=1e-12) else self.otherwise

    @property
    def lines(self):
        """What stands right of the symbol, in LaTeX, as pairs of a sign and a line of readable width."""
        return _in_rows(self.expression.rows(self._pen(Latex, numbers=False))) + self.number_lines

    @property
    def number_lines(self):
        """The last of the `lines`: the numbers put in, and the value where it is not the same."""
        value = (LATEX_SIGNS[self.equals], self.shown_value)
        rows = _in_rows(self.expression.rows(self._pen(Latex, numbers=True)))
        return rows if self.substituted == self.shown_value else [*rows, value]

    @property
    def text_lines(self):
        """What stands right of the name, in plain text, as pairs of a sign and a line."""
        value = (self.equals, digits_shown(self.value, self.value_digits))
        lines = [("=", self.text_formula), ("=", self.text_substituted)]
        return lines if self.text_substituted == value[1] else [*lines, value]

    def _pen(self, kind, numbers):
        return kind(numbers, self.digits, self.full)


def _in_rows(rows):
    return [("=", rows[0]), *((CONTINUED, row) for row in rows[1:])]
