"""One unit from left to right: its inputs, weights and bias, the weighted sum, the activation, what it passes on."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from nbhelpers.network import Layer
from nbhelpers.numbers_as_text import exact_if_short, short, subscript
from nbhelpers.plots.kit.network_diagram import edge_looks
from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import PALETTE, mixed

SIZE = (820, 330)
_MOST = 4
_X, _SUM, _BOX, _OUT = 70, 390, (520, 120), 770  # the columns: inputs, sum, left and width of the activation, output
_RADIUS = (34, 40)  # of an input and of the sum


def draw_unit_diagram(ax, x, w, b, activation="sigmoid"):
    """Draw one unit with its numbers.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        All of a figure, about as large as `SIZE`.
    x, w : array_like, shape (n,)
        The inputs and their weights, at most 4.
    b : float
    activation : Activation or str

    Returns
    -------
    dict of str to matplotlib.text.Text
        ``"x1"``, ``"w1"``, …, ``"b"``, ``"z"``, ``"a"``.

    Raises
    ------
    ValueError
        If inputs and weights are not equally many, or too many.

    Examples
    --------
    Hidden unit 2 of the lecture's network:

    >>> from nbhelpers import style
    >>> figure = style.new_figure(*SIZE)
    >>> texts = draw_unit_diagram(figure.add_axes((0, 0, 1, 1)), [0.5, 0.2], [0.8, 0.6], 0.9)
    >>> texts["z"].get_text(), texts["a"].get_text()
    ('z = 1.420', 'a = 0.805')
    """
    x, w = np.ravel(x).astype(float), np.ravel(w).astype(float)
    if len(x) != len(w) or len(x) > _MOST:
        raise ValueError(f"there are {len(x)} inputs and {len(w)} weights: as many are needed, at most {_MOST}")
    layer = Layer(w[None], float(b), activation)
    z = float(w @ x + b)
    activation, a = layer.activation, float(layer.activation(z))
    as_page(ax)
    middle = 148
    heights = middle + (np.arange(len(x)) - (len(x) - 1) / 2) * min(130, 230 / max(len(x) - 1, 1))
    texts = _inputs(ax, x, w, heights, middle)
    ax.add_artist(_arrow((_SUM, 30), (_SUM, middle - _RADIUS[1])))
    texts["b"] = _text(ax, _SUM, 18, f"b = {exact_if_short(b)}", 14)
    _circle(ax, (_SUM, middle), _RADIUS[1])
    _text(ax, _SUM, middle, "Σ", 26)
    ax.add_artist(_arrow((_SUM + _RADIUS[1], middle), (_BOX[0], middle)))
    texts["z"] = _text(ax, (_SUM + _RADIUS[1] + _BOX[0]) / 2, middle - 16, f"z = {short(z)}", 14)
    _activation(ax, activation, z, a, middle)
    ax.add_artist(_arrow((_BOX[0] + _BOX[1], middle), (_OUT - 4, middle)))
    texts["a"] = _text(ax, (_BOX[0] + _BOX[1] + _OUT) / 2, middle - 16, f"a = {short(a)}", 14)
    sums = " + ".join(f"w{subscript(i)}x{subscript(i)}" for i in range(1, len(x) + 1))
    for place, words in ((_X, "inputs"), (_SUM, f"weighted sum\nz = {sums} + b"), (580, "activation\na = f(z)")):
        _text(ax, place, 306, words, 13, color=PALETTE["neutral"])
    return texts


def _inputs(ax, x, w, heights, middle):
    texts = {}
    ends = [_SUM, middle] - np.array([(_X, y) for y in heights])
    ends = ends / np.linalg.norm(ends, axis=1, keepdims=True)
    segments = [
        ((_X, y) + _RADIUS[0] * along, (_SUM, middle) - _RADIUS[1] * along)
        for y, along in zip(heights, ends, strict=True)
    ]
    ax.add_collection(LineCollection(segments, zorder=2, **edge_looks(w)), autolim=False)
    for i, (y, (begin, end)) in enumerate(zip(heights, segments, strict=True), start=1):
        _circle(ax, (_X, y), _RADIUS[0])
        texts[f"x{i}"] = _text(ax, _X, y, f"x{subscript(i)} =\n{exact_if_short(x[i - 1])}", 13)
        place = 0.66 * begin + 0.34 * end
        texts[f"w{i}"] = _text(ax, *place, f"w{subscript(i)} = {exact_if_short(w[i - 1])}", 14, plate=True)
    return texts


def _activation(ax, activation, z, a, middle):
    """A box with the curve of the function, and the point at which it is taken."""
    left, width = _BOX
    look = {"boxstyle": "round,pad=0,rounding_size=8", "fc": PALETTE["panel"], "ec": PALETTE["ink"], "lw": points(1.5)}
    ax.add_patch(FancyBboxPatch((left, middle - 56), width, 112, zorder=3, **look))
    reach = max(4.0, 1.25 * abs(z))
    places = np.linspace(-reach, reach, 121)
    values = activation(places)
    low, high = min(values.min(), 0.0), max(values.max(), 1e-9)

    def on_page(z, a):
        return left + width * (0.5 + 0.43 * z / reach), middle + 26 - 70 * (a - low) / (high - low)

    ax.plot(*on_page(np.array([-reach, reach]), 0.0 * places[:2]), color=PALETTE["neutral"], lw=0.8, ls="-", zorder=4)
    ax.plot(*on_page(places, values), color=PALETTE["positive"], lw=points(2.6), ls="-", zorder=4)
    ax.plot(*on_page(z, a), "o", ms=points(10), mfc=PALETTE["highlight"], mec=PALETTE["ink"], zorder=5)
    _text(ax, left + width / 2, middle + 43, activation.name, 13)


def _circle(ax, place, radius):
    ax.add_patch(Circle(place, radius, fc=mixed("fifth", 0.18), ec=PALETTE["ink"], lw=points(1.5), zorder=3))


def _arrow(begin, end):
    look = {"arrowstyle": "-|>", "mutation_scale": 14, "color": PALETTE["ink"], "lw": points(1.8), "shrinkA": 0}
    return FancyArrowPatch(begin, end, shrinkB=0, zorder=2, **look)


def _text(ax, x, y, words, size, color=PALETTE["ink"], plate=False):
    look = {"bbox": {"fc": PALETTE["ground"], "ec": "none", "pad": 1.5}} if plate else {}
    return ax.text(x, y, words, size=points(size), color=color, ha="center", va="center", zorder=6, **look)
