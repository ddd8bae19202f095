"""A frame around one of many cells: yellow on black, so that it is seen on any ground."""

from matplotlib.collections import PolyCollection

from nbhelpers.plots.number_boxes import corners
from nbhelpers.plots.page import points
from nbhelpers.style import PALETTE

_WIDTHS = points(4.6), points(2.4)


def add_cell_mark(ax):
    """Add a frame that is not seen yet to a page, and return it; `show_cell_mark` moves it."""
    look = {"facecolors": "none", "edgecolors": [PALETTE["ink"], PALETTE["highlight"]], "linewidths": _WIDTHS}
    return ax.add_collection(PolyCollection([], zorder=7, **look), autolim=False)


def show_cell_mark(mark, box):
    """Put the frame around a box: left, top, width and height; or take it away, if that is None."""
    mark.set_visible(box is not None)
    mark.set_verts([] if box is None else [corners(box)] * 2)
