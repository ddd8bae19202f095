"""A point that moves on a curve, with its tangent and with guides to the axes; and curves that may jump.

The numbers are passed in; only geometry is computed here. The curve itself stays or moves, as its picture needs it.
"""

import math

import numpy as np

from nbhelpers.plots.kit.panel import data_per_pixel
from nbhelpers.plots.style import PALETTE

_REACH = 62  # of the tangent to either side, in CSS pixels
_ROOM = 9  # between a border and the middle of a point that lies beyond it


class CurvePoint:
    """The artists of a point on a curve.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets, in the order in which it is drawn.
    guides, tangent, point : matplotlib.lines.Line2D
    ax : matplotlib.axes.Axes
    """

    def __init__(self, ax, size=9):
        self.ax = ax
        (self.guides,) = ax.plot([], [], color=PALETTE["neutral"], lw=1, ls=(0, (2, 2)), zorder=3)
        (self.tangent,) = ax.plot([], [], color=PALETTE["ink"], lw=1.8, ls=(0, (4, 1.5)), zorder=4)
        look = {"marker": "o", "markersize": size, "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "mew": 1.2}
        (self.point,) = ax.plot([], [], ls="none", clip_on=False, zorder=6, **look)
        self.moving = [self.guides, self.tangent, self.point]

    def place(self):
        """Return where the point is shown, (x, y) in data coordinates."""
        return tuple(map(float, self.point.get_xydata()[0]))

    def update(self, x, y, slope=None):
        """Move the point to (x, y), with a tangent of this slope or without one.

        A point above or below the panel is shown at its border, as a triangle that points to where it is.
        """
        low, high = self.ax.get_ylim()
        shown = within(self.ax, y)
        self.point.set(data=([x], [shown]), marker="^" if y > high else "v" if y < low else "o")
        self.guides.set_data([x, x, self.ax.get_xlim()[0]], [low, shown, shown])
        self.tangent.set_data(*([[], []] if slope is None else tangent_ends(self.ax, x, shown, slope)))


def draw_curve_point(ax, x, y, slope=None, size=9):
    """Draw a point on a curve that is in the panel `ax`, with its tangent, and return its `CurvePoint`."""
    point = CurvePoint(ax, size)
    point.update(x, y, slope)
    return point


def within(ax, y):
    """Return y, a number or an array, with what lies above or below the panel moved to just inside its border."""
    (low, high), room = ax.get_ylim(), _ROOM * data_per_pixel(ax)[1]
    return np.where(y > high, high - room, np.where(y < low, low + room, y))[()]


def tangent_ends(ax, x, y, slope, reach=_REACH):
    """Return the x and the y of both ends of a tangent that is equally long on the page whatever its slope."""
    across, up = data_per_pixel(ax)
    angle = math.atan(float(slope) * across / up)
    step = np.array([-reach, reach])
    return x + step * math.cos(angle) * across, y + step * math.sin(angle) * up


def broken_at_jumps(x, y, least=0.5):
    """Return a curve with a gap wherever y jumps by more than `least` from one place to the next."""
    after = np.flatnonzero(np.abs(np.diff(y)) > least) + 1
    return np.insert(x, after, np.nan), np.insert(y, after, np.nan)
