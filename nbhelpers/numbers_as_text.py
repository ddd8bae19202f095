"""Every number that is shown becomes text here: short or with all its digits, as words, in LaTeX, in small digits."""

import math

import numpy as np

# --- small digits, for texts without mathtext -----------------------------------------------------------------------

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


# --- where there is little room: a unit of a diagram, a line of words, an alt text -----------------------------------


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


def spoken(value):
    """Return a number with two decimals where that loses nothing but the noise of floats, and else a short one.

    Examples
    --------
    >>> spoken(0.1 + 0.2), spoken(0.786), spoken(2.5e-6)
    ('0.30', '0.786', '2.5e−6')
    """
    return exact_if_short(float(f"{value:.12g}"))


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


# --- powers of ten, and shares ---------------------------------------------------------------------------------------


def mark(number):
    r"""Return a number as a mark of a scale: plain digits, or a power of ten.

    Examples
    --------
    >>> mark(0.05), mark(200), mark(-0.5), mark(1e-6), mark(20000)
    ('0.05', '200', '−0.5', '$10^{-6}$', '$2 \\cdot 10^{4}$')
    """
    if number == 0 or 1e-3 <= abs(number) < 1e4:
        return f"{number:.6g}".replace("-", "−")
    mantissa, power = f"{number:.5e}".split("e")
    factor = "" if float(mantissa) == 1 else rf"{float(mantissa):g} \cdot "
    return f"${factor}10^{{{int(power)}}}$"


def plain_mark(number):
    """Return the same without mathtext, for artists that move.

    Examples
    --------
    >>> plain_mark(-0.5), plain_mark(1e-6), plain_mark(20000)
    ('−0.5', '10⁻⁶', '2·10⁴')
    """
    text = mark(number)
    if not text.startswith("$"):
        return text
    factor, power = text.strip("$}").replace(r" \cdot ", "·").split("10^{")
    return f"{factor}10{superscript(power)}".replace("-", "−")


def power_of_ten(exponent):
    """Return a power of ten as a text, written out where it is short.

    Examples
    --------
    >>> [power_of_ten(exponent) for exponent in (-12, -2, 0, 1)]
    ['10⁻¹²', '0.01', '1', '10']
    """
    return f"{10.0**exponent:g}" if -3 <= exponent <= 3 else f"10{superscript(exponent)}"


def in_powers(value):
    """Return a positive number or 0 as a text: as a number times a power of ten where it is very small or large.

    Examples
    --------
    >>> in_powers(4.12e-13), in_powers(0.0312), in_powers(0)
    ('4.1 · 10⁻¹³', '0.031', '0')
    """
    if value == 0 or 1e-3 <= value < 1e4:
        return short(value)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa} · 10{superscript(exponent)}"


def probability_text(probability):
    """Return a probability with three decimals, and never as 0 or 1, which it is not.

    Examples
    --------
    >>> [probability_text(p) for p in (0.25, 0.0012, 0.00049, 0.9988, 0.99951)]
    ['0.250', '0.001', '< 0.001', '0.999', '> 0.999']
    """
    if probability < 0.0005:
        return "< 0.001"
    return "> 0.999" if probability >= 0.9995 else f"{probability:.3f}"


# --- counts and times, from a single operation to more than a lifetime of computing ----------------------------------

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


def count(number, word):
    """Return the number with its word: ``"1 unit"``, ``"2 units"``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


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


# --- with as many digits as matter ------------------------------------------------------------------------------------


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


def precise(value):
    """Return a number with five significant digits and a true minus sign.

    Examples
    --------
    >>> precise(-0.00320190)
    '−0.0032019'
    """
    return digits_shown(value, 5).replace("-", "−")


def rounded(value, decimals):
    """Round as one learns at school: halves away from zero, in decimal digits.

    Examples
    --------
    >>> rounded(0.1825, 3), rounded(-0.00805, 4), rounded(-0.0001, 3)
    (0.183, -0.0081, 0.0)
    """
    if not math.isfinite(value):
        return value
    # The nudge lifts halves that binary fractions put a hair below a half.
    units = math.floor(abs(value) * 10.0**decimals * (1 + 1e-12) + 0.5)
    return math.copysign(units / 10.0**decimals, value) + 0.0
