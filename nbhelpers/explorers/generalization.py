"""Overfitting under sliders: how wide a network, how many examples, how much noise, how long, and with what penalty."""

import numpy as np

from nbhelpers.experiments.overfitting import EPOCHS, fit_sine
from nbhelpers.explorers.kit.controls import Button, ChoiceSlider, Player, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.numbers_as_text import short
from nbhelpers.plots import style
from nbhelpers.plots.generalization import CURVES, SIZE, draw_generalization

WIDTHS = (1, 2, 4, 8, 16, 32, 64)
PENALTIES = (0.0, 0.0001, 0.001, 0.01, 0.1)
POINTS = (10, 15, 20, 30, 50, 100)
NOISES = (0.0, 0.1, 0.2, 0.3, 0.5)
SEEDS = tuple(range(1, 11))
_Y_END, _COSTS = 2.4, (1e-3, 4.0)
_BEAT, _STRIDE = 60, 5  # while it plays: milliseconds to the next frame, epochs per frame
_POOR = 1.5  # so many times what the true curve costs is far from it
_LITTLE = 0.005  # a cost that counts as none


def generalization():
    """Return an explorer of overfitting: a network that learns a noisy sine.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        Each setting is trained once, when its slider is let go of; the epoch can then be moved at once. A click in the
        right panel sets the epoch.
    """
    return Explorer(GeneralizationLesson())


class GeneralizationLesson(Lesson):
    """What is in the explorer: the controls, the two panels, and the run that is shown."""

    panel_names = ("fit", "costs")

    def __init__(self):
        self._make_controls()
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.fit, self.costs = draw_generalization(self.figure, EPOCHS, np.pi, _Y_END, _COSTS)
        self.moving, self._shown = [*self.fit.moving, *self.costs.moving], None
        self.player = Player(self._advance, _BEAT)
        best = Button("Best epoch", self._go_to_best, "Go to the epoch with the lowest validation cost")
        self.groups = [*self._groups(), Group("training", [self.epoch, best, self.player])]

    # --- controls -----------------------------------------------------------------------------------------------------

    def _make_controls(self):
        self.epoch = WholeSlider("epoch", EPOCHS, 0, EPOCHS, "how long the network has learned")
        self.settings = {
            "points": ChoiceSlider("points", POINTS, 15, "examples to learn from"),
            "noise": ChoiceSlider("noise", NOISES, 0.3, "standard deviation of what is added to the sine"),
            "seed": ChoiceSlider("seed", SEEDS, 2, "other points and other first weights"),
            "width": ChoiceSlider("width", WIDTHS, 16, "tanh units in the hidden layer"),
            "λ": ChoiceSlider("λ", PENALTIES, 0.0, "weight of the L2 penalty"),
        }
        self.controls = {**self.settings, "epoch": self.epoch}

    def _groups(self):
        of_data, of_network = ("points", "noise", "seed"), ("width", "λ")
        parts = (("data", of_data), ("network", of_network))
        return [Group(heading, [self.settings[name] for name in names]) for heading, names in parts]

    def _go_to_best(self):
        self.epoch.value = self._run(self.values).best_epoch

    def clicked(self, x, y):
        """Go to the epoch that was clicked."""
        left, width = CURVES
        share = (x - left) / width
        if 0 <= share <= 1:  # the scale begins a hundredth before epoch 0
            self.epoch.value = round((1.01 * share - 0.01) * EPOCHS) if share > 0.01 else 0

    def _advance(self):
        """Go on by some epochs; from the end begin again."""
        epoch = self.epoch.value
        self.epoch.value = 0 if epoch == EPOCHS else min(epoch + _STRIDE, EPOCHS)
        return self.epoch.value < EPOCHS

    # --- the picture --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Show the run of these values at their epoch, and say how it stands."""
        run, epoch = self._run(values), values["epoch"]
        self._show_run(run)
        self.fit.update(run.x, run.curves[epoch])
        self.costs.update(epoch)
        words = f"{_setting(values, run)} {_standing(run, epoch)} {_judgment(run, epoch)}"
        return Seen(words, f"{_PICTURE} {words}")

    def _run(self, values):
        return fit_sine(values["width"], values["λ"], values["points"], values["noise"], values["seed"])

    def _show_run(self, run):
        if run is self._shown:
            return
        self._shown, history = run, run.history
        points = [np.vstack([part.X, part.Y]) for part in (run.training, run.validation)]
        self.fit.show_points(*points, (run.x, np.sin(run.x)))
        penalty = history.penalty if history.penalty.any() else None
        costs = history.cost, history.validation_cost, penalty
        self.costs.show_run(*costs, run.best_epoch, run.floor, run.is_overfitted)


# --- words ------------------------------------------------------------------------------------------------------------

_PICTURE = (
    "Left: training and validation points around a sine, and the curve of the network. Right, over the epochs: the "
    "training cost, the validation cost, and the penalty if there is one."
)


def _setting(values, run):
    units = "1 tanh unit" if values["width"] == 1 else f"{values['width']} tanh units"
    penalty = f", λ = {values['λ']:g}" if values["λ"] else ""
    return f"{units}, {run.parameters} parameters, {values['points']} points{penalty}."


def _standing(run, epoch):
    J = [short(costs[epoch]) for costs in (run.history.cost, run.history.validation_cost)]
    return f"Epoch {epoch}: training cost {J[0]}, validation cost {J[1]}; the true curve would have {short(run.floor)}."


def _judgment(run, epoch):
    """What there is to say about this run at this epoch."""
    costs, best = run.history.validation_cost, run.best_epoch
    lowest = f"The validation cost is lowest at epoch {best}: {short(costs[best])}."
    if epoch < best and costs[epoch] > 1.02 * costs[best]:
        return f"{lowest} Up to there the network goes on learning the sine."
    if run.is_overfitted and epoch > best:
        return f"{lowest} After that, the network learns the noise of its own points, and the validation cost rises."
    if run.is_overpowered and epoch > best:
        return f"{lowest} After that, both costs rise: the penalty pulls the weights, and so the curve, toward 0."
    if costs[best] > max(_POOR * run.floor, _LITTLE):
        return f"{lowest} That is far from the true curve: too stiff a network, or too few points."
    return f"{lowest} Close to the true curve."
