"""Losses in panels: L over a prediction as a curve with a point per example, and all L as bars with their mean.

With classes there is a third panel, the probabilities of the example that is described. All panels of L have the same
scale, so that a point and its bar are equally high.
"""

import numpy as np

from nbhelpers.plots.kit.bars import Bars, LevelLine
from nbhelpers.plots.kit.curve_point import draw_curve_point, within
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, add_words, points, set_heading, shifted
from nbhelpers.plots.style import PALETTE

SIZE = (980, 396)  # of the figure that the panels need, in CSS pixels
_HEADS = -12, -43  # where the lines of the table stand, in CSS pixels
_BOTTOM = 76  # room for two lines below each bar
_HUES, _DASHES = ("positive", "negative"), ("-", (0, (6, 2)))
_NAMED_AT = (0.17, 0.83)  # where on the curves their names stand


class LossCurves:
    """One or two curves of L over ŷ, and the examples as numbered points on them.

    Attributes
    ----------
    curves : list of matplotlib.lines.Line2D
    marks : list of matplotlib.lines.Line2D
        The examples on each curve: circles on the first, squares on the second.
    numbers : list of matplotlib.text.Text
        The number of each example.
    spot : nbhelpers.plots.kit.curve_point.CurvePoint
        The example that is described.
    words : matplotlib.text.Text
    moving : list of matplotlib.artist.Artist
        What `update` sets, in the order in which it is drawn.
    """

    def __init__(self, ax, count):
        self.ax = ax
        ax.set_xlim(-0.03, 1.03)
        looks = [{"color": PALETTE[hue], "ls": dash} for hue, dash in zip(_HUES, _DASHES, strict=True)]
        self.curves = [ax.plot([], [], lw=2.4, zorder=2.5, **look)[0] for look in looks]
        self._names = [_add_name(ax, *place) for place in zip(_HUES, ("left", "right"), strict=True)]
        self.marks = [_add_marks(ax, *look) for look in zip(_HUES, "os", strict=True)]
        self.numbers = [_add_number(ax, 5) for _ in range(count)]
        self.spot = draw_curve_point(ax, 0, 0, size=16)
        self._number = _add_number(ax, 7)
        self.words = add_words(ax)
        guides, tangent, spot = self.spot.moving
        self.moving = [guides, tangent, *self.marks, *self.numbers, spot, self._number, self.words]

    def set_curves(self, heading, y_hat, losses, names, top):
        """Show other curves, up to the height `top`: an array over `y_hat` and a name for each."""
        self.ax.set_ylim(0, top)
        set_heading(self.ax, heading)
        for curve, name in zip(self.curves, self._names, strict=True):
            curve.set_data([], [])
            name.set_text("")
        for k, (loss, name) in enumerate(zip(losses, names, strict=True)):
            self.curves[k].set_data(y_hat, loss)
            at = _NAMED_AT[k]
            self._names[k].set(text=name, x=at, y=np.interp(at, y_hat, loss))

    def place(self, i):
        """Return where the point of an example is shown, (x, y) in data coordinates."""
        number = self._number if i == self._chosen else self.numbers[i]
        return tuple(map(float, number.get_position()))

    def update(self, y_hat, losses, on_curve, chosen, slope, words):
        """Show other examples: where each stands and on which curve, and the tangent at the one that is chosen."""
        shown, self._chosen = within(self.ax, losses), chosen
        is_other = np.arange(len(losses)) != chosen
        for k, mark in enumerate(self.marks):
            is_here = is_other & (np.asarray(on_curve) == k)
            mark.set_data(y_hat[is_here], shown[is_here])
        for i, number in enumerate(self.numbers):
            number.set(x=y_hat[i], y=shown[i], text="" if i == chosen else str(i + 1))
        self.spot.update(y_hat[chosen], losses[chosen], slope)
        self._number.set(x=y_hat[chosen], y=shown[chosen], text=str(chosen + 1))
        self.words.set_text(words)


class LossPanels:
    """The artists of all panels.

    Attributes
    ----------
    curves, curves_of_classes : LossCurves
        For a single prediction, and, narrower, for a prediction per class; one of them is shown.
    probabilities : nbhelpers.plots.kit.bars.Bars
        Of the classes; shown with `curves_of_classes`.
    losses : nbhelpers.plots.kit.bars.Bars
        L of each example.
    mean : nbhelpers.plots.kit.bars.LevelLine
        J.
    words, below : list of matplotlib.text.Text
        A line above each panel of bars (classes, examples), and what stands below the bar of each example.
    moving : list of matplotlib.artist.Artist
    """

    def __init__(self, figure, count, classes):
        room = {"bottom": _BOTTOM}
        self.curves = LossCurves(
            add_panel(figure, 46, 440, "", "prediction ŷ        black dashes: tangent", **room), count
        )
        narrow = add_panel(figure, 270, 216, "", "ŷ of the true class", **room)
        self.curves_of_classes = LossCurves(narrow, count)
        self._classes = add_panel(figure, 46, 164, "probabilities ŷ", **room)
        self.probabilities = Bars(self._classes, [f"{j + 1}" for j in range(classes)], 0, 1.15)
        self._classes.set_xlabel("class")
        self._bars = add_panel(figure, 550, 346, "all examples, and their mean J", **room)
        self.losses = Bars(self._bars, [f"{i + 1}" for i in range(count)], 0, 1)
        self.mean = LevelLine(self._bars)
        self.words = [add_words(self._classes), add_words(self._bars)]
        self.below = [_add_below(self._bars, i) for i in range(count)]
        self._heads = [_add_head(self._bars, down) for down in _HEADS]
        self._of_classes = [*self.curves_of_classes.moving, *self.probabilities.moving, self.words[0]]
        self.moving = [*self.curves.moving, *self._of_classes, *self.losses.moving, *self.mean.moving]
        self.moving += [self.words[1], *self.below, *self._heads]

    def set_loss(self, heading, y_hat, losses, names, top, with_classes):
        """Show the curves of another loss. What stays has to be drawn anew.

        Parameters
        ----------
        heading : str
            Of the curves.
        y_hat : numpy.ndarray
            The predictions over which the curves are given.
        losses : list of numpy.ndarray
            L along each curve.
        names : list of str
            What each curve is for.
        top : float
            The largest L of the panels.
        with_classes : bool
            Whether the panel of the classes is shown.
        """
        shown = self.curves_of_classes if with_classes else self.curves
        shown.set_curves(heading, y_hat, losses, names, top)
        self._bars.set_ylim(0, top)
        _show([self.curves.ax, *self.curves.moving], not with_classes)
        _show([self.curves_of_classes.ax, self._classes, *self._of_classes], with_classes)

    def update(self, y_hat, losses, J, on_curve, chosen, slope, words, below):
        """Show other examples.

        Parameters
        ----------
        y_hat, losses : numpy.ndarray, shape (count,)
            Where on its curve each example stands, and what it costs.
        J : float
        on_curve : sequence of int
            The curve of each example, counted from 0.
        chosen : int
            The example that is described, counted from 0.
        slope : float
            Of the curve, at the chosen example.
        words : tuple of str
            A line for the curve, a line for the bars, and the number J.
        below : dict of str to sequence of str
            Two lines of a table below the bars: what they are about, and what stands below the bar of each example.
        """
        shown = self.curves if self.curves.ax.get_visible() else self.curves_of_classes
        shown.update(y_hat, losses, on_curve, chosen, slope, words[0])
        self.losses.update(losses, [_HUES[k] for k in on_curve], [chosen])
        self.mean.update(J, f"J = {words[2]}")
        self.words[1].set_text(words[1])
        for text, lines in zip(self.below, zip(*below.values(), strict=True), strict=True):
            text.set_text("\n".join(lines))
        for head, text in zip(self._heads, ("example", "\n".join(below)), strict=True):
            head.set_text(text)

    def update_classes(self, probabilities, true, words):
        """Show the probabilities of the example that is chosen, with the true class marked, and a line of words."""
        self.probabilities.update(probabilities, marked=[true])
        self.words[0].set_text(words)


def _show(artists, is_shown):
    for artist in artists:
        artist.set_visible(is_shown)


def _add_name(ax, hue, side):
    right = 9 if side == "left" else -9
    look = {"color": PALETTE[hue], "weight": "bold", "ha": side, "va": "bottom", "size": points(12.5)}
    return ax.text(0, 0, "", transform=shifted(ax.transData, ax.figure, right, 4), zorder=2.6, **look)


def _add_marks(ax, hue, shape):
    look = {"mfc": PALETTE["ground"], "mec": PALETTE[hue], "mew": 1.6, "markersize": 13}
    return ax.plot([], [], ls="none", marker=shape, clip_on=False, zorder=4.5, **look)[0]


def _add_number(ax, level):
    return add_quick_text(ax, 0, 0, ha="center", size=points(11), color=PALETTE["ink"], zorder=level)


def _add_below(ax, i):
    place = {"transform": shifted(ax.get_xaxis_transform(), ax.figure, 0, _HEADS[1]), "size": points(11)}
    return add_quick_text(ax, i + 1, 0, ha="center", color=PALETTE["ink"], zorder=6, **place)


def _add_head(ax, down):
    """What a line of the table is about, at the left of the panel."""
    place = {"transform": shifted(ax.transAxes, ax.figure, -8, down), "size": points(11)}
    return add_quick_text(ax, 0, 0, ha="right", color=PALETTE["ink"], zorder=6, **place)
