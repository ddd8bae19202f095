"""Numbers that the text of a notebook claims, and what the notebook's own code says about them.

A claim is a number with an HTML comment behind it, which no reader sees: ``It predicts 0.777<!-- Y_hat.item() -->.``
The comment holds an expression in the notebook's own variables, and is evaluated after all of its code has run.
"""

import re
from typing import NamedTuple

import numpy as np

CLAIM = re.compile(r"<!--(?P<expression>.+?)-->", re.DOTALL)
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:e[-−]?\d+)?")
FENCED = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


class Claim(NamedTuple):
    """A number as it stands in the text, and the expression that it must agree with."""

    cell: str
    text: str
    expression: str


def claims_in(cell):
    """Return the claims of a Markdown cell.

    Raises
    ------
    ValueError
        If there is no number before a comment, or if the expression only repeats it.
    """
    claims, start = [], 0
    for match in CLAIM.finditer(cell.source):
        numbers = NUMBER.findall(cell.source[start : match.start()])
        if not numbers:
            raise ValueError(f"cell {cell.id!r}: no number stands before <!--{match['expression']}-->")
        if NUMBER.fullmatch(match["expression"].strip()):
            raise ValueError(f"cell {cell.id!r}: <!--{match['expression']}--> computes nothing")
        claims.append(Claim(cell.id, numbers[-1].replace("−", "-"), match["expression"].strip()))
        start = match.end()
    return claims


def agrees(text, value):
    """Tell whether a number, as it is written, is `value` rounded to so many digits."""
    mantissa, _, exponent = text.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return abs(float(text) - float(np.asarray(value).item())) <= 0.5000001 * 10.0**-decimals


def unmarked(source):
    """Return the numbers with three or more decimals that no comment vouches for: they are results, not givens."""
    text = CLAIM.sub(lambda match: " CLAIMED ", FENCED.sub(" ", source))
    long_numbers = re.finditer(r"[-−]?\d+\.\d{3,}", text)
    return [match[0] for match in long_numbers if not _is_claimed(text[match.end() :])]


def _is_claimed(rest):
    # what closes the mathematics or the parenthesis may stand between the number and its comment
    return re.match(r"[\s$)\]*.,]*CLAIMED", rest) is not None


def run(notebook):
    """Run the code of a notebook in one namespace, without a kernel, and return the namespace."""
    names = {"display": lambda *args, **kwargs: None}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(re.sub(r"^%.*", "", cell.source), cell.id, "exec"), names)  # without a kernel no %load_ext
    return names
