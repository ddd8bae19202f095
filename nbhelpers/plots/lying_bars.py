"""A bar per layer, lying, one below the other: sizes from the left border, or ranges with a mark where their mean is.

What lies beyond the border of the panel is cut there; the words at the right of each bar say its number.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.plots.page import points
from nbhelpers.plots.panel import shifted
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.plots.scales import set_scale
from nbhelpers.style import PALETTE, mixed

_HALF = 0.3  # of a bar, where 1 is from one bar to the next
_GAP = 7  # CSS pixels between the panel and the words beside it


class LyingBars:
    """The artists of the bars; made by `draw_lying_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    bars : matplotlib.collections.PolyCollection
        A rectangle per layer; layer 1 is at the height 1, at the top.
    marks : matplotlib.lines.Line2D
        A short upright line in each bar that has a mark.
    names, words : list of nbhelpers.plots.quick_text.QuickText
        At the left and at the right of each bar.
    """

    def __init__(self, ax, most):
        self.ax = ax
        look = {"facecolors": [mixed("first", 0.6)], "edgecolors": PALETTE["ink"], "linewidths": 0.7}
        self.bars = ax.add_collection(PolyCollection([], zorder=3, **look), autolim=False)
        (self.marks,) = ax.plot([], [], color=PALETTE["ink"], lw=points(2.4), ls="-", zorder=4)
        self.names, self.words = (self._texts(most, side) for side in (0, 1))
        self.moving = [self.bars, self.marks, *self.names, *self.words]

    def _texts(self, most, side):
        place = shifted(self.ax.get_yaxis_transform(), self.ax.figure, _GAP * (2 * side - 1), 0)
        look = {"ha": "left" if side else "right", "size": points(11.5), "color": PALETTE["ink"], "transform": place}
        return [add_quick_text(self.ax, side, 1 + k, zorder=5, **look) for k in range(most)]

    def update(self, names, begins, ends, words, marks=()):
        """Show other bars; all lists have an entry per layer, but `marks` may be empty.

        Parameters
        ----------
        names : list of str
        begins, ends : array_like, shape (L,)
            Where each bar begins and ends; of a bar with a nan nothing is drawn.
        words : list of str
        marks : array_like, shape (L,)
        """
        begins, ends = (np.clip(np.asarray(values, dtype=float), *self.ax.get_xlim()) for values in (begins, ends))
        self.bars.set_verts([_rectangle(k + 1, *bar) for k, bar in enumerate(zip(begins, ends, strict=True))])
        self.marks.set_data(*_uprights(marks))
        for artists, texts in ((self.names, names), (self.words, words)):
            for k, artist in enumerate(artists):
                artist.set_text(texts[k] if k < len(texts) else "")


def draw_lying_bars(ax, most, low, high, scale="linear"):
    """Prepare axes for at most so many bars between `low` and `high`, and return their `LyingBars`, still empty.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    most : int
    low, high : float
    scale : str
        ``"linear"`` or ``"log"``.
    """
    set_scale(ax.xaxis, scale, low, high)
    ax.set(ylim=(most + 0.5, 0.5), yticks=[], autoscale_on=False)
    ax.grid(visible=True, axis="x", lw=0.6)
    if low < 0:
        ax.axvline(0, color=PALETTE["neutral"], lw=1, ls="-", zorder=2)
    return LyingBars(ax, most)


def _rectangle(place, begin, end):
    low, high = place - _HALF, place + _HALF
    return [(begin, low), (end, low), (end, high), (begin, high)]


def _uprights(marks):
    """Points of one line with gaps: an upright piece across the bar of each mark."""
    places = np.arange(1, len(marks) + 1)
    x = np.column_stack([marks, marks, np.full(len(marks), np.nan)])
    y = np.column_stack([places - _HALF, places + _HALF, places])
    return x.ravel(), y.ravel()
