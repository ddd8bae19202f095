"""A training on points of the plane, seen at one step: the network, the plane, costs up to now, two bars per layer.

The scales of the costs grow in leaps, so that the curves can be followed.
"""

import numpy as np

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.kit.bars import HorizontalBars
from nbhelpers.plots.kit.panel import add_panel, points, set_heading, shifted
from nbhelpers.plots.kit.ticks import MovingTicks
from nbhelpers.plots.playground.network import NetworkPicture, colors_of, shares
from nbhelpers.plots.playground.plane import CLASSES, Plane
from nbhelpers.plots.style import PALETTE
from nbhelpers.plots.training_curves import cost_range, draw_training_curves
from nbhelpers.training.threads import one_thread

SIZE = (996, 508)  # of the figure, in CSS pixels
NETWORK = (4, 0, 388, 508)  # where the network stands: left, top, width, height
_TOP, _LOWEST = 64, 328  # of the upper row: where it begins, and where it ends
_BARS, _BOTTOM = 406, 26  # the same of the lower row, the end from below
_MOST_LAYERS = 5
_MUCH = 0.1  # of the values of a layer saturated: worth a word
_GRADIENTS, _ACTIVATIONS = (1e-6, 10), (-2, 2)  # the ranges of the bars
_LEAPS = (1, 1.5, 2, 3, 5, 7, 10)  # ends of scales, times a power of ten
_LEAST_EPOCHS, _LEAST_COST = 10, 0.05


class PlaygroundPanels:
    """The artists of the five panels.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    network : nbhelpers.plots.playground.network.NetworkPicture
    plane : nbhelpers.plots.playground.plane.Plane
    curves : nbhelpers.plots.training_curves.TrainingCurves
    ticks : nbhelpers.plots.kit.ticks.MovingTicks
        Of the curves.
    ends : matplotlib.lines.Line2D
        A dot at the end of the training cost and of the validation cost, where these are in the picture.
    gradients, activations : nbhelpers.plots.kit.bars.HorizontalBars
    """

    def __init__(self, figure):
        self._scales = None
        left, top, width, height = NETWORK
        across, up = width / SIZE[0], height / SIZE[1]
        self.network = NetworkPicture(figure.add_axes((left / SIZE[0], 1 - top / SIZE[1] - up, across, up)))
        below = SIZE[1] - _LOWEST
        self.plane = Plane(add_panel(figure, 440, _LOWEST - _TOP, "", top=_TOP, bottom=below))
        cost = add_panel(figure, 756, 160, "", top=_TOP, bottom=below - 2)
        self.curves = draw_training_curves(cost, 10, 0, 1)
        self.ticks, self.ends = MovingTicks(self.curves.ax), _end_marks(self.curves.ax)
        first = _bar_panel(figure, 472, 96, "size of the gradient ∂J/∂W")
        second = _bar_panel(figure, 736, 120, "activations: mean ± spread")
        self.gradients = HorizontalBars(first, _MOST_LAYERS, *_GRADIENTS, "log")
        self.activations = HorizontalBars(second, _MOST_LAYERS, *_ACTIVATIONS)
        first.set_xticks([1e-6, 1e-3, 1])
        second.set_xticks([-2, -1, 0, 1, 2])
        set_heading(self.curves.ax, "cost")
        parts = self.plane, self.ticks, self.curves, self.gradients, self.activations, self.network
        self.moving = [self.ends, *(artist for part in parts for artist in part.moving)]

    @property
    def grid(self):
        """The places of the plane at which fields are wanted, shape (2, places)."""
        return self.plane.grid

    def update(self, epochs, costs, best_epoch, now):
        """Show the costs and the layers of another step.

        Parameters
        ----------
        epochs : list of float
            Of the records.
        costs : tuple of list of float
            At the records: on the training examples, on those held out, and the penalty or None.
        best_epoch : float or None
            See `TrainingCurves.update`.
        now : tuple of float and nbhelpers.training.Record
            The epoch that is shown, and what was measured there.
        """
        epoch, record = now
        self._show_scales(epochs, [cost for cost in costs if cost is not None])
        self.curves.update(epochs, *costs, best_epoch)
        inside = [cost for cost in (record.cost, record.validation_cost) if cost <= self._scales[1]]
        self.ends.set_data([epoch] * len(inside), inside)
        self._show_layers(record)

    def show_units(self, inputs, network, task, unit, mark, is_rounded):
        """Show what each unit gives over the plane, the weights, and one of the units large.

        Parameters
        ----------
        inputs : numpy.ndarray, shape (n, places)
            What the network is given at `grid`.
        network : nbhelpers.Network or None
            None where its numbers are too large: then there are neither thumbnails nor edges.
        task : str
            See `nbhelpers.datasets.Dataset.task`.
        unit : tuple
            The layer of the unit that is looked at, and its number from 0; None for what the network says.
        mark : tuple or None
            See `NetworkPicture.update`.
        is_rounded : bool
        """
        forward = _forward(network, inputs)
        l, j = unit
        ringed = (l, j or 0) if j is not None or task != "classes" else None
        if forward is None:
            self.network.update((), [], ringed, None)
            self.plane.show_output(None, is_rounded)
            return
        limits = [None, *(_limits(layer.activation) for layer in network.layers)]
        if task == "regression":
            limits[-1] = -self.plane.limit, self.plane.limit
        colors = [colors_of(A, ends) for A, ends in zip(forward.A, limits, strict=True)]
        if task == "classes":
            colors[-1] = colors_of(forward.Y_hat, hues=CLASSES)
        self.network.update(network.W, colors, ringed, mark)
        if j is None:
            self.plane.show_output(forward.Y_hat, is_rounded)
        else:
            values = forward.A[l][j : j + 1]
            zero = forward.Z[l][j] if l else values[0]
            self.plane.show_field(shares(values, limits[l])[0], zero, is_rounded)

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


def _forward(network, inputs):
    """The pass over the plane; None where its numbers are too large for a float."""
    try:
        with one_thread():
            return network and network.forward(inputs)
    except OverflowError:
        return None


def _limits(activation):
    """The range of an activation, for its colors; None where it has no end."""
    return activation.range if np.isfinite(activation.range).all() else None


def _end_marks(ax):
    ax.xaxis.labelpad = points(22)  # below the numbers, which move
    return ax.plot([], [], ls="none", marker="o", ms=points(6), color=PALETTE["ink"], zorder=6, clip_on=False)[0]


def _bar_panel(figure, left, width, heading):
    ax = add_panel(figure, left, width, "", top=_BARS, bottom=_BOTTOM)
    left = shifted(ax.transAxes, figure, -52, 10)  # where the names of the layers begin
    ax.text(0, 1, heading, transform=left, size=points(13), weight="bold")
    return ax


def _note(dead, saturated, mean, spread):
    """Beside a bar of activations: what is wrong there, or else the numbers."""
    if dead:
        return f"{dead:.0%} dead"
    if saturated >= _MUCH:
        return f"{saturated:.0%} saturated"
    return f"{_two_decimals(mean)} ± {_two_decimals(spread)}"


def _two_decimals(value):
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−") if abs(value) < 100 else short(value, 2)
