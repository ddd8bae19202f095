r"""A digit drawn on 8×8 cells: its ink as a matrix or as a short text, and a round pen that draws lines on it.

A cell holds 0 (blank) to 16 (full). That is how scikit-learn's handwritten digits were made: each was written on 32×32
dots, and a cell counts how many of its 4×4 dots are inked. The pen here does the same: it inks the dots that lie within
its radius of the line, and the cells count them.

What a network makes of such a digit is the business of ``digit_reader.py``.
"""

from itertools import pairwise

import numpy as np

SIDE, FULL = 8, 16
BLANK = "/".join(["." * SIDE] * SIDE)
RADIUS = 0.65  # of the pen, in cells: about as thick as the real digits are written
_SIGNS = ".123456789abcdefg"
_DOTS = 4  # dots of a cell, across and down
_STEP = 0.125  # how densely a line is followed, in cells


def to_text(ink):
    """Return the ink of a digit as a text: a sign per cell, "/" between the rows; "." is blank, "g" is full (16).

    Parameters
    ----------
    ink : array_like of int, shape (8, 8)

    Examples
    --------
    >>> to_text(np.eye(8, dtype=int) * 16)
    'g......./.g....../..g...../...g..../....g.../.....g../......g./.......g'
    """
    return "/".join("".join(_SIGNS[level] for level in row) for row in np.asarray(ink))


def from_text(text):
    """Return the ink of a digit, shape (8, 8), from a text as `to_text` writes it.

    Raises
    ------
    ValueError
        If it is no such text.

    Examples
    --------
    >>> from_text(BLANK).sum()
    np.int64(0)
    """
    rows = text.strip().split("/")
    if len(rows) != SIDE or any(len(row) != SIDE or set(row) - set(_SIGNS) for row in rows):
        raise ValueError(
            f"{text!r} is not a drawn digit: that is {SIDE} rows of {SIDE} signs with / between them, a sign per cell, "
            f"from . (blank) over 1 to 9 and a to g (full)"
        )
    return np.array([[_SIGNS.index(sign) for sign in row] for row in rows])


def with_line(ink, points, level=FULL, radius=RADIUS):
    """Return the ink after a line was drawn with the pen.

    Parameters
    ----------
    ink : array_like of int, shape (8, 8)
    points : array_like, shape (k, 2)
        The corners of the line: how far to the right and down, in cells from the upper left corner. A single one makes
        a dot.
    level : int
        The ink of the pen, 1 … 16. A cell that it covers in part gets as large a part of it, but never loses ink.
        With 0 the pen is an eraser: a cell that it covers at least by half becomes blank.
    radius : float
        Of the pen, in cells.

    Returns
    -------
    numpy.ndarray of int, shape (8, 8)
    """
    ink, share = np.asarray(ink), covered(points, radius)
    if level == 0:
        return np.where(share >= 0.5, 0, ink)
    return np.maximum(ink, np.rint(level * share).astype(int))


def covered(points, radius=RADIUS):
    """Return which share of the 4×4 dots of each cell lies within `radius` of a line, shape (8, 8)."""
    at = (np.arange(SIDE * _DOTS) + 0.5) / _DOTS
    path = _followed(np.asarray(points, dtype=float))
    across, down = ((at[:, None] - path[:, k]) ** 2 for k in (0, 1))
    inked = (down[:, None, :] + across[None, :, :]).min(axis=2) <= radius**2
    return inked.reshape(SIDE, _DOTS, SIDE, _DOTS).mean(axis=(1, 3))


def with_level(ink, row, column, level):
    """Return the ink after one cell, counted from 0, was set to a level."""
    ink = np.array(ink)
    ink[row, column] = level
    return ink


def _followed(corners):
    """Points along a line that are less than a step from each other, shape (k, 2)."""
    parts = [corners[:1]]
    for begin, end in pairwise(corners):
        count = int(np.ceil(np.abs(end - begin).max() / _STEP))
        parts.append(begin + np.linspace(0, 1, count + 1)[1:, None] * (end - begin))
    return np.concatenate(parts)
