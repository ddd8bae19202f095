"""The backward signal through the layers: its size in every layer above, the two factors of every layer below.

Both stand on scales of powers of ten, with the predicted line across the bars. At the right stand the factors from end
to end and per layer; the one that makes the signal vanish or explode is marked. Numbers and words are passed in.
"""

import math

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch

from nbhelpers.plots.kit.bars import LOOKS, PLACES, SignalBars, swatch
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, as_page, points
from nbhelpers.plots.kit.ticks import LayerScale, PowerScale, exponents, span
from nbhelpers.plots.style import PALETTE, PIXELS_PER_INCH

SIZE = (960, 490)  # of the figure, in CSS pixels
REGIONS = {"first layers": (0, 10), "last layers": (400, 10), "per layer": (0, 280), "verdict": (780, 0)}
_LEFT, _WIDTH = 62, 700
_RIGHT = 784  # where the column of results begins
_UPPER, _LOWER = {"top": 62, "bottom": 246}, {"top": 330, "bottom": 48}
_LEAST_FACTORS, _MOST_FACTORS = (1, 2, 4), (0.5, 1, 2)


class DepthPanels:
    """The artists of both panels and of the results.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    sizes, factors : nbhelpers.plots.kit.bars.SignalBars
    expected : matplotlib.lines.Line2D
        The predicted size of the signal.
    expected_slopes, expected_weights : matplotlib.lines.Line2D
        The predicted factors.
    results : dict of str to matplotlib.text.Text
        "signal", "expected", "verdict", "weights", "slopes".
    marks : dict of str to matplotlib.patches.FancyBboxPatch
        Behind "weights" and "slopes": visible where these are marked.
    """

    def __init__(self, upper, lower, page):
        self._scales, self._layers = [PowerScale(upper), PowerScale(lower)], [LayerScale(upper), LayerScale(lower)]
        self.sizes, self.factors = SignalBars(upper), SignalBars(lower, base=0)
        (self.expected,) = upper.plot([], [], marker="o", ms=points(5), **_LINE)
        (self.expected_slopes,) = lower.plot([], [], marker="o", ms=points(3), **_LINE)
        (self.expected_weights,) = lower.plot([], [], marker="o", ms=points(3), **_DASHED)
        self.results = {name: _add_result(page, *place) for name, place in _PLACES.items()}
        self.marks = {name: page.add_patch(_mark(_PLACES[name][0])) for name in ("weights", "slopes")}
        scales = [artist for scale in (*self._scales, *self._layers) for artist in scale.moving]
        bars = [*self.sizes.moving, *self.factors.moving]
        lines = [self.expected, self.expected_slopes, self.expected_weights]
        self.moving = [*scales, *bars, *lines, *self.marks.values(), *self.results.values()]

    def update(self, measured, predicted, texts, marked):
        """Show another network.

        Parameters
        ----------
        measured, predicted : nbhelpers.experiments.signal_propagation.Signals
        texts : dict of str to str
            A text for each of `results`.
        marked : collection of str
            "weights" or "slopes", or both: what is to blame.
        """
        layers = len(measured.dZ)
        for scale in self._layers:
            scale.update(layers)
        self._scales[0].update(*span(measured.dZ, measured.dA, predicted.dZ))
        self._scales[1].update(*_span_of_factors(measured, predicted))
        self.sizes.update(measured.dZ, measured.dA)
        self.factors.update(measured.slope, np.append(measured.by_weights, np.nan), marked)
        self._show_expected(np.arange(1, layers + 1), predicted)
        for name, text in texts.items():
            self.results[name].set_text(text)
        for name, mark in self.marks.items():
            mark.set_visible(name in marked)

    def _show_expected(self, l, predicted):
        _trace(self.expected, l + PLACES["slopes"], predicted.dZ)
        _trace(self.expected_slopes, l + PLACES["slopes"], predicted.slope)
        _trace(self.expected_weights, l[:-1] + PLACES["weights"], predicted.by_weights)


def draw_depth(figure):
    """Draw the panels into an empty figure of `SIZE`, and return their `DepthPanels`."""
    upper = add_panel(figure, _LEFT, _WIDTH, "size of the signal in each layer", **_UPPER)
    lower = add_panel(
        figure,
        _LEFT,
        _WIDTH,
        "what each layer multiplies it by",
        "layer (the signal goes back, from right to left)",
        **_LOWER,
    )
    lower.xaxis.labelpad = points(20)
    for ax in (upper, lower):
        ax.grid(visible=False, axis="x")
    _add_keys(upper, lower)
    page = figure.add_axes((0, 0, 1, 1))
    as_page(page)
    for y, text, look in _FIXED:
        page.text(_RIGHT, y, text, va="center", **look)
    return DepthPanels(upper, lower, page)


def _span_of_factors(*signals):
    factors = [each for both in signals for each in (both.slope, both.by_weights)]
    return span(*factors, lows=_LEAST_FACTORS, highs=_MOST_FACTORS)


_LINE = {"color": PALETTE["negative"], "ls": "-", "lw": points(1.8), "zorder": 4}
_DASHED = {**_LINE, "ls": (0, (5, 2))}
_HEAD = {"size": points(13), "weight": "bold"}
_SMALL = {"size": points(12), "color": PALETTE["neutral"]}
_PLACES = {  # middle of the line of text, and its size
    "signal": (98, 20),
    "expected": (127, 12.5),
    "verdict": (170, 15),
    "weights": (384, 14.5),
    "slopes": (422, 14.5),
}
_FIXED = (
    (28, "from the last layer\nto the first", _HEAD),
    (66, "|δ| is multiplied by", _SMALL),
    (316, "per layer, on average", _HEAD),
    (346, "geometric mean", _SMALL),
)


def _add_keys(upper, lower):
    weights, slopes = (Patch(**swatch(*LOOKS[kind])) for kind in ("weights", "slopes"))
    marked = Line2D([], [], marker="o", ms=points(5), **_LINE)
    line, dashed = (Line2D([], [], **look) for look in (_LINE, _DASHED))
    zero = Line2D([], [], ls="none", marker="x", ms=points(6), mew=points(1.6), color=PALETTE["negative"])
    texts = ["after the weights: |Wᵀδ|", "after the slopes: |δ|", "predicted |δ|", "exactly 0"]
    _key(upper, [weights, slopes, marked, zero], texts)
    _key(lower, [weights, dashed, slopes, line], ["Wᵀ", "predicted", "σ′", "predicted"])


def _key(ax, handles, texts):
    look = {"ncols": len(handles), "borderpad": 0, "borderaxespad": 0, "handlelength": 1.6, "handletextpad": 0.5}
    place = {"loc": "lower left", "bbox_to_anchor": (0, 1.0 + 5 / _height(ax)), "columnspacing": 1.4}
    ax.legend(handles, texts, fontsize=points(11.5), **look, **place)


def _height(ax):
    return ax.get_position().height * ax.figure.get_size_inches()[1] * PIXELS_PER_INCH


def _add_result(page, y, size):
    return add_quick_text(page, _RIGHT, y, ha="left", size=points(size), color=PALETTE["ink"], zorder=6)


def _mark(y):
    look = {"boxstyle": "round,pad=0,rounding_size=6", "fc": PALETTE["highlight"], "ec": PALETTE["ink"]}
    return FancyBboxPatch((_RIGHT - 8, y - 16), 174, 32, lw=points(1.2), zorder=5, **look)


def _trace(line, x, values):
    """Show what is predicted; on a scale of powers of ten the line ends where 0 is."""
    ends = exponents(values)
    line.set_data(x, np.where(ends == -math.inf, np.nan, ends))
