"""The marks and grid lines of axes whose limits change from frame to frame, as artists that move.

Matplotlib's own marks belong to what is drawn once, and drawing that again takes longer than several frames. These here
are put back as pixels as long as the limits stay.
"""

from matplotlib.collections import LineCollection

from nbhelpers.plots.kept import Kept
from nbhelpers.plots.page import points
from nbhelpers.plots.panel import box_around, box_below, shifted
from nbhelpers.plots.quick_text import QuickText
from nbhelpers.plots.scales import plain_mark
from nbhelpers.style import GRID, PALETTE

_MOST = 9  # marks on one axis
_BELOW, _BESIDE = 12, 6  # CSS pixels from the axes to the numbers
_EDGE = 6  # CSS pixels around the axes, with room for the smooth ends of lines; further below stand numbers


class MovingTicks:
    """The artists of the marks; made by `draw_moving_ticks`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    lines : matplotlib.collections.LineCollection
        The grid, without the lines that would lie on the frame.
    across, up : list of nbhelpers.plots.quick_text.QuickText
        The numbers below the axes, and those at the left.
    """

    def __init__(self, ax):
        self.ax, self._limits = ax, None
        ax.tick_params(bottom=False, left=False, labelbottom=False, labelleft=False)
        ax.grid(visible=False)
        self.moving = [
            Kept(ax, box_around(ax, left=52, below=_EDGE, right=_EDGE, above=8), zorder=2.6),
            Kept(ax, box_below(ax, _EDGE, 18, beside=16), zorder=2.6),
        ]
        self.lines = self.moving[0].add(LineCollection([], colors=GRID, linewidths=0.6))
        self.lines.set_clip_path(ax.patch)
        below = shifted(ax.get_xaxis_transform(), ax.figure, 0, -_BELOW)
        beside = shifted(ax.get_yaxis_transform(), ax.figure, -_BESIDE, 0)
        look = {"size": points(11.5), "color": PALETTE["ink"]}
        up, across = {**look, "ha": "right", "transform": beside}, {**look, "ha": "center", "transform": below}
        self.up, self.across = (
            [kept.add(QuickText(**look)) for _ in range(_MOST)]
            for kept, look in zip(self.moving, (up, across), strict=True)
        )

    def update(self):
        """Follow the limits that the axes have now."""
        limits = self.ax.get_xlim(), self.ax.get_ylim()
        if limits != self._limits:
            self._limits = limits
            self._mark(*limits)
            for kept in self.moving:
                kept.changed()

    def _mark(self, across, up):
        (left, right), (low, high) = across, up
        x, y = _marked(self.ax.xaxis, left, right), _marked(self.ax.yaxis, low, high)
        across = [[(place, low), (place, high)] for place in x if left < place < right]
        self.lines.set_segments(across + [[(left, place), (right, place)] for place in y if low < place < high])
        for numbers, places, name in ((self.across, x, "x"), (self.up, y, "y")):
            for number, place in zip(numbers, [*places, *[None] * _MOST], strict=False):
                number.set(**{name: place or 0, "text": "" if place is None else plain_mark(place)})


def draw_moving_ticks(ax):
    """Take the marks from axes with linear scales, and return `MovingTicks` for them, still empty."""
    return MovingTicks(ax)


def _marked(axis, low, high):
    """The places of an axis that have a mark, at most as many as there are artists."""
    places = axis.get_major_locator().tick_values(low, high)
    return [float(place) for place in places if low - 1e-9 <= place <= high * (1 + 1e-9)][:_MOST]
