"""A forward pass as matrices: a line W · A + b = Z → f → A per layer, with the numbers of one example in the cells.

What never moves (names, shapes, signs) is drawn by `draw_pass` once. A single matrix is made in ``matrices.py``; where
the lines stand is computed here. The numbers are passed in.
"""

from itertools import pairwise

import numpy as np

from nbhelpers.numbers_as_text import exact_if_short, short, superscript
from nbhelpers.plots.kit.matrices import draw_matrix
from nbhelpers.plots.kit.panel import as_page, points
from nbhelpers.plots.style import PALETTE

_GAPS = {"·": 26, "+": 28, "=": 32, "→": 90}  # room for the signs between the matrices of a line, in CSS pixels
_TIGHT = 0.7  # share of these gaps that is enough
_ABOVE, _BELOW = 30, 26  # room for names and shapes
_LARGEST, _SMALLEST = (78, 32), (30, 13)  # cells
_FONT = 13.5
_THREE_DECIMALS, _TWO_DECIMALS = 3.75, 3.15  # widths of −0.123 and −0.12, in font sizes


class PassInMatrices:
    """The artists of a forward pass in matrices.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    W, b, Z, A : list of Matrix
        By layer number; the entries 0 are None. ``A[l]`` is the result of layer l.
    before : list of Matrix
        ``before[l]`` is the A of the layer before, as it stands in the line of layer l; ``before[1]`` is X.
    """

    def __init__(self, lines):
        self.W, self.before, self.b, self.Z, self.A = ([None, *column] for column in zip(*lines, strict=True))
        self.moving = [artist for line in lines for matrix in line for artist in matrix.moving]

    def update(self, W, b, Z, A, marked=None):
        """Show other numbers; the parameters are those of `nbhelpers.plots.NetworkDiagram.update`."""
        kind, *where = marked or (None,)
        for l in range(1, len(self.W)):
            self.W[l].update(W[l], _entries(kind == "W" and where[0] == l, where[1:]))
            self.b[l].update(b[l], _entries(kind == "b" and where[0] == l, [*where[1:], 0]))
            self.before[l].update(A[l - 1], _entries(kind == "x" and l == 1, [*where, 0]))
            self.Z[l].update(Z[l])
            self.A[l].update(A[l])


def draw_pass(ax, sizes, activations):
    """Draw the empty lines of a forward pass with one example into `ax`; `PassInMatrices.update` fills them.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Emptied of its frame and ticks. As large as a diagram of the network, see ``network_layout.size_for``.
    sizes : list of int
        Features, then units per layer.
    activations : list of str
        A name per layer.

    Returns
    -------
    PassInMatrices
    """
    width, height = as_page(ax)
    columns = 1 if len(sizes) <= 3 else 2
    slots = _slots(width, height, len(sizes) - 1, columns)
    cell = _cell(sizes, *slots[0][2:])
    layers = zip(range(1, len(sizes)), pairwise(sizes), activations, slots, strict=True)
    lines = [_draw_line(ax, l, l == len(sizes) - 1, *pair, name, slot, cell) for l, pair, name, slot in layers]
    return PassInMatrices(lines)


def _draw_line(ax, l, is_last, inputs, units, activation, slot, cell):
    """The five matrices of a layer, side by side, with the signs between them."""
    names = [_numbered("W", l), _numbered("A", l - 1) if l > 1 else "X", _numbered("b", l), _numbered("Z", l)]
    names.append("Ŷ" if is_last else _numbered("A", l))
    shapes = [(units, inputs), (inputs, 1), (units, 1), (units, 1), (units, 1)]
    lefts, gaps = _lefts([columns for _, columns in shapes], slot, cell[0])
    middle = slot[1] + _ABOVE + (slot[3] - _ABOVE - _BELOW) / 2
    size, text = _writing(cell)
    line = []
    for name, shape, left in zip(names, shapes, lefts, strict=True):
        top = middle - shape[0] * cell[1] / 2
        line.append(draw_matrix(ax, name, shape, left, top, cell, size, _parameter(text) if name[0] in "WbX" else text))
    for sign, gap, matrix in zip(_GAPS, gaps, line[1:], strict=True):
        _add_sign(ax, matrix.box[0] - gap / 2, middle, sign, activation)
    return line


def _add_sign(ax, x, y, sign, activation):
    look = {"ha": "center", "va": "center_baseline", "zorder": 2}
    ax.text(x, y, "⟶" if sign == "→" else sign, size=points(18), weight="bold", **look)
    if sign == "→":
        ax.text(x, y - 17, activation, size=points(11.5), color=PALETTE["neutral"], **look)


# --- places -----------------------------------------------------------------------------------------------------------


def _slots(width, height, lines, columns):
    """Left, top, width and height for each line, column by column."""
    rows = -(-lines // columns)
    places = [divmod(k, rows) for k in range(lines)]
    return [(c * width / columns, r * height / rows, width / columns, height / rows) for c, r in places]


def _cell(sizes, width, height):
    """The largest cell with which every line fits into its slot."""
    columns = max(inputs + 4 for inputs in sizes[:-1])
    room = width - _TIGHT * sum(_GAPS.values()) - 16
    high = (height - _ABOVE - _BELOW) / max(sizes)
    return tuple(np.clip((room / columns, high), _SMALLEST, _LARGEST).tolist())


def _lefts(columns, slot, wide):
    """Where the matrices of a line begin, so that it stands in the middle of its slot, and the gaps between them."""
    widths = [count * wide for count in columns]
    share = min(1, (slot[2] - 16 - sum(widths)) / sum(_GAPS.values()))
    gaps = [share * gap for gap in _GAPS.values()]
    begin = slot[0] + (slot[2] - sum(widths) - sum(gaps)) / 2
    return [begin + sum(gaps[:k]) + sum(widths[:k]) for k in range(len(widths))], gaps


# --- numbers ----------------------------------------------------------------------------------------------------------


def _writing(cell):
    """The font size with which −0.123, or else −0.12, fits into a cell, and the function that writes it so."""
    size = min(_FONT, 0.78 * cell[1])
    if cell[0] >= _THREE_DECIMALS * size + 4:
        return size, short
    return min(size, (cell[0] - 2) / _TWO_DECIMALS), _with_two_decimals


def _with_two_decimals(value):
    return f"{value:.2f}".replace("-", "−") if abs(value) < 10 else short(value, 2)


def _parameter(text):
    """As short as `text`, but exact where that is as short."""
    return lambda value: exact_if_short(value) if len(exact_if_short(value)) <= len(text(value)) else text(value)


def _numbered(letter, l):
    return f"{letter}⁽{superscript(l)}⁾"


def _entries(is_here, entry):
    return [tuple(entry)] if is_here else []
