"""Bars with their numbers, upwards and downwards from 0, one or several of them marked; and a line across them.

A bar that is too long for its panel ends below the border, and an arrow beside its number says so.

A horizontal bar per layer, one below the other: sizes from the left border, or ranges with a mark at their mean.

What lies beyond the border of the panel is cut there; the words at the right of each bar say its number.

Lying bars on a logarithmic scale, a row each, with their numbers behind them; a row may also be empty.

What a row is called stands at the axis, and belongs to the ground.

Probabilities of classes as bars that lie below each other, each with its name and its number.

The most probable one is strong and has a thick outline; beside the true class stands that it is the real one.

Two bars per layer on a scale of powers of ten, back to back: what the weights did, and what the slopes did then.

A signal that goes back arrives at a layer from the right, so the bar of the weights stands at the right of the layer's
number and that of the slopes at its left. On such a scale 0 has no place: a cross at the foot stands for it.

The activations of many units as narrow bars, upwards and downwards from 0, one of them marked.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from nbhelpers.numbers_as_text import probability_text, short
from nbhelpers.plots.kit.fast_text import QuickTexts, add_quick_text
from nbhelpers.plots.kit.number_boxes import corners
from nbhelpers.plots.kit.panel import data_per_pixel, points, shifted
from nbhelpers.plots.kit.ticks import exponents, set_scale
from nbhelpers.plots.style import GRID, PALETTE, mixed

# --- bars

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


# --- horizontal_bars

_HALF_HORIZONTAL_BARS = 0.3  # of a bar, where 1 is from one bar to the next
_GAP = 7  # CSS pixels between the panel and the words beside it


class HorizontalBars:
    """The artists of the bars; made by `draw_horizontal_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    bars : matplotlib.collections.PolyCollection
        A rectangle per layer; layer 1 is at the height 1, at the top.
    marks : matplotlib.lines.Line2D
        A short upright line in each bar that has a mark.
    names, words : list of nbhelpers.plots.kit.fast_text.QuickText
        At the left and at the right of each bar.
    """

    def __init__(self, ax, most):
        self.ax = ax
        look = {"facecolors": [mixed("first", 0.6)], "edgecolors": PALETTE["ink"], "linewidths": 0.7}
        self.bars = ax.add_collection(PolyCollection([], zorder=3, **look), autolim=False)
        (self.marks,) = ax.plot([], [], color=PALETTE["ink"], lw=points(2.4), ls="-", zorder=4)
        self.names, self.words = (self._texts(most, side) for side in (0, 1))
        self.moving = [self.bars, self.marks, *self.names, *self.words]

    def _texts(self, most, side):
        place = shifted(self.ax.get_yaxis_transform(), self.ax.figure, _GAP * (2 * side - 1), 0)
        look = {"ha": "left" if side else "right", "size": points(11.5), "color": PALETTE["ink"], "transform": place}
        return [add_quick_text(self.ax, side, 1 + k, zorder=5, **look) for k in range(most)]

    def update(self, names, begins, ends, words, marks=()):
        """Show other bars; all lists have an entry per layer, but `marks` may be empty.

        Parameters
        ----------
        names : list of str
        begins, ends : array_like, shape (L,)
            Where each bar begins and ends; of a bar with a nan nothing is drawn.
        words : list of str
        marks : array_like, shape (L,)
        """
        begins, ends = (np.clip(np.asarray(values, dtype=float), *self.ax.get_xlim()) for values in (begins, ends))
        self.bars.set_verts([_rectangle(k + 1, *bar) for k, bar in enumerate(zip(begins, ends, strict=True))])
        self.marks.set_data(*_uprights(marks))
        for artists, texts in ((self.names, names), (self.words, words)):
            for k, artist in enumerate(artists):
                artist.set_text(texts[k] if k < len(texts) else "")


def draw_horizontal_bars(ax, most, low, high, scale="linear"):
    """Prepare axes for at most so many bars between `low` and `high`, and return their `HorizontalBars`, still empty.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    most : int
    low, high : float
    scale : str
        ``"linear"`` or ``"log"``.
    """
    set_scale(ax.xaxis, scale, low, high)
    ax.set(ylim=(most + 0.5, 0.5), yticks=[], autoscale_on=False)
    ax.grid(visible=True, axis="x", lw=0.6)
    if low < 0:
        ax.axvline(0, color=PALETTE["neutral"], lw=1, ls="-", zorder=2)
    return HorizontalBars(ax, most)


def _rectangle(place, begin, end):
    low, high = place - _HALF_HORIZONTAL_BARS, place + _HALF_HORIZONTAL_BARS
    return [(begin, low), (end, low), (end, high), (begin, high)]


def _uprights(marks):
    """Points of one line with gaps: an upright piece across the bar of each mark."""
    places = np.arange(1, len(marks) + 1)
    x = np.column_stack([marks, marks, np.full(len(marks), np.nan)])
    y = np.column_stack([places - _HALF_HORIZONTAL_BARS, places + _HALF_HORIZONTAL_BARS, places])
    return x.ravel(), y.ravel()


# --- log_bars

_HALF_LOG_BARS = 0.34  # of a bar, where 1 is from one row to the next
_BEHIND = 5  # CSS pixels from the end of a bar to its number


class LogBars:
    """The artists of a panel of bars; made by `draw_log_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    bars : dict of str to matplotlib.collections.PolyCollection
        By their hatch, "" for none; a rectangle per row, of nan where the row has no bar.
    numbers : list of matplotlib.text.Text
    """

    def __init__(self, ax, places, looks):
        self._ax, self._places, self._looks = ax, places, looks
        self.bars = {hatch: _add_bars(ax, looks, hatch) for hatch in dict.fromkeys(hatch for _, hatch in looks)}
        behind = {"transform": shifted(ax.transData, ax.figure, _BEHIND, 0), "ha": "left"}
        look = {"size": points(12), "color": PALETTE["ink"], "zorder": 6, **behind}
        self.numbers = [add_quick_text(ax, 1, place, **look) for place in places]
        self.moving = [*self.bars.values(), *self.numbers]

    def update(self, values, texts):
        """Show other values.

        Parameters
        ----------
        values : list of float or None
            One per row; None leaves it empty.
        texts : list of str
            The numbers; "" where there is none.
        """
        low, high = self._ax.get_xlim()
        ends = [np.nan if value is None else float(np.clip(value, low, high)) for value in values]
        rows = list(zip(self._looks, ends, self._places, strict=True))
        for hatch, bars in self.bars.items():
            bars.set_verts([_corners(low, end, place) for look, end, place in rows if look[1] == hatch])
        for number, end, text in zip(self.numbers, ends, texts, strict=True):
            number.set(text=text, x=np.nan_to_num(end, nan=low))


def draw_log_bars(ax, names, places, looks, ends, ticks):
    """Prepare a panel for bars and return its `LogBars`, still empty.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    names : list of str
        Of the rows, from above; "" for none.
    places : list of float
        Where they stand, from 0 downwards, 1 apart or more.
    looks : list of tuple of str
        For each row a color of the palette, and a hatch or "".
    ends : tuple of float
        Of the scale.
    ticks : dict of float to str
        Where the scale is marked, and how.
    """
    ax.set(xscale="log", xlim=ends, ylim=(places[-1] + 0.65, -0.65))
    ax.set_xticks(list(ticks), ticks.values(), size=points(11))
    ax.set_yticks(places, names, size=points(12.5))
    ax.minorticks_off()
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    return LogBars(ax, places, looks)


def _add_bars(ax, looks, hatch):
    colors = [mixed(hue, 0.3 if hatch else 0.75) for hue, other in looks if other == hatch]
    look = {"facecolors": colors, "edgecolors": PALETTE["ink"], "linewidths": 0.7, "hatch": hatch or None}
    return ax.add_collection(PolyCollection([], zorder=3, **look), autolim=False)


def _corners(low, end, place):
    left, top, bottom = low + 0 * end, place - _HALF_LOG_BARS, place + _HALF_LOG_BARS  # nan where there is no bar
    return [(left, top), (end, top), (end, bottom), (left, bottom)]


# --- class_bars

_NAME, _NUMBER, _REAL = 20, 56, 62  # CSS pixels for the name, the number and the word behind it
_THICK = 0.72  # of a row


class ClassBars:
    """The artists of the bars; made by `draw_class_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : matplotlib.collections.PolyCollection
        From above, one per class.
    numbers, words : nbhelpers.plots.kit.fast_text.QuickTexts
        The probability of each class, and what is said about it: that it is the real one.
    """

    def __init__(self, ax, names, left, top, width, row):
        self._left, self._top, self._row = left + _NAME, top, row
        self._full = width - _NAME - _NUMBER - _REAL
        middles = top + row * (np.arange(len(names)) + 0.5)
        _draw_ground(ax, names, self._left, self._full, middles)
        self.bars = ax.add_collection(PolyCollection([], edgecolors=PALETTE["ink"], zorder=4), autolim=False)
        right = self._left + self._full
        self.numbers = ax.add_artist(_texts(right + 0.5 * _NUMBER + 2, middles, "ink"))
        self.words = ax.add_artist(_texts(right + _NUMBER + 0.5 * _REAL, middles, "ink"))
        self.moving = [self.bars, self.numbers, self.words]

    def update(self, probabilities, real=None):
        """Show other probabilities.

        Parameters
        ----------
        probabilities : array_like, shape (classes,)
        real : int, optional
            The true class, counted from 0, where it is known.
        """
        probabilities = np.asarray(probabilities, dtype=float)
        said = int(probabilities.argmax())
        thick, places = _THICK * self._row, np.arange(len(probabilities))
        tops = self._top + self._row * places + (self._row - thick) / 2
        boxes = zip(tops, probabilities * self._full, strict=True)
        self.bars.set_verts([corners((self._left, y, max(width, 0.5), thick)) for y, width in boxes])
        self.bars.set_facecolor([mixed("positive", 0.8 if k == said else 0.3) for k in places])
        self.bars.set_linewidth([points(2.2) if k == said else points(0.8) for k in places])
        self.numbers.texts = [probability_text(p) for p in probabilities]
        word = "✓ real" if real == said else "◀ real"
        self.words.texts = [word if k == real else "" for k in places]


def draw_class_bars(ax, names, left, top, width, row):
    """Draw bars of the length 0 on a page and return their `ClassBars`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    names : list of str
        Of the classes.
    left, top, width : float
        Of all, with names, numbers and words.
    row : float
        The height of a row.
    """
    return ClassBars(ax, names, left, top, width, row)


def _draw_ground(ax, names, left, width, middles):
    for name, y in zip(names, middles, strict=True):
        look = {"ha": "right", "va": "center_baseline", "size": points(13), "weight": "bold"}
        ax.text(left - 7, y, name, **look)
    top, bottom = middles[0] - (middles[1] - middles[0]) / 2, middles[-1] + (middles[1] - middles[0]) / 2
    for share in (0, 0.5, 1):
        ax.plot([left + share * width] * 2, [top, bottom], color=GRID, lw=0.7, ls="-", zorder=1)


def _texts(x, middles, color):
    return QuickTexts([(x, y) for y in middles], points(12), PALETTE[color])


# --- signal_bars

_WIDTH, _GAP_SIGNAL_BARS = 0.37, 0.03  # of a bar, and from the middle, where 1 is from one layer to the next
PLACES = {
    "slopes": -(_GAP_SIGNAL_BARS + _WIDTH / 2),
    "weights": _GAP_SIGNAL_BARS + _WIDTH / 2,
}  # middle of a bar, from that of its layer
_HUES = {"slopes": "positive", "weights": "second"}
_SHARES = {"slopes": 0.85, "weights": 0.3}  # dark and pale, whatever the colors
_THIN, _THICK_SIGNAL_BARS = 0.7, 2.2  # outlines, in CSS pixels


class SignalBars:
    """The artists of two rows of bars.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : dict of str to matplotlib.patches.PathPatch
        "slopes" and "weights": in one path a rectangle for each number that is neither 0 nor nan, from left to right.
    zeros : matplotlib.lines.Line2D
        A cross for each 0.
    """

    def __init__(self, ax, base=None):
        self._ax, self._base = ax, base
        self.bars = {kind: ax.add_patch(bars_of(kind)) for kind in _HUES}
        look = {"ls": "none", "marker": "x", "ms": points(6), "mew": points(1.6), "clip_on": False}
        (self.zeros,) = ax.plot([], [], color=PALETTE["negative"], zorder=5, **look)
        self._line = ax.axhline(base or 0, color=PALETTE["ink"], lw=points(1), zorder=2.8, visible=base is not None)
        self.moving = [self._line, *self.bars.values(), self.zeros]

    def update(self, slopes, weights, marked=()):
        """Show other numbers.

        Parameters
        ----------
        slopes, weights : array_like, shape (L,)
            None of them negative; entry l - 1 belongs to layer l. nan: no bar. What lies outside of the axes is cut.
        marked : collection of str
            "slopes" or "weights", or both: drawn with a thick outline.
        """
        zeros = []
        for kind, values in (("slopes", slopes), ("weights", weights)):
            middles = np.arange(1, len(values) + 1) + PLACES[kind]
            ends = exponents(values)
            shown = np.isfinite(ends)
            self.bars[kind].set_path(rectangles(self._ax, middles[shown], ends[shown], _WIDTH, self._base))
            self.bars[kind].set_linewidth(points(_THICK_SIGNAL_BARS if kind in marked else _THIN))
            zeros.extend(middles[ends == -np.inf])
        self.zeros.set_data(zeros, np.full(len(zeros), self._ax.get_ylim()[0]))


def draw_signal_bars(ax, base=None):
    """Prepare a panel for bars that stand on its lower border, or on the exponent `base`; return its `SignalBars`."""
    return SignalBars(ax, base)


def swatch(kind):
    """Return what a bar of a kind looks like, for a key."""
    return {"facecolor": mixed(_HUES[kind], _SHARES[kind]), "edgecolor": PALETTE["ink"], "linewidth": points(_THIN)}


def rectangles(ax, middles, ends, width, base=None):
    """Return bars as one path, from `base` or the lower border of the axes to their ends; cut at both borders."""
    if len(middles) == 0:
        return _NOTHING
    low, high = ax.get_ylim()
    base = np.full_like(ends, low if base is None else base)
    left, right, ends = middles - width / 2, middles + width / 2, np.clip(ends, low, high)
    corners = [(left, base), (left, ends), (right, ends), (right, base)]
    return Path.make_compound_path_from_polys(np.array(corners).transpose(2, 0, 1))


def bars_of(kind):
    """Return bars of a kind, as yet without any."""
    return PathPatch(_NOTHING, zorder=3, joinstyle="miter", **swatch(kind))


_NOTHING = Path(np.empty((0, 2)))


# --- unit_bars

_LIMIT = 1.12  # activations of tanh lie between −1 and 1


class UnitBars:
    """The artists of the bars; made by `draw_unit_bars`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : matplotlib.collections.PolyCollection
        At 1, 2, … from left to right.
    mark : matplotlib.lines.Line2D
        A triangle at the lower border, below the bar that is marked: also seen where that bar is short.
    """

    def __init__(self, ax, count):
        self.ax, self.count = ax, count
        self.bars = ax.add_collection(PolyCollection([], edgecolors=PALETTE["ink"], zorder=3), autolim=False)
        look = {"ls": "none", "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "clip_on": False, "zorder": 5}
        (self.mark,) = ax.plot([1], [-_LIMIT], marker="^", ms=points(11), **look)
        self.moving = [self.bars, self.mark]

    def update(self, activations, chosen):
        """Show other activations, from −1 to 1, and mark the unit `chosen`, counted from 0."""
        self.mark.set_xdata([chosen + 1])
        places = range(self.count)
        strong = [0.85 if k == chosen else 0.35 for k in places]
        hues = ["positive" if a >= 0 else "negative" for a in activations]
        self.bars.set_verts([frame(k + 1, a) for k, a in enumerate(activations)])
        self.bars.set_facecolor([mixed(hue, share) for hue, share in zip(hues, strong, strict=True)])
        self.bars.set_linewidth([points(2.4 if k == chosen else 0.8) for k in places])

    def unit_at(self, x, y):
        """Return the unit, counted from 0, at a place in CSS pixels from the figure's upper left, or None."""
        figure = self.ax.figure
        width, height = figure.get_size_inches() * 72 / points(1)
        box = self.ax.get_position()
        across, up = (x / width - box.x0) / box.width, (1 - y / height - box.y0) / box.height
        return int(across * self.count) if 0 <= across < 1 and 0 <= up < 1 else None


def draw_unit_bars(ax, count, every=8):
    """Prepare axes for bars of `count` units, with each `every`-th number below them, and return their `UnitBars`."""
    ticks = [1, *np.arange(every, count + 1, every)]
    ax.set(xlim=(0.5, count + 0.5), ylim=(-_LIMIT, _LIMIT), xticks=ticks, yticks=[-1, 0, 1])
    ax.set_yticklabels(["−1", "0", "1"])
    ax.tick_params(axis="y", pad=1)
    ax.grid(visible=False, axis="x")
    ax.axhline(0, color=PALETTE["ink"], lw=0.8, ls="-", zorder=2.6)
    return UnitBars(ax, count)
