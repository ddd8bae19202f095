"""Lying bars on a logarithmic scale, a row each, with their numbers behind them; a row may also be empty.

What a row is called stands at the axis, and belongs to the ground.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.plots.page import points
from nbhelpers.plots.panel import shifted
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.style import PALETTE, mixed

_HALF = 0.34  # of a bar, where 1 is from one row to the next
_BEHIND = 5  # CSS pixels from the end of a bar to its number


class LogBars:
    """The artists of a panel of bars; made by `draw_log_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    bars : dict of str to matplotlib.collections.PolyCollection
        By their hatch, "" for none; a rectangle per row, of nan where the row has no bar.
    numbers : list of matplotlib.text.Text
    """

    def __init__(self, ax, places, looks):
        self._ax, self._places, self._looks = ax, places, looks
        self.bars = {hatch: _add_bars(ax, looks, hatch) for hatch in dict.fromkeys(hatch for _, hatch in looks)}
        behind = {"transform": shifted(ax.transData, ax.figure, _BEHIND, 0), "ha": "left"}
        look = {"size": points(12), "color": PALETTE["ink"], "zorder": 6, **behind}
        self.numbers = [add_quick_text(ax, 1, place, **look) for place in places]
        self.moving = [*self.bars.values(), *self.numbers]

    def update(self, values, texts):
        """Show other values.

        Parameters
        ----------
        values : list of float or None
            One per row; None leaves it empty.
        texts : list of str
            The numbers; "" where there is none.
        """
        low, high = self._ax.get_xlim()
        ends = [np.nan if value is None else float(np.clip(value, low, high)) for value in values]
        rows = list(zip(self._looks, ends, self._places, strict=True))
        for hatch, bars in self.bars.items():
            bars.set_verts([_corners(low, end, place) for look, end, place in rows if look[1] == hatch])
        for number, end, text in zip(self.numbers, ends, texts, strict=True):
            number.set(text=text, x=np.nan_to_num(end, nan=low))


def draw_log_bars(ax, names, places, looks, ends, ticks):
    """Prepare a panel for bars and return its `LogBars`, still empty.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    names : list of str
        Of the rows, from above; "" for none.
    places : list of float
        Where they stand, from 0 downwards, 1 apart or more.
    looks : list of tuple of str
        For each row a color of the palette, and a hatch or "".
    ends : tuple of float
        Of the scale.
    ticks : dict of float to str
        Where the scale is marked, and how.
    """
    ax.set(xscale="log", xlim=ends, ylim=(places[-1] + 0.65, -0.65))
    ax.set_xticks(list(ticks), ticks.values(), size=points(11))
    ax.set_yticks(places, names, size=points(12.5))
    ax.minorticks_off()
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    return LogBars(ax, places, looks)


def _add_bars(ax, looks, hatch):
    colors = [mixed(hue, 0.3 if hatch else 0.75) for hue, other in looks if other == hatch]
    look = {"facecolors": colors, "edgecolors": PALETTE["ink"], "linewidths": 0.7, "hatch": hatch or None}
    return ax.add_collection(PolyCollection([], zorder=3, **look), autolim=False)


def _corners(low, end, place):
    left, top, bottom = low + 0 * end, place - _HALF, place + _HALF  # nan where there is no bar
    return [(left, top), (end, top), (end, bottom), (left, bottom)]
