"""A matrix as a grid of cells with a number in each, its name above and its shape below.

`draw_matrix` puts one on a page (see ``page.py``); several of them make an equation (``matrix_equations.py``). Which
numbers stand there, and which of them are marked, is passed in.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.kit.fast_text import QuickText
from nbhelpers.plots.kit.kept import Kept
from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.style import PALETTE, mixed

CELL = (52, 24)  # width and height of a cell, in CSS pixels: room for "−0.123"
_NAME_UP, _SHAPE_DOWN = 13, 12  # from the grid to the middles of name and shape
_FRAME = [(0, 0), (1, 0), (1, 1), (0, 1)]


class Matrix:
    """The artists of a matrix.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets: all that is inside the grid, drawn anew only where something has changed.
    shape : tuple of int
    box : tuple of float
        Left, top, right and bottom of the grid on the page.
    cells : matplotlib.collections.PolyCollection
        A rectangle per entry, row by row, tinted by its number: blue above 0, orange below; grey where it is blank.
    numbers : list of matplotlib.text.Text
        Row by row.
    sources, marks : matplotlib.collections.PolyCollection
        Around the entries that are spoken of: a dashed frame for `sources`, a thick one on a yellow ground for `marks`.
    """

    def __init__(self, ax, shape, left, top, cell=CELL, size=11, text=short):
        self.shape, self._cell, self._text = tuple(shape), cell, text
        self.box = (left, top, left + shape[1] * cell[0], top + shape[0] * cell[1])
        self._kept, self._shown = Kept(ax, self.box), None
        self.cells = self._kept.add(_frames(cell_corners(shape, left, top, cell), 0.8, "neutral"))
        self.sources = self._kept.add(_frames([], 1.8, "ink", linestyles=[(0, (2, 1.2))]))
        self.marks = self._kept.add(_frames([], 2.2, "ink", facecolors=[PALETTE["highlight"]]))
        look = {"ha": "center", "size": points(size), "color": PALETTE["ink"]}
        texts = [QuickText(*self.middle(i, j), **look) for i, j in np.ndindex(*shape)]
        self.numbers = [self._kept.add(text) for text in texts]
        self.moving = [self._kept]

    def update(self, values, marked=(), sources=()):
        """Show other numbers.

        Parameters
        ----------
        values : array_like, shape as the matrix, or None
            None instead of the array or of an entry: not known yet, left blank.
        marked : iterable of tuple of int
            The entries (i, j), counted from 0, that were just moved or computed, or that are asked about.
        sources : iterable of tuple of int
            Entries that those were made from.
        """
        values, marked, sources = _entries(values, self.shape), list(marked), list(sources)
        if (values, marked, sources) == self._shown:
            return
        self._shown = (values, marked, sources)
        self._kept.changed()
        self.cells.set_facecolor([cell_tint(value) for value in values])
        for number, value in zip(self.numbers, values, strict=True):
            number.set_text("" if value is None else self._text(value))
        self.marks.set_verts([self._frame(i, j) for i, j in marked])
        self.sources.set_verts([self._frame(i, j) for i, j in sources])

    def cell_at(self, x, y):
        """Return the entry (i, j) at a place on the page, or None beside the grid."""
        left, top, right, bottom = self.box
        if not (left <= x < right and top <= y < bottom):
            return None
        return int((y - top) // self._cell[1]), int((x - left) // self._cell[0])

    def middle(self, i, j):
        """Return the middle of a cell on the page."""
        left, top, _, _ = self.box
        return left + (j + 0.5) * self._cell[0], top + (i + 0.5) * self._cell[1]

    def _frame(self, i, j):
        return np.array(self.middle(i, j)) + (np.array(_FRAME) - 0.5) * self._cell


def draw_matrix(ax, name, shape, left, top, cell=CELL, size=11, text=short):
    """Draw an empty matrix on a page; `Matrix.update` puts numbers in.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    name : str
        What stands above the grid; it takes 20 pixels there, and the shape as much below.
    shape : tuple of int
        Rows and columns.
    left, top : float
        The corner of the grid.
    cell : tuple of float
        Width and height of a cell.
    size : float
        Of the numbers, in CSS pixels.
    text : callable
        Turns a number into what is shown.

    Returns
    -------
    Matrix
    """
    matrix = Matrix(ax, shape, left, top, cell, size, text)
    _, _, right, bottom = matrix.box
    look = {"ha": "center", "va": "center_baseline", "zorder": 2}
    ax.text((left + right) / 2, top - _NAME_UP, name, size=points(13), weight="bold", **look)
    shown = f"({shape[0]}, {shape[1]})"
    ax.text((left + right) / 2, bottom + _SHAPE_DOWN, shown, size=points(11), color=PALETTE["neutral"], **look)
    return matrix


def cell_corners(shape, left, top, cell):
    """Return the corners of all cells of a grid, row by row, shape (rows * columns, 4, 2)."""
    rows, columns = np.divmod(np.arange(shape[0] * shape[1]), shape[1])
    corners = np.array(_FRAME)[None, :, :] + np.column_stack([columns, rows])[:, None, :]
    return np.array([left, top]) + corners * np.array(cell)


def cell_tint(value):
    """Return the ground of a cell: blue for a number above 0, orange below, stronger for larger ones; grey for None."""
    if value is None:
        return mixed("neutral", 0.18)
    if not np.isfinite(value) or value == 0:
        return mixed("ground", 1)
    return mixed("positive" if value > 0 else "negative", 0.05 + 0.30 * abs(value) / (0.5 + abs(value)))


def _frames(frames, width, color, **look):
    look = {"facecolors": "none", **look}
    return PolyCollection(frames, edgecolors=PALETTE[color], linewidths=width, **look)


def _entries(values, shape):
    if values is None:
        return [None] * (shape[0] * shape[1])
    return np.asarray(values).reshape(shape).ravel().tolist()
