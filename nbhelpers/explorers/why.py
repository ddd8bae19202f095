"""Why is this number what it is? All matrices of a pass; any entry can be asked, and what it was made from followed."""

import numpy as np

from nbhelpers.derivation.meanings import check_of, rule_of
from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.derivation.steps import shapes
from nbhelpers.derivation.why import Story
from nbhelpers.explorers.kit.controls import Button, Chooser, NumberSlider, TextField
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.explorers.kit.network_numbers import pass_given, span_of
from nbhelpers.numbers_as_text import precise
from nbhelpers.plots import style
from nbhelpers.plots.kit.panel import as_page
from nbhelpers.plots.kit.story_panel import HEIGHT as STORY_HEIGHT
from nbhelpers.plots.kit.story_panel import draw_story_panel
from nbhelpers.plots.why import Grid, draw_number_trail, draw_pass_grids, grids_height

WIDTH = 1000
MAX_SLIDERS = 14  # more would push the picture off the screen: then one slider serves all numbers
_SIDE = 12
_ARROW = " ← "
_RATE = 0.5
_GIVEN = ("X", "W", "b")  # what can be moved
_FIRST = "dW1[1,2]"
_HINT = (
    "Click any number.   Keys here:  → ← ↓ ↑  another number     1 to 9  what it was made from     "
    "backspace  back along the trail"
)
_KEYS_HELP = (
    "All numbers of the pass. Keys: arrows another number, 1 to 9 follow what it was made from, backspace back along "
    "the trail"
)


def why(network=None, X=None, Y=None):
    """Return an explorer in which every number of a pass can be asked where it comes from.

    Parameters
    ----------
    network : nbhelpers.Network, optional
        By default the lecture's 2-2-1 example. It is not changed.
    X : array_like, shape (n, d), optional
    Y : array_like, shape (m, d), optional
        Inputs and labels, a column per example; both or neither. By default those of the lecture.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a slider per input, weight and bias or, if there are more than 14, with one slider and a list to choose
        the number from.

    Raises
    ------
    ValueError
        If X or Y does not fit the network, or is missing, or if there are too many numbers for the page.
    """
    return Explorer(Inquiry(*pass_given(network, X, Y)))


class Inquiry(Lesson):
    """What is in the explorer: its controls, its picture, and what clicks and keys do."""

    keys_help = _KEYS_HELP

    def __init__(self, network, X, Y):
        self.network, self.Y = network, Y
        first = Numbers(network, X, Y, _RATE)
        self.blocks = {block.label: block for block in first.blocks.values()}
        self.figure = self._draw(first)
        self.story = None
        about = "the number to explain, such as dW1[1,2], Z1[2,1] or J"
        first_name = _FIRST if network.sizes[0] > 1 else "dW1[1,1]"
        self.name = TextField("number", first_name, about, lambda name: first.find(name).name)
        # the names that were followed to the number that is told: "J ← Y_hat[1,1]"; "" at the beginning
        self.trail = TextField("trail", check=lambda trail: self._trail_of(first, trail))
        self.rate = NumberSlider("η", _RATE, 0, 2, 0.05, "learning rate of the update")
        self.numbers = _number_controls(first)
        self.chooser = Chooser(self.numbers, "to move") if len(self.numbers) > MAX_SLIDERS else None
        choice = {"to move": self.chooser.choice} if self.chooser else {}
        self.controls = {"number": self.name, "trail": self.trail, "η": self.rate, **choice, **self.numbers}
        self.follow = {"number": self._on_name}
        self.keys, self.groups = self._keys(), self._groups()

    def _keys(self):
        arrows = {"ArrowRight": (1, 0), "ArrowLeft": (-1, 0), "ArrowDown": (0, 1), "ArrowUp": (0, -1)}
        steps = {key: lambda way=way: self._step(*way) for key, way in arrows.items()}
        sources = {str(k): lambda k=k: self._follow_source(k) for k in range(1, 10)}
        return {**steps, **sources, "Backspace": self.back}

    def _groups(self):
        """What is told, then what can be moved."""
        back = Button("Back", self.back, "Back along the trail", "arrow-left")
        told = Group("the number explained", [self.name, self.rate, back])
        if self.chooser:
            return [told, Group("numbers", self.chooser.controls)]
        groups = {}
        for label in ("X", *self.network.parameters):
            heading = "input" if label == "X" else f"layer {label[1:]}"
            groups.setdefault(heading, []).extend(self.numbers[e.name] for e in self.blocks[label].entries)
        return [told, *(Group(heading, sliders) for heading, sliders in groups.items())]

    # --- actions --------------------------------------------------------------------------------------------------

    def clicked(self, x, y):
        """Tell of the number that was clicked: an entry, a source, or a station of the trail."""
        address = self.grids.numbers.address_at(x, y)
        source, station = self.path.source_at(x, y), self.path.station_at(x, y)
        if address is not None:
            self._go(address)
        elif source is not None:
            self._go(source)
        elif station is not None:
            stations = self._stations()
            self._go(stations[station], stations[:station])

    def back(self):
        """Go back along the trail."""
        stations = self._stations()
        if stations:
            self._go(stations[-1], stations[:-1])

    def _step(self, right, down):
        if self.story.name in self.grids.numbers.boxes:
            self._go(self.grids.neighbor(self.story.name, right, down))

    def _follow_source(self, k):
        if k <= len(self.story.sources):
            self._go(self.story.sources[k - 1])

    def _go(self, name, trail=None):
        self.name.value = name  # which sets the trail
        if trail is not None:
            self.trail.value = _ARROW.join(trail)

    def _on_name(self, name):
        """Another number: a step along the trail if the last one was made from it, else a new beginning."""
        is_source = self.story is not None and name in self.story.sources
        self.trail.value = _ARROW.join([*self._stations(), self.story.name]) if is_source else ""

    def _trail_of(self, numbers, trail):
        """A trail whose names are all names of numbers."""
        for name in trail.split(_ARROW) if trail else []:
            numbers.find(name)
        return trail

    def _stations(self):
        return self.trail.value.split(_ARROW) if self.trail.value else []

    # --- a frame --------------------------------------------------------------------------------------------------

    def _draw(self, n):
        stacks, inner = [stack for stack in _stacks(n) if stack], WIDTH - 2 * _SIDE  # a layer may have no bias
        height = grids_height(stacks, inner)
        with style.context():
            figure = style.new_figure(WIDTH, _SIDE + height + STORY_HEIGHT + 8)
            ax = figure.add_axes((0, 0, 1, 1))
            as_page(ax)
            self.grids = draw_pass_grids(ax, stacks, _SIDE, _SIDE - 4, inner)
            self.panel = draw_story_panel(ax, _SIDE, _SIDE + height, inner, _HINT)
            self.path = draw_number_trail(ax, _SIDE + 0.5 * inner, _SIDE + height, 0.5 * inner)
        self.moving = [*self.grids.moving, *self.panel.moving, *self.path.moving]
        story = _SIDE + height
        self.regions = {"first layers": (0, 0), "last layers": (0.5 * WIDTH, 0), "equation": (0, story)}
        self.regions |= {"made from": (0.5 * WIDTH, story)}
        return figure

    def redraw(self, values):
        """Compute the pass with the numbers of the controls, tell of the chosen one, and say it in words."""
        n = self._numbers(values)
        story = Story(n, n.find(values["number"]))
        self.grids.update(_entries(n), story.name, story.sources)
        told = (rule_of(story), story.code, shapes(n, story.entry.block), story.name, story.text_lines)
        self.panel.update(*told, check_of(story))
        stations = values["trail"].split(_ARROW) if values["trail"] else []
        self.path.update(story.sources, stations, story.name)
        self.story = story
        words = _in_words(story)
        return Seen(words, _as_alt(self.network, words, story, stations))

    def _numbers(self, values):
        arrays = {label: self._moved(self.blocks[label], values) for label in ("X", *self.network.parameters)}
        X = arrays.pop("X")
        return Numbers(self.network.with_parameters(**arrays), X, self.Y, values["η"])

    def _moved(self, block, values):
        return np.reshape([values[entry.name] for entry in block.entries], block.shape)


# --- controls ---------------------------------------------------------------------------------------------------------


def _number_controls(n):
    """A control for every input, weight and bias, by the name of the entry."""
    given = [block for block in n.blocks.values() if block.kind in _GIVEN]
    return {entry.name: _slider(n, entry) for block in given for entry in block.entries}


def _slider(n, entry):
    value = n.value(entry)
    span = span_of([value])
    return NumberSlider(entry.name, value, -span, span, span / 40)


# --- grids ------------------------------------------------------------------------------------------------------------


def _stacks(n):
    """The matrices of a pass as grids, each above those that belong to it."""
    L = n.network.L
    yield _grids(n, "X")
    for l in range(1, L + 1):
        yield _grids(n, f"W{l}", f"dW{l}", f"W{l}_new")
        yield _grids(n, f"b{l}", f"db{l}", f"b{l}_new")
        is_needed = l < L or not n.network.is_matched  # of a matched pair, the shortcut needs no slope
        yield _grids(n, f"Z{l}", *([f"slope{l}", f"jacobian{l}"] if is_needed else []), f"dZ{l}")
        yield _grids(
            n, *(("Y_hat", "dY_hat") if l == L and is_needed else ("Y_hat",) if l == L else (f"A{l}", f"dA{l}"))
        )
    yield _grids(n, "Y", *(["L"] if n.d > 1 else []), "J")


def _grids(n, *labels):
    return [_grid(n.blocks[label]) for label in labels if label in n.blocks]


def _grid(block):
    said = f"({', '.join(map(str, block.shape))}{',' * (len(block.shape) == 1)})" if block.shape else "number"
    rows = _rows(block)
    addresses = tuple(entry.name for row in rows for entry in row)
    return Grid(_heading(block), (len(rows), len(rows[0])), said, addresses, block.kind == "W")


def _rows(block):
    """The entries as they stand on the page: one row for L and J, Jacobians of several examples side by side."""
    if len(block.shape) != 3:
        columns = (1, *block.shape)[-1]
        return [block.entries[k : k + columns] for k in range(0, len(block.entries), columns)]
    m, _, d = block.shape
    one = range(1, m + 1)
    return [[block.entry(i, j, k) for k in range(1, d + 1) for j in one] for i in one]


def _heading(block):
    return {"slope": f"f′(Z{block.layer})", "dY_hat": "dŶ", "A": block.label.replace("Y_hat", "Ŷ")}.get(
        block.kind, block.label.replace("_new", " new")
    )


def _entries(n):
    arrays = {label: np.ravel(n.array(block)) for label, block in n.blocks.items()}
    return {
        entry.name: float(value)
        for label, block in n.blocks.items()
        for entry, value in zip(block.entries, arrays[label], strict=True)
    }


# --- words ------------------------------------------------------------------------------------------------------------


def _in_words(story):
    check = check_of(story)
    return f"{story.name} = {precise(story.value)}. {story.meaning}{f' Its {check}.' if check else ''}"


def _as_alt(network, words, story, stations):
    sizes = "-".join(map(str, network.sizes))
    line = " ".join([story.name, *(f"{sign} {text}" for sign, text in story.text_lines)])
    made = f" Made from {', '.join(story.sources)}." if story.sources else ""
    trail = f" Trail: {_ARROW.join([*stations, story.name])}." if stations else ""
    return f"All matrices of a pass through a {sizes} network. {words} {line}.{made}{trail}"
