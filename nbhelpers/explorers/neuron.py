"""One neuron under sliders: how x becomes z = w x + b and then a = f(z), and what w and b do to the curve."""

import numpy as np

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.explorers.kit.controls import DropDown, NumberSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.numbers_as_text import short, spoken
from nbhelpers.plots import style
from nbhelpers.plots.neuron import SIZE, draw_neuron

LIMIT = 2.0  # of w, b and x, to either side
NAMES = [name for name, activation in ACTIVATIONS.items() if activation.elementwise]
_FURTHEST = LIMIT * LIMIT + LIMIT  # z cannot be further from 0
_X = np.linspace(-LIMIT, LIMIT, 161)
_Z = np.linspace(-_FURTHEST, _FURTHEST, 241)


def neuron():
    """Return an explorer of one neuron with one input.

    It begins with the first weight and the bias of hidden unit 2 of the worked example, and its x1.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With sliders for w, b and x, and a list of activations.
    """
    return Explorer(NeuronLesson())


class NeuronLesson(Lesson):
    """What is in the explorer: the controls, the panels, and what is computed for them."""

    panel_names = ("z over x", "a over z", "a over x")

    def __init__(self):
        self.activation = DropDown("function", NAMES, "activation f", "sigmoid")
        self.sliders = [
            NumberSlider("w", 0.8, -LIMIT, LIMIT, 0.05, "weight of the input"),
            NumberSlider("b", 0.9, -LIMIT, LIMIT, 0.05, "bias"),
            NumberSlider("x", 0.5, -LIMIT, LIMIT, 0.05, "input"),
        ]
        self.controls = {"activation": self.activation, **{slider.description: slider for slider in self.sliders}}
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = draw_neuron(self.figure, _X, _Z, (-1.1 * _FURTHEST, 1.1 * _FURTHEST))
        self.moving, self._shown = self.panels.moving, None
        self.groups = [Group("neuron", list(self.controls.values()))]
        first, second, third = self.panels.spots
        x = self.controls["x"]
        self.handles = [
            Handle("z over x: moves x", first.ax, first.place, lambda u, _: x.move_near(u)),
            Handle("a over z: moves z, by x", second.ax, second.place, lambda z, _: self._reach(z), (0.05 * LIMIT, 0)),
            Handle("a over x: moves x", third.ax, third.place, lambda u, _: x.move_near(u)),
        ]

    def _reach(self, z):
        """Move x so that z comes near to this."""
        w, b, x = (self.controls[name] for name in ("w", "b", "x"))
        if w.value == 0:
            raise ValueError("with w = 0 no x moves z")
        x.move_near((z - b.value) / w.value)

    def redraw(self, values):
        """Compute the neuron with the numbers of the controls, show it, and say it in words."""
        f, w, b, x = (values[name] for name in ("activation", "w", "b", "x"))
        self._show_activation(f)
        activation = ACTIVATIONS[f]
        z = w * x + b
        a, slope = (float(compute(z)) for compute in (activation, activation.derivative))
        middle = -b / w if w else np.nan
        line = w * _X + b
        lines = _lines(f, w, b, x, z, a, slope)
        self.panels.update((x, z, a), (None, slope, w * slope), line, activation(line), middle, lines)
        words = f"{_forward(f, w, b, x, z, a)}; {_what_z_does(slope, z, f)} {_what_x_does(w, slope)} {_curve(w, b)}"
        return Seen(words, f"Three panels of one {f} neuron: z over x, a over z, and a over x. {words}")

    def _show_activation(self, f):
        if f == self._shown:
            return
        self.panels.set_activation(ACTIVATIONS[f](_Z), ACTIVATIONS[f](_X))
        self._shown = f
        self.redraw_ground()


# --- words ------------------------------------------------------------------------------------------------------------


def _lines(f, w, b, x, z, a, slope):
    """The line of each panel."""
    return [
        f"z = {spoken(w)} · {_in_product(x)} {_added(b)} = {spoken(z)}",
        f"a = {f}({spoken(z)}) = {spoken(a)},  slope {spoken(slope)}",
        f"slope w · f′(z) = {spoken(w * slope)}",
    ]


def _forward(f, w, b, x, z, a):
    given = f"w = {spoken(w)}, x = {spoken(x)}, b = {spoken(b)}"
    return f"{given} → z = {spoken(z)} → a = {f}({spoken(z)}) = {spoken(a)}"


def _what_z_does(slope, z, f):
    if slope == 0:
        kink = f" (at the kink of {f} 0 is taken)" if z in ACTIVATIONS[f].kinks else ""
        return f"slope 0{kink}: a stays when z moves a little."
    moves = "rises" if slope > 0 else "falls"
    return f"slope {spoken(slope)}: a {moves} by about {_small(0.01 * abs(slope))} when z rises by 0.01."


def _what_x_does(w, slope):
    effect = w * slope
    product = f"w · f′(z) = {spoken(w)} · {spoken(slope)} = {spoken(effect)}"
    if effect == 0:
        return f"For x it is {product}: a does not follow x here."
    return f"For x it is {product}: a {'rises' if effect > 0 else 'falls'} with x."


def _curve(w, b):
    """What w and b have done to the curve of a over x."""
    if w == 0:
        return "With w = 0 the curve over x is flat, and b alone sets its height."
    steep = f"{spoken(abs(w))} times as steep as f itself{' and mirrored' if w < 0 else ''}"
    shift = -b / w
    moves = (
        f"moves it {spoken(abs(shift))} to the {'right' if shift > 0 else 'left'}" if shift else "leaves it in place"
    )
    return f"w makes the curve over x {steep}; b {moves}."


def _in_product(x):
    return f"({spoken(x)})" if x < 0 else spoken(x)


def _added(b):
    return f"{'−' if b < 0 else '+'} {spoken(abs(b))}"


def _small(value):
    return f"{value:.2g}" if value >= 1e-4 else short(value)
