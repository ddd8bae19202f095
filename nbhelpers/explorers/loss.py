"""Losses under sliders: what a prediction costs, what being sure and wrong costs, and J as a mean of four."""

import numpy as np

from nbhelpers import worked_example
from nbhelpers.activations import softmax
from nbhelpers.explorers.kit.controls import DropDown, NumberSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen
from nbhelpers.losses import LOSSES, binary_cross_entropy, categorical_cross_entropy
from nbhelpers.numbers_as_text import listed, short, spoken
from nbhelpers.plots import style
from nbhelpers.plots.loss import SIZE, LossPanels

_CROSS_ENTROPIES = binary_cross_entropy, categorical_cross_entropy
EXAMPLES, CLASSES = (1, 2, 3, 4), (1, 2, 3)
LOGIT_LIMIT = 5.0  # to either side
SURE = 0.9  # a probability from which a prediction is called sure
_NAMED = {loss.name: loss for loss in sorted(LOSSES.values(), key=lambda loss: loss is not binary_cross_entropy)}
_TOPS = {  # of the panels of L: what the worst costs, and a little more; without an end where there is a logarithm
    name: 5.4 if loss.is_of_probabilities else 1.24 * loss(1.0, 0.0) for name, loss in _NAMED.items()
}
_Y = (1, 1, 0, 0)
_LOGITS = np.array([[2.0, -1.0, -1.0, 0.5], [1.0, 0.5, 1.5, 0.0], [0.0, 2.0, 0.0, 0.3]])
_TRUE = (1, 1, 2, 3)
_GRID = np.linspace(0, 1, 401)


def loss():
    """Return an explorer of the losses on four examples.

    The first example begins with the prediction of the worked example.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer
        With a list of losses. Binary cross-entropy and squared error share the sliders of four predictions and their
        labels; categorical cross-entropy has three logits and a true class per example. The example that is moved is
        the one that is spoken of; a list chooses another.
    """
    return Explorer(LossLesson())


class LossLesson(Lesson):
    """What is in the explorer: the controls, the panels, and what is computed for them."""

    panel_names = ("L over ŷ", "four examples")

    def __init__(self):
        self.choice = DropDown("loss", _NAMED, "loss function")
        self.example = DropDown("example", EXAMPLES, "example that is described")
        self.binary, self.classes = _controls_of_binary(), _controls_of_classes()
        self.controls = {"loss": self.choice, **self.binary, **self.classes, "example": self.example}
        self.follow = {name: self._choosing(name) for name in (*self.binary, *self.classes)}
        self.groups = self._groups()
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = LossPanels(self.figure, len(EXAMPLES), len(CLASSES))
        self.moving, self._shown, self._shown_controls = self.panels.moving, None, None
        self.handles = [self._handle(i) for i in EXAMPLES]

    def _choosing(self, name):
        """A function that makes the example to which a control belongs the chosen one."""
        number = int(name.rstrip("]")[-1])
        return lambda _: setattr(self.example, "value", number)

    def _handle(self, i):
        slider, curves = self.binary[f"ŷ{i}"], self.panels.curves
        about = f"point {i}: moves the prediction ŷ{i}"
        return Handle(
            about, curves.ax, lambda: curves.place(i - 1), lambda y_hat, _: slider.move_near(y_hat), (0.01, 0)
        )

    def _groups(self):
        """Loss and example; the predictions, or the logits of one example; the labels, or its true class."""
        controls = {**self.binary, **self.classes}
        numbers = [control for control in controls.values() if isinstance(control, NumberSlider)]
        labels = [control for control in controls.values() if not isinstance(control, NumberSlider)]
        parts = {"loss": [self.choice, self.example], "predictions": numbers, "labels": labels}
        return [Group(heading, part) for heading, part in parts.items()]

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Compute the losses with the numbers of the controls, show them, and say it in words."""
        self._show_loss(values["loss"])
        self._show_controls(values["loss"], values["example"])
        loss, chosen = _NAMED[values["loss"]], values["example"] - 1
        redraw = self._redraw_classes if loss is categorical_cross_entropy else self._redraw_binary
        return redraw(loss, chosen, values)

    def _redraw_binary(self, loss, chosen, values):
        Y_hat, Y = (np.array([[values[f"{letter}{i}"] for i in EXAMPLES]], dtype=float) for letter in ("ŷ", "y"))
        y_hat, y = float(Y_hat[0, chosen]), int(Y[0, chosen])
        losses, J = loss.per_example(Y_hat, Y), loss(Y_hat, Y)
        slope = loss.gradient(y_hat, y).item()
        price = f"L = {_sum_of(loss, y_hat, y)} = {_price(losses[chosen], y_hat if y else 1 - y_hat, loss)}"
        below = {"ŷ": [spoken(p) for p in Y_hat[0]], "y": [f"{label:.0f}" for label in Y[0]]}
        lines = (f"{price},  slope {short(slope)}", _mean_line(losses, J), short(J))
        self.panels.update(Y_hat[0], losses, J, (1 - Y[0]).astype(int), chosen, slope, lines, below)
        said = f"ŷ = {spoken(y_hat)} for y = {y}: {price}, slope {short(slope)}. {_verdict(loss, y_hat, y)}"
        return _seen(loss, chosen, losses, J, said)

    def _redraw_classes(self, loss, chosen, values):
        Z = np.array([[values[f"Z[{j},{i}]"] for i in EXAMPLES] for j in CLASSES])
        true = np.array([values[f"true {i}"] for i in EXAMPLES])
        Y, Y_hat = np.eye(len(CLASSES))[:, true - 1], softmax(Z)
        losses, J = loss.per_example(Y_hat, Y), loss(Y_hat, Y)
        p = Y_hat[true - 1, np.arange(len(EXAMPLES))]
        z, y_hat, y = (array[:, [chosen]] for array in (Z, Y_hat, Y))
        gradient = loss.gradient(y_hat, y)
        slope, dz = gradient.sum(), softmax.backward(gradient, z)  # of the classes only the true one has a slope
        price = f"L = −log {spoken(p[chosen])} = {_price(losses[chosen], p[chosen], loss)}"
        below = {"ŷ": [spoken(one) for one in p], "class": [f"{k}" for k in true]}
        lines = (f"{price}, slope {short(slope)}", _mean_line(losses, J), short(J))
        self.panels.update(p, losses, J, [0] * len(EXAMPLES), chosen, slope, lines, below)
        self.panels.update_classes(y_hat.ravel(), true[chosen] - 1, f"class {true[chosen]} is true")
        said = f"z = {listed(z, spoken)} → ŷ = {listed(y_hat)}, class {true[chosen]} is true: {price}, "
        said += f"∂L/∂z = ŷ − y = {listed(dz)}. {_sureness(p[chosen], y_hat[y == 0].max())}"
        return _seen(loss, chosen, losses, J, said)

    # --- another loss, another example ----------------------------------------------------------------------------

    def _show_loss(self, name):
        if name == self._shown:
            return
        loss, with_classes = _NAMED[name], name == categorical_cross_entropy.name
        if with_classes:
            curves, names, heading = [_curve(loss, 1)], ["−log ŷ"], "L over ŷ of the true class"
        else:
            curves, names, heading = [_curve(loss, y) for y in (1, 0)], ["y = 1", "y = 0"], f"{name}: L over ŷ"
        self.panels.set_loss(heading, _GRID, curves, names, _TOPS[name], with_classes)
        self._shown = name
        self.redraw_ground()

    def _show_controls(self, name, example):
        """Show the controls of this loss; of the classes those of one example."""
        if (name, example) == self._shown_controls:
            return
        self._shown_controls = name, example
        with_classes = name == categorical_cross_entropy.name
        for control in self.binary.values():
            control.hidden = with_classes
        for own, control in self.classes.items():
            control.hidden = not (with_classes and own.rstrip("]").endswith(str(example)))


def _curve(loss, y):
    """L over the grid of predictions, for one label; of a class: for the class that is true."""
    if loss is categorical_cross_entropy:
        return loss.per_example(np.vstack([_GRID, 1 - _GRID]), np.vstack([np.ones_like(_GRID), np.zeros_like(_GRID)]))
    return loss.per_example(_GRID[None], np.full((1, len(_GRID)), float(y)))


# --- controls ---------------------------------------------------------------------------------------------------------


def _controls_of_binary():
    first = worked_example.network().forward(worked_example.X).Y_hat.item()
    starts = zip(EXAMPLES, (first, 0.1, 0.2, 0.6), strict=True)
    numbers = {f"ŷ{i}": NumberSlider(f"ŷ{i}", y, 0, 1, 0.01, f"prediction for example {i}") for i, y in starts}
    labels = {f"y{i}": _label(f"y{i}", (0, 1), y, f"label of example {i}") for i, y in zip(EXAMPLES, _Y, strict=True)}
    return {**numbers, **labels}


def _controls_of_classes():
    logits = {f"Z[{j},{i}]": _logit(j, i) for i in EXAMPLES for j in CLASSES}
    starts = zip(EXAMPLES, _TRUE, strict=True)
    return {**logits, **{f"true {i}": _label(f"true {i}", CLASSES, k, f"true class of example {i}") for i, k in starts}}


def _logit(j, i):
    meaning = f"logit of class {j}, example {i}"
    return NumberSlider(f"Z[{j},{i}]", _LOGITS[j - 1, i - 1], -LOGIT_LIMIT, LOGIT_LIMIT, 0.05, meaning)


def _label(name, options, value, meaning):
    return DropDown(name, options, meaning, value)


# --- words ------------------------------------------------------------------------------------------------------------


def _seen(loss, chosen, losses, J, said):
    words = f"Example {chosen + 1}, {said} {_mean_words(losses, J)}"
    each = ", ".join(f"{i}: {short(L)}" for i, L in zip(EXAMPLES, losses, strict=True))
    return Seen(words, f"The curve of {loss.name}, and bars of L for four examples ({each}) with their mean. {words}")


def _sum_of(loss, y_hat, y):
    """L with the numbers put in."""
    if not loss.is_of_probabilities:
        half = {0.5: "½ ", 1.0: ""}[loss(1.0, 0.0)]
        return f"{half}({spoken(y_hat)} − {y})²"
    return f"−log {spoken(y_hat)}" if y == 1 else f"−log(1 − {spoken(y_hat)})"


def _price(L, p, loss):
    """The loss as a number; the logarithm of 0 has none, and floats stop short of it."""
    return f"∞ (floats: {short(L)})" if p == 0 and loss in _CROSS_ENTROPIES else short(L)


def _verdict(loss, y_hat, y):
    if loss is binary_cross_entropy:
        return _sureness(y_hat, 1 - y_hat) if y == 1 else _sureness(1 - y_hat, y_hat)
    other = binary_cross_entropy.per_example(y_hat, y).item()
    most = f"{loss.name.capitalize()} costs at most {loss(1.0, 0.0):g}, even for a confident wrong prediction"
    return f"{most}; binary cross-entropy would cost {short(other)}."


def _sureness(p, others):
    """What there is to say about the probability of what is true, beside the largest of the others."""
    if p == 0:
        return "Sure and wrong: exactly, the price would be infinite; floats stop here."
    if round(1 - p, 9) >= SURE:
        return "Sure and wrong is expensive: each halving of the probability given to the truth adds 0.693."
    if round(p, 9) >= SURE:
        return "Sure and right is cheap."
    return "Undecided." if p == others else f"{'Right' if p > others else 'Wrong'}, but not sure."


def _mean_line(losses, J):
    return f"J = ({' + '.join(short(L) for L in losses)}) / 4 = {short(J)}"


def _mean_words(losses, J):
    return f"J = {short(J)} is the mean of four; {_most(losses)}."


def _most(losses):
    """Which example costs most, and what part of the sum that is."""
    most = [i for i, L in zip(EXAMPLES, losses, strict=True) if losses.max() == L]
    if len(most) == len(losses):
        return "all cost the same"
    share = losses.max() / losses.sum()
    if len(most) == 1:
        return f"example {most[0]} costs most, {share:.0%} of all"
    return f"examples {' and '.join(map(str, most))} cost most, {share:.0%} each"
