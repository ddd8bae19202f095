"""Probabilities of classes as bars that lie below each other, each with its name and its number.

The most probable one is strong and has a thick outline; beside the true class stands that it is the real one.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.plots.number_boxes import corners
from nbhelpers.plots.page import points
from nbhelpers.plots.quick_text import QuickTexts
from nbhelpers.style import GRID, PALETTE, mixed

_NAME, _NUMBER, _REAL = 20, 56, 62  # CSS pixels for the name, the number and the word behind it
_THICK = 0.72  # of a row


class ClassBars:
    """The artists of the bars; made by `draw_class_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : matplotlib.collections.PolyCollection
        From above, one per class.
    numbers, words : nbhelpers.plots.quick_text.QuickTexts
        The probability of each class, and what is said about it: that it is the real one.
    """

    def __init__(self, ax, names, left, top, width, row):
        self._left, self._top, self._row = left + _NAME, top, row
        self._full = width - _NAME - _NUMBER - _REAL
        middles = top + row * (np.arange(len(names)) + 0.5)
        _draw_ground(ax, names, self._left, self._full, middles)
        self.bars = ax.add_collection(PolyCollection([], edgecolors=PALETTE["ink"], zorder=4), autolim=False)
        right = self._left + self._full
        self.numbers = ax.add_artist(_texts(right + 0.5 * _NUMBER + 2, middles, "ink"))
        self.words = ax.add_artist(_texts(right + _NUMBER + 0.5 * _REAL, middles, "ink"))
        self.moving = [self.bars, self.numbers, self.words]

    def update(self, probabilities, real=None):
        """Show other probabilities.

        Parameters
        ----------
        probabilities : array_like, shape (classes,)
        real : int, optional
            The true class, counted from 0, where it is known.
        """
        probabilities = np.asarray(probabilities, dtype=float)
        said = int(probabilities.argmax())
        thick, places = _THICK * self._row, np.arange(len(probabilities))
        tops = self._top + self._row * places + (self._row - thick) / 2
        boxes = zip(tops, probabilities * self._full, strict=True)
        self.bars.set_verts([corners((self._left, y, max(width, 0.5), thick)) for y, width in boxes])
        self.bars.set_facecolor([mixed("positive", 0.8 if k == said else 0.3) for k in places])
        self.bars.set_linewidth([points(2.2) if k == said else points(0.8) for k in places])
        self.numbers.texts = [probability_text(p) for p in probabilities]
        word = "✓ real" if real == said else "◀ real"
        self.words.texts = [word if k == real else "" for k in places]


def draw_class_bars(ax, names, left, top, width, row):
    """Draw bars of the length 0 on a page and return their `ClassBars`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.page.as_page`.
    names : list of str
        Of the classes.
    left, top, width : float
        Of all, with names, numbers and words.
    row : float
        The height of a row.
    """
    return ClassBars(ax, names, left, top, width, row)


def probability_text(probability):
    """Return a probability with three decimals, and never as 0 or 1, which it is not.

    Examples
    --------
    >>> [probability_text(p) for p in (0.25, 0.00049, 0.99951)]
    ['0.250', '< 0.001', '> 0.999']
    """
    if probability < 0.0005:
        return "< 0.001"
    return "> 0.999" if probability >= 0.9995 else f"{probability:.3f}"


def _draw_ground(ax, names, left, width, middles):
    for name, y in zip(names, middles, strict=True):
        look = {"ha": "right", "va": "center_baseline", "size": points(13), "weight": "bold"}
        ax.text(left - 7, y, name, **look)
    top, bottom = middles[0] - (middles[1] - middles[0]) / 2, middles[-1] + (middles[1] - middles[0]) / 2
    for share in (0, 0.5, 1):
        ax.plot([left + share * width] * 2, [top, bottom], color=GRID, lw=0.7, ls="-", zorder=1)


def _texts(x, middles, color):
    return QuickTexts([(x, y) for y in middles], points(12), PALETTE[color])
