"""One sigmoid unit that begins badly: how it learns with squared error, and how with cross-entropy."""

import numpy as np

from nbhelpers.activations import sigmoid
from nbhelpers.experiments.one_sigmoid import LOSSES, learn, loss_over, slope_over, steps_until_right
from nbhelpers.explorers.kit.controls import DropDown, LogSlider, NumberSlider, Player, WholeLogSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.numbers_as_text import spoken
from nbhelpers.plots import style
from nbhelpers.plots.one_unit_learns import REACH, SIZE, OneUnitLearnsPanels

MOST_STEPS = 5000
_ENDS = (10, 20, 50, 100, 200, 500, 1000, 2000, MOST_STEPS)  # of the scale of steps
_Z = np.linspace(-REACH, REACH, 201)


def one_unit_learns():
    """Return an explorer of one sigmoid unit that learns one example, once with each of two losses.

    It begins with z = −6 and the label 1, as in notebook 05: sure and wrong.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With the start, the label, the input and the learning rate, and a player of the steps.
    """
    return Explorer(OneUnitLearnsLesson())


class OneUnitLearnsLesson(Lesson):
    """What is in the explorer: the controls, the panels, and what is computed for them."""

    panel_names = ("steps", "loss", "slope")
    keys_help = "Keys: left and right arrow one step, Home the first step, space play or pause"

    def __init__(self):
        self.z = NumberSlider("z at start", -6.0, -REACH, REACH, 0.1, "the bias, which is z before the first step")
        self.y = DropDown("y", [1, 0], "the label")
        self.x = NumberSlider("x", 0.0, -2, 2, 0.1, "input; with 0 only the bias learns")
        self.rate = LogSlider("η", 1.0, 0.1, 10, meaning="learning rate")
        self.step = WholeLogSlider("step", 500, 1, MOST_STEPS, "after how many steps")
        self.controls = {"z at start": self.z, "y": self.y, "x": self.x, "η": self.rate, "step": self.step}
        self.player = Player(self.advance, 60)
        self.groups = [Group("unit", [self.z, self.y, self.x]), Group("learning", [self.rate, self.step, self.player])]
        self.keys = {"ArrowRight": lambda: self._go(1), "ArrowLeft": lambda: self._go(-1)}
        self.keys["Home"] = lambda: self._go(-MOST_STEPS)
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = OneUnitLearnsPanels(self.figure)
        self.moving, self._learned = self.panels.moving, (None, None)
        about = "where it begins: moves z at start"
        self.handles = [Handle(about, self.panels.axes[1], self._place, self.move, (0.1, 0.1))]

    def _place(self):
        return self.z.value, float(loss_over(LOSSES["cross-entropy"], self.z.value, self.y.value)[0])

    def move(self, x, _):
        """Let the unit begin at another z."""
        self.z.value = self.z.nearest(x)

    def advance(self):
        """Go on by a hundredth of the scale, or begin again at its end; return whether there is more to come."""
        end = self._end(self._paths(self.values))
        at_end = self.step.value >= end
        self.step.value = 1 if at_end else min(self.step.value + max(1, end // 100), end)
        return self.step.value < end

    def _go(self, steps):
        self.step.value = int(min(max(self.step.value + steps, 1), MOST_STEPS))

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Let the unit learn with both losses, show how far it is after the steps, and say it in words."""
        y, paths = values["y"], self._paths(values)
        until, end = [steps_until_right(z, y) for z in paths], self._end(paths)
        z = [path[: values["step"] + 1] for path in paths]
        curves = [[over(loss, _Z, y) for loss in LOSSES.values()] for over in (loss_over, slope_over)]
        now = [
            [(path[-1], float(over(loss, path[-1], y)[0])) for loss, path in zip(LOSSES.values(), z, strict=True)]
            for over in (loss_over, slope_over)
        ]
        y_hat = [sigmoid(path) for path in z]
        slopes = [place[1] for place in now[1]]
        shown = f"after {values['step']} steps: {' and '.join(spoken(path[-1]) for path in y_hat)}"
        ratio = "both are 0" if not any(slopes) else f"now {spoken(slopes[0])} and {spoken(slopes[1])}"
        lines = [shown, f"z now {' and '.join(spoken(path[-1]) for path in z)}", ratio]
        self.panels.update(end, y_hat, (_Z, *curves), now, list(LOSSES), lines)
        words = f"{_beginning(values)} {_both(until)} {_now(values, y_hat)}"
        return Seen(words, f"Three panels: ŷ over the steps with both losses, the losses over z, their slopes. {words}")

    def _paths(self, values):
        """Z over all steps, per loss; kept as long as only the step that is shown is another."""
        settings = values["z at start"], values["y"], values["η"], values["x"]
        if settings != self._learned[0]:
            z, y, rate, x = settings
            self._learned = settings, [learn(loss, z, y, rate, MOST_STEPS, x) for loss in LOSSES.values()]
        return self._learned[1]

    def _end(self, paths):
        """Where the scale of the steps ends: so that both are seen to cross 0.5, and where they are now."""
        needed = max(1.1 * (steps_until_right(path, self.y.value) or MOST_STEPS) for path in paths)
        return next(end for end in _ENDS if max(needed, self.step.value) <= end or end == MOST_STEPS)


# --- words ------------------------------------------------------------------------------------------------------------


def _beginning(values):
    z = values["z at start"]
    y_hat = float(sigmoid(z))
    how = "on the right side already" if abs(y_hat - values["y"]) <= 0.5 else "wrong"
    sure = "sure and " if abs(y_hat - 0.5) > 0.4 else ""
    return f"The label is {values['y']}; at z = {spoken(z)} the unit says {spoken(y_hat)}: {sure}{how}."


def _both(until):
    told = [f"{name} needs {_counted(steps)}" for name, steps in zip(LOSSES, until, strict=True)]
    return f"Until it is on the label's side of 0.5, {told[0]}, {told[1]}."


def _counted(steps):
    return f"more than {MOST_STEPS} steps" if steps is None else "1 step" if steps == 1 else f"{steps} steps"


def _now(values, y_hat):
    said = [f"{spoken(path[-1])} with {name}" for name, path in zip(LOSSES, y_hat, strict=True)]
    return f"After {values['step']} steps ŷ is {said[0]} and {said[1]}."
