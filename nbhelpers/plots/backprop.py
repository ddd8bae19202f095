"""A whole pass in one diagram: each number with its gradient beside it, in the units, on the edges and below, and J.

Every number has an address: the label of its matrix and its subscripts, counted from 0 and without the example:
``("Z1", 0)``, ``("dW2", 0, 1)``, ``("J",)``. What is not known is blank; what was just computed has a yellow ground.
Places are CSS pixels; x runs to the right, y runs down. `draw_backprop` draws what stays; `BackpropDiagram.update` sets
the rest. The numbers are passed in.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection

from nbhelpers.numbers_as_text import exact_if_short, short, subscript
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.matrices import cell_tint
from nbhelpers.plots.kit.network_diagram import best_share, edge_looks, require_drawable
from nbhelpers.plots.kit.number_boxes import DASHED, NumberBoxes, add_frames, corners
from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.style import PALETTE

ROW = 15  # height of a line of numbers
_TITLES, _KEY = 46, 24  # bands above and below the units
_COST = 104  # width of the column of the cost
_EDGE = (44, 54)  # widths of a weight and of its gradient
_GIVEN = ("X", "Y", "W", "b")
_BAR = 34  # width of a bar
_SIGNS = [
    (("highlight", 0.6, "solid"), "just computed", 98),
    (("ground", 2.4, "solid"), "shown below", 88),
    (("ground", 1.8, DASHED), "made from these", 112),
    (None, "w | dw on an edge;  dz stands for ∂J/∂z;  f′ is the slope;  dashed edge: weight below 0", 500),
]


# --- where everything stands ------------------------------------------------------------------------------------------


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


# --- the diagram ------------------------------------------------------------------------------------------------------


class BackpropDiagram:
    """The artists of the diagram.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets.
    layout : nbhelpers.plots.backprop.BackpropLayout
    numbers : nbhelpers.plots.kit.number_boxes.NumberBoxes
        All numbers, by address such as ``("dW1", 0, 1)``.
    edges : list of matplotlib.collections.LineCollection
        By layer, from 1 on.
    halos : matplotlib.collections.LineCollection
        Below the edges of weights that were just computed or used.
    bars : matplotlib.collections.PolyCollection
        The cost before and after the step.
    change : matplotlib.text.Text
        How the cost has changed.
    """

    def __init__(self, ax, layout, sizes):
        self.layout, self._sizes = layout, sizes
        self.halos = ax.add_collection(LineCollection([], colors=PALETTE["highlight"], zorder=1), autolim=False)
        self.edges = [None, *(ax.add_collection(LineCollection(e, zorder=2), autolim=False) for e in layout.edges[1:])]
        self.bars = add_frames(ax, [], 1, "ink", 3)
        self.change = add_quick_text(ax, *_above_bars(layout), ha="center", size=points(11), zorder=6)
        self._size = 10 if layout.is_narrow else 11
        self.numbers = NumberBoxes(ax, layout.boxes, self._size)
        self.moving = [self.halos, *self.edges[1:], self.bars, self.change, *self.numbers.moving]

    def update(self, known, just=None, told=None, sources=()):
        """Show a stage of the pass.

        Parameters
        ----------
        known : dict of str to array_like
            By label, such as ``"Z1"`` or ``"dW2"``, what is known: of matrices with a column per example one column.
            ``"J_new"`` is the cost after the step. What is missing stays blank; all W are there.
        just : str, optional
            The label of the matrix that was just computed.
        told : tuple, optional
            The address of the number that is told.
        sources : iterable of tuple, optional
            Addresses of the numbers that it was made from. Those that are not in the diagram are left out.
        """
        values = {address: _value(known, address) for address in self.layout.boxes}
        texts = [self._written(address, value) for address, value in values.items()]
        grounds = [_ground(address, value, just) for address, value in values.items()]
        self.numbers.update(texts, grounds, told, sources)
        for l in range(1, len(self._sizes)):
            self.edges[l].set(**edge_looks(np.ravel(known[f"W{l}"])))
        self._show_halos(just, told, sources)
        self._show_cost(values["J",], values["J_new",])

    def _written(self, address, value):
        """The number with its name and as many digits as there is room for; without its name where there is none."""
        if value is None:
            return ""
        name = self._name(*address)
        number = exact_if_short if address[0][0] in _GIVEN else short
        decimals = range(4 if address[0].startswith("d") else 3, 0, -1)
        letters = int((self.layout.boxes[address][2] + 2) / (0.62 * self._size))
        for start in (f"{name} " if name else "", ""):
            for count in decimals:
                text = start + number(value, count)
                if len(text) <= letters:
                    return text
        return text

    def _name(self, label, *index):
        if label in "XY" and self._sizes[0 if label == "X" else -1] > 1:
            return label.lower() + subscript(index[0] + 1)
        return _name(label)

    def _show_halos(self, just, told, sources):
        """A halo for the weights that were just computed or used, a wider one for the one that is told."""
        widths = {}
        for addresses, width in ((self._edges_of(just), 7), (sources, 7), ([told], 13)):
            widths |= {self._edge(address): width for address in addresses if self._edge(address)}
        self.halos.set_segments([self.layout.edges[l][k] for l, k in widths])
        self.halos.set(linewidths=list(widths.values()), visible=bool(widths))

    def _edges_of(self, label):
        """The addresses of all entries of a W or dW; nothing for another matrix."""
        if not label or label.removeprefix("d")[0] != "W":
            return []
        l = int(label.removeprefix("d")[1:])
        return [(label, j, i) for j in range(self._sizes[l]) for i in range(self._sizes[l - 1])]

    def _edge(self, address):
        """Layer and place of the edge of a weight or of its gradient, or None."""
        if not address or len(address) != 3 or not address[0].removeprefix("d").startswith("W"):
            return None
        label, j, i = address
        l = int(label.removeprefix("d")[1:])
        return l, j * self._sizes[l - 1] + i

    def _show_cost(self, before, after):
        costs = [cost for cost in (before, after) if cost is not None and np.isfinite(cost)]
        highest = max(costs, default=0) or 1
        self.bars.set_verts([_bar(self.layout, k, cost / highest) for k, cost in enumerate(costs)])
        better = len(costs) < 2 or costs[1] <= costs[0]
        self.bars.set_visible(bool(costs))
        self.bars.set_facecolor([PALETTE["neutral"], PALETTE["right" if better else "wrong"]][: len(costs)])
        self.change.set_text("" if len(costs) < 2 else _change(costs[1] - costs[0]))


def draw_backprop(ax, sizes, activations, left, top, width):
    """Draw the diagram of a pass on a page, still without numbers.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.kit.panel.as_page`.
    sizes : list of int
        Features, then units per layer.
    activations : list of str
        A name per layer, from layer 1 on.
    left, top, width : float
        Where it stands. Its height is that of `nbhelpers.plots.backprop.height_for`.

    Returns
    -------
    BackpropDiagram

    Raises
    ------
    ValueError
        If the network is too large for a diagram; the message names the limit.
    """
    layout = backprop_layout(sizes, left, top, width)
    _add_captions(ax, layout, top, ["", *activations])
    _add_unit_frames(ax, layout)
    _add_cost_frame(ax, layout)
    _add_key(ax, left, top + height_for(sizes) - 9)
    return BackpropDiagram(ax, layout, sizes)


# --- from numbers to looks --------------------------------------------------------------------------------------------


def _value(known, address):
    label, *index = address
    if label not in known:
        return None
    return float(np.asarray(known[label]).reshape(-1, 1)[index[0], 0] if len(index) == 1 else _entry(known, address))


def _entry(known, address):
    return np.asarray(known[address[0]])[address[1:]] if address[1:] else np.asarray(known[address[0]]).item()


def _ground(address, value, just):
    if value is None:
        return PALETTE["panel"]
    if address[0] == just:
        return PALETTE["highlight"]
    return cell_tint(value) if address[0].startswith("d") else PALETTE["ground"]


def _name(label):
    """How a number is called in its box: Z1 is ``z``, dY_hat is ``dŷ``; on the edges it needs no name."""
    letter = label.removeprefix("d").rstrip("0123456789")
    if letter in ("J", "J_new", "W"):
        return ""
    return "d" * label.startswith("d") + {"Y_hat": "ŷ", "slope": "f′"}.get(letter, letter.lower())


def _change(difference):
    arrow = "↓ falls by" if difference < 0 else "↑ rises by" if difference > 0 else "does not move:"
    return f"{arrow}\n{short(abs(difference), 4)}"


def _bar(layout, k, share):
    left, top, width, height = layout.bars
    room = height - 38 - 60
    middle = left + width * (0.25 + 0.5 * k)
    return corners((middle - _BAR / 2, top + height - 42 - share * room, _BAR, share * room))


def _above_bars(layout):
    left, top, width, _ = layout.bars
    return left + width / 2, top + 24


# --- what stays -------------------------------------------------------------------------------------------------------


def _add_captions(ax, layout, top, activations):
    last = len(activations) - 1
    titles = ["input X", *(f"hidden layer {l}" for l in range(1, last)), "output Ŷ", "Y", "cost J"]
    for x, title, name in zip(layout.columns, titles, [*activations, "label", "before, after"], strict=True):
        _add_words(ax, x, top + 12, title, "ink", 12, weight="bold")
        _add_words(ax, x, top + 29, name, "neutral", 11)


def _add_words(ax, x, y, words, color, size, ha="center", **look):
    ax.text(x, y + 0.36 * size, words, ha=ha, va="baseline", size=points(size), color=PALETTE[color], zorder=1, **look)


def _add_unit_frames(ax, layout):
    frames = [corners((left - 2, top - 2, width + 4, height + 4)) for left, top, width, height in layout.units]
    add_frames(ax, frames, 1.4, "ink", 2.5, facecolors=PALETTE["panel"])


def _add_cost_frame(ax, layout):
    left, top, width, height = layout.bars
    add_frames(ax, [corners(layout.bars)], 0, "panel", 0, facecolors=PALETTE["panel"])
    for k, words in enumerate(("before", "after")):
        _add_words(ax, left + width * (0.25 + 0.5 * k), top + height - 9, words, "neutral", 11)


def _add_key(ax, left, y):
    x = left
    for kind, words, room in _SIGNS:
        if kind:
            frame = [corners((x, y - 6, 20, 12))]
            add_frames(ax, frame, kind[1], "ink", 1, facecolors=PALETTE[kind[0]], linestyles=[kind[2]])
            x += 27
        _add_words(ax, x, y, words, "neutral", 11, ha="left")
        x += room
