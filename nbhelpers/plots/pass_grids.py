"""All matrices of a pass as grids of numbers, each above those that belong to it: Z above its slopes and its gradient.

`draw_pass_grids` draws names and shapes, once; `PassGrids.update` sets the rest. Which matrices there are, and their
numbers, is passed in.
"""

from dataclasses import dataclass

from nbhelpers.plots.matrices import cell_tint
from nbhelpers.plots.number_boxes import NumberBoxes
from nbhelpers.plots.numbers import short
from nbhelpers.plots.page import points
from nbhelpers.style import PALETTE

_UP, _DOWN = 16, 13  # a name above its grid, a shape below
_ASIDE = 22  # between two stacks of grids, at least
_CELLS = ((54, 24, 11, 3), (44, 20, 10.5, 3), (42, 18, 10, 3), (34, 16, 9.5, 2))  # width, height, letters, decimals
_LETTERS = 6  # have room in a cell
_HIGHEST, _TALLEST = 545, 1200  # pixels: what is aimed at, and what is refused


@dataclass(frozen=True)
class Grid:
    """A matrix as a grid.

    Attributes
    ----------
    name : str
        What stands above it.
    shape : tuple of int
        Rows and columns.
    said : str
        What stands below it: its shape as NumPy says it.
    addresses : tuple of str
        Of its entries, row by row.
    begins : bool
        Whether a layer begins with it.
    """

    name: str
    shape: tuple
    said: str
    addresses: tuple
    begins: bool = False


class PassGrids:
    """The artists of the grids.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    numbers : nbhelpers.plots.number_boxes.NumberBoxes
        All entries, by their names.
    """

    def __init__(self, ax, boxes, size, decimals):
        self._decimals = decimals
        self.numbers = NumberBoxes(ax, boxes, size)
        self.moving = self.numbers.moving

    def update(self, values, told, sources):
        """Show other numbers.

        Parameters
        ----------
        values : dict of str to float
            By address; all of them.
        told : str
            The address of the entry that is told, on a yellow ground and in a thick frame.
        sources : iterable of str
            The entries that it was made from, in dashed frames.
        """
        values = {address: values[address] for address in self.numbers.boxes}
        texts = [_text(value, self._decimals) for value in values.values()]
        grounds = [PALETTE["highlight"] if address == told else cell_tint(value) for address, value in values.items()]
        self.numbers.update(texts, grounds, told, sources)

    def neighbor(self, address, right, down):
        """Return the entry next to one, in its own grid or in the nearest one in that direction; else itself.

        Parameters
        ----------
        address : str
        right, down : int
            The direction: one of them 1 or -1, the other 0.
        """
        x, y = _middle(self.numbers.boxes[address])
        best, least = address, float("inf")
        for other, box in self.numbers.boxes.items():
            along, across = _turned(_middle(box)[0] - x, _middle(box)[1] - y, right, down)
            if along > 1 and along + 3 * abs(across) < least:
                best, least = other, along + 3 * abs(across)
        return best


def draw_pass_grids(ax, stacks, left, top, width):
    """Draw empty grids on a page.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A page, see `nbhelpers.plots.page.as_page`.
    stacks : list of list of Grid
        The grids of a stack stand below each other; the stacks side by side, in as many lines as they need.
    left, top, width : float
        The height is that of `grids_height`.

    Returns
    -------
    PassGrids
    """
    cell = _best_cell(stacks, width)
    boxes = {}
    for grid, x, y in _places(stacks, left, top, width, cell):
        middle = x + grid.shape[1] * cell[0] / 2
        ax.text(middle, y - 5, grid.name, ha="center", size=points(12), weight="bold", zorder=1)
        low = y + grid.shape[0] * cell[1] + 11
        ax.text(middle, low, grid.said, ha="center", size=points(10), color=PALETTE["neutral"], zorder=1)
        for k, address in enumerate(grid.addresses):
            row, column = divmod(k, grid.shape[1])
            boxes[address] = (x + column * cell[0], y + row * cell[1], *cell[:2])
    return PassGrids(ax, boxes, *cell[2:])


def grids_height(stacks, width):
    """Return how high the grids are.

    Raises
    ------
    ValueError
        If they do not fit on a page.
    """
    height = _height(stacks, width, _best_cell(stacks, width))
    widest = max(_width(stack, _CELLS[-1]) for stack in stacks)
    if height > _TALLEST or widest > width:
        count = sum(len(grid.addresses) for stack in stacks for grid in stack)
        raise ValueError(f"the pass has {count} numbers: that is too many to be shown as grids. Take fewer examples")
    return height


def _best_cell(stacks, width):
    """The largest cells with which the grids are not too high, or else the smallest."""
    return next((cell for cell in _CELLS if _height(stacks, width, cell) <= _HIGHEST), _CELLS[-1])


def _height(stacks, width, cell):
    return sum(_line_height(line, cell) for line in _lines(stacks, width, cell))


def _lines(stacks, width, cell):
    """The stacks in lines that are not too wide; the stacks of a layer stay together where that is possible."""
    lines = [[]]
    for layer in _layers(stacks):
        if lines[-1] and _line_width([*lines[-1], *layer], cell) > width:
            lines.append([])
        for stack in layer:
            if lines[-1] and _line_width([*lines[-1], stack], cell) > width:
                lines.append([])
            lines[-1].append(stack)
    return lines


def _layers(stacks):
    layers = [[]]
    for k, stack in enumerate(stacks):
        if stack[0].begins and k > 1:  # the input stands beside the first layer
            layers.append([])
        layers[-1].append(stack)
    return layers


def _line_width(line, cell):
    return sum(_width(stack, cell) for stack in line) + _ASIDE * (len(line) - 1)


def _places(stacks, left, top, width, cell):
    """Yield each grid with its upper left corner; the stacks of a line are spread over the width."""
    lines = _lines(stacks, width, cell)
    for line in lines:
        free = width - sum(_width(stack, cell) for stack in line)
        between = min(free / max(1, len(line) - 1), 46)
        x = left + (free - between * (len(line) - 1)) / 2
        for stack in line:
            y = top
            for grid in stack:
                yield grid, x + (_width(stack, cell) - grid.shape[1] * cell[0]) / 2, y + _UP
                y += _grid_height(grid, cell)
            x += _width(stack, cell) + between
        top += _line_height(line, cell)


def _width(stack, cell):
    return max(max(grid.shape[1] * cell[0], 7.4 * len(grid.name)) for grid in stack)


def _line_height(line, cell):
    return max(sum(_grid_height(grid, cell) for grid in stack) for stack in line)


def _grid_height(grid, cell):
    return _UP + grid.shape[0] * cell[1] + _DOWN + 2


def _text(value, decimals):
    text = short(value, decimals)
    return text if len(text) <= _LETTERS else short(value, 2)


def _middle(box):
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def _turned(x, y, right, down):
    """How far along a direction, and how far beside it."""
    return x * right + y * down, x * down + y * right
