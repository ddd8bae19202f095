"""Numbers as short texts, for places where there is little room: a unit of a diagram, a line of words, an alt text."""

import math

import numpy as np


def short(value, decimals=3):
    """Return a number in about ``decimals + 3`` characters, with a true minus sign.

    Parameters
    ----------
    value : float
    decimals : int
        Digits after the point where the number is smaller than 10; larger numbers get fewer.

    Examples
    --------
    >>> [short(v) for v in (0.43, -12.345, 1e5, 4.2e-7, 0)]
    ['0.430', '−12.35', '1.0e5', '4.2e−7', '0']
    """
    value = float(value)
    if not math.isfinite(value):
        text = str(value).replace("inf", "∞")
    elif value == 0:
        text = "0"
    else:
        text = _rounded(value, decimals)
    return text.replace("-", "−")


def exact_if_short(value, decimals=3):
    """Return a number with two decimals where that loses nothing, and as `short` does otherwise.

    Examples
    --------
    >>> exact_if_short(0.5), exact_if_short(0.1234), exact_if_short(-2)
    ('0.50', '0.123', '−2.00')
    """
    is_exact = 0 < abs(value) < 10 and round(value, 2) == value
    return f"{value:.2f}".replace("-", "−") if is_exact else short(value, decimals)


def listed(values, text=short):
    """Return numbers as ``"0.430"`` or, where there are several, ``"(0.430, 1.420)"``."""
    texts = [text(value) for value in np.ravel(values)]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def _rounded(value, decimals):
    size = _size(value)
    if size > decimals + 1 or size < -decimals:
        return _scientific(value, decimals - 2)
    return f"{value:.{max(0, decimals - max(size, 0))}f}"


def _scientific(value, decimals):
    decimals = max(0, decimals - (abs(_size(value)) > 9))  # a digit of the exponent costs one of the mantissa
    mantissa, exponent = f"{value:.{decimals}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def _size(value):
    """0 from 1 to 10, 1 from 10 to 100, -1 from 0.1 to 1, ..."""
    return math.floor(math.log10(abs(value)))
