"""Five ways to begin: how far activations and gradients spread in each layer, and what training does, over 20 seeds."""

import numpy as np

from nbhelpers.experiments.initial_weights import BEGINNINGS, EPOCHS, Start, Trainings, recorded_epochs, spreads_of
from nbhelpers.explorers.kit.controls import DropDown, LogSlider, Player, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.explorers.playground.text import CHOICES
from nbhelpers.numbers_as_text import in_powers
from nbhelpers.plots import style
from nbhelpers.plots.initialization import SIZE, draw_initialization

MAX_DEPTH, MAX_WIDTH = 12, 32
RUNS = {"no network": 0, "1 network": 1, "5 networks": 5, "20 networks": 20}
SHARE = 0.8  # of the runs, in the band
FEW = 0.05  # of the values saturated are not spoken of
GUESS = float(np.log(2))  # the cost of saying 0.5 to everything
_INVITATION = "Press Play: it trains 1, 5 and then 20 networks\nfrom each initialization, each with its own seed."


def initialization():
    """Return an explorer of what the first weights do to a network, before training and in it.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        Networks are trained when it is played, or when a number of them is chosen; another setting begins anew.
    """
    return Explorer(InitializationLesson())


class InitializationLesson(Lesson):
    """What is in the explorer: the controls, the panels, and the trainings of the present settings."""

    panel_names = ("activations", "gradients", "cost")

    def __init__(self):
        self.controls, self.player = _controls(), Player(self._train_more, interval=100)
        self._trainings, self._shown, self._bands = Trainings(SHARE), None, []
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = draw_initialization(self.figure, list(BEGINNINGS), EPOCHS, GUESS, _INVITATION)
        self.moving, self.groups = self.panels.moving, self._groups()
        self.follow = dict.fromkeys(("activation", "depth", "width", "η"), self._begin_anew)

    def _groups(self):
        parts = {
            "beginning": ("begin", "activation", "seed"),
            "network": ("depth", "width", "η"),
            "training": ("trained",),
        }
        groups = [Group(heading, [self.controls[name] for name in names]) for heading, names in parts.items()]
        groups[-1].controls.append(self.player)
        return groups

    def _begin_anew(self, _):
        self.controls["trained"].value = next(iter(RUNS))

    def _train_more(self):
        """Go on to the next number of networks; from the last one to the first. Return whether there are more."""
        control, options = self.controls["trained"], list(RUNS)
        place = options.index(control.value)
        control.value = options[place + 1 if place + 1 < len(options) else 1]
        return control.value != options[-1]

    def redraw(self, values):
        """Compute the spreads and as many trainings as are asked for, show them, and say it in words."""
        starts, chosen = starts_of(values), list(BEGINNINGS).index(values["begin"])
        found = [spreads_of(start, values["seed"]) for start in starts]
        self._show_spreads(found, chosen, values)
        bands = self._show_costs(starts, chosen, values)
        words = f"{_before(values, found[chosen])} {_after(values, bands, chosen)}"
        return Seen(words, f"{_PICTURE} {words}")

    def _show_spreads(self, found, chosen, values):
        for panel, name in ((self.panels.activations, "A"), (self.panels.gradients, "dW")):
            sizes = [getattr(each, name) for each in found]
            panel.update(sizes, chosen, values["depth"], f"{values['begin']}: {_ends(sizes[chosen])}")

    def _show_costs(self, starts, chosen, values):
        """Show the trainings, unless they stand there already, and return their bands."""
        key = (starts, chosen, values["η"], values["trained"]) if RUNS[values["trained"]] else "nothing"
        if key != self._shown:
            self._bands = self._trainings.bands(starts, values["η"], RUNS[values["trained"]])
            self.panels.costs.update(recorded_epochs(), self._bands, chosen, _above(values))
            self._shown = key
        return self._bands


def starts_of(values):
    """Return the starts that the controls ask for, one per beginning."""
    return [Start(name, values["activation"], values["depth"], values["width"]) for name in BEGINNINGS]


def _controls():
    return {
        "begin": DropDown("begin", BEGINNINGS, "how the weights begin", "Xavier"),
        "activation": DropDown("function", CHOICES["activation"], "activation of the hidden layers"),
        "depth": WholeSlider("depth L", 6, 2, MAX_DEPTH, "layers, with the output layer"),
        "width": WholeSlider("width", 16, 2, MAX_WIDTH, "units of each hidden layer"),
        "η": LogSlider("η", 0.1, 0.01, 1.0, meaning="learning rate"),
        "seed": WholeSlider("seed", 0, 0, 19, "of the network at the left"),
        "trained": DropDown("trained", RUNS, "how many networks are trained from each initialization"),
    }


# --- words ------------------------------------------------------------------------------------------------------------

_PICTURE = "Spread of activations and of gradients per layer for five initializations, and the cost over the epochs."


def _above(values):
    many = RUNS[values["trained"]]
    if many == 0:
        return ""
    return (
        "one run each" if many == 1 else f"the median of {many} runs; for {values['begin']} also the middle {SHARE:.0%}"
    )


def _before(values, found):
    kind = f"{values['depth']} layers of {values['width']} units, {values['activation']}, {values['begin']}"
    flat = found.saturated.mean()
    saturated = f", {flat:.0%} of them saturated" if flat >= FEW else ""
    return f"{kind}: the activations have a spread of {_ends(found.A)}{saturated}; the gradients, of {_ends(found.dW)}."


def _ends(sizes):
    """The first and the last of some sizes: ``0.302 in layer 1, 0.195 in layer 5``."""
    places = sorted({0, len(sizes) - 1})
    return ", ".join(f"{in_powers(sizes[k])} in layer {k + 1}" for k in places)


def _after(values, bands, chosen):
    if not bands:
        return "Nothing is trained yet: press Play."
    middle, low, high = (in_powers(each[-1]) for each in bands[chosen])
    others = ", ".join(f"{name} {in_powers(bands[k][0][-1])}" for k, name in enumerate(BEGINNINGS) if k != chosen)
    many = RUNS[values["trained"]]
    kind, spread = ("one network", "") if many == 1 else (f"the median of {many}", f" (80 % from {low} to {high})")
    return f"Cost after {EPOCHS} epochs, {kind}: {values['begin']} {middle}{spread}, {others}."
