"""The activations of many units as narrow bars, upwards and downwards from 0, one of them marked."""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.plots.bars import frame
from nbhelpers.plots.page import points
from nbhelpers.style import PALETTE, mixed

_LIMIT = 1.12  # activations of tanh lie between −1 and 1


class UnitBars:
    """The artists of the bars; made by `draw_unit_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : matplotlib.collections.PolyCollection
        At 1, 2, … from left to right.
    mark : matplotlib.lines.Line2D
        A triangle at the lower border, below the bar that is marked: also seen where that bar is short.
    """

    def __init__(self, ax, count):
        self.ax, self.count = ax, count
        self.bars = ax.add_collection(PolyCollection([], edgecolors=PALETTE["ink"], zorder=3), autolim=False)
        look = {"ls": "none", "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "clip_on": False, "zorder": 5}
        (self.mark,) = ax.plot([1], [-_LIMIT], marker="^", ms=points(11), **look)
        self.moving = [self.bars, self.mark]

    def update(self, activations, chosen):
        """Show other activations, from −1 to 1, and mark the unit `chosen`, counted from 0."""
        self.mark.set_xdata([chosen + 1])
        places = range(self.count)
        strong = [0.85 if k == chosen else 0.35 for k in places]
        hues = ["positive" if a >= 0 else "negative" for a in activations]
        self.bars.set_verts([frame(k + 1, a) for k, a in enumerate(activations)])
        self.bars.set_facecolor([mixed(hue, share) for hue, share in zip(hues, strong, strict=True)])
        self.bars.set_linewidth([points(2.4 if k == chosen else 0.8) for k in places])

    def unit_at(self, x, y):
        """Return the unit, counted from 0, at a place in CSS pixels from the figure's upper left, or None."""
        figure = self.ax.figure
        width, height = figure.get_size_inches() * 72 / points(1)
        box = self.ax.get_position()
        across, up = (x / width - box.x0) / box.width, (1 - y / height - box.y0) / box.height
        return int(across * self.count) if 0 <= across < 1 and 0 <= up < 1 else None


def draw_unit_bars(ax, count, every=8):
    """Prepare axes for bars of `count` units, with each `every`-th number below them, and return their `UnitBars`."""
    ticks = [1, *np.arange(every, count + 1, every)]
    ax.set(xlim=(0.5, count + 0.5), ylim=(-_LIMIT, _LIMIT), xticks=ticks, yticks=[-1, 0, 1])
    ax.set_yticklabels(["−1", "0", "1"])
    ax.tick_params(axis="y", pad=1)
    ax.grid(visible=False, axis="x")
    ax.axhline(0, color=PALETTE["ink"], lw=0.8, ls="-", zorder=2.6)
    return UnitBars(ax, count)
