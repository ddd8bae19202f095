"""The verdict of a gradient check as a small table, above it one derivative computed in three ways.

The table is set by `CheckPanel.show_verdicts`, rarely; the numbers are moved by `CheckPanel.update`.
"""

import textwrap

from nbhelpers.plots.page import as_page
from nbhelpers.plots.page import points as in_points
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.style import PALETTE, mixed

MAX_BLOCKS = 12
_COLUMNS = (12, 84, 200)  # where they begin: block, verdict, relative error
_TOP, _ROW = 178, 21
_LAST, _LETTERS = 360, 44  # down to where code may begin, and how many letters fit beside each other
_SIGNS = {"right": ("✓", "right"), "undecided": ("?", "neutral")}


class CheckPanel:
    """The artists of the panel; made by `draw_check_panel`.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    heading : matplotlib.text.Text
        Which derivative, and at which h.
    numbers, errors : list of matplotlib.text.Text
        Of backprop, the forward and the central difference; the first has no error.
    rows : list of list of matplotlib.text.Text
        The table; it belongs to the ground.
    """

    def __init__(self, ax, width):
        self.ax, self._width = ax, width
        self.heading = add_quick_text(ax, 12, 16, ha="left", size=in_points(13), weight="bold", color=PALETTE["ink"])
        places = [44, 70, 96]
        self.numbers = [self._quick(196, y) for y in places]
        self.errors = [self._quick(width - 12, y) for y in places]
        self.moving = [self.heading, *self.numbers, *self.errors]
        self.rows, self._others = [], []

    def _quick(self, x, y):
        return add_quick_text(self.ax, x, y, ha="right", size=in_points(12.5), color=PALETTE["ink"], zorder=3)

    def show_verdicts(self, rows, summary, code=()):
        """Set the table; the background has to be redrawn after it.

        Parameters
        ----------
        rows : list of tuple of str
            Block, verdict, relative error.
        summary : str
            A sentence below it.
        code : tuple of str, optional
            The wrong line of code and the right one; left out where there is no room.
        """
        for artist in [artist for row in self.rows for artist in row] + self._others:
            artist.remove()
        self.rows = [self._row(k, *row) for k, row in enumerate(rows)]
        plates = [self._plate(k, row[1]) for k, row in enumerate(rows)]
        y = _TOP + _ROW * len(rows) + 22
        self._others = [*plates, _text(self.ax, 12, y, summary, weight="bold"), *self._code(y + 24, *code)]

    def _code(self, y, *lines):
        """The lines of code below each other, each with its sign, broken where they are long."""
        if not lines or y > _LAST:
            return []
        lines = [textwrap.wrap(line, _LETTERS, subsequent_indent="    ") for line in lines]
        text = "\n".join(f"{sign} " + "\n  ".join(line) for sign, line in zip("✗✓", lines, strict=True))
        look = {"family": "DejaVu Sans Mono", "size": in_points(11), "va": "top", "linespacing": 1.5}
        return [_text(self.ax, 12, y - 8, text, **look)]

    def _row(self, k, block, verdict, error):
        y, sign = _TOP + _ROW * (k + 0.5), _SIGNS.get(verdict, ("✗", "negative"))[0]
        texts = (block, f"{sign} {verdict}", error)
        return [_text(self.ax, x, y, text) for x, text in zip(_COLUMNS, texts, strict=True)]

    def _plate(self, k, verdict):
        color = mixed(_SIGNS.get(verdict, ("✗", "negative"))[1], 0.16)
        y = _TOP + _ROW * k
        return self.ax.fill_between([4, self._width - 4], y + 1, y + _ROW - 1, color=color, lw=0, zorder=1)

    def update(self, heading, numbers, errors):
        """Show other numbers, all as texts: of backprop, the forward and the central difference."""
        self.heading.set_text(heading)
        for text, number in zip(self.numbers, numbers, strict=True):
            text.set_text(number)
        for text, error in zip(self.errors, ["", *errors], strict=True):
            text.set_text(error)


def draw_check_panel(ax):
    """Turn axes, about 330 by 440 pixels, into the panel, and return its `CheckPanel`, still empty."""
    width, _ = as_page(ax)
    ax.fill_between([0, width], 28, 110, color=PALETTE["panel"], lw=0, zorder=0)
    for y, name in ((44, "backprop"), (70, "forward  ○"), (96, "central  □")):
        _text(ax, 12, y, name)
    _text(ax, width - 12, 16, "error", ha="right", color=PALETTE["neutral"])
    _text(ax, 12, 136, "check_gradients, block by block", weight="bold")
    for x, name in zip(_COLUMNS, ("block", "verdict", "relative error"), strict=True):
        _text(ax, x, 162, name, color=PALETTE["neutral"])
    return CheckPanel(ax, width)


def _text(ax, x, y, text, **look):
    look = {"size": in_points(12.5), "color": PALETTE["ink"], "va": "center_baseline", "zorder": 3, **look}
    return ax.text(x, y, text, **look)
