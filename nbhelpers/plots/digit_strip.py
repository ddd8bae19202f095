"""Many small pictures of digits in rows, each with a caption below, one of them marked."""

import numpy as np

from nbhelpers.plots.cell_mark import add_cell_mark, show_cell_mark
from nbhelpers.plots.kept import Kept
from nbhelpers.plots.page import points
from nbhelpers.plots.quick_text import QuickTexts
from nbhelpers.style import PALETTE

_SIDE = 8  # pixels of a picture
_GAP = 1 / 8  # of the pitch, between pictures
_CAPTION = 15  # height of a caption


class DigitStrip:
    """The artists of the pictures; made by `draw_digit_strip`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    images : list of matplotlib.image.AxesImage
        Row by row.
    captions : nbhelpers.plots.quick_text.QuickTexts
    mark : matplotlib.collections.PolyCollection
        A frame around one picture.
    """

    def __init__(self, ax, rows, columns, left, top, pitch):
        self._columns, self._left, self._top, self._pitch, self._shown = columns, left, top, pitch, None
        self._boxes = [self._box(*divmod(k, columns)) for k in range(rows * columns)]
        self._kept = Kept(ax, (left, top, left + columns * pitch, top + rows * (pitch + _CAPTION)))
        self.images = [self._kept.add(_image(ax, box)) for box in self._boxes]
        places = [(x + w / 2, y + h + 0.5 * _CAPTION) for x, y, w, h in self._boxes]
        self.captions = self._kept.add(QuickTexts(places, points(11), PALETTE["ink"]))
        self.mark = add_cell_mark(ax)
        self.moving = [self._kept, self.mark]

    @property
    def count(self):
        """For how many pictures there is room."""
        return len(self._boxes)

    def update(self, pictures, captions, marked=None):
        """Show other pictures.

        Parameters
        ----------
        pictures : array_like, shape (64, k)
            Ink from 0 to 1, a column per picture; at most `count`.
        captions : list of str
        marked : int, optional
            The picture with a frame, counted from 0.
        """
        shown = np.asarray(pictures).tobytes(), list(captions)
        if shown != self._shown:
            self._shown = shown
            self._kept.changed()
            self._show(np.asarray(pictures), list(captions))
        show_cell_mark(self.mark, None if marked is None else self._boxes[marked])

    def _show(self, pictures, captions):
        for k, image in enumerate(self.images):
            image.set_visible(k < pictures.shape[1])
            if k < pictures.shape[1]:
                image.set_data(pictures[:, k].reshape(_SIDE, _SIDE))
        self.captions.texts = captions + [""] * (self.count - len(captions))

    def picture_at(self, x, y):
        """Return the number of the picture at a place on the page, from 0, or None."""
        for k, (left, top, width, height) in enumerate(self._boxes):
            if left <= x < left + width and top <= y < top + height + _CAPTION:
                return k
        return None

    def _box(self, row, column):
        side = self._pitch * (1 - _GAP)
        return self._left + column * self._pitch, self._top + row * (self._pitch + _CAPTION), side, side


def draw_digit_strip(ax, rows, columns, left, top, pitch):
    """Prepare room for pictures on a page and return their `DigitStrip`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.page.as_page`.
    rows, columns : int
    left, top : float
    pitch : float
        From one picture to the next, in CSS pixels; a row is 15 pixels higher.
    """
    return DigitStrip(ax, rows, columns, left, top, pitch)


def strip_height(rows, pitch):
    """Return how high so many rows of pictures are."""
    return rows * (pitch + _CAPTION)


def _image(ax, box):
    left, top, width, height = box
    look = {"cmap": "Greys", "vmin": 0, "vmax": 1, "interpolation": "nearest", "aspect": "auto"}
    image = ax.imshow(np.zeros((_SIDE, _SIDE)), extent=(left, left + width, top + height, top), **look)
    image.remove()  # it is drawn with the others that are kept
    return image
