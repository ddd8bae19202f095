"""The shapes of a network's matrices to scale: Z = W A + b for every layer, a cell per entry.

What fits is joined by a solid bracket with a tick; what does not fit is hatched, and joined by a dashed bracket with a
cross. All of it moves, because every size can change. An equation has a slot of the page: all of it, a half, or a
quarter. Places are CSS pixels; x runs to the right, y runs down.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from nbhelpers.numbers_as_text import superscript
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import PALETTE, mixed

MAX_SIZE = 8  # rows or columns
LETTERS = ("Z", "W", "A", "b")
SIGNS = ("=", "·", "+")
CAPTION, NAME, JOIN = 24, 36, 36  # heights of what stands above the grids (name and shape below it) and below them
_GAPS = (36, 30, 34)  # for the signs
_SIDE = 14
_LARGEST = 44  # side of a cell
_UNKNOWN = 2, 2  # rows and columns of what cannot be computed
SIZE = (1000, 500)
REGIONS = {"upper left": (0, 0), "upper right": (500, 0), "lower left": (0, 250), "lower right": (500, 250)}
MAX_LAYERS = 4
_HUES = {"Z": ("neutral", 0.22), "W": ("first", 0.28), "A": ("third", 0.28), "b": ("second", 0.36)}
_DASHED = (0, (3, 2))


# --- where everything stands ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Equation:
    """The shapes in one layer; the entry of `shapes` is None where nothing can be computed any more.

    Attributes
    ----------
    l : int
        The layer.
    shapes : dict of str to tuple or None
        For each of `LETTERS`, A being that of the layer before.
    """

    l: int
    shapes: dict

    @property
    def inner(self):
        """Columns of W and rows of A, which have to be equal; None where A is not known."""
        A = self.shapes["A"]
        return A and (self.shapes["W"][1], A[0])

    @property
    def is_joined(self):
        """Whether W and A fit, as far as is known."""
        return self.inner is None or self.inner[0] == self.inner[1]

    @property
    def has_bias(self):
        """Whether b is a column with a row for each row of W."""
        return self.shapes["b"] == (self.shapes["W"][0], 1)


def slots(layers, width, height):
    """Return left, top, width and height of a slot for each of 1 to 4 layers."""
    columns, rows = (1, layers) if layers <= 2 else (2, 2)
    places = [divmod(k, columns) for k in range(layers)]
    return [(c * width / columns, r * height / rows, width / columns, height / rows) for r, c in places]


def cell_size(equations, width, height):
    """Return the side of a cell with which all matrices fit into their slots."""
    _, _, slot_width, slot_height = slots(len(equations), width, height)[0]
    shapes = [[shape or _UNKNOWN for shape in equation.shapes.values()] for equation in equations]
    columns = max(sum(shape[1] for shape in row) for row in shapes)
    rows = max(shape[0] for row in shapes for shape in row)
    wide = (slot_width - sum(_GAPS) - 2 * _SIDE) / columns
    high = (slot_height - CAPTION - NAME - JOIN) / rows
    return float(np.floor(min(wide, high, _LARGEST)))


def place(equation, slot, cell):
    """Return left, top, right and bottom for each of `LETTERS`: side by side, in the middle of the slot.

    What is not known gets room for two by two.
    """
    shapes = {letter: equation.shapes[letter] or _UNKNOWN for letter in LETTERS}
    widths = [shapes[letter][1] * cell for letter in LETTERS]
    left = slot[0] + (slot[2] - sum(widths) - sum(_GAPS)) / 2
    middle = slot[1] + CAPTION + NAME + (slot[3] - CAPTION - NAME - JOIN) / 2
    boxes = {}
    for letter, wide, gap in zip(LETTERS, widths, (*_GAPS, 0), strict=True):
        high = shapes[letter][0] * cell
        boxes[letter] = (left, middle - high / 2, left + wide, middle + high / 2)
        left += wide + gap
    return boxes


def sign_places(boxes):
    """Return where the three signs stand: between the boxes, at half their height."""
    return [((boxes[one][2] + boxes[two][0]) / 2, sum(boxes["Z"][1::2]) / 2) for one, two in pairwise(LETTERS)]


def grid_lines(box, cell):
    """Return the lines of a grid as one path, shape (lines * 3, 2), with a nan after each."""
    left, top, right, bottom = box
    across = [((left, y), (right, y)) for y in np.arange(top, bottom + cell / 2, cell)]
    down = [((x, top), (x, bottom)) for x in np.arange(left, right + cell / 2, cell)]
    return path(across + down)


def path(lines):
    """Return polylines as one path with a nan after each."""
    parts = [np.vstack([line, (np.nan, np.nan)]) for line in lines]
    return np.vstack(parts) if parts else np.empty((0, 2))


def corners(box):
    """Return the corners of a box, shape (4, 2)."""
    left, top, right, bottom = box
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


def too_much(equation, boxes, cell):
    """Return the boxes of what does not fit: surplus columns of W or rows of A, and a b that is no such column."""
    surplus = []
    if not equation.is_joined:
        columns, rows = equation.inner
        w, a = boxes["W"], boxes["A"]
        wide = (w[0] + rows * cell, *w[1:]) if columns > rows else (a[0], a[1] + columns * cell, *a[2:])
        surplus.append(wide)
    if not equation.has_bias:
        left, top, right, bottom = boxes["b"]
        rows, high = equation.shapes["W"][0], equation.shapes["b"][0]
        surplus.append((left, top + rows * cell, right, bottom) if high > rows else boxes["b"])
    return surplus


def bars(boxes):
    """Return the bar below W, as long as W has columns, and the one beside A, as high as A has rows."""
    w, a = boxes["W"], boxes["A"]
    return [[(w[0], w[3] + 4), (w[2], w[3] + 4)], [(a[0] - 4, a[1]), (a[0] - 4, a[3])]]


def bracket(boxes):
    """Return the line that joins the two bars below the grids, shape (4, 2)."""
    w, a = boxes["W"], boxes["A"]
    low, middle = max(w[3], a[3]) + 14, (w[0] + w[2]) / 2
    return np.array([(middle, w[3] + 4), (middle, low), (a[0] - 4, low), (a[0] - 4, a[3])])


# --- the equations ----------------------------------------------------------------------------------------------------


class Shapes:
    """The artists of the equations of a network.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    texts : dict of tuple to matplotlib.text.Text
        By layer and kind: ``(1, "caption")``, ``(1, "join")``, ``(1, "bias")``, ``(1, "name W")``, ``(1, "shape W")``,
        ``(1, "sign ·")``; empty where there is nothing to say.
    surplus : matplotlib.collections.PolyCollection
        Hatched: what does not fit.
    """

    def __init__(self, ax):
        self._page = as_page(ax)
        self._fills = {letter: _add_areas(ax, 2, facecolors=[mixed(*hue)]) for letter, hue in _HUES.items()}
        (self._grids,) = ax.plot([], [], color=PALETTE["ink"], lw=0.7, zorder=3)
        self._unknown = _add_areas(ax, 3, edgecolors=PALETTE["neutral"], linestyles=[_DASHED], facecolors="none")
        look = {"edgecolors": PALETTE["negative"], "facecolors": "none", "linewidths": 2, "hatch": "////"}
        self.surplus = _add_areas(ax, 4, **look)
        self._good = _add_lines(ax, PALETTE["right"])
        self._bad = _add_lines(ax, PALETTE["negative"])
        self.texts = {key: _add_text(ax, key[1]) for l in range(1, MAX_LAYERS + 1) for key in _keys(l)}
        lines = [*self._fills.values(), self._grids, self._unknown, self.surplus, self._good, self._bad]
        self.moving = [*lines, *self.texts.values()]

    def update(self, equations):
        """Show the shapes of a network.

        Parameters
        ----------
        equations : list of nbhelpers.plots.layers.Equation
            One per layer, at most 4, with at most 8 rows and columns in every matrix.
        """
        cell = cell_size(equations, *self._page)
        places = slots(len(equations), *self._page)
        placed = [(e, place(e, slot, cell), slot) for e, slot in zip(equations, places, strict=True)]
        self._show_grids(placed, cell)
        self._show_joints(placed, cell)
        for text in self.texts.values():
            text.set_text("")
        for equation, boxes, slot in placed:
            self._show_texts(equation, boxes, slot, equation.l == len(equations))

    def _show_grids(self, placed, cell):
        known = [(letter, boxes[letter]) for e, boxes, _ in placed for letter in LETTERS if e.shapes[letter]]
        for letter, fills in self._fills.items():
            fills.set_verts([corners(box) for other, box in known if other == letter])
        self._grids.set_data(*path([grid_lines(box, cell) for _, box in known]).T)
        unknown = [boxes[letter] for e, boxes, _ in placed for letter in LETTERS if not e.shapes[letter]]
        self._unknown.set_verts([corners(box) for box in unknown])

    def _show_joints(self, placed, cell):
        good = [boxes for e, boxes, _ in placed if e.inner and e.is_joined]
        bad = [boxes for e, boxes, _ in placed if not e.is_joined]
        for lines, joined in ((self._good, good), (self._bad, bad)):
            lines.set_segments([line for boxes in joined for line in (*bars(boxes), bracket(boxes))])
            lines.set_linewidths([4, 4, 1.6] * len(joined))
        self._bad.set_linestyles(["solid", "solid", _DASHED] * len(bad))
        surplus = [box for e, boxes, _ in placed for box in too_much(e, boxes, cell)]
        self.surplus.set_verts([corners(box) for box in surplus])

    def _show_texts(self, equation, boxes, slot, is_last):
        l = equation.l
        self._say(l, "caption", (slot[0] + slot[2] / 2, slot[1] + 16), _caption(l, is_last))
        for letter, (left, top, right, _) in boxes.items():
            shape, middle = equation.shapes[letter], (left + right) / 2
            self._say(l, f"name {letter}", (middle, top - 26), _name(letter, l))
            self._say(l, f"shape {letter}", (middle, top - 10), f"({shape[0]}, {shape[1]})" if shape else "?")
        for sign, spot in zip(SIGNS, sign_places(boxes), strict=True):
            self._say(l, f"sign {sign}", spot, sign)
        if not equation.has_bias:
            left, _, right, low = boxes["b"]
            self._say(l, "bias", ((left + right) / 2, low + 14), _about_bias(equation.shapes))
        if equation.inner:
            (left, low), (right, _) = bracket(boxes)[1:3]
            self._say(l, "join", ((left + right) / 2, low + 11), _joined(*equation.inner))

    def _say(self, l, kind, spot, words):
        self.texts[l, kind].set(position=spot, text=words)


# --- words ------------------------------------------------------------------------------------------------------------


def _caption(l, is_last):
    z, a = _numbered("Z", l), "Ŷ" if is_last else _numbered("A", l)
    return f"layer {l}:  {z} = {_numbered('W', l)} {_name('A', l)} + {_numbered('b', l)},   {a} = f({z})"


def _name(letter, l):
    if letter == "A":
        return "X" if l == 1 else _numbered("A", l - 1)
    return _numbered(letter, l)


def _numbered(letter, l):
    return f"{letter}⁽{superscript(l)}⁾"


def _joined(columns, rows):
    return f"{columns} = {rows} ✓" if columns == rows else f"{columns} ≠ {rows} ✗"


def _about_bias(shapes):
    return "a row ✗" if shapes["b"][1] > 1 else f"{shapes['b'][0]} ≠ {shapes['W'][0]} ✗"


# --- artists ----------------------------------------------------------------------------------------------------------


def _keys(l):
    kinds = [f"{kind} {letter}" for letter in LETTERS for kind in ("name", "shape")]
    return [(l, kind) for kind in ("caption", "join", "bias", *kinds, *(f"sign {sign}" for sign in SIGNS))]


def _add_areas(ax, zorder, **look):
    return ax.add_collection(PolyCollection([], zorder=zorder, **look), autolim=False)


def _add_lines(ax, color):
    return ax.add_collection(LineCollection([], colors=color, zorder=5, capstyle="butt"), autolim=False)


def _add_text(ax, kind):
    size = {"name": 14, "sign": 19, "join": 13, "bias": 13, "caption": 13.5}.get(kind.split()[0], 12.5)
    weight = "bold" if kind.split()[0] in ("name", "join", "bias", "sign") else "normal"
    return add_quick_text(ax, 0, 0, ha="center", size=points(size), weight=weight, color=PALETTE["ink"], zorder=6)
