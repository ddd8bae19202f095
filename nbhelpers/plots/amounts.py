"""Counts and times as short texts, from a single operation to more than a lifetime of computing."""

from nbhelpers.small_digits import superscript

_WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_UNITS = (  # in seconds, and from how many seconds on
    (365.25 * 86400, "years", 2 * 365.25 * 86400),
    (86400, "days", 2 * 86400),
    (3600, "h", 2 * 3600),
    (60, "min", 120),
    (1, "s", 1),
    (1e-3, "ms", 1e-3),
    (1e-6, "µs", 0),
)


def amount(count):
    """Return a whole number as it is, or in words or powers of ten with three digits where it is large.

    Examples
    --------
    >>> amount(6), amount(51200), amount(6_553_600), amount(2.04e18)
    ('6', '51,200', '6.55 million', '2.04·10¹⁸')
    """
    if count < 999_999.5:
        return f"{count:,.0f}"
    if count >= 999.5e12:
        mantissa, exponent = f"{count:.2e}".split("e+")
        return f"{mantissa}·10{superscript(exponent)}"
    size, word = next((size, word) for size, word in _WORDS if count >= 0.9995 * size)
    return f"{_three_digits(count / size)} {word}"


def duration(seconds):
    """Return a time with three digits, or two where it is long, in the unit that a reader would use.

    Examples
    --------
    >>> duration(1.83e-5), duration(0.0123), duration(3.2), duration(5400), duration(4e6)
    ('18.3 µs', '12.3 ms', '3.20 s', '90 min', '46 days')
    """
    size, unit, _ = next(entry for entry in _UNITS if seconds >= entry[2])
    value = seconds / size
    return f"{_three_digits(value) if size <= 1 else f'{value:,.0f}'} {unit}"


def ratio(one, other):
    """Return how many times `other` goes into `one`: ``"1.98"``, ``"24"``, ``"203,540"``.

    Examples
    --------
    >>> ratio(8, 6), ratio(99, 100), ratio(250, 10), ratio(203_540, 1)
    ('1.33', '0.99', '25', '203,540')
    """
    value = one / other
    return f"{value:.2f}" if value < 9.995 else amount(value)


def _three_digits(value):
    """From 1 to 1000."""
    return f"{value:.2f}" if value < 9.995 else f"{value:.1f}" if value < 99.95 else f"{value:.0f}"
