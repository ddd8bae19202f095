"""J against the step, on a logarithmic scale: falling straight, leveling out, jumping, or leaving through the top.

The scale is set by `CostHistory.show_range`, rarely; the curve is moved by `CostHistory.update`.
"""

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from nbhelpers.plots.clipping import first_exit, inside, visible_parts
from nbhelpers.plots.numbers import short
from nbhelpers.plots.page import points as in_points
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.style import PALETTE


class CostHistory:
    """The artists of a cost curve; made by `draw_cost_history`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    curve, steps, end, exit : matplotlib.lines.Line2D
        What of the curve lies in the picture, its dots, its last dot, and an arrow head where it leaves; each may be
        empty.
    number : matplotlib.text.Text
        J at the end, in the upper right corner.
    floor : matplotlib.lines.Line2D
        A dashed line at the lowest J; it belongs to the ground.
    """

    def __init__(self, ax):
        self.ax = ax
        self.floor = ax.axhline(1, color=PALETTE["neutral"], lw=1, ls=(0, (5, 3)), zorder=1)
        look = {"size": in_points(11), "color": PALETTE["neutral"], "va": "top", "ha": "right"}
        self._floor_text = ax.text(0.99, 0, "", transform=ax.get_yaxis_transform(), **look)
        (self.curve,) = ax.plot([], [], ls="-", lw=in_points(2.2), color=PALETTE["negative"], zorder=4)
        self.steps = self._marks("o", 5, PALETTE["negative"], 5)
        self.end = self._marks("o", 11, PALETTE["highlight"], 6)
        self.exit = self._marks("^", 13, PALETTE["negative"], 7)
        look = {"size": in_points(13), "color": PALETTE["ink"], "ha": "right", "transform": ax.transAxes, "zorder": 8}
        self.number = add_quick_text(ax, 0.99, 0.95, **look)
        self.moving = [self.curve, self.steps, self.end, self.exit, self.number]

    def _marks(self, marker, pixels, color, zorder):
        look = {"markeredgecolor": PALETTE["ink"], "markeredgewidth": in_points(1.4 if pixels > 8 else 0.5)}
        look |= {"markerfacecolor": color, "markersize": in_points(pixels), "clip_on": False, "zorder": zorder}
        return self.ax.plot([], [], ls="none", marker=marker, **look)[0]

    def show_range(self, low, high, floor):
        """Set the scale, and the lowest J that there is; the background has to be redrawn after it."""
        self.ax.set_ylim(low, high)
        self.ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high / low < 60 else (1,)))
        self.floor.set_ydata([floor, floor])
        self._floor_text.set(y=0.92 * floor, text=f"lowest in the picture: {short(floor)}")
        for artist in (self.floor, self._floor_text):
            artist.set_visible(low < floor < high)

    def update(self, costs):
        """Show another curve, cut at the top and at the bottom.

        Parameters
        ----------
        costs : array_like, shape (k + 1,)
            J at the start and after each step.
        """
        (left, right), (low, high) = self.ax.get_xlim(), np.log10(self.ax.get_ylim())
        levels = np.log10(np.clip(costs, 1e-300, None))
        curve = np.column_stack([np.arange(len(levels)), levels])
        window = (left, low), (right, high)
        for line, part in ((self.curve, visible_parts(curve, *window)), (self.steps, inside(curve[1:], *window))):
            line.set_data(part[:, 0], 10 ** part[:, 1])
        self._show_end(curve[-1], costs[-1], window)
        self._show_exit(first_exit(curve, *window))

    def _show_end(self, end, J, window):
        seen = inside(end[None], *window)
        self.end.set_data(seen[:, 0], 10 ** seen[:, 1])
        steps = "1 step" if end[0] == 1 else f"{end[0]:.0f} steps"
        self.number.set_text(f"J = {short(J)} after {steps}")

    def _show_exit(self, exit_):
        if exit_ is None:
            self.exit.set_data([], [])
            return
        (x, level), (_, up) = exit_
        self.exit.set_data([x], [10**level])
        self.exit.set_marker("^" if up > 0 else "v")


def draw_cost_history(ax, steps):
    """Prepare axes for J against up to `steps` steps, and return their `CostHistory`, still empty."""
    ax.set(xlim=(-0.02 * steps, 1.02 * steps), yscale="log", ylim=(0.1, 10), autoscale_on=False)
    ax.set_xlabel("step")
    ax.set_title("J after each step", loc="left", fontsize=in_points(12))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda J, _: _tick(J)))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.grid(axis="y", lw=0.6)
    ax.set_axisbelow(True)
    return CostHistory(ax)


def _tick(J):
    """A mark of the scale as plain digits where these are few."""
    return f"{J:g}" if 1e-3 <= J < 1e4 else f"$10^{{{np.log10(J):.0f}}}$"
