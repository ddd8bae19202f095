"""The plane of the playground: what the network says of each place, or what a unit gives there, and the points."""

import numpy as np

from nbhelpers.plots.decision_regions import add_key, draw_decision_regions, two_hues
from nbhelpers.plots.kit.panel import points, set_heading
from nbhelpers.plots.style import PALETTE

_TWO = ("negative", "positive")  # class 0 and class 1, as units and weights below 0 and above it
CLASSES = ("first", "second", "third", "fourth", "fifth")
_LEAST_HALF, _LEAP = 2.8, 0.6  # of the side of the plane, and by how much it grows


class Plane:
    """The artists of the plane.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    regions : nbhelpers.plots.decision_regions.DecisionRegions
    heights : list of matplotlib.collections.PathCollection
        The points of a regression: those trained on above 0 and below it, then those held out. Their color is y.
    """

    def __init__(self, ax):
        ax.grid(visible=False)
        none = np.zeros((2, 0)), np.zeros(0, dtype=int)
        self.ax, self._shown = ax, None
        self.regions = draw_decision_regions(ax, *none, limits=(-1, 1, -1, 1))
        self.heights = [_heights(ax, marker, zorder) for zorder in (4, 5) for marker in ("o", "v")]
        self.moving = [*self.regions.moving[:2], *self.heights, *self.regions.moving[2:]]

    @property
    def grid(self):
        """The places at which `show` wants numbers, shape (2, side²)."""
        return self.regions.grid

    def show_examples(self, training, held_out, is_held_out_seen):
        """Show other points, two of `nbhelpers.datasets.Dataset`; return whether the background has changed."""
        classes = training.classes
        seen = held_out if is_held_out_seen else None
        parts = [_classes(training), _classes(seen)]
        self.regions.show_examples(*parts, max(2, len(classes)), _TWO if len(classes) < 3 else CLASSES)
        self.limit = float(np.abs(training.Y).max()) or 1.0
        self._show_heights(training, seen)
        half = _half(training.X, held_out.X)
        before, self._shown = self._shown, (classes, half, is_held_out_seen)
        if self._shown == before:
            return False
        self.regions.show_limits(-half, half, -half, half)
        self._show_key(classes, is_held_out_seen)
        return True

    def show_heading(self, heading):
        """Say above the plane what is shown there; return whether that is new."""
        if self.ax.get_title("left") == heading:
            return False
        set_heading(self.ax, heading)
        return True

    def _show_key(self, classes, is_held_out_seen):
        if classes:
            add_key(self.regions, classes, "validation")
        else:
            kinds = self.heights[:3:2] if is_held_out_seen else self.heights[:1]
            words = ["y (▾ below 0)", "validation"][: len(kinds)]
            look = {"borderpad": 0, "borderaxespad": 0.5, "handletextpad": 0.2, "columnspacing": 0.8, "ncols": 2}
            self.ax.legend(kinds, words, loc="lower left", bbox_to_anchor=(0, 1), fontsize=points(11), **look)

    def _show_heights(self, *parts):
        for k, artist in enumerate(self.heights):
            data = parts[k // 2]
            if data is None or data.classes:
                artist.set_offsets(np.empty((0, 2)))
                continue
            y = data.Y[0]
            is_mine = (y < 0) == bool(k % 2)
            colors = two_hues(y[is_mine] / self.limit, 1.0)
            artist.set_offsets(data.X[:, is_mine].T)
            artist.set_facecolor(colors if k < 2 else PALETTE["ground"])
            artist.set_edgecolor(PALETTE["ink"] if k < 2 else 0.7 * colors)

    def show_output(self, Y_hat, is_rounded):
        """Show what the network says of each place of `grid`; None leaves the plane empty."""
        if Y_hat is None:
            self.regions.clear()
        elif not self._shown[0]:
            self.show_field(Y_hat[0] / self.limit, Y_hat[0], is_rounded)
        else:
            self.regions.update(_rounded(Y_hat) if is_rounded else Y_hat)

    def show_field(self, shares, zero, is_rounded):
        """Show a number from −1 to 1 at each place of `grid`, or its sign, and the line on which another one is 0."""
        self.regions.show_field(np.sign(shares) if is_rounded else shares, zero)


def _heights(ax, marker, zorder):
    look = {"s": points(7) ** 2, "linewidths": points(0.8 if zorder == 4 else 1.9)}
    return ax.scatter([], [], marker=marker, zorder=zorder, **look)


def _classes(data):
    if data is None or not data.classes:
        return np.empty((2, 0)), np.empty(0, dtype=int)
    return data.X, data.labels


def _rounded(Y_hat):
    if len(Y_hat) == 1:
        return np.round(Y_hat)
    return (Y_hat == Y_hat.max(axis=0)).astype(float)


def _half(*parts):
    """Half the side of a square around 0 in which all points lie."""
    farthest = 1.03 * max(abs(X).max() for X in parts)
    return _LEAST_HALF + _LEAP * max(0, int(np.ceil((farthest - _LEAST_HALF) / _LEAP)))
