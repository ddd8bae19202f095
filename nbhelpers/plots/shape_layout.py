"""Where the matrices of Z = W A + b stand when they are drawn to scale, a cell per entry. Geometry, in CSS pixels.

x runs to the right, y runs down. An equation has a slot of the page: all of it, a half, or a quarter.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

MAX_SIZE = 8  # rows or columns
LETTERS = ("Z", "W", "A", "b")
SIGNS = ("=", "·", "+")
CAPTION, NAME, JOIN = 24, 36, 36  # heights of what stands above the grids (name and shape below it) and below them
_GAPS = (36, 30, 34)  # for the signs
_SIDE = 14


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


def cell_size(layers, width, height):
    """Return the side of a cell with which matrices of the largest size fit into every slot."""
    _, _, slot_width, slot_height = slots(layers, width, height)[0]
    wide = (slot_width - sum(_GAPS) - 2 * _SIDE) / (3 * MAX_SIZE + 1)
    high = (slot_height - CAPTION - NAME - JOIN) / MAX_SIZE
    return float(np.floor(min(wide, high, 30)))


def place(equation, slot, cell):
    """Return left, top, right and bottom for each of `LETTERS`: side by side, in the middle of the slot.

    What is not known gets room for two by two.
    """
    shapes = {letter: equation.shapes[letter] or (2, 2) for letter in LETTERS}
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
