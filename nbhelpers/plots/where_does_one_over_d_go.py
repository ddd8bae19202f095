"""How long a step is, two ways: its size over the number of examples for several rules, and one step on a cost curve.

Curves and numbers are passed in. Nothing here knows what the rules are.
"""

import itertools

import numpy as np
from matplotlib.lines import Line2D

from nbhelpers.plots.kit.curve_point import draw_curve_point
from nbhelpers.plots.kit.direct_labels import spread
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.kept import Kept
from nbhelpers.plots.kit.panel import add_panel, add_words, points, shifted
from nbhelpers.plots.style import PALETTE, PIXELS_PER_INCH

SIZE = (1000, 400)  # of the figure that the panels need, in CSS pixels
_LEFTS, _WIDTHS = (62, 584), (330, 392)
_HEADINGS = ("size of the step ‖ΔW‖ over d", "one step on the cost curve")
_LOOKS = (  # color, dash, marker, where the markers begin: of curves that coincide each can be seen
    ("first", "-", "o", 0),
    ("third", (0, (6, 6)), "s", 3),
    ("fifth", (0, (2, 4)), "^", 6),
    ("negative", "--", "D", 1),
    ("neutral", "-.", "v", 4),
)
_FAR = 1e9  # for a cost that is too large for a float
_LABEL_LINE = 16  # CSS pixels of a line of a label
_EVERY = 9  # examples from marker to marker


class OneOverDPanels:
    """The artists of both panels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    sizes, cost : matplotlib.axes.Axes
    curves : list of matplotlib.lines.Line2D
        The size of the step over d, a curve per rule; the chosen one is thicker.
    chosen : matplotlib.lines.Line2D
        The point of the chosen rule at the present d, with a guide to the axis.
    valley : matplotlib.lines.Line2D
        J over w.
    start : nbhelpers.plots.kit.curve_point.CurvePoint
        Where the step begins, with the tangent.
    end : matplotlib.lines.Line2D
        Where it ends; at the border of the panel, as an arrow, if that is further away.
    way : matplotlib.lines.Line2D
        From the start to the end.
    words : list of matplotlib.text.Text
        A line per panel.
    """

    def __init__(self, sizes, cost, d, names):
        self.sizes, self.cost, self._d = sizes, cost, np.asarray(d)
        self._kept, self._shown = Kept(sizes), None
        self.curves = [self._kept.add(_curve(look)) for look in _LOOKS[: len(names)]]
        self.labels = [_add_label(sizes) for _ in names]
        point = {"marker": "o", "markersize": 11, "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "mew": 1.4}
        (self.guide,) = sizes.plot([], [], color=PALETTE["neutral"], lw=1, ls=(0, (2, 2)), zorder=5)
        (self.chosen,) = sizes.plot([], [], ls="none", clip_on=False, zorder=6, **point)
        (self.valley,) = cost.plot([], [], color=PALETTE["positive"], lw=2.4, zorder=3)
        (self.best,) = cost.plot([], [], color=PALETTE["right"], lw=1.3, ls=(0, (6, 2, 1, 2)), zorder=2.5)
        (self.way,) = cost.plot([], [], ls="-", color=PALETTE["ink"], lw=1.8, zorder=5)
        self.start = draw_curve_point(cost, 0, 0)
        (self.end,) = cost.plot(
            [], [], ls="none", clip_on=False, ms=9, mfc=PALETTE["ground"], mec=PALETTE["ink"], mew=1.8, zorder=7
        )
        self.words = [add_words(ax) for ax in (sizes, cost)]
        rest = [self.guide, self.chosen, self.valley, self.best, self.way, *self.start.moving, self.end, *self.words]
        self.moving = [self._kept, *self.labels, *rest]

    def update_sizes(self, curves, labels, chosen, d, words):
        """Show the size of the step.

        Parameters
        ----------
        curves : list of array_like
            Over all d, one per rule, all positive.
        labels : dict of float to str
            What stands at the right end, by its height there; at most as many as there are curves.
        chosen : int
            The number of the rule that is spoken of.
        d : int
            The present number of examples, from 1.
        words : str
            The line of the panel.
        """
        self._show_curves(curves, chosen)
        for label in self.labels:
            label.set_text("")
        for label, (height, text) in zip(self.labels, self._apart(labels).items(), strict=False):
            label.set(position=(self._d[-1], height), text=text)
        at = curves[chosen][d - 1]
        self.chosen.set_data([d], [at])
        self.guide.set_data([d, d, 0], [self.sizes.get_ylim()[0], at, at])
        self.words[0].set_text(words)

    def _apart(self, labels):
        """The labels by their heights, moved apart where the panel is low."""
        ax, pixel = self.sizes, self.sizes.figure.dpi / PIXELS_PER_INCH
        there = ax.transData.transform([(1, height) for height in sorted(labels)])[:, 1]
        texts = [labels[height] for height in sorted(labels)]
        halves = [_LABEL_LINE * (1 + text.count("\n")) / 2 for text in texts]
        gaps = [one + other for one, other in itertools.pairwise(halves)]
        low, top = ax.bbox.y0 / pixel, ax.bbox.y1 / pixel
        places = spread(list(there / pixel), gaps, low, top - halves[-1] / 2)
        data = ax.transData.inverted().transform([(0, pixel * y) for y in places])[:, 1]
        return dict(zip(data, texts, strict=True))

    def _show_curves(self, curves, chosen):
        shown = np.array(curves).tobytes(), chosen
        if shown == self._shown:
            return
        self._shown = shown
        self._kept.changed()
        for k, (line, sizes) in enumerate(zip(self.curves, curves, strict=True)):
            line.set_data(self._d, sizes)
            line.set_linewidth(3.6 if k == chosen else 1.5)

    def update_cost(self, valley, best, start, slope, end, words):
        """Show the step.

        Parameters
        ----------
        valley : tuple of array_like
            w and J over the whole panel.
        best : float
            The w of the lowest J.
        start : tuple of float
            w and J before the step.
        slope : float
            Of the curve there.
        end : tuple of float
            w and J after it.
        words : str
            The line of the panel.
        """
        self.valley.set_data(*valley)
        self.best.set_data([best, best], self.cost.get_ylim())
        self.start.update(*start, slope)
        spot, marker = self._seen_end(np.array(start), np.array(end))
        self.end.set(data=([spot[0]], [spot[1]]), marker=marker)
        self.way.set_data([start[0], spot[0]], [start[1], spot[1]])
        self.words[1].set_text(words)

    def _seen_end(self, start, end):
        """Where the step ends; if that is off the panel, where it leaves it, and an arrow head that points there."""
        end = np.clip(np.nan_to_num(end, nan=_FAR), -_FAR, _FAR)
        (low, high), (_, top) = self.cost.get_xlim(), self.cost.get_ylim()
        borders = {"<": (0, low), ">": (0, high), "^": (1, top)}
        shares = {
            marker: (border - start[k]) / (end[k] - start[k])
            for marker, (k, border) in borders.items()
            if (end[k] - border) * (border - start[k]) > 0
        }
        marker = min(shares, key=shares.get, default="o")
        return start + shares.get(marker, 1) * (end - start), marker


def draw_one_over_d(figure, d, names, limits):
    """Draw the frames of both panels into an empty figure of the size `SIZE`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    d : array_like
        The numbers of examples.
    names : list of str
        Of the rules, at most 5, for the key.
    limits : dict of str to tuple
        ``"size"`` of ‖ΔW‖, ``"w"`` and ``"J"`` of the cost curve.

    Returns
    -------
    OneOverDPanels
        Without numbers yet.
    """
    xlabels = ("d, the number of examples", "w")
    frames = zip(_LEFTS, _WIDTHS, _HEADINGS, xlabels, strict=True)
    sizes, cost = (add_panel(figure, left, width, heading, xlabel) for left, width, heading, xlabel in frames)
    sizes.set(xlim=(0, d[-1] + 1), yscale="log", ylim=limits["size"], xticks=[1, 10, 20, 30, 40, 50])
    cost.set(xlim=limits["w"], ylim=limits["J"], ylabel="J")
    return OneOverDPanels(sizes, cost, d, names)


def _curve(look):
    hue, dash, marker, begin = look
    return Line2D([], [], color=PALETTE[hue], ls=dash, marker=marker, markersize=6, markevery=(begin, _EVERY))


def _add_label(ax):
    place = {"transform": shifted(ax.transData, ax.figure, 17, 0), "size": points(11.5)}
    return add_quick_text(ax, 1, 1, ha="left", color=PALETTE["ink"], zorder=6, **place)
