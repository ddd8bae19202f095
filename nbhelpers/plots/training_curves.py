"""How a training went: the costs over the epochs, of one run as curves, or of many runs as bands.

What a line is says its dash and the name at its end, never its color alone: solid is training, dashed validation,
dotted the penalty. In a notebook `draw_history` draws all of a `nbhelpers.training.History`; explorers keep
`TrainingCurves` and move them by `TrainingCurves.update`. The names need about 80 CSS pixels to the right of the axes.
"""

import numpy as np
from matplotlib.patches import Polygon

from nbhelpers.plots.kit.clipping import ClippedCurve
from nbhelpers.plots.kit.direct_labels import DirectLabels
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import points as in_points
from nbhelpers.plots.kit.panel import set_heading, shifted
from nbhelpers.plots.kit.ticks import set_scale
from nbhelpers.plots.style import PALETTE, PRESETS

_CURVES = {  # name: color, dash, width in CSS pixels
    "training": ("first", "-", 2.2),
    "validation": ("negative", (0, (5, 2)), 2.2),
    "penalty": ("neutral", (0, (1, 1.5)), 2.2),
}
_HIGHEST = {"linear": 4, "log": 1e4}  # how many times the first cost the scale goes at most
_LOWEST = 1e-6  # and on a logarithmic scale down to this share of it
_WORDS = 12  # from the panel up to the words about the best epoch, in CSS pixels


class TrainingCurves:
    """The artists of the costs of one run; made by `draw_training_curves` or `draw_history`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    curves : dict of str to nbhelpers.plots.kit.clipping.ClippedCurve
        "training", "validation", "penalty"; where a curve leaves the panel or is not finite, there is an arrow head.
    names : nbhelpers.plots.kit.direct_labels.DirectLabels
        What the curves are called, at their ends.
    best : matplotlib.lines.Line2D
        A diamond where the validation cost is lowest, and a line down from it; empty where no epoch is the best.
    best_words : nbhelpers.plots.kit.fast_text.QuickText
        Which epoch that is, above the panel.
    """

    def __init__(self, ax):
        self.ax = ax
        self.curves = {name: ClippedCurve(ax, **_look(*look), zorder=4) for name, look in _CURVES.items()}
        (self._guide,) = ax.plot([], [], color=PALETTE["ink"], lw=1, ls=(0, (1, 2)), zorder=3)
        look = {"marker": "D", "ms": in_points(9), "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "mew": 1.1}
        (self.best,) = ax.plot([], [], ls="none", clip_on=False, zorder=7, **look)
        above = shifted(ax.get_xaxis_transform(), ax.figure, 0, _WORDS)
        self.best_words = add_quick_text(ax, 0, 1, size=in_points(12), color=PALETTE["ink"], transform=above, zorder=7)
        self.names = DirectLabels(ax, len(_CURVES))
        curves = [artist for curve in self.curves.values() for artist in curve.moving]
        self.moving = [*curves, self._guide, self.best, self.best_words, *self.names.moving]

    def show_range(self, epochs, low, high, scale="linear"):
        """Set the scales: so many epochs, and costs from `low` to `high`; the background has to be redrawn after it."""
        set_scale(self.ax.xaxis, "linear", -0.01 * epochs, epochs)
        set_scale(self.ax.yaxis, scale, low, high)

    def update(self, epochs, training, validation=None, penalty=None, best_epoch=None):
        """Show other costs.

        Parameters
        ----------
        epochs : array_like, shape (k,)
            Rising; whole numbers or not.
        training, validation, penalty : array_like, shape (k,)
            The costs; each but the first may be missing. What is not finite lies beyond the top.
        best_epoch : float, optional
            One of `epochs`; another one is not marked.
        """
        costs = dict(zip(_CURVES, (training, validation, penalty), strict=True))
        for name, curve in self.curves.items():
            curve.update(*(([], []) if costs[name] is None else (epochs, costs[name])))
        ends = zip(*(curve.end for curve in self.curves.values()), strict=True)
        self.names.update(["" if costs[name] is None else name for name in costs], *ends)
        self._show_best(epochs, training if validation is None else validation, best_epoch)

    def _show_best(self, epochs, costs, best_epoch):
        k = np.flatnonzero(np.asarray(epochs) == best_epoch)[:1] if best_epoch is not None else []
        x, y = (np.asarray(values, dtype=float)[k] if len(k) else np.empty(0) for values in (epochs, costs))
        low, high = self.ax.get_ylim()
        y = np.clip(y, low, high)
        self.best.set_data(x, y)
        self._guide.set_data(np.repeat(x, 2), [low, *y] if len(y) else [])
        self.best_words.set_text(f"best: epoch {best_epoch:g}" if len(x) else "")
        self.best_words.set(x=x[0] if len(x) else 0, ha=_side(self.ax, x))


def draw_training_curves(ax, epochs, low, high, scale="linear", heading="cost"):
    """Prepare axes for the costs of one run, and return their `TrainingCurves`, still empty.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    epochs : float
        Where the scale of the epochs ends.
    low, high : float
        The range of the costs, see `cost_range`.
    scale : str
        ``"linear"`` or ``"log"``.
    heading : str
        Stands above the axes, at the left.

    Returns
    -------
    TrainingCurves
    """
    _prepare(ax, heading)
    curves = TrainingCurves(ax)
    curves.show_range(epochs, low, high, scale)
    return curves


def draw_history(ax, history, scale="linear", heading="cost"):
    """Draw the costs of a `nbhelpers.training.History` and return their `TrainingCurves`.

    The penalty is left out where there is none.
    """
    penalty = history.penalty if np.any(history.penalty) else None
    costs = [cost for cost in (history.cost, history.validation_cost, penalty) if cost is not None]
    curves = draw_training_curves(ax, max(history.epochs[-1], 1), *cost_range(*costs, scale=scale), scale, heading)
    curves.update(history.epochs, history.cost, history.validation_cost, penalty, history.best_epoch)
    return curves


def cost_range(*costs, scale="linear"):
    """Return a low and a high end of a scale for these costs.

    What grows far beyond the first cost of all is cut off, so that the rest can be seen; the curve then has an arrow.

    Parameters
    ----------
    costs : array_like, shape (k,)
    scale : str
        ``"linear"``, which begins at 0, or ``"log"``.

    Returns
    -------
    low, high : float
    """
    first = max((cost[0] for cost in costs if np.isfinite(cost[0])), default=1) or 1
    known = np.concatenate([np.ravel(cost) for cost in costs])
    known = known[np.isfinite(known) & (known > 0)]
    high = min(max(known, default=1), _HIGHEST[scale] * first)
    if scale == "linear":
        return 0.0, float(1.06 * high)
    low = max(min(known, default=high), _LOWEST * high)
    return float(min(0.7 * low, 0.5 * high)), float(1.4 * high)


class Band:
    """The artists of a band: what most runs did, and the run in the middle; made by `draw_band`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    area : matplotlib.patches.Polygon
        From `low` to `high`, cut at the border of the panel.
    edges : matplotlib.lines.Line2D
        Its two borders, thin, with the dash of the curve; none where the band has no width.
    curve : nbhelpers.plots.kit.clipping.ClippedCurve
        The middle.
    name : nbhelpers.plots.kit.direct_labels.DirectLabels
        At the right end of the middle; `draw_bands` places the names of several bands.
    """

    def __init__(self, ax, label, number):
        self.ax, self.label = ax, label
        look = SERIES[number % len(SERIES)]
        self.area = ax.add_patch(Polygon(np.empty((0, 2)), color=look["color"], alpha=0.16, lw=0, zorder=2))
        (self.edges,) = ax.plot([], [], lw=in_points(0.9), zorder=3, **look)
        self.curve = ClippedCurve(ax, lw=in_points(2.4), zorder=4 + 0.1 * number, **look)
        self.name = DirectLabels(ax, 1)
        self.moving = [self.area, self.edges, *self.curve.moving, *self.name.moving]

    def update(self, x, middle, low, high):
        """Show another band; all four of shape (k,). What is not finite lies beyond the top."""
        x = np.asarray(x, dtype=float)
        low, high = (_within(self.ax, border) for border in (low, high))
        self.area.set_xy(np.column_stack([np.append(x, x[::-1]), np.append(low, high[::-1])]))
        edges = [np.where(low < high, _inside(self.ax, border), np.nan) for border in (low, high)]
        self.edges.set_data(np.r_[x, np.nan, x], np.r_[edges[0], np.nan, edges[1]])
        self.curve.update(x, middle)
        self.name.update([self.label], *([place] for place in self.curve.end))


def draw_band(ax, x, middle, low, high, label, number=0):
    """Draw a band on axes whose ranges are set, and return its `Band`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    x, middle, low, high : array_like, shape (k,)
        As `nbhelpers.training.band` gives the last three.
    label : str
        Stands at the right end of the middle; ``""`` for none.
    number : int
        0 for the first band, 1 for the second, …: another color and another dash.

    Returns
    -------
    Band
    """
    band = Band(ax, label, number)
    band.update(x, middle, low, high)
    return band


def draw_bands(ax, bands, scale="linear", heading="cost", xlabel="epoch"):
    """Draw several bands over the same scale, with names that do not cover each other.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its ranges are set here.
    bands : dict of str to tuple
        By label: x, middle, low, high, as for `draw_band`.
    scale : str
        Of the costs: ``"linear"`` or ``"log"``.
    heading, xlabel : str

    Returns
    -------
    dict of str to Band
    """
    _prepare(ax, heading, xlabel, above=18)
    borders = [border for x, *_ in bands.values() for border in (x[0], x[-1])]
    set_scale(ax.xaxis, "linear", min(borders), max(borders))
    set_scale(ax.yaxis, scale, *cost_range(*(cost for _, *costs in bands.values() for cost in costs), scale=scale))
    drawn = {label: draw_band(ax, *band, "", k) for k, (label, band) in enumerate(bands.items())}
    ends = zip(*(band.curve.end for band in drawn.values()), strict=True)
    DirectLabels(ax, len(drawn)).update(list(drawn), *ends)
    return drawn


SERIES = tuple(PRESETS["screen"]["axes.prop_cycle"])  # color and linestyle of the first band, the second, …


def _prepare(ax, heading, xlabel="epoch", above=32):
    set_heading(ax, heading, above)
    ax.set(xlabel=xlabel, autoscale_on=False, axisbelow=True)
    ax.grid(axis="y", lw=0.6)


def _look(color, dash, pixels):
    return {"color": PALETTE[color], "ls": dash, "lw": in_points(pixels)}


def _side(ax, x):
    """Words about a place near the left end of the axes run to the right, and the other way round."""
    left, right = ax.get_xlim()
    share = (x[0] - left) / (right - left) if len(x) else 0.5
    return "left" if share < 0.15 else "right" if share > 0.85 else "center"


def _within(ax, values):
    low, high = ax.get_ylim()
    return np.clip(np.nan_to_num(np.asarray(values, dtype=float), nan=high, posinf=high, neginf=low), low, high)


def _inside(ax, values):
    """What lies at the border of the panel is cut there, and has no edge."""
    low, high = ax.get_ylim()
    return np.where((values > low) & (values < high), values, np.nan)
