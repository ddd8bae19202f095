"""The activations under sliders: value, slope, where they saturate, and what comes back through several layers."""

import numpy as np

from nbhelpers.activations import ACTIVATIONS, softmax
from nbhelpers.explorers.kit.controls import DropDown, NumberSlider, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.numbers_as_text import listed, spoken, superscript
from nbhelpers.plots import style
from nbhelpers.plots.activations import SIZE, ElementwisePanels, SoftmaxPanels

Z_LIMIT, LOGIT_LIMIT = 6.0, 3.0  # to either side; the common shift of the logits goes as far as a logit
MAX_LAYERS = 10
SMALL = 0.05  # a smaller slope counts as saturated
CLASSES = ("class 1", "class 2", "class 3")
_LOGITS = ("z1", "z2", "z3")
_Z = np.linspace(-Z_LIMIT, Z_LIMIT, 481)


def activations():
    """Return an explorer of the activation functions.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a list of all. The element-wise ones have sliders for z and for the number of layers that a signal
        passes on its way back; softmax has three logits, a number that is added to all of them, and a class.
    """
    return Explorer(ActivationsLesson())


class ActivationsLesson(Lesson):
    """What is in the explorer: the controls, two sets of panels, and what is computed for them."""

    panel_names = ("value", "slope", "what comes back")

    def __init__(self):
        self.choice = DropDown("function", ACTIVATIONS, "activation f", "sigmoid")
        self.of_one = _controls_of_one()
        self.of_softmax = _controls_of_softmax()
        self.controls = {"activation": self.choice, **self.of_one, **self.of_softmax}
        logits = [self.of_softmax[name] for name in _LOGITS]
        numbers = [self.choice, *self.of_one.values(), *logits, self.of_softmax["shift"], self.of_softmax["class"]]
        self.groups = [Group("activation", numbers)]
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.one, self.softmax = ElementwisePanels(self.figure, _Z, MAX_LAYERS), SoftmaxPanels(self.figure, 3, 6)
        self.moving = [*self.one.moving, *self.softmax.moving]
        self._shown = None
        z = self.of_one["z"]
        self.handles = [
            Handle(f"point on the curve of {what}: moves z", spot.ax, spot.place, lambda x, _: z.move_near(x))
            for what, spot in zip(("a", "the slope"), self.one.spots, strict=True)
        ]

    def redraw(self, values):
        """Compute the activation with the numbers of the controls, show it, and say it in words."""
        name = values["activation"]
        self._show_activation(name)
        return self._redraw_softmax(values) if name == "softmax" else self._redraw_one(name, values)

    def _redraw_one(self, name, values):
        z, k = values["z"], values["layers"]
        activation = ACTIVATIONS[name]
        a, slope = float(activation(z)), float(activation.derivative(z))
        powers = slope ** np.arange(1, MAX_LAYERS + 1)
        lines = [f"{name}({spoken(z)}) = {spoken(a)}", _slope_line(name, slope), _power(slope, k)]
        self.one.update(z, a, slope, powers, k, lines)
        found = f"z = {spoken(z)}: {name} {spoken(a)}, slope {spoken(slope)}."
        words = f"{found} {_state(name, z, slope)} {_gain(slope, k)}"
        return Seen(words, f"Three panels of {name}: value, slope, and powers of the slope. {words}")

    def _redraw_softmax(self, values):
        shift, chosen = values["shift"], CLASSES.index(values["class"])
        z = np.array([values[name] for name in _LOGITS]) + shift
        a, row = softmax(z), softmax.jacobian(z)[chosen]
        lines = [_shift_line(shift), f"sum 1; {_outcome(a)}", f"row of {values['class']}; its sum is 0"]
        self.softmax.update(z, a, row, chosen, lines)
        words = f"{_probabilities(z, a)} {_shift(shift)} {_answer(row, chosen)}"
        return Seen(words, f"Three panels of softmax: logits, probabilities, and a row of the Jacobian. {words}")

    # --- another activation -------------------------------------------------------------------------------------------

    def _show_activation(self, name):
        if name == self._shown:
            return
        is_softmax = name == "softmax"
        if not is_softmax:
            slopes = ACTIVATIONS[name].derivative(_Z)
            self.one.set_activation(ACTIVATIONS[name](_Z), slopes, np.abs(slopes) < SMALL, ACTIVATIONS[name].flat)
        self.one.show(not is_softmax)
        self.softmax.show(is_softmax)
        self._show_controls(is_softmax)
        self._shown = name
        self.redraw_ground()

    def _show_controls(self, is_softmax):
        for control in self.of_one.values():
            control.hidden = is_softmax
        for control in self.of_softmax.values():
            control.hidden = not is_softmax


# --- controls ---------------------------------------------------------------------------------------------------------


def _controls_of_one():
    z = NumberSlider("z", 0.43, -Z_LIMIT, Z_LIMIT, 0.05, "weighted sum")
    layers = WholeSlider("layers", 3, 1, MAX_LAYERS, "how many a signal passes on its way back")
    return {"z": z, "layers": layers}


def _controls_of_softmax():
    starts = zip(_LOGITS, (2.0, 1.0, 0.0), CLASSES, strict=True)
    logits = {n: NumberSlider(n, start, -LOGIT_LIMIT, LOGIT_LIMIT, 0.05, f"logit of {c}") for n, start, c in starts}
    shift = NumberSlider("shift", 0.0, -LOGIT_LIMIT, LOGIT_LIMIT, 0.05, "added to all three logits")
    return {**logits, "shift": shift, "class": DropDown("class", CLASSES, "class of the row of the Jacobian")}


# --- words ------------------------------------------------------------------------------------------------------------


def _slope_line(name, slope):
    return f"{name}′ = {spoken(slope)}{'' if abs(slope) >= SMALL else f', below {SMALL}'}"


def _state(name, z, slope):
    """What there is to say about the slope at this place."""
    f = ACTIVATIONS[name]
    if z in f.kinks:
        return f"Here is the kink, where there is no slope: {slope:g} is taken, everywhere in this package."
    return f.where_flat if abs(slope) < SMALL else f.where_steep


def _gain(slope, k):
    if k == 1:
        return f"A signal that comes back through this layer is multiplied by {spoken(slope)}, weights aside."
    return f"Of a signal that comes back through {k} such layers, {_power(slope, k)} is left, weights aside."


def _power(slope, k):
    base = spoken(slope)
    if abs(slope) < 0.1 and base != spoken(0):
        base = f"{slope:.3g}".replace("-", "−").replace("e−0", "e−")  # so many digits that the power is true of them
    power = f"({base})" if "e" in base or slope < 0 else base
    return f"{power}{superscript(k)} = {spoken(slope**k)}"


def _shift_line(shift):
    return f"{spoken(shift)} added to all three" if shift else "nothing added"


def _probabilities(z, a):
    return f"z = {listed(z, spoken)} → probabilities {listed(a)}, sum 1: {_outcome(a)}."


def _outcome(a):
    best = [name for name, value in zip(CLASSES, a, strict=True) if value == a.max()]
    return f"{best[0]} wins" if len(best) == 1 else f"{' and '.join(best)} are equal"


def _shift(shift):
    if shift == 0:
        return "Adding the same number to all three logits would change nothing."
    return f"{spoken(shift)} was added to all three logits, and no probability has changed: only differences count."


def _answer(row, chosen):
    """How the chosen probability answers to its own logit and to the others."""
    others = ", ".join(f"{spoken(slope)} by z{k + 1}" for k, slope in enumerate(row) if k != chosen)
    own = f"z{chosen + 1} (slope {spoken(row[chosen])})"
    return f"a{chosen + 1} rises with its own {own} and falls with the others ({others})."
