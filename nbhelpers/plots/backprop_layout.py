"""Where everything of the diagram of a whole pass stands: a table of numbers per unit, edges, and the cost.

Every number has an address: the label of its matrix and its subscripts, counted from 0 and without the example:
``("Z1", 0)``, ``("dW2", 0, 1)``, ``("J",)``. Geometry alone, in CSS pixels; x runs to the right, y runs down.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nbhelpers.plots.network_layout import best_share, require_drawable

ROW = 15  # height of a line of numbers
_TITLES, _KEY = 46, 24  # bands above and below the units
_COST = 104  # width of the column of the cost
_EDGE = (44, 54)  # widths of a weight and of its gradient


@dataclass(frozen=True)
class BackpropLayout:
    """The geometry of a diagram of a pass.

    Attributes
    ----------
    boxes : dict of tuple to tuple
        Left, top, width and height of each number, by its address.
    units : list of tuple
        Left, top, width and height of each unit, from the first layer on.
    columns : list of float
        The middles of the input, of each layer, of the labels and of the cost.
    edges : list of numpy.ndarray or None
        By layer, from 1 on: from border to border, as ``W[l].ravel()``, shape (h_l * h_{l-1}, 2, 2).
    bars : tuple of float
        Left, top, width and height of the place for the two costs.
    is_narrow : bool
        Whether there is room for few digits only.
    """

    boxes: dict
    units: list
    columns: list
    edges: list
    bars: tuple
    is_narrow: bool


def height_for(sizes):
    """Return the height, in CSS pixels, that suits a network; a ValueError if it is too large for a diagram."""
    require_drawable(sizes)
    return _TITLES + _KEY + max(250, max(sizes) * (_unit_height(sizes) + _between(sizes)))


def backprop_layout(sizes, left, top, width):
    """Return the `BackpropLayout` of a network with `sizes` units, features first; for its height see `height_for`."""
    require_drawable(sizes)
    is_narrow = len(sizes) > 4
    value, gradient = (48, 58) if is_narrow else (62, 72)
    widths = [54 if is_narrow else 64, *[value + gradient] * (len(sizes) - 1)]
    label = 48 if is_narrow else 54
    gap = (width - _COST - 12 - label - 14 - sum(widths)) / (len(sizes) - 1)
    starts = left + np.cumsum([0, *(w + gap for w in widths[:-1])])
    band = height_for(sizes) - _TITLES - _KEY
    middles = [_middles(h, top + _TITLES, band, sizes) for h in sizes]
    boxes = {("X", i): _box(starts[0], y, widths[0]) for i, y in enumerate(middles[0])}
    units = []
    for l in range(1, len(sizes)):
        for j, y in enumerate(middles[l]):
            corner = (starts[l], y - _unit_height(sizes) / 2)
            units.append((*corner, widths[l], _unit_height(sizes)))
            boxes |= _unit_boxes(l, j, corner, value, gradient, sizes)
    labels = starts[-1] + widths[-1] + 14
    boxes |= {("Y", j): _box(labels, y, label) for j, y in enumerate(middles[-1])}
    edges = [None, *(_edges(starts, widths, middles, l) for l in range(1, len(sizes)))]
    for l, (sources, targets) in enumerate(_ends(starts, widths, middles), start=1):
        boxes |= _edge_boxes(l, sources, targets)
    bars = (left + width - _COST, top + _TITLES, _COST, band)
    boxes |= _cost_boxes(*bars)
    columns = [*(start + w / 2 for start, w in zip(starts, widths, strict=True)), labels + label / 2]
    return BackpropLayout(boxes, units, [*columns, left + width - _COST / 2], edges, bars, is_narrow)


def _rows(sizes):
    return 4 if max(sizes) <= 6 else 3  # without the slope where units are many


def _unit_height(sizes):
    return _rows(sizes) * (ROW + 1) + 1


def _between(sizes):
    return 24 if max(sizes) <= 4 else 10


def _middles(h, top, band, sizes):
    spacing = min(band / h, 1.35 * band / max(sizes))
    return top + band / 2 + (np.arange(h) - (h - 1) / 2) * spacing


def _box(left, middle, width):
    return (left, middle - (ROW + 5) / 2, width, ROW + 5)


def _unit_boxes(l, j, corner, value, gradient, sizes):
    """The numbers of a unit: values at the left, gradients at the right."""
    activation = "Y_hat" if l == len(sizes) - 1 else f"A{l}"
    lines = [(f"Z{l}", f"dZ{l}"), (activation, f"d{activation}"), (f"slope{l}", None), (f"b{l}", f"db{l}")]
    if _rows(sizes) == 3:
        del lines[2]
    boxes = {}
    for k, (left, right) in enumerate(lines):
        top = corner[1] + 1 + k * (ROW + 1)
        boxes[left, j] = (corner[0], top, value, ROW + 1)
        if right:
            boxes[right, j] = (corner[0] + value, top, gradient, ROW + 1)
    return boxes


def _ends(starts, widths, middles):
    """Where the edges of each layer begin and end."""
    for (start, width, sources), (end, _, targets) in pairwise(zip(starts, widths, middles, strict=True)):
        yield (
            np.column_stack([np.full(len(sources), start + width), sources]),
            np.column_stack([np.full(len(targets), end), targets]),
        )


def _edges(starts, widths, middles, l):
    sources, targets = list(_ends(starts, widths, middles))[l - 1]
    return np.array([(source, target) for target in targets for source in sources])


def _edge_boxes(l, sources, targets):
    """A weight and its gradient on each edge, or nothing where there is no room."""
    margin = (sum(_EDGE) / 2 + 5) / (targets[0, 0] - sources[0, 0])
    share = best_share(sources, targets, margin) if margin <= 0.5 else None
    boxes = {}
    for j, target in enumerate(targets if share else ()):
        for i, source in enumerate(sources):
            x, y = (1 - share) * source + share * target - [sum(_EDGE) / 2, ROW / 2]
            boxes[f"W{l}", j, i] = (x, y, _EDGE[0], ROW)
            boxes[f"dW{l}", j, i] = (x + _EDGE[0], y, _EDGE[1], ROW)
    return boxes


def _cost_boxes(left, top, width, height):
    half = width / 2
    return {
        (name,): (left + k * half + 3, top + height - 38, half - 6, ROW + 5) for k, name in enumerate(("J", "J_new"))
    }
