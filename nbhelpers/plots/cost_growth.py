"""How the cost of an epoch grows with each of several sizes: counted as lines, measured as squares.

Scales are logarithmic. Both go over the same number of decades, and meet at the setting that all panels have in
common. So a square lies on its line where the time is in proportion to the count, and above it where something else
takes time as well.
"""

import numpy as np

from nbhelpers.numbers_as_text import duration
from nbhelpers.plots.kit.panel import add_panel, add_words, points
from nbhelpers.plots.style import PALETTE

SIZE = (1000, 330)  # of the figure that four panels need, in CSS pixels
_LEFT, _WIDTH, _STEP = 66, 186, 218
_HEADINGS = {"width": "width", "depth": "depth", "d": "examples d", "batch_size": "batch size"}
_XLABELS = {
    "width": "units of a hidden layer",
    "depth": "hidden layers",
    "d": "d",
    "batch_size": "examples of an update",
}
_TWICE = {"width": "twice the width", "depth": "twice the layers", "d": "twice the d", "batch_size": "twice the batch"}
_TIMES = 10.0 ** np.arange(-6, 5)


class CostGrowth:
    """The artists of the panels; made by `draw_cost_growth`.

    Attributes
    ----------
    axes : list of matplotlib.axes.Axes
    lines : list of matplotlib.lines.Line2D
        Counts over the size that changes, one per panel.
    common : list of matplotlib.lines.Line2D
        The setting that all panels have in common, on each line.
    squares : list of matplotlib.lines.Line2D
        Measured times, on axes of their own; empty if there are none.
    words : list of matplotlib.text.Text
        A line per panel.
    """

    def __init__(self, axes):
        self.axes, self.squares = axes, []
        look = {"color": PALETTE["first"], "ls": "-", "lw": points(2.4), "zorder": 3}
        self.lines = [ax.plot([], [], **look)[0] for ax in axes]
        look = {"marker": "o", "ms": points(14), "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "mew": 1.1}
        self.common = [ax.plot([], [], ls="none", zorder=5, **look)[0] for ax in axes]
        self.words = [add_words(ax, "neutral") for ax in axes]

    def show_counts(self, k, sweep, counts, place):
        """Show the counts of panel `k`, with a mark at one of its places."""
        self.lines[k].set_data(sweep.values, counts)
        self.common[k].set_data([sweep.values[place]], [counts[place]])
        self.words[k].set_text(_doubling(sweep, counts))


def draw_cost_growth(figure, sweeps, counts, times=None):
    """Draw a panel per sweep into an empty figure of the size `SIZE`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    sweeps : list of nbhelpers.experiments.epoch_cost.Sweep
        At most four.
    counts : list of list of int
        Multiply-adds of an epoch, for each sweep.
    times : list of list of float, optional
        Seconds of an epoch, for each sweep.

    Returns
    -------
    CostGrowth
    """
    limits, at = _limits(np.concatenate(counts)), common_setting(sweeps)
    growth = CostGrowth([_add_axes(figure, k, sweep, limits) for k, sweep in enumerate(sweeps)])
    places = [sweep.settings.index(at) for sweep in sweeps]
    for k, sweep in enumerate(sweeps):
        growth.show_counts(k, sweep, counts[k], places[k])
    growth.axes[0].set_ylabel("multiply-adds per epoch", size=points(12))
    if times:
        seconds = times[0][places[0]] / counts[0][places[0]]  # for a multiply-add, at the common setting
        twins = [_add_time_axis(ax, [seconds * limit for limit in limits], ax is growth.axes[-1]) for ax in growth.axes]
        growth.squares = [_squares(*row) for row in zip(twins, sweeps, times, strict=True)]
    return growth


def common_setting(sweeps):
    """Return the setting that is part of every sweep."""
    return next(one for one in sweeps[0].settings if all(one in sweep.settings for sweep in sweeps))


def growth_in_words(sweeps, counts, times=None):
    """Return what the picture shows, as its alternative text: the least and the largest of each panel."""
    texts = [_sweep_in_words(*pair) for pair in zip(sweeps, counts, strict=True)]
    measured = f" {_times_in_words(sweeps, times)}" if times else ""
    return f"Multiply-adds of an epoch on logarithmic scales. {' '.join(texts)}{measured}"


def _sweep_in_words(sweep, count):
    ends = sweep.values[0], sweep.values[-1]
    name = _HEADINGS[sweep.name].capitalize()
    return f"{name} from {ends[0]} to {ends[1]}: from {count[0]:.2g} to {count[-1]:.2g}, {_doubling(sweep, count)}."


def _times_in_words(sweeps, times):
    ends = (
        f"{_HEADINGS[sweep.name]} {duration(time[0])} to {duration(time[-1])}"
        for sweep, time in zip(sweeps, times, strict=True)
    )
    return f"Measured, from the left to the right end: {', '.join(ends)}."


def _add_axes(figure, k, sweep, limits):
    ax = add_panel(figure, _LEFT + k * _STEP, _WIDTH, _HEADINGS[sweep.name], _XLABELS[sweep.name], top=58)
    values = sweep.values
    ax.set(xscale="log", yscale="log", xlim=(values[0] / 1.5, values[-1] * 1.5), ylim=limits)
    ax.set_xticks(values[::2], [f"{value}" for value in values[::2]])
    ax.minorticks_off()
    ax.tick_params(axis="y", labelleft=k == 0)
    return ax


def _add_time_axis(ax, limits, is_written):
    """A scale of its own at the right, of which only the last one is written."""
    twin = ax.twinx()
    twin.set(yscale="log", ylim=limits, autoscale_on=False)
    shown = [time for time in _TIMES if limits[0] <= time <= limits[1]]
    twin.set_yticks(shown, [f"{duration(time).replace('.00', '').replace('.0', '')}" for time in shown])
    twin.minorticks_off()
    twin.tick_params(length=3 if is_written else 0, labelsize=points(11), labelright=is_written)
    twin.spines["right"].set_visible(is_written)
    twin.set_ylabel("measured time per epoch (squares)" if is_written else "", size=points(12))
    return twin


def _squares(twin, sweep, times):
    look = {"marker": "s", "ms": points(8), "mfc": PALETTE["negative"], "mec": PALETTE["ink"], "mew": 0.8}
    return twin.plot(sweep.values, times, ls="none", clip_on=False, zorder=6, **look)[0]


def _limits(counts):
    return float(min(counts)) / 4, float(max(counts)) * 4


def _doubling(sweep, counts):
    return f"{_TWICE[sweep.name]}: {counts[-1] / counts[-2]:.1f} × the work"
