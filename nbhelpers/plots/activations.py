"""What an activation does, in three panels: for one number with its slope, or for the three logits of softmax.

`ElementwisePanels` show value, slope, and what is left of a signal that passes back through several layers.
`SoftmaxPanels` show logits, probabilities, and a row of the Jacobian. Both fill the same places of a page.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.kit.bars import Bars, upright
from nbhelpers.plots.kit.curve_point import broken_at_jumps, draw_curve_point
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, add_words, points
from nbhelpers.plots.style import PALETTE, mixed

SIZE = (980, 372)  # of the figure that the panels need, in CSS pixels
_LEFTS, _WIDTH = (46, 374, 702), 262
_LETTER = 0.29  # width of a digit in the third panel, where a bar and its gap are 1 wide
_ELEMENTWISE = (
    ("value: a = f(z)", "z        dashed: tangent"),
    ("slope: f′(z)", "z"),
    ("what comes back: f′(z)ᵏ", "layers k on the way back"),
)
_SOFTMAX = (
    ("logits z", ""),
    ("probabilities a = softmax(z)", ""),
    ("slopes: a row of the Jacobian", "∂a/∂z of the chosen class"),
)


class _ThreePanels:
    """Three panels with a line of words each, that can be shown or hidden together.

    Attributes
    ----------
    axes : list of matplotlib.axes.Axes
    words : list of matplotlib.text.Text
    moving : list of matplotlib.artist.Artist
        What `update` sets, in the order in which it is drawn.
    """

    def __init__(self, figure, texts):
        self.axes = [add_panel(figure, left, _WIDTH, *text) for left, text in zip(_LEFTS, texts, strict=True)]
        self.words = [add_words(ax) for ax in self.axes]

    def show(self, is_shown):
        """Show or hide the panels. What stays has to be drawn anew."""
        for artist in (*self.axes, *self.moving):
            artist.set_visible(is_shown)

    def _say(self, lines):
        for text, line in zip(self.words, lines, strict=True):
            text.set_text(line)


class ElementwisePanels(_ThreePanels):
    """Value and slope of an activation over z, and powers of the slope.

    Attributes
    ----------
    curves : list of matplotlib.lines.Line2D
        a and f' over z.
    spots : list of nbhelpers.plots.kit.curve_point.CurvePoint
    gain : nbhelpers.plots.kit.bars.Bars
        The powers of the slope, each in a frame of height 1.
    saturated : list of SmallSlope
        The regions where the slope is small, in both panels over z.
    kink : list of matplotlib.lines.Line2D
        At a jump of the slope: the value that is taken, and the one that is not.
    """

    def __init__(self, figure, z, layers):
        super().__init__(figure, _ELEMENTWISE)
        self._z, over_z = z, self.axes[:2]
        for ax in over_z:
            ax.set_xlim(z[0], z[-1])
            ax.axhline(0, color=PALETTE["neutral"], lw=0.8, zorder=2)
        self.axes[1].set_ylim(-0.09, 1.2)
        self.curves = [ax.plot([], [], color=PALETTE["positive"], lw=2.4, zorder=2.6)[0] for ax in over_z]
        self.spots = [draw_curve_point(ax, 0, 0) for ax in over_z]
        self.gain = Bars(self.axes[2], [str(k + 1) for k in range(layers)], 0, 1.2)
        _add_frames(self.axes[2], layers)
        (self._frame,) = self.axes[2].plot([], [], color=PALETTE["ink"], lw=1, ls=":", zorder=4)  # what went out
        look = {"color": PALETTE["ground"], "lw": 0, "zorder": 5}
        self._plate = self.axes[2].add_patch(Rectangle((0, 0), 0, 0.08, **look))  # frames do not run through the number
        self._number = add_quick_text(self.axes[2], 0, 1.07, ha="center", size=points(11.5), zorder=6)
        self.saturated = [SmallSlope(ax) for ax in over_z]
        self.kink = _add_kink(self.axes[1])
        self._kink_name = self.axes[1].text(0.35, 0.06, "", size=points(11), zorder=2.6)
        artists = [artist for part in (*self.spots, self.gain) for artist in part.moving]
        self.moving = [*artists, self._frame, self._plate, self._number, *self.words]

    def set_activation(self, values, slopes, is_saturated, name="saturated"):
        """Show another activation over the z of the panels. What stays has to be drawn anew.

        Parameters
        ----------
        values, slopes : numpy.ndarray
            f and f' over z.
        is_saturated : numpy.ndarray of bool
            Where the slope counts as small.
        name : str
            What such a region is called.
        """
        low, high = values.min(), values.max()
        margin = 0.12 * (high - low)
        self.axes[0].set_ylim(low - margin, high + margin)
        self.curves[0].set_data(self._z, values)
        self.axes[1].set_ylim(min(-0.09, 1.4 * slopes.min()), max(1.2, 1.06 * slopes.max()))
        self.axes[2].set_ylim(-0.4 if slopes.min() < 0 else 0, 1.2)  # an odd power of a negative slope is negative
        self.curves[1].set_data(*broken_at_jumps(self._z, slopes))
        for regions in self.saturated:
            regions.set(self._z, is_saturated, name)
        self._set_kink(slopes)

    def _set_kink(self, slopes):
        jumps = np.flatnonzero(np.abs(np.diff(slopes)) > 0.5)
        for mark, values in zip(self.kink, (slopes[jumps], slopes[jumps + 1]), strict=True):
            mark.set_data(self._z[jumps], values)
        self._kink_name.set_text(f"at the kink\n{slopes[jumps[0]]:g} is taken" if jumps.size else "")

    def update(self, z, a, slope, powers, k, words):
        """Show other numbers: a point on both curves, the powers of the slope with the k-th marked, a line each."""
        self.spots[0].update(z, a, slope)
        self.spots[1].update(z, slope)
        self.gain.update(powers, ["positive"] * k + ["fifth"] * (len(powers) - k), numbered=())
        self._frame.set_data(*upright(k, 1).T)
        near = powers[max(0, k - 2) : k + 1]  # the bars that the number stands above
        place = min(max(k, 1.4), len(powers) - 0.4), max(*near, 0) + 0.03
        text = short(powers[k - 1])
        self._number.set(x=place[0], y=place[1], text=text)
        width = _LETTER * len(text)
        self._plate.set(x=place[0] - width / 2, y=place[1] - 0.01, width=width)
        self._say(words)


class SoftmaxPanels(_ThreePanels):
    """Logits, probabilities and a row of the Jacobian as bars.

    Attributes
    ----------
    logits, probabilities, slopes : nbhelpers.plots.kit.bars.Bars
    """

    def __init__(self, figure, m, furthest):
        super().__init__(figure, _SOFTMAX)
        classes = [f"class {i + 1}" for i in range(m)]
        self.logits = Bars(self.axes[0], classes, -1.25 * furthest, 1.25 * furthest)
        self.probabilities = Bars(self.axes[1], classes, 0, 1.2)
        self.slopes = Bars(self.axes[2], [f"by z{k + 1}" for k in range(m)], -0.34, 0.34)
        artists = [artist for bars in (self.logits, self.probabilities, self.slopes) for artist in bars.moving]
        self.moving = [*artists, *self.words]

    def update(self, z, a, slopes, chosen, words):
        """Show other numbers: logits, probabilities with the largest marked, the row of the class `chosen`, words."""
        self.logits.update(z, _by_sign(z))
        self.probabilities.update(a, marked=np.flatnonzero(a == np.max(a)).tolist())
        self.slopes.update(slopes, _by_sign(slopes), [chosen])
        self._say(words)


def _by_sign(values):
    return ["negative" if value < 0 else "positive" for value in values]


# --- what stays ------------------------------------------------------------------------------------------------------


class SmallSlope:
    """The regions of a panel where the slope is small, at most two, each with its name."""

    def __init__(self, ax):
        self._ax = ax
        self.region = ax.fill_between([], [], [], facecolor=mixed("neutral", 0.16), linewidth=0, zorder=0.4)
        place = {"transform": ax.get_xaxis_transform(), "ha": "center", "va": "center"}
        self.names = [ax.text(0, 0.3, "", size=points(11), zorder=2.6, **place) for _ in range(2)]

    def set(self, z, is_small, name):
        """Show where the slope is small, given for each z."""
        self.region.set_data(z, *self._ax.get_ylim(), where=is_small)
        borders = np.flatnonzero(np.diff(is_small, prepend=False, append=False)).reshape(-1, 2)
        for text in self.names:
            text.set_text("")
        for text, (start, end) in zip(self.names, borders, strict=False):
            text.set(text=name, x=(z[start] + z[end - 1]) / 2)


def _add_frames(ax, count):
    """What a bar would be if nothing were lost."""
    frames = [upright(k + 1, 1) for k in range(count)]
    look = {"facecolors": PALETTE["panel"], "edgecolors": mixed("neutral", 0.5), "linewidths": 0.7, "zorder": 1}
    ax.add_collection(PolyCollection(frames, **look), autolim=False)


def _add_kink(ax):
    look = {"ls": "none", "marker": "o", "markersize": 7, "mec": PALETTE["positive"], "mew": 1.6, "zorder": 2.7}
    taken, not_taken = ax.plot([], [], mfc=PALETTE["positive"], **look), ax.plot([], [], mfc=PALETTE["ground"], **look)
    return [*taken, *not_taken]
