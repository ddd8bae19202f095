"""Several artists that are drawn as one, from kept pixels as long as none of them has changed.

Most of a frame is as it was in the frame before. What stands by itself on the page, such as a matrix, can be copied
once it is drawn, and put back in a hundredth of the time.
"""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Bbox, BboxBase, TransformedBbox

_MARGIN = 6  # CSS pixels around the box, for the lines on its border and their smooth edges


class Kept(Artist):
    """Artists of a rectangle, below which nothing moves.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    box : tuple of float or matplotlib.transforms.BboxBase, optional
        Left, top, right and bottom on a page, see `nbhelpers.plots.kit.panel.as_page`; or a box in pixels, as of
        `nbhelpers.plots.kit.panel.box_around`; by default all of the axes.
    zorder : float
        What else moves in the rectangle has a larger one.
    """

    def __init__(self, ax, box=None, zorder=3):
        super().__init__()
        self.children, self._pixels, self._drawn_at = [], None, None
        box = ax.bbox if box is None else box
        self._box = box if isinstance(box, BboxBase) else TransformedBbox(_with_margin(*box), ax.transData)
        self.set_zorder(zorder)
        ax.add_artist(self)

    def add(self, artist):
        """Take in an artist that is on no axes yet, and return it; what is added later is drawn above.

        What would reach out of the rectangle is cut off: it would not be there in the next frame.
        """
        artist.set_figure(self.get_figure())
        artist.axes = self.axes
        if not artist.is_transform_set():
            artist.set_transform(self.axes.transData)
        artist.set_clip_box(self._box)
        artist.set_clip_on(True)
        self.children.append(artist)
        return artist

    def changed(self):
        """Let the next frame draw the artists anew."""
        self._pixels = None

    def draw(self, renderer):  # noqa: D102  (an Artist's)
        if not self.get_visible():
            return
        if not (isinstance(renderer, RendererAgg) and self.get_animated()):
            self._draw_children(renderer)  # of the whole picture, in which other things may follow above
            self.stale = False
            return
        box = self._box.get_points()
        drawn_at = renderer.dpi, renderer.width, renderer.height, *box.ravel()  # axes can be moved
        if self._pixels is not None and self._drawn_at == drawn_at:
            renderer.restore_region(self._pixels)
        else:
            self._draw_children(renderer)
            self._pixels, self._drawn_at = renderer.copy_from_bbox(_pixels_drawn_in(box)), drawn_at
        self.stale = False

    def _draw_children(self, renderer):
        for artist in self.children:
            artist.draw(renderer)


def _pixels_drawn_in(box):
    """Whole pixels: all in which Agg draws what is clipped to a box. It rounds the borders, of which y runs down.

    A line ends at the border; of a marker the pixels beyond it, at the right and below, are drawn as well.
    """
    (left, below), (right, above) = box
    return Bbox([(np.floor(left + 0.5), np.ceil(below - 0.5) - 1), (np.floor(right + 0.5) + 1, np.floor(above + 0.5))])


def _with_margin(left, top, right, bottom):
    return Bbox([(left - _MARGIN, top - _MARGIN), (right + _MARGIN, bottom + _MARGIN)])
