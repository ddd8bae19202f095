"""Backpropagation step by step, forwards and backwards: diagram, equation, line of NumPy, and numbers."""

import numpy as np

from nbhelpers.derivation.meanings import check_of, rule_of
from nbhelpers.derivation.solution import Walk, worked_solution
from nbhelpers.derivation.steps import shapes
from nbhelpers.explorers.kit.controls import Button, NumberSlider, Player, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.explorers.kit.network_numbers import example_slider, number_slider, pass_given, places
from nbhelpers.numbers_as_text import precise, short
from nbhelpers.plots import style
from nbhelpers.plots.backprop import draw_backprop, height_for
from nbhelpers.plots.kit.panel import as_page
from nbhelpers.plots.kit.story_panel import HEIGHT as STORY_HEIGHT
from nbhelpers.plots.kit.story_panel import draw_story_panel
from nbhelpers.plots.kit.timeline import HEIGHT as TIMELINE_HEIGHT
from nbhelpers.plots.kit.timeline import draw_timeline

WIDTH = 1000
_SIDE = 12  # between the border of the picture and what stands in it
_DIGITS = 4  # significant ones, of the numbers put in
_FASTEST = 2.0  # learning rate
_PER_EXAMPLE = ("X", "Y", "Z", "A", "dY_hat", "slope", "dZ", "dA")
_HINT = (
    "Click a step or a number.   Keys here:  → ←  a step     ↓ ↑  another number     page down, page up  a phase     "
    "space  play"
)
_KEYS_HELP = (
    "The pass, step by step. Keys: right arrow a step, left arrow back, page down to the end of the phase, page up to "
    "its beginning, up and down arrow another number, space play or pause"
)
_MOST_INPUTS = 4  # so many sliders have room


def backprop(network=None, X=None, Y=None, learning_rate=0.5):
    """Return an explorer of backpropagation: one pass forward and backward, the update, and the next pass forward.

    Parameters
    ----------
    network : nbhelpers.Network, optional
        At most 6 layers of at most 8 units; by default the lecture's 2-2-1 example. It is not changed.
    X : array_like, shape (n, d), optional
    Y : array_like, shape (m, d), optional
        Inputs and labels, a column per example; both or neither. By default those of the lecture.
    learning_rate : float, optional
        From 0 to 2, where the slider begins.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With sliders for the inputs where there is one example of at most 4 features, and for the example where there
        are several.

    Raises
    ------
    ValueError
        If the network is too large for a diagram, if X or Y does not fit it, or is missing.
    """
    network, X, Y = pass_given(network, X, Y)
    return Explorer(Tour(network, X, Y, learning_rate))


class Tour(Lesson):
    """What is in the explorer: its controls, its picture, and what buttons and keys do."""

    keys_help = _KEYS_HELP

    def __init__(self, network, X, Y, learning_rate):
        self.network, self.X, self.Y = network, X, Y
        self.walk = self._walk(X, learning_rate)
        self.figure = self._draw()
        self.step = WholeSlider("step", 0, 0, len(self.walk.stages) - 1, "0 is what is given")
        self.rate = NumberSlider("η", learning_rate, 0, _FASTEST, 0.05, "learning rate of the update")
        self.inputs, self.indices = self._input_sliders(), self._index_sliders()
        self.controls = {"step": self.step, "η": self.rate, **self.inputs, **self.indices}
        self.player, self.keys = Player(self.advance), self._keys()
        self.groups = self._groups()

    def _walk(self, X, learning_rate):
        return Walk(worked_solution(self.network, X, self.Y, learning_rate, digits=_DIGITS))

    # --- controls -------------------------------------------------------------------------------------------------

    def _input_sliders(self):
        n, d = self.X.shape
        if d > 1 or n > _MOST_INPUTS:
            return {}
        inputs = [(name, place) for name, place in places(self.network) if place[0] == "x"]
        return {name: number_slider(self.network, self.X, name, place) for name, place in inputs}

    def _index_sliders(self):
        """Which entry of a matrix is told: its unit, for weights the unit before, and the example."""
        sizes, d = self.network.sizes, self.X.shape[1]
        sliders = {
            "unit": WholeSlider("unit", 1, 1, max(2, *sizes), "whose number is explained, the row of a matrix"),
            "from": WholeSlider("from", 1, 1, max(2, *sizes), "for a weight: from which unit, the column of W"),
            "example": example_slider(d),
        }
        needed = {"unit": max(sizes), "from": max(sizes[:-1]), "example": d}
        return {name: slider for name, slider in sliders.items() if needed[name] > 1}

    def _buttons(self):
        return [
            Button("Back", self.back, "One step back", "step-backward"),
            Button("Step", self.forth, "One step on", "step-forward"),
            Button("Finish phase", self.finish_phase, "To the end of this phase, or of the next one", "fast-forward"),
            self.player,
        ]

    def _keys(self):
        return {
            "ArrowRight": self.forth,
            "ArrowLeft": self.back,
            "PageDown": self.finish_phase,
            "PageUp": self.begin_phase,
            "Home": lambda: self._go(0),
            "End": lambda: self._go(self.step.max),
            "ArrowDown": lambda: self._tell_next(1),
            "ArrowUp": lambda: self._tell_next(-1),
        }

    def _groups(self):
        return [
            Group("step", [*self._buttons(), self.step]),
            Group("numbers", [self.rate, *self.inputs.values()]),
            Group("which number is explained", list(self.indices.values())),
        ]

    # --- actions --------------------------------------------------------------------------------------------------

    def forth(self):
        """Go one step on."""
        self._go(self.step.value + 1)

    def back(self):
        """Go one step back."""
        self._go(self.step.value - 1)

    def finish_phase(self):
        """Go to the end of the phase, or of the next one from there."""
        self._go(self.walk.end_of_phase(self.step.value))

    def begin_phase(self):
        """Go to the beginning of the phase, or of the one before from there."""
        beginning = self.walk.start_of_phase(self.step.value)
        self._go(beginning if beginning < self.step.value else self.walk.start_of_phase(max(0, beginning - 1)))

    def advance(self):
        """Go one step on, or from the end back to the beginning; return whether there is more to come."""
        self._go(0 if self.step.value == self.step.max else self.step.value + 1)
        return self.step.value < self.step.max

    def clicked(self, x, y):
        """Go to the stage that was clicked, or tell of the number that was clicked."""
        stage, address = self.timeline.stage_at(x, y), self.diagram.numbers.address_at(x, y)
        if stage is not None:
            self._go(stage)
        elif address is not None:
            self._tell(*address)

    def _go(self, step):
        self.step.value = min(max(step, 0), self.step.max)

    def _tell(self, label, unit=0, source=0):
        """Tell of a number in the diagram: where its matrix was computed, or at the beginning if it is given."""
        stage = self.walk.stage_of(label, self.step.value)
        self._go(0 if stage is None else stage)
        self._choose(unit=unit + 1, source=source + 1)

    def _tell_next(self, change):
        values = self.values
        entries = self._block(values).entries
        now = entries.index(self._told(values))
        self._choose_entry(entries[(now + change) % len(entries)])

    def _choose_entry(self, entry):
        unit, source, example = _parts(entry)
        self._choose(unit=unit, source=source, example=example)

    def _choose(self, unit=None, source=None, example=None):
        for name, value in (("unit", unit), ("from", source), ("example", example)):
            if value and name in self.indices:
                self.indices[name].value = value

    # --- a frame --------------------------------------------------------------------------------------------------

    def _draw(self):
        sizes = self.network.sizes
        top = _SIDE + TIMELINE_HEIGHT + 8
        height = top + height_for(sizes) + 8 + STORY_HEIGHT + 8
        stages = [(_PHASES[stage.phase], _chip(stage)) for stage in self.walk.stages]
        with style.context():
            figure = style.new_figure(WIDTH, height)
            ax = figure.add_axes((0, 0, 1, 1))
            as_page(ax)
            where = {"left": _SIDE, "width": WIDTH - 2 * _SIDE}
            names = [layer.activation.name for layer in self.network.layers]
            self.timeline = draw_timeline(ax, stages, top=_SIDE - 4, **where)
            self.diagram = draw_backprop(ax, sizes, names, top=top, **where)
            self.story = draw_story_panel(ax, top=top + height_for(sizes) + 8, hint=_HINT, **where)
        self.moving = [*self.timeline.moving, *self.diagram.moving, *self.story.moving]
        self.regions = {"steps": (0, 0), "first layers": (0, top), "last layers": (0.6 * WIDTH, top)}
        self.regions |= {"equation": (0, top + height_for(sizes) + 8)}
        return figure

    def redraw(self, values):
        """Compute the pass with the numbers of the controls, show its stage, and say it in words."""
        X = np.array([[values[name]] for name in self.inputs]) if self.inputs else self.X
        self.walk = self._walk(X, values["η"])
        entry = self._told(values)
        stage, story = self._stage(values), self._stage(values).step.stories[self._block(values).entries.index(entry)]
        self.timeline.update(values["step"])
        known = _of_example(self.walk, values)
        sources = [_address(story.numbers.find(name), stage.phase) for name in story.sources]
        self.diagram.update(known, stage.key if values["step"] else None, _address(entry, stage.phase), sources)
        told = (rule_of(story), stage.step.code, shapes(story.numbers, entry.block), entry.name, story.text_lines)
        self.story.update(*told, check_of(story))
        words = _in_words(self.walk, values["step"], story)
        return Seen(words, _as_alt(self.network, words, known, story), region=self._region(values))

    def _region(self, values):
        """Where on the page the numbers of the stage stand."""
        if values["step"] == 0:
            return "steps"
        return "first layers" if 0 < self._block(values).layer <= self.network.L / 2 else "last layers"

    def _stage(self, values):
        return self.walk.stages[values["step"]]

    def _block(self, values):
        return self._stage(values).step.block

    def _told(self, values):
        """The entry that is told: the nearest one that this matrix has."""
        block = self._block(values)
        unit, source, example = (values.get(name, 1) for name in ("unit", "from", "example"))
        wanted = _ORDERS.get(block.kind, lambda j, i, k: (j, k))(unit, source, example)
        return block.entry(*(min(index, size) for index, size in zip(wanted, block.shape, strict=True)))


# --- places -----------------------------------------------------------------------------------------------------------

_ORDERS = {
    **dict.fromkeys(("W", "dW", "W_new"), lambda j, i, k: (j, i)),
    **dict.fromkeys(("b", "db", "b_new"), lambda j, i, k: (j, 1)),
    "L": lambda j, i, k: (k,),
    "J": lambda j, i, k: (),
    "jacobian": lambda j, i, k: (j, i, k),
}
_PHASES = {
    "given": "given",
    "forward": "forward",
    "backward": "backward",
    "update": "update",
    "next forward": "forward again",
}


def _parts(entry):
    """Unit, unit before and example of an entry; None for what it does not have."""
    unit, source, example = ("unit", "from", "example")
    order = _ORDERS.get(entry.block.kind, lambda j, i, k: (j, k))(unit, source, example)
    found = dict(zip(order, entry.index, strict=True))
    return found.get(unit), found.get(source), found.get(example)


def _address(entry, phase):
    """Where an entry stands in the diagram."""
    unit, source, _ = _parts(entry)
    label = entry.block.label.removesuffix("_new")
    label = "J_new" if label == "J" and phase == "next forward" else label
    return (label, *(index - 1 for index in (unit, source) if index))


def _of_example(walk, values):
    """What is known, with one column of what has a column per example."""
    known = walk.known(values["step"])
    k = values.get("example", 1) - 1
    columns = {stage.key: stage.step.block.kind in _PER_EXAMPLE for stage in walk.stages} | {"X": True, "Y": True}
    return {key: value[:, k] if columns.get(key) else value for key, value in known.items()}


def _chip(stage):
    if stage.phase == "given":
        return "X Y W b"
    return {"Y_hat": "Ŷ", "J_new": "J", "dY_hat": "dŶ"}.get(stage.key, stage.key.replace("slope", "f′")[:7])


# --- words ------------------------------------------------------------------------------------------------------------


def _in_words(walk, now, story):
    stage, last = walk.stages[now], len(walk.stages) - 1
    if now == 0:
        return f"Step 0 of {last}: the inputs X, the labels Y, the weights and the biases are given. Press Step."
    where = f"Step {now} of {last}, {_PHASES[stage.phase]}"
    number = f"{story.name} = {precise(story.value)}"
    said = f"{where}: {stage.step.name}, {stage.step.title}. {number}: {story.meaning}"
    return said + _compared(walk) if now == last else said


def _compared(walk):
    known = walk.known(len(walk.stages) - 1)
    before, after = float(known["J"]), float(known["J_new"])
    by = f"by {short(abs(after - before), 4)}"
    moved = f"fell {by}" if after < before else f"rose {by}" if after > before else "did not move"
    return f" J was {short(before, 4)} and is {short(after, 4)}: it {moved}."


def _as_alt(network, words, known, story):
    sizes = "-".join(map(str, network.sizes))
    line = " ".join([story.name, *(f"{sign} {text}" for sign, text in story.text_lines)])
    code = f" NumPy: {story.code}." if story.code else ""
    seen = f"Diagram of a {sizes} network, each number with its gradient beside it. {words}{code} {line}."
    return f"{seen} Known: {', '.join(known)}."
