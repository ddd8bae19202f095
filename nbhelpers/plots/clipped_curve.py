"""A curve that may leave its panel: it is cut at the border, and an arrow head says that it goes on there.

What is not finite has no place in any panel. It counts as leaving through the top, where a cost that is too large for a
float belongs.
"""

import numpy as np

from nbhelpers.plots.clipping import exits, visible_parts
from nbhelpers.plots.page import points as in_points
from nbhelpers.style import PALETTE

_FAR = 1e300


class ClippedCurve:
    """The artists of a curve; made by `draw_clipped_curve`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    line : matplotlib.lines.Line2D
        What of the curve lies in the panel, with gaps of nan.
    above, below : matplotlib.lines.Line2D
        Arrow heads where it leaves through the top or through the bottom; most often empty.
    end : tuple of float
        Where it is seen last, x and y; nan where nothing of it is seen.
    """

    def __init__(self, ax, **look):
        self.ax = ax
        (self.line,) = ax.plot([], [], **look)
        self.above, self.below = (self._arrows(marker) for marker in "^v")
        self.moving, self.end = [self.line, self.above, self.below], (np.nan, np.nan)

    def _arrows(self, marker):
        look = {"markeredgecolor": PALETTE["ink"], "markeredgewidth": in_points(1.2), "zorder": self.line.zorder + 2}
        look |= {"markerfacecolor": self.line.get_color(), "markersize": in_points(12), "clip_on": False}
        return self.ax.plot([], [], ls="none", marker=marker, **look)[0]

    def update(self, x, y):
        """Show another curve; both of shape (k,), none of them is changed."""
        axes = self.ax.xaxis, self.ax.yaxis
        curve = np.column_stack([levels(axis, values) for axis, values in zip(axes, (x, y), strict=True)])
        low, high = np.transpose([levels(axis, axis.get_view_interval()) for axis in axes])
        parts = visible_parts(np.repeat(curve, 2, axis=0) if len(curve) == 1 else curve, low, high)
        borders = exits(curve, low, high)
        self._place(self.line, parts)
        self._place(self.above, borders[borders[:, 1] >= high[1]])
        self._place(self.below, borders[borders[:, 1] <= low[1]])
        self.end = tuple(self.line.get_xydata()[-2]) if len(parts) else (np.nan, np.nan)

    def _place(self, line, places):
        axes = self.ax.xaxis, self.ax.yaxis
        line.set_data(*(_values(axis, column) for axis, column in zip(axes, places.T, strict=True)))


def draw_clipped_curve(ax, **look):
    """Return a `ClippedCurve`, still empty, that looks as ``ax.plot`` would draw it."""
    return ClippedCurve(ax, **look)


def levels(axis, values):
    """Return where values are on the scale of an axis: their logarithms on a logarithmic one; all of them finite."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = axis.get_transform().transform(np.asarray(values, dtype=float))
    return np.nan_to_num(places, nan=_FAR, posinf=_FAR, neginf=-_FAR)


def _values(axis, places):
    return axis.get_transform().inverted().transform(places)
