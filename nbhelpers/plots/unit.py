"""Units in the plane: the line where z = 0 with its weight vector, the activation across it, and what the output says.

Blue is high and orange low; the arrow points to where z is positive. Fields and numbers are passed in.
"""

import numpy as np

from nbhelpers.plots.decision_regions import put_frame_behind, two_hues
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, add_words, points
from nbhelpers.plots.kit.regions import SmoothImage, as_line, zero_segments
from nbhelpers.plots.style import PALETTE

SIZE = (1000, 400)  # of the figure that the panels need, in CSS pixels
MOST_UNITS, HALF, SIDE = 3, 2.2, 45  # units; half the side of the plane; places of the grid on a side
ARROW = 0.25  # of the plane per 1 of the weight vector
_PLANES, _CURVE, _WIDTH = (44, 690), (394, 244), 290
_DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)))
_MARKERS = ("s", "o")  # of class 0 and of class 1


def plane():
    """Return the places of the plane at which fields are wanted, shape (2, SIDE²)."""
    return np.stack(np.meshgrid(*[np.linspace(-HALF, HALF, SIDE)] * 2)).reshape(2, -1)


class UnitPanels:
    """The three panels, in a figure of the size `SIZE`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    left, middle, right : matplotlib.axes.Axes
    field, output : nbhelpers.plots.kit.regions.SmoothImage
    lines, arrows, tips : list of matplotlib.lines.Line2D
        Per unit: where z = 0, its weight vector, and the head of it.
    curve, spots : matplotlib.lines.Line2D
        a over z, and the points on it.
    boundary : matplotlib.lines.Line2D
        Where the output is 0.5.
    words : list of matplotlib.text.Text
        A line per panel.
    """

    def __init__(self, figure):
        headings = ("a of the chosen unit", "ŷ, made of all units")
        planes = [add_panel(figure, left, _WIDTH, text, "x₁") for left, text in zip(_PLANES, headings, strict=True)]
        self.left, self.right = planes
        self.middle = add_panel(figure, *_CURVE, "across the line: a over z", "z = w·x + b")
        for ax in planes:
            ax.grid(visible=False)
            put_frame_behind(ax)
            ax.set(xlim=(-HALF, HALF), ylim=(-HALF, HALF), xticks=range(-2, 3), yticks=range(-2, 3))
            ax.set_aspect("equal")  # in a room of any shape: the weight vector stands upright on its line
            ax.set_ylabel("x₂", labelpad=0)
        self.field, self.output = (SmoothImage(ax, SIDE, zorder=1) for ax in planes)
        for image in (self.field, self.output):
            image.fit()
        self._draw_lines()
        (self.curve,) = self.middle.plot([], [], color=PALETTE["ink"], lw=2.4, ls="-", zorder=3)
        (self._zero,) = self.middle.plot([0, 0], [-9, 9], color=PALETTE["neutral"], lw=1, ls=(0, (2, 2)), zorder=2.6)
        (self.boundary,) = self.right.plot([], [], color=PALETTE["ink"], lw=2.2, ls="-", zorder=3)
        self.points = [_marks(ax, k) for ax in (self.left, self.middle, self.right) for k in range(2)]
        self.words = [add_words(ax) for ax in (self.left, self.middle, self.right)]
        parts = [*self.lines, *self.arrows, *self.tips, self._letter, self._zero, self.curve, self.boundary]
        self.moving = [self.field, self.output, *parts, *self.points, *self.words]

    def _draw_lines(self):
        look = {"color": PALETTE["ink"], "solid_capstyle": "round"}
        self.lines = [self.left.plot([], [], ls=dash, zorder=3, **look)[0] for dash in _DASHES]
        self.arrows = [self.left.plot([], [], lw=2.4, ls="-", zorder=4, **look)[0] for _ in _DASHES]
        self.tips = [self.left.plot([], [], ls="none", ms=11, zorder=5, clip_on=False, **look)[0] for _ in _DASHES]
        look = {"size": points(14), "weight": "bold", "color": PALETTE["ink"], "ha": "center", "zorder": 6}
        self._letter = add_quick_text(self.left, 0, 0, "w", **look)

    def update(self, fields, lines, chosen, curve, examples, words):
        """Show other numbers.

        Parameters
        ----------
        fields : tuple of numpy.ndarray
            From 0 (orange) to 1 (blue) at the places of `plane`: a of the chosen unit, ŷ.
        lines : list of tuple
            Per unit: the ends of its line, shape (2, 2) or None; where the weight vector begins, and where it ends.
        chosen : int
            The unit that is shown, from 0.
        curve : tuple of array_like
            z and a, over all that is seen.
        examples : tuple of numpy.ndarray
            X (2, d), the classes (d,), and z and a of the chosen unit (d,).
        words : list of str
        """
        for image, field in zip((self.field, self.output), fields, strict=True):
            image.show_colors(two_hues(2 * field - 1, 0.55).reshape(SIDE, SIDE, 3))
        self._show_lines(lines, chosen)
        across = np.linspace(-HALF, HALF, SIDE)
        self.boundary.set_data(*as_line(zero_segments(across, across, fields[1].reshape(SIDE, SIDE) - 0.5)))
        self.curve.set_data(*curve)
        X, y, z, a = examples
        for k, line in enumerate(self.points):
            place = (X, np.array([z, a]), X)[k // 2]
            line.set_data(*place[:, y == k % 2])
        for text, line in zip(self.words, words, strict=True):
            text.set_text(line)

    def _show_lines(self, lines, chosen):
        for k, (line, arrow, tip) in enumerate(zip(self.lines, self.arrows, self.tips, strict=True)):
            ends, begin, end = lines[k] if k < len(lines) else (None, None, None)
            is_arrow = begin is not None and k == chosen
            line.set_data(*([[], []] if ends is None else ends.T))
            line.set_linewidth(3.2 if k == chosen else 1.6)
            arrow.set_data(*(np.array([begin, end]).T if is_arrow else [[], []]))
            tip.set_data(*([[end[0]], [end[1]]] if is_arrow else [[], []]))
            if is_arrow:
                right, up = end - begin
                tip.set_marker((3, 0, np.degrees(np.arctan2(up, right)) - 90))
                way = (end - begin) / max(np.hypot(right, up), 1e-9)
                self._letter.set_position(end + 0.3 * way)
        self._letter.set_text("w" if chosen < len(lines) and lines[chosen][1] is not None else "")

    def show_curve_limits(self, z, low, high):
        """Let the middle panel reach from −z to z, and from `low` to `high`. What stays has to be drawn anew."""
        self.middle.set(xlim=(-z, z), ylim=(low, high))


def _marks(ax, k):
    look = {"mfc": PALETTE["positive" if k else "negative"], "mec": PALETTE["ink"], "mew": 1.2, "zorder": 7}
    return ax.plot([], [], ls="none", marker=_MARKERS[k], ms=points(9), clip_on=False, **look)[0]
