"""The shapes of a network's matrices to scale: Z = W A + b for every layer, a cell per entry.

What fits is joined by a solid bracket with a tick; what does not fit is hatched, and joined by a dashed bracket with a
cross. All of it moves, because every size can change. The geometry is computed in ``shape_layout.py``.
"""

from matplotlib.collections import LineCollection, PolyCollection

from nbhelpers.plots import shape_layout as layout
from nbhelpers.plots.page import as_page, points
from nbhelpers.plots.quick_text import add_quick_text
from nbhelpers.small_digits import superscript
from nbhelpers.style import PALETTE, mixed

SIZE = (1000, 500)
MAX_LAYERS = 4
_HUES = {"Z": ("neutral", 0.22), "W": ("first", 0.28), "A": ("third", 0.28), "b": ("second", 0.36)}
_DASHED = (0, (3, 2))


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
        equations : list of nbhelpers.plots.shape_layout.Equation
            One per layer, at most 4, with at most 8 rows and columns in every matrix.
        """
        cell = layout.cell_size(len(equations), *self._page)
        slots = layout.slots(len(equations), *self._page)
        placed = [(e, layout.place(e, slot, cell), slot) for e, slot in zip(equations, slots, strict=True)]
        self._show_grids(placed, cell)
        self._show_joints(placed, cell)
        for text in self.texts.values():
            text.set_text("")
        for equation, boxes, slot in placed:
            self._show_texts(equation, boxes, slot, equation.l == len(equations))

    def _show_grids(self, placed, cell):
        known = [(letter, boxes[letter]) for e, boxes, _ in placed for letter in layout.LETTERS if e.shapes[letter]]
        for letter, fills in self._fills.items():
            fills.set_verts([layout.corners(box) for other, box in known if other == letter])
        self._grids.set_data(*layout.path([layout.grid_lines(box, cell) for _, box in known]).T)
        unknown = [boxes[letter] for e, boxes, _ in placed for letter in layout.LETTERS if not e.shapes[letter]]
        self._unknown.set_verts([layout.corners(box) for box in unknown])

    def _show_joints(self, placed, cell):
        good = [boxes for e, boxes, _ in placed if e.inner and e.is_joined]
        bad = [boxes for e, boxes, _ in placed if not e.is_joined]
        for lines, joined in ((self._good, good), (self._bad, bad)):
            lines.set_segments([line for boxes in joined for line in (*layout.bars(boxes), layout.bracket(boxes))])
            lines.set_linewidths([4, 4, 1.6] * len(joined))
        self._bad.set_linestyles(["solid", "solid", _DASHED] * len(bad))
        surplus = [box for e, boxes, _ in placed for box in layout.too_much(e, boxes, cell)]
        self.surplus.set_verts([layout.corners(box) for box in surplus])

    def _show_texts(self, equation, boxes, slot, is_last):
        l = equation.l
        self._say(l, "caption", (slot[0] + slot[2] / 2, slot[1] + 16), _caption(l, is_last))
        for letter, (left, top, right, _) in boxes.items():
            shape, middle = equation.shapes[letter], (left + right) / 2
            self._say(l, f"name {letter}", (middle, top - 26), _name(letter, l))
            self._say(l, f"shape {letter}", (middle, top - 10), f"({shape[0]}, {shape[1]})" if shape else "?")
        for sign, spot in zip(layout.SIGNS, layout.sign_places(boxes), strict=True):
            self._say(l, f"sign {sign}", spot, sign)
        if not equation.has_bias:
            left, _, right, low = boxes["b"]
            self._say(l, "bias", ((left + right) / 2, low + 14), _about_bias(equation.shapes))
        if equation.inner:
            (left, low), (right, _) = layout.bracket(boxes)[1:3]
            self._say(l, "join", ((left + right) / 2, low + 11), _joined(*equation.inner))

    def _say(self, l, kind, spot, words):
        self.texts[l, kind].set(position=spot, text=words)


def draw_shapes(ax):
    """Draw the artists for up to four layers into `ax`, emptied of its frame and ticks, and return `Shapes`."""
    return Shapes(ax)


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
    kinds = [f"{kind} {letter}" for letter in layout.LETTERS for kind in ("name", "shape")]
    return [(l, kind) for kind in ("caption", "join", "bias", *kinds, *(f"sign {sign}" for sign in layout.SIGNS))]


def _add_areas(ax, zorder, **look):
    return ax.add_collection(PolyCollection([], zorder=zorder, **look), autolim=False)


def _add_lines(ax, color):
    return ax.add_collection(LineCollection([], colors=color, zorder=5, capstyle="butt"), autolim=False)


def _add_text(ax, kind):
    size = {"name": 14, "sign": 19, "join": 13, "bias": 13, "caption": 13.5}.get(kind.split()[0], 12.5)
    weight = "bold" if kind.split()[0] in ("name", "join", "bias", "sign") else "normal"
    return add_quick_text(ax, 0, 0, ha="center", size=points(size), weight=weight, color=PALETTE["ink"], zorder=6)
