"""J against the step, on a logarithmic scale: falling straight, leveling out, jumping, or leaving through the top.

The scale is set by `CostHistory.show_range`, rarely; the curve is moved by `CostHistory.update`.
"""

import numpy as np

from nbhelpers.plots.clipped_curve import draw_clipped_curve
from nbhelpers.plots.numbers import short
from nbhelpers.plots.page import points as in_points
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.plots.scales import set_scale
from nbhelpers.style import PALETTE


class CostHistory:
    """The artists of a cost curve; made by `draw_cost_history`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    curve : nbhelpers.plots.clipped_curve.ClippedCurve
        What of the curve lies in the picture, and arrow heads where it leaves.
    steps, end : matplotlib.lines.Line2D
        Its dots and its last dot; each may be empty.
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
        self.curve = draw_clipped_curve(ax, ls="-", lw=in_points(2.2), color=PALETTE["negative"], zorder=4)
        self.steps = self._marks("o", 5, PALETTE["negative"], 5)
        self.end = self._marks("o", 11, PALETTE["highlight"], 6)
        look = {"size": in_points(13), "color": PALETTE["ink"], "ha": "right", "transform": ax.transAxes, "zorder": 8}
        self.number = add_quick_text(ax, 0.99, 0.95, **look)
        self.moving = [*self.curve.moving, self.steps, self.end, self.number]

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

    def update(self, costs):
        """Show another curve, cut at the top and at the bottom.

        Parameters
        ----------
        costs : array_like, shape (k + 1,)
            J at the start and after each step.
        """
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
