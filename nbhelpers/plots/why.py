"""All numbers of a pass to ask for: matrices as grids, names of what a number was made from, the trail to it.

In the grids each matrix stands above those that belong to it: Z above its slopes and its gradient. `draw_pass_grids`
draws names and shapes, once; `PassGrids.update` sets the rest. Matrices and numbers are passed in.
"""

from dataclasses import dataclass

from nbhelpers.numbers_as_text import short
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.matrices import cell_tint
from nbhelpers.plots.kit.number_boxes import NumberBoxes, add_frames, corners
from nbhelpers.plots.kit.panel import points
from nbhelpers.plots.style import PALETTE

_LABELS = 76  # width of the column of labels
_CHIP, _BETWEEN = 20, 6  # height of a name; between two of them
_LETTER = 6.9  # about the width of a letter, at 11 pixels
_ROWS = (14, 38, 66)  # from the top to the rows: made from, a second row of it, the trail
_ARROW = 22  # width of the arrow between two stations
_UP, _DOWN = 16, 13  # a name above its grid, a shape below
_ASIDE = 22  # between two stacks of grids, at least
_CELLS = ((54, 24, 11, 3), (44, 20, 10.5, 3), (42, 18, 10, 3), (34, 16, 9.5, 2))  # width, height, letters, decimals
_LETTERS = 6  # have room in a cell
_GIVEN = "nothing: it is given"
_HIGHEST, _TALLEST = 545, 1200  # pixels: what is aimed at, and what is refused


# --- names to go to ---------------------------------------------------------------------------------------------------


class NumberTrail:
    """The artists.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
    sources, trail : list of tuple
        What is shown: the name of a source or the number of a station (None where it leads nowhere), its box, its
        text. The last station of the trail is the number itself.
    """

    def __init__(self, ax, left, top, width):
        self._left, self._top, self._right = left + _LABELS, top, left + width - 10
        self.frames = add_frames(ax, [], 0.8, "neutral", 3)
        look = {"size": points(11), "ha": "center", "color": PALETTE["ink"], "zorder": 6}
        self._texts = [add_quick_text(ax, 0, 0, **look) for _ in range(24)]
        self.sources, self.trail = [], []
        self.moving = [self.frames, *self._texts]

    def update(self, sources, stations, name):
        """Show other names.

        Parameters
        ----------
        sources : sequence of str
        stations : sequence of str
            Where the trail came through, before `name`.
        name : str
            Of the number itself.
        """
        numbered = [f"{k} {s}" if k < 10 else s for k, s in enumerate(sources, start=1)]
        given = (None, (self._left, self._top + _ROWS[0], _width(_GIVEN), _CHIP), _GIVEN)
        self.sources = self._in_rows(numbered, sources) or [given]
        self.trail = self._last([*stations, name])
        self._write([*self.sources, *self.trail])

    def source_at(self, x, y):
        """Return the source whose name stands at a place on the page, or None."""
        return next((name for name, box, _ in self.sources if name and _is_in(box, x, y)), None)

    def station_at(self, x, y):
        """Return the number of the station of the trail at a place on the page, or None."""
        return next((k for k, box, _ in self.trail if k is not None and _is_in(box, x, y)), None)

    def _in_rows(self, texts, names):
        """What has room in two rows, and how many are left out."""
        placed, x, row = [], self._left, 0
        for k, (text, name) in enumerate(zip(texts, names, strict=True)):
            width = _width(text)
            if x + width > self._right - 60 * row:
                x, row = self._left, row + 1
            if row == 2 or len(placed) == 14:
                rest = f"and {len(names) - k} more"
                last = placed[-1][1]
                return [*placed, (None, (last[0] + last[2], last[1], _width(rest), _CHIP), rest)]
            placed.append((name, (x, self._top + _ROWS[row], width, _CHIP), text))
            x += width + _BETWEEN
        return placed

    def _last(self, stations):
        """The end of the trail, as much as has room; at each station stands its number."""
        widths = [_width(station) + _ARROW for station in stations]
        first = len(stations) - 1
        while first > 0 and sum(widths[first - 1 :]) <= self._right - self._left and len(stations) - first < 5:
            first -= 1
        placed, x = [], self._left
        for k in range(first, len(stations)):
            if k > 0:
                placed.append((None, (x, self._top + _ROWS[2], _ARROW, _CHIP), "←"))
            placed.append((k, (x + _ARROW * (k > 0), self._top + _ROWS[2], _width(stations[k]), _CHIP), stations[k]))
            x += _width(stations[k]) + _ARROW * (k > 0)
        return placed

    def _write(self, placed):
        boxes = [box for key, box, _ in placed if key is not None]
        self.frames.set_verts([corners(box) for box in boxes])
        now = len(boxes) - 1
        self.frames.set_facecolor([PALETTE["highlight" if k == now else "ground"] for k in range(len(boxes))])
        for k, text in enumerate(self._texts):
            _, (left, top, width, height), words = placed[k] if k < len(placed) else (None, (0, 0, 0, 0), "")
            text.set(position=(left + width / 2, top + height / 2), text=words)


def draw_number_trail(ax, left, top, width):
    """Draw labels on a page, and return the `NumberTrail` beside them; it takes 90 pixels of height."""
    for label, y in (("made from", _ROWS[0]), ("trail", _ROWS[2])):
        look = {"size": points(11.5), "color": PALETTE["neutral"], "va": "baseline", "zorder": 1}
        ax.text(left, top + y + 14, label, **look)
    return NumberTrail(ax, left, top, width)


def _width(text):
    return 12 + _LETTER * len(text)


def _is_in(box, x, y):
    left, top, width, height = box
    return left <= x < left + width and top <= y < top + height


# --- the grids --------------------------------------------------------------------------------------------------------


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
    numbers : nbhelpers.plots.kit.number_boxes.NumberBoxes
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
        A page, see `nbhelpers.plots.kit.panel.as_page`.
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
        ax.text(middle, low, grid.said, ha="center", size=points(11), color=PALETTE["neutral"], zorder=1)
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
    widest = max(_stack_width(stack, _CELLS[-1]) for stack in stacks)
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
    return sum(_stack_width(stack, cell) for stack in line) + _ASIDE * (len(line) - 1)


def _places(stacks, left, top, width, cell):
    """Yield each grid with its upper left corner; the stacks of a line are spread over the width."""
    lines = _lines(stacks, width, cell)
    for line in lines:
        free = width - sum(_stack_width(stack, cell) for stack in line)
        between = min(free / max(1, len(line) - 1), 46)
        x = left + (free - between * (len(line) - 1)) / 2
        for stack in line:
            y = top
            for grid in stack:
                yield grid, x + (_stack_width(stack, cell) - grid.shape[1] * cell[0]) / 2, y + _UP
                y += _grid_height(grid, cell)
            x += _stack_width(stack, cell) + between
        top += _line_height(line, cell)


def _stack_width(stack, cell):
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
