"""Live training on points of the plane: every setting at hand, and the whole run in a line of text to copy."""

from nbhelpers.explorers.kit.controls import (
    Button,
    DropDown,
    Entry,
    Hidden,
    LogSlider,
    NumberSlider,
    Player,
    WholeSlider,
    whole,
)
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.explorers.playground.run import TrainingRun
from nbhelpers.explorers.playground.text import CHOICES, MOST_LAYERS, UNITS, as_text, read_text
from nbhelpers.explorers.playground.words import as_alt, best_of, in_words
from nbhelpers.plots import style
from nbhelpers.plots.playground.panels import SIZE, PlaygroundPanels

MOST_STEPS = 10_000
MOST_UNITS = 16
BATCHES = ["16", "1", "4", "8", "32", "64", "all"]
_SECONDS = 0.025  # of training in a frame, at most
_UPDATES = 300  # in a frame on the way to a step that is far off
_PACE = 50  # a frame makes an epoch, and later this part of the steps so far
_PAUSE = 8  # milliseconds that the page has to itself between two frames
_ABOUT_RUN = "run: the whole run as a line of text: copy it, or put another in its place and press Enter"
_KEYS_HELP = "Keys: right arrow one step, page down one epoch, Home back to the start, space play or pause"


def playground(run=None):
    """Return an explorer of training: a small network, points of the plane, and all settings.

    There are 200 points, standardized; a quarter of them is held out. A change of a setting begins again from the seed,
    so that the settings and the number of steps say exactly what is seen. They stand in a line of text that can be
    copied, and pasted into another playground.

    Parameters
    ----------
    run : str, optional
        What to begin with: such a line, for instance ``"moons noise=0.2 hidden=8-8 tanh lr=0.3 batch=16 adam xavier
        l2=0.001 dropout=0 seed=7 steps=420"``, or a part of it; all else is as usual.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer

    Raises
    ------
    ValueError
        If `run` is no such line.
    """
    return Explorer(Playground({} if run is None else read_text(run)))


class Playground(Lesson):
    """What is in the explorer: its controls, its picture, and the run that is shown.

    Parameters
    ----------
    beginning : dict
        Values of some controls, by name.
    """

    keys_help = _KEYS_HELP
    panel_names = ("plane", "cost", "training", "held out")

    def __init__(self, beginning):
        self.settings = _settings()
        # how many updates were made; buttons, keys and the line of text set it
        self.steps = Hidden("steps", 0, lambda steps: whole(steps, 0, MOST_STEPS, "steps"))
        self.controls = {**self.settings, "steps": self.steps}
        for name, value in beginning.items():
            self.controls[name].value = value
        self._show_units()
        self._run = self._run_of = None
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = PlaygroundPanels(self.figure)
        self.moving, self.player = self.panels.moving, Player(self.advance, _PAUSE)
        self.player.observe(self._show_text, "description")
        self.field = Entry("run", as_text(self.values), self._take_text, _ABOUT_RUN)
        self.groups = self._groups()
        self.follow = dict.fromkeys(self.settings, self._begin_again)
        self.keys = {"ArrowRight": self.one_step, "PageDown": self.one_epoch, "Home": self.to_start}

    # --- controls -------------------------------------------------------------------------------------------------

    def _groups(self):
        step = Button("Step", self.one_step, "One update of the weights", "step-forward")
        about = "To the end of the epoch: once through all training points"
        epoch = Button("Epoch", self.one_epoch, about, "fast-forward")
        start = Button("To start", self.to_start, "Back to the weights of the beginning", "fast-backward")
        groups = [Group(heading, [self.settings[name] for name in names]) for heading, names in _GROUPS.items()]
        return [Group("run", [self.player, step, epoch, start, self.field]), *groups]

    def _show_units(self):
        """The units of layers that the network does not have can not be moved."""
        for l, name in enumerate(UNITS, start=1):
            self.settings[name].disabled = l > self.settings["layers"].value

    def _begin_again(self, _):
        self._show_units()
        self.to_start()

    def _show_text(self, _=None):
        """Keep the line of text up to date; the number of steps only when it rests."""
        self.field.text = as_text(self.values, self.player.is_playing)

    def _take_text(self, text):
        """Show the run that a text says, or raise a ValueError that says why there is none."""
        values = read_text(text)
        for name in (name for name in self.controls if name in values):
            self.controls[name].value = values[name]

    # --- moving ---------------------------------------------------------------------------------------------------

    def one_step(self):
        """Make one update."""
        self._go(self.steps.value + 1)

    def one_epoch(self):
        """Make the updates up to the end of this epoch."""
        self._go(self._end_of_epoch(1))

    def to_start(self):
        """Go back to the first step."""
        self.steps.value = 0

    def advance(self):
        """Train for a moment, or begin again at the end; return whether there is more to come."""
        if self._is_at_end():
            self.to_start()
            return True
        run = self._run_for(self.values)
        run.go_to(min(self._end_of_epoch(run.steps // _PACE), MOST_STEPS), _SECONDS)
        self.steps.value = run.steps
        return not self._is_at_end()

    def _go(self, steps):
        """Go to a step, or to where the training has gone wrong."""
        run = self._run_for(self.values)
        run.go_to(min(steps, MOST_STEPS))
        self.steps.value = run.steps

    def _end_of_epoch(self, more):
        """The first step after so many more that ends an epoch; at least one step on."""
        updates = self._run_for(self.values).updates
        return -(-(self.steps.value + max(1, more)) // updates) * updates

    def _is_at_end(self):
        return self._run.is_over or self.steps.value >= MOST_STEPS

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Bring the run to the step that is asked for, or nearer to it, show it, and say it in words."""
        run = self._run_for(values)
        done = run.steps if run.steps <= values["steps"] else 0  # back it goes from the seed
        run.go_to(min(values["steps"], done + _UPDATES))
        look = run.look()
        self._show(run, look)
        self._show_text()
        words = in_words(run, look)
        is_unfinished = run.steps < values["steps"] and not run.is_over
        return Seen(words, as_alt(run, look, values, words), is_unfinished)

    def _run_for(self, values):
        """The run with these settings: the one that is there, or a new one at its start."""
        settings = {name: value for name, value in values.items() if name in self.settings}
        if settings != self._run_of:
            self._run, self._run_of, self._examples_are_shown = TrainingRun(settings), settings, False
        return self._run

    def _show(self, run, look):
        records, best = look.records, best_of(look.records)
        costs = [record.cost for record in records], [record.validation_cost for record in records]
        penalty = [record.penalty for record in records] if run.has_penalty else None
        is_new = self._show_examples(run)
        epochs, best_epoch = [record.steps / run.updates for record in records], best and best.steps / run.updates
        self.panels.update(self._predicted(look), epochs, (*costs, penalty), best_epoch, look.now)
        if is_new:
            self.redraw_ground()

    def _show_examples(self, run):
        if self._examples_are_shown:
            return False
        self._examples_are_shown = True
        with style.context():
            return self.panels.show_examples(run.training, run.held_out)

    def _predicted(self, look):
        """What the network says of each place of the plane; None where the numbers are too large for a float."""
        try:
            return look.network and look.network.predict(self.panels.grid)
        except OverflowError:
            return None


# --- controls ---------------------------------------------------------------------------------------------------------

_GROUPS = {
    "data": ["data", "noise", "seed"],
    "network": ["layers", "activation", "weights", "dropout"],
    "hidden units": UNITS,
    "training": ["η", "batch", "optimizer", "L2"],
}
_MEANINGS = {
    "data": "kind of the points",
    "activation": "of the hidden layers",
    "optimizer": "how a gradient is turned into a step",
    "weights": "how they begin",
}


def _settings():
    """The controls that define a run, by name, but for the number of its steps."""
    return {
        **{name: DropDown(name, options, _MEANINGS[name]) for name, options in CHOICES.items()},
        "noise": NumberSlider("noise", 0.2, 0, 0.5, 0.05, "standard deviation of what is added to the points"),
        "seed": WholeSlider("seed", 0, 0, 99, "of the random numbers: other points, another beginning, another order"),
        "layers": WholeSlider("layers", 2, 0, MOST_LAYERS, "hidden layers"),
        **{name: WholeSlider(name, 8, 1, MOST_UNITS, f"of hidden layer {name[-1]}") for name in UNITS},
        "η": LogSlider("η", 0.3, 1e-4, 1e2, meaning="learning rate"),
        "batch": DropDown("batch", BATCHES, "examples per step"),
        "L2": NumberSlider("L2", 0, 0, 0.1, 0.001, "λ, the weight of the penalty on large weights"),
        "dropout": NumberSlider("dropout", 0, 0, 0.8, 0.05, "share of the hidden units that a step switches off"),
    }
