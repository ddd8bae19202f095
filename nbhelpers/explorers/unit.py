"""A unit cuts the plane: its line, its weight vector, the activation across the line, and what several units make."""

import numpy as np

from nbhelpers.activations import ACTIVATIONS
from nbhelpers.experiments.half_planes import ARRANGEMENTS, HalfPlane, network_of
from nbhelpers.explorers.kit.controls import DropDown, NumberSlider, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.numbers_as_text import spoken
from nbhelpers.plots import style
from nbhelpers.plots.unit import ARROW, HALF, MOST_UNITS, SIZE, UnitPanels, plane

FUNCTIONS = ("sigmoid", "tanh", "relu")
_W, _B = 6.0, 10.0  # how far weights and biases of units can be from 0
_SEEN = 6.0  # z in the middle panel, at least


def unit():
    """Return an explorer of units in the plane: one, or two or three whose activations an output unit adds up.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With an arrangement of units to begin with, sliders for all weights and biases, and lines and weight vectors
        that can be moved in the picture.
    """
    return Explorer(UnitLesson())


class UnitLesson(Lesson):
    """What is in the explorer: the units, their controls, and the panels."""

    panel_names = ("unit", "across", "output")

    def __init__(self):
        self.start = DropDown("begin with", ARRANGEMENTS, "an arrangement of units, with points to tell apart")
        self.function = DropDown("function", FUNCTIONS, "activation of the units")
        self.units = WholeSlider("units", 1, 1, MOST_UNITS, "how many there are")
        self.chosen = WholeSlider("show unit", 1, 1, MOST_UNITS, "which of them is shown at the left")
        self.rows = [_row(j) for j in range(1, MOST_UNITS + 1)]
        self.output = [
            NumberSlider(f"W2[1,{j}]", 6.0, -10, 10, 0.5, f"weight of unit {j} in the output")
            for j in range(1, MOST_UNITS + 1)
        ]
        self.bias = NumberSlider("b2", -3.0, -20, 20, 0.5, "bias of the output")
        sliders = [slider for row in self.rows for slider in row] + [*self.output, self.bias]
        self.controls = {"begin with": self.start, "function": self.function, "units": self.units}
        self.controls |= {"show unit": self.chosen, **{slider.description: slider for slider in sliders}}
        self.groups = [Group("begin", [self.start, self.function, self.units, self.chosen])]
        self.groups += [Group(f"unit {j}", row) for j, row in enumerate(self.rows, start=1)]
        self.groups += [Group("output", [*self.output, self.bias])]
        self.follow = {"begin with": self.arrange, "units": self.show_units}
        self.arrange(self.start.value)
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = UnitPanels(self.figure)
        self.moving, self._limits, self._plane = self.panels.moving, None, plane()
        self.handles = [handle for j in range(MOST_UNITS) for handle in self._handles_of(j)]

    # --- controls -------------------------------------------------------------------------------------------------

    def arrange(self, name):
        """Set all units as an arrangement has them."""
        self.arrangement = ARRANGEMENTS[name]
        rows = zip(self.rows, self.arrangement.W1, self.arrangement.b1, self.arrangement.W2, strict=False)
        for (w1, w2, b), (first, second), bias, _ in rows:
            w1.value, w2.value, b.value = first, second, bias
        for slider, weight in zip(self.output, self.arrangement.W2, strict=False):
            slider.value = weight
        self.bias.value, self.units.value, self.chosen.value = self.arrangement.b2, len(self.arrangement.W1), 1
        self.show_units(self.units.value)

    def show_units(self, units):
        """Only the sliders of units that are there are on the page."""
        self.chosen.value = min(self.chosen.value, units)
        self.chosen.hidden = units == 1
        for j, (row, weight) in enumerate(zip(self.rows, self.output, strict=True)):
            for slider in (*row, weight):
                slider.hidden = j >= units

    def half_plane(self, j):
        """The half plane of unit j, from 0, as the sliders say."""
        w1, w2, b = (slider.value for slider in self.rows[j])
        return HalfPlane(np.array([w1, w2]), b)

    def base(self, j):
        """Where the weight vector of a unit begins: at the foot of its line; None where that is not in the picture."""
        foot = self.half_plane(j).foot
        return foot if foot is not None and np.abs(foot).max() < HALF else None

    def _handles_of(self, j):
        name = f"unit {j + 1}"
        return [
            Handle(f"line of {name}: moves its bias", self.panels.left, lambda: self._line(j), _of(self.move_line, j)),
            Handle(f"weight vector of {name}", self.panels.left, lambda: self._tip(j), _of(self.move_tip, j)),
        ]

    def _line(self, j):
        """Where the line is taken hold of: a little beside the foot, where the arrow begins."""
        ends = self.half_plane(j).ends(HALF) if j < self.units.value else None
        return None if ends is None else tuple(0.7 * ends.mean(axis=0) + 0.3 * ends[0])

    def _tip(self, j):
        base = self.base(j) if j == self.chosen.value - 1 else None
        return None if base is None else tuple(base + ARROW * self.half_plane(j).w)

    def move_line(self, j, x, y):
        """Let the line of a unit run through a place: its bias moves."""
        w1, w2, b = self.rows[j]
        self.chosen.value = j + 1
        b.value = b.nearest(-(w1.value * x + w2.value * y))

    def move_tip(self, j, x, y):
        """Let the weight vector of a unit end at a place, while its line stays as far from the origin as it is.

        Foot and end lie on one line through the origin, the line of w: the place says where that runs.
        """
        half, place = self.half_plane(j), np.array([x, y])
        along = place / max(np.hypot(x, y), 1e-9) * (1 if place @ half.w >= 0 else -1)
        from_origin = -half.b / half.size
        w = max((along @ place - from_origin) / ARROW, 0.1) * along
        w1, w2, b = self.rows[j]
        w1.value, w2.value = w1.nearest(w[0]), w2.nearest(w[1])
        b.value = b.nearest(-from_origin * np.hypot(w1.value, w2.value))

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Compute the units at every place of the plane, show them, and say them in words."""
        h, j, f = values["units"], values["show unit"] - 1, ACTIVATIONS[values["function"]]
        j = min(j, h - 1)
        halves = [self.half_plane(k) for k in range(h)]
        weights = [values[f"W2[1,{k}]"] for k in range(1, h + 1)]
        network = network_of([half.w for half in halves], [half.b for half in halves], weights, values["b2"], f)
        field, examples = network.forward(self._plane), network.forward(np.array(self.arrangement.X).T)
        low, high = f.range if np.isfinite(f.range).all() else (0.0, 4.0)
        shares = ((field.A[1][j] - low) / (high - low), field.Y_hat[0])
        z = self._show_limits(max(_SEEN, np.ceil(1.1 * np.abs(examples.Z[1][j]).max())), f)
        y = np.array(self.arrangement.y)
        right = int(((examples.Y_hat[0] >= 0.5) == y).sum())
        lines = [(half.ends(HALF), self.base(k), _end(self.base(k), half.w)) for k, half in enumerate(halves)]
        told = examples.A[0], y, examples.Z[1][j], examples.A[1][j]
        short = [_equation(halves[j]), f"z rises by ‖w‖ = {spoken(halves[j].size)} along w"]
        short.append(f"{right} of {len(y)} points on their side of 0.5")
        self.panels.update(shares, lines, j, (z, f(z)), told, short)
        words = f"Unit {j + 1} of {h}: {_in_words(halves[j], f)} {_of_points(right, len(y), h)}"
        about = "Three panels: the plane with the line z = 0 of each unit, a over z, and the plane with ŷ."
        return Seen(words, f"{about} {words}")

    def _show_limits(self, reach, f):
        z = np.linspace(-reach, reach, 201)
        limits = reach, f
        if limits != self._limits:
            self._limits, values = limits, f(z)
            margin = 0.08 * np.ptp(values)
            self.panels.show_curve_limits(reach, values.min() - margin, values.max() + margin)
            self.redraw_ground()
        return z


def _row(j):
    names = (f"W1[{j},1]", f"W1[{j},2]", f"b1[{j}]")
    about = (f"weight of x1 in unit {j}", f"weight of x2 in unit {j}", f"bias of unit {j}")
    limits = (_W, _W, _B)
    return [
        NumberSlider(name, 1.0 * (k < 2), -limit, limit, 0.1, text)
        for k, (name, text, limit) in enumerate(zip(names, about, limits, strict=True))
    ]


def _of(move, j):
    return lambda x, y: move(j, x, y)


def _end(base, w):
    return None if base is None else base + ARROW * w


# --- words ------------------------------------------------------------------------------------------------------------


def _equation(half):
    (w1, w2), b = half.w, half.b
    return f"z = {spoken(w1)} x₁ {_added(w2)} x₂ {_added(b)}"


def _in_words(half, f):
    if half.size == 0:
        return "w = 0, so that there is no line: a is the same everywhere."
    ratio = f"|b| / ‖w‖ = {spoken(abs(half.b))} / {spoken(half.size)}"
    line = f"its line z = 0 is {spoken(half.distance)} from the origin, {ratio}"
    width = half.width(f)
    border = "a is 0 on one side of it and grows by ‖w‖ per unit of the plane on the other."
    if width is not None:
        border = f"across it a goes from 10 % to 90 % of its range within {spoken(width)}: the longer w, the sharper."
    return f"{line}; {border}"


def _of_points(right, count, h):
    made = "A single unit makes a straight border" if h == 1 else f"The output makes a border of {h} lines"
    return f"{made}; {right} of {count} points are on their side of it."


def _added(value):
    return f"{'−' if value < 0 else '+'} {spoken(abs(value))}"
