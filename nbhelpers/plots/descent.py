"""The cost over two parameters as a map with contour lines and the path of gradient descent, and J against the step.

The map: the darker, the lower. Its ground is matplotlib's viridis, perceptually even and safe for color-blind readers,
thinned so that ink is legible. The curve of J is on a logarithmic scale: falling straight, leveling out, jumping, or
leaving through the top. What `show_costs` and `show_range` set stays for long; `update` moves path and curve.
"""

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import ListedColormap

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.kit.clipping import ClippedCurve, first_exit, inside, visible_parts
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import points as in_points
from nbhelpers.plots.kit.panel import shifted
from nbhelpers.plots.kit.ticks import set_scale
from nbhelpers.plots.style import PALETTE

_BANDS = 11
_THINNED = 0.62  # how much of the map's color is left on the white ground
RIVALS = {  # what it is called, hue, dash, marker
    "momentum": ("momentum", "second", (0, (6, 2)), "s"),
    "adam": ("Adam", "third", (0, (4, 1.5, 1, 1.5)), "D"),
}
_KEY_ROW, _KEY_NAME = 18, 88  # CSS pixels: from one line of the key to the next, and for a name
_CASING = {"color": PALETTE["ground"], "solid_capstyle": "round", "solid_joinstyle": "round"}


# --- J after each step ------------------------------------------------------------------------------------------------


class CostHistory:
    """The artists of a cost curve; made by `draw_cost_history`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    curve : nbhelpers.plots.kit.clipping.ClippedCurve
        What of the curve lies in the picture, and arrow heads where it leaves.
    steps, end : matplotlib.lines.Line2D
        Its dots and its last dot; each may be empty.
    number : matplotlib.text.Text
        J at the end, in the upper right corner.
    floor : matplotlib.lines.Line2D
        A dashed line at the lowest J; it belongs to the ground.
    rivals : dict of str to nbhelpers.plots.kit.clipping.ClippedCurve
        Of the optimizers that walk beside plain descent.
    """

    def __init__(self, ax):
        self.ax = ax
        self.floor = ax.axhline(1, color=PALETTE["neutral"], lw=1, ls=(0, (5, 3)), zorder=1)
        look = {"size": in_points(11), "color": PALETTE["neutral"], "va": "top", "ha": "right"}
        self._floor_text = ax.text(0.99, 0, "", transform=ax.get_yaxis_transform(), **look)
        self.curve = ClippedCurve(ax, ls="-", lw=in_points(2.2), color=PALETTE["negative"], zorder=4)
        self.steps = self._marks("o", 5, PALETTE["negative"], 5)
        self.end = self._marks("o", 11, PALETTE["highlight"], 6)
        look = {"size": in_points(13), "color": PALETTE["ink"], "ha": "right", "transform": ax.transAxes, "zorder": 8}
        self.number = add_quick_text(ax, 0.99, 0.95, **look)
        self.rivals = {
            name: ClippedCurve(ax, ls=dash, lw=in_points(2.2), color=PALETTE[hue], zorder=3.5)
            for name, (_, hue, dash, _) in RIVALS.items()
        }
        self._key = {name: self._keyed(k, *look) for k, (name, look) in enumerate(RIVALS.items(), start=1)}
        rivals = [artist for rival in self.rivals.values() for artist in rival.moving]
        rivals += [artist for artists in self._key.values() for artist in artists]
        self.moving = [*rivals, *self.curve.moving, self.steps, self.end, self.number]

    def _keyed(self, row, name, hue, dash, marker):
        """What a curve is called, so many rows below the number, with a piece of it."""
        place = shifted(self.ax.transAxes, self.ax.figure, 0, -_KEY_ROW * row)
        words = add_quick_text(self.ax, 0.99, 0.95, name, ha="right", size=in_points(12), transform=place, zorder=8)
        piece = shifted(place, self.ax.figure, -_KEY_NAME, 0)
        look = {"color": PALETTE[hue], "ls": dash, "lw": in_points(2.2), "marker": marker, "markevery": [1]}
        (line,) = self.ax.plot([0.9, 0.99], [0.95, 0.95], mec=PALETTE["ink"], transform=piece, zorder=8, **look)
        return line, words

    def _marks(self, marker, pixels, color, zorder):
        look = {"markeredgecolor": PALETTE["ink"], "markeredgewidth": in_points(1.4 if pixels > 8 else 0.5)}
        look |= {"markerfacecolor": color, "markersize": in_points(pixels), "clip_on": False, "zorder": zorder}
        return self.ax.plot([], [], ls="none", marker=marker, **look)[0]

    def show_range(self, low, high, floor):
        """Set the scale, and the lowest J that there is; the background has to be redrawn after it."""
        set_scale(self.ax.yaxis, "log", low, high)
        self.floor.set_ydata([floor, floor])
        self._floor_text.set(y=0.92 * floor, text=f"lowest in the picture: {short(floor)}")
        for artist in (self.floor, self._floor_text):
            artist.set_visible(low < floor < high)

    def update(self, costs, rivals=None):
        """Show another curve, cut at the top and at the bottom.

        Parameters
        ----------
        costs : array_like, shape (k + 1,)
            J at the start and after each step.
        rivals : dict of str to array_like, optional
            The same for other optimizers, of `RIVALS`.
        """
        rivals = rivals or {}
        for name, other in rivals.items():
            self.rivals[name].update(np.arange(len(other)), other)
        for name, curve in self.rivals.items():
            for artist in (*curve.moving, *self._key[name]):
                artist.set_visible(name in rivals)
        steps, costs = np.arange(len(costs)), np.asarray(costs, dtype=float)
        self.curve.update(steps, costs)
        low, high = self.ax.get_ylim()
        seen = (costs >= low) & (costs <= high)
        for line, part in ((self.steps, slice(1, None)), (self.end, slice(-1, None))):
            line.set_data(steps[part][seen[part]], costs[part][seen[part]])
        made = "1 step" if steps[-1] == 1 else f"{steps[-1]} steps"
        self.number.set_text(f"J = {short(costs[-1])} after {made}")


def draw_cost_history(ax, steps):
    """Prepare axes for J against up to `steps` steps, and return their `CostHistory`, still empty."""
    ax.set(xlim=(-0.02 * steps, 1.02 * steps), autoscale_on=False)
    set_scale(ax.yaxis, "log", 0.1, 10)
    ax.set_xlabel("step")
    ax.set_title("J after each step", loc="left", fontsize=in_points(12))
    ax.grid(axis="y", lw=0.6)
    ax.set_axisbelow(True)
    return CostHistory(ax)


# --- the map ----------------------------------------------------------------------------------------------------------


class CostSurface:
    """The artists of a map with a path; made by `draw_cost_surface`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    path : matplotlib.lines.Line2D
        What of the path lies in the window, with gaps of nan.
    steps : matplotlib.lines.Line2D
        A dot for each step that ends in the window.
    start, end, exit : matplotlib.lines.Line2D
        A ring where the path begins, a disc where it ends, an arrow head where it leaves the window; each may be empty.
    lowest : matplotlib.lines.Line2D
        A cross at the lowest point of the map; it belongs to the ground.
    rivals : dict of str to list of matplotlib.lines.Line2D
        Path and end of the optimizers that walk beside plain descent.
    """

    def __init__(self, ax, low, high):
        self.ax, self._low, self._high = ax, np.full(2, low), np.full(2, high)
        self._ground = []
        look = {"ls": "none", "color": PALETTE["ink"], "zorder": 3, "clip_on": False}
        (self.lowest,) = ax.plot([], [], marker="x", ms=9, mew=2.2, **look)
        (self._casing,) = ax.plot([], [], lw=in_points(6), ls="-", zorder=4, **_CASING)
        (self.path,) = ax.plot([], [], lw=in_points(2.2), ls="-", color=PALETTE["negative"], zorder=5)
        self.steps = self._marks("o", 6, PALETTE["negative"], zorder=6)
        self.start = self._marks("o", 13, PALETTE["ground"], zorder=7)
        self.end = self._marks("o", 12, PALETTE["highlight"], zorder=8)
        self.exit = self._marks((3, 0, 0), 17, PALETTE["negative"], zorder=9)
        self.rivals = {name: self._rival(*look) for name, look in RIVALS.items()}
        self._add_key()
        rivals = [line for lines in self.rivals.values() for line in lines]
        self.moving = [*rivals, self._casing, self.path, self.steps, self.start, self.end, self.exit]

    def _rival(self, _, hue, dash, marker):
        (path,) = self.ax.plot([], [], lw=in_points(2.6), ls=dash, color=PALETTE[hue], zorder=3.6)
        return [path, self._marks(marker, 10, PALETTE[hue], zorder=7.5)]

    def _marks(self, marker, pixels, color, zorder):
        look = {"markeredgecolor": PALETTE["ink"], "markeredgewidth": in_points(1.6 if pixels > 8 else 0.6)}
        look |= {"markerfacecolor": color, "markersize": in_points(pixels), "clip_on": False, "zorder": zorder}
        return self.ax.plot([], [], ls="none", marker=marker, **look)[0]

    def _add_key(self):
        look = {"ncols": 3, "borderpad": 0, "borderaxespad": 0.3, "handletextpad": 0.1, "columnspacing": 1.0}
        handles, place = [self.start, self.end, self.lowest], {"loc": "lower right", "bbox_to_anchor": (1, 1)}
        self.ax.legend(handles, ["start", "end", "lowest"], fontsize=in_points(11.5), **place, **look)
        self.ax.set_title("J: darker is lower", loc="left", fontsize=in_points(12))

    def show_costs(self, u, v, J, names, lowest=None):
        """Draw another map; the background has to be redrawn after it.

        Parameters
        ----------
        u, v, J : numpy.ndarray, shape (rows, columns)
            As `numpy.meshgrid` gives them, and the cost there.
        names : tuple of str
            Of the two parameters.
        lowest : tuple of float, optional
            Where J is lowest; to be left out where that is at the border.
        """
        for artist in self._ground:
            artist.remove()
        levels = contour_levels(J)
        ends = [J.min() - 1, *levels, J.max() + 1]
        self._ground = [self.ax.contourf(u, v, J, levels=ends, colors=_bands(len(levels) + 1))]
        if levels:
            lines = self.ax.contour(u, v, J, levels=levels, colors=PALETTE["ink"], linewidths=0.6, linestyles="-")
            self._ground.append(lines)
            self._hide_cut(lines.clabel(fontsize=in_points(10.5), fmt=short_level, inline_spacing=3, zorder=3))
        self.lowest.set_data(*([[], []] if lowest is None else [[lowest[0]], [lowest[1]]]))
        self.ax.set(xlabel=names[0], ylabel=names[1])

    def _hide_cut(self, labels):
        """A label at the border would be cut in half."""
        margin = 0.04 * (self._high - self._low)
        for label in labels:
            label.set_visible(len(inside([label.get_position()], self._low + margin, self._high - margin)) > 0)

    def update(self, points, rivals=None):
        """Show a path, cut at the border of the window.

        Parameters
        ----------
        points : array_like, shape (k + 1, 2)
            The start, inside the window, and where each step leads.
        rivals : dict of str to array_like, optional
            The same for other optimizers, of `RIVALS`.
        """
        for name, (path, end) in self.rivals.items():
            other = np.asarray((rivals or {}).get(name, np.empty((0, 2))), dtype=float)
            path.set_data(*(visible_parts(other, self._low, self._high).T if len(other) else [[], []]))
            end.set_data(*inside(other[-1:], self._low, self._high).T)
        points = np.asarray(points, dtype=float)
        window = self._low, self._high
        for line in (self._casing, self.path):
            line.set_data(*visible_parts(points, *window).T)
        self.steps.set_data(*inside(points[1:], *window).T)
        self.start.set_data(*points[:1].T)
        self.end.set_data(*inside(points[-1:], *window).T)
        self._show_exit(first_exit(points, *window))

    def _show_exit(self, exit_):
        if exit_ is None:
            self.exit.set_data([], [])
            return
        (x, y), (right, up) = exit_
        self.exit.set_data([x], [y])
        self.exit.set_marker((3, 0, np.degrees(np.arctan2(up, right)) - 90))


def draw_cost_surface(ax, low, high):
    """Prepare axes for a map of the square from `low` to `high`, and return its `CostSurface`, still empty."""
    ax.set(xlim=(low, high), ylim=(low, high), autoscale_on=False, aspect="equal")  # downhill is across a contour line
    ax.spines[["top", "right"]].set_visible(True)
    return CostSurface(ax, low, high)


def contour_levels(J, bands=_BANDS):
    """Return round costs between the lowest and the highest of `J`, nearer to each other where J is low.

    In a bowl their contour lines are equally far from each other, so that the floor of a valley can be seen.

    Examples
    --------
    >>> [float(level) for level in contour_levels(np.array([0.0, 16.0]), bands=4)]
    [1.0, 4.0, 9.0]
    """
    low, high = float(J.min()), float(J.max())
    levels = [float(f"{low + (high - low) * (k / bands) ** 2:.2g}") for k in range(1, bands)]
    return sorted({level for level in levels if low < level < high})


def short_level(level):
    """Return the cost of a contour line as its label: two digits.

    Examples
    --------
    >>> short_level(0.13), short_level(4), short_level(23.0)
    ('0.13', '4.0', '23')
    """
    return f"{level:.0f}" if 10 <= level < 1e4 else f"{level:.1f}" if 1 <= level < 10 else short(level, 2)


def _bands(number):
    colors = colormaps["viridis"](np.linspace(0.1, 1, number))[:, :3]
    return ListedColormap(1 - _THINNED * (1 - colors)).colors
