"""One sigmoid unit that learns with two losses: ŷ over the steps, the losses over z, and their slopes over z.

Cross-entropy is blue and solid with a disc, squared error orange and dashed with a square. Numbers are passed in.
"""

import numpy as np

from nbhelpers.plots.kit.direct_labels import DirectLabels
from nbhelpers.plots.kit.panel import add_panel, add_words, points
from nbhelpers.plots.kit.ticks import MovingTicks
from nbhelpers.plots.style import PALETTE

SIZE = (1000, 400)  # of the figure that the panels need, in CSS pixels
REACH = 10.0  # of z, to either side
_LEFTS, _WIDTHS = (44, 532, 784), (360, 196, 196)
_HEADINGS = ("ŷ over the steps", "loss L over z", "slope ∂L/∂z")
_LOOKS = (("positive", "-", "o"), ("negative", (0, (5, 2)), "s"))


class OneUnitLearnsPanels:
    """The three panels, in a figure of the size `SIZE`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    axes : list of matplotlib.axes.Axes
    paths : list of matplotlib.lines.Line2D
        ŷ after each step, per loss.
    curves, spots : list of list of matplotlib.lines.Line2D
        In the other panels, per loss: the curve over z, and the point at the present z.
    words : list of matplotlib.text.Text
        A line per panel.
    """

    def __init__(self, figure):
        xlabels = ("step", "z", "z")
        frames = zip(_LEFTS, _WIDTHS, _HEADINGS, xlabels, strict=True)
        self.axes = [add_panel(figure, *frame) for frame in frames]
        self.axes[0].set(xlim=(0, 500), ylim=(-0.03, 1.03))
        self.axes[0].xaxis.labelpad = points(20)
        self.ticks = MovingTicks(self.axes[0])
        for ax in self.axes[1:]:
            ax.set(xlim=(-REACH, REACH), xticks=[-10, -5, 0, 5, 10])
        self.axes[1].set_ylim(-0.3, REACH + 0.6)
        self.axes[2].set_ylim(-1.08, 1.08)
        look = {"color": PALETTE["neutral"], "ls": (0, (2, 2)), "lw": 1.2, "zorder": 2.7}
        (self._half,) = self.axes[0].plot([0, 1e5], [0.5, 0.5], **look)
        self.paths = [self._line(0, k) for k in range(2)]
        self.ends = [self._spot(0, k) for k in range(2)]
        self.curves = [[self._line(p, k) for k in range(2)] for p in (1, 2)]
        self.spots = [[self._spot(p, k) for k in range(2)] for p in (1, 2)]
        self.names = DirectLabels(self.axes[0], 2)
        self.words = [add_words(ax) for ax in self.axes]
        lines = [*self.paths, *(line for panel in (*self.curves, *self.spots) for line in panel), *self.ends]
        self.moving = [*self.ticks.moving, self._half, *lines, *self.names.moving, *self.words]

    def _line(self, panel, k):
        color, dash, _ = _LOOKS[k]
        return self.axes[panel].plot([], [], color=PALETTE[color], ls=dash, lw=2.4, zorder=4 - k)[0]

    def _spot(self, panel, k):
        color, _, marker = _LOOKS[k]
        look = {"mfc": PALETTE[color], "mec": PALETTE["ink"], "mew": 1.3, "ms": points(11), "zorder": 6 - k}
        return self.axes[panel].plot([], [], ls="none", marker=marker, clip_on=False, **look)[0]

    def update(self, end, paths, curves, spots, names, words):
        """Show other numbers; what has two entries has one per loss.

        Parameters
        ----------
        end : int
            Where the scale of the steps ends.
        paths : list of array_like
            ŷ before and after each step that was made.
        curves : tuple
            z, then two lists: the losses over it, and the slopes.
        spots : tuple of list of tuple
            (z, L) and (z, ∂L/∂z), per loss.
        names : list of str
            At the right ends of the paths.
        words : list of str
            A line per panel.
        """
        self.axes[0].set_xlim(0, end)
        self.ticks.update()
        for path, spot, y_hat in zip(self.paths, self.ends, paths, strict=True):
            path.set_data(np.arange(len(y_hat)), y_hat)
            spot.set_data([len(y_hat) - 1], [y_hat[-1]])
        z, *over_z = curves
        panels = zip(self.axes[1:], self.curves, self.spots, over_z, spots, strict=True)
        for ax, lines, dots, values, places in panels:
            low, high = ax.get_ylim()
            for line, dot, value, place in zip(lines, dots, values, places, strict=True):
                line.set_data(z, value)
                dot.set_data([np.clip(place[0], -REACH, REACH)], [np.clip(place[1], low, high)])
        self.names.update(names, [end, end], [path[-1] for path in paths])
        for text, line in zip(self.words, words, strict=True):
            text.set_text(line)
