"""Several beginnings side by side: how far activations and gradients spread in each layer, and what training does.

At the left two panels on scales of powers of ten: bars of the beginning that is chosen, a line with its own marker for
each. At the right the cost over the epochs, the middle of many runs each, and a band for the one that is chosen.
"""

import numpy as np
from matplotlib.lines import Line2D

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.kit.bars import PowerBars
from nbhelpers.plots.kit.direct_labels import DirectLabels
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, add_words, points
from nbhelpers.plots.kit.ticks import LayerScale, PowerScale, exponents, set_scale, span
from nbhelpers.plots.style import PALETTE
from nbhelpers.plots.training_curves import SERIES, draw_band

SIZE = (960, 470)  # of the figure, in CSS pixels
MARKERS = ("o", "v", "^", "s", "D")
_LEFT, _WIDTH = 62, 396
_UPPER, _LOWER = {"top": 94, "bottom": 252}, {"top": 300, "bottom": 50}
_RIGHT, _WIDE = 536, 316
_COSTS = 0.08, 8.0


class SpreadPanel:
    """The artists of one panel at the left.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : matplotlib.patches.PathPatch
        Of the beginning that is chosen.
    lines : list of matplotlib.lines.Line2D
        One per beginning.
    zeros : matplotlib.lines.Line2D
        A cross wherever the chosen one is 0, which has no place on such a scale.
    words : matplotlib.text.Text
        Above the panel.
    """

    def __init__(self, ax, number):
        self._ax = ax
        self._scale, self._layers = PowerScale(ax), LayerScale(ax)
        self._power = PowerBars(ax, "weights", width=0.6)
        self.bars = self._power.patch
        self.lines = [ax.plot([], [], **look(k), zorder=4 + 0.1 * k)[0] for k in range(number)]
        cross = {"ls": "none", "marker": "x", "ms": points(8), "mew": points(2), "clip_on": False}
        (self.zeros,) = ax.plot([], [], color=PALETTE["negative"], zorder=6, **cross)
        self.words = add_words(ax)
        self.moving = [*self._scale.moving, *self._layers.moving, self.bars, *self.lines, self.zeros, self.words]

    def update(self, sizes, chosen, layers, words):
        """Show other sizes.

        Parameters
        ----------
        sizes : array_like, shape (number, k)
            Per beginning, for the layers from 1 to k.
        chosen : int
        layers : int
            Where the scale of the layers ends; k or more.
        words : str
        """
        self.words.set_text(words)
        ends, l = exponents(sizes), np.arange(1, np.shape(sizes)[1] + 1)
        self._layers.update(layers)
        self._scale.update(*span(sizes))
        self._power.update(l, ends[chosen])
        for k, line in enumerate(self.lines):
            line.set_data(l, np.where(np.isfinite(ends[k]), ends[k], np.nan))
            line.set_linewidth(points(3 if k == chosen else 1.3))
        lost = l[~np.isfinite(ends[chosen])]
        self.zeros.set_data(lost, np.full(len(lost), self._ax.get_ylim()[0]))


class CostBands:
    """The artists of the panel at the right.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bands : list of nbhelpers.plots.training_curves.Band
        One per beginning; only that of the chosen one is wide.
    names : nbhelpers.plots.kit.direct_labels.DirectLabels
    words : matplotlib.text.Text
        Above the panel.
    """

    def __init__(self, ax, names, invitation):
        self._texts, self._invitation = list(names), invitation
        self.bands = [draw_band(ax, [], [], [], [], "", k) for k in range(len(names))]
        self.names, self.words = DirectLabels(ax, len(names)), add_words(ax)
        look = {"ha": "center", "size": points(13), "color": PALETTE["neutral"], "zorder": 9}
        self._empty = add_quick_text(ax, 0.5, 0.72, transform=ax.transAxes, **look)
        bands = [artist for band in self.bands for artist in band.moving]
        self.moving = [*bands, *self.names.moving, self.words, self._empty]

    def update(self, epochs, bands, chosen, words):
        """Show other runs.

        Parameters
        ----------
        epochs : array_like, shape (k,)
        bands : list of tuple
            Per beginning: middle, low, high, each of shape (k,); an empty list where nothing was trained.
        chosen : int
            Whose band is shown.
        words : str
        """
        for k, band in enumerate(self.bands):
            band.update(epochs if bands else [], *(bands[k] if bands else ([], [], [])))
            for artist in band.moving:  # what is hidden takes no time
                artist.set_visible(bool(bands) and (k == chosen or artist not in (band.area, band.edges)))
        ends = zip(*(band.curve.end for band in self.bands), strict=True)
        self.names.update(self._texts if bands else [""] * len(self._texts), *ends)
        self.words.set_text(words)
        self._empty.set_text("" if bands else self._invitation)


class InitializationPanels:
    """The artists of all three panels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    activations, gradients : SpreadPanel
    costs : CostBands
    """

    def __init__(self, upper, lower, right, names, invitation):
        self.activations, self.gradients = (SpreadPanel(ax, len(names)) for ax in (upper, lower))
        self.costs = CostBands(right, names, invitation)
        self.moving = [*self.activations.moving, *self.gradients.moving, *self.costs.moving]


def draw_initialization(figure, names, epochs, guess, invitation=""):
    """Draw the panels into an empty figure of `SIZE`, and return their `InitializationPanels`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    names : list of str
        Of the beginnings, at most five.
    epochs : int
        Where the scale of the epochs ends.
    guess : float
        The cost of a guess that is the same for all examples; a line across the panel of the costs.
    invitation : str
        What stands in that panel where nothing was trained.
    """
    upper = add_panel(figure, _LEFT, _WIDTH, "spread of the activations A", **_UPPER)
    lower = add_panel(figure, _LEFT, _WIDTH, "spread of the gradients ∂J/∂W", "layer", **_LOWER)
    right = add_panel(figure, _RIGHT, _WIDE, "training: cost on 200 other examples", "epoch", top=94, bottom=50)
    lower.xaxis.labelpad = points(20)
    for ax in (upper, lower, right):
        ax.grid(visible=False, axis="x")
    set_scale(right.xaxis, "linear", 0, epochs)
    set_scale(right.yaxis, "log", *_COSTS)
    line = right.axhline(guess, color=PALETTE["neutral"], lw=points(1.5), ls=(0, (1, 1.5)), zorder=1.5)
    text = {"size": points(11), "color": PALETTE["neutral"], "ha": "right", "va": "top"}
    right.text(0.99, 0.97 * guess, f"always the same guess: {short(guess)}", transform=line.get_transform(), **text)
    handles = [Line2D([], [], **look(k)) for k in range(len(names))]
    place = {"loc": "upper left", "bbox_to_anchor": (0.055, 0.975), "borderpad": 0, "borderaxespad": 0}
    spaces = {"ncols": len(handles), "columnspacing": 1.8, "handlelength": 3}
    figure.legend(handles, names, fontsize=points(12.5), **place, **spaces)
    return InitializationPanels(upper, lower, right, names, invitation)


def look(k):
    """Return what the line of a beginning looks like: color, dash and marker."""
    return {**SERIES[k], "marker": MARKERS[k], "ms": points(6), "mec": PALETTE["ink"], "mew": points(0.7)}
