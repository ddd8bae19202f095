"""Scales: their range, marks that are plain numbers where these are short, and marks that move.

Matplotlib's own marks belong to what is drawn once, and drawing that again takes longer than several frames. Those of
`PowerScale`, `LayerScale` and `MovingTicks` are set by `update`; as long as they do not change they are put back as
pixels. They lie above all that stays (``zorder`` 2.6), because what moves is drawn above what stays, and below all else
that moves.
"""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from nbhelpers.numbers_as_text import mark, plain_mark, power_of_ten
from nbhelpers.plots.kit.fast_text import QuickText
from nbhelpers.plots.kit.kept import Kept
from nbhelpers.plots.kit.panel import box_around, box_below, points, shifted
from nbhelpers.plots.style import GRID, PALETTE

_MARKS = ((60, (1, 2, 5)), (2000, (1, 3)))  # of a logarithmic scale whose end is less than so many times its beginning
_MOST = 16  # marks on one scale
_EDGE = 6  # CSS pixels around the axes, with room for the smooth ends of lines; further below stand labels
_LOWS, _HIGHS = (2, 4, 8, 16, 32, 64, 128, 256, 325), (1, 2, 4, 8, 16, 32, 64, 128, 256)
_MOST_TICKS = 9  # marks on one axis
_BELOW, _BESIDE = 12, 6  # CSS pixels from the axes to the numbers


# --- of axes that stay ------------------------------------------------------------------------------------------------


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
        raise ValueError(f"{scale!r} is not a scale; choose linear or log")
    if not (low < high and (scale == "linear" or low > 0)):
        raise ValueError(f"a {scale} scale can not go from {low:g} to {high:g}")
    name = axis.axis_name
    axis.axes.set(**{f"{name}scale": scale, f"{name}lim": (low, high)})
    axis.set_major_locator(_log_marks(high / low) if scale == "log" else MaxNLocator(6))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda number, _: mark(number)))


def _log_marks(ratio):
    if ratio < 5:
        return MaxNLocator(5)
    return LogLocator(subs=next((marks for end, marks in _MARKS if ratio < end), (1,)))


# --- powers of ten, and layers ----------------------------------------------------------------------------------------


class PowerScale:
    """The artists of a vertical scale of powers of ten; the data of the axes are their exponents.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    labels : list of matplotlib.text.Text
    lines : matplotlib.collections.LineCollection
    """

    def __init__(self, ax):
        self._ax, self._shown = ax, None
        ax.set_yticks([])
        self._kept = Kept(ax, box_around(ax, left=60, below=_EDGE, right=_EDGE, above=8), zorder=2.6)
        across = {"transform": ax.get_yaxis_transform()}  # from border to border, whatever the limits of x become
        self.lines = self._kept.add(LineCollection([], colors=GRID, linewidths=points(0.8), **across))
        self.lines.set_clip_path(ax.patch)
        place = shifted(ax.get_yaxis_transform(), ax.figure, -6, 0)
        self.labels = [self._kept.add(QuickText(transform=place, ha="right", **_look())) for _ in range(_MOST)]
        self.moving = [self._kept]

    def update(self, low, high):
        """Let the scale go from 10**low to 10**high."""
        if (low, high) == self._shown:
            return
        self._shown = low, high
        self._kept.changed()
        self._ax.set_ylim(low, high)
        powers = powers_between(low, high)
        self.lines.set_segments([[(0, power), (1, power)] for power in powers])
        _write(self.labels, powers, lambda label, power: label.set(text=power_of_ten(power), y=power))


class LayerScale:
    """The artists of a horizontal scale of layers, from 1 on at the left.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    labels : list of matplotlib.text.Text
    """

    def __init__(self, ax):
        self._ax, self._shown = ax, None
        ax.set_xticks([])
        self._kept = Kept(ax, box_below(ax, _EDGE, 22, beside=4), zorder=2.6)
        place = shifted(ax.get_xaxis_transform(), ax.figure, 0, -12)
        self.labels = [self._kept.add(QuickText(transform=place, ha="center", **_look())) for _ in range(_MOST)]
        self.moving = [self._kept]

    def update(self, layers):
        """Let the scale go from layer 1 to layer `layers`."""
        if layers == self._shown:
            return
        self._shown = layers
        self._kept.changed()
        self._ax.set_xlim(0.4, layers + 0.6)
        _write(self.labels, layers_marked(layers), lambda label, l: label.set(text=str(l), x=l))


def powers_between(low, high, most=7):
    """Return at most so many exponents between two, 0 among them, equally far from each other.

    Examples
    --------
    >>> powers_between(-32, 2), powers_between(-2, 1)
    ([-32, -24, -16, -8, 0], [-2, -1, 0, 1])
    """
    step = next(step for step in (2**k for k in range(20)) if (high - low) / step <= most)
    return list(range(int(-(-low // step) * step), int(high // step * step) + 1, step))


def layers_marked(layers):
    """Return the layers that have a mark: all, or the first and the last with round ones between.

    Examples
    --------
    >>> layers_marked(4), layers_marked(23)
    ([1, 2, 3, 4], [1, 5, 10, 15, 20, 23])
    """
    step = 1 if layers <= 14 else 5
    inner = [l for l in range(step, layers, step) if step == 1 or layers - l > 1]
    return sorted({1, *inner, layers})


def span(*sizes, lows=_LOWS, highs=_HIGHS):
    """Return the exponents between which a scale has room for all these sizes; few, so that it seldom changes.

    Parameters
    ----------
    *sizes : array_like
        0 and nan need no room.
    lows, highs : tuple of float
        How far the scale may go down and up.

    Examples
    --------
    >>> span([0.5, 3e-7, 0.0]), span([1e9, float("nan")])
    ((-8, 1), (-2, 16))
    """
    found = exponents(np.concatenate([np.ravel(each) for each in sizes]))
    found = found[np.isfinite(found)]
    low = next(low for low in lows if -low <= found.min(initial=0) or low == lows[-1])
    return -low, next(high for high in highs if high >= found.max(initial=0) or high == highs[-1])


def exponents(values):
    """Return the exponents of ten, -inf for 0 and nan for nan."""
    with np.errstate(divide="ignore"):
        return np.log10(np.asarray(values, dtype=float))


def _look():
    return {"size": points(11.5), "color": PALETTE["ink"]}


def _write(labels, values, write):
    """Give each value a label; those that are left over are empty."""
    for label in labels[len(values) :]:
        label.set_text("")
    for label, value in zip(labels, values, strict=False):
        write(label, value)


# --- of axes whose limits change from frame to frame ------------------------------------------------------------------


class MovingTicks:
    """The artists of the marks.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    lines : matplotlib.collections.LineCollection
        The grid, without the lines that would lie on the frame.
    across, up : list of nbhelpers.plots.kit.fast_text.QuickText
        The numbers below the axes, and those at the left.
    """

    def __init__(self, ax):
        self.ax, self._limits = ax, None
        ax.tick_params(bottom=False, left=False, labelbottom=False, labelleft=False)
        ax.grid(visible=False)
        self.moving = [
            Kept(ax, box_around(ax, left=52, below=_EDGE, right=_EDGE, above=8), zorder=2.6),
            Kept(ax, box_below(ax, _EDGE, 18, beside=16), zorder=2.6),
        ]
        self.lines = self.moving[0].add(LineCollection([], colors=GRID, linewidths=0.6))
        self.lines.set_clip_path(ax.patch)
        below = shifted(ax.get_xaxis_transform(), ax.figure, 0, -_BELOW)
        beside = shifted(ax.get_yaxis_transform(), ax.figure, -_BESIDE, 0)
        look = {"size": points(11.5), "color": PALETTE["ink"]}
        up, across = {**look, "ha": "right", "transform": beside}, {**look, "ha": "center", "transform": below}
        self.up, self.across = (
            [kept.add(QuickText(**look)) for _ in range(_MOST_TICKS)]
            for kept, look in zip(self.moving, (up, across), strict=True)
        )

    def update(self):
        """Follow the limits that the axes have now."""
        limits = self.ax.get_xlim(), self.ax.get_ylim()
        if limits != self._limits:
            self._limits = limits
            self._mark(*limits)
            for kept in self.moving:
                kept.changed()

    def _mark(self, across, up):
        (left, right), (low, high) = across, up
        x, y = _marked(self.ax.xaxis, left, right), _marked(self.ax.yaxis, low, high)
        across = [[(place, low), (place, high)] for place in x if left < place < right]
        self.lines.set_segments(across + [[(left, place), (right, place)] for place in y if low < place < high])
        for numbers, places, name in ((self.across, x, "x"), (self.up, y, "y")):
            for number, place in zip(numbers, [*places, *[None] * _MOST_TICKS], strict=False):
                number.set(**{name: place or 0, "text": "" if place is None else plain_mark(place)})


def _marked(axis, low, high):
    """The places of an axis that have a mark, at most as many as there are artists."""
    places = axis.get_major_locator().tick_values(low, high)
    return [float(place) for place in places if low - 1e-9 <= place <= high * (1 + 1e-9)][:_MOST_TICKS]
