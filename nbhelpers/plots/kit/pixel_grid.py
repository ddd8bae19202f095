"""A grid of small cells, each with a color and a short sign in it: a picture by its pixels, or a table of counts.

What the cells look like is told by `ink_look` for a drawing, `weight_look` for signed numbers in the place of pixels,
`count_look` for which class is taken for which: the real classes are the rows, what was said the columns.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb

from nbhelpers.experiments.drawn_digits import FULL
from nbhelpers.plots.kit.fast_text import QuickTexts
from nbhelpers.plots.kit.kept import Kept
from nbhelpers.plots.kit.matrices import cell_corners
from nbhelpers.plots.kit.number_boxes import add_cell_mark, corners, frames_of, show_cell_mark
from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.style import PALETTE, mixed

_LEAST = 0.15  # of the largest weight: a smaller one gets no sign
_BRIGHT = 0.85  # a stronger color has bright letters on it
_ROOM = (7, 10)  # from the grid to the names of rows and columns, in CSS pixels


class Look(NamedTuple):
    """How the cells of a grid look, row by row: colors (k, 3), a text in each, and the colors of the texts (k, 3)."""

    colors: np.ndarray
    texts: list
    letters: np.ndarray


class PixelGrid:
    """An empty grid on a page.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    shape : tuple of int
        Rows and columns.
    left, top : float
    cell : tuple of float
        Width and height of a cell, in CSS pixels.
    size : float
        Of the signs, in CSS pixels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets; the cells are drawn anew only where they have changed.
    cells : matplotlib.collections.PolyCollection
        Row by row.
    signs : nbhelpers.plots.kit.fast_text.QuickTexts
        What stands in the cells.
    mark : matplotlib.collections.PolyCollection
        A frame around one cell.
    box : tuple of float
        Left, top, width and height on the page.
    """

    def __init__(self, ax, shape, left, top, cell, size=10):
        self.shape, self._cell, self._shown = shape, cell, None
        self.box = (left, top, shape[1] * cell[0], shape[0] * cell[1])
        self._kept = Kept(ax, (left, top, left + self.box[2], top + self.box[3]))
        verts = cell_corners(shape, left, top, cell)
        self.cells = self._kept.add(PolyCollection(verts, edgecolors=mixed("neutral", 0.3), linewidths=points(0.7)))
        self.signs = self._kept.add(QuickTexts(verts.mean(axis=1), points(size), PALETTE["ink"]))
        self._kept.add(frames_of([corners(self.box)], points(1.2), "neutral", 3, facecolors="none"))
        self.mark = add_cell_mark(ax)
        self.moving = [self._kept, self.mark]

    def update(self, look, marked=None):
        """Show other cells.

        Parameters
        ----------
        look : Look
        marked : tuple of int, optional
            The cell with a frame: row and column, counted from 0.
        """
        self._show(look)
        show_cell_mark(self.mark, None if marked is None else self._box_of(*marked))

    def _show(self, look):
        shown = look.colors.tobytes(), look.texts
        if shown != self._shown:
            self._shown = shown
            self._kept.changed()
            self.cells.set_facecolor(look.colors)
            self.signs.texts, self.signs.colors = look.texts, [tuple(color) for color in look.letters.tolist()]

    def _box_of(self, row, column):
        width, height = self._cell
        return self.box[0] + column * width, self.box[1] + row * height, width, height

    def place_at(self, x, y):
        """Return how far a place on the page is to the right and down, in cells; it may lie outside."""
        return (x - self.box[0]) / self._cell[0], (y - self.box[1]) / self._cell[1]

    def cell_at(self, x, y):
        """Return row and column of the cell at a place on the page, or None beside the grid."""
        right, down = self.place_at(x, y)
        is_inside = 0 <= right < self.shape[1] and 0 <= down < self.shape[0]
        return (int(down), int(right)) if is_inside else None


def ink_look(ink):
    """Return the `Look` of a drawing, 0 to 16: the darker the more ink, with the number in the cell; 0 is blank."""
    share = np.ravel(ink) / FULL
    texts = [str(level) if level else "" for level in np.ravel(ink).tolist()]
    return Look(_between("ground", "ink", share), texts, _letters(share > 0.45))


def weight_look(weights):
    """Return the `Look` of weights: blue with + above 0, orange with − below, the stronger the further from 0."""
    weights = np.ravel(weights)
    share = np.abs(weights) / max(np.abs(weights).max(), 1e-12)
    colors = np.where(
        weights[:, None] > 0, _between("ground", "positive", share), _between("ground", "negative", share)
    )
    signs = np.where(weights > 0, "+", "−")
    return Look(colors, np.where(share < _LEAST, "", signs).tolist(), _letters(share > _BRIGHT))


def count_look(counts):
    """Return the `Look` of a square table of counts: green on the diagonal, purple where something else is counted."""
    counts = np.asarray(counts)
    share = 0.45 * np.sqrt(counts / max(counts.max(), 1)).ravel()
    off = np.where(counts.ravel() > 0, 0.35 + share, 0)[:, None]
    is_right = np.eye(len(counts), dtype=bool).ravel()[:, None]
    colors = np.where(is_right, _between("ground", "right", share), _between("ground", "wrong", off[:, 0]))
    return Look(colors, [str(count) if count else "" for count in counts.ravel().tolist()], _letters(share > 1))


def _between(first, second, share):
    """Colors between two of the palette, shape (k, 3)."""
    first, second = (np.array(to_rgb(PALETTE[name])) for name in (first, second))
    return first + np.asarray(share)[:, None] * (second - first)


def _letters(is_bright):
    return _between("ink", "ground", np.asarray(is_bright, dtype=float))


def draw_count_table(ax, counts, names, left, top, cell, size=11):
    """Draw a table of counts on a page and return its `nbhelpers.plots.kit.pixel_grid.PixelGrid`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    counts : array_like of int, shape (classes, classes)
        As `nbhelpers.training.measures.confusion_matrix` gives them.
    names : sequence of str
        Of the classes.
    left, top : float
        The corner of the grid; the names stand to its left and above it.
    cell : tuple of float
        Width and height of a cell, in CSS pixels.
    size : float
        Of the letters, in CSS pixels.
    """
    counts = np.asarray(counts)
    look = {"va": "center_baseline", "size": points(size), "weight": "bold", "zorder": 2}  # below what is kept
    for k, name in enumerate(names):
        ax.text(left - _ROOM[0], top + (k + 0.5) * cell[1], name, ha="right", **look)
        ax.text(left + (k + 0.5) * cell[0], top - _ROOM[1], name, ha="center", **look)
    grid = PixelGrid(ax, counts.shape, left, top, cell, size)
    grid.update(count_look(counts))
    return grid
