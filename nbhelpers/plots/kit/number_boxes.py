"""Numbers in boxes, each at an address: what it says, its ground, and frames around the ones that are spoken of.

All boxes are drawn together, by four artists, so that hundreds of them fit into a frame of a few milliseconds. A cell
mark is a frame around one of many cells: yellow on black, so that it is seen on any ground.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.plots.kit.fast_text import QuickTexts
from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.style import PALETTE

DASHED = (0, (2, 1.2))
_CORNERS = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
_WIDTHS = points(4.6), points(2.4)


class NumberBoxes:
    """The artists of all boxes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    boxes : dict of hashable to tuple of float
        Left, top, width and height, by address.
    size : float
        Of the letters, in CSS pixels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    cells : matplotlib.collections.PolyCollection
        A rectangle per box, in their order.
    numbers : nbhelpers.plots.kit.fast_text.QuickTexts
        What the boxes say, in the same order.
    marks, sources : matplotlib.collections.PolyCollection
        A thick frame around the number that is told, dashed ones around those that it was made from.
    """

    def __init__(self, ax, boxes, size=11):
        self.boxes, self._corners = boxes, {address: corners(box) for address, box in boxes.items()}
        self.cells = add_frames(ax, list(self._corners.values()), 0.6, "neutral", 3)
        self.sources = add_frames(ax, [], 1.8, "ink", 5, linestyles=[DASHED], facecolors="none")
        self.marks = add_frames(ax, [], 2.4, "ink", 5.1, facecolors="none")
        middles = [(left + width / 2, top + height / 2) for left, top, width, height in boxes.values()]
        self.numbers = ax.add_artist(QuickTexts(middles, points(size), PALETTE["ink"]))
        self.moving = [self.cells, self.sources, self.marks, self.numbers]

    @property
    def written(self):
        """What is to be read, by address; "" where it is blank."""
        return dict(zip(self.boxes, self.numbers.texts, strict=True))

    def update(self, texts, grounds, told=None, sources=()):
        """Show other numbers.

        Parameters
        ----------
        texts : list of str
        grounds : list of color
            One per box.
        told : hashable, optional
            The address of the number that is told.
        sources : iterable of hashable, optional
            Addresses of the numbers that it was made from. What has no box is left out.
        """
        self.numbers.texts = texts
        self.cells.set_facecolor(grounds)
        for artist, addresses in ((self.marks, [told]), (self.sources, sources)):
            frames = self._frames(addresses)
            artist.set(verts=frames, visible=bool(frames))

    def address_at(self, x, y):
        """Return the address of the box at a place on the page, or None."""
        for address, (left, top, width, height) in self.boxes.items():
            if left <= x < left + width and top <= y < top + height:
                return address
        return None

    def _frames(self, addresses):
        return [self._corners[address] for address in addresses if address in self._corners]


def corners(box):
    """Return the corners of a box, shape (4, 2)."""
    left, top, width, height = box
    return np.array([left, top]) + _CORNERS * [width, height]


def add_frames(ax, frames, width, color, zorder, **look):
    """Add polygons, given by their corners, to a page, and return them as one `PolyCollection`."""
    return ax.add_collection(frames_of(frames, width, color, zorder, **look), autolim=False)


def frames_of(frames, width, color, zorder, **look):
    """Return polygons as one `PolyCollection` that is on no axes yet."""
    return PolyCollection(frames, edgecolors=PALETTE[color], linewidths=width, zorder=zorder, **look)


def add_cell_mark(ax):
    """Add a frame that is not seen yet to a page, and return it; `show_cell_mark` moves it."""
    look = {"facecolors": "none", "edgecolors": [PALETTE["ink"], PALETTE["highlight"]], "linewidths": _WIDTHS}
    return ax.add_collection(PolyCollection([], zorder=7, **look), autolim=False)


def show_cell_mark(mark, box):
    """Put the frame around a box: left, top, width and height; or take it away, if that is None."""
    mark.set_visible(box is not None)
    mark.set_verts([] if box is None else [corners(box)] * 2)
