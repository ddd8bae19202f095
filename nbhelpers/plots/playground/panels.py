"""A training on points of the plane, seen at one step: decision regions, costs up to now, and two bars per layer.

The scales of the costs grow in leaps, so that the curves can be followed.
"""

import numpy as np

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.decision_regions import add_key, draw_decision_regions
from nbhelpers.plots.kit.bars import HorizontalBars
from nbhelpers.plots.kit.panel import add_panel, points, set_heading, shifted
from nbhelpers.plots.kit.ticks import MovingTicks
from nbhelpers.plots.style import PALETTE
from nbhelpers.plots.training_curves import cost_range, draw_training_curves

SIZE = (996, 416)  # of the figure, in CSS pixels
_TOP, _BOTTOM = 64, 46
_MOST_LAYERS = 5
_MUCH = 0.1  # of the values of a layer saturated: worth a word
_GRADIENTS, _ACTIVATIONS = (1e-6, 10), (-2, 2)  # the ranges of the bars
_LEAPS = (1, 1.5, 2, 3, 5, 7, 10)  # ends of scales, times a power of ten
_LEAST_EPOCHS, _LEAST_COST = 10, 0.5
_LEAST_HALF, _LEAP = 2.8, 0.6  # of the side of the regions, and by how much it grows


class PlaygroundPanels:
    """The artists of the four panels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    regions : nbhelpers.plots.decision_regions.DecisionRegions
    curves : nbhelpers.plots.training_curves.TrainingCurves
    ticks : nbhelpers.plots.kit.ticks.MovingTicks
        Of the curves.
    ends : matplotlib.lines.Line2D
        A dot at the end of the training cost and of the validation cost, where these are in the picture.
    gradients, activations : nbhelpers.plots.kit.bars.HorizontalBars
    """

    def __init__(self, figure):
        self._scales, self._names = None, None
        self.regions = _regions(add_panel(figure, 44, 306, "what the network says", top=_TOP, bottom=_BOTTOM))
        self.curves = draw_training_curves(add_panel(figure, 412, 236, "", top=_TOP, bottom=_BOTTOM), 10, 0, 1)
        self.ticks, self.ends = MovingTicks(self.curves.ax), _end_marks(self.curves.ax)
        upper = _bar_panel(figure, "size of the gradient ∂J/∂W", top=_TOP - 20, bottom=230)
        lower = _bar_panel(figure, "activations: mean ± spread", top=250, bottom=_BOTTOM - 20)
        self.gradients = HorizontalBars(upper, _MOST_LAYERS, *_GRADIENTS, "log")
        self.activations = HorizontalBars(lower, _MOST_LAYERS, *_ACTIVATIONS)
        upper.set_xticks([1e-6, 1e-3, 1])
        lower.set_xticks([-2, -1, 0, 1, 2])
        set_heading(self.curves.ax, "cost")
        parts = self.regions, self.ticks, self.curves, self.gradients, self.activations
        self.moving = [self.ends, *(artist for part in parts for artist in part.moving)]

    @property
    def grid(self):
        """The places of the plane at which `update` wants the predictions, shape (2, places)."""
        return self.regions.grid

    def show_examples(self, training, held_out):
        """Show other examples, two of `nbhelpers.datasets.Dataset`; return whether the background has changed."""
        parts = [(data.X, data.labels) for data in (training, held_out)]
        self.regions.show_examples(*parts, len(training.classes))
        half = _half(training.X, held_out.X)
        before, self._names = self._names, (training.classes, half)
        if self._names == before:
            return False
        self.regions.show_limits(-half, half, -half, half)
        add_key(self.regions, training.classes, "hollow: validation")
        return True

    def update(self, Y_hat, epochs, costs, best_epoch, layers):
        """Show another step.

        Parameters
        ----------
        Y_hat : numpy.ndarray or None
            The predictions at `grid`; None leaves the regions empty.
        epochs : list of float
            Of the records.
        costs : tuple of list of float
            At the records: on the training examples, on those held out, and the penalty or None.
        best_epoch : float or None
            See `TrainingCurves.update`.
        layers : nbhelpers.training.Record
            What was measured last.
        """
        self._show_scales(epochs, [cost for cost in costs if cost is not None])
        self.curves.update(epochs, *costs, best_epoch)
        inside = [cost[-1] for cost in costs[:2] if cost[-1] <= self._scales[1]]
        self.ends.set_data([epochs[-1]] * len(inside), inside)
        self._show_layers(layers)
        if Y_hat is None:
            self.regions.clear()
        else:
            self.regions.update(Y_hat)

    def _show_scales(self, epochs, costs):
        _, high = cost_range(*map(np.asarray, costs))
        scales = leap(max(epochs[-1], _LEAST_EPOCHS)), leap(max(high, _LEAST_COST))
        if scales != self._scales:
            self._scales = scales
            self.curves.show_range(scales[0], 0, scales[1])
            self.ticks.update()

    def _show_layers(self, record):
        L = len(record.gradient_norm)
        names = [*(f"layer {l}" for l in range(1, L)), "output"]
        sizes = record.gradient_norm
        self.gradients.update(names, [_GRADIENTS[0]] * L, sizes, [short(size) for size in sizes])
        mean, spread = np.array(record.activation_mean), np.array(record.activation_spread)
        words = [_note(*each) for each in zip(record.dead, record.saturated, mean, spread, strict=True)]
        self.activations.update(names, mean - spread, mean + spread, words, marks=mean)


def leap(number):
    """Return the next larger end of a scale.

    Examples
    --------
    >>> leap(10), leap(0.72), leap(201)
    (10.0, 1.0, 300.0)
    """
    power = 10.0 ** np.floor(np.log10(number))
    return next(float(f"{step * power:.3g}") for step in _LEAPS if step * power >= number * (1 - 1e-9))


def _end_marks(ax):
    ax.xaxis.labelpad = points(22)  # below the numbers, which move
    return ax.plot([], [], ls="none", marker="o", ms=points(6), color=PALETTE["ink"], zorder=6, clip_on=False)[0]


def _bar_panel(figure, heading, top, bottom):
    ax = add_panel(figure, 778, 106, "", top=top, bottom=bottom)
    left = shifted(ax.transAxes, figure, -52, 10)  # where the names of the layers begin
    ax.text(0, 1, heading, transform=left, size=points(13), weight="bold")
    return ax


def _regions(ax):
    ax.grid(visible=False)
    none = np.zeros((2, 0)), np.zeros(0, dtype=int)
    return draw_decision_regions(ax, *none, limits=(-1, 1, -1, 1))


def _half(*parts):
    """Half the side of a square around 0 in which all examples lie."""
    farthest = 1.03 * max(abs(X).max() for X in parts)
    return _LEAST_HALF + _LEAP * max(0, int(np.ceil((farthest - _LEAST_HALF) / _LEAP)))


def _note(dead, saturated, mean, spread):
    """Beside a bar of activations: what is wrong there, or else the numbers."""
    if dead:
        return f"{dead:.0%} dead"
    if saturated >= _MUCH:
        return f"{saturated:.0%} saturated"
    return f"{_two_decimals(mean)} ± {_two_decimals(spread)}"


def _two_decimals(value):
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−") if abs(value) < 100 else short(value, 2)
