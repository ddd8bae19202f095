"""Bars with their numbers, in six kinds that share their rectangles, their outlines, and how one is stressed.

    Bars            stand on 0, upwards and downwards, with a number at each end; `LevelLine` runs across them
    UnitBars        the same for many units: narrow, without numbers, one of them marked
    SignalBars      stand on a scale of powers of ten, two per layer back to back
    HorizontalBars  lie, a row per layer, with words beside them and a mark inside
    LogBars         lie on a logarithmic scale, with numbers behind them; a row may be empty
    ClassBars       lie on a page: the probability of each class

Each is made with the axes that it prepares, and its `update` sets the rest. A bar that is too long ends at the border.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from nbhelpers.numbers_as_text import probability_text, short
from nbhelpers.plots.kit.fast_text import QuickTexts, add_quick_text
from nbhelpers.plots.kit.panel import data_per_pixel, points, shifted
from nbhelpers.plots.kit.ticks import exponents, set_scale
from nbhelpers.plots.style import GRID, PALETTE, mixed

_THIN, _THICK = points(0.8), points(2.4)  # outlines
_STRONG, _PALE = 0.8, 0.3  # of the color of a bar that is spoken of, and of the others


# --- what they share --------------------------------------------------------------------------------------------------


def rectangles(middles, begins, ends, thickness, lying=False):
    """Return the corners of bars, shape (k, 4, 2), from the lower left one around; nan where an end is nan.

    Parameters
    ----------
    middles, begins, ends : array_like
        Across the bars and along them; what is a number counts for all.
    thickness : float
    lying : bool
        Whether the bars run from left to right.
    """
    middles, begins, ends = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (middles, begins, ends)))
    near, far = middles - thickness / 2, middles + thickness / 2
    begins = np.where(np.isnan(ends), np.nan, begins)
    corners = [(near, begins), (near, ends), (far, ends), (far, begins)]
    return np.array([corner[::-1] if lying else corner for corner in corners]).transpose(2, 0, 1)


def upright(k, end, thickness=0.62):
    """Return the corners of the bar of number `k`, from 1, that stands on 0; the first corner once more at the end."""
    (corners,) = rectangles([k], 0, [end], thickness)
    return np.vstack([corners, corners[:1]])


def inner_limits(ax, room=19):
    """Return the least and the largest height that leave so many CSS pixels for a number."""
    room *= data_per_pixel(ax)[1]
    low, high = ax.get_ylim()
    return (low + room if low < 0 else low), high - room


def swatch(hue, share):
    """Return what a bar looks like, for a key or a patch."""
    return {"facecolor": mixed(hue, share), "edgecolor": PALETTE["ink"], "linewidth": _THIN}


def _add(ax, **look):
    look = {"edgecolors": PALETTE["ink"], "linewidths": _THIN, "zorder": 3} | look
    return ax.add_collection(PolyCollection([], **look), autolim=False)


def _stress(bars, hues, stressed):
    """Give the bars that are stressed strong colors and thick outlines; if there are none, all are alike."""
    shares = [_STRONG if k in stressed or not stressed else _PALE for k in range(len(hues))]
    bars.set_facecolor([mixed(hue, share) for hue, share in zip(hues, shares, strict=True)])
    bars.set_linewidth([_THICK if k in stressed else _THIN for k in range(len(hues))])


def _stand_on_0(ax):
    ax.grid(visible=False, axis="x")
    ax.axhline(0, color=PALETTE["ink"], lw=0.8, ls="-", zorder=2.6)


# --- standing on 0 ----------------------------------------------------------------------------------------------------


class Bars:
    """Some bars from `low` to `high`, with these names below them.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets, in the order in which it is drawn.
    bars : matplotlib.collections.PolyCollection
        A rectangle per bar; at 1, 2, … from left to right.
    numbers : list of matplotlib.text.Text
        At the ends of the bars.
    """

    def __init__(self, ax, names, low, high):
        self._ax, self._places = ax, np.arange(1, len(names) + 1)
        ax.set(xlim=(0.45, len(names) + 0.55), ylim=(low, high), xticks=self._places, xticklabels=names)
        _stand_on_0(ax)
        self.bars = _add(ax)
        self._plates = _add(ax, facecolors=PALETTE["ground"], edgecolors="none", zorder=5.5)
        look = {"ha": "center", "size": points(11.5), "color": PALETTE["ink"], "zorder": 6}
        self.numbers = [add_quick_text(ax, k, 0, **look) for k in self._places]
        self.moving = [self.bars, self._plates, *self.numbers]
        self.update(np.zeros(len(names)))

    def update(self, heights, hues="positive", marked=(), numbered=None):
        """Show other heights.

        Parameters
        ----------
        heights : array_like, shape (count,)
        hues : str or list of str
            A name in the palette for all, or one per bar.
        marked : collection of int
            The bars that are spoken of, counted from 0.
        numbered : collection of int, optional
            The bars that have a number; by default all.
        """
        heights = np.asarray(heights, dtype=float)
        ends = np.clip(heights, *inner_limits(self._ax))
        self.bars.set_verts(rectangles(self._places, 0, ends, 0.62))
        _stress(self.bars, [hues] * len(heights) if isinstance(hues, str) else hues, marked)
        numbered = range(len(heights)) if numbered is None else numbered
        pixel = data_per_pixel(self._ax)
        for k, text in enumerate(self.numbers):
            beyond = ends[k] + (-1 if heights[k] < 0 else 1) * 9 * pixel[1]
            text.set(text=_number(heights[k], ends[k]) if k in numbered else "", y=beyond)
        self._plates.set_verts([_plate(text, *pixel) for text in self.numbers if text.get_text()])


class LevelLine:
    """A line across all bars of a panel, with its words at the right, outside of it.

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


class UnitBars:
    """The activations of `count` units, from −1 to 1; each `every`-th has its number below it.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : matplotlib.collections.PolyCollection
        At 1, 2, … from left to right.
    mark : matplotlib.lines.Line2D
        A triangle at the lower border, below the bar that is marked: also seen where that bar is short.
    """

    def __init__(self, ax, count, every=8, limit=1.12):
        self.ax, self.count = ax, count
        ticks = [1, *np.arange(every, count + 1, every)]
        ax.set(xlim=(0.5, count + 0.5), ylim=(-limit, limit), xticks=ticks, yticks=[-1, 0, 1])
        ax.set_yticklabels(["−1", "0", "1"])
        ax.tick_params(axis="y", pad=1)
        _stand_on_0(ax)
        self.bars = _add(ax)
        look = {"ls": "none", "mfc": PALETTE["highlight"], "mec": PALETTE["ink"], "clip_on": False, "zorder": 5}
        (self.mark,) = ax.plot([1], [-limit], marker="^", ms=points(11), **look)
        self.moving = [self.bars, self.mark]

    def update(self, activations, chosen):
        """Show other activations, and mark the unit `chosen`, counted from 0."""
        self.mark.set_xdata([chosen + 1])
        self.bars.set_verts(rectangles(np.arange(1, self.count + 1), 0, activations, 0.62))
        _stress(self.bars, ["positive" if a >= 0 else "negative" for a in activations], [chosen])

    def unit_at(self, x, y):
        """Return the unit, counted from 0, at a place in CSS pixels from the figure's upper left, or None."""
        figure = self.ax.figure
        width, height = figure.get_size_inches() * 72 / points(1)
        box = self.ax.get_position()
        across, up = (x / width - box.x0) / box.width, (1 - y / height - box.y0) / box.height
        return int(across * self.count) if 0 <= across < 1 and 0 <= up < 1 else None


def _plate(text, across, up):
    """A ground on which the number can be read where a line crosses it."""
    x, y = text.get_position()
    right, high = 3.6 * len(text.get_text()) * across, 6 * up
    return [(x - right, y - high), (x - right, y + high), (x + right, y + high), (x + right, y - high)]


def _number(height, end):
    return f"{short(height)} {'↑' if height > end else '↓'}" if height != end else short(height)


# --- standing on powers of ten ----------------------------------------------------------------------------------------

_ASIDE, _WIDTH = 0.215, 0.37  # from the middle of a layer to that of a bar, and how wide that is
PLACES = {"slopes": -_ASIDE, "weights": _ASIDE}  # a signal that goes back arrives at a layer from the right
LOOKS = {"slopes": ("positive", 0.85), "weights": ("second", _PALE)}  # dark and pale, whatever the colors
_NOTHING = Path(np.empty((0, 2)))


class PowerBars:
    """Bars in one path, on axes whose data are exponents of ten; made without any.

    Attributes
    ----------
    patch : matplotlib.patches.PathPatch
        A rectangle for each number that is neither 0 nor nan, from left to right.
    """

    def __init__(self, ax, kind, width=_WIDTH, base=None):
        self._ax, self._width, self._base = ax, width, base
        self.patch = ax.add_patch(PathPatch(_NOTHING, zorder=3, joinstyle="miter", **swatch(*LOOKS[kind])))

    def update(self, middles, ends, is_marked=False):
        """Show bars from the exponent `base`, or the lower border, to their ends; cut at both borders."""
        seen, (low, high) = np.isfinite(ends), self._ax.get_ylim()
        base = low if self._base is None else self._base
        corners = rectangles(middles[seen], base, np.clip(ends[seen], low, high), self._width)
        self.patch.set_path(Path.make_compound_path_from_polys(corners) if len(corners) else _NOTHING)
        self.patch.set_linewidth(_THICK if is_marked else _THIN)


class SignalBars:
    """Two bars per layer: at the right of its number what the weights did, at the left what the slopes did then.

    On such a scale 0 has no place: a cross at the foot stands for it. The bars stand on the lower border of the axes,
    or on the exponent `base`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : dict of str to matplotlib.patches.PathPatch
        "slopes" and "weights".
    zeros : matplotlib.lines.Line2D
        A cross for each 0.
    """

    def __init__(self, ax, base=None):
        self._ax = ax
        self._kinds = {kind: PowerBars(ax, kind, base=base) for kind in PLACES}
        self.bars = {kind: bars.patch for kind, bars in self._kinds.items()}
        look = {"ls": "none", "marker": "x", "ms": points(6), "mew": points(1.6), "clip_on": False}
        (self.zeros,) = ax.plot([], [], color=PALETTE["negative"], zorder=5, **look)
        line = ax.axhline(base or 0, color=PALETTE["ink"], lw=points(1), zorder=2.8, visible=base is not None)
        self.moving = [line, *self.bars.values(), self.zeros]

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
            middles, ends = np.arange(1, len(values) + 1) + PLACES[kind], exponents(values)
            self._kinds[kind].update(middles, ends, kind in marked)
            zeros.extend(middles[ends == -np.inf])
        self.zeros.set_data(zeros, np.full(len(zeros), self._ax.get_ylim()[0]))


# --- lying ------------------------------------------------------------------------------------------------------------


class HorizontalBars:
    """At most so many bars between `low` and `high`, on a scale that is ``"linear"`` or ``"log"``.

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

    def __init__(self, ax, most, low, high, scale="linear"):
        self.ax = ax
        set_scale(ax.xaxis, scale, low, high)
        ax.set(ylim=(most + 0.5, 0.5), yticks=[], autoscale_on=False)
        ax.grid(visible=True, axis="x", lw=0.6)
        if low < 0:
            ax.axvline(0, color=PALETTE["neutral"], lw=1, ls="-", zorder=2)
        self.bars = _add(ax, facecolors=[mixed("first", 0.6)])
        (self.marks,) = ax.plot([], [], color=PALETTE["ink"], lw=points(2.4), ls="-", zorder=4)
        self.names, self.words = (self._texts(most, side) for side in (0, 1))
        self.moving = [self.bars, self.marks, *self.names, *self.words]

    def _texts(self, most, side, gap=7):
        place = shifted(self.ax.get_yaxis_transform(), self.ax.figure, gap * (2 * side - 1), 0)
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
        self.bars.set_verts(rectangles(np.arange(1, len(ends) + 1), begins, ends, 0.6, lying=True))
        self.marks.set_data(*_uprights(marks))
        for artists, texts in ((self.names, names), (self.words, words)):
            for k, artist in enumerate(artists):
                artist.set_text(texts[k] if k < len(texts) else "")


class LogBars:
    """A panel of rows with names at the axis, where some rows have a bar.

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

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    bars : dict of str to matplotlib.collections.PolyCollection
        By their hatch, "" for none; a rectangle per row, of nan where the row has no bar.
    numbers : list of matplotlib.text.Text
    """

    def __init__(self, ax, names, places, looks, ends, ticks):
        self._ax, self._places, self._hatches = ax, np.array(places), np.array([hatch for _, hatch in looks])
        ax.set(xscale="log", xlim=ends, ylim=(places[-1] + 0.65, -0.65))
        ax.set_xticks(list(ticks), ticks.values(), size=points(11))
        ax.set_yticks(places, names, size=points(12.5))
        ax.minorticks_off()
        ax.tick_params(axis="y", length=0)
        ax.grid(visible=False, axis="y")
        self.bars = {str(hatch): self._bars(looks, hatch) for hatch in dict.fromkeys(self._hatches.tolist())}
        behind = {"transform": shifted(ax.transData, ax.figure, 5, 0), "ha": "left"}
        look = {"size": points(12), "color": PALETTE["ink"], "zorder": 6, **behind}
        self.numbers = [add_quick_text(ax, 1, place, **look) for place in places]
        self.moving = [*self.bars.values(), *self.numbers]

    def _bars(self, looks, hatch):
        colors = [mixed(hue, _PALE if hatch else _STRONG) for hue, other in looks if other == hatch]
        return _add(self._ax, facecolors=colors, hatch=hatch or None)

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
        ends = np.clip(np.array([np.nan if value is None else value for value in values], dtype=float), low, high)
        corners = rectangles(self._places, low, ends, 0.68, lying=True)
        for hatch, bars in self.bars.items():
            bars.set_verts(corners[self._hatches == hatch])
        for number, end, text in zip(self.numbers, ends.tolist(), texts, strict=True):
            number.set(text=text, x=np.nan_to_num(end, nan=low))


class ClassBars:
    """Probabilities of classes, one below the other: the largest is strong, and the true class is said to be real.

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

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    bars : matplotlib.collections.PolyCollection
        From above, one per class.
    numbers, words : nbhelpers.plots.kit.fast_text.QuickTexts
        The probability of each class, and what is said about it: that it is the real one.
    """

    def __init__(self, ax, names, left, top, width, row, name=20, number=56, real=62):  # room for each, in CSS pixels
        self._left, self._row, self._full = left + name, row, width - name - number - real
        self._middles = top + row * (np.arange(len(names)) + 0.5)
        for text, y in zip(names, self._middles, strict=True):
            look = {"ha": "right", "va": "center_baseline", "size": points(13), "weight": "bold"}
            ax.text(self._left - 7, y, text, **look)
        right = self._left + self._full
        for x in np.linspace(self._left, right, 3):
            ax.plot([x, x], [top, top + row * len(names)], color=GRID, lw=0.7, ls="-", zorder=1)
        self.bars = _add(ax, zorder=4)
        self.numbers, self.words = (
            ax.add_artist(QuickTexts([(x, y) for y in self._middles], points(12), PALETTE["ink"]))
            for x in (right + 0.5 * number + 2, right + number + 0.5 * real)
        )
        self.moving = [self.bars, self.numbers, self.words]

    def update(self, probabilities, real=None):
        """Show other probabilities, shape (classes,), and the true class, counted from 0, where it is known."""
        probabilities = np.asarray(probabilities, dtype=float)
        said = int(probabilities.argmax())
        ends = self._left + np.maximum(probabilities * self._full, 0.5)
        self.bars.set_verts(rectangles(self._middles, self._left, ends, 0.72 * self._row, lying=True))
        _stress(self.bars, ["positive"] * len(ends), [said])
        self.numbers.texts = [probability_text(p) for p in probabilities]
        word = "✓ real" if real == said else "◀ real"
        self.words.texts = [word if k == real else "" for k in range(len(ends))]


def _uprights(marks):
    """Points of one line with gaps: an upright piece across the bar of each mark."""
    places = np.arange(1, len(marks) + 1)
    x = np.column_stack([marks, marks, np.full(len(marks), np.nan)])
    y = np.column_stack([places - 0.3, places + 0.3, places])
    return x.ravel(), y.ravel()
