"""Names that stand at the right ends of curves, pushed apart so that none covers another."""

import itertools

import numpy as np

from nbhelpers.plots.kit.clipping import levels
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import points as in_points
from nbhelpers.plots.kit.panel import shifted
from nbhelpers.plots.style import PALETTE, PIXELS_PER_INCH

_LINE = 15  # CSS pixels from one name to the next
_ROOM = 8  # between the end of a curve and its name


class DirectLabels:
    """The artists of the names.

    Attributes
    ----------
    moving : list of nbhelpers.plots.kit.fast_text.QuickText
        What `update` sets; they stand to the right of the axes where a curve goes to the end, and are not clipped.
    """

    def __init__(self, ax, number):
        self.ax = ax
        look = {"size": in_points(12), "color": PALETTE["ink"], "ha": "left", "zorder": 8}
        look["transform"] = shifted(ax.transAxes, ax.figure, _ROOM, 0)
        self.moving = [add_quick_text(ax, 0, 0, **look) for _ in range(number)]

    def update(self, texts, x, y):
        """Put each text beside its end, or as near to it as the others allow.

        Parameters
        ----------
        texts : list of str
            "" is no name, and needs no room.
        x, y : array_like, shape (number,)
            Where the curves end; what lies outside of the panel, or is not finite, has its name at the border.
        """
        named = [k for k, text in enumerate(texts) if text]
        across, up = (_shares(axis, ends) for axis, ends in ((self.ax.xaxis, x), (self.ax.yaxis, y)))
        line = _LINE / _height(self.ax)
        places = dict(zip(named, spread([up[k] for k in named], line, 0, 1), strict=True))
        for k, (label, text) in enumerate(zip(self.moving, texts, strict=True)):
            label.set_text(text)
            label.set_position((across[k], places.get(k, 0)))


def spread(places, gap, low, high):
    """Return places that lie at least `gap` apart, in the same order and as near to the given ones as can be.

    Near in the sense of least squares; where there is too little room between `low` and `high`, they begin at `low`.

    Parameters
    ----------
    places : list of float
    gap : float or list of float
        From one to the next above it; as a list, of each such pair from the lowest on.
    low, high : float

    Returns
    -------
    list of float

    Examples
    --------
    >>> spread([50, 50, 90], 10, 0, 100)
    [45.0, 55.0, 90.0]
    >>> spread([50, 50, 90], [20, 20], 0, 100)
    [40.0, 60.0, 90.0]
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    gaps = gap if isinstance(gap, list) else [gap] * max(0, len(places) - 1)
    raised = [0, *itertools.accumulate(gaps)]
    rest = _rising([places[k] - raised[rank] for rank, k in enumerate(order)])  # two at the gap are two at one place
    top = max(low, high - raised[-1])
    apart = [min(max(place, low), top) + raised[rank] for rank, place in enumerate(rest)]
    return [apart[order.index(k)] for k in range(len(places))]


def _rising(values):
    """The nearest rising sequence: over all beginnings, the largest of the smallest means that begin there."""
    sums = [0.0, *np.cumsum(values).tolist()]

    def mean(begin, end):
        return (sums[end + 1] - sums[begin]) / (end + 1 - begin)

    places = range(len(values))
    return [max(min(mean(a, b) for b in places[i:]) for a in places[: i + 1]) for i in places]


def _shares(axis, values):
    """How far along an axis values are, from 0 to 1; what lies outside is at its ends."""
    low, high = levels(axis, axis.get_view_interval())
    return np.clip((levels(axis, values) - low) / (high - low), 0, 1).tolist()


def _height(ax):
    """The height of axes in CSS pixels."""
    return ax.get_position().height * ax.figure.get_size_inches()[1] * PIXELS_PER_INCH
