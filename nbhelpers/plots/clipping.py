"""What of a path can be seen in a window, and where it leaves it. Geometry alone.

A path that runs away has places that no picture has room for. It is cut at the border here, because a renderer that is
given 1e30 pixels draws nothing, or nonsense.
"""

import numpy as np


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
