"""A network as a diagram: units as circles with their values, weights as edges, biases below their units.

What never moves (captions, columns, key) is drawn by `draw_network` once; what moves is in `NetworkDiagram.moving` and
is set by `NetworkDiagram.update`. Places are CSS pixels; x runs to the right, y runs down. The numbers are passed in.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection, PatchCollection, PolyCollection
from matplotlib.patches import Circle, FancyBboxPatch

from nbhelpers.numbers_as_text import exact_if_short, short, subscript, superscript
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import PALETTE, mixed

MAX_UNITS = 8
MAX_LAYERS = 6  # without the input
TOP, BOTTOM = 52, 40  # bands for the captions and for the key
SIDE = 74  # from the border to the middle of the first column: half a caption
LINE = 15  # height of a line of numbers on an edge
GAP = 190  # between two columns, from which there is room for numbers on edges; nearer, edges are too steep
DASHED = (0, (2.6, 1.5))
_LONG, _HAIR_SPACE = 6, "\u200a"  # from this many characters on, a number would touch the circle
_ROOMY, _TIGHT = 44, 27  # radius from which a unit says "z₁ = 0.430", and below which it says "0.43"


# --- where everything stands ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NetworkLayout:
    """The geometry of a diagram.

    Attributes
    ----------
    centers : list of numpy.ndarray
        Per layer, from the input on: the middles of its units, shape (h_l, 2).
    radius : float
        Of every unit.
    label_at : list of float or None
        Per layer, from 1 on (entry 0 is None): how far along an edge its number stands, from 0 to 1; None where
        there is no room for numbers.
    """

    centers: list
    radius: float
    label_at: list

    def edges(self, l):
        """Return the edges into layer `l`, from rim to rim, as ``W[l].ravel()``: shape (h_l * h_{l-1}, 2, 2)."""
        ends = _all_pairs(self.centers[l - 1], self.centers[l])
        along = ends[:, 1] - ends[:, 0]
        step = self.radius * along / np.linalg.norm(along, axis=1, keepdims=True)
        return np.stack([ends[:, 0] + step, ends[:, 1] - step], axis=1)

    def on_edges(self, l):
        """Return where the numbers of the weights into layer `l` stand, or would stand, shape (h_l * h_{l-1}, 2)."""
        ends = _all_pairs(self.centers[l - 1], self.centers[l])
        share = 0.5 if self.label_at[l] is None else self.label_at[l]
        return (1 - share) * ends[:, 0] + share * ends[:, 1]

    def below(self, l):
        """Return where the biases of layer `l` stand, shape (h_l, 2)."""
        return self.centers[l] + [0, self.radius + 8]


def size_for(sizes):
    """Return the width and height, in CSS pixels, that suit a diagram of a network with these sizes.

    Raises
    ------
    ValueError
        If the network is too large for a diagram.
    """
    require_drawable(sizes)
    width = {2: 760, 3: 840}.get(len(sizes), 1000)
    pitch = {1: 170, 2: 145, 3: 120, 4: 98, 5: 82, 6: 72, 7: 65, 8: 61}[max(sizes)]
    return width, TOP + BOTTOM + max(pitch * max(sizes), 270)


def require_drawable(sizes):
    """Raise a ValueError that names the limit, if a network with these sizes is too large for a diagram."""
    if max(sizes) > MAX_UNITS:
        l = int(np.argmax(sizes))
        where = "the input has" if l == 0 else f"layer {l} has"
        raise ValueError(f"{where} {sizes[l]} units: a diagram has room for {MAX_UNITS}")
    if len(sizes) - 1 > MAX_LAYERS:
        raise ValueError(f"the network has {len(sizes) - 1} layers: a diagram has room for {MAX_LAYERS}")


def network_layout(sizes, width, height):
    """Return the `NetworkLayout` of a network with `sizes` units, features first, on a page of `width` by `height`."""
    require_drawable(sizes)
    columns = np.linspace(SIDE, width - SIDE, len(sizes))
    band = height - TOP - BOTTOM
    pitch = band / max(sizes)
    radius = min(46.0, 0.38 * pitch, 0.19 * (columns[1] - columns[0]))
    centers = [_column(x, h, band, pitch) for x, h in zip(columns, sizes, strict=True)]
    label_at = [None, *(_place_for_numbers(*pair, radius) for pair in pairwise(centers))]
    return NetworkLayout(centers, radius, label_at)


def _column(x, h, band, pitch):
    spacing = min(band / h, 1.35 * pitch)
    offsets = (np.arange(h) - (h - 1) / 2) * spacing
    return np.column_stack([np.full(h, x), TOP + band / 2 - 7 + offsets])  # 7: a bias stands below its unit


def _all_pairs(sources, targets):
    return np.array([(source, target) for target in targets for source in sources])


def _place_for_numbers(sources, targets, radius):
    """The share of the way at which the numbers on the edges stand furthest apart, or None if that is too near."""
    gap = targets[0, 0] - sources[0, 0]
    if gap < GAP:
        return None
    return best_share(sources, targets, (radius + 42) / gap)


def best_share(sources, targets, margin):
    """Return how far along the edges their numbers stand furthest apart, or None if that is too near.

    Parameters
    ----------
    sources, targets : numpy.ndarray, shape (h, 2)
        Where the edges begin and end.
    margin : float
        The share of the way that is kept free at both ends.
    """
    shares = np.linspace(margin, 1 - margin, 41)
    distances = np.array([_nearest(sources, targets, share) for share in shares])
    best = int(np.argmax(np.minimum(distances, 3 * LINE) - abs(shares - 0.55)))  # of equally good places the middle one
    return float(shares[best]) if distances[best] >= LINE else None


def _nearest(sources, targets, share):
    """The least vertical distance between two numbers."""
    heights = np.sort(((1 - share) * sources[:, 1][None, :] + share * targets[:, 1][:, None]).ravel())
    return np.diff(heights).min(initial=np.inf)


# --- the diagram ------------------------------------------------------------------------------------------------------


class NetworkDiagram:
    """The artists of a network diagram.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `update` sets, in the order in which it is drawn.
    layout : nbhelpers.plots.kit.network_diagram.NetworkLayout
    edges : list of matplotlib.collections.LineCollection
        ``edges[l]`` are the weights into layer l, a segment per entry of ``W[l].ravel()``; ``edges[0]`` is None.
    weights, biases, values : list of list of matplotlib.text.Text
        By layer, then by entry: the numbers on the edges (empty where there is no room), below the units and in the
        units (z over a; x in the input).
    units : matplotlib.collections.PatchCollection
        The circles, layer after layer.
    mark : matplotlib.text.Text
        The number that is spoken of, on a highlighted ground.
    """

    def __init__(self, ax, layout, sizes):
        self.layout, self._sizes = layout, sizes
        self._decimals = 2 if layout.radius < _TIGHT else 3
        layers = range(1, len(sizes))
        self._halo = ax.plot([], [], color=PALETTE["highlight"], lw=9, solid_capstyle="round", zorder=2)[0]
        self._ring = ax.add_patch(
            Circle((0, 0), layout.radius + 5, color=PALETTE["highlight"], zorder=2, visible=False)
        )
        self.edges = [None, *(_add_edges(ax, layout.edges(l)) for l in layers)]
        self._plates = _add_plates(ax, layout)
        self.weights = [[], *(_add_weights(ax, layout, l) for l in layers)]
        self.units = _add_units(ax, np.concatenate(layout.centers), layout.radius)
        self.values = [_add_texts(ax, centers, _unit_font(layout.radius)) for centers in layout.centers]
        self.biases = [[], *(_add_texts(ax, layout.below(l), _small_font(layout.radius)) for l in layers)]
        self._mark_plate = _add_mark_plate(ax)
        self.mark = _add_mark(ax, layout)
        self.moving = self._in_drawing_order()

    def _in_drawing_order(self):
        texts = [text for group in (self.weights, self.values, self.biases) for layer in group for text in layer]
        return [self._halo, self._ring, *self.edges[1:], self._plates, self.units, *texts, self._mark_plate, self.mark]

    def update(self, W, b, Z, A, marked=None):
        """Show other numbers.

        Parameters
        ----------
        W, b, Z, A : sequence of array_like
            By layer number as in the lecture: ``A[0]`` is x, the entries 0 of the others are not looked at. Z and A
            hold one example, h_l numbers each. None instead of an array: not known yet, left blank.
        marked : tuple, optional
            The number that is spoken of: ``("W", l, j, i)``, ``("b", l, j)`` or ``("x", i)``, counted from 0
            (layers from 1).
        """
        for l in range(1, len(self._sizes)):
            self._show_weights(l, np.ravel(W[l]))
            self._show_biases(l, np.ravel(b[l]))
        activations = [_numbers(A[l], h) for l, h in enumerate(self._sizes)]
        self.units.set_facecolor([_tint(a) for layer in activations for a in layer])
        for l, h in enumerate(self._sizes):
            self._show_units(l, _numbers(Z[l] if l else None, h), activations[l])
        self._show_mark(W, b, marked)

    def _show_weights(self, l, weights):
        self.edges[l].set(**edge_looks(weights))
        for text, weight in zip(self.weights[l], weights, strict=False):
            text.set_text(self._parameter(weight))

    def _show_biases(self, l, biases):
        for j, (text, bias) in enumerate(zip(self.biases[l], biases, strict=True)):
            text.set_text(self._named("b", l, j, self._parameter(bias)))

    def _show_units(self, l, z, a):
        for j, text in enumerate(self.values[l]):
            text.set_text(self._input(j, a[j]) if l == 0 else self._unit(l, j, z[j], a[j]))

    def _input(self, i, x):
        return "" if x is None else self._named("x", 0, i, self._parameter(x))

    def _unit(self, l, j, z, a):
        letter = "ŷ" if l == len(self._sizes) - 1 else "a"
        return f"{self._computed('z', l, j, z)}\n{self._computed(letter, l, j, a)}"

    def _computed(self, letter, l, j, value):
        return " " if value is None else self._named(letter, l, j, short(value, self._decimals))

    def _parameter(self, value):
        return exact_if_short(value, self._decimals)

    def _named(self, letter, l, j, number):
        """The number with as much of its name as there is room for."""
        if self.layout.radius >= _ROOMY:
            layer = f"⁽{superscript(l)}⁾" if l and letter != "ŷ" else ""
            which = f"{layer}{subscript(j + 1)}" if self._sizes[l] > 1 else ""
            space = " " if len(number) < _LONG else _HAIR_SPACE
            return f"{letter}{which}{space}={space}{number}"
        return f"{letter} {number}" if self.layout.radius >= _TIGHT or letter == "b" else number

    def _show_mark(self, W, b, marked):
        kind, *where = marked or (None,)
        self._halo.set_data(*(self._edge(*where).T if kind == "W" else ([], [])))
        self._ring.set(visible=kind == "x", center=self.layout.centers[0][where[0]] if kind == "x" else (0, 0))
        self.mark.set_visible(kind in ("W", "b"))
        self._mark_plate.set_visible(kind in ("W", "b"))
        if kind == "W":
            l, j, i = where
            self._put_mark(self.layout.on_edges(l)[self._edge_number(l, j, i)], self._parameter(np.asarray(W[l])[j, i]))
        elif kind == "b":
            l, j = where
            self._put_mark(self.layout.below(l)[j], self.biases[l][j].get_text())

    def _put_mark(self, place, text):
        width = 12 + 0.8 * len(text) * self.mark.get_fontsize()  # letters are about 0.6 sizes wide, a point 1.33 pixels
        self._mark_plate.set_bounds(place[0] - width / 2, place[1] - 9, width, 18)
        self.mark.set(position=place, text=text)

    def _edge(self, l, j, i):
        return self.layout.edges(l)[self._edge_number(l, j, i)]

    def _edge_number(self, l, j, i):
        return j * self._sizes[l - 1] + i


def draw_network(ax, W, b, Z, A, activations=None, marked=None):
    """Draw a network with the numbers of one example into `ax`, which is emptied of its frame and ticks.

    The thickness of an edge grows with the size of its weight, up to a limit; a negative weight is dashed, and orange
    instead of blue. A unit is tinted by its activation in the same two hues.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        At least about 600 by 300 pixels; `nbhelpers.plots.kit.network_diagram.size_for` says what suits a network.
    W, b, Z, A : sequence of array_like
        By layer number, as in the lecture and in `nbhelpers.Network`; see `NetworkDiagram.update`.
    activations : list of str, optional
        A name per layer, from layer 1 on, for the captions.
    marked : tuple, optional
        See `NetworkDiagram.update`.

    Returns
    -------
    NetworkDiagram

    Raises
    ------
    ValueError
        If the network is too large for a diagram; the message names the limit.
    """
    sizes = [np.shape(W[1])[1], *(np.shape(weights)[0] for weights in W[1:])]
    width, height = as_page(ax)
    layout = network_layout(sizes, width, height)
    _add_columns(ax, layout, height)
    _add_captions(ax, layout, activations or [""] * (len(sizes) - 1))
    _add_key(ax, width / 2, height - 17, layout.radius)
    diagram = NetworkDiagram(ax, layout, sizes)
    diagram.update(W, b, Z, A, marked)
    return diagram


# --- from numbers to looks --------------------------------------------------------------------------------------------


def edge_looks(weights):
    """Return what a `LineCollection` shows of weights: the size by width, the sign by hue and dash."""
    return {"linewidths": edge_widths(weights), "colors": _hues(weights), "linestyles": _dashes(weights)}


def edge_widths(weights):
    """Return line widths in points: from 0.7 for 0 to 7 for a very large weight; half of the way at 1."""
    size = np.abs(np.asarray(weights, float))  # 1e300 is too much for float32
    return 0.7 + 6.3 * np.where(np.isfinite(size), size / (1 + np.minimum(size, 1e300)), 1)


def _hues(weights):
    return [PALETTE["positive" if w > 0 else "negative" if w < 0 else "neutral"] for w in weights]


def _dashes(weights):
    return [DASHED if w < 0 else "solid" for w in weights]


def _tint(value):
    if value is None or not np.isfinite(value) or value == 0:
        return PALETTE["ground"]
    return mixed("positive" if value > 0 else "negative", 0.45 * abs(value) / (0.5 + abs(value)))


def _numbers(values, h):
    return [None] * h if values is None else np.ravel(values).tolist()


def _unit_font(radius):
    return points(min(11.5, max(10, 0.3 * radius)))


def _small_font(radius):
    return points(11 if radius >= _TIGHT else 10)


# --- what moves -------------------------------------------------------------------------------------------------------


def _add_edges(ax, segments):
    return ax.add_collection(LineCollection(segments, zorder=3, capstyle="butt"), autolim=False)


def _add_plates(ax, layout):
    """Small grounds on which the numbers on the edges and below the units can be read."""
    plates = []
    for l in range(1, len(layout.centers)):
        if layout.label_at[l] is not None:
            plates += [_box(place, 47, 14) for place in layout.on_edges(l)]
        plates += [_box(place, 1.4 * layout.radius + 16, 12) for place in layout.below(l)]
    colors = [PALETTE["ground"] if _is_between_columns(plate, layout) else PALETTE["panel"] for plate in plates]
    return ax.add_collection(PolyCollection(plates, facecolors=colors, edgecolors="none", zorder=4), autolim=False)


def _box(place, width, height):
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2
    return place + corners * [width, height]


def _is_between_columns(plate, layout):
    columns = np.array([centers[0, 0] for centers in layout.centers])
    return abs(columns - plate[:, 0].mean()).min() > 1


def _add_weights(ax, layout, l):
    return [] if layout.label_at[l] is None else _add_texts(ax, layout.on_edges(l), points(11))


def _add_units(ax, centers, radius):
    circles = [Circle(center, radius) for center in centers]
    units = PatchCollection(circles, edgecolor=PALETTE["ink"], linewidth=1.1, facecolor=PALETTE["ground"], zorder=5)
    return ax.add_collection(units, autolim=False)


def _add_texts(ax, places, size):
    look = {"ha": "center", "size": size, "color": PALETTE["ink"], "zorder": 6}
    return [add_quick_text(ax, x, y, **look) for x, y in places]


def _add_mark(ax, layout):
    (mark,) = _add_texts(ax, [(0, 0)], _small_font(layout.radius))
    mark.set(zorder=8, visible=False)
    return mark


def _add_mark_plate(ax):
    look = {"facecolor": PALETTE["highlight"], "edgecolor": PALETTE["ink"], "linewidth": 0.8}
    plate = FancyBboxPatch((0, 0), 1, 1, boxstyle="round,pad=0,rounding_size=3", zorder=7, visible=False, **look)
    return ax.add_patch(plate)


# --- what stays -------------------------------------------------------------------------------------------------------


def _add_columns(ax, layout, height):
    half = layout.radius + 12
    for centers in layout.centers:
        x, look = centers[0, 0] - half, {"facecolor": PALETTE["panel"], "edgecolor": "none", "zorder": 0}
        box = FancyBboxPatch((x, TOP - 4), 2 * half, height - TOP - 34, boxstyle="round,pad=0,rounding_size=10", **look)
        ax.add_patch(box)


def _add_captions(ax, layout, activations):
    last = len(layout.centers) - 1
    for l, centers in enumerate(layout.centers):
        title = "input X" if l == 0 else "output Ŷ" if l == last else f"hidden layer {l}"
        ax.text(centers[0, 0], 16, title, ha="center", va="center", size=points(13), weight="bold", zorder=1)
        if l > 0:
            name = activations[l - 1]
            look = {"size": points(12), "color": PALETTE["neutral"]}
            ax.text(centers[0, 0], 34, name, ha="center", va="center", zorder=1, **look)


def _add_key(ax, middle, y, radius):
    """Two lines of a sample each, and what the letters mean."""
    letters, half = ("in a unit: z above, a below", 378) if radius < _TIGHT else ("z: sum   a: activation", 353)
    entries = [("positive weight", "positive", "solid"), ("negative weight", "negative", DASHED)]
    x = middle - half
    for words, hue, dash in entries:
        ax.plot([x, x + 28], [y, y], color=PALETTE[hue], lw=3, ls=dash, zorder=1)
        _key_text(ax, x + 34, y, words)
        x += 140
    _key_text(ax, x + 7, y, "thicker: larger")
    _key_text(ax, x + 106, y, "orange unit: below 0")
    _key_text(ax, x + 247, y, f"{letters}   b: bias")


def _key_text(ax, x, y, words):
    ax.text(x, y, words, va="center_baseline", size=points(11.5), color=PALETTE["neutral"], zorder=1)
