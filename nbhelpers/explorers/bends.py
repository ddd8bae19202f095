"""ReLU or sigmoid units add up to a curve: placed by hand or trained; and how the error falls with their number."""

import functools

import numpy as np

from nbhelpers.activations import relu, sigmoid
from nbhelpers.experiments import piecewise_curves as curves
from nbhelpers.explorers.kit.controls import Button, DropDown, Hidden, LogSlider, Player, WholeSlider, said, whole
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.numbers_as_text import spoken
from nbhelpers.plots import style
from nbhelpers.plots.bends import MOST_UNITS, REACH, SIZE, BendsPanels

FUNCTIONS = {"relu": relu, "sigmoid": sigmoid}
MOST_EPOCHS = 5000
_X = np.linspace(curves.LOW, curves.HIGH, 401)
_NUMBERS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
_APART = 0.02  # between two corners, at least
_STRIDE = 20  # epochs in a frame


def bends():
    """Return an explorer of the curves that the units of one hidden layer add up to.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a target, an activation, the number of units, corners that can be moved, and a player that trains.
    """
    return Explorer(BendsLesson())


class BendsLesson(Lesson):
    """What is in the explorer: the corners, the training that may follow, and the panels."""

    panel_names = ("curve", "parts", "error")
    keys_help = "Keys: right arrow 20 epochs, Home the corners as they were placed, space train or pause"

    def __init__(self):
        self.target = DropDown("target", curves.TARGETS, "the curve to follow")
        self.function = DropDown("function", FUNCTIONS, "activation of the units")
        self.units = WholeSlider("units", 4, 1, MOST_UNITS, "hidden units")
        self.steepness = LogSlider("steepness", 40.0, 4.0, 400.0, meaning="weight of a sigmoid unit")
        self.corners = Hidden("corners", _pairs(curves.evenly("sine", 4)), _checked_corners)
        self.epochs = Hidden("epochs", 0, lambda epochs: whole(epochs, 0, MOST_EPOCHS, "epochs"))
        named = (self.target, self.function, self.units, self.steepness)
        self.controls = {control.description: control for control in (*named, self.corners, self.epochs)}
        self.player = Player(self.advance, 30)
        spread = Button("Onto the target", self.spread, "Spread the corners evenly, each on the target", "magic")
        flat = Button("Flat", self.flatten, "Put every corner on 0, to place them by hand", "minus")
        self.groups = [Group("curve", list(named)), Group("units", [spread, flat, self.player])]
        self.follow = dict.fromkeys(("target", "function", "steepness"), lambda _: self.to_start())
        self.follow |= {"units": self.resample, "corners": self.follow_corners}
        self.keys = {"ArrowRight": self.train, "Home": self.to_start}
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = BendsPanels(self.figure)
        self.moving, self._training, self._trained = self.panels.moving, None, None
        self.steepness.hidden = True
        about = "corner {}: moves the curve"
        self.handles = [
            Handle(about.format(k + 1), self.panels.axes[0], self._place_of(k), self._move_of(k), (0.02, 0.05))
            for k in range(MOST_UNITS + 1)
        ]

    # --- corners --------------------------------------------------------------------------------------------------

    def spread(self):
        """Put corners at equal distances on the target."""
        self.corners.value = _pairs(curves.evenly(self.target.value, self.units.value))

    def flatten(self):
        """Put all corners on 0, at equal distances."""
        x, _ = curves.evenly(self.target.value, self.units.value)
        self.corners.value = _pairs((x, 0 * x))

    def resample(self, units):
        """Take another number of corners from the curve that is there."""
        if len(self.corners.value) == units + 1:
            return
        x, y = np.array(self.corners.value).T
        at = np.linspace(curves.LOW, curves.HIGH, units + 1)
        self.corners.value = _pairs((at, np.interp(at, x, y)))
        self.to_start()

    def follow_corners(self, corners):
        """As many units as the corners need; what was trained begins again."""
        self.units.value = len(corners) - 1
        self.to_start()

    def _place_of(self, k):
        return lambda: tuple(self.corners.value[k]) if k < len(self.corners.value) and not self.epochs.value else None

    def _move_of(self, k):
        return lambda x, y: self.move(k, x, y)

    def move(self, k, x, y):
        """Move a corner; the first and the last only up and down, the others between their neighbors."""
        corners = [list(corner) for corner in self.corners.value]
        if 0 < k < len(corners) - 1:
            corners[k][0] = float(np.clip(x, corners[k - 1][0] + _APART, corners[k + 1][0] - _APART))
        corners[k] = [round(corners[k][0], 4), round(float(np.clip(y, -REACH, REACH)), 4)]
        self.corners.value = corners

    # --- training -------------------------------------------------------------------------------------------------

    def to_start(self):
        """Go back to the corners as they were placed."""
        self.epochs.value = 0
        self.steepness.hidden = self.function.value != "sigmoid"

    def train(self):
        """Train for some epochs."""
        self.epochs.value = min(self.epochs.value + _STRIDE, MOST_EPOCHS)

    def advance(self):
        """Train on; return whether there is more to come."""
        self.train()
        return self.epochs.value < MOST_EPOCHS

    def _network(self, values):
        """The network that is placed by hand, or what a training has made of it."""
        corners, function = np.array(values["corners"]).T, FUNCTIONS[values["function"]]
        placed = curves.through(*corners, function, values["steepness"])
        if values["epochs"] == 0:
            return placed
        beginning = {name: values[name] for name in ("target", "function", "steepness", "corners")}
        if beginning != self._trained or self._training.epochs > values["epochs"]:
            self._training, self._trained = curves.Training(placed, values["target"]), beginning
        return self._training.go_to(values["epochs"])

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Add the units up, show the curve beside its target, and say in words how near it comes."""
        network, target = self._network(values), values["target"]
        error, y = curves.largest_error(network, target), curves.TARGETS[target](_X)
        count, is_placed = len(values["corners"]) - 1, values["epochs"] == 0
        corners = np.array(values["corners"]).T if is_placed else ([], [])
        found = [(_NUMBERS, _errors(target, name)) for name in FUNCTIONS]
        how = "placed by hand" if is_placed else f"trained for {values['epochs']} epochs"
        lines = [
            f"largest error {spoken(error)}; {how}",
            f"{_counted(count)} and the bias {spoken(network.b[2].item())}",
            "lines: spread evenly",
        ]
        where = curves.bends(network)
        both = y, network.predict(_X[None])[0]
        self.panels.update(_X, both, curves.parts(network, _X), corners, where, found, (count, error), lines)
        words = f"{_counted(count)} ({values['function']}), {how}: {_in_words(target, error, where)}"
        return Seen(words, f"Three panels: the curve with its target {target}, what each unit adds, the error. {words}")


@functools.cache
def _errors(target, function):
    return curves.errors(target, _NUMBERS, FUNCTIONS[function])


def _pairs(corners):
    return [[round(float(x), 4), round(float(y), 4)] for x, y in zip(*corners, strict=True)]


def _checked_corners(corners):
    """The corners as they are kept, or a ValueError that says why they make no curve."""
    try:
        found = np.array(corners, dtype=float)
    except (TypeError, ValueError, OverflowError):
        found = np.empty(0)
    if found.ndim != 2 or found.shape[1] != 2 or not 2 <= len(found) <= MOST_UNITS + 1:
        raise ValueError(f"corners is a list of 2 to {MOST_UNITS + 1} pairs [x, y]; {said(corners)} is none")
    if not (np.abs(found[:, 1]) <= REACH).all() or not (np.diff(found[:, 0]) >= _APART / 2).all():
        raise ValueError(f"the x of corners rise from −1 to 1, and their y are between −{REACH} and {REACH}")
    if found[0, 0] != curves.LOW or found[-1, 0] != curves.HIGH:
        raise ValueError(
            f"the first corner is at x = −1 and the last at x = 1, not at {found[0, 0]} and {found[-1, 0]}"
        )
    return found.tolist()


# --- words ------------------------------------------------------------------------------------------------------------


def _counted(count):
    return "1 unit" if count == 1 else f"{count} units"


def _in_words(target, error, where):
    places = ", ".join("nowhere" if np.isnan(place) else spoken(round(float(place), 2)) for place in where)
    near = f"the curve is at most {spoken(error)} from its target; the units bend at x = {places}."
    if "jump" in target:
        return f"{near} This target jumps by 1.4, and a continuous curve always misses it by 0.70 near the jump."
    return (
        f"{near} For a continuous target on a closed interval, enough units bring the largest error below any bound; "
        "that they exist does not mean that training finds them."
    )
