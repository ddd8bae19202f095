"""Bars with their numbers, upwards and downwards from 0, one or several of them marked; and a line across them.

A bar that is too long for its panel ends below the border, and an arrow beside its number says so.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from nbhelpers.plots.numbers import short
from nbhelpers.plots.page import points
from nbhelpers.plots.panel import data_per_pixel, shifted
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.style import PALETTE, mixed

_HALF = 0.31  # of a bar, where 1 is from one bar to the next
_ROOM = 19  # CSS pixels for a number between the end of a bar and the border


class Bars:
    """The artists of some bars.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets, in the order in which it is drawn.
    bars : matplotlib.collections.PolyCollection
        A rectangle per bar; at 1, 2, … from left to right.
    numbers : list of matplotlib.text.Text
        At the ends of the bars.
    """

    def __init__(self, ax, count):
        self._ax = ax
        self.bars = ax.add_collection(PolyCollection([], zorder=3), autolim=False)
        plates = PolyCollection([], facecolors=PALETTE["ground"], edgecolors="none", zorder=5.5)
        self._plates = ax.add_collection(plates, autolim=False)
        look = {"ha": "center", "size": points(11.5), "color": PALETTE["ink"], "zorder": 6}
        self.numbers = [add_quick_text(ax, k + 1, 0, **look) for k in range(count)]
        self.moving = [self.bars, self._plates, *self.numbers]

    def update(self, heights, hues="positive", marked=(), numbered=None):
        """Show other heights.

        Parameters
        ----------
        heights : array_like, shape (count,)
        hues : str or list of str
            A name in the palette for all, or one per bar.
        marked : collection of int
            The bars that are spoken of, counted from 0: strong, with a thick outline. If there are none, all are
            alike.
        numbered : collection of int, optional
            The bars that have a number; by default all.
        """
        heights = np.asarray(heights, dtype=float)
        hues = [hues] * len(heights) if isinstance(hues, str) else hues
        ends = self._shown(heights)
        self.bars.set_verts([frame(k + 1, end) for k, end in enumerate(ends)])
        self.bars.set(facecolors=_colors(hues, marked), edgecolors=PALETTE["ink"], linewidths=_outlines(hues, marked))
        numbered = range(len(heights)) if numbered is None else numbered
        pixel = data_per_pixel(self._ax)
        for k, text in enumerate(self.numbers):
            beyond = ends[k] + (-1 if heights[k] < 0 else 1) * 9 * pixel[1]
            text.set(text=_number(heights[k], ends[k]) if k in numbered else "", y=beyond)
        self._plates.set_verts([_plate(text, *pixel) for text in self.numbers if text.get_text()])

    def _shown(self, heights):
        return np.clip(heights, *inner_limits(self._ax))


class LevelLine:
    """The artists of a line across all bars, with its words at the right, outside the panel.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    line : matplotlib.lines.Line2D
    words : matplotlib.text.Text
    """

    def __init__(self, ax):
        self._ax = ax
        (self.line,) = ax.plot(ax.get_xlim(), [0, 0], color=PALETTE["right"], lw=2.2, ls=(0, (6, 2)), zorder=5)
        place = {"transform": shifted(ax.transData, ax.figure, 6, 0), "size": points(12.5), "zorder": 6}
        self.words = add_quick_text(ax, ax.get_xlim()[1], 0, color=PALETTE["ink"], **place)
        self.moving = [self.line, self.words]

    def update(self, level, words):
        """Move the line to a level."""
        shown = min(level, inner_limits(self._ax)[1])
        self.line.set_ydata([shown, shown])
        self.words.set(text=words if shown == level else f"{words} ↑", y=shown)


def draw_bars(ax, names, low, high):
    """Prepare the panel `ax` for bars from `low` to `high` with these names below them, and return its `Bars`."""
    at = np.arange(1, len(names) + 1)
    ax.set(xlim=(0.45, len(names) + 0.55), ylim=(low, high), xticks=at, xticklabels=names)
    ax.grid(visible=False, axis="x")
    ax.axhline(0, color=PALETTE["ink"], lw=0.8, zorder=2.6)
    bars = Bars(ax, len(names))
    bars.update(np.zeros(len(names)))
    return bars


def draw_level_line(ax):
    """Draw a line across the bars of a panel, at 0, and return its `LevelLine`."""
    return LevelLine(ax)


def frame(place, end):
    """Return the corners of the bar at `place` that goes from 0 to `end`, from its lower left around to it again."""
    left, right = place - _HALF, place + _HALF
    return [(left, 0), (left, end), (right, end), (right, 0), (left, 0)]


def inner_limits(ax):
    """Return the least and the largest height that leave room for a number."""
    room = _ROOM * data_per_pixel(ax)[1]
    low, high = ax.get_ylim()
    return (low + room if low < 0 else low), high - room


def _plate(text, across, up):
    """A ground on which the number can be read where a line crosses it."""
    x, y = text.get_position()
    right, high = 3.6 * len(text.get_text()) * across, 6 * up
    return [(x - right, y - high), (x - right, y + high), (x + right, y + high), (x + right, y - high)]


def _colors(hues, marked):
    shares = [0.75 if k in marked or not marked else 0.3 for k in range(len(hues))]
    return [mixed(hue, share) for hue, share in zip(hues, shares, strict=True)]


def _outlines(hues, marked):
    return [2.0 if k in marked else 0.7 for k in range(len(hues))]


def _number(height, end):
    return f"{short(height)} {'↑' if height > end else '↓'}" if height != end else short(height)
