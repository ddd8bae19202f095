"""How good is a difference quotient as a check? Its error over the step h, and the verdict on a planted mistake."""

import numpy as np

from nbhelpers import mistakes, worked_example
from nbhelpers.experiments.cost_plane import parameter_places
from nbhelpers.explorers.kit.controls import DropDown, LogSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.gradient_check import check_gradients, differences, relative_error
from nbhelpers.numbers_as_text import short
from nbhelpers.plots import style
from nbhelpers.plots.gradient_check import MAX_BLOCKS, draw_check_panel, draw_error_curve

_WIDTH, _HEIGHT = 980, 440
_CURVE = (66, 30, 544, 364)  # left, top, width, height in CSS pixels
_PANEL = (640, 12, 334, 424)
_STEPS = 10.0 ** np.linspace(-15, 0, 121)
_MISSING = "none"
_NONE = "none: backprop is right"
_FAR = 0.1  # from here on truncation is far above what rounding adds
_ORDERS = {"forward": 1, "central": 2}  # of the error in h
_PRECISIONS = {"float64": np.float64, "float32": np.float32}


def gradient_check(network=None, X=None, Y=None):
    """Return an explorer of the gradient check: one derivative by backprop and by differences with a step h.

    Parameters
    ----------
    network : nbhelpers.Network, optional
        At most 6 layers; by default the lecture's 2-2-1 example. It is not changed.
    X : array_like, shape (n, d), optional
        Inputs; needed with a network.
    Y : array_like, shape (m, d), optional
        Labels; needed with a network.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer

    Raises
    ------
    ValueError
        If X or Y is missing or does not fit, or if the network has too many layers.

    Examples
    --------
    Where all sizes differ and there are several examples, more mistakes show:

    >>> from nbhelpers import mistakes
    >>> explorer = gradient_check(*mistakes.SPECIMENS["yes or no"]())
    >>> explorer.state = {"mistake": "1/d is missing"}
    >>> explorer.words.split(". ")[-1]
    'Not right: W1 (wrong), b1 (wrong), W2 (wrong), b2 (wrong).'
    """
    if network is None:
        network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    _require_fit(network, X, Y)
    return Explorer(Check(network, X, Y))


class Check(Lesson):
    """What is in the explorer: the network with and without its mistakes, and what has been computed of them."""

    panel_names = ("error over h", "verdict")

    def __init__(self, network, X, Y):
        self.network, self.X, self.Y, self.d = network, X, Y, np.shape(X)[1]
        self.places = parameter_places(network)
        self.mistakes = _mistakes_in(network, X, Y)
        self.networks = {_NONE: network, **{title: wrong.network(network) for title, wrong in self.mistakes.items()}}
        self._curves, self._reports, self._drawn = {}, {}, None
        self._make_picture()
        self.controls, self.moving = self._controls(), [*self.curve.moving, *self.panel.moving]
        self.live_only, self.stored_only = self.curve.live_only, self.curve.stored_only
        self.groups = [Group("check", list(self.controls.values()))]

    def _controls(self):
        return {
            "h": LogSlider("h", 1e-5, 1e-15, 1.0, meaning="step of the differences"),
            "θ": DropDown("θ", self.places, "the parameter whose derivative is checked"),
            "dtype": DropDown("dtype", _PRECISIONS, "in which the cost is computed"),
            "mistake": DropDown("mistake", self.networks, "planted in the backward pass"),
        }

    def _make_picture(self):
        with style.context():
            self.figure = style.new_figure(_WIDTH, _HEIGHT)
            self.curve = draw_error_curve(self._axes(*_CURVE))
            self.panel = draw_check_panel(self._axes(*_PANEL))

    def _axes(self, left, top, width, height):
        box = left / _WIDTH, 1 - (top + height) / _HEIGHT, width / _WIDTH, height / _HEIGHT
        return self.figure.add_axes(box)

    # --- a frame --------------------------------------------------------------------------------------------------

    def redraw(self, values):
        """Compute both differences at h, show them on the curve and in numbers, and say them in words."""
        h, name, precision, mistake = (values[control] for control in ("h", "θ", "dtype", "mistake"))
        self._show_ground(name, precision, mistake)
        backprop = self._shown_backprop
        numbers = dict(zip(("forward", "central"), self._at(h, name, precision, mistake), strict=True))
        errors = {kind: float(relative_error(number, backprop)) for kind, number in numbers.items()}
        laws = {kind: float(law[0]) for kind, law in self._laws(name, precision, mistake, [h]).items()}
        self.curve.update(h, errors, laws)
        texts = [_digits(backprop), *(_digits(number) for number in numbers.values())]
        self.panel.update(f"d{name} at h = {_power(h)}", texts, [_error(error) for error in errors.values()])
        report = self._report(mistake)
        words = _in_words(values, texts, errors, self._shown_best, _summary(report, mistake, self.d))
        return Seen(words, f"{_ALT} {words} {_verdicts(report)}")

    def _show_ground(self, name, precision, mistake):
        chosen = name, precision, mistake
        if chosen == self._drawn:
            return
        other = next(kind for kind in _PRECISIONS if kind != precision)
        errors = [self._errors(name, kind, mistake) for kind in (precision, other)]
        laws = [self._laws(name, kind, mistake, _STEPS) for kind in (precision, other)]
        with style.context():
            self.curve.show_errors(_STEPS, errors, laws, precision)
            report = self._report(mistake)
            self.panel.show_verdicts(
                [_row(block) for block in report.blocks], _verdict(report, mistake, self.d), self._code(mistake)
            )
        self._shown_backprop, self._shown_best = self._backprop(name, mistake), _best(laws[0]["central"])
        self._drawn = chosen
        self.redraw_ground()

    # --- numbers --------------------------------------------------------------------------------------------------

    def _backprop(self, name, mistake):
        """What the backward pass says; nan where its gradient has another shape than the parameter."""
        network = self.networks[mistake]
        block, index = self.places[name]
        gradient = network.backward(network.forward(self.X), self.Y).by_parameter[block]
        return float(gradient[index]) if gradient.shape == network.parameters[block].shape else np.nan

    def _at(self, h, name, precision, mistake):
        return [float(numbers[0]) for numbers in self._differences(name, precision, mistake, [h])]

    def _differences(self, name, precision, mistake, steps):
        """Forward and central differences of the cost as the network computes it."""
        network, dtype = self.networks[self._cost_of(mistake)], _PRECISIONS[precision]
        return differences(network, self.X, self.Y, self.places[name], steps, dtype)

    def _cost_of(self, mistake):
        """Whose cost it is: a mistake on the way back leaves the cost as it is."""
        return mistake if mistake in self.mistakes and self.mistakes[mistake].step == "predictions" else _NONE

    def _code(self, mistake):
        wrong = self.mistakes.get(mistake)
        return (wrong.wrong_code, wrong.right_code) if wrong else ()

    def _errors(self, name, precision, mistake):
        """Both curves."""
        key = name, precision, self._cost_of(mistake)
        if key not in self._curves:
            self._curves[key] = self._differences(*key, _STEPS)
        backprop = self._backprop(name, mistake)
        pairs = zip(("forward", "central"), self._curves[key], strict=True)
        return {kind: relative_error(numbers, backprop) for kind, numbers in pairs}

    def _laws(self, name, precision, mistake, steps):
        """The errors without chance: how large truncation is, and how large rounding is on the whole."""
        steps, slope = np.asarray(steps), self._slope(name, mistake)
        far, rounding = steps >= _FAR, np.ones(len(steps))
        J = self.networks[self._cost_of(mistake)].cost(self.X, self.Y)
        np.divide(np.finfo(_PRECISIONS[precision]).eps * abs(J), steps * abs(slope), out=rounding, where=slope != 0)
        begin = self._differences(name, "float64", mistake, [_FAR])
        measured = self._differences(name, "float64", mistake, steps[far])
        laws = {}
        for (kind, order), (first,), numbers in zip(_ORDERS.items(), begin, measured, strict=True):
            expected = slope + (first - slope) * (steps / _FAR) ** order
            expected[far] = numbers
            laws[kind] = _rounded(np.minimum(relative_error(expected, self._backprop(name, mistake)) + rounding, 1))
        return laws

    def _slope(self, name, mistake):
        """The derivative of the cost that is shown."""
        if self._cost_of(mistake) == _NONE:
            return self._backprop(name, _NONE)
        return self._at(1e-4, name, "float64", mistake)[1]

    def _report(self, mistake):
        if mistake not in self._reports:
            self._reports[mistake] = check_gradients(self.networks[mistake], self.X, self.Y)
        return self._reports[mistake]


def _rounded(errors):
    """Errors to a ten-thousandth of a power of ten: what remains of chance would still shade a pixel."""
    with np.errstate(divide="ignore"):
        return 10 ** np.round(np.log10(errors), 4)


def _best(errors):
    """The h where a difference is best, or nan where none is good."""
    return _STEPS[np.argmin(errors)] if np.nanmin([*errors, np.inf]) < 0.01 else np.nan


# --- words ------------------------------------------------------------------------------------------------------------

_ALT = "The relative error of forward and central differences over the step h, two curves like a U."


def _in_words(values, texts, errors, best, summary):
    name, at = f"d{values['θ']}", f"h = {_power(values['h'])} in {values['dtype']}"
    if texts[0] == _MISSING:
        return f"{at}: backprop has a gradient of another shape, nothing to compare with {name}. {summary}"
    found = (
        f"the {kind} difference {text} (error {_error(errors[kind])})"
        for kind, text in zip(errors, texts[1:], strict=True)
    )
    return f"{at}: backprop says {name} = {texts[0]}, {', '.join(found)}. {_where(values['h'], best)} {summary}"


def _error(error):
    """An error in words: what is smaller is noise, and differs from machine to machine."""
    return _power(error) if not error < 1e-9 else "below 1e−9"


def _where(h, best):
    """On which branch h lies."""
    if np.isnan(best):
        return "No h brings the error down."
    if h < best / 8:
        return "h is so small that rounding dominates."
    return (
        "h is so large that truncation dominates." if h > 8 * best else "Here the central difference is near its best."
    )


def _verdict(report, mistake, d):
    """How the blocks do; a mistake that is planted and does not show is said so."""
    count, wrong = len(report.blocks), sum(not block for block in report.blocks)
    if wrong:
        return f"{wrong} of {count} blocks fail"
    return f"all {count} blocks are right" if mistake == _NONE else f"all {count} agree: hidden here, d = {d}"


def _summary(report, mistake, d):
    if report and mistake != _NONE:
        count = f"{d} example{'s' * (d > 1)}"
        return f"All blocks agree, and yet a mistake is planted: with this network and {count} it cannot be seen."
    return report.summary


def _verdicts(report):
    return "Verdicts: " + ", ".join(f"{block.name} {block.verdict}" for block in report.blocks) + "."


def _row(block):
    error = block.relative_error
    return block.name, block.verdict, "" if np.isnan(error) else "below 1e−8" if error < 1e-8 else _power(error)


def _digits(number):
    """A derivative with nine digits after the point, or in powers of ten where it is very small or large."""
    if np.isnan(number):
        return _MISSING
    text = f"{number:.9f}" if number == 0 or 1e-4 <= abs(number) < 1e4 else f"{number:.5e}"
    return text.replace("-", "−")


def _power(number):
    """A step or an error with two digits: ``1e−5``, ``2.1e−11``, ``0.25``."""
    if np.isnan(number):
        return _MISSING
    if not 0 < number < 0.01:
        return short(number, 2)
    mantissa, exponent = f"{number:.1e}".split("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}".replace("-", "−")


# --- beginnings -------------------------------------------------------------------------------------------------------


def _require_fit(network, X, Y):
    if X is None or Y is None:
        raise ValueError("a network needs its X and Y: gradient_check(network, X, Y)")
    if len(network.parameters) > MAX_BLOCKS:
        raise ValueError(f"the network has {network.L} layers: the table has room for {MAX_BLOCKS // 2}")
    network.cost(X, Y)  # says what does not fit


def _mistakes_in(network, X, Y):
    """Each mistake that a gradient check is for and that can occur in the network, by its title."""
    candidates = (wrong for wrong in mistakes.applicable(network).values() if wrong.check == "gradients")
    return {wrong.title: wrong for wrong in candidates if not _is_refused(wrong.network(network), X, Y)}


def _is_refused(network, X, Y):
    """Whether NumPy refuses the mistake: shapes that do not fit are no matter for a gradient check."""
    try:
        network.backward(network.forward(X), Y)
    except ValueError:
        return True
    return False
