"""The line of NumPy of a matrix with every name replaced by its shape: why the product fits."""

import re

from nbhelpers.derivation.rules import code

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
    >>> from nbhelpers.derivation.figures import Numbers
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
