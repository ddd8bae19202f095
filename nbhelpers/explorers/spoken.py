"""Numbers as the words of an explorer say them."""

from nbhelpers.plots.numbers import exact_if_short


def spoken(value):
    """Return a number with two decimals where that loses nothing but the noise of floats, and else a short one.

    Examples
    --------
    >>> spoken(0.1 + 0.2), spoken(0.786), spoken(2.5e-6)
    ('0.30', '0.786', '2.5e−6')
    """
    return exact_if_short(float(f"{value:.12g}"))
