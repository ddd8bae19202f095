"""How a formula looks on paper: in LaTeX or as plain text, with symbols or with numbers.

A pen says how each operation is written. The formulas themselves are those of ``expressions.py``.
"""

from dataclasses import dataclass

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly what is written holds together, from loose to tight."""


def digits_shown(value, digits):
    """Return `value` as text with so many significant digits at most: ``"0.43"``, ``"1.2e-07"``.

    Examples
    --------
    >>> digits_shown(0.60587367, 6), digits_shown(-0.0, 6)
    ('0.605874', '0')
    """
    return f"{value + 0.0:.{digits}g}"


def latex_number(value, digits):
    r"""Return `value` in LaTeX with so many significant digits at most.

    Examples
    --------
    >>> print(latex_number(-1.25e-7, 6))
    -1.25 \cdot 10^{-7}
    """
    mantissa, _, exponent = digits_shown(value, digits).partition("e")
    if exponent:
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    return {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\text{nan}"}.get(mantissa, mantissa)


@dataclass(frozen=True)
class Pen:
    """How to write: with numbers or with symbols, with how many digits, whether in full.

    `Latex` and `Plain` say how each operation looks.
    """

    numbers: bool = False
    digits: int = 6
    full: bool = False

    def inside(self, node, loosest):
        """Write a part of an expression, in parentheses where it holds together less than `loosest` demands."""
        return node.write(self) if node.rank(self) >= loosest else node.grouped(self)


class Latex(Pen):
    """Writes LaTeX, without dollar signs."""

    times = r" \cdot "

    def leaf(self, leaf):
        """A number or a symbol."""
        return latex_number(leaf.value, self.digits) if self.numbers else leaf.symbol.latex

    def leaf_rank(self, leaf):
        """Negative numbers and powers of ten need parentheses in a product."""
        if not self.numbers:
            return ATOM
        text = self.leaf(leaf)
        return SUM if text.startswith("-") else PRODUCT if "10^" in text else ATOM

    def group(self, text):
        """Parentheses."""
        return rf"\left({text}\right)"

    def fraction(self, above, below):
        """A fraction."""
        return rf"\frac{{{above.write(self)}}}{{{below.write(self)}}}"

    def exp(self, node):
        """A power of e."""
        return f"e^{{{node.write(self)}}}"

    def square(self, node):
        """A square."""
        base = self.inside(node, ATOM)
        return f"{base}^{{2}}" if self.numbers else f"{{{base}}}^{{2}}"  # a symbol carries an exponent of its own

    def call(self, function, *arguments):
        """A function: log, max, tanh."""
        return rf"\{function}" + self.group(", ".join(argument.write(self) for argument in arguments))

    def step(self, node):
        """1 above 0, else 0."""
        if not self.numbers:
            return rf"1 \text{{ if }} {node.write(self)} > 0, \text{{ else }} 0"
        return (r"1 \text{ since } %s > 0" if node.value > 0 else r"0 \text{ since } %s \le 0") % node.write(self)

    def shortened(self, text, count, total):
        """A sum with its middle left out, with the number of its terms and what they amount to."""
        amount = rf"\text{{, together }} {latex_number(total, self.digits)}" if self.numbers else ""
        return rf"\underbrace{{{text}}}_{{{count} \text{{ terms}}{amount}}}"

    dots = r"\cdots"
    fraction_rank, shortened_rank = ATOM, SUM


class Plain(Pen):
    """Writes plain text; with numbers and in full it is valid Python."""

    times = " * "

    def leaf(self, leaf):
        """A number or a name."""
        return digits_shown(leaf.value, self.digits) if self.numbers else leaf.symbol.name

    def leaf_rank(self, leaf):
        """Negative numbers need parentheses in a product."""
        return SUM if self.numbers and self.leaf(leaf).startswith("-") else ATOM

    def group(self, text):
        """Parentheses."""
        return f"({text})"

    def fraction(self, above, below):
        """A quotient."""
        return f"{self.inside(above, PRODUCT)} / {self.inside(below, POWER)}"

    def exp(self, node):
        """A power of e."""
        return self.call("exp", node)

    def square(self, node):
        """A square."""
        return f"{self.inside(node, ATOM)}**2"

    def call(self, function, *arguments):
        """A function: exp, log, max, tanh."""
        return function + self.group(", ".join(argument.write(self) for argument in arguments))

    def step(self, node):
        """1 above 0, else 0."""
        return f"1 if {node.write(self)} > 0 else 0"

    def shortened(self, text, count, total):
        """A sum with its middle left out, with the number of its terms and what they amount to."""
        amount = f", together {digits_shown(total, self.digits)}" if self.numbers else ""
        return f"({text}: {count} terms{amount})"

    dots = "..."
    fraction_rank, shortened_rank = PRODUCT, ATOM
