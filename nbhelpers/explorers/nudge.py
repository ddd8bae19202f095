"""Push one number of a network a little, and see how far every number after it moves: the chain rule by hand."""

import math

import numpy as np

from nbhelpers import worked_example
from nbhelpers.checks import as_matrix
from nbhelpers.experiments.nudges import graph_of, places
from nbhelpers.explorers.kit.controls import CheckBox, DropDown, NumberSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.explorers.kit.network_numbers import example_slider
from nbhelpers.numbers_as_text import short, spoken, subscript, superscript
from nbhelpers.plots import nudge as picture
from nbhelpers.plots import style


def nudge(network=None, X=None, Y=None):
    """Return an explorer of the computational graph from one number of a network to the loss.

    Parameters
    ----------
    network : nbhelpers.Network, optional
        By default the lecture's 2-2-1 example. At most 3 layers and 4 units in each.
    X : array_like, shape (n, d), optional
    Y : array_like, shape (m, d), optional
        Examples, a column each; one of them is looked at. By default the lecture's.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a list of all inputs, weights and biases, and a slider for the push.

    Raises
    ------
    ValueError
        If X and Y do not fit the network, or the network is too large.
    """
    network = worked_example.network() if network is None else network
    X = as_matrix(worked_example.X if X is None else X, "X")
    Y = as_matrix(worked_example.Y if Y is None else Y, "Y")
    network.cost(X, Y)  # says what does not fit
    if network.L > picture.MOST_LAYERS or max(network.sizes) > picture.MOST_UNITS:
        sizes = "-".join(map(str, network.sizes))
        limits = f"{picture.MOST_LAYERS} layers and {picture.MOST_UNITS} units in each"
        raise ValueError(f"the network is {sizes}: there is room for {limits}")
    return Explorer(NudgeLesson(network, X, Y))


class NudgeLesson(Lesson):
    """What is in the explorer: the number that is pushed, and the picture."""

    panel_names = ("graph",)

    def __init__(self, network, X, Y):
        self.network, self.X, self.Y = network, X, Y
        names = list(places(network))
        begin = "W1[1,1]" if "W1[1,1]" in names else names[0]
        self.start = DropDown("nudge", names, "which number is pushed", begin)
        self.by = NumberSlider("by", 0.5, -1, 1, 0.05, "how far it is pushed")
        self.magnify = CheckBox("magnify", False, "let each number line have a scale of its own, times a power of ten")
        self.example = example_slider(X.shape[1])
        several = {"example": self.example} if X.shape[1] > 1 else {}
        self.controls = {**several, "nudge": self.start, "by": self.by, "magnify": self.magnify}
        self.groups = [Group("nudge", list(self.controls.values()))]
        with style.context():
            self.figure = style.new_figure(*picture.SIZE)
            self.panels = picture.NudgePicture(self.figure)
        self.regions = picture.REGIONS
        self.moving, self._first = self.panels.moving, (0.0, 0.0, 1.0)
        self.handles = [Handle("the number that is pushed", self.panels.ax, self._place, self.move, (1, -5))]

    def _place(self):
        x, y, half = self._first
        return x, y - half * self.by.value

    def move(self, _, y):
        """Push the number as far as a place on its line says."""
        _, middle, half = self._first
        self.by.value = self.by.nearest((middle - y) / half)

    def redraw(self, values):
        """Push the number, compute everything after it anew, show how far each has moved, and say it in words."""
        k = values.get("example", 1) - 1
        graph = graph_of(self.network, self.X[:, [k]], self.Y[:, [k]], values["nudge"])
        step, before = values["by"], graph.values()
        moves = graph.moves(step)
        reaches = _reaches(graph, values["magnify"])
        columns = [
            [_number(graph, column, unit, *numbers) for unit, *numbers in zip(column.units, *each, strict=True)]
            for column, *each in zip(graph.columns, before, moves, reaches, strict=True)
        ]
        spots, half = picture.places([len(column) for column in columns])
        self._first = *spots[0][0], half
        self.panels.update(columns, _edges(graph), _below(graph, step, moves))
        words = _in_words(graph, step, moves)
        about = f"Number lines in columns from {values['nudge']} to the loss L, with local slopes between."
        return Seen(words, f"{about} {words}")


def _reaches(graph, is_magnified):
    """What a whole half of each number line stands for: 1, or a power of ten that shows the move."""
    chained, found = np.eye(1), [np.ones(1)]
    for slopes in graph.slopes:
        chained = slopes @ chained
        size = np.abs(chained[:, 0])
        powers = [10.0 ** math.ceil(math.log10(each)) if 1e-12 < each < 1 else 1.0 for each in size]
        found.append(np.array(powers) if is_magnified else np.ones(len(size)))
    return found


def _number(graph, column, unit, value, move, reach):
    name = _name(graph, column, unit)
    scale = "" if reach == 1 else f"  × {round(1 / reach):,}"
    return name + scale, short(value), _signed(move), float(move / reach)


def _edges(graph):
    """Between two columns: which number leads to which, and the local slope."""
    found = []
    for before, after, slopes in zip(graph.columns[:-1], graph.columns[1:], graph.slopes, strict=True):
        is_own = before.kind == "Z" and graph.network.layers[before.layer - 1].activation.elementwise
        pairs = [(j, i) for j, i in np.ndindex(slopes.shape) if not is_own or before.units[i] == after.units[j]]
        found.append([(i, j, short(slopes[j, i])) for j, i in pairs])
    return found


# --- words ------------------------------------------------------------------------------------------------------------


def _name(graph, column, unit):
    kind, layer, _ = column
    if kind == "start":
        return graph.start
    if kind == "L":
        return "L"
    below = subscript(unit + 1) if graph.network.sizes[layer] > 1 else ""
    if kind == "A" and layer == graph.network.L:
        return f"ŷ{below}"
    return f"{kind.lower()}⁽{superscript(layer)}⁾{below}"


def _signed(move):
    return "" if move == 0 else f"{'−' if move < 0 else '+'} {short(abs(move))}"


def _product(path):
    return f"{' · '.join(f'({short(s)})' if s < 0 else short(s) for s in path.slopes)} = {short(path.product, 4)}"


def _below(graph, step, moves):
    """The paths as products, and the sum beside what was measured."""
    paths = graph.paths[: picture.MOST_PATHS - 1] if len(graph.paths) > picture.MOST_PATHS else graph.paths
    many = len(graph.paths) > 1
    lines = [f"path {k}: {_product(path)}" if many else _product(path) for k, path in enumerate(paths, start=1)]
    if len(paths) < len(graph.paths):
        lines = [*lines[:2], f"and {len(graph.paths) - 2} more paths"]
    lines = lines[:3]
    count = len(graph.paths)
    added = f"{'both' if count == 2 else f'all {count}'} paths added: " if many else ""
    measured = f"   measured: ΔL / Δ{graph.start} = {short(moves[-1][0] / step, 4)}" if step else ""
    return [*lines, f"{added}∂L/∂{graph.start} = {short(graph.slope, 4)}{measured}"]


def _in_words(graph, step, moves):
    last = moves[-1][0]
    ways = "There is one path to L" if len(graph.paths) == 1 else f"{len(graph.paths)} paths lead to L, and they add up"
    if step == 0:
        return f"{graph.start} is not pushed. {ways}: ∂L/∂{graph.start} = {short(graph.slope, 4)}."
    first = ", ".join(
        f"{_name(graph, graph.columns[1], unit)} by {short(move)}"
        for unit, move in zip(graph.columns[1].units, moves[1], strict=True)
    )
    predicted = graph.slope * step
    near = abs(last - predicted) <= 0.02 * max(abs(last), abs(predicted)) + 1e-15
    found, said = _told_apart(last, predicted) if not near else (short(last), "")
    both = "as the slope says" if near else f"the slope alone says {said}: push less, and they agree"
    return (
        f"{graph.start} is pushed by {spoken(step)}: this moves {first}, and at the end L by {found} ({both}). "
        f"{ways}: ∂L/∂{graph.start} = {short(graph.slope, 4)}."
    )


def _told_apart(one, other):
    """Two numbers as texts, with as many decimals as show that they differ."""
    texts = ((short(one, decimals), short(other, decimals)) for decimals in range(3, 9))
    return next((pair for pair in texts if pair[0] != pair[1]), (short(one, 8), short(other, 8)))
