"""Why is this number what it is? The derivation of any single number of a pass, down to the inputs.

`why` gives a `Story`: the symbol, its formula, the same line with the numbers put in, the value, and the names of the
numbers that it was made from, each of which can be asked in turn. The formulas themselves stand in ``steps.py``, the
numbers in ``pass_numbers.py``; the whole pass as one long story is told by ``solution.py``.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

from nbhelpers.derivation.differences import finite_difference
from nbhelpers.derivation.expressions import OwnCall, choose, first_defined
from nbhelpers.derivation.lines import LATEX_SIGNS, Derivation
from nbhelpers.derivation.meanings import rule_of
from nbhelpers.derivation.names import Entry
from nbhelpers.derivation.pass_numbers import Numbers, numbers_of
from nbhelpers.derivation.steps import alternatives, code, long_way, meaning, rule
from nbhelpers.numbers_as_text import digits_shown, latex_number, rounded

DIGITS = 6
LONGEST_LIST = 20  # of names; in a longer one the middle is left out, as in long sums
_ALL_DIGITS = 15  # of a number that was rounded already, and is to be shown as it is


def why(network, X, Y, name, learning_rate=0.5, decimals=None, digits=DIGITS, l2=None, cost=None):
    r"""Tell how one number of a pass comes about.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    name : str
        The number, with the lecture's subscripts, counted from 1: ``"Z1[2,1]"``, ``"A1[1,1]"``, ``"Y_hat[1,1]"``,
        ``"L[1]"``, ``"J"``, ``"dZ1[1,1]"``, ``"dA1[1,1]"``, ``"dW1[1,2]"``, ``"db1[2,1]"``;
        ``"slope1[2,1]"`` for f'(z), ``"jacobian2[1,2,1]"`` for softmax; ``"W1_new[1,2]"`` after a step;
        and what is given, ``"X[1,1]"``, ``"W1[1,2]"``.
        ``A0`` is X, ``dX`` is dJ/dX. Subscripts that can only be 1 may be left out at the end.
    learning_rate : float
        Of the step; 0.5 is that of the worked example.
    decimals : int, optional
        Compute as by hand and round to so many decimals after every step, from X on.
    digits : int, optional
        How many significant digits to show at least, from 1 to 17. More are shown where the line needs them to come
        out right.
    l2, cost : float and str, optional
        Another cost than that of the network: with a penalty, as a sum, …; see `Network.with_cost`.

    Returns
    -------
    Story

    Raises
    ------
    TypeError
        If `name` is no text.
    ValueError
        If there is no such number; the message lists what can be asked, with shapes.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> story = why(worked_example.network(), worked_example.X, worked_example.Y, "dW1[1,2]")
    >>> story
    dW1[1,2] = dZ1[1,1] * X[2,1]
             = (-0.0160095) * 0.2
             = -0.0032019
    J falls by about 0.0032 for each unit that W1[1,2] rises.
    Finite difference: -0.0032019
    Made from: dZ1[1,1], X[2,1]
    >>> print(story.symbol)
    \frac{\partial J}{\partial w^{(1)}_{1,2}}
    >>> story.ask("dZ1[1,1]").sources
    ('dA1[1,1]', 'slope1[1,1]')

    As by hand, with three decimals:

    >>> why(worked_example.network(), worked_example.X, worked_example.Y, "Z2[1,1]", decimals=3).value
    1.245
    """
    if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= 17:
        raise ValueError(f"digits is {digits!r}, expected a whole number from 1 to 17")
    n = numbers_of(network.with_cost(cost, l2), X, Y, learning_rate, decimals)
    return Story(n, n.find(name), digits)


@dataclass(frozen=True, repr=False, eq=False)
class Story:
    """How one number of a pass comes about. Shows as Markdown with LaTeX in a notebook, as text in a terminal.

    Made by `why`.
    """

    numbers: Numbers
    entry: Entry
    wanted_digits: int = DIGITS
    full: bool = False

    # --- what it is -----------------------------------------------------------------------------------------------

    @property
    def name(self):
        """What was asked: ``"dW1[1,2]"``."""
        return self.entry.name

    @property
    def symbol(self):
        """Its symbol in LaTeX."""
        return self.entry.latex

    @property
    def rule(self):
        """The equation that it follows in LaTeX, for the whole matrix; "" for what is given."""
        return rule(self.numbers, self.entry.block)

    @property
    def code(self):
        """The line of NumPy that computes the whole matrix; "" for what is given."""
        return code(self.numbers, self.entry.block)

    @cached_property
    def value(self):
        """The number itself, a float."""
        return self.numbers.value(self.entry)

    @cached_property
    def meaning(self):
        """What it says, in one sentence."""
        return meaning(self.numbers, self.entry)

    @cached_property
    def remark(self):
        """Where no formula is known, and only the function's own code gives the value: that this is so; else ""."""
        expression = None if self.is_given else self.derivation.expression
        calls = [part for part in (expression, *getattr(expression, "parts", ())) if isinstance(part, OwnCall)]
        return f"No formula is known for {calls[0].function}: this is what its own code gives." if calls else ""

    @cached_property
    def finite_difference(self):
        """For a gradient dJ/d…, the slope found by moving that number a little; nan at a kink of ReLU, else None.

        Always of the exact network, also where the story is rounded as by hand.
        """
        return finite_difference(self.numbers, self.entry)

    # --- how it comes about ---------------------------------------------------------------------------------------

    @property
    def is_given(self):
        """Whether it is an input, a label or a parameter, which is made from nothing."""
        return self.derivation is None

    @cached_property
    def derivation(self):
        """The formula with its numbers; None for what is given."""
        return self._derived(alternatives(self.numbers, self.entry), self.value)

    @cached_property
    def long_way(self):
        """For dZ[L] of a matched pair: the same number through dJ/dY_hat and the activation; else None."""
        expression = long_way(self.numbers, self.entry)
        return expression and self._derived([expression], self._rounded(expression.evaluate(float)))

    def _derived(self, formulas, value):
        if not self.is_exact:
            expression = first_defined(formulas)
            return expression and Derivation(expression, value, self.digits, self.digits, self.full)
        expression, digits = choose(formulas, value, self.digits)
        return expression and Derivation(expression, value, digits, self.digits, self.full, _about(expression, value))

    def _rounded(self, value):
        return value if self.is_exact else rounded(value, self.numbers.decimals)

    @property
    def formula(self):
        r"""The formula in LaTeX, without the symbol on its left; ``\text{given}`` for what is given."""
        return r"\text{given}" if self.is_given else self.derivation.formula

    @property
    def substituted(self):
        """The formula in LaTeX with the numbers put in."""
        return self.shown_value if self.is_given else self.derivation.substituted

    @property
    def text_formula(self):
        """The formula in plain text."""
        return "given" if self.is_given else self.derivation.text_formula

    @property
    def text_substituted(self):
        """The formula in plain text with the numbers put in; valid Python unless it is shortened."""
        return digits_shown(self.value, self.digits) if self.is_given else self.derivation.text_substituted

    @property
    def sources(self):
        """The names of the numbers that it was made from; none for what is given."""
        return () if self.is_given else self.derivation.sources

    def ask(self, name):
        """Return the story of another number of the same pass, told in the same way."""
        return replace(self, entry=self.numbers.find(name))

    @property
    def in_full(self):
        """The same story with long sums written in full."""
        return replace(self, full=True)

    # --- how it is shown ------------------------------------------------------------------------------------------

    @property
    def is_exact(self):
        """Whether the numbers are those of the network; False where they are rounded as by hand."""
        return self.numbers.decimals is None

    @property
    def digits(self):
        """How many significant digits the value is shown with."""
        return self.wanted_digits if self.is_exact else _ALL_DIGITS

    @property
    def shown_value(self):
        """The value in LaTeX, with as many digits as are shown."""
        return latex_number(self.value, self.digits)

    @property
    def equals(self):
        """The sign before the value: "=" where what is shown is exact, else "≈"; "≠" if the formula gives another."""
        if self.is_given:
            return "=" if float(digits_shown(self.value, self.digits)) == self.value else "≈"
        return self.derivation.equals

    @property
    def lines(self):
        """What stands right of the symbol, in LaTeX, as pairs of a sign and a line of readable width."""
        return [(LATEX_SIGNS[self.equals], self.shown_value)] if self.is_given else self.derivation.lines

    @property
    def text_lines(self):
        """What stands right of the name, in plain text, as pairs of a sign and a line."""
        return [(self.equals, f"{self.text_substituted} (given)")] if self.is_given else self.derivation.text_lines

    @property
    def equation(self):
        """Symbol, formula, numbers and value as one LaTeX block, without dollar signs."""
        return _aligned(self.symbol, self.lines)

    @property
    def text(self):
        """The whole story in plain text."""
        return "\n".join(_text_lines(self))

    @property
    def markdown(self):
        """The whole story in Markdown with LaTeX."""
        return "\n\n".join(_markdown_parts(self))

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return self.markdown


# --- how it reads ---------------------------------------------------------------------------------------------------


def _text_lines(story):
    yield from _text_equation(story.name, story.text_lines)
    yield story.meaning
    if story.remark:
        yield story.remark
    if story.long_way:
        yield _about_long_way(story)
        yield from _text_equation(story.name, story.long_way.text_lines)
    if story.finite_difference is not None:
        yield f"Finite difference: {_difference(story)}"
    if story.sources:
        yield f"Made from: {_listed(story.sources, story.full, '')}"
    if story.long_way:
        yield f"The long way: {_listed(story.long_way.sources, story.full, '')}"


def _markdown_parts(story):
    yield f"**`{story.name}`**: {story.meaning}"
    if story.rule:
        yield f"$${rule_of(story)}$$"
    yield f"$${story.equation}$$"
    if story.remark:
        yield story.remark
    if story.long_way:
        yield _about_long_way(story)
        yield f"$${_aligned(story.symbol, story.long_way.lines)}$$"
    if story.finite_difference is not None:
        yield f"Finite difference: {_difference(story)}"
    if story.sources:
        yield f"Made from: {_listed(story.sources, story.full)}"
    if story.long_way:
        yield f"The long way: {_listed(story.long_way.sources, story.full)}"


def _text_equation(name, lines):
    starts = [name] + [" " * len(name)] * (len(lines) - 1)
    return [f"{start} {sign} {text}" for start, (sign, text) in zip(starts, lines, strict=True)]


def _aligned(symbol, lines):
    rows = r" \\[4pt] ".join(f"&{sign} {text}" for sign, text in lines)
    return rf"\begin{{aligned}}{symbol} {rows}\end{{aligned}}"


def _about_long_way(story):
    short_cut = "This is the shortcut of a matched pair."
    if math.isclose(story.long_way.value, story.value, rel_tol=10.0 ** (1 - story.wanted_digits)):
        return f"{short_cut} The long way gives the same:"
    if not story.is_exact:
        return f"{short_cut} The long way rounds once more, and so need not give quite the same:"
    return f"{short_cut} The long way loses its digits here, because the prediction is so near to 0 or 1:"


def _about(expression, value):
    # A network with a backward pass of its own may say what the formula does not give.
    return "≈" if math.isclose(expression.evaluate(float), value, rel_tol=1e-5, abs_tol=1e-9) else "≠"


def _listed(names, full, quote="`"):
    if len(names) > LONGEST_LIST and not full:
        return f"{_listed(names[:2], full, quote)}, …, {quote}{names[-1]}{quote} ({len(names)} numbers)"
    return ", ".join(f"{quote}{name}{quote}" for name in names)


def _difference(story):
    if math.isnan(story.finite_difference):
        return "none, this is a kink, where the slope on its left is taken"
    exact = "" if story.is_exact else " (of the exact network)"
    shown = digits_shown(round(story.finite_difference, 8), DIGITS)
    return (shown if shown != "0" else "0 to 8 decimals, which is all that it can tell") + exact
