"""The 2-2-1 network without numbers, to be printed: a field for each number of a pass, forwards and backwards."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import PALETTE

SIZE = (1100, 640)
_FIELD = (86, 30)  # width and height of a field to write into
_INPUTS, _HIDDEN, _OUTPUT = 20, 380, 816  # where the columns begin
_ROWS = (190, 450)  # the middles of the two hidden units
_UNIT = ("b", "z", "a", "db", "dz", "da")  # what is written in a unit, row by row and three to a row


def draw_blank_diagram(ax):
    """Draw the lecture's 2-2-1 network with empty fields: x, every w, z, a, b and their gradients, y and J.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        All of a figure of `SIZE`.

    Returns
    -------
    dict of str to matplotlib.patches.Rectangle
        The fields by their names: ``"x1"``, ``"W1[1,2]"``, ``"dW1[1,2]"``, ``"z1[2]"``, ``"da1[1]"``, ``"J"``, ….
    """
    as_page(ax)
    fields, middle = {}, sum(_ROWS) / 2
    ends = {1: (_HIDDEN, _ROWS), 2: (_OUTPUT, (middle,))}
    starts = {1: (_INPUTS + _FIELD[0] + 36, _ROWS), 2: (_HIDDEN + _unit_width(), _ROWS)}
    for i, y in enumerate(_ROWS, start=1):
        fields[f"x{i}"] = _field(ax, _INPUTS + 32, y, f"$x_{i}$")
    for l, (left, rows) in ends.items():
        segments = [((starts[l][0], y), (left, target)) for target in rows for y in starts[l][1]]
        ax.add_collection(LineCollection(segments, colors=PALETTE["ink"], linewidths=points(1.4), zorder=1))
        for j, target in enumerate(rows, start=1):
            fields |= _unit(ax, l, j, left, target)
            fields |= _weights(ax, l, j, starts[l], (left, target))
    for k, (name, words) in enumerate((("y", "$y$"), ("J", "$J$"), ("J_new", "$J$ after the step"))):
        fields[name] = _field(ax, _OUTPUT + _unit_width() - _FIELD[0], 500 + 42 * k, words)
    for x, words in ((_INPUTS + 60, "input"), (_HIDDEN + _unit_width() / 2, "layer 1"), (_OUTPUT + 130, "layer 2")):
        ax.text(x, 34, words, ha="center", va="center", size=points(18), weight="bold")
    return fields


def _unit_width():
    return 3 * 91 - 5 + 6


def _unit(ax, l, j, left, middle):
    """The frame of a unit with its six fields: z, a and b above, their gradients below."""
    look = {"fc": PALETTE["ground"], "ec": PALETTE["ink"], "lw": points(1.8), "zorder": 2}
    ax.add_patch(Rectangle((left, middle - 70), _unit_width(), 140, **look))
    fields = {}
    for k, letter in enumerate(_UNIT):
        row, column = divmod(k, 3)
        x, y = left + 3 + column * 91, middle - 18 + 66 * row
        name = r"\hat y" if letter[-1] == "a" and l == 2 else rf"{letter[-1]}^{{({l})}}_{j}"
        words = f"${name}$" if letter[0] != "d" or letter == "d" else rf"$\partial J / \partial {name}$"
        fields[f"{letter}{l}[{j}]"] = _field(ax, x, y, words, above=True)
    return fields


def _weights(ax, l, j, start, end):
    """Two fields on each edge into a unit: the weight and its gradient."""
    fields = {}
    for i, y in enumerate(start[1], start=1):
        share = 0.28 if (i, j) in ((1, 2), (2, 1)) and l == 1 else 0.5
        x, y = np.array([start[0], y]) * (1 - share) + np.array(end) * share
        for k, (name, shift) in enumerate(((f"W{l}[{j},{i}]", -15), (f"dW{l}[{j},{i}]", 15))):
            fields[name] = _field(ax, x - 52, y + shift, rf"${'dw' if k else 'w'}^{{({l})}}_{{{j}{i}}}$", small=True)
    return fields


def _field(ax, x, y, words, above=False, small=False):
    """An empty rectangle with its name before it, above it, or small inside."""
    width, height = (104, 28) if small else _FIELD
    look = {"fc": PALETTE["ground"], "ec": PALETTE["neutral"], "lw": points(1.2), "zorder": 3}
    box = ax.add_patch(Rectangle((x, y - height / 2), width, height, **look))
    where = (x + width / 2, y - 27, "center") if above else (x + 3, y, "left") if small else (x - 7, y, "right")
    size = 14 if above else 11 if small else 16
    ax.text(*where[:2], words, ha=where[2], va="center", size=points(size), zorder=4)
    return box
