"""A digit on its way through a small network: its pixels, a hidden unit's weights, the probabilities of the classes.

Below them a strip of other digits to choose from, small and in rows, each with a caption; all hidden units as bars; and
the table of which digit is taken for which.
"""

import numpy as np

from nbhelpers.plots.kit.bars import ClassBars, UnitBars
from nbhelpers.plots.kit.fast_text import QuickTexts, add_quick_text
from nbhelpers.plots.kit.kept import Kept
from nbhelpers.plots.kit.number_boxes import add_cell_mark, show_cell_mark
from nbhelpers.plots.kit.panel import add_panel, as_page, points
from nbhelpers.plots.kit.pixel_grid import PixelGrid, count_look, draw_count_table, ink_look, weight_look
from nbhelpers.plots.style import PALETTE

SIZE = (960, 545)
REGIONS = {
    "digit": (0, 0),
    "hidden unit": (305, 0),
    "classes": (620, 0),
    "held out": (0, 330),
    "activations": (300, 330),
    "confusion": (630, 330),
}
STRIP = (3, 8)  # rows and columns of other digits
_LEFT, _MIDDLE, _RIGHT = 22, 316, 612
_GRIDS, _CELL = 60, 32  # where the grids begin, and their cells
_LOWER = 372  # where the lower panels begin
_TABLE = (640, 388, (28, 14))  # left, top and cell of the table of counts
_SIDE = 8  # pixels of a picture
_GAP = 1 / 8  # of the pitch, between pictures
_CAPTION = 15  # height of a caption


class DigitPanels:
    """The panels, in a figure of the size `SIZE`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    classes : list of str
        Names of the classes.
    units : int
        Hidden units.
    counts : numpy.ndarray of int, shape (classes, classes)
        Real classes (rows) against predicted ones.

    Attributes
    ----------
    digit, weights, table : nbhelpers.plots.kit.pixel_grid.PixelGrid
        The ink of the digit, the weights of a hidden unit, and the counts.
    classes : nbhelpers.plots.kit.bars.ClassBars
    strip : nbhelpers.plots.digits.DigitStrip
    units : nbhelpers.plots.kit.bars.UnitBars
    lines : list of matplotlib.text.Text
        Above the three upper panels, and above the strip.
    moving : list of matplotlib.artist.Artist
    """

    def __init__(self, figure, classes, units, counts):
        ax = figure.add_axes((0, 0, 1, 1))
        as_page(ax)
        self.digit = PixelGrid(ax, (8, 8), _LEFT, _GRIDS, (_CELL, _CELL), size=11)
        self.weights = PixelGrid(ax, (8, 8), _MIDDLE, _GRIDS, (_CELL, _CELL), size=16)
        self.classes = ClassBars(ax, classes, _RIGHT, _GRIDS, SIZE[0] - _RIGHT - 8, _CELL * 8 / len(classes))
        self.strip = DigitStrip(ax, *STRIP, _LEFT, _LOWER, _CELL)
        self.table, self._counts = draw_count_table(ax, counts, classes, *_TABLE), count_look(counts)
        _draw_headings(ax, units)
        self.units = UnitBars(add_panel(figure, _MIDDLE, 8 * _CELL, "", "unit", _LOWER - 10, 42), units)
        self.lines = [_line(ax, x, y) for x, y in ((_LEFT, 43), (_MIDDLE, 43), (_RIGHT, 43), (_LEFT, 356))]
        self.moving = [*self.digit.moving, *self.weights.moving, *self.classes.moving, *self.strip.moving]
        self.moving += [*self.table.moving, *self.units.moving, *self.lines]

    def update_digit(self, ink, cursor, probabilities, real):
        """Show another digit and what is said about it.

        Parameters
        ----------
        ink : array_like of int, shape (8, 8)
        cursor : tuple of int or None
            The cell that keys would change.
        probabilities : array_like, shape (classes,)
        real : int or None
        """
        self.digit.update(ink_look(ink), cursor)
        self.classes.update(probabilities, real)
        said = None if real is None else (real, int(np.argmax(probabilities)))
        self.table.update(self._counts, said)

    def update_unit(self, unit, weights, activations):
        """Show another hidden unit, counted from 0, with its weights, shape (64,), among all activations."""
        self.weights.update(weight_look(weights))
        self.units.update(activations, unit)

    def update_lines(self, *lines):
        """Set the lines of words above the digit, the weights, the classes and the strip."""
        for text, line in zip(self.lines, lines, strict=True):
            text.set_text(line)


def _draw_headings(ax, units):
    _heading(ax, _LEFT, 20, "what it sees: 64 numbers")
    _heading(ax, _MIDDLE, 20, "what a hidden unit looks for")
    _heading(ax, _RIGHT, 20, "what it says: a probability for each class")
    _heading(ax, _LEFT, 338, "digits that were held out")
    _heading(ax, _MIDDLE, 338, f"all {units} hidden units: a = tanh(z)")
    _heading(ax, _RIGHT, 338, "confusion matrix: real (row), said (column)")


def _heading(ax, x, y, text):
    ax.text(x, y, text, size=points(13), weight="bold", va="center_baseline")


def _line(ax, x, y):
    return add_quick_text(ax, x, y, size=points(12), color=PALETTE["ink"], zorder=6)


# --- the strip --------------------------------------------------------------------------------------------------------


class DigitStrip:
    """Room for pictures on a page.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    rows, columns : int
    left, top : float
    pitch : float
        From one picture to the next, in CSS pixels; a row is 15 pixels higher.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    images : list of matplotlib.image.AxesImage
        Row by row.
    captions : nbhelpers.plots.kit.fast_text.QuickTexts
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


def strip_height(rows, pitch):
    """Return how high so many rows of pictures are."""
    return rows * (pitch + _CAPTION)


def _image(ax, box):
    left, top, width, height = box
    look = {"cmap": "Greys", "vmin": 0, "vmax": 1, "interpolation": "nearest", "aspect": "auto"}
    image = ax.imshow(np.zeros((_SIDE, _SIDE)), extent=(left, left + width, top + height, top), **look)
    image.remove()  # it is drawn with the others that are kept
    return image
