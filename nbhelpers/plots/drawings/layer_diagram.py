"""A layer as units and edges beside its W and b: the edges into one unit are one row of W."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle

from nbhelpers.checks import as_matrix
from nbhelpers.numbers_as_text import exact_if_short, subscript
from nbhelpers.plots.kit.matrices import draw_matrix
from nbhelpers.plots.kit.network_diagram import require_drawable
from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import PALETTE, mixed

_COLUMNS, _RADIUS, _MATRIX, _CELL = (60, 300), 26, 420, (62, 30)


def layer_size(W):
    """Return the width and height, in CSS pixels, of the drawing of a layer with these weights."""
    units, inputs = np.shape(W)
    return _MATRIX + _CELL[0] * (inputs + 1) + 80, 110 + 62 * max(units, inputs)


def draw_layer_diagram(ax, W, b, unit, l=1):
    """Draw a layer, and mark a unit, the edges that lead into it, and the row of W and the entry of b that they are.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        All of a figure of `layer_size`.
    W : array_like, shape (h, n)
    b : array_like, shape (h, 1)
    unit : int
        Which one, from 1 as in the lecture.
    l : int
        The number of the layer.

    Returns
    -------
    W, b : nbhelpers.plots.kit.matrices.Matrix

    Raises
    ------
    ValueError
        If W and b do not fit each other, there is no such unit, or the layer is too large for a drawing.

    Examples
    --------
    >>> from nbhelpers import style, worked_example
    >>> network = worked_example.network()
    >>> figure = style.new_figure(*layer_size(network.W[1]))
    >>> W, b = draw_layer_diagram(figure.add_axes((0, 0, 1, 1)), network.W[1], network.b[1], unit=2)
    >>> W.shape, b.shape
    ((2, 2), (2, 1))
    """
    W, b = as_matrix(W, "W"), as_matrix(b, "b")
    units, inputs = W.shape
    require_drawable([inputs, units])
    if b.shape != (units, 1):
        raise ValueError(f"W is {W.shape}, but b is {b.shape}: b needs a row per row of W, ({units}, 1)")
    if unit not in range(1, units + 1):
        raise ValueError(f"unit is {unit}: the layer has the units 1 to {units}")
    _, height = as_page(ax)
    sources, targets = (_column(x, count, height) for x, count in zip(_COLUMNS, (inputs, units), strict=True))
    _draw_edges(ax, sources, targets, unit - 1)
    before = "x" if l == 1 else "a"
    for column, letter, marked in ((sources, before, None), (targets, "z", unit - 1)):
        _draw_units(ax, column, letter, marked)
    names = ("input" if l == 1 else f"layer {l - 1}", f"layer {l}")
    for x, name in zip(_COLUMNS, names, strict=True):
        ax.text(x, 20, name, ha="center", va="center", size=points(14), weight="bold")
    return _draw_matrices(ax, W, b, unit - 1, l, height)


def _draw_matrices(ax, W, b, j, l, height):
    (units, inputs), top = W.shape, height / 2 + 8 - W.shape[0] * _CELL[1] / 2
    right = _MATRIX + inputs * _CELL[0] + 44
    drawn = [
        draw_matrix(ax, f"{letter}⁽{'⁰¹²³⁴⁵⁶⁷⁸⁹'[l]}⁾", M.shape, left, top, _CELL, 13, exact_if_short)
        for letter, M, left in (("W", W, _MATRIX), ("b", b, right))
    ]
    for matrix, M in zip(drawn, (W, b), strict=True):
        matrix.update(M, marked=[(j, i) for i in range(M.shape[1])])
    row = f"row {j + 1}: the weights of unit {j + 1}"
    ax.text(_MATRIX, top + units * _CELL[1] + 38, row, ha="left", va="center", size=points(13))
    return tuple(drawn)


def _draw_edges(ax, sources, targets, j):
    others = [(source, target) for k, target in enumerate(targets) for source in sources if k != j]
    own = [(source, targets[j]) for source in sources]
    for segments, color, width in ((others, "neutral", 1.0), (own, "ink", 7.0), (own, "highlight", 4.5)):
        lines = LineCollection(segments, colors=PALETTE[color], linewidths=points(width), zorder=2)
        ax.add_collection(lines, autolim=False)
    for i, (source, target) in enumerate(own):
        x, y = source + (0.45 if len(own) < 5 else 0.3) * (target - source)
        plate = {"fc": PALETTE["ground"], "ec": "none", "pad": 1}
        name = f"w{subscript(j + 1)}{subscript(i + 1)}"
        ax.text(x, y, name, ha="center", va="center", size=points(14), bbox=plate, zorder=3)


def _draw_units(ax, column, letter, marked):
    for k, place in enumerate(column):
        fill = PALETTE["highlight"] if k == marked else mixed("fifth", 0.18)
        ax.add_patch(Circle(place, _RADIUS, fc=fill, ec=PALETTE["ink"], lw=points(1.6), zorder=4))
        ax.text(*place, f"{letter}{subscript(k + 1)}", ha="center", va="center", size=points(15), zorder=5)


def _column(x, count, height):
    return np.column_stack([np.full(count, x), height / 2 + 8 + 62 * (np.arange(count) - (count - 1) / 2)]).astype(
        float
    )
