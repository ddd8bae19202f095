"""The computational graph as number lines: each number on a line of its own, and how far a nudge moves it.

The lines stand in columns from left to right; between them run the local slopes. Numbers are passed in.
"""

import numpy as np
from matplotlib.collections import LineCollection

from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import PALETTE

SIZE = (1000, 440)  # of the figure, in CSS pixels
REGIONS = {"pushed": (0, 50), "on the way": (330, 50), "loss": (660, 50), "paths": (0, 300)}
MOST_UNITS, MOST_LAYERS, MOST_PATHS = 4, 3, 4  # that there is room for; of the paths, in words
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 900, 46, 318
_TEXTS = 90
_LABELED = 4  # edges between two columns: more of them have no room for their slopes
_GAP = 14  # CSS pixels from a line to what leads to it


def places(counts):
    """Return where the number lines stand: per column the middles, shape (units, 2), and half the length of a line."""
    across = np.linspace(_LEFT, _RIGHT, len(counts))
    pitch = (_BOTTOM - _TOP) / max(counts)
    middle = (_TOP + _BOTTOM) / 2
    found = [
        np.array([(x, middle + pitch * (k - (count - 1) / 2)) for k in range(count)])
        for x, count in zip(across, counts, strict=True)
    ]
    return found, min(104.0, 0.5 * pitch - 22)


class NudgePicture:
    """All artists, on one page.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    ax : matplotlib.axes.Axes
        The page.
    before, after : matplotlib.lines.Line2D
        Rings where the numbers were, and discs where they are now; what has left its line lies at its end.
    moves : matplotlib.collections.LineCollection
        From the one to the other.
    texts : list of nbhelpers.plots.kit.fast_text.QuickText
    """

    def __init__(self, figure):
        self.ax = ax = figure.add_axes((0, 0, 1, 1))
        as_page(ax)
        self.edges = _lines(ax, 2)
        self._scales = _lines(ax, 3, colors=PALETTE["ink"], linewidths=points(1.8))
        self.moves = _lines(ax, 4, colors=PALETTE["second"], linewidths=points(7))
        ring = {"ls": "none", "mec": PALETTE["ink"], "mew": 1.4, "ms": points(11)}
        (self.before,) = ax.plot([], [], marker="o", mfc=PALETTE["ground"], zorder=5, **ring)
        (self.after,) = ax.plot([], [], marker="o", mfc=PALETTE["highlight"], zorder=6, **ring)
        look = {"color": PALETTE["ink"], "zorder": 7}
        self.texts = [add_quick_text(ax, 0, 0, **look) for _ in range(_TEXTS)]
        self.moving = [self.edges, self._scales, self.moves, self.before, self.after, *self.texts]

    def update(self, columns, edges, lines):
        """Show other numbers.

        Parameters
        ----------
        columns : list of list of tuple
            Per number: its name, its value as a text, its move as a text, and the share of the line that it moves,
            upwards from the middle; beyond ±1 it leaves the line.
        edges : list of list of tuple
            Between two columns: from and to which unit, and the slope as a text.
        lines : list of str
            Below the picture.
        """
        spots, half = places([len(column) for column in columns])
        middles = np.concatenate(spots)
        shares = np.clip([share for column in columns for *_, share in column], -1, 1)
        ends = middles - np.column_stack([0 * shares, half * shares])
        self._scales.set_segments([[(x, y - half), (x, y + half)] for x, y in middles])
        self.moves.set_segments(np.stack([middles, ends], axis=1))
        self.before.set_data(*middles.T)
        self.after.set_data(*ends.T)
        said = [text for column, spot in zip(columns, spots, strict=True) for text in _around(column, spot, half)]
        self._show_edges(spots, edges, said)
        said += [(20, 362 + 21 * k, line, "left", 13, "ink") for k, line in enumerate(lines)]
        for k, text in enumerate(self.texts):
            x, y, words, side, size, color = said[k] if k < len(said) else (0, 0, "", "left", 12, "ink")
            text.set(position=(x, y), text=words, ha=side, size=points(size), color=PALETTE[color])

    def _show_edges(self, spots, edges, said):
        segments, dashes = [], []
        for before, after, joined in zip(spots[:-1], spots[1:], edges, strict=True):
            for begin, end, slope in joined:
                (x1, y1), (x2, y2) = before[begin] + [_GAP, 0], after[end] - [_GAP, 0]
                segments.append([(x1, y1), (x2, y2)])
                dashes.append((0, (3, 2)) if slope.startswith("−") else "solid")
                if len(joined) > _LABELED:
                    continue
                share = 0.5 if y1 == y2 else 0.66
                said.append((x1 + share * (x2 - x1), y1 + share * (y2 - y1) - 11, f"× {slope}", "center", 12, "ink"))
        self.edges.set(segments=segments, linestyles=dashes, colors=PALETTE["neutral"], linewidths=points(1.6))


def _around(column, spot, half):
    """Above a line the name, below it the value, and how far it has moved."""
    for (name, value, move, _), (x, y) in zip(column, spot, strict=True):
        yield x, y - half - 12, name, "center", 14, "ink"
        yield x, y + half + 12, f"{value} {move}", "center", 12.5, "ink"


def _lines(ax, zorder, **look):
    return ax.add_collection(LineCollection([], zorder=zorder, capstyle="butt", **look), autolim=False)
