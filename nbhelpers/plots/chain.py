"""The chain rule for one weight: three panels, L over a, a over z, z over w, each with its point and its tangent.

Below them the three slopes stand as factors with their product. Curves and numbers are passed in.
"""

import math

import numpy as np
from matplotlib.patches import FancyBboxPatch

from nbhelpers.plots.kit.curve_point import draw_curve_point
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, add_words, as_page, points
from nbhelpers.plots.kit.ticks import MovingTicks
from nbhelpers.plots.style import PALETTE

SIZE = (1000, 400)  # of the figure that the panels need, in CSS pixels
REGIONS = {"L over a": (0, 0), "a over z": (250, 0), "z over w": (500, 0), "slopes": (0, 330), "product": (600, 330)}
_LEFTS, _WIDTH, _BOTTOM = (50, 300, 550), 188, 122
_LABEL = 20  # from the axes down to the label, in CSS pixels: between them stand the numbers, which move
_RESULT = 776  # where the column with the results begins
_ROW = 358  # the middle of the factors
_BOX = (188, 44)
_SHOWN = 0.9  # share of the curve of L, from below, that decides how high its panel goes
_STEPS = (1, 1.5, 2, 3, 5, 7, 10)


class ChainPanels:
    """The artists of the three panels and of the product.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    axes : tuple of matplotlib.axes.Axes
        L over a, a over z, z over w.
    ticks : list of nbhelpers.plots.kit.ticks.MovingTicks
    curves : list of matplotlib.lines.Line2D
    spots : list of nbhelpers.plots.kit.curve_point.CurvePoint
    words : list of matplotlib.text.Text
        A line per panel.
    factors, results : list of matplotlib.text.Text
        The three slopes; the product, what backprop says, and the central difference.
    """

    def __init__(self, figure, axes, page):
        self.axes, self._headings, self._ranges = axes, None, [None] * len(axes)
        self.ticks = [MovingTicks(ax) for ax in axes]
        look = {"color": PALETTE["positive"], "lw": 2.4, "zorder": 3.5}
        self.curves = [ax.plot([], [], **look)[0] for ax in axes]
        self.spots = [draw_curve_point(ax, 0, 0) for ax in axes]
        self.words = [add_words(ax) for ax in axes]
        middles = [left + _BOX[0] / 2 for left in _LEFTS]
        self.factors = [_add_number(page, x, _ROW, "center") for x in middles]
        self.results = [_add_number(page, _RESULT + 10, y, "left") for y in (_ROW, 132, 192)]
        self.remark = add_quick_text(page, _RESULT + 10, 228, ha="left", size=points(12.5), color=PALETTE["ink"])
        spots = [artist for spot in self.spots for artist in spot.moving]
        ticks = [artist for ticks in self.ticks for artist in ticks.moving]
        self.moving = [*ticks, *self.curves, *spots, *self.words, *self.factors, *self.results, self.remark]

    def update(self, headings, curves, spots, slopes, words, factors, results, remark):
        """Show other numbers.

        Parameters
        ----------
        headings : tuple of str
            Of the three panels, as ``"L over a"``; what stands behind "over" is the label of the axis.
        curves : list of tuple of array_like
            The x and the y of three curves.
        spots : list of tuple of float
            The point on each.
        slopes : list of float
        words, factors, results : list of str
            A text each.
        remark : str

        Returns
        -------
        bool
            Whether headings have changed, so that what stays has to be drawn anew.
        """
        for k, ((x, y), spot, slope) in enumerate(zip(curves, spots, slopes, strict=True)):
            self._set_ranges(k, (x[0], x[-1]), _RANGES[k](np.append(y, spot[1])))
            self.curves[k].set_data(x, y)
            self.spots[k].update(*spot, slope)
        texts = [*self.words, *self.factors, *self.results, self.remark]
        for text, line in zip(texts, [*words, *factors, *results, remark], strict=True):
            text.set_text(line)
        return self._set_headings(headings)

    def _set_ranges(self, k, across, up):
        if (across, up) != self._ranges[k]:
            self._ranges[k] = across, up
            self.axes[k].set(xlim=across, ylim=up)
            self.ticks[k].update()

    def _set_headings(self, headings):
        if headings == self._headings:
            return False
        self._headings = headings
        for ax, heading in zip(self.axes, headings, strict=True):
            ax.set_title(heading, loc="left", pad=points(29), size=points(13), weight="bold")
            ax.set_xlabel(heading.rpartition(" ")[2], labelpad=points(_LABEL))
        return True


def draw_chain(figure):
    """Draw the frames of the panels and of the product into an empty figure of the size `SIZE`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    ChainPanels
        Without numbers yet.
    """
    page = figure.add_axes((0, 0, 1, 1), zorder=-1)
    as_page(page)
    axes = tuple(add_panel(figure, left, _WIDTH, "", "", 62, _BOTTOM) for left in _LEFTS)
    for left in _LEFTS:
        _add_box(page, left, _ROW - _BOX[1] / 2, _BOX, "panel")
    _add_box(page, _RESULT, _ROW - _BOX[1] / 2, (210, _BOX[1]), "highlight")
    for left, sign in zip((*_LEFTS[1:], _RESULT), "××=", strict=True):
        page.text(left - (31 if sign == "×" else 19), _ROW, sign, ha="center", va="center", size=points(20))
    look = {"size": points(13), "weight": "bold", "va": "center"}
    page.text(_RESULT + 10, 30, "two other ways to find it", **look)
    for y, words in ((108, "backprop"), (168, "central difference of J")):
        page.text(_RESULT + 10, y, words, va="center", size=points(12.5), color=PALETTE["neutral"])
    return ChainPanels(figure, axes, page)


# --- ranges on round numbers, so that they seldom change --------------------------------------------------------------


def _from_zero(y):
    """From 0 to a round number above most of a curve and above its point, which is the last of `y`."""
    y = y[np.isfinite(y)]
    return 0, _round(max(np.quantile(y, _SHOWN), y[-1], 1e-9))


def _snug(y):
    """From a little below to a little above; where the activation has limits these are shown as they are."""
    low, high = round(float(y.min()), 1), round(float(y.max()), 1)
    margin = 0.04 * (high - low)
    return low - margin, high + margin


def _both_ways(y):
    """From −s to s, with room for all."""
    span = 2.0
    while np.abs(y).max() > span:
        span *= 2
    return -span, span


_RANGES = (_from_zero, _snug, _both_ways)


def _round(least):
    """The next of …, 0.7, 1, 1.5, 2, 3, 5, 7, 10, … that is at least this large."""
    power = 10.0 ** math.floor(math.log10(least))
    return float(next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9)))


# --- artists ----------------------------------------------------------------------------------------------------------


def _add_number(page, x, y, ha):
    return add_quick_text(page, x, y, ha=ha, size=points(15), weight="bold", color=PALETTE["ink"], zorder=6)


def _add_box(page, left, top, size, hue):
    look = {"facecolor": PALETTE[hue], "edgecolor": PALETTE["neutral"], "linewidth": 0.8}
    page.add_patch(FancyBboxPatch((left, top), *size, boxstyle="round,pad=0,rounding_size=6", **look))
