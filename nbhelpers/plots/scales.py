"""The scale of an axis, linear or logarithmic, with marks that are plain numbers where these are short."""

from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from nbhelpers.small_digits import superscript

_MARKS = ((60, (1, 2, 5)), (2000, (1, 3)))  # of a logarithmic scale whose end is less than so many times its beginning


def set_scale(axis, scale, low, high):
    """Give an axis its scale and its range.

    Parameters
    ----------
    axis : matplotlib.axis.Axis
        ``ax.xaxis`` or ``ax.yaxis``.
    scale : str
        ``"linear"`` or ``"log"``.
    low, high : float
        Where it begins and ends.

    Raises
    ------
    ValueError
        If there is no such scale, or if a logarithmic one does not begin above 0.
    """
    if scale not in ("linear", "log"):
        raise ValueError(f"{scale!r} is no scale; there are linear and log")
    if not (low < high and (scale == "linear" or low > 0)):
        raise ValueError(f"a {scale} scale can not go from {low:g} to {high:g}")
    name = axis.axis_name
    axis.axes.set(**{f"{name}scale": scale, f"{name}lim": (low, high)})
    axis.set_major_locator(_log_marks(high / low) if scale == "log" else MaxNLocator(6))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda number, _: mark(number)))


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


def _log_marks(ratio):
    if ratio < 5:
        return MaxNLocator(5)
    return LogLocator(subs=next((marks for end, marks in _MARKS if ratio < end), (1,)))
