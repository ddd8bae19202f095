"""How a formula looks on paper: in LaTeX or as plain text, with symbols or with numbers.

A pen says how each operation is written. The formulas themselves are those of ``expressions.py``.
"""

from dataclasses import dataclass

from nbhelpers.numbers_as_text import digits_shown, latex_number

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly what is written holds together, from loose to tight."""


_LATEX_NAMES = {
    "normal_cdf": r"\Phi",
    "normal_density": r"\varphi",
    "log1p": r"\mathrm{log1p}",
    "expm1": r"\mathrm{expm1}",
}


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
        return latex_number(leaf.value, self.digits) if self.numbers else leaf.symbol.latex

    def leaf_rank(self, leaf):
        if not self.numbers:
            return ATOM
        text = self.leaf(leaf)
        return SUM if text.startswith("-") else PRODUCT if "10^" in text else ATOM

    def group(self, text):
        return rf"\left({text}\right)"

    def fraction(self, above, below):
        return rf"\frac{{{above.write(self)}}}{{{below.write(self)}}}"

    def exp(self, node):
        return f"e^{{{node.write(self)}}}"

    def square(self, node):
        base = self.inside(node, ATOM)
        return f"{base}^{{2}}" if self.numbers else f"{{{base}}}^{{2}}"  # a symbol carries an exponent of its own

    def call(self, function, *arguments, latex=""):
        return (latex or _LATEX_NAMES.get(function, rf"\{function}")) + self.group(
            ", ".join(argument.write(self) for argument in arguments)
        )

    def cases(self, node, above, below):
        if not self.numbers:
            return rf"{above.write(self)} \text{{ if }} {node.write(self)} > 0, \text{{ else }} {below.write(self)}"
        if float(node) > 0:
            return rf"{above.write(self)} \text{{ since }} {node.write(self)} > 0"
        return rf"{below.write(self)} \text{{ since }} {node.write(self)} \le 0"

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
        return digits_shown(leaf.value, self.digits) if self.numbers else leaf.symbol.name

    def leaf_rank(self, leaf):
        return SUM if self.numbers and self.leaf(leaf).startswith("-") else ATOM

    def group(self, text):
        return f"({text})"

    def fraction(self, above, below):
        return f"{self.inside(above, PRODUCT)} / {self.inside(below, POWER)}"

    def exp(self, node):
        return self.call("exp", node)

    def square(self, node):
        return f"{self.inside(node, ATOM)}**2"

    def call(self, function, *arguments, latex=""):
        return function + self.group(", ".join(argument.write(self) for argument in arguments))

    def cases(self, node, above, below):
        return f"{above.write(self)} if {node.write(self)} > 0 else {below.write(self)}"

    def shortened(self, text, count, total):
        amount = f", together {digits_shown(total, self.digits)}" if self.numbers else ""
        return f"({text}: {count} terms{amount})"

    dots = "..."
    fraction_rank, shortened_rank = PRODUCT, ATOM
