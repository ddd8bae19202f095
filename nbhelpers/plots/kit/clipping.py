"""What of a path can be seen in a window, where it leaves it, and a curve that may leave its panel.

A path that runs away has places that no picture has room for. It is cut at the border here, because a renderer that is
given 1e30 pixels draws nothing, or nonsense; an arrow head says that it goes on there. What is not finite has no place
in any panel. It counts as leaving through the top, where a cost that is too large for a float belongs.
"""

import numpy as np

from nbhelpers.plots.kit.panel import points as in_points
from nbhelpers.plots.style import PALETTE

_FAR = 1e300


# --- in a window ------------------------------------------------------------------------------------------------------


def visible_parts(points, low, high):
    """Return the parts of a path inside a window, as one path with a row of nan behind each of them.

    A step that begins and ends outside is left out, also where it crosses the window. What hangs together stays in one
    piece, so that a dashed line keeps its dashes.

    Parameters
    ----------
    points : array_like, shape (k, 2)
    low, high : array_like, shape (2,)
        Two corners of the window.

    Returns
    -------
    numpy.ndarray, shape (j, 2)
    """
    points = np.asarray(points, dtype=float)
    seen = _is_inside(points, low, high)
    if seen.all() and len(points) > 1:
        return np.vstack([points, [[np.nan, np.nan]]])
    touching = seen[:-1] | seen[1:]
    begin, end = _cut(points[:-1][touching], points[1:][touching], np.asarray(low), np.asarray(high))
    gap = np.full(begin.shape, np.nan)
    rows = np.stack([begin, end, gap], axis=1).reshape(-1, 2)
    return rows[~_is_doubled(np.flatnonzero(touching), seen)]


def _is_doubled(steps, seen):
    """Which rows of (begin, end, gap) can go: between a step and the next, if the point between them is inside."""
    goes_on = np.zeros(len(steps), bool)
    goes_on[:-1] = (np.diff(steps) == 1) & seen[steps[1:]]
    goes_back = np.roll(goes_on, 1)
    return np.stack([goes_back, np.zeros_like(goes_on), goes_on], axis=1).ravel()


def exits(points, low, high):
    """Return where a path leaves a window, once for each time, shape (k, 2).

    A path that begins outside has left it at its first point, moved to the border.
    """
    points = np.asarray(points, dtype=float)
    seen = _is_inside(points, low, high)
    if seen.all():
        return np.empty((0, 2))
    leaving = np.flatnonzero(seen[:-1] & ~seen[1:])
    _, borders = _cut(points[leaving], points[leaving + 1], np.asarray(low), np.asarray(high))
    return borders if seen[:1].all() else np.vstack([np.clip(points[:1], low, high), borders])


def first_exit(points, low, high):
    """Return where a path first leaves a window, and in which direction: two arrays of shape (2,), or None.

    The path begins inside the window.
    """
    points = np.asarray(points, dtype=float)
    outside = ~_is_inside(points, low, high)
    if not outside.any():
        return None
    k = int(np.argmax(outside))
    _, (border,) = _cut(points[k - 1 : k], points[k : k + 1], np.asarray(low), np.asarray(high))
    way = points[k] - points[k - 1]
    return border, way / np.abs(way).max()


def inside(points, low, high):
    """Return those points of a path that lie inside a window."""
    points = np.asarray(points, dtype=float)
    return points[_is_inside(points, low, high)]


def _is_inside(points, low, high):
    return ((points >= low) & (points <= high)).all(axis=1)


def _cut(begin, end, low, high):
    """The parts of segments inside a window, by Liang and Barsky; nan where a segment does not touch it."""
    way = end - begin
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        shares = np.stack([(low - begin) / way, (high - begin) / way])
        level = way == 0
        is_in = (begin >= low) & (begin <= high)
        enter = np.where(level, np.where(is_in, -np.inf, np.inf), shares.min(axis=0)).max(axis=1)
        leave = np.where(level, np.inf, shares.max(axis=0)).min(axis=1)
        enter, leave = np.maximum(enter, 0), np.minimum(leave, 1)
        seen = (enter <= leave)[:, None]
        cut = [np.clip(begin + share[:, None] * way, low, high) for share in (enter, leave)]
    return tuple(np.where(seen, part, np.nan) for part in cut)


# --- in a panel -------------------------------------------------------------------------------------------------------


class ClippedCurve:
    """The artists of a curve.

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


def levels(axis, values):
    """Return where values are on the scale of an axis: their logarithms on a logarithmic one; all of them finite."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = axis.get_transform().transform(np.asarray(values, dtype=float))
    return np.nan_to_num(places, nan=_FAR, posinf=_FAR, neginf=-_FAR)


def _values(axis, places):
    return axis.get_transform().inverted().transform(places)
