"""Which class is taken for which, as a table: the real classes are the rows, what was said the columns."""

import numpy as np

from nbhelpers.plots.page import points
from nbhelpers.plots.pixel_grid import count_look, draw_pixel_grid

_ROOM = (7, 10)  # from the grid to the names of rows and columns, in CSS pixels


def draw_count_table(ax, counts, names, left, top, cell, size=11):
    """Draw a table of counts on a page and return its `nbhelpers.plots.pixel_grid.PixelGrid`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.page.as_page`.
    counts : array_like of int, shape (classes, classes)
        As `nbhelpers.confusion.confusion_matrix` gives them.
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
    grid = draw_pixel_grid(ax, counts.shape, left, top, cell, size)
    grid.update(count_look(counts))
    return grid
