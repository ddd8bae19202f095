"""Where values on a grid cross 0: the boundary between two regions, as short straight pieces.

Quick enough for every frame; matplotlib's contour lines, which have labels and styles, are made for pictures that stay.
"""

import numpy as np


def zero_segments(x, y, values):
    """Return the pieces of the line on which values that are known on a grid are 0.

    Between two neighbors on the grid a value runs straight from the one to the other.

    Parameters
    ----------
    x : array_like, shape (columns,)
    y : array_like, shape (rows,)
    values : array_like, shape (rows, columns)

    Returns
    -------
    numpy.ndarray, shape (k, 2, 2)
        Begin and end of each piece; a piece crosses one cell of the grid.

    Examples
    --------
    >>> zero_segments([0, 1], [0, 1], [[-1, 1], [-1, 3]]).tolist()
    [[[0.5, 0.0], [0.25, 1.0]]]
    """
    x, y, values = (np.asarray(part, dtype=float) for part in (x, y, values))
    across = _crossings(x[:-1], x[1:], values[:, :-1], values[:, 1:])  # on the edges that run from left to right
    up = _crossings(y[:-1, None], y[1:, None], values[:-1], values[1:])
    lower_left = _places(across, np.broadcast_to(y[:, None], across.shape))
    upright = _places(np.broadcast_to(x, up.shape), up)
    # around each cell: bottom, right, top, left
    around = np.stack([lower_left[:-1], upright[:, 1:], lower_left[1:], upright[:, :-1]], axis=2).reshape(-1, 4, 2)
    return _joined(around[~np.isnan(around).any(axis=2).all(axis=1)])


def as_line(segments):
    """Return x and y of one line through all pieces, with gaps of nan between them."""
    gaps = np.full((len(segments), 1, 2), np.nan)
    return np.concatenate([segments, gaps], axis=1).reshape(-1, 2).T


def _crossings(begin, end, first, last):
    """Where a value that runs from `first` to `last` is 0, between `begin` and `end`; nan where it is not."""
    crosses = (first < 0) != (last < 0)
    share = np.divide(first, first - last, out=np.full(crosses.shape, np.nan), where=crosses)
    return begin + share * (end - begin)


def _places(x, y):
    places = np.stack([x, y], axis=-1)
    places[np.isnan(places).any(axis=-1)] = np.nan
    return places


def _joined(around):
    """Pair the crossings around each cell: there are two, or four at a saddle, where neighbors are paired."""
    is_there = ~np.isnan(around[:, :, 0])
    simple = is_there.sum(axis=1) == 2
    pairs = around[simple][is_there[simple]].reshape(-1, 2, 2)
    return np.concatenate([pairs, around[~simple].reshape(-1, 2, 2)])
