"""Two bars per layer on a scale of powers of ten, back to back: what the weights did, and what the slopes did then.

A signal that goes back arrives at a layer from the right, so the bar of the weights stands at the right of the layer's
number and that of the slopes at its left. On such a scale 0 has no place: a cross at the foot stands for it.
"""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from nbhelpers.plots.moving_scale import exponents
from nbhelpers.plots.page import points
from nbhelpers.style import PALETTE, mixed

_WIDTH, _GAP = 0.37, 0.03  # of a bar, and from the middle, where 1 is from one layer to the next
PLACES = {"slopes": -(_GAP + _WIDTH / 2), "weights": _GAP + _WIDTH / 2}  # middle of a bar, from that of its layer
_HUES = {"slopes": "positive", "weights": "second"}
_SHARES = {"slopes": 0.85, "weights": 0.3}  # dark and pale, whatever the colors
_THIN, _THICK = 0.7, 2.2  # outlines, in CSS pixels


class SignalBars:
    """The artists of two rows of bars.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : dict of str to matplotlib.patches.PathPatch
        "slopes" and "weights": in one path a rectangle for each number that is neither 0 nor nan, from left to right.
    zeros : matplotlib.lines.Line2D
        A cross for each 0.
    """

    def __init__(self, ax, base=None):
        self._ax, self._base = ax, base
        self.bars = {kind: ax.add_patch(bars_of(kind)) for kind in _HUES}
        look = {"ls": "none", "marker": "x", "ms": points(6), "mew": points(1.6), "clip_on": False}
        (self.zeros,) = ax.plot([], [], color=PALETTE["negative"], zorder=5, **look)
        self._line = ax.axhline(base or 0, color=PALETTE["ink"], lw=points(1), zorder=2.8, visible=base is not None)
        self.moving = [self._line, *self.bars.values(), self.zeros]

    def update(self, slopes, weights, marked=()):
        """Show other numbers.

        Parameters
        ----------
        slopes, weights : array_like, shape (L,)
            None of them negative; entry l - 1 belongs to layer l. nan: no bar. What lies outside of the axes is cut.
        marked : collection of str
            "slopes" or "weights", or both: drawn with a thick outline.
        """
        zeros = []
        for kind, values in (("slopes", slopes), ("weights", weights)):
            middles = np.arange(1, len(values) + 1) + PLACES[kind]
            ends = exponents(values)
            shown = np.isfinite(ends)
            self.bars[kind].set_path(rectangles(self._ax, middles[shown], ends[shown], _WIDTH, self._base))
            self.bars[kind].set_linewidth(points(_THICK if kind in marked else _THIN))
            zeros.extend(middles[ends == -np.inf])
        self.zeros.set_data(zeros, np.full(len(zeros), self._ax.get_ylim()[0]))


def draw_signal_bars(ax, base=None):
    """Prepare a panel for bars that stand on its lower border, or on the exponent `base`; return its `SignalBars`."""
    return SignalBars(ax, base)


def swatch(kind):
    """Return what a bar of a kind looks like, for a key."""
    return {"facecolor": mixed(_HUES[kind], _SHARES[kind]), "edgecolor": PALETTE["ink"], "linewidth": points(_THIN)}


def rectangles(ax, middles, ends, width, base=None):
    """Return bars as one path, from `base` or the lower border of the axes to their ends; cut at both borders."""
    if len(middles) == 0:
        return _NOTHING
    low, high = ax.get_ylim()
    base = np.full_like(ends, low if base is None else base)
    left, right, ends = middles - width / 2, middles + width / 2, np.clip(ends, low, high)
    corners = [(left, base), (left, ends), (right, ends), (right, base)]
    return Path.make_compound_path_from_polys(np.array(corners).transpose(2, 0, 1))


def bars_of(kind):
    """Return bars of a kind, as yet without any."""
    return PathPatch(_NOTHING, zorder=3, joinstyle="miter", **swatch(kind))


_NOTHING = Path(np.empty((0, 2)))
