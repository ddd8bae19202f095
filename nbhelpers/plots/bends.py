"""Units that add up to a curve: the curve beside its target, what each unit adds, and the error over their number.

Numbers are passed in. The corners that can be moved have a ring each.
"""

import numpy as np

from nbhelpers.plots.kit.clipping import ClippedCurve
from nbhelpers.plots.kit.panel import add_panel, add_words, points
from nbhelpers.plots.kit.ticks import set_scale
from nbhelpers.plots.style import PALETTE

SIZE = (1000, 420)  # of the figure that the panels need, in CSS pixels
MOST_UNITS = 12
REACH = 1.6  # of y, to either side
_FRAMES = ((44, 410), (516, 200), (784, 196))  # left and width of each panel
_HEADINGS = (("the curve and its target", "x"), ("what each unit adds", "x"), ("largest error", "units"))
_NUMBERS, _ERRORS = (0.85, 76), (3e-4, 5)
_KINDS = (("first", "-", "ReLU"), ("second", (0, (5, 2)), "sigmoid"))


class BendsPanels:
    """The three panels, in a figure of the size `SIZE`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    axes : list of matplotlib.axes.Axes
    target, error, corners, bends : matplotlib.lines.Line2D
        The dashed target; where curve and target are furthest apart; the corners; below, where each unit bends.
    curve : nbhelpers.plots.kit.clipping.ClippedCurve
    parts : list of nbhelpers.plots.kit.clipping.ClippedCurve
        What each unit adds.
    errors : list of matplotlib.lines.Line2D
        Over the number of units, per activation, for evenly spread units.
    now : matplotlib.lines.Line2D
        The present error.
    words : list of matplotlib.text.Text
        A line per panel.
    """

    def __init__(self, figure):
        self.axes = [add_panel(figure, *frame, *text) for frame, text in zip(_FRAMES, _HEADINGS, strict=True)]
        left, middle, right = self.axes
        for ax, reach in ((left, REACH), (middle, 2 * REACH)):
            ax.set(xlim=(-1.04, 1.04), ylim=(-reach, reach), xticks=[-1, -0.5, 0, 0.5, 1])
            ax.axhline(0, color=PALETTE["neutral"], lw=0.8, ls="-", zorder=2)
        set_scale(right.xaxis, "log", *_NUMBERS)
        set_scale(right.yaxis, "log", *_ERRORS)
        (self.target,) = left.plot([], [], color=PALETTE["ink"], lw=1.8, ls=(0, (5, 3)), zorder=3)
        self.curve = ClippedCurve(left, color=PALETTE["first"], lw=2.8, ls="-", zorder=4)
        (self.error,) = left.plot([], [], color=PALETTE["negative"], lw=2.4, ls="-", marker="_", ms=9, zorder=5)
        ring = {"marker": "o", "ms": points(12), "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "mew": 1.4}
        (self.corners,) = left.plot([], [], ls="none", clip_on=False, zorder=6, **ring)
        (self.bends,) = left.plot([], [], ls="none", marker="^", ms=points(9), color=PALETTE["third"], zorder=6)
        looks = [("first", "-"), ("second", "--"), ("third", "-."), ("fourth", ":")]
        self.parts = [self._part(middle, *looks[k % 4]) for k in range(MOST_UNITS)]
        self.errors = [
            right.plot([], [], color=PALETTE[hue], ls=dash, lw=2, label=name, zorder=3)[0] for hue, dash, name in _KINDS
        ]
        (self.now,) = right.plot([], [], ls="none", clip_on=False, zorder=5, **ring)
        key = right.legend(loc="lower left", fontsize=points(11.5), borderpad=0.2, handlelength=2, frameon=True)
        key.set(zorder=4)
        key.get_frame().set(facecolor=PALETTE["ground"], edgecolor="none", alpha=0.85)
        self.words = [add_words(ax) for ax in self.axes]
        parts = [artist for part in self.parts for artist in part.moving]
        first = [self.target, *self.curve.moving, self.error, self.bends, self.corners]
        self.moving = [*first, *parts, *self.errors, self.now, *self.words]

    def _part(self, ax, hue, dash):
        return ClippedCurve(ax, color=PALETTE[hue], lw=1.8, ls=dash, zorder=3)

    def update(self, x, curves, parts, corners, bends, errors, now, words):
        """Show other numbers.

        Parameters
        ----------
        x : numpy.ndarray, shape (k,)
        curves : tuple of numpy.ndarray
            Target and curve over x.
        parts : numpy.ndarray, shape (h, k)
        corners : tuple of array_like
            x and y of the points that can be moved; none after a training.
        bends : array_like
            Where each unit bends.
        errors : list of tuple of array_like
            Numbers of units and largest errors, per activation.
        now : tuple of float
            Units and largest error now.
        words : list of str
            A line per panel.
        """
        target, curve = curves
        self.target.set_data(x, np.where(np.abs(np.diff(target, append=target[-1])) > 0.5, np.nan, target))
        self.curve.update(x, curve)
        worst = int(np.abs(target - curve).argmax())
        self.error.set_data([x[worst]] * 2, np.clip([target[worst], curve[worst]], -REACH, REACH))
        self.corners.set_data(*corners)
        inside = np.array([place for place in bends if -1 <= place <= 1])
        self.bends.set_data(inside, np.full(len(inside), -0.96 * REACH))
        for k, part in enumerate(self.parts):
            part.update(*((x, parts[k]) if k < len(parts) else ([np.nan], [np.nan])))
            for artist in part.moving:
                artist.set_visible(k < len(parts))
        for line, values in zip(self.errors, errors, strict=True):
            line.set_data(*np.clip(values, 1e-9, None))
        self.now.set_data([now[0]], [np.clip(now[1], *_ERRORS)])
        for text, line in zip(self.words, words, strict=True):
            text.set_text(line)
