"""What a network says about every place of the plane: regions in the classes' colors, their boundary, and the examples.

The color of a place is that of the class with the largest probability, the paler the nearer the second largest is: on
the boundary nothing is left of it. A class has a marker of its own; held-out examples are hollow. The network is asked
by the caller, at the places of `DecisionRegions.grid`; this file only draws.
"""

import numpy as np
from matplotlib.colors import to_rgb

from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.kit.regions import SmoothImage, as_line, zero_segments
from nbhelpers.plots.style import PALETTE

_HUES = ("first", "second", "third", "fourth", "fifth")
_MARKERS = ("o", "s", "^", "D", "v")
_SIZES = (6.5, 6, 7.5, 5.5, 7.5)  # CSS pixels: so they look equally large
_STRENGTH = 0.45  # of the color where a class is certain
_LEAST = 1e-12  # probability that is told from 0
_DIGITS = 9  # of a lead: what is less is the noise of floats, which would be full of boundaries
_MARGIN = 0.08  # of the range of the examples, around them


class DecisionRegions:
    """The artists of the regions and the examples; made by `draw_decision_regions`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` and `show_examples` set.
    image : nbhelpers.plots.kit.regions.SmoothImage
        The regions.
    boundary : matplotlib.lines.Line2D
        Where two classes are equally probable: for two classes where the probability is 0.5.
    training, held_out : list of matplotlib.lines.Line2D
        The examples, a line of markers per class; a class without examples has an empty one.
    grid : numpy.ndarray, shape (2, side²)
        The places at which `update` wants the predictions, as an X for ``network.predict``.
    """

    def __init__(self, ax, side):
        self.ax, self._side, self._hues = ax, side, _HUES
        put_frame_behind(ax)
        self.image = SmoothImage(ax, side, zorder=1)
        look = {"color": PALETTE["ink"], "lw": points(2), "ls": "-", "zorder": 2, "solid_capstyle": "round"}
        (self.boundary,) = ax.plot([], [], **look)
        self.training = [_marks(ax, k, PALETTE[_HUES[k]], PALETTE["ink"], 0.7, zorder=4) for k in range(len(_HUES))]
        self.held_out = [_marks(ax, k, PALETTE["ground"], PALETTE[_HUES[k]], 1.9, zorder=5) for k in range(len(_HUES))]
        self.moving = [self.image, self.boundary, *self.training, *self.held_out]

    def show_examples(self, training, held_out, classes, hues=_HUES):
        """Show other examples; limits and grid stay, see `show_limits`.

        Parameters
        ----------
        training, held_out : tuple
            X, shape (2, d), and the class numbers, shape (d,).
        classes : int
            How many there are.
        hues : sequence of str
            Their colors, by name in the palette.
        """
        self._classes, self._hues = classes, hues
        for hue, filled, hollow in zip(hues, self.training, self.held_out, strict=False):
            filled.set_markerfacecolor(PALETTE[hue])
            hollow.set_markeredgecolor(PALETTE[hue])
        for lines, (X, labels) in ((self.training, training), (self.held_out, held_out)):
            for k, line in enumerate(lines):
                line.set_data(*X[:, labels == k])

    def show_limits(self, left, right, low, high):
        """Show another part of the plane; the background has to be redrawn after it, and `update` called."""
        self.ax.set(xlim=(left, right), ylim=(low, high), autoscale_on=False)
        self.image.fit()
        self._across, self._up = np.linspace(left, right, self._side), np.linspace(low, high, self._side)
        self.grid = np.stack(np.meshgrid(self._across, self._up)).reshape(2, -1)

    def update(self, Y_hat):
        """Show what a network predicts at the places of `grid`.

        Parameters
        ----------
        Y_hat : array_like, shape (1, side²) or (m, side²)
            The probability of class 1, or of each of m classes.

        Raises
        ------
        ValueError
            If there are not as many predictions as places, or not as many rows as classes.
        """
        P = self._probabilities(np.asarray(Y_hat, dtype=float)).reshape(self._classes, self._side, self._side)
        self.image.show_colors(_colors(P, self._hues))
        pieces = [zero_segments(self._across, self._up, lead) for lead in _leads(P)]
        self.boundary.set_data(*as_line(np.concatenate(pieces)))

    def show_field(self, shares, zero):
        """Show a number that each place has, and the line on which another one is 0.

        Parameters
        ----------
        shares : array_like, shape (side²,)
            From −1 (orange) to 1 (blue) at the places of `grid`.
        zero : array_like, shape (side²,)
        """
        self.image.show_colors(two_hues(shares).reshape(self._side, self._side, 3))
        pieces = zero_segments(self._across, self._up, np.reshape(zero, (self._side, self._side)))
        self.boundary.set_data(*as_line(pieces))

    def clear(self):
        """Show no regions and no boundary."""
        self.image.show_colors(np.ones((self._side, self._side, 3)))
        self.boundary.set_data([], [])

    def _probabilities(self, Y_hat):
        rows = 1 if self._classes == 2 and Y_hat.shape[0] == 1 else self._classes
        if Y_hat.shape != (rows, self._side**2):
            raise ValueError(f"the predictions are {Y_hat.shape}, expected ({rows}, {self._side**2}): one per place")
        return Y_hat if rows > 1 else np.concatenate([1 - Y_hat, Y_hat])


def draw_decision_regions(ax, X, labels=None, *, held_out=None, classes=None, limits=None, predict=None, side=60):
    """Draw examples in the plane, and behind them what a network says of every place, and return the `DecisionRegions`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    X : Dataset or array_like, shape (2, d)
        The examples that are trained on. A `nbhelpers.datasets.Dataset` brings its labels and the names of its classes.
    labels : array_like of int, shape (d,), optional
        The class of each example, from 0; needed with an array. A row of Y with 0 and 1 will do.
    held_out : Dataset or tuple of X and labels, optional
        Examples that are not trained on; drawn hollow.
    classes : sequence of str, optional
        The names of the classes, for the key above the axes; at most 5.
    limits : tuple of float, optional
        Left, right, low and high end of the axes. By default all examples are inside.
    predict : callable, optional
        ``predict(grid)`` gives the predictions at once, for a picture that does not move: ``network.predict``. Without
        it there are no regions until `DecisionRegions.update` is called.
    side : int
        Places of the grid, in both directions.

    Returns
    -------
    DecisionRegions

    Raises
    ------
    ValueError
        If X has not two rows, if labels do not fit X, or if there are too many classes.

    Examples
    --------
    >>> from nbhelpers import Network, datasets, style
    >>> training, held_out = datasets.moons(200, noise=0.2, rng=0).split(rng=0)
    >>> network = Network.initialize([2, 8, 1], ["tanh", "sigmoid"], "binary_cross_entropy", rng=0)
    >>> ax = style.new_figure(400, 400).add_subplot()
    >>> regions = draw_decision_regions(ax, training, held_out=held_out, predict=network.predict)
    >>> regions.grid.shape
    (2, 3600)
    """
    names = list(classes or getattr(X, "classes", ()))
    training, held_out = _examples(X, labels), _examples(held_out) if held_out is not None else _NONE
    number = max(2, len(names), *(1 + part[1].max(initial=0) for part in (training, held_out)))
    if number > len(_HUES):
        raise ValueError(f"there are {number} classes; at most {len(_HUES)} can be told apart by marker and color")
    regions = DecisionRegions(ax, side)
    regions.show_examples(training, held_out, number)
    regions.show_limits(*(limits or limits_around(training[0], held_out[0])))
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    add_key(regions, names or [f"class {k}" for k in range(number)])
    if predict is not None:
        regions.update(predict(regions.grid))
    return regions


def limits_around(*parts):
    """Return left, right, low and high end of axes with some room around all examples, each part of shape (2, d)."""
    X = np.concatenate(parts, axis=1)
    low, high = X.min(axis=1), X.max(axis=1)
    room = _MARGIN * np.maximum(high - low, 1e-9)
    return tuple(float(end) for ends in zip(low - room, high + room, strict=True) for end in ends)


def add_key(regions, names, hollow="hollow: held out"):
    """Say above the axes which marker is which class, and what it means that some are hollow."""
    handles, words = regions.training[: len(names)], list(names)
    if any(line.get_xdata().size for line in regions.held_out):
        handles, words = [*handles, regions.held_out[0]], [*words, hollow]
    look = {
        "ncols": len(words),
        "borderpad": 0,
        "borderaxespad": 0.5,
        "handlelength": 0.9,
        "handletextpad": 0.5,
        "columnspacing": 0.9,
    }
    regions.ax.legend(handles, words, loc="lower left", bbox_to_anchor=(0, 1), fontsize=points(11.5), **look)


_NONE = np.empty((2, 0)), np.empty(0, dtype=int)


def _examples(X, labels=None):
    """Take examples from a dataset, a pair, or an X with its labels: X and the class numbers."""
    X, labels = (X.X, X.labels) if hasattr(X, "labels") else X if isinstance(X, tuple) else (X, labels)
    if labels is None:
        raise ValueError("the examples have no class: draw_decision_regions needs labels, one per example")
    X, labels = np.asarray(X, dtype=float), np.ravel(labels).astype(int)
    if X.ndim != 2 or X.shape[0] != 2:
        raise ValueError(f"X is {X.shape}; decision regions need two features: X with two rows, a column per example")
    if labels.size != X.shape[1]:
        raise ValueError(f"X is {X.shape}, but there are {labels.size} labels: one is needed per column")
    return X, labels


def put_frame_behind(ax):
    """The regions reach over the inner half of the frame, as they do where they are drawn last."""
    ax.set_axisbelow(True)
    for spine in ax.spines.values():
        spine.set_zorder(0.5)


def _marks(ax, k, face, edge, width, zorder):
    look = {"markerfacecolor": face, "markeredgecolor": edge, "markeredgewidth": points(width), "zorder": zorder}
    return ax.plot([], [], ls="none", marker=_MARKERS[k], markersize=points(_SIZES[k]), **look)[0]


def _leads(P):
    """By how much each class is ahead of the best other one; in logarithms, which run straighter from place to place.

    For two classes one is enough.
    """
    logs = np.log(np.clip(P, _LEAST, None))
    leads = [logs[k] - np.delete(logs, k, axis=0).max(axis=0) for k in range(len(P) if len(P) > 2 else 1)]
    return np.round(leads, _DIGITS)


def two_hues(shares, strength=0.6):
    """Return red, green and blue, shape (…, 3), of numbers from −1, orange, over 0, white, to 1, blue."""
    shares = np.clip(shares, -1, 1)[..., None]
    high, low = (strength * (1 - np.array(to_rgb(PALETTE[name]))) for name in ("positive", "negative"))
    return 1 - np.where(shares > 0, shares * high, -shares * low)


def _colors(P, names):
    """The color of each place, shape (side, side, 3), from the probabilities of the classes, shape (m, side, side)."""
    first, second = np.sort(P, axis=0)[[-1, -2]]
    hues = np.array([to_rgb(PALETTE[name]) for name in names])[P.argmax(axis=0)]
    return 1 - (_STRENGTH * (first - second))[..., None] * (1 - hues)
