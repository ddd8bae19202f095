"""Live training on points of the plane: every setting at hand, and the whole run in a line of text to copy."""

from nbhelpers import datasets
from nbhelpers.explorers.kit.controls import Button, CheckBox, DropDown, Entry, Hidden, Player, whole
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.explorers.playground.edits import Edit, edits_as_text, read_edits, value_of
from nbhelpers.explorers.playground.run import TrainingRun
from nbhelpers.explorers.playground.settings import (
    GROUPS,
    OUTPUT,
    checked_points,
    input_names,
    settings,
    sizes_of,
    unit_names,
    weight_names,
)
from nbhelpers.explorers.playground.text import CHOICES, OWN, UNITS, as_text, read_text
from nbhelpers.explorers.playground.words import as_alt, best_of, in_words
from nbhelpers.plots import style
from nbhelpers.plots.playground.panels import NETWORK, SIZE, PlaygroundPanels

MOST_STEPS = 50_000
PACES = {"1 step": None, "1 epoch": 1, "3 epochs": 3, "10 epochs": 10, "30 epochs": 30}  # of a frame, in epochs
MOST_WORK = 1200  # updates times layers in a frame that plays: a larger pace is cut short, and the page is answered
_A_TURN = 300  # updates on the way to a step that is far off, before the page is answered
_PAUSE = 2  # milliseconds that the page has to itself between two frames
_NUDGE = 0.1
_ABOUT_RUN = "run: the whole run as a line of text: copy it, or put another in its place and press Enter"
_ABOUT_OWN = "points: your own, three numbers each: x1 x2 y. Paste them and press Enter"
_ABOUT_VALUE = "set to: the weight that is marked; write another number and press Enter"
_KEYS_HELP = "Keys: right arrow one step, page down one epoch, Home back to the start, space play or pause"


def playground(run=None, data=None):
    """Return an explorer of training: a small network, points of the plane, and all settings.

    There are 200 points, standardized; a quarter of them is held out. Each unit is drawn as a small plane with what it
    gives there, each weight as an edge; click on them to see a unit large, or to set a weight. A change of a setting
    begins again from the seed, so that the settings, the weights that were set by hand and the number of steps say
    exactly what is seen. They stand in a line of text that can be copied, and pasted into another playground.

    Parameters
    ----------
    run : str, optional
        What to begin with: such a line, for instance ``"moons noise=0.2 share=0.75 inputs=x1,x2 hidden=8-8 tanh lr=0.3
        batch=16 adam xavier l2=0.001 l1=0 dropout=0 seed=7 steps=420"``, or a part of it; all else is as usual.
    data : Dataset or tuple of array_like, optional
        Points of your own: X, shape (2, d), and Y, the class or the height of each; see `nbhelpers.datasets.points`.
        They can also be pasted as text. Heights are put on one scale, as the features are.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer

    Raises
    ------
    ValueError
        If `run` is no such line, or `data` are no points.

    Examples
    --------
    >>> X, y = [[0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 1, 0, 1]], [0, 1, 1, 0, 0, 1, 1, 0]
    >>> explorer = playground("hidden=4 lr=1", data=(X, y))
    >>> explorer.state["data"], explorer.lesson.controls["data"].options[-1]
    ('own', 'own')
    """
    beginning = {} if data is None else {"own": _own(data), "data": OWN}
    return Explorer(Playground(beginning | ({} if run is None else read_text(run))))


def _own(data):
    X, Y = (data.X, data.Y if data.labels is None else data.labels) if hasattr(data, "labels") else data
    return datasets.points_as_text(datasets.points(X, Y))


class Playground(Lesson):
    """What is in the explorer: its controls, its picture, and the run that is shown.

    Parameters
    ----------
    beginning : dict
        Values of some controls, by name.
    """

    keys_help = _KEYS_HELP
    panel_names = ("network", "plane", "gradients", "activations", "cost")
    pinned = True

    def __init__(self, beginning):
        self.settings = settings()
        # what was set by hand, and how many updates were made; buttons, keys and the line of text set them
        self.edits = Hidden("set by hand", "", lambda text: edits_as_text(read_edits(text)))
        self.steps = Hidden("steps", 0, lambda steps: whole(steps, 0, MOST_STEPS, "steps"))
        self.pace = DropDown("a frame", PACES, "how much training each frame shows while it plays", "1 epoch")
        self.held_out = CheckBox("held out", True, "show the points that are not trained on")
        self.rounded = CheckBox("rounded", False, "show only which class it is, or the sign, not how sure")
        self.unit = DropDown("look at", [OUTPUT], "what the large plane shows; a click on a unit does the same")
        self.weight = DropDown("weight", [""], "one that goes into this unit; a click on an edge does the same")
        self.looks = {each.description: each for each in (self.pace, self.held_out, self.rounded)}
        self.looks |= {"look at": self.unit, "weight": self.weight}
        self.controls = {**self.settings, "edits": self.edits, "steps": self.steps, **self.looks}
        self.follow = dict.fromkeys(self.settings, self._begin_again) | {"own": self._take_own, "look at": self._look}
        self._run = None
        for name in (name for name in self.controls if name in beginning):
            self.controls[name].value = beginning[name]
            if name == "own":
                self._offer_own()
        self._show_what_is_there()
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = PlaygroundPanels(self.figure)
        self.moving, self.player = self.panels.moving, Player(self.advance, _PAUSE)
        self.player.observe(self._show_texts, "description")
        self.field = Entry("run", as_text(self.values), self._take_text, _ABOUT_RUN)
        self.own_field = Entry("points", "", self._paste, _ABOUT_OWN)
        self.value_field = Entry("set to", "", self.set_weight, _ABOUT_VALUE)
        self.groups = self._groups()
        self.keys = {"ArrowRight": self.one_step, "PageDown": self.one_epoch, "Home": self.to_start}
        self.clicked = self._choose

    # --- controls -------------------------------------------------------------------------------------------------

    def _groups(self):
        step = Button("Step", self.one_step, "One update of the weights", "step-forward")
        about = "To the end of the epoch: once through all training points"
        epoch = Button("Epoch", self.one_epoch, about, "fast-forward")
        start = Button("To start", self.to_start, "Back to the initial weights", "fast-backward")
        less = Button(f"−{_NUDGE:g}", lambda: self._nudge(-_NUDGE), "Make the weight that is marked a little smaller")
        more = Button(f"+{_NUDGE:g}", lambda: self._nudge(_NUDGE), "Make the weight that is marked a little larger")
        groups = [Group(heading, [self.settings[name] for name in names]) for heading, names in GROUPS.items()]
        groups[0].controls.append(self.own_field)
        look = [self.unit, self.weight, self.value_field, less, more, self.held_out, self.rounded]
        return [Group("", [self.player, step, epoch, start, self.pace, self.field]), *groups, Group("look", look)]

    def _show_what_is_there(self):
        """Units of layers that are not there cannot be moved; those that are there can be looked at."""
        values = self.values
        for l, name in enumerate(UNITS, start=1):
            self.settings[name].disabled = l > values["layers"]
        self.settings["noise"].disabled = values["data"] == OWN
        self.unit.options = list(unit_names(values))
        self._look()

    def _look(self, _=None):
        """Offer the weights that go into the unit that is looked at."""
        values = self.values
        names = weight_names(values, unit_names(values)[self.unit.value])
        self.weight.options, self.weight.hidden = list(names) or [""], not names

    def _begin_again(self, _=None):
        self.to_start()
        self._show_what_is_there()

    def _take_own(self, _=None):
        self._offer_own()
        self._begin_again()

    def _offer_own(self):
        """Points of the user's own are among the data as long as there are any."""
        self.settings["data"].options = [*CHOICES["data"], *([OWN] if self.settings["own"].value else [])]

    def _show_texts(self, _=None):
        """Keep the line of text and the weight up to date; what changes with every frame only when it rests."""
        self.field.text = as_text(self.values, self.player.is_playing)
        is_there = not self.player.is_playing and self.marked is not None
        self.value_field.text = f"{self.marked:.6g}".replace("-", "−") if is_there else ""

    def _take_text(self, text):
        """Show the run that a text says, or raise a ValueError that says why there is none."""
        values = read_text(text)
        if values.get("data") == OWN and not self.settings["own"].value:
            raise ValueError("this run is about points of someone's own, and there are none here: paste them first")
        for name in (name for name in self.controls if name in values):
            self.controls[name].value = values[name]

    def _paste(self, text):
        """Train on points that were pasted."""
        text = checked_points(text)
        if not text:
            raise ValueError("there are no points: paste three numbers for each, x1 x2 y")
        self.settings["own"].value = text
        self.settings["data"].value = OWN

    # --- weights by hand ------------------------------------------------------------------------------------------

    @property
    def marked(self):
        """The weight or bias that is marked; None where there is none, or no number."""
        names = weight_names(self.values, unit_names(self.values)[self.unit.value])
        if self._network is None or self.weight.value not in names:
            return None
        name, entry = names[self.weight.value]
        return float(self._network.parameters[name][entry])

    def set_weight(self, text):
        """Set the weight that is marked, at this step, to the number that a text says."""
        values = self.values
        run = self._run_for(values)
        if run.is_over:
            raise ValueError("the training has stopped: go back to the start before you set a weight")
        names = weight_names(values, unit_names(values)[self.unit.value])
        if self.weight.value not in names:
            raise ValueError("an input has no weight of its own: look at a unit first")
        edit = Edit(run.steps, *names[self.weight.value], value_of(text))
        others = [each for each in run.edits if each.step <= run.steps and each[:3] != edit[:3]]
        self.edits.value = edits_as_text([*others, edit])
        self.steps.value = run.steps

    def _nudge(self, by):
        if self.marked is None:
            raise ValueError("no weight is marked: look at a unit first")
        self.set_weight(repr(round(self.marked + by, 6)))

    def _choose(self, x, y):
        """Look at the unit that was clicked on, or mark the weight."""
        left, top, width, height = NETWORK
        across, down = (x - left) / width, (y - top) / height
        if not (0 <= across <= 1 and 0 <= down <= 1):
            return
        unit, edge = (find(across, down) for find in (self.panels.network.unit_at, self.panels.network.edge_at))
        names = {place: name for name, place in unit_names(self.values).items()}
        last = len(sizes_of(self.values)) - 1
        if unit is not None:
            self.unit.value = names.get(unit, OUTPUT)
        elif edge is not None:
            l, j, i = edge
            self.unit.value = names.get((l, j), OUTPUT) if l < last or (l, j) in names else OUTPUT
            self.weight.value = f"W{l}[{j + 1},{i + 1}]"

    # --- moving ---------------------------------------------------------------------------------------------------

    def one_step(self):
        """Make one update."""
        self._go(self.steps.value + 1)

    def one_epoch(self):
        """Make the updates up to the end of this epoch."""
        self._go(self._end_of_epoch(1))

    def to_start(self):
        """Go back to the first step, and forget what was set by hand."""
        self.steps.value, self.edits.value = 0, ""

    def advance(self):
        """Train for a moment, or begin again at the end; return whether there is more to come."""
        run = self._run_for(self.values)
        if self._is_at_end(run):
            self.steps.value = 0
            return True
        epochs = PACES[self.pace.value]
        steps = self.steps.value + 1 if epochs is None else self._end_of_epoch(epochs)
        self._go(min(steps, self.steps.value + MOST_WORK // (len(run.sizes) - 1)))
        return not self._is_at_end(run)

    def _go(self, steps):
        """Go to a step, or to where the training has gone wrong."""
        steps, run = min(steps, MOST_STEPS), self._run_for(self.values)
        run.go_to(steps, _A_TURN)
        self.steps.value = run.steps if run.is_over else steps

    def _end_of_epoch(self, epochs):
        """The step at which so many epochs more have ended, counted with the one that has begun."""
        updates = self._run_for(self.values).updates
        return (self.steps.value // updates + epochs) * updates

    def _is_at_end(self, run):
        return run.is_over or self.steps.value >= MOST_STEPS

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Bring the run nearer to the step that is asked for, show it, and say it in words."""
        run = self._run_for(values)
        run.go_to(values["steps"], _A_TURN)
        look = run.look()
        self._network = look.network
        self._show(run, look, values)
        self._show_texts()
        words = in_words(run, look, values)
        is_unfinished = run.steps < values["steps"] and not run.is_over
        return Seen(words, as_alt(run, look, values, words), is_unfinished)

    _network = None  # that is shown

    def _run_for(self, values):
        """The run with these settings: the one that is there, or a new one at its start."""
        mine = {name: values[name] for name in self.settings}
        run, self._run = self._run, None  # not kept if it cannot be changed
        if run is None or run.settings != mine:
            run = TrainingRun({**mine, "edits": values["edits"]})
        else:
            run.edit(values["edits"])
        self._run = run
        return run

    def _show(self, run, look, values):
        records, best = look.records, best_of(look.records)
        costs = [record.cost for record in records], [record.validation_cost for record in records]
        penalty = [record.penalty for record in records] if run.has_penalty else None
        is_new = self._show_ground(run, values)
        epochs, best_epoch = [record.steps / run.updates for record in records], best and best.steps / run.updates
        self.panels.update(epochs, (*costs, penalty), best_epoch, (look.now.steps / run.updates, look.now))
        self._show_units(run, look, values)
        if is_new:
            self.redraw_ground()

    def _show_ground(self, run, values):
        """Show the network and the points where these are others than before; return whether that is so."""
        shown = run, values["held out"], run.sizes, values["look at"]
        if shown == self._shown:
            return False
        self._shown = shown
        with style.context():
            self.panels.network.show_network(run.sizes, input_names(values))
            is_new = self.panels.plane.show_examples(run.training, run.held_out, values["held out"])
            heading = "what the network says" if values["look at"] == OUTPUT else f"{values['look at']} over the plane"
            return self.panels.plane.show_heading(heading) or is_new

    _shown = None

    def _show_units(self, run, look, values):
        """What each unit gives over the plane, and the weights."""
        unit = unit_names(values)[values["look at"]]
        names = weight_names(values, unit)
        mark = None
        if values["weight"] in names and look.network is not None:
            name, (j, i) = names[values["weight"]]
            value = float(look.network.parameters[name][j, i])
            mark = values["weight"], value, unit[0], j, i if name[0] == "W" else None
        inputs = run.inputs(self.panels.grid)
        self.panels.show_units(inputs, look.network, run.training.task, unit, mark, values["rounded"])
