"""Where 1/d goes: in dZ(L), in dW, in the learning rate, nowhere or twice, and what that does to the step."""

import numpy as np

from nbhelpers.experiments.cost_plane import CostPlane
from nbhelpers.explorers.kit.controls import DropDown, NumberSlider, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.mistakes.one_over_d import PLACES, step, step_size
from nbhelpers.network import Layer, Network
from nbhelpers.numbers_as_text import exact_if_short, short
from nbhelpers.plots import style
from nbhelpers.plots.where_does_one_over_d_go import SIZE, draw_one_over_d

MOST = 50  # examples
LECTURE = "in dZ(L)"
START = 0.0  # the weight before the step
_WINDOW = {"size": (5e-4, 2e2), "w": (-1.0, 4.0), "J": (0.0, 4.0)}
_W = np.linspace(*_WINDOW["w"], 101)


def where_does_one_over_d_go():
    """Return an explorer of the places at which 1/d can stand.

    The network is a single linear unit with squared error, y ≈ 1.5 x. Its weight makes a step from 0; its bias stays
    at 0.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a list of places, and sliders for d and the learning rate.
    """
    return Explorer(StepLesson())


class StepLesson(Lesson):
    """What is in the explorer: the data, the controls, and the panels."""

    panel_names = ("size of the step", "the step on J")

    def __init__(self):
        self.X, self.Y = _data()
        place = DropDown("1/d", PLACES, "where 1/d stands")
        d = WholeSlider("d", 8, 1, MOST, "number of examples")
        eta = NumberSlider("η", 0.5, 0.05, 1.0, 0.05, "learning rate")
        self.controls = {"1/d": place, "d": d, "η": eta}
        self.groups = [Group("step", [place, d, eta])]
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = draw_one_over_d(self.figure, range(1, MOST + 1), list(PLACES), _WINDOW)
        self.moving = self.panels.moving
        self._longest = {place: self._over_d(place) for place in PLACES}

    def redraw(self, values):
        """Take the step, show its size beside that of the others, and say it in words."""
        place, d, eta = values["1/d"], values["d"], values["η"]
        network, X, Y = _network(START), self.X[:, :d], self.Y[:, :d]
        sizes = {name: eta * longest for name, longest in self._longest.items()}
        size, factor = sizes[place][d - 1], _factor(place, network, X, Y, eta)
        chosen = list(PLACES).index(place)
        line = f"d = {d}: ‖ΔW‖ = {short(size)}, {_compared(factor)}"
        self.panels.update_sizes(list(sizes.values()), _labels(sizes), chosen, d, line)
        after = step(place, network, X, Y, eta).W[1].item()
        seen = self._show_cost(network, X, Y, after)
        words = f"1/d {place}, d = {d}, η = {exact_if_short(eta)}: ‖ΔW‖ = {short(size)}, {_compared(factor)}. {seen}"
        return Seen(
            words, f"The size of the step over d for five places of 1/d, and one step on J over w from w = 0. {words}"
        )

    def _over_d(self, place):
        """The size of the step over d with the learning rate 1; with another it is so many times as long."""
        network = _network(START)
        return np.array([step_size(place, network, self.X[:, :d], self.Y[:, :d], 1.0) for d in range(1, MOST + 1)])

    def _show_cost(self, network, X, Y, after):
        valley = CostPlane(network, X, Y, "W1[1,1]", "b1[1]").costs(_W, np.zeros(_W.size))
        best = float(_W[np.argmin(valley)])
        before, now = (net.cost(X, Y) for net in (network, _network(after)))
        slope = network.backward(network.forward(X), Y).dW[1].item()
        line = f"w: {exact_if_short(START)} → {short(after)},   J: {short(before)} → {short(now)}"
        self.panels.update_cost((_W, valley), best, (START, before), slope, (after, now), line)
        return f"{_what_happens(after, best, before, now)}: J goes from {short(before)} to {short(now)}."


def _data():
    """Fifty examples, the same each time: y is about 1.5 x."""
    rng = np.random.default_rng(4)
    X = rng.uniform(0.6, 1.4, (1, MOST))
    return X, 1.5 * X + rng.normal(0, 0.25, (1, MOST))


def _network(w):
    return Network([Layer([[w]], [0.0], "linear")], "squared_error")


def _factor(place, network, X, Y, eta):
    """How many times as far as the lecture's this step goes."""
    size, lecture = (step_size(name, network, X, Y, eta) for name in (place, LECTURE))
    return size / lecture


# --- words ------------------------------------------------------------------------------------------------------------


def _labels(sizes):
    """What stands at the right end of the curves."""
    once, many, few = sizes[LECTURE][-1], sizes["nowhere"][-1], sizes["twice"][-1]
    return {
        once: "● in dZ(L)\n■ in dW and db\n▲ in η:\nthe same step",
        many: "◆ nowhere:\nd times as far",
        few: "▼ twice:\n1/d as far",
    }


def _compared(factor):
    if np.isclose(factor, 1):
        return "the lecture's step"
    times = f"{factor:.3g} times" if factor > 1 else f"1/{1 / factor:.3g} of"
    return f"{times} the lecture's"


def _is_on_page(w, J):
    return all(low <= value <= high for value, (low, high) in ((w, _WINDOW["w"]), (J, _WINDOW["J"])))


def _what_happens(after, best, before, now):
    share = (after - START) / (best - START)
    if now > before:
        where = "" if _is_on_page(after, now) else ", off the page"
        return f"It leaps far over the lowest point at {best:.2f} and lands higher{where}"
    if share > 1.02:
        return f"It overshoots the lowest point at {best:.2f}"
    return f"It {'crawls' if share < 0.1 else 'goes'} {100 * share:.0f} % of the way to the lowest point at {best:.2f}"
