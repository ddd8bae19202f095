"""The marks and grid lines of axes whose limits change from frame to frame, as artists that move.

Matplotlib's own marks belong to what is drawn once, and drawing that again takes longer than several frames.
"""

from matplotlib.collections import LineCollection

from nbhelpers.plots.page import points
from nbhelpers.plots.panel import shifted
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.plots.scales import mark
from nbhelpers.style import PALETTE

_MOST = 9  # marks on one axis
_GRID = "#D8DDE3"
_BELOW, _BESIDE = 12, 6  # CSS pixels from the axes to the numbers


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
        self.ax = ax
        ax.tick_params(bottom=False, left=False, labelbottom=False, labelleft=False)
        ax.grid(visible=False)
        self.lines = ax.add_collection(LineCollection([], colors=_GRID, linewidths=0.6, zorder=2.6), autolim=False)
        below = shifted(ax.get_xaxis_transform(), ax.figure, 0, -_BELOW)
        beside = shifted(ax.get_yaxis_transform(), ax.figure, -_BESIDE, 0)
        self.across = [self._number(below, "center") for _ in range(_MOST)]
        self.up = [self._number(beside, "right") for _ in range(_MOST)]
        self.moving = [self.lines, *self.across, *self.up]

    def _number(self, transform, side):
        look = {"ha": side, "size": points(11.5), "color": PALETTE["ink"], "transform": transform, "zorder": 2.7}
        return add_quick_text(self.ax, 0, 0, **look)

    def update(self):
        """Follow the limits that the axes have now."""
        (left, right), (low, high) = self.ax.get_xlim(), self.ax.get_ylim()
        x, y = _marked(self.ax.xaxis, left, right), _marked(self.ax.yaxis, low, high)
        across = [[(place, low), (place, high)] for place in x if left < place < right]
        self.lines.set_segments(across + [[(left, place), (right, place)] for place in y if low < place < high])
        for numbers, places, name in ((self.across, x, "x"), (self.up, y, "y")):
            for number, place in zip(numbers, [*places, *[None] * _MOST], strict=False):
                number.set(**{name: place or 0, "text": "" if place is None else mark(place)})


def draw_moving_ticks(ax):
    """Take the marks from axes with linear scales, and return `MovingTicks` for them, still empty."""
    return MovingTicks(ax)


def _marked(axis, low, high):
    """The places of an axis that have a mark, at most as many as there are artists."""
    places = axis.get_major_locator().tick_values(low, high)
    return [float(place) for place in places if low - 1e-9 <= place <= high * (1 + 1e-9)][:_MOST]
