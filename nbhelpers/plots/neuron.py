"""One neuron in three panels: z over x, a over z, and both together, a over x; a thread leads from x to z to a.

The panels are equally high, so that the thread runs level from a over z to a over x. Curves are passed in as arrays.
"""

import numpy as np
from matplotlib.lines import Line2D

from nbhelpers.plots.kit.curve_point import draw_curve_point
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, add_words, points, shifted
from nbhelpers.plots.style import PALETTE

SIZE = (980, 372)  # of the figure that the panels need, in CSS pixels
_LEFTS, _WIDTH = (44, 370, 692), 244
_HEADINGS = ("1  weighted sum: z over x", "2  activation: a over z", "together: a over x")
_TURN = (20, 40)  # CSS pixels from a panel to where the thread turns down, and to its arrow
_RIM = 7  # radius of a point, in CSS pixels


class NeuronPanels:
    """The artists of the three panels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets, in the order in which it is drawn.
    axes : tuple of matplotlib.axes.Axes
    weighted, composed, plain : matplotlib.lines.Line2D
        The line z over x, the curve a over x, and beside it f(x) itself, as it would be for w = 1 and b = 0.
    activation : matplotlib.lines.Line2D
        The curve a over z.
    spots : list of nbhelpers.plots.kit.curve_point.CurvePoint
        A point per panel.
    thread : matplotlib.lines.Line2D
        From the point of the first panel to that of the last.
    words : list of matplotlib.text.Text
        A line per panel.
    """

    def __init__(self, axes, x, z):
        self.axes, self._x, self._z = axes, x, z
        solid = {"color": PALETTE["positive"], "lw": 2.4, "zorder": 3.5}
        first, second, third = axes
        (self.weighted,) = first.plot([], [], **solid)
        (self.activation,) = second.plot([], [], **{**solid, "zorder": 2.6})
        (self.plain,) = third.plot([], [], color=PALETTE["neutral"], lw=1.4, ls=(0, (1, 1.6)), zorder=2.6)
        (self.composed,) = third.plot([], [], **solid)
        self.spots = [draw_curve_point(ax, 0, 0) for ax in axes]
        self.words = [add_words(ax) for ax in axes]
        self.thread = _add_thread(first.figure)
        self._middles = [_Middle(ax) for ax in (first, third)]
        self.moving = self._in_drawing_order()

    def _in_drawing_order(self):
        parts = [*self._middles, *self.spots]
        artists = [artist for part in parts for artist in part.moving]
        return [self.weighted, self.composed, *artists, *self.words, self.thread]

    def set_activation(self, values, plain):
        """Show another activation: its values over the z of the panel, and over the x of the panel.

        The panels get other ranges: what stays has to be drawn anew.
        """
        low, high = _range_of(values)
        for ax in self.axes[1:]:
            ax.set_ylim(low, high)
        self.activation.set_data(self._z, values)
        self.plain.set_data(self._x, plain)

    def update(self, point, slopes, weighted, composed, middle, words):
        """Show other numbers.

        Parameters
        ----------
        point : tuple of float
            x, z, a.
        slopes : tuple of float
            Of the three curves at the point; None: no tangent.
        weighted, composed : array_like
            z and a over the x of the panel.
        middle : float
            The x for which z = 0; nan if there is none.
        words : sequence of str
            A line per panel.
        """
        x, z, a = point
        self.weighted.set_data(self._x, weighted)
        self.composed.set_data(self._x, composed)
        for spot, place, slope in zip(self.spots, [(x, z), (z, a), (x, a)], slopes, strict=True):
            spot.update(*place, slope)
        for part in self._middles:
            part.update(middle)
        self.thread.set_data(*_thread(self.axes, x, z, a))
        for text, line in zip(self.words, words, strict=True):
            text.set_text(line)


class _Middle:
    """Where z = 0: a thin line across a panel, with its name at the lower end."""

    def __init__(self, ax):
        self._ax = ax
        self.line = ax.axvline(0, color=PALETTE["third"], lw=1.3, ls=(0, (6, 2, 1, 2)), zorder=3)
        place = {"transform": shifted(ax.get_xaxis_transform(), ax.figure, 0, 0), "size": points(11)}
        self.name = add_quick_text(ax, 0, 0.96, ha="center", color=PALETTE["ink"], zorder=6, **place)
        self.moving = [self.line, self.name]

    def update(self, x):
        low, high = self._ax.get_xlim()
        is_seen = low <= x <= high
        for artist in self.moving:
            artist.set_visible(is_seen)
        if is_seen:
            self.line.set_xdata([x, x])
            self.name.set(x=x, text=" z = 0 ", ha="left" if x < (low + high) / 2 else "right")


def draw_neuron(figure, x, z, z_limits):
    """Draw the frames of the three panels into an empty figure of the size `SIZE`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    x, z : numpy.ndarray
        The places at which curves over x and over z are given.
    z_limits : tuple of float
        Of the panel of z over x.

    Returns
    -------
    NeuronPanels
        Without numbers yet: `NeuronPanels.set_activation` and `NeuronPanels.update` set them.
    """
    names = ("x", "z        dashed: tangent", "x        dotted: w = 1, b = 0")
    axes = [add_panel(figure, left, _WIDTH, *text) for left, *text in zip(_LEFTS, _HEADINGS, names, strict=True)]
    for ax, places in zip(axes, (x, z, x), strict=True):
        ax.set_xlim(places[0], places[-1])
    axes[0].set_ylim(*z_limits)
    axes[2].yaxis.tick_right()  # out of the way of the thread
    axes[2].spines[["left", "right"]].set_visible(True)
    for ax in axes:
        ax.axhline(0, color=PALETTE["neutral"], lw=0.8, zorder=2)
    return NeuronPanels(tuple(axes), x, z)


def _add_thread(figure):
    look = {"color": PALETTE["second"], "lw": 2, "solid_joinstyle": "round", "solid_capstyle": "butt", "zorder": 9}
    arrows = {"marker": ">", "markersize": 9, "markevery": [3, 8]}
    return figure.add_artist(Line2D([], [], transform=figure.transFigure, **look, **arrows))


def _thread(axes, x, z, a):
    """The way from (x, z) to the axis of z in the second panel, up to a, and level to (x, a), in shares of the page.

    It ends at the rims of the points and goes on at their other sides.
    """
    first, second, third = axes
    across = 1 / SIZE[0]
    beside, below = np.array([_RIM / SIZE[0], 0]), np.array([0, _RIM / SIZE[1]])
    start, floor = _on_page(first, x, z), _on_page(second, z, second.get_ylim()[0])
    middle, end = _on_page(second, z, a), _on_page(third, x, a)
    turn, arrow = (first.get_position().x1 + right * across for right in _TURN)
    down = [start + beside, (turn, start[1]), (turn, floor[1]), (arrow, floor[1]), floor]
    rise = [middle - below, (np.nan, np.nan), middle + beside]
    level = [(second.get_position().x1 + _TURN[0] * across, middle[1]), end - beside]
    return np.array([*down, *rise, *level]).T


def _on_page(ax, x, y):
    return ax.figure.transFigure.inverted().transform(ax.transData.transform((x, y)))


def _range_of(values):
    """The range of a panel that has room for a curve and a margin."""
    low, high = float(values.min()), float(values.max())
    margin = 0.12 * (high - low)
    return low - margin, high + margin
