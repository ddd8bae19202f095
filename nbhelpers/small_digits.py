"""Whole numbers in small digits, above the line as in 10⁻³ and below it as in x₂, for texts without mathtext."""

_ABOVE = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_BELOW = str.maketrans("-0123456789", "₋₀₁₂₃₄₅₆₇₈₉")


def superscript(number):
    """Return a whole number above the line.

    Examples
    --------
    >>> f"10{superscript(-12)}"
    '10⁻¹²'
    """
    return str(int(number)).translate(_ABOVE)


def subscript(number):
    """Return a whole number below the line.

    Examples
    --------
    >>> f"x{subscript(12)}"
    'x₁₂'
    """
    return str(int(number)).translate(_BELOW)
